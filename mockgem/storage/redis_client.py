"""Commands to a Valkey or Redis server, and its errors as failures that clients of mockgem get.

Nothing is tried twice: a command whose answer is lost may have had its effect. The client that gets
a 503 decides. After a failure to connect, commands fail at once for a moment, so that requests do
not pile up in front of a server that is away.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import logging
import time
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.core.storage_errors import (
    BadStateServer,
    quota_exceeded_error,
    unavailable_storage_error,
)
from mockgem.redaction.finder import SecretFinder
from mockgem.storage.redis_url import RedisAddress

MAX_CONNECTIONS = 64
REST_SECONDS = 0.5
"""How long commands fail at once after the server could not be reached."""
INSTALL = "python -m pip install 'mockgem[redis]'"
Argument = str | bytes | int | float
log = logging.getLogger("mockgem")


@dataclass(slots=True)
class HeldLock:
    """A lock that a task holds. Tasks that it starts meanwhile count as holders, too."""

    key: str
    token: str
    is_held: bool = True


HELD_LOCKS: ContextVar[tuple[HeldLock, ...]] = ContextVar("HELD_LOCKS", default=())
"""The locks that the running task has taken."""


def import_redis(name: str = "redis") -> Any:
    """Return a module of the client. Raises BadStateServer if it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise BadStateServer(
            f"--state redis://… needs the package redis, which is not installed: {INSTALL}"
        ) from None


def build_options(address: RedisAddress) -> dict[str, Any]:
    """Return the options of a connection: the same for both kinds of client."""
    options: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "db": address.database,
        "username": address.username or None,
        "password": address.password or None,
        "socket_connect_timeout": address.timeout,
        "socket_timeout": address.timeout,
        "protocol": 2,
    }
    if address.has_tls:
        options |= {"ssl": True, "ssl_ca_certs": address.ca or None}
    return options


def hide_password(text: str, address: RedisAddress) -> str:
    """Return a text without the server's password, however it is spelled."""
    if not address.password:
        return text
    return SecretFinder([address.password], kinds=(), by_name=False).redact(text)


@lru_cache(maxsize=256)
def digest_script(script: str) -> str:
    return hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()


class RedisClient:
    """One server as the running event loop uses it.

    `failed_at` is when the server was last found unreachable, on a monotonic clock, and `problem`
    says why, until it answers again. `commands` counts round trips.
    """

    def __init__(self, address: RedisAddress) -> None:
        self.address = address
        self.redis = import_redis("redis.asyncio")
        self.errors = import_redis("redis.exceptions")
        self.loop: asyncio.AbstractEventLoop | None = None
        self.connections: Any = None
        self.failed_at = 0.0
        self.problem = ""
        self.commands = 0

    @property
    def prefix(self) -> str:
        return self.address.prefix

    def get(self) -> Any:
        """Return the client of the running event loop."""
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self.loop, self.connections = loop, self.connect(self.address.timeout)
        return self.connections

    def connect(self, timeout: float) -> Any:
        """Return a client whose commands may take this long."""
        no_backoff = import_redis("redis.backoff").NoBackoff()
        retry = import_redis("redis.asyncio.retry").Retry(no_backoff, 0)
        options = build_options(self.address) | {"socket_timeout": timeout, "retry": retry}
        has_tls = options.pop("ssl", False)
        kind = self.redis.SSLConnection if has_tls else self.redis.Connection
        pool = self.redis.BlockingConnectionPool(
            connection_class=kind,
            max_connections=MAX_CONNECTIONS,
            timeout=self.address.timeout,
            **options,
        )
        return self.redis.Redis.from_pool(pool)

    async def run(self, script: str, world: str, *arguments: Argument) -> Any:
        """Run a script for a world. Raises ApiError: 503, or 429 if the server's memory is full.

        The script does nothing if the task has lost a lock that it holds.
        """
        held = [lock for lock in HELD_LOCKS.get() if lock.is_held]
        keys = [f"{self.prefix}:w:{world}", self.prefix, *[lock.key for lock in held]]
        return await self.evaluate(script, keys, [*[lock.token for lock in held], *arguments])

    async def evaluate(
        self, script: str, keys: Sequence[str], arguments: Sequence[Argument]
    ) -> Any:
        """Run a script with keys and arguments. Raises ApiError, as `run` does."""
        values = (digest_script(script), len(keys), *keys, *arguments)
        try:
            return await self.execute("EVALSHA", *values)
        except self.errors.NoScriptError:
            return await self.execute("EVAL", script, *values[1:])

    async def execute(self, *command: Argument) -> Any:
        """Send a command and return its answer. Raises ApiError, and NoScriptError."""
        self.check_rest()
        self.commands += 1
        try:
            answer = await self.get().execute_command(*command)
        except self.errors.NoScriptError:
            raise
        except (self.errors.RedisError, OSError) as error:
            raise self.convert_error(error) from None
        self.problem = ""
        return answer

    async def read_many(self, commands: Sequence[tuple[Argument, ...]]) -> list[Any]:
        """Run commands as one transaction, in one round trip. Raises ApiError."""
        self.check_rest()
        self.commands += 1
        try:
            async with self.get().pipeline(transaction=True) as pipeline:
                for command in commands:
                    pipeline.execute_command(*command)
                answers: list[Any] = await pipeline.execute()
        except (self.errors.RedisError, OSError) as error:
            raise self.convert_error(error) from None
        self.problem = ""
        return answers

    def check_rest(self) -> None:
        """Raise ApiError if the server was found unreachable a moment ago."""
        if self.problem and time.monotonic() - self.failed_at < REST_SECONDS:
            raise unavailable_storage_error(self.address.shown, self.problem)

    def convert_error(self, error: Exception) -> ApiError:
        """Return the failure that clients get, and note a server that can't be reached."""
        text = self.hide_password(str(error))
        place = self.address.shown
        if isinstance(error, self.errors.OutOfMemoryError) or "used memory >" in text:
            return quota_exceeded_error(f"the memory of {place} is full")
        if "FENCED" in text:
            problem = "the request took so long that another server has taken its lock"
        elif "EVICTED" in text:
            dropped = text.partition("EVICTED ")[2].split(" script:")[0][:200]
            problem = (
                f"the server has dropped state: {dropped} "
                "(set its maxmemory-policy to noeviction, then reset or delete this world)"
            )
        else:
            problem = self.describe_error(error, text)
            if self.is_unreachable(error):
                self.note_failure(problem)
        return unavailable_storage_error(place, problem)

    def note_failure(self, problem: str) -> None:
        if not self.problem:
            log.warning("mockgem can't use its state on %s: %s", self.address.shown, problem)
        self.problem, self.failed_at = problem, time.monotonic()

    def is_unreachable(self, error: Exception) -> bool:
        kinds = (self.errors.ConnectionError, self.errors.TimeoutError, OSError)
        return isinstance(error, kinds)

    def describe_error(self, error: Exception, text: str) -> str:
        if isinstance(error, (self.errors.TimeoutError, TimeoutError)):
            return f"the server does not answer within {self.address.timeout:g} seconds"
        if isinstance(error, self.errors.AuthenticationError) or "NOAUTH" in text:
            return "the server refuses the user name or the password"
        problem = " ".join(text.split())[:200].rstrip(".") or type(error).__name__
        return f"it can't be reached ({problem})" if self.is_unreachable(error) else problem

    def hide_password(self, text: str) -> str:
        return hide_password(text, self.address)

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        if self.connections is not None and self.loop is asyncio.get_running_loop():
            connections, self.connections, self.loop = self.connections, None, None
            await connections.aclose()
            await connections.connection_pool.disconnect()
