"""Change the rules of a run while it runs: insert, replace, move, disable and delete them.

A rule keeps its index as long as the run lasts, so its counts stay its own wherever it moves. To
clients of the admin API the id of a rule is that index and one.
"""

from __future__ import annotations

from typing import Any

from mockgem.core.frozen import frozen
from mockgem.scenarios.schema import Rule
from mockgem.scenarios.state import RunState

MAX_RULES = 1000
POSITIONS = ("next", "first", "last")
"""Where a rule can be inserted without the id of another rule."""


@frozen
class RuleChange:
    """One change to the rules of a run.

    Attributes:
        id: The rule that changes; None for a new one.
        rule: The new rule, or what replaces the old one.
        before: The id of the rule that it goes in front of.
        after: The id of the rule that it follows.
        position: For a new rule without `before` and `after`: "first", "last", or "next", which is
            after other rules that act a limited number of times, and before all others.
        enabled: Whether the rule acts.
        is_deleted: Whether the rule is deleted.
    """

    id: int | None = None
    rule: Rule | None = None
    before: int | None = None
    after: int | None = None
    position: str = "next"
    enabled: bool | None = None
    is_deleted: bool = False


class UnknownRule(LookupError):
    """No rule has an id."""


def apply_change(state: RunState, change: RuleChange) -> None:
    """Change the rules of a state. Raises ValueError, and UnknownRule for an unknown id."""
    if change.id is None:
        assert change.rule is not None, "a new rule needs its definition"
        place = find_place(state, len(state.rules), change)
        index = insert_rule(state, change.rule)
        move_rule(state, index, place)
    else:
        index = find_index(state, change.id)
        if change.rule is not None:
            replace_rule(state, index, change.rule)
        if change.before is not None or change.after is not None:
            move_rule(state, index, find_place(state, index, change))
    if change.enabled is not None:
        others = state.disabled - {index}
        state.disabled = others if change.enabled else others | {index}
        state.order = state.list_indexes()
    if change.is_deleted:
        state.order = tuple([one for one in state.list_indexes() if one != index])


def insert_rule(state: RunState, rule: Rule) -> int:
    """Add a rule after the rules added earlier and before the scenario's. Return its index.

    Raises ValueError for a second rule of the same name, and for more than MAX_RULES rules.
    """
    if len(state.rules) >= MAX_RULES:
        raise ValueError(
            f"the scenario has {MAX_RULES} rules already, which is the limit; "
            "choose a scenario again to begin with its own rules"
        )
    check_name(state, rule)
    index = len(state.rules)
    state.rules = (*state.rules, rule)
    if state.order is not None:
        added = [at for at, one in enumerate(state.order) if one >= state.first_added_rule]
        move_rule(state, index, added[-1] + 1 if added else 0)
    return index


def replace_rule(state: RunState, index: int, rule: Rule) -> None:
    """Replace a rule; its counts begin again. Raises ValueError for a name that is taken."""
    check_name(state, rule, index)
    state.rules = (*state.rules[:index], rule, *state.rules[index + 1 :])
    for counts in (state.match_counts, state.fire_counts):
        for key in [key for key in counts if key[0] == index]:
            del counts[key]
    state.request_counts.pop(index, None)
    state.meters = {key: meter for key, meter in state.meters.items() if key[0] != index}


def check_name(state: RunState, rule: Rule, index: int = -1) -> None:
    """Raise ValueError if another rule has the same name."""
    names = [state.rules[one].name for one in state.list_indexes() if one != index]
    if rule.name and rule.name in names:
        raise ValueError(f"two rules are called {rule.name}; rename one of them")


def move_rule(state: RunState, index: int, place: int) -> None:
    """Put a rule at a place among the others."""
    others = [one for one in state.list_indexes() if one != index]
    state.order = (*others[:place], index, *others[place:])


def find_place(state: RunState, index: int, change: RuleChange) -> int:
    """Return the place among the other rules that a change wants for one."""
    others = [one for one in state.list_indexes() if one != index]
    if change.before is not None:
        return others.index(find_other(state, change.before, index))
    if change.after is not None:
        return others.index(find_other(state, change.after, index)) + 1
    if change.position != "next":
        return 0 if change.position == "first" else len(others)
    place = 0
    while place < len(others) and is_limited(state, others[place]):
        place += 1
    return place


def is_limited(state: RunState, index: int) -> bool:
    """Return whether a rule was added, and acts a limited number of times."""
    return index >= state.first_added_rule and state.rules[index].when.times is not None


def find_other(state: RunState, number: int, index: int) -> int:
    """Return the index of another rule. Raises UnknownRule."""
    other = find_index(state, number)
    if other == index:
        raise ValueError(f"rule {number} cannot be moved before or after itself")
    return other


def find_index(state: RunState, number: int) -> int:
    """Return the index of the rule with an id. Raises UnknownRule."""
    if number - 1 not in state.list_indexes():
        known = ", ".join(str(index + 1) for index in state.list_indexes()[:20]) or "none"
        raise UnknownRule(f"there is no rule {number} in this scenario; the ids are {known}")
    return number - 1


def list_rules(state: RunState) -> list[dict[str, Any]]:
    """Return the rules in the order in which they act.

    Each has its id, name, definition, where it comes from, and how often it matched and acted.
    """
    return [describe_rule(state, index) for index in state.list_indexes()]


def describe_rule(state: RunState, index: int) -> dict[str, Any]:
    rule = state.rules[index]
    met = sum([count for (one, _), count in state.match_counts.items() if one == index])
    acted = sum([count for (one, _), count in state.fire_counts.items() if one == index])
    return {
        "id": index + 1,
        "name": state.rule_name(index),
        "rule": rule.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "enabled": index not in state.disabled,
        "origin": "added" if index >= state.first_added_rule else "scenario",
        "met": met,
        "acted": acted,
        "is_used_up": rule.when.times is not None and acted >= rule.when.times,
    }
