"""Writes JSON: compact for answers, laid out in Google's way for errors."""

from __future__ import annotations

import json
from typing import Any

try:
    from orjson import dumps
except ImportError:  # orjson is a wish, not a need

    def dumps(value: Any, /) -> bytes:  # type: ignore[misc]
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def compact(value: Any) -> bytes:
    """One line without spaces."""
    try:
        return dumps(value)
    except (TypeError, UnicodeEncodeError):  # half a character from a \\ud800 somewhere inside a text
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")


def pretty(value: Any) -> str:
    """Two spaces a level, as Google lays out its errors."""
    return json.dumps(value, indent=2, ensure_ascii=False)
