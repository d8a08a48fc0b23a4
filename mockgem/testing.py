"""A mockgem inside the process of a test: a server in a thread, and a world of its own for each test."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from mockgem.settings import Settings

ANY_KEY = "any-key"
OF_A_MODEL = ("text", "thoughts", "tool_calls", "json", "turns", "finish", "block")
"""What only a model's answers have."""
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""To one's own machine there is no way through a proxy, whatever HTTP_PROXY says."""
STARTING = 30.0
"""Seconds that a server may take to start."""


class LocalServer:
    """Listens on a free port of 127.0.0.1, in a thread. Takes what `mockgem serve` takes, by the names of its settings.

    Raises TypeError for a name that is no setting, ValueError for a value of another kind.
    """

    def __init__(self, **settings: Any) -> None:
        self.settings = checked(settings)
        self.url = ""
        self.problem: BaseException | None = None
        self.ready = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.over: asyncio.Event | None = None
        self.thread = threading.Thread(target=self.run, name="mockgem", daemon=True)

    def start(self) -> LocalServer:
        """Raises what keeps it from starting: ValueError for settings, OSError for the port."""
        self.thread.start()
        if not self.ready.wait(STARTING):
            raise TimeoutError(f"mockgem did not start within {STARTING:.0f} seconds")
        if self.problem is not None:
            raise self.problem
        return self

    def run(self) -> None:
        try:
            asyncio.run(self.serve())
        except BaseException as error:  # handed on to whoever waits for the start
            self.problem = error
            self.ready.set()

    async def serve(self) -> None:
        from mockgem.build import build

        server = build(self.settings)
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        port = await server.start("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{port}"
        self.ready.set()
        await self.over.wait()
        await server.stop(0.1)

    def stop(self) -> None:
        if self.loop is not None and self.over is not None and self.thread.is_alive():
            self.loop.call_soon_threadsafe(self.over.set)
            self.thread.join(10.0)

    def __enter__(self) -> LocalServer:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def world(self, name: str) -> Mockgem:
        return Mockgem(self.url, name)


def checked(told: Mapping[str, Any]) -> Settings:
    """Settings from words. Raises TypeError and ValueError."""
    from mockgem.scenarios.words import nearest

    usual = Settings()
    for name, found in told.items():
        if not hasattr(usual, name):
            near = nearest(name, list(Settings.__dataclass_fields__))
            raise TypeError(f"{name} is no setting of a server" + (f"; did you mean {near[0]}?" if near else ""))
        if name == "answers" and callable(found):
            continue
        kind = type(getattr(usual, name))
        if type(found) is not kind and not (kind in TAKEN and isinstance(found, TAKEN[kind])):
            raise ValueError(f"{name} is {NAMED.get(kind, 'a mapping')}, like {getattr(usual, name)!r}; got {found!r}")
    lists = {name: tuple(found) for name, found in told.items() if isinstance(found, list)}
    return Settings(**{**told, **lists})


TAKEN: dict[type, type] = {float: int, tuple: list, dict: Mapping}
"""What is taken for a kind of setting besides it."""
NAMED = {int: "a whole number", float: "a number", str: "a text", bool: "True or False", tuple: "a tuple of texts"}


@contextmanager
def served(**settings: Any) -> Iterator[Mockgem]:
    """A server in a thread, and its default world."""
    with LocalServer(**settings) as server:
        yield Mockgem(server.url)


@asynccontextmanager
async def aserved(**settings: Any) -> AsyncIterator[Mockgem]:
    """A server in the running event loop, and its default world. What asks the world itself (`scenario`, `journal` …)
    waits; call it with `asyncio.to_thread`."""
    from mockgem.build import build

    server = build(checked(settings))
    port = await server.start("127.0.0.1", 0)
    try:
        yield Mockgem(f"http://127.0.0.1:{port}")
    finally:
        await server.stop(0.1)


class Clock:
    """The clock of a world: it stands still until it is moved (unless the server was started with `clock="real"`)."""

    def __init__(self, world: Mockgem) -> None:
        self.world = world

    def now(self) -> str:
        """Like 2026-08-31T00:00:00Z."""
        found: str = self.world.asked("GET", "/clock")["now"]
        return found

    def advance(self, duration: str | float) -> None:
        """By "48h", or by seconds. Raises ValueError."""
        self.world.asked("POST", "/clock", {"advance": duration})

    def set(self, moment: str) -> None:
        """To a time like 2026-12-01T00:00:00Z. Raises ValueError."""
        self.world.asked("POST", "/clock", {"set": moment})


class Mockgem:
    """One world of a server, as a test sees it: base URLs for SDKs, its scenario, journal, clock and verdict.

    `added` has how often each rule of `say` and `fail` is to be used, by the rule's name; None is as often as it may be.
    `cassette` is what it plays and is to play whole, if that is wanted.
    """

    def __init__(self, server: str, world: str = "") -> None:
        self.world = world
        self.url = f"{server}/w/{world}" if world else server
        self.clock = Clock(self)
        self.added: dict[str, int | None] = {}
        self.cassette: Path | None = None

    @property
    def openai_url(self) -> str:
        """For OpenAI's SDKs, as Gemini's OpenAI-compatible surface."""
        return self.url + "/v1beta/openai/"

    @property
    def gemini_url(self) -> str:
        """For google-genai: http_options={"base_url": …}."""
        return self.url

    @property
    def vertex_url(self) -> str:
        """For google-genai as Vertex AI: Client(vertexai=True, …, http_options={"base_url": …})."""
        return self.url

    @property
    def vertex_openai_url(self) -> str:
        """For OpenAI's SDKs, as Vertex AI's OpenAI-compatible surface."""
        return self.url + "/v1/projects/any-project/locations/global/endpoints/openapi"

    @property
    def gateway_url(self) -> str:
        """For OpenAI's SDKs, as a gateway."""
        return self.url + "/v1"

    @property
    def env(self) -> dict[str, str]:
        """What SDKs read from the environment, so that they come here without being told in code.

        Google's warn where both names of a key are set, so the second is there only to cover the user's own.
        """
        covered = {"GOOGLE_API_KEY": ANY_KEY} if "GOOGLE_API_KEY" in os.environ else {}
        return covered | {
            "MOCKGEM_URL": self.url,
            "OPENAI_BASE_URL": self.openai_url,
            "OPENAI_API_KEY": ANY_KEY,
            "GEMINI_API_KEY": ANY_KEY,
            "GOOGLE_GEMINI_BASE_URL": self.gemini_url,
            "GOOGLE_VERTEX_BASE_URL": self.gemini_url,
        }

    def scenario(self, told: str | Mapping[str, Any], name: str = "inline") -> None:
        """Play a scenario, by name or as it stands in a file. Raises ValueError for one that can't be played."""
        body = {"name": told} if isinstance(told, str) else {"name": name, "scenario": dict(told)}
        self.asked("PUT", "/scenario", body)
        self.added.clear()

    def say(self, said: str | Mapping[str, Any], *, times: int | None = 1, **when: Any) -> None:
        """What the next call is answered with: a text, or what a scenario's `say` takes, like {"tool_calls": […]}.

        What is said and failed one after the other is used in that order, each `times` (None: from then on). `when` are
        conditions of scenarios: say("Sunny", text="*weather*"). Raises ValueError.
        """
        if isinstance(said, str) or any(name in said for name in OF_A_MODEL):
            when = {"endpoint": "generate"} | when
        self.add("say", said if isinstance(said, str) else dict(said), times, when)

    def fail(self, error: str | int | Mapping[str, Any], *, times: int | None = 1, **when: Any) -> None:
        """The next call fails: with an error of `mockgem scenario errors`, a status, or what a scenario's `fail` takes.

        Raises ValueError.
        """
        self.add("fail", error if isinstance(error, (str, int)) else dict(error), times, when)

    def add(self, does: str, what: Any, times: int | None, when: Mapping[str, Any]) -> None:
        name = f"{does}-{len(self.added) + 1}"
        often = {} if times is None else {"times": times}
        self.asked("POST", "/scenario/rules", {"name": name, "when": {**when, **often}, does: what})
        self.added[name] = times

    def verdict(self, scenario: str = "") -> dict[str, Any]:
        """What the client did, and what it should have done: `pass`, `checks`, `calls`. Raises ValueError where nothing
        was played."""
        found: dict[str, Any] = self.asked("GET", "/verdict" + (f"?scenario={scenario}" if scenario else ""))
        return found

    def assert_verdict(self, scenario: str = "") -> None:
        """Raises AssertionError with the verdict in words where an expectation was not met."""
        from mockgem.scenarios.judging import as_text

        found = self.verdict(scenario)
        assert found["pass"], as_text(found)

    def journal(self, **filters: str) -> list[dict[str, Any]]:
        """What was asked and answered, in order."""
        query = urllib.parse.urlencode({"limit": "1000", **filters})
        found: list[dict[str, Any]] = self.asked("GET", f"/journal?{query}")["entries"]
        return found

    def problems(self) -> list[str]:
        """What a strict test does not let pass: unmet expectations, what was said and never used, recordings
        that were not played, calls that nothing answers or no cassette has."""
        return [*self.unmet(), *self.unused(), *self.unplayed(), *self.unexpected()]

    def unmet(self) -> list[str]:
        from mockgem.scenarios.judging import as_text

        try:
            found = self.verdict()
        except ValueError:  # nothing was played
            return []
        return [] if found["pass"] else [as_text(found)]

    def unused(self) -> list[str]:
        found = self.asked("GET", "/scenario")
        counts = found["plays"].get(found["scenario"], {}).get("rules", {})
        acted = {name: counts.get(name, {}).get("acted", 0) for name in self.added}
        return [
            f"{name} was used {acted[name]} of {times or 1} times; take it out, or ask as its conditions say"
            for name, times in self.added.items()
            if acted[name] < (times or 1)
        ]

    def unplayed(self) -> list[str]:
        if self.cassette is None:
            return []
        left = recorded_in(self.cassette) - played_in(self.journal())
        return [
            f"{what} was recorded in {self.cassette.name} and not played ({times} times)" for what, times in left.items()
        ]

    def unexpected(self) -> list[str]:
        return [f"{line_of(one)}: {words_of(one)}" for one in self.journal() if unanswered(one)]

    def exchanges(self) -> str:
        """What was asked and answered, for people: the last twenty, with the beginnings of their bodies."""
        return "\n".join([f"{line_of(one)}\n  > {asked_in(one)}\n  < {words_of(one)}" for one in self.journal()[-20:]])

    def forget(self) -> None:
        """The world, with all that is in it."""
        self.asked("DELETE", f"/worlds/{self.world}", missing=True)

    def asked(self, method: str, path: str, body: Any = None, *, missing: bool = False) -> Any:
        """Raises ValueError with the server's words."""
        data = None if body is None else json.dumps(body).encode()
        head = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_mockgem{path}", data, head, method=method)
        try:
            with DIRECTLY.open(request, timeout=70) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                if missing and error.code == 404:
                    return None
                raise ValueError(json.loads(error.read())["error"]) from None


def unanswered(entry: Mapping[str, Any]) -> bool:
    """Whether nothing of the server's own or of its cassette was there for a call."""
    return "missed" in entry or (entry["source"] != "cassette" and (entry["status"] == 501 or unrouted(entry)))


def unrouted(entry: Mapping[str, Any]) -> bool:
    """Whether there is no such path: the real service's page for that is HTML or empty, all else has JSON."""
    return entry["status"] == 404 and not entry["response"]["body"].lstrip().startswith(("{", "["))


def recorded_in(cassette: Path) -> Counter[str]:
    """How often each method and path was recorded."""
    from mockgem.cassettes.library import at_version
    from mockgem.cassettes.matching import asked_in
    from mockgem.cassettes.reading import cassettes_in, read

    asked = [at_version(asked_in(one)) for path in cassettes_in(cassette) for one in read(path).interactions]
    return Counter([f"{one.method} {one.path}" for one in asked])


def played_in(journal: list[dict[str, Any]]) -> Counter[str]:
    from mockgem.worlds import outside_world

    played = [one for one in journal if one["source"] == "cassette" and "missed" not in one]
    return Counter([f"{one['method']} {outside_world(one['path'])}" for one in played])


def line_of(entry: Mapping[str, Any]) -> str:
    rule = f" by {entry['rule']}" if "rule" in entry else ""
    return f"{entry['method']} {entry['path']} {entry['status']} {entry['outcome']}{rule}"


def asked_in(entry: Mapping[str, Any]) -> str:
    return beginning(entry["request"]["body"])


def words_of(entry: Mapping[str, Any]) -> str:
    return beginning(entry["response"]["body"])


def beginning(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 300 else plain[:299] + "…"
