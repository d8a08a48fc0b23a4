"""A timetable for learning: the days, the hours and the subjects that the prompt names."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:(?:study|revision|homework|learning|exam|school|weekly) (?:timetable|schedule|plan"
    r"|planner)|timetable)\b",
    re.I,
)
OTHER = make_regex(r"\b(?:html|css|sql|json|csv|code|bus|train|flight)\b", re.I)
SUBJECTS = make_regex(
    r"\b(math(?:s|ematics)?|physics|chemistry|biology|english|german|french|spanish|latin|history"
    r"|geography|economics|computer science|programming|python|statistics|algebra|calculus|art"
    r"|music|philosophy|psychology|literature|science|accounting|law|anatomy)\b",
    re.I,
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RANGE = make_regex(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s?(?:-|–|to|until|through)\s?(mon|tue|wed|thu|fri|sat"
    r"|sun)[a-z]*\b",
    re.I,
)
HOURS = make_regex(rf"\b({NUMBER}) ?(?:h|hrs?|hours?)\b", re.I)
STARTS = {"morning": 9, "afternoon": 14, "evening": 18, "night": 19}
MOST = 6


@form(
    "study timetable",
    "make me a study timetable mon-fri, 2 hours each evening, maths, physics and english, as a"
    " table",
    words="timetable schedule planner plan",
    about="a table with a row for each day and the subjects in turn",
)
def write_timetable(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.language != "en" or len(prompt) > 400 or not WISH.search(prompt):
        return None
    subjects = list(dict.fromkeys(one.lower() for one in SUBJECTS.findall(prompt)))
    if OTHER.search(prompt) or len(subjects) < 2 or question.material:
        return None
    hours = HOURS.search(prompt)
    count = max(1, min(parse_count(hours[1], MOST) if hours else 2, MOST))
    start = next((hour for word, hour in STARTS.items() if word in prompt.lower()), 16)
    heads = [f"{start + at}:00–{start + at + 1}:00" for at in range(count)]
    rows = ["| Day | " + " | ".join(heads) + " |", "| --- " * (count + 1) + "|"]
    for at, day in enumerate(list_days(prompt)):
        turn = [subjects[(at * count + place) % len(subjects)] for place in range(count)]
        rows.append(f"| {day} | " + " | ".join(one[:1].upper() + one[1:] for one in turn) + " |")
    return "\n".join(rows)


def list_days(prompt: str) -> tuple[str, ...]:
    """Return the days that a prompt names as a range; else those from Monday to Friday."""
    match = RANGE.search(prompt)
    if match is None:
        return (
            DAYS
            if re.search(r"\b(?:every day|7 days|whole week|weekend)\b", prompt, re.I)
            else DAYS[:5]
        )
    names = [day[:3].lower() for day in DAYS]
    first, last = names.index(match[1][:3].lower()), names.index(match[2][:3].lower())
    return DAYS[first : last + 1] if first <= last else (*DAYS[first:], *DAYS[: last + 1])
