"""Record through a server in front of another one, and replay: real sockets, real files."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.redaction import Redactor
from tests.recording.interactions import KEY
from tests.recording.servers import CHAT, ask, ask_raw, chat, mockgem, recorder_at, service


async def test_what_passes_is_recorded_and_plays_the_same_bytes(tmp_path: Path) -> None:
    cassette = str(tmp_path / "a.yaml")
    questions = [
        chat("Hello"),
        chat("Hello"),
        chat("Tell me a story", stream=True),
        chat("x", model="nope"),
        chat("", n=99),
    ]
    async with mockgem(chunk_delay=0.002) as upstream:
        direct = [await ask(upstream, one) for one in questions]
    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        passed = [await ask(recorder, one) for one in questions]
    async with mockgem(cassette=cassette, on_miss="fail") as replay:
        played = [await ask(replay, one) for one in questions]
    assert [one[:2] for one in played] == [one[:2] for one in passed] == [one[:2] for one in direct]
    assert all(len(one[2].getall("Date")) == 1 for one in (*passed, *played))
    assert [one[2]["Content-Type"] for one in played] == [one[2]["Content-Type"] for one in direct]
    assert KEY not in Path(cassette).read_text()
    assert all(upstream in one.uri for one in read_cassette(Path(cassette)).interactions)


async def test_a_miss_shows_the_nearest_recording_and_what_to_do(tmp_path: Path) -> None:
    cassette = str(tmp_path / "a.yaml")
    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        await ask(recorder, chat("Hello"))
    async with mockgem(cassette=cassette, on_miss="fail") as replay:
        await ask(replay, chat("Hello"))
        status, body, _ = await ask(replay, chat("Hello", temperature=1))
        again, twice, _ = await ask(replay, chat("Hello"))
    message = json.loads(body)[0]["error"]["message"]
    assert status == again == 404
    assert "body.temperature: recorded nothing, received 1" in message
    assert "mockgem record --mode new_episodes" in message
    assert (
        "was recorded 1 time and has been played as often"
        in json.loads(twice)[0]["error"]["message"]
    )


async def test_the_engine_answers_what_was_not_recorded(tmp_path: Path) -> None:
    async with mockgem() as plain, mockgem(cassette=str(tmp_path / "none.yaml")) as one:
        assert (await ask(one, chat("Hello")))[:2] == (await ask(plain, chat("Hello")))[:2]


@pytest.mark.parametrize(
    ("mode", "there", "counts"),
    [
        ("once", False, [2, 2]),
        ("once", True, [1, 1]),
        ("new_episodes", True, [1, 2]),
        ("all", True, [2, 2]),
        ("none", True, [1, 1]),
    ],
)
async def test_modes_mean_what_they_mean_in_vcrpy(
    tmp_path: Path, mode: str, there: bool, counts: list[int]
) -> None:
    """The number of recordings after a known request, and then after a new one."""
    cassette = tmp_path / "a.yaml"
    async with mockgem() as upstream:
        if there:
            async with recorder_at(cassette, upstream) as recorder:
                await ask(recorder, chat("known"))
        async with mockgem(
            cassette=str(cassette), record_mode=mode, upstream=upstream, on_miss="fail"
        ) as recorder:
            await ask(recorder, chat("known"))
            if not there:
                await ask(recorder, chat("known"))
            first = len(read_cassette(cassette).interactions)
            if there:
                await ask(recorder, chat("new"))
    assert [first, len(read_cassette(cassette).interactions)] == counts


@pytest.mark.parametrize(
    ("mode", "there", "kept"), [("new_episodes", False, 4), ("all", False, 4), ("all", True, 4)]
)
async def test_equal_requests_in_one_run_are_all_recorded(
    tmp_path: Path, mode: str, there: bool, kept: int
) -> None:
    """A run does not play its own recordings, so repeated requests can be replayed."""
    cassette, asked = tmp_path / "a.yaml", 0

    async def counting(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        return web.json_response({"n": asked})

    async with service(counting) as upstream:
        if there:
            async with recorder_at(cassette, upstream) as recorder:
                await ask(recorder, chat("same"))
        async with mockgem(cassette=str(cassette), record_mode=mode, upstream=upstream) as recorder:
            live = [(await ask(recorder, chat("same")))[1] for _ in range(4)]
    assert asked == (5 if there else 4)
    assert len(read_cassette(cassette).interactions) == kept
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        played = [await ask(replay, chat("same")) for _ in range(5)]
    assert [body for _, body, _ in played[:4]] == live
    assert [status for status, _, _ in played] == [200, 200, 200, 200, 404]


async def test_all_keeps_recordings_of_other_requests(tmp_path: Path) -> None:
    cassette = tmp_path / "a.yaml"
    async with mockgem() as upstream:
        async with recorder_at(cassette, upstream) as recorder:
            await ask(recorder, chat("first"))
            await ask(recorder, chat("second"))
        async with mockgem(
            cassette=str(cassette), record_mode="all", upstream=upstream
        ) as recorder:
            await ask(recorder, chat("second"))
    bodies = [one.request_body.decode() for one in read_cassette(cassette).interactions]
    assert ["first" in body for body in bodies] == [True, False]


async def test_pieces_pass_as_they_come(tmp_path: Path) -> None:
    """The upstream waits for the test after each chunk, so a chunk held back would never arrive."""
    go_on = asyncio.Event()

    async def slowly(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for number in range(3):
            await response.write(b"data: %d\n\n" % number)
            await go_on.wait()
            go_on.clear()
        return response

    cassette = tmp_path / "a.yaml"
    async with (
        service(slowly) as upstream,
        recorder_at(cassette, upstream) as recorder,
    ):
        async with (
            aiohttp.ClientSession() as session,
            session.post(recorder + CHAT, json={}) as answer,
        ):
            for number in range(3):
                piece = await asyncio.wait_for(answer.content.readuntil(b"\n\n"), 60)
                assert piece == b"data: %d\n\n" % number
                assert not read_cassette(cassette).interactions
                go_on.set()
            assert await answer.read() == b""
            (one,) = read_cassette(
                cassette
            ).interactions  # it is on the disk before the stream's end is known
    assert [size for _, size in one.chunks] == [9, 9, 9]


async def test_a_stream_that_breaks_off_is_recorded_as_broken_and_breaks_off_again(
    tmp_path: Path,
) -> None:
    async def breaks(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"data: 1\n\n")
        await asyncio.sleep(0.05)
        assert request.transport is not None
        request.transport.abort()
        return response

    cassette = tmp_path / "a.yaml"
    async with (
        service(breaks) as upstream,
        recorder_at(cassette, upstream) as recorder,
    ):
        with pytest.raises(aiohttp.ClientError):
            await ask(recorder, {})
    (one,) = read_cassette(cassette).interactions
    assert one.body == b"data: 1\n\n"
    assert one.broken
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        with pytest.raises(aiohttp.ClientError):
            await ask(replay, {})


async def test_an_unreachable_upstream_is_an_error_and_nothing_is_recorded(tmp_path: Path) -> None:
    cassette = tmp_path / "a.yaml"
    async with mockgem(
        cassette=str(cassette), record_mode="once", upstream="http://127.0.0.1:9"
    ) as recorder:
        status, body, _ = await ask(recorder, chat("x"))
    assert (status, json.loads(body)[0]["error"]["status"]) == (503, "UNAVAILABLE")
    assert cassette.read_bytes() == b""


async def test_an_answer_without_end_is_recorded_as_broken_when_the_server_stops(
    tmp_path: Path,
) -> None:
    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"data: 1\n\n")
            await asyncio.sleep(0.005)

    cassette = tmp_path / "a.yaml"
    async with (
        service(endless) as upstream,
        recorder_at(cassette, upstream) as recorder,
    ):
        async with (
            aiohttp.ClientSession() as session,
            session.post(recorder + CHAT, json={}) as answer,
        ):
            await answer.content.readuntil(b"\n\n")
    (one,) = read_cassette(cassette).interactions
    assert one.broken == "the client left before the end"
    assert one.body.startswith(b"data: 1\n\n")


@pytest.mark.parametrize("before_the_head", [True, False])
async def test_a_client_that_does_not_wait_has_its_answer_recorded(
    tmp_path: Path, before_the_head: bool
) -> None:
    """After `break` in a loop over a stream, or a client's timeout, the rest is still recorded."""
    go_on = asyncio.Event()

    async def slow(request: web.BaseRequest) -> web.StreamResponse:
        if before_the_head:
            await go_on.wait()
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        for number in range(40):
            await answer.write(b"data: %d\n\n" % number)
            if number == 1 and not before_the_head:
                await go_on.wait()
        return answer

    cassette = tmp_path / "a.yaml"
    async with service(slow) as upstream, recorder_at(cassette, upstream) as recorder:
        timeout = aiohttp.ClientTimeout(total=0.2 if before_the_head else None)
        with contextlib.suppress(asyncio.TimeoutError):
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(recorder + CHAT, json=chat("x", stream=True)) as answer,
            ):
                await answer.content.readuntil(b"\n\n")
        await asyncio.sleep(0.05)
        go_on.set()
        async with asyncio.timeout(60):
            while not cassette.read_bytes():
                await asyncio.sleep(0.01)
    (one,) = read_cassette(cassette).interactions
    assert (one.body, one.broken) == (
        b"".join(b"data: %d\n\n" % number for number in range(40)),
        "",
    )


