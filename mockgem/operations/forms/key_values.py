"""Keys and values without a data format: "key=value" lines, and the case of keys in JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.given_data import parse_pairs
from mockgem.operations.forms.layout_words import BULLETS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_operations import sort_key, split_name, to_camel
from mockgem.operations.forms.value_generation import generate_from

PAIR_LINES = make_regex(
    r"\blabels?,? (?:an?d? )?(?:a )?colon\b|\b(?:label|name|field|metric): ?value\b"
    r"|\bkey ?(?P<mark>=|:|->|=>|→) ?value\b|\bkey[- /]?(?:and[- ])?values? (?:pairs?|lines?)\b"
    r"|\b(?:an?|in|as|to|into) (?:a )?(?:\.env|dotenv|\.properties|properties) (?:file|format)\b",
    re.I,
)
OTHER_FORM = make_regex(
    r"\b(?:json|yaml|xml|csv|table|dict\w*|map|object|function|script|code|explain|what|how|why)\b",
    re.I,
)
LABEL_CLAUSE = make_regex(
    r"[^.\n]{0,80}\blabels?,? (?:and )?(?:a )?colon\b[^.\n]{0,60}\.?|\bwith (?:the"
    r" )?label\b[^.\n]{0,60}\.?",
    re.I,
)
"""What a prompt says about the lines, not about their fields."""
FILES = make_regex(r"\.env|dotenv|properties", re.I)


@form(
    "key=value lines",
    "Turn this into key=value lines.\n\nHost: db.local\nPort: 5432",
    words="key env dotenv properties label colon name field metric",
    about="a line with a key and its value for each field",
)
def write_pairs(question: Question) -> str | None:
    wish = PAIR_LINES.search(question.wish)
    if wish is None or OTHER_FORM.search(question.instruction[:200]) or BULLETS.search(wish.string):
        return None
    is_file = FILES.search(wish[0]) is not None
    prompt = cut_middle(question.prompt)
    if LABEL_CLAUSE.search(prompt):
        rest = LABEL_CLAUSE.sub(" ", prompt)
        question = Question(rest, question.random, question.system)
    has_fields = len(find_fields(question.instruction[:1000])) > 1
    value = None if has_fields else parse_pairs(question.prompt[:8000])
    if not isinstance(value, dict):
        value = generate_described(describe(question), question)
    if not isinstance(value, dict):
        return None
    mark = wish["mark"] or ("=" if is_file or "=" in question.instruction else ": ")
    mark = ": " if mark == ":" else mark
    return "\n".join(
        f"{name_key(key) if is_file else space_key(key, prompt)}{mark}{to_text(item)}"
        for key, item in value.items()
    )


def space_key(key: str, prompt: str) -> str:
    """Return a key as a prompt writes it: "Screen size" for Screen_size."""
    spaced = key.replace("_", " ")
    at = prompt.lower().find(spaced.lower()) if "_" in key and key not in prompt else -1
    return prompt[at : at + len(spaced)] if at >= 0 else key


INI = make_regex(
    r"\bini\b[- ](?:format|file|config\w*|style|syntax)|\bas (?:an? )?ini\b|\.ini\b", re.I
)
MAKES = make_regex(
    r"\b(?:write|create|generate|give|make|convert|turn|output|produce|draft|format|need|show)\b",
    re.I,
)
INI_SECTION = make_regex(
    r"\[(\w{1,30})\](?: (?:section|block))?\s?(?:\(|:|with|containing|having)\s?([^()\n.\[]{2,120})"
)


@form(
    "ini",
    "Write a config in INI format with a [server] section (host, port).",
    words="ini",
    about="sections in brackets with a line for each key",
)
def write_ini(question: Question) -> str | None:
    text = question.instruction
    if INI.search(text) is None or question.asks_how or MAKES.search(text) is None:
        return None
    named = INI_SECTION.findall(question.instruction[:3000])
    sections = {name: read_items(keys, 0) for name, keys in named}
    if not sections:
        value = generate_described(describe(question), question)
        return write_section("default", value) if isinstance(value, dict) else None
    return "\n\n".join(
        write_section(name, generate_from(build_object(fields), question))
        for name, fields in sections.items()
    )


def write_section(name: str, value: dict[str, Any]) -> str:
    lines = [f"{key} = {to_text(item)}" for key, item in value.items()]
    return "\n".join([f"[{name}]", *lines])


def name_key(key: str) -> str:
    """Return the name of a variable for a key: "api key" → "API_KEY"."""
    return "_".join(split_name(key)).upper()


def to_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


LETTERS = make_regex(r"\b(lower|upper)-?cased?\b", re.I)
SORTED = make_regex(
    r"\b(?:sort(?:ed)?|ordered|arranged?|order (?=them|it|by|alphabet|from)"
    r"|in (?=alphabetical|ascending|descending|numerical|reverse))\b[^.\n]{0,40}",
    re.I,
)
DOWN = make_regex(
    r"\b(?:descending|reverse|largest|longest|highest|high to low|z to a|z-a)\b", re.I
)


def sort_items(value: Any, question: Question) -> Any:
    """Return a list of plain values in the order that the prompt names: "sorted by length"."""
    if not isinstance(value, list) or not all(map(is_plain, value)):
        return value
    if case := LETTERS.search(question.instruction):
        spell = str.lower if case[1].lower() == "lower" else str.upper
        value = [spell(item) if isinstance(item, str) else item for item in value]
    match = SORTED.search(question.instruction)
    if match is None:
        return value
    is_down = DOWN.search(match[0]) is not None
    if re.search(r"\blength|\b(?:short|long)est\b", match[0], re.I):
        return sorted(value, key=lambda item: len(str(item)), reverse=is_down)
    return sorted(value, key=lambda item: sort_key(str(item)), reverse=is_down)


def is_plain(value: object) -> bool:
    return isinstance(value, (str, int, float))


KEY_CASE = make_regex(
    r"\b(?:keys?|fields?|names?|propert\w+)\b[^.\n]{0,30}\b(camel|snake|kebab|pascal)[- _]?case"
    r"|\b(camel|snake|kebab|pascal)[- _]?cased? (?:\w+ )?(?:keys?|fields?|names?|propert\w+)",
    re.I,
)
"""The spelling that a prompt wants for keys: "keys in camelCase"."""


def rename_keys(value: Any, question: Question) -> Any:
    """Return a value with its keys in the case that the prompt names."""
    match = KEY_CASE.search(question.wish)
    return value if match is None else spell_keys(value, (match[1] or match[2]).lower())


def spell_keys(value: Any, case: str) -> Any:
    match value:
        case dict():
            return {spell_key(key, case): spell_keys(item, case) for key, item in value.items()}
        case list():
            return [spell_keys(item, case) for item in value]
    return value


def spell_key(key: str, case: str) -> str:
    words = split_name(key)
    if not words:
        return key
    match case:
        case "camel":
            return to_camel(key)
        case "pascal":
            return "".join(word.capitalize() for word in words)
        case "snake":
            return "_".join(words).lower()
    return "-".join(words).lower()
