"""The documented sample of Lyria RealTime, and tokens, with Google's SDK."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from google import genai
from google.genai import types

from tests.genai.test_live import CASCADED, bundle

__all__ = ["bundle"]


async def test_the_documented_sample_plays_music(url: str, bundle: Path) -> None:
    client = genai.Client(
        api_key="any-key", http_options={"base_url": url, "api_version": "v1alpha"}
    )
    heard: list[bytes] = []

    async def receive_audio(session: genai.live_music.AsyncMusicSession) -> None:
        while len(heard) < 4:
            async for message in session.receive():
                heard.append(message.server_content.audio_chunks[0].data)
                await asyncio.sleep(10**-12)
                if len(heard) >= 4:
                    break

    async with (
        client.aio.live.music.connect(model="models/lyria-realtime-exp") as session,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(receive_audio(session))
        await session.set_weighted_prompts(
            prompts=[types.WeightedPrompt(text="minimal techno", weight=1.0)]
        )
        await session.set_music_generation_config(
            config=types.LiveMusicGenerationConfig(bpm=90, temperature=1.0)
        )
        await session.play()
    assert [len(one) for one in heard] == [384_000] * 4
    assert len(set(heard)) == 4


@pytest.mark.skipif(not hasattr(genai.Client, "auth_tokens"), reason="this major has no tokens")
async def test_a_token_opens_one_session(url: str, bundle: Path) -> None:
    options = {"base_url": url, "api_version": "v1alpha"}
    owner = genai.Client(api_key="any-key", http_options=options)
    token = owner.auth_tokens.create(config={"uses": 1, "live_connect_constraints": {
        "model": CASCADED, "config": {"response_modalities": ["TEXT"]}}})  # fmt: skip
    client = genai.Client(api_key=token.name, http_options=options)
    async with client.aio.live.connect(model="ignored", config={}) as session:
        await session.send_realtime_input(text="Are you there?")
        assert "".join([one.text or "" async for one in session.receive()])
    with pytest.raises(Exception, match="used too many times"):
        async with client.aio.live.connect(model=CASCADED, config={}):
            pass
