"""A request that comes again on its connection is answered as if nothing were remembered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mockgem.app.factory import create_server
from mockgem.app.repeated_answers import RepeatedAnswer
from mockgem.config.settings import Settings
from mockgem.core.call import Answer, Call
from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireResponse
from mockgem.recording.world_cassettes import WorldCassette, WorldCassettes
from tests.server.test_connections import serving
from tests.server.test_fast_path import (
    add_rule,
    build_chat,
    build_request,
    exchange,
    read_response,
)

NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
QUESTION = json.dumps({"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}).encode()
REQUESTS = {
    "chat": build_chat("Hi"),
    "stream": build_chat("Hi", stream=True),
    "tool call": build_chat("Weather in Oslo?", tools=[TOOL]),
    "native": build_request("POST", NATIVE, QUESTION, "x-goog-api-key: k"),
    "native stream": build_request(
        "POST", NATIVE.replace("generate", "streamGenerate"), QUESTION, "x-goog-api-key: k"
    ),
    "refused": build_chat("Hi", temperature=9),
    "without a key": build_request("POST", NATIVE, QUESTION),
}
REPEATED = {"chat", "stream", "tool call", "native"}
"""Replies whose bytes are kept."""


@contextmanager
def count_repeats(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[WireResponse]]:
    """Collect the answers that were given again."""
    given: list[WireResponse] = []
    answer = RepeatedAnswer.answer

    async def note(self: RepeatedAnswer) -> WireResponse:
        given.append(await answer(self))
        return given[-1]

    with monkeypatch.context() as patch:
        patch.setattr(RepeatedAnswer, "answer", note)
        yield given


async def ask_repeatedly(port: int, requests: list[bytes]) -> list[tuple[int, bytes]]:
    """Send requests one after the other on one connection, and return the responses."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    responses = []
    for request in requests:
        writer.write(request)
        responses.append(await read_response(reader))
    writer.close()
    return responses


async def read_journal(port: int) -> list[dict[str, Any]]:
    [(_, body)] = await exchange(port, build_request("GET", "/_mockgem/journal?limit=100"))
    entries: list[dict[str, Any]] = json.loads(body)["entries"]
    return entries


VOLATILE = {"seconds", "took", "identity"}


def drop_times(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in VOLATILE}


@pytest.mark.parametrize("name", REQUESTS)
async def test_one_connection_gets_the_answers_of_many(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving() as (_, port):
        with count_repeats(monkeypatch) as repeats:
            on_one = await ask_repeatedly(port, [REQUESTS[name]] * 6)
        entries = await read_journal(port)
    async with serving() as (_, port):
        on_many = [(await exchange(port, REQUESTS[name]))[0] for _ in range(6)]
        expected = await read_journal(port)
    assert on_one == on_many
    assert len(repeats) == (4 if name in REPEATED else 0)  # the first two make the template
    assert len(entries) == 6
    assert list(map(drop_times, entries)) == list(map(drop_times, expected))


async def test_another_body_of_the_same_length_is_answered_itself() -> None:
    async with serving() as (_, port):
        requests = [build_chat("Say exactly: red"), build_chat("Say exactly: tan")]
        answers = await ask_repeatedly(port, [requests[0]] * 5 + [requests[1], requests[0]])
    texts = [json.loads(body)["choices"][0]["message"]["content"] for _, body in answers]
    assert texts == ["red"] * 5 + ["tan", "red"]


async def test_a_rule_that_is_added_later_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def ask() -> str:
            writer.write(REQUESTS["chat"])
            _, body = await read_response(reader)
            return str(json.loads(body)["choices"][0]["message"]["content"])

        with count_repeats(monkeypatch) as repeats:
            plain = [await ask() for _ in range(5)]
            assert len(repeats) == 3
            await add_rule(port, {"say": "chosen", "when": {"times": 1}})
            assert [await ask(), await ask()] == ["chosen", plain[0]]
            assert len(repeats) == 3
            await exchange(port, build_request("POST", "/_mockgem/reset"))
            assert [await ask() for _ in range(5)] == plain
            assert len(repeats) > 3
        writer.close()


async def test_a_key_that_may_name_a_scenario_later_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = REQUESTS["chat"].replace(b"Bearer k", b"Bearer k~later")
    async with serving() as (_, port):
        with count_repeats(monkeypatch) as repeats:
            answers = await ask_repeatedly(port, [request] * 5)
    assert {status for status, _ in answers} == {200}
    assert repeats == []


async def test_ids_begin_again_after_a_reset() -> None:
    async with serving() as (_, port):
        first = await ask_repeatedly(port, [REQUESTS["chat"]] * 5)
        await exchange(port, build_request("POST", "/_mockgem/reset"))
        assert await ask_repeatedly(port, [REQUESTS["chat"]] * 5) == first
        assert len({json.loads(body)["id"] for _, body in first}) == 5


async def test_a_page_of_another_origin_may_read_every_answer() -> None:
    async with serving() as (_, port):
        request = build_chat("Hi", "/v1beta/openai/chat/completions", "Origin: http://page.test")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(5):
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert b"Access-Control-Allow-Origin: http://page.test" in head
            while int(await reader.readline(), 16):
                await reader.readline()
            await reader.readline()
        writer.close()


class Refuse:
    """A source that refuses everything."""

    async def answer(self, call: Call) -> Answer | None:
        return Answer(Failure(Code.UNAVAILABLE, "down"), "cassette")


async def close_nothing() -> None:
    return None


async def test_a_cassette_that_is_added_later_answers() -> None:
    cassettes = WorldCassettes()
    server = create_server(Settings(), world_cassettes=cassettes)
    port = await server.start("127.0.0.1", 0)
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        statuses = []
        for number in range(6):
            if number == 4:
                cassette = WorldCassette((Refuse(),), close_nothing, "x.yaml", answers_at_once=True)
                await cassettes.set_cassette("", cassette)
            writer.write(REQUESTS["chat"])
            statuses.append((await read_response(reader))[0])
        writer.close()
    finally:
        await server.stop(0.1)
    assert statuses == [200] * 4 + [503] * 2


async def test_an_answer_that_cannot_be_given_again_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when the state that counts requests cannot be written."""
    failed = []

    async def fail(self: RepeatedAnswer) -> WireResponse:
        failed.append(self)
        raise OSError("the disk is full")

    monkeypatch.setattr(RepeatedAnswer, "answer", fail)
    async with serving() as (_, port):
        responses = await ask_repeatedly(port, [REQUESTS["chat"]] * 5)
    assert [status for status, _ in responses] == [200] * 5
    assert failed


async def test_a_mistake_in_an_answer_that_is_given_again_is_a_500(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(self: RepeatedAnswer) -> WireResponse:
        raise TypeError("a mistake")

    monkeypatch.setattr(RepeatedAnswer, "answer", fail)
    async with serving() as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        statuses = []
        for _ in range(3):
            writer.write(REQUESTS["chat"])
            statuses.append((await read_response(reader))[0])
            if statuses[-1] == 500:
                break
        assert await reader.read() == b""
        writer.close()
    assert statuses[-1] == 500


@pytest.mark.parametrize(
    "options",
    [
        {"latency": "usual", "time_scale": 0.001},
        {"chunk_delay": 0.001},
        {"gzip": True},
        {"metrics": True},
        {"budget": 1},
    ],
    ids=lambda options: next(iter(options)),
)
async def test_options_that_change_answers_turn_it_off(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(**options) as (_, port):
        with count_repeats(monkeypatch) as repeats:
            await ask_repeatedly(port, [REQUESTS["chat"]] * 5)
    assert repeats == []