async def test_headers_that_are_not_ascii_pass_byte_for_byte(tmp_path: Path) -> None:
    """HTTP/1.1 headers are bytes: Latin-1 in the standard, often UTF-8 in practice."""
    raw = [b'attachment; filename="caf\xe9.pdf"', 'attachment; filename="café.pdf"'.encode()]
    cassette = tmp_path / "a.yaml"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head)[1]))  # type: ignore[index]
        text = raw[b"?n=1" in head]
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Disposition: %b\r\nContent-Length: 2\r\n\r\n{}" % text
        )
        await writer.drain()
        writer.close()

    upstream = await asyncio.start_server(answer, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{upstream.sockets[0].getsockname()[1]}"
    async with recorder_at(cassette, address) as recorder:
        live = [await ask_raw(recorder, f"{CHAT}?n={n}") for n in range(2)]
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        played = [await ask_raw(replay, f"{CHAT}?n={n}") for n in range(2)]
    upstream.close()
    for n in range(2):
        assert b"Content-Disposition: " + raw[n] + b"\r\n" in live[n]
        assert b"Content-Disposition: " + raw[n] + b"\r\n" in played[n]


async def test_a_request_header_that_is_not_utf_8_is_recorded(tmp_path: Path) -> None:
    cassette = tmp_path / "a.yaml"
    headers = b"Authorization: Bearer any-key\r\nAccept: caf\xe9\r\n"
    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        answer = await ask_raw(recorder, "/v1beta/openai/models", "GET", headers)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert len(read_cassette(cassette).interactions) == 1


@pytest.mark.parametrize("status", [204, 304])
async def test_a_response_without_a_body_has_no_body_after_the_recorder(
    tmp_path: Path, status: int
) -> None:
    """RFC 9112 6.1: no Transfer-Encoding, and the next request on the connection works."""

    async def empty(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, headers={"X-Goog-Hash": "crc32c=AAAAAA=="})

    async with service(empty) as upstream, recorder_at(tmp_path / "a.yaml", upstream) as recorder:
        answer = await ask_raw(recorder, CHAT, times=2)
    head = b"HTTP/1.1 %d" % status
    assert answer.count(head) == 2
    assert b"Transfer-Encoding" not in answer
    assert b"\r\n0\r\n" not in answer
    assert len(read_cassette(tmp_path / "a.yaml").interactions) == 2


EVENTS = [b'data: {"n": 1}\n\n', b"data: [DO", b"NE]\n\n"]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
async def test_a_client_that_goes_at_the_last_event_has_its_stream_recorded(
    tmp_path: Path, line_end: bytes
) -> None:
    """OpenAI's SDKs close a stream at [DONE] and do not wait for its end. By then it is on disk."""
    go_on = asyncio.Event()
    events = [one.replace(b"\n", line_end) for one in EVENTS]

    async def late_end(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        for event in events:
            await answer.write(event)
            await asyncio.sleep(0.02)
        await go_on.wait()
        return answer

    cassette = tmp_path / "a.yaml"
    async with service(late_end) as upstream, recorder_at(cassette, upstream) as recorder:
        async with (
            aiohttp.ClientSession() as session,
            session.post(recorder + CHAT, json=chat("x", stream=True)) as answer,
        ):
            received = b""
            while not received.endswith(events[-1]):
                received += await answer.content.readany()
            written = read_cassette(cassette).interactions
        go_on.set()
    assert [one.body for one in written] == [b"".join(events)]
    assert [one.broken for one in written] == [""]
    assert len(read_cassette(cassette).interactions) == 1


async def test_headers_between_two_machines_stay_there(tmp_path: Path) -> None:
    seen: list[Any] = []

    async def keeps(request: web.BaseRequest) -> web.Response:
        seen.append((request.headers, await request.read(), request.host))
        body = gzip.compress(b'{"packed": true}')
        return web.Response(
            body=body,
            headers={
                "Content-Encoding": "gzip",
                "Content-Type": "application/json",
                "X-Trace": "1",
            },
        )

    cassette = tmp_path / "a.yaml"
    async with (
        service(keeps) as upstream,
        recorder_at(cassette, upstream) as recorder,
    ):
        more = {
            "Connection": "X-Hop, keep-alive",
            "X-Hop": "1",
            "TE": "trailers",
            "Proxy-Authorization": "x",
            "X-End": "2",
        }
        status, body, headers = await ask(recorder, {"a": 1}, **more)
    ((sent, data, host),) = seen
    assert (status, body, headers["X-Trace"]) == (200, b'{"packed": true}', "1")
    assert not {"x-hop", "te", "proxy-authorization", "transfer-encoding"} & {
        name.lower() for name in sent
    }
    assert (sent["X-End"], sent["Content-Length"], data) == ("2", str(len(data)), b'{"a": 1}')
    assert host == upstream.removeprefix("http://")
    (one,) = read_cassette(cassette).interactions
    assert one.body == b'{"packed": true}'
    assert {name.lower() for name, _ in one.headers} <= {"content-type", "date", "server"}


async def test_uploads_go_through_and_their_address_leads_back(tmp_path: Path) -> None:
    cassette = str(tmp_path / "a.yaml")

    async def upload(url: str) -> Any:
        start = {
            "x-goog-api-key": KEY,
            "X-Goog-Upload-Protocol": "resumable",
            "X-Goog-Upload-Command": "start",
        }
        async with aiohttp.ClientSession() as session:
            async with session.post(
                url + "/upload/v1beta/files", json={"file": {"displayName": "a"}}, headers=start
            ) as answer:
                place = answer.headers["X-Goog-Upload-URL"]
            assert place.startswith(url)
            end = {"X-Goog-Upload-Command": "upload, finalize", "X-Goog-Upload-Offset": "0"}
            async with session.post(place, data=b"x" * 100_000, headers=end) as answer:
                return (await answer.json())["file"]["sizeBytes"]

    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        assert await upload(recorder) == "100000"
    text = Path(cassette).read_text()
    assert "upload_id=REDACTED" in text
    assert KEY not in text
    async with mockgem(cassette=cassette, on_miss="fail") as replay:
        assert await upload(replay) == "100000"


async def test_the_recorder_has_a_key_for_clients_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THE_KEY", KEY)
    cassette = tmp_path / "a.yaml"
    own = {"record_mode": "once", "upstream_key_env": "THE_KEY"}
    async with (
        mockgem(api_key=(KEY,)) as upstream,
        mockgem(cassette=str(cassette), upstream=upstream, **own) as recorder,
    ):
        async with (
            aiohttp.ClientSession() as session,
            session.post(recorder + CHAT, json=chat("hi")) as answer,
        ):
            assert answer.status == 200
    assert KEY not in cassette.read_text()


async def test_fifty_streams_at_once_are_recorded_without_loss_or_mixing(tmp_path: Path) -> None:
    cassette = str(tmp_path / "a.yaml")
    questions = [chat(f"Tell me about number {number}", stream=True) for number in range(50)]
    async with mockgem(chunk_delay=0.005) as upstream:
        async with recorder_at(cassette, upstream) as recorder:
            passed = await asyncio.gather(*[ask(recorder, one) for one in questions])
    assert len(read_cassette(Path(cassette)).interactions) == 50
    async with mockgem(cassette=cassette, on_miss="fail") as replay:
        played = await asyncio.gather(*[ask(replay, one) for one in reversed(questions)])
    assert [one[1] for one in reversed(played)] == [one[1] for one in passed]
    assert len({one[1] for one in passed}) == 50


async def test_the_recorded_time_is_kept_if_that_is_wanted(tmp_path: Path) -> None:
    cassette = str(tmp_path / "a.yaml")
    question = chat("Tell me about rivers", stream=True)
    async with mockgem(chunk_delay=0.02) as upstream:
        async with recorder_at(cassette, upstream) as recorder:
            await ask(recorder, question)
    (one,) = read_cassette(Path(cassette)).interactions
    lasted = one.chunks[-1][0] / 1000
    times = []
    for timing in ("off", "recorded", "2"):
        async with mockgem(cassette=cassette, on_miss="fail", replay_timing=timing) as replay:
            began = time.monotonic()
            assert (await ask(replay, question))[1] == one.body
            times.append(time.monotonic() - began)
    assert times[1] >= 0.9 * lasted
    assert times[2] >= 0.4 * lasted


async def test_what_still_looks_like_a_secret_is_not_written_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The last check finds a secret that redaction missed; the client still gets its response."""
    monkeypatch.setattr(Redactor, "redact", lambda self, one, secrets: one)
    cassette = tmp_path / "a.yaml"

    async def leaks(request: web.BaseRequest) -> web.Response:
        return web.json_response({"c": KEY})

    async with service(leaks) as upstream, recorder_at(cassette, upstream) as recorder:
        status, body, _ = await ask(recorder, {"say": "x"})
    assert (status, KEY.encode() in body) == (200, True)
    assert cassette.read_bytes() == b""
    assert "something that looks like a secret is left in" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "target",
    [
        "http://elsewhere.example{}",
        "//elsewhere.example{}",
        "{}?x=http://elsewhere.example",
        "/@elsewhere.example{}",
    ],
)
async def test_requests_go_to_the_upstream_alone(tmp_path: Path, target: str) -> None:
    seen: list[str] = []

    async def keeps(request: web.BaseRequest) -> web.Response:
        seen.append(request.host)
        return web.json_response({})

    async with service(keeps) as upstream, recorder_at(tmp_path / "a.yaml", upstream) as recorder:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", int(recorder.rpartition(":")[2])
        )
        line = f"POST {target.format(CHAT)} HTTP/1.1\r\nHost: elsewhere.example\r\n"
        line += "Connection: close\r\n"
        writer.write(f"{line}Authorization: Bearer k\r\nContent-Length: 2\r\n\r\n{{}}".encode())
        await reader.read()
        writer.close()
    assert set(seen) <= {upstream.removeprefix("http://")}


async def test_redirects_are_passed_on_and_not_followed(tmp_path: Path) -> None:
    seen: list[str] = []

    async def sends_away(request: web.BaseRequest) -> web.Response:
        seen.append(request.path)
        return web.Response(status=302, headers={"Location": "http://127.0.0.1:9/secret"})

    async with (
        service(sends_away) as upstream,
        recorder_at(tmp_path / "a.yaml", upstream) as recorder,
    ):
        async with aiohttp.ClientSession() as session:
            async with session.post(recorder + CHAT, json={}, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (
                    302,
                    "http://127.0.0.1:9/secret",
                )
    assert seen == [CHAT]


async def test_only_the_keys_that_were_named_may_record(tmp_path: Path) -> None:
    more = {"record_mode": "once", "api_key": (KEY,)}
    async with (
        mockgem() as upstream,
        mockgem(cassette=str(tmp_path / "a.yaml"), upstream=upstream, **more) as recorder,
    ):
        assert (await ask(recorder, chat("x"), Authorization="Bearer other"))[0] == 400
        assert (await ask(recorder, chat("x")))[0] == 200
    assert len(read_cassette(tmp_path / "a.yaml").interactions) == 1


async def test_the_admin_paths_are_never_sent_on(tmp_path: Path) -> None:
    seen: list[str] = []

    async def keeps(request: web.BaseRequest) -> web.Response:
        seen.append(request.path)
        return web.json_response({})

    cassette = str(tmp_path / "a.yaml")
    async with (
        service(keeps) as upstream,
        mockgem(cassette=cassette, record_mode="all", upstream=upstream) as recorder,
    ):
        async with (
            aiohttp.ClientSession() as session,
            session.get(recorder + "/_mockgem/clock") as answer,
        ):
            assert answer.status == 200
    assert seen == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            {"replay_timing": "fast"},
            "--replay-timing 'fast' is not valid: use off, recorded or a number like 2",
        ),
        (
            {"match_on": ("colour",)},
            "--match-on 'colour' is not valid: use one of method, host, path, query, body",
        ),
        ({"record_mode": "all", "redact": ("(",)}, "is not a valid regular expression"),
    ],
)
def test_settings_that_are_not_valid(tmp_path: Path, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        create_server(Settings(cassette=str(tmp_path / "a.yaml"), **settings))


def test_a_folder_is_not_recorded_to(tmp_path: Path) -> None:
    with pytest.raises(BadCassette, match="recording needs a file"):
        create_server(Settings(cassette=str(tmp_path), record_mode="all"))


BROKEN = {
    "reset": ("reset", 503, 503),
    "closed without a byte": ("close", 503, 503),
    "garbage": ("garbage", 503, 503),
    "an error": ("", 503, 503),
    "cut in the middle": ("cut", 0, 0),
    "reset in the middle": ("{fault: reset, at: 2}", 0, 0),
    "an error inside": ("{fault: error, at: 2}", 200, 200),
    "ended early": ("end", 200, 200),
    "byte by byte": ("split", 200, 200),
    "stalled": ("{fault: stall, at: 2, for: 50ms}", 200, 200),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_broken_upstream_is_recorded_as_it_broke(how: str, tmp_path: Path) -> None:
    """The client sees the same from the recording; if nothing arrived, nothing is recorded."""
    fault, live, played = BROKEN[how]
    rule = f"  - faults: [{fault}]\n" if fault else "  - fail: 503\n"
    scenario = tmp_path / "broken.yaml"
    scenario.write_text(f"title: broken\nrules:\n{rule}")
    cassette = tmp_path / "a.yaml"
    question = chat("Tell me a story", stream=True)
    async with (
        mockgem(scenario=str(scenario)) as upstream,
        recorder_at(cassette, upstream) as recorder,
    ):
        first = await get_until_break(recorder, question)
    assert first[0] == live
    found = (
        read_cassette(cassette).interactions
        if cassette.exists() and cassette.stat().st_size
        else ()
    )
    if how in ("reset", "closed without a byte", "garbage"):
        assert found == ()
        return
    assert len(found) == 1
    assert bool(found[0].broken) is (live == 0)
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        second = await get_until_break(replay, question)
    assert second[0] == played
    assert second[1] == first[1]


async def get_until_break(url: str, body: Any) -> tuple[int, bytes]:
    """Return status and bytes; status 0 if the response broke off."""
    got = b""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {KEY}"}) as session:
        async with session.post(url + CHAT, json=body) as answer:
            try:
                async for piece in answer.content.iter_any():
                    got += piece
            except aiohttp.ClientError:
                return 0, got
            return answer.status, got
