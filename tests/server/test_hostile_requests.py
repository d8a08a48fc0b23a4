"""Requests that mean harm, or are only odd: each is answered, soon, and the server lives on."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from mockgem.app import factory as building
from mockgem.config.settings import Settings
from tests.asking import GATEWAY, GEMINI, VERTEX, Asker, chat
from tests.server.test_http import CHAT, HEADERS, HELLO, Running, post, running

STR = {"type": "string"}


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """A request that hangs fails its test."""

    def stop(*_: object) -> None:
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(300)  # a busy machine takes long
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def form(schema: Any) -> dict[str, Any]:
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    }


def tool(parameters: Any) -> dict[str, Any]:
    return {"tools": [{"type": "function", "function": {"name": "f", "parameters": parameters}}]}


JSON: dict[str, Any] = {"response_format": {"type": "json_object"}}
TOLD = [
    {"role": "user", "content": "hi"},
    {
        "role": "assistant",
        "tool_calls": [
            {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
        ],
    },
]
DOUBLING = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n - 1}"}] * 2} for n in range(1, 23)} | {
    "a0": {"type": "object"}
}

ODD: dict[str, tuple[Any, dict[str, Any]]] = {
    "a budget with two signs": (
        "hi",
        {"extra_body": {"google": {"thinking_config": {"thinking_budget": "--5"}}}},
    ),
    "a budget of a superscript": (
        "hi",
        {"extra_body": {"google": {"thinking_config": {"thinking_budget": "²"}}}},
    ),
    "a very long number": ("n " + "1" * 400, JSON),
    "a long s": ("Write in \u017fix words", {}),
    "a text and a picture for the system": (
        [
            {
                "role": "system",
                "content": ["hi", {"type": "image_url", "image_url": {"url": "https://x/y.png"}}],
            }
        ],
        {},
    ),
    "properties that are none": ("hi", tool({"type": "object", "properties": 5})),
    "a union of unhashable types": (
        "hi",
        {"model": "gemini-2.0-flash", **form({"anyOf": [{"type": ["string", "null"]}]})},
    ),
    "a union that is none": ("hi", {"model": "gemini-2.0-flash", **form({"anyOf": 5})}),
    "half a character from a tool": (
        [*TOLD, {"role": "tool", "tool_call_id": "1", "content": '{"a":"\\ud800"}'}],
        {},
    ),
    "half a character in a prompt": ('use ["\\ud800","b"]', form({"type": "array", "items": STR})),
    "a deep tool result": (
        [*TOLD, {"role": "tool", "tool_call_id": "1", "content": "[" * 800 + "]" * 800}],
        {},
    ),
    "a not that doubles": (
        "hi",
        form({"type": "string", "not": {"oneOf": [{"$ref": "#/not"}, {"$ref": "#/not"}]}}),
    ),
    "an allOf that doubles": ("hi", form({"$defs": DOUBLING, "$ref": "#/$defs/a22"})),
    "an ambiguous pattern": (
        'use "' + "a" * 40 + '!"',
        form({"type": "string", "pattern": "^(a|a)*$"}),
    ),
    "stars upon stars": ("hi", form({"type": "string", "pattern": "((((.*)*)*)*)*"})),
    "repeats of repeats": (
        "hi",
        form({"type": "string", "pattern": "((((((((a{9}){9}){9}){9}){9}){9}){9}){9})"}),
    ),
    "a very long answer": (
        "hi",
        form({"type": "array", "minItems": 1990, "items": {"type": "string", "minLength": 20000}}),
    ),
    "a long constant, often": (
        "hi",
        form({"type": "array", "minItems": 300, "items": {"const": "x" * 100_000}}),
    ),
    "a huge enum": ("x y " * 5000, form({"enum": [f"m{n}" for n in range(20_000)]})),
    "many tools": (
        "weather x y z " * 4000,
        {
            "tools": [
                {"type": "function", "function": {"name": f"t{n}", "parameters": {}}}
                for n in range(2000)
            ]
        },
    ),
    "messages that are numbers": ([1] * 100_000, {}),
    "digits without end": ("1-" * 20_000, JSON),
    "places without end": (
        "weather in " + ", ".join(f"Ab{n}" for n in range(2500)),
        tool({"type": "object", "properties": {"city": STR}, "required": ["city"]}),
    ),
    "a greeting with a long tail": ("hi" + " " * 10**6 + "x", {}),
    "letters without end": ("a" * 10**6, JSON),
    "a pattern of many maybes": (
        'use "' + "a" * 60 + 'b"',
        form({"type": "string", "pattern": "^" + "(?:a|aa)?" * 40 + "$"}),
    ),
    "places and digits": (
        "weather in " + " and ".join(f"A{chr(97 + n)}" for n in range(26)) + ". " + "1" * 3700,
        tool({"type": "object", "properties": {"city": STR}, "required": ["city"]}),
    ),
    "more numbers than there is room for": (
        "price is " + "1" * 3000,
        form(
            {
                "type": "object",
                "properties": {f"price {n}": {"type": "number"} for n in range(2001)},
                "required": [f"price {n}" for n in range(2001)],
            }
        ),
    ),
    "not a number": ("use [NaN, Infinity]", form({"type": "array", "items": {"type": "number"}})),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("surface", [GEMINI, VERTEX, GATEWAY])
def test_it_is_answered(name: str, surface: str) -> None:
    content, more = ODD[name]
    answer = chat(content, surface=surface, **more)
    assert answer.status in (200, 400), answer.text[:500]
    assert len(answer.body) < 2_000_000
    if answer.status == 200 and "response_format" in more:
        json.loads(answer.message["content"], parse_constant=lambda constant: pytest.fail(constant))


SPEAKERS = [
    {"speaker": one, "voiceConfig": {"prebuiltVoiceConfig": {"voiceName": name}}}
    for one, name in (("A", "Kore"), ("B", "Puck"))
]
NATIVE: dict[str, tuple[str, Any, int]] = {
    "probabilities of a long answer": (
        "gemini-2.0-flash:generateContent",
        {"generationConfig": {"candidateCount": 8, "responseLogprobs": True, "logprobs": 20}},
        40_000_000,
    ),
    "a long dialogue": (
        "gemini-2.5-flash-preview-tts:generateContent",
        {
            "generationConfig": {
                "responseModalities": ["AUDIO"],
                "speechConfig": {"multiSpeakerVoiceConfig": {"speakerVoiceConfigs": SPEAKERS}},
            }
        },
        40_000_000,
    ),
    "brackets without end": (
        "gemini-2.5-flash:generateContent",
        {"tools": [{"codeExecution": {}}]},
        100_000,
    ),
    "a field with an endless name": (
        "gemini-2.5-flash:generateContent",
        {"k" * 5_000_000: 1},
        10_000,
    ),
}
WORDS = {
    "probabilities of a long answer": "write 9999 sentences about cats",
    "a long dialogue": ("a " * 2040 + "\n") * 8,
    "brackets without end": "(" * 20_000,
    "a field with an endless name": "hi",
}


@pytest.mark.parametrize("name", NATIVE)
def test_it_is_answered_on_the_native_surface(name: str) -> None:
    path, more, most = NATIVE[name]
    body = json.dumps(
        {"contents": [{"role": "user", "parts": [{"text": WORDS[name]}]}], **more}
    ).encode()
    answer = Asker().send("POST", f"/v1beta/models/{path}", body, {"x-goog-api-key": "k"})
    assert answer.status in (200, 400)
    assert len(answer.body) < most


def test_a_prompt_without_end_is_drawn() -> None:
    body = json.dumps(
        {"instances": [{"prompt": "w" * 5_000_000}], "parameters": {"sampleCount": 4}}
    ).encode()
    path = "/v1beta/models/imagen-4.0-generate-001:predict"
    assert len(Asker().send("POST", path, body, {"x-goog-api-key": "k"}).json["predictions"]) == 4


def test_a_number_that_json_cannot_hold_is_refused() -> None:
    body = b'{"model": "gemini-2.5-flash", "messages": "hi", "temperature": 1e999}'
    assert Asker().send("POST", GEMINI + "/chat/completions", body).status == 400


def test_a_mistake_of_our_own_is_an_internal_error_in_the_surfaces_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = Asker()
    monkeypatch.setattr(world.world.request_counts, "increment", lambda key: 1 / 0)
    for surface in (GEMINI, GATEWAY):
        answer = world.chat("hi", surface=surface)
        assert answer.status == 500
        assert answer.error["message"].startswith("Internal error encountered.")
    assert world.world.journal.entries[-1].source == "bug"
    assert "ZeroDivisionError" in caplog.text


def test_what_is_written_down_of_a_request_is_short() -> None:
    world = Asker()
    world.chat("hi", model="m" * 10**6)
    assert len(world.world.journal.entries[0].model) < 300


def test_negated_classes_give_the_same_string_in_every_process() -> None:
    code = (
        "from tests.asking import chat; import json;"
        "print([chat('hi', response_format={'type': 'json_schema', 'json_schema': {'name': 'x',"
        " 'schema': {'type': 'string', 'pattern': p}}}).message['content']"
        " for p in ('^[^abc]{10}$', r'^\\W{5}$', r'^[^\\d]{6}$')])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(said) == 1


async def one(**settings: Any) -> Any:
    async for server in running(**settings):
        yield server


@pytest.fixture
async def server() -> Any:
    async for found in running():
        yield found


async def test_a_body_that_is_not_what_its_encoding_says(server: Running) -> None:
    for encoding in ("gzip", "deflate"):
        headers = HEADERS | {"Content-Encoding": encoding}
        async with aiohttp.ClientSession(headers=headers) as client:
            async with client.post(server.url + CHAT, data=b"not packed at all") as response:
                assert response.status == 400


async def test_a_client_that_waits_to_be_asked_is_asked(server: Running) -> None:
    import asyncio

    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    body = json.dumps(HELLO).encode()
    head, _, _ = post(CHAT, body, "Expect: 100-continue", "Connection: close").partition(
        b"\r\n\r\n"
    )
    writer.write(head + b"\r\n\r\n")
    assert (
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        == b"HTTP/1.1 100 Continue\r\n\r\n"
    )
    writer.write(body)
    assert b"chat.completion" in await reader.read()
    writer.close()
    await writer.wait_closed()


async def test_head_has_no_body_when_answers_are_slow() -> None:
    async for server in running(chunk_delay=0.01):
        got = await server.raw(
            b"HEAD /v1beta/openai/models HTTP/1.1\r\nHost: [::1]\r\n"
            b"Authorization: Bearer k\r\nConnection: close\r\n\r\n"
        )
        assert got.startswith(b"HTTP/1.1 200")
        assert got.endswith(b"\r\n\r\n")
        assert b"models/" not in got


async def test_a_body_that_is_too_large_is_told_to_web_pages_too() -> None:
    async for server in running(max_body=1000):
        headers = HEADERS | {"Origin": "http://localhost:3000"}
        async with aiohttp.ClientSession(headers=headers) as client:
            async with client.post(server.url + CHAT, data=b"x" * 5000) as response:
                assert response.status == 400
                assert response.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


async def test_a_client_that_asks_much_and_reads_nothing_is_not_answered_into_memory() -> None:
    import asyncio

    server = building.create_server(Settings())
    port = await server.start("127.0.0.1", 0)
    _, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**10)
    writer.transport.pause_reading()
    body = json.dumps(
        {
            "model": "gemini-2.5-flash",
            "messages": [{"role": "user", "content": "write 2000 words"}],
            "stream": True,
        }
    )
    for _ in range(400):
        writer.write(post(CHAT, body.encode()))
    await asyncio.sleep(1.0)
    held = sum(
        connection.transport.get_write_buffer_size()
        for connection in server.protocol_factory.connections
        if connection.transport
    )
    assert held < 4_000_000
    writer.transport.abort()
    await server.stop(0.2)


def test_a_log_that_nobody_reads_does_not_stop_the_server() -> None:
    from tests.conftest import ServerProcess

    server = ServerProcess()
    link = http.client.HTTPConnection(server.url.removeprefix("http://"))
    try:
        for _ in range(1_000):  # their lines are three times what a pipe holds
            link.request("GET", "/_mockgem/health?" + "x" * 200)
            assert link.getresponse().read()
    finally:
        link.close()
        code = server.stop()
    assert code == 0


async def test_a_client_of_grpc_is_told_in_the_log_to_use_rest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async for server in running():
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
        assert b" 505 " in (await reader.read()).partition(b"\r\n")[0]
        writer.close()
    (record,) = [record for record in caplog.records if record.name == "mockgem"]
    assert "transport='rest'" in record.getMessage()
