"""JSON like that of the examples in a prompt, whose values are words of their inputs."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_fields import to_plural
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.value_generation import generate_named

EXAMPLE = make_regex(
    r"^[ \t]*[A-Za-z][\w ]{0,24}:[ \t]*([^\n{]{3,400})\n+[ \t]*[A-Za-z][\w ]{0,24}:[ \t]*"
    r"(\{[^\n]{2,1000}\})[ \t]*$",
    re.M,
)
LAST = make_regex(
    r"\n[ \t]*[A-Za-z][\w ]{0,24}:[ \t]*([^\n{]{3,400})\n+[ \t]*[A-Za-z][\w ]{0,24}:[ \t]*\Z"
)
WORD = make_regex(r"[\w'’-]+")


@form(
    "object like the examples",
    'Input: The soup is cold.\nOutput: {"subject": "soup", "state": "cold"}\nInput: The tea is'
    " hot.\n"
    'Output: {"subject": "tea", "state": "hot"}\nInput: The shop is closed.\nOutput:',
    signs=("{",),
    about="JSON whose values stand where those of the examples stand in their inputs",
)
def imitate_object(question: Question) -> str | None:
    if "{" not in question.prompt:
        return None
    last = LAST.search(question.prompt[-3000:])
    examples = EXAMPLE.findall(question.prompt[-6000:]) if last else []
    pairs = [(one, value) for one, text in examples if (value := read_object(text))]
    if last is None or len(pairs) < 2 or len({tuple(value) for _, value in pairs}) > 1:
        return None
    words = WORD.findall(last[1])
    found = {key: take_word(key, pairs, words) for key in pairs[0][1]}
    if any(value is None for value in found.values()):
        return None
    return json.dumps(found, ensure_ascii=False)


ONE_EXAMPLE = make_regex(
    r"\bexample[^\n{]{0,30}:\s{0,4}(?:```(?:json)?\s)?(\{[^{}\n]{5,600}\})(?:\s{0,3}```)?(.{3,400})\Z",
    re.I | re.S,
)
SUBJECT = make_regex(
    r"\b(?:for|with|input|now|next|word|item)\b[ :]{1,3}(?:the (?:word|verb|noun|city|country) )?"
    r"[\"'“]?([^\W\d][\w' -]{1,40}?)[\"'”]?[.!]?\s*\Z",
    re.I,
)
IRREGULAR = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "mouse": "mice",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
}


@form(
    "object like one example",
    'Example: {"word": "dog", "plural": "dogs"}\nNow do it for: child',
    words="example",
    about="JSON with the keys of the example for another thing",
)
def imitate_one(question: Question) -> str | None:
    match = ONE_EXAMPLE.search(question.prompt[-2000:]) if "{" in question.prompt else None
    subject = SUBJECT.search(match[2]) if match and "\n\n" not in match[2].strip() else None
    shown = read_object(match[1]) if match else None
    if subject is None or shown is None or " " in next(iter(shown.values())):
        return None
    first, own = next(iter(shown.values())), subject[1]
    value = {
        key: derive(own, first, item) or generate_named(key, "", question)
        for key, item in shown.items()
    }
    return json.dumps(value, ensure_ascii=False)


def derive(own: str, first: str, item: str) -> str:
    """Return what is to a word as an example's item is to its word: "dogs" to "dog"; else
    nothing."""
    if item == first:
        return own
    if item.lower() in (f"{first}s".lower(), f"{first}es".lower()):
        return IRREGULAR.get(own.lower()) or to_plural(own)
    if item.startswith(first):
        return own + item[len(first) :]
    if item == first.upper():
        return own.upper()
    return own.lower() if item == first.lower() else ""


def read_object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    is_flat = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    return value if is_flat and value else None


def take_word(key: str, pairs: list[tuple[str, dict[str, Any]]], words: list[str]) -> str | None:
    """Return the word at the place of a key's values, from the left or from the right."""
    places: set[int] = set()
    ends: set[int] = set()
    for one, value in pairs:
        own = [word.lower() for word in WORD.findall(one)]
        if value[key].lower() not in own:
            return None
        at = own.index(value[key].lower())
        places.add(at)
        ends.add(at - len(own))
    chosen = (
        next(iter(places)) if len(places) == 1 else next(iter(ends)) if len(ends) == 1 else None
    )
    if chosen is None or not -len(words) <= chosen < len(words):
        return None
    return words[chosen]
