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
    match = SAY_IN.match(prompt) if len(prompt) < MAX_SAID else None
    if match and match[2].lower() in CODES:
        return match[1].strip(" \"'“”‘’")
    if len(prompt) > MAX_QUOTED:
        return ""
    if (match := QUOTED_IN.fullmatch(prompt.strip())) and match[2].lower() in CODES:
        return match[1]
    if (match := ARROW.fullmatch(prompt.strip())) and match[2].lower() in CODES:
        return match[1].strip()
    match = NAMED_FIRST.match(prompt)
    return match[2].strip(" \"'“”‘’") if match and match[1].lower() in CODES else ""


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
