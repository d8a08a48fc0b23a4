"""What the tests share: the two tiers, and a server process for tests that need sockets."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
KEY = "any-key"
TESTS = Path(__file__).parent
SLOW = (
    "cli/test_state.py",
    "docs/test_ci_files.py",
    "docs/test_pages.py",
    "docs/test_readme.py::test_python_blocks_run",
    "golden/test_golden.py::test_a_server",
    "plugin/test_async.py::test_async_tests",
    "plugin/test_plugin.py::test_each_worker",
    "plugin/test_plugin.py::test_its_types",
    "plugin/test_serve.py::test_a_command_finds",
    "plugin/test_serve.py::test_run_reports",
    "plugin/test_serve.py::test_strict_exits",
    "plugin/test_serve.py::test_a_command_that_can_t_run",
    "plugin/test_words.py::test_an_application_that_creates",
    "recording/test_canary.py",
    "recording/test_with_vcrpy.py",
    "server/memory/test_clients.py::test_no_socket_is_used",
    "server/test_tls.py::test_a_command_finds",
    "test_security.py::test_a_million_names",
    "test_security.py::test_a_packed_bomb",
    "test_security.py::test_clients_that_leave",
    "test_security.py::test_more_connections",
)
"""The slow tier: folders, files and beginnings of tests that start programs or wait for long."""
LAWS = "laws"
"""Property tests run in both tiers: with few examples in the quick one, see `calm`."""
QUICK_EXAMPLES = 15


def pytest_configure(config: pytest.Config) -> None:
    """Choose the number of examples before the property tests are imported."""
    # The environments of tests/judge.py have no hypothesis.
    if not find_spec("hypothesis"):
        return
    from hypothesis import HealthCheck, settings

    checks = [HealthCheck.too_slow]  # a busy machine is slow, and time is no result of a test
    settings.register_profile("slow", deadline=None, suppress_health_check=checks)
    settings.register_profile("quick", settings.get_profile("slow"), max_examples=QUICK_EXAMPLES)
    settings.load_profile(
        "quick" if config.getoption("markexpr").startswith("not slow") else "slow"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        name = item.nodeid.removeprefix("tests/")
        if any(is_part_of(name, place) for place in SLOW):
            item.add_marker("slow")
        if is_part_of(name, LAWS):
            item.add_marker("law")


def is_part_of(name: str, place: str) -> bool:
    """Return whether a test is in a folder or file, or its name begins like a test of the list."""
    return name.startswith(place if "::" in place else (f"{place}/", f"{place}::"))


class ServerProcess:
    """`mockgem serve`, or another command that serves, as a process on a free port."""

    def __init__(
        self, *options: str, env: dict[str, str] | None = None, serve: str = "serve"
    ) -> None:
        command = [sys.executable, "-m", "mockgem", serve, "--port", "0", *options]
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith("MOCKGEM_")
        }
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment | (env or {}),
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        if "listens on " not in first:
            raise RuntimeError(first + self.process.stdout.read())
        self.url = first.rsplit("listens on ", 1)[1].strip()
        self.printed = ""

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=60) as response:
            return bytes(response.read())

    def wait_for_words(self, words: str) -> None:
        """Wait until the server prints a line with some words."""
        assert self.process.stdout is not None
        timer = threading.Timer(60, self.process.kill)
        timer.start()
        try:
            for line in iter(self.process.stdout.readline, ""):
                self.printed += line
                if words in line:
                    return
        finally:
            timer.cancel()
        raise AssertionError(f"the server never printed {words!r}, but:\n{self.printed}")

    def words_at_the_end(self) -> str:
        """Stop the server and return what it printed since it listened."""
        self.process.terminate()
        assert self.process.stdout is not None
        self.printed += self.process.stdout.read()
        self.stop()
        return self.printed

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The URL of a server without options, or of the one that MOCKGEM_URL names."""
    if url := os.environ.get("MOCKGEM_URL"):
        yield url
        return
    server = ServerProcess("--quiet")
    yield server.url
    server.stop()
