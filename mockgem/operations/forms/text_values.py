"""Values of a described object that come from the given text: its names, its terms, its choices."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL, build_object
from mockgem.operations.forms.entities import recognise_entities
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import read_items
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.option_headings import HEADED_LINE
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_values import quote_foreign
from mockgem.operations.forms.text_lookup import fill_from_line, fill_from_text
from mockgem.operations.forms.value_generation import ITEM_LISTS, QUESTION_LISTS
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS
from mockgem.operations.generators.word_stems import extract_stems

WORD = make_regex(r"[^\W\d_][\w-]{3,}")
NAME_KEYS = make_regex(
    r"^(?:full_?)?(?:name|person|player|student|employee|member|candidate|author|speaker|user"
    r"|participant"
    r"|nombre|nom|nome)$",
    re.I,
)
MAX_TERMS = 3


def find_heading_choices(name: str, text: str) -> list[str]:
    """Return the values below or after a heading that is the name of a field: "Intents: a, b"."""
    stem = re.escape(re.sub(r"(?:ies|y|s)\Z", "", name.replace("_", " ").split()[-1]))
    match = re.search(
        rf"^[ \t*#]{{0,6}}(?:[\w-]{{2,20}} ){{0,2}}{stem}(?:y|s|es|ies)?\**[:：]\**[ \t]*"
        r"((?:[\w &+-]{1,30},[ ]?){1,20}[\w &+-]{1,30})\.?[ \t]*$",
        text[:6000],
        re.I | re.M,
    )
    if match is not None:
        return [item.strip() for item in match[1].split(",")]
    below = re.search(
        rf"^[ \t*#]{{0,6}}(?:[\w-]{{2,20}} ){{0,2}}{stem}(?:y|s|es"
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
            return rows if rows is not None else value
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
            return {**used, "count": len(lists[0])} if "count" in used and len(lists) == 1 else used
    return value


def find_given(question: Question) -> str:
    """Return the text that holds the values: a message without a text is one below a system."""
    return question.material or (question.prompt[:4000] if question.stated_system else "")


ANSWER_KEYS = frozenset(
    "answer response reply final_answer antwort respuesta réponse risposta resposta".split()
)


def answer_field(
    value: dict[str, Any], fields: dict[str, Any], question: Question
) -> dict[str, Any]:
    """Return an object whose answer is the sentence of the given text that answers the question."""
    key = next((key for key in value if key.lower() in ANSWER_KEYS), None)
    if key is None or not isinstance(value[key], str) or "enum" in fields.get(key, {}):
        return value
    from mockgem.operations.forms.calculations import calculate
    from mockgem.operations.forms.given_text import find_answer

    answer = calculate(question.prompt[-600:]) or find_answer(question)
    return {**value, key: answer} if answer else value


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
        return use_text(value, schema, question)
    if not isinstance(value[0], str) or "enum" in schema.get("items", {}):
        return value
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
        or any(" " in item and item in find_given(question) for item in value)
    ):
        return value
    return find_terms(name, question) or value


AMOUNTS = make_regex(r"(?:^|_)(?:amounts|prices|numbers|costs|totals|sums|figures|values)$", re.I)


def list_sentences(name: str, question: Question) -> list[str]:
    """Return sentences of the given text for a list of such: "key_points"; else nothing."""
    if not ITEM_LISTS.search(CAMEL.sub("_", name)) or not question.material:
        return []
    found = [text for text in split_sentences(question.material) if not text.endswith("?")]
    return found if len(found) > 1 else []


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


def list_lines(question: Question) -> list[str]:
    """Return the short lines of a text in which each line is a record; empty for others."""
    lines = [line for line in question.material.splitlines() if line.strip()]
    is_record = len(lines) > 1 and all(len(line) < 120 for line in lines) and len(lines) < 40
    return (
        lines if is_record and not any(line.rstrip().endswith(("?", ":")) for line in lines) else []
    )


PRICED = make_regex(
    r"(?:(?<=^)|(?<=[,;:.] )|(?<=\band )|(?<=\bsell )|(?<=\bbought )|(?<=\bbuy ))(?:the "
    r"|an? |and |\d+ )?"
    r"([A-Za-z][\w -]{1,30}?)(?: each)? (?:for|at|costs?|is|are|=|-) ?(?:[$€£] ?|EUR "
    r"|USD )?(\d+(?:[.,]\d\d)?)\b"
)
VERB_BEFORE = make_regex(r"\b(?:sells?|sold|bought|buys?|offers?|have|has|got|ordered)\b", re.I)
THING_KEYS = make_regex(r"^(?:product|item|name|article|dish|good)s?(?:_name)?$", re.I)
PRICE_KEYS = make_regex(r"(?:^|_)(?:price|cost|amount)s?(?:_|$)", re.I)


def find_priced(fields: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return a row for each thing with its price: "apples for $1.20 and bread for $2.50"."""
    thing = next((key for key in fields if THING_KEYS.match(key)), None)
    price = next((key for key in fields if PRICE_KEYS.search(key)), None)
    if thing is None or price is None or len(fields) > 2 or not question.material:
        return []
    found = PRICED.findall(question.material[:4000])
    is_text = fields[price].get("type") == "string"
    rows = [
        {
            thing: VERB_BEFORE.split(name)[-1].strip(),
            price: value if is_text else float(value.replace(",", ".")),
        }
        for name, value in found
    ]
    return [{key: row[key] for key in fields} for row in rows] if len(rows) > 1 else []


