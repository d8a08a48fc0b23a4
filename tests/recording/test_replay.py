"""The response that a recording becomes: bytes, chunks, pauses, breaks, and URLs."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from mockgem.core.http import ChunkedBody, ConnectionDropped, WireRequest, WireResponse, iter_frames
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import RESET, Interaction
from mockgem.recording.matching import RequestMatcher, normalize_request
from mockgem.recording.replay import build_response, describe_miss, rewrite_url
from tests.recording.interactions import URI, chat, stream

EVENTS = (("Content-Type", "text/event-stream"),)
GET = WireRequest("GET", "/v1beta/x", {}, {"host": "127.0.0.1:8090"}, b"")
PIECES = (b"data: 1\n\n", b"data: 2\n\n", b"data: 3\n\n")


def play(one: Interaction, speed: float = 0.0) -> tuple[list[tuple[bytes, float]], str]:
    """Return the frames of a response with their pauses, and how it was dropped."""

    async def run() -> tuple[list[tuple[bytes, float]], str]:
        frames: list[tuple[bytes, float]] = []
        try:
            async for frame in iter_frames(build_response(one, GET, speed).body):
                frames.append((frame.data, round(frame.delay, 6)))
        except ConnectionDropped as dropped:
            return frames, dropped.mode
        return frames, ""

    return asyncio.run(run())


TIMED = replace(stream(*PIECES), chunks=((500, 9), (500, 9), (1500, 9)))


@pytest.mark.parametrize(
    ("speed", "pauses"), [(1.0, [0.5, 0, 1]), (2.0, [0.25, 0, 0.5]), (0.5, [1, 0, 2])]
)
def test_pauses_are_played_at_a_speed(speed: float, pauses: list[float]) -> None:
    assert play(TIMED, speed) == (list(zip(PIECES, pauses, strict=True)), "")
    two = replace(TIMED, body=b"".join(PIECES[:2]), chunks=TIMED.chunks[:2])
    assert play(two, speed)[0] == list(zip(PIECES[:2], pauses[:2], strict=True))
    backwards = replace(TIMED, chunks=((500, 9), (100, 9), (100, 9)))
    assert [delay for _, delay in play(backwards, speed)[0]] == [pauses[0], 0, 0]


def test_at_once_it_has_its_chunks() -> None:
    body = build_response(TIMED, GET, 0).body
    assert isinstance(body, ChunkedBody)
    assert play(TIMED) == ([(piece, 0) for piece in PIECES], "")


@pytest.mark.parametrize("speed", [0.0, 1.0])
def test_one_chunk_or_sizes_that_do_not_fit_make_a_whole_body(speed: float) -> None:
    for chunks in ((), ((9, 27),), ((1, 9), (2, 9)), ((1, 9), (2, 9), (3, 10))):
        body = build_response(chat(answer=b"".join(PIECES), chunks=chunks), GET, speed).body
        assert body == b"".join(PIECES)
        events = build_response(replace(TIMED, chunks=chunks), GET, speed).body
        assert isinstance(events, ChunkedBody)
        assert events.join_chunks() == b"".join(PIECES)
    assert build_response(replace(TIMED, body=b"", chunks=()), GET, speed).body == b""


@pytest.mark.parametrize(("reason", "mode"), [(RESET, "reset"), ("lost", "close")])
def test_a_broken_response_breaks_off_again(reason: str, mode: str) -> None:
    broken = replace(TIMED, broken=reason)
    assert play(broken) == ([(piece, 0) for piece in PIECES], mode)
    assert play(broken, 1.0) == (list(zip(PIECES, [0.5, 0, 1], strict=True)), mode)
    unfit = replace(broken, chunks=((1, 2), (2, 2)))
    assert play(unfit, 1.0) == ([(b"".join(PIECES), 0)], mode)


def test_headers_for_one_connection_are_left_out() -> None:
    dropped = """content-length date connection keep-alive transfer-encoding upgrade trailer
        proxy-connection""".split()
    headers = tuple([(name.title(), "1") for name in dropped])
    kept = (("Content-Encoding", "br"), ("A", "1"), ("A", "2"))
    response = build_response(chat(headers=(*headers, *kept), status=418), GET, 0)
    assert (response.status, response.headers) == (418, kept)


@pytest.mark.parametrize(
    ("length", "expected"), [("5", "5"), ("", None), ("x5", None), ("9" * 18, "9" * 18)]
)
def test_the_response_to_head_has_the_recorded_length(length: str, expected: str | None) -> None:
    one = chat(method="HEAD", headers=(("Content-Length", length), ("A", "1")))
    response: WireResponse = build_response(one, replace_method("HEAD"), 0)
    added = (("Content-Length", expected),) if expected else ()
    assert response.headers == (("A", "1"), *added)


def replace_method(method: str) -> WireRequest:
    return WireRequest(method, GET.path, {}, GET.headers, b"")


BASE = "https://gw.example/team/"
HERE = "http://127.0.0.1:8090"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://gw.example/team/v1beta/files?a=1&b=2", f"{HERE}/v1beta/files?a=1&b=2"),
        ("https://gw.example/v1beta/files", f"{HERE}/v1beta/files"),
        ("https://gw.example/teams/x", f"{HERE}/teams/x"),
        ("https://other.example/team/x", "https://other.example/team/x"),
        ("/team/x", "/team/x"),
    ],
)
def test_urls_of_the_upstream_lead_here(value: str, expected: str) -> None:
    for name in ("Location", "X-Goog-Upload-URL", "x-goog-upload-control-url"):
        assert rewrite_url(name, value, GET, BASE) == expected
    assert rewrite_url("Link", value, GET, BASE) == value


def index(*interactions: Interaction) -> InteractionIndex:
    return InteractionIndex(interactions, RequestMatcher())


def miss(*interactions: Interaction, times: int = 0, **asked: Any) -> str:
    body = json.dumps(asked).encode()
    request = normalize_request("POST", "/v1beta/openai/chat/completions", body, {})
    return describe_miss(request, index(*interactions), times)


def test_a_miss_says_what_to_do() -> None:
    name = "mockgem: POST /v1beta/openai/chat/completions"
    advice = "Record it with: mockgem record --mode new_episodes --cassette FILE"
    again = "Record it again, or repeat the last one with --allow-playback-repeats."
    assert miss() == f"{name} is not in the cassette, which is empty. {advice}"
    assert miss(times=1) == f"{name} was recorded 1 time and has been played as often. {again}"
    assert miss(times=2) == f"{name} was recorded 2 times and has been played as often. {again}"
    recorded = chat(request_body=json.dumps({f"a{number}": 1 for number in range(9)}).encode())
    lines = "".join([f"\n  body.a{number}: recorded 1, received nothing" for number in range(8)])
    assert miss(recorded) == (
        f"{name} is not in the cassette. The nearest is POST {URI}:{lines}\n{advice}"
    )
