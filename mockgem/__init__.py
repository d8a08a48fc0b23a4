"""mockgem is the Gemini API on localhost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from mockgem.testing.world import Mockgem

__version__ = "0.1.0"


def serve(*, listen: bool = True, **settings: Any) -> AbstractContextManager[Mockgem]:
    """`with mockgem.serve() as server:` serves from a thread, on a free port, until the block ends.

    Takes what `mockgem serve` takes, by the names of its options: `serve(scenario="overloaded", seed=7)`. With
    `listen=False` there is no port; clients come through `server.transport()` (httpx) or `server.connector()` (aiohttp).
    """
    from mockgem.testing.embedded_server import serve_in_thread

    return serve_in_thread(listen=listen, **settings)


def aserve(*, listen: bool = True, **settings: Any) -> AbstractAsyncContextManager[Mockgem]:
    """`async with mockgem.aserve() as server:` serves from the running event loop."""
    from mockgem.testing.embedded_server import serve_in_loop

    return serve_in_loop(listen=listen, **settings)
