"""Create a live interaction over HTTP: it waits for a socket.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.errors import invalid
from mockgem.dialects.interactions.live.setup import decode_setup
from mockgem.operations.interactions import CreateInteraction, KeptInteraction
from mockgem.operations.live_interactions import create_live


async def create_for_socket(
    request: CreateInteraction, context: OperationContext
) -> KeptInteraction:
    """Return a new interaction in progress. Raises ApiError for a stream, and a bad setup."""
    if request.stream:
        message = f"'stream' is not supported by the model '{request.question.model}'."
        raise invalid(message, "interaction_live_stream")
    setup = decode_setup(request.body, context.world)
    speech = setup.describe_speech(context.world.seed)
    return await create_live(request, request.body, speech, context)
