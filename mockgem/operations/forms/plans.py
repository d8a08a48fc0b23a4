"""Plans and itineraries: some lines for each day or week."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.related_words import DAYS as WEEKDAYS
from mockgem.operations.forms.table_cells import DINNERS
from mockgem.operations.forms.writing import Writer

KIND = (
    r"(?:plan|itinerary|schedule|program(?:me)?|challenge|routine|course|curriculum|roadmap"
    r"|syllabus|agenda|trip|tour)"
)
PLAN = make_regex(
    rf"\b({NUMBER})[- ](day|week|month)s?\b[^.?\n]{{0,50}}?\b{KIND}\b"
    rf"|\b{KIND}\b[^.?\n]{{0,60}}?\b(?:for|of|over|in) ({NUMBER})[- ](day|week|month)s?\b",
    re.I,
)
WEEK = make_regex(
    rf"\b(?:weekly|(?:a|one|1)[- ]week)\b[^.?\n]{{0,40}}?\b{KIND}\b"
    rf"|\b{KIND}\b[^.?\n]{{0,60}}?\b(?:for|of|over) (?:the|a|one|this|next|my) week\b"
    rf"|\b{KIND}\b[^.?\n]{{0,60}}?\bday by day\b",
    re.I,
)
WISH = make_regex(
    r"\W*(?:(?:please|can you|could you|i need|i want|i'd like|help me)\W+)*(?:to )?"
    r"(?:i am planning|i'm planning|we are planning|we're planning|write|create"
    r"|make|give|plan|design|suggest|generate|build|draft|an?|prepare|propose|outline|need|want"
    rf"|{NUMBER}[- ](?:day|week)|(?:[a-z-]+ ){{0,3}}?{KIND}(?= (?:for|of|to)))\b",
    re.I,
)
OTHER_LAYOUT = make_regex(
    r"\b(?:table|csv|columns?|spreadsheet|calendar|how (?:do|can|much)|sentences?|words"
    r"|paragraphs?|checklist|checkboxes|check list|html|code|function|script)\b",
    re.I,
)
MOST = 31
LINES = 2


@form(
    "plan",
    "Give me a 3-day workout plan.",
    "Plan a trip to Rome for 2 days.",
    words="plan itinerary schedule program programme challenge routine course curriculum roadmap"
    " syllabus agenda trip tour",
    about="a heading for each day or week, with what to do below it",
)
def write_plan(question: Question) -> str | None:
    text = question.instruction
    if question.language != "en" or question.material or not WISH.match(text):
        return None
    if wants("json", question) or OTHER_LAYOUT.search(text):
        return None
    names = name_parts(text)
    if not names:
        return None
    before = SUBJECT.search(text) if SPAN.fullmatch(question.topic) else None
    asked = Question(f"Give me tips for {before[1]}.", question.random) if before else question
    start, end = ("## ", "") if HEADING.search(text) else ("**", "**")
    counted = EACH.search(text)
    lines = parse_count(counted[1], 10) if counted else LINES
    if TRAINING.search(text) and names[0].lower().endswith(("day", "day 1")):
        days = (write_training(at, text) for at in range(len(names)))
        return "\n\n".join(
            f"{start}{name}{end}\n\n{day}" for name, day in zip(names, days, strict=True)
        )
    if MEALS.search(text) and len(names) <= MOST_DINNERS:
        return "\n\n".join(
            f"{start}{name}{end}\n\n- {DINNERS[at % len(DINNERS)]}" for at, name in enumerate(names)
        )
    writer = Writer(asked)
    return "\n\n".join(f"{start}{name}{end}\n\n{write_lines(writer, lines)}" for name in names)


MEALS = make_regex(r"\b(?:dinners?|(?:meal|dinner|food) plan)\b(?![^.\n]*\bbreakfast)", re.I)
MOST_DINNERS = 14
TRAINING = make_regex(r"\b(?:workout|training|exercise|fitness|gym|strength)\b", re.I)
GYM = make_regex(r"\b(?:gym|weights?|dumbbells?|barbell|machines?)\b", re.I)
NO_GYM = make_regex(r"\b(?:no|without)\b[^.,\n]{0,20}\b(?:equipment|weights|gym)\b", re.I)
SESSIONS = (
    ("Squats: 3 × 12", "Push-ups, on the knees if needed: 3 × 8", "Plank: 3 × 20 seconds"),
    ("Brisk walk or easy run: 25 minutes", "Stretching of legs and back: 10 minutes"),
    ("Lunges: 3 × 10 for each leg", "Glute bridges: 3 × 15", "Side plank: 2 × 15 seconds a side"),
    ("Rest day", "A walk of 20 minutes if you feel like it"),
    ("Squats: 3 × 15", "Triceps dips on a chair: 3 × 8", "Mountain climbers: 3 × 20 seconds"),
    ("Cycling, swimming or running: 30 minutes", "Stretching: 10 minutes"),
    ("Rest day", "Sleep well and plan the next week"),
)
GYM_SESSIONS = (
    ("Bench press: 3 × 10", "Rows: 3 × 10", "Shoulder press: 3 × 10"),
    ("Treadmill or rowing machine: 25 minutes", "Stretching: 10 minutes"),
    ("Back squats: 3 × 8", "Leg press: 3 × 12", "Calf raises: 3 × 15"),
    ("Rest day", "A walk of 20 minutes if you feel like it"),
    ("Deadlifts: 3 × 6", "Lat pull-downs: 3 × 10", "Plank: 3 × 30 seconds"),
    ("Cycling or cross trainer: 30 minutes", "Stretching: 10 minutes"),
    ("Rest day", "Sleep well and plan the next week"),
)


def write_training(day: int, wish: str) -> str:
    """Return the exercises of a day, at home or with the machines of a gym."""
    is_gym = GYM.search(wish) and not NO_GYM.search(wish)
    sessions = GYM_SESSIONS if is_gym else SESSIONS
    return "\n".join(f"- {line}" for line in sessions[day % len(sessions)])


SPAN = make_regex(rf"(?:(?:the|an?|{NUMBER}|each|every) )?(?:full )?(?:day|week|month)s?", re.I)
SUBJECT = make_regex(
    rf"\b((?!(?:an?|the|me|my|simple|good|daily|weekly)\b)[a-z]+(?: [a-z]+)?) {KIND}\b", re.I
)
"""What a plan is for, if its topic is only how long it is: "study plan for one week"."""


SLIDES = make_regex(rf"\b({NUMBER})[- ](?:[a-z]+ )?slides?\b", re.I)
DECK = make_regex(r"\b(?:presentation|slides?|deck|keynote|powerpoint)\b", re.I)
SLIDE_TITLES = (
    "{topic}",
    "Why it matters",
    "The most important facts",
    "How it works in practice",
    "Examples",
    "Challenges",
    "What to do next",
    "Costs and benefits",
    "Frequent questions",
    "Summary",
)


@form(
    "slides",
    "Create an outline for a presentation about tea with 5 slides.",
    words="slide slides",
    about="a heading for each slide, with points below it",
)
def write_slides(question: Question) -> str | None:
    text = question.instruction
    match = SLIDES.search(text)
    if match is None or not DECK.search(text) or not WISH.match(text) or question.material:
        return None
    if question.language != "en" or wants("json", question) or OTHER_LAYOUT.search(text):
        return None
    count = parse_count(match[1], MOST)
    topic = question.topic[:1].upper() + question.topic[1:]
    titles = [SLIDE_TITLES[at % len(SLIDE_TITLES)] for at in range(count)]
    titles = [*titles[:-1], "Summary"] if count > 1 else titles
    writer = Writer(question)
    lines = parse_count(counted[1], 10) if (counted := EACH.search(text)) else LINES
    return "\n\n".join(
        f"## Slide {at}: {title.format(topic=topic)}\n\n{write_lines(writer, lines)}"
        for at, title in enumerate(titles, 1)
    )


EACH = make_regex(
    rf"\b({NUMBER}) (?:[a-z]+ )?(?:activities|things|items|tasks|points|bullets|bullet points|steps"
    rf"|exercises|meals|sights|stops)\b(?: (?:each|per|for each|a day|every))?",
    re.I,
)
HEADING = make_regex(r"\bheadings?\b|##", re.I)


WORKDAYS = make_regex(rf"\b{KIND}\b[^?\n]{{0,60}}\bmon(?:day)?\s?(?:-|–|to|through)\s?fri", re.I)


def name_parts(text: str) -> list[str]:
    """Return what the headings of a plan say: "Day 1" to "Day 3", or the days of a week."""
    if WORKDAYS.search(text):
        return list(WEEKDAYS)[:5]
    match = PLAN.search(text)
    if match is None:
        return list(WEEKDAYS) if WEEK.search(text) else []
    number, unit = match[1] or match[3], match[2] or match[4]
    count = parse_count(number, MOST)
    if unit.lower() == "week" and count == 1:
        return list(WEEKDAYS)
    return [f"{unit.capitalize()} {at}" for at in range(1, count + 1)]


def write_lines(writer: Writer, count: int) -> str:
    return "\n".join(f"- {writer.write_item()}" for _ in range(count))
