"""A mockgem inside the process of a test: a server in a thread, and a world of its own for each test."""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any

from mockgem.settings import Settings

ANY_KEY = "any-key"
STARTING = 30.0
"""Seconds that a server may take to start."""


class LocalServer:
    """Listens on a free port of 127.0.0.1, in a thread. Takes what `mockgem serve` takes, by the names of its settings."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(**settings)
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

    server = build(Settings(**settings))
    port = await server.start("127.0.0.1", 0)
    try:
        yield Mockgem(f"http://127.0.0.1:{port}")
    finally:
        await server.stop(0.1)


class Mockgem:
    """One world of a server, as a test sees it: base URLs for SDKs, its scenario, journal, clock and verdict."""

    def __init__(self, server: str, world: str = "") -> None:
        self.world = world
        self.url = f"{server}/w/{world}" if world else server

    @property
    def openai_url(self) -> str:
        """For OpenAI's SDKs, as Gemini's OpenAI-compatible surface."""
        return self.url + "/v1beta/openai/"

    @property
    def gemini_url(self) -> str:
        """For google-genai: http_options={"base_url": …}."""
        return self.url

    @property
    def gateway_url(self) -> str:
        """For OpenAI's SDKs, as a gateway."""
        return self.url + "/v1"

    @property
    def env(self) -> dict[str, str]:
        """What SDKs read from the environment, so that they come here without being told in code."""
        return {
            "MOCKGEM_URL": self.url,
            "OPENAI_BASE_URL": self.openai_url,
            "OPENAI_API_KEY": ANY_KEY,
            "GEMINI_API_KEY": ANY_KEY,
            "GOOGLE_API_KEY": ANY_KEY,
            "GOOGLE_GEMINI_BASE_URL": self.gemini_url,
            "GOOGLE_VERTEX_BASE_URL": self.gemini_url,
        }

    def scenario(self, told: str | Mapping[str, Any], name: str = "inline") -> None:
        """Play a scenario, by name or as it stands in a file. Raises ValueError for one that can't be played."""
        body = {"name": told} if isinstance(told, str) else {"name": name, "scenario": dict(told)}
        self.asked("PUT", "/scenario", body)

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

    def advance(self, duration: str | float) -> None:
        """Move the world's clock: "48h", or seconds."""
        self.asked("POST", "/clock", {"advance": duration})

    def forget(self) -> None:
        """The world, with all that is in it."""
        self.asked("DELETE", f"/worlds/{self.world}", missing=True)

    def asked(self, method: str, path: str, body: Any = None, *, missing: bool = False) -> Any:
        """Raises ValueError with the server's words."""
        data = None if body is None else json.dumps(body).encode()
        head = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_mockgem{path}", data, head, method=method)
        try:
            with urllib.request.urlopen(request, timeout=70) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                if missing and error.code == 404:
                    return None
                raise ValueError(json.loads(error.read())["error"]) from None
