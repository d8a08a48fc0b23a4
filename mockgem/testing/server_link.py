"""The connection of a test to one world of a server: its URLs, its admin API, no socket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from mockgem.testing.exchange import to_json_value
from mockgem.testing.proxy import send_http
from mockgem.testing.urls import WorldUrls

if TYPE_CHECKING:
    import aiohttp

    from mockgem.recording.interaction import Interaction
    from mockgem.server.memory.connection import MemoryListener


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

    def list_ca_files(self) -> tuple[str, str]:
        """Return the file of the server's authority, and that of a bundle with the public ones.

        Raises RuntimeError without TLS.
        """
        ...

    def build_proxy_env(self, world: str) -> dict[str, str]:
        """Return the variables that make the server the proxy of a program.

        Raises RuntimeError for a server that is not a proxy, and for a world with a name.
        """
        ...

    def release_world(self, world: str) -> None:
        """Close the cassette and the connections of a world."""
        ...


class ServerLink(WorldUrls):
    """A world of a server: its URLs, clients without a socket, the admin API."""

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

    def _list_ca_files(self) -> tuple[str, str]:
        return self._get_handle().list_ca_files()

    def _build_proxy_env(self) -> dict[str, str]:
        return self._get_handle().build_proxy_env(self.world)

    def _get_handle(self) -> ServerHandle:
        """Return the server in this process. Raises RuntimeError for one in another process."""
        if self._handle is None:
            raise RuntimeError(
                f"{self.url} is a server in another process: give the SDK its URL, and start "
                "the server with "
                "--cassette to replay one"
            )
        return self._handle

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
