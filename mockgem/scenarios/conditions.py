"""The conditions of rules: what they check, and the facts of a call that they need."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core.call import Call, Surface
from mockgem.core.computed import computed_once
from mockgem.core.content import Blob, Link
from mockgem.operations.generate_request import GenerateRequest, last_user_text
from mockgem.operations.generators import tokens
from mockgem.operations.usage import count_prompt_tokens
from mockgem.scenarios.body_conditions import has_values
from mockgem.scenarios.schema import When
from mockgem.scenarios.types import compile_glob, is_literal, match_globs

UNKNOWN_ENDPOINT = "unknown"
"""The word of a rule for paths without an endpoint (`when: {endpoint: unknown}`)."""


class CallFacts:
    """The facts of a call that conditions check. Each is computed when a rule needs it."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.model = call.model.removeprefix("models/").removeprefix("google/")
        self.surface = call.surface.name

    @computed_once
    def question(self) -> GenerateRequest | None:
        question = getattr(self.call.request, "question", None)
        return question if isinstance(question, GenerateRequest) else None

    @computed_once
    def endpoints(self) -> tuple[str, ...]:
        """The operation, and the service's own name of the method."""
        if self.call.endpoint is None:
            return (UNKNOWN_ENDPOINT, "")
        return self.call.endpoint.scenario_words(self.call.request)

    @computed_once
    def stream(self) -> bool:
        return bool(getattr(self.call.request, "stream", False))

    @property
    def is_socket(self) -> bool:
        """Whether this is a turn of a session on a socket."""
        return bool(getattr(self.call.request, "is_socket", False))

    @property
    def is_handshake(self) -> bool:
        """Whether this is the request that opens a socket."""
        return bool(getattr(self.call.request, "is_handshake", False))

    @property
    def is_array(self) -> bool:
        """Whether a stream is one JSON array, as Google's own API sends it without alt=sse."""
        return not getattr(self.call.request, "events", True)

    @computed_once
    def key(self) -> str:
        return next(iter(self.call.surface.credentials(self.call.wire)), "")

    @computed_once
    def text(self) -> str:
        """The text of the last user turn; of other requests, the text to embed, draw or speak."""
        if self.question is not None:
            return last_user_text(self.question.turns)
        request = getattr(self.call.request, "question", self.call.request)
        texts = getattr(request, "texts", ())
        return "\n".join(texts) or str(getattr(request, "prompt", getattr(request, "text", "")))

    @computed_once
    def body(self) -> Any:
        """The values of the JSON body; None for another body."""
        try:
            return json.loads(self.call.wire.body)
        except (ValueError, RecursionError):
            return None

    @property
    def system(self) -> str | None:
        """The system instruction; None for a request that has no question."""
        return None if self.question is None else self.question.system

    @computed_once
    def turn(self) -> int:
        """The number of the model's next turn in the conversation."""
        return 1 + sum(turn.role == "model" for turn in self.question.turns) if self.question else 1

    @computed_once
    def has_media(self) -> bool:
        turns = self.question.turns if self.question else ()
        return any(isinstance(part, (Blob, Link)) for turn in turns for part in turn.parts)

    @computed_once
    def tokens(self) -> int:
        """The tokens of the prompt, as the usage reports them."""
        model = self.call.world.catalogue.find(self.model, self.call.world.clock())
        if self.question is None or model is None:
            return tokens.count_tokens(self.text)
        return count_prompt_tokens(self.question, model)[0]

    @computed_once
    def size(self) -> int:
        """The bytes of the body; of a streamed body, those that its header announces."""
        wire = self.call.wire
        announced = wire.headers.get("content-length", "") if wire.stream is not None else ""
        return int(announced) if announced.isdecimal() else len(wire.body)


Check = Callable[["CallFacts"], bool]
"""Returns whether a call meets one condition of a rule."""


def list_checks(when: When) -> tuple[Check, ...]:
    """Return the checks of a rule's conditions that do not count calls, the cheap ones first."""
    skipped = TEXT_CONDITIONS if when.ignore_case else ()
    wanted = [(name, getattr(when, name)) for name in CONDITIONS if name not in skipped]
    checks = [build_check(name, value) for name, value in wanted if value is not None]
    return (*checks, partial(has_texts, when)) if when.ignore_case else tuple(checks)


