"""Lets a function of the user's answer what rules of scenarios can't say."""

from __future__ import annotations

import importlib.util
import inspect
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from mockgem.core.call import Answer, Call, InvalidRequest, Source
from mockgem.core.content import ToolResult
from mockgem.core.errors import Code, Failure
from mockgem.recording.redaction import hide_keys
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.schema import Rule
from mockgem.scenarios.source import ask_sources

log = logging.getLogger("mockgem")
RULE_KEYS = ("say", "fail", "faults", "latency", "headers")
"""The keys of a rule that a reply may have."""


class Request:
    """What a function is asked: a call, in no wire's spelling, and as it came."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.seen = CallFacts(call)

    @property
    def text(self) -> str:
        """The user's last words; of embeddings and pictures the text."""
        return self.seen.text

    @property
    def system(self) -> str:
        """The system instruction."""
        return self.seen.question.system if self.seen.question else ""

    @property
    def model(self) -> str:
        """Without models/."""
        return self.seen.model

    @property
    def surface(self) -> str:
        """gemini-openai, vertex-openai, gateway, gemini, vertex …"""
        return self.seen.surface

    @property
    def endpoint(self) -> str:
        """generate, embed, images, files, caches, batches, models …"""
        return self.seen.endpoints[0]

    @property
    def stream(self) -> bool:
        return self.seen.stream

    @property
    def turn(self) -> int:
        """Which answer of its conversation this will be, from 1."""
        return self.seen.turn

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the functions that are declared."""
        return tuple([tool.name for tool in self.seen.question.tools]) if self.seen.question else ()

    @cached_property
    def results(self) -> tuple[tuple[str, str], ...]:
        """What tools gave back in the last turn: name and result of each, as text."""
        last = self.seen.question.turns[-1:] if self.seen.question else ()
        found = [part for turn in last for part in turn.parts if isinstance(part, ToolResult)]
        return tuple([(part.name, part.output) for part in found])

    @property
    def world(self) -> str:
        """The world's name; the default world has none."""
        return self.call.world.name

    @property
    def method(self) -> str:
        return self.call.wire.method

    @property
    def path(self) -> str:
        return self.call.wire.path

    @property
    def headers(self) -> Mapping[str, str]:
        """By names in small letters."""
        return self.call.wire.headers

    @cached_property
    def body(self) -> Any:
        """The JSON that came; None for none."""
        try:
            return json.loads(self.call.wire.body)
        except ValueError:
            return None


FunctionResult = str | Mapping[str, Any] | None
AnswerFunction = Callable[[Request], FunctionResult | Awaitable[FunctionResult]]
"""None leaves the answer to mockgem; a text is said; a mapping is what a rule's `say` takes, or has a rule's keys."""


class RuleRunner(Protocol):
    """Where rules are followed."""

    async def run_rule(
        self, call: Call, rule: Rule, asked: Callable[[Call], Awaitable[Answer | None]]
    ) -> Answer | None: ...


class UserFunctionSource:
    """Asks the function before the others. A mistake of the function's is told to the client, and on stderr."""

    def __init__(
        self,
        function: AnswerFunction,
        stage: Callable[[], RuleRunner],
        otherwise: tuple[Source, ...],
    ) -> None:
        self.function = function
        self.get_runner = stage
        self.other_sources = otherwise

    async def answer(self, call: Call) -> Answer | None:
        if (
            call.endpoint is None
            or call.wire.is_internal
            or call.scripted_reply is not None
        ):
            return None
        if isinstance(call.request, InvalidRequest):
            return None  # refused as it is by the real service
        try:
            reply = self.function(Request(call))
            if inspect.isawaitable(reply):
                reply = await reply
            rule = build_rule(reply)
        except Exception as error:  # the function is the user's, and may raise anything
            mistake = hide_keys(traceback.format_exc())
            log.error("answer() failed at %s %s\n%s", call.wire.method, call.surface.name, mistake)
            words = hide_keys(f"answer() failed: {type(error).__name__}: {error}")
            return Answer(Failure(Code.INVALID_ARGUMENT, words), "answers")
        return (
            None if rule is None else await self.get_runner().run_rule(call, rule, self.ask_others)
        )

    async def ask_others(self, call: Call) -> Answer | None:
        return await ask_sources(call, self.other_sources)


def build_rule(reply: FunctionResult) -> Rule | None:
    """What is to be done for a reply. Raises ValueError for what is none."""
    from mockgem.scenarios.loader import validate_scenario
    from mockgem.scenarios.validation import find_unknown_names

    if reply is None:
        return None
    if not isinstance(reply, (str, Mapping)):
        raise ValueError(f"expected None, a text or a mapping, got {reply!r:.200}")
    told = (
        dict(reply)
        if isinstance(reply, Mapping) and any(name in RULE_KEYS for name in reply)
        else {"say": reply}
    )
    scenario = validate_scenario(
        {"title": "answers", "rules": [{"name": "answer", **told}]}, "the reply"
    )
    if problems := [words for _, words in find_unknown_names(scenario)]:
        raise ValueError("\n".join(problems))
    return scenario.rules[0]


def load_function(told: str | AnswerFunction) -> AnswerFunction:
    """The function `answer` of a file. Raises ValueError where there is none, and for what is wrong in it."""
    if not isinstance(told, str):
        return told
    path = Path(told)
    if not path.is_file():
        raise ValueError(
            f"--answers {told!r}: there is no such file; give a Python file with a function answer(request)"
        )
    spec = importlib.util.spec_from_file_location("mockgem_answers", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"--answers {told!r}: this is no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # so is the file
        raise ValueError(
            f"--answers {told!r} can't be loaded: {type(error).__name__}: {error}"
        ) from error
    found: AnswerFunction | None = getattr(module, "answer", None)
    if not callable(found):
        raise ValueError(f"--answers {told!r} has no function answer(request)")
    return found
