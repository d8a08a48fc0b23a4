"""Tools of a server that the official MCP package for Python runs, called by interactions."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest
import uvicorn
from google import genai
from mcp.server.mcpserver import MCPServer

pytestmark = pytest.mark.skipif(
    int(version("google-genai").partition(".")[0]) < 3,
    reason="the SDK has the Interactions API of today since 3.0",
)
MODEL = "gemini-3.8-flash"
QUESTION = "What is the weather forecast in London?"


@pytest.fixture(params=[True, False], ids=["json", "events"])
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the URL of a server that answers with JSON or with server-sent events."""
    server = MCPServer("weather")

    @server.tool()
    def get_forecast(city: str) -> str:
        """Get the weather forecast of a city."""
        return f"{city}: sunny, 21 degrees"

    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = server.streamable_http_app(json_response=request.param)
        runner = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=runner.run, args=([listener],))
        thread.start()
        try:
            while not runner.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        finally:
            runner.should_exit = True
            thread.join()


def test_a_tool_of_a_server_is_called(client: genai.Client, server_url: str) -> None:
    tools: Any = [{"type": "mcp_server", "name": "weather", "url": server_url}]
    answer = client.interactions.create(model=MODEL, input=QUESTION, tools=tools)
    call, result = answer.steps[:2]
    assert (call.type, call.name, call.server_name) == (
        *("mcp_server_tool_call", "get_forecast", "weather"),
    )
    assert call.arguments == {"city": "London"}
    assert result.call_id == call.id
    assert result.result == "London: sunny, 21 degrees"
    assert "21 degrees" in answer.output_text


def test_a_stream_has_the_calls(client: genai.Client, server_url: str) -> None:
    tools: Any = [{"type": "mcp_server", "name": "weather", "url": server_url}]
    events = list(client.interactions.create(model=MODEL, input=QUESTION, tools=tools, stream=True))
    deltas = [event.delta for event in events if event.event_type == "step.delta"]
    called = [delta for delta in deltas if delta.type == "mcp_server_tool_call"]
    assert [delta.arguments for delta in called] == [{"city": "London"}]
    results = [delta for delta in deltas if delta.type == "mcp_server_tool_result"]
    assert [delta.result for delta in results] == ["London: sunny, 21 degrees"]
