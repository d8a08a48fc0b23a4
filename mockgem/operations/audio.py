"""Speak a text, and write down what is heard."""

from __future__ import annotations

import hashlib

from mockgem.core.call import OperationContext
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.operations.generators import prose
from mockgem.operations.generators.media_info import read_media_info
from mockgem.operations.generators.seeded_random import SeededRandom


@frozen
class SpeakRequest:
    """A text, and the voice it is to be said in."""

    text: str
    voice: str = ""


@frozen
class TranscribeRequest:
    """A recording."""

    audio: Blob


@frozen
class Transcript:
    text: str
    seconds: float


async def speak(request: SpeakRequest, context: OperationContext) -> bytes:
    """PCM. Raises ApiError for an empty text."""
    if not request.text.strip():
        raise invalid("Request contains an invalid argument.", "empty_part")
    from mockgem.operations.generators.speech import generate_speech

    return generate_speech(request.text, SeededRandom(context.world.seed, "speech", request.voice))


async def transcribe(request: TranscribeRequest, context: OperationContext) -> Transcript:
    """A few sentences, the same for the same bytes. Raises ApiError where there is no sound."""
    if not request.audio.data:
        raise invalid("Request contains an invalid argument.", "empty_part")
    seen = read_media_info(request.audio)
    random = SeededRandom(
        context.world.seed, "transcript", hashlib.blake2b(request.audio.data).hexdigest()
    )
    text = prose.write_paragraph(
        f"a recording of {max(seen.seconds, 0.1):.1f} seconds", random, random.draw_between(2, 4)
    )
    return Transcript(text, round(seen.seconds, 2))
