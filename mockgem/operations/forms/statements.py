"""Statements of a text about several named things, as rows: a name and what is said about it."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import NAME, is_common
from mockgem.operations.forms.sources import split_sentences

BULLET_LINE = make_regex(r"[ \t]{0,8}(?:[-*•]|\d{1,2}[.)])[ \t]+(\S[^\n]{0,300})")
BETWEEN = make_regex(r"(?:\*\*)?\s*(?:[-–—:,]\s)?")
MAX_ROWS = 40


def list_marked(text: str) -> list[str]:
    """Return the items of the lines with a bullet or a number; empty for a single one."""
    found = [match[1].strip() for line in text.splitlines() if (match := BULLET_LINE.match(line))]
    return found if len(found) > 1 else []


def list_statements(text: str) -> list[tuple[str, str]]:
    """Return the name and the rest of each sentence that begins with a name; empty for few."""
    sentences = list_marked(text) or split_sentences(text)
    found = [pair for sentence in sentences[:MAX_ROWS] if (pair := split_name(sentence))]
    names = {name for name, _ in found}
    return found if len(names) == len(found) > 1 and len(found) * 2 > len(sentences) else []


def split_name(sentence: str) -> tuple[str, str] | None:
    """Return "Plus" and "costs 9 euros" of "Plus costs 9 euros."; None without a name."""
    text = sentence.removeprefix("**")
    match = NAME.match(text)
    if match is None or is_common(match[0].split()[0]):
        return None
    rest = text[BETWEEN.match(text, match.end()).end() :].strip(" .")  # type: ignore[union-attr]
    return (match[0].strip(), rest) if rest else None
