"""A world of a server as a test sees it: what is said in it, what went on, what a strict test does not let pass."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mockgem.testing import report
from mockgem.testing.report import AddedRule

if TYPE_CHECKING:
    import aiohttp

    from mockgem.server.memory.connection import MemoryListener

ANY_KEY = "any-key"
MODEL_REPLY_KEYS = ("text", "thoughts", "tool_calls", "json", "turns", "finish", "block")
"""What only a model's answers have."""
HOW_TO_RECORD = (
    "pytest --mockgem-record-mode=once, or record_mode='once', with a key of the real service"
)
REQUEST_TIMEOUT = 70.0
"""Seconds; the longest that the admin API makes anybody wait is a minute."""
DIRECT_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""To one's own machine there is no way through a proxy, whatever HTTP_PROXY says."""


RULE_LOCATION = re.compile(r"\badded: (?:rules\[0\]\.?(?:when\.)?)?")
"""Where a mistake stands in the scenario that a test's words are made into, which the test does not know of."""
RULE_KEYS = ("latency", "faults", "headers")
FAILURE_KEYS = ("retry_delay", "retry_after", "message", "status", "shape")
"""What a rule and its failure have besides their conditions."""


class Exchange(dict[str, Any]):
    """An entry of the journal: method, path, query, surface, model, status, source, outcome, size, seconds, took, what a
    scenario did (rule, faults …), and `request` and `response` with headers and body as text."""

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(f"an entry has no {name!r}; it has {', '.join(self)}, json and answer")

    @property
    def json(self) -> Any:
        """The request's body as values, None where it is no JSON."""
        return parse_json(self["request"]["body"])

    @property
    def answer(self) -> Any:
        """The response's body as values, None where it is no JSON (a stream, say)."""
        return parse_json(self["response"]["body"])


def parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def to_json_value(found: Any) -> Any:
    """Values of pydantic's models and of dataclasses. Raises TypeError for what is none."""
    if hasattr(found, "model_dump"):
        return found.model_dump(mode="json")
    if is_dataclass(found) and not isinstance(found, type):
        return asdict(found)
    raise TypeError(
        f"{found!r} ({type(found).__name__}) is no value that JSON has; write a text, a number, a mapping or a list"
    )


