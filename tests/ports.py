"""Ports for programs that can't choose a free one themselves, or that start again on the same."""

from __future__ import annotations

import random
import socket

PORTS = range(12_000, 22_000)
"""Below the ports that systems give to outgoing connections and to servers on port 0, which would
take a port that is free for a moment. In cluster mode a Valkey server also uses the one 10,000
above."""


def find_free_port() -> int:
    """Return a port of 127.0.0.1 that nothing uses, chosen at random: tests run in parallel."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
