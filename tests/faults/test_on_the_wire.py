"""Faults of connections and streams as a raw socket sees them: RST, FIN, silence."""

from __future__ import annotations

import asyncio
import json
import select
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest

from mockgem.faults.registry import all_faults
from tests.scenarios.playing import STREAM, request, rules, served


@dataclass
class Seen:
    """The bytes received, how the connection ended (FIN, RST or open), and when."""

    data: bytes
    end: str
    first: float
    took: float
    pieces: list[bytes]

    @property
    def head(self) -> bytes:
        return self.data.partition(b"\r\n\r\n")[0]

    @property
    def body(self) -> bytes:
        return self.data.partition(b"\r\n\r\n")[2]

    @property
    def whole(self) -> bool:
        return self.body.endswith(b"0\r\n\r\n")

    @property
    def text(self) -> bytes:
        """The body without chunked coding, as far as it goes."""
        rest, found = self.body, b""
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            if not size or not all(byte in b"0123456789abcdefABCDEF" for byte in size):
                break
            found += rest[: int(size, 16)]
            rest = rest[int(size, 16) + 2 :]
        return found

    @property
    def events(self) -> list[bytes]:
        return [one for one in self.text.split(b"\n\n") if one]


WAIT = 60.0
"""Seconds that are long enough on a busy machine."""


def look(port: int, data: bytes, patience: float, silence: float | None = None) -> Seen:
    """Send a request, and read until the end or until `patience` seconds of silence.

    After the first byte, `silence` counts if it is given.
    """
    link = socket.create_connection(("127.0.0.1", port))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    link.sendall(data)
    began, first, pieces, end = time.monotonic(), 0.0, [], "open"
    while True:
        wait = patience if silence is None or not pieces else silence
        ready, _, _ = select.select([link], [], [], wait)
        if not ready:
            break
        try:
            piece = link.recv(65536)
        except ConnectionResetError:
            end = "RST"
            break
        first = first or time.monotonic() - began
        if not piece:
            end = "FIN"
            break
        pieces.append(piece)
    link.close()
    return Seen(b"".join(pieces), end, first, time.monotonic() - began, pieces)


def watch(
    fault: Any,
    body: Any = None,
    *,
    patience: float = WAIT,
    silence: float | None = None,
    keep: bool = False,
    **more: Any,
) -> Seen:
    """A server with one fault, asked once."""

    async def run() -> Seen:
        text = rules(
            json.dumps({"faults": [fault] if fault else [], "headers": {"x-test": "1"}, **more})
        )
        async with served(text) as server:
            data = request(body, *(() if keep else ("Connection: close",)))
            return await asyncio.to_thread(look, server.port, data, patience, silence)

    return asyncio.run(run())


def usual(body: Any = None) -> Seen:
    return watch(None, body)


def test_reset_is_an_rst_before_a_byte() -> None:
    seen = watch("reset")
    assert (seen.data, seen.end) == (b"", "RST")


def test_reset_in_the_middle_comes_behind_what_was_sent() -> None:
    seen = watch({"fault": "reset", "at": 3}, STREAM)
    assert seen.end == "RST"
    assert len(seen.events) == 2
    assert not seen.whole


def test_reset_behind_the_head() -> None:
    seen = watch({"fault": "reset", "at": "head"}, STREAM)
    assert seen.end == "RST"
    assert seen.head.startswith(b"HTTP/1.1 200 OK")
    assert seen.text == b""


def test_close_is_a_fin_without_a_byte() -> None:
    seen = watch("close")
    assert (seen.data, seen.end) == (b"", "FIN")


def test_cut_is_a_fin_in_the_middle() -> None:
    seen = watch("cut", STREAM)
    assert seen.end == "FIN"
    assert 0 < len(seen.text) < len(usual(STREAM).text)
    assert not seen.whole


def test_cut_at_a_byte_of_a_whole_answer() -> None:
    seen = watch({"fault": "cut", "at": "50 bytes"})
    assert len(seen.text) == 50
    assert seen.end == "FIN"
    assert not seen.whole


def test_hang_is_silence_and_then_the_end() -> None:
    seen = watch({"fault": "hang", "for": 0.3})
    assert (seen.data, seen.end) == (b"", "FIN")
    assert 0.28 < seen.took < 30
    assert watch({"fault": "hang", "for": 60}, patience=0.4).end == "open"


def test_hang_in_the_middle_of_a_stream() -> None:
    seen = watch({"fault": "hang", "at": 3, "for": 60}, STREAM, silence=1.0)
    assert seen.end == "open"
    assert len(seen.events) == 2


