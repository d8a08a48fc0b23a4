"""What the request log says of an error, and what it keeps to itself."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.server import access_log
from mockgem.server.access_log import RequestLog

PATH = "/v1beta/openai/chat/completions"
OWN = "my-own-credential-0123456789abcdef"
GOOGLE = "AIzaSy" + "A123456789" * 3 + "123"


def entry(
    message: str, headers: dict[str, str] | None = None, query: dict[str, str] | None = None
) -> JournalEntry:
    wire = WireRequest("POST", PATH, query or {}, headers or {}, b"{}")
    body = json.dumps([{"error": {"code": 400, "message": message}}]).encode()
    return JournalEntry(
        0.0, "POST", PATH, "gemini-openai", "m", 400, "engine", 0.001, wire, body=body
    )


@pytest.mark.parametrize(
    "name", ["authorization", "x-goog-api-key", "x-api-key", "api-key", "cookie"]
)
@pytest.mark.parametrize("before", [0, 280, 290, 299])
def test_no_credential_is_in_it_however_it_came_and_wherever_it_is_cut(
    name: str, before: int
) -> None:
    told = f"Bearer {OWN}" if name == "authorization" else OWN
    line = access_log.format_text(entry("x" * before + OWN + " y", {name: told}))
    assert OWN[:10] not in line
    assert "400 engine" in line


@pytest.mark.parametrize("before", [0, 280, 290])
def test_nor_is_a_key_of_google_s(before: int) -> None:
    assert "AIzaSy" not in access_log.format_text(entry("m" * before + " " + GOOGLE))
    assert "my-own" not in access_log.format_text(entry(OWN, query={"key": OWN}))


def test_the_message_is_one_line_as_people_write_it() -> None:
    one = entry('* "contents" is not specified\nGrüße \u2028 \x1b[31m')
    assert access_log.format_text(one).endswith(': * "contents" is not specified Grüße \ufffd[31m')
    assert json.loads(access_log.format_json(one))["error"].startswith(
        '* "contents" is not specified Grüße'
    )
    assert len(access_log.find_error_message(entry("long " * 1000))) <= access_log.MAX_MESSAGE


def test_an_answer_that_is_no_error_has_none() -> None:
    one = entry("x")
    one.status = 200
    assert access_log.find_error_message(one) == ""
    assert "error" not in json.loads(access_log.format_json(one))


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": "bad \\x escape"}',
        b'{"message": "caf\xe9"}',
        b'<script>{"error": "two\nlines"}</script>',
    ],
)
def test_what_is_no_json_does_not_end_the_log(body: bytes) -> None:
    """The line is made in the log's own thread: an error there would be the end of all lines."""
    out = io.StringIO()
    log = access_log.RequestLog(out, "text")
    for each in (body, b'{"error": "plain"}'):
        one = entry("")
        one.body = each
        log.pending.append(one)
    assert log.close()
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith("ms: plain")


def log_streamed_calls(agents: list[str], **settings: Any) -> str:
    """Return the log of a run in which these clients stream a tool call."""
    out = io.StringIO()

    async def run() -> None:
        log = RequestLog(out, "text")
        app = create_app(Settings(**settings), log)
        for agent in agents:
            headers = {"authorization": "Bearer k", "user-agent": agent}
            await app.handler(WireRequest("POST", PATH, {}, headers, STREAMED_CALL))
        log.close()

    asyncio.run(run())
    return out.getvalue()


PATH = "/v1beta/openai/chat/completions"
STREAMED_CALL = json.dumps(
    {
        "model": "gemini-2.5-flash",
        "stream": True,
        "messages": [{"role": "user", "content": "weather in Rome"}],
        "tools": [{"type": "function", "function": {"name": "get_weather", "parameters": {}}}],
        "tool_choice": "required",
    }
).encode()


def test_a_client_that_needs_an_index_gets_one_hint_per_run() -> None:
    written = log_streamed_calls(["OpenAI/Python 3.1", "OpenAI/JS 6.2", "ai-sdk/openai/3.0"])
    assert written.count("--tool-call-index") == 1


def test_nobody_else_gets_the_hint() -> None:
    assert "Hint" not in log_streamed_calls(["curl/8.0"])
    assert "Hint" not in log_streamed_calls(["OpenAI/Python 3.1"], tool_call_index=True)
