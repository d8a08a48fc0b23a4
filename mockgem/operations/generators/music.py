"""Generate music: 16 bits, 48,000 frames a second in stereo, note by note.

A step is a quarter of a beat. Which note it has follows from the seed, the prompts and the number
of the step, so any part of the music can be generated alone. Notes are cached as bytes: a chunk is
mostly put together, not computed.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from functools import lru_cache

from mockgem.core.frozen import frozen

FRAME_RATE = 48_000
BYTES_PER_FRAME = 4
CHUNK_SECONDS = 2
CHUNK_FRAMES = CHUNK_SECONDS * FRAME_RATE
STEPS_PER_BEAT = 4
LEVELS = 8
"""Loudness levels of a note from its beginning to its end."""
MAJOR_STEPS = (0, 2, 4, 5, 7, 9, 11, 12)
LOWEST_NOTE = 110.0
"""Hertz of the note A2."""
SCALES = (
    "scale_unspecified", "c_major_a_minor", "d_flat_major_b_flat_minor", "d_major_b_minor",
    "e_flat_major_c_minor", "e_major_d_flat_minor", "f_major_d_minor",
    "g_flat_major_e_flat_minor", "g_major_e_minor", "a_flat_major_f_minor",
    "a_major_g_flat_minor", "b_flat_major_g_minor", "b_major_a_flat_minor",
)  # fmt: skip
"""The scales that the model accepts; each is a semitone above the one before it."""


@frozen
class MusicConfig:
    """What shapes the music. None lets the model decide (documented).

    Evidence: doc-lyria-realtime.
    """

    temperature: float = 1.1
    top_k: int = 40
    seed: int | None = None
    guidance: float = 4.0
    bpm: int | None = None
    density: float | None = None
    brightness: float | None = None
    scale: str = ""
    mute_bass: bool = False
    mute_drums: bool = False
    only_bass_and_drums: bool = False
    mode: str = ""


Prompts = tuple[tuple[str, float], ...]
"""Texts and their weights."""


@frozen
class Note:
    """What sounds during a step; `kind` is melody, bass, drum or rest."""

    kind: str
    hertz: float = 0.0


def generate_chunk(seed: int, prompts: Prompts, config: MusicConfig, number: int) -> bytes:
    """Return two seconds of music, the chunk with a number from 0."""
    frames = count_step_frames(prompts, config)
    start = number * CHUNK_FRAMES
    first, last = start // frames, (start + CHUNK_FRAMES - 1) // frames
    brightness = round(8 * choose_default(config.brightness, prompts, "brightness"))
    notes = [choose_note(seed, prompts, config, step) for step in range(first, last + 1)]
    pcm = b"".join([render_note(note, frames, brightness) for note in notes])
    skipped = BYTES_PER_FRAME * (start - first * frames)
    return pcm[skipped : skipped + BYTES_PER_FRAME * CHUNK_FRAMES]


def count_step_frames(prompts: Prompts, config: MusicConfig) -> int:
    bpm = config.bpm or 60 + round(80 * choose_default(None, prompts, "bpm"))
    return round(FRAME_RATE * 60 / bpm / STEPS_PER_BEAT)


def choose_default(value: float | None, prompts: Prompts, name: str) -> float:
    """Return a setting, or a number from 0.2 to 0.8 that follows from the first prompt."""
    if value is not None:
        return value
    text = prompts[0][0] if prompts else ""
    return 0.2 + 0.6 * draw(text, name)


def draw(*facts: object) -> float:
    """Return a number from 0 to 1 that follows from the facts."""
    text = "\0".join(map(str, facts)).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(text, digest_size=4).digest(), "big") / 2**32


def choose_note(seed: int, prompts: Prompts, config: MusicConfig, step: int) -> Note:
    """Return the note of a step: a drum on each beat, a bass between them, and a melody."""
    facts = (seed, config.seed, config.mode, round(config.temperature, 2), config.top_k)
    prompt = choose_prompt(prompts, draw(*facts, "prompt", step // STEPS_PER_BEAT))
    root = LOWEST_NOTE * 2 ** ((choose_scale(prompt, config) % 12) / 12)
    place = step % STEPS_PER_BEAT
    if place == 0 and not config.mute_drums:
        return Note("drum", 200.0)
    if place == 2 and not config.mute_bass:
        return Note("bass", root / 2)
    density = choose_default(config.density, prompts, "density")
    if config.only_bass_and_drums or draw(*facts, prompt, "rest", step) >= density:
        return Note("rest")
    degree = int(draw(*facts, prompt, round(config.guidance, 1), step) * len(MAJOR_STEPS))
    return Note("melody", 2 * root * 2 ** (MAJOR_STEPS[degree] / 12))


def choose_prompt(prompts: Prompts, chance: float) -> str:
    """Return one of the prompts, as often as its weight says."""
    total = sum([abs(weight) for _, weight in prompts])
    reached = 0.0
    for text, weight in prompts:
        reached += abs(weight)
        if chance * total < reached:
            return text
    return prompts[-1][0] if prompts else ""


def choose_scale(prompt: str, config: MusicConfig) -> int:
    """Return the semitones of the scale above its lowest note."""
    if config.scale in SCALES[1:]:
        return SCALES.index(config.scale) + 2
    return int(12 * draw(prompt, "scale"))


@lru_cache(maxsize=256)
def render_note(note: Note, frames: int, brightness: int) -> bytes:
    """Return a step of sound. A brighter sound has more overtones."""
    if note.kind == "rest":
        return bytes(BYTES_PER_FRAME * frames)
    wave = render_noise() if note.kind == "drum" else render_wave(note.hertz, brightness)
    decay = 4.0 if note.kind == "drum" else 1.5
    pieces = []
    length = -(-frames // LEVELS)
    for level in range(LEVELS):
        loudness = math.exp(-decay * level / LEVELS) * (0.35 if note.kind == "drum" else 0.8)
        period = to_stereo([round(sample * loudness) for sample in wave])
        count = -(-length * BYTES_PER_FRAME // len(period))
        pieces.append((period * count)[: length * BYTES_PER_FRAME])
    return b"".join(pieces)[: frames * BYTES_PER_FRAME]


@lru_cache(maxsize=128)
def render_wave(hertz: float, brightness: int) -> tuple[int, ...]:
    """Return one period of a tone with one overtone for each step of brightness."""
    size = round(FRAME_RATE / hertz)
    overtones = range(1, 2 + brightness)
    scale = 12_000 / sum([1 / one for one in overtones])
    return tuple(
        [
            round(scale * sum([math.sin(2 * math.pi * one * at / size) / one for one in overtones]))
            for at in range(size)
        ]
    )


@lru_cache(maxsize=1)
def render_noise() -> tuple[int, ...]:
    """Return noise that is always the same."""
    digest = b"".join([hashlib.blake2b(bytes([at])).digest() for at in range(16)])
    return tuple([(byte - 128) * 90 for byte in digest])


def to_stereo(samples: list[int]) -> bytes:
    both = array("h", [sample for sample in samples for _ in range(2)])
    if array("h", [1]).tobytes() != b"\x01\x00":
        both.byteswap()
    return both.tobytes()
