"""Choose the value of a field from its name and the user's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from mockgem.core.frozen import frozen
from mockgem.operations.generators import prose
from mockgem.operations.generators.faker_pool import MAX_NAME, WORD_LISTS, find_generator
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.mentions import Mentions, find_mention, list_mentions
from mockgem.operations.generators.prompt_analysis import topic_of
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.world_facts import COUNTRIES, find_country, find_country_of

LONG_TEXT_FIELDS = re.compile(
    r"descri|summar|text|content|message|body|answer|reason|explan|joke|setup|punch|note|comment"
    r"|detail|step|repl(?:y|ies)|response|feedback|greeting|opinion|review|analysis|rationale"
    r"|justification|thought|observation|conclusion|overview|plot|^bio$|excerpt|abstract"
)
QUERY_FIELDS = re.compile(
    r"query|question|search|prompt|topic|subject|input|term|keyword|task|goal|intent|instruction"
    r"|^q$|^x$|^s$"
)
PLACE_FIELDS = re.compile(
    r"cit(y|ies)|location|place|town|destination|origin|country|where|address|venue|region"
    r"|restaurant|shop|store|hotel|vendor|merchant|"
    r"compan|time ?zone|^to$|^from$"
)
PERSON_FIELDS = re.compile(
    r"person|people|participant|attendee|guest|author|speaker|member|friend|user|customer"
    r"|recipient|assignee|owner|who|names$"
)
DATE_FIELDS = re.compile(r"date|day|when|deadline|^due")
TIME_FIELDS = re.compile(r"time(?!zone| zone)|hour|since")
FIELD_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"phone|mobile|\btel\b", ("phone",)),
    (r"path|file|folder|director", ("path",)),
    (r"ticker|symbol|stock", ("ticker",)),
    (r"\b(?<!from )(?<!to )currency\b", ("currency",)),
    (
        r"from account|source account|^from$|from currency",
        ("from account", "from currency", "from", "currency", "origin"),
    ),
    (
        r"to account|target account|^to$|to currency",
        ("to account", "to currency", "towards", "currency", "goal"),
    ),
    (
        r"origin|depart|from (?:city|airport|location)|start(?:ing)? (?:point|location|city)",
        ("origin",),
    ),
    (r"destination|arriv|to (?:city|airport|location)|end (?:point|location)", ("goal",)),
    (r"street|address line|^address$", ("street",)),
    (r"zip|postal|postcode", ("zip",)),
    (r"\bid$|number|code|order|invoice|ticket|reference|sku|host", ("code",)),
    (r"message|text|body|content|note", ("saying",)),
    (r"quer|search|^q$", ("search", "about")),
    (r"topic|subject|title|reason|about|theme", ("about",)),
    (r"^cit|town", ("town",)),
    (r"(?<!user)(?<!first)(?<!last)(?<!full) name$|recipe|dish", ("made for",)),
    (r"artist|author|composer|director|writer|by$", ("by",)),
    (r"task|reminder|todo|text|action", ("to",)),
    (r"room|area|zone", ("spot",)),
)
"""Field names, and the kinds of hints that fit them, the best first."""
TYPED_FIELDS = (
    ("emails", r"mail|recipient|^to$"),
    ("urls", r"url|link|website|homepage"),
    ("dates", DATE_FIELDS.pattern),
    ("times", TIME_FIELDS.pattern),
)
EXPRESSION_FIELDS = re.compile(r"expression|formula|equation|calc")
KNOWN_FIELDS = 4096
"""Names of fields whose meaning is kept."""
LEVEL_FIELDS = frozenset(
    ("severity", "priority", "level", "mood", "size", "color", "colour", "grade")
)
NAME_FIELDS = re.compile(r"(^|\s)name$|title|^name|label|event")
ARITHMETIC = re.compile(r"[-(]?\d[\d\s.]*(?:[-+*/^%x×][\s(]*-?\d[\d\s.)]*)+")


def split_field_name(name: str) -> str:
    """Return a field's name as words: "customerName" and "customer_name" → "customer name"."""
    return split_short_name(name[:MAX_NAME])


