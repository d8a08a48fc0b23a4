"""Which fields of an object may be null, because the prompt says so."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.missing_values import find_filler
from mockgem.operations.forms.question import Question

OTHER_RULES = make_regex(
    r"\b(?:fehl\w+|nicht (?:vorhanden|angegeben|genannt)|falt\w+|ausent\w*|no (?:aparece|est[aá])"
    r"|manquant\w*|absent\w*"
    r"|mancant\w*|missing|unknown|not (?:in|present|given|mentioned|found|stated|known"
    r"|available))\b"
    r"[^.\n]{0,60}\b(?:null|none)\b|\bnull\b[^.\n]{0,60}\b(?:fehl\w+|nicht|falt\w+|no aparece"
    r"|manquant"
    r"|absent|missing|unknown|not|anything|otherwise)\b|\bor null\b[^\"\n]{0,20}\b(?:fields?"
    r"|values?)\b",
    re.I,
)
NULLABLE = make_regex(
    r"[\"'`]?\s?[:(=-]{1,2}\s?[^,\n{}()]{0,40}?(?:\||\bor\b|/|\boder\b|\bo\b|\bou\b)\s?[\"']?null\b"
    r"|[\"']\s?:\s?null\b",
    re.I,
)
"""What stands behind the name of a field that may be null: "phone: string or null"."""


class NullRules:
    """What a prompt says about values that the text does not have."""

    def __init__(self, question: Question) -> None:
        self.wish = question.whole[:6000]
        self.has_null = "null" in self.wish.lower()
        filler = find_filler(question) if self.has_null else None
        self.holds_for_all = self.has_null and (
            (filler or "").lower() in ("null", "none") or OTHER_RULES.search(self.wish) is not None
        )

    def allows(self, key: str) -> bool:
        """Return whether a field may be null."""
        if not self.has_null or self.holds_for_all:
            return self.holds_for_all
        at = self.wish.find(key)
        while at >= 0:
            if NULLABLE.match(self.wish, at + len(key)):
                return True
            at = self.wish.find(key, at + 1)
        return False

    def wants_text(self, key: str) -> bool:
        """Return whether the prompt says that the value of a field is a text."""
        at = self.wish.find(key)
        return at >= 0 and TEXT_TYPE.match(self.wish, at + len(key)) is not None


TEXT_TYPE = make_regex(r"[\"'`]?\s?[:(]\s?[\"'<]?(?:string|str|text)\b", re.I)
