"""Casual messages in professional sentences: "cant make it, lets do tmrw?" and the like."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.text_styles import FORMAL, change_words

GREETING = make_regex(
    r"\A\W*(?:hey|hi|hello|yo|hiya|heya|sup)\b(?: (?:there|guys|all|everyone|team|man|dude|bro|mate"
    r"|boss|folks))?(?P<name> (?-i:[A-Z][a-z]+))?[ ,!.]*",
    re.I,
)
SPLIT = make_regex(
    r"[.!?;]+\s+|\n+|,\s*(?:but |and |so |cause |cuz |bc |because )?(?=(?:i|i'm|im|ill|i'll|we|you"
    r"|u|it|its"
    r"|it's|lets|let's|can|cant|can't|could|gonna|something|sorry|sry|pls|please|plz|need|thx"
    r"|thanks"
    r"|thank|what|when|where|how|hope|let me|lmk|just|got|gotta|there|this|that|the|my)\b)"
    r"|\s+(?:but|so)\s+(?=(?:i|we|you|u|can|could|lets|let's|please|pls)\b)",
    re.I,
)
NOW = r"(?: (?P<soon>asap|right now|now|quickly|fast))?"
CLAUSES = tuple(
    (make_regex(rf"\W*(?:{pattern})\W*", re.I), formal)
    for pattern, formal in (
        (
            r"(?:i )?(?:can'?t|cannot|won'?t be able to|can not) (?:make it|come|attend)(?: to)?"
            r"(?P<a> .+)?",
            "unfortunately, I am unable to attend{a}",
        ),
        (
            r"(?:i )?(?:can'?t|cannot|can not) make (?P<a>.+)",
            "unfortunately, I am unable to attend {a}",
        ),
        (
            r"(?:because )?(?:something|smth|sth) (?:just )?came up",
            "something unexpected has come up",
        ),
        (
            r"(?:let'?s|can we|could we)(?: just)? (?:do|meet|move it to|make it|push it to"
            r"|reschedule"
            r"(?: it)? (?:to|for)|try|say) (?P<a>.+?)(?: instead)?",
            "could we reschedule for {a} instead?",
        ),
        (
            r"(?:i'?m |i am |i'?ll be |gonna be |i'?m gonna be )?(?:running )?late(?P<a> .+)?",
            "I will be arriving late{a}",
        ),
        (
            r"(?:i |we )?(?:really )?need (?P<a>(?:the|that|this|those|your|an?) .+?) (?:asap|now"
            r"|right"
            r" now|today|by (?P<b>.+))",
            "could you please send {a} {by}?",
        ),
        (
            r"(?:hey )?(?:can|could|would) (?:you|u|ya)(?: please| pls| plz)? (?P<a>.+)",
            "could you please {a}?",
        ),
        (r"(?:pls|plz|please) (?P<a>.+)", "could you please {a}?"),
        (
            r"(?:are )?(?:you|u) (?:free|around|available)(?P<a> .+)?",
            "would you be available{a}?",
        ),
        (
            r"(?:i'?m )?(?:so |really |super )?(?:sorry|sry) (?:for|about) (?P<a>.+)",
            "please accept my apologies for {a}",
        ),
        (r"(?:i'?m )?(?:so |really |super )?(?:sorry|sry|my bad)", "please accept my apologies"),
        (r"(?:let me know|lmk)(?P<a> .+)?", "please let me know{a}"),
        (
            r"(?:what'?s up|what'?s going on|what'?s the deal|any news) (?:with|on|about) "
            r"(?P<a>.+)",
            "could you please give me an update on {a}?",
        ),
        (
            r"(?:did|have) (?:you|u) (?:get|got|see|saw|seen|look at) (?P<a>.+)",
            "may I ask whether you have received {a}?",
        ),
        (
            r"(?:many )?(?:thx|thanks|ty|thank you|cheers)(?: a lot| so much| man| mate)?",
            "thank you",
        ),
        (
            r"(?:i'?m |i am )?(?:feeling )?(?:sick|ill)(?P<a> .+)?",
            "I am unwell{a}",
        ),
        (
            r"(?:so )?i (?:won'?t|wont|am not gonna|'?m not gonna|can'?t) (?:come in|be in"
            r"|work)(?P<a>"
            r" .+)?",
            "I will not be able to come in{a}",
        ),
        (r"(?:i )?got (?:your|ur) (?P<a>.+)", "I have received your {a}"),
        (
            r"(?:i )?(?:haven'?t|havent) (?:got|gotten|heard) (?P<a>.+)",
            "I have not yet received {a}",
        ),
        (
            r"i (?:don'?t|dont) (?:get|understand) (?P<a>.+)",
            "I would appreciate a clarification of {a}",
        ),
        (r"no worries|no prob(?:lem|s)?|all good", "that is not a problem"),
        (r"sounds good|ok(?:ay)?|cool|works for me", "that works well for me"),
        (r"what do (?:you|u) think", "I would appreciate your thoughts on this"),
        (
            r"(?P<a>.+) (?:sucks|is (?:crap|shit|garbage|trash|bad|terrible|awful))",
            "{a} does not meet my expectations",
        ),
        (r"(?:that|this)'?s (?:bullshit|bs|crap|ridiculous)", "I find this difficult to accept"),
    )
)
"""Casual clauses, and the same in a professional sentence; {a} is what stands in both."""


def write_professional(text: str) -> str:
    """Return a casual message in professional sentences; empty if no clause of it is known."""
    if "\n\n" in text.strip() or len(text) > MAX_MESSAGE:
        return ""
    greeting = GREETING.match(text)
    body = text[greeting.end() :] if greeting else text
    clauses = [one.strip(" ,.!") for one in SPLIT.split(body) if one and one.strip(" ,.!?")]
    changed = [change_clause(one) for one in clauses]
    if not any(changed):
        return ""
    said = [new or end_clause(old) for new, old in zip(changed, clauses, strict=True)]
    name = (greeting["name"] or "").strip() if greeting else ""
    opening = f"Dear {name}," if name else "Hello,"
    return f"{opening}\n\n{' '.join(said)}" if greeting else " ".join(said)


MAX_MESSAGE = 600


def change_clause(clause: str) -> str:
    """Return a clause as a professional sentence; empty for an unknown one."""
    for pattern, formal in CLAUSES:
        if match := pattern.fullmatch(clause):
            parts = {name: tidy(value or "") for name, value in match.groupdict().items()}
            by = f"by {parts['b']}" if parts.get("b") else "as soon as possible"
            return end_clause(formal.format(**{"a": "", **parts, "by": by}))
    return ""


def tidy(part: str) -> str:
    space = " " if part.startswith(" ") else ""
    return f"{space}{change_words(part.strip(' ,.!?'), PLAIN)}"


KEPT = ("get", "need", "help", "ask", "let me know", "hi", "hey", "hello")
PLAIN = {key: value for key, value in FORMAL.items() if key not in KEPT}


def end_clause(clause: str) -> str:
    """Return a clause with formal words, a capital and a full stop."""
    said = change_words(clause, PLAIN).strip()
    said = re.sub(r"\bi\b", "I", said)
    mark = "" if said.endswith(("?", ".", "!")) else "."
    return f"{said[:1].upper()}{said[1:]}{mark}"