QUANTITY = make_regex(
    r"(?<![\w.])(\d+(?:[.,/]\d+)?)\s?((?:kg|g|mg|ml|cl|l|cups?|tbsp|tsp|tablespoons?|teaspoons?|oz|lbs?|pinch(?:es)?"
    r"|pieces?|slices?|cloves?)\b)?\s?(?:of )?([a-z]+(?: (?!and|or|with|in|for|to|each|at"
    r"|on)[a-z]+)?)"
)
QUANTITY_KEYS = make_regex(r"(?:^|_)(?:quantity|amount|qty)$", re.I)


def find_quantities(fields: dict[str, Any], question: Question) -> list[dict[str, Any]]:
    """Return a row for each thing with its amount: "200 g flour and 3 eggs"."""
    thing = next(
        (key for key in fields if re.match(r"^(?:name|ingredient|item|product)$", key, re.I)), None
    )
    amount = next((key for key in fields if QUANTITY_KEYS.search(key)), None)
    unit = next((key for key in fields if key.lower() == "unit"), None)
    if thing is None or amount is None or len(fields) > (3 if unit else 2) or not question.material:
        return []
    rows = [
        {
            thing: name,
            amount: number if not number.isdecimal() else int(number),
            unit or "": mark or "",
        }
        if unit
        else {
            thing: name,
            amount: f"{number} {mark}" if mark else int(number) if number.isdecimal() else number,
        }
        for number, mark, name in QUANTITY.findall(question.material[:4000])
    ]
    return [{key: row[key] for key in fields} for row in rows] if len(rows) > 1 else []


def fill_rows(rows: list[Any], schema: dict[str, Any], question: Question) -> list[Any]:
    """Return rows with the values of the lines of the given text."""
    lines, fields = list_lines(question), schema.get("properties", {})
    if priced := find_priced(fields, question) or find_quantities(fields, question):
        template = rows[0] if rows and isinstance(rows[0], dict) else {}
        return [{**template, **row} for row in priced]
    if not rows or not isinstance(rows[0], dict) or len(lines) != len(rows):
        return rows
    return [fill_from_line(row, fields, line) for row, line in zip(rows, lines, strict=True)]


def name_rows(rows: list[Any], question: Question) -> list[Any]:
    """Return rows in which the field for a name has the names of the given text, in their order."""
    if not rows or not isinstance(rows[0], dict) or not question.material:
        return rows
    key = next((key for key in rows[0] if NAME_KEYS.match(key)), None)
    names = list_names(question.material) if key else []
    names = [name for name in names if len(name) > 1 and not name.isupper()]
    if key is None or len(names) < 2:
        return rows
    return [{**row, key: names[at] if at < len(names) else row[key]} for at, row in enumerate(rows)]


def count_names(schema: dict[str, Any], question: Question) -> int:
    """Return how many rows a text has for a schema with a name; 0 if this is unknown."""
    fields = schema.get("properties", {})
    if not question.material or not any(map(NAME_KEYS.match, fields)):
        return 0
    names = [name for name in list_names(question.material) if len(name) > 1 and not name.isupper()]
    return len(names) if 1 < len(names) < 20 else 0
