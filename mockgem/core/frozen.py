"""Values: small objects that compare by their fields and never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def frozen(kind: type[Kind]) -> type[Kind]:
    """Make a class a dataclass that is frozen for the type checker.

    At run time it is a plain one with slots: a frozen dataclass takes two to three times as long to
    create, and a request creates about thirty values. All values share three methods, because to
    compile them for each class would take a tenth of the server's start-up time.
    """
    kind.__doc__ = kind.__doc__ or kind.__name__  # dataclass would look for the signature
    value_type = dataclass(slots=True, repr=False, eq=False)(kind)
    value_type.__eq__ = compare_values  # type: ignore[method-assign]
    value_type.__hash__ = hash_values  # type: ignore[method-assign, assignment]
    value_type.__repr__ = format_value  # type: ignore[method-assign]
    return value_type


def get_field_values(value: Any) -> tuple[Any, ...]:
    return tuple([getattr(value, name) for name in value.__dataclass_fields__])


def compare_values(value: Any, other: object) -> bool:
    is_same_type = type(value) is type(other)
    return get_field_values(value) == get_field_values(other) if is_same_type else NotImplemented


def hash_values(value: Any) -> int:
    return hash(get_field_values(value))


def format_value(value: Any) -> str:
    fields = ", ".join(f"{name}={getattr(value, name)!r}" for name in value.__dataclass_fields__)
    return f"{type(value).__name__}({fields})"
