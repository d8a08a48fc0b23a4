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
from mockgem.core.scheduling import Waited, side_by_side
from mockgem.recording.world_cassettes import Deck, Decks
from mockgem.server.event_loop import quick_loop
from mockgem.server.http import Server, received
from mockgem.server.memory.connection import STOPPED, Line
from mockgem.testing.world import PATIENCE, Mockgem

log = logging.getLogger("mockgem")
Result = TypeVar("Result")
NOWHERE = "http://mockgem.localhost"
"""The address of a server that does not listen: nobody else has it, and only its own transports lead there."""
STARTING = 30.0
"""Seconds that a server may take to start."""


class LocalServer:
    """Listens on a free port of 127.0.0.1, in a thread; with `listen=False` on none, for clients with a world's
    `transport()` or `connector()`. Takes what `mockgem serve` takes, by the names of its settings.

    Raises TypeError for a name that is no setting, ValueError for a value of another kind.
    """

    def __init__(self, *, listen: bool = True, **settings: Any) -> None:
        self.settings = checked(settings)
        self.listen = listen
        self.inside: Inside | None = None
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
            with asyncio.Runner(loop_factory=quick_loop()) as runner:
                runner.run(self.serve())
        except BaseException as error:  # handed on to whoever waits for the start
            if self.ready.is_set():
                log.exception("mockgem's server did not end well")
            self.problem = error
            self.ready.set()

    async def serve(self) -> None:
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        self.inside = await started(self.settings, listen=self.listen)
        self.ready.set()
        await self.over.wait()
        await self.inside.stop()

    def stop(self) -> None:
        if self.loop is not None and self.over is not None and self.thread.is_alive():
            self.loop.call_soon_threadsafe(self.over.set)
            self.thread.join(10.0)

    def __enter__(self) -> LocalServer:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self.inside.url if self.inside is not None else ""

    def world(self, name: str = "") -> Mockgem:
        """A world, or the default one. Raises RuntimeError before the start."""
        if self.inside is None:
            raise RuntimeError("the server is not started; use it in a with block, or call start()")
        return self.inside.world(name)


