"""A server with several workers, and connections of which a test knows the worker.

The kernel chooses the worker of a connection by its addresses. The tables of Linux under /proc say
which one it has chosen, so a test can open connections until it has one to each worker.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.conftest import ServerProcess

CHAT = "/v1beta/openai/chat/completions"
PATIENCE = 60.0
"""Seconds that a busy machine may need for something that usually takes milliseconds."""
HEADERS = {"Authorization": "Bearer k", "Content-Type": "application/json"}


class Connection:
    """A connection to one worker, which stays open."""

    def __init__(self, address: str) -> None:
        self.http = http.client.HTTPConnection(address, timeout=PATIENCE)
        self.http.connect()
        self.port = self.http.sock.getsockname()[1]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send a request; return the status and the body, decoded if it is JSON."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        more = {name.replace("_", "-"): text for name, text in headers.items()}
        self.http.request(method, path, data, HEADERS | more)
        response = self.http.getresponse()
        text = response.read()
        is_json = response.headers.get("content-type", "").startswith("application/json")
        self.headers = response.headers
        is_one = (is_json and text.count(b"\n") < 2) or text[:2] == b"{\n"
        return response.status, json.loads(text) if is_one and text else text

    def get(self, path: str) -> Any:
        status, body = self.send("GET", path)
        assert status == 200, body
        return body

    def ask(self, text: str = "Hello!", path: str = CHAT, **more: Any) -> tuple[int, Any]:
        body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]}
        return self.send("POST", path, body | more)

    def close(self) -> None:
        self.http.close()


class WorkerServer(ServerProcess):
    """`mockgem serve --workers N` as a process with its own processes."""

    def __init__(self, *options: str, workers: int = 2, **more: Any) -> None:
        super().__init__("--workers", str(workers), *options, **more)
        self.address = self.url.removeprefix("http://")
        self.count = workers
        self.connections: list[Connection] = []

    def list_workers(self) -> list[int]:
        """Return the process numbers of the workers, in the order of their start."""
        pid = self.process.pid
        try:
            text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        except OSError:
            return []
        return [int(word) for word in text.split()]

    def connect(self) -> Connection:
        connection = Connection(self.address)
        self.connections.append(connection)
        return connection

    def connect_to_each(self) -> list[Connection]:
        """Return a connection to each worker."""
        found: dict[int, Connection] = {}
        deadline = time.monotonic() + PATIENCE
        while len(found) < self.count:
            assert time.monotonic() < deadline, "some worker gets no connections"
            connection = self.connect()
            connection.get("/_mockgem/health")
            if (worker := self.find_worker(connection)) is not None:
                found.setdefault(worker, connection)
        return list(found.values())

    def find_worker(self, connection: Connection) -> int | None:
        """Return the process that has accepted a connection."""
        server_port = int(self.address.rpartition(":")[2])
        inode = find_inode(server_port, connection.port)
        return next((one for one in self.list_workers() if inode in list_sockets(one)), None)

    def wait_for_workers(self, gone: int) -> list[int]:
        """Wait until another process has taken the place of a worker; return all of them."""
        wait_for(lambda: gone not in self.list_workers() and len(self.list_workers()) == self.count)
        return self.list_workers()

    def close(self) -> str:
        """Stop the server, and return what it has printed since it listened."""
        for connection in self.connections:
            connection.close()
        return self.words_at_the_end()


@contextlib.contextmanager
def serving(*options: str, workers: int = 2, **more: Any) -> Iterator[WorkerServer]:
    """Run a server. Its exit code is 0 at the end."""
    server = WorkerServer("--quiet", *options, workers=workers, **more)
    try:
        yield server
    finally:
        server.close()
    assert server.process.returncode == 0


def wait_for(is_done: Callable[[], Any]) -> Any:
    """Wait until a condition is true, and return its value."""
    deadline = time.monotonic() + PATIENCE
    while not (value := is_done()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return value


def find_inode(local: int, remote: int) -> str:
    """Return the inode of the server's side of a connection on this machine."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if port_of(fields[1]) == local and port_of(fields[2]) == remote:
            return fields[9]
    return ""


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def list_sockets(process: int) -> set[str]:
    """Return the inodes of the sockets of a process."""
    found = set()
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{process}/fd"):
            with contextlib.suppress(OSError):
                target = os.readlink(entry.path)
                if target.startswith("socket:["):
                    found.add(target[8:-1])
    return found
