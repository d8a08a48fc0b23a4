"""A world of a server as a test uses it: choose answers, check requests, move the clock."""

from __future__ import annotations

import json
import re
import urllib.parse
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mockgem.core.suggestions import suggest_names
from mockgem.testing import report
from mockgem.testing.cassettes import check_place, is_replay
from mockgem.testing.clock import Clock
from mockgem.testing.error_words import find_error_name, is_exception_class
from mockgem.testing.exchange import Exchange, to_json_value
from mockgem.testing.proxy import send_http
from mockgem.testing.reply_forms import REPLY_ARGUMENTS, build_replies
from mockgem.testing.report import AddedRule
from mockgem.testing.suggestions import suggest_argument
from mockgem.testing.urls import WorldUrls

if TYPE_CHECKING:
    import aiohttp

    from mockgem.recording.interaction import Interaction
    from mockgem.server.memory.connection import MemoryListener

PAGE_SIZE = "1000"
"""Entries that one request for the journal returns at most."""
MODEL_REPLY_KEYS = (
    "text",
    "chunks",
    "injection",
    "thoughts",
    "tool_calls",
    "json",
    "turns",
    "finish",
    "block",
)
"""Keys of a reply that only a model's answer has."""
RULE_LOCATION = re.compile(r"\badded: (?:rules\[0\]\.?(?:when\.)?)?")
"""The place of a mistake in the scenario that `say` and `fail` build."""
RULE_KEYS = ("latency", "faults", "headers")
"""Keys of a rule besides its conditions."""
FAILURE_KEYS = ("retry_delay", "retry_after", "message", "status", "shape")
"""Keys of a failure that `fail` takes as arguments."""


