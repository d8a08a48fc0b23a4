"""A journal entry as a test reads it, and the values of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import Any


class Exchange(dict[str, Any]):
    """A request and its response, as the journal keeps them. Each key is an attribute too.

    The keys are `method`, `path`, `query`, `surface`, `model`, `status`, `source`, `outcome`,
    `size`, `seconds`, `took`, what a scenario did (`rule`, `faults` …), and `request` and
    `response` with headers and body as text.

    Example:
        ```python
        (call,) = mockgem.journal(path="*/chat/completions")
        assert call.status == 200
        assert call.json["messages"][0]["content"] == "Hello!"
        ```
    """

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(f"an entry has no {name!r}; it has {', '.join(self)}, json and answer")

    @property
    def json(self) -> Any:
        """The values of the request's JSON body; None for a body that is not JSON."""
        return parse_json(self["request"]["body"])

    @property
    def answer(self) -> Any:
        """The values of the response's JSON body; None for another body, like a stream."""
        return parse_json(self["response"]["body"])


def parse_json(text: str) -> Any:
    """Return the values of a JSON text, or None."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def to_json_value(value: Any) -> Any:
    """Return the values of a pydantic model or of a dataclass.

    Raises TypeError for other objects.
    """
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(
        f"JSON can't express {value!r} ({type(value).__name__}): "
        "use a text, a number, a mapping, a list, a dataclass or a pydantic model"
    )
