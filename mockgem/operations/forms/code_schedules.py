"""What the fields of a cron schedule mean."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

SCHEDULE = make_regex(r"(?<![\w*/])((?:[\d*/,-]+ ){4}[\d*/,-]+)(?![\w*/])")
DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def explain_schedule(text: str) -> str:
    """Return a sentence about the cron schedule in a text; empty without one."""
    match = SCHEDULE.search(text)
    if match is None:
        return ""
    minute, hour, date, month, day = match[1].split()
    return f"`{match[1]}` means: {say_time(minute, hour)}{say_days(date, month, day)}."


def say_time(minute: str, hour: str) -> str:
    if minute.isdigit() and hour.isdigit():
        return f"at {int(hour):02}:{int(minute):02}"
    if minute.startswith("*/"):
        return f"every {minute[2:]} minutes" + (f" during the hours {hour}" if hour != "*" else "")
    if hour.startswith("*/"):
        return f"every {hour[2:]} hours, at minute {minute}"
    if hour == "*":
        return "every minute" if minute == "*" else f"at minute {minute} of every hour"
    return f"at minute {minute} of the hours {hour}"


def say_days(date: str, month: str, day: str) -> str:
    parts = [f" on day {date} of the month"] if date != "*" else []
    if month != "*":
        parts.append(f" in month {month}")
    if day != "*":
        named = re.sub(r"\d", lambda found: DAYS[min(int(found[0]), 7)], day)
        parts.append(f" on {named.replace('-', ' to ').replace(',', ' and ')}")
    return "".join(parts) or " every day"
