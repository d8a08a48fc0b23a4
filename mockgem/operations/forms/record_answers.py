"""Answers from a record in the system instruction: lines such as "departure: 2025-09-03"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

LINE = make_regex(
    r"^[ \t]*(?:[-*•] )?([A-Za-z][\w /-]{1,30}?)[ \t]*[:=][ \t]+(\S[^\n]{0,200})$", re.M
)
ASKS = make_regex(
    r"\b(?:what|when|where|which|who|how (?:much|many|long|old)|is|are|do|does|can|tell me)\b", re.I
)
FAMILIES = (
    "departure depart departs leave leaves leaving flight start starts",
    "arrival arrive arrives land lands",
    "baggage luggage bag bags suitcase",
    "destination going travel travelling fly flying",
    "booking reservation reference confirmation",
    "name called customer",
    "email mail e-mail address",
    "phone telephone number call mobile",
    "plan subscription tariff package",
    "price cost costs pay fee amount total",
    "status state",
    "balance owe",
    "delivery deliver arrives shipping shipped",
    "birthday born birth age",
    "seat seats",
    "hotel stay staying room",
    "check-in checkin",
    "check-out checkout",
    "renewal renew renews expire expires expiry",
)
KEYS = {word: family.split()[0] for family in reversed(FAMILIES) for word in family.split()}
MAX_PROMPT = 300
MOST = 4


@form(
    "answer from a record",
    words="record customer booking order account profile data information user details",
    about="the lines of a record in the system instruction that a question asks for",
)
def answer_from_record(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if not question.stated_system or len(prompt) > MAX_PROMPT or question.language != "en":
        return None
    if "{" in question.stated_system or not ASKS.search(prompt) or question.material:
        return None
    rows = LINE.findall(question.stated_system)
    asked = {fold(word) for word in re.findall(r"[\w-]+", prompt.lower())}
    found = [(key, value) for key, value in rows if asked & {fold(word) for word in split(key)}]
    if len(rows) < 3 or not found or len(found) > MOST:
        return None
    if question.is_terse:
        return "\n".join(value.strip() for _, value in found)
    parts = [f"your {key.strip().lower()} is {value.strip(' .')}" for key, value in found]
    said = f"{', '.join(parts[:-1])}, and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{said[:1].upper()}{said[1:]}."


def split(key: str) -> list[str]:
    return [word for word in re.split(r"[\s_/-]+", key.lower()) if len(word) > 2]


def fold(word: str) -> str:
    """Return the first word of a family of words with one meaning."""
    return KEYS.get(word, word.rstrip("s"))
