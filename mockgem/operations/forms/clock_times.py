"""Times that follow from others: "It starts at 13:15 and takes 90 minutes, when is it over?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.time_spans import DAY, TIME, to_minutes

MAX_PROMPT = 260
CLOCK = make_regex(rf"(?<![\d:.,]){TIME}(?!\d)|(?<![\d:.,])(\d{{1,2}}) ?([ap])\.?m\b", re.I)
LASTS = make_regex(
    rf"(?:(?P<hours>\d{{1,2}}(?:\.\d)?|{NUMBER}|half an?) ?(?:h|hrs?|hours?|stunden?|horas?"
    rf"|heures?)\b"
    rf"(?P<half> and a half)?(?:,? (?:and )?)?)?(?:(?P<minutes>\d{{1,3}}|{NUMBER}) ?(?:m|mins?"
    rf"|minutes?|minuten|minutos)\b)?",
    re.I,
)
HOUR_AND_HALF = make_regex(r"\b(?:an|one) hour and a half\b|\b(?:1½|1\.5) ?h", re.I)
ASKS_END = make_regex(
    r"\bwhen (?:is|will|does|do|am|are|was)\b[^?.\n]{0,40}\b(?:over|end|finish\w*|done|arrive\w*"
    r"|there"
    r"|back|ready|land|out|leave|start|begin|get)\b"
    r"|\bwhat time\b|\bwann\b|\b(?:a qué hora|à quelle heure|a che ora)\b",
    re.I,
)
ASKS_LENGTH = make_regex(
    r"\bhow long\b|\bhow many (?:hours|minutes)\b|\bduration\b|\bwie lange\b|\bcuánto (?:tiempo"
    r"|dura)"
    r"|\bcombien de temps\b|\bquanto (?:tempo|dura)\b",
    re.I,
)
BACKWARDS = make_regex(
    r"\b(?:need|have|has|want)s? to be\b[^.?\n]{0,40}\b(?:at|by)\b|\bwhen (?:do|should"
    r"|must) (?:i|we)"
    r" (?:leave|start|go|get up|set off)\b|\bbefore\b",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:json|csv|table|python|function|agenda|schedule|itinerary|e-?mail|text:|extract)\b", re.I
)


@form(
    "time of day",
    "A train leaves at 14:20 and arrives at 17:05. How long is the journey?",
    "The meeting starts at 13:15 and takes an hour and a half. When is it over?",
    words="long when time many hours duration wann lange cuánto combien qué quelle quanto che",
    about="the time between two times of day, or the time after a while",
)
def tell_time(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if len(prompt) > MAX_PROMPT or OTHER_WISH.search(question.wish) or question.earlier:
        return None
    clocks = [read_clock(one) for one in CLOCK.finditer(prompt)]
    if len(clocks) == 2 and ASKS_LENGTH.search(prompt):
        return state_length((clocks[1] - clocks[0]) % DAY, question)
    if len(clocks) == 1 and ASKS_END.search(prompt) and (minutes := read_length(prompt)):
        is_before = BACKWARDS.search(prompt) is not None
        return state_time(
            (clocks[0] + (-minutes if is_before else minutes)) % DAY, prompt, question
        )
    return None


def read_clock(match: re.Match[str]) -> int:
    hour, minute, half, full, full_half = match.groups()
    return to_minutes(hour or full, minute or "0", half or full_half)


def read_length(text: str) -> int:
    """Return the minutes of "an hour and a half", "2 h 15 min", "45 minutes"; 0 without any."""
    text = CLOCK.sub(" ", text)
    if HOUR_AND_HALF.search(text):
        return 90
    found = (match for match in LASTS.finditer(text) if match["hours"] or match["minutes"])
    match = next(found, None)
    if match is None:
        return 0
    hours = read_hours(match["hours"] or "0") + (0.5 if match["half"] else 0)
    return round(hours * 60) + (parse_count(match["minutes"], 1000) if match["minutes"] else 0)


def read_hours(text: str) -> float:
    if text.lower().startswith("half"):
        return 0.5
    return float(text) if text.replace(".", "").isdigit() else float(parse_count(text))


def state_length(minutes: int, question: Question) -> str:
    hours, rest = divmod(minutes, 60)
    if question.language != "en":
        return f"{hours} h {rest} min" if hours else f"{rest} min"
    parts = [f"{hours} hour{'s' if hours != 1 else ''}"] if hours else []
    parts += [f"{rest} minute{'s' if rest != 1 else ''}"] if rest or not hours else []
    length = " and ".join(parts)
    return length if question.is_terse else f"It takes **{length}**."


def state_time(minutes: int, prompt: str, question: Question) -> str:
    hours, rest = divmod(minutes, 60)
    is_padded = re.search(r"(?<!\d)0\d[:.]", prompt) is not None
    clock = f"{hours:02d}:{rest:02d}" if is_padded else f"{hours}:{rest:02d}"
    if re.search(r"\d ?[ap]\.?m\b", prompt, re.I):
        clock = f"{(hours - 1) % 12 + 1}:{rest:02d} {'pm' if hours >= 12 else 'am'}"
    if question.language != "en" or question.is_terse:
        return clock
    return f"At **{clock}**."
