"""What the session of a live interaction has to do besides messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.core.sockets import SocketMessage
from mockgem.operations.live.turn import LiveTurn
from mockgem.operations.mcp.client import McpServer


@frozen
class InteractionTurn(LiveTurn):
    """A turn that needs an answer, and the MCP servers whose tools the model may call."""

    servers: tuple[McpServer, ...] = ()


class Recorded:
    """Messages of the past, which are made while they are sent."""

    def __init__(self, messages: Iterator[SocketMessage]) -> None:
        self.messages = messages


@frozen
class Job:
    """Work in the world, and what takes its result."""

    work: Callable[[], Awaitable[Any]]
    then: Callable[[Any], None]
