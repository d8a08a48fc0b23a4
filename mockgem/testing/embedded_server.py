"""A server inside a program: in a thread, or in the loop that runs already."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from mockgem.config.settings import Settings
from mockgem.core.scheduling import WouldBlock, run_interleaved
from mockgem.recording.world_cassettes import WorldCassettes
from mockgem.server.event_loop import get_loop_factory
from mockgem.server.http import Server
from mockgem.server.request_reader import parse_request
from mockgem.server.memory.connection import STOPPED_MESSAGE, MemoryListener
from mockgem.testing.world import REQUEST_TIMEOUT, Mockgem

log = logging.getLogger("mockgem")
Result = TypeVar("Result")
LOCAL_URL = "http://mockgem.localhost"
"""The address of a server that does not listen: nobody else has it, and only its own transports lead there."""
START_TIMEOUT = 30.0
"""Seconds that a server may take to start."""


class LocalServer:
    """Listens on a free port of 127.0.0.1, in a thread; with `listen=False` on none, for clients with a world's
    `transport()` or `connector()`. Takes what `mockgem serve` takes, by the names of its settings.

    Raises TypeError for a name that is no setting, ValueError for a value of another kind.
    """

    def __init__(self, *, listen: bool = True, **settings: Any) -> None:
        self.settings = parse_settings(settings)
        self.listen = listen
        self.handle: LocalHandle | None = None
        self.error: BaseException | None = None
        self.ready = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.stop_event: asyncio.Event | None = None
        self.thread = threading.Thread(target=self.run, name="mockgem", daemon=True)

    def start(self) -> LocalServer:
        """Raises what keeps it from starting: ValueError for settings, OSError for the port."""
        self.thread.start()
        if not self.ready.wait(START_TIMEOUT):
            raise TimeoutError(f"mockgem did not start within {START_TIMEOUT:.0f} seconds")
        if self.error is not None:
            raise self.error
        return self

    def run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=get_loop_factory()) as runner:
                runner.run(self.serve())
        except BaseException as error:  # handed on to whoever waits for the start
            if self.ready.is_set():
                log.exception("mockgem's server did not end well")
            self.error = error
            self.ready.set()

    async def serve(self) -> None:
        self.loop, self.stop_event = asyncio.get_running_loop(), asyncio.Event()
        self.handle = await start_server(self.settings, listen=self.listen)
        self.ready.set()
        await self.stop_event.wait()
        await self.handle.stop()

    def stop(self) -> None:
        if self.loop is not None and self.stop_event is not None and self.thread.is_alive():
            self.loop.call_soon_threadsafe(self.stop_event.set)
            self.thread.join(10.0)

    def __enter__(self) -> LocalServer:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self.handle.url if self.handle is not None else ""

    def world(self, name: str = "") -> Mockgem:
        """A world, or the default one. Raises RuntimeError before the start."""
        if self.handle is None:
            raise RuntimeError("the server is not started; use it in a with block, or call start()")
        return self.handle.world(name)


class LocalHandle:
    """A server as its own process sees it. In the loop that the server runs in nothing waits: what would raises
    RuntimeError there."""

    def __init__(self, server: Server, settings: Settings, decks: WorldCassettes, url: str) -> None:
        self.server = server
        self.settings = settings
        self.world_cassettes = decks
        self.url = url
        self.loop = asyncio.get_running_loop()
        self.worlds: WeakValueDictionary[str, Mockgem] = WeakValueDictionary()

    def world(self, name: str = "") -> Mockgem:
        """The same for the same name, for as long as anybody has it."""
        return self.worlds.setdefault(name, Mockgem(self.url, name, self))

    def listener_for(self, world: str) -> MemoryListener:
        return MemoryListener(self.loop, self.server.accept, prefix_of(world))

    def run(self, what: Coroutine[Any, Any, Result]) -> Result:
        """Something in the server's loop, done. Raises what it raises, ConnectionRefusedError when the server has stopped,
        and RuntimeError where it would have to wait in that loop itself."""
        if self.is_in_server_loop():
            return self.run_now(what)
        if self.loop.is_closed() or self.server.stopped:
            what.close()
            raise ConnectionRefusedError(STOPPED_MESSAGE)
        try:
            return asyncio.run_coroutine_threadsafe(what, self.loop).result(REQUEST_TIMEOUT)
        except CancelledError:
            raise ConnectionRefusedError(STOPPED_MESSAGE) from None

    def run_now(self, what: Coroutine[Any, Any, Result]) -> Result:
        (found,) = run_interleaved([what])
        if isinstance(found, WouldBlock):
            raise RuntimeError(
                "this waits for the server, which runs in this very loop: call it with asyncio.to_thread"
            )
        if isinstance(found, Exception):
            raise found
        return found

    def is_in_server_loop(self) -> bool:
        """Whether this is the loop that serves."""
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def load_cassette(self, world: str, settings: Mapping[str, Any]) -> None:
        self.run(self.open_cassette(world, update_settings(self.settings, settings)))

    async def open_cassette(self, world: str, settings: Settings) -> None:
        """What the world had before stays where the new one can't be used, unless both are the same file."""
        from mockgem.app.source_chain import build_world_cassette

        if self.world_cassettes.path_of(world) == settings.cassette:
            await self.world_cassettes.remove_cassette(world)
        await self.world_cassettes.set_cassette(world, build_world_cassette(settings))

    def release_world(self, world: str) -> None:
        """A world's cassette, and the connections that its clients left open."""
        self.run(self.close_world(world))

    async def close_world(self, world: str) -> None:
        await self.world_cassettes.remove_cassette(world)
        self.server.close_local_connections(prefix_of(world))

    async def stop(self) -> None:
        await self.server.stop(0.1)
        await self.world_cassettes.close()

    def send_request(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        """What HTTP would do."""
        return self.run(self.answer_request(method, url, body))

    async def answer_request(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        token = (
            {"authorization": f"Bearer {self.settings.admin_token}"}
            if self.settings.admin_token
            else {}
        )
        wire = parse_request(
            method, url.removeprefix(self.url), {"content-type": "application/json", **token}
        )
        wire.body = body
        response = await self.server.local_handler(wire)
        assert isinstance(response.body, bytes), "the admin API's answers are whole"
        return response.status, response.body


def prefix_of(world: str) -> str:
    return f"/w/{world}" if world else ""


async def start_server(settings: Settings, *, listen: bool) -> LocalHandle:
    """Raises OSError for the port, ValueError for settings that can't be used."""
    from mockgem.app.factory import create_server

    decks = WorldCassettes()
    server = create_server(settings, world_cassettes=decks)
    if not listen:
        server.prepare()
        return LocalHandle(server, settings, decks, LOCAL_URL)
    port = await server.start("127.0.0.1", 0)
    return LocalHandle(server, settings, decks, f"http://127.0.0.1:{port}")


def parse_settings(told: Mapping[str, Any]) -> Settings:
    """Settings from words. Raises TypeError and ValueError."""
    return update_settings(Settings(), told)


def update_settings(usual: Settings, told: Mapping[str, Any]) -> Settings:
    """Settings with some of them told anew. Raises TypeError and ValueError."""
    from mockgem.scenarios.suggestions import suggest_names

    for name, found in told.items():
        if not hasattr(usual, name):
            near = suggest_names(name, list(Settings.__dataclass_fields__))
            raise TypeError(
                f"{name} is no setting of a server" + (f"; did you mean {near[0]}?" if near else "")
            )
        if name == "answers" and callable(found):
            continue
        kind = type(getattr(usual, name))
        if kind is tuple and type(found) is str and name in LIST_SETTINGS:
            continue
        if type(found) is not kind and not (
            kind in ACCEPTED_TYPES and isinstance(found, ACCEPTED_TYPES[kind])
        ):
            raise ValueError(
                f"{name} is {TYPE_NAMES.get(kind, 'a mapping')}, like {getattr(usual, name)!r}; got {found!r}"
            )
    lists = {name: tuple(found) for name, found in told.items() if isinstance(found, list)}
    lists |= {
        name: (found,)
        for name, found in told.items()
        if isinstance(found, str) and name in LIST_SETTINGS
    }
    return replace(usual, **{**told, **lists})


ACCEPTED_TYPES: dict[type, type] = {float: int, tuple: list, dict: Mapping}
"""What is taken for a kind of setting besides it."""
LIST_SETTINGS = [
    name for name, field in Settings.__dataclass_fields__.items() if field.type == "tuple[str, ...]"
]
"""Settings of several texts, of which one may be told by itself."""
TYPE_NAMES = {
    int: "a whole number",
    float: "a number",
    str: "a text",
    bool: "True or False",
    tuple: "a tuple of texts",
}


@contextmanager
def serve_in_thread(**settings: Any) -> Iterator[Mockgem]:
    """A server in a thread, and its default world."""
    with LocalServer(**settings) as server:
        yield server.world()


@asynccontextmanager
async def serve_in_loop(*, listen: bool = True, **settings: Any) -> AsyncIterator[Mockgem]:
    """A server in the running event loop, and its default world. What has to wait for the server (`journal(wait=…)`) is
    called with `asyncio.to_thread`."""
    inside = await start_server(parse_settings(settings), listen=listen)
    try:
        yield inside.world()
    finally:
        await inside.stop()
