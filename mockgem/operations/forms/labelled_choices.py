"""Choices that a prompt lists after a plural, for the field that has one: "Intents: a, b, c"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_TEXT = 6_000
ITEM = r"[\"'`“]?[^\W_][\w &/+'’-]{0,30}[\"'`”]?(?: ?\([^()\n]{0,80}\))?"
SERIES = make_regex(
    rf"[:：] ?((?:{ITEM}(?:, ?| ?\| ?)){{1,24}}(?:(?:and|or) )?{ITEM})(?=\s?(?:[.;\n]|\Z))"
)
SENTENCE_END = make_regex(r"[.!?\n]\s|\n")
WORD = make_regex(r"[a-z]+")
NOTE = make_regex(r" ?\([^()]*\)")
PICKED = make_regex(
    r"\b(?:from|of|among) (?:this|these|the|following)\b|\b(?:possible|available|allowed|valid"
    r"|permitted|which|options?"
    r"|choose|pick|select|assign|tag|label|classify|categori[sz]e|up to|at most)\b",
    re.I,
)
"""What stands in front of a list of which the reply has some."""
COLLECTIVES = {"criteria": "criterion", "rubric": "criterion", "list": "label", "staff": "member"}
GROUPS = (
    frozenset("category label class topic type kind tag genre intent prediction theme".split()),
    frozenset(
        "agent worker member speaker next assignee recipient owner role expert participant team"
        " employee person".split()
    ),
    frozenset("tool function action command api operation route endpoint skill".split()),
    frozenset("criterion dimension aspect metric".split()),
    frozenset("team department queue group folder".split()),
)
"""Nouns of labels and keys for the same things: "Agents: …" and the key "next"."""
GENERAL = frozenset("primary main best top label prediction choice selected selection".split())
"""Keys for the choice from the only list of a prompt."""
WIDE = 160
"""Characters in front of a list that may say that some of it is wanted."""
NEAR = 4
"""The words before a colon among which the plural stands."""
NOT_CHOICES = frozenset(
    ("", *"example key field column property attribute word value note".split())
)


@frozen
class Enumeration:
    """Things that a prompt lists after a colon.

    Attributes:
        nouns: What they are, in the singular.
        items: Their names.
        is_picked: Whether the prompt wants some of them.
    """

    nouns: tuple[str, ...]
    items: tuple[str, ...]
    is_picked: bool


def find_enumerations(text: str) -> list[Enumeration]:
    """Return the lists of a text that follow a plural: "Categories: news, sports, other"."""
    found = []
    text = strip_explanations(text[:MAX_TEXT])
    for match in SERIES.finditer(text):
        head = SENTENCE_END.split(text[max(0, match.start() - 90) : match.start()])[-1]
        is_picked = PICKED.search(head) is not None
        wide = text[max(0, match.start() - WIDE) : match.start()]
        words = WORD.findall(head.lower())[0 if is_picked else -NEAR :]
        nouns = tuple(noun for word in words if (noun := to_noun(word)) not in NOT_CHOICES)
        parts = re.split(r"(?:,|\|)\s?(?![^()]*\))(?:(?:and|or) )?", match[1])
        items = tuple(NOTE.sub("", part).strip(" \"'`“”") for part in parts)
        if nouns and len(items) > 1 and all(items):
            found.append(Enumeration(nouns, items, PICKED.search(wide) is not None))
    return found


EXPLAINED = r"(?:\"[\w -]{1,40}\"|'[\w -]{1,40}'|`[\w -]{1,40}`) ?\([^()\n]{2,120}\)"
EXPLAINED_SERIES = make_regex(rf": ({EXPLAINED}(?:,? (?:and |or )?{EXPLAINED}){{1,12}})")
"""Quoted choices with what they are for: '"db" (orders), "web" (everything else)'."""
NOTE_BEHIND = make_regex(r"([\"'`]) ?\([^()\n]{2,120}\)")
TYPES = make_regex(
    r"\b(?:string|number|integer|int|float|bool\w*|list|array|object|date|true|null|one of)s?\b"
    r"|\d|/",
    re.I,
)


def strip_explanations(text: str) -> str:
    """Return a text without the notes behind quoted choices."""
    if "(" not in text or (match := EXPLAINED_SERIES.search(text)) is None:
        return text
    if TYPES.search(match[1]) or KEYS_BEFORE.search(
        text, max(0, match.start() - 30), match.start()
    ):
        return text
    plain = NOTE_BEHIND.sub(r"\1", match[1])
    return f"{text[: match.start(1)]}{plain}{text[match.end(1) :]}"


KEYS_BEFORE = make_regex(
    r"\b(?:keys|fields|properties|attributes|columns|object|json|with)\s?\Z", re.I
)


def to_noun(word: str) -> str:
    """Return the singular of a plural; empty for another word."""
    if word in COLLECTIVES:
        return COLLECTIVES[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else ""


def is_same(noun: str, other: str) -> bool:
    """Return whether two nouns name the same thing."""
    return noun == other or any(noun in group and other in group for group in GROUPS)


def find_for_key(key: str, enumerations: list[Enumeration]) -> Enumeration | None:
    """Return the list of choices that belongs to a key."""
    words = WORD.findall(key.lower())
    singular = [to_noun(word) or word for word in words]
    for test in (str.__eq__, is_same):
        for found in enumerations:
            if any(test(one, noun) for one in reversed(singular) for noun in found.nouns):
                return found
    is_general = len(enumerations) == 1 and GENERAL.intersection(singular)
    return enumerations[0] if is_general else None


def find_general(enumerations: list[Enumeration]) -> Enumeration | None:
    """Return the only list of a prompt, if it is called options or labels."""
    only = enumerations[0] if len(enumerations) == 1 else None
    return only if only and OPTION_NOUNS.intersection(only.nouns) else None


OPTION_NOUNS = frozenset("option choice label".split())


def add_labelled_choices(schema: dict[str, Any], text: str, wish: str) -> dict[str, Any]:
    """Return a schema whose open fields have the choices that the text lists for their noun.

    Args:
        wish: The instructions in the text: a list of some of the choices has them only from here.
    """
    if ":" not in text:
        return schema
    names = set(list_names(schema))
    found = [one for one in find_enumerations(text) if names.isdisjoint(one.items)]
    found = [
        one if all(item in wish for item in one.items) else Enumeration(one.nouns, one.items, False)
        for one in found
    ]
    return add_found(schema, found, text) if found else schema


def list_names(schema: dict[str, Any]) -> Iterator[str]:
    """Yield the names of all fields of a schema."""
    for name, sub in (schema.get("properties") or {}).items():
        yield name
        yield from list_names(sub)
    if isinstance(schema.get("items"), dict):
        yield from list_names(schema["items"])


def add_found(schema: dict[str, Any], found: list[Enumeration], text: str) -> dict[str, Any]:
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": add_found(schema["items"], found, text)}
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    added = {key: add_for_key(key, sub, found, text) for key, sub in fields.items()}
    return {**schema, "properties": added}


SHOWN = make_regex(r"\{[^{}]{0,600}\}?")
"""An object that shows the form, with any of the choices."""


def add_for_key(
    key: str, schema: dict[str, Any], found: list[Enumeration], text: str
) -> dict[str, Any]:
    if schema == {"type": "string"} and (chosen := find_for_key(key, found)):
        special = re.findall(rf"\"{re.escape(key)}\" ?: ?\"([A-Z_]{{2,20}})\"", text[:MAX_TEXT])
        plain = SHOWN.sub(" ", text[:MAX_TEXT])
        again = [one for one in chosen.items if plain.count(one) > 1]
        named = again if len(again) == 1 else chosen.items
        return {**schema, "enum": list(dict.fromkeys([*named, *special]))}
    if schema.get("items") == {"type": "string"}:
        picked = [one for one in found if one.is_picked]
        chosen = find_for_key(key, picked) or find_general(picked)
        items = {"type": "string", "enum": list(chosen.items)} if chosen else schema["items"]
        return {**schema, "items": items}
    return add_found(schema, found, text)
