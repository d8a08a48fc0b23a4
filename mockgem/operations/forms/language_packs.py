"""Sentences in twenty languages, one file for each in `data/languages/`, read when needed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from mockgem.core.frozen import frozen

FOLDER = Path(__file__).parent.parent.parent / "data" / "languages"


@frozen
class LanguagePack:
    """What replies in a language consist of.

    Openers and closers are sentences about `{topic}`. Sentences and items may have the keywords
    `{a}` and `{b}`. `leads` are beginnings that fit every sentence. `table` has the names of usual
    columns and rows, in the order of those in English.
    """

    name: str
    own_name: str
    quotes: tuple[str, str]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    items: tuple[str, ...]
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    greetings: tuple[str, ...]
    headings: tuple[str, ...]
    yes: str
    no: str
    true: str
    false: str
    dear: str
    regards: str
    subject: str
    unknown: str
    pros: str
    cons: str
    welcome: str
    result: str
    table: tuple[str, ...]


@cache
def load_pack(code: str) -> LanguagePack:
    """Return the sentences of a language by its code, such as "de" or "zh-Hant"."""
    text = (FOLDER / f"{code}.json").read_text(encoding="utf-8")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in json.loads(text).items()
    }
    return LanguagePack(**values)


@cache
def list_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def translate_heading(name: str, code: str) -> str:
    """Return the name of a usual column or row in a language; another name stays as it is."""
    english = load_pack("en").table
    return load_pack(code).table[english.index(name)] if name in english else name
