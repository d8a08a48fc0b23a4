"""The value of a reply that a prompt describes: what it has, and what stands in it."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.citations import list_sources
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
from mockgem.operations.forms.described_values import (
    build_object,
    describe_by_name,
)
from mockgem.operations.forms.given_lists import (
    ORDERED,
    find_known_things,
)
from mockgem.operations.forms.given_rows import (
    count_names,
    fill_rows,
    find_priced,
    find_quantities,
    list_lines,
    name_rows,
)
from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.labels import choose_label
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.missing_values import mark_missing
from mockgem.operations.forms.question import Question, cut_middle
from mockgem.operations.forms.sample_words import WORDS, find_thing_names
from mockgem.operations.forms.score_limits import is_text, limit_scores
from mockgem.operations.forms.stated_choices import add_stated_choices
from mockgem.operations.forms.table_columns import find_thing_count
from mockgem.operations.forms.text_series import list_from_text
from mockgem.operations.forms.text_values import add_heading_choices, find_heading_choices, use_text
from mockgem.operations.forms.tool_objects import fill_tool_call
from mockgem.operations.forms.usual_keys import find_usual_keys
from mockgem.operations.forms.value_generation import find_item_writer, generate_from
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.faker_pool import call_faker
from mockgem.operations.generators.hints import to_iso_date


def describe(question: Question) -> Described:
    """Return what the prompt says about the reply, with the values that it allows for a field."""
    found = find_described(question)
    schema = add_stated_choices(found.schema, f"{question.prompt[:6000]}\n{question.system}")
    return Described(schema, found.is_list, found.count)


def find_described(question: Question) -> Described:
    """Return what the prompt says about the reply, else what the system instruction says."""
    prompt = question.instruction
    if not question.material:
        prompt = f"{cut_middle(question.prompt)}\n{question.gloss}".strip()
    texts = list(filter(None, (prompt, question.system, question.whole)))
    if question.system and FORMAT.search(question.system[:6000]) and not FORMAT.search(prompt):
        texts = texts[1:]  # the message is what the reply is about
    for read in (read_shown, describe_things, describe_named):
        if (found := next(filter(None, map(read, texts)), None)) is not None:
            return found
    return find_usual_keys(question) or describe_labels(question) or describe_topic(question)


FORMAT = make_regex(
    r"\b(?:json|ya?ml|xml|csv|toml|keys?|fields?|schema|format|objects?|arrays?|columns?|table|list"
    r"|propert\w+|attributes?|dict\w*)\b|[\[{]|[^\x00-\u024f]",
    re.I,
)
"""What a text has that describes data."""


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
    rf"(?<![\w.])({NUMBER})\s(?:[a-z-]+\s){{0,2}}?(facts|ideas|tips|reasons|benefits|questions"
    rf"|names|examples"
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
        return [called] if LIST_OF_CALLS.search(question.wish) else called
    chosen = choose_labels(add_heading_choices(found.schema, question), question)
    chosen = limit_scores(count_members(chosen, question), question)
    own = CALLED.search(question.prompt[:2000])
    if own is not None and question.material in ("", own[1]):
        chosen = name_called(chosen, own[1])
    return mark_missing(use_text(generate_from(chosen, question), chosen, question), question)


LIST_OF_CALLS = make_regex(
    r"\b(?:list|array) of (?:[\w-]+ ){0,2}(?:calls|actions|steps|invocations)\b", re.I
)


def count_members(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose lists are as long as the prompt says: "break it into 4 to 6 steps"."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    counted = dict(fields)
    for key, sub in fields.items():
        if sub.get("type") != "array" or len(key) < 4:
            continue
        stem = re.escape(key.replace("_", " ").split()[-1].rstrip("s"))
        match = re.search(
            rf"(?<![\w.-])({NUMBER})(?:\s?(?:to|-|–"
            rf"|or)\s?({NUMBER}))? (?:[\w-]+ ){{0,2}}?{stem}(?:e?s)?\b",
            question.wish,
            re.I,
        )
        if match is not None and match[1].lower() not in ("a", "an"):
            count = parse_count(match[1], 30)
            counted[key] = {**sub, "minItems": count, "maxItems": count}
    return {**schema, "properties": counted}


def generate_list(found: Described, question: Question) -> Any:
    """Generate a list: the things of the text, known things, or as many as the prompt wants."""
    is_plain = found.schema.get("type") == "string"
    wanted = found.count or find_count(question, 0)
    if is_plain and not wanted and (listed := list_from_text(question)):
        is_iso = ISO_WISH.search(question.wish) is not None
        return [to_iso_date(one) or one for one in listed] if is_iso else listed
    if is_plain and not wanted and (whole := list_whole(question)):
        return whole
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
        named = [rate_row(row, found.schema, question) for row in named]
        return fit_countries(named)
    return fill_rows(name_rows(value, question), found.schema, question)


SCORE_KEYS = make_regex(r"(?:^|_)(?:score|grade|rating|relevance|points?|stars?)$", re.I)
SCORES = make_regex(
    r"\b(?:score|grade|rating|scale|number|relevance)\b[^.\n]{0,24}?\b(\d)(?:, \d){0,8},? (?:or"
    r"|to|and|-) (\d{1,3})\b",
    re.I,
)


def rate_row(row: dict[str, Any], schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a row whose score is in the range that the prompt names."""
    limits = SCORES.search(question.wish)
    key = next(filter(SCORE_KEYS.search, row), None)
    if limits is None or key is None or not isinstance(row[key], (int, float)):
        return row
    return {**row, key: question.random.draw_between(int(limits[1]), int(limits[2]))}


def list_whole(question: Question) -> list[str]:
    """Return things that come whole and in their order: the days of the week, the months."""
    text = question.instruction
    if question.material or ORDERED.search(text) is None:
        return []
    return find_local_things(text, question.language) or find_known_things(text)


def list_plain(noun: str, count: int, question: Question) -> list[str]:
    """Return things of a kind: known ones, else short sentences about the topic."""
    local = find_local_things(question.instruction, question.language)
    invented = [] if question.material else invent_things(question, count)
    known = (
        local or invented or find_known_things(noun) or WORDS.get(noun.split()[-1].rstrip("s"), [])
    )
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


ISO_WISH = make_regex(
    r"\bYYYY-MM-DD\b|\bISO(?:[ -]?8601)?(?: date)? ?(?:format|dates?|strings?)?\b", re.I
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
    if not match and EACH_SOURCE.search(question.wish):
        return [source.mark for source in list_sources(question.material or question.prompt[:8000])]
    return find_heading_choices(match[1], question.whole) if match else []


EACH_SOURCE = make_regex(
    r"\b(?:each|every|all(?: of)?(?: the)?) (?:of the )?(?:\w+ )?(?:passages?|documents?|docs"
    r"|results?"
    r"|chunks?|sources?|snippets?|reviews?|statements?|comments?|candidates?|answers?)\b",
    re.I,
)
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


CALLED = make_regex(
    r"\b(?:called|named|titled|entitled)\s[\"'“‘«]([^\"'”’»\n]{2,80})[\"'”’»]", re.I
)
"""The name of the thing that a prompt wants to have described."""


def name_called(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a schema whose title or name is the one that the prompt gives."""
    fields = schema.get("properties") or {}
    key = next((key for key in fields if key.lower() in ("title", "name", "headline")), None)
    if key is None or fields[key] != {"type": "string"}:
        return schema
    return {**schema, "properties": {**fields, key: {"type": "string", "enum": [name]}}}


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
