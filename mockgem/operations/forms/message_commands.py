"""What a short message tells an application to do: the task, the verb, the shop, each thing."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.assigned_tasks import DAY, LEAD
from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import NAME, is_common
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.value_kinds import TIME

LONGEST = 60
"""Words of a message that is a command; a longer one is a text."""
TASK = make_regex(
    r"^(?:task|title|todo|to_do|reminder|description|action_item|what|subject|event|event_name"
    r"|activity|note|text|task_name|task_title|item|name|summary)$"
)
SURE = make_regex(r"^(?:task|todo|to_do|reminder|action_item|what|task_name|task_title)$")
"""Fields that hold what is to be done; others may hold a name."""
ACTION = make_regex(r"^(?:action|command|verb|operation|cmd)$")
GOAL = make_regex(r"^(?:goal|objective|user_goal|user_request|request|user_query|original_query)$")
SHOP = make_regex(r"^(?:merchant|shop|store|vendor|payee|where|supplier|seller)$")
CATEGORY = make_regex(r"^(?:category|purpose|spent_on|expense_type)$")
DUE = make_regex(r"^(?:due|due_date|deadline|date|when|day|by)$")
DONE = make_regex(r"^(?:done|completed|is_done|finished|complete|is_completed)$")
LEADS = make_regex(
    r"\W*(?:(?:the )?user (?:says|said|writes|asks)\W+|(?:hey|hi|ok|okay|hello|please|pls|and|also"
    r"|then|so|well)\b,?\s|(?:can|could|would|will) you (?:please )?"
    r"|remind me (?:to|about|that i (?:have|need) to)\s|remember to\s"
    r"|(?:don['’]?t|do not) (?:let me )?forget to\s|make sure (?:to|that i|i)\s"
    r"|(?:i|we|you) (?:really )?(?:need|have|want|ought|would like|'d like|must|should|got) (?:to"
    r" )?"
    r"|i['’](?:ve got|d like|ll|m going) (?:to )?|add (?:a )?(?:task|todo|reminder)s?:? (?:to )?"
    r"|(?:new |todo:|task:)\s?(?:task|todo|reminder)?:?\s?|note to self:?\s)",
    re.I,
)
"""What stands before the task in a message."""
WHEN = make_regex(
    rf"[,\s]+(?:(?:by|on|before|until|till|due|at|for|from|this|next|every|around|no later"
    rf" than)\s)*"
    rf"(?:{DAY}|{TIME.pattern}|(?:this |tomorrow |in the )?(?:morning|afternoon|evening|night)"
    r"|asap|tonight|later)(?![\w])",
    re.I,
)
VERB = make_regex(
    r"(turn (?:on|off|up|down)|switch (?:on|off)|set up|pick up|look up|shut down|call off"
    r"|[a-z]{2,12})\b(?: (?:the |my |a |an )?(?:[\w-]+ ){1,3}(on|off|up|down)\b)?",
    re.I,
)
PARTS = make_regex(r"[,;.]\s+(?:and |then |also )?|\s(?:and|then)\s(?=[a-z']+\s\S)|\n+", re.I)
DONE_WORDS = make_regex(r"\b(?:already|done|paid|finished|bought|completed|sent)\b", re.I)
PAST = make_regex(r"^(?:i(?:['’]ve| have)?|we)?\s?(?:already |just )+", re.I)
AT_SHOP = make_regex(r"\b(?:at|from|in|@) (?:the )?([A-Z][\w&'’.-]*(?: [A-Z][\w&'’.-]*){0,2})")
FOR_WHAT = make_regex(
    r"\b(?:on|for) (?:(?:a|an|the|my|some|new|two|three|\d+) )*([a-z][a-z-]+)(?: [a-z]+)?"
)
NO_KIND = frozenset("at in on me us you it this that today friday monday".split())


def read_command(value: Any, given: str, question: Question) -> Any:
    """Return an object of a short message with what this tells to do; others as they are."""
    message = question.prompt.strip()
    is_short = 2 < len(message.split()) <= LONGEST and "\n" not in message and "{" not in message
    if not given or not question.stated_system or not is_short or question.language != "en":
        return value
    if question.material:
        return value
    if isinstance(value, list):
        return fill_rows(value, message)
    if not isinstance(value, dict):
        return value
    return {key: fill(key, item, value, message) for key, item in value.items()}


def fill(key: str, item: Any, row: dict[str, Any], message: str) -> Any:
    name = read_name(key)
    if isinstance(item, list):
        return fill_rows(item, message)
    if item is not None and not isinstance(item, str):
        return item
    is_said = isinstance(item, str) and len(item) > 2 and item.lower() in message.lower()
    if name == "name" and is_said and str(item)[:1].isupper() and not message.startswith(str(item)):
        return item
    if ACTION.match(name) and not is_said and "_" not in str(item):
        return read_verb(message) or item
    if SHOP.match(name) and not is_said and (shop := AT_SHOP.search(message)):
        return shop[1]
    if CATEGORY.match(name) and not is_said and (kind := FOR_WHAT.search(message)):
        return kind[1] if kind[1] not in NO_KIND else item
    if GOAL.match(name) and not is_said:
        return message[:1].upper() + message[1:].rstrip(" .!")
    is_task = SURE.match(name) is not None or (TASK.match(name) and DUE_KEYS & fold_keys(row))
    is_poor = item is None or not is_said or item.count(" ") == 0
    if is_task and is_poor:
        return write_task(message) or item
    return item


DUE_KEYS = frozenset("due due_date deadline date when time priority assignee done".split())


def fold_keys(row: dict[str, Any]) -> frozenset[str]:
    return frozenset(map(read_name, row))


def write_task(message: str) -> str:
    """Return what is to be done, without the words before it and without its time."""
    text = strip_leads(message.rstrip(" .!"))
    named = NAME.match(text)
    if named is not None and not is_common(named[0].split()[0]):
        lead = LEAD.match(text, named.end())
        rest = text[lead.end() :] if lead and len(lead[0].strip()) > 1 else ""
        text = rest.strip() or text
    text = WHEN.sub("", f" {text}").strip(" ,.")
    return text[:1].upper() + text[1:] if text else ""


def strip_leads(text: str) -> str:
    for _ in range(4):
        match = LEADS.match(text)
        if match is None or not match[0]:
            break
        text = text[match.end() :].lstrip(" ,")
    return text


def read_verb(message: str) -> str:
    """Return the verb of a command: "turn_on" for "turn the lights on"."""
    match = VERB.match(strip_leads(message))
    if match is None:
        return ""
    words = f"{match[1]} {match[2] or ''}".strip().lower() if " " not in match[1] else match[1]
    return words.lower().replace(" ", "_")


def fill_rows(rows: list[Any], message: str) -> list[Any]:
    """Return a row for each thing to do in a message."""
    first = rows[0] if rows else None
    if not isinstance(first, dict):
        return rows
    task = next((key for key in first if TASK.match(read_name(key))), None)
    others = fold_keys(first) & DUE_KEYS
    if task is None or not (others or SURE.match(read_name(task))):
        return rows
    parts = [part for part in PARTS.split(message) if len(part.split()) > 1]
    made = [make_row(first, task, part) for part in parts[:20]]
    return [row for row in made if row[task]] or rows


AT_HOUR = make_regex(r"\bat \d{1,2}\b(?!:)")
PLACES = frozenset("location place venue where".split())
CLOCKS = frozenset("time start start_time".split())


def make_row(like: dict[str, Any], task: str, part: str) -> dict[str, Any]:
    is_done = DONE_WORDS.search(part) is not None
    when = re.search(rf"\b({DAY})\b", part, re.I)
    place = AT_SHOP.search(part)
    clock = re.search(rf"{TIME.pattern}|(?<=\bat )\d{{1,2}}\b", part, re.I)
    what = part.replace(place[0], " ") if place and PLACES & fold_keys(like) else part
    what = AT_HOUR.sub(" ", what) if CLOCKS & fold_keys(like) else what
    row = {**like, task: write_task(PAST.sub("", strip_leads(what))).strip()}
    for key in like:
        name = read_name(key)
        if DONE.match(name) and isinstance(like[key], bool):
            row[key] = is_done
        elif DUE.match(name):
            row[key] = when[1] if when else None
        elif name in PLACES:
            row[key] = place[1] if place else None
        elif name in CLOCKS:
            row[key] = clock[0].strip() if clock else None
    return row
