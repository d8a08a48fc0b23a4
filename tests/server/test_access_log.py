"""What the request log says of an error, and what it keeps to itself."""

from __future__ import annotations

import asyncio
import io
import json
import threading
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.server import access_log
from mockgem.server.access_log import AccessLog

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
    log = access_log.AccessLog(out, "text")
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
        log = AccessLog(out, "text")
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


class Screen(io.StringIO):
    """Shows lines only after a flush; may keep its writer waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.is_free = threading.Event()
        self.is_free.set()
        self.has_begun = threading.Event()

    def write(self, text: str) -> int:
        self.has_begun.set()
        self.is_free.wait(60)
        return super().write(text)

    def flush(self) -> None:
        self.shown = self.getvalue()


def numbered(number: int) -> JournalEntry:
    one = entry("")
    one.status, one.model = 200, f"m{number}"
    return one


async def test_lines_are_written_soon_and_together() -> None:
    screen = Screen()
    log = AccessLog(screen, "text")
    for number in range(3):
        log(numbered(number))
        assert len(log.pending) == number + 1
    async with asyncio.timeout(60):
        while not screen.shown:
            await asyncio.sleep(0.01)
    names = [line.split()[2] for line in screen.shown.splitlines()]
    assert (names, log.pending) == (["m0", "m1", "m2"], [])
    log(numbered(3))
    async with asyncio.timeout(60):
        while screen.shown.count("\n") < 4:
            await asyncio.sleep(0.01)
    assert log.close()


def test_lines_for_a_reader_that_does_not_read_are_dropped() -> None:
    screen = Screen()
    screen.is_free.clear()
    log = AccessLog(screen, "text")
    for number in range(300):
        log.pending.append(numbered(number))
        log.flush()
        if number == 0:
            assert screen.has_begun.wait(60)
    assert not log.close()
    screen.is_free.set()
    log.batches.put(None, timeout=60)
    log.writer.join(60)
    names = [line.split()[2] for line in screen.shown.splitlines()]
    assert names == [f"m{number}" for number in range(201)]


def test_nothing_is_written_for_nothing() -> None:
    screen = Screen()
    log = AccessLog(screen, "text")
    log.flush()
    assert log.close()
    assert (screen.getvalue(), log.batches.qsize()) == ("", 0)


def test_a_screen_that_is_gone_ends_the_log() -> None:
    screen = Screen()
    screen.close()
    log = AccessLog(screen, "text")
    log.pending.append(numbered(1))
    assert log.close()


def test_each_field_of_a_line() -> None:
    one = numbered(1)
    one.seconds = 0.01234
    assert access_log.format_text(one) == f"POST {PATH} m1 200 engine 12.3 ms"
    one.source, one.model = "", ""
    assert access_log.format_text(one) == f"POST {PATH} 200 12.3 ms"
    line = json.loads(access_log.format_json(one))
    assert line.pop("time")[19] == "."
    assert line == {
        "method": "POST",
        "path": PATH,
        "surface": "gemini-openai",
        "model": "",
        "status": 200,
        "source": "",
        "outcome": "whole",
        "ms": 12.34,
    }


@pytest.mark.parametrize(("status", "has_message"), [(399, False), (400, True), (503, True)])
def test_errors_have_their_message(status: int, has_message: bool) -> None:
    one = entry("no  way")
    one.status = status
    assert access_log.find_error_message(one) == ("no way" if has_message else "")


@pytest.mark.parametrize("size", [299, 300, 301])
def test_messages_are_cut(size: int) -> None:
    assert access_log.find_error_message(entry("x" * size)) == "x" * min(size, 300)


def test_a_key_in_the_path_or_the_model_is_hidden() -> None:
    one = entry("")
    for headers, query in (
        ({"authorization": f"Bearer {OWN}"}, {}),
        ({"x-goog-api-key": OWN}, {"key": "other"}),
        ({}, {"key": OWN}),
    ):
        one.wire = WireRequest("POST", PATH, query, headers, b"{}")
        one.path, one.model = f"/v1/{OWN}", OWN
        assert access_log.format_text(one).startswith("POST /v1/REDACTED REDACTED 400")


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [("é€", "latin-1", "é?"), ("é€", "utf-8", "é€"), ("é€", "", "é€"), ("é", "ascii", "?")],
)
def test_a_screen_may_not_have_all_characters(text: str, encoding: str, expected: str) -> None:
    assert access_log.to_encodable(text, encoding) == expected


def test_a_line_names_the_rule_and_how_the_answer_ended() -> None:
    one = numbered(1)
    one.source, one.scenario_details = "scenario", {"scenario": "added", "rule": "say-1"}
    assert "200 rule say-1 1.0 ms" in access_log.format_text(one)
    one.scenario_details = {"scenario": "hanging", "rule": "stall"}
    one.outcome, one.started_at, one.ended_at = "left", 10.0, 12.5
    line = access_log.format_text(one)
    assert "rule stall of hanging 2500.0 ms, the client left early" in line
    found = json.loads(access_log.format_json(one))
    assert (found["rule"], found["outcome"], found["ms"]) == ("stall", "left", 2500.0)


def test_a_line_is_written_when_the_answer_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    log = AccessLog(screen, "text")
    one = numbered(1)
    one.outcome = "open"
    log.pending.append(one)
    log.flush()
    assert log.batches.qsize() == 0
    monkeypatch.setattr(access_log.time, "monotonic", lambda: 1e9)
    log.flush()  # it has taken long, so a first line says that it goes on
    log.flush()
    one.outcome = "cut"
    log.flush()
    assert log.close()
    first, second = screen.getvalue().splitlines()
    assert first.endswith(", still open")
    assert second.endswith(", cut off by a fault")


def test_an_answer_that_is_open_at_the_end_is_written() -> None:
    screen = Screen()
    log = AccessLog(screen, "text")
    one = numbered(1)
    one.outcome = "open"
    log.pending.append(one)
    assert log.close()
    assert screen.getvalue().endswith(", still open\n")


async def test_the_log_looks_again_while_an_answer_is_open() -> None:
    screen = Screen()
    log = AccessLog(screen, "text")
    one = numbered(1)
    one.outcome = "open"
    log(one)
    await asyncio.sleep(0.2)
    one.outcome = "whole"
    async with asyncio.timeout(60):
        while not screen.shown:
            await asyncio.sleep(0.01)
    assert (log.open, log.is_scheduled) == ({}, False)
    assert log.close()


@pytest.mark.parametrize(
    ("status", "color"), [(200, "\x1b[32m"), (404, "\x1b[33m"), (503, "\x1b[31m")]
)
def test_a_terminal_gets_colours(status: int, color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    one = numbered(1)
    one.status = status
    for form in ("text", "json"):
        log = AccessLog(screen, form)
        log.pending.append(one)
        assert log.close()
    colored, plain = screen.getvalue().splitlines()
    assert colored.startswith(color + "POST")
    assert "\x1b" not in plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert not access_log.has_colors(screen)


def log_requests(*requests: WireRequest) -> str:
    out = io.StringIO()

    async def run() -> None:
        log = AccessLog(out, "text")
        app = create_app(Settings(), log)
        log.list_worlds = app.worlds.list_all
        for request in requests:
            await app.handler(request)
        log.close()

    asyncio.run(run())
    return out.getvalue()


def ask(model: str, path: str = PATH) -> WireRequest:
    body = json.dumps({"model": model, "messages": [{"role": "user", "content": "Hi"}]}).encode()
    return WireRequest("POST", path, {}, {"authorization": "Bearer k"}, body)


def test_each_hint_is_written_once() -> None:
    written = log_requests(*[ask("gemini-2.5-flsh")] * 3, ask("gemini-2.5-por"))
    assert written.count("Hint: there is no model 'gemini-2.5-flsh'; did you mean") == 1
    assert written.count("did you mean gemini-2.5-pro?") == 1
    assert "Hint" not in log_requests(*[ask("gemini-2.5-flash")] * 3)


def test_replies_that_wait_in_another_world_are_a_hint() -> None:
    rule = json.dumps({"rule": {"say": "Hello", "when": {"times": 1}}}).encode()
    headers = {"content-type": "application/json"}
    add = WireRequest("POST", "/w/mine/_mockgem/rules", {}, headers, rule)
    written = log_requests(add, ask("gemini-2.5-flash"), ask("gemini-2.5-flash"))
    assert written.count("Hint: replies wait in the world mine, which got no request") == 1
    there = ask("gemini-2.5-flash", f"/w/mine{PATH}")
    assert "Hint" not in log_requests(add, there, ask("gemini-2.5-flash"))


@pytest.mark.parametrize(
    ("status", "outcome", "color"),
    [
        (200, "whole", access_log.GREEN),
        (399, "whole", access_log.GREEN),
        (400, "whole", access_log.YELLOW),
        (499, "whole", access_log.YELLOW),
        (500, "whole", access_log.RED),
        (200, "open", access_log.GREEN),
        (200, "cut", access_log.RED),
        (200, "left", access_log.RED),
    ],
)
def test_the_color_of_a_line_says_how_a_request_ended(
    status: int, outcome: str, color: str
) -> None:
    one = entry("x")
    one.status, one.outcome = status, outcome
    assert access_log.choose_color(one) == color
    assert len({access_log.GREEN, access_log.YELLOW, access_log.RED}) == 3
