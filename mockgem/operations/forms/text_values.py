"""Values of a described object that come from the given text: its names, its terms, its choices."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.assigned_tasks import find_tasks
from mockgem.operations.forms.calculations import calculate
from mockgem.operations.forms.citations import CitedSource, find_source
from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.entities import recognise_entities, sort_entities
from mockgem.operations.forms.field_filling import fill_from_text, find_log_part
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.given_rows import (
    NAME_KEYS,
    find_given,
    find_line_items,
    find_quantities,
    find_said,
)
from mockgem.operations.forms.labelled_choices import strip_explanations
from mockgem.operations.forms.labels import choose_label, find_meant
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_requests import list_requests
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.option_headings import HEADED_LINE
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.review_points import sort_points
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_values import parse_amount, quote_foreign
from mockgem.operations.forms.text_lists import (
    AMOUNTS,
    ERROR,
    ERROR_LISTS,
    MARKED,
    fill_up,
    find_enumeration,
    find_labelled_series,
    find_terms,
    list_sentences,
)
from mockgem.operations.forms.text_lookup import find_every
from mockgem.operations.forms.value_generation import QUESTION_LISTS
from mockgem.operations.generators.hints import to_iso_date

MAX_WORDS = 6


HEADING = rf"(?:^[ \t*#]{{0,6}}|(?<=[.!?] ))(?:[\w-]{{2,20}} ){{0,2}}{NAME}(?:y|s|es|ies)?"
SERIES_AFTER = make_regex(
    rf"{HEADING}\**[:：]\**[ \t]*((?:[\w &+-]{{1,30}},){{1,20}}[\w &+-]{{1,30}})\.?[ \t]*$",
    re.I | re.M,
)
LINES_BELOW = make_regex(
    rf"{HEADING}\**[:：]?\**[ \t]*\n"
    r"((?:[ \t]*(?:[-*•]|\d{1,2}[.)]) [^\n]+(?:\n|\Z)){2,20})",
    re.I | re.M,
)


def find_heading_choices(name: str, text: str) -> list[str]:
    """Return the values below or after a heading that is the name of a field: "Intents: a, b"."""
    text = strip_explanations(text[:6000])
    words = name.replace("_", " ").split()
    if not words:
        return []
    stem = re.sub(r"(?:ies|y|s)\Z", "", words[-1])
    stems = ("criterion", "criteria") if stem == "criterion" else (stem,)
    for one in stems:
        if series := search_named(SERIES_AFTER, one, text[:6000]):
            return [item.strip() for item in series[1].split(",")]
    found = (search_named(LINES_BELOW, one, text[:6000]) for one in stems)
    below = next(filter(None, found), None)
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


SHOWN = make_regex(r"\{[^{}]{0,600}\}?")
"""An object that shows the form, with any of the choices."""


def choose_mentioned(choices: list[str], text: str, question: Question) -> str:
    """Return the choice that the prompt names once more, else the one that the text supports."""
    if meant := find_meant(choices, question.material or question.prompt[-600:]):
        return meant
    plain = SHOWN.sub(" ", text)
    again = [choice for choice in choices if plain.count(choice) > 1]
    return again[0] if len(again) == 1 else choose_label(choices, question)


def use_text(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a value whose lists hold terms of the given text instead of invented ones."""
    if not find_given(question):
        is_object = isinstance(value, dict)
        return answer_field(value, schema.get("properties", {}), question) if is_object else value
    match value:
        case list():
            rows = recognise_entities(schema.get("items", {}), question)
            return rows if rows is not None else use_tasks(value, schema, question)
        case dict():
            fields = schema.get("properties", {})
            filled = fill_from_text(value, fields, find_given(question))
            filled = summarise_field(answer_field(filled, fields, question), fields, question)
            filled = quote_foreign(filled, fields, find_given(question))
            filled = correct_field(translate_field(filled, question), question)
            used = {
                key: use_terms(key, item, fields.get(key, {}), question)
                for key, item in filled.items()
            }
            used = sort_points(sort_entities(used, question), find_given(question))
            used |= count_text(used, find_given(question))
            lists = [item for item in used.values() if isinstance(item, list)]
            used = name_sources(str(used.get(find_answer_key(used) or "", "")), used, question)
            return {**used, "count": len(lists[0])} if "count" in used and len(lists) == 1 else used
    return value


