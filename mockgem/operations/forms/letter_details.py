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


def state_details(prompt: str) -> str:
    """Return what labelled lines of a prompt state: "The order number is PO-7745."."""
    found = [
        (one["name"].lower(), one["value"].strip(" ."))
        for one in DETAIL.finditer(prompt[:3000])
        if one["name"].split()[0].lower() not in NO_DETAILS
    ]
    return " ".join(f"The {name} is {value}." for name, value in found[:4])


def find_applicant(prompt: str) -> str:
    """Return the name of who writes, from a line such as "Applicant: Sofia Lindqvist, …"."""
    match = APPLICANT.search(prompt[:3000])
    return match[1].strip() if match else ""
