"""Tools of MCP servers: mockgem calls those on this machine, as the service calls any."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web

from mockgem.server import message_sender
from tests.asking import Asker
from tests.dialects.interactions.talking import (
    ADD,
    create,
    get,
    join_events,
    kinds_of,
    read_events,
    text_of,
)
from tests.mcp_server import FORECAST, POPULATION, McpServer

QUESTION = "What is the weather forecast in London?"
CALLED = ["mcp_server_tool_call", "mcp_server_tool_result", "thought", "model_output"]
SUNNY = "London: sunny, 21 degrees"


@pytest.mark.parametrize("as_events", [False, True], ids=["json", "events"])
def test_the_model_calls_a_tool_of_a_server(as_events: bool) -> None:
    with McpServer(as_events=as_events) as server:
        answer = create(Asker(), QUESTION, tools=[server.as_tool()]).json
    assert kinds_of(answer) == CALLED
    call, result = answer["steps"][:2]
    named = {"name": "get_forecast", "server_name": "weather"}
    assert call == {
        "arguments": {"city": "London"},
        "id": call["id"],
        **named,
        "type": "mcp_server_tool_call",
    }
    assert result == {
        "call_id": call["id"],
        **named,
        "result": SUNNY,
        "type": "mcp_server_tool_result",
    }
    assert SUNNY in text_of(answer)
    assert answer["status"] == "completed"
    assert answer["usage"]["total_tool_use_tokens"] > 0
    parts = ("input", "output", "thought", "tool_use")
    counted = [answer["usage"][f"total_{part}_tokens"] for part in parts]
    assert answer["usage"]["total_tokens"] == sum(counted)


def test_a_stream_has_the_same_steps_as_the_whole_answer() -> None:
    with McpServer() as server:
        request = {"tools": [server.as_tool()]}
        whole = create(Asker(), QUESTION, **request).json
        asker = Asker()
        events = read_events(create(asker, QUESTION, stream=True, **request).text)
    streamed = join_events(events)
    assert kinds_of(streamed) == CALLED
    for step in (*whole["steps"], *streamed["steps"]):
        for name in ("id", "call_id"):
            step.pop(name, None)
    assert streamed["steps"] == whole["steps"]
    assert SUNNY in text_of(get(asker, events[0]["interaction"]["id"]).json)


def test_a_session_follows_the_protocol() -> None:
    with McpServer() as server:
        headers = {"Authorization": "Bearer secret", "Host": "elsewhere", "Content-Length": "1"}
        create(Asker(), QUESTION, tools=[server.as_tool(headers=headers)])
    assert server.methods == [
        *("initialize", "notifications/initialized", "tools/list", "tools/call")
    ]
    for headers in server.headers:
        assert headers["accept"] == "application/json, text/event-stream"
        assert headers["authorization"] == "Bearer secret"
        assert headers["host"] == f"127.0.0.1:{server.port}"
    assert [headers.get("mcp-session-id") for headers in server.headers] == [
        *(None, "session-1", "session-1", "session-1")
    ]
    assert server.headers[-1]["mcp-protocol-version"] == "2025-06-18"
    assert server.ended == ["session-1"]


def test_the_model_chooses_among_all_tools() -> None:
    with McpServer(POPULATION, FORECAST) as server:
        tools = [ADD, server.as_tool()]
        weather = create(Asker(), QUESTION, tools=tools).json
        added = create(Asker(), "Add 2 and 3", tools=tools).json
        nothing = create(Asker(), "Hello!", tools=tools).json
    assert kinds_of(weather) == CALLED
    assert kinds_of(added)[-1] == "function_call"
    assert added["status"] == "requires_action"
    assert "mcp_server_tool_call" not in kinds_of(nothing)


def test_functions_are_left_to_the_client_beside_calls_of_servers() -> None:
    with McpServer() as server:
        given = "Add 2 and 3, and get the weather forecast in London."
        asker = Asker()
        first = create(asker, given, tools=[ADD, server.as_tool()]).json
        assert first["status"] == "requires_action"
        assert "mcp_server_tool_result" in kinds_of(first)
        call = next(step for step in first["steps"] if step["type"] == "function_call")
        result = {"type": "function_result", "call_id": call["id"], "result": "5"}
        second = create(asker, [result], previous_interaction_id=first["id"])
    assert second.json["status"] == "completed"


@pytest.mark.parametrize(
    ("allowed", "called"),
    [
        ([{"tools": ["get_forecast"]}], True),
        ([{"tools": ["other"]}], False),
        ([{"mode": "none"}], False),
        ([{"mode": "any"}], True),
    ],
)
def test_only_allowed_tools_are_called(allowed: Any, called: bool) -> None:
    with McpServer() as server:
        answer = create(Asker(), QUESTION, tools=[server.as_tool(allowed_tools=allowed)]).json
    assert ("mcp_server_tool_call" in kinds_of(answer)) is called


def test_a_tool_that_must_be_called_is_called_once() -> None:
    with McpServer() as server:
        allowed = [{"mode": "any", "tools": ["get_forecast"]}]
        answer = create(Asker(), "Hello!", tools=[server.as_tool(allowed_tools=allowed)]).json
    assert kinds_of(answer).count("mcp_server_tool_call") == 1
    assert answer["status"] == "completed"


def test_the_answer_is_that_of_the_server_each_time() -> None:
    answers = iter(["rain", "snow"])

    def call(arguments: Any) -> Any:
        return {"content": [{"type": "text", "text": next(answers)}]}

    asker = Asker()
    with McpServer(call=call) as server:
        for word in ("rain", "snow"):
            assert word in text_of(create(asker, QUESTION, tools=[server.as_tool()]).json)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
         [{"text": "a", "type": "text"}, {"text": "b", "type": "text"}]),
        ({"content": [{"type": "image", "data": "QQ==", "mimeType": "image/png"}]},
         [{"data": "QQ==", "mime_type": "image/png", "type": "image"}]),
        ({"content": [{"type": "resource_link", "uri": "a:b"}]},
         '{"type": "resource_link", "uri": "a:b"}'),
        ({"content": [], "structuredContent": {"degrees": 21}}, {"degrees": 21}),
        ({"content": [{"type": "text", "text": "no such city"}], "isError": True}, "no such city"),
        ({"error": {"code": -32602, "message": "no such tool"}}, "Error: no such tool"),
        ({}, ""),
    ],
)  # fmt: skip
def test_results_of_every_kind_are_shown(given: Any, shown: Any) -> None:
    with McpServer(call=lambda arguments: given) as server:
        answer = create(Asker(), QUESTION, tools=[server.as_tool()])
    assert answer.status == 200, answer.text
    assert answer.json["steps"][1]["result"] == shown
    assert answer.json["status"] == "completed"


# Where mockgem does not call


@pytest.mark.parametrize("url", ["https://mcp.example.com/mcp", "ftp://127.0.0.1/", "", "x\ny"])
def test_servers_elsewhere_are_not_called(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def send_message(message: Any) -> Any:
        raise AssertionError(f"mockgem sent a message to {message.url}")

    asker = Asker()
    asker.world.send_message = send_message
    tool = {"type": "mcp_server", "name": "weather", "url": url}
    answer = create(asker, QUESTION, tools=[tool])
    assert answer.status == 200
    assert kinds_of(answer.json) == ["thought", "model_output"]


def test_other_hosts_can_be_allowed() -> None:
    asker = Asker(webhook_host=["mcp.example.com"])
    sent: list[str] = []

    async def send_message(message: Any) -> Any:
        sent.append(message.url)
        raise ConnectionError("nobody is there")

    asker.world.send_message = send_message
    tool = {"type": "mcp_server", "name": "weather", "url": "https://mcp.example.com/mcp"}
    assert create(asker, QUESTION, tools=[tool]).status == 400
    assert sent == ["https://mcp.example.com/mcp"]


def test_a_server_that_does_not_run_is_an_error_that_names_it() -> None:
    with McpServer() as server:
        tool = server.as_tool()
    refused = create(Asker(), QUESTION, tools=[tool])
    assert (refused.status, refused.error["code"]) == (400, "failed_precondition")
    assert f"MCP server 'weather' at {tool['url']}" in refused.error["message"]


def test_a_server_may_fail_at_a_call() -> None:
    with McpServer() as server:
        answer = server.answer

        def fail(message: Any) -> Any:
            if message["method"] == "tools/call":
                raise RuntimeError("broken")
            return answer(message)

        server.answer = fail  # type: ignore[method-assign]
        shown = create(Asker(), QUESTION, tools=[server.as_tool()]).json
    assert shown["steps"][1]["result"] == "Error: the status is 500"


def respond(result: Any) -> Any:
    def raw(message: Any) -> web.Response:
        return web.json_response({"jsonrpc": "2.0", "id": message["id"], "result": result})

    return raw


def nest(levels: int) -> Any:
    value: Any = "deep"
    for _ in range(levels):
        value = {"properties": {"a": value}}
    return value


HOSTILE = {
    "no JSON": lambda message: web.Response(body=b"\xff{"),
    "a number": lambda message: web.Response(body=b"5"),
    "nested": lambda message: web.Response(body=b"[" * 500_000),
    "a redirect": lambda message: web.Response(status=307, headers={"Location": "/elsewhere"}),
    "too long": lambda message: web.Response(body=b" " * (message_sender.MAX_ANSWER + 1)),
    "another id": lambda message: web.json_response({"jsonrpc": "2.0", "id": 99, "result": {}}),
    "a result that is a list": respond([]),
    "an error that is a text": lambda message: web.json_response(
        {"jsonrpc": "2.0", "id": message["id"], "error": "no"}
    ),
    "an endless list": respond({"tools": [], "nextCursor": "again"}),
}
ODD_SCHEMAS = ({"type": 5}, {"properties": []}, nest(30), nest(500), {"$ref": "#"}, [])
TOOLS_THAT_ARE_ODD = [
    *(None, 5, {}, {"name": 5, "inputSchema": {}}, {"name": "", "inputSchema": {}}),
    *({**FORECAST, "inputSchema": schema} for schema in ODD_SCHEMAS),
    {**FORECAST, "name": "\ud800"},
    {**FORECAST, "description": {}},
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_breaks_nothing(name: str) -> None:
    with McpServer(raw=HOSTILE[name]) as server:
        assert create(Asker(), QUESTION, tools=[server.as_tool()]).status in (200, 400)


@pytest.mark.parametrize("tool", TOOLS_THAT_ARE_ODD, ids=range(len(TOOLS_THAT_ARE_ODD)))
def test_an_odd_tool_breaks_nothing(tool: Any) -> None:
    with McpServer(tool) as server:
        assert create(Asker(), QUESTION, tools=[server.as_tool()]).status in (200, 400)


@pytest.mark.parametrize("text", ["\ud800", "", "x" * 900_000])
def test_an_odd_result_breaks_nothing(text: str) -> None:
    content = {"content": [{"type": "text", "text": text}]}
    with McpServer(call=lambda arguments: content) as server:
        answer = create(Asker(), QUESTION, tools=[server.as_tool()])
    assert answer.status == 200
    assert answer.json["steps"][1]["type"] == "mcp_server_tool_result"


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_sender, "TIMEOUT", 0.2)
    with McpServer(as_events=True) as server:
        server.answer = lambda message: {"id": 99}  # type: ignore[method-assign]
        refused = create(Asker(), QUESTION, tools=[server.as_tool()])
    assert refused.status == 400
    assert "no answer in" in refused.error["message"]


# Scenarios and history

SCRIPT = """
title: The model calls a tool
rules:
  - when: {endpoint: createInteraction}
    say: REPLY
