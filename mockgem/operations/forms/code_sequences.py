"""Sequence diagrams of Mermaid: who calls whom in a prompt."""

from __future__ import annotations

import re
from itertools import pairwise

from mockgem.operations.forms.lazy_patterns import make_regex

PARTICIPANTS = make_regex(
    r"(?::|\bbetween(?: an?| the)?|\bparticipants?:?|\bwith)\s((?:(?:an? "
    r"|the )?[A-Z]\w*(?: [A-Z]\w*)?(?:, | and |, and )){1,8}"
    r"(?:an? |the )?[A-Z]\w*)"
    r"|\bbetween (?:an? |the )?(\w+)(?:, (?:an? |the )?(\w+))? and (?:an? |the )?(\w+)"
)
LISTED = make_regex(
    r"(?::|\bbetween|\bparticipants|\bactors|\bwith) ?"
    r"((?:(?:an? |the )?[a-z]\w*(?: [a-z]\w*)?(?:, and |, | and )){1,8}(?:an? |the "
    r")?[a-z]\w*(?: [a-z]\w*)?)"
    r"(?=[.\n]|\Z)",
    re.I,
)


def list_participants(text: str) -> list[str]:
    """Return the participants of a sequence that a text names."""
    match = PARTICIPANTS.search(text)
    if match is None:
        listed = LISTED.search(text)
        parts = re.split(r",? and |, ", listed[1]) if listed else []
        return [name_participant(re.sub(r"^(?:an?|the) ", "", one.strip())) for one in parts]
    if match[1]:
        return [
            re.sub(r"^(?:an?|the) ", "", one).replace(" ", "")
            for one in re.split(r",? and |, ", match[1])
        ]
    return [one[:1].upper() + one[1:] for one in match.groups()[1:] if one]


def name_participant(words: str) -> str:
    """Return the name of a participant without blanks: "auth server" is AuthServer."""
    return "".join(word[:1].upper() + word[1:] for word in words.split())


def write_named_sequence(names: list[str], text: str) -> str:
    """Return a sequence of calls from the first participant to the last, and back."""
    asked, answered = next(
        (said for pattern, said in MESSAGES if pattern.search(text)),
        (("Send request",), ("Return result",)),
    )
    pairs = list(pairwise(names))
    rows = [f"    participant {name}" for name in names]
    rows += [f"    {a}->>{b}: {asked[min(at, len(asked) - 1)]}" for at, (a, b) in enumerate(pairs)]
    rows += [
        f"    {b}-->>{a}: {answered[min(at, len(answered) - 1)]}"
        for at, (a, b) in enumerate(reversed(pairs))
    ]
    return "sequenceDiagram\n" + "\n".join(rows)


MESSAGES = (
    (
        make_regex(r"\blog(?:ging|s)? ?in\b|\blogin\b|\bsign(?:ing|s)? ?in\b|authenticat", re.I),
        (
            ("Enter user name and password", "Check the credentials", "Find the user"),
            ("User found", "Access token", "Show the start page"),
        ),
    ),
    (
        make_regex(r"\border|\bcheckout\b|\bpurchas|\bbuy", re.I),
        (("Place order", "Create order", "Save order"), ("Order saved", "Order confirmed")),
    ),
    (
        make_regex(r"\bpay(?:s|ment|ing)?\b", re.I),
        (("Pay", "Charge the card", "Book the amount"), ("Booked", "Payment confirmed")),
    ),
    (
        make_regex(r"\bregist|\bsign(?:ing|s)? ?up\b", re.I),
        (("Enter name and e-mail", "Create account", "Save user"), ("Saved", "Account created")),
    ),
    (
        make_regex(r"\bupload", re.I),
        (("Choose file", "Upload file", "Store file"), ("Stored", "File address")),
    ),
)
"""What participants send and answer, from the first to the last and back."""


DIAGRAM_OF = make_regex(
    r"\A[^.\n:]{0,60}?\b(?:sequence ?diagram|diagram|chart)\b[^.\n:]{0,24}?\b(?:in which|where"
    r"|that shows(?: how)?|showing(?: how)?|when|of(?: how)?|which shows(?: how)?|for) ",
    re.I,
)
"""The words before the calls: "Draw a Mermaid sequence diagram in which"."""
CLAUSE = make_regex(
    r"\b(?:the |an? )?([A-Z][A-Za-z]*(?: (?:[A-Z][A-Za-z]*))?) ([a-z][a-z ]{1,40}?) (?:the "
    r"|an? )?([A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)?)\b"
)


