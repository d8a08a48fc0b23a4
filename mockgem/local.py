"""A server inside a program: in a thread, or in the loop that runs already."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any

from mockgem.settings import Settings
from mockgem.testing import Mockgem

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
