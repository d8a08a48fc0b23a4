"""Times, months and spans that a prompt states, in the fields of data about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from mockgem.operations.forms.field_formats import CLOCK_TIME
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MAX_TEXT = 6_000
TIME = make_regex(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?: ?([ap])\.?m\b)?", re.I)
ENDS = make_regex(r"(?:^|_)(?:end|ends|until|to|finish|close|closes)(?:_|$)", re.I)
MONTHS = (
    "january february march april may june july august september october november december".split()
)
IN_MONTH = make_regex(
    rf"\b(?:in|for|during|of|from) (?:the month of )?(?P<month>{'|'.join(MONTHS)})"
    r"(?:,? (?P<year>(?:19|20)\d\d))?\b(?! \d{1,2}\b)",
    re.I,
)
"""A month in which invented dates lie: "four expenses in May 2024"."""
ISO_DATE = make_regex(r"(\d{4})-(\d\d)-(\d\d)")
SPAN = make_regex(
    r"(?<![\w.])(\d[\d,]{0,12}(?:\.\d+)?)\s?(?:k\s?)?(?:-|–|to|and|bis)\s?[$€£]?(\d[\d,]{0,12}(?:\.\d+)?)"
)
"""Two numbers of which the second is the higher end: "95000 to 120000 dollars"."""
HIGHEST = make_regex(r"(?:^max(?:imum)?_|_max(?:imum)?$|_(?:high|upper|to)$)", re.I)
TITLE = make_regex(r"(?:event_|meeting_|task_)?(?:title|name|summary|subject)", re.I)
COMMAND = make_regex(
    r"(?:please )?(?:set up|schedule|book|plan|create|add|arrange|put|organi[sz]e|make)"
    r" (?:me )?(?:an? |the |my |our )?(?P<title>\S.{2,60}?)(?: (?:with|on|at|for|from|in|to|next"
    r"|this|tomorrow|today|tonight)\b.*)?",
    re.I | re.S,
)
"""A command whose thing is the title of an event: "Set up a Budget Review with Priya"."""
DATED = frozenset("date day start start_time time start_date when".split())


def fit_moments(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return data with the times, the month and the spans that its prompt states."""
    changes = list(list_changes(question))
    return apply(value, schema, changes) if changes else value


Change = Callable[[str, Any, dict[str, Any], dict[str, Any]], Any]


def list_changes(question: Question) -> list[Change]:
    """Return the changes for which the prompt has a reason."""
    text = (question.material or question.prompt)[:MAX_TEXT]
    changes: list[Change] = []
    if times := [format_time(one) for one in TIME.finditer(text)]:
        changes.append(partial(set_time, times))
    month = IN_MONTH.search(question.instruction[:MAX_TEXT])
    if month is not None and not question.material:
        changes.append(partial(move_date, month, question.prompt))
    if spans := [(read(low), read(high)) for low, high in SPAN.findall(text)]:
        changes.append(partial(raise_number, spans))
    if day := DAY.search(text):
        changes.append(partial(set_day, day[0], text))
    if COMMAND.match(text) and len(text) <= LONGEST:
        changes.append(strip_command)
    return changes


LONGEST = 300
"""Characters of a command for a calendar."""


def apply(value: Any, schema: dict[str, Any], changes: list[Change]) -> Any:
    if isinstance(value, list):
        inner = schema.get("items", schema)
        return [apply(one, inner if isinstance(inner, dict) else {}, changes) for one in value]
    if not isinstance(value, dict):
        return value
    fields = schema.get("properties", {})
    row = {}
    for key, item in value.items():
        field = fields.get(key) if isinstance(fields.get(key), dict) else {}
        if isinstance(item, (dict, list)):
            row[key] = apply(item, field, changes)
            continue
        for change in changes:
            item = change(key, item, field, value)
        row[key] = item
    return row


def format_time(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + 12 * (match[3].lower() == "p") if match[3] else int(match[1])
    return f"{hour:02d}:{match[2]}"


def set_time(
    times: list[str], key: str, item: Any, field: dict[str, Any], row: dict[str, Any]
) -> Any:
    """Return the first time of the text for a field of a start, the second for an end."""
    if field.get("pattern") != CLOCK_TIME["pattern"]:
        return item
    at = 1 if ENDS.search(key) and len(times) > 1 else 0
    return item if item in times else times[at]


DAY = make_regex(
    r"\b(?:(?:next|this|on) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|tonight)"
    r"(?: (?:morning|afternoon|evening|night))?\b",
    re.I,
)
DAY_KEY = make_regex(
    r"(?:departure|arrival|date|day|when|due|deadline|pickup)(?:_?(?:date|day))?", re.I
)
LEAST_WORDS = 4


def set_day(
    day: str, text: str, key: str, item: Any, field: dict[str, Any], row: dict[str, Any]
) -> Any:
    """Return the day of the text for a field of a day that got a whole sentence."""
    if not isinstance(item, str) or not DAY_KEY.fullmatch(key) or field.get("format"):
        return item
    is_sentence = len(item.split()) > LEAST_WORDS and day in item
    return re.sub(r"^on ", "", day, flags=re.I) if is_sentence else item


def move_date(
    month: re.Match[str], prompt: str, key: str, item: Any, field: dict[str, Any], row: Any
) -> Any:
    """Return an invented date in the month of the prompt."""
    match = ISO_DATE.match(item) if isinstance(item, str) else None
    if match is None or match[0] in prompt:
        return item
    year = month["year"] or match[1]
    number = MONTHS.index(month["month"].lower()) + 1
    return f"{year}-{number:02d}-{min(int(match[3]), 28):02d}{item[10:]}"


def read(number: str) -> float:
    return float(number.replace(",", "").rstrip(".") or 0)


def raise_number(
    spans: list[tuple[float, float]], key: str, item: Any, field: dict[str, Any], row: Any
) -> Any:
    """Return the higher end of a span for a field such as "salary_max"."""
    if isinstance(item, bool) or not isinstance(item, (int, float)) or not HIGHEST.search(key):
        return item
    high = next((high for low, high in spans if low == item < high), item)
    return type(item)(high)


def strip_command(key: str, item: Any, field: dict[str, Any], row: dict[str, Any]) -> Any:
    """Return the thing of a command as the title of an event."""
    if not isinstance(item, str) or not TITLE.fullmatch(key) or DATED.isdisjoint(row):
        return item
    match = COMMAND.fullmatch(item.strip(" ."))
    title = match["title"] if match else item
    return title[:1].upper() + title[1:]
