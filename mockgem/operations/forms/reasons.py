"""Reasons for the last reply: "Why?" after "Is it bad to drink coffee before bed?"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

ASKED = make_regex(
    r"(?:\A|[.!?,] )\W*(?:is it (?:really |so |that )?\w+ (?:for \w+ )?to|(?:should|can|may|could"
    r"|must"
    r"|do) (?:i|we|you|people)(?: really| ever)?(?: have to| need to)?|why should (?:i|we)"
    r"|is it \w+ if"
    r" (?:i|we|you)) (?P<verb>[a-z]{2,16})(?P<rest> [^?\n]{2,100})?\?",
    re.I,
)
AGAINST = make_regex(
    r"\b(?:no|not|avoid|better not|safer|never|shouldn['’]t|don['’]t|bad|risky|dangerous"
    r"|yes, it is better"
    r" to avoid)\b",
    re.I,
)
DOUBLED = frozenset("run get put sit swim cut stop plan shop quit let set hit jog nap".split())


def add_ing(verb: str) -> str:
    """Return the form of a verb that ends in "ing"."""
    verb = verb.lower()
    if verb in DOUBLED:
        return f"{verb}{verb[-1]}ing"
    is_silent = verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and len(verb) > 2
    return f"{verb[:-1] if is_silent else verb}ing"


def give_reason(asked: str, reply: str) -> tuple[str, str]:
    """Return a sentence with a reason, and what it is about; both empty for other questions."""
    match = ASKED.search(asked)
    if match is None:
        return "", ""
    rest = re.sub(r"\bmy\b", "your", (match["rest"] or "").strip(" ?"))
    rest = keep_chosen(rest, reply[:300])
    about = f"{add_ing(match['verb'])} {rest}".strip()
    if AGAINST.search(reply[:300]):
        return f"Because {about} often causes more trouble than it is worth.", rest or about
    return f"Because {about} usually pays off in the long run.", rest or about


EITHER = make_regex(r"\b(\w{2,20}) or (\w{2,20})\b", re.I)


def keep_chosen(rest: str, reply: str) -> str:
    """Return "coffee after breakfast" for "coffee before or after breakfast", as a reply says."""
    match = EITHER.search(rest)
    if match is None:
        return rest
    said = [word for word in match.groups() if re.search(rf"\b{re.escape(word)}\b", reply, re.I)]
    return rest.replace(match[0], said[0]) if len(said) == 1 else rest