"""


def test_a_scenario_scripts_a_call(tmp_path: Any) -> None:
    reply = "{tool_calls: [{name: get_forecast, args: {city: Oslo}}]}"
    (tmp_path / "mcp.yaml").write_text(SCRIPT.replace("REPLY", reply))
    asker = Asker(scenario=str(tmp_path / "mcp.yaml"))
    with McpServer() as server:
        answer = create(asker, "script", tools=[server.as_tool()]).json
    assert answer["steps"][0]["arguments"] == {"city": "Oslo"}
    assert "Oslo: sunny" in text_of(answer)
    assert answer["status"] == "completed"


def test_a_scenario_that_says_everything_calls_nobody(tmp_path: Any) -> None:
    (tmp_path / "mcp.yaml").write_text(SCRIPT.replace("REPLY", "{text: It rains.}"))
    with McpServer() as server:
        asker = Asker(scenario=str(tmp_path / "mcp.yaml"))
        answer = create(asker, f"script {QUESTION}", tools=[server.as_tool()]).json
    assert text_of(answer) == "It rains."
    assert server.messages == []


def test_steps_of_servers_may_be_sent_back() -> None:
    with McpServer() as server:
        tools = [server.as_tool()]
        first = create(Asker(), QUESTION, tools=tools, store=False).json
        given = [{"type": "user_input", "content": [{"type": "text", "text": QUESTION}]}]
        more = [{"type": "user_input", "content": [{"type": "text", "text": "Thanks!"}]}]
        second = create(Asker(), [*given, *first["steps"], *more], tools=tools)
    assert second.status == 200
    assert "mcp_server_tool_call" not in kinds_of(second.json)
    assert json.dumps(second.json)
