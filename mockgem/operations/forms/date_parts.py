"""Parts of a date or a time of the given text in separate fields: year, month, hour."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.dates import find_written_date
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.value_kinds import DATE
from mockgem.operations.generators.hints import to_iso_date

PARTS = {
    name: part
    for part, names in (
        ("year", "year jahr año année anno ano"),
        ("month", "month monat mes mois mese mês"),
        ("day", "day tag día jour giorno dia"),
        ("hour", "hour hours stunde hora heure ora"),
        ("minute", "minute minutes minuto"),
        ("second", "second seconds sekunde segundo seconde secondo"),
    )
    for name in names.split()
}
CLOCK = make_regex(r"(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d))?(?!\d)(?: ?([ap])\.?m\b)?", re.I)
HOUR = make_regex(r"(?<![\d:.])(\d{1,2})() ?()([ap])\.?m\b", re.I)


TEXTS = make_regex(r"\bstrings?\b|\bstr\b", re.I)


def fill_date_parts(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object whose year, month, hour and so on are those of the text's date and time."""
    keys = {key: PARTS[key.lower()] for key in value if key.lower() in PARTS}
    if len(keys) < 2:
        return value
    found = read_date(text) | read_time(text)
    kind = str if TEXTS.search(text) else int
    return {**value, **{key: kind(found[part]) for key, part in keys.items() if part in found}}


def read_date(text: str) -> dict[str, int]:
    iso = re.search(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", text)
    if iso is None:
        match = DATE.search(text)
        spelled = match[0].replace(".", "", 1) if match and match[0][-1].isdecimal() else ""
        written = to_iso_date(match[0]) or to_iso_date(spelled) if match else ""
        written = written or find_written_date(text)
        iso = re.match(r"(\d{4})-(\d\d)-(\d\d)", written)
    names = ("year", "month", "day")
    return dict(zip(names, map(int, iso.groups()), strict=True)) if iso else {}


def read_time(text: str) -> dict[str, int]:
    match = CLOCK.search(text) or HOUR.search(text)
    if match is None:
        return {}
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    return {"hour": hour, "minute": int(match[2] or 0), "second": int(match[3] or 0)}
