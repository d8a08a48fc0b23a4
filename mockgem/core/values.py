"""Values: small things that compare by what they hold and are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True)
def value(kind: type[Kind]) -> type[Kind]:
    """A dataclass that the type checker holds to be frozen.

    At run time it is a plain one with slots: a frozen dataclass takes two to three times as long to make, and every
    request makes some thirty values.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)
