"""Greetings before the first sentence of a message, which are not part of what it says."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

SALUTATION = make_regex(
    r"\A[\"'“‘„«]?\s?(?:(?:hi|hey|hello|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?"
    r"|guten (?:tag|morgen)|hola|querid[oa]s?|estimad[oa]s?|bonjour|cher|chère|chers|ciao|cara|caro"
    r"|gentile|olá|prezad[oa])\b(?: (?:all|team|everyone|there|both|guys|zusammen|alle|a todos"
    r"|à tous|(?-i:[A-ZÀ-Þ])[\w.'’-]+)){0,3}\s?[,!:–-]+\s?)",
    re.I,
)
"""The greeting before the first sentence of a message: "Hi Jonas, please …"."""


def strip_salutation(sentence: str) -> str:
    """Return a sentence of a message without the greeting and a quotation mark that stays open."""
    rest = SALUTATION.sub("", sentence, count=1)
    if len(rest.split()) < 2:
        return sentence
    if rest.partition(" ")[0].isalpha() and rest[1:2].islower():
        rest = f"{rest[:1].upper()}{rest[1:]}"
    for mark in "\"'“‘„«":
        if rest.startswith(mark) and not rest.rstrip(".!? ").endswith(CLOSING[mark]):
            rest = rest[1:].lstrip()
    if rest[-1:] in "\"'”" and rest.count(rest[-1]) % 2 and rest[:-1].endswith((".", "!", "?")):
        rest = rest[:-1]
    return rest if rest == sentence else f"{rest[:1].upper()}{rest[1:]}"


CLOSING = {'"': '"', "'": "'", "“": "”", "‘": "’", "„": "“", "«": "»"}