def test_garbage_is_no_http() -> None:
    seen = watch("garbage")
    assert seen.end == "FIN"
    assert seen.data
    assert not seen.data.startswith(b"HTTP/")


def test_garbage_behind_the_head_spoils_the_chunks() -> None:
    seen = watch({"fault": "garbage", "at": "head", "text": "what is this\r\n"}, STREAM)
    assert seen.head.startswith(b"HTTP/1.1 200")
    assert seen.body == b"what is this\r\n"


def test_a_short_body_promises_more_than_comes() -> None:
    seen = watch("short_body", {"model": "gemini-2.5-flash"})
    promised = int(
        next(
            line for line in seen.head.split(b"\r\n") if line.startswith(b"Content-Length")
        ).split()[1]
    )
    assert 0 < len(seen.body) < promised
    assert seen.end == "FIN"
    assert b"chunked" not in seen.head


def test_bad_gzip_is_only_said() -> None:
    seen = watch("bad_gzip")
    assert b"Content-Encoding: gzip" in seen.head
    assert json.loads(seen.text)["object"] == "chat.completion"


def test_half_close_ends_one_side_behind_the_answer() -> None:
    seen = watch("half_close", keep=True)
    assert seen.whole
    assert seen.end == "FIN"


def test_no_keepalive_says_so_and_closes() -> None:
    seen = watch("no_keepalive", keep=True)
    assert seen.head.count(b"Connection: close") == 1
    assert seen.whole
    assert seen.end == "FIN"
    assert usual().end == "FIN"
    assert watch(None, keep=True, silence=0.4).end == "open"


def test_refused_connections_for_a_while() -> None:
    async def run() -> tuple[str, str, str]:
        async with served(
            rules("{when: {calls: 1}, faults: [{fault: refuse, for: 3s}]}")
        ) as server:
            data = request(None, "Connection: close")
            first = await asyncio.to_thread(look, server.port, data, WAIT)
            try:
                await asyncio.to_thread(look, server.port, data, WAIT)
                second = "answered"
            except ConnectionRefusedError:
                second = "refused"
            while True:
                with suppress(ConnectionRefusedError):
                    third = await asyncio.to_thread(look, server.port, data, WAIT)
                    break
                await asyncio.sleep(0.05)
            return first.end, second, third.head[9:12].decode()

    assert asyncio.run(run()) == ("RST", "refused", "200")


def test_end_is_clean_and_without_a_finish() -> None:
    seen = watch("end", STREAM)
    assert seen.whole
    assert seen.events
    assert b"finish_reason" not in seen.text
    assert b"[DONE]" not in seen.text


def test_stall_is_a_silence_before_an_event() -> None:
    seen = watch({"fault": "stall", "at": 3, "for": 60}, STREAM, silence=1.0)
    assert len(seen.events) == 2
    assert seen.end == "open"
    short = watch({"fault": "stall", "at": 3, "for": 0.3}, STREAM)
    assert short.whole
    assert short.took > 0.28


