"""Values of a described object that come from the given text: its names, its terms, its choices."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.assigned_tasks import find_tasks
from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.citations import CitedSource, find_source
from mockgem.operations.forms.described_values import CAMEL, build_object
from mockgem.operations.forms.entities import recognise_entities
from mockgem.operations.forms.field_filling import fill_from_text
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.given_rows import find_given, find_quantities, find_said
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import read_items
from mockgem.operations.forms.option_headings import HEADED_LINE
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_values import quote_foreign
from mockgem.operations.forms.value_generation import ITEM_LISTS, QUESTION_LISTS
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS
from mockgem.operations.generators.word_stems import extract_stems

WORD = make_regex(r"[^\W\d_][\w-]{3,}")
MAX_TERMS = 3
MAX_WORDS = 6


def find_heading_choices(name: str, text: str) -> list[str]:
    """Return the values below or after a heading that is the name of a field: "Intents: a, b"."""
    stem = re.escape(re.sub(r"(?:ies|y|s)\Z", "", name.replace("_", " ").split()[-1]))
    stem = "criteri(?:on|a)" if stem == "criterion" else stem
    match = re.search(
        rf"(?:^[ \t*#]{{0,6}}|(?<=[.!?] ))(?:[\w-]{{2,20}} ){{0,2}}{stem}(?:y|s|es"
        rf"|ies)?\**[:：]\**[ \t]*"
        r"((?:[\w &+-]{1,30},[ ]?){1,20}[\w &+-]{1,30})\.?[ \t]*$",
        text[:6000],
        re.I | re.M,
    )
    if match is not None:
        return [item.strip() for item in match[1].split(",")]
    below = re.search(
        rf"(?:^[ \t*#]{{0,6}}|(?<=[.!?] ))(?:[\w-]{{2,20}} ){{0,2}}{stem}(?:y|s|es"
        rf"|ies)?\**[:：]?\**[ \t]*\n((?:[ \t]*(?:[-*•]|\d{{1,2}}[.)]) [^\n]+(?:\n|\Z)){{2,20}})",
        text[:6000],
        re.I | re.M,
    )
    lines = [HEADED_LINE.match(line) for line in below[1].splitlines()] if below else []
    return [line[1] for line in lines if line]


def add_heading_choices(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose open fields have the values that a heading of the prompt lists."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    text = f"{question.prompt[:6000]}\n{question.system}"
    if ":" not in text:
        return schema
    found = {
        name: choices
        for name, sub in fields.items()
        if sub == {"type": "string"} and len(choices := find_heading_choices(name, text)) > 1
    }
    chosen = {
        name: {"type": "string", "enum": [choose_mentioned(choices, text, question)]}
        for name, choices in found.items()
    }
    chosen |= {
        name: build_object(read_items(text, match.end()))
        for name, sub in fields.items()
        if sub.get("type") == "object"
        and not sub.get("properties")
        and (match := re.search(rf"\b(?:the|with) {re.escape(name)}:? (?=\w+(?:,| and ))", text))
    }
    return {**schema, "properties": {**fields, **chosen}} if chosen else schema


def choose_mentioned(choices: list[str], text: str, question: Question) -> str:
    """Return the choice that the prompt names once more, else the one that the text supports."""
    again = [choice for choice in choices if text.count(choice) > 1]
    return again[0] if len(again) == 1 else choose_label(choices, question)


def use_text(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a value whose lists hold terms of the given text instead of invented ones."""
    if not find_given(question):
        return value
    match value:
        case list():
            rows = recognise_entities(schema.get("items", {}), question)
            return rows if rows is not None else use_tasks(value, schema, question)
        case dict():
            fields = schema.get("properties", {})
            filled = fill_from_text(value, fields, find_given(question))
            filled = summarise_field(answer_field(filled, fields, question), fields, question)
            filled = quote_foreign(filled, fields, find_given(question))
            used = {
                key: use_terms(key, item, fields.get(key, {}), question)
                for key, item in filled.items()
            }
            lists = [item for item in used.values() if isinstance(item, list)]
            used = name_sources(str(used.get(find_answer_key(used) or "", "")), used, question)
            return {**used, "count": len(lists[0])} if "count" in used and len(lists) == 1 else used
    return value


def use_tasks(rows: list[Any], schema: dict[str, Any], question: Question) -> list[Any]:
    """Return rows with the tasks that the text gives to people, if the rows are about tasks."""
    if not rows or not isinstance(rows[0], dict):
        return rows
    fields = schema.get("items", {}).get("properties", {})
    given = find_given(question)
    found = (
        find_said(fields, given) or find_tasks(fields, given) or find_quantities(fields, question)
    )
    return [{**rows[0], **row} for row in found] or rows


RESULT_KEYS = frozenset("result ergebnis resultado résultat risultato".split())
ANSWER_KEYS = frozenset(
    "answer response reply final_answer antwort respuesta réponse risposta resposta".split()
)


def answer_field(
    value: dict[str, Any], fields: dict[str, Any], question: Question
) -> dict[str, Any]:
    """Return an object whose answer is the sentence of the given text that answers the question."""
    result = next((one for one in value if one.lower() in RESULT_KEYS), None)
    if result and (total := calculate(question.prompt[-600:])) is not None:
        is_number = fields.get(result, {}).get("type") in ("integer", "number")
        return {**value, result: json.loads(total) if is_number else total}
    key = find_answer_key(value)
    if key is None or not isinstance(value[key], str) or "enum" in fields.get(key, {}):
        return value
    from mockgem.operations.forms.given_text import find_answer

    answer = calculate(question.prompt[-600:]) or find_answer(question)
    return {**value, key: answer} if answer else value