def list_named_calls(text: str) -> list[tuple[str, str, str]]:
    """Return the calls in "User logs in via Frontend, Frontend calls API": who, what, whom."""
    rest = text.rpartition(":")[2] if ":" in text else DIAGRAM_OF.sub("", text, count=1)
    clauses = re.split(r"[,.;\n]|\bthen\b|\band\b", rest)
    found = [match.groups() for clause in clauses if (match := CLAUSE.search(clause))]
    calls = [(a, LAST_PREPOSITION.sub("", b), c) for a, b, c in found if a != c]
    return calls if len(found) > 1 else []


LAST_PREPOSITION = make_regex(r" (?:to|in|into|from|with|via|at|against|through|on|for)\Z")


KINDS = (
    r"(?:server|service|gateway|database|db|app|store|client|api|system|queue|provider|side|end)"
)
ACTOR = make_regex(
    rf"(?:then |finally |next |first )?(?:(?:the|an?|my|our) )?([a-z]\w*(?: {KINDS})?) "
    r"(?!is\b|was\b|has\b)([a-z]+s)(?: (.*))?\Z",
    re.I,
)
VERB = make_regex(r"(?:then |finally )?([a-z]+s)(?: (.*))?\Z")
TARGET = make_regex(
    rf"^(.*?)\s?\b(?:to|in|into|from|with|via|at|against|through) (?:the |an? |its "
    rf")?(\w+(?: {KINDS})?)\Z",
    re.I,
)
RETURNS = make_regex(r"(?:return|respond|repl(?:y|ie)|answer|send)s?\b")
CALLS = make_regex(r"(?:quer(?:y|ie)|call|ask|contact|notif(?:y|ie)|invoke|update|read)s?\Z")
Call = tuple[str, str, str]


def list_told_calls(text: str) -> list[Call]:
    """Return the calls in "the client sends a request to the API, which checks it and returns"."""
    clauses = re.split(
        r"[,.;\n]|\b(?:then|and|which|where|when|showing how|showing|in which)\b",
        text.rpartition(":")[2],
    )
    calls: list[Call] = []
    for clause in filter(None, map(str.strip, clauses)):
        actor, verb = ACTOR.match(clause), VERB.match(clause)
        if actor is not None:
            who, act, rest = actor[1], actor[2], actor[3] or ""
        elif verb is not None and calls:
            who, act, rest = calls[-1][0], verb[1], verb[2] or ""
        else:
            continue
        calls.append(aim_call(who, act, rest, calls))
    names = {name.lower() for first, _, last in calls for name in (first, last)}
    return calls if len(calls) > 1 and len(names) > 1 else []


def aim_call(who: str, act: str, rest: str, calls: list[Call]) -> Call:
    """Return a call with its target: the one behind "to", one known before, or the last caller."""
    known = {name.lower(): name for first, _, last in calls for name in (first, last)}
    known |= {name.lower().split()[-1]: name for name in known.values()}
    target = TARGET.match(rest)
    if target is not None:
        whom, what = known.get(target[2].lower(), target[2]), f"{act} {target[1]}".strip()
        return known.get(who.lower(), who), what, whom
    direct = re.sub(r"^(?:the|an?) ", "", rest).lower()
    if direct in known:
        return known.get(who.lower(), who), act, known[direct]
    if CALLS.match(act) and len(direct.split()) == 1 and direct.isalpha():
        return known.get(who.lower(), who), act, direct
    callers = [first for first, _, last in calls if last.lower() == who.lower() and first != last]
    whom = callers[0] if callers and RETURNS.match(act) else who
    return known.get(who.lower(), who), f"{act} {rest}".strip(), known.get(whom.lower(), whom)


def write_calls(calls: list[Call]) -> str:
    """Return a sequence diagram of some calls."""
    names = dict.fromkeys(name for first, _, last in calls for name in (first, last))
    rows = []
    for name in names:
        shown = f"{name[:1].upper()}{name[1:]}"
        alias = f" as {shown}" if " " in name else ""
        rows.append(f"    participant {name_participant(name)}{alias}")
    rows += [
        f"    {name_participant(a)}{'-->>' if RETURNS.match(b) and 'send' not in b else '->>'}"
        f"{name_participant(c)}: {b}"
        for a, b, c in calls
    ]
    return "sequenceDiagram\n" + "\n".join(rows)


def write_sequence(text: str) -> str:
    """Return the sequence diagram that a text describes."""
    if calls := list_named_calls(text) or list_told_calls(text):
        return write_calls(calls)
    names = list_participants(text)
    return write_named_sequence(names if len(names) > 1 else ["User", "App", "Server"], text)
