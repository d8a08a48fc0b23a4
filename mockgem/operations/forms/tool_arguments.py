"""The arguments of a tool in a message: the city, the number of people, an expression."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_lookup import find_in_text

LONG_NUMBER = make_regex(r"\b\d{6,40}\b")


SWITCHES = make_regex(r"^(?:on|is_on|state|enabled|active|turned_on|locked)$", re.I)
AMOUNTS = make_regex(
    r"(?:^|_)(?:degrees|temperature|amount|count|quantity|people|capacity|minutes|hours|level"
    r"|volume"
    r"|brightness|number_of_\w+|limit|price|percent)$",
    re.I,
)
SAID_BY = make_regex(
    r"^[ \t]*(?:user|human|customer|question|query|(?:current )?task|goal"
    r"|objective)\s?:[ \t]*([^\n]{2,400})$",
    re.I | re.M,
)
PLACES = make_regex(r"(?:^|_)(?:room|location|city|place|where|area|door|destination)$", re.I)
IN_PLACE = make_regex(r"\b(?:in|at|to|of|for) (?:the |my )?([A-Za-z][a-z]+(?: [A-Z][a-z]+)?)\b")


FREE = make_regex(
    r"(?:^|_)(?:query|q|question|input|text|message|body|content|prompt|term|topic|task|command"
    r"|code|note|description|request|keywords?|search)$",
    re.I,
)
"""Parameters that take words of any kind, such as the message itself."""
SEARCHED = make_regex(r"(?:^|_)(?:query|q|input|search|keywords?)$", re.I)
EXPRESSIONS = make_regex(r"^(?:expression|expr|formula|equation|calculation|math)$", re.I)
PERCENT = make_regex(r"(\d{1,6}(?:\.\d{1,6})?) ?(?:%|percent) of (\d[\d,]*(?:\.\d+)?)", re.I)
FIGURE = r"\({0,3}\d{1,12}(?:\.\d{1,9})?\){0,3}"
SIGN = r"(?:[-+*/^x×÷]|times|plus|minus|divided by)"
SUM = make_regex(rf"{FIGURE}(?: ?{SIGN} ?{FIGURE}){{1,12}}")
SIGNS = {"times": "*", "plus": "+", "minus": "-", "divided by": "/", "x": "*", "×": "*", "÷": "/"}
SEARCH_VERB = make_regex(
    r"\A(?:please )?(?:find(?: out)?|search(?: for)?|look up|get|tell me|check)\s+(?:the )?", re.I
)
"""The beginning of a task, which is not searched for."""
PEOPLE = make_regex(r"^(?:party_size|people|guests|persons?|passengers|seats|group_size)$", re.I)
FOR_PEOPLE = make_regex(
    r"\b(?:for|of) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
    r"(?! ?(?:am|pm|:|o['’]|nights?|days?|hours?|minutes|euros?|dollars))"
    r"|\b(\d{1,2}) (?:people|persons|guests)\b",
    re.I,
)
CUISINES = make_regex(
    r"\b(italian|chinese|japanese|mexican|indian|thai|french|greek|spanish|turkish|vietnamese"
    r"|korean|lebanese|american|vegan|vegetarian|sushi|pizza|seafood)\b",
    re.I,
)
BETWEEN = make_regex(
    r"\bfrom (?:the |my )?([\w' ]{2,30}?) to (?:the |my )?([\w' ]{2,30}?)"
    r"(?=[,.?!\n]| (?:at|on|tomorrow|today|tonight|for|by|this|next)\b|\s*\Z)",
    re.I,
)


def find_typed(name: str, kind: str, text: str) -> Any:
    """Return the value of a parameter with a known form; None without one."""
    if EXPRESSIONS.match(name):
        return find_expression(text)
    if PEOPLE.match(name) and (match := FOR_PEOPLE.search(text)):
        return parse_count(match[1] or match[2], 100)
    if re.match(r"cuisine|kitchen", name) and (match := CUISINES.search(text)):
        return match[1]
    if route := BETWEEN.search(text):
        if re.match(r"(?:pickup|origin|from|start|source|departure)(?:_|$)", name, re.I):
            return route[1]
        if re.match(r"(?:destination|to|dropoff|end|arrival)(?:_|$)", name, re.I):
            return route[2]
    if kind.lower().startswith(("int", "num", "float")) and (number := NUMBER.search(text)):
        return float(number[0]) if "." in number[0] else int(number[0])
    return None


NUMBER = make_regex(r"(?<![\w.:])\d+(?:\.\d+)?(?![\w:]| ?[ap]m\b)")


def find_expression(text: str) -> str | None:
    """Return the sum in a text: "15% of 2480" is "2480 * 0.15"."""
    if percent := PERCENT.search(text):
        return f"{percent[2].replace(',', '')} * {float(percent[1]) / 100:g}"
    found = SUM.search(text)
    if found is None:
        return None
    spelled = found[0]
    for word, sign in SIGNS.items():
        spelled = spelled.replace(word, sign)
    return spelled


EVENT_NAMES = ("title", "event", "name", "summary", "subject", "event_name", "event_title")
EVENT = make_regex(
    r"\b(?:schedule|book|create|add|set up|plan|arrange|put|make)(?: me)? (?:an? |the |my |our )?"
    r"(?P<what>[a-z][\w' -]{2,50}?) (?=(?:for|on|at|from|tomorrow|today|next|this|in)\b)",
    re.I,
)
"""What a message wants to be entered: "Schedule a dentist appointment for Monday"."""


def find_argument(name: str, question: Question, kind: str = "", *, is_only: bool = True) -> Any:
    """Return the value of a parameter in the message; else the message itself, or None.

    Args:
        is_only: Whether the tool has no other parameter, so that the message has its value.
    """
    said = SAID_BY.findall(question.prompt[-3000:])
    text = said[-1] if said else question.material or question.prompt[-600:]
    if (typed := find_typed(name, kind, text)) is not None:
        return typed
    if SEARCHED.search(name) and (verb := SEARCH_VERB.match(text)):
        return text[verb.end() :].strip(" ?.!")[:120]
    if name in ("term", "query", "topic", "subject") and (names := list_names(text)):
        return names[0]
    if name in EVENT_NAMES and (event := EVENT.search(text)):
        return f"{event[1][:1].upper()}{event[1][1:]}"
    if SWITCHES.match(name):
        return re.search(r"\b(?:off|unlock|disable|stop)\b", text, re.I) is None
    if AMOUNTS.search(name) and (number := re.search(r"-?\d+(?:\.\d+)?", text)):
        return float(number[0]) if "." in number[0] else int(number[0])
    if PLACES.search(name) and (place := IN_PLACE.search(text)):
        return place[1]
    found = find_in_text(name, text)
    if not found and re.search(r"number|id|code", name) and (match := LONG_NUMBER.search(text)):
        return match[0]
    if not found and not is_only and not FREE.search(name):
        return None
    if not found and SEARCHED.search(name):
        return text.strip(" ?.!")[:120]
    return found or text.strip()[:120]
