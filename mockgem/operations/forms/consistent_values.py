"""Make the fields of an object agree with each other and with what the prompt limits."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.plausible_values import PEOPLE as LOCAL_PEOPLE
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.usual_values import PEOPLE, sum_rows

BUDGET = make_regex(r"(?:^|_)(?:budget|cost|costs|price|total_cost)(?:_|$)")
LEAST_BUDGET = 30
DAILY_BUDGET = 150
BIRTH = make_regex(
    r"(?:^|_)(?:birth_?(?:date|day)?|date_of_birth|dob|born|geburts(?:tag|datum)|fecha_nacimiento"
    r"|nacimiento|date_naissance|naissance)$"
)
ISO_DAY = make_regex(r"((?:19|20)\d\d)(-\d\d-\d\d.*)")
FIRST_YEAR, YEARS, OLDEST_WRONG = 1960, 43, 2012
MISSING = make_regex(r"^(?:missing|missing_fields|open_fields|unfilled|required_missing)$")
MIN_FORM = 3
COST = make_regex(r"(?:^|_)(?:cost|price|amount|kosten|preis|coste|precio)(?:_(?:eur|usd|gbp))?$")
TOTAL = make_regex(r"^(?:total|total_?(?:cost|price|amount)|sum|grand_total)$")
COSTS = (0, 12, 18, 25, 9, 15, 30, 8)
LIMIT = make_regex(
    r"\b(?:under|below|less than|cheaper than|up to|max(?:imum)?(?: of)?|unter|bis|menos de"
    r"|moins de)"
    r" (?:[$€£] ?)?(\d{2,6})(?: ?(?:[$€£]|euros?|dollars?|pounds?|eur|usd|gbp)\b|(?<=\d)(?=\D))",
    re.I,
)
SHARES = (0.86, 0.74, 0.93, 0.68, 0.79)
QUANTITY = make_regex(r"^(?:qty|quantity|menge|anzahl|cantidad)$")
MOST_PIECES = 12
PRIMARY = make_regex(r"^(?:primary|main|top|best|favou?rite)_([a-z]+)$")
SKU = make_regex(r"^SKU-\d{4}$")
STORAGE = (256, 512, 1000)
MACHINES = (
    ("Lenovo", "IdeaPad 5"),
    ("Acer", "Aspire 5"),
    ("HP", "Pavilion 14"),
    ("ASUS", "Vivobook 15"),
)
PHONES = (("Samsung", "Galaxy A55"), ("Google", "Pixel 8a"), ("Motorola", "Moto G84"))
HEADPHONES = (("Sony", "WH-CH720N"), ("JBL", "Tune 770NC"), ("Sennheiser", "HD 450BT"))
MODELS = (
    (make_regex(r"\blaptops?\b|\bnotebooks?\b", re.I), MACHINES),
    (make_regex(r"\b(?:smart)?phones?\b", re.I), PHONES),
    (make_regex(r"\b(?:headphones|earphones|headsets?)\b", re.I), HEADPHONES),
)
DEVICE_PROS = (
    "light and easy to carry",
    "long battery life",
    "good value for the price",
    "fast in daily use",
    "bright display",
    "comfortable to use",
)
SERVER_TAGS = (("production", "linux"), ("production", "eu-west"), ("staging", "linux"))
SERVER = frozenset("ip ip_address hostname host".split())


def make_consistent(value: Any, given: str, question: Question) -> Any:
    """Return a generated value whose fields agree with each other and with the prompt."""
    checker = Checker(given, question)
    return list_missing(checker.check(value)) if isinstance(value, (dict, list)) else value


def list_missing(value: Any) -> Any:
    """Return an object whose list of open fields has those that are null."""
    if not isinstance(value, dict):
        return value
    key = next((one for one in value if MISSING.match(read_name(one))), None)
    if key is None or not isinstance(value[key], list):
        return value
    if not all(isinstance(one, str) for one in value[key]):
        return value
    if not value.keys() >= set(value[key]) or len(value) < MIN_FORM:
        return value  # the open fields of another form, which the prompt gives
    return {**value, key: [one for one, item in value.items() if item in (None, "") and one != key]}


class Checker:
    """Checks invented values of objects at any depth."""

    def __init__(self, given: str, question: Question) -> None:
        self.given = given
        self.whole = question.whole[:6000]
        self.language = question.language
        self.is_english = question.language == "en"
        limit = LIMIT.search(question.prompt[:2000])
        self.limit = int(limit[1]) if limit else 0

    def check(self, value: Any, at: int = 0) -> Any:
        match value:
            case dict():
                inner = {
                    key: self.check(item, at) if isinstance(item, (dict, list)) else item
                    for key, item in value.items()
                }
                return self.check_row(inner, at)
            case [dict(), *_]:
                rows = [self.check(row, number) for number, row in enumerate(value)]
                return rows if self.given else self.check_rows(rows)
        return value

    def check_row(self, row: dict[str, Any], at: int) -> dict[str, Any]:
        names = {read_name(key): key for key in row}
        row = {key: self.check_budget(read_name(key), item) for key, item in row.items()}
        row = choose_primary(row, names)
        if self.given:
            return row
        row = {key: self.check_birth(read_name(key), item) for key, item in row.items()}
        row = sum_rows(self.spend(row, names), self.whole)
        return self.tag_server(self.join_user(row, names), names, at)

    def check_budget(self, name: str, item: Any) -> Any:
        """Return a sum that is not the number of days or people in the prompt."""
        is_count = type(item) in (int, float) and 0 < item < LEAST_BUDGET
        if not is_count or BUDGET.search(name) is None:
            return item
        counted = re.search(
            rf"\b{int(item)}[ -](?:days?|nights?|people|persons?|weeks?)\b", self.whole
        )
        return type(item)(item * DAILY_BUDGET) if counted else item

    def check_birth(self, name: str, item: Any) -> Any:
        match = ISO_DAY.match(item) if isinstance(item, str) and BIRTH.search(name) else None
        if match is None or int(match[1]) < OLDEST_WRONG or item in self.whole:
            return item
        return f"{FIRST_YEAR + sum(map(ord, item)) % YEARS}{match[2]}"

    def spend(self, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
        """Return a plan whose costs are not all the whole budget, and sum up to the total."""
        total = next((key for name, key in names.items() if TOTAL.match(name)), None)
        if total is None or not isinstance(row[total], (int, float)):
            return row
        costs = list(list_costs(row))
        if len(costs) < 3 or len(set(costs)) > 1 or costs[0] == 0:
            return row
        spent: list[int] = []
        own = {key: set_costs(item, spent) for key, item in row.items()}
        return {**own, total: sum(spent)}

    def join_user(self, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
        """Return a profile whose e-mail address belongs to its user name."""
        user, mail = names.get("username") or names.get("user_name"), names.get("email")
        if not user or not mail or "name" in names or "first_name" in names:
            return row
        if not isinstance(row[user], str) or str(row[mail]) in self.whole:
            return row
        return {**row, mail: f"{row[user]}@example.com"}

    def tag_server(self, row: dict[str, Any], names: dict[str, str], at: int) -> dict[str, Any]:
        """Return a server whose tags are about servers."""
        tags = names.get("tags")
        if tags is None or not SERVER & names.keys() or not isinstance(row[tags], list):
            return row
        return {**row, tags: list(SERVER_TAGS[at % len(SERVER_TAGS)])}

    def check_rows(self, rows: list[Any]) -> list[Any]:
        first = rows[0] if isinstance(rows[0], dict) else {}
        names = {read_name(key): key for key in first}
        if self.limit:
            rows = [self.keep_limit(row, at) for at, row in enumerate(rows)]
        if {"brand", "model"} <= names.keys() and self.is_english:
            rows = self.name_models(rows, names)
        rows = order_times(count_pieces(rows, names, self.whole), names)
        people = LOCAL_PEOPLE.get(self.language, PEOPLE)
        return name_apart(rows, names, self.whole, people)

    def keep_limit(self, row: Any, at: int) -> Any:
        """Return a row whose price is below the one that the prompt allows."""
        if not isinstance(row, dict):
            return row
        most = self.limit
        return {
            key: round(most * SHARES[at % len(SHARES)]) - 1
            if COST.search(read_name(key))
            and isinstance(item, (int, float))
            and (item >= most or item < most / 5)
            else item
            for key, item in row.items()
        }

    def name_models(self, rows: list[Any], names: dict[str, str]) -> list[Any]:
        """Return devices with known brands and models, and with enough memory."""
        known = next((models for words, models in MODELS if words.search(self.whole)), None)
        if known is None:
            return rows
        named = []
        for at, row in enumerate(rows):
            brand, model = known[at % len(known)]
            own = {**row, names["brand"]: brand, names["model"]: model}
            for name, key in names.items():
                if name.startswith("storage") and isinstance(row[key], int):
                    own[key] = STORAGE[at % 2]
            pros = names.get("pros") or names.get("features")
            if pros and isinstance(row[pros], list):
                own[pros] = [DEVICE_PROS[(2 * at + step) % len(DEVICE_PROS)] for step in range(3)]
            named.append(own)
        return named


def choose_primary(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return an object in which the main topic is one of the topics."""
    for name, key in names.items():
        match = PRIMARY.match(name)
        plural = match and next(
            (one for one in names if one in (f"{match[1]}s", match[1][:-1] + "ies")), None
        )
        if not plural or not isinstance(row[names[plural]], list) or not isinstance(row[key], str):
            continue
        items = row[names[plural]]
        if items and all(isinstance(one, str) for one in items) and row[key] not in items:
            return {**row, names[plural]: [row[key], *items[1:]]}
    return row


