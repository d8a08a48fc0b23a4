"""A server with two workers for each module, and a connection to each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.workers.servers import Connection, WorkerServer, serving


@pytest.fixture(scope="module")
def server() -> Iterator[WorkerServer]:
    with serving() as started:
        yield started


@pytest.fixture
def pair(server: WorkerServer) -> Iterator[list[Connection]]:
    """A connection to each of two workers, whose state is empty."""
    connections = server.connect_to_each()
    connections[0].send("POST", "/_mockgem/reset")
    yield connections
    for connection in connections:
        connection.close()
