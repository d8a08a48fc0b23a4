"""Generate values by the name of a field. Faker generates them; it is loaded on first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from mockgem.operations.generators.seeded_random import SeededRandom


@cache
def get_faker() -> Any:
    """Return the only Faker. Callers seed it before every use, so its values are reproducible."""
    from faker import Faker

    return Faker("en_US", use_weighting=False)


VARIETY = 2048
"""Different values that a method of Faker gives. They are kept: Faker takes 12 to 34 µs for one."""


def call_faker(random: SeededRandom, method: str, **options: Any) -> str:
    """Return one of the values that a method of Faker gives."""
    random.draw_below(0x10000)  # a number for later values, which would otherwise all be others
    return make_fake(method, random.draw_below(VARIETY), tuple(options.items()))


@lru_cache(maxsize=16 * VARIETY)
def make_fake(method: str, number: int, options: tuple[tuple[str, Any], ...]) -> str:
    fake = get_faker()
    fake.seed_instance(number)
    return str(getattr(fake, method)(**dict(options))).replace("\n", ", ")


def generate_date(random: SeededRandom) -> str:
    return f"2026-{random.draw_between(1, 12):02}-{random.draw_between(1, 28):02}"


def generate_time(random: SeededRandom) -> str:
    return f"{random.draw_between(8, 19):02}:{random.pick((0, 15, 30, 45)):02}:00"


def generate_uuid(random: SeededRandom) -> str:
    digits = "".join(f"{random.draw_below(0x10000):04x}" for _ in range(8))
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


WORD_LISTS = {
    "fruit": ["apple", "banana", "orange", "mango", "pear", "grape", "cherry"],
    "colo": ["red", "green", "blue", "yellow", "purple", "orange", "teal"],
    "animal": ["cat", "dog", "otter", "heron", "fox", "badger", "owl"],
    "ingredient": ["flour", "sugar", "butter", "eggs", "milk", "vanilla", "salt"],
    "language": ["English", "German", "Spanish", "French", "Japanese", "Italian"],
    "tag": ["travel", "music", "science", "food", "history", "sport", "art"],
    "categor": ["travel", "music", "science", "food", "history", "sport", "art"],
    "keyword": ["travel", "music", "science", "food", "history", "sport", "art"],
    "genre": ["drama", "comedy", "thriller", "fantasy", "documentary", "romance"],
    "sentiment": ["positive", "neutral", "negative"],
    "priority": ["high", "medium", "low"],
    "status": ["active", "pending", "done"],
    "unit": ["celsius", "fahrenheit"],
    "condition": ["sunny", "cloudy", "rainy", "windy"],
    "weather": ["sunny", "cloudy", "rainy", "windy"],
    "currency": ["USD", "EUR", "GBP", "JPY"],
    "gender": ["female", "male", "nonbinary"],
}

NAMES_OF_THINGS = {
    "recipe|dish|meal|menu": ["Lemon Risotto", "Tomato Soup", "Vegetable Curry", "Apple Pancakes"],
    "product|item|article": ["Desk Lamp", "Travel Mug", "Canvas Bag", "Wall Clock", "Notebook"],
    "movie|film|show|series|book|novel|story|song|album|game": [
        "The Quiet Harbour",
        "Northern Lights",
        "Paper Boats",
        "A Long Winter",
        "The Glass Garden",
    ],
    "event|meeting|conference|course|workshop|lesson": [
        "Spring Meetup",
        "Design Workshop",
        "Annual Review",
        "Harbour Festival",
    ],
    "project|team|app|application|service|feature|tool|plan": [
        "Bluebird",
        "Lighthouse",
        "Atlas",
        "Compass",
        "Evergreen",
    ],
    "company|companies|startup|business|agency": [
        "Northwind",
        "Lumen Labs",
        "Acorn Works",
        "Bluebird Studio",
        "Harbour Digital",
    ],
    "superhero|superheroes|hero|villain": ["Night Falcon", "Storm Weaver", "Captain Dawn"],
    "attraction|landmark|sight": ["Old Bridge", "City Park", "Harbour Tower", "Art Museum"],
    "server|node|machine|container": ["web-01", "db-01", "cache-01", "web-02", "api-01"],
    "hotel|restaurant|cafe|bar": ["Harbour Grill", "The Olive Tree", "Park Lodge", "Little Saigon"],
    "pet|dog|cat": ["Luna", "Milo", "Coco", "Rex", "Pepper"],
    "plant|flower|tree": ["Lavender", "Fern", "Sunflower", "Silver Birch", "Rosemary"],
}
"""What things are called, by the words for them: a recipe's name is not a person's."""


def list_names_of_things() -> Iterator[tuple[str, Callable[[SeededRandom], str]]]:
    for words, names in NAMES_OF_THINGS.items():
        yield rf"\b(?:{words})s?\b.*\bnames?$", partial(pick_name, names=names)


def pick_name(random: SeededRandom, names: Sequence[str]) -> str:
    return random.pick(names)


STRING_GENERATORS: tuple[tuple[str, Callable[[SeededRandom], str]], ...] = (
    (r"e.?mail", lambda random: call_faker(random, "email", domain="example.com")),
    (
        r"phone|mobile|\btel\b",
        lambda random: f"+1-555-{random.draw_between(100, 999)}-{random.draw_between(1000, 9999)}",
    ),
    (r"first.?name|given.?name", lambda random: call_faker(random, "first_name")),
    (r"last.?name|surname|family.?name", lambda random: call_faker(random, "last_name")),
    (r"user.?name|login|handle", lambda random: call_faker(random, "user_name")),
    (r"compan|organi[sz]ation|employer|vendor", lambda random: call_faker(random, "company")),
    (r"job|occupation|profession|position", lambda random: call_faker(random, "job")),
    (r"street|address", lambda random: call_faker(random, "street_address")),
    (r"zip|postal|postcode", lambda random: f"{random.draw_between(10000, 99999)}"),
    (r"countr", lambda random: call_faker(random, "country")),
    (r"state(?!ment)|province|region", lambda random: call_faker(random, "state")),
    (
        r"cit(y|ies)|town|location|place|destination|origin|venue",
        lambda random: call_faker(random, "city"),
    ),
    (
        r"url|website|link|homepage",
        lambda random: f"https://example.com/{call_faker(random, 'slug')}",
    ),
    (r"uuid|guid", generate_uuid),
    (
        r"(^|_|\b)id$|identifier|(^|_)ref",
        lambda random: f"{random.pick('abcdefgh')}{random.draw_between(1000, 9999)}",
    ),
    (
        r"date.?time|timestamp|_at$",
        lambda random: f"{generate_date(random)}T{generate_time(random)}Z",
    ),
    (r"date|birthday|deadline|^day$|^due", generate_date),
    (
        r"time.?zone",
        lambda random: random.pick(("Europe/London", "America/New_York", "Asia/Tokyo")),
    ),
    (r"time|hour", lambda random: generate_time(random)[:5]),
    (
        r"expression|formula|equation",
        lambda random: f"{random.draw_between(2, 9)} * {random.draw_between(2, 9)}",
    ),
    *list_names_of_things(),
    (r"code|sku", lambda random: f"{random.pick('ABCDEFGH')}{random.draw_between(100, 999)}"),
    (
        r"person|author|speaker|participant|attendee|guest|people|customer|owner|contact|names?$",
        lambda d: call_faker(d, "name"),
    ),
)

NUMBER_RANGES: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"age", (18, 80)),
    (r"year", (1990, 2026)),
    (r"month", (1, 12)),
    (r"day", (1, 28)),
    (r"hour", (0, 23)),
    (r"minute|second", (0, 59)),
    (r"rating|stars|score", (1, 5)),
    (r"percent|humidity|confidence|probab", (0, 100)),
    (r"temp", (5, 32)),
    (r"salary|income|wage", (30_000, 120_000)),
    (r"population", (20_000, 9_000_000)),
    (r"price|cost|amount|total|fee|budget", (5, 500)),
    (r"count|quantity|number|size|length|guests|nights|steps|calories", (1, 10)),
    (r"lat", (-60, 60)),
    (r"lon|lng", (-120, 120)),
)


@lru_cache(maxsize=4096)
def find_generator(name: str) -> Callable[[SeededRandom], str] | None:
    """Return what generates values for a field of that name; None for a name without meaning."""
    name = name.lower().replace("concurrency", "")
    for stem, words in WORD_LISTS.items():
        if stem in name:
            return partial(pick_word, tuple(words))
    return next((make for pattern, make in STRING_GENERATORS if re.search(pattern, name)), None)


def pick_word(words: Sequence[str], random: SeededRandom) -> str:
    return random.pick(words)


MAX_NAME = 200
"""Characters of a field's name that are read."""


def range_for(name: str) -> tuple[int, int]:
    """Return the usual range of a number field of that name."""
    return find_range(name[:MAX_NAME])


@lru_cache(maxsize=4096)
def find_range(name: str) -> tuple[int, int]:
    name = name.lower()
    found = [limits for pattern, limits in NUMBER_RANGES if re.search(pattern, name)]
    return found[0] if found else (1, 100)
