"""Agendas of meetings as tables, with the times, the points and who leads them."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.documents import (
    PARTS,
    START,
    STARTS_AT,
    read_minutes,
    share_time,
    show_time,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.table_columns import find_columns
from mockgem.operations.forms.tables import render_table
from mockgem.operations.forms.time_spans import to_minutes

AGENDA = make_regex(
    r"\A(?:[^.\n]{0,60}\b)?(?:write|create|make|give|draft|prepare|generate|plan|need)\b"
    r"[^.\n]{0,60}\bagenda\b",
    re.I,
)
TABLE = make_regex(r"\btable\b", re.I)
NOT_MEETING = make_regex(r"\b(?:trip|travel|tour|holiday|vacation|json|csv|html)\b", re.I)
ABOUT = make_regex(
    r"\bagenda (?:for|of) (?:an? |the |our |my )?(?:[\w-]+[- ](?:hour|minute|min)s? )?"
    r"([\w &-]{4,60}?)(?= (?:as|in|with|that|about)\b|[.,;:\n]|\Z)",
    re.I,
)
SECTION = make_regex(
    r"\b(?:below|after|under|beneath)\b[^.\n]{0,30}\badd (?:an? )?(?:\w+ )?(?:section|heading)"
    rf" (?:called |titled |named )?[\"'“]([^\"'”\n]{{2,40}})[\"'”](?: with ({NUMBER}) bullets?)?",
    re.I,
)
PARTICIPANTS = make_regex(
    r"\b(?i:participants|attendees|people|team(?: members)?|owners?)\b(?: are| is|:| include)? "
    r"((?:[A-Z][\w'’-]+)(?:(?:, and |, | and )[A-Z][\w'’-]+){1,9})"
)
POINTS = make_regex(rf"\b({NUMBER}) (?:agenda )?(?:items|points|topics|rows|entries)\b", re.I)
PREPARATION = (
    "Read the documents that were sent with the invitation",
    "Note your questions and your open points",
    "Bring the current numbers and dates of your part",
    "Check that the room and the video call work",
    "Send your topics to the chair one day before",
)
USUAL_COLUMNS = ["Time", "Topic", "Owner"]
CELLS = (
    (make_regex(r"\b(?:times?|when|start|slots?)\b", re.I), "time"),
    (
        make_regex(r"\b(?:topics?|items?|points?|what|subject|activity|agenda|title)\b", re.I),
        "topic",
    ),
    (
        make_regex(
            r"\b(?:owners?|who|lead|presenter|speaker|responsible|host|person|facilitator)\b", re.I
        ),
        "owner",
    ),
    (make_regex(r"\b(?:duration|minutes|length|min)\b", re.I), "minutes"),
)
"""What a column holds, by its name."""
REMARKS = (
    "Introduction by the chair",
    "Everyone, in turn",
    "Keep the list short",
    "Write down the reasons",
    "With a date for each",
)


@form(
    "agenda in a table",
    "Write an agenda for a 60 minute project kickoff meeting as a table with time, topic and"
    " owner.",
    words="agenda",
    about="the points of a meeting with their times in a table",
)
def write_agenda_table(question: Question) -> str | None:
    text = question.instruction
    if question.language != "en" or not (AGENDA.search(text) and TABLE.search(text)):
        return None
    if NOT_MEETING.search(text) or question.material:
        return None
    found = [one for one in find_columns(text) if re.search(rf"\b{re.escape(one)}\b", text, re.I)]
    columns = found if len(found) > 1 else USUAL_COLUMNS
    kinds = [next((kind for names, kind in CELLS if names.search(one)), "") for one in columns]
    rows = list_points(question, kinds)
    table = render_table([one[:1].upper() + one[1:] for one in columns], rows)
    section = SECTION.search(text)
    if section is None:
        return table
    count = parse_count(section[2], len(PREPARATION)) if section[2] else 3
    bullets = "\n".join(f"- {one}" for one in PREPARATION[:count])
    return f"{table}\n\n## {section[1]}\n\n{bullets}"


def list_points(question: Question, kinds: list[str]) -> list[list[str]]:
    """Return the cells of a row for each point of the meeting."""
    text = question.instruction
    about = ABOUT.search(text)
    topic = about[1].strip() if about else "the project"
    counted = POINTS.search(text)
    parts = PARTS[: parse_count(counted[1], len(PARTS)) if counted else len(REMARKS)]
    started = STARTS_AT.search(text)
    start = to_minutes(started[1], started[2] or "0", started[3]) if started else START
    spans = share_time([size for _, size in parts], start, read_minutes(text))
    named = PARTICIPANTS.search(text)
    people = re.split(r", (?:and )?| and ", named[1]) if named else []
    rows = []
    for number, ((name, _), (at, stop)) in enumerate(zip(parts, spans, strict=True)):
        cells = {
            "time": f"{show_time(at)}–{show_time(stop)}",
            "topic": name.format(topic=topic),
            "owner": people[number % len(people)] if people else invent_person(question),
            "minutes": f"{stop - at} min",
            "": REMARKS[number % len(REMARKS)],
        }
        rows.append([cells[kind] for kind in kinds])
    return rows
