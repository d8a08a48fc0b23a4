"""How Live models differ: whose words they speak, and in which order they send messages."""

from __future__ import annotations

from typing import Literal

from mockgem.core.errors import ApiError
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations.validation import find_model, model_not_found_error

METHOD = "bidiGenerateContent"
CallIds = Literal["long", "short"]


@frozen
class LiveFamily:
    """What the models of a family do.

    Attributes:
        writer: The text model whose words the Live model speaks: the same history gets the same
            words from `generateContent` with that model.
        speaks_only: Whether the model refuses to answer with text.
        joins_transcripts: Whether transcripts ride in the messages of the audio, with the role.
        is_noisy: Whether empty messages come between others.
        shows_thoughts: Whether thoughts come without being asked for.
        announces_handles: Whether handles for resumption come without being asked for.
        writes_code: Whether the program that calls a function comes before the call.
        works_aside: Whether answers have a status, and several parts.
    """

    writer: str
    speaks_only: bool = True
    joins_transcripts: bool = False
    is_noisy: bool = False
    shows_thoughts: bool = False
    announces_handles: bool = False
    writes_code: bool = False
    works_aside: bool = False
    call_ids: CallIds = "long"


CASCADED = LiveFamily("gemini-2.5-flash", speaks_only=False, writes_code=True)
"""Evidence: native-137-ws-js-should-reply-to-realtime-text-input-webs,
native-145-ws-dotnet-SendClientContentToolsGeminiTest."""
NATIVE_AUDIO = LiveFamily("gemini-2.5-flash", shows_thoughts=True)
"""Evidence: native-148-ws-pydantic-test-text-in-audio-out-turn,
native-149-ws-pydantic-test-message-history-seeding."""
LIVE_3 = LiveFamily(
    "gemini-3.8-flash",
    joins_transcripts=True,
    is_noisy=True,
    announces_handles=True,
    call_ids="short",
)
"""Evidence: native-live-3.8-image."""
EXTENDED_THINKING = LiveFamily(
    "gemini-3.8-flash",
    joins_transcripts=True,
    is_noisy=True,
    announces_handles=True,
    works_aside=True,
    call_ids="short",
)
"""Evidence: doc-live-thinking."""
OTHER_3 = LiveFamily("gemini-3.8-flash", joins_transcripts=True, call_ids="short")
TRANSCRIBER = LiveFamily("gemini-3.8-flash", speaks_only=False, call_ids="short")


def find_family(model: Model) -> LiveFamily:
    """Return how a Live model behaves."""
    if "extended-thinking" in model.id:
        return EXTENDED_THINKING
    if model.id == "gemini-3.8-live":
        return LIVE_3
    if "audio" not in model.outputs:
        return TRANSCRIBER
    if model.generation > 2:
        return OTHER_3
    return NATIVE_AUDIO if "native-audio" in model.id else CASCADED


def find_live_model(name: str, world: World) -> Model:
    """Return a Live model. Raises ApiError (404) for another one.

    Evidence: report-live-model-not-found.
    """
    if not name:
        raise model_not_found_error(name, METHOD, world)
    try:
        return find_model(name, METHOD, world)
    except ApiError as error:
        if error.failure.reason == "model_missing":
            raise model_not_found_error(name, METHOD, world) from None
        raise
