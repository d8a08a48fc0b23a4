"""Tokens of live interactions: create, use, expire, delete."""

from __future__ import annotations

import re
from typing import Any

import aiohttp
import pytest

import mockgem
from tests.interaction_client import TEXT_MODEL, connecting, join_text, send_json

Json = dict[str, Any]
PATH = "/v1beta/interactions"


async def create(url: str, **body: Any) -> tuple[str, Json]:
    """Create an interaction and a token for it; return the id and the answer."""
    async with connecting(url) as client:
        name = await client.create(TEXT_MODEL)
    return name, await send_json(url, "POST", f"{PATH}/{name}/auth_tokens", body or None)


def show(token: str) -> dict[str, str]:
    return {"x-goog-api-key": token}


async def find_status(url: str, headers: dict[str, str]) -> int:
    """Return the status of a handshake."""
    try:
        async with connecting(url, headers):
            return 101
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status


async def test_a_token_opens_its_interaction_as_often_as_it_likes() -> None:
    async with mockgem.aserve() as server:
        name, made = await create(server.url)
        assert list(made) == ["auth_token", "expires_at"]
        assert re.fullmatch(r"auth_tokens/[0-9a-f]{64}", made["auth_token"])
        assert made["expires_at"] == "2026-11-01T00:30:00Z"
        for headers, path in [
            (show(made["auth_token"]), "/v1beta/interactions/live"),
            ({"Authorization": f"Token {made['auth_token']}"}, "/v1beta/interactions/live"),
            ({}, f"/v1alpha/interactions/live?access_token={made['auth_token']}"),
        ]:
            async with connecting(server.url, headers, path) as client:
                await client.connect(name)
                await client.say("Hello")
                assert join_text(await client.receive_turn())


async def test_a_token_is_for_one_interaction() -> None:
    async with mockgem.aserve() as server:
        _, made = await create(server.url)
        other, _ = await create(server.url)
        for kind, values in [
            ("interaction.connect", {"id": other}),
            ("interaction.create", {"model": TEXT_MODEL}),
        ]:
            async with connecting(server.url, show(made["auth_token"])) as client:
                await client.send(kind, **values)
                assert (await client.receive())["error"] == {
                    "message": "The auth token is for another interaction.",
                    "code": "permission_denied",
                }
                assert (await client.receive_close()).code == 1008


async def test_messages_after_the_expiry_are_refused() -> None:
    async with mockgem.aserve() as server:
        name, made = await create(server.url, expire_time="2026-11-01T00:05:00Z")
        assert made["expires_at"] == "2026-11-01T00:05:00Z"
        async with connecting(server.url, show(made["auth_token"])) as client:
            await client.connect(name)
            server.clock.advance("5m")
            await client.say("Hello")
            assert (await client.receive())["error"] == {
                "message": "Auth token expired.",
                "code": "authentication",
            }
            assert (await client.receive_close()).code == 1008
        assert await find_status(server.url, show(made["auth_token"])) == 401


async def test_a_deleted_token_opens_nothing() -> None:
    async with mockgem.aserve() as server:
        name, made = await create(server.url)
        other, _ = await create(server.url)
        token = made["auth_token"].removeprefix("auth_tokens/")
        wrong = await send_json(server.url, "DELETE", f"{PATH}/{other}/auth_tokens/{token}")
        assert wrong["error"]["code"] == "not_found"
        assert await find_status(server.url, show(made["auth_token"])) == 101
        assert await send_json(server.url, "DELETE", f"{PATH}/{name}/auth_tokens/{token}") == {}
        assert await find_status(server.url, show(made["auth_token"])) == 401
        again = await send_json(server.url, "DELETE", f"{PATH}/{name}/auth_tokens/{token}")
        assert again["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        {"expire_time": "yesterday"},
        {"expire_time": 5},
        {"expire_time": "2026-10-31T23:59:59Z"},
        {"expire_time": "2026-11-01T20:00:01Z"},
        {"uses": 1},
    ],
    ids=str,
)
async def test_bad_tokens_are_refused(body: Json) -> None:
    async with mockgem.aserve() as server:
        _, refused = await create(server.url, **body)
    assert refused["error"]["code"] == (
        "parameter_unknown" if "uses" in body else "invalid_request"
    )


async def test_an_unknown_interaction_gets_no_token() -> None:
    async with mockgem.aserve() as server:
        refused = await send_json(server.url, "POST", f"{PATH}/v1_x/auth_tokens")
    assert refused["error"]["code"] == "not_found"


async def test_a_token_of_the_live_api_opens_no_interaction() -> None:
    async with mockgem.aserve() as server:
        made = await send_json(server.url, "POST", "/v1beta/auth_tokens", {})
        assert await find_status(server.url, show(made["name"])) == 401


async def test_neither_log_nor_journal_shows_a_token() -> None:
    async with mockgem.aserve() as server:
        name, made = await create(server.url)
        async with connecting(server.url, show(made["auth_token"])) as client:
            await client.connect(name)
        secret = made["auth_token"].removeprefix("auth_tokens/")
        await send_json(server.url, "DELETE", f"{PATH}/{name}/auth_tokens/{secret}")
        entries = server.journal()
    shown = str([{key: one[key] for key in one if key != "response"} for one in entries])
    assert secret not in shown
