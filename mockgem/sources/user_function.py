"""Let a Python function of the user answer calls (`--answers`, `mockgem.serve(answers=…)`)."""

from __future__ import annotations

import importlib.util
import inspect
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any, Protocol

from mockgem.core.call import Answer, Call, InvalidRequest, Source
from mockgem.core.changed_files import FileStamp
from mockgem.core.content import ToolResult
from mockgem.core.errors import Code, Failure
from mockgem.redaction.finder import hide_secrets
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.schema import Rule
from mockgem.scenarios.source import ask_sources

log = logging.getLogger("mockgem")
RULE_KEYS = ("say", "fail", "faults", "latency", "headers")
"""The keys of a rule that a mapping returned by the function may have."""


class Request:
    """The call that a function answers, the same for all surfaces.

    Example:
        def answer(request):
            if "weather" in request.text and request.tools:
                return {"tool_calls": [{"name": request.tools[0], "args": {"city": "Oslo"}}]}
    """

    def __init__(self, call: Call) -> None:
        self.call = call
        self.seen = CallFacts(call)

    @property
    def text(self) -> str:
        """The text of the last user turn; for embeddings and images, the text to embed or draw."""
        return self.seen.text

    @property
    def system(self) -> str:
        """The system instruction; empty if the request has none."""
        return self.seen.question.system if self.seen.question else ""

    @property
    def model(self) -> str:
        """The model's name, without models/."""
        return self.seen.model

    @property
    def surface(self) -> str:
        """The API that the client uses: gemini-openai, gateway, gemini, vertex, …"""
        return self.seen.surface

    @property
    def endpoint(self) -> str:
        """The operation: generate, embed, images, files, caches, batches, models, …"""
        return self.seen.endpoints[0]

    @property
    def stream(self) -> bool:
        """Whether the client asks for a stream."""
        return self.seen.stream

    @property
    def turn(self) -> int:
        """The number of the model's next turn in the conversation, from 1."""
        return self.seen.turn

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the functions that the request declares."""
        return tuple([tool.name for tool in self.seen.question.tools]) if self.seen.question else ()

    @cached_property
    def results(self) -> tuple[tuple[str, str], ...]:
        """The tool results in the last turn: the name and the text of each."""
        last = self.seen.question.turns[-1:] if self.seen.question else ()
        parts = [part for turn in last for part in turn.parts if isinstance(part, ToolResult)]
        return tuple([(part.name, part.output) for part in parts])

    @property
    def world(self) -> str:
        """The world's name; empty for the default world."""
        return self.call.world.name

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.call.wire.method

    @property
    def path(self) -> str:
        """The path of the URL, without the world."""
        return self.call.wire.path

    @property
    def headers(self) -> Mapping[str, str]:
        """The request headers, by lower-case names."""
        return self.call.wire.headers

    @cached_property
    def body(self) -> Any:
        """The request body as JSON values. None if it is not JSON."""
        try:
            return json.loads(self.call.wire.body)
        except ValueError:
            return None


FunctionResult = str | Mapping[str, Any] | None
AnswerFunction = Callable[[Request], FunctionResult | Awaitable[FunctionResult]]
"""Returns a text for the reply, a mapping like a rule's `say` or with a rule's keys, or None to
let mockgem answer."""


class RuleRunner(Protocol):
    """Runs single rules."""

    async def run_rule(
        self, call: Call, rule: Rule, ask_others: Callable[[Call], Awaitable[Answer | None]]
    ) -> Answer | None: ...


