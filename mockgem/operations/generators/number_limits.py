"""Read and check the limits of a number in a schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Bound = tuple[float, bool]
"""A bound, and whether it is exclusive."""
Limits = tuple[Bound | None, Bound | None]


def is_within(value: float, limits: Limits, step: Any) -> bool:
    """Return whether a number is within its limits and a multiple of a step, if there is one."""
    low, high = limits
    if low is not None and (value < low[0] or (value == low[0] and low[1])):
        return False
    if high is not None and (value > high[0] or (value == high[0] and high[1])):
        return False
    return not step or abs(value / step - round(value / step)) < 1e-9


def limits_of(schema: Mapping[str, Any]) -> Limits:
    """Return the lower and the upper bound."""

    return (
        find_bound(schema, "minimum", "exclusiveMinimum", max),
        find_bound(schema, "maximum", "exclusiveMaximum", min),
    )


def find_bound(
    schema: Mapping[str, Any], inclusive: str, exclusive: str, pick: Callable[..., Bound]
) -> Bound | None:
    if inclusive not in schema and exclusive not in schema:
        return None
    bounds: list[Bound] = []
    if is_number(schema.get(inclusive)):
        bounds.append((schema[inclusive], schema.get(exclusive) is True))
    if is_number(schema.get(exclusive)):
        bounds.append((schema[exclusive], True))
    return pick(bounds) if bounds else None


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
