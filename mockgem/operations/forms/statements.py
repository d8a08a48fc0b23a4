"""Statements of a text about several named things, as rows: a name and what is said about it."""

from __future__ import annotations

import re
from typing import Any

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


def parse_cell(text: str) -> Any:
    """Return the number in a cell, if it is one, else its text."""
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,14})", text):
        return int(text)
    if text in ("true", "false"):
        return text == "true"
    return float(text) if re.fullmatch(r"-?\d{1,14}\.\d{1,8}", text) else text


STATED = make_regex(
    r"(?:the |its )?([a-z_][\w-]{1,24})(?: (is|are) (?:set to )?(\S{1,60}(?: \S{1,24}){0,3})"
    r"| (\d[\d.]{0,12}|true|false))"
)


BARE = make_regex(
    r"([a-zà-ÿ_]{2,24}(?: [a-zà-ÿ]{2,20})?) (\d[\d.]{0,12}|true|false|[A-ZÀ-Þ][\w'’-]*(?: (?:de "
    r"|van |von "
    r")?[A-ZÀ-Þ][\w'’-]*){0,3})"
)
"""A name with its value: "nom Dupont", "âge 41"."""


def parse_sentence(text: str) -> dict[str, Any] | None:
    """Return the object of "name is web-server, port is 8080, replicas 3 and debug is true"."""
    parts = re.split(r"[,;]\s(?:and\s)?|\sand\s", text.strip(" ."))
    found = [STATED.fullmatch(part.strip()) for part in parts]
    if len(parts) > 2 and all(bare := [BARE.fullmatch(part.strip()) for part in parts]):
        return {one[1].replace(" ", "_"): parse_cell(one[2]) for one in bare if one}
    if len(found) < 2 or not all(found) or not any(one[2] for one in found if one):
        return None
    return {one[1]: parse_cell((one[3] or one[4]).strip(" \"'")) for one in found if one}
