"""Writes JSON: compact for answers, laid out in Google's way for errors."""

from __future__ import annotations

import json
import re
from typing import Any

try:
    from orjson import OPT_INDENT_2, dumps

    def dump_indented(value: Any) -> bytes:
        return dumps(value, option=OPT_INDENT_2)

except ImportError:  # orjson is a wish, not a need

    def dumps(value: Any, /) -> bytes:  # type: ignore[misc]
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    def dump_indented(value: Any) -> bytes:
        return json.dumps(value, indent=2, ensure_ascii=False).encode()


def dump_compact(value: Any) -> bytes:
    """One line without spaces."""
    try:
        return dumps(value)
    except (
        TypeError,
        UnicodeEncodeError,
    ):  # half a character from a \\ud800 somewhere inside a text
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(
            "utf-8", "replace"
        )


ESCAPED_CHARACTERS = re.compile(
    "[<>\x7f\xad\u0600-\u0604\u06dd\u070f\u17b4\u17b5\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""What Google's writer of JSON escapes though it need not: angle brackets (recorded), and signs that show nothing (its
open sources)."""


def escape_json(text: str) -> str:
    """JSON with such signs in it, as Google writes it."""
    return (
        ESCAPED_CHARACTERS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
        if NEEDS_ESCAPE.search(text)
        else text
    )


NEEDS_ESCAPE = re.compile("[^ -;=?-~\n]")


def dump_pretty(value: Any) -> bytes:
    """Two spaces a level, as Google lays out its answers."""
    try:
        text = dump_indented(value).decode()
    except (
        TypeError,
        UnicodeEncodeError,
    ):  # half a character from a \\ud800 somewhere inside a text
        text = json.dumps(value, indent=2, ensure_ascii=False)
    return escape_json(text).encode("utf-8", "replace")


def dump_event(value: Any) -> bytes:
    """One line with a space behind each colon and none behind commas, as Google writes events (recorded)."""
    return escape_json(json.dumps(value, separators=(",", ": "), ensure_ascii=False)).encode(
        "utf-8", "replace"
    )


def dump_error(value: Any) -> str:
    """Two spaces a level, as Google lays out its errors."""
    return json.dumps(value, indent=2, ensure_ascii=False)
