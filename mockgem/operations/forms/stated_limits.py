"""Choices and lengths that a prompt states, for the values of a described reply."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, mark_name
from mockgem.operations.forms.question import Question


def keep_choices(finished: Any, value: Any, schema: dict[str, Any]) -> Any:
    """Return a finished value in which the fields with choices have one of these."""
    if isinstance(finished, list) and isinstance(value, list) and len(value) == len(finished):
        return [keep_choices(*pair, schema) for pair in zip(finished, value, strict=True)]
    if not isinstance(finished, dict) or not isinstance(value, dict):
        return finished
    allowed = {
        key: sub["enum"] for key, sub in (schema.get("properties") or {}).items() if "enum" in sub
    }
    return {
        key: value[key]
        if key in allowed and item not in allowed[key] and value.get(key) in allowed[key]
        else item
        for key, item in finished.items()
    }


MEMBERS = make_regex(
    rf"(?<![\w.-])({NUMBER})(?:\s?(?:to|-|–|or)\s?({NUMBER}))?[ -](?:[\w-]+ ){{0,2}}?{NAME}"
    r"(?:e?s)?\b"
    rf"|{NAME}(?:e?s)?,? \(?({NUMBER}) of (?:them|these|those)\b",
    re.I,
)
"""A number beside the last word of a list's name: "4 to 6 short steps", "steps, 4 of them"."""


def count_members(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose lists are as long as the prompt says: "break it into 4 to 6 steps"."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    fields = count_questions(fields, question)
    counted = {key: count_inner(sub, question) for key, sub in fields.items()}
    for key, sub in counted.items():
        if sub.get("type") != "array" or len(key) < 4:
            continue
        noun = key.replace("_", " ").split()[-1].rstrip("s")
        marked = mark_name(noun, question.wish)
        match = MEMBERS.search(marked) if marked else None
        number = str(match[1] or match[3]) if match else ""
        if labelled := find_labelled(noun, question):
            count = parse_count(labelled[1], 30)
            counted[key] = {**sub, "minItems": count, "maxItems": count}
            continue
        if match is None or number.lower() in ("a", "an"):
            continue
        if AT_MOST.search(marked, max(0, match.start() - 12), match.start()):
            continue
        count = parse_count(number, 30)
        allowed = sub.get("items", {}).get("enum")
        is_set = {"uniqueItems": True} if allowed else {}
        count = min(count, len(allowed)) if allowed else count
        counted[key] = {**sub, "minItems": count, "maxItems": count, **is_set}
    return {**schema, "properties": counted}


QUESTIONS = make_regex(rf"(?<![\w.-])({NUMBER}) (?:[\w-]+ ){{0,3}}?questions\b", re.I)


def count_questions(fields: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return fields whose only list of questions is as long as "a quiz with 3 questions" says."""
    lists = [
        key
        for key, sub in fields.items()
        if "question" in sub.get("items", {}).get("properties", {})
    ]
    match = QUESTIONS.search(question.wish) if len(lists) == 1 else None
    if match is None or match[1].lower() in ("a", "an", "one"):
        return fields
    count = parse_count(match[1], 30)
    return {**fields, lists[0]: {**fields[lists[0]], "minItems": count, "maxItems": count}}


def count_inner(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return the schema of a field in which the lists of its members have their lengths."""
    items = schema.get("items")
    if isinstance(items, dict) and "properties" in items:
        return {**schema, "items": count_members(items, question)}
    return count_members(schema, question)


def find_labelled(noun: str, question: Question) -> re.Match[str] | None:
    if "umber of" not in question.prompt[:4000]:
        return None
    return LABELLED.search(mark_name(noun, question.prompt[:4000]))


LABELLED = make_regex(rf"\bnumber of (?:[\w-]+ )?{NAME}(?:e?s)? ?[:=] ?(\d{{1,2}})\b", re.I)
"""A label with the length of a list: "Number of questions: 5"."""
AT_MOST = make_regex(r"\b(?:up to|at most|max(?:imum)?\.?|no more than) \Z", re.I)


def fit_lengths(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a value whose lists of texts are as long as the prompt says."""
    if isinstance(value, list):
        items = schema.get("items") or {}
        return fit_length([fit_lengths(one, items, question) for one in value], schema, question)
    if isinstance(value, str) and "maxLength" in schema:
        return shorten_text(value, schema["maxLength"])
    fields = schema.get("properties") or {}
    if not isinstance(value, dict) or not fields:
        return value
    return {key: fit_lengths(item, fields.get(key, {}), question) for key, item in value.items()}


def shorten_text(text: str, most: int) -> str:
    """Return a text with as many characters at most, cut behind a sentence or a word."""
    if len(text) <= most or most < SHORTEST:
        return text
    cut = text[: most + 1]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? ")) + 1
    return (
        text[:end] if end > most // 3 else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    )


SHORTEST = 10


def fit_length(value: Any, schema: dict[str, Any], question: Question) -> Any:
    count = schema.get("maxItems", -1)
    is_plain = isinstance(value, list) and schema.get("items") == {"type": "string"}
    if not is_plain or schema.get("minItems") != count or len(value) == count:
        return value
    others = [word.lower() for word in question.keywords]
    unique = list(dict.fromkeys([*map(str, value), *others]))
    return unique[:count] if len(unique) >= count else value
