"""Data of charts: labels that the prompt names, and a number for each of them."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

CHART = make_regex(
    r"\b(?:(?:bar|line|pie|area|scatter|radar|column|stacked|donut|doughnut|bubble)[- ]?"
    r"(?:charts?|graphs?|plots?|diagrams?)|charts?|chart\.?js|plotly|recharts|highcharts|apexcharts"
    r"|echarts|histogram|sparkline|dashboard data|time series|data for (?:an? |my |the )?graph"
    r"|(?:balken|linien|kreis|säulen|torten)?diagramme?s?|gráfic[oa]s?|graphique|grafic[oi]"
    r"|grafiek)\b",
    re.I,
)
SETS = frozenset(("datasets", "series"))
LABELS = frozenset("labels categories x xaxis x_axis xvalues x_values months days quarters".split())
NUMBERS = frozenset("data values y yaxis y_axis yvalues y_values series points amounts".split())
POINT = frozenset(
    "value y amount count share percentage percent total number revenue sales".split()
)
NAMED = frozenset("label name title".split())
MONTHS = "January February March April May June July August September October November December"
SPANS = (
    MONTHS.split(),
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre".split(),
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "Q1 Q2 Q3 Q4".split(),
)
SPAN = make_regex(
    r"(?<![\w])([A-Za-zäéûÄ]{2,10}\d?|\d{4})\.?\s?(?:to|through|until|till|bis|a|à|-|–)\s?"
    r"([A-Za-zäéûÄ]{2,10}\d?|\d{4})\b"
)
PAIR = make_regex(
    r"(?<![\w.])([A-Za-zÀ-ÿ][\w À-ÿ'/-]{0,24}?)\s?(?::|=|\s)\s?\$?(\d{1,9}(?:\.\d{1,4})?)"
    r"(?=%?(?:[,;.\n]|\s*\Z| and ))"
)
UNITS = make_regex(
    rf"\b({NUMBER}) (months?|days?|weeks?|quarters?|years?|monate|tage|wochen|points?)\b", re.I
)
PER = make_regex(r"\b(monthly|daily|weekly|quarterly|yearly|per (?:month|day|week|quarter|year))\b")
LISTED = make_regex(
    r"\b(?:labels|categories|for|of)(?: (?:are|like|named))?:? \(?"
    r"((?:[\w.]{1,20}, ){1,10}(?:and )?[\w.]{1,20}"
    r"(?: and [\w.]{1,20})?)(?=[.;:\n)]|\s*\Z| (?:and|with|as|in)\b)",
    re.I,
)
MEASURE = make_regex(
    r"\b(revenue|sales|users|visitors|temperatures?|profit|costs?|traffic|downloads|orders"
    r"|sign-?ups|expenses|income|population|rainfall|views|clicks|steps|weight|umsatz|besucher"
    r"|ventas|ventes)\b",
    re.I,
)
PERCENT = make_regex(r"\b(?:percent(?:ages?)?|pie|doughnut|donut|share)\b|%", re.I)
SEVERAL = make_regex(
    r"\b(?:two|three|four|2|3|4|several|both|multiple|zwei|drei|dos|deux)\b|\bcompar\w+|\bvs\b",
    re.I,
)
USUAL = (42, 58, 51, 67, 73, 64, 80, 76, 91, 85, 97, 104)


def fill_chart(value: Any, question: Question) -> Any:
    """Return data of a chart with a number for each label; other data as they are."""
    text = question.instruction[:1500]
    if not CHART.search(text):
        return value
    return ChartData(question).fill(shape_chart(value, text))


XY = make_regex(r"\bx\b(?! ?=)[^.\n]{0,60}\by\b(?! ?=)", re.I)
WITH_LABELS = make_regex(r"\blabels\b[^.\n]{0,90}?\b(values|data(?:sets)?|numbers)\b", re.I)


def shape_chart(value: Any, text: str) -> Any:
    """Return the usual form of the data of a chart, if a value lacks what the prompt names."""
    names = {read_name(key) for key in value} if isinstance(value, dict) else set()
    if isinstance(value, list) and value and isinstance(value[0], dict):
        if {"labels", "datasets"} <= value[0].keys():
            return shape_chart(value[0], text)
        return value if len(value[0]) > 1 else [{"x": "", "y": 0}]
    if named := WITH_LABELS.search(text):
        key = named[1].lower()
        open_sets = isinstance(value, dict) and value.get("datasets")
        if "labels" in names and names & NUMBERS:
            return value
        if key == "datasets" and not (open_sets and holds_objects(open_sets)):
            sets = [{"label": "", "data": []}]
            return {"labels": [], "datasets": sets * (2 if SEVERAL.search(text) else 1)}
        return value if "labels" in names else {"labels": [], key: []}
    if XY.search(text) and not names & {"x", "y"}:
        return [{"x": "", "y": 0}]
    is_general = names <= {"answer", "topic", "description", "key_points"}
    return {"labels": [], "datasets": [{"label": "", "data": []}]} if is_general else value


class ChartData:
    """Labels and numbers of one chart."""

    def __init__(self, question: Question) -> None:
        self.text = question.prompt[:3000]
        self.pairs = [(name.strip(), number) for name, number in PAIR.findall(self.text)]
        self.pairs = [pair for pair in self.pairs if pair[0].lower() not in NOT_LABELS]
        self.has_pairs = len(self.pairs) > 1
        self.has_span = bool(self.find_span() or UNITS.search(self.text))
        self.labels = [name for name, _ in self.pairs] if self.has_pairs else self.list_labels()
        measure = MEASURE.search(self.text)
        self.measure = measure[1].capitalize() if measure else ""

    def list_labels(self) -> list[str]:
        """Return the labels that a prompt names: a span, a list, a number of months, things."""
        if span := self.find_span():
            return span
        if (listed := LISTED.search(self.text)) and "," in listed[1]:
            names = [one.strip() for one in re.split(r", (?:and )?| and ", listed[1])]
            if not {name.lower() for name in names} & (LABELS | NUMBERS | POINT | NAMED):
                return names
        if counted := UNITS.search(self.text):
            return list_units(counted[2].lower(), parse_count(counted[1], 31))
        if (per := PER.search(self.text)) and per[1] not in ("monthly", "per month"):
            return list_units(per[1].removeprefix("per "), 0)
        return MONTHS.split()[:6]

    def find_span(self) -> list[str]:
        """Return what lies between two months, days or years: "jan to apr"."""
        for first, last in SPAN.findall(self.text):
            if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) < 60:
                return [str(year) for year in range(int(first), int(last) + 1)]
            for names in SPANS:
                ends = [find_start(names, one) for one in (first, last)]
                if 0 <= ends[0] < ends[1]:
                    size = len(first) if len(first) < 4 else 0
                    found = names[ends[0] : ends[1] + 1]
                    return [name[:size] if size else name for name in found]
        return []

    def number_at(self, at: int, row: int = 0) -> int | float:
        if self.has_pairs and at < len(self.pairs):
            number = float(self.pairs[at][1])
            return int(number) if number == int(number) else number
        if PERCENT.search(self.text):
            return share_at(at, len(self.labels))
        return USUAL[(at + 2 * row) % len(USUAL)]

    def numbers(self, row: int = 0) -> list[int | float]:
        return [self.number_at(at, row) for at in range(len(self.labels))]

    def fill(self, value: Any, row: int = 0) -> Any:
        match value:
            case dict():
                return self.fill_object(value, row)
            case [dict() as first, *_] if is_point(first):
                return self.fill_points(value)
            case [dict(), *_]:
                return [self.fill(item, at) for at, item in enumerate(value)]
        return value

    def fill_object(self, value: dict[str, Any], row: int) -> dict[str, Any]:
        filled: dict[str, Any] = {}
        names = {read_name(key) for key in value}
        is_series = bool(names & NUMBERS) and bool(names & NAMED)
        for key, item in value.items():
            name = read_name(key)
            if name in LABELS and not isinstance(item, dict):
                filled[key] = list(self.labels)
            elif name in NUMBERS and not holds_objects(item):
                filled[key] = self.numbers(row)
            elif name in NAMED and is_series and isinstance(item, str):
                filled[key] = self.name_series(row)
            elif name in SETS and isinstance(item, list) and not SEVERAL.search(self.text):
                filled[key] = self.fill(item[:1], row)
            else:
                filled[key] = self.fill(item, row)
        return filled

    def name_series(self, row: int) -> str:
        first = self.measure or "Series 1"
        return first if row == 0 else f"Series {row + 1}"

    def fill_points(self, rows: list[Any]) -> list[Any]:
        """Return rows of a label and a number; with known names if they have no other ones."""
        filled = []
        spans = {name for names in SPANS for name in names}
        rows = [{key: item for key, item in row.items() if key not in spans} for row in rows]
        units = [key for key in rows[0] if read_name(key) in UNIT_KEYS]
        if units and (self.has_span or self.has_pairs):
            size = len(rows)
            rows = [{**rows[at % size], units[0]: one} for at, one in enumerate(self.labels)]
        for at, row in enumerate(rows):
            share = share_at(at, len(rows)) if PERCENT.search(self.text) else USUAL[at % 12]
            number = (
                self.number_at(at) if self.has_pairs and len(self.pairs) == len(rows) else share
            )
            filled.append(
                {key: number if read_name(key) in POINT else item for key, item in row.items()}
            )
        return filled


UNIT_KEYS = frozenset("x month day date week quarter year label period time monat tag jahr".split())
NOT_LABELS = frozenset("with and to for from the top last next keys of".split())


def is_point(row: dict[str, Any]) -> bool:
    """Return whether an object holds one number of a chart."""
    names = {read_name(key) for key in row}
    is_measured = bool(names & UNIT_KEYS) and any(map(is_number, row.values()))
    return bool(is_measured or names & POINT) and not names & NUMBERS - POINT


def is_number(item: Any) -> bool:
    return isinstance(item, (int, float)) and not isinstance(item, bool)


def holds_objects(item: Any) -> bool:
    return isinstance(item, dict) or (
        isinstance(item, list) and bool(item) and isinstance(item[0], dict)
    )


def share_at(at: int, count: int) -> int:
    """Return a part of a hundred; the parts of all add up to it."""
    weights = [2 * (count - one) + 1 for one in range(count)]
    parts = [100 * weight // sum(weights) for weight in weights]
    parts[0] += 100 - sum(parts)
    return parts[at] if at < count else 0


def find_start(names: list[str], word: str) -> int:
    """Return the place of the name that a word shortens; -1 without one."""
    plain = word.lower().rstrip(".")
    found = [at for at, name in enumerate(names) if name.lower().startswith(plain)]
    return found[0] if found and len(plain) > 1 else -1


def list_units(unit: str, count: int) -> list[str]:
    if unit.startswith(("day", "daily", "tag")):
        days = SPANS[1]
        return [days[at % 7] for at in range(count or 7)]
    if unit.startswith(("month", "monat")):
        return [MONTHS.split()[at % 12] for at in range(count or 6)]
    if unit.startswith("quarter"):
        return [f"Q{at % 4 + 1}" for at in range(count or 4)]
    if unit.startswith("year"):
        return [str(2026 - (count or 5) + at) for at in range(count or 5)]
    if unit.startswith(("week", "woche")):
        return [f"Week {at + 1}" for at in range(count or 4)]
    return [str(at + 1) for at in range(count or 5)]
