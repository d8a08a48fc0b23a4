"""Write JSON: compact for replies, in Google's layout for native replies and errors."""

from __future__ import annotations

import json
import re
from typing import Any

try:
    from orjson import OPT_INDENT_2, dumps

    def dump_indented(value: Any) -> bytes:
        return dumps(value, option=OPT_INDENT_2)

except ImportError:  # orjson is optional

    def dumps(value: Any, /) -> bytes:  # type: ignore[misc]
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    def dump_indented(value: Any) -> bytes:
        return json.dumps(value, indent=2, ensure_ascii=False).encode()


def dump_compact(value: Any) -> bytes:
    """Write one line without spaces."""
    try:
        return dumps(value)
    except (TypeError, UnicodeEncodeError):  # a text contains an unpaired surrogate
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(
            "utf-8", "replace"
        )


ESCAPED_CHARACTERS = re.compile(
    "[<>\x7f\xad\u0600-\u0604\u06dd\u070f\u17b4\u17b5\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Characters that Google's JSON writer escapes though JSON doesn't require it.

These are angle brackets (recorded) and invisible characters (Google's open sources).

Evidence: native-029-generateContent-200, native-086-generateContent-200, source-protobuf-escaping.
"""


def escape_json(text: str) -> str:
    """Escape the characters in JSON text that Google's writer escapes."""
    if text.isascii() and not ("<" in text or ">" in text or "\x7f" in text):
        return text
    return ESCAPED_CHARACTERS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def dump_pretty(value: Any) -> bytes:
    """Write two spaces a level, as in Google's replies."""
    try:
        text = dump_indented(value).decode()
    except (TypeError, UnicodeEncodeError):  # a text contains an unpaired surrogate
        text = json.dumps(value, indent=2, ensure_ascii=False)
    return escape_json(text).encode("utf-8", "replace")


def dump_event(value: Any) -> bytes:
    """Write one line with spaces after colons but not after commas, as in Google's events.

    Recorded.

    Evidence: native-046-streamGenerateContent-200, native-survey.
    """
    return escape_json(encode_with_spaces(value)).encode("utf-8", "replace")


def dump_text(text: str) -> bytes:
    """Write a text as it stands in Google's events."""
    return escape_json(encode_with_spaces(text)).encode("utf-8", "replace")


encode_with_spaces = json.JSONEncoder(separators=(",", ": "), ensure_ascii=False).encode


def dump_error(value: Any) -> str:
    """Write two spaces a level, as in Google's errors."""
    return json.dumps(value, indent=2, ensure_ascii=False)
