"""Speak a text, and write down what is heard."""

from __future__ import annotations

import hashlib

from mockgem.core.call import Occasion
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.operations.generators import prose
from mockgem.operations.generators.media_info import look_at
from mockgem.operations.generators.seeded_random import Dice


@value
class Speak:
    """A text, and the voice it is to be said in."""

    text: str
    voice: str = ""


@value
class Transcribe:
    """A recording."""

    sound: Blob


@value
class Transcript:
    text: str
    seconds: float


async def speak(request: Speak, occasion: Occasion) -> bytes:
    """PCM. Raises ApiError for an empty text."""
    if not request.text.strip():
        raise invalid("Request contains an invalid argument.", "empty_part")
    from mockgem.operations.generators.speech import speech

    return speech(request.text, Dice(occasion.world.seed, "speech", request.voice))


async def transcribe(request: Transcribe, occasion: Occasion) -> Transcript:
    """A few sentences, the same for the same bytes. Raises ApiError where there is no sound."""
    if not request.sound.data:
        raise invalid("Request contains an invalid argument.", "empty_part")
    seen = look_at(request.sound)
    dice = Dice(occasion.world.seed, "transcript", hashlib.blake2b(request.sound.data).hexdigest())
    text = prose.paragraph(f"a recording of {max(seen.seconds, 0.1):.1f} seconds", dice, dice.between(2, 4))
    return Transcript(text, round(seen.seconds, 2))