def count_text(value: dict[str, Any], text: str) -> dict[str, int]:
    """Return how many words, characters and sentences a text has, for fields that count them."""
    counts = {
        "word": len(text.split()),
        "char": len(text),
        "character": len(text),
        "sentence": len(split_sentences(text)),
    }
    found = {key: COUNT_KEY.match(key) for key in value}
    minutes = max(1, round(len(text.split()) / WORDS_A_MINUTE))
    return {
        **{key: counts[match[1] or match[2]] for key, match in found.items() if match},
        **{key: minutes for key, item in value.items() if type(item) is int and READING.match(key)},
    }


WORDS_A_MINUTE = 200
READING = make_regex(r"^(?:estimated_)?read(?:ing)?_?time(?:_?(?:in_)?min(?:ute)?s?)?$", re.I)


COUNT_KEY = make_regex(
    r"^(word|char|character|sentence)s?_?count$|^(?:num(?:ber)?_(?:of_)?)(word|char|character"
    r"|sentence)s$"
)


def use_tasks(rows: list[Any], schema: dict[str, Any], question: Question) -> list[Any]:
    """Return rows with the tasks that the text gives to people, if the rows are about tasks."""
    if not rows or not isinstance(rows[0], dict):
        return rows
    fields = schema.get("items", {}).get("properties", {})
    given = find_given(question)
    found = (
        find_said(fields, given) or find_tasks(fields, given) or find_quantities(fields, question)
    )
    found = found or fill_kinds(rows, fields, question)
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
    from mockgem.operations.forms.known_facts import find_fact

    end = question.prompt[-600:]
    answer = calculate(end) or find_fact(end) or None
    if answer is None and find_given(question):
        answer = find_answer(question)
    return {**value, key: answer} if answer else value


def find_answer_key(value: dict[str, Any]) -> str | None:
    return next((key for key in value if key.lower() in ANSWER_KEYS), None)


SOURCE_KEYS = make_regex(
    r"^(?:used_|source_)?(?:sources?|citations?|references?|documents?|docs|doc_?ids?|ids"
    r"|source_?ids?"
    r"|quellen?|fuentes?)$",
    re.I,
)


ORIGINAL_KEY = make_regex(r"^(?:original|input|source)(?:_?(?:text|sentence))?$", re.I)
CORRECTED_KEY = make_regex(
    r"^(?:corrected|correction|fixed)(?:_?(?:text|sentence|version))?$", re.I
)


def correct_field(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose corrected text is the given one without its mistakes."""
    key = next(filter(CORRECTED_KEY.match, value), None)
    if key is None or not question.material:
        return value
    from mockgem.operations.forms.correction_tables import correct

    own = next(filter(ORIGINAL_KEY.match, value), None)
    original = {own: question.material} if own else {}
    return {**value, **original, key: correct(question.material)}


TRANSLATION_KEY = make_regex(
    r"^(?:translat(?:ion|ed)(?:_?text)?|(?:english|german|french|spanish)_translation|übersetzung"
    r"|traducción|traduction|traduzione|tradução)$",
    re.I,
)


def translate_field(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose translation is the given text in the requested language."""
    key = next(filter(TRANSLATION_KEY.match, value), None)
    if key is None or not isinstance(value[key], str):
        return value
    from mockgem.operations.forms.translated_text import translate_text
    from mockgem.operations.forms.writing import Writer

    writer = Writer(question, question.requested_language or "en")
    return {**value, key: translate_text(find_given(question), writer)}


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
    r"(?:^|_)(?:tl_?dr|gist|message|inquiry|enquiry|summary|description|abstract|note|overview|resumen"
    r"|résumé|resume|zusammenfassung)$",
    re.I,
)