class ServerHandle(Protocol):
    """A server of this process, as its worlds use it."""

    def listener_for(self, world: str) -> MemoryListener:
        """For connections without a socket."""
        ...

    def send_request(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of an answer, without HTTP."""
        ...

    def load_cassette(self, world: str, settings: Mapping[str, Any]) -> None:
        """A cassette for a world. Raises ValueError."""
        ...

    def release_world(self, world: str) -> None:
        """A world's cassette, if it has one."""
        ...


class Clock:
    """The clock of a world: it stands still until it is moved (unless the server was started with `clock="real"`)."""

    def __init__(self, world: Mockgem) -> None:
        self.world = world

    def now(self) -> str:
        """Like 2026-08-31T00:00:00Z."""
        found: str = self.world._call_admin("GET", "/clock")["now"]
        return found

    def advance(self, duration: str | float) -> None:
        """By "48h", or by seconds. Raises ValueError."""
        self.world._call_admin("POST", "/clock", {"advance": duration})

    def set(self, moment: str) -> None:
        """To a time like 2026-12-01T00:00:00Z. Raises ValueError."""
        self.world._call_admin("POST", "/clock", {"set": moment})


class Mockgem:
    """One world of a server, as a test sees it: base URLs for SDKs, its scenario, journal, clock and verdict."""

    def __init__(self, server: str, world: str = "", handle: ServerHandle | None = None) -> None:
        """`added` has the rules of `say` and `fail` by their names, of which there were `rules` so far; `says` tells
        whether anything was said, `expected` what is expected. `tape` is a cassette that it plays and is to play whole.
        `folder` is where cassettes are looked for, `taping` holds what holds for them where nothing else is said."""
        self.world = world
        self.url = f"{server}/w/{world}" if world else server
        self._handle = handle
        self._send = handle.send_request if handle is not None else send_http
        self.clock = Clock(self)
        self._added_rules: dict[str, AddedRule] = {}
        self._rule_count = 0
        self._has_replies = False
        self._expectations: dict[str, Any] = {}
        self._played_cassette: Path | None = None
        self._cassette_folder = Path()
        self._cassette_defaults: dict[str, Any] = {}

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

        Google's warn where both names of a key are set, so the second is there only to cover the user's own. Where the
        environment names a proxy, this machine is excepted.
        """
        covered = {"GOOGLE_API_KEY": ANY_KEY} if "GOOGLE_API_KEY" in os.environ else {}
        return (
            covered
            | build_no_proxy_env()
            | {
                "MOCKGEM_URL": self.url,
                "OPENAI_BASE_URL": self.openai_url,
                "OPENAI_API_KEY": ANY_KEY,
                "GEMINI_API_KEY": ANY_KEY,
                "GOOGLE_GEMINI_BASE_URL": self.gemini_url,
                "GOOGLE_VERTEX_BASE_URL": self.gemini_url,
            }
        )

    def transport(self) -> Any:
        """For httpx and httpx2, which SDKs take as `http_client`: no socket, and every host leads here.
        `httpx.Client(transport=mockgem.transport())`, and `AsyncClient` in asyncio. Raises RuntimeError for a server in
        another process."""
        from mockgem.server.memory.httpx_transport import HttpxTransport

        return HttpxTransport(self._get_handle().listener_for(self.world))

    def connector(self) -> aiohttp.BaseConnector:
        """For aiohttp, in a running loop: `aiohttp.ClientSession(connector=mockgem.connector())`; no socket, and every host
        leads here. Raises RuntimeError for a server in another process."""
        from mockgem.server.memory.aiohttp_connector import AiohttpConnector

        return AiohttpConnector(self._get_handle().listener_for(self.world))

    def _get_handle(self) -> ServerHandle:
        """Raises RuntimeError for a server in another process."""
        if self._handle is None:
            raise RuntimeError(
                f"{self.url} is a server of another process; give the SDK its URL, and let it play cassettes by its options"
            )
        return self._handle

    def cassette(self, path: str | Path, **settings: Any) -> None:
        """Answer from a cassette from now on; with record_mode="once", "new_episodes" or "all" record what the real service
        answers. A relative path is one beside the test. `settings` are those of cassettes: record_mode, on_miss, match_on,
        ignore, redact, upstream … What is not in it fails, unless on_miss="engine" says otherwise.

        Raises FileNotFoundError where there is nothing to play, TypeError and ValueError for a setting or a file that can't
        be used, RuntimeError for a server in another process.
        """
        place = self._cassette_folder / path
        told = {
            "on_miss": "fail",
            "record_mode": "none",
            **self._cassette_defaults,
            **settings,
            "cassette": str(place),
        }
        plays = told["record_mode"] == "none" and told["on_miss"] != "record"
        if plays and not place.exists():
            raise FileNotFoundError(f"there is no cassette {place}; record it with {HOW_TO_RECORD}")
        self._get_handle().load_cassette(self.world, told)
        self._played_cassette = place if plays else None

    def scenario(
        self,
        scenario: str | Mapping[str, Any],
        name: str = "inline",
        *,
        time_scale: float | None = None,
    ) -> None:
        """Play a scenario, by name or as it stands in a file, with its waits multiplied by `time_scale`. "none" stops the
        one that is played. What was said and failed before stays in force, before its rules. Raises TypeError, and
        ValueError for one that can't be played."""
        __tracebackhide__ = True
        if not isinstance(scenario, (str, Mapping)):
            raise TypeError(f"scenario takes a name or a mapping; got {scenario!r}")
        body: dict[str, Any] = (
            {"name": scenario}
            if isinstance(scenario, str)
            else {"name": name, "scenario": dict(scenario)}
        )
        left = [one for one in self._list_added_rules() if one.remaining != 0]
        if left and self._is_shared(scenario):
            raise ValueError(
                "all worlds play this one together (count_by: all); play it before say and fail, or reset()"
            )
        self._call_admin(
            "PUT", "/scenario", body | ({} if time_scale is None else {"time_scale": time_scale})
        )
        self._added_rules.clear()
        for one in left:
            self._put_rule(one.name, one.rule, one.remaining)
        if self._expectations:
            self.expect(**self._expectations)

    def _is_shared(self, told: str | Mapping[str, Any]) -> bool:
        if told == "none":
            return False
        return bool(
            (self._call_admin("GET", f"/scenarios/{told}") if isinstance(told, str) else told).get(
                "count_by"
            )
            == "all"
        )

    def say(self, *replies: str | Mapping[str, Any], times: int | None = 1, **when: Any) -> None:
        """What the next calls are answered with, one after the other: texts, or what a scenario's `say` takes, like
        {"tool_calls": […]}.

        What is said and failed is used in the order in which it is written, each `times` (None: from then on). Other words
        are conditions of scenarios, say("Sunny", text="*weather*"), or what else a rule does: `latency`, `faults`,
        `headers`. Raises TypeError and ValueError.
        """
        __tracebackhide__ = True
        if not replies:
            raise TypeError(
                "say takes what is to be said: a text, or a mapping like {'tool_calls': […]}"
            )
        for one in replies:
            if not isinstance(one, (str, Mapping)):
                hint = (
                    "; several answers are say('one', 'two')"
                    if isinstance(one, (list, tuple))
                    else ""
                )
                raise TypeError(
                    f"say takes a text, or a mapping like {{'tool_calls': […]}}; got {one!r}{hint}"
                )
        for one in replies:
            self._say_one(one, times, dict(when))

    def _say_one(
        self, said: str | Mapping[str, Any], times: int | None, when: dict[str, Any]
    ) -> None:
        __tracebackhide__ = True
        if (
            times == 1
            and isinstance(said, Mapping)
            and set(said) == {"turns"}
            and isinstance(said["turns"], (list, tuple))
        ):
            self.say(*said["turns"], **when)
            return
        if isinstance(said, str) or any(name in said for name in MODEL_REPLY_KEYS):
            when = {"endpoint": "generate"} | when
        elif "embedding" in said:
            when = {"endpoint": "embed"} | when
        self._add_rule("say", said if isinstance(said, str) else dict(said), times, when)
        self._has_replies = True

    def fail(
        self, error: str | int | Mapping[str, Any], *, times: int | None = 1, **when: Any
    ) -> None:
        """The next call fails: with an error of `mockgem scenario errors`, a status, or what a scenario's `fail` takes, of
        which `retry_delay`, `retry_after`, `message`, `status` and `shape` may also stand beside it: fail(429,
        retry_delay="10ms"). Other words are as in `say`. Raises TypeError and ValueError.
        """
        __tracebackhide__ = True
        if isinstance(error, bool) or not isinstance(error, (str, int, Mapping)):
            raise TypeError(
                f"fail takes an error's name, a status like 429, or a mapping; got {error!r}"
            )
        what = dict(error) if isinstance(error, Mapping) else {"error": error}
        what |= {name: when.pop(name) for name in FAILURE_KEYS if name in when}
        self._add_rule("fail", what, times, when)

    def _add_rule(self, does: str, what: Any, times: int | None, when: dict[str, Any]) -> None:
        __tracebackhide__ = True
        besides = {name: when.pop(name) for name in RULE_KEYS if name in when}
        self._rule_count += 1
        self._put_rule(f"{does}-{self._rule_count}", {does: what, **besides, "when": when}, times)

    def _put_rule(self, name: str, rule: Mapping[str, Any], times: int | None) -> None:
        """One more rule, that is used so often."""
        __tracebackhide__ = True
        often = {} if times is None else {"times": times}
        try:
            self._call_admin(
                "POST", "/scenario/rules", {"name": name, **rule, "when": {**rule["when"], **often}}
            )
        except ValueError as error:
            raise ValueError(RULE_LOCATION.sub("", str(error))) from None
        self._added_rules[name] = AddedRule(name, rule, times)

    def _list_added_rules(self) -> list[AddedRule]:
        """What was said and failed, with how often that happened."""
        if not self._added_rules:
            return []
        found = self._call_admin("GET", "/scenario")
        counts = found["plays"].get(found["scenario"], {}).get("rules", {})
        return [
            replace(one, used=counts.get(name, {}).get("acted", 0))
            for name, one in self._added_rules.items()
        ]

    def expect(self, **expectations: Any) -> None:
        """What the client is to have done at the end of the test: attempts=3, waits="told", final="success" … as in a
        scenario's `expect`. With the fixture it is judged when the test has passed otherwise, elsewhere by
        `assert_verdict`. Raises ValueError."""
        __tracebackhide__ = True
        try:
            self._call_admin("PUT", "/scenario/expect", expectations)
        except ValueError as error:
            raise ValueError(str(error).replace("expected: expect.", "")) from None
        self._expectations = expectations

    def verdict(self, scenario: str = "") -> dict[str, Any]:
        """What the client did, and what it should have done: `pass`, `checks`, `calls`. Raises ValueError where nothing
        was played."""
        found: dict[str, Any] = self._call_admin(
            "GET", "/verdict" + (f"?scenario={scenario}" if scenario else "")
        )
        return found

    def assert_verdict(self, scenario: str = "") -> None:
        """Raises AssertionError with the verdict in words where an expectation was not met."""
        from mockgem.scenarios.verdict import format_verdict

        __tracebackhide__ = True
        found = self.verdict(scenario)
        assert found["pass"], format_verdict(found)

    def journal(self, **filters: Any) -> list[Exchange]:
        """What was asked and answered, in order; `filters` are those of the admin API: status="4xx", model="*-pro",
        text="weather", wait=5, count=2 … Raises ValueError."""
        __tracebackhide__ = True
        told = {
            name: str(one).lower() if isinstance(one, bool) else one
            for name, one in filters.items()
        }
        query = urllib.parse.urlencode({"limit": "1000", **told})
        return [Exchange(one) for one in self._call_admin("GET", f"/journal?{query}")["entries"]]

    def requests(self, **filters: Any) -> list[Any]:
        """What was asked, as values: the JSON of each request's body, in order; None for those without one."""
        return [one.json for one in self.journal(**filters)]

    def problems(self) -> list[str]:
        """What a strict test does not let pass: unmet expectations, what was said and never used, recordings that were not
        played, calls that nothing answers or no cassette has, chats that were made up though the test says what is
        answered."""
        return report.find_problems(self)

    def exchanges(self) -> str:
        """What was asked and answered, for people: the last twenty, with the beginnings of their bodies."""
        return report.report_exchanges(self)

    def reset(self) -> None:
        """The world as it was at its beginning: nothing said, no scenario, no cassette, no files, an empty journal."""
        if self._handle is not None:
            self._handle.release_world(self.world)
        self._call_admin("POST", "/reset", {})
        self._added_rules.clear()
        self._played_cassette, self._has_replies, self._expectations = None, False, {}

    def forget(self) -> None:
        """The world, with all that is in it; what it recorded is on the disk."""
        if self._handle is not None:
            self._handle.release_world(self.world)
        self._call_admin("DELETE", f"/worlds/{self.world}", missing=True)

    def _call_admin(
        self, method: str, path: str, body: Any = None, *, missing: bool = False
    ) -> Any:
        """Raises ValueError with the server's words."""
        __tracebackhide__ = True
        data = b"" if body is None else json.dumps(body, default=to_json_value).encode()
        status, answer = self._send(method, f"{self.url}/_mockgem{path}", data)
        if missing and status == 404:
            return None
        found = json.loads(answer)
        if status >= 400:
            raise ValueError(found["error"])
        return found


def build_no_proxy_env() -> dict[str, str]:
    """What lets clients reach this machine where the environment names a proxy."""
    if not report.find_proxy_variable():
        return {}
    known = report.get_no_proxy()
    told = ",".join(dict.fromkeys([*filter(None, known.split(",")), "127.0.0.1", "localhost"]))
    return {"NO_PROXY": told, "no_proxy": told}


def send_http(method: str, url: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer."""
    request = urllib.request.Request(
        url, body or None, {"Content-Type": "application/json"}, method=method
    )
    try:
        with DIRECT_OPENER.open(request, timeout=REQUEST_TIMEOUT) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
