"""Usual numbers, addresses and names of people for invented data."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named

TITLES = make_regex(
    r"^(?:Mr|Mrs|Ms|Miss|Dr)\.? (?=[A-Z])|,? (?:PhD|MD|DDS|DVM|Jr\.?|Sr\.?|II|III|IV|V)$"
)
CONFIDENCE = make_regex(r"^(?:\w+_)?(?:confidence|certainty|probability)(?:_score|_level)?$", re.I)
PORTS = (
    (make_regex(r"redis|cache", re.I), 6379),
    (make_regex(r"mysql|mariadb", re.I), 3306),
    (make_regex(r"mongo", re.I), 27017),
    (make_regex(r"smtp|mail", re.I), 587),
    (make_regex(r"(?:database|\bdb\b)(?![ _]?(?:url|uri|conn))|postgres", re.I), 5432),
)
MENU = make_regex(r"\b(?:menu|dish(?:es)?|drinks|starters|desserts)\b", re.I)
LONG_VALUE = 4
PETS = make_regex(r"\b(?:dogs?|cats?|pets?|puppy|kitten)\b", re.I)
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
MOST_STARS = 5.5
MODEL = frozenset("max_tokens model system_prompt top_p provider".split())
NUMBERS: tuple[tuple[str, tuple[float, ...]], ...] = (
    (r"age_(?:in_)?years", (4, 2, 7)),
    (r"credits|credit_points|ects", (4, 3, 6)),
    (r"\w*duration_ms|latency_ms|response_time_ms|elapsed_ms", (128, 342, 57)),
    (r"\w*fee(?:_eur|_usd|_gbp)?", (120, 95, 150)),
    (r"runtime(?:_minutes|_min)?", (118, 142, 96)),
    (r"story_?points", (5, 3, 8)),
    (r"retention_days|keep_days", (30, 14, 90)),
    (
        r"servings|serves|portions?|portionen|porciones|raciones|porzioni|porções|people|persons"
        r"|guests|personen|personas|personnes",
        (4, 2, 6),
    ),
    (r"population|inhabitants|einwohner\w*", (1_850_000, 720_000, 3_400_000, 560_000, 980_000)),
    (r"rating", (4.5, 4.2, 3.8, 4.7)),
    (r"stars", (4, 3, 5)),
    (r"age|alter|edad|âge|età|idade", (34, 28, 45, 52, 39, 31)),
    (r"calories|kcal", (320, 450, 280, 510, 390)),
    (r"reading_time\w*|read_time\w*", (5, 4, 7)),
    (r"employees|employee_count|num_employees|headcount", (250, 1200, 85, 430)),
    (r"(?:max|min)_connections|pool_size|max_pool", (20, 10, 50)),
    (r"timeout\w*", (30, 60, 10)),
    (r"workers|num_workers|threads|replicas", (4, 2, 3)),
    (r"retries|max_retries|retry_count|retry", (3, 5, 2)),
    (r"temperature(?:_c|_celsius)?|temp(?:_c)?|feels_like|high|max_temp", (21, 18, 23, 17, 20)),
    (r"low|min_temp", (12, 10, 14, 9, 11)),
    (r"humidity", (65, 58, 72)),
    (r"wind(?:_?\w+)?", (12, 18, 9)),
    (r"posts_per_page|page_size|per_page|items_per_page|limit", (10, 20, 50)),
    (r"duration(?:_minutes|_min)?|minutes|total_time", (30, 45, 20, 15)),
    (r"\w*every_(?:x_|n_)?days|\w*interval_days|frequency_days", (7, 10, 5)),
    (r"revenue|sales|turnover", (12_500, 13_800, 15_200, 14_100)),
    (r"orders|units_sold|signups", (120, 135, 158, 142)),
    (r"\w*cores|v?cpus?|cpu_count", (4, 8, 2)),
    (r"ram|ram_gb|memory|memory_gb", (16, 32, 8)),
    (r"(?:storage|disk|ssd|drive)(?:_size)?(?:_gb)?", (512, 256, 1024)),
    (r"brightness|volume|battery(?:_level)?", (75, 60, 90)),
    (r"weight(?:_kg)?", (72, 65, 80)),
    (r"height(?:_cm)?", (178, 165, 183)),
    (r"gpa", (3.4, 3.8, 2.9, 3.6)),
    (r"max_tokens|tokens", (1024, 2048)),
    (r"weeks", (2, 3, 2, 4)),
    (r"min_length", (12,)),
    (r"max_age_days|expires_in_days", (90,)),
    (r"expires_in", (3600,)),
    (r"reps", (12, 10, 15)),
    (r"sets", (3, 4, 3)),
    (r"batch_size", (32, 64, 16)),
    (r"learning_rate", (1,)),
    (r"epochs", (10, 20, 5)),
    (r"protein\w*", (25, 18, 32)),
    (r"carbs\w*|carbohydrates\w*", (45, 60, 38)),
    (r"fiber\w*|fibre\w*", (6, 8, 4)),
    (r"sugar\w*", (9, 14, 5)),
    (r"fat\w*", (12, 15, 9)),
    (r"votes|likes|views", (128, 342, 57)),
    (r"strength|dexterity|intelligence|wisdom|constitution|charisma", (14, 12, 16, 10, 13)),
    (r"hp|health|hit_points", (45, 60, 38)),
    (r"mana", (30, 50, 20)),
)
PRICES: tuple[tuple[str, tuple[float, ...]], ...] = (
    (r"house|apartment|flat|villa|property|real estate", (320_000, 445_000, 275_000)),
    (r"car|cars|vehicle", (18_900, 24_500, 15_700)),
    (
        r"laptops?|(?<!, )phones?(?!,)|smartphones?|bikes?|bicycles?|fahrrad|vélo|bicicleta|sofas?"
        r"|tv|televisions?|cameras?|computers?|tablets?",
        (499.0, 649.0, 379.0, 899.0),
    ),
    (r"menu|restaurant|dish(?:es)?|pizza|cafe|coffee|food|drink", (8.5, 12.9, 4.2, 15.5)),
    (r"courses?|hotels?|flights?|tickets?|subscriptions?|plan", (89.0, 49.0, 129.0)),
    (r"", (24.99, 49.9, 12.5, 89.0, 19.95, 34.5)),
)
COMPILED_PRICES = [(make_regex(rf"\b(?:{words})\b", re.I), prices) for words, prices in PRICES]
PRICE = make_regex(
    r"^(?:\w+_)?(?:price|cost|preis|precio|prix|prezzo|preço|unit_price)(?!_range)(?:_\w+)?$", re.I
)
SALARY = make_regex(r"^(?:\w+_)?(?:salary|income|wage|gehalt)(?:_\w+)?$", re.I)
SALARIES = (52_000, 61_500, 48_000, 73_000, 57_500)
IDS = make_regex(r"^(?:id|\w+_id|\w+_?number|nr|no)$", re.I)
FIRST_ID = 1001
"""The first of invented numbers such as order_id."""
PEOPLE = ("Maria Jensen", "David Okafor", "Laura Schmidt", "Peter Novak", "Aisha Khan")
HEX = make_regex(r"#[0-9A-Fa-f]{6}\Z")
DARK = {"background": "#121212", "text": "#E5E7EB", "surface": "#1E1E1E", "foreground": "#E5E7EB"}
LIGHT = {"background": "#FFFFFF", "text": "#1F2937", "surface": "#F3F4F6", "foreground": "#1F2937"}
ACCENTS = {
    "primary": "#3B82F6",
    "secondary": "#10B981",
    "accent": "#F59E0B",
    "error": "#EF4444",
    "danger": "#EF4444",
    "success": "#22C55E",
    "warning": "#F59E0B",
    "info": "#0EA5E9",
    "border": "#9CA3AF",
}
COMPILED = [(make_regex(rf"^(?:\w+_)?(?:{names})$", re.I), numbers) for names, numbers in NUMBERS]
NAME_KEYS = make_regex(
    r"^(?:full_?|first_?|last_?|customer_?|user_?|author_?|contact_?|employee_?|student_?"
    r"|manager_?|patient_?|guest_?)?(?:name|author|guest|host|reviewer|trainer|coach|customer"
    r"|person|instructor|owner|assignee|manager"
    r"|employee|student|patient|contact|teacher|speaker)$",
    re.I,
)
EMAIL_KEYS = make_regex(r"^(?:\w+_)?e?_?mail(?:_address)?$", re.I)
USER_KEYS = make_regex(r"^(?:user_?name|login|handle)$", re.I)


def fit_usual(row: dict[str, Any], at: int, text: str, parent: str) -> dict[str, Any]:
    """Return an invented object whose numbers, names and addresses are usual ones."""
    fitted = {key: fit_value(key, item, at, text, parent, row) for key, item in row.items()}
    return fit_totals(fit_address(fitted, text), text)


def fit_totals(row: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an order whose total is its price times its quantity."""
    keys = {CAMEL.sub("_", key).lower(): key for key in row}
    count: Any = next((row[keys[one]] for one in ("quantity", "qty", "units") if one in keys), None)
    price: Any = next((row[keys[one]] for one in ("price", "unit_price") if one in keys), None)
    total = next((keys[one] for one in ("total", "amount", "total_price") if one in keys), None)
    if total is None or not is_number(count) or not is_number(price) or not is_number(row[total]):
        return row
    return row if is_given(row[total], text) else {**row, total: round(count * price, 2)}


