"""Turn text into speech, and transcribe recordings."""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.operations.generators import prose
from mockgem.operations.generators.media_info import read_media_info
from mockgem.operations.generators.seeded_random import SeededRandom, hash_data
from mockgem.operations.validation.gemini_options import check_voice

OPENAI_VOICES = """alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer
    verse""".split()


@frozen
class SpeakRequest:
    """A text and the voice to speak it with."""

    text: str
    voice: str = ""


@frozen
class TranscribeRequest:
    """A recording to transcribe."""

    audio: Blob


@frozen
class Transcript:
    """The text of a recording, and the recording's length in seconds."""

    text: str
    seconds: float


async def speak(request: SpeakRequest, context: OperationContext) -> bytes:
    """Return speech as PCM: 16 bits, mono, 24,000 samples per second.

    Raises:
        ApiError: The text is empty, or the voice is neither one of Gemini's nor of OpenAI's, which
            gateways translate.

    Evidence: doc-speech-generation.
    """
    if not request.text.strip():
        raise invalid("Request contains an invalid argument.", "empty_part")
    if request.voice.lower() not in ("", *OPENAI_VOICES) and not context.world.lenient:
        check_voice(request.voice)
    from mockgem.operations.generators.speech import generate_speech

    return generate_speech(request.text, SeededRandom(context.world.seed, "speech", request.voice))


async def transcribe(request: TranscribeRequest, context: OperationContext) -> Transcript:
    """Return a few sentences, which are the same for the same bytes.

    Raises:
        ApiError: The recording is empty.
    """
    if not request.audio.data:
        raise invalid("Request contains an invalid argument.", "empty_part")
    media = read_media_info(request.audio)
    random = SeededRandom(context.world.seed, "transcript", hash_data(request.audio.data))
    text = prose.write_paragraph(
        f"a recording of {max(media.seconds, 0.1):.1f} seconds", random, random.draw_between(2, 4)
    )
    return Transcript(text, round(media.seconds, 2))
