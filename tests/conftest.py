"""What the tests share: a server of its own for those that need sockets."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

KEY = "any-key"


class ServerProcess:
    """`mockgem serve`, or another command that serves, on a free port, ended by the PID it was
    started with."""

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

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=10) as response:
            return bytes(response.read())

    def words_at_the_end(self) -> str:
        """Ends it; gives what it said since it listened."""
        self.process.terminate()
        assert self.process.stdout is not None
        said = self.process.stdout.read()
        self.stop()
        return said

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The URL of a server with no options, or of the one that MOCKGEM_URL names."""
    if url := os.environ.get("MOCKGEM_URL"):
        yield url
        return
    server = ServerProcess("--quiet")
    yield server.url
    server.stop()
