"""Paths into JSON values: `$.messages[0].content`, `tools[*].function.name`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

NAME = r"[^.\[\]]+"
INDEX = r"""\[(?:\d+|\*|'[^']+'|"[^"]+")\]"""
PATH = re.compile(rf"\$?(?:\.?{NAME}|{INDEX})(?:\.{NAME}|{INDEX})*")


@lru_cache(maxsize=1024)
def parse_json_path(path: str) -> tuple[str, ...]:
    """Return the steps of a path; `*` is every key or index.

    Raises ValueError for a text of another form.
    """
    if path == "$" or not PATH.fullmatch(path):
        raise ValueError(
            f"{path!r} is not valid: use a path into the JSON body, like $.user, $.metadata.* or "
            "$.messages[0].content"
        )
    steps = re.findall(rf"{INDEX}|{NAME}", path.removeprefix("$"))
    return tuple([step[1:-1].strip("'\"") if step[0] == "[" else step for step in steps])


@lru_cache(maxsize=1024)
def spell(name: str) -> tuple[str, ...]:
    """Return a field's name as it is, in camel case and in snake case: the API accepts both."""
    first, *rest = name.split("_")
    camel = first + "".join([word[:1].upper() + word[1:] for word in rest])
    snake = re.sub(r"(?<=[a-z0-9])[A-Z]", lambda match: f"_{match[0].lower()}", name)
    return tuple(dict.fromkeys((name, camel, snake)))


def find_values(value: Any, steps: Sequence[str]) -> Iterator[Any]:
    """Yield the values at a path; nothing for a place that does not exist."""
    if not steps:
        yield value
        return
    first, *rest = steps
    match value:
        case dict():
            names = value if first == "*" else [one for one in spell(first) if one in value]
            for name in names:
                yield from find_values(value[name], rest)
        case list():
            if first == "*":
                for item in value:
                    yield from find_values(item, rest)
            elif first.isdigit() and int(first) < len(value):
                yield from find_values(value[int(first)], rest)
