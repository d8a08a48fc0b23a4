"""WAV files that a scenario lets the model say: read, checked, and brought into one form.

Sessions send PCM with 16 bits, mono, 24,000 samples a second. Evidence: doc-live-tokens.
"""

from __future__ import annotations

import io
import sys
from array import array
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mockgem.core.content import Blob
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.schema_replies import Say
from mockgem.scenarios.scripted_replies import BadDecision, read_file
from mockgem.scenarios.validation import Mistake, list_rules

SAMPLE_RATE = 24_000
RATES = range(8_000, 48_001)
MAX_SECONDS = 300


def read_audio(name: str, folder: Path | None) -> Blob:
    """Return a WAV file as a session sends it. Raises BadDecision for one that can't be used."""
    data = read_file(name, folder)
    try:
        return Blob(f"audio/pcm;rate={SAMPLE_RATE}", decode_wav(data))
    except ValueError as error:
        raise BadDecision(f"{name!r} {error}") from None


@lru_cache(maxsize=16)
def decode_wav(data: bytes) -> bytes:
    """Return the samples of a WAV file in the Live API's form.

    Stereo becomes mono, and another rate is converted. Raises ValueError for another form.
    """
    import wave

    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            count = file.getnframes()
            frames = file.readframes(count)
    except (wave.Error, EOFError) as error:
        raise ValueError(f"is not a WAV file with PCM: {error or 'it ends too early'}") from None
    if width != 2:
        raise ValueError(f"has {8 * width} bits a sample: use 16")
    if channels not in (1, 2):
        raise ValueError(f"has {channels} channels: use 1 or 2")
    if rate not in RATES:
        raise ValueError(f"has {rate} samples a second: use {RATES[0]} to {RATES[-1]}")
    if not frames:
        raise ValueError("has no samples")
    if count > MAX_SECONDS * rate:
        raise ValueError(f"is longer than {MAX_SECONDS} seconds")
    samples = to_samples(frames[: len(frames) // (2 * channels) * 2 * channels])
    return to_bytes(convert_rate(mix(samples, channels), rate))


def to_samples(frames: bytes) -> array[int]:
    samples = array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def to_bytes(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def mix(samples: array[int], channels: int) -> array[int]:
    """Return one channel: the mean of two."""
    if channels == 1:
        return samples
    pairs = zip(samples[::2], samples[1::2], strict=True)
    return array("h", [(left + right) // 2 for left, right in pairs])


def convert_rate(samples: array[int], rate: int) -> array[int]:
    """Return samples at SAMPLE_RATE, on straight lines between the given ones."""
    if rate == SAMPLE_RATE:
        return samples
    count = len(samples) * SAMPLE_RATE // rate
    last = len(samples) - 1
    converted = array("h")
    for number in range(count):
        place, rest = divmod(number * rate, SAMPLE_RATE)
        first, second = samples[place], samples[min(place + 1, last)]
        converted.append(first + (second - first) * rest // SAMPLE_RATE)
    return converted


def find_bad_audio(scenario: Scenario, folder: Path | None) -> list[Mistake]:
    """Return the audio files of a scenario that can't be used, with their locations."""
    return [
        ((*location, "say", *place), f"{name}: {message}")
        for rule, name, location in list_rules(scenario)
        if rule.say is not None
        for place, message in find_in_reply(rule.say, folder)
    ]


def find_in_reply(say: Say, folder: Path | None) -> Iterator[Mistake]:
    for number, turn in enumerate(say.turns):
        for place, message in find_in_reply(turn, folder):
            yield ("turns", number, *place), message
    if say.audio is not None:
        try:
            read_audio(say.audio, folder)
        except BadDecision as error:
            yield ("audio",), f"audio: {error}"
