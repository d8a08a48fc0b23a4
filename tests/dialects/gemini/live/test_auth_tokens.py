"""Ephemeral tokens: how they are created, what they allow, and what they lock."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

import mockgem
from mockgem.app.world_factory import WorldFactory
from mockgem.core.errors import ApiError
from mockgem.dialects.common.proto_fields import read_as, to_camel_case
from mockgem.dialects.gemini.auth_tokens import build_reader, read_mask
from tests.live_client import (
    LIVE_3,
    NATIVE,
    SERVICE,
    Closed,
    connecting,
    join_texts,
    list_keys,
    make_setup,
)

Json = dict[str, Any]
CONSTRAINED = SERVICE.format("v1alpha") + "Constrained"


async def create(url: str, **fields: Any) -> Json:
    """Return the answer to the creation of a token."""
    async with aiohttp.ClientSession() as http:
        target = url + "/v1alpha/auth_tokens?key=right"
        async with http.post(target, json=fields) as response:
            return {"status": response.status, **await response.json()}


async def talk(url: str, token: str, setup: Json, *, in_query: bool = False) -> str:
    """Return what a session with a token says. Raises Closed."""
    path = CONSTRAINED + (f"?access_token={token}" if in_query else "")
    headers = {} if in_query else {"Authorization": f"Token {token}"}
    async with connecting(url, path=path, headers=headers) as client:
        await client.send({"setup": setup})
        await client.receive()
        await client.say("Which bicycle is good for rain?")
        return join_texts(await client.receive_turn())


@pytest.mark.parametrize("in_query", [False, True])
async def test_a_token_opens_a_session_in_place_of_a_key(in_query: bool) -> None:
    async with mockgem.aserve(api_key=["right"]) as server:
        created = await create(server.url)
        assert list(created) == ["status", "name"]
        assert created["name"].startswith("auth_tokens/")
        setup = make_setup(outputAudioTranscription={})
        assert await talk(server.url, created["name"], setup, in_query=in_query)


async def test_a_token_is_used_up() -> None:
    async with mockgem.aserve() as server:
        token = (await create(server.url, uses=2))["name"]
        for _ in range(2):
            await talk(server.url, token, make_setup())
        with pytest.raises(Closed) as closed:
            await talk(server.url, token, make_setup())
    assert closed.value.code == 1011
    assert closed.value.reason == "Token has been used too many times"


async def test_to_resume_a_session_is_no_use_of_a_token() -> None:
    setup = make_setup(sessionResumption={})
    async with mockgem.aserve() as server:
        token = (await create(server.url))["name"]
        headers = {"Authorization": f"Token {token}"}
        async with connecting(server.url, setup, CONSTRAINED, headers) as client:
            await client.say("Hello")
            await client.receive_turn()
            handle = (await client.receive())["sessionResumptionUpdate"]["newHandle"]
        server.clock.advance("5m")
        await talk(server.url, token, {**setup, "sessionResumption": {"handle": handle}})


@pytest.mark.parametrize(("after", "code"), [("30s", 0), ("61s", 1007), ("31m", 1007)])
async def test_a_session_has_to_begin_in_time(after: str, code: int) -> None:
    async with mockgem.aserve() as server:
        token = (await create(server.url))["name"]
        server.clock.advance(after)
        if code == 0:
            await talk(server.url, token, make_setup())
            return
        with pytest.raises(Closed) as closed:
            await talk(server.url, token, make_setup())
    assert closed.value.code == code


async def test_an_unknown_token_opens_nothing() -> None:
    async with mockgem.aserve() as server:
        with pytest.raises(Closed) as closed:
            await talk(server.url, "auth_tokens/nothing", make_setup())
    assert closed.value.code == 1008


async def test_the_setup_of_a_token_replaces_the_clients() -> None:
    own = make_setup(
        LIVE_3, outputAudioTranscription={}, systemInstruction={"parts": [{"text": "Sell bikes."}]}
    )
    async with mockgem.aserve() as server:
        token = (await create(server.url, bidiGenerateContentSetup=own, uses=0))["name"]
        other = make_setup(NATIVE, systemInstruction={"parts": [{"text": "Be a pirate."}]})
        said = await talk(server.url, token, other)
        free = (await create(server.url))["name"]
        assert said == await talk(server.url, free, own)


async def test_a_mask_locks_some_fields_and_leaves_the_others() -> None:
    own = {"model": LIVE_3, "systemInstruction": {"parts": [{"text": "Sell bikes."}]}}
    asked = make_setup(NATIVE, outputAudioTranscription={},
                       systemInstruction={"parts": [{"text": "Be a pirate."}]})  # fmt: skip
    expected = {**asked, "model": LIVE_3}
    async with mockgem.aserve() as server:
        locked = await create(server.url, bidiGenerateContentSetup=own, fieldMask="model")
        free = (await create(server.url))["name"]
        assert await talk(server.url, locked["name"], asked) == await talk(
            server.url, free, expected
        )


async def test_a_mask_can_name_a_field_within_another() -> None:
    own = {"generationConfig": {"temperature": 0.5, "responseModalities": ["AUDIO"]}}
    asked = {"model": NATIVE, "generationConfig": {"responseModalities": ["TEXT"]}}
    async with mockgem.aserve() as server:
        mask = "generationConfig.temperature,generationConfig.responseModalities"
        token = await create(server.url, bidiGenerateContentSetup=own, fieldMask=mask)
        assert await talk(server.url, token["name"], asked) == ""


@pytest.mark.parametrize(
    "fields",
    [{"expireTime": "2026-10-31T00:00:00Z"}, {"expireTime": "2026-11-02T00:00:00Z"},
     {"newSessionExpireTime": "2026-11-01T12:00:00Z"}, {"expireTime": "soon"}, {"uses": -1},
     {"use": 1}, {"fieldMask": "a b"}, {"bidiGenerateContentSetup": {"x": 1}}],
)  # fmt: skip
async def test_wrong_tokens_are_refused(fields: Json) -> None:
    async with mockgem.aserve() as server:
        assert (await create(server.url, **fields))["status"] == 400


def limit_storage(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    async def count_free_bytes(factory: WorldFactory) -> int:
        return size

    monkeypatch.setattr(WorldFactory, "count_free_bytes", count_free_bytes)


async def test_a_full_storage_takes_no_more_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    own = make_setup(NATIVE, systemInstruction={"parts": [{"text": "x" * 20_000}]})
    limit_storage(monkeypatch, 10_000)
    async with mockgem.aserve() as server:
        assert "name" in await create(server.url)
        assert (await create(server.url, bidiGenerateContentSetup=own))["status"] == 429


async def test_a_full_storage_keeps_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handle of a session that can't be kept is not announced: the socket closes."""
    limit_storage(monkeypatch, 10_000)
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(NATIVE, sessionResumption={})) as client:
            await client.say("Hello")
            await client.receive_until("newHandle")
            await client.say("x" * 20_000)
            closed = await client.receive_close()
            assert "newHandle" not in list_keys(client.messages[-1])
    assert closed.code == 1011
    assert "bytes" in closed.reason


def test_every_field_of_a_token_is_read() -> None:
    body = {
        "name": "n",
        "uses": 2,
        "expire_time": "2030-01-01T00:00:00Z",
        "new_session_expire_time": "2030-01-01T00:00:00Z",
        "bidi_generate_content_setup": {"model": "m"},
        "field_mask": "a,b",
    }
    assert read_as(build_reader(), body) == body
    camel = {to_camel_case(name): value for name, value in body.items()}
    assert read_as(build_reader(), camel) == body


@pytest.mark.parametrize(
    ("mask", "paths"),
    [
        ("", ()),
        ("generationConfig.topP,model", ("generation_config.top_p", "model")),
        ("setup.systemInstruction,", ("system_instruction",)),
    ],
)
def test_a_mask_has_paths_in_snake_case(mask: str, paths: tuple[str, ...]) -> None:
    assert read_mask(mask) == paths


@pytest.mark.parametrize("mask", ["a b", "a..b", ".a", "1a", "a,-"])
def test_another_mask_is_refused(mask: str) -> None:
    with pytest.raises(ApiError) as error:
        read_mask(mask)
    assert error.value.failure.message == "Request contains an invalid argument."
