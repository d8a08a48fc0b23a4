"""Upgrades that were refused, compared with what mockgem or a live API answers today."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from click.testing import CliRunner

import mockgem
from mockgem.cli.drift import command as drift
from mockgem.recording.cassette_reader import read_cassette
from tests.asking import Asker
from tests.interaction_client import PATH as INTERACTIONS
from tests.live_client import PATH as LIVE
from tests.recording.servers import service

Json = dict[str, Any]
Serve = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


async def open_socket(url: str, key: str = "any-key") -> int:
    """Return the status of an upgrade."""
    async with aiohttp.ClientSession() as http:
        try:
            async with http.ws_connect(url, headers={"x-goog-api-key": key}):
                return 101
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status


async def record(cassette: Path, path: str, upstream: Any) -> int:
    """Record one upgrade that is refused, and return its status."""
    async with mockgem.aserve(
        cassette=str(cassette), record_mode="once", upstream=upstream
    ) as recorder:
        status = await open_socket(recorder.url + path)
        for _ in range(3_000):
            if cassette.exists() and read_cassette(cassette).interactions:
                return status
            await asyncio.sleep(0.02)
    raise AssertionError("nothing was recorded")


async def compare(cassette: Path, *options: str) -> tuple[int, str]:
    def run() -> tuple[int, str]:
        done = CliRunner().invoke(drift, [str(cassette), *options], env={"GEMINI_API_KEY": "k"})
        return done.exit_code, done.output

    return await asyncio.to_thread(run)


def refuse_with(status: int, error: Json, seen: list[web.BaseRequest] | None = None) -> Serve:
    """Return a service that refuses every upgrade."""

    async def refuse(request: web.BaseRequest) -> web.StreamResponse:
        if seen is not None:
            seen.append(request)
        return web.json_response({"error": error}, status=status)

    return refuse


async def open_for_all(request: web.BaseRequest) -> web.StreamResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.receive()
    return socket


@pytest.mark.parametrize("path", [LIVE + "X", INTERACTIONS + "/x"])
async def test_a_refusal_that_mockgem_repeats_is_the_same(path: str, tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    async with mockgem.aserve() as upstream:
        assert await record(cassette, path, upstream.url) == 404
    code, output = await compare(cassette)
    assert (code, "1 recordings: 1 same" in output) == (0, True), output


async def test_a_refused_credential_is_refused_again(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    async with mockgem.aserve(api_key=["another"]) as upstream:
        assert await record(cassette, INTERACTIONS, upstream.url) == 401
    code, output = await compare(cassette)
    assert (code, "1 same" in output) == (0, True), output


async def test_the_body_of_a_refusal_is_compared(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    error = {"code": 404, "message": "Nothing.", "status": "NOT_FOUND", "more": [1]}
    async with service(refuse_with(404, error)) as upstream:
        assert await record(cassette, "/ws/none", upstream) == 404
        cassette.write_text(cassette.read_text().replace("/ws/none", LIVE))
    code, output = await compare(cassette)
    assert (code, "recorded 404, ours 101" in output) == (1, True), output


async def test_a_quota_of_the_past_is_not_comparable(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    async with mockgem.aserve() as upstream:
        upstream.scenario({"rules": [{"when": {"endpoint": "live"}, "fail": 429}]})
        assert await record(cassette, LIVE, upstream.url) == 429
    code, output = await compare(cassette)
    assert (code, "the service was overloaded" in output) == (0, True), output


async def test_a_live_api_is_asked_for_a_socket_again(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    seen: list[web.BaseRequest] = []
    error = {"code": 404, "message": "Nothing.", "status": "NOT_FOUND"}
    async with service(refuse_with(404, error, seen)) as upstream:
        await record(cassette, LIVE + "?alt=x", upstream)
        code, output = await compare(cassette, "--against", str(upstream))
    assert (code, "1 same" in output) == (0, True), output
    assert [one.headers["Upgrade"] for one in seen] == ["websocket"] * 2
    assert seen[1].headers["x-goog-api-key"] == "k"
    assert [one.query["alt"] for one in seen] == ["x", "x"]
    other = {"code": 404, "message": "Nothing.", "status": 5, "details": []}
    async with service(refuse_with(404, other)) as upstream:
        code, output = await compare(cassette, "--against", str(upstream))
    assert (code, "error.status" in output) == (1, True), output
    async with service(open_for_all) as upstream:
        code, output = await compare(cassette, "--against", str(upstream))
    assert (code, "recorded 404, ours 101" in output) == (1, True), output


async def test_a_live_api_that_is_away_is_told(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    async with service(refuse_with(404, {"code": 404})) as upstream:
        await record(cassette, LIVE, upstream)
    code, output = await compare(cassette, "--against", "http://127.0.0.1:9")
    assert (code, "127.0.0.1:9" in output) == (1, True)


async def test_the_admin_api_compares_a_refusal(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    error = {"code": 404, "message": "Nothing.", "status": "NOT_FOUND"}
    async with service(refuse_with(404, error)) as upstream:
        await record(cassette, LIVE, upstream)

    def ask() -> Any:
        asker = Asker(cassette=str(cassette), on_miss="fail")
        headers = {"content-type": "application/json"}
        body = json.dumps({"path": str(cassette)}).encode()
        return asker.send("POST", "/_mockgem/cassettes/drift", body, headers).json

    (row,) = (await asyncio.to_thread(ask))["findings"]
    assert row["tier"] == "error"
    assert row["findings"][0]["message"].startswith("recorded 404, ours 101")
