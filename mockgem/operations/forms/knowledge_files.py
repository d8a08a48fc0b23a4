"""Read the tables of known things: sections of lines under a pattern in brackets."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from mockgem.operations.forms.lazy_patterns import make_regex

FOLDER = Path(__file__).parent.parent.parent / "data" / "knowledge"


@cache
def read_sections(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sections of a file: what stands in the brackets, and the lines below it."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    heads = re.findall(r"^\[(.*)\]$", text, re.M)
    bodies = re.split(r"^\[.*\]$", text, flags=re.M)[1:]
    return tuple(
        (head, tuple(line for line in body.splitlines() if line.strip()))
        for head, body in zip(heads, bodies, strict=True)
    )


HEAD_START = 2
"""The letters by which a section is looked up."""


@cache
def index_heads(name: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the sections of a file by the first letters of the words that they begin with."""
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for head, rows in read_sections(name):
        parts = head.replace("\\b", "").split("|")
        for start in dict.fromkeys(re.sub(r"^\W+", "", one.lower())[:HEAD_START] for one in parts):
            index.setdefault(start, []).append((head, rows))
    return index


@cache
def compile_head(head: str) -> re.Pattern[str]:
    """Return the pattern of a section, which stands as a whole word in a text."""
    return make_regex(rf"\b(?:{head})(?!\w)", re.I)


@lru_cache(maxsize=256)
def find_section(name: str, text: str) -> tuple[str, ...]:
    """Return the lines of the first section whose pattern a text has; nothing without one."""
    return next((rows for head, rows in read_sections(name) if compile_head(head).search(text)), ())
