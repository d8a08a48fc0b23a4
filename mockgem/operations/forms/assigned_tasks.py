"""Tasks that a text gives to people: "Ada sends the offer by Friday" is owner, task, deadline."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import DAYS, NAME, is_common
from mockgem.operations.forms.sources import split_sentences

OWNER_KEYS = make_regex(
    r"(?:^|_)(?:owner|assignee|assigned_to|responsible|responsible_person|person|people|who|name"
    r"|wer|verantwortlich\w*|zuständig\w*|responsables?|encargad[oa]|persona|responsabile)$",
    re.I,
)
TASK_KEYS = make_regex(
    r"(?:^|_)(?:tasks?|actions?|items?|todos?|to_do|description|what|title|summary|was|aufgaben?"
    r"|tareas?|tâches?|azione|attività|compito)$",
    re.I,
)
DATE_KEYS = make_regex(
    r"(?:^|_)(?:deadlines?|due|due_date|due_by|date|when|by|frist|bis|termin|fecha|fecha_límite"
    r"|plazo|échéance|scadenza)$",
    re.I,
)
DAY = (
    r"(?:(?:next |this |nächsten |kommenden )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur"
    r"|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lunes|martes|miércoles|jueves"
    r"|viernes|lundi|mardi|mercredi|jeudi|vendredi|tomorrow|today|tonight|morgen|heute|mañana"
    r"|demain|eod|eow|(?:the )?end of (?:the |this |next )?(?:day|week|month|quarter|year)"
    r"|next (?:week|month)|nächste woche|ende (?:der woche|des monats)|\d{4}-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?|(?:the )?\d{1,2}(?:st|nd|rd"
    r"|th)\b(?! (?:of )?[a-z]{3,9}\b)|\d{1,2}(?:st|nd|rd|th|\.)? (?:of )?[a-zä]{3,9}(?: \d{4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?)"
)
DEADLINE = make_regex(
    r",?\s(?:by|before|until|till|due|on|no later than|bis(?: zum)?|vor|am|antes del?|para el"
    rf"|hasta el|avant|pour|d'ici|entro)\s((?:the |le |el )?{DAY})(?![\w])",
    re.I,
)
"""A day after a word such as "by"."""
AGENT = make_regex(r"\b(?:by|von|por|par|da)\s(?=[A-ZÀ-Þ])")
LEAD = make_regex(
    r"(?:,|:|\s[-–])?\s?(?:(?:is (?:going|supposed) to|has agreed to|agreed to|agrees to"
    r"|promised to|volunteered to|offered to|needs? to|has to|have to|will|shall|should|must|to"
    r"|can|is|wird|soll|muss|va a|debe|doit|va)\s)?",
    re.I,
)
"""What stands between a name and the task."""


def find_tasks(fields: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """Return a row for each task in a text; empty if the fields have no owner and no task."""
    owner = next(filter(OWNER_KEYS.search, map(fold, fields)), None)
    task = next(filter(TASK_KEYS.search, map(fold, fields)), None)
    if owner is None and task is not None:
        return find_commands(fields, task, text)
    if owner is None or task is None or owner == task:
        return []
    due = next((name for name in map(fold, fields) if DATE_KEYS.search(name)), "")
    found = [row for sentence in split_sentences(text) if (row := read_task(sentence))]
    if len(found) < 2:
        return []
    names = {owner: 0, task: 1, due: 2}
    return [{key: row[names[fold(key)]] for key in fields if fold(key) in names} for row in found]


COMMAND = make_regex(
    r"\W*(?:(?:i |we )?(?:need|have|want) to |remember to |don't forget to |please )?((?:call|buy"
    r"|finish|send|write|book|pay|clean|prepare|pick up|submit|fix|update|review|schedule|order"
    r"|email|print|check|cancel|renew|return|water|visit|plan|complete|organi[sz]e|read|contact"
    r"|get|make|meet|ask)\b[^\n]{2,120})",
    re.I,
)


def find_commands(fields: dict[str, Any], task: str, text: str) -> list[dict[str, Any]]:
    """Return a row for each thing to do in "Call the dentist tomorrow, buy milk and …"."""
    due = next((name for name in fields if DATE_KEYS.search(fold(name))), "")
    parts = re.split(r"[,;.]\s+(?:and |then )?|\s[-–]\s|\sand\s(?=[a-z]+ )", text[:4000])
    rows = []
    for match in filter(None, map(COMMAND.match, parts)):
        day = re.search(rf"\s(?:(?:by|on|before|until|next) )?({DAY})\b", match[1], re.I)
        plain = f"{match[1][: day.start()]}{match[1][day.end() :]}" if day else match[1]
        plain = plain.strip(" .,")
        row = {task: plain[:1].upper() + plain[1:]}
        rows.append(row | ({due: day[1] if day else None} if due else {}))
    return rows if len(rows) > 1 else []


FIRST_PERSON = make_regex(r"I['’](?:ll|m|d|ve)\Z")


def fold(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def read_task(sentence: str) -> tuple[str, str, str | None] | None:
    """Return who does what by when; None for a sentence that gives no task to a person."""
    match = NAME.match(sentence)
    is_active = match is not None and not is_common(match[0].split()[0])
    agent = None if is_active else AGENT.search(sentence)
    named = match if is_active else NAME.match(sentence, agent.end()) if agent else None
    if named is None or named[0].lower() in DAYS:
        return None
    rest = sentence[named.end() :] if is_active else sentence
    due = DEADLINE.search(rest)
    rest = f"{rest[: due.start()]}{rest[due.end() :]}" if due else rest
    rest = (rest[LEAD.match(rest).end() :] if is_active else rest).strip(" .;,")  # type: ignore[union-attr]
    if len(rest.split()) < 2:
        return None
    name = "I" if FIRST_PERSON.match(named[0]) else named[0]
    return name, rest[:1].upper() + rest[1:], due[1] if due else None
