"""The last message with what its writer wants to change: "make it Wednesday", "add that …"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sentence_ends import end
from mockgem.operations.forms.told_messages import capitalise_days

MAX_PROMPT = 200
MAX_MESSAGE = 1_500
LEAD = (
    r"\A\W*(?:(?:ok|okay|good|great|nice|perfect|thanks|thank you|thx|cool|yes|now|and|so|then"
    r"|please|also|but|can you|could you|what about|how about)\b[,.! ]{0,3}){0,4}"
)
"""The words with which a follow-up begins, in front of what it wants."""
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|today"
TIME = r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m\b| o['’]clock)?"
MOVES = make_regex(
    rf"{LEAD}(?:make (?:it|that)|change (?:it|that|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|the day) to|move (?:it|that) to) (?:on )?(?P<day>{DAY})\b(?: at (?P<time>{TIME}))?",
    re.I,
)
ADDS = make_regex(
    rf"(?:{LEAD}|\band (?:also )?)(?:add|mention|include|tell (?:him|her|them))(?: also)?(?: that"
    r"| the fact that)(?P<said> [^.\n]{4,140})",
    re.I,
)
ASKS = make_regex(
    r"\b(?:and|also) (?:please )?ask (?:(?:him|her|them) )?(?P<link>for|if"
    r"|whether) (?P<said>[^.\n]{4,120})",
    re.I,
)
DAY_WORD = make_regex(rf"\b(?:{DAY})\b", re.I)
SIGN_OFF = make_regex(
    r"\n(?:kind|best|warm|many)?[ \t]?(?:regards|wishes|thanks|cheers|sincerely|love"
    r"|yours|best)\b[^\n]{0,30}(?:\n[^\n]{0,40})?\Z",
    re.I,
)
LAST_REQUEST = make_regex(
    r"\s(?:please let me know|let me know|could (?:you|we)|thank you|thanks"
    r"|looking forward)\b[^.!?]*[.!?]\s*\Z",
    re.I,
)


OTHER_WISH = make_regex(
    r"\b(?:shorter|longer|formal|casual|friendlier|function|method|class|column|field|row|bullet"
    r"|table|code)\b",
    re.I,
)
HAS_LAYOUT = make_regex(r"```|^\s*(?:[-*|#]|\d+\.)", re.M)
CLAUSE = make_regex(
    r"(?:i|we|you|he|she|it|they|there|my|our|the|this|[A-Z][\w'’-]+)(?: [\w'’-]+){0,4}? (?:am|is"
    r"|are|was|were|will|can|could"
    r"|would|should|have|has|had|need|needs|want|wants|covers?|takes?|comes?|bring|brings|cannot"
    r"|can['’]t|won['’]t)\b"
)
"""A clause with a subject and a verb, which a message can tell."""


@form(
    "changed message",
    needs="earlier",
    about='the last message with another day or one more sentence: "add that Ann covers for me"',
)
def change_message(question: Question) -> str | None:
    prompt = question.prompt.strip()
    replies = question.list_said("model")
    if not replies or question.language != "en" or len(prompt) > MAX_PROMPT or question.material:
        return None
    text = replies[-1].strip()
    moved, added, asked = MOVES.search(prompt), ADDS.search(prompt), ASKS.search(prompt)
    if not (moved or added or asked) or (moved and not DAY_WORD.search(text)):
        return None
    if len(text) > MAX_MESSAGE or HAS_LAYOUT.search(text):
        return None
    if OTHER_WISH.search(prompt) or (added and not CLAUSE.match(added["said"].strip())):
        return None
    if moved:
        day = capitalise_days(moved["day"].lower())
        before = (
            r"\bon " if day.startswith(("to",)) and re.search(rf"\bon (?:{DAY})\b", text) else ""
        )
        text = re.sub(rf"{before}(?:{DAY})\b", day, text, count=count_days(text), flags=re.I)
        if moved["time"]:
            text = re.sub(rf"\bat {TIME}", f"at {moved['time'].strip()}", text, flags=re.I)
    if added:
        text = insert(text, end(capitalise(capitalise_days(added["said"].strip()))))
    if asked:
        text = insert(text, write_request(asked["link"].lower(), asked["said"].strip()))
    return text


def count_days(text: str) -> int:
    """Return how many days of a message change: all if it names one day only, else the first."""
    return 0 if len({one.lower() for one in DAY_WORD.findall(text)}) == 1 else 1


def write_request(link: str, said: str) -> str:
    if link == "for":
        return f"Could I please have {capitalise_days(said)}?"
    return f"Could you please tell me {link} {capitalise_days(said)}?"


def insert(text: str, sentence: str) -> str:
    """Return a message with one more sentence, before its last request and its closing."""
    closing = SIGN_OFF.search(text)
    body, rest = (text[: closing.start()], closing[0]) if closing else (text, "")
    rest = f"\n{rest}" if body.endswith("\n") else rest
    if request := LAST_REQUEST.search(body):
        return f"{body[: request.start()].rstrip()} {sentence}{request[0].rstrip()}{rest}"
    return f"{body.rstrip()} {sentence}{rest}"
