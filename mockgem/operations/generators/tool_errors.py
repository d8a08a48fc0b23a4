"""Recognize the error of a tool, and correct the arguments that it complains about."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.frozen import frozen

MAX_FAILURES = 3
"""After this many failures of a tool in a row, the model gives up and answers with text.

The recordings show up to two failures, and each time another call. Evidence: tool-retries
"""
FIXABLE = re.compile(
    r"fix the errors?|\btry again\b|\bretry\b|validation error|unknown tool|available tools"
    r"|\binstead\b|did you mean|\b(?:must|should) (?:be|have|not)\b|field required"
    r"|\b(?:is|are) (?:required|missing|invalid|not (?:valid|supported|allowed|permitted))\b"
    r"|\bmissing (?:a )?(?:required|argument|parameter)|\binvalid (?:argument|value|input|param)"
    r"|unexpected (?:keyword|argument|parameter)|\bexpected\b.{1,60}\b(?:got|but|found)\b",
    re.I,
)
HOPELESS = re.compile(
    r"\blater\b|unavailable|timed? ?out|rate limit|quota|permission|denied|unauthori[sz]ed", re.I
)
ERROR_TEXT = re.compile(
    r"\s*(?:an )?(?:error|exception|traceback|failed|failure|invalid|tool error)\b"
    r"|.*\bfix the errors\b",
    re.I | re.DOTALL,
)


def read_error(output: str) -> str | None:
    """Return the message of a tool's error, decoded and whole; None if the tool did not fail."""
    if output.lstrip()[:1] != "{":
        return output.strip() if ERROR_TEXT.match(output[:20_000]) else None
    try:
        value = json.loads(output)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(inner := value.get("result"), dict):
        value = inner  # google-genai puts what a function returns under this key
    error = value.get("error") if isinstance(value, dict) else None
    if not error:
        return None
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        return str(error["message"])
    return error if isinstance(error, str) else json.dumps(error, ensure_ascii=False)


def is_fixable(error: str | None) -> bool:
    """Return whether another call with other arguments can help."""
    return error is not None and bool(FIXABLE.search(error)) and not HOPELESS.search(error)


@frozen
class Correction:
    """A kind of error message, and how it changes the value that it is about.

    `change` gets the value and the match, and returns the new value.
    """

    pattern: re.Pattern[str]
    change: Callable[[Any, re.Match[str]], Any]
    type: type[Any] | tuple[type[Any], ...] = object


NUMBER = (int, float)
QUOTE = r"[\"'`“]([^\"'`”]{1,200})[\"'`”]"
CORRECTIONS = (
    Correction(
        re.compile(rf"\b(?:use|try|did you mean|send|pass)\s+{QUOTE}", re.I),
        lambda _, match: match[1],
    ),
    Correction(
        re.compile(
            rf"\b(?:one of|should be|must be|expected|allowed values(?: are)?|valid values(?: are)?"
            rf"|options(?: are)?)\b[:\s\[(]*{QUOTE}",
            re.I,
        ),
        lambda _, match: match[1],
        str,
    ),
    Correction(
        re.compile(r"(?:at least|greater than or equal to|minimum(?: is)?|>=)\s*(-?\d+)", re.I),
        lambda _, match: int(match[1]),
        NUMBER,
    ),
    Correction(
        re.compile(r"(?:at most|less than or equal to|maximum(?: is)?|<=)\s*(-?\d+)", re.I),
        lambda _, match: int(match[1]),
        NUMBER,
    ),
    Correction(
        re.compile(r"(?:greater|more|larger) than\s*(-?\d+)", re.I),
        lambda _, match: int(match[1]) + 1,
        NUMBER,
    ),
    Correction(
        re.compile(r"(?:less|fewer|smaller|lower) than\s*(-?\d+)", re.I),
        lambda _, match: int(match[1]) - 1,
        NUMBER,
    ),
    Correction(
        re.compile(r"upper ?case|capital letters", re.I), lambda value, _: value.upper(), str
    ),
    Correction(re.compile(r"lower ?case", re.I), lambda value, _: value.lower(), str),
)
"""The first that matches counts."""


def correct_arguments(
    arguments: Mapping[str, Any], properties: Mapping[str, Any], error: str
) -> dict[str, Any]:
    """Return the arguments of another call: without unknown ones, and corrected by the message."""
    kept = {name: value for name, value in arguments.items() if name in properties}
    for correction in CORRECTIONS:
        match = correction.pattern.search(error)
        name = find_wrong_argument(kept, error, correction.type) if match else None
        if match and name is not None:
            return kept | {name: correction.change(kept[name], match)}
    return kept


def find_wrong_argument(
    arguments: Mapping[str, Any], error: str, kind: type[Any] | tuple[type[Any], ...]
) -> str | None:
    """Return the name of the argument that a message is about: the one it names, else the first."""
    fitting = [
        name
        for name, value in arguments.items()
        if isinstance(value, kind) and not isinstance(value, (bool, dict, list))
    ]
    named = [name for name in fitting if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", error)]
    quoted = [name for name in fitting if str(arguments[name]) in error]
    return next(iter(named or quoted or fitting), None)
