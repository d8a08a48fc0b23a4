"""Words of slogans and taglines."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.lazy_patterns import make_regex

PROMISES = {
    len(text.split()): text
    for text in (
        "made for you",
        "made just for you",
        "made for people like you",
        "made for people who want more",
        "made for people who want much more",
        "made for people who want more every day",
        "made for people who want more every single day",
        "made for people who want more out of every day",
        "made for people who want more out of every single day",
    )
}
"""What a slogan says, by its number of words."""
OF_WORDS = make_regex(rf"\b{NUMBER}[- ]word (?:\w+ )?(?:slogan|tagline|title|headline)\b", re.I)
SLOGAN = make_regex(r"\b(?:slogans?|taglines?)\b", re.I)
SELLER = make_regex(r"(?:brand|company|business|startup|shop|store|product|service)\Z", re.I)
"""Who sells what a slogan is about."""
