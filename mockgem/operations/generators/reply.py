"""Generate the parts of a reply: an image, speech, tool calls, JSON or text.

Modules that only some requests need are imported when the first of them arrives.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from typing import Any

from mockgem.core.content import Blob, Link, Part, Text, ToolResult
from mockgem.core.models import Model
from mockgem.operations.generate_request import (
    GenerateRequest,
    last_user_parts,
    last_user_text,
    list_called_tools,
    list_tool_results,
)
from mockgem.operations.generators import prose
from mockgem.operations.generators.media_info import read_media_info
from mockgem.operations.generators.prompt_analysis import topic_of
from mockgem.operations.generators.seeded_random import SeededRandom


def generate_parts(
    request: GenerateRequest, model: Model, random: SeededRandom, image: Blob | None = None
) -> tuple[Part, ...]:
    """Generate the parts of a reply.

    Image models draw an image. Others speak, call tools, return JSON or write text.

    Args:
        image: The image to use instead of drawing one.
    """
    prompt = last_user_text(request.turns)
    if "image" in model.outputs:
        return generate_image_parts(request, prompt or "a picture", model, random, image)
    if "AUDIO" in request.gemini_options.modalities:
        return generate_audio(request, prompt, random)
    if request.tools and (calls := generate_tool_calls(request, prompt, random)):
        return calls
    if request.json or request.schema is not None:
        return (Text(generate_json(request, prompt, random)),)
    return (Text(write_text(request, prompt, random)),)


def generate_image_parts(
    request: GenerateRequest, prompt: str, model: Model, random: SeededRandom, image: Blob | None
) -> tuple[Part, ...]:
    """Return an image after a line of text, or only what the response modalities include."""
    from mockgem.operations.images import check_image_options, draw

    modalities = request.gemini_options.modalities or ("TEXT", "IMAGE")
    if "IMAGE" not in modalities:
        return (Text(write_text(request, prompt, random)),)
    if image is None:
        options = request.gemini_options
        drawn = draw(random, prompt, model, options.aspect_ratio, "", options.image_size)
        image = Blob(drawn.mime_type, drawn.data)
    else:
        from mockgem.operations.generators.picture import DRAWS_PER_CANVAS

        check_image_options(request, model)
        random.skip(DRAWS_PER_CANVAS)  # so that thoughts are the same as beside a drawn image
    if "TEXT" not in modalities:
        return (image,)
    return (Text(f"Here is a picture of {topic_of(prompt)}."), image)


SPEECH_INSTRUCTION = re.compile(
    r"\A[^\n\"“”]{0,80}?\b(?:say|read|speak|whisper|tts|pronounce)\b[^\n:]{0,160}:\s*(?=\S)", re.I
)
"""An instruction before the text to speak, such as "Say cheerfully: …"."""


def generate_audio(request: GenerateRequest, prompt: str, random: SeededRandom) -> tuple[Part, ...]:
    from mockgem.operations.generators.speech import generate_dialogue

    text = SPEECH_INSTRUCTION.sub("", prompt.strip()) or prompt
    return (
        Blob(
            "audio/L16;codec=pcm;rate=24000",
            generate_dialogue(text, request.gemini_options.voices, random),
        ),
    )


def generate_tool_calls(
    request: GenerateRequest, prompt: str, random: SeededRandom
) -> tuple[Part, ...]:
    from mockgem.operations.generators.tool_selection import choose_tool_calls

    return choose_tool_calls(
        request.tools, request.tool_choice, prompt, list_called_tools(request.turns), random
    )


def write_text(request: GenerateRequest, prompt: str, random: SeededRandom) -> str:
    """Write text about the prompt, and first about its media or about tool results."""
    last = last_user_parts(request.turns)
    if TEXT_ONLY.issuperset(map(type, last)):
        return prose.write_reply(prompt or "your message", random, request.system)
    if results := describe_tool_results(last):
        return f"{' '.join(results)} {random.pick(prose.ASIDES)}"
    return prose.write_reply(prompt or "your message", random, request.system, describe_media(last))


TEXT_ONLY = frozenset((Text,))


def describe_media(parts: Sequence[Part]) -> str:
    media = [part for part in parts if isinstance(part, (Blob, Link))]
    if not media:
        return ""
    texts = [
        str(read_media_info(part))
        + (f" ({part.name})" if isinstance(part, Blob) and part.name else "")
        for part in media
    ]
    listed = [", ".join(texts[:-1]), texts[-1]] if texts[1:] else texts
    return f"I received {' and '.join(listed)}. "


def describe_tool_results(parts: Sequence[Part]) -> list[str]:
    """Return a sentence about each tool result."""
    results = [part for part in parts if isinstance(part, ToolResult)]
    return [describe_tool_result(part) for part in results]


def describe_tool_result(result: ToolResult) -> str:
    failed = re.match(r'\s*\{\s*"error"\s*:\s*"([^"]*)"', result.output)
    if failed:
        return f"{result.name or 'The tool'} failed: {failed[1]}."
    return f"According to {result.name or 'the tool'}, {format_output(result.output)}"


def format_output(output: str) -> str:
    """Return a tool's output as the end of a sentence, a JSON object field by field."""
    value: Any = output.strip()
    with contextlib.suppress(ValueError):
        value = json.loads(output) if output.count("[") + output.count("{") < 100 else value
    if isinstance(value, dict) and value:
        facts = [
            f"{key.replace('_', ' ')} is {format_value(item)}"
            for key, item in list(value.items())[:12]
        ]
        text = ", ".join(facts)
    elif isinstance(value, str):
        text = value or "there is nothing"
    else:
        text = f"the result is {format_value(value)}"
    return text if text.endswith((".", "!", "?")) else text + "."


def format_value(value: Any) -> str:
    """Return a JSON value as words: a list with commas, an object field by field."""
    match value:
        case str():
            return value
        case list() if value:
            return ", ".join(format_value(item) for item in value[:12])
        case dict() if value:
            return ", ".join(
                f"{key} {format_value(item)}" for key, item in list(value.items())[:12]
            )
        case None:
            return "unknown"
    return json.dumps(value, ensure_ascii=False)


def generate_json(request: GenerateRequest, prompt: str, random: SeededRandom) -> str:
    """Generate JSON for the schema of the request or the prompt, indented as real models do."""
    from mockgem.operations.generators.hints import extract_hints
    from mockgem.operations.generators.schema_inference import infer_schema
    from mockgem.operations.generators.schema_values import generate_or_refuse

    schema = (
        request.schema
        if request.schema is not None
        else infer_schema(request.system + "\n" + prompt)
    )
    text = "\n".join([prompt, *list_tool_results(request.turns)])
    value = generate_or_refuse(schema, extract_hints(text), random)
    if request.gemini_options.is_enum_answer and isinstance(value, str):
        return value
    return json.dumps(value, indent=2, ensure_ascii=False)


def generate_thoughts(request: GenerateRequest, random: SeededRandom) -> tuple[Text, ...]:
    return tuple(
        Text(text, thought=True)
        for text in prose.write_thoughts(last_user_text(request.turns), random)
    )
