"""GET interactions/live: the socket of live interactions, of the Gemini API alone.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.sockets import SWITCHING_PROTOCOLS, Session, SocketResponse
from mockgem.dialects.common.credentials import find_auth_token
from mockgem.dialects.common.handshake import Handshake, decode_handshake
from mockgem.dialects.interactions.errors import encode_error

if TYPE_CHECKING:
    from mockgem.dialects.interactions.live.work import InteractionTurn
    from mockgem.operations.draft import Reply

PATH = "/interactions/live"


def decode_open(wire: WireRequest, params: Mapping[str, str]) -> Handshake:
    return decode_handshake(wire, params, version=wire.path.lstrip("/").partition("/")[0])


async def open_session(request: Handshake, context: OperationContext) -> Session:
    """Return the session of a socket. Raises ApiError (401) for a token that is not valid."""
    from mockgem.dialects.interactions.live.session import InteractionSession
    from mockgem.operations.interaction_tokens import find_token

    shown = find_auth_token(request.wire)
    token = await find_token(shown, context.world) if shown else None
    return InteractionSession(request.version, context, TURN, token)


def encode_session(request: Handshake, session: Session) -> WireResponse:
    return SocketResponse(SWITCHING_PROTOCOLS, (), session=session)


def answer_turn(turn: InteractionTurn, context: OperationContext) -> Awaitable[Reply]:
    from mockgem.operations.interactions import CreateInteraction, answer_question

    request = CreateInteraction(turn.question, servers=turn.servers)
    return answer_question(request, turn.question, context)


def decode_nothing(wire: WireRequest, params: Mapping[str, str]) -> Any:
    raise AssertionError("turns come over a socket")


def encode_nothing(request: Any, result: Any) -> WireResponse:
    raise AssertionError("a session encodes its turns")


TURN: Endpoint[Any, Any] = Endpoint(
    "GET",
    "",
    "Answer a turn of a live interaction",
    decode_nothing,
    answer_turn,
    encode_nothing,
    encode_error,
    lambda turn: turn.model,
    pure=False,
    may_wait=True,
    scenario="generate",
    wire_name="interactionTurn",
    uses_quota=True,
)
"""The turns of a session, as rules see them."""


def build_socket_endpoint() -> Endpoint[Any, Any]:
    return Endpoint(
        "GET",
        PATH,
        "Create or continue a live interaction",
        decode_open,
        open_session,
        encode_session,
        encode_error,
        pure=False,
        may_wait=True,
        scenario="live",
        wire_name="connectInteraction",
    )
