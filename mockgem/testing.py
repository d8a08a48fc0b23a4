"""A world of a server as a test sees it: what is said in it, what went on, what a strict test does not let pass."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import aiohttp

    from mockgem.inprocess.line import Line

ANY_KEY = "any-key"
OF_A_MODEL = ("text", "thoughts", "tool_calls", "json", "turns", "finish", "block")
"""What only a model's answers have."""
HOW_TO_RECORD = "pytest --mockgem-record-mode=once, or record_mode='once', with a key of the real service"
PATIENCE = 70.0
"""Seconds; the longest that the admin API makes anybody wait is a minute."""
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""To one's own machine there is no way through a proxy, whatever HTTP_PROXY says."""


class Inside(Protocol):
    """A server of this process, as its worlds use it."""

    listens: bool

    def line(self, world: str) -> Line:
        """For connections without a socket."""
        ...

    def ask(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of an answer, without HTTP."""
        ...

    def put_in(self, world: str, settings: Mapping[str, Any]) -> None:
        """A cassette for a world. Raises ValueError."""
        ...

    def take_out(self, world: str) -> None:
        """A world's cassette, if it has one."""
        ...


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
    `tape` is a cassette that it plays and is to play whole. `folder` is where cassettes are looked for, `taping` holds what
    holds for them where nothing else is said.
    """

    def __init__(self, server: str, world: str = "", inside: Inside | None = None) -> None:
        self.world = world
        self.url = f"{server}/w/{world}" if world else server
        self.here = inside
        self.ask = inside.ask if inside is not None and not inside.listens else by_http
        self.clock = Clock(self)
        self.added: dict[str, int | None] = {}
        self.tape: Path | None = None
        self.folder = Path()
        self.taping: dict[str, Any] = {}

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

    def transport(self) -> Any:
        """For httpx and httpx2, which SDKs take as `http_client`: no socket, and every host leads here.
        `httpx.Client(transport=mockgem.transport())`, and `AsyncClient` in asyncio. Raises RuntimeError for a server in
        another process."""
        from mockgem.inprocess.transport import Transport

        return Transport(self.inside().line(self.world))

    def connector(self) -> aiohttp.BaseConnector:
        """For aiohttp, in a running loop: `aiohttp.ClientSession(connector=mockgem.connector())`; no socket, and every host
        leads here. Raises RuntimeError for a server in another process."""
        from mockgem.inprocess.connector import Connector

        return Connector(self.inside().line(self.world))

    def inside(self) -> Inside:
        """Raises RuntimeError for a server in another process."""
        if self.here is None:
            raise RuntimeError(
                f"{self.url} is a server of another process; give the SDK its URL, and let it play cassettes by its options"
            )
        return self.here

    def cassette(self, path: str | Path, **settings: Any) -> None:
        """Answer from a cassette from now on; with record_mode="once", "new_episodes" or "all" record what the real service
        answers. A relative path is one beside the test. `settings` are those of cassettes: record_mode, on_miss, match_on,
        ignore, redact, upstream … What is not in it fails, unless on_miss="engine" says otherwise.

        Raises FileNotFoundError where there is nothing to play, TypeError and ValueError for a setting or a file that can't
        be used, RuntimeError for a server in another process.
        """
        place = self.folder / path
        told = {"on_miss": "fail", "record_mode": "none", **self.taping, **settings, "cassette": str(place)}
        plays = told["record_mode"] == "none" and told["on_miss"] != "record"
        if plays and not place.exists():
            raise FileNotFoundError(f"there is no cassette {place}; record it with {HOW_TO_RECORD}")
        self.inside().put_in(self.world, told)
        self.tape = place if plays else None

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
        if self.tape is None:
            return []
        left = recorded_in(self.tape) - played_in(self.journal())
        return [f"{what} was recorded in {self.tape.name} and not played ({times} times)" for what, times in left.items()]

    def unexpected(self) -> list[str]:
        return [f"{line_of(one)}: {words_of(one)}" for one in self.journal() if unanswered(one)]

    def exchanges(self) -> str:
        """What was asked and answered, for people: the last twenty, with the beginnings of their bodies."""
        return "\n".join([f"{line_of(one)}\n  > {asked_in(one)}\n  < {words_of(one)}" for one in self.journal()[-20:]])

    def forget(self) -> None:
        """The world, with all that is in it; what it recorded is on the disk."""
        if self.here is not None:
            self.here.take_out(self.world)
        self.asked("DELETE", f"/worlds/{self.world}", missing=True)

    def asked(self, method: str, path: str, body: Any = None, *, missing: bool = False) -> Any:
        """Raises ValueError with the server's words."""
        data = b"" if body is None else json.dumps(body).encode()
        status, answer = self.ask(method, f"{self.url}/_mockgem{path}", data)
        if missing and status == 404:
            return None
        found = json.loads(answer)
        if status >= 400:
            raise ValueError(found["error"])
        return found


def by_http(method: str, url: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer."""
    request = urllib.request.Request(url, body or None, {"Content-Type": "application/json"}, method=method)
    try:
        with DIRECTLY.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


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