LABELLED = make_regex(r"[A-Z][\w -]{1,20}: ")
COMMAND = make_regex(
    r"\W*(?:please |can you |could you )?(?:write|create|generate|make|plan|give|show|list|suggest"
    r"|describe|explain|tell|what|how|why|who|when|where|which|is|are|do|does|can|should|i want"
    r"|i need)\b",
    re.I,
)
"""The beginning of a message that wants something, so that it is not a text to summarise."""


def summarise_field(
    value: dict[str, Any], fields: dict[str, Any], question: Question
) -> dict[str, Any]:
    """Return an object whose summary has the first sentences of the given text."""
    gives_text = (question.language == "en" or question.material) and not COMMAND.match(
        find_given(question)
    )
    keys = [
        key
        for key, item in value.items()
        if isinstance(item, str)
        and (len(item.split()) < 4 or (gives_text and item not in find_given(question)))
        and SUMMARY_KEYS.search(key)
        and not (key.lower() == "message" and find_log_part(key, find_given(question)))
        and "enum" not in fields.get(key, {})
    ]
    sentences = split_sentences(find_given(question)) if keys else []
    facts = [one for one in sentences if not LABELLED.match(one)][:3] or sentences[:3]
    return {**value, **dict.fromkeys(keys, " ".join(facts))} if facts else value


def fill_kinds(rows: list[Any], fields: dict[str, Any], question: Question) -> list[Any]:
    """Return rows with the values that a text has by kind: dates with amounts, a degree."""
    given = find_given(question)
    found = {
        key: list_names(given) if NAME_KEYS.match(key) else find_every(key, given)
        for key in fields
        if fields[key].get("type") != "array"
    }
    counts = {len(values) for values in found.values() if values}
    if len(counts) != 1 or sum(map(bool, found.values())) < min(2, len(fields)):
        return []
    return [
        {
            key: to_kind(found[key][at], fields[key]) if found.get(key) else rows[0].get(key)
            for key in fields
        }
        for at in range(counts.pop())
    ]


def to_kind(text: str, schema: dict[str, Any]) -> Any:
    """Return a text as a number or an ISO date, if the schema wants it so."""
    if schema.get("type") in ("number", "integer"):
        number = parse_amount(re.sub(r"[^\d.,]", "", text).strip(".,"))
        return text if number is None else int(number) if number == int(number) else number
    return (to_iso_date(text) or text) if schema.get("format") == "date" else text


REQUESTS = make_regex(r"(?:^|_)(?:requests|demands|asks)$", re.I)


def use_terms(name: str, value: Any, schema: dict[str, Any], question: Question) -> Any:
    if not isinstance(value, list) or not value:
        return use_text(value, schema, question)
    if isinstance(value[0], dict):
        inner = schema.get("items", {}).get("properties", {})
        lines = find_line_items(inner, find_given(question))
        rows = [{**value[0], **line} for line in lines] or find_quantities(inner, question)
        rows = rows or fill_kinds(value, inner, question)
        return rows or use_text(value, schema, question)
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
    if ERROR_LISTS.search(name):
        return [ERROR] if known.issuperset(value) or not known else value
    if sentences := list_sentences(name, question):
        return sentences[: max(2, int(schema.get("minItems", 2)))]
    if (
        QUESTION_LISTS.search(name)
        or known.issuperset(value)
        or any(MAX_WORDS > item.count(" ") > 0 and item in find_given(question) for item in value)
    ):
        asked = [text for text in split_sentences(question.material) if text.endswith("?")]
        return asked if asked and QUESTION_LISTS.search(name) else list(dict.fromkeys(value))
    if listed := find_labelled_series(name, find_given(question)):
        return listed
    if REQUESTS.search(name) and (requests := list_requests(find_given(question))):
        return requests
    is_fixed = schema.get("maxItems") is not None and schema["maxItems"] == schema.get("minItems")
    if is_fixed and len(set(value)) < len(value):
        return fill_up(value, question)
    terms = find_enumeration(find_given(question)) or find_terms(name, question)
    if terms and not (is_fixed and len(terms) != len(value)):
        return terms
    return value if is_fixed else list(dict.fromkeys(value))
