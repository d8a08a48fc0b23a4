"""Conditions on the JSON of a request body, by path."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from mockgem.core.json_path import find_values, parse_json_path

EXISTS = "exists"
Scalar = str | int | float | bool | None


def check_body_condition(path: str, wanted: Any) -> Any:
    """Return a condition unchanged. Raises ValueError for a path or a value that is not valid."""
    parse_json_path(path)
    for one in wanted if isinstance(wanted, list) else [wanted]:
        is_presence = isinstance(one, dict) and set(one) == {EXISTS}
        if is_presence and isinstance(one[EXISTS], bool):
            continue
        if isinstance(one, (dict, list)):
            raise ValueError(
                f"{path}: {one!r:.100} is not valid: write a text or pattern, a number, true, "
                "false, null, {exists: true} or {exists: false}, or a list of these"
            )
    return wanted


def has_values(wanted: Mapping[str, Any], body: Any) -> bool:
    """Return whether a body meets the conditions at all paths.

    A path with `*` may lead to several places; one of them has to match.
    """
    return all(has_value(body, path, condition) for path, condition in wanted.items())


def has_value(body: Any, path: str, wanted: Any) -> bool:
    found = list(find_values(body, parse_json_path(path)))
    return any(
        matches(found, condition)
        for condition in (wanted if isinstance(wanted, list) else [wanted])
    )


def matches(found: list[Any], wanted: Any) -> bool:
    """Return whether one of the values at a path is the wanted one."""
    if isinstance(wanted, dict):
        return bool(found) is bool(wanted[EXISTS])
    return any(is_equal(value, wanted) for value in found)


def is_equal(value: Any, wanted: Scalar) -> bool:
    """Return whether a value equals a scalar, or its text meets a pattern. 1.0 equals 1."""
    if isinstance(wanted, str):
        return isinstance(value, str) and fnmatchcase(value, wanted)
    if isinstance(wanted, bool) or isinstance(value, bool):
        return value is wanted
    return bool(value == wanted) if wanted is not None else value is None
