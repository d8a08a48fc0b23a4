"""Wishes about one of several things in the last reply: what to buy for it, a day of a plan."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

MAX_PROMPT = 200
CHOOSES = make_regex(
    r"\b(?P<which>first|second|third|fourth|fifth|last)(?: (?:one|idea|option|suggestion))?\b"
    r"|\b(?:number|option|idea) (?P<number>\d)\b",
    re.I,
)
PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
BUYS = make_regex(
    r"\b(?:what|which things)\b[^.?\n]{0,40}\b(?:buy|get|need|prepare|bring)\b|\bshopping list\b"
    r"|\bsupplies\b",
    re.I,
)
PARTS = make_regex(r",| and | with |;|\.|:")
SMALL = make_regex(
    r"^(?:an?|the|some|let|hide|visit|finish|make|have|bring|use|go|try|then|your|children|them|it)\b\s*",
    re.I,
)
PLACE = make_regex(r"\s(?:in|at|on|to|from|by|through|around)\s.*\Z")
USUAL = ("Plates, cups and napkins", "Decorations", "A small reserve for surprises")
DAY = make_regex(
    r"\b(?:make|change|adapt|can you make|could you make)\b[^.?\n]{0,20}\bday (?P<day>\d{1,2}|one"
    r"|two|three|four|five)\b"
    r"[^.?\n]{0,16}\bmore (?P<how>[a-z-]+(?: friendly)?)",
    re.I,
)
DAYS = (
    (
        r"kid|child|family",
        "Start at a playground or an aquarium, have lunch at a place where children can move, and"
        " end the"
        " day with ice cream in a park",
    ),
    (
        r"relax|quiet|calm|slow",
        "Sleep in, spend the afternoon in a park or by the water, and have an early dinner",
    ),
    (
        r"activ|sport|adventur",
        "Rent bicycles in the morning, hike to a viewpoint, and swim before dinner",
    ),
    (
        r"romantic",
        "Walk along the water, visit a small museum together, and have dinner with a view",
    ),
    (
        r"cheap|budget|affordable",
        "Join a free walking tour, eat at a market, and visit a museum on its free evening",
    ),
    (
        r"cultur|educational",
        "Visit the main museum, see an old church, and go to a concert in the evening",
    ),
)
OTHER_DAY = (
    "Keep the morning free, choose one main sight for the afternoon, and end the day with local"
    " food"
)


@form(
    "what to buy for a chosen thing",
    words="buy get need prepare bring shopping supplies",
    needs="earlier",
    about="a list of what the chosen item of the last reply needs",
)
def list_supplies(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.language != "en" or not question.earlier or len(prompt) > MAX_PROMPT:
        return None
    chosen = CHOOSES.search(prompt)
    if chosen is None or not BUYS.search(prompt):
        return None
    items = list_marked(find_last(question))
    place = PLACES[chosen["which"].lower()] if chosen["which"] else int(chosen["number"]) - 1
    if not -1 <= place < len(items):
        return None
    name, _, about = items[place].replace("*", "").partition(":")
    things = [clean(part) for part in PARTS.split(about)]
    own = [f"{one[:1].upper()}{one[1:]}" for one in things if 0 < len(one.split()) <= MAX_WORDS]
    lines = "\n".join(f"- {one}" for one in [*own, *USUAL])
    return f"For **{name.strip()}** you would need:\n\n{lines}"


MAX_WORDS = 4


def clean(part: str) -> str:
    """Return the thing that a part of a description names, without verbs and places."""
    part = PLACE.sub("", f" {part.strip()}").strip()
    while (short := SMALL.sub("", part)) != part:
        part = short
    return part.strip(" .!")


def find_last(question: Question) -> str:
    return next((text for role, text in reversed(question.earlier) if role != "user"), "")


@form(
    "changed day of a plan",
    words="day",
    needs="earlier",
    about="a day of the last plan, in the way that the message wants it",
)
def change_day(question: Question) -> str | None:
    prompt = question.prompt.strip()
    match = DAY.search(prompt) if len(prompt) <= MAX_PROMPT and question.earlier else None
    if match is None or question.language != "en" or "day" not in find_last(question).lower():
        return None
    day = parse_count(match["day"], 31)
    said = next(
        (text for pattern, text in DAYS if re.search(pattern, match["how"], re.I)), OTHER_DAY
    )
    asked = " ".join(text for role, text in question.earlier if role == "user")
    named = PLACE_NAME.search(asked)
    city = named[1] if named else ""
    where = f" in {city}" if city else ""
    return f"**Day {day}{where}:** {said}."


PLACE_NAME = make_regex(r"\b(?:in|for|to|of|around) ([A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)?)")


TALKS = make_regex(
    r"\A\W*(?:can|could|would|what|how|why|when|where|who|which|is|are|do|does|please|give|show|write|tell"
    r"|make|list|explain|translate|no\b|yes\b|ok\b|okay\b|thanks|thank)\b",
    re.I,
)
FEELS = make_regex(
    r"\b(?:feel|stress\w*|worr\w+|sad|anxious|nervous|tired|overwhelm\w*|sorry to hear)\b", re.I
)
LEADS = make_regex(
    r"\A\W*(?:mostly|mainly|probably|maybe|i think|it's|its|the|my|i guess|well|just)\b\s*", re.I
)


@form(
    "answer to a question of the assistant",
    words="",
    needs="earlier",
    about="thanks for what the message tells, and a first small step",
)
def go_on_talking(question: Question) -> str | None:
    prompt = question.prompt.strip()
    last = find_last(question).strip()
    if question.language != "en" or question.stated_system or not last.endswith("?"):
        return None
    said = " ".join(text for _, text in question.earlier[-3:])
    if len(prompt) > MAX_PROMPT or "?" in prompt or TALKS.match(prompt) or not FEELS.search(said):
        return None
    subject = LEADS.sub("", prompt.split(".")[0]).strip(" ,!")
    return (
        f"Thank you for telling me. Let's begin with {subject[:1].lower()}{subject[1:]} and take"
        " it in small steps: write down the three points that worry you most, work on one of them"
        " for twenty minutes"
        " today, and take a break afterwards. Which of the three would you like to start with?"
    )
