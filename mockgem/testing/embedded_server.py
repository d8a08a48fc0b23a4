"""A server inside a program: in a thread, or in the running event loop."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from mockgem.config.settings import (
    Settings,
    find_missing_cassette,
    read_settings,
    suggest_file,
)
from mockgem.core.scheduling import WouldBlock, run_interleaved
from mockgem.recording.ages import find_old_recordings
from mockgem.recording.interaction import Interaction
from mockgem.recording.world_cassettes import WorldCassettes
from mockgem.server.event_loop import get_loop_factory
from mockgem.server.http import Server
from mockgem.server.memory.connection import STOPPED_MESSAGE, MemoryListener
from mockgem.server.request_reader import parse_request
from mockgem.testing.framework_env import build_key_env
from mockgem.testing.proxy import REQUEST_TIMEOUT, build_proxy_env
from mockgem.testing.world import Mockgem

log = logging.getLogger("mockgem")
Result = TypeVar("Result")
LOCAL_URL = "http://mockgem.localhost"
"""The URL of a server that does not listen. Only its own transports and connectors reach it."""
START_TIMEOUT = 30.0
"""Seconds that a server has to start."""
STOP_TIMEOUT = 10.0
"""Seconds that a server has to stop."""


class LocalServer:
    """A server in a thread, on a free port of 127.0.0.1.

    Example:
        ```python
        with LocalServer(seed=7) as server:
            client = OpenAI(base_url=server.world("a").openai_url, api_key="k")
        ```
    """

    def __init__(self, *, listen: bool = True, function: str = "serve", **settings: Any) -> None:
        """Check the settings.

        Args:
            listen: False opens no port; clients connect with a world's `transport()` or
                `connector()`.
            function: The name that messages about wrong settings use.
            **settings: The options of `mockgem serve`, by the names of the settings file.

        Raises:
            TypeError: For a name that is not an option.
            ValueError: For a value that an option does not take.
            FileNotFoundError: For a cassette that does not exist and that nothing records.
        """
        self.settings = parse_settings(settings, function)
        self.listen = listen
        self.handle: LocalHandle | None = None
        self.error: BaseException | None = None
        self.ready = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.stop_event: asyncio.Event | None = None
        self.thread = threading.Thread(target=self.run, name="mockgem", daemon=True)

    def start(self) -> LocalServer:
        """Start the server and wait until it answers.

        Raises:
            ValueError: For settings that do not fit together or name something unknown.
            OSError: When the server can't listen.
            TimeoutError: When the server does not start in time.
        """
        self.thread.start()
        if not self.ready.wait(START_TIMEOUT):
            raise TimeoutError(f"mockgem did not start within {START_TIMEOUT:.0f} seconds")
        if self.error is not None:
            raise self.error
        return self

    def run(self) -> None:
        """Serve in this thread until the server is stopped."""
        try:
            with asyncio.Runner(loop_factory=get_loop_factory()) as runner:
                runner.run(self.serve())
        except BaseException as error:  # `start` raises it in the thread that waits
            if self.ready.is_set():
                log.exception("mockgem's server stopped with an error")
            self.error = error
            self.ready.set()

    async def serve(self) -> None:
        self.loop, self.stop_event = asyncio.get_running_loop(), asyncio.Event()
        self.handle = await start_server(self.settings, listen=self.listen)
        self.ready.set()
        await self.stop_event.wait()
        await self.handle.stop()

    def stop(self) -> None:
        """Stop the server and wait for its thread."""
        if self.loop is not None and self.stop_event is not None and self.thread.is_alive():
            self.loop.call_soon_threadsafe(self.stop_event.set)
            self.thread.join(STOP_TIMEOUT)

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
        """The URL of the server; an empty text before the start."""
        return self.handle.url if self.handle is not None else ""

    def world(self, name: str = "") -> Mockgem:
        """Return a world by its name, without a name the default world.

        Raises:
            RuntimeError: Before the start.
        """
        if self.handle is None:
            raise RuntimeError("the server is not started: use it in a with block, or call start()")
        return self.handle.world(name)


class LocalHandle:
    """Access to a server from its own process.

    A call in the event loop of the server can't wait for the server; one that would have to raises
    RuntimeError.
    """

    def __init__(
        self, server: Server, settings: Settings, cassettes: WorldCassettes, url: str
    ) -> None:
        self.server = server
        self.settings = settings
        self.world_cassettes = cassettes
        self.rewritten: set[str] = set()
        self.url = url
        self.loop = asyncio.get_running_loop()
        self.worlds: WeakValueDictionary[str, Mockgem] = WeakValueDictionary()

    def world(self, name: str = "") -> Mockgem:
        """Return a world. Calls with the same name return the same object while it is in use."""
        return self.worlds.setdefault(name, Mockgem(self.url, name, self))

    def listener_for(self, world: str) -> MemoryListener:
        return MemoryListener(self.loop, self.server.accept, prefix_of(world))

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine in the server's loop and return its result.

        Raises ConnectionRefusedError after the server has stopped, and RuntimeError where the
        coroutine would have to wait in the server's own loop.
        """
        if self.is_in_server_loop():
            return self.run_now(coroutine)
        if self.loop.is_closed() or self.server.stopped:
            coroutine.close()
            raise ConnectionRefusedError(STOPPED_MESSAGE)
        try:
            return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(REQUEST_TIMEOUT)
        except CancelledError:
            raise ConnectionRefusedError(STOPPED_MESSAGE) from None

    def run_now(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Run a coroutine that does not wait. Raises RuntimeError for one that does."""
        (result,) = run_interleaved([coroutine])
        if isinstance(result, WouldBlock):
            raise RuntimeError(
                "this call waits for the server, which runs in this event loop: use "
                "asyncio.to_thread"
            )
        if isinstance(result, Exception):
            raise result
        return result

    def is_in_server_loop(self) -> bool:
        """Return whether the current event loop is the server's."""
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def load_cassette(self, world: str, settings: Mapping[str, Any]) -> list[str]:
        """Answer a world's requests from a cassette; return warnings about old recordings.

        Raises TypeError and ValueError. A file that this server has rewritten once keeps what it
        recorded then: several tests may share a file.
        """
        checked = read_settings(settings, base=self.settings, function="cassette")
        path = os.path.realpath(checked.cassette)
        if checked.record_mode == "rewrite" and path in self.rewritten:
            checked = checked.replace(record_mode="all")
        self.run(self.open_cassette(world, checked))
        if checked.record_mode == "rewrite":
            self.rewritten.add(path)
        return list(find_old_recordings(checked.cassette, checked.max_age))

    async def open_cassette(self, world: str, settings: Settings) -> None:
        """Open a cassette for a world.

        The world keeps its old cassette if the new one can't be used, unless both are the same
        file: then the old one has to be closed first.
        """
        from mockgem.app.source_chain import build_world_cassette

        if self.world_cassettes.path_of(world) == settings.cassette:
            await self.world_cassettes.remove_cassette(world)
        await self.world_cassettes.set_cassette(world, build_world_cassette(settings))

    def list_unplayed(self, world: str) -> list[Interaction]:
        """Return the interactions of a world's cassette that it has not played."""
        return self.world_cassettes.list_unplayed(world)

    def list_problems(self, world: str) -> list[str]:
        """Return what the mode `verify` found wrong in a world, and with the server's cassette."""
        return [*self.server.list_problems(), *self.world_cassettes.list_problems(world)]

    def list_ca_files(self) -> tuple[str, str]:
        """Return the files for clients of https and wss: the authority, and a bundle with the
        public ones.

        Raises RuntimeError without TLS and without a port.
        """
        certificates = self.server.certificates
        if certificates is None or self.url == LOCAL_URL:
            raise RuntimeError("this server has no TLS: it is off, or the server does not listen")
        authority, bundle = certificates.write_ca_files(for_proxy=self.settings.proxy)
        return str(authority), str(bundle)

    def build_proxy_env(self, world: str) -> dict[str, str]:
        """Return the variables that make the server the proxy of a program.

        Raises RuntimeError for a server that is not a proxy, and for a world with a name.
        """
        if not self.settings.proxy or self.url == LOCAL_URL:
            raise RuntimeError("this server is not a proxy: start it with proxy=True")
        if world:
            raise RuntimeError("a proxy leads to the default world, and not to one with a name")
        keys = {} if self.asks_upstream(world) else build_key_env()
        return build_proxy_env(self.url, *self.list_ca_files()) | keys | {"MOCKGEM_URL": self.url}

    def asks_upstream(self, world: str) -> bool:
        """Return whether requests of a world may go to the real service, which needs real keys."""
        cassette = self.world_cassettes.cassettes.get(world)
        if cassette is not None:
            return not cassette.answers_at_once
        return self.settings.record_mode != "none" or self.settings.on_miss == "record"

    def release_world(self, world: str) -> None:
        """Close the cassette of a world, and the connections that its clients left open."""
        self.run(self.close_world(world))

    async def close_world(self, world: str) -> None:
        self.server.close_local_connections(prefix_of(world))
        await self.world_cassettes.remove_cassette(world)

    async def stop(self) -> None:
        await self.server.stop(0.1)
        await self.world_cassettes.close()

    def send_request(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        """Return the status and the body of a response, without HTTP."""
        return self.run(self.answer_request(method, url, body))

    async def answer_request(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        headers = {"content-type": "application/json"}
        if self.settings.admin_token:
            headers["authorization"] = f"Bearer {self.settings.admin_token}"
        request = parse_request(method, url.removeprefix(self.url), headers)
        request.body = body
        response = await self.server.local_handler(request)
        assert isinstance(response.body, bytes), "the admin API does not stream"
        return response.status, response.body


def prefix_of(world: str) -> str:
    return f"/w/{world}" if world else ""


async def start_server(settings: Settings, *, listen: bool) -> LocalHandle:
    """Start a server in the running loop.

    Raises OSError when it can't listen, ValueError for settings.
    """
    from mockgem.app.factory import create_server

    cassettes = WorldCassettes()
    server = create_server(settings, world_cassettes=cassettes)
    if not listen:
        server.prepare()
        return LocalHandle(server, settings, cassettes, LOCAL_URL)
    port = await server.start("127.0.0.1", 0)
    return LocalHandle(server, settings, cassettes, f"http://127.0.0.1:{port}")


def parse_settings(values: Mapping[str, Any], function: str = "serve") -> Settings:
    """Return settings from the arguments of a function.

    Raises TypeError for a name that is not an option, ValueError for a value that an option does
    not take, and FileNotFoundError for a cassette that does not exist and that nothing records.
    """
    settings = read_settings(values, function=function)
    if missing := find_missing_cassette(settings):
        raise FileNotFoundError(
            f"there is no cassette {missing}:{suggest_file(missing)} check the path, or record one "
            "with record_mode='once'"
        )
    return settings


@contextmanager
def serve_in_thread(**settings: Any) -> Iterator[Mockgem]:
    """Run a server in a thread and give its default world."""
    with LocalServer(**settings) as server:
        yield server.world()


@asynccontextmanager
async def serve_in_loop(*, listen: bool = True, **settings: Any) -> AsyncIterator[Mockgem]:
    """Run a server in the running event loop and give its default world.

    A call that waits for the server, like `journal(wait=…)`, needs `asyncio.to_thread`.
    """
    handle = await start_server(parse_settings(settings, "aserve"), listen=listen)
    try:
        yield handle.world()
    finally:
        await handle.stop()
