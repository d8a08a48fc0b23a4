"""When a place is open on one day, from hours such as "Mon-Fri 11:00-22:00, Sun 13:00-21:00"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:days?)?\.?"
TIME = r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?"
HOURS = make_regex(
    rf"\b{DAY}(?: ?(?:-|–|to|through|until|and|&) ?{DAY})?:? ?,? ?(?:from |we are open |open )?"
    rf"({TIME} ?(?:-|–|to|until) ?{TIME}|closed)",
    re.I,
)
ASKS = make_regex(
    r"\b(?:open|opening|close|closed|closing|hours)\b[^\n]{0,60}"
    rf"\b(?:on |this |next )?{DAY}\b|\b(?:on |this |next ){DAY}\b[^\n]{{0,40}}\bopen\b",
    re.I,
)
MAX_PROMPT = 200


YES_OR_NO = make_regex(r"\byes\W{1,4}(?:or\W{1,4})?no\b|\btrue or false\b", re.I)
"""A wish for nothing but yes or no."""


@form(
    "opening hours of a day",
    "Text: We are open Mon-Fri 9:00-18:00 and Sat 10:00-14:00.\n\nWhen do you open on Saturday?",
    words="open opening close closed closing hours",
    about="the hours of the day that the question names, from those in the system instruction",
)
def tell_hours(question: Question) -> str | None:
    """Answer "What time do you open on Sunday?" with the hours of Sunday."""
    prompt = question.instruction.strip()
    if len(prompt) > MAX_PROMPT or question.language != "en" or YES_OR_NO.search(prompt):
        return None
    match = ASKS.search(prompt)
    day = next((one for one in match.groups() if one), "").lower() if match else ""
    text = question.material or question.system
    if not day or not text:
        return None
    if hours := find_hours(day, text[:8000]):
        return say_hours(day, hours, question)
    others = [match[0].strip(" .,:") for match in HOURS.finditer(text[:8000])]
    if not others or day in text.lower():  # said in another way, which a question can quote
        return None
    name = NAMES[DAYS.index(day)]
    return f"The hours that I have are {', '.join(others)}. {name} is not among them."


def find_hours(day: str, text: str) -> str:
    """Return the hours of a day in a text, or "closed"; empty if the text has none for it."""
    wanted = DAYS.index(day)
    for match in HOURS.finditer(text):
        first = DAYS.index(match[1].lower())
        last = DAYS.index(match[2].lower()) if match[2] else first
        is_span = first <= wanted <= last if first <= last else not last < wanted < first
        if is_span:
            return match[3].strip(" .,")
    return ""


def say_hours(day: str, hours: str, question: Question) -> str:
    name = NAMES[DAYS.index(day)]
    if hours.lower() == "closed":
        return f"We are closed on {name}."
    start, end = (part.strip() for part in re.split(r"-|–|\bto\b|\buntil\b", hours, maxsplit=1))
    if question.is_terse:
        return f"{start}-{end}"
    return f"On {name} we are open from {start} to {end}."