@lru_cache(maxsize=KNOWN_FIELDS)
def split_short_name(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.]+", " ", name).lower().strip()


@frozen
class FieldMeaning:
    """What the words of a field's name say about its value, whatever the text is.

    Attributes:
        typed: The hints of one type for which it is named: "emails", "urls", "dates" or "times".
        kinds: The kinds of hints that fit it, the best first, for each meaning that it may have.
        members: The values that a field of this name usually has, for each meaning.
    """

    typed: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    members: tuple[Mentions, ...]
    is_level: bool
    is_language: bool
    is_place: bool
    is_person: bool
    is_name: bool
    is_query: bool
    is_long_text: bool
    is_expression: bool


@lru_cache(maxsize=KNOWN_FIELDS)
def find_meaning(words: str) -> FieldMeaning:
    """Return the meaning of a field's name. Most requests repeat the names of others."""
    return FieldMeaning(
        tuple([typed for typed, pattern in TYPED_FIELDS if re.search(pattern, words)]),
        tuple([kinds for pattern, kinds in FIELD_KINDS if re.search(pattern, words)]),
        tuple([list_mentions(members) for stem, members in WORD_LISTS.items() if stem in words]),
        words in LEVEL_FIELDS,
        words.endswith("language"),
        PLACE_FIELDS.search(words) is not None,
        PERSON_FIELDS.search(words) is not None,
        NAME_FIELDS.search(words) is not None,
        QUERY_FIELDS.search(words) is not None,
        LONG_TEXT_FIELDS.search(words) is not None,
        EXPRESSION_FIELDS.search(words) is not None,
    )


@frozen
class TextField:
    """The name of a field for text, and what it says about the value, whatever the text is.

    Attributes:
        words: The name as words, or the description if the name says nothing.
        is_expression: Whether name or description speak of arithmetic.
        is_long_text: Whether it is named after texts of several words.
        make: Generates usual values of the name, if it has a known meaning.
    """

    words: str
    meaning: FieldMeaning
    is_expression: bool
    is_long_text: bool
    make: Callable[[SeededRandom], str] | None


def read_text_field(name: str, about: str) -> TextField:
    """Return a field for text.

    Args:
        about: The field's description in lower case.
    """
    own_words = split_field_name(name)
    words = name_by_description(own_words, about)
    meaning = find_meaning(words)
    return TextField(
        words,
        meaning,
        meaning.is_expression or EXPRESSION_FIELDS.search(about) is not None,
        find_meaning(own_words).is_long_text,
        find_generator(name[:MAX_NAME]) or find_generator(own_words[:MAX_NAME]),
    )


def find_text(name: str, about: str, hints: Hints, *, strict: bool = False) -> str | None:
    """Return a string for a field from the user's text; None if the text has none.

    Args:
        about: The field's description in lower case.
        strict: Return only what is clearly meant for this field, as for optional arguments.
    """
    return find_field_text(read_text_field(name, about), hints, strict=strict)


def find_field_text(field: TextField, hints: Hints, *, strict: bool = False) -> str | None:
    """Return a string for a field from the user's text; None if the text has none."""
    words, meaning = field.words, field.meaning
    if (hints.labels or meaning.is_level) and (label := find_label(words, hints)):
        return label
    if meaning.typed and (value := find_typed_text(meaning, hints)):
        return value
    if meaning.kinds and (value := find_by_kind(meaning, hints)):
        return value
    for members in meaning.members:
        if member := find_mention(members, hints.text):
            return str(member)
    if meaning.is_language and (country := find_country([*hints.places, *hints.people])):
        return country.language
    if meaning.is_place and (place := find_place(words, hints)):
        return place
    if hints.quoted and not strict and words.endswith("name"):
        return str(hints.take_next(hints.quoted))
    if meaning.is_person and (hints.people or hints.places):
        return str(hints.take_next(hints.people or hints.places))
    return None if strict else guess_text(field, hints)