def test_truncate_takes_half_of_one_event_and_the_empty_line_after_it() -> None:
    seen, whole = watch({"fault": "truncate", "at": 2}, STREAM), usual(STREAM)
    half = whole.events[1][: len(whole.events[1]) // 2]
    assert seen.events == [
        whole.events[0],
        half + whole.events[2],
        *whole.events[3:],
    ]


def test_an_error_inside_a_stream_in_each_framing() -> None:
    def told(framing: str) -> bytes:
        return watch({"fault": "error", "at": 2, "framing": framing}, STREAM).text.split(
            b"\n\n", 1
        )[1]

    assert told("raw").startswith(b'{\n  "error": {\n    "code": 503')
    assert json.loads(told("sse").removeprefix(b"data: "))["error"]["status"] == "UNAVAILABLE"
    assert json.loads(told("array").removeprefix(b"data: "))[0]["error"]["code"] == 503
    assert told("event").startswith(b"event: error\ndata: {")


def test_junk_duplicate_and_drop() -> None:
    usually = usual(STREAM).events
    assert watch({"fault": "junk", "at": 2}, STREAM).events[1] == b"data: {not json"
    doubled = watch({"fault": "duplicate", "at": 2, "times": 2}, STREAM).events
    assert doubled[1] == doubled[2] == doubled[3]
    assert len(doubled) == len(usually) + 2
    dropped = watch({"fault": "drop", "at": 2, "times": 2}, STREAM).events
    assert dropped == [usually[0], *usually[3:]]


def chunks_of(seen: Seen) -> list[bytes]:
    rest, found = seen.body, []
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        found.append(rest[: int(size, 16)])
        rest = rest[int(size, 16) + 2 :]
    return found[:-1]


def test_merge_and_split() -> None:
    usually = usual(STREAM)
    assert chunks_of(watch("merge", STREAM)) == [usually.text]
    pairs = chunks_of(watch({"fault": "merge", "times": 2}, STREAM))
    assert len(pairs) == -(-len(usually.events) // 2)
    bytewise = watch("split", STREAM)
    assert all(len(one) == 1 for one in chunks_of(bytewise))
    assert bytewise.text == usually.text


def test_bad_utf8_stands_inside_a_text() -> None:
    seen = watch({"fault": "bad_utf8", "at": 2}, STREAM)
    with pytest.raises(UnicodeDecodeError):
        seen.events[1].decode()
    assert json.loads(seen.events[1].removeprefix(b"data: ").decode("utf-8", "replace"))["choices"]


def test_comments_done_crlf_space_and_bom() -> None:
    usually = usual(STREAM)
    assert (
        watch({"fault": "comment", "at": 2, "times": 2}, STREAM).events[1:3]
        == [b": keep-alive"] * 2
    )
    assert watch("no_done", STREAM).events == usually.events[:-1]
    assert watch("extra_done", STREAM).events == [*usually.events, b"data: [DONE]"]
    assert watch("crlf", STREAM).text == usually.text.replace(b"\n", b"\r\n")
    assert watch("no_space", STREAM).text == usually.text.replace(b"data: ", b"data:")
    assert watch("bom", STREAM).text == b"\xef\xbb\xbf" + usually.text


def test_a_stream_that_comes_whole() -> None:
    seen = watch("not_streamed", STREAM)
    assert b"application/json" in seen.head
    assert json.loads(seen.text)["object"] == "chat.completion"


def test_faults_of_streams_leave_whole_answers_alone() -> None:
    stream_faults = [name for name, one in all_faults().items() if one.is_for_streams]
    assert len(stream_faults) > 10
    for fault in stream_faults:
        assert json.loads(watch(fault).text)["object"] == "chat.completion", fault


def test_two_faults_work_in_turn() -> None:
    seen = watch(
        None,
        STREAM,
        faults=["crlf", {"fault": "split", "size": 7}, {"fault": "cut", "at": "40 bytes"}],
    )
    assert len(seen.text) == 40
    assert seen.end == "FIN"


def test_a_wait_before_the_head_the_first_token_and_between() -> None:
    head = watch(None, STREAM, latency={"head": 0.3})
    assert head.first > 0.28
    slow = watch(None, STREAM, latency={"first": 0.2, "between": 0.05})
    usually = usual(STREAM)
    assert slow.text == usually.text
    assert slow.first > 0.18
    assert slow.took - slow.first > 0.04 * (len(usually.events) - 2)


def test_tokens_a_second_and_bandwidth() -> None:
    usually = usual(STREAM)
    tokens = watch(None, latency={"tokens_per_second": 100})
    said = json.loads(tokens.text)["usage"]["completion_tokens"]
    assert tokens.first > 0.6 * said / 100
    size = len(usually.text)
    narrow = watch(None, STREAM, latency={"bandwidth": 4 * size})
    assert narrow.text == usually.text
    assert 0.2 < narrow.took < 30


def test_a_time_scale_makes_waits_short() -> None:
    seen = watch({"fault": "hang", "for": "100s"}, patience=1.0, latency={"head": "0s"})
    assert seen.end == "open"

    async def run() -> Seen:
        text = rules("{faults: [{fault: hang, for: 100s}]}", time_scale=0.002)
        async with served(text) as server:
            return await asyncio.to_thread(look, server.port, request(), WAIT)

    assert asyncio.run(run()).end == "FIN"


def test_an_answer_that_was_slowed_down_keeps_its_length() -> None:
    """A gateway tells the length of whole answers, also when they come late."""

    async def run() -> Seen:
        async with served(rules("{latency: {first: 0.05}}")) as server:
            data = request(None, "Connection: close", path="/v1/chat/completions")
            return await asyncio.to_thread(look, server.port, data, WAIT)

    seen = asyncio.run(run())
    assert f"Content-Length: {len(seen.body)}".encode() in seen.head
    assert json.loads(seen.body)["id"].startswith("chatcmpl-")
