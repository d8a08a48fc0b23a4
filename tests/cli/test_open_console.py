"""`mockgem serve --open` with a command in the variable BROWSER, as people set it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import ServerProcess

MAX_WAIT = 30.0


def write_browser(folder: Path, *, seconds: float) -> tuple[str, Path]:
    """Return the command of a browser that notes its page and stays open, and its notes."""
    script, notes = folder / "browser.sh", folder / "opened.txt"
    script.write_text(f'#!/bin/sh\necho "$1" >> {notes}\nsleep {seconds}\n')
    script.chmod(0o755)
    return f"{script} %s", notes


def wait_for_page(notes: Path) -> str:
    end = time.monotonic() + MAX_WAIT
    while time.monotonic() < end:
        if notes.exists() and (text := notes.read_text().strip()):
            return text
        time.sleep(0.05)
    raise AssertionError("no page was opened")


@pytest.mark.parametrize("seconds", [0, 120])
def test_the_console_opens_and_the_server_answers(tmp_path: Path, seconds: float) -> None:
    browser, notes = write_browser(tmp_path, seconds=seconds)
    server = ServerProcess("--quiet", "--open", env={"BROWSER": browser})
    began = time.monotonic()
    try:
        assert wait_for_page(notes) == f"{server.url}/_mockgem/console/"
        assert b"<title>" in server.get("/_mockgem/console/")
    finally:
        code = server.stop()
    assert code == 0
    if seconds:
        assert time.monotonic() - began < seconds, "the server waited for its browser"


def test_a_browser_that_does_not_exist_does_no_harm(tmp_path: Path) -> None:
    server = ServerProcess("--quiet", "--open", env={"BROWSER": f"{tmp_path}/none %s"})
    try:
        assert b"<title>" in server.get("/_mockgem/console/")
    finally:
        assert server.stop() == 0
