"""What is said: a picture, tool calls, JSON or words, whichever the question asks for.

What only some questions need is loaded when the first of them comes.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from typing import Any

from mockgem.core.content import Blob, Link, Part, Text, ToolResult
from mockgem.core.models import Model
from mockgem.operations.generate_request import Generate, asked_of, called_already, last_user_parts, results_in
from mockgem.operations.generators import prose
from mockgem.operations.generators.media_info import look_at
from mockgem.operations.generators.seeded_random import Dice


def said(question: Generate, model: Model, dice: Dice) -> tuple[Part, ...]:
    """The answer itself: a picture from image models, else tool calls, else JSON, else words."""
    asked = asked_of(question.turns)
    if "image" in model.outputs:
        return drawn(question, asked or "a picture", model, dice)
    if "AUDIO" in question.extras.modalities:
        return spoken(question, asked, dice)
    if question.tools and (calls := tool_calls(question, asked, dice)):
        return calls
    if question.json or question.schema is not None:
        return (Text(json_answer(question, asked, dice)),)
    return (Text(words(question, asked, dice)),)


def drawn(question: Generate, asked: str, model: Model, dice: Dice) -> tuple[Part, ...]:
    """A picture with a line of text before it; one of both where the question wants only that."""
    from mockgem.operations.images import draw

    wanted = question.extras.modalities or ("TEXT", "IMAGE")
    if "IMAGE" not in wanted:
        return (Text(words(question, asked, dice)),)
    image = draw(dice, asked, model, question.extras.shape, "", question.extras.size)
    picture = Blob(image.mime_type, image.data)
    return (Text(f"Here is a picture of {prose.topic_of(asked)}."), picture) if "TEXT" in wanted else (picture,)


SPOKEN = re.compile(r"\A[^\n\"“”]{0,80}?\b(?:say|read|speak|whisper|tts|pronounce)\b[^\n:]{0,160}:\s*(?=\S)", re.I)
"""What stands before a text that is to be spoken, to tell how: "Say cheerfully: …"."""


def spoken(question: Generate, asked: str, dice: Dice) -> tuple[Part, ...]:
    from mockgem.operations.generators.speech import dialogue

    text = SPOKEN.sub("", asked.strip()) or asked
    return (Blob("audio/L16;codec=pcm;rate=24000", dialogue(text, question.extras.voices, dice)),)


def tool_calls(question: Generate, asked: str, dice: Dice) -> tuple[Part, ...]:
    from mockgem.operations.generators.tool_selection import calls_for

    return calls_for(question.tools, question.choice, asked, called_already(question.turns), dice)


def words(question: Generate, asked: str, dice: Dice) -> str:
    """Words about the question; first about what came with it or what the tools found."""
    last = last_user_parts(question.turns)
    if ALL_TEXT.issuperset(map(type, last)):
        return prose.reply_to(asked or "your message", dice, question.system)
    if results := tool_lines(last):
        return f"{' '.join(results)} {dice.pick(prose.ASIDES)}"
    return prose.reply_to(asked or "your message", dice, question.system, media_line(last))


ALL_TEXT = frozenset((Text,))


def media_line(parts: Sequence[Part]) -> str:
    media = [part for part in parts if isinstance(part, (Blob, Link))]
    if not media:
        return ""
    seen = [str(look_at(one)) + (f" ({one.name})" if isinstance(one, Blob) and one.name else "") for one in media]
    return f"I received {' and '.join([', '.join(seen[:-1]), seen[-1]] if seen[1:] else seen)}. "


def tool_lines(parts: Sequence[Part]) -> list[str]:
    """A sentence for each tool result."""
    results = [part for part in parts if isinstance(part, ToolResult)]
    return [told(part) for part in results]


def told(result: ToolResult) -> str:
    failed = re.match(r'\s*\{\s*"error"\s*:\s*"([^"]*)"', result.output)
    if failed:
        return f"{result.name or 'The tool'} failed: {failed[1]}."
    return f"According to {result.name or 'the tool'}, {plain(result.output)}"


def plain(output: str) -> str:
    """A tool's result as a sentence's end: JSON objects are told field by field."""
    value: Any = output.strip()
    with contextlib.suppress(ValueError):
        value = json.loads(output) if output.count("[") + output.count("{") < 100 else value
    if isinstance(value, dict) and value:
        facts = [f"{key.replace('_', ' ')} is {flat(item)}" for key, item in list(value.items())[:12]]
        text = ", ".join(facts)
    elif isinstance(value, str):
        text = value or "there is nothing"
    else:
        text = f"the result is {flat(value)}"
    return text if text.endswith((".", "!", "?")) else text + "."


def flat(value: Any) -> str:
    """A value as words: lists by commas, objects field by field."""
    match value:
        case str():
            return value
        case list() if value:
            return ", ".join(flat(item) for item in value[:12])
        case dict() if value:
            return ", ".join(f"{key} {flat(item)}" for key, item in list(value.items())[:12])
        case None:
            return "unknown"
    return json.dumps(value, ensure_ascii=False)


def json_answer(question: Generate, asked: str, dice: Dice) -> str:
    """JSON of the form that was asked for, laid out as the real models do."""
    from mockgem.operations.generators.hints import clues_in
    from mockgem.operations.generators.schema_values import value_or_refusal

    schema = question.schema if question.schema is not None else prose_schema(question.system + "\n" + asked)
    told = "\n".join([asked, *results_in(question.turns)])
    value = value_or_refusal(schema, clues_in(told), dice)
    if question.extras.enumerated and isinstance(value, str):
        return value
    return json.dumps(value, indent=2, ensure_ascii=False)


def prose_schema(text: str) -> dict[str, Any]:
    """The schema a prompt speaks of: one that is written out in it, else "JSON with keys a and b", else one field."""
    if (written := schema_in(text)) is not None:
        return written
    if (sketched := sketched_schema(text)) is not None:
        return sketched
    pairs = re.findall(r'"([A-Za-z_]\w{0,40})"\s*:\s*"?(string|number|integer|boolean)\b', text)
    if pairs:
        return {
            "type": "object",
            "properties": {name: {"type": kind} for name, kind in pairs},
            "required": [n for n, _ in pairs],
        }
    named = re.findall(r"[`\"']([A-Za-z_]\w{0,40})[`\"']", text) if re.search(r"\b(key|field|propert)", text, re.I) else []
    if not named and (match := re.search(r"\b(?:keys|fields|properties)\b:?\s+([\w, ]{1,200})", text, re.I)):
        named = [word for word in re.split(r"[,\s]+(?:and\s+)?", match[1].strip()) if word and word != "and"][:8]
    names = list(dict.fromkeys(named)) or ["answer"]
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": names}


SKETCH = re.compile(r"\b([A-Z]\w{0,40})\s*=\s*\{([^{}]{1,600})\}")
SKETCHED = re.compile(r"['\"](\w{1,40})['\"]\s*:\s*(list\[)?(str|int|float|bool)\b")
PLAIN_TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def sketched_schema(text: str) -> dict[str, Any] | None:
    """A schema in the form of the documents: Recipe = {'name': str, 'steps': list[str]}, and what is to be returned."""
    match = SKETCH.search(text)
    fields = SKETCHED.findall(match[2]) if match else []
    if match is None or not fields:
        return None
    properties: dict[str, Any] = {}
    for name, listed, kind in fields:
        one = {"type": PLAIN_TYPES[kind]}
        properties[name] = {"type": "array", "items": one} if listed else one
    form = {"type": "object", "title": match[1], "properties": properties, "required": list(properties)}
    return {"type": "array", "items": form} if re.search(rf"\blist\[{match[1]}\]", text) else form


def schema_in(text: str) -> dict[str, Any] | None:
    """A JSON Schema that stands in a text, as some frameworks put it there."""
    decoder, at = json.JSONDecoder(), text.find("{")
    for _ in range(20):
        if at < 0:
            return None
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            value, end = None, at + 1
        if isinstance(value, dict) and ("$defs" in value or isinstance(value.get("properties"), dict)):
            return value
        at = text.find("{", end)
    return None


def shown_thoughts(question: Generate, dice: Dice) -> tuple[Text, ...]:
    return tuple(Text(text, thought=True) for text in prose.thoughts_about(asked_of(question.turns), dice))
