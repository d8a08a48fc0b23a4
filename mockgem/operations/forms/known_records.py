"""Properties of known things, for invented rows: the moons of a planet, the author of a book."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.knowledge_files import compile_head, read_sections
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_fields import to_singular
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.mentions import has_whole_words, has_word_start

ALIASES = {
    "year": "year_published publication_year published release_year released release_date"
    " first_appeared created_in year_created first_released published_year year_released"
    " publication_date year_of_release founded since publish_year built first_release",
    "creator": "created_by designer designed_by developer inventor author creators",
    "author": "writer written_by authors",
    "director": "directed_by",
    "water": "watering watering_frequency",
    "sunlight": "light light_requirements sun",
    "care": "care_level difficulty",
    "born": "year_of_birth birth_year birth_date year_born birthdate date_of_birth",
    "died": "year_of_death death_year date_of_death",
    "known_for": "achievements achievement accomplishments contributions",
    "about": "description summary plot fact fun_fact interesting_fact details short_description"
    " info overview synopsis notes note reason why known_for one_sentence_summary"
    " short_summary trivia characteristics brief_description",
    "color": "colour typical_color",
    "hex": "hex_code hexcode code value hex_value",
    "diameter": "size",
    "position": "order order_from_sun number_from_sun place_from_sun",
    "rings": "has_rings ringed",
    "mass": "weight atomic_weight",
    "height": "elevation",
    "diet": "food eats",
    "lifespan": "life_expectancy average_lifespan",
    "price": "entrance_fee ticket_price fee cost admission entry_fee",
    "use": "use_case main_use typical_use purpose primary_use used_for use_cases"
    " best_for ideal_for good_for",
    "landmark": "attraction famous_for known_for main_attraction",
    "species": "scientific_name latin_name",
    "ceo": "chief_executive",
    "founder": "founders founded_by",
    "duration": "runtime length running_time visit_duration",
    "actor": "lead_actor main_actor star starring actors",
    "class": "type category classification kind",
    "type": "category kind",
    "flavor": "taste flavour",
    "taste": "flavor flavour",
    "industry": "sector field",
    "headquarters": "location city hq",
    "engine": "rendering_engine",
    "speed": "top_speed max_speed",
    "months": "period",
    "weather": "climate",
}
"""Names of fields for a column."""
NAMES = frozenset("name title full_name common_name item".split())
FILTERS = {
    "european": "Europe",
    "asian": "Asia",
    "african": "Africa",
    "in africa": "Africa",
    "in asia": "Asia",
    "in europe": "Europe",
    "in south america": "South America",
    "south american": "South America",
    "north american": "North America",
    "science fiction": "science fiction",
    "sci-fi": "science fiction",
    "fantasy": "fantasy",
    "horror": "horror",
    "comedy": "comedy",
    "romance": "romance",
    "carnivore": "carnivore",
    "herbivore": "herbivore",
    "backend": "backend",
    "frontend": "frontend",
    "compiled": "static",
    "green": "green",
    "red ": "red",
}
"""Words of a prompt, and a value that the records then have."""
INVENTED = make_regex(
    r"\b(?:fictional|fictitious|fake|imaginary|made[- ]up|invented?|dummy|mock|sample|placeholder"
    r"|random)\b",
    re.I,
)


@frozen
class Kind:
    """Known things of a kind, such as planets, with their properties."""

    head: str
    records: tuple[dict[str, str], ...]

    def find_column(self, key: str) -> str:
        """Return the property that a field holds; empty for an unknown one."""
        return find_column(self.head, key)


@cache
def load_kinds() -> tuple[Kind, ...]:
    kinds = []
    for head, rows in read_sections("records"):
        names = rows[0].split("|")
        cells = [row.split("|") for row in rows[1:]]
        kinds.append(Kind(head, tuple(dict(zip(names, row, strict=True)) for row in cells)))
    return tuple(kinds)


@cache
def index_descriptions() -> dict[str, str]:
    """Return what is known about things, by their names in small letters."""
    return {
        record["name"].lower(): record["about"]
        for kind in load_kinds()
        for record in kind.records
        if record.get("about", "").endswith(".")
    }


def describe_thing(name: str) -> str:
    """Return a sentence about a known thing such as a planet; empty for others."""
    plain = name.lower().removeprefix("the ").removeprefix("planet ")
    sentence = index_descriptions().get(plain, "")
    return sentence if plain in sentence.lower() else ""


@lru_cache(maxsize=256)
def find_column(head: str, key: str) -> str:
    columns = next(kind.records[0] for kind in load_kinds() if kind.head == head)
    name = re.sub(r"[^a-z0-9]+", "_", CAMEL.sub("_", key).lower()).strip("_")
    name = re.sub(r"^(?:number_of|num|total)_", "", name)
    if name in NAMES or (name not in columns and is_kind(head, name)):
        return "name"
    if name in columns:
        return name
    for column in columns:
        if name in ALIASES.get(column, "").split():
            return column
    words = [to_singular(word) for word in name.split("_")]
    if words[-1] in columns:
        return words[-1]
    found = [column for column in columns if column in words or f"{column}s" in words]
    if found:
        return max(found, key=words.index if len(words) < 1 else len)
    return next((one for one in columns if set(ALIASES.get(one, "").split()) & {words[-1]}), "")


def is_kind(head: str, name: str) -> bool:
    """Return whether the name of a field is that of the things: "planet", "country_name"."""
    word = name.removesuffix("_name").replace("_", " ")
    pattern = compile_head(head)
    return any(pattern.fullmatch(one) for one in (word, f"{word}s")) or (
        len(word) > 2 and has_word_start(head, word)
    )


def choose_kind(row: dict[str, Any], text: str) -> Kind | None:
    """Return the kind of things that a text names and a row describes; the first one named."""
    found = []
    if {key.lower() for key in row} & {"host", "password", "username", "front", "back"}:
        return None
    for kind in load_kinds():
        match = find_mention(kind.head, row, text)
        if match is None:
            continue
        columns = [kind.find_column(key) for key in row]
        is_named = any(is_kind(kind.head, key.lower()) for key in row)
        known = len(set(filter(None, columns)))
        if (all(columns) and known > NAMED) or (
            "name" in columns and (known * 2 > len(columns) or (is_named and known))
        ):
            found.append((match.start(), -len(match[0]), kind.head))
    best = min(found, default=None)
    if best is None:
        return find_named_kind(row, text) or find_keyed_kind(row)
    return next(one for one in load_kinds() if one.head == best[2])


def find_named_kind(row: dict[str, Any], text: str) -> Kind | None:
    """Return the kind of a thing that the prompt names: a row about Marie Curie."""
    words = frozenset(WORDS.findall(text.lower()))
    for kind in load_kinds():
        known = len(set(filter(None, map(kind.find_column, row))))
        if known < NAMED or known * 2 <= len(row):
            continue
        names = [record["name"] for record in kind.records]
        if known == len(row) and not words.isdisjoint(map(str.lower, names)):
            return kind
        if any(len(name) > NAMED and name in text for name in names):
            return kind
    return None


THINGS = frozenset("city country planet animal element mountain river language".split())


def find_keyed_kind(row: dict[str, Any]) -> Kind | None:
    """Return the kind after which a field is called: a row with city, country and population."""
    keys = {key.lower() for key in row}
    if len(keys) < NAMED or keys & {"name", "street", "zip", "email", "title", "date"}:
        return None
    for kind in load_kinds():
        columns = [kind.find_column(key) for key in row]
        own = [key for key in keys if key in THINGS]
        if any(is_kind(kind.head, key) for key in own) and all(columns):
            return kind
    return None


WORDS = make_regex(r"[a-z]{4,}")
NAMED = 2
"""A name must be longer, and so must the list of known fields."""


def find_mention(head: str, row: dict[str, Any], text: str) -> re.Match[str] | None:
    """Return where a text names the things of a kind, besides the names of the fields."""
    found = list(compile_head(head).finditer(text))
    if not found:
        return None
    keys = {key.lower() for key in row}
    others = [match for match in found if match[0].lower() not in keys]
    return next(iter(others), found[0] if len(found) > 1 else None)


def fill_records(rows: list[Any], text: str, question: Question) -> list[Any]:
    """Return invented rows as known things with their properties, if they are of a known kind."""
    if not rows or not all(isinstance(row, dict) for row in rows):
        return rows
    kind = choose_kind(rows[0], text)
    if kind is None or (INVENTED.search(text) and "compan" in kind.head):
        return rows
    if any(is_stated(row, kind, text) for row in rows):
        return rows
    records = order_records(kind, rows, text, question)
    filled = [fill_record(row, record, kind) for row, record in zip(rows, records, strict=False)]
    return [*filled, *rows[len(filled) :]]


def is_stated(row: dict[str, Any], kind: Kind, text: str) -> bool:
    """Return whether the prompt names a thing that is not known: "Lyon"."""
    names = [item for key, item in row.items() if kind.find_column(key) == "name"]
    known = {record["name"].lower() for record in kind.records}
    return any(
        isinstance(name, str)
        and name.lower() not in known
        and name[:1].isupper()
        and has_whole_words(text, name)
        for name in names
    )


def order_records(
    kind: Kind, rows: list[Any], text: str, question: Question
) -> list[dict[str, str]]:
    """Return the records for some rows: those that the prompt names, else those that fit it."""
    lower = text.lower()
    named = [
        (at, record)
        for record in kind.records
        if (at := find_place(record["name"].lower(), lower)) >= 0
    ]
    if len(named) >= len(rows):
        return [record for _, record in sorted(named, key=lambda pair: pair[0])]
    wanted = [value for word, value in FILTERS.items() if word in lower]
    fitting = [record for record in kind.records if all(one in record.values() for one in wanted)]
    if len(rows) == 1 and not named:
        start = question.random.draw_below(len(fitting or kind.records))
        return [(fitting or list(kind.records))[start]]
    first = [record for _, record in named]
    known = {str(row.get(key)) for row in rows for key in row if kind.find_column(key) == "name"}
    own = [record for record in kind.records if record["name"] in known and record in fitting]
    rest = [one for one in [*own, *fitting, *kind.records] if one not in first]
    return list({record["name"]: record for record in [*first, *rest]}.values())


def find_place(name: str, text: str) -> int:
    match = re.search(rf"\b{re.escape(name)}s?\b", text) if name in text else None
    return match.start() if match else -1


def fill_record(row: dict[str, Any], record: dict[str, str], kind: Kind) -> dict[str, Any]:
    filled = dict(row)
    for key, item in row.items():
        column = kind.find_column(key)
        if isinstance(item, list) and (column == "name" or read_number(record.get(column, ""))):
            continue
        if column and column in record:
            filled[key] = convert(record[column], item, key)
    return filled


def convert(text: str, like: Any, key: str) -> Any:
    """Return a property as a value of the type that the field has."""
    match like:
        case bool():
            return text == "true"
        case list():
            return [part.strip() for part in re.split(r"/|, ", text)]
        case dict():
            return like
        case int() | float():
            number = read_number(text)
            if number is None:
                return like
            if re.search(r"million", key, re.I) and number >= 1_000_000:
                number /= 1_000_000
            return int(number) if number == int(number) else number
    return text.replace("/", ", ") if "/" in text and "://" not in text else text


def read_number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,4})?", text) else None


MOST_KEYS = 5
PROPER = 3
"""Letters of a name that is looked for in a prompt without the word for its kind."""


def find_record_keys(text: str) -> list[tuple[str, bool]]:
    """Return what is known about the thing that a prompt names: fields, and which are numbers."""
    for kind in load_kinds():
        for record in kind.records:
            name = record["name"]
            if (
                len(name) > PROPER
                and name[:1].isupper()
                and name in text
                and has_whole_words(text, name)
            ):
                keys = [key for key in record if key != "about"][: MOST_KEYS - 1]
                return [
                    (key, read_number(record.get(key, "")) is not None)
                    for key in (*keys, "description")
                ]
    return []
