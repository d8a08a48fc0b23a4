"""When a client that left had the whole answer."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.app.complete_answer import is_complete
from mockgem.app.sent_body import TAIL_BYTES, SentBody
from mockgem.core.http import Frame, WireRequest
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry
from tests.faults.streams import DONE, event, events
from tests.scenarios.playing import rules, served

FINISH = b'data: {"choices":[{"delta":{},"finish_reason":"stop","index":0}]}\n\n'


def native_row(text: str, reason: str = "", index: int = 0) -> bytes:
    candidate: dict[str, Any] = {"content": {"parts": [{"text": text}]}, "index": index}
    return json.dumps(
        {"candidates": [candidate | ({"finishReason": reason} if reason else {})]}
    ).encode()


def sse(row: bytes) -> bytes:
    return b"data: %b\r\n\r\n" % row


def array(*rows: bytes, end: bytes = b"") -> bytes:
    return b"[" + b",\r\n".join(row + b"\n" for row in rows) + end


def sent(
    data: bytes, *, method: str = "POST", headers: Any = (), faults: tuple[str, ...] = ()
) -> SentBody:
    """A response of which a client got some bytes, in two pieces, before it left."""
    wire = WireRequest(method, "/")
    entry = JournalEntry(0.0, method, "/", "gemini", "m", 200, "engine", 0.0, wire, headers)
    entry.scenario_details = {"faults": list(faults)}
    body = SentBody(entry)
    for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
        body.add(Frame(piece))
    return body


BIG = b"a" * KEPT_BODY_BYTES
LENGTH = (("Content-Length", "5"),)
WHOLE: dict[str, SentBody] = {
    "[DONE]": sent(b"".join([*events(2), DONE])),
    "[DONE] and half of another one": sent(b"".join([*events(2), DONE, DONE[:7]])),
    "a finish reason": sent(b"".join([*events(2), FINISH])),
    "a comment after the finish reason": sent(FINISH + b": keep-alive\n\n"),
    "CRLF and a byte order mark": sent(
        b"\xef\xbb\xbf" + (event(1) + FINISH).replace(b"\n", b"\r\n")
    ),
    "a native finish reason": sent(sse(native_row("a")) + sse(native_row("b", "STOP"))),
    "two candidates": sent(sse(native_row("a", "STOP", 0)) + sse(native_row("b", "STOP", 1))),
    "an array with its bracket": sent(array(native_row("a"), end=b"]")),
    "an array with a finish reason": sent(array(native_row("a"), native_row("b", "STOP"))),
    "a document": sent(b'{"a": 1}\n'),
    "the announced length": sent(b"abcde", headers=LENGTH),
    "HEAD": sent(b"{", method="HEAD"),
    "a long stream with [DONE]": sent(event(1, BIG.decode()) + DONE),
    "a long stream with a finish reason": sent(event(1, BIG.decode()) + FINISH),
    "a long event with a finish reason": sent(sse(native_row(BIG.decode(), "STOP"))),
    "a long array": sent(array(native_row(BIG.decode()), end=b"]")),
}
PARTIAL: dict[str, SentBody] = {
    "events": sent(b"".join(events(3))),
    "half of [DONE]": sent(event(1) + DONE[:-1]),
    "half of a finish reason": sent(event(1) + FINISH[:-1]),
    "one of two candidates": sent(sse(native_row("a", "STOP", 0)) + sse(native_row("b", "", 1))),
    "an early finish reason": sent(event(1) + FINISH, faults=("early_finish",)),
    "an array without a finish reason": sent(array(native_row("a"))),
    "half a row": sent(array(native_row("a", "STOP"))[:-9]),
    "half a document": sent(b'{"a": 1'),
    "less than the announced length": sent(b"abcd", headers=LENGTH),
    "a text that names a finish reason": sent(
        b'data: {"choices":[{"delta":{"content":"\\"finish_reason\\": \\"stop\\""},"index":0}]}\n\n'
    ),
    "a long stream": sent(event(1, BIG.decode()) + event(2)),
    "a long array without its bracket": sent(array(native_row(BIG.decode()), native_row("b"))),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_client_with_everything_has_not_left_early(name: str) -> None:
    assert is_complete(WHOLE[name])


@pytest.mark.parametrize("name", PARTIAL)
def test_a_client_that_lacks_something_has_left(name: str) -> None:
    assert not is_complete(PARTIAL[name])


def test_the_end_of_a_long_body_is_kept_up_to_a_limit() -> None:
    body = sent(BIG + b"b" * 3 * TAIL_BYTES)
    assert len(body.kept) == KEPT_BODY_BYTES
    assert body.tail == b"b" * TAIL_BYTES
    assert body.entry.size == KEPT_BODY_BYTES + 3 * TAIL_BYTES


def test_a_response_of_which_nothing_was_sent_was_left() -> None:
    for method in ("POST", "HEAD"):
        body = sent(b"", method=method)
        body.entry.unsent = True
        assert not is_complete(body)


NATIVE = {"contents": [{"role": "user", "parts": [{"text": "Explain to me how AI works"}]}]}
OPENAI = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "Explain to me how AI works"}],
}
STREAM_PATH = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
CHAT_PATH = "/v1beta/openai/chat/completions"
LEAVING = {
    "after [DONE]": ("[extra_done]", CHAT_PATH, OPENAI | {"stream": True}, b"[DONE]", "whole"),
    "after a native finish reason": (
        "[extra_done]", STREAM_PATH + "?alt=sse", NATIVE, b"finishReason", "whole",
    ),
    "in the middle": ("[]", CHAT_PATH, OPENAI | {"stream": True}, b"data:", "left"),
    "in the middle of an array": ("[]", STREAM_PATH, NATIVE, b"[{", "left"),
    "before a delayed answer": ("[]", CHAT_PATH, OPENAI, b"", "left"),
}  # fmt: skip


@pytest.mark.parametrize("case", LEAVING)
def test_the_journal_says_whether_a_client_left_early(case: str) -> None:
    """A frame that still waits has not been sent."""
    faults, path, body, until, outcome = LEAVING[case]

    async def run() -> Any:
        text = rules(f"{{faults: {faults}, latency: {{first: 0.05, between: 0.1}}}}")
        if not until:
            text = rules("{latency: {first: 60s}}")
        async with served(text) as server:
            await read_until(server.port, path, body, until)
            world = server.worlds.default
            while world.open_responses:
                await asyncio.sleep(0.01)
            return await world.journal.list_entries()

    (entry,) = asyncio.run(asyncio.wait_for(run(), 30))
    assert entry.outcome == outcome


async def read_until(port: int, path: str, body: Any, until: bytes) -> None:
    """Send a request, and close the connection when some bytes have arrived."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer k\r\n"
    if path.startswith(STREAM_PATH):
        head = head.replace("Authorization: Bearer", "x-goog-api-key:")
    writer.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
    await (reader.readuntil(until) if until else asyncio.sleep(0.2))
    await asyncio.sleep(0.02)
    writer.close()
