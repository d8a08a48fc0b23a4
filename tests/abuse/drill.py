"""What a drill is: a function with a row of its own in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How much the drills do."""

    name: str
    connections: int
    """Connections that an attacker opens."""
    bodies: int
    """Large or compressed bodies that arrive together."""
    kills: int
    """Times that a server is killed while it records, and while it receives uploads."""
    seconds: float
    """How long mixed traffic runs."""
    idle_timeout: float
    """The server's limit for request heads and idle connections, in seconds."""


FULL = Effort("full", connections=400, bodies=20, kills=500, seconds=300, idle_timeout=75)
SHORT = Effort("short", connections=60, bodies=6, kills=8, seconds=8, idle_timeout=2)


@dataclass(frozen=True)
class Drill:
    """A row of the table. `run` returns what it saw; it raises Failed for what must not happen."""

    title: str
    required: str
    run: Callable[[Effort], str]


DRILLS: dict[str, Drill] = {}


class Failed(Exception):
    """The server did not do what a drill requires; the message says what it did."""


def drill(title: str, required: str) -> Callable[[Callable[[Effort], str]], Callable[..., str]]:
    """Declare a drill: what happens to the server, and what the server must do."""

    def register(function: Callable[[Effort], str]) -> Callable[[Effort], str]:
        DRILLS[function.__name__] = Drill(title, required, function)
        return function

    return register


def require(condition: object, message: str) -> None:
    """Raise Failed with a message unless the condition holds."""
    if not condition:
        raise Failed(message)
