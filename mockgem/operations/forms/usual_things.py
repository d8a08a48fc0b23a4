"""What lists and documents of usual kinds say about any topic, from data files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "data"


@cache
def load_lines(file: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of a data file by its headings, in small letters."""
    _, *sections = (FOLDER / file).read_text(encoding="utf-8").split("\n## ")
    return {
        heading.lower(): tuple(
            line[2:].strip() for line in lines.splitlines() if line.startswith("- ")
        )
        for section in sections
        for heading, _, lines in [section.partition("\n")]
    }


@cache
def load_usual_things() -> dict[str, tuple[str, ...]]:
    """Return the lines for lists by each of the words in their heading."""
    rows = load_lines("listed_things.md").items()
    return {word: lines for words, lines in rows for word in words.split()}


def list_usual_things(noun: str, topic: str) -> list[str]:
    """Return what a list of things says about a topic; empty for an unknown kind of thing."""
    return fill_lines(load_usual_things().get(noun.lower(), ()), topic)


def is_usual_thing(noun: str) -> bool:
    return noun in load_usual_things()


def list_section_lines(name: str, topic: str) -> list[str]:
    """Return what a section of a document says about a topic; empty for an unknown section."""
    return fill_lines(load_lines("document_sections.md").get(name.lower(), ()), topic)


def fill_lines(lines: tuple[str, ...], topic: str) -> list[str]:
    filled = (text.replace("{}", topic) for text in lines)
    return [text[:1].upper() + text[1:] for text in filled]
