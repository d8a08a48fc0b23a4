"""A journal entry as a test reads it, and the values of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from mockgem.core.suggestions import suggest_names


class Headers(dict[str, str]):
    """Headers whose names are found in upper and lower case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__({name.lower(): text for name, text in headers.items()})

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


class Message(dict[str, Any]):
    """A request or a response: `headers` and `body`, as keys and as attributes."""

    def __init__(self, message: Mapping[str, Any]) -> None:
        super().__init__(message)
        if isinstance(self.get("headers"), dict):
            self["headers"] = Headers(self["headers"])

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(f"a message has no {name!r}; it has {', '.join(self)} and json")

    @property
    def json(self) -> Any:
        """The values of a JSON body; None for another body."""
        return parse_json(self["body"])


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

    def __init__(self, entry: Mapping[str, Any]) -> None:
        super().__init__(entry)
        for side in ("request", "response"):
            if isinstance(self.get(side), dict):
                self[side] = Message(self[side])

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        near = suggest_names(name, [*self, "json", "answer", "headers"], 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(
            f"an entry has no {name!r}{hint}; it has {', '.join(self)}, headers, json and answer"
        )

    @property
    def headers(self) -> Headers:
        """The headers of the request. Names are found in upper and lower case."""
        headers: Headers = self["request"]["headers"]
        return headers

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
