"""An output item, and the events that a stream sends for it."""

from __future__ import annotations

from typing import Any

from mockgem.core.frozen import frozen

Json = dict[str, Any]


@frozen
class OutputItem:
    """An item as a whole, as it begins in a stream, and the events between.

    The events lack what they have in common: the id of the item, its index and their number.
    """

    whole: Json
    start: Json
    events: list[Json]


def make_event(kind: str, **values: Any) -> Json:
    """Return an event without its number. `kind` is its type without the first word."""
    return {"type": f"response.{kind}", **values}


def make_progress(kind: str, *states: str) -> list[Json]:
    """Return the events of a tool's progress, such as response.web_search_call.searching."""
    return [make_event(f"{kind}.{state}") for state in states]