VAGUE_NAME = re.compile(r"[a-z]|(?:arg|argument|param|parameter|value|input|data)? ?\d*")


def name_by_description(words: str, about: str) -> str:
    """Return the words of a field's name, or its description if the name says nothing."""
    return about[:80] if about and VAGUE_NAME.fullmatch(words) else words


def find_place(words: str, hints: Hints) -> str | None:
    """Return a place for a field; for a city, a country's largest one."""
    found = hints.places or hints.kinds.get("spot") or hints.people
    if not found:
        return None
    if words.startswith("cit"):
        countries = {value for label, value in hints.labels.items() if label.endswith("country")}
        if (countries | COUNTRIES.keys()).issuperset(found):
            country = find_country(found)
            return country.city if country else None
    if words.startswith("countr") and (
        countries_of := list(filter(None, map(find_country_of, found)))
    ):
        return countries_of[0]
    return str(hints.take_next(found))


def guess_text(field: TextField, hints: Hints) -> str | None:
    """Return a string from the user's text that could be meant for a field."""
    meaning = field.meaning
    if field.is_expression:
        match = ARITHMETIC.search(hints.text)
        if match is not None:
            return match[0].strip()
    if meaning.is_name:
        alone = hints.people if len(hints.people) == 1 else []
        for texts in (hints.quoted, alone, hints.nouns, hints.people, hints.kinds.get("subject")):
            if texts:
                return str(hints.take_next(texts))
    if hints.quoted:
        return str(hints.take_next(hints.quoted))
    if meaning.is_query:
        return topic_of(hints.text)
    return None


def find_list(words: str, hints: Hints) -> list[str]:
    """Return strings for a list: a list with the field's name, people, places, or any series."""
    single = words.rstrip("s")
    for name, items in hints.lists.items():
        if name.rstrip("s") == single or single in name:
            return items
    if re.search(r"mail|recipient|^to$|^cc$", words) and hints.emails:
        return list(hints.emails)
    if bare := hints.kinds.get("bare"):
        return [item.strip() for item in bare[0].split(",")]
    if re.search(r"people|keyword|tag|topic|languages|names", words) and len(hints.people) > 1:
        return list(hints.people)
    if PERSON_FIELDS.search(words) and hints.people:
        return list(hints.people)
    if PLACE_FIELDS.search(words) and hints.places:
        return list(hints.places)
    return hints.series or (list(hints.quoted) if len(hints.quoted) > 1 else [])


def find_typed_text(meaning: FieldMeaning, hints: Hints) -> str | None:
    """Return an address, URL, date or time for a field that is named after one."""
    for typed in meaning.typed:
        texts = getattr(hints, typed)
        if not texts and typed == "times":
            texts = hints.dates
        if texts:
            return str(hints.take_next(texts))
    return None


def find_by_kind(meaning: FieldMeaning, hints: Hints) -> str | None:
    for kinds in meaning.kinds:
        for kind in kinds:
            if texts := hints.kinds.get(kind):
                return str(hints.take_next(texts))
    return None


def find_label(words: str, hints: Hints) -> str | None:
    """ "priority: high" or "the priority is high"."""
    for label, value in hints.labels.items():
        if (
            label == words
            or label.endswith(" " + words)
            or (label == "name" and words.endswith(" name"))
        ):
            return value
    if words in LEVEL_FIELDS and (
        match := re.search(rf"\b{words} ([a-z]\w{{1,20}})\b", hints.text, re.I)
    ):
        return match[1]
    return None


def generate_text(name: str, about: str, hints: Hints, random: SeededRandom) -> str:
    """Generate a string by the field's name, else a sentence or a word about the prompt."""
    return generate_field_text(read_text_field(name, about), hints, random)


def generate_field_text(field: TextField, hints: Hints, random: SeededRandom) -> str:
    """Generate a string by the field's name, else a sentence or a word about the prompt."""
    if field.is_long_text:
        return prose.write_sentence(hints.text, random)
    return random.pick(hints.topic_words) if field.make is None else field.make(random)