class Inside:
    """A server as its own process sees it. In the loop that the server runs in nothing waits: what would raises
    RuntimeError there."""

    def __init__(self, server: Server, settings: Settings, decks: Decks, url: str) -> None:
        self.server = server
        self.settings = settings
        self.decks = decks
        self.url = url
        self.loop = asyncio.get_running_loop()
        self.worlds: WeakValueDictionary[str, Mockgem] = WeakValueDictionary()

    def world(self, name: str = "") -> Mockgem:
        """The same for the same name, for as long as anybody has it."""
        return self.worlds.setdefault(name, Mockgem(self.url, name, self))

    def line(self, world: str) -> Line:
        return Line(self.loop, self.server.accept, prefix_of(world))

    def done(self, what: Coroutine[Any, Any, Result]) -> Result:
        """Something in the server's loop, done. Raises what it raises, ConnectionRefusedError when the server has stopped,
        and RuntimeError where it would have to wait in that loop itself."""
        if self.at_home():
            return self.at_once(what)
        if self.loop.is_closed() or self.server.stopped:
            what.close()
            raise ConnectionRefusedError(STOPPED)
        try:
            return asyncio.run_coroutine_threadsafe(what, self.loop).result(PATIENCE)
        except CancelledError:
            raise ConnectionRefusedError(STOPPED) from None

    def at_once(self, what: Coroutine[Any, Any, Result]) -> Result:
        (found,) = side_by_side([what])
        if isinstance(found, Waited):
            raise RuntimeError("this waits for the server, which runs in this very loop: call it with asyncio.to_thread")
        if isinstance(found, Exception):
            raise found
        return found

    def at_home(self) -> bool:
        """Whether this is the loop that serves."""
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def put_in(self, world: str, settings: Mapping[str, Any]) -> None:
        self.done(self.play(world, with_settings(self.settings, settings)))

    async def play(self, world: str, settings: Settings) -> None:
        """What the world had before stays where the new one can't be used, unless both are the same file."""
        from mockgem.app.factory import sources_of
        from mockgem.recording.modes import played_by

        if self.decks.place_of(world) == settings.cassette:
            await self.decks.take_out(world)
        played = played_by(settings, sources_of(settings))
        await self.decks.put_in(world, Deck(played.sources, played.close, settings.cassette))

    def take_out(self, world: str) -> None:
        """A world's cassette, and the connections that its clients left open."""
        self.done(self.leave(world))

    async def leave(self, world: str) -> None:
        await self.decks.take_out(world)
        self.server.hang_up_inside(prefix_of(world))

    async def stop(self) -> None:
        await self.server.stop(0.1)
        await self.decks.close()

    def ask(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        """What HTTP would do."""
        return self.done(self.answer(method, url, body))

    async def answer(self, method: str, url: str, body: bytes) -> tuple[int, bytes]:
        token = {"authorization": f"Bearer {self.settings.admin_token}"} if self.settings.admin_token else {}
        wire = received(method, url.removeprefix(self.url), {"content-type": "application/json", **token})
        wire.body = body
        response = await self.server.indoors(wire)
        assert isinstance(response.body, bytes), "the admin API's answers are whole"
        return response.status, response.body


def prefix_of(world: str) -> str:
    return f"/w/{world}" if world else ""


async def started(settings: Settings, *, listen: bool) -> Inside:
    """Raises OSError for the port, ValueError for settings that can't be used."""
    from mockgem.app.factory import build

    decks = Decks()
    server = build(settings, decks=decks)
    if not listen:
        server.prepare()
        return Inside(server, settings, decks, NOWHERE)
    port = await server.start("127.0.0.1", 0)
    return Inside(server, settings, decks, f"http://127.0.0.1:{port}")


def checked(told: Mapping[str, Any]) -> Settings:
    """Settings from words. Raises TypeError and ValueError."""
    return with_settings(Settings(), told)


def with_settings(usual: Settings, told: Mapping[str, Any]) -> Settings:
    """Settings with some of them told anew. Raises TypeError and ValueError."""
    from mockgem.scenarios.suggestions import nearest

    for name, found in told.items():
        if not hasattr(usual, name):
            near = nearest(name, list(Settings.__dataclass_fields__))
            raise TypeError(f"{name} is no setting of a server" + (f"; did you mean {near[0]}?" if near else ""))
        if name == "answers" and callable(found):
            continue
        kind = type(getattr(usual, name))
        if kind is tuple and type(found) is str and name in LISTS:
            continue
        if type(found) is not kind and not (kind in TAKEN and isinstance(found, TAKEN[kind])):
            raise ValueError(f"{name} is {NAMED.get(kind, 'a mapping')}, like {getattr(usual, name)!r}; got {found!r}")
    lists = {name: tuple(found) for name, found in told.items() if isinstance(found, list)}
    lists |= {name: (found,) for name, found in told.items() if isinstance(found, str) and name in LISTS}
    return replace(usual, **{**told, **lists})


TAKEN: dict[type, type] = {float: int, tuple: list, dict: Mapping}
"""What is taken for a kind of setting besides it."""
LISTS = [name for name, field in Settings.__dataclass_fields__.items() if field.type == "tuple[str, ...]"]
"""Settings of several texts, of which one may be told by itself."""
NAMED = {int: "a whole number", float: "a number", str: "a text", bool: "True or False", tuple: "a tuple of texts"}


@contextmanager
def served(**settings: Any) -> Iterator[Mockgem]:
    """A server in a thread, and its default world."""
    with LocalServer(**settings) as server:
        yield server.world()


@asynccontextmanager
async def aserved(*, listen: bool = True, **settings: Any) -> AsyncIterator[Mockgem]:
    """A server in the running event loop, and its default world. What has to wait for the server (`journal(wait=…)`) is
    called with `asyncio.to_thread`."""
    inside = await started(checked(settings), listen=listen)
    try:
        yield inside.world()
    finally:
        await inside.stop()
