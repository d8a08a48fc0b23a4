"""Keys that stand in the lines of a list: the names in front of what it says about them."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

LINE = make_regex(r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+(\S[^\n]{0,120}?)[ \t]*$", re.M)
LINE_NAME = make_regex(
    r"[\"“]([^\"”\n]{1,80})[\"”]|([^,;:(|]{2,60}?)(?=\s?(?:[,;:(|]|\s[-–—]\s|\Z))"
)


def list_line_keys(kind: str, question: Question) -> list[str]:
    """Return the things of a list with marks: the names in front of what it says about them."""
    lines = LINE.findall(question.prompt[:3000])
    names = [match for line in lines if (match := LINE_NAME.match(line))]
    keys = [(match[1] or match[2]).strip() for match in names]
    if len(keys) < 2 or kind.split()[-1].rstrip("s") in ("word", "letter", "character"):
        return []
    return list(dict.fromkeys(keys))
