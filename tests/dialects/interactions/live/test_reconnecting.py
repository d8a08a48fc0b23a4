"""Live interactions and several sockets: reconnect, take over, continue from another one."""

from __future__ import annotations

from typing import Any

import pytest

import mockgem
from tests.interaction_client import (
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

Json = dict[str, Any]
STORY = "Tell me a long story about the sea, in 300 words."


async def test_a_new_connection_continues_the_conversation() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            await client.create()
            await client.say("My name is Alice.")
            await client.receive_turn()
            await client.say("What is my name?")
            expected = await client.receive_turn()
        async with connecting(server.url) as client:
            name = await client.create()
            await client.say("My name is Alice.")
            await client.receive_turn()
            await client.send("interaction.disconnect")
            assert (await client.receive_close()).code == 1000
        async with connecting(server.url) as client:
            await client.connect(name)
            await client.say("What is my name?")
            turn = await client.receive_turn()
    assert turn == expected
    assert "Alice" in join_text(turn)


async def test_an_answer_goes_on_where_the_client_disconnected() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            await client.create(VOICE_MODEL)
            await client.say(STORY)
            expected = await client.receive_turn()
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
            await client.say(STORY)
            await client.receive_until("step.delta")
            await client.send("interaction.disconnect")
            assert (await client.receive_close()).code == 1000
            (_, *first) = client.events
        whole = await read_interaction(server.url, name)
        async with connecting(server.url) as client:
            await client.connect(name)
            rest = await client.receive_turn()
            await client.say("Thank you.")
            following = await client.receive_turn()
    assert "steps" not in whole
    assert [*first, *rest] == expected
    assert following[0]["index"] == expected[-1]["index"] + 1


@pytest.mark.parametrize("model", [TEXT_MODEL, VOICE_MODEL])
async def test_an_answer_goes_on_where_the_connection_was_lost(model: str) -> None:
    rule = {"when": {"endpoint": "generate", "calls": 2}, "faults": [{"fault": "cut", "at": 6}]}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule]})
        async with connecting(server.url) as client:
            await client.create(model)
            await client.say(STORY)
            expected = await client.receive_turn()
        async with connecting(server.url) as client:
            name = await client.create(model)
            await client.say(STORY)
            assert (await client.receive_close()).code == 1006
            (_, *first) = client.events
        async with connecting(server.url) as client:
            await client.connect(name)
            rest = await client.receive_turn()
    assert first == expected[: len(first)]
    missed = len(expected) - len(first) - len(rest)
    assert missed in (0, 1)  # the message that the fault swallowed
    assert rest == expected[len(first) + missed :]


async def test_the_latest_connection_has_the_interaction() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as first:
        name = await first.create()
        async with connecting(server.url) as second:
            await second.connect(name)
            await first.say("Hello")
            error = (await first.receive_until("error"))[-1]["error"]
            assert error == {
                "message": f"Another connection has interaction {name} now.",
                "code": "aborted",
            }
            assert (await first.receive_close()).code == 1011
            await second.say("Hello")
            assert join_text(await second.receive_turn())


async def test_what_has_ended_is_sent_again() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
            await client.say("Hello")
            first = await client.receive_turn()
            await client.say("Who are you?")
            second = await client.receive_turn()
            await client.send("interaction.complete")
            end = await client.receive()
        async with connecting(server.url) as client:
            await client.connect(name)
            await client.say("More")
            again = await client.receive_until("interaction.completed")
            assert (await client.receive_close()).code == 1000
    assert again == [*first, *second, end]


@pytest.mark.parametrize("background", [False, True])
async def test_interactions_of_http_are_sent_as_events(background: bool) -> None:
    body = {"model": TEXT_MODEL, "input": "Why?", "background": background}
    async with mockgem.aserve() as server:
        made = await send_json(server.url, "POST", "/v1beta/interactions", body)
        async with connecting(server.url) as client:
            await client.connect(made["id"])
            events = await client.receive_until("interaction.completed")
        whole = await read_interaction(server.url, made["id"])
    assert list_steps(events) == [step["type"] for step in whole["steps"]]
    assert join_text(events) == whole["steps"][-1]["content"][0]["text"]
    assert events[-1]["usage"] == whole["usage"]


