"""Runs suites as users of the plugin write them, in the process of the test."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module

import pytest
import trustme  # noqa: F401 - a second copy of cryptography would refuse objects of the first

import mockgem.app.factory
import mockgem.recording.modes
import mockgem.recording.recorder
import mockgem.recording.replay
import mockgem.scenarios.runner
import mockgem.scenarios.verdict
import mockgem.testing.async_world
import mockgem.testing.embedded_server
import mockgem.testing.pytest_marker  # noqa: F401 - pytester forgets what a suite imports

for name in ("yaml", "httpx", "httpx2", "httpcore", "httpcore2", "anyio", "h11", "openai"):
    with suppress(ImportError):  # a second copy would raise other errors, or know other classes
        import_module(name)

OTHERS = [
    "-p", "no:asyncio",
    "-p", "no:aiohttp",
    "-p", "no:recording",
    "-p", "no:hypothesispytest",
    "-p", "no:anyio",
]  # fmt: skip
"""Options without the plugins of others, which a suite may not have."""
USUAL = ["-q", "-p", "no:cacheprovider", *OTHERS, "-W", "error", "--strict-markers"]


@dataclass(frozen=True)
class Done:
    """How a suite ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(pytester: pytest.Pytester, *options: str, in_process: bool = True) -> Done:
    """Run the suite in pytester's folder. A process of its own costs seconds: use it only where the
    process is what the test is about."""
    start = pytester.runpytest_inprocess if in_process else pytester.runpytest_subprocess
    with own_garbage():
        result = start(*USUAL, *options)
    return Done(int(result.ret), result.stdout.str(), result.stderr.str())


@contextmanager
def own_garbage() -> Iterator[None]:
    """Collect what a suite leaves, such as clients that it does not close.

    The next test would get the warnings about it.
    """
    hook = sys.unraisablehook
    sys.unraisablehook = lambda _: None
    try:
        yield
        gc.collect()
    finally:
        sys.unraisablehook = hook
