"""Several servers that share one Valkey server, with the interface of a server with workers.

So the tests of workers (`tests/workers`) hold for a fleet, too.
"""

from __future__ import annotations

import contextlib
import itertools
import secrets
import signal
from collections.abc import Iterator
from typing import Any

from tests.conftest import ServerProcess
from tests.valkey_server import ValkeyServer
from tests.workers.servers import Connection


class FleetServer:
    """Processes of `mockgem serve`, each on a port of its own."""

    def __init__(self, url: str, *options: str, count: int = 2) -> None:
        self.prefix = url.partition("prefix=")[2].partition("&")[0]
        self.options = ("--state", url, "--quiet", *options)
        self.servers = [ServerProcess(*self.options) for _ in range(count)]
        self.turns = itertools.count()
        self.connections: list[Connection] = []

    @property
    def address(self) -> str:
        return address_of(self.servers[0])

    def connect(self) -> Connection:
        """Return a connection to the servers in turns."""
        return self.connect_to(self.servers[next(self.turns) % len(self.servers)])

    def connect_to(self, server: ServerProcess) -> Connection:
        connection = Connection(address_of(server))
        self.connections.append(connection)
        return connection

    def connect_to_each(self) -> list[Connection]:
        return [self.connect_to(server) for server in self.servers]

    def find_worker(self, connection: Connection) -> int:
        """Return the process number of the server of a connection."""
        port = connection.http.port
        (found,) = [one for one in self.servers if one.url.endswith(f":{port}")]
        return found.process.pid

    def wait_for_workers(self, gone: int) -> None:
        """Nothing takes the place of a server that was killed."""

    def kill(self, place: int) -> None:
        server = self.servers[place]
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(timeout=30)

    def replace(self, place: int) -> None:
        """Start another server in the place of one that ended."""
        self.servers[place].stop()
        self.servers[place] = ServerProcess(*self.options)

    def close(self) -> list[int]:
        """Stop the servers, and return their exit codes."""
        for connection in self.connections:
            connection.close()
        return [server.stop() for server in self.servers]


def address_of(server: ServerProcess) -> str:
    return server.url.removeprefix("http://")


@contextlib.contextmanager
def serving_fleet(
    valkey: ValkeyServer, *options: str, workers: int = 2, **more: Any
) -> Iterator[FleetServer]:
    """Run servers with a prefix of their own on a Valkey server."""
    url = valkey.url(f"fleet-{secrets.token_hex(4)}", more.get("url", ""))
    fleet = FleetServer(url, *options, count=workers)
    try:
        yield fleet
    finally:
        fleet.close()


def connect_without_worlds(connections: list[Connection]) -> Iterator[list[Connection]]:
    """Yield connections whose server has only the default world, with empty state; then close
    them."""
    for world in connections[0].get("/_mockgem/worlds")["worlds"][1:]:
        assert connections[0].send("DELETE", f"/_mockgem/worlds/{world['name']}")[0] == 200
    connections[0].send("POST", "/_mockgem/reset")
    yield connections
    for connection in connections:
        connection.close()