class ServerHandle(Protocol):
    """A server in this process, as its worlds use it."""

    def listener_for(self, world: str) -> MemoryListener:
        """Return a listener for connections without a socket."""
        ...

    def send_request(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        """Return the status and the body of a response, without HTTP."""
        ...

    def load_cassette(self, world: str, settings: Mapping[str, Any]) -> list[str]:
        """Answer a world's requests from a cassette; return warnings about old recordings.

        Raises TypeError and ValueError.
        """
        ...

    def list_unplayed(self, world: str) -> list[Interaction]:
        """Return the interactions of a world's cassette that it has not played."""
        ...

    def list_problems(self, world: str) -> list[str]:
        """Return what the mode `verify` found wrong in a world."""
        ...

    def release_world(self, world: str) -> None:
        """Close the cassette and the connections of a world."""
        ...


class Mockgem(WorldUrls):
    """One world of a server: base URLs for SDKs, answers, requests, a clock and a verdict.

    The fixtures `mockgem` and `mockgem_env`, `mockgem.serve` and `mockgem.aserve` create it. Worlds
    share nothing: each has its own scenario, journal, files and clock.

    Example:
        ```python
        with mockgem.serve() as server:
            server.say("It is sunny in Rome.")
            client = OpenAI(base_url=server.openai_url, api_key="any-key")
            assert ask_weather(client, "Rome") == "It is sunny in Rome."
            assert server.requests()[0]["messages"][-1]["content"] == "How is the weather in Rome?"
        ```
    """

    clock: Clock
    """The world's clock."""

    def __init__(self, server: str, world: str = "", handle: ServerHandle | None = None) -> None:
        """Connect to a running server.

        Args:
            server: The URL of the server.
            world: The name of the world; without it the default world.
            handle: The server, if it runs in this process.
        """
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
        self._problems: list[str] = []
        """The cassette that a strict test has to replay completely."""
        self._cassette_folder = Path()
        """The folder of relative paths of cassettes."""
        self._cassette_defaults: dict[str, Any] = {}
        """Options of cassettes that a call of `cassette` can override."""

    def transport(self) -> Any:
        """Return a transport for httpx and httpx2: no socket, and every host leads to this world.

        SDKs take it as `http_client`.

        Raises:
            RuntimeError: For a server in another process.

        Example:
            ```python
            OpenAI(api_key="k", http_client=httpx.Client(transport=mockgem.transport()))
            AsyncOpenAI(api_key="k", http_client=httpx.AsyncClient(transport=mockgem.transport()))
            ```
        """
        from mockgem.server.memory.httpx_transport import HttpxTransport

        return HttpxTransport(self._get_handle().listener_for(self.world))

    def connector(self) -> aiohttp.BaseConnector:
        """Return a connector for aiohttp: it needs no socket, and every host leads to this world.

        Call it in a running event loop.

        Raises:
            RuntimeError: For a server in another process.

        Example:
            ```python
            aiohttp.ClientSession(connector=mockgem.connector())
            ```
        """
        from mockgem.server.memory.aiohttp_connector import AiohttpConnector

        return AiohttpConnector(self._get_handle().listener_for(self.world))

    def _get_handle(self) -> ServerHandle:
        """Return the server in this process. Raises RuntimeError for one in another process."""
        if self._handle is None:
            raise RuntimeError(
                f"{self.url} is a server in another process: give the SDK its URL, and start "
                "the server with "
                "--cassette to replay one"
            )
        return self._handle

    def cassette(self, path: str | Path, **settings: Any) -> None:
        """Answer from a cassette from now on, or record one.

        Without other settings mockgem refuses requests that are not in the cassette.

        Args:
            path: The file, or a folder of cassettes. A relative path starts in the test's folder.
            **settings: Options of recording: `record_mode` ("once", "new_episodes", "all" or
                "rewrite" record the answers of the real service, "verify" compares them with the
                recordings), `on_miss`, `match_on`, `ignore`, `redact`, `upstream`, `max_age` …

        Raises:
            FileNotFoundError: When there is nothing to replay.
            TypeError: For a name that is not an option.
            ValueError: For a value or a file that is not valid.
            RuntimeError: For a server in another process.

        Warns:
            UserWarning: For recordings that are older than `max_age`, like "90d".

        Example:
            ```python
            mockgem.cassette("chat.yaml", match_on=["method", "path"])
            ```
        """
        place = self._cassette_folder / path
        defaults = {"on_miss": "fail", "record_mode": "none", **self._cassette_defaults}
        settings = {**defaults, **settings, "cassette": str(place)}
        check_place(place, settings)
        handle = self._get_handle()
        problems = handle.list_problems(self.world)
        old = handle.load_cassette(self.world, settings)
        self._problems += problems
        self._played_cassette = place if is_replay(settings) else None
        for warning in old:
            warnings.warn(warning, stacklevel=2)

    def _list_unplayed(self) -> list[Interaction]:
        return self._get_handle().list_unplayed(self.world)

    def differences(self) -> list[str]:
        """Return what the record mode "verify" found: a text for each response that differs.

        The fixture fails a test for them; elsewhere check that the list is empty.

        Example:
            ```python
            server.cassette("chat.yaml", record_mode="verify")
            ask(client)
            assert server.differences() == []
            ```
        """
        found = self._handle.list_problems(self.world) if self._handle is not None else []
        return [*self._problems, *found]

    def scenario(
        self,
        scenario: str | Mapping[str, Any],
        name: str = "inline",
        *,
        time_scale: float | None = None,
    ) -> None:
        """Run a scenario, in place of the one that runs.

        Replies of `say` and errors of `fail` that are not used yet stay: their rules come before
        the scenario's.

        Args:
            scenario: A name of `mockgem scenario list`, or the content of a scenario file. "none"
                stops the scenario.
            name: A name for a scenario that is given as a mapping.
            time_scale: Multiply all waits by this number.

        Raises:
            TypeError: For neither a name nor a mapping.
            ValueError: For an unknown name or a scenario that is not valid.

        Example:
            ```python
            mockgem.scenario("overloaded-then-ok", time_scale=0.01)
            mockgem.scenario({"rules": [{"when": {"calls": 1}, "fail": 503}]})
            ```
        """
        __tracebackhide__ = True
        if not isinstance(scenario, (str, Mapping)):
            raise TypeError(f"scenario takes a name or a mapping; got {scenario!r}")
        body: dict[str, Any] = (
            {"name": scenario}
            if isinstance(scenario, str)
            else {"name": name, "scenario": dict(scenario)}
        )
        unused = [rule for rule in self._list_added_rules() if rule.remaining != 0]
        if unused and self._is_shared(scenario):
            raise ValueError(
                "all worlds run this scenario together (count_by: all): call scenario before say "
                "and fail, or reset() first"
            )
        scale = {} if time_scale is None else {"time_scale": time_scale}
        self._call_admin("PUT", "/scenario", body | scale)
        self._added_rules.clear()
        for rule in unused:
            self._put_rule(rule.name, rule.rule, rule.remaining)
        if self._expectations:
            self.expect(**self._expectations)

    def _is_shared(self, scenario: str | Mapping[str, Any]) -> bool:
        """Return whether all worlds count the calls of a scenario together."""
        if scenario == "none":
            return False
        content: Mapping[str, Any] = (
            self._call_admin("GET", f"/scenarios/{scenario}")
            if isinstance(scenario, str)
            else scenario
        )
        return bool(content.get("count_by") == "all")

    def say(self, *replies: Any, times: int | None = 1, **when: Any) -> None:
        """Answer the next requests with replies, one reply after another.

        mockgem uses replies and errors in the order of `say` and `fail`.

        Args:
            *replies: Texts; what `say` takes in a scenario, like `{"tool_calls": […]}`; a pydantic
                model or a dataclass, which is sent as JSON; or a message or response of OpenAI's or
                Google's SDK.
            times: Use each reply for this number of requests; None uses it for all later ones.
            **when: Conditions of scenarios, like `text="*weather*"` or `model="*-pro"`; `latency`,
                `faults` and `headers` of the answer; and keys of the reply: `json`, `tool_calls`,
                `thoughts`, `chunks`, `finish` …

        Raises:
            TypeError: For a reply of another type.
            ValueError: For a reply or a condition that is not valid.

        Example:
            ```python
            mockgem.say("Hello!", "Goodbye!")
            mockgem.say(tool_calls=[{"name": "weather", "args": {"city": "Rome"}}])
            mockgem.say(json={"city": "Rome"})
            mockgem.say("Sunny", text="*Rome*", times=None)
            ```
        """
        __tracebackhide__ = True
        keys = {name: when.pop(name) for name in REPLY_ARGUMENTS if name in when}
        for reply in build_replies(replies, keys):
            self._say_one(reply, times, dict(when))

    def _say_one(
        self, reply: str | Mapping[str, Any], times: int | None, when: dict[str, Any]
    ) -> None:
        __tracebackhide__ = True
        is_sequence = isinstance(reply, Mapping) and set(reply) == {"turns"}
        if times == 1 and is_sequence and isinstance(reply["turns"], (list, tuple)):  # type: ignore[index]
            self.say(*reply["turns"], **when)  # type: ignore[index]
            return
        if isinstance(reply, str) or any(name in reply for name in MODEL_REPLY_KEYS):
            when = {"endpoint": "generate"} | when
        elif "embedding" in reply:
            when = {"endpoint": "embed"} | when
        self._add_rule("say", reply if isinstance(reply, str) else dict(reply), times, when)
        self._has_replies = True

    def fail(
        self,
        error: str | int | Mapping[str, Any] | BaseException | type[BaseException],
        *,
        times: int | None = 1,
        **when: Any,
    ) -> None:
        """Answer the next request with an error.

        Args:
            error: A name of `mockgem scenario errors`, a status like 429, everyday words like
                "rate limited" or "timeout" (an error of the service; for a client that waits in
                vain use `faults=["hang"]`), an SDK's exception, or what `fail` takes in a scenario.
            times: Fail this number of requests; None fails all later ones.
            **when: Conditions as in `say`, and `retry_delay`, `retry_after`, `message`, `status`
                and `shape` of the error.

        Raises:
            TypeError: For an error that is neither a name, a status nor a mapping.
            ValueError: For an unknown name or a condition that is not valid.

        Example:
            ```python
            mockgem.fail(429, retry_delay="10ms")
            mockgem.fail("overloaded", times=2, model="*-pro")
            ```
        """
        __tracebackhide__ = True
        if isinstance(error, BaseException) or is_exception_class(error):
            error = find_error_name(error)
        if isinstance(error, bool) or not isinstance(error, (str, int, Mapping)):
            raise TypeError(
                f"fail takes an error's name, a status like 429, or a mapping; got {error!r}"
            )
        failure = dict(error) if isinstance(error, Mapping) else {"error": error}
        failure["error"] = find_error_name(failure.get("error"))
        failure |= {name: when.pop(name) for name in FAILURE_KEYS if name in when}
        self._add_rule("fail", failure, times, when)

    def _add_rule(self, action: str, what: Any, times: int | None, when: dict[str, Any]) -> None:
        __tracebackhide__ = True
        besides = {name: when.pop(name) for name in RULE_KEYS if name in when}
        self._rule_count += 1
        rule = {action: what, **besides, "when": when}
        others = (*RULE_KEYS, *(FAILURE_KEYS if action == "fail" else ()))
        try:
            self._put_rule(f"{action}-{self._rule_count}", rule, times)
        except ValueError as error:
            raise ValueError(suggest_argument(str(error), others)) from None

    def _put_rule(self, name: str, rule: Mapping[str, Any], times: int | None) -> None:
        """Add a rule that acts for a number of requests, or for all."""
        __tracebackhide__ = True
        when = rule["when"] | ({} if times is None else {"times": times})
        try:
            self._call_admin("POST", "/scenario/rules", {"name": name, **rule, "when": when})
        except ValueError as error:
            raise ValueError(RULE_LOCATION.sub("", str(error))) from None
        self._added_rules[name] = AddedRule(name, rule, times)

    def _list_added_rules(self) -> list[AddedRule]:
        """Return the rules of `say` and `fail`, with the number of requests that used them."""
        if not self._added_rules:
            return []
        run = self._call_admin("GET", "/scenario")
        counts = run["plays"].get(run["scenario"], {}).get("rules", {})
        return [
            replace(rule, used=counts.get(name, {}).get("acted", 0))
            for name, rule in self._added_rules.items()
        ]

    def expect(self, **expectations: Any) -> None:
        """Say what the client has to do until the end of the test.

        The fixture checks it after a test that passed otherwise; elsewhere call `assert_verdict`.

        Args:
            **expectations: What `expect` takes in a scenario: `attempts=3`, `waits="told"`,
                `final="success"` …

        Raises:
            ValueError: For an expectation that is not valid.

        Example:
            ```python
            mockgem.fail(503)
            mockgem.expect(attempts=2, final="success")
            ```
        """
        __tracebackhide__ = True
        try:
            self._call_admin("PUT", "/scenario/expect", expectations)
        except ValueError as error:
            raise ValueError(str(error).replace("expected: expect.", "")) from None
        self._expectations = expectations

    def verdict(self, scenario: str = "") -> dict[str, Any]:
        """Return what the client did and what the scenario expects.

        Args:
            scenario: The name of a scenario that ran; without it the current one.

        Returns:
            A mapping with `pass`, `scenario`, `title`, `checks` and `calls`.

        Raises:
            ValueError: When no scenario ran.
        """
        query = f"?scenario={scenario}" if scenario else ""
        verdict: dict[str, Any] = self._call_admin("GET", f"/verdict{query}")
        return verdict

    def assert_verdict(self, scenario: str = "") -> None:
        """Check that the client did what the scenario expects.

        Args:
            scenario: The name of a scenario that ran; without it the current one.

        Raises:
            AssertionError: For an unmet expectation; the message is the verdict.
            ValueError: When no scenario ran.

        Example:
            ```python
            mockgem.scenario("rate-limited-then-ok")
            ask_with_retries(client)
            mockgem.assert_verdict()
            ```
        """
        from mockgem.scenarios.verdict import format_verdict

        __tracebackhide__ = True
        verdict = self.verdict(scenario)
        assert verdict["pass"], format_verdict(verdict)

    def journal(self, **filters: Any) -> list[Exchange]:
        """Return the requests and responses of this world, in order.

        Args:
            **filters: Filters of the admin API: `status="4xx"`, `model="*-pro"`,
                `path="*/embeddings"`, `text="weather"` …; `wait=5, count=2` waits up to 5 seconds
                for two entries.

        Raises:
            ValueError: For a filter that is not valid.

        Example:
            ```python
            assert [call.status for call in mockgem.journal()] == [503, 200]
            ```
        """
        __tracebackhide__ = True
        texts = {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in filters.items()
        }
        return [Exchange(entry) for entry in self._read_journal({"limit": PAGE_SIZE, **texts})]

    def _read_journal(self, query: dict[str, Any]) -> list[Any]:
        """Return the entries of all pages, or up to the limit that a test gives."""
        __tracebackhide__ = True
        wanted, entries = query["limit"], []
        while True:
            page = self._call_admin("GET", f"/journal?{urllib.parse.urlencode(query)}")
            entries += page["entries"]
            if page["next"] is None or (wanted is not PAGE_SIZE and len(entries) >= int(wanted)):
                return entries
            left = wanted if wanted is PAGE_SIZE else int(wanted) - len(entries)
            query = {**query, "after": page["next"], "limit": left, "wait": 0}

    def requests(self, **filters: Any) -> list[Any]:
        """Return the JSON values of each request body, in order; None for a body that is not JSON.

        Args:
            **filters: The same as for `journal`.

        Example:
            ```python
            assert mockgem.requests()[0]["model"] == "gemini-2.5-flash"
            ```
        """
        return [entry.json for entry in self.journal(**filters)]

    @property
    def calls(self) -> list[Exchange]:
        """The requests and responses of this world, in order: `journal()` without filters."""
        return self.journal()

    history = calls

    @property
    def last_request(self) -> Exchange | None:
        """The last request and its response; None before the first one."""
        return next(reversed(self.journal()), None)

    def __getattr__(self, name: str) -> Any:
        """Raise AttributeError with the attribute that was probably meant."""
        if name.startswith("_"):
            raise AttributeError(name)
        near = suggest_names(name, [one for one in dir(type(self)) if one[0] != "_"], 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(f"a world of mockgem has no {name!r}{hint}")

    @staticmethod
    def injection(name: str) -> str:
        """Return a text that tries to take over an application, for the result of a tool.

        Args:
            name: A name of `mockgem scenario injections`.

        Raises:
            ValueError: For an unknown name.

        Example:
            ```python
            tool = lambda city: mockgem.injection("tool-result-new-orders")
            ```
        """
        from mockgem.scenarios.injections import find_injection

        return find_injection(name).text

    def problems(self) -> list[str]:
        """Return what a strict test fails for, a text for each problem.

        These are unmet expectations, replies and recordings that were not used, requests that no
        cassette or endpoint answers, and chats that mockgem answered with generated text although
        the test chooses replies.
        """
        return report.find_problems(self)

    def _list_generated(self) -> list[str]:
        """Return the chats with generated answers, if the test chooses replies."""
        return report.list_generated(self) if self._has_replies else []

    def exchanges(self) -> str:
        """Return the last twenty requests and responses as text, with the start of each body."""
        return report.report_exchanges(self)

    def reset(self) -> None:
        """Empty the world: no replies, scenario, cassette, files or journal entries."""
        if self._handle is not None:
            self._handle.release_world(self.world)
        self._call_admin("POST", "/reset", {})
        self._added_rules.clear()
        self._played_cassette, self._has_replies, self._expectations = None, False, {}
        self._problems.clear()

    def forget(self) -> None:
        """Delete the world and everything in it. Recorded cassettes stay on the disk."""
        if self._handle is not None:
            self._handle.release_world(self.world)
        self._call_admin("DELETE", f"/worlds/{self.world}", missing=True)

    def _call_admin(
        self, method: str, path: str, body: Any = None, *, missing: bool = False
    ) -> Any:
        """Return the JSON of the admin API. Raises ValueError with the server's message."""
        __tracebackhide__ = True
        data = b"" if body is None else json.dumps(body, default=to_json_value).encode()
        status, text = self._send(method, f"{self.url}/_mockgem{path}", data)
        if missing and status == 404:
            return None
        content = json.loads(text)
        if status >= 400:
            raise ValueError(content["error"])
        return content
