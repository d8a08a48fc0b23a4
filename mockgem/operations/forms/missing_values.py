"""What stands for a value that the given text lacks: "use null if a field is missing"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_lookup import find_in_text, has_kind

LACKS = (
    r"(?:missing|unknown|absent|unavailable|unspecified|unclear|empty|blank|(?:not|n['’]t"
    r"|isn['’]t|no)"
    r" ?(?:be )?(?:found|mentioned|present|provided|available|given|stated|known|specified|there|in"
    r"|appear\w*|contain\w*|exist\w*|determin\w*|include\w*))"
)
FILLER = (
    r"[\"'`“]?(?P<{0}>null|none|n/?a|unknown|not (?:found|specified|provided|available|mentioned)"
    r"|empty string|blank|-)(?![\w-])"
)
RULES = (
    make_regex(
        rf"\b(?:if|when|where"
        rf"|wherever)\b[^.\n]{{0,80}}?\b{LACKS}\b[^.\n]{{0,60}}?{FILLER.format('rule')}",
        re.I,
    ),
    make_regex(
        rf"{FILLER.format('rule')}[\"'`”]?,? (?:if|for|when|where|instead"
        rf" of)\b[^.\n]{{0,60}}?\b{LACKS}",
        re.I,
    ),
    make_regex(
        rf"\b{LACKS}\b(?: (?:ones?|fields?|values?|info\w*|data|details|keys?"
        rf"|parts?))?[^.\n]{{0,24}}?"
        rf"(?:\bas|\bto|=|\bwith|:|\bare|->|→|\bbe)\s(?:an? )?{FILLER.format('rule')}",
        re.I,
    ),
)
LOOKED_UP = make_regex(
    r"(?:^|_|\b)(?:e-?mail|phone|mobile|tel|telephone|fax|url|website|link|linkedin|github"
    r"|address|street"
    r"|zip|postcode|postal_code|iban|dob|date_of_birth|birthday|deadline|due_date|date)(?:$|_|\b)",
    re.I,
)
"""Fields whose value the text has, or that stay unknown."""


def find_filler(question: Question) -> str | None:
    """Return the word for a value that the text lacks, as the prompt spells it; else None."""
    if not question.material and not question.system:
        return None
    wish = OF_ONE_KEY.sub(" ", question.wish)
    match = next(filter(None, (rule.search(wish) for rule in RULES)), None)
    return match["rule"] if match else None


OF_ONE_KEY = make_regex(
    r"(?<=[\w\"'`]) ?\((?:null|none)(?:,)? (?:if|when) (?:it is |it['’]s )?(?:not )?(?:missing"
    r"|unknown|absent|given|found"
    r"|mentioned|present|provided|stated|available)\)",
    re.I,
)
"""What one key has in brackets: '"phone" (null if missing)'."""


def is_missing(name: str, question: Question) -> bool:
    """Return whether the text lacks the value of a field that it would have to give."""
    text = question.material or question.prompt[:4000]
    plain = name.lower().replace(" ", "_")
    is_looked_up = LOOKED_UP.search(name) is not None or has_kind(plain)
    return is_looked_up and not find_in_text(plain, text)


def mark_missing(value: Any, question: Question) -> Any:
    """Return an object with null, or what the prompt wants, for the values that the text lacks."""
    if not isinstance(value, dict):
        return value
    if (filler := find_filler(question)) is None:
        return mark_nullable(value, question)
    mark = {"null": None, "none": None, "empty string": "", "blank": ""}.get(filler.lower(), filler)
    given = (question.material or question.prompt[:4000]).lower()
    return {
        key: mark
        if isinstance(item, str) and (is_missing(key, question) or is_invented(item, given))
        else item
        for key, item in value.items()
    }


def mark_nullable(value: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object with null for what may be null and is not in the text: "string|null"."""
    wish = question.wish
    if "null" not in wish or not (question.material or question.system):
        return value
    return {
        key: None
        if isinstance(item, str)
        and (search_named(NULLABLE, key, wish) or search_named(NULL_IF, key, wish)) is not None
        and is_missing(key, question)
        else item
        for key, item in value.items()
    }


NULLABLE = make_regex(rf"{NAME}[\"']?\s?[:(]\s?[\"']?\w+\s?(?:\||or)\s?null", re.I)
"""The type of a field that may be null: "phone: string | null"."""


NULL_IF = make_regex(rf"{NAME}[\"'`]? ?\((?:null|none),? (?:if|when)\b", re.I)


def is_invented(item: str, given: str) -> bool:
    """Return whether a short value without digits is not in the text that should have it."""
    is_short = bool(item) and len(item.split()) < 4 and not re.search(r"\d", item)
    return is_short and item.lower() not in given
