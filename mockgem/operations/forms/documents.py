"""Papers of everyday work: agendas, release notes, minutes."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import NUMBERED, find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.time_spans import to_minutes
from mockgem.operations.forms.writing import Writer

OTHER_LAYOUT = make_regex(
    r"\b(?:table|csv|columns?|e-?mail|html|code|function|poem|checklist|what (?:is|are)"
    r"|how (?:do|to)|headings?|sections?)\b",
    re.I,
)
WISH = make_regex(
    r"\W*(?:(?:please|can you|could you|i need|help me)\W+)*(?:to )?(?:write|create|make|give|draft"
    r"|prepare|generate|suggest|plan|outline|need|an?|meeting|agenda|release|turn)\b",
    re.I,
)
AGENDA = make_regex(r"\bagenda\b", re.I)
HOURS = make_regex(
    rf"\b({NUMBER}|half[- ]an|half|an)[- ](hour|minute|min)s?\b"
    r"|\b(\d{1,3})[- ]?(?:min|minutes)\b",
    re.I,
)
PARTS = (
    ("Welcome and goals of the meeting", 1),
    ("Where we stand: {topic}", 3),
    ("Open questions and risks", 2),
    ("Decisions", 2),
    ("Tasks, owners and dates", 2),
    ("Anything else", 1),
    ("Ideas from the team", 2),
    ("Budget and resources", 2),
    ("Feedback from customers", 2),
    ("Timeline", 2),
)
"""What an agenda has, and how much of the time it takes."""
USUAL_PARTS = 5
START = 9 * 60
"""The first minute of a meeting without a time."""


@form(
    "agenda",
    "Create an agenda for a one-hour team meeting about the product launch.",
    words="agenda",
    about="the points of a meeting, with times",
)
def write_agenda(question: Question) -> str | None:
    text = question.instruction
    if not AGENDA.search(text) or not is_wished(question):
        return None
    named = MEETING_OF.search(text)
    topic = named["topic"] if named else MEETING.sub("", question.topic)
    topic = re.sub(r"\s*\b(?:starting|beginning)\b.*", "", topic)
    started = STARTS_AT.search(text)
    start = to_minutes(started[1], started[2] or "0", started[3]) if started else START
    count = min(find_count(question, USUAL_PARTS), len(PARTS))
    parts = PARTS[:count]
    minutes = read_minutes(text)
    line = LINE.search(text)
    rows: list[str] = []
    spans = share_time([size for _, size in parts], start, minutes)
    for (name, _), (at, stop) in zip(parts, spans, strict=True):
        said, point = f"{show_time(at)}–{show_time(stop)}", name.format(topic=topic)
        mark = f"{len(rows) + 1}." if NUMBERED.search(text) else "-"
        rows.append(f"{said}{line[1]}{point}" if line else f"{mark} **{said}** {point}")
    if line:
        return "\n".join(rows)
    title = f"Agenda: {topic[:1].upper()}{topic[1:]}" if topic else "Agenda"
    head = f"**{title}**" if re.search(r"\bbold\b", text, re.I) else f"# {title}"
    return f"{head}\n\n**Duration:** {minutes} minutes\n\n" + "\n".join(rows)


def share_time(sizes: list[int], start: int, minutes: int) -> list[tuple[int, int]]:
    """Return the first and the last minute of each point of a meeting.

    Args:
        sizes: How long the points are, beside each other.
        start: The first minute of the meeting, counted from midnight.
        minutes: How long the meeting takes, at least as many minutes as there are points.
    """
    step = 5 if minutes >= 5 * len(sizes) else 1
    at, whole = start, sum(sizes)
    spans = []
    for left, size in zip(range(len(sizes) - 1, -1, -1), sizes, strict=True):
        stop = at + max(step, round(minutes * size / whole / step) * step)
        stop = min(stop, start + minutes - step * left) if left else start + minutes
        spans.append((at, stop))
        at = stop
    return spans


STARTS_AT = make_regex(
    r"\b(?:starting|starts|beginning|begins"
    r"|start)(?: at)? (\d{1,2})(?:[:.](\d\d))? ?(?:([ap])\.?m)?\b",
    re.I,
)
LINE = make_regex(r"\bHH:MM ?[–-] ?HH:MM(\W{1,4})\w")
"""The wish for lines such as "HH:MM–HH:MM  Item"."""
MEETING_OF = make_regex(
    r"\bagenda (?:for|of) (?:an? |the |our |my )?(?:[\w-]+[- ](?:hour|minute|min) )?"
    r"(?P<topic>[^.,;:\n]{3,90}?)(?=[.,;:\n]|\s*\Z| with\b| starting\b| beginning\b| at \d| on )",
    re.I,
)
MEETING = make_regex(
    r"^(?:an? |the )?(?:meeting )?agenda(?: (?:for|of) (?:an? |the |our |my )?)?"
    r"(?:[\w-]+[- ](?:hour|minute|min) )?",
    re.I,
)


def is_wished(question: Question) -> bool:
    """Return whether a prompt in English wants a paper in its usual layout."""
    text = question.instruction
    if question.language != "en" or OTHER_LAYOUT.search(text):
        return False
    return WISH.match(text) is not None and not wants("json", question)


def read_minutes(text: str) -> int:
    """Return how long a meeting takes; an hour if its prompt does not say."""
    match = HOURS.search(text)
    if match is None:
        return 60
    if match[3]:
        return max(15, int(match[3]))
    is_hour = match[2].lower() == "hour"
    if "half" in match[1].lower():
        return 30
    return max(15, min(480, parse_count(match[1], 480) * (60 if is_hour else 1)))


def show_time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


NOTES = make_regex(r"\b(?:release notes?|change ?log(?: entry)?)\b", re.I)
VERSION = make_regex(r"\b(?:version|v|release) ?(\d+(?:\.\d+){0,3})\b", re.I)
CHANGE = make_regex(
    r"(?<![\w-])(?:added?|adds|new|introduc\w+|support\w*|fix\w*|resolv\w+|correct\w+|improv\w+"
    r"|faster|updat\w+|optimi[sz]\w+|remov\w+|deprecat\w+|redesign\w*|bug)\b",
    re.I,
)
KINDS = (
    ("Bug fixes", r"\bfix|\bbug|\bresolv|\bcorrect|\bcrash"),
    ("Improvements", r"\bimprov|\bfaster|\bupdat|\boptimi|\bredesign|\bperformance|\bbetter"),
    ("Removed", r"\bremov|\bdeprecat|\bdrop"),
    ("New features", r""),
)
USUAL_NOTES = {
    "New features": (
        "Dark mode for all pages",
        "Export of reports as PDF and CSV",
        "Sign in with a fingerprint or your face",
        "Widgets for the home screen",
    ),
    "Improvements": (
        "Search results appear up to 40% faster",
        "Clearer messages when a form fails",
        "The app starts in half the time",
        "Larger buttons and better contrast",
    ),
    "Bug fixes": (
        "Fixed a crash when a file without a name was opened",
        "Fixed wrong totals after a currency change",
        "Fixed notifications that arrived twice",
        "Fixed a login that timed out on slow networks",
    ),
}
POINTS = make_regex(
    rf"\b({NUMBER}) (?:short |concise )?(?:bullets?|bullet[- ]points?|points|items|entries|lines"
    rf"|changes)\b",
    re.I,
)
SECTIONS = make_regex(r"\b(?:headings?|sections?|each|Added, Changed)\b", re.I)
"""Words for changes under headings."""
ORDER = ("New features", "Improvements", "Bug fixes", "Removed")


@form(
    "release notes",
    "Write release notes for version 2.1.0 with new features, improvements and bug fixes.",
    "Write release notes for v1.4: added dark mode, fixed the login bug, faster search.",
    words="release changelog",
    about="changes under headings, those that the prompt lists or usual ones",
)
def write_release_notes(question: Question) -> str | None:
    text = question.instruction
    if not NOTES.search(text) or not is_wished(question):
        return None
    version = VERSION.search(question.prompt[:600])
    changes = list_changes(question.prompt[:4000])
    rows: dict[str, list[str]] = {}
    for change in changes:
        kind = next(name for name, pattern in KINDS if re.search(pattern, change, re.I))
        rows.setdefault(kind, []).append(change[:1].upper() + change[1:])
    if (counted := POINTS.search(question.layout)) and not SECTIONS.search(question.layout):
        listed = [one for name in ORDER for one in rows.get(name, ())]
        return list_notes(listed, parse_count(counted[1], 30), question)
    rows = rows or {name: list(texts[:2]) for name, texts in USUAL_NOTES.items()}
    parts = [
        f"## {name}\n\n" + "\n".join(f"- {one}" for one in rows[name])
        for name in ORDER
        if name in rows
    ]
    title = f"# Release notes{f': version {version[1]}' if version else ''}"
    return "\n\n".join([title, *parts])


def list_notes(changes: list[str], count: int, question: Question) -> str:
    """Return as many changes as the prompt wants, those that it lists first."""
    usual = [one for texts in zip(*USUAL_NOTES.values(), strict=True) for one in texts]
    if count > len(usual):
        writer = Writer(question)
        usual += [writer.write_item() for _ in range(count - len(usual))]
    lines = [*changes, *usual][:count]
    if NUMBERED.search(question.layout):
        return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1))
    return "\n".join(f"- {line}" for line in lines)


def list_changes(prompt: str) -> list[str]:
    """Return the changes that a prompt lists after a colon or in lines; none if it lists none."""
    _, colon, rest = prompt.partition(":")
    if not colon:
        return []
    marked = re.split(r"\n\s*(?:[-*•]|\d{1,2}[.)])?\s*|;\s|\.\s+(?=[A-Z])", rest.strip(" .\n"))
    parts = marked if len(marked) > 1 else re.split(r",\s(?:and\s)?|\sand\s(?=\w+ed\b)", marked[0])
    kept = [part.strip(" .-*•") for part in parts if len(part.split()) > 1]
    return kept[:20] if sum(1 for part in kept if CHANGE.search(part)) * 2 > len(kept) else []


MINUTES = make_regex(r"\bmeeting (?:notes|minutes)\b|\bminutes (?:of|for|from)\b", re.I)


@form(
    "minutes",
    "Write meeting notes for a weekly marketing sync.",
    words="meeting minutes",
    about="who was there, what was discussed, decisions and tasks",
)
def write_minutes(question: Question) -> str | None:
    text = question.instruction
    if not MINUTES.search(text) or not is_wished(question) or question.material:
        return None
    names = [invent_person(question) for _ in range(3)]
    topic = re.sub(r"^(?:meeting )?(?:notes|minutes) (?:for|of|from) ", "", question.topic)
    title = topic[:1].upper() + topic[1:]
    attendees = "\n".join(f"- {name}" for name in names)
    return (
        f"# Meeting notes: {title}\n\n## Attendees\n\n{attendees}\n\n## Discussion\n\n"
        f"- {names[0]} gave an overview of {topic}.\n- The team talked about risks and the next "
        f"dates.\n- Two open questions go to {names[1]}.\n\n## Decisions\n\n"
        "- The plan stays as it is until the end of the month.\n- The next review is in two weeks."
        f"\n\n## Action items\n\n- [ ] {names[0]}: update the plan by Friday\n"
        f"- [ ] {names[1]}: answer the open questions\n- [ ] {names[2]}: share the notes"
    )


KNOWN_SECTIONS: tuple[tuple[str, str], ...] = (
    (r"attendees|participants|present|attendance", "names"),
    (r"action items|to-?dos?|tasks|next steps|follow-?ups?", "tasks"),
    (r"decisions(?: made)?", "decisions"),
    (r"discussion(?: points)?|topics|key (?:points|topics)|notes", "discussion"),
    (r"date(?: and time)?|when", "date"),
    (r"new features|features|added", "New features"),
    (r"improvements|changes|changed", "Improvements"),
    (r"bug fixes|fixes|fixed", "Bug fixes"),
)
"""Headings of papers, and what stands below them."""
SECTION_TEXTS = {
    "decisions": "- The plan stays as it is until the end of the month.\n"
    "- The next review is in two weeks.",
    "date": "Monday, 10:00",
}
PAPERS = make_regex(
    r"\b(?:meeting|minutes|agenda|release|changelog|sync|retro\w*|stand-?up|report)\b", re.I
)


def write_known_section(heading: str, question: Question) -> str:
    """Return what stands below a usual heading of a meeting's notes; empty for other headings."""
    if question.language != "en" or question.material or not PAPERS.search(question.instruction):
        return ""
    kind = next(
        (name for pattern, name in KNOWN_SECTIONS if re.fullmatch(pattern, heading, re.I)), ""
    )
    if kind == "names":
        return "\n".join(f"- {invent_person(question)}" for _ in range(3))
    if kind == "tasks":
        tasks = ("update the plan by Friday", "answer the open questions", "share the notes")
        return "\n".join(f"- [ ] {invent_person(question)}: {task}" for task in tasks)
    if kind == "discussion":
        return (
            f"- Overview of {question.topic}\n- Risks and the next dates\n- Two questions stay open"
        )
    if kind in USUAL_NOTES:
        counted = POINTS.search(question.layout)
        texts = USUAL_NOTES[kind][: parse_count(counted[1], 4) if counted else 2]
        return "\n".join(f"- {one}" for one in texts)
    return SECTION_TEXTS.get(kind, "")
