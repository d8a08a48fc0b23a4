"""What pictures, speech, transcripts, videos, embeddings and Live sessions cost on a server."""

from __future__ import annotations

import base64
import json
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.operations.costs.prices import VIDEO_TOKENS
from mockgem.operations.generators.speech import encode_wav
from tests.live_client import NATIVE, connecting, make_setup
from tests.telemetry.scraping import GOOGLE_KEY, KEY, Json, post
from tests.telemetry.test_costs import read_costs

MODELS = "/v1beta/models"
PROMPT = "A fox in the snow"
DRAW: Json = {"model": "imagen-4.0-fast-generate-001", "prompt": PROMPT, "n": 3}
VEO = "veo-3.1-generate-preview"
PIXEL = base64.b64encode(
    bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")
).decode()


def predict(count: int) -> Json:
    return {"instances": [{"prompt": PROMPT}], "parameters": {"sampleCount": count}}


def film(**parameters: Any) -> Json:
    return {"instances": [{"prompt": PROMPT}], "parameters": parameters}


async def charge(path: str, body: Json) -> tuple[Any, Any]:
    """Return the journal entry of a request, and the costs of the world after it."""
    async with mockgem.aserve(costs=True) as server, aiohttp.ClientSession() as session:
        status, answer, _ = await post(session, server.url + path, body)
        assert status == 200, answer
        return server.journal()[0], await read_costs(session, server.url)


@pytest.mark.parametrize(
    ("path", "body", "dollars", "media"),
    [
        (f"{MODELS}/imagen-4.0-generate-001:predict", predict(2), 0.08, ("images", 2)),
        ("/v1beta/openai/images/generations", DRAW, 0.06, ("images", 3)),
        ("/v1/images/generations", DRAW, 0.06, ("images", 3)),
        (f"{MODELS}/{VEO}:predictLongRunning", film(durationSeconds=8), 3.2, ("seconds", 8)),
        (
            f"{MODELS}/{VEO}:predictLongRunning",
            film(durationSeconds=8, resolution="4k"),
            4.8,
            ("seconds", 8),
        ),
        (
            f"{MODELS}/veo-3.1-lite-generate-preview:predictLongRunning",
            film(durationSeconds=8, resolution="1080p"),
            0.64,
            ("seconds", 8),
        ),
        (
            "/v1/videos",
            {"model": VEO, "prompt": PROMPT, "seconds": "4", "size": "1280x720"},
            1.6,
            ("seconds", 4),
        ),
        (
            "/v1beta/openai/videos",
            {"model": "veo-3.1-fast-generate-preview", "prompt": PROMPT, "size": "1080x1920"},
            0.96,
            ("seconds", 8),
        ),
    ],
)
async def test_pieces_are_charged(
    path: str, body: Json, dollars: float, media: tuple[str, int]
) -> None:
    entry, costs = await charge(path, body)
    assert entry["cost_usd"] == pytest.approx(dollars)
    (row,) = costs["models"]
    assert (row["usd"], row[media[0]]) == (pytest.approx(dollars), media[1])
    assert costs["unpriced"] == []


async def test_generated_pictures_cost_their_tokens_on_every_surface() -> None:
    content: Json = {"contents": [{"parts": [{"text": PROMPT}]}]}
    content["generationConfig"] = {"responseModalities": ["IMAGE"]}
    _, costs = await charge(f"{MODELS}/gemini-3-pro-image:generateContent", content)
    (row,) = costs["models"]
    others = row["output_tokens"] - 1120
    expected = (row["input_tokens"] * 2 + 1120 * 120 + others * 12) / 1e6
    assert others >= 0
    assert row["usd"] == pytest.approx(expected)
    _, costs = await charge(
        "/v1/images/generations", {**DRAW, "model": "gemini-2.5-flash-image", "n": 1}
    )
    (row,) = costs["models"]
    assert row["output_tokens"] == 1290
    assert row["usd"] == pytest.approx((row["input_tokens"] * 0.3 + 1290 * 30) / 1e6)


async def test_speech_and_transcripts_cost_25_tokens_a_second() -> None:
    speech = {"model": "gemini-2.5-flash-preview-tts", "input": "Hello there.", "voice": "Kore"}
    _, costs = await charge("/v1/audio/speech", speech)
    (row,) = costs["models"]
    assert row["output_tokens"] > 10
    expected = (row["input_tokens"] * 0.5 + row["output_tokens"] * 10) / 1e6
    assert row["usd"] == pytest.approx(expected)
    async with mockgem.aserve(costs=True) as server, aiohttp.ClientSession() as session:
        form = aiohttp.FormData({"model": "gemini-3.5-transcribe"})
        form.add_field("file", encode_wav(bytes(48_000 * 4)), filename="a.wav")
        url = f"{server.url}/v1/audio/transcriptions"
        async with session.post(url, data=form, headers=KEY) as response:
            assert response.status == 200, await response.text()
        (row,) = (await read_costs(session, server.url))["models"]
    assert row["input_tokens"] == 100
    assert row["usd"] == pytest.approx((100 * 2 + row["output_tokens"] * 12) / 1e6)


