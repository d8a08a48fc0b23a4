"""Live interactions: what both sides say, over a real socket."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from typing import Any

import aiohttp
import pytest

import mockgem
from tests.interaction_client import (
    PATH,
    PIXEL,
    TEXT_MODEL,
    VOICE_MODEL,
    connecting,
    count_audio,
    join_text,
    kinds,
    list_steps,
    read_interaction,
    send_json,
)
from tests.live_client import Closed, make_silence, make_tone

Json = dict[str, Any]


async def test_an_interaction_is_created_spoken_to_and_completed() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(system_instruction="Be kind.")
            await client.say("Why is the sky blue?")
            first = await client.receive_turn()
            await client.say("And at night?")
            second = await client.receive_turn()
            await client.send("interaction.complete")
            (end,) = await client.receive_until("interaction.completed")
            closed = await client.receive_close()
        whole = await read_interaction(server.url, name)
    assert list_steps(first) == list_steps(second) == ["thought", "model_output"]
    assert [event["index"] for event in second if event["event_type"] == "step.start"] == [2, 3]
    assert join_text(first) != join_text(second)
    assert list(end) == ["status", "usage", "created", "updated", "event_type"]
    assert (end["status"], closed.code) == ({"code": 0}, 1000)
    assert end["usage"] == second[-1]["usage"] == whole["usage"]
    assert whole["status"] == "completed"
    assert [step["type"] for step in whole["steps"]] == ["thought", "model_output"] * 2
    assert whole["steps"][3]["content"] == [{"text": join_text(second), "type": "text"}]
    assert [step["content"][0]["text"] for step in whole["input"]] == [
        "Why is the sky blue?",
        "And at night?",
    ]


async def test_events_come_alone_or_together_in_text_or_binary_frames() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        texts = [{"type": "text", "text": one} for one in ("First.", "Second.")]
        events: list[Json] = [{"event_type": "interaction.create", "model": TEXT_MODEL}]
        events += [{"event_type": "input", "content": [one]} for one in texts]
        await client.socket.send_bytes(json.dumps({"events": events}).encode())
        (created, *turn) = await client.receive_turn()
        assert created["event_type"] == "interaction.created"
        assert list_steps(turn) == ["thought", "model_output"]
        await client.send_raw(json.dumps({"events": []}))
        await client.say("Third.")
        assert list_steps(await client.receive_turn()) == ["thought", "model_output"]


async def test_a_live_model_speaks_pcm() -> None:
    async with mockgem.aserve() as server:
        answers = []
        for _ in range(2):
            async with connecting(server.url) as client:
                name = await client.create(VOICE_MODEL)
                await client.say("Why is the sky blue?")
                answers.append(await client.receive_turn())
        whole = await read_interaction(server.url, name)
    deltas = [[one.get("delta") for one in answer] for answer in answers]
    assert deltas[0] == deltas[1]
    audio = [one for one in deltas[0] if one and one["type"] == "audio"]
    assert {(one["mime_type"], one["sample_rate"], one["channels"]) for one in audio} == {
        ("audio/l16", 24_000, 1)
    }
    assert join_text(answers[0]) == ""
    pcm = b"".join([b64decode(one["data"]) for one in audio])
    (content,) = whole["steps"][-1]["content"]
    assert b64decode(content["data"]) == pcm
    tokens = {one["modality"]: one["tokens"] for one in whole["usage"]["output_tokens_by_modality"]}
    assert tokens == {"audio": -(-len(pcm) * 25 // 48_000)}


async def test_speech_is_heard_and_transcribed() -> None:
    body = {"model": VOICE_MODEL, "generation_config": {"transcription_config": {}}}
    async with mockgem.aserve() as server:
        made = await send_json(server.url, "POST", "/v1beta/interactions", body)
        assert (made["status"], "steps" in made) == ("in_progress", False)
        async with connecting(server.url) as client:
            await client.connect(made["id"])
            await client.send_audio(make_tone(0.5) + make_silence(1))
            turn = await client.receive_turn()
        whole = await read_interaction(server.url, made["id"])
    assert list_steps(turn) == ["transcription", "thought", "model_output"]
    heard = "".join([one["delta"]["text"] for one in turn if one["index"] == 0 and "delta" in one])
    assert count_audio(turn) > 5
    (step, _, output) = whole["steps"]
    assert step == {"content": [{"text": heard, "type": "text"}], "type": "transcription"}
    assert output["content"][0] == {"text": join_text(turn), "type": "text"}
    said = [{"text": heard.strip(), "type": "text"}]
    assert whole["input"] == [{"content": said, "type": "user_input"}]
    assert whole["status"] == "in_progress"


async def test_completion_ends_speech_without_silence() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(VOICE_MODEL)
        await client.send_audio(make_tone(0.5))
        await client.send("interaction.complete")
        events = await client.receive_until("interaction.completed")
        assert count_audio(events)


async def test_rates_and_types_of_audio() -> None:
    tone = b64encode(make_tone(0.4, 8_000) + make_silence(1, 8_000)).decode()
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(VOICE_MODEL)
        await client.say(
            {"type": "audio", "data": tone, "mime_type": "audio/l16", "sample_rate": 8_000}
        )
        assert count_audio(await client.receive_turn())
        await client.say({"type": "audio", "data": tone, "sample_rate": 7})
        refused = await client.receive()
        assert refused["error"]["code"] == "invalid_request"
        assert "8000 to 192000" in refused["error"]["message"]
        file = {
            "type": "audio",
            "data": b64encode(b"RIFF----WAVE").decode(),
            "mime_type": "audio/wav",
        }
        await client.say(file)  # a file is a complete input
        assert count_audio(await client.receive_turn())


async def test_the_user_interrupts_speech() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
            await client.say("Tell me a long story about the sea, in 300 words.")
            before = await client.receive_until("step.delta")
            while count_audio(before) < 3:
                before.append(await client.receive())
            await client.say("Stop. What is two plus two?")
            rest = await client.receive_turn()
            answer = await client.receive_turn()
            await client.send("interaction.complete")
            await client.receive_until("interaction.completed")
        whole = await read_interaction(server.url, name)
    assert rest[-1]["event_type"] == "step.stop"
    assert list_steps(answer)[-1] == "model_output"
    audio = [one for one in whole["steps"] if one["type"] == "model_output"]
    sent = [
        b64decode(one["delta"]["data"])
        for one in [*before, *rest]
        if one.get("delta", {}).get("type") == "audio"
    ]
    assert len(audio) == 2
    kept = b64decode(audio[0]["content"][0]["data"])
    assert len(kept) < 60 * 48_000
    assert abs(len(kept) - len(b"".join(sent))) < 4 * 48_000


async def test_pictures_are_complete_or_frames_of_a_camera() -> None:
    picture = {"type": "image", "mime_type": "image/png"}
    picture["data"] = PIXEL
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create()
        await client.say(picture)
        assert list_steps(await client.receive_turn()) == ["thought", "model_output"]
        await client.send_audio(make_tone(0.1))
        await client.say(picture)
        await client.say("What is it?")
        turn = await client.receive_turn()
        assert list_steps(turn) == ["thought", "model_output"]
        await client.send("interaction.complete")
        end = (await client.receive_until("interaction.completed"))[-1]
    modalities = {one["modality"] for one in end["usage"]["input_tokens_by_modality"]}
    assert modalities == {"text", "image"}


async def test_cancel_ends_an_answer_at_once() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
            await client.say("Tell me a long story, in 300 words.")
            await client.receive_until("step.start")
            await client.send("interaction.cancel")
            end = (await client.receive_until("interaction.cancelled"))[-1]
            closed = await client.receive_close()
        whole = await read_interaction(server.url, name)
        async with connecting(server.url) as client:
            await client.connect(name)
            again = await client.receive_until("interaction.cancelled")
    assert list(end) == ["usage", "event_type"]
    assert (closed.code, whole["status"]) == (1000, "cancelled")
    assert kinds(again)[-1] == "interaction.cancelled"


@pytest.mark.parametrize(
    ("event", "status"),
    [("interaction.cancel", "cancelled"), ("interaction.complete", "completed")],
)
@pytest.mark.parametrize("in_answer", [True, False])
async def test_a_client_that_ends_the_interaction_need_not_wait(
    event: str, status: str, in_answer: bool
) -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
            if in_answer:
                await client.say("Tell me a long story, in 300 words.")
                await client.receive_until("step.start")
            await client.send(event)
            await client.socket.close()
        await wait_until_closed(server)
        whole = await read_interaction(server.url, name)
    assert whole["status"] == status
    if status == "completed" and in_answer:
        (content,) = whole["steps"][-1]["content"]
        assert len(b64decode(content["data"])) > 30 * 48_000


async def test_a_cancel_over_http_reaches_the_socket() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        name = await client.create()
        path = f"/v1beta/interactions/{name}"
        assert (await send_json(server.url, "POST", path + "/cancel"))["status"] == "cancelled"
        await client.say("Hello")
        await client.receive_until("interaction.cancelled")
        assert (await client.receive_close()).code == 1000


async def test_a_deleted_interaction_ends_its_socket() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        name = await client.create()
        await send_json(server.url, "DELETE", f"/v1beta/interactions/{name}")
        await client.say("Hello")
        error = (await client.receive_until("error"))[-1]["error"]
        assert error["code"] == "not_found"
        assert (await client.receive_close()).code == 1008


async def test_store_false_hides_the_interaction() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(store=False)
            await client.say("Hello")
            await client.receive_turn()
            assert (await read_interaction(server.url, name))["error"]["code"] == "not_found"
            await client.send("interaction.disconnect")
            assert (await client.receive_close()).code == 1000
        async with connecting(server.url) as client:
            await client.connect(name)
            await client.send("interaction.complete")
            await client.receive_until("interaction.completed")
        async with connecting(server.url) as client:
            await client.send("interaction.connect", id=name)
            assert (await client.receive())["error"]["code"] == "not_found"
            assert (await client.receive_close()).code == 1008


# Errors

FIRST_EVENTS: list[tuple[str, str, str, int]] = [
    ("{", "invalid_request", "", 1007),
    ("[1]", "invalid_request", "expected an object, got array", 1007),
    ("{}", "invalid_request", "Missing required parameter 'event_type'.", 1007),
    ('{"event_type": "input", "content": "x"}', "invalid_request", "The first event must be", 1007),
    ('{"event_type": "hello"}', "invalid_request", "not supported for 'event_type'", 1007),
    ('{"event_type": "interaction.create"}', "invalid_request", "'model'", 1007),
    ('{"event_type": "interaction.create", "model": "m"}', "model_not_found", "models/m", 1008),
    ('{"event_type": "interaction.create", "model": "gemini-3.8-live", "x": 1}',
     "parameter_unknown", "'x'", 1007),
    ('{"event_type": "interaction.create", "model": "gemini-3-flash-preview", '
     '"previous_interaction_id": "v1_x"}', "not_found", "not found", 1008),
    ('{"event_type": "interaction.connect"}', "invalid_request", "'id'", 1007),
    ('{"event_type": "interaction.connect", "id": " "}', "invalid_request", "'id'", 1007),
    ('{"event_type": "interaction.connect", "id": "v1_x"}', "not_found", "not found", 1008),
    ('{"event_type": "interaction.connect", "id": "v1_x", "seq": 1}', "parameter_unknown", "'seq'",
     1007),
    ('{"events": {}}', "invalid_request", "'events'", 1007),
    ('{"events": [1]}', "invalid_request", "'events[0]'", 1007),
    ('{"events": [], "more": 1}', "parameter_unknown", "'more'", 1007),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "words", "close"), FIRST_EVENTS)
async def test_a_bad_first_event_ends_the_socket(
    text: str, code: str, words: str, close: int
) -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.send_raw(text)
        event = await client.receive()
        closed = await client.receive_close()
    assert list(event) == ["error", "event_type"]
    assert event["error"]["code"] == code
    assert words in event["error"]["message"]
    assert closed.code == close
    assert event["error"]["message"].startswith(closed.reason)


LATER_EVENTS: list[tuple[str, str]] = [
    ("nonsense", "invalid_request"),
    ('"text"', "invalid_request"),
    ('{"event_type": 5}', "invalid_request"),
    ('{"event_type": "input"}', "invalid_request"),
    ('{"event_type": "input", "content": []}', "invalid_request"),
    ('{"event_type": "input", "content": [{"type": "smell"}]}', "invalid_request"),
    ('{"event_type": "input", "content": [{"type": "image", "data": "&"}]}', "invalid_request"),
    ('{"event_type": "input", "text": "x"}', "parameter_unknown"),
    ('{"event_type": "interaction.create", "model": "gemini-3.8-live"}', "invalid_request"),
    ('{"event_type": "interaction.connect", "id": "v1_x"}', "invalid_request"),
    ('{"event_type": "user_action", "action": "key_down", "input": "space"}', "invalid_request"),
    ('{"event_type": "user_action", "action": "jump"}', "invalid_request"),
    ('{"event_type": "world_setup", "world_prompt": {"text": "A reef"}}', "invalid_request"),
    ('{"event_type": "input", "content": [{"type": "function_result", "call_id": "c", '
     '"result": "r"}]}', "invalid_request"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), LATER_EVENTS)
async def test_a_bad_later_event_gets_an_error_and_the_conversation_goes_on(
    text: str, code: str
) -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create()
        await client.send_raw(text)
        event = await client.receive()
        assert (event["event_type"], event["error"]["code"]) == ("error", code)
        await client.say("Hello")
        assert join_text(await client.receive_turn())


async def test_errors_come_after_the_beginning() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.send("interaction.create", model=TEXT_MODEL)
        await client.send_raw("nonsense")
        await client.send("user_action", action="key_up")
        assert kinds([await client.receive() for _ in range(3)]) == [
            "interaction.created",
            "error",
            "error",
        ]


async def test_bytes_that_are_not_text_are_an_error() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create()
        await client.socket.send_bytes(b"\xff\xfe")
        assert (await client.receive())["error"]["code"] == "invalid_request"
        await client.say("Hello")
        assert join_text(await client.receive_turn())


async def test_no_input_may_follow_the_completion() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(VOICE_MODEL)
        await client.say("Tell me a story in 100 words.")
        await client.receive_until("step.start")
        await client.send("interaction.complete")
        await client.say("More!")
        events = await client.receive_until("interaction.completed")
    (error,) = [one["error"] for one in events if one["event_type"] == "error"]
    assert error["code"] == "failed_precondition"


async def test_a_message_that_is_too_large_closes_the_socket() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create()

        async def send_too_much() -> None:
            await client.socket.send_bytes(bytes(33 * 2**20))
            await client.receive()

        with pytest.raises((Closed, ConnectionError)) as closed:
            await send_too_much()
        assert getattr(closed.value, "code", 1009) in (1009, 1006)  # a reset may overtake it


@pytest.mark.parametrize("when", ["before the first event", "after it", "in an answer"])
async def test_a_client_that_vanishes_leaves_the_interaction_in_progress(when: str) -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
        async with connecting(server.url) as client:
            if when != "before the first event":
                await client.connect(name)
            if when == "in an answer":
                await client.say("Tell me a long story in 300 words.")
                await client.receive_until("step.start")
            assert client.socket._response.connection is not None
            transport = client.socket._response.connection.transport
            assert transport is not None
            transport.abort()
        await wait_until_closed(server)
        whole = await read_interaction(server.url, name)
        assert whole["status"] == "in_progress"


async def wait_until_closed(server: Any) -> None:
    for _ in range(3_000):
        if all(entry["outcome"] != "open" for entry in server.journal()):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("a socket is still open")


# The handshake

REFUSALS: list[tuple[dict[str, str], str, int, str]] = [
    ({}, PATH, 401, "authentication"),
    ({"x-goog-api-key": "wrong"}, PATH, 401, "authentication"),
    ({"x-goog-api-key": "right"}, PATH + "?key=other", 400, "invalid_request"),
    ({"x-goog-api-key": "auth_tokens/" + "0" * 64}, PATH, 401, "authentication"),
    ({}, PATH + "?access_token=auth_tokens/x", 401, "authentication"),
]


@pytest.mark.parametrize(("headers", "path", "status", "code"), REFUSALS)
async def test_the_upgrade_is_refused_with_a_status(
    headers: dict[str, str], path: str, status: int, code: str
) -> None:
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "bW9ja2dlbSB0ZXN0cyAhIQ==",
    }
    async with mockgem.aserve(api_key=["right"]) as server, aiohttp.ClientSession() as http:
        async with http.get(server.url + path, headers=headers | upgrade) as response:
            error = (await response.json())["error"]
            assert (response.status, error["code"]) == (status, code)


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"x-goog-api-key": "right"}, PATH),
        ({}, PATH + "?key=right"),
        ({"Authorization": "Bearer right"}, "/v1/interactions/live"),
        ({"x-goog-api-key": "right"}, "/v1alpha/interactions/live"),
    ],
)
async def test_keys_open_the_socket(headers: dict[str, str], path: str) -> None:
    async with mockgem.aserve(api_key=["right"]) as server:
        async with connecting(server.url, headers, path) as client:
            assert await client.create()


async def test_a_plain_request_is_told_to_upgrade() -> None:
    async with mockgem.aserve() as server, aiohttp.ClientSession() as http:
        async with http.get(server.url + PATH, headers={"x-goog-api-key": "k"}) as response:
            assert response.status == 426
            error = (await response.json())["error"]
    assert "connect with ws:// or wss://" in error["message"]


async def test_vertex_has_no_live_interactions() -> None:
    path = "/v1beta1/projects/p/locations/l/interactions"
    async with mockgem.aserve() as server, aiohttp.ClientSession() as http:
        for method, ending in [("GET", "/live"), ("POST", "/v1_x/auth_tokens")]:
            url = server.url + path + ending
            async with http.request(method, url, headers={"Authorization": "Bearer t"}) as response:
                assert response.status == 404
                assert (await response.json())["error"]["code"] == "not_found"


async def test_sockets_of_two_worlds_do_not_meet() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url, path="/w/one" + PATH) as client:
            name = await client.create()
        async with connecting(server.url, path="/w/two" + PATH) as client:
            await client.send("interaction.connect", id=name)
            assert (await client.receive())["error"]["code"] == "not_found"


def test_the_client_reads_what_the_server_writes() -> None:
    events: list[Json] = [
        {"event_type": "step.start", "index": 0, "step": {"type": "thought"}},
        {"event_type": "step.delta", "index": 0, "delta": {"type": "text", "text": "no"}},
        {"event_type": "step.start", "index": 1, "step": {"type": "model_output"}},
        {"event_type": "step.delta", "index": 1, "delta": {"type": "text", "text": "yes"}},
    ]
    assert (join_text(events), list_steps(events)) == ("yes", ["thought", "model_output"])
