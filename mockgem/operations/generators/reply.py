"""Generate the parts of a reply: an image, speech, tool calls, JSON or text.

Modules that only some requests need are imported when the first of them arrives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mockgem.core.content import Blob, Link, Part, Text, text_of
from mockgem.core.json_text import dump_indented
from mockgem.core.models import Model
from mockgem.operations.forms.trigger_words import may_ask_for_form
from mockgem.operations.generate_request import (
    GenerateRequest,
    last_user_parts,
    last_user_text,
)
from mockgem.operations.generators import prose
from mockgem.operations.generators.media_info import read_media_info
from mockgem.operations.generators.prompt_analysis import topic_of
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.tool_history import NO_HISTORY, ToolHistory, read_tool_history

if TYPE_CHECKING:
    from mockgem.operations.forms.question import Question
    from mockgem.operations.generators.schema_validation import Schema


def generate_parts(
    request: GenerateRequest,
    model: Model,
    random: SeededRandom,
    image: Blob | None = None,
    *,
    plain: bool = False,
) -> tuple[Part, ...]:
    """Generate the parts of a reply.

    Image models draw an image. Others speak, call tools, return JSON or write text.

    Args:
        image: The image to use instead of drawing one.
        plain: Write prose, whatever form the prompt asks for.
    """
    history = read_tool_history(request.turns) if request.turns[1:] else NO_HISTORY
    prompt = history.question or last_user_text(request.turns)
    if "image" in model.outputs and not describes_image(request):
        return generate_image_parts(request, prompt or "a picture", model, random, image)
    if "AUDIO" in request.gemini_options.modalities:
        return generate_audio(request, prompt, random)
    if request.tools and (calls := generate_tool_calls(request, prompt, history, random)):
        return calls
    if "computer_use" in request.gemini_options.builtin_tools and (
        parts := act_on_computer(request, model, prompt, history, random)
    ):
        return parts
    if request.json or request.schema is not None:
        return (Text(generate_json(request, prompt, history, random, plain=plain)),)
    prompt = put_input_into(prompt)
    if not plain and may_ask_for_form(prompt, request.system, request.turns):
        from mockgem.operations.forms.registry import find_reply

        formed = find_reply(read_question(request, prompt, history, random))
        if formed is not None:
            return (Text(formed.text),)
    return (Text(write_text(request, prompt, history, random, plain=plain)),)


MAX_JOINED = 3_000
"""Characters of a prompt that may be an instruction and a short input below it."""


def put_input_into(prompt: str) -> str:
    """Return a prompt whose instruction names the short input that stands below it."""
    if "\n" not in prompt or len(prompt) >= MAX_JOINED:
        return prompt
    from mockgem.operations.forms.joined_inputs import join_input

    return join_input(prompt)


def read_question(
    request: GenerateRequest, prompt: str, history: ToolHistory, random: SeededRandom
) -> Question:
    """Return the question of a request, for the recognisers of forms."""
    from mockgem.operations.forms.question import Question

    last = last_user_parts(request.turns)
    opening = "" if TEXT_ONLY.issuperset(map(type, last)) else describe_media(last)
    return Question(prompt, random, request.system, request.turns, history.results, opening)


def describes_image(request: GenerateRequest) -> bool:
    """Return whether an image model answers with JSON: when it drew already, or may not draw.

    Evidence: recorded-image-and-json.
    """
    if not request.json and request.schema is None:
        return False
    has_drawn = any(
        isinstance(part, Blob)
        for turn in request.turns
        if turn.role == "model"
        for part in turn.parts
    )
    return has_drawn or "IMAGE" not in (request.gemini_options.modalities or ("IMAGE",))


def generate_image_parts(
    request: GenerateRequest, prompt: str, model: Model, random: SeededRandom, image: Blob | None
) -> tuple[Part, ...]:
    """Return an image after a line of text, or only what the response modalities include."""
    from mockgem.operations.images import check_image_options, draw

    modalities = request.gemini_options.modalities or ("TEXT", "IMAGE")
    if "IMAGE" not in modalities:
        return (Text(write_text(request, prompt, NO_HISTORY, random)),)
    if image is None:
        options = request.gemini_options
        shape, form = options.aspect_ratio, options.image_type
        drawn = draw(random, prompt, model, shape, form, options.image_size)
        image = Blob(drawn.mime_type, drawn.data)
    else:
        from mockgem.operations.generators.picture import DRAWS_PER_CANVAS

        check_image_options(request, model)
        random.skip(DRAWS_PER_CANVAS)  # so that thoughts are the same as beside a drawn image
    if "TEXT" not in modalities or request.json or request.schema is not None:
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
    request: GenerateRequest, prompt: str, history: ToolHistory, random: SeededRandom
) -> tuple[Part, ...]:
    from mockgem.operations.generators.tool_selection import choose_tool_calls

    question = prompt or request.system
    return choose_tool_calls(
        request.tools, request.tool_choice, question, history, random, read_background(request)
    )


def act_on_computer(
    request: GenerateRequest, model: Model, prompt: str, history: ToolHistory, random: SeededRandom
) -> tuple[Part, ...]:
    """Return the next action on the computer, or nothing when the plan is done.

    Before Gemini 3.5, a sentence about the action comes first; later models have it in `intent`.

    Evidence: doc-computer-use.
    """
    from mockgem.operations.generators.computer_use import choose_action

    if request.tool_choice.mode == "none":
        return ()
    name = model.resolves_to or model.id
    is_early = name.startswith(("gemini-2", "gemini-3-", "gemini-3.1-"))
    settings = request.gemini_options.builtin_tools["computer_use"]
    chosen = choose_action(settings, prompt, history, random, is_early=is_early)
    if chosen is None:
        return ()
    intent, call = chosen
    return (Text(f"I have to do this next: {intent}"), call) if model.generation < 3 else (call,)


MAX_BACKGROUND = 2000


def read_background(request: GenerateRequest) -> str:
    """Return what the request says besides the last message: system instruction, user's texts."""
    texts = [text_of(turn.parts) for turn in request.turns[:-1] if turn.role == "user"]
    return "\n".join([request.system[:MAX_BACKGROUND], *texts[-8:]])[:MAX_BACKGROUND].strip()