async def test_audio_and_pictures_in_a_prompt_have_their_prices() -> None:
    sound = base64.b64encode(encode_wav(bytes(48_000 * 2))).decode()
    parts = [{"inlineData": {"mimeType": "audio/wav", "data": sound}}, {"text": "What is it?"}]
    entry, costs = await charge(
        f"{MODELS}/gemini-2.5-flash:generateContent", {"contents": [{"parts": parts}]}
    )
    (row,) = costs["models"]
    audio = 64
    text = row["input_tokens"] - audio
    assert 0 < text < 20
    expected = (text * 0.3 + audio * 1.0 + row["output_tokens"] * 2.5) / 1e6
    assert entry["cost_usd"] == pytest.approx(expected)


async def test_embedded_media_have_their_prices() -> None:
    parts = [{"inlineData": {"mimeType": "image/png", "data": PIXEL}}, {"text": "a small picture"}]
    body = {"content": {"parts": parts}}
    _, costs = await charge(f"{MODELS}/gemini-embedding-2:embedContent", body)
    (row,) = costs["models"]
    text = row["input_tokens"] - 258
    assert 0 < text < 10
    assert row["usd"] == pytest.approx((258 * 0.45 + text * 0.2) / 1e6)


@pytest.mark.parametrize(
    ("path", "body", "model"),
    [
        ("/v1/images/generations", {**DRAW, "model": "gemini-nano-banana-2.1"}, "nano-banana-2.1"),
        (
            f"{MODELS}/gemini-omni-1.2-flash:predictLongRunning",
            film(durationSeconds=8),
            "omni-1.2-flash",
        ),
    ],
)
async def test_media_without_a_known_price_are_named(path: str, body: Json, model: str) -> None:
    entry, costs = await charge(path, body)
    assert entry["cost_usd"] is None
    (row,) = costs["unpriced"]
    assert row["model"] == f"gemini-{model}"
    assert (costs["models"], costs["usd"]) == ([], 0.0)


async def test_a_video_of_gemini_omni_costs_its_tokens() -> None:
    path = f"{MODELS}/gemini-omni-1.1-flash:predictLongRunning"
    entry, _ = await charge(path, film(durationSeconds=5))
    assert entry["cost_usd"] == pytest.approx(5 * VIDEO_TOKENS["720p"] * 17.5 / 1e6)


@pytest.mark.parametrize(("options", "source"), [({"budget": 0.05}, "budget"), ({}, "scenario")])
async def test_a_budget_counts_media(options: dict[str, float], source: str) -> None:
    async with mockgem.aserve(**options) as server, aiohttp.ClientSession() as session:
        if not options:
            server.scenario({"rules": [{"budget": 0.05}]})
        url = server.url + "/v1/images/generations"
        assert [(await post(session, url, DRAW))[0] for _ in range(2)] == [200, 429]
        assert [entry["source"] for entry in server.journal()] == ["engine", source]


async def test_a_live_session_costs_the_speech_that_its_messages_count() -> None:
    async with mockgem.aserve(costs=True) as server, aiohttp.ClientSession() as session:
        async with connecting(server.url) as client:
            await client.send({"setup": make_setup(NATIVE)})
            messages = []
            for text in ("Hello", "And again"):
                await client.say(text)
                messages += await client.receive_until("turnComplete")
        usages = [one["usageMetadata"] for one in messages if "usageMetadata" in one]
        for _ in range(200):
            costs = await read_costs(session, server.url)
            if costs["models"]:
                break
    assert len(usages) == 2
    (row,) = costs["models"]
    spoken = sum(one["responseTokenCount"] for one in usages)
    thoughts = sum(one.get("thoughtsTokenCount", 0) for one in usages)
    assert row["output_tokens"] == spoken + thoughts
    assert row["usd"] == pytest.approx(
        (row["input_tokens"] * 0.5 + spoken * 12 + thoughts * 2) / 1e6
    )


def test_the_command_shows_media_if_there_are_any() -> None:
    with mockgem.serve(costs=True) as server:
        import urllib.request

        for path, body in (
            ("/v1/images/generations", DRAW),
            (f"{MODELS}/{VEO}:predictLongRunning", film(durationSeconds=8)),
        ):
            key = GOOGLE_KEY if path.startswith(MODELS) else KEY
            request = urllib.request.Request(
                server.url + path,
                json.dumps(body).encode(),
                {**key, "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=60):
                pass
        output = CliRunner().invoke(main, ["costs", "--url", server.url]).output
    heading, imagen, veo, _, total = output.splitlines()
    assert heading.split() == ["MODEL", "REQUESTS", "INPUT", "CACHED", "OUTPUT", "MEDIA", "USD"]
    assert imagen.split()[-3:] == ["3", "images", "0.060000"]
    assert veo.split()[-3:] == ["8", "s", "3.200000"]
    assert total == "Total: 3.260000 US dollars."