def find_answer_key(value: dict[str, Any]) -> str | None:
    return next((key for key in value if key.lower() in ANSWER_KEYS), None)


SOURCE_KEYS = make_regex(
    r"^(?:used_|source_)?(?:sources?|citations?|references?|documents?|docs|doc_?ids?|ids|source_?ids?"
    r"|quellen?|fuentes?)$",
    re.I,
)


def name_sources(answer: str, value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose sources are those of the given text in which the answer stands."""
    key = next(filter(SOURCE_KEYS.match, value), None) if answer else None
    bare = re.sub(r"\s*[\[(][^\[\]()]{1,40}[\])]\s*\Z", "", answer)
    source = find_source(bare, question.material or question.system) if key else None
    if key is None or source is None:
        return value
    return {**value, key: fit_source(value[key], source)}


def fit_source(value: Any, source: CitedSource) -> Any:
    """Return a source as a list or alone, as a number or a name, like the value in its place."""
    match value:
        case [int(), *_] | int() if source.mark.isdecimal():
            return [int(source.mark)] if isinstance(value, list) else int(source.mark)
        case [str(), *_]:
            return [source.name or source.mark]
        case str():
            return source.name or source.mark
    return value


SUMMARY_KEYS = make_regex(
    r"(?:^|_)(?:summary|description|abstract|note|overview|resumen|résumé|resume|zusammenfassung)$",
    re.I,
)


def summarise_field(
    value: dict[str, Any], fields: dict[str, Any], question: Question
) -> dict[str, Any]:
    """Return an object whose summary has the first sentences of the given text."""
    keys = [
        key
        for key, item in value.items()
        if isinstance(item, str)
        and len(item.split()) < 4
        and SUMMARY_KEYS.search(key)
        and "enum" not in fields.get(key, {})
    ]
    facts = split_sentences(find_given(question))[:3] if keys else []
    return {**value, **dict.fromkeys(keys, " ".join(facts))} if facts else value


def use_terms(name: str, value: Any, schema: dict[str, Any], question: Question) -> Any:
    if not isinstance(value, list) or not value:
        return use_text(value, schema, question)
    if isinstance(value[0], dict):
        inner = schema.get("items", {}).get("properties", {})
        return find_quantities(inner, question) or use_text(value, schema, question)
    if not isinstance(value[0], str) or "enum" in schema.get("items", {}):
        return value
    if marked := MARKED.get(name.lower()):
        return list(dict.fromkeys(marked.findall(find_given(question)))) or value
    hints = question.hints
    known = {*hints.people, *hints.places, *hints.emails, *hints.urls, *hints.series, *hints.quoted}
    if AMOUNTS.search(name) and (numbers := list(dict.fromkeys(hints.numbers))):
        return (
            numbers
            if schema.get("items", {}).get("type") != "string"
            else [f"{n:g}" for n in numbers]
        )
    if sentences := list_sentences(name, question):
        return sentences[: max(2, int(schema.get("minItems", 2)))]
    if (
        QUESTION_LISTS.search(name)
        or known.issuperset(value)
        or any(MAX_WORDS > item.count(" ") > 0 and item in find_given(question) for item in value)
    ):
        asked = [text for text in split_sentences(question.material) if text.endswith("?")]
        return asked if asked and QUESTION_LISTS.search(name) else list(dict.fromkeys(value))
    terms = find_terms(name, question)
    is_fixed = schema.get("maxItems") is not None and schema["maxItems"] == schema.get("minItems")
    if terms and not (is_fixed and len(terms) != len(value)):
        return terms
    return value if is_fixed else list(dict.fromkeys(value))


MARKED = {
    "hashtags": make_regex(r"(?<!\w)#\w+"),
    "mentions": make_regex(r"(?<!\w)@\w+"),
    "handles": make_regex(r"(?<!\w)@\w+"),
}
"""Lists of words with a mark in the text."""
AMOUNTS = make_regex(r"(?:^|_)(?:amounts|prices|numbers|costs|totals|sums|figures|values)$", re.I)


def list_sentences(name: str, question: Question) -> list[str]:
    """Return sentences of the given text for a list of such: "key_points"; else nothing."""
    if not ITEM_LISTS.search(CAMEL.sub("_", name)) or not question.material:
        return []
    found = [text for text in split_sentences(question.material) if not text.endswith("?")]
    return found if len(found) > 1 or WHOLE_TEXT.search(name) else []


WHOLE_TEXT = make_regex(r"(?:^|_)(?:statements|claims|facts)$", re.I)
"""Lists into which a text of one sentence goes as well."""


def find_terms(name: str, question: Question) -> list[str]:
    """Return the terms of the text for a field: those of the sentence with its word, else any."""
    stems = extract_stems(name.replace("_", " "))
    given = find_given(question)[:4000]
    known = [
        thing
        for thing in find_known_things(name.replace("_", " "))
        if thing.lower() in given.lower()
    ]
    if known:
        return sorted(known, key=given.lower().find)
    sentences = re.split(r"(?<=[.!?\n])\s+", given)
    near = [
        text for text in sentences if any(is_related(stems, word) for word in WORD.findall(text))
    ]
    for text in (" ".join(near), given):
        terms = [
            word
            for word in dict.fromkeys(WORD.findall(text))
            if word.islower() and word not in COMMON_WORDS and not is_related(stems, word)
        ]
        if terms:
            longest = sorted(terms, key=len, reverse=True)[:MAX_TERMS]
            return [term for term in terms if term in longest]
    return []


def is_related(stems: frozenset[str], word: str) -> bool:
    lower = word.lower()
    return any(len(stem) > 3 and lower.startswith(stem[: max(4, len(stem) - 2)]) for stem in stems)
