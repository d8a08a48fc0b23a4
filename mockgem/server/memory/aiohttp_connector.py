"""For aiohttp: a connector whose connections lead to a server in the same process."""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp.client_proto import ResponseHandler

from mockgem.server.memory.connection import MemoryListener


class AiohttpConnector(aiohttp.BaseConnector):
    """`aiohttp.ClientSession(connector=Connector(line))`: every host is the server, with https or without.

    Made in a running loop, as aiohttp's own. `_create_connection` is where aiohttp's own connectors differ from each other.
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
