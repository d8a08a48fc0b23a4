"""Laws of Live sessions: the words of generateContent, whatever the conversation is."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from hypothesis import given, settings
from hypothesis import strategies as st

import mockgem
from tests.live_client import CASCADED, NATIVE, connecting, join_texts, make_setup

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60)
CONVERSATIONS = st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3)


async def talk(texts: list[str], system: str, model: str) -> None:
    """Hold a conversation in a session, and ask for each of its answers by REST too."""
    instruction = {"systemInstruction": {"parts": [{"text": system}]}} if system else {}
    setup = make_setup(model, outputAudioTranscription={}, **instruction)
    name = "text" if model == CASCADED else "outputTranscription"
    contents: list[dict[str, Any]] = []
    async with mockgem.aserve() as server, aiohttp.ClientSession() as http:
        url = f"{server.url}/v1beta/models/gemini-2.5-flash:generateContent?key=k"
        async with connecting(server.url, setup) as client:
            for text in texts:
                contents.append({"role": "user", "parts": [{"text": text}]})
                await client.say(text)
                said = join_texts(await client.receive_turn(), name)
                async with http.post(url, json={"contents": contents, **instruction}) as response:
                    (part,) = (await response.json())["candidates"][0]["content"]["parts"]
                assert said == part["text"]
                contents.append({"role": "model", "parts": [part]})


@settings(deadline=None)
@given(texts=CONVERSATIONS, system=st.just("") | TEXTS.filter(str.strip),
       model=st.sampled_from([CASCADED, NATIVE]))  # fmt: skip
def test_a_session_says_what_generate_content_says(
    texts: list[str], system: str, model: str
) -> None:
    asyncio.run(talk(texts, system, model))
