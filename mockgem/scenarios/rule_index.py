"""Find the rules of a run that may match a call, without a look at each of them."""

from __future__ import annotations

from collections.abc import Sequence

from mockgem.scenarios.conditions import (
    GLOB_FACTS,
    CallFacts,
    Check,
    list_checks,
    names_unknown_paths,
)
from mockgem.scenarios.schema import Rule, When
from mockgem.scenarios.types import is_literal

LITERAL_FACTS = {name: GLOB_FACTS[name] for name in ("text", "path", "key", "model")}
"""The conditions that often have a whole value, the most selective first."""


class RuleIndex:
    """The rules of a run by their first literal condition, and what each has to check.

    `tables` has the places of rules by the value of that condition; `others` those of rules
    without one.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.checks: list[tuple[Check, ...]] = []
        self.tables: dict[str, dict[str, list[int]]] = {}
        self.others: list[int] = []
        for place, rule in enumerate(rules):
            self.checks.append(list_checks(rule.when))
            self.add(place, rule.when)

    def add(self, place: int, when: When) -> None:
        name = find_literal_condition(when)
        if not name:
            self.others.append(place)
            return
        table = self.tables.setdefault(name, {})
        for value in getattr(when, name):
            table.setdefault(value, []).append(place)

    def find_possible(self, facts: CallFacts) -> set[int]:
        """Return the places of the rules that may match: whose literal condition a call meets."""
        places = set(self.others)
        for name, table in self.tables.items():
            places.update(table.get(LITERAL_FACTS[name](facts), ()))
        return places

    def is_match(self, place: int, facts: CallFacts) -> bool:
        """Return whether a call meets all conditions of a rule that do not count calls."""
        when = self.rules[place].when
        if facts.call.endpoint is None and not names_unknown_paths(when):
            return False
        for check in self.checks[place]:  # noqa: SIM110 (a generator would take twice as long)
            if not check(facts):
                return False
        return True


def find_literal_condition(when: When) -> str:
    """Return the name of the first condition that has whole values, without patterns."""
    for name in LITERAL_FACTS:
        patterns = getattr(when, name)
        if patterns is None or (name == "text" and when.ignore_case):
            continue
        if all(map(is_literal, patterns)):
            return name
    return ""
