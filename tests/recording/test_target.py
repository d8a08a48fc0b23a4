"""Where requests go, with which key, and how URLs of the upstream lead back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from mockgem.core.http import WireRequest
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.target import remove_credentials
from tests.recording.interactions import KEY
from tests.recording.servers import mockgem, recorder_at, service

START = {"X-Goog-Upload-Protocol": "resumable", "X-Goog-Upload-Command": "start"}
END = {"X-Goog-Upload-Command": "upload, finalize", "X-Goog-Upload-Offset": "0"}


@pytest.mark.parametrize("prefix", ["/gemini", "/team-1/v1-proxy", "/w/inner"])
async def test_an_upload_through_a_gateway_with_a_prefix_comes_back_once(
    tmp_path: Path, prefix: str
) -> None:
    seen: list[str] = []

    async def gateway(request: web.BaseRequest) -> web.Response:
        seen.append(request.path)
        await request.read()
        if "upload_id" in request.query:
            return web.json_response({"file": {"name": "files/a"}})
        url = f"http://{request.host}{prefix}/upload/v1beta/files?upload_id=abc-{KEY}"
        return web.Response(headers={"X-Goog-Upload-URL": url})

    async def upload(url: str) -> tuple[str, Any]:
        async with aiohttp.ClientSession(headers={"x-goog-api-key": KEY}) as session:
            async with session.post(f"{url}/upload/v1beta/files", headers=START) as answer:
                place = answer.headers["X-Goog-Upload-URL"]
            async with session.post(place, data=b"x", headers=END) as answer:
                return place.partition("?")[0], await answer.json()

    cassette = tmp_path / "a.yaml"
    async with service(gateway) as upstream, recorder_at(cassette, upstream + prefix) as url:
        assert await upload(url) == (
            f"{url}/upload/v1beta/files",
            {"file": {"name": "files/a"}},
        )
    assert seen == [f"{prefix}/upload/v1beta/files"] * 2
    async with mockgem(cassette=str(cassette), on_miss="fail") as url:
        assert (await upload(url))[0] == f"{url}/upload/v1beta/files"


@pytest.mark.parametrize("query", ["?key=any-key", "?key=any-key&alt=sse", "?alt=sse", ""])
async def test_the_recorder_s_key_replaces_a_placeholder_in_the_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setenv("THE_KEY", KEY)
    seen: list[tuple[str, str]] = []

    async def service_with_key(request: web.BaseRequest) -> web.Response:
        seen.append((request.query_string, request.headers.get("x-goog-api-key", "")))
        return web.json_response({})

    cassette, path = tmp_path / "a.yaml", "/v1beta/models/gemini-2.5-flash:generateContent"
    async with service(service_with_key) as upstream:
        settings = {"record_mode": "once", "upstream_key_env": "THE_KEY", "upstream": upstream}
        async with mockgem(cassette=str(cassette), **settings) as url:
            async with (
                aiohttp.ClientSession() as session,
                session.post(url + path + query, json={}) as answer,
            ):
                assert answer.status == 200
    assert seen == [("alt=sse" if "alt" in query else "", KEY)]
    (interaction,) = read_cassette(cassette).interactions
    assert "key" not in interaction.uri


async def test_a_key_of_the_client_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THE_KEY", "the-key-of-the-recorder")
    seen: list[tuple[str, str]] = []

    async def service_with_key(request: web.BaseRequest) -> web.Response:
        seen.append((request.query_string, request.headers.get("x-goog-api-key", "")))
        return web.json_response({})

    async with service(service_with_key) as upstream:
        settings = {"record_mode": "once", "upstream_key_env": "THE_KEY", "upstream": upstream}
        async with mockgem(cassette=str(tmp_path / "a.yaml"), **settings) as url:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{url}/v1beta/models?key={KEY}") as answer,
            ):
                assert answer.status == 200
    assert seen == [(f"key={KEY}", "")]


def test_the_rest_of_a_query_stays_encoded_as_it_is() -> None:
    wire = WireRequest("GET", "/v1beta/models", target="/v1beta/models?a=%2F+x&key=any-key&b")
    assert remove_credentials(wire.path_and_query) == "/v1beta/models?a=%2F+x&b"
