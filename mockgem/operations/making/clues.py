"""What a text says that can be used in an answer: names, places, numbers, dates, quoted words, lists."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

QUOTED = re.compile(r"\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|`([^`\n]{1,200})`|(?<![\w'])'([^'\n]{1,200})'(?!\w)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(r"https?://[^\s)>\"']+")
TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?\b|\b\d{1,2}\s?[ap]m\b", re.IGNORECASE)
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
WRITTEN_DATE = re.compile(rf"\b(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?\b")
DAYS = """Monday Tuesday Wednesday Thursday Friday Saturday Sunday today tomorrow tonight yesterday""".split()
DAY = re.compile(rf"\b(?:next |this |last )?(?:{'|'.join(DAYS)})\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?!\w*[-:]\d)")
CAPITAL = r"[A-Z\u00c0-\u00de][\w'’-]*"
NAME = re.compile(rf"\b{CAPITAL}(?:\s(?:{CAPITAL}|de|van|von|of|the(?=\s[A-Z]))\b)*")
SPOT = rf"{CAPITAL}(?:[ -]{CAPITAL})*(?:,\s(?:[A-Z]{{2}}\b|{CAPITAL}(?:\s{CAPITAL})*(?=[.?!]|$)))?"
PLACES = re.compile(rf"\b(in|at|near|from|around|between|to|for|of)\s+(?:the\s)?({SPOT}(?:(?:,|,? and|,? or)\s{SPOT})*)")
NOUN = re.compile(r"\b(?:an?|the)\s+((?:[\w-]+\s){0,2}?[\w-]+)(?=\s+(?:on|in|at|for|with|from|by|to|of|that)\b|[.,;!?]|$)")
CALL = re.compile(r"\b([A-Za-z_]\w*)\(([^()]*)\)")
LIST = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")
LABELLED = re.compile(r"\b([A-Za-z_][\w ]{0,30}?)(?:\s*[:=]\s*|\s+(?:is|are|of|equals)\s+)([^\s,;][^,;\n]{0,80})")
NAMED = re.compile(rf"\b(?:named|called|titled)\s+(?:[\"“'`]([^\"”'`\n]{{1,100}})[\"”'`]|({CAPITAL}(?:\s{CAPITAL})*))")
NOT_NAMES = frozenset(
    """I I'm I'd I'll A An The What What's Who Whose Which When Where Why How Is Are Was Were Do Does Did Can Could
    Would Should Will Shall May Might Must Please Use Using Call Return Tell Give Get Find Show List Make Create
    Write Explain Describe Generate Summarize Translate Extract Say Name Let Let's If It It's In On At To From For
    With And But Or Not No Yes You Your We Our They Their He She His Her This That These Those There Here Then Now
    Hello Hi Hey Thanks Thank Implement Draw Add Set Send Search Book Check Compute Calculate Answer Reply Respond
    JSON My Me Nothing Have Has Had Be Go Look Think Compare Convert Count Plan Schedule Update Delete Remove Read
    Open Close Run Start Stop Help Today Tomorrow Yesterday Tonight True False""".split()
)
NOT_PLACES = frozenset(DAYS) | {day.capitalize() for day in DAYS}


@dataclass(slots=True)
class Clues:
    """What was found, in the order it stands in the text. Taking something moves it behind the rest."""

    text: str = ""
    quoted: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)
    literals: list[Any] = field(default_factory=list)

    def take(self, found: list[Any]) -> Any:
        """The first of a kind. It goes to the end, so that the next field gets the next one."""
        first = found.pop(0)
        found.append(first)
        return first


def clues_in(text: str) -> Clues:
    text = text[:20_000]
    urls, emails = URL.findall(text), EMAIL.findall(text)
    plain = EMAIL.sub(" ", URL.sub(" ", text))
    quoted = [next(filter(None, groups)) for groups in QUOTED.findall(plain)]
    dates = [match[0] for match in ISO_DATE.finditer(plain)] + [match[0] for match in WRITTEN_DATE.finditer(plain)]
    days = [match[0] for match in DAY.finditer(plain)]
    times = [match[0] for match in TIME.finditer(plain)]
    undated = TIME.sub(" ", WRITTEN_DATE.sub(" ", ISO_DATE.sub(" ", plain)))
    places, sure = places_in(undated)
    labels = {name.strip().lower(): value.strip(" .\"'`?!") for name, value in LABELLED.findall(plain)}
    for quote, name in NAMED.findall(plain):
        labels.setdefault("name", quote or name)
    people = [name for name in names_in(undated) if not any(name in place for place in sure)]
    return Clues(
        text=text,
        quoted=quoted,
        emails=emails,
        urls=urls,
        times=times,
        dates=dates + days,
        numbers=[number_of(match) for match in NUMBER.findall(undated)],
        places=places,
        people=people,
        nouns=[noun for noun in NOUN.findall(plain) if noun.split()[0].lower() not in ("a", "an", "the")],
        labels=labels,
        calls=dict(CALL.findall(plain)),
        literals=[value for match in LIST.findall(plain) if (value := literal(match)) is not None],
    )


def places_in(text: str) -> tuple[list[str], list[str]]:
    """Names that follow a word of place; second, those that can hardly be people ("in Oslo", but not "for Bob")."""
    found: list[str] = []
    sure: list[str] = []
    for word, names in PLACES.findall(text):
        for name in re.split(r",? (?:and|or) |,\s(?![A-Z]{2}\b)(?=.*\band\b)", names):
            if name.split()[0] not in NOT_NAMES and name not in NOT_PLACES:
                found.append(name)
                if word in ("in", "at", "near", "from", "around", "between"):
                    sure.append(name)
    return list(dict.fromkeys(found)), sure


def names_in(text: str) -> list[str]:
    """Runs of capitalised words that are names: not a sentence's first ordinary word, not a day."""
    found: list[str] = []
    for match in NAME.finditer(text):
        words = match[0].split()
        while words and words[0] in NOT_NAMES:
            words = words[1:]
        name = re.sub(r"['’]s$", "", " ".join(words))
        if name and name not in NOT_PLACES and name not in found and not (name.isupper() and len(name) < 3):
            found.append(name)
    return found


def number_of(text: str) -> float:
    value = float(text.replace(",", ""))
    return int(value) if value == int(value) and "." not in text else value


def literal(text: str) -> Any:
    """A JSON list or object that stands in the text."""
    try:
        return json.loads(text.replace("'", '"'))
    except (ValueError, RecursionError):
        return None
