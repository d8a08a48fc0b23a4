"""Short answers to "How do I … in …?": the idiom of a language, with values to try it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_wishes import asks_how_to
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "idioms.md"
HOW = make_regex(
    r"\bhow (?:do|can|to|would|should|could)\b|\b(?:syntax|examples?) (?:of|for)\b"
    r"|\b(?:show|give) me (?:how|an? (?:simple |basic |short |quick )?example)\b"
    r"|\bwhat(?:'s| is) the (?:best |easiest |right |pythonic |simplest )?(?:way|syntax)\b"
    r"|\b(?:code|snippet|command) (?:to|for)\b",
    re.I,
)
DEFINES = make_regex(
    r"\b(?:write|create|implement|build|make)\b[^.\n]{0,40}\b(?:function|class|program|script"
    r"|method|app|component|endpoint|query)\b",
    re.I,
)
"""A wish for a separate program."""
MAX_TEXT = 200


def write_idiom(request: CodeRequest) -> str:
    """Return the lines that show how something is done; empty if the prompt wants a program."""
    text = request.text
    asks = HOW.search(text) or asks_how_to(text)
    if len(text) > MAX_TEXT or not asks or DEFINES.search(text):
        return ""
    language = "javascript" if request.language == "typescript" else request.language
    for pattern, rows in load_idioms():
        if pattern.search(text):
            return rows.get(language, "")
    return ""


@cache
def load_idioms() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Return the patterns of the data file, each with its lines by language."""
    _, *sections = FILE.read_text(encoding="utf-8").split("\n## ")
    rows = []
    for section in sections:
        pattern, _, blocks = section.partition("\n")
        found = re.findall(r"^```(\w+)\n(.*?)\n```$", blocks, re.M | re.S)
        rows.append((re.compile(pattern, re.I), dict(found)))
    return tuple(rows)
