"""A session between a client and an upstream whose socket can't be read."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.sockets import SocketClose
from mockgem.recording.socket_recorder import RelaySession


class BrokenLink:
    """An upstream's socket that can't be read."""

    headers = ()

    async def receive(self) -> Any:
        raise ValueError("not a frame, key=AIzaSyA12345678901234567890123456789012")

    async def send(self, message: Any) -> None: ...


async def keep(*_: Any) -> None: ...


async def test_the_session_ends_and_the_log_has_the_reason_without_keys(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire = WireRequest("GET", "/ws/x", {}, {}, b"")
    session = RelaySession(BrokenLink(), wire, "ws://127.0.0.1/x", keep)  # type: ignore[arg-type]
    woken = asyncio.Event()
    session.start(woken.set)
    await asyncio.wait_for(woken.wait(), 10)
    assert session.outbox[-1] == SocketClose(1006, "ValueError")
    assert "the upstream's socket can't be read" in caplog.text
    assert "not a frame" in caplog.text
    assert "AIzaSy" not in caplog.text
    for task in session.tasks:
        task.cancel()
    await asyncio.gather(*session.tasks, return_exceptions=True)
