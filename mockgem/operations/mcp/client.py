"""A client of one MCP server, over streamable HTTP.

Evidence: doc-mcp-streamable-http.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from mockgem.core.content import Tool
from mockgem.core.frozen import frozen
from mockgem.core.outbound import OutboundAnswer, OutboundMessage, SendMessage
from mockgem.operations.mcp.messages import (
    Json,
    McpError,
    encode_notification,
    encode_request,
    find_response,
    read_contents,
    read_result,
    read_tools,
)

PROTOCOL_VERSION = "2025-06-18"
MAX_PAGES = 16
"""Pages of a list of tools that are read."""
OWN_HEADERS = ("host", "connection", "content-length", "transfer-encoding", "accept-encoding")
"""Headers that a request can't set for its server."""


@frozen
class McpServer:
    """An MCP server that a request names.

    Attributes:
        name: The name of the server in steps.
        headers: Headers of the messages to it, such as credentials.
        tools: The names of the tools that the model may call; None for all.
        must_call: Whether the model has to call one of them.
    """

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    tools: tuple[str, ...] | None = None
    must_call: bool = False


class McpClient:
    """Talks with one server. Every method raises ConnectionError or McpError."""

    def __init__(self, server: McpServer, send: SendMessage) -> None:
        self.server = server
        self.send = send
        self.number = 0
        self.session = ""
        self.version = ""

    async def connect(self) -> None:
        """Begin a session."""
        params = {
            "protocolVersion": PROTOCOL_VERSION,
            "capabilities": {},
            "clientInfo": {"name": "mockgem", "version": "1"},
        }
        result = await self.request("initialize", params)
        version = result.get("protocolVersion")
        self.version = version if isinstance(version, str) else PROTOCOL_VERSION
        await self.post(encode_notification("notifications/initialized"))

    async def list_tools(self) -> list[Tool]:
        """Return the tools of the server that the request allows."""
        tools: list[Tool] = []
        params: Json = {}
        for _ in range(MAX_PAGES):
            result = await self.request("tools/list", params)
            tools += read_tools(result)
            cursor = result.get("nextCursor")
            if not isinstance(cursor, str):
                break
            params = {"cursor": cursor}
        allowed = self.server.tools
        return [tool for tool in tools if allowed is None or tool.name in allowed]

    async def call_tool(self, name: str, arguments: Json) -> Any:
        """Return the result of a tool; the words of the error if the tool failed."""
        try:
            params = {"name": name, "arguments": arguments}
            return read_contents(await self.request("tools/call", params))
        except McpError as error:
            return f"Error: {error}"

    async def close(self) -> None:
        """End the session, if the server has begun one."""
        if not self.session:
            return
        try:
            await self.exchange("DELETE", b"")
        except ConnectionError:
            return

    async def request(self, method: str, params: Json) -> Json:
        """Send a request and return its result."""
        self.number += 1
        number = self.number

        def is_complete(data: bytes) -> bool:
            return data.endswith((b"\n\n", b"\r\n\r\n")) and find_response(data, number) is not None

        answer = await self.post(encode_request(number, method, params), is_complete)
        message = find_response(answer.body, number)
        if message is None:
            raise McpError(f"no response to {method}")
        return read_result(message)

    async def post(self, body: bytes, is_complete: Any = None) -> OutboundAnswer:
        """Send a message and return the answer, whose status is that of a success."""
        answer = await self.exchange("POST", body, is_complete)
        if not 200 <= answer.status < 300:
            raise McpError(f"the status is {answer.status}")
        self.session = answer.headers.get("mcp-session-id", self.session)
        return answer

    async def exchange(self, method: str, body: bytes, is_complete: Any = None) -> OutboundAnswer:
        given = {name.lower(): value for name, value in self.server.headers.items()}
        own = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
        if self.session:
            own["mcp-session-id"] = self.session
        if self.version:
            own["mcp-protocol-version"] = self.version
        headers = {name: value for name, value in given.items() if name not in OWN_HEADERS} | own
        message = OutboundMessage(method, self.server.url, headers, body)
        if is_complete is not None:
            message = OutboundMessage(method, self.server.url, headers, body, is_complete)
        return await self.send(message)