async def test_a_blocked_answer_is_an_error_after_its_steps() -> None:
    body = {"model": TEXT_MODEL, "input": "mockgem:block=SAFETY"}
    async with mockgem.aserve() as server:
        made = await send_json(server.url, "POST", "/v1beta/interactions", body)
        async with connecting(server.url) as client:
            await client.connect(made["id"])
            events = await client.receive_until("interaction.completed")
        async with connecting(server.url) as client:
            await client.create()
            await client.say("mockgem:block=SAFETY")
            error = await client.receive()
            await client.say("Hello")
            assert join_text(await client.receive_turn())
    assert kinds(events) == ["error", "interaction.completed"]
    assert error == events[0]
    assert error["error"]["code"] == "safety"


async def test_input_over_http_is_answered_by_the_socket() -> None:
    config = {"speech_config": {"voice": "Kore"}}
    body = {"model": VOICE_MODEL, "input": "Say hi.", "generation_config": config}
    async with mockgem.aserve() as server:
        made = await send_json(server.url, "POST", "/v1beta/interactions", body)
        assert list(made) == ["id", "status", "usage", "created", "updated", "service_tier",
                              "object", "model"]  # fmt: skip
        assert (await read_interaction(server.url, made["id"]))["status"] == "in_progress"
        async with connecting(server.url) as client:
            await client.connect(made["id"])
            assert count_audio(await client.receive_turn())
        streamed = await send_json(
            server.url, "GET", f"/v1beta/interactions/{made['id']}?stream=true"
        )
    assert streamed["error"]["code"] == "failed_precondition"


async def test_a_live_interaction_is_continued_by_others() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            first = await client.create()
            await client.say("My name is Alice.")
            await client.receive_turn()
            body = {"model": TEXT_MODEL, "input": "What is my name?"}
            body["previous_interaction_id"] = first
            early = await send_json(server.url, "POST", "/v1beta/interactions", body)
            await client.send("interaction.complete")
            await client.receive_close()
        made = await send_json(server.url, "POST", "/v1beta/interactions", body)
        async with connecting(server.url) as client:
            await client.create(previous_interaction_id=first)
            await client.say("What is my name?")
            turn = await client.receive_turn()
    assert early["error"]["code"] == "failed_precondition"
    assert made["steps"][-1]["content"][0]["text"] == join_text(turn)
    assert "Alice" in join_text(turn)


async def test_polls_and_time_do_not_end_a_live_interaction() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create()
        for _ in range(5):
            assert (await read_interaction(server.url, name))["status"] == "in_progress"
        server.clock.advance("1h")
        assert (await read_interaction(server.url, name))["status"] == "in_progress"


async def test_a_connection_lasts_ten_minutes() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create()
            server.clock.advance("9m")
            assert await client.receive() == {"event_type": "reconnection_required"}
            server.clock.advance("1m")
            assert (await client.receive_close()).code == 1011
        async with connecting(server.url) as client:
            await client.connect(name)
            await client.say("Hello")
            assert join_text(await client.receive_turn())


async def test_what_a_live_model_refuses_over_http() -> None:
    refused = {
        "stream": {"stream": True},
        "text": {"response_modalities": ["text"]},
        "voice": {"generation_config": {"speech_config": {"voice": "Nobody"}}},
        "previous": {"previous_interaction_id": "v1_x"},
    }
    async with mockgem.aserve() as server:
        for name, fields in refused.items():
            body = {"model": VOICE_MODEL, "input": "Hi", **fields}
            answer = await send_json(server.url, "POST", "/v1beta/interactions", body)
            assert "error" in answer, name
        missing = await send_json(server.url, "POST", "/v1beta/interactions", {"model": TEXT_MODEL})
    assert missing["error"] == {
        "message": "Missing required parameter 'input'.",
        "code": "invalid_request",
    }
