"""Build one request for each field of a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.schemas.published import Field, Message

MAX_DEPTH = 9


def iter_samples(message: Message, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield each field's path with a body that has only this field, and each word of an enum.

    A message within itself is entered once, so that `items.items` ends.
    """
    if seen.count(message.name) > 1 or len(seen) > MAX_DEPTH:
        return
    for name, field in message.fields.items():
        for path, value in iter_values(field, (*seen, message.name)):
            yield name + path, {name: value}


def iter_values(field: Field, seen: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the rest of a path with a value of the field."""
    for value in field.values:
        yield (f"={value}" if len(field.values) > 1 else ""), wrap(field, value)
    if field.message is not None:
        yield "", wrap(field, {})
        for path, value in iter_samples(field.message(), seen):
            yield "." + path, wrap(field, value)


def wrap(field: Field, value: Any) -> Any:
    if field.is_map:
        return {"key": value}
    return [value] if field.is_repeated else value


def merge(base: Any, sample: Any) -> Any:
    """Return a complete body with a sample's field in place of the base's."""
    if isinstance(base, Mapping) and isinstance(sample, Mapping):
        return {**base, **{key: merge(base.get(key), value) for key, value in sample.items()}}
    return sample