class UserFunctionSource:
    """Calls the function before it asks the other sources.

    An exception of the function becomes an error response, and a traceback in the log.
    """

    def __init__(
        self,
        function: AnswerFunction,
        get_runner: Callable[[], RuleRunner],
        other_sources: tuple[Source, ...],
        engine: Source,
    ) -> None:
        self.function = function
        self.get_runner = get_runner
        self.other_sources = other_sources
        self.engine = engine

    async def answer(self, call: Call) -> Answer | None:
        if call.endpoint is None or call.wire.is_internal or call.scripted_reply is not None:
            return None
        if isinstance(call.request, InvalidRequest):
            return None  # the engine refuses it, as the real service does
        try:
            reply = self.function(Request(call))
            if inspect.isawaitable(reply):
                reply = await reply
            rule = build_rule(reply)
        except Exception as error:  # the user's function may raise anything
            trace = hide_secrets(traceback.format_exc())
            log.error("answer() failed at %s %s\n%s", call.wire.method, call.surface.name, trace)
            message = hide_secrets(f"answer() failed: {type(error).__name__}: {error}")
            return Answer(Failure(Code.INVALID_ARGUMENT, message), "answers")
        return (
            None if rule is None else await self.get_runner().run_rule(call, rule, self.ask_others)
        )

    async def ask_others(self, call: Call) -> Answer | None:
        return await ask_sources(call, self.other_sources, self.engine)


def build_rule(reply: FunctionResult) -> Rule | None:
    """Build the rule that a function's result means. Raises ValueError if it is not valid."""
    from mockgem.scenarios.loader import validate_scenario
    from mockgem.scenarios.validation import describe_unknown_names

    if reply is None:
        return None
    if not isinstance(reply, (str, Mapping)):
        raise ValueError(f"expected None, a text or a mapping, got {reply!r:.200}")
    effects = (
        dict(reply)
        if isinstance(reply, Mapping) and any(name in RULE_KEYS for name in reply)
        else {"say": reply}
    )
    scenario = validate_scenario(
        {"title": "answers", "rules": [{"name": "answer", **effects}]}, "the reply"
    )
    if problems := describe_unknown_names(scenario):
        raise ValueError("\n".join(problems))
    return scenario.rules[0]


class WatchedFunction:
    """The function `answer` of a file, which is loaded again when the file has changed.

    A file that can't be loaded any more changes nothing but the log.
    """

    def __init__(self, file: str) -> None:
        """Raises ValueError for a file that can't be used."""
        self.file = file
        self.stamp = FileStamp(Path(file))
        self.function = load_file(file)

    def __call__(self, request: Request) -> FunctionResult | Awaitable[FunctionResult]:
        if self.stamp.has_changed():
            try:
                self.function = load_file(self.file)
                log.warning("%s has changed: its answer() is used from now on", self.file)
            except ValueError as error:
                log.warning("%s has changed; the earlier answer() stays: %s", self.file, error)
        return self.function(request)


def load_function(function: str | AnswerFunction, *, watch: bool = False) -> AnswerFunction:
    """Return a function, or load the function `answer` of a file; `watch`: again at each change.

    Raises ValueError for a file that is missing, has errors or has no such function.
    """
    if not isinstance(function, str):
        return function
    return WatchedFunction(function) if watch else load_file(function)


class FreshLoader(SourceFileLoader):
    """Reads the source itself: compiled files do not notice two changes within one second."""

    def get_code(self, fullname: str) -> Any:
        return self.source_to_code(self.get_data(self.path), self.path)


def load_file(function: str) -> AnswerFunction:
    """Return the function `answer` of a file. Raises ValueError for one that can't be used."""
    path = Path(function)
    if not path.is_file():
        raise ValueError(
            f"--answers {function!r}: this file does not exist; "
            "give a Python file with a function answer(request)"
        )
    loader = FreshLoader("mockgem_answers", str(path))
    spec = importlib.util.spec_from_file_location("mockgem_answers", path, loader=loader)
    if spec is None or spec.loader is None:
        raise ValueError(f"--answers {function!r}: this is not a Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # the user's file may raise anything
        raise ValueError(
            f"--answers {function!r} cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    answer: AnswerFunction | None = getattr(module, "answer", None)
    if not callable(answer):
        raise ValueError(f"--answers {function!r} has no function answer(request)")
    return answer
