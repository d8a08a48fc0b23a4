"""Bodies with a value of the wrong kind in each of their places."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, -1, 1e300, "", "\ud800 odd"),
    *([], [[]], [7], {}, {"type": []}, {"type": {}}, [{"type": ["text"]}], [{"type": "text"}]),
    *([{"type": "text", "text": 7}], [{"type": "image", "data": 7}]),
)


def iter_odd_bodies(body: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the place and the body, once for each place in a body and each odd value."""
    for place in iter_places(body):
        for odd in ODD_VALUES:
            yield place, replace_at(body, place, odd)


def iter_places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if place:
        yield place
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, item in inner:
        yield from iter_places(item, (*place, key))


def replace_at(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    changed = deepcopy(body)
    target = changed
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    return changed
