"""Sessions on sockets for `mockgem drift --against`: the recorded client speaks to a live API."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import click

from mockgem.app.drift_answers import describe_refusal
from mockgem.app.drift_requests import CREDENTIAL_HEADERS, build_request
from mockgem.app.factory import create_handler
from mockgem.config.settings import Settings
from mockgem.core.sockets import SWITCHING_PROTOCOLS, SocketClose
from mockgem.recording.comparability import find_socket_obstacle
from mockgem.recording.drift import (
    NOT_COMPARABLE,
    AnswerSnapshot,
    Finding,
    answer_of,
    find_drift,
)
from mockgem.recording.interaction import Interaction
from mockgem.recording.refused_handshake import HandshakeRefused
from mockgem.recording.socket_client import SessionPlayer
from mockgem.recording.socket_drift import find_socket_drift
from mockgem.recording.socket_messages import RecordedMessage
from mockgem.recording.socket_recorder import build_refusal
from mockgem.recording.upstream import Upstream
from mockgem.recording.upstream_socket import UpstreamSocket, open_upstream_socket


async def compare_session(
    one: Interaction, upstream: Upstream, against: str, key: str
) -> list[Finding]:
    """Return how a session, or a refused upgrade, differs today.

    Raises ClickException if the API can't be reached.
    """
    if not one.is_socket:
        return find_drift(one, await open_again(one, upstream, against, key))
    if reason := find_socket_obstacle(one.messages):
        return [Finding(NOT_COMPARABLE, "", reason)]
    try:
        return find_socket_drift(one.messages, await speak_live(one, upstream, against, key))
    except HandshakeRefused as refusal:
        return [describe_refusal(refusal)]


async def speak_live(
    one: Interaction, upstream: Upstream, against: str, key: str
) -> Sequence[RecordedMessage]:
    """Return the session with a live API. Raises HandshakeRefused and ClickException."""
    try:
        link = await open_link(one, upstream, against, key)
        return await SessionPlayer(link).play(one.messages)
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None


async def open_again(
    one: Interaction, upstream: Upstream, against: str, key: str
) -> AnswerSnapshot:
    """Return what a live API answers to an upgrade that was refused. Raises ClickException."""
    try:
        link = await open_link(one, upstream, against, key)
        await link.close(SocketClose(1000))
    except HandshakeRefused as refusal:
        request = build_request(one, create_handler(Settings())[2], key)
        return answer_of(build_refusal(request, against + request.path, refusal))
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None
    return AnswerSnapshot(SWITCHING_PROTOCOLS, "", b"")


async def open_link(one: Interaction, upstream: Upstream, against: str, key: str) -> UpstreamSocket:
    """Open a socket where a recorded one was. Raises HandshakeRefused and ConnectionError."""
    request = build_request(one, create_handler(Settings())[2], key)
    headers = [pair for pair in request.headers.items() if pair[0] in CREDENTIAL_HEADERS]
    query = f"?{urlencode(request.query)}" if request.query else ""
    return await open_upstream_socket(upstream, against.rstrip("/") + request.path + query, headers)
