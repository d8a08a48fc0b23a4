"""Short wishes for a translation that name the text and the language, but no verb for it."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.lazy_patterns import make_regex

SAY_IN = make_regex(
    r"\A\W*(?:(?:please|can you|could you|bitte|hey|ok) ){0,2}(?:say|sage?|dis|di|diga|dimmi|zeg"
    r"|powiedz|скажи|söyle) (?!only\b|just\b|yes\b|no\b|nothing\b)([^\n:]{2,80}?)"
    r" (?:in|auf|en|in het|po|на) ([^\W\d_]{3,14})\W*\Z",
    re.I,
)
"""A short text to say in another language, without marks around it."""


def find_said(prompt: str) -> str:
    """Return the text in "say good morning in Turkish"; empty for another prompt."""
    return split_said(prompt)[0]


def split_said(prompt: str) -> tuple[str, str]:
    """Return a text to say in a language, and the code of that; empty for another prompt."""
    if len(prompt) > MAX_QUOTED:
        return "", ""
    text = prompt.strip()
    said = SAY_IN.match(prompt) if len(prompt) < MAX_SAID else None
    found = said or QUOTED_IN.fullmatch(text) or ARROW.fullmatch(text)
    if found:
        given, name = found[1], found[2].lower()
    elif found := NAMED_FIRST.match(prompt):
        given, name = found[2], found[1].lower()
    else:
        return "", ""
    return (given.strip(" \"'“”‘’"), CODES[name]) if name in CODES else ("", "")


QUOTED_IN = make_regex(
    r"[\"“„«]([^\"“”„«»\n]{2,900})[\"”“»],?\s{1,2}(?:-\s)?(?:in|into|to|auf|en|in het|po|na|ins)"
    r" ([^\W\d_]{3,14})(?: language)?(?:,? (?:please|pls|plz|bitte|thanks|thx))?[.?!]{0,2}",
    re.I,
)
"""A quoted text with the language after it."""
NAMED_FIRST = make_regex(
    r"\A\W{0,3}(?:(?:please|pls|hey|ok|now) )?(?:in)?to ([^\W\d_]{3,14})(?: please| pls)?\s?"
    r"[:>-]\s?([^\n]{2,900})\s*\Z",
    re.I,
)
"""A language with the text after it: "to Dutch: good morning"."""
ARROW = make_regex(
    r"([^\n>→]{3,900}?)\s?(?:[-=]>|→)\s?(?:in |to |into )?([^\W\d_]{3,14})(?: please| pls)?\W{0,2}"
)
"""A text with an arrow to the language: "good morning -> Spanish"."""
MAX_QUOTED = 1000
MAX_SAID = 120
