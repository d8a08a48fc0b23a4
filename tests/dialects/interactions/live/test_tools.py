"""Tools in live interactions: calls as steps, and their results as input."""

from __future__ import annotations

from typing import Any

import mockgem
from tests.dialects.interactions.talking import ADD
from tests.interaction_client import (
    PIXEL,
    VOICE_MODEL,
    InteractionClient,
    connecting,
    count_audio,
    join_text,
    list_steps,
    read_interaction,
)

Json = dict[str, Any]
QUESTION = "Use the tool: add 2 and 3."


async def ask_for_call(client: InteractionClient) -> Json:
    """Ask a question that needs the tool, and return the step of the call."""
    await client.say(QUESTION)
    turn = await client.receive_turn()
    return next(one["step"] for one in turn if one.get("step", {}).get("type") == "function_call")


def result_of(call: Json, result: Any = "5") -> Json:
    return {"type": "function_result", "call_id": call["id"], "result": result}


async def test_a_call_waits_for_its_result() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(tools=[ADD])
            call = await ask_for_call(client)
            assert (call["name"], call["arguments"]) == ("add", {})
            await client.say(result_of(call))
            answer = await client.receive_turn()
            assert join_text(answer)
            await client.say(result_of(call))
            error = (await client.receive())["error"]
            assert error == {
                "message": f"No function call with the id '{call['id']}' is open.",
                "code": "invalid_request",
            }
        whole = await read_interaction(server.url, name)
    assert "function_call" in [step["type"] for step in whole["steps"]]
    assert whole["input"][1] == {
        "call_id": call["id"],
        "result": "5",
        "type": "function_result",
    }


async def test_a_result_may_have_media_and_words_beside_it() -> None:
    picture = {"type": "image", "data": PIXEL, "mime_type": "image/png"}
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(tools=[ADD])
        call = await ask_for_call(client)
        contents = [{"type": "text", "text": "five"}, picture]
        await client.say(result_of(call, contents), "What do you see?")
        turn = await client.receive_turn()
        assert list_steps(turn)[-1] == "model_output"


async def test_words_in_place_of_a_result_take_the_call_back() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(tools=[ADD])
        call = await ask_for_call(client)
        await client.say("Forget it. Who are you?")
        assert list_steps(await client.receive_turn())
        await client.say(result_of(call))
        assert "is open" in (await client.receive())["error"]["message"]


async def test_a_speaking_model_calls_and_then_speaks() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(VOICE_MODEL, tools=[ADD])
        call = await ask_for_call(client)
        await client.say(result_of(call, {"sum": 5}))
        assert count_audio(await client.receive_turn())


async def test_a_call_survives_a_new_connection() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            name = await client.create(tools=[ADD])
            call = await ask_for_call(client)
            await client.send("interaction.disconnect")
            await client.receive_close()
        async with connecting(server.url) as client:
            await client.connect(name)
            await client.say(result_of(call))
            assert join_text(await client.receive_turn())


async def test_the_tools_of_the_service_are_steps() -> None:
    async with mockgem.aserve() as server, connecting(server.url) as client:
        await client.create(tools=[{"type": "google_search"}])
        await client.say("Search: who won the match yesterday?")
        turn = await client.receive_turn()
    assert list_steps(turn)[:2] == ["google_search_call", "google_search_result"]
