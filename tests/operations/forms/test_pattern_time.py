"""No search takes time that doubles with each item of a list.

A group that repeats does, if it may end and begin with a space: `(?:[^,]+,\\s?)+`
can divide "a, b, c" in as many ways as 2 to the number of its commas, and tries all of them if the
text goes on in another way.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from mockgem.operations.forms.lazy_patterns import LazyPattern
from mockgem.operations.forms.registry import list_forms

parser = importlib.import_module("re._parser")
MANY = 6
"""Repeats from which on doubling is felt."""
GROUPS = ("SUBPATTERN", "ATOMIC_GROUP")
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
WIDTHLESS = ("AT", "ASSERT", "ASSERT_NOT")
ALWAYS_MATCH = (
    "```(?:diff|patch)",  # each line begins where a line begins
    r"[^\n.:;,>→-]{2,40}(?:\s?(?:-+>",  # nothing follows the group, so no way fails
    r"output fields are:\s*",  # the same
    r"^class (\w{1,60})",  # the same
)
"""The beginnings of patterns whose groups have two ways, of which the first one is enough."""


def find_doubling(nodes: Any) -> Iterator[int]:
    """Yield how often groups may repeat whose spaces have two places."""
    for name, argument in named(nodes):
        if name in REPEATS:
            inner = list(argument[2])
            is_single = len(inner) == 1 and takes_space(inner[0]) is not None
            if int(argument[1]) > MANY and not is_single and has_two_places(inner):
                yield int(argument[1])
        for branch in list_inner(name, argument):
            yield from find_doubling(branch)


def has_two_places(nodes: list[Any]) -> bool:
    """Return whether a space fits the end and the beginning of a group, or two neighbours in it."""
    around = may_end_with_space(nodes) and any(takes_space(one) for one in list_first(nodes))
    return around or any(may_vary(one) and may_vary(two) for one, two in pairwise(nodes))


def may_vary(node: Any) -> bool:
    """Return whether a part of a pattern is a run of characters that may have one space more."""
    name, argument = str(node[0]), node[1]
    if name not in REPEATS or argument[0] == argument[1]:
        return False
    inner = list(argument[2])
    return len(inner) == 1 and takes_space(inner[0]) is True


def named(nodes: Any) -> list[tuple[str, Any]]:
    return [(str(name), argument) for name, argument in nodes]


def list_inner(name: str, argument: Any) -> list[Any]:
    if name in GROUPS:
        return [argument[-1] if name == "SUBPATTERN" else argument]
    if name in REPEATS:
        return [argument[2]]
    return list(argument[1]) if name == "BRANCH" else []


def takes_space(node: Any) -> bool | None:
    """Return whether a single character may be a space; None for anything else."""
    name, argument = str(node[0]), node[1]
    if name in ("LITERAL", "NOT_LITERAL"):
        return (argument == ord(" ")) is (name == "LITERAL")
    if name != "IN":
        return True if name == "ANY" else None
    hits = [has_space(str(one), value) for one, value in argument]
    return any(hits) is not any(str(one) == "NEGATE" for one, _ in argument)


def has_space(name: str, value: Any) -> bool:
    if name == "RANGE":
        return bool(value[0] <= ord(" ") <= value[1])
    is_class = name == "CATEGORY" and str(value).endswith(("Y_SPACE", "NOT_WORD", "NOT_DIGIT"))
    return is_class or (name == "LITERAL" and value == ord(" "))


def list_first(nodes: Any) -> list[Any]:
    """Return the characters with which a sequence may begin."""
    found: list[Any] = []
    for node in nodes:
        name, argument = str(node[0]), node[1]
        if name in WIDTHLESS:
            continue
        inner = list_inner(name, argument)
        found += [one for branch in inner for one in list_first(branch)] if inner else [node]
        if name not in REPEATS or argument[0]:
            break
    return found


def may_end_with_space(nodes: Any) -> bool:
    """Return whether a sequence ends with a space that it may also leave out."""
    for node in reversed(list(nodes)):
        name, argument = str(node[0]), node[1]
        if name in WIDTHLESS:
            continue
        if name in REPEATS:
            inner = list(argument[2])
            if argument[0] != argument[1] and len(inner) == 1 and takes_space(inner[0]):
                return True
            if argument[0] == 0:
                continue
        return any(may_end_with_space(branch) for branch in list_inner(name, argument))
    return False


@pytest.mark.parametrize(
    ("source", "doubles"),
    [
        (r"(?:[^,]{1,9},\s?){1,20}!", True),
        (r"(?:\w+(?: \w+)?, ?){2,30}", False),
        (r"(?:[\w ]+,){1,20}!", False),
        (r"(?:[\w ]+,\s?){1,3}!", False),
        (r"(?:(?:and|,)[\w ]+){2,9}x", False),
        (r"(?:a|(?:[^;]+; *)){9,}", True),
        (r"(?:\w[\w ]{0,9} ?,){2,20}!", True),
    ],
)
def test_doubling_is_found(source: str, doubles: bool) -> None:
    assert bool(list(find_doubling(parser.parse(source)))) is doubles


def test_no_pattern_of_a_recogniser_doubles_its_time() -> None:
    list_forms()
    patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
    assert len(patterns) > 3000
    assert [
        one.source
        for one in patterns
        if not one.source.startswith(ALWAYS_MATCH)
        and list(find_doubling(parser.parse(one.source, one.regex_flags)))
    ] == []