def build_check(name: str, wanted: Any) -> Check:
    """Return the check of one condition. One pattern for one text is the most common."""
    if name == "endpoint" and all(map(is_literal, wanted)):
        names = frozenset(wanted)
        return lambda facts: not names.isdisjoint(facts.endpoints)
    if name not in GLOB_FACTS or len(wanted) > 1:
        return partial(CONDITIONS[name], wanted)
    read, matches = GLOB_FACTS[name], compile_glob(wanted[0])
    return lambda facts: bool(matches(read(facts)))


def names_unknown_paths(when: When) -> bool:
    """Return whether a rule is meant for paths that the API does not have, too."""
    is_named = when.endpoint is not None and match_globs(when.endpoint, UNKNOWN_ENDPOINT)
    return when.path is not None or is_named


def has_texts(when: When, facts: CallFacts) -> bool:
    """Return whether text and system meet their patterns, in whatever case."""
    pairs = (when.text, facts.text), (when.system, facts.system)
    return all(
        text is not None and match_globs(tuple([glob.lower() for glob in globs]), text.lower())
        for globs, text in pairs
        if globs is not None
    )


def is_on_surface(patterns: Any, surface: Surface) -> bool:
    """Return whether patterns match the name of a surface, or name the API that it speaks."""
    return match_globs(patterns, surface.name) or surface.dialect.name in patterns


def has_headers(wanted: Mapping[str, str], facts: CallFacts) -> bool:
    headers = facts.call.wire.headers
    return all(match_globs((glob,), headers.get(name.lower(), "")) for name, glob in wanted.items())


def wants_json(facts: CallFacts) -> bool:
    return facts.question is not None and (facts.question.json or facts.question.schema is not None)


GLOB_FACTS: dict[str, Callable[[CallFacts], str]] = {
    "model": lambda facts: facts.model,
    "method": lambda facts: facts.call.wire.method,
    "path": lambda facts: facts.call.wire.path,
    "key": lambda facts: facts.key,
    "text": lambda facts: facts.text,
}
"""The texts that conditions with patterns are about."""
CONDITIONS: dict[str, Callable[[Any, CallFacts], bool]] = {
    "surface": lambda wanted, facts: is_on_surface(wanted, facts.call.surface),
    "endpoint": lambda wanted, facts: any(match_globs(wanted, name) for name in facts.endpoints),
    "model": lambda wanted, facts: match_globs(wanted, facts.model),
    "method": lambda wanted, facts: match_globs(wanted, facts.call.wire.method),
    "path": lambda wanted, facts: match_globs(wanted, facts.call.wire.path),
    "stream": lambda wanted, facts: bool(wanted == facts.stream),
    "header": has_headers,
    "key": lambda wanted, facts: match_globs(wanted, facts.key),
    "text": lambda wanted, facts: match_globs(wanted, facts.text),
    "system": lambda wanted, facts: (
        facts.question is not None and match_globs(wanted, facts.question.system)
    ),
    "tools": lambda wanted, facts: bool(wanted == bool(facts.question and facts.question.tools)),
    "json_schema": lambda wanted, facts: bool(wanted == wants_json(facts)),
    "media": lambda wanted, facts: bool(wanted == facts.has_media),
    "turn": lambda wanted, facts: bool(wanted.contains(facts.turn)),
    "tokens_over": lambda wanted, facts: bool(facts.tokens > wanted),
    "body": lambda wanted, facts: has_values(wanted, facts.body),
    "body_over": lambda wanted, facts: bool(facts.size > wanted),
}
"""How each condition is checked, with what the rule wants. Cheap conditions come first."""
TEXT_CONDITIONS = ("text", "system")
"""Conditions that `ignore_case` is about."""


def disable_streaming(call: Call) -> Call:
    """Return a call that asks for a whole reply instead of a stream."""
    return (
        replace(call, request=replace(call.request, stream=False))
        if getattr(call.request, "stream", False)
        else call
    )
