"""mockgem serves the Gemini API on localhost, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from mockgem.testing.world import Mockgem

__version__ = "0.1.0"


def serve(*, listen: bool = True, **settings: Any) -> AbstractContextManager[Mockgem]:
    """Run a server in a thread, on a free port of 127.0.0.1, until the `with` block ends.

    Args:
        listen: False opens no port: clients connect with `server.transport()` (httpx) or
            `server.connector()` (aiohttp).
        **settings: The options of `mockgem serve`, with the names of the settings file:
            `scenario="overloaded"`, `seed=7`, `max_body="4MiB"`.

    Returns:
        A context manager that gives the server's default world.

    Raises:
        TypeError: For a name that is not an option.
        ValueError: For a value that an option does not take, or an unknown scenario.
        FileNotFoundError: For a cassette that does not exist and that nothing records.

    Example:
        ```python
        with mockgem.serve(seed=7) as server:
            client = OpenAI(base_url=server.openai_url, api_key="any-key")
            server.say("Hello!")
            assert ask(client) == "Hello!"
        ```
    """
    from mockgem.testing.embedded_server import serve_in_thread

    return serve_in_thread(listen=listen, **settings)


def aserve(*, listen: bool = True, **settings: Any) -> AbstractAsyncContextManager[Mockgem]:
    """Run a server in the running event loop until the `async with` block ends.

    A call that waits for the server, like `server.journal(wait=5)`, needs `asyncio.to_thread`.

    Args:
        listen: False opens no port, as in `serve`.
        **settings: The options of `mockgem serve`, as in `serve`.

    Returns:
        An async context manager that gives the server's default world.

    Raises:
        TypeError: For a name that is not an option.
        ValueError: For a value that an option does not take, or an unknown scenario.
        FileNotFoundError: For a cassette that does not exist and that nothing records.

    Example:
        ```python
        async with mockgem.aserve(scenario="overloaded-then-ok") as server:
            client = AsyncOpenAI(base_url=server.openai_url, api_key="any-key")
            await ask_with_retries(client)
            server.assert_verdict()
        ```
    """
    from mockgem.testing.embedded_server import serve_in_loop

    return serve_in_loop(listen=listen, **settings)
