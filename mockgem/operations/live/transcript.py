"""What the user said: mockgem understands no speech, but the same audio is the same words."""

from __future__ import annotations

import re

from mockgem.operations.generators import prose
from mockgem.operations.generators.seeded_random import SeededRandom, hash_data


def transcribe(data: bytes, rate: int, seed: int) -> str:
    """Return a sentence for some audio: the same for the same samples."""
    seconds = max(len(data) / (2 * rate), 0.1)
    random = SeededRandom(seed, "transcript", hash_data(data))
    return prose.write_paragraph(f"a recording of {seconds:.1f} seconds", random, 1)


def write_fragments(text: str) -> list[str]:
    """Return the words with the spaces in front of them, as transcripts of speech arrive.

    Evidence: native-146-ws-pydantic-test-audio-in-server-vad-turn.
    """
    return [f" {word}" for word in re.findall(r"\S+", text)]
