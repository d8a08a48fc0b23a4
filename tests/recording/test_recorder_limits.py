"""Recorders at their limits: large responses, streamed uploads, addresses of regions, codings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from mockgem.app.surfaces import build_surfaces
from mockgem.core.http import WireRequest
from mockgem.recording import capture, recorder
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.target import Target
from tests.recording import interactions
from tests.recording.servers import CHAT, ask, chat, mockgem, recorder_at, service


@pytest.mark.parametrize(("size", "is_recorded"), [(1000, True), (1001, False)])
async def test_a_response_over_the_limit_passes_and_is_not_recorded(
    tmp_path: Path,
    size: int,
    is_recorded: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for module in (capture, recorder):
        monkeypatch.setattr(module, "MAX_RECORDED_BYTES", 1000)
    sent = b"x" * size

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=sent, content_type="text/plain")

    path = tmp_path / "a.yaml"
    async with service(handle) as url, recorder_at(path, url) as address:
        status, body, _ = await ask(address, chat("a"))
    assert (status, body) == (200, sent)
    bodies = [one.body for one in read_cassette(path).interactions]
    assert bodies == ([sent] if is_recorded else [])
    words = f"the response has {size} bytes; at most 1000 are recorded"
    assert (words in caplog.text) is not is_recorded


async def test_a_streamed_upload_arrives_whole_and_is_recorded_whole(tmp_path: Path) -> None:
    chunks = [bytes([65 + number]) * 70_000 for number in range(5)]
    received: list[bytes] = []

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        received.append(await request.read())
        return web.json_response({"file": {}})

    async def iter_chunks() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    path = tmp_path / "a.yaml"
    target = "/upload/v1beta/files?upload_id=1"
    headers = {
        "X-Goog-Upload-Command": "upload, finalize",
        "X-Goog-Upload-Offset": "0",
        "x-goog-api-key": "k",
    }
    async with service(handle) as url, recorder_at(path, url) as address:
        async with (
            aiohttp.ClientSession() as session,
            session.post(address + target, data=iter_chunks(), headers=headers) as answer,
        ):
            assert answer.status == 200
    assert received == [b"".join(chunks)]
    (one,) = read_cassette(path).interactions
    assert one.request_body == b"".join(chunks)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("us-central1", "https://us-central1-aiplatform.googleapis.com"),
        ("europe-west4", "https://europe-west4-aiplatform.googleapis.com"),
        ("global", "https://aiplatform.googleapis.com"),
    ],
)
def test_requests_go_to_the_region_that_their_path_names(location: str, url: str) -> None:
    vertex = next(surface for surface in build_surfaces() if "{location}" in surface.upstream)
    path = f"/v1/projects/p/locations/{location}/publishers/google/models/m:generateContent"
    wire = WireRequest("POST", path, {}, {}, b"{}")
    assert Target().find_base_url(vertex, wire) == url
    assert Target("http://127.0.0.1:1/gateway/").find_base_url(vertex, wire) == (
        "http://127.0.0.1:1/gateway"
    )
    without = WireRequest("POST", "/v1/publishers/google/models/m:generateContent", {}, {}, b"{}")
    assert Target().find_base_url(vertex, without) == "https://aiplatform.googleapis.com"


PACKED = b"\x0b\x02\x80\xff\xfe not really brotli"


@pytest.mark.parametrize(("body", "coding"), [(PACKED, "br"), (b'{"plain": 1}', None)])
async def test_a_body_that_mockgem_can_not_unpack_is_played_with_its_coding(
    tmp_path: Path, body: bytes, coding: str | None
) -> None:
    """Some of vcrpy's recorders unpack a body and leave the header: then the header goes."""
    headers = (("Content-Type", "application/json"), ("Content-Encoding", "br"))
    save_cassette(tmp_path / "a.yaml", [interactions.chat("a", body, headers=headers)])
    async with mockgem(cassette=str(tmp_path / "a.yaml"), on_miss="fail") as replay:
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.post(replay + CHAT, json=chat("a")) as answer,
        ):
            assert await answer.read() == body
            assert answer.headers.get("Content-Encoding") == coding


async def test_a_recorder_keeps_the_coding_of_a_body_that_it_can_not_unpack(tmp_path: Path) -> None:
    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=PACKED, headers={"Content-Encoding": "br"})

    path = tmp_path / "a.yaml"
    async with service(handle) as url, recorder_at(path, url) as address:
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.post(address + CHAT, json=chat("a"), headers={"x-api-key": "k"}) as answer,
        ):
            assert (await answer.read(), answer.headers["Content-Encoding"]) == (PACKED, "br")
    (one,) = read_cassette(path).interactions
    assert (one.body, one.get_header("content-encoding")) == (PACKED, "br")


@pytest.mark.parametrize(
    ("host", "status"), [("generativelanguage.googleapis.com", 200), ("", 404)]
)
async def test_the_host_that_a_client_names_can_be_matched(
    tmp_path: Path, host: str, status: int
) -> None:
    save_cassette(tmp_path / "a.yaml", [interactions.chat("a")])
    settings = {"cassette": str(tmp_path / "a.yaml"), "on_miss": "fail"}
    async with mockgem(**settings, match_on=("method", "host", "path")) as replay:
        headers = {"Host": host} if host else {}
        found, body, _ = await ask(replay, chat("a"), **headers)
    assert found == status
    assert (b"host: recorded" in body) is (status == 404)
