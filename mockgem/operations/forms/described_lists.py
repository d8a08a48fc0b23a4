"""The list of a reply that a prompt describes: its length, its things, its rows."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.citations import list_sources
from mockgem.operations.forms.counted_things import list_for_names
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_things import (
    fit_countries,
    list_known_subjects,
)
from mockgem.operations.forms.given_lists import (
    ORDERED,
    find_known_things,
)
from mockgem.operations.forms.given_rows import (
    LOGS,
    READS,
    count_names,
    fill_rows,
    find_given,
    find_priced,
    find_quantities,
    list_lines,
    merge_row,
    name_rows,
)
from mockgem.operations.forms.invented_lists import list_general
from mockgem.operations.forms.invented_things import invent_things
from mockgem.operations.forms.known_dishes import FOR_DISH, list_dishes
from mockgem.operations.forms.labelled_choices import find_enumerations, find_for_key
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_texts import fill_texts, label_texts, list_chosen, list_texts
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.number_values import list_series
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.related_words import list_related
from mockgem.operations.forms.sample_words import WORDS, find_thing_names
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.table_columns import find_thing_count
from mockgem.operations.forms.text_series import list_from_text
from mockgem.operations.forms.text_values import find_heading_choices, use_text
from mockgem.operations.forms.topic_texts import spread_names
from mockgem.operations.forms.value_generation import (
    EXTRACTS,
    find_item_writer,
    find_value_hints,
    generate_from,
    list_names,
)
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.faker_pool import call_faker
from mockgem.operations.generators.hints import Hints, to_iso_date
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS


def generate_list(found: Described, question: Question) -> Any:
    """Generate a list: the things of the text, known things, or as many as the prompt wants."""
    wanted = found.count or (0 if is_read(question) else find_count(question, 0))
    if (stated := list_stated(found, wanted, question)) is not None:
        return stated
    texts, fields = list_texts(question), found.schema.get("properties", {})
    subjects = list_subjects(question)
    given = find_priced(fields, question) or find_quantities(fields, question)
    count = len(subjects) or len(texts) or wanted or len(given)
    count = count or find_length(found.schema, question)
    noun = name_of_items(question) if found.schema.get("type") == "string" else ""
    if noun and len(known := list_plain(noun, count, question)) >= count:
        return known[:count]
    limits = {"minItems": count, "maxItems": count, "uniqueItems": True}
    schema = {"type": "array", "items": found.schema, **limits}
    hints = leave_out_count(count, schema, question)
    value = use_text(generate_from(schema, question, noun, hints), schema, question)
    if not isinstance(value, list):
        return value
    if texts:
        return fit_countries(fill_texts(value, fields, texts, question))
    return finish_rows(value, subjects, found.schema, question)


def is_read(question: Question) -> bool:
    """Return whether the message is a text to read, whose numbers do not count a list."""
    if not question.material and LOGS.search(question.stated_system):
        return True
    return READS.search(question.stated_system) is not None and find_given(question) != ""


def list_stated(found: Described, wanted: int, question: Question) -> list[Any] | None:
    """Return the items that prompt and text determine; None if they have to be invented."""
    kind = found.schema.get("type")
    if kind in ("integer", "number"):
        return list_series(question.wish) or None
    if kind != "string":
        return None
    listed = (
        label_texts(list_texts(question), question)
        or list_ranked(question)
        or list_inline(question)
        or list_told(question)
        or list_tags(question, wanted)
        or list_chosen(question)
    )
    if listed or wanted:
        return listed or None
    if listed := list_from_text(question):
        is_iso = ISO_WISH.search(question.wish) is not None
        return [to_iso_date(one) or one for one in listed] if is_iso else listed
    return list_whole(question) or None


def finish_rows(
    value: list[Any], subjects: list[str], schema: dict[str, Any], question: Question
) -> list[Any]:
    """Return rows with the names of known things or of the text, and with fitting countries."""
    subjects = subjects or list_known_subjects(schema, question)
    if len(subjects) >= len(value) and isinstance(value[0], dict):
        first = next(iter(value[0]))
        named = [{**row, first: one} for row, one in zip(value, subjects, strict=False)]
        named = [
            {key: at if key in ORDER_KEYS else item for key, item in row.items()}
            for at, row in enumerate(named, 1)
        ]
        priced = find_priced(schema.get("properties", {}), question)
        if len(priced) == len(named):
            named = [merge_row(row, given) for row, given in zip(named, priced, strict=True)]
        return fit_countries([rate_row(row, schema, question) for row in named])
    if not question.material:
        value = spread_names(fit_countries(value), question.language)
    return fill_rows(name_rows(value, question), schema, question)


RANKED = make_regex(
    r"\b(?:rank|order|sort|arrange|prioriti[sz]e)\b[^:]{3,120}:\s{0,3}((?:[\w "
    r"-]{1,30},){1,30}[\w -]{1,30})\W*\Z",
    re.I,
)


def list_ranked(question: Question) -> list[str]:
    """Return the things that a prompt wants to have ranked."""
    match = RANKED.search(question.prompt[:2000])
    return [re.sub(r"^and ", "", item.strip()) for item in match[1].split(",")] if match else []


ONE_PER = make_regex(
    r"\b(?:one|an?|a single) (?:\w+ )?(?:per|for each) (?P<noun>[a-z]{3,20})\b", re.I
)
TOLD = make_regex(r":\s{1,3}(?P<items>[^:\n]{3,200}(?:, [^:\n,]{2,60}){1,30})\s*\Z")


def list_told(question: Question) -> list[str]:
    """Return the items of a sentence, of which each becomes one: "one per task: buy milk, …"."""
    match = TOLD.search(question.prompt[-2000:]) if ONE_PER.search(question.wish) else None
    if match is None:
        return []
    return [one.strip(" .") for one in re.split(r",\s+(?:and\s+)?|\s+and\s+", match["items"])]


INLINE = make_regex(r"(?:^|\s)\d{1,2}[.)]\s(\S[^\n]{1,200}?)(?=\s\d{1,2}[.)]\s|\s*\Z)")
TURN = make_regex(r"\b(?:turn|convert|transform|parse|split|make|put)\b", re.I)


def list_inline(question: Question) -> list[str]:
    """Return the items of a numbered list in one line: "1. Open the app 2. Tap Settings"."""
    found = INLINE.findall(question.prompt[-3000:]) if TURN.search(question.instruction) else []
    return [item.strip(" ,;") for item in found] if len(found) > 1 else []


ORDER_KEYS = frozenset(("position", "order", "rank", "number", "index"))
TAGS = make_regex(r"\b(?:tags|keywords|hashtags)\b", re.I)


TITLED = make_regex(
    r"\b(?:keywords|tags|key ?phrases)\b[^.\n]{0,60}\b(?:for|about|titled|called)\b[^.\n\"“]{0,40}"
    r"[\"“](?P<title>[^\"”\n]{4,120})[\"”]",
    re.I,
)
"""The title of a text whose keywords are wanted."""
SEO = ("guide", "tips", "for beginners", "plan", "checklist", "mistakes", "examples", "basics")


def list_title_words(question: Question, count: int) -> list[str]:
    """Return phrases with the words of the title that a prompt gives; nothing without one."""
    match = TITLED.search(question.prompt[:1000])
    words = re.findall(r"[^\W\d_][\w'-]{3,}", match["title"].lower()) if match else []
    own = [word for word in words if word not in COMMON_WORDS and word not in ("your", "first")]
    if not own:
        return []
    topic = " ".join(own[-2:])
    return [topic, *(f"{topic} {more}" for more in SEO)][: count or 5]


def list_tags(question: Question, count: int) -> list[str]:
    """Return words of the given text for a list of tags; empty for another list."""
    if titled := list_title_words(question, count):
        return titled
    given = find_given(question)
    if not given or TAGS.search(question.wish) is None or question.material:
        return []
    words = [word for word in re.findall(r"[^\W\d_][\w-]{3,}", given) if word not in COMMON_WORDS]
    mark = "#" if "hashtag" in question.lower else ""
    return [f"{mark}{word.lower()}" for word in dict.fromkeys(words)][: count or 5]


def leave_out_count(count: int, schema: dict[str, Any], question: Question) -> Hints | None:
    """Return hints without the length of a list as a value; None if they have no such number."""
    hints = find_value_hints(question, list_names(schema))
    if question.material or count not in hints.numbers:
        return None
    rest = hints.copy()
    rest.numbers = [number for number in hints.numbers if number != count]
    return rest


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


SHORT = 7
"""Words of a quoted topic: "alternatives for the headline 'Big Sale Today'"."""


def list_plain(noun: str, count: int, question: Question) -> list[str]:
    """Return things of a kind: known ones, else short sentences about the topic."""
    local = list_related(question.instruction) or find_local_things(
        question.instruction, question.language
    )
    if FOR_DISH.search(question.instruction) and not question.material:
        return [name for name, _, _ in list_dishes(question.instruction)[0].ingredients]
    is_short = len(question.material.split()) < SHORT and not EXTRACTS.search(question.wish)
    invented = invent_things(question, count) if is_short else []
    known = (
        local or invented or find_known_things(noun) or WORDS.get(noun.split()[-1].rstrip("s"), [])
    )
    if not known and re.search(r"\bnames?\b", noun):
        known = find_thing_names(question.lower) or [
            call_faker(question.random, "first_name") for _ in range(count)
        ]
    if not known and not question.material and (texts := list_general(noun, question)):
        return texts if len(texts) >= count else []
    if question.material and noun in ("item", "string"):
        known = split_sentences(question.material)
    writer = Writer(question)
    make = find_item_writer(noun.replace(" ", "_"), writer)
    if len(known) >= count or (question.material and make is None):
        return known
    make = make or writer.write_item
    return [make() for _ in range(count)]


def find_length(schema: dict[str, Any], question: Question) -> int:
    """Return how long a list is: as the lines or the names of the text, else as the prompt says."""
    return (
        len(list_lines(question))
        or count_names(schema, question)
        or (0 if question.material or is_read(question) else find_thing_count(question.instruction))
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
    if not match and (names := list_for_names(question.prompt[:4000])):
        return names
    if not match and (named := list_enumerated(question)):
        return named
    if not match and EACH_SOURCE.search(question.wish):
        return [source.mark for source in list_sources(question.material or question.prompt[:8000])]
    if match is None:
        return []
    return find_heading_choices(match[1], question.whole) or list_after(match[1], question.whole)


EACH_NAMED = make_regex(r"\b(?:for|on|per) (?:each|every|all)(?: of the)? ([a-z]{3,20})\b", re.I)


def list_enumerated(question: Question) -> list[str]:
    """Return what stands after the plural of a noun: "Rubric: a, b. For each criterion …"."""
    match = EACH_NAMED.search(question.whole) if ":" in question.whole else None
    return list_after(match[1], question.whole) if match else []


def list_after(noun: str, text: str) -> list[str]:
    found = find_for_key(noun, find_enumerations(text))
    return list(found.items) if found else []


EACH_SOURCE = make_regex(
    r"\b(?:each|every|all(?: of)?(?: the)?) (?:of the )?(?:\w+ )?(?:passages?|documents?|docs"
    r"|results?|chunks?|sources?|snippets?|reviews?|statements?|comments?|candidates?|answers?)\b",
    re.I,
)


DAYS = make_regex(rf"(?<!\w)({NUMBER})[- ](?:days?|weeks?|tage|wochen|días|semanas|jours)\b", re.I)


def find_days(question: Question) -> int:
    """Return the number of days in "a 2 day trip", whose plan is a list."""
    match = DAYS.search(question.instruction)
    return parse_count(match[1], 30) if match else 0


ITEM_NOUN = make_regex(
    rf"\b(?:all|every|array of|list of|lists?|names? of|suggest|with"
    rf"|{NUMBER})\s+(?:the\s+)?(?:{NUMBER}\s+"
    r"|unique\s+|of\s+|random\s+|names of\s+)?([a-z]+(?: [a-z]+)?)(?= mentioned| in | from | for "
    r"| with |[ ,.]|$)",
    re.I,
)


BREEDS = make_regex(r"\b(?:breeds?|kinds|types) of (?:dogs?|cats?)\b", re.I)
VAGUE = frozenset("strings string values value items objects json the array list elements".split())


def name_of_items(question: Question) -> str:
    """Return what the things of a list are: of a known kind if the prompt names one."""
    nouns = [
        noun
        for noun in map(str.lower, ITEM_NOUN.findall(question.instruction[:1000]))
        if noun.split()[0] not in VAGUE
    ]
    known = next(filter(find_known_things, nouns), None)
    if not known and (named := BREEDS.search(question.instruction[:1000])):
        return named[0].lower()
    return known or (nouns[0] if nouns else "item")
