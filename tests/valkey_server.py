"""A Valkey or Redis server of the tests' own: on a free port of 127.0.0.1, with its own folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.ports import find_free_port

PROGRAMS = ("valkey-server", "redis-server")
INSTALL = "apt-get install -y valkey-server  (or redis-server, before Debian 13)"
START_SECONDS = 60.0
PATIENCE = 30.0
"""Seconds that the server may take for an answer on a busy machine; mockgem waits for two."""


class NoValkey(Exception):
    """There is no server on this machine. The message says how to install one."""


def find_program() -> str:
    """Return the path of a server. Raises NoValkey."""
    for name in PROGRAMS:
        if path := shutil.which(name):
            return path
    raise NoValkey(f"the tests of --state redis:// need {' or '.join(PROGRAMS)}: {INSTALL}")


class ValkeyServer:
    """A server with an append-only file, which tests stop, kill, pause and start again.

    `options` are of its command line, such as `--maxmemory 5mb`.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.options = options
        self.port = find_free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, prefix: str = "test", options: str = "") -> str:
        """Return what --state gets: with much time for answers, unless the options say how much."""
        if "timeout=" not in options:
            options += f"&timeout={PATIENCE:g}"
        return f"redis://{self.address}/0?prefix={prefix}{options}"

    def start(self) -> None:
        """Start, and wait until the server answers."""
        command = [
            *(find_program(), "--port", str(self.port), "--bind", "127.0.0.1"),
            *("--dir", str(self.folder), "--appendonly", "yes", "--save", ""),
            *self.options,
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError):
                if self.send("PING").startswith((b"+PONG", b"-NOAUTH")):
                    return
            assert self.process.poll() is None, f"{command[0]} ended at once"
            assert time.monotonic() < end, f"{command[0]} does not answer"
            time.sleep(0.02)

    def send(self, *words: str) -> bytes:
        """Send one command on a connection of its own, and return the beginning of the answer."""
        parts = [f"${len(word.encode())}\r\n{word}\r\n" for word in words]
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(f"*{len(words)}\r\n{''.join(parts)}".encode())
            return connection.recv(65_536)

    def stop(self) -> None:
        """End as an administrator ends it."""
        self.end(signal.SIGTERM)

    def kill(self) -> None:
        """End without a word."""
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(timeout=30)
            self.process = None

    def pause(self) -> None:
        """Let the server accept connections, and answer nothing."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGCONT)


@contextmanager
def run_valkey(folder: Path, *options: str) -> Iterator[ValkeyServer]:
    """Run a server until the end of a block."""
    server = ValkeyServer(folder, *options)
    server.start()
    try:
        yield server
    finally:
        if server.process is not None:
            with suppress(ProcessLookupError):
                server.resume()
        server.kill()
