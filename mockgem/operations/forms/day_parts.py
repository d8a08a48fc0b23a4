"""Plans whose days have parts: a trip with morning, afternoon and evening, weeks of runs."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

PARTS = make_regex(r"\bmorning\b[^\n]{0,40}\bafternoon\b[^\n]{0,40}\b(?:evening|night)\b", re.I)
TRIP = make_regex(
    rf"\b(?P<days>{NUMBER})[- ]days?\b[^.\n]{{0,40}}?\b(?:itinerary|trip|plan|schedule|visit|stay"
    r"|tour|holiday|vacation|weekend|in|to|for)\b",
    re.I,
)
PLACE = make_regex(r"\b(?:in|to|for|of|around) ([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)")
OTHER_LAYOUT = make_regex(r"\b(?:csv|html|code|python|app|function)\b", re.I)
TABLE = make_regex(r"\btable\b", re.I)
MORNINGS = (
    "Walk through the old town{at}",
    "Visit the main museum{at}",
    "Climb a viewpoint over the city",
    "See the market and have breakfast there",
    "Take a boat or a train to a nearby town",
)
AFTERNOONS = (
    "Lunch at a market and a stroll through a park",
    "Explore a quiet quarter and its small shops",
    "See a famous church or palace",
    "Rent bicycles and ride along the water",
    "Visit a gallery, and rest in a café",
)
EVENINGS = (
    "Dinner in a traditional restaurant",
    "A concert or live music in a bar",
    "A walk along the lights of the harbour or the river",
    "Local dishes at a food hall",
    "A last dinner with a view",
)
MOST_DAYS = 14


@form(
    "days with their parts",
    "Plan a 2-day itinerary for Porto with morning, afternoon and evening.",
    words="morning",
    about="a heading for each day, with something for the morning, the afternoon and the evening",
)
def plan_days(question: Question) -> str | None:
    text = question.instruction
    match = TRIP.search(text) if PARTS.search(text) and question.language == "en" else None
    if match is None or question.material or wants("json", question) or OTHER_LAYOUT.search(text):
        return None
    count = min(parse_count(match["days"], MOST_DAYS), MOST_DAYS)
    named = PLACE.search(text)
    where = f" of {named[1]}" if named else ""
    days = [
        (MORNINGS[at % 5].format(at=where), AFTERNOONS[at % 5], EVENINGS[at % 5])
        for at in range(count)
    ]
    if TABLE.search(question.wish):
        rows = [f"| Day {at} | {' | '.join(parts)} |" for at, parts in enumerate(days, 1)]
        return "\n".join(
            ["| Day | Morning | Afternoon | Evening |", "| --- | --- | --- | --- |", *rows]
        )
    return "\n\n".join(
        f"**Day {at}**\n\n- Morning: {one}\n- Afternoon: {two}\n- Evening: {three}"
        for at, (one, two, three) in enumerate(days, 1)
    )


RUNS = make_regex(
    rf"\b(?P<weeks>{NUMBER})[- ]weeks?\b[^.?!\n]{{0,80}}?\b(?P<goal>\d+ ?k\b|half[- ]marathon"
    r"|marathon|run(?:ning)?\b)",
    re.I,
)
GOAL = make_regex(r"\b(\d+ ?k|half[- ]marathon|marathon)\b", re.I)
PLAN = make_regex(r"\b(?:plan|schedule|program(?:me)?|training)\b", re.I)
TIMES = make_regex(rf"\b({NUMBER}) (?:times|days|runs|sessions) (?:a|per|each) week\b", re.I)
MOST_WEEKS = 20


@form(
    "weeks of running",
    "Make me a 4-week running plan for my first 5k. I can run 3 times a week.",
    words="run running marathon 5k 10k train training",
    about="the runs of each week, longer from week to week",
)
def plan_runs(question: Question) -> str | None:
    text = question.prompt[:600]
    match = RUNS.search(text) if PLAN.search(text) and question.language == "en" else None
    if match is None or question.material or wants("json", question) or OTHER_LAYOUT.search(text):
        return None
    weeks = min(parse_count(match["weeks"], MOST_WEEKS), MOST_WEEKS)
    times = TIMES.search(text)
    count = min(max(parse_count(times[1], 7) if times else 3, 1), 7)
    rows = [list_runs(week, weeks, count) for week in range(1, weeks + 1)]
    if TABLE.search(question.wish):
        heads = ["Week", *(f"Run {at}" for at in range(1, count + 1))]
        lines = [
            heads,
            ["---"] * len(heads),
            *([f"Week {at}", *row] for at, row in enumerate(rows, 1)),
        ]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return "\n\n".join(
        "\n".join([f"**Week {at}**", "", *(f"- Run {n}: {one}" for n, one in enumerate(row, 1))])
        for at, row in enumerate(rows, 1)
    )


def list_runs(week: int, weeks: int, count: int) -> list[str]:
    """Return the runs of a week: easy ones, one with a change of speed, a longer one at the end."""
    easy = 15 + 3 * week
    rest = [
        f"{easy} minutes easy",
        f"{easy} minutes with 4 short sprints",
        f"{easy + 5} minutes easy",
    ]
    last = f"{easy + 10} minutes slow, the longest of the week"
    if week == weeks and weeks > 1:
        last = "the whole distance at an even pace"
    return [*(rest[at % len(rest)] for at in range(count - 1)), last]
