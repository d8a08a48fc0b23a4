"""Whether a rule is for a call: what can be seen of the call, and the conditions that are met by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from mockgem.core.call import Call, Surface
from mockgem.core.content import Blob, Link
from mockgem.operations.generate_request import GenerateRequest, last_user_text
from mockgem.operations.generators import tokens
from mockgem.operations.usage import count_prompt_tokens
from mockgem.scenarios.schema import When
from mockgem.scenarios.types import match_globs


class CallFacts:
    """What can be seen of a call. Nothing is worked out before a rule asks for it."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.model = call.model.removeprefix("models/")
        self.surface = call.surface.name

    @cached_property
    def question(self) -> GenerateRequest | None:
        found = getattr(self.call.request, "question", None)
        return found if isinstance(found, GenerateRequest) else None

    @cached_property
    def endpoints(self) -> tuple[str, ...]:
        """The operation, and the service's own name of the method."""
        if self.call.endpoint is None:
            return ("", "")
        return self.call.endpoint.scenario_words(self.call.request)

    @cached_property
    def stream(self) -> bool:
        return bool(getattr(self.call.request, "stream", False))

    @cached_property
    def key(self) -> str:
        return next(iter(self.call.surface.credentials(self.call.wire)), "")

    @cached_property
    def text(self) -> str:
        """The user's last words; of embeddings and pictures the text."""
        if self.question is not None:
            return last_user_text(self.question.turns)
        request = self.call.request
        return "\n".join(getattr(request, "texts", ())) or str(getattr(request, "prompt", ""))

    @cached_property
    def turn(self) -> int:
        """Which answer of its conversation this will be."""
        return 1 + sum(turn.role == "model" for turn in self.question.turns) if self.question else 1

    @cached_property
    def has_media(self) -> bool:
        turns = self.question.turns if self.question else ()
        return any(isinstance(part, (Blob, Link)) for turn in turns for part in turn.parts)

    @cached_property
    def tokens(self) -> int:
        """The prompt's tokens, as they are told in the usage."""
        model = self.call.world.catalogue.find(self.model, self.call.world.clock())
        if self.question is None or model is None:
            return tokens.count_tokens(self.text)
        return count_prompt_tokens(self.question, model)[0]

    @cached_property
    def size(self) -> int:
        """Bytes of the body; of one that is taken as it comes as many as are announced."""
        wire = self.call.wire
        told = wire.headers.get("content-length", "") if wire.stream is not None else ""
        return int(told) if told.isdigit() else len(wire.body)


def is_match(when: When, seen: CallFacts) -> bool:
    """Whether a call is what a rule looks for, counting aside."""
    for name, met in CONDITIONS.items():
        wanted = getattr(when, name)
        if wanted is not None and not met(wanted, seen):
            return False
    return True


def is_on_surface(patterns: Any, surface: Surface) -> bool:
    """Whether patterns name a surface, or the API that it speaks."""
    return match_globs(patterns, surface.name) or surface.dialect.name in patterns


def has_headers(wanted: Mapping[str, str], seen: CallFacts) -> bool:
    headers = seen.call.wire.headers
    return all(match_globs((glob,), headers.get(name.lower(), "")) for name, glob in wanted.items())


def wants_json(seen: CallFacts) -> bool:
    return seen.question is not None and (seen.question.json or seen.question.schema is not None)


CONDITIONS: dict[str, Callable[[Any, CallFacts], bool]] = {
    "surface": lambda wanted, seen: is_on_surface(wanted, seen.call.surface),
    "endpoint": lambda wanted, seen: any(match_globs(wanted, name) for name in seen.endpoints),
    "model": lambda wanted, seen: match_globs(wanted, seen.model),
    "stream": lambda wanted, seen: bool(wanted == seen.stream),
    "header": has_headers,
    "key": lambda wanted, seen: match_globs(wanted, seen.key),
    "text": lambda wanted, seen: match_globs(wanted, seen.text),
    "system": lambda wanted, seen: (
        seen.question is not None and match_globs(wanted, seen.question.system)
    ),
    "tools": lambda wanted, seen: bool(wanted == bool(seen.question and seen.question.tools)),
    "json_schema": lambda wanted, seen: bool(wanted == wants_json(seen)),
    "media": lambda wanted, seen: bool(wanted == seen.has_media),
    "turn": lambda wanted, seen: bool(wanted.contains(seen.turn)),
    "tokens_over": lambda wanted, seen: bool(seen.tokens > wanted),
    "body_over": lambda wanted, seen: bool(seen.size > wanted),
}
"""What each condition asks of a call; the cheap ones first."""


def disable_streaming(call: Call) -> Call:
    """A call whose answer is to come whole, though a stream was asked for."""
    return (
        replace(call, request=replace(call.request, stream=False))
        if getattr(call.request, "stream", False)
        else call
    )
