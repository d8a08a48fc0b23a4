"""One request as metrics and traces see it, with few different values in each field."""

from __future__ import annotations

from dataclasses import dataclass

from mockgem.core.call import Answer, Call, Endpoint
from mockgem.core.content import Usage
from mockgem.core.journal import JournalEntry
from mockgem.core.models import Catalogue
from mockgem.operations.costs.prices import Consumption

OTHER_MODEL = "other"
"""The label of models that the catalogue does not have: a client could send any number of them."""


@dataclass(slots=True)
class Observation:
    """A request, its answer and its journal entry.

    `model` is the label: a model of the catalogue, "other", or "" without one. `turns` counts the
    answers on a socket, and `reported` are the tokens that its messages count. `used` is what the
    request is charged for, `cost` is in US dollars and None if nothing knows it. `was_open`: the
    answer was a stream or a socket, whose begin was noted, too.
    """

    call: Call
    answer: Answer
    entry: JournalEntry
    endpoint: str
    model: str
    used: Consumption | None = None
    reported: Usage | None = None
    cost: float | None = None
    turns: int = 0
    was_open: bool = False

    @property
    def usage(self) -> Usage | None:
        return None if self.used is None else self.used.usage

    @property
    def is_socket(self) -> bool:
        return self.entry.status == 101

    @property
    def seconds(self) -> float:
        """The seconds from the request to the last byte."""
        return max(self.entry.seconds, self.entry.ended_at - self.entry.started_at)

    @property
    def first_byte_seconds(self) -> float:
        """The seconds from the request to the first piece of the answer."""
        chunks = self.entry.chunks
        return chunks[0][0] if chunks else self.entry.seconds


def label_endpoint(call: Call) -> str:
    """Return the service's name of a method, or its path without values."""
    if call.endpoint is None:
        return "unknown"
    return name_endpoint(call.endpoint)


def name_endpoint(endpoint: Endpoint[object, object]) -> str:
    return endpoint.wire_name or f"{endpoint.method} {endpoint.path}"


def label_model(name: str, catalogue: Catalogue) -> str:
    """Return the id of a model of the catalogue, "other", or "" without a model."""
    if not name:
        return ""
    plain = name.rpartition("models/")[2].removeprefix("google/")
    plain = catalogue.aliases.get(plain, plain)
    return plain if plain in catalogue.models else OTHER_MODEL


def add_usage(first: Usage | None, second: Usage | None) -> Usage | None:
    """Return the tokens of two answers together."""
    if first is None or second is None:
        return first or second
    return Usage(
        first.prompt + second.prompt,
        first.output + second.output,
        first.thoughts + second.thoughts,
        first.cached + second.cached,
        first.tool_use_prompt + second.tool_use_prompt,
        first.prompt_modalities + second.prompt_modalities,
        first.output_modalities + second.output_modalities,
        first.cached_modalities + second.cached_modalities,
    )
