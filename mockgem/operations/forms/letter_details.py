"""What labelled lines of a prompt say for a letter: its facts, and who writes it."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

DETAIL = make_regex(
    r"^[ \t]*(?:[-*•] )?(?P<name>[A-Z][a-z]+(?: [a-z]+){0,2}): (?P<value>[^\n]{1,60})$", re.M
)
NO_DETAILS = frozenset(
    "tone format style language length subject to from recipient sender name applicant signature"
    " audience topic include context note purpose email e-mail letter".split()
)
"""Labels of lines about the letter, which are not said in it."""
APPLICANT = make_regex(
    r"^[ \t]*(?:[Aa]pplicant|[Cc]andidate|[Mm]y name|[Ss]ender|[Ff]rom)\s?:"
    r" ?((?:[A-Z][\w'’-]+ ?){1,3})(?=[,.;\n]|\Z)",
    re.M,
)


PERSON = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"
BETWEEN = make_regex(
    rf"\bfrom (?P<writer>{PERSON}) to (?:(?:his|her|their|my|the|our) (?:[a-z]+ ){{1,2}})?"
    rf"(?P<reader>{PERSON})"
)
"""Who writes and who reads: "from Ada Hill to her manager Ben Cole"."""
LAST_DAY = make_regex(r"\blast (?:working )?day (?:is|will be) ([^.,;\n]{4,40})", re.I)


def find_reader(prompt: str) -> str:
    """Return to whom a letter goes, if the prompt also names who writes it."""
    match = find_people(prompt)
    return match["reader"] if match else ""


def find_people(prompt: str) -> re.Match[str] | None:
    """Return who writes to whom; not the two places of a flight or a parcel."""
    match = BETWEEN.search(prompt[:1000])
    return match if match and not JOURNEY.search(prompt[: match.start()]) else None


JOURNEY = make_regex(
    r"\b(?:flights?|trains?|bus|ferry|trip|journey|route|mov(?:e|ed|ing)|relocat\w+|transfer\w*"
    r"|parcel|package|shipment|delivery|travel\w*|drive|ticket|price|prices|rate|rates)\b"
    r"[^.,;\n]{0,30}\Z",
    re.I,
)
"""Words before two places: "flight LH12 from Berlin to Rome"."""


def state_details(prompt: str) -> str:
    """Return what labelled lines of a prompt state: "The order number is PO-7745."."""
    if day := LAST_DAY.search(prompt[:1000]):
        return f"My last working day will be {day[1].strip()}."
    found = [
        (one["name"].lower(), one["value"].strip(" ."))
        for one in DETAIL.finditer(prompt[:3000])
        if one["name"].split()[0].lower() not in NO_DETAILS
    ]
    return " ".join(f"The {name} is {value}." for name, value in found[:4])


def find_applicant(prompt: str) -> str:
    """Return the name of who writes, from a line such as "Applicant: Sofia Lindqvist, …"."""
    if between := find_people(prompt):
        return between["writer"]
    match = APPLICANT.search(prompt[:3000])
    return match[1].strip() if match else ""
