"""Laws of live interactions: the steps of POST /interactions, whatever the conversation is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
from hypothesis import given, settings
from hypothesis import strategies as st

import mockgem
from tests.dialects.interactions.talking import ADD, read_events
from tests.interaction_client import connecting

Json = dict[str, Any]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60)
CONVERSATIONS = st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3)
MODELS = ["gemini-2.5-flash", "gemini-3-flash-preview", "gemini-4-neon"]
TOOLS: list[list[Json]] = [[], [{"type": "google_search"}], [{"type": "code_execution"}], [ADD]]


def list_changes(events: Sequence[Json]) -> list[Json]:
    """Return what happens to steps, without numbers, usage and the ids of calls."""
    steps = [one for one in events if one["event_type"].startswith("step.")]
    left_out = ("index", "usage")
    changes = [{key: one[key] for key in one if key not in left_out} for one in steps]
    ids = [
        one["step"].get(name, "") for one in changes if "step" in one for name in ("id", "call_id")
    ]
    text = json.dumps(changes)
    for number, name in enumerate(dict.fromkeys(filter(None, ids))):
        text = text.replace(name, f"id-{number}")
    changed: list[Json] = json.loads(text)
    return changed


def list_results(events: Sequence[Json]) -> list[Json]:
    """Return a result for each call of a function."""
    steps = [one["step"] for one in events if one["event_type"] == "step.start"]
    return [
        {"type": "function_result", "call_id": one["id"], "name": one["name"], "result": "42"}
        for one in steps
        if one["type"] == "function_call"
    ]


async def talk(texts: list[str], system: str, model: str, tools: list[Json]) -> None:
    """Hold a conversation on a socket, and ask for each of its answers over HTTP too."""
    more: Json = {"tools": tools} if tools else {}
    more |= {"system_instruction": system} if system else {}
    async with (
        mockgem.aserve() as server,
        aiohttp.ClientSession(headers={"x-goog-api-key": "k"}) as http,
        connecting(server.url) as client,
    ):
        await client.create(model, **more)
        previous: Json = {}

        async def ask(said: list[Json]) -> list[Json]:
            """Return the events of an answer over HTTP."""
            body = {"model": model, "input": said, "stream": True, **more, **previous}
            async with http.post(server.url + "/v1beta/interactions", json=body) as response:
                events = read_events(await response.text())
            previous["previous_interaction_id"] = events[-1]["interaction"]["id"]
            return events

        for text in texts:
            said: list[Json] = [{"type": "text", "text": text}]
            await client.say(*said)
            heard = await client.receive_turn()
            expected = await ask(said)
            for _ in range(8):
                assert list_changes(heard) == list_changes(expected)
                results = list_results(expected)
                if not results:
                    break
                await client.say(*list_results(heard))
                heard = await client.receive_turn()
                expected = await ask(results)


@settings(deadline=None)
@given(texts=CONVERSATIONS, system=st.just("") | TEXTS.filter(str.strip),
       model=st.sampled_from(MODELS), tools=st.sampled_from(TOOLS))  # fmt: skip
def test_a_live_interaction_has_the_steps_of_a_stream(
    texts: list[str], system: str, model: str, tools: list[Json]
) -> None:
    asyncio.run(talk(texts, system, model, tools))
