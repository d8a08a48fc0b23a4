"""The handshakes of Live sessions: GET /ws/…BidiGenerateContent, also for Vertex AI."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mockgem.core.call import Dialect, Endpoint, OperationContext
from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.sockets import (
    SWITCHING_PROTOCOLS,
    ClosingSession,
    Session,
    SocketResponse,
    close_for,
)
from mockgem.dialects.common.credentials import find_auth_token
from mockgem.dialects.common.handshake import (
    Handshake,
    decode_handshake,
    find_mistake,
    is_upgrade,
)
from mockgem.dialects.common.unsupported import encode_not_found
from mockgem.dialects.gemini.errors import (
    encode_gemini_error,
    refuse_gemini_credential,
    refuse_vertex_credential,
)
from mockgem.operations.draft import Reply
from mockgem.operations.generate import generate

if TYPE_CHECKING:
    from mockgem.operations.live.turn import LiveTurn

SERVICE = "google.ai.generativelanguage.{}.GenerativeService."
VERTEX_SERVICE = "google.cloud.aiplatform.{}.LlmBidiService/"
LIVE_METHOD, MUSIC_METHOD = "BidiGenerateContent", "BidiGenerateMusic"
VERSIONS, VERTEX_VERSIONS = ("v1beta", "v1alpha", "v1"), ("v1beta1", "v1")
HTTP_FAILURES = (Code.RESOURCE_EXHAUSTED, Code.INTERNAL, Code.UNAVAILABLE, Code.UNIMPLEMENTED)
"""Failures that refuse the upgrade instead of closing the socket (reported for 429).

Evidence: report-live-429.
"""


async def open_live(request: Handshake, context: OperationContext) -> Session:
    from mockgem.dialects.gemini.live.session import LiveSession

    token = find_auth_token(request.wire)
    return LiveSession(request.version, context, TURN, token)


async def open_music(request: Handshake, context: OperationContext) -> Session:
    from mockgem.dialects.gemini.live.music import MusicSession

    return MusicSession(request.version, context)


def encode_session(request: Handshake, session: Session) -> WireResponse:
    return SocketResponse(SWITCHING_PROTOCOLS, (), session=session)


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    """Return a socket that closes with the reason; some failures refuse the upgrade."""
    if failure.code in HTTP_FAILURES or not is_upgrade(wire) or find_mistake(wire.headers):
        return encode_gemini_error(failure, wire)
    return SocketResponse(SWITCHING_PROTOCOLS, (), session=ClosingSession(close_for(failure)))


def answer_turn(turn: LiveTurn, context: OperationContext) -> Awaitable[Reply]:
    return generate(turn.question, context)


def decode_nothing(wire: WireRequest, params: Mapping[str, str]) -> Any:
    raise AssertionError("turns come over a socket")


def encode_nothing(request: Any, result: Any) -> WireResponse:
    raise AssertionError("a session encodes its turns")


TURN = Endpoint(
    "GET",
    "",
    "Answer a turn of a Live session",
    decode_nothing,
    answer_turn,
    encode_nothing,
    encode_failure,
    lambda turn: turn.model,
    pure=False,
    may_wait=True,
    scenario="generate",
    wire_name="bidiGenerateContent",
    uses_quota=True,
)
"""The turns of a session, as rules see them."""


def build_endpoint(path: str, version: str) -> Endpoint[Any, Any]:
    is_music = path.endswith(MUSIC_METHOD)
    return Endpoint(
        "GET",
        "/" + path,
        "Play music" if is_music else "Open a Live session",
        partial(decode_handshake, version=version),
        open_music if is_music else open_live,
        encode_session,
        encode_failure,
        pure=False,
        may_wait=True,
        scenario="music" if is_music else "live",
        wire_name=MUSIC_METHOD if is_music else LIVE_METHOD,
    )


def build_live_dialect() -> Dialect:
    """Return the sockets of the Gemini API."""
    endpoints = [
        build_endpoint(SERVICE.format(version) + method, version)
        for version in VERSIONS
        for method in (LIVE_METHOD, LIVE_METHOD + "Constrained", MUSIC_METHOD)
    ]
    return Dialect("native", tuple(endpoints), refuse_gemini_credential, encode_not_found)


def build_vertex_live_dialect() -> Dialect:
    """Return the sockets of Vertex AI."""
    endpoints = [
        build_endpoint(VERTEX_SERVICE.format(version) + LIVE_METHOD, version)
        for version in VERTEX_VERSIONS
    ]
    return Dialect("native", tuple(endpoints), refuse_vertex_credential, encode_not_found)