CLOCK = make_regex(r"\d\d:\d\d")


def order_times(rows: list[Any], names: dict[str, str]) -> list[Any]:
    """Return the invented parts of a day in the order of their times."""
    key = names.get("time") or names.get("start_time")
    clocks = [row.get(key) for row in rows] if key and "end_time" not in names else []
    if len(clocks) < 2 or not all(isinstance(one, str) and CLOCK.fullmatch(one) for one in clocks):
        return rows
    return [{**row, str(key): one} for row, one in zip(rows, sorted(map(str, clocks)), strict=True)]


def list_costs(value: Any, key: str = "") -> list[float]:
    """Return the costs in the rows of an object."""
    match value:
        case dict():
            return [one for own, item in value.items() for one in list_costs(item, own)]
        case list():
            return [one for item in value for one in list_costs(item, key)]
        case int() | float() if COST.search(read_name(key)) and not isinstance(value, bool):
            return [] if TOTAL.match(read_name(key)) else [value]
    return []


def set_costs(value: Any, spent: list[int], key: str = "") -> Any:
    match value:
        case dict():
            return {own: set_costs(item, spent, own) for own, item in value.items()}
        case list():
            return [set_costs(item, spent, key) for item in value]
        case int() | float() if list_costs(value, key):
            spent.append(COSTS[len(spent) % len(COSTS)])
            return spent[-1]
    return value


