"""The value of a reply that a prompt describes: what it has, and what stands in it."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_schema import (
    Described,
    describe_named,
    describe_things,
    read_shown,
)
from mockgem.operations.forms.described_things import (
    fit_countries,
    list_known_subjects,
)
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.sample_words import WORDS, find_thing_names
from mockgem.operations.forms.table_columns import find_thing_count
from mockgem.operations.forms.text_values import (
    add_heading_choices,
    count_names,
    fill_rows,
    find_heading_choices,
    find_priced,
    find_quantities,
    list_lines,
    name_rows,
    use_text,
)
from mockgem.operations.forms.tool_objects import fill_tool_call
from mockgem.operations.forms.usual_keys import find_usual_keys
from mockgem.operations.forms.value_generation import find_item_writer, generate_from
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.faker_pool import call_faker


def describe(question: Question) -> Described:
    """Return what the prompt says about the reply, else what the system instruction says."""
    prompt = question.instruction
    if not question.material:
        prompt = f"{cut_middle(question.prompt)}\n{question.gloss}".strip()
    texts = list(filter(None, (prompt, question.system, question.whole)))
    for read in (read_shown, describe_things, describe_named):
        if (found := next(filter(None, map(read, texts)), None)) is not None:
            return found
    return find_usual_keys(question) or describe_labels(question) or describe_topic(question)


def describe_topic(question: Question) -> Described:
    """Return an answer for a question, else a name and a description of the topic."""
    counted = COUNTED.search(question.instruction)
    if counted is not None:
        count = parse_count(counted[1], 30)
        items = {"type": "array", "items": {"type": "string"}, "minItems": count, "maxItems": count}
        return Described(build_object([(counted[2].lower(), items)]))
    if ABOUT.search(question.instruction) and "?" not in question.prompt:
        return Described(build_object([(key, describe_by_name(key)) for key in TOPIC_KEYS]))
    return Described(build_object([("answer", {"type": "string"})]))


COUNTED = make_regex(
    rf"(?<![\w.])({NUMBER})\s(?:[a-z-]+\s){{0,2}}?(facts|ideas|tips|reasons|benefits|questions|names|examples"
    r"|steps|suggestions|synonyms|words|quotes|jokes|titles|keywords|hashtags|recommendations|goals"
    r"|advantages|disadvantages|headlines|slogans|taglines|features|points)\b",
    re.I,
)
ABOUT = make_regex(
    r"\b(?:info\w*|details|data|facts|describe|description|summary) (?:about|on|of|for)\b", re.I
)
TOPIC_KEYS = ("topic", "description", "key_points")


def describe_labels(question: Question) -> Described | None:
    """Return the labels of the text itself as keys: "name is Bob, age is 42"."""
    labels = [
        label.split()[-1] for label in question.hints.labels if label.split()[-1].isidentifier()
    ]
    known = [name for name in dict.fromkeys(labels) if name not in ("json", "this", "text")]
    return (
        Described(build_object([(name, describe_label(name, question)) for name in known]))
        if len(known) > 1
        else None
    )


def describe_label(name: str, question: Question) -> dict[str, Any]:
    """Return the schema of a labelled value: a number if it is one in the text."""
    value = next((v for label, v in question.hints.labels.items() if label.split()[-1] == name), "")
    return {"type": "integer"} if value.isdecimal() else describe_by_name(name)


def generate_described(found: Described, question: Question) -> Any:
    """Generate the value: a list of the requested length, or an object."""
    if found.is_list and found.schema.get("type") != "array":
        return generate_list(found, question)
    if found.is_list:
        return generate_from(found.schema, question)
    called = fill_tool_call(found.schema.get("properties") or {}, question)
    if called is not None:
        return called
    chosen = choose_labels(add_heading_choices(found.schema, question), question)
    return use_text(generate_from(chosen, question), chosen, question)


def generate_list(found: Described, question: Question) -> Any:
    """Generate a list: the things of the text, known things, or as many as the prompt wants."""
    is_plain = found.schema.get("type") == "string"
    wanted = found.count or find_count(question, 0)
    if is_plain and not wanted and (listed := list_from_text(question)):
        return listed
    subjects = list_subjects(question)
    given = find_priced(found.schema.get("properties", {}), question) or find_quantities(
        found.schema.get("properties", {}), question
    )
    count = len(subjects) or wanted or len(given) or find_length(found.schema, question)
    noun = name_of_items(question) if is_plain else ""
    if is_plain and len(known := list_plain(noun, count, question)) >= count:
        return known[:count]
    limits = {"minItems": count, "maxItems": count, "uniqueItems": True}
    schema = {"type": "array", "items": found.schema, **limits}
    value = use_text(generate_from(schema, question, noun), schema, question)
    if not isinstance(value, list):
        return value
    subjects = subjects or list_known_subjects(found.schema, question)
    if len(subjects) >= len(value) and isinstance(value[0], dict):
        first = next(iter(value[0]))
        named = [{**row, first: one} for row, one in zip(value, subjects, strict=False)]
        return fit_countries(named)
    return fill_rows(name_rows(value, question), found.schema, question)


def list_plain(noun: str, count: int, question: Question) -> list[str]:
    """Return things of a kind: known ones, else short sentences about the topic."""
    known = find_known_things(noun) or WORDS.get(noun.split()[-1].rstrip("s"), [])
    if not known and re.search(r"\bnames?\b", noun):
        known = find_thing_names(question.lower) or [
            call_faker(question.random, "first_name") for _ in range(count)
        ]
    if len(known) >= count or question.material:
        return known
    writer = Writer(question)
    make = find_item_writer(noun.replace(" ", "_"), writer) or writer.write_item
    return [make() for _ in range(count)]


def find_length(schema: dict[str, Any], question: Question) -> int:
    """Return how long a list is: as the lines or the names of the text, else as the prompt says."""
    return (
        len(list_lines(question))
        or count_names(schema, question)
        or (0 if question.material else find_thing_count(question.instruction))
        or find_days(question)
        or 3
    )


ONE_FOR_EACH = make_regex(
    r"\b(?:one|an?) (?:\w+ ){0,2}?(?:elements?|objects?|entry|entries|items?|records?|rows?"
    r"|lines?) (?:per|for"
    r" each|for every) (?:\w+ ){0,1}?([a-z]{3,20})",
    re.I,
)


def list_subjects(question: Question) -> list[str]:
    """Return the things that get an element each: the items below a heading with their name."""
    match = ONE_FOR_EACH.search(question.wish)
    return find_heading_choices(match[1], question.whole) if match else []


DAYS = make_regex(rf"(?<!\w)({NUMBER})[- ](?:days?|weeks?|tage|wochen|días|semanas|jours)\b", re.I)


def find_days(question: Question) -> int:
    """Return the number of days in "a 2 day trip", whose plan is a list."""
    match = DAYS.search(question.instruction)
    return parse_count(match[1], 30) if match else 0


def choose_labels(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose fields with labels have the one that the subject supports."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    chosen = {
        name: {**sub, "enum": [choose_label(sub["enum"], question)]}
        for name, sub in fields.items()
        if isinstance(sub, dict) and sub.get("enum") and all(map(is_text, sub["enum"]))
    }
    return {**schema, "properties": {**fields, **chosen}} if chosen else schema


def is_text(value: object) -> bool:
    return isinstance(value, str)


def list_from_text(question: Question) -> list[str]:
    """Return the people, places, addresses, dates or numbers of the text that the prompt names."""
    noun = question.instruction.lower()
    hints = question.hints
    kinds = (
        (
            r"people|persons?|names|character|attendee|participant|author|personas"
            r"|personen|personnes",
            hints.people,
        ),
        (
            r"places?|cit(?:y|ies)|locations?|countr|orte|lugares|villes",
            hints.places or hints.people,
        ),
        (r"e-?mails?", hints.emails),
        (r"urls?|links?", hints.urls),
        (r"dates?", hints.dates),
        (r"numbers?|amounts?|prices?", [str(number) for number in hints.numbers]),
        (r"compan|organi|brand|entit|firm", hints.people),
        (r"keyword|topic|tag|theme", list(question.keywords)[:5]),
    )
    for pattern, values in kinds:
        if re.search(rf"\b(?:{pattern})", noun) and values:
            return list(dict.fromkeys(map(str, values)))
    if not question.material:
        return []
    return list(hints.series) or list_foreign_series(question.material)


FOREIGN_SERIES = make_regex(
    r"((?:[^,.;:!?\n、，،]{2,40}[,、，،]\s?){1,12}[^,.;:!?\n、，،]{2,40}?\s?(?:\b(?:und|et|y|e|ed|en|i|oraz|ve|и|та|і|dan|và)\b|و|और|と|和|及|및|และ)"
    r"\s?[^,.;:!?\n。]{2,40})"
)


def list_foreign_series(text: str) -> list[str]:
    """Return the items of "200 g de farine, 3 œufs et 25 cl de lait"."""
    match = FOREIGN_SERIES.search(text[:2000]) if is_foreign(text) else None
    items = (
        re.split(
            r"\s?[,、，،]\s?|\s(?:und|et|y|e|ed|en|i|oraz|ve|и|та|і|dan|và|और)\s|と|和|及|및",
            match[1],
        )
        if match
        else []
    )
    found = [item.strip() for item in items if item.strip()]
    start = re.search(r"\d.*", found[0]) if found else None
    return [start[0] if start else found[0].split()[-1], *found[1:]] if found else []


ITEM_NOUN = make_regex(
    rf"\b(?:all|every|array of|list of|lists?|names? of|suggest|with"
    rf"|{NUMBER})\s+(?:the\s+)?(?:{NUMBER}\s+"
    r"|unique\s+|of\s+|random\s+|names of\s+)?([a-z]+(?: [a-z]+)?)(?= mentioned| in | from | for "
    r"| with |[ ,.]|$)",
    re.I,
)
VAGUE = frozenset("strings string values value items objects json the array list elements".split())


def name_of_items(question: Question) -> str:
    """Return what the things of a list are: of a known kind if the prompt names one."""
    nouns = [
        noun
        for noun in map(str.lower, ITEM_NOUN.findall(question.instruction[:1000]))
        if noun.split()[0] not in VAGUE
    ]
    known = next(filter(find_known_things, nouns), None)
    return known or (nouns[0] if nouns else "item")
