"""Values: small things that compare by what they hold and are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def frozen(kind: type[Kind]) -> type[Kind]:
    """A dataclass that the type checker holds to be frozen.

    At run time it is a plain one with slots: a frozen dataclass takes two to three times as long to make, and every
    request makes some thirty values. What all values do in the same way is not compiled anew for each kind, which would
    take a tenth of the server's start.
    """
    made = dataclass(slots=True, repr=False, eq=False)(kind)
    made.__eq__ = compare_values  # type: ignore[method-assign]
    made.__hash__ = hash_values  # type: ignore[method-assign, assignment]
    made.__repr__ = format_value  # type: ignore[method-assign]
    return made


def get_field_values(one: Any) -> tuple[Any, ...]:
    return tuple([getattr(one, name) for name in one.__dataclass_fields__])


def compare_values(one: Any, other: object) -> bool:
    return (
        get_field_values(one) == get_field_values(other)
        if type(one) is type(other)
        else NotImplemented
    )


def hash_values(one: Any) -> int:
    return hash(get_field_values(one))


def format_value(one: Any) -> str:
    held = ", ".join(f"{name}={getattr(one, name)!r}" for name in one.__dataclass_fields__)
    return f"{type(one).__name__}({held})"
