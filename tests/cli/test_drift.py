"""`mockgem drift --against`: recordings against a live service, which another mockgem replaces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ServerProcess

CASSETTES = Path(__file__).parent.parent.parent / "cassettes"


def drift(url: str, *options: str, key: str = "k") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mockgem", "drift", str(CASSETTES), "--against", url, *options]
    environment = {name: text for name, text in os.environ.items() if name != "GEMINI_API_KEY"} | (
        {"MY_KEY": key} if key else {}
    )
    return subprocess.run(
        [*command, "--key-env", "MY_KEY"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 0, "6 recordings: 6 same, 0 info, 0 warning, 0 error, 0 not comparable"),
        (("--scenario", "overloaded"), 1, "5 error"),
    ],
)
def test_recordings_against_a_live_service(options: tuple[str, ...], code: int, words: str) -> None:
    server = ServerProcess("--quiet", "--api-key", "k", *options)
    try:
        done = drift(server.url)
        assert (done.returncode, words in done.stdout) == (code, True), done.stdout + done.stderr
    finally:
        server.stop()


def test_without_a_key_nothing_is_asked() -> None:
    done = drift("http://127.0.0.1:9", key="")
    assert done.returncode == 2
    assert "needs a key" in done.stderr


def test_a_service_that_is_not_there_is_told() -> None:
    done = drift("http://127.0.0.1:9")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
