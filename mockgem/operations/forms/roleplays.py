"""Roles in which a message puts the assistant: "I want you to act as …. My first request is …"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply, form
from mockgem.operations.generators import prose

MAX_TEXT = 3_000
ROLE = make_regex(
    r"\A\W*(?:(?:i want you to|i would like you to|i'd like you to|please|can you|you will"
    r"|from now on,? you) )*"
    r"(?:act as|play the role of|pretend (?:to be|you are)|be) (?:an? |the |my |if you (?:are"
    r"|were) (?:an? )?)?"
    r"(?P<role>[^.,;:\n]{3,80})",
    re.I,
)
FIRST = make_regex(
    r"\bmy first (?:suggestion )?(?:request|question|sentence|message|topic|task|prompt|word"
    r"|statement)(?: is)?:?\s*"
    r"[\"“'‘](?P<said>[^\"”\n]{2,600}?)[\"”'’]\.?\s*\Z",
    re.I,
)
INTERVIEWER = make_regex(r"\binterviewer\b|\bhiring manager\b|\brecruiter\b", re.I)
POSITION = make_regex(
    r"\bfor (?:an? |the )?(?P<job>[^.,;\n]{3,60}?)(?: position| role| job)?(?=[.,;\n]|\Z| and )",
    re.I,
)
TRANSLATOR = make_regex(
    r"\b(English|German|French|Spanish|Italian|Portuguese|Dutch|Polish|Turkish|Russian|Japanese|Chinese"
    r"|Korean|Arabic|Hindi)\b[^.\n]{0,20}\btranslator\b",
    re.I,
)
GREETING = make_regex(r"\W*(?:hi|hello|hey|good (?:morning|afternoon|evening))\W*\Z", re.I)


@form(
    "role with a first request",
    "Act as an interviewer for a nurse position. Ask one question at a time. My first sentence is"
    ' "Hi".',
    words="act role pretend",
    about="what somebody in the role says to the first request",
)
def play_role(question: Question) -> str | None:
    prompt = question.prompt.strip()[:MAX_TEXT]
    role, first = ROLE.match(prompt), FIRST.search(prompt)
    if role is None or question.language != "en":
        return None
    said = first["said"].strip() if first else ""
    if INTERVIEWER.search(role["role"]) and (GREETING.match(said) or not said):
        return greet_candidate(prompt)
    if not said:
        return None
    if GREETING.match(said):
        return f"Hello! I'm your {shorten(role['role'])}. What can I do for you?"
    translated = TRANSLATOR.search(role["role"])
    if translated is not None:
        said = f"Translate into {translated[1]}: {said}"
    inner = question.restate(said, "")
    formed = find_reply(inner)
    return formed.text if formed is not None else prose.write_reply(said, question.random)


def greet_candidate(prompt: str) -> str:
    """Return the first words of an interviewer."""
    match = POSITION.search(prompt)
    job = f"the {match['job'].strip()} position" if match else "this position"
    return (
        f"Hello, and thank you for coming in today. Could you tell me a little about yourself and"
        f" why you"
        f" are interested in {job}?"
    )


def shorten(role: str) -> str:
    return re.split(r" (?:for|who|that|and|in) ", role.strip())[0]
