"""The table of constraints: what asks for one, and how a text is changed to fulfil it."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from typing import TypeVar

from mockgem.core.frozen import frozen
from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.question import WORD_START

Change = Callable[[Draft], None]
Read = Callable[["re.Match[str]"], "Change | None"]
Row = TypeVar("Row", bound=Read)


class Step(IntEnum):
    """When a constraint changes a text: first its parts, last what stands around the whole."""

    PARTS = 0
    WORDS = 1
    LENGTH = 2
    COPIES = 3
    MARKS = 4
    LETTERS = 5
    ENDS = 6
    AROUND = 7


@frozen
class Constraint:
    """A kind of constraint.

    Attributes:
        name: What `mockgem ask` prints.
        example: A prompt with the constraint. It is a test, and docs/answers.md shows it.
        pattern: The words that ask for it.
        read: Returns the change that fulfils it; None if the words mean something else.
        step: When the change is made.
        starts: The first letters of words, one of which a prompt with this constraint has.
        holds_for_data: Whether it also holds for JSON, tables, code and labels.
        signs: Small letters of which a sentence with it has some: a look before the search.
    """

    name: str
    example: str
    pattern: re.Pattern[str]
    read: Read
    step: Step
    starts: frozenset[str]
    holds_for_data: bool = False
    signs: tuple[str, ...] = ()


CONSTRAINTS: list[Constraint] = []


def constraint(
    name: str,
    example: str,
    pattern: re.Pattern[str],
    step: Step,
    words: str,
    *,
    holds_for_data: bool = False,
    signs: tuple[str, ...] = (),
) -> Callable[[Row], Row]:
    """Declare how the words of a constraint are read.

    Args:
        words: The words of which a prompt must have one; only their first five letters count.
        signs: Small letters of which a sentence must have some.
    """
    starts = frozenset(word[:WORD_START] for word in words.split())

    def declare(read: Row) -> Row:
        row = Constraint(name, example, pattern, read, step, starts, holds_for_data, signs)
        CONSTRAINTS.append(row)
        return read

    return declare
