"""Batches and Live sessions have the same words as a chat, when a prompt asks for a form."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

import mockgem
from tests.asking import Asker
from tests.dialects.interactions import talking
from tests.dialects.openai.responses import talking as responding
from tests.live_client import CASCADED, TEXT, connecting, join_texts, make_setup
from tests.operations.forms.prompt_files import Prompt, ask_prompt, read_prompts

MODEL = "gemini-2.5-flash"
PATH = f"/v1beta/models/{MODEL}:batchGenerateContent"
SINGLE = [one for one in read_prompts("prompts") if not one.history and not one.system]
SOME = SINGLE[::40]


def join_parts(answer: Any) -> str:
    return "".join(part["text"] for part in answer["candidates"][0]["content"]["parts"])


def test_a_batch_has_the_words_of_chats() -> None:
    asker = Asker()
    expected = [ask_prompt(one, asker) for one in SOME]
    requests = [
        {"request": {"contents": [{"role": "user", "parts": [{"text": one.text}]}]}} for one in SOME
    ]
    body = {"batch": {"inputConfig": {"requests": {"requests": requests}}}}
    name = asker.send("POST", PATH, json.dumps(body).encode()).json["name"]
    asker.world.clock.advance(100_000)
    ended = asker.send("GET", f"/v1beta/{name}").json
    rows = ended["response"]["inlinedResponses"]["inlinedResponses"]
    assert [join_parts(row["response"]) for row in rows] == expected


@pytest.mark.parametrize("prompt", SOME, ids=str)
def test_interactions_and_responses_have_the_words_of_a_chat(prompt: Prompt) -> None:
    asker = Asker()
    expected = ask_prompt(prompt, asker)
    made = talking.create(asker, prompt.text, model=MODEL).json
    assert talking.text_of(made) == expected
    answered = responding.create(asker, prompt.text, model=MODEL).json
    texts = [part["text"] for item in answered["output"] for part in item.get("content", ())]
    assert "".join(texts) == expected


@pytest.mark.parametrize("prompt", SOME[::3], ids=str)
async def test_a_live_session_has_the_words_of_generate_content(prompt: Prompt) -> None:
    contents = [{"role": "user", "parts": [{"text": prompt.text}]}]
    setup = make_setup(CASCADED, generationConfig=TEXT)
    async with mockgem.aserve() as server:
        async with connecting(server.url, setup) as client:
            await client.say(prompt.text)
            said = join_texts(await client.receive_turn(), "text")
        async with aiohttp.ClientSession() as http:
            target = f"{server.url}/v1beta/models/{MODEL}:generateContent?key=k"
            async with http.post(target, json={"contents": contents}) as response:
                assert join_parts(await response.json()) == said
