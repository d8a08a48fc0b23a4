"""Push notifications: a title and a body, joined as the prompt shows: "TITLE | BODY"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.data_topics import find_data_topic
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import title_of

PUSH = make_regex(
    r"\b(?:push|in-app|mobile) (?:notification|message|alert)s?\b|\bnotification (?:text|copy)\b",
    re.I,
)
WISH = make_regex(r"\b(?:write|create|draft|generate|give|make|compose|need)\b", re.I)
ABOUT = make_regex(
    r"\b(?:notification|message|alert|text|copy)s? (?P<how>for|about|announcing|reminding|telling)"
    r"(?: (?:users?|people|customers?) (?:to|about|of|that))?(?: (?:an?|the|our"
    r"|my))? (?P<what>[^.\n:;|(]{3,80}?)(?=[.\n:;|(]|,? (?:max|under|in|with|at"
    r" most|format)\b|\Z)",
    re.I,
)
SHAPE = make_regex(
    r"[\"'`]?[<\[{(]?title[>\]})]?[\"'`]?(?P<between>\s?(?:\||—|–|-|::|/)\s?"
    r"|\s?\n\s?)[\"'`]?[<\[{(]?(?:body|text"
    r"|message|subtitle|description)\b",
    re.I,
)
NAMED = make_regex(r"\btitle\b[^.\n]{0,30}\b(?:body|text|message)\b", re.I)
LIMIT = make_regex(r"\b(?:max(?:imum)?|under|up to|at most|<) ?(\d{2,3}) char", re.I)
BODIES = (
    (r"\b(?:discount|% off|sale|offer|deal|coupon|promo)", "Open the app and save today."),
    (r"\b(?:abandon\w*|cart|basket)", "Your items are still waiting for you."),
    (r"\b(?:deliver\w*|parcel|package|shipp\w*|driver)", "Tap to follow it on the map."),
    (r"\b(?:remind\w*|appointment|meeting|due|bill|payment)", "Tap to see the details."),
    (r"\b(?:message|friend|comment|follower|like)", "Tap to read and reply."),
    (r"\b(?:workout|goal|streak|lesson|habit|water)", "A few minutes are enough. Ready?"),
)
USUAL = "Open the app to find out more."
REMINDS = make_regex(
    r"\b(?:(?:to|that) (?:remind|encourage|nudge|invite|ask|motivate)s?|reminding|encouraging"
    r"|telling|nudging) (?:an? |the |our |all )?(?:\w+ )?(?:users?|people|customers?|members?"
    r"|players?|readers?|students?|them)(?: (?:of|on|in) [^.\n]{3,50}?)? (?:to|about"
    r"|that) (?P<what>[a-z][^.\n;|(]{3,90}?)(?=[.;|(\n]|,? (?:max|under|at most|format)\b|\Z)",
    re.I,
)
"""What a notification reminds its reader of: "to remind users to drink water"."""


def remind(what: str, wish: str) -> str:
    """Return a notification that tells its reader to do something."""
    said = re.sub(r"\b(?:their|his|her)\b", "your", what.strip(), flags=re.I)
    title = f"{said[:1].upper()}{said[1:]}!"
    body = next((text for words, text in BODIES if re.search(words, what, re.I)), USUAL)
    limit = LIMIT.search(wish)
    whole = f"{title} {body}"
    if NAMED.search(wish):
        return f"Title: {title}\nBody: {body}"
    if shape := SHAPE.search(wish):
        between = "\n" if "\n" in shape["between"] else shape["between"]
        return f"{title}{between}{body}"
    return whole if len(whole) <= (int(limit[1]) if limit else 120) else title


COUNTED = make_regex(
    rf"\b(?!(?:an?|one)\b)({NUMBER}) (?:[a-z]+ )?(?:push |in-app |mobile )?"
    r"(?:notifications|alerts)\b",
    re.I,
)
LINES = (
    "{}: something new is waiting for you",
    "Your next {} is only a tap away",
    "{}: save today with a small surprise",
    "We miss you! Come back to {}",
    "{}: see what is popular this week",
    "Ready when you are: {}",
    "{}: a quick look is worth it",
    "Last chance today: {}",
)
EMOJI = ("🔔", "🎉", "⭐", "👋", "🔥", "🎁", "✨", "⏰")


def write_several(count: int, question: Question) -> str:
    """Return a notification in each line, with an emoji in front if the prompt wants emoji."""
    topic = find_data_topic(question) or question.topic
    has_emoji = "emoji" in question.lower
    lines = []
    for at in range(count):
        text = LINES[at % len(LINES)].format(topic)
        mark = f"{EMOJI[at % len(EMOJI)]} " if has_emoji else ""
        lines.append(f"{mark}{text[:1].upper()}{text[1:]}")
    return "\n".join(lines)


@form(
    "push notification",
    "Write a push notification for a food delivery discount. Format: TITLE | BODY",
    words="notification notifications push alert",
    about="a short title and a body about what the prompt names",
)
def write_notification(question: Question) -> str | None:
    wish = question.instruction
    if not (PUSH.search(wish) and WISH.search(wish)) or question.material:
        return None
    if question.language != "en" or wants("json", question):
        return None
    if reminded := REMINDS.search(wish):
        return remind(reminded["what"], wish)
    if counted := COUNTED.search(wish):
        return write_several(parse_count(counted[1], 20), question)
    about = ABOUT.search(wish)
    what = about["what"].strip() if about else question.topic
    title = title_of(what)
    title = f"{title[:1].upper()}{title[1:]}"
    body = next((text for words, text in BODIES if re.search(words, what, re.I)), USUAL)
    shape, limit = SHAPE.search(wish), LIMIT.search(wish)
    most = int(limit[1]) if limit else 120
    if shape:
        between = "\n" if "\n" in shape["between"] else shape["between"]
        return f"{title}{between}{body}"
    if NAMED.search(wish):
        return f"Title: {title}\nBody: {body}"
    whole = f"{title}: {body}"
    return whole if len(whole) <= most else title[:most].strip()
