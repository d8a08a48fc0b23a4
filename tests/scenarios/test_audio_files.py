"""WAV files that the model says in a Live session: checked when the scenario is loaded."""

from __future__ import annotations

import io
import json
import math
import struct
import wave
from base64 import b64decode
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import mockgem
from mockgem.cli.scenario import command
from mockgem.scenarios.audio_files import decode_wav
from tests.live_client import (
    CASCADED,
    LIVE_3,
    NATIVE,
    connecting,
    join_texts,
    make_setup,
)

RATE = 24_000


def make_wav(samples: list[int], rate: int = RATE, channels: int = 1, width: int = 2) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(b"".join(struct.pack("<h", one)[:width] for one in samples))
    return file.getvalue()


def make_sine(seconds: float, rate: int = RATE) -> list[int]:
    count = int(seconds * rate)
    return [int(9_000 * math.sin(2 * math.pi * 440 * at / rate)) for at in range(count)]


def write_scenario(folder: Path, say: Any, **rule: Any) -> Path:
    folder.mkdir(exist_ok=True)
    rules = [{"when": {"endpoint": "generate"}, "say": say, **rule}]
    (folder / "voice.yaml").write_text(json.dumps({"title": "A voice", "rules": rules}))
    return folder


async def listen(url: str, model: str = NATIVE, **more: Any) -> tuple[bytes, str]:
    """Return the audio of an answer, and its transcript."""
    setup = make_setup(model, outputAudioTranscription={}, **more)
    async with connecting(url, setup) as client:
        await client.say("Hello")
        messages = await client.receive_turn()
    turns = [one.get("serverContent", {}).get("modelTurn", {}) for one in messages]
    parts = [part for turn in turns for part in turn.get("parts", ())]
    pcm = b"".join(b64decode(one["inlineData"]["data"]) for one in parts if "inlineData" in one)
    return pcm, join_texts(messages)


@pytest.mark.parametrize("model", [NATIVE, LIVE_3])
async def test_a_session_plays_the_file_with_its_transcript(tmp_path: Path, model: str) -> None:
    samples = make_sine(0.7)
    folder = write_scenario(tmp_path / "s", {"audio": "hi.wav", "text": "Good morning to you."})
    (folder / "hi.wav").write_bytes(make_wav(samples))
    async with mockgem.aserve(scenarios=(str(folder),), scenario="voice") as server:
        pcm, words = await listen(server.url, model)
    assert pcm == struct.pack(f"<{len(samples)}h", *samples)
    assert words == "Good morning to you."


async def test_audio_needs_no_transcript(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path / "s", {"turns": [{"audio": "hi.wav"}, "Next."]})
    (folder / "hi.wav").write_bytes(make_wav([1, 2, 3]))
    async with mockgem.aserve(scenarios=(str(folder),), scenario="voice") as server:
        assert await listen(server.url) == (struct.pack("<3h", 1, 2, 3), "")


@given(st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=50), st.sampled_from([1, 2]))
def test_a_file_in_the_right_form_stays_as_it_is(samples: list[int], channels: int) -> None:
    """Both channels the same: their mean is each of them."""
    frames = [one for one in samples for _ in range(channels)]
    wav = make_wav(frames, channels=channels)
    assert decode_wav(wav) == struct.pack(f"<{len(samples)}h", *samples)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_another_rate_is_converted(rate: int) -> None:
    pcm = decode_wav(make_wav(make_sine(0.5, rate), rate))
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    assert len(samples) == RATE // 2
    wanted = make_sine(0.5)
    pairs = list(zip(samples, wanted, strict=True))[:-4]
    assert max(abs(one - other) for one, other in pairs) < 200


MISTAKES = {
    "another width": (make_wav([1, 2], width=1), "'a.wav' has 8 bits a sample: use 16"),
    "many channels": (make_wav([1] * 6, channels=3), "'a.wav' has 3 channels: use 1 or 2"),
    "another rate": (make_wav([1], 96_000),
                     "'a.wav' has 96000 samples a second: use 8000 to 48000"),
    "no samples": (make_wav([]), "'a.wav' has no samples"),
    "no WAV": (b"ID3" + bytes(100), "'a.wav' is not a WAV file with PCM"),
    "cut": (make_wav([1])[:20], "'a.wav' is not a WAV file with PCM"),
    "too long": (make_wav([0] * 8_000 * 301, 8_000), "'a.wav' is longer than 300 seconds"),
    "missing": (None, "'a.wav' is missing or larger than"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_file_that_cannot_be_used_is_named_at_the_start(name: str, tmp_path: Path) -> None:
    data, message = MISTAKES[name]
    folder = write_scenario(tmp_path / "s", {"turns": ["One.", {"audio": "a.wav"}]})
    if data is not None:
        (folder / "a.wav").write_bytes(data)
    with pytest.raises(ValueError, match="rule-1: audio: ") as refused:
        mockgem.serve(scenarios=(str(folder),)).__enter__()
    assert message in str(refused.value)
    done = CliRunner().invoke(command, ["check", str(folder / "voice.yaml")])
    assert done.exit_code == 1
    assert message in done.output


def test_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(make_wav([1]))
    folder = write_scenario(tmp_path / "s", {"audio": "../a.wav"})
    with pytest.raises(ValueError, match="is not in the scenario's folder"):
        mockgem.serve(scenarios=(str(folder),)).__enter__()


async def test_a_scenario_without_a_file_has_no_audio() -> None:
    async with mockgem.aserve() as server:
        with pytest.raises(ValueError, match="not a file itself cannot use files"):
            server.scenario({"rules": [{"when": {"endpoint": "generate"},
                                        "say": {"audio": "a.wav"}}]})  # fmt: skip


async def test_audio_is_for_sessions(tmp_path: Path) -> None:
    """A session in text gets the transcript; other requests get an error that says what to do."""
    folder = write_scenario(tmp_path / "s", {"audio": "a.wav", "text": "Good morning."})
    (folder / "a.wav").write_bytes(make_wav([1]))
    async with mockgem.aserve(scenarios=(str(folder),), scenario="voice") as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            assert join_texts(await client.receive_turn(), "text") == "Good morning."
        url = f"{server.url}/v1beta/models/gemini-2.5-flash:generateContent?key=any-key"
        contents = [{"role": "user", "parts": [{"text": "Hello"}]}]
        async with aiohttp.ClientSession() as http:
            async with http.post(url, json={"contents": contents}) as response:
                assert response.status == 400
                message = (await response.json())["error"]["message"]
    assert message.startswith("say.audio is for the turns of Live sessions: add")