def count_pieces(rows: list[Any], names: dict[str, str], whole: str) -> list[Any]:
    """Return lines of an order with few pieces, and with an article number for each product."""
    count = next((key for name, key in names.items() if QUANTITY.match(name)), None)
    if count is None or not names.keys() & {"sku", "price", "unit_price", "product"}:
        return rows
    counted = []
    for at, row in enumerate(rows):
        own = dict(row)
        if (
            isinstance(row.get(count), int)
            and row[count] > MOST_PIECES
            and str(row[count]) not in whole
        ):
            own[count] = 1 + (row[count] + at) % 3
        sku, name = names.get("sku"), names.get("name") or names.get("product")
        if sku and name and SKU.match(str(row.get(sku))):
            own[sku] = f"SKU-{1000 + 7 * sum(map(ord, str(row.get(name)))) % 9000}"
        counted.append(own)
    return counted


PERSON = make_regex(r"^(?:name|full_name|nombre|nom|nome|person|employee|mitarbeiter)$")


def name_apart(
    rows: list[Any], names: dict[str, str], whole: str, people: tuple[str, ...]
) -> list[Any]:
    """Return invented rows in which no person comes twice."""
    key = next((key for name, key in names.items() if PERSON.match(name)), None)
    if key is None:
        return rows
    seen: set[str] = set()
    spare = iter(people)
    apart = []
    for row in rows:
        own = row.get(key)
        if isinstance(own, str) and own in seen and own.count(" ") == 1 and own not in whole:
            own = next((one for one in spare if one not in seen), own)
        if isinstance(own, str):
            seen.add(own)
        apart.append({**row, key: own})
    return apart
