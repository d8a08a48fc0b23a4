"""A connector for aiohttp whose connections lead to a server in the same process."""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp.client_proto import ResponseHandler

from mockgem.server.memory.connection import MemoryListener


class AiohttpConnector(aiohttp.BaseConnector):
    """A connector for `aiohttp.ClientSession(connector=...)`; every host is the server.

    URLs may be http or https. Like aiohttp's own connectors, it must be created in a running loop;
    those differ from each other in `_create_connection` too.

    Args:
        line: Where the server accepts connections.
    """

    def __init__(self, line: MemoryListener) -> None:
        super().__init__()
        self.listener = line

    async def _create_connection(self, req: aiohttp.ClientRequest, *_: object) -> ResponseHandler:
        protocol = ResponseHandler(asyncio.get_running_loop())
        try:
            await self.listener.connect(protocol)
        except OSError as error:
            raise aiohttp.ClientConnectorError(req.connection_key, error) from error
        return protocol
