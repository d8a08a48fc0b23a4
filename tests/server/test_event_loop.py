"""Loops of servers, and what happens if the process has no free files."""

from __future__ import annotations

import asyncio
import errno
import logging
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from mockgem.server.event_loop import LoopErrorHandler, get_loop_factory, make_loop


@pytest.mark.parametrize("make", [lambda: get_loop_factory()(), make_loop])
def test_a_new_loop_handles_errors(make: Any) -> None:
    loop = make()
    try:
        assert isinstance(loop, asyncio.AbstractEventLoop)
        assert isinstance(loop.get_exception_handler(), LoopErrorHandler)
    finally:
        loop.close()


def test_without_uvloop_the_loop_is_the_standard_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)  # an import of it fails
    loop = get_loop_factory()()
    try:
        assert type(loop).__module__.startswith("asyncio.")
        assert isinstance(loop.get_exception_handler(), LoopErrorHandler)
    finally:
        loop.close()


def test_a_line_a_minute_says_that_files_are_missing(caplog: pytest.LogCaptureFixture) -> None:
    now, others = [0.0], []
    loop: Any = SimpleNamespace(time=lambda: now[0], default_exception_handler=others.append)
    handle = LoopErrorHandler()
    with caplog.at_level(logging.WARNING):
        for time, lines in ((0.0, 1), (59.9, 1), (60.0, 2), (60.1, 2), (119.9, 2), (200.0, 3)):
            now[0] = time
            handle(loop, {"exception": OSError(errno.EMFILE, "x")})
            assert len(caplog.records) == lines
    assert caplog.records[0].getMessage() == (
        "a connection has to wait, because the process has no free file descriptor: raise the "
        "limit of open files (ulimit -n), or start mockgem with a smaller --max-connections"
    )
    assert others == []


@pytest.mark.parametrize("error", [OSError(errno.EPIPE, "x"), ValueError(), None])
def test_other_errors_are_reported_as_usual(error: Exception | None) -> None:
    others: list[Any] = []
    loop: Any = SimpleNamespace(time=lambda: 0.0, default_exception_handler=others.append)
    context = {"message": "x"} | ({"exception": error} if error else {})
    LoopErrorHandler()(loop, context)
    assert others == [context]


def test_a_retry_after_the_end_is_silent() -> None:
    others: list[Any] = []
    loop: Any = SimpleNamespace(time=lambda: 0.0, default_exception_handler=others.append)
    message = "Exception in callback BaseSelectorEventLoop._start_serving(...)"
    error = ValueError("Invalid file descriptor: -1")
    LoopErrorHandler()(loop, {"message": message, "exception": error})
    assert others == []
    LoopErrorHandler()(loop, {"message": "Exception in callback other()", "exception": error})
    assert len(others) == 1
