"""Messages judged by the rules of a moderator: "no insults, no spam, no personal data"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sentiment import INSULTS

MAX_TEXT = 6_000
REFUSES = make_regex(
    r"(?:violat\w*|violation|block(?:ed)?|reject(?:ed)?|forbid(?:den)?|flag(?:ged)?|remov\w*"
    r"|delet\w*|den(?:y|ied)|unsafe|disallow(?:ed)?|fail(?:ed)?|hide|ban|not allowed|breaks?)\Z",
    re.I,
)
ALLOWS = make_regex(
    r"(?:ok|okay|allow(?:ed)?|approv\w*|accept(?:ed)?|pass(?:ed)?|safe|keep|clean|fine|permitted"
    r"|publish|no violation|none)\Z",
    re.I,
)
RULE = make_regex(r"\bno (?P<what>[a-z][a-z -]{2,40}?)(?=[,.;\n)\"'”]| and | or |\Z)", re.I)
"""A rule of a moderator: "no personal data"."""
PHONE = r"\+?\d[\d /().-]{6,18}\d"
MAIL = r"[\w.+-]+@[\w-]+\.[\w.]{2,20}"
ADVERTISES = (
    r"\b(?:buy|order|shop|visit|click|subscribe|follow)\b[^.\n]{0,40}\b(?:now|today|here|link|shop"
    r"|site|channel|followers|page|offers?)\b|\b\d{1,2} ?% off\b|\blimited (?:offer|time)\b"
    r"|\bfree (?:money|gift|trial|followers)\b|\bpromo(?:tion)? code\b|\bcheap \w+"
    r"|\bhttps?://|\bwww\.|!{3}"
)
SIGNS = tuple(
    (make_regex(what, re.I), make_regex(sign, re.I))
    for what, sign in (
        (r"insult|offens|abus|hate|harass|threat|rude|profan|swear|toxic", rf"\b(?:{INSULTS})\b"),
        (r"spam|advert|promotion|commercial|self-promo", ADVERTISES),
        (r"phone|telephone", PHONE),
        (r"e-?mail", MAIL),
        (
            r"personal|private|contact",
            rf"{PHONE}|{MAIL}|\b\d{{1,4}} [A-Z]\w+ (?:street|road|avenue|lane)\b",
        ),
        (r"links?|urls?", r"\bhttps?://|\bwww\.|\b\w+\.(?:com|net|org|io)\b"),
        (r"caps|shouting", r"\b(?-i:[A-Z]{4,} [A-Z]{4,})\b"),
    )
)


def judge_by_rules(labels: list[str], text: str, whole: str) -> str:
    """Return the label for a message that keeps or breaks the rules; empty without rules."""
    if len(labels) != 2:
        return ""
    refuses = [one for one in labels if REFUSES.match(one)]
    allows = [one for one in labels if ALLOWS.match(one)]
    if len(refuses) != 1 or len(allows) != 1 or refuses == allows:
        return ""
    rules = list_rules(whole)
    if not rules or not any(what.search(rule) for rule in rules for what, _ in SIGNS):
        return ""
    return refuses[0] if find_broken(rules, text) else allows[0]


def list_rules(whole: str) -> list[str]:
    """Return what the rules in a prompt forbid: "insults", "personal data"."""
    return [match["what"] for match in RULE.finditer(whole[:MAX_TEXT])]


def find_broken(rules: list[str], text: str) -> str:
    """Return the rule that a message breaks; empty without one."""
    for rule in rules:
        for what, sign in SIGNS:
            if what.search(rule) and sign.search(text[:MAX_TEXT]):
                return rule
    return ""