def write_text(
    request: GenerateRequest,
    prompt: str,
    history: ToolHistory,
    random: SeededRandom,
    *,
    plain: bool = False,
) -> str:
    """Write text about tool results, or about the prompt and first about its media."""
    last = last_user_parts(request.turns)
    if history.results:
        from mockgem.operations.generators.tool_results import describe_tool_results

        results = " ".join(describe_tool_results(history))
        return f"{describe_media(last)}{results} {random.pick(prose.ASIDES)}"
    if TEXT_ONLY.issuperset(map(type, last)):
        return prose.write_reply(prompt or "your message", random, request.system, plain=plain)
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


def generate_json(
    request: GenerateRequest,
    prompt: str,
    history: ToolHistory,
    random: SeededRandom,
    *,
    plain: bool = False,
) -> str:
    """Generate JSON for the schema of the request or the prompt, indented as real models do."""
    from mockgem.operations.generators.result_facts import extract_conversation_hints
    from mockgem.operations.generators.schema_values import generate_or_refuse

    schema = request.schema
    if schema is None and not plain:
        schema = describe_json(request, prompt, history, random)
    if schema is None:
        from mockgem.operations.generators.schema_inference import infer_schema

        schema = infer_schema(request.system + "\n" + prompt)
    question = f"{prompt}\n{history.added}" if history.added else prompt
    hints = extract_conversation_hints(question, history.results, read_background(request))
    value = generate_or_refuse(schema, hints, random)
    if request.gemini_options.is_enum_answer and isinstance(value, str):
        return value
    return dump_indented(value)


def describe_json(
    request: GenerateRequest, prompt: str, history: ToolHistory, random: SeededRandom
) -> Schema | None:
    """Return the schema that the prompt of JSON mode describes in words; None if it has none."""
    from mockgem.operations.forms.structured import describe_json_mode

    return describe_json_mode(read_question(request, prompt, history, random))


def generate_thoughts(request: GenerateRequest, random: SeededRandom) -> tuple[Text, ...]:
    return tuple(
        Text(text, thought=True)
        for text in prose.write_thoughts(last_user_text(request.turns), random)
    )