def sum_rows(row: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object whose total is the sum of the rows in its list."""
    keys = {CAMEL.sub("_", key).lower(): key for key in row}
    total = next((keys[one] for one in TOTALS if one in keys), None)
    rows = next((item for item in row.values() if isinstance(item, list)), [])
    counts = next((keys[one] for one in COUNTS if one in keys), None)
    if counts is not None and is_number(row[counts]) and rows and not is_given(row[counts], text):
        row = {**row, counts: len(rows)}
    if total is None or not is_number(row[total]) or is_given(row[total], text):
        return row
    amounts = [find_amount(one) for one in rows if isinstance(one, dict)]
    if not amounts or None in amounts:
        return row
    return {**row, total: round(sum(filter(None, amounts)), 2)}


TOTALS = ("total", "total_price", "grand_total", "total_amount", "subtotal", "sum", "order_total")
COUNTS = ("count", "total_count", "item_count", "total_items", "num_items", "number_of_items")


def find_amount(row: dict[str, Any]) -> float | None:
    """Return what a row of an order costs; None for another row."""
    keys = {CAMEL.sub("_", key).lower(): item for key, item in row.items()}
    own: Any = next((keys[one] for one in ("total", "amount", "line_total") if one in keys), None)
    price: Any = next((keys[one] for one in ("price", "unit_price", "cost") if one in keys), None)
    count: Any = next((keys[one] for one in ("quantity", "qty") if one in keys), 1)
    if is_number(own):
        return float(own)
    return float(price) * float(count) if is_number(price) and is_number(count) else None


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def fit_color(name: str, item: str, text: str) -> str:
    """Return a colour that fits its place in a palette: a dark background for a dark theme."""
    base = DARK if re.search(r"\bdark\b", text, re.I) else LIGHT
    return base.get(name) or ACCENTS.get(name) or item


ISO = make_regex(r"\d{4}-\d\d-\d\d\Z")
ISO_MONTH = make_regex(r"\d{4}-\d\d")
NAMED_DAYS = make_regex(r"\bweek|\bmonday\b", re.I)
TIMETABLE = make_regex(r"\b(?:timetable|monday to friday|class schedule)\b", re.I)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SERVER = frozenset(
    "port database db user username password debug log_level ip ssl tls role".split()
)
"""Fields beside which a host is a machine."""
PERSON = make_regex(r"\b(?:persona|person|user|profile|customer|employee|character)s?\b", re.I)


def fit_value(key: str, item: Any, at: int, text: str, parent: str, row: dict[str, Any]) -> Any:
    name = CAMEL.sub("_", key).lower()
    if isinstance(item, str):
        if name == "day" and ISO.match(item):
            return DAYS[at % 7] if NAMED_DAYS.search(text) else f"Day {at + 1}"
        if name == "day" and item in DAYS and TIMETABLE.search(text):
            return DAYS[at % 5]
        if name == "month" and item not in MONTHS and not ISO_MONTH.match(item):
            return MONTHS[at % 12]
        if name in ("host", "hostname") and item not in text:
            is_server = SERVER.intersection(map(str.lower, row))
            return "localhost" if is_server else PEOPLE[at % len(PEOPLE)]
        if HEX.match(item) and item not in text:
            return fit_color(name.partition("_")[0], item, text)
        if NAME_KEYS.match(name) and item not in text:
            return TITLES.sub("", TITLES.sub("", item))
        if (
            NAME_KEYS.match(name)
            and (item.islower() or item.endswith("-style"))
            and PERSON.search(text)
            and not is_called(item, text)
        ):
            return PEOPLE[at % len(PEOPLE)]
        return item
    if isinstance(item, bool) or not isinstance(item, (int, float)) or is_given(item, text):
        return item
    if name == "port" or name.endswith("_port"):
        siblings = " ".join([parent, name, *map(str, row)])
        return next((port for words, port in PORTS if words.search(siblings)), 8080)
    if PRICE.match(name):
        words = [str(one) for one in row.values() if str(one).count(" ") < LONG_VALUE]
        own = f"{parent} {' '.join(map(str, row))}"
        about = f"menu {own}" if MENU.search(own) else f"{text} {' '.join(words)}"
        return next(
            prices[at % len(prices)] for words, prices in COMPILED_PRICES if words.search(about)
        )
    if SALARY.match(name):
        return SALARIES[at % len(SALARIES)]
    if IDS.match(name) and isinstance(item, int) and at >= 0:
        return at + 1 if name == "id" else FIRST_ID + at
    if name == "level" and item not in range(1, 100):
        return 5
    if name in ("age", "weight_kg", "weight") and PETS.search(text):
        return (4, 2, 7)[at % 3] if name == "age" else (12, 8, 25)[at % 3]
    if name == "temperature" and MODEL.intersection(map(str.lower, row)):
        return 0.7
    for pattern, numbers in COMPILED:
        if pattern.match(name) and not (name.endswith("rating") and item > MOST_STARS):
            usual = numbers[at % len(numbers)]
            return int(usual) if isinstance(item, int) else usual
    return round(item, 1) if isinstance(item, float) and "temp" in name else item


CALLED = make_regex(rf"(?:\bis|named|called|[:=]) [\"'`]?{NAME}", re.I)
WHOLE_NUMBER = make_regex(rf"(?<![\d.]){NAME}(?!\d|\.\d)")


def is_called(name: str, text: str) -> bool:
    """Return whether the prompt gives a name: "Service name is billing-api"."""
    return search_named(CALLED, name, text) is not None


def is_given(number: float, text: str) -> bool:
    return search_named(WHOLE_NUMBER, f"{number:g}", text) is not None


def fit_address(row: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object whose invented e-mail address and user name have the name of the person."""
    plain = {CAMEL.sub("_", key).lower(): key for key in row}
    keys = {ENGLISH_NAMES.get(name, name): key for name, key in plain.items()}
    first, last = keys.get("first_name", ""), keys.get("last_name", "")
    if first and last:
        person = f"{row[first]} {row[last]}"
    else:
        own = next((keys[one] for one in keys if NAME_KEYS.match(one)), "")
        person = str(row[own]) if own else ""
    person = to_ascii(person)
    words = re.findall(r"[a-z]+", person.lower())
    if len(words) < 2 or person.lower().count(" ") > 3 or not person.isascii():
        return row
    fitted = dict(row)
    for name, key in keys.items():
        item = row[key]
        if not isinstance(item, str) or item in text:
            continue
        if EMAIL_KEYS.match(name) and item.endswith("@example.com"):
            fitted[key] = f"{words[0]}.{words[-1]}@example.com"
        elif USER_KEYS.match(name) and " " not in item:
            fitted[key] = f"{words[0][0]}{words[-1]}"
    return fitted


UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


def to_ascii(text: str) -> str:
    """Return a name as it stands in an address: without accents, "ü" as "ue"."""
    bare = unicodedata.normalize("NFKD", text.translate(UMLAUTS))
    return "".join(one for one in bare if not unicodedata.combining(one))


def fit_confidence(key: str, item: Any, schema: dict[str, Any], text: str, at: int) -> Any:
    """Return a high confidence in the range that the prompt or the value shows."""
    name = CAMEL.sub("_", key).lower()
    if not CONFIDENCE.match(name) or isinstance(item, (bool, str)) or item is None:
        return item
    if not isinstance(item, (int, float)) or "enum" in schema:
        return item
    most = schema.get("maximum")
    percent = (most is None and PERCENT.search(text) is not None) or most == 100
    share = (0.92, 0.87, 0.95, 0.9)[at % 4]
    if percent:
        return round(share * 100)
    return round(share * most) if isinstance(most, int) and most > 1 else share


PERCENT = make_regex(
    r"\b(?:confidence|certainty|probability)\b[^.\n{}]{0,40}\b(?:0 ?(?:-|–|to|and) ?100|percent\w*"
    r"|%)",
    re.I,
)
