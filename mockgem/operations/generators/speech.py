"""Generate speech: a tone for each syllable of a text, 16 bits mono, 24,000 samples per second."""

from __future__ import annotations

import math
import re
import struct
from array import array
from collections.abc import Sequence
from functools import lru_cache

from mockgem.operations.generators.seeded_random import SeededRandom

SAMPLE_RATE = 24_000
SYLLABLE_SECONDS = 0.16
PAUSE_SECONDS = 0.06
MAX_CHARACTERS = 4096
"""The rest of a longer text is not spoken."""
VOWELS = re.compile(r"[aeiouyäöü]+", re.I)
PITCHES = (110, 123, 131, 147, 165)


def generate_speech(text: str, random: SeededRandom) -> bytes:
    """Return PCM whose length fits the text: about three words per second."""
    silence = bytes(2 * int(PAUSE_SECONDS * SAMPLE_RATE))
    base = random.draw_below(len(PITCHES))
    pieces = []
    for number, word in enumerate(text[:MAX_CHARACTERS].split()):
        for place in range(max(1, len(VOWELS.findall(word)))):
            pieces.append(generate_syllable(PITCHES[(base + number + place) % len(PITCHES)]))
        pieces.append(silence * (4 if word.endswith((".", "!", "?")) else 1))
    return b"".join(pieces) or silence


def generate_dialogue(text: str, voices: Sequence[str], random: SeededRandom) -> bytes:
    """Return PCM of a text in one voice, or of a dialogue.

    Args:
        voices: The name of a voice, or "SPEAKER: VOICE" for each speaker. In a dialogue, lines
            that begin with a speaker's name change the voice.
    """
    speakers = {
        name: voice
        for name, separator, voice in (entry.partition(": ") for entry in voices)
        if separator
    }
    if not speakers:
        return generate_speech(text, random.fork(voices[0] if voices else ""))
    pieces = []
    voice = next(iter(speakers.values()))
    for line in text[:MAX_CHARACTERS].splitlines():
        name, colon, text_of_speaker = line.partition(":")
        if colon and name.strip() in speakers:
            voice, line = speakers[name.strip()], text_of_speaker
        if line.strip():
            pieces.append(generate_speech(line, random.fork(voice)))
    return b"".join(pieces) or generate_speech(text, random)


@lru_cache(maxsize=16)
def generate_syllable(pitch: int) -> bytes:
    """Return a tone with two overtones that fades in and out."""
    count = int(SYLLABLE_SECONDS * SAMPLE_RATE)
    samples = array("h", bytes(2 * count))
    for place in range(count):
        angle = 2 * math.pi * pitch * place / SAMPLE_RATE
        wave = math.sin(angle) + 0.5 * math.sin(2 * angle) + 0.25 * math.sin(3 * angle)
        samples[place] = round(5000 * math.sin(math.pi * place / count) * wave)
    return samples.tobytes()


def encode_wav(pcm: bytes) -> bytes:
    """Return PCM with the header of a WAV file."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(pcm))
        + b"WAVE"
        + form
        + b"data"
        + struct.pack("<I", len(pcm))
        + pcm
    )
