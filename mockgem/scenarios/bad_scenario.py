"""What is wrong with a scenario, and where."""

from __future__ import annotations

from typing import Any

LineNumbers = dict[tuple[Any, ...], int]
"""The line of each value, by its keys and indexes from the top."""


class BadScenario(ValueError):
    """A scenario that cannot be used. `problems` are lines of "FILE:LINE: what is wrong"."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
