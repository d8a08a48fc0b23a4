"""The URL of a Valkey or Redis server: `redis://[USER:PASSWORD@]HOST[:PORT][/DB][?prefix=NAME]`.

The password is in `RedisAddress.password` and nowhere else; `shown` is what messages may say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from mockgem.core.storage_errors import BadStateServer

SCHEMES = {"redis": False, "rediss": True, "valkey": False, "valkeys": True}
"""Whether TLS is on, by scheme."""
FORM = "redis://HOST:PORT/DB, or rediss:// for TLS"
OPTIONS = ("prefix", "timeout", "ca")
DEFAULT_PORT = 6379
DEFAULT_PREFIX = "mockgem"
DEFAULT_TIMEOUT = 2.0
"""Seconds to wait for an answer of the server before a request fails."""
MAX_TIMEOUT = 60.0
PREFIX = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where the server is, and how to use it.

    `prefix` begins all keys, so that fleets with different prefixes share a server and never meet.
    `ca` is a file with the authority of the server's certificate; without it, the system's count.
    """

    host: str
    port: int = DEFAULT_PORT
    database: int = 0
    username: str = ""
    password: str = field(default="", repr=False)
    has_tls: bool = False
    prefix: str = DEFAULT_PREFIX
    timeout: float = DEFAULT_TIMEOUT
    ca: str = ""

    @property
    def shown(self) -> str:
        """The address without its password, for messages."""
        scheme = "rediss" if self.has_tls else "redis"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}/{self.database}"


def is_server_url(state: str) -> bool:
    """Return whether a value of --state names a server instead of a folder."""
    return "://" in state


def parse_address(url: str) -> RedisAddress:
    """Return the parts of a URL. Raises BadStateServer; its message never has the password."""
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES:
        raise BadStateServer(
            f"--state with the scheme {scheme[:20]!r} is not valid: use {FORM}, or a folder"
        )
    try:
        parts = urlsplit(url)
        port = DEFAULT_PORT if parts.port is None else parts.port
    except ValueError:
        raise BadStateServer(f"--state has no valid host and port: use {FORM}") from None
    if not parts.hostname or not port:
        raise BadStateServer(f"--state has no valid host and port: use {FORM}")
    options = read_options(parts.query)
    return RedisAddress(
        parts.hostname,
        port,
        read_database(parts.path),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        SCHEMES[scheme],
        read_prefix(options.get("prefix", DEFAULT_PREFIX)),
        read_timeout(options.get("timeout", str(DEFAULT_TIMEOUT))),
        read_ca(options.get("ca", "")),
    )


def read_options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name in options:
        if name not in OPTIONS:
            raise BadStateServer(
                f"--state has the unknown parameter {name[:40]!r}: it may have {', '.join(OPTIONS)}"
            )
    return options


def read_database(path: str) -> int:
    text = path.strip("/")
    if text and not (text.isdecimal() and len(text) < 6):
        raise BadStateServer(f"--state names database {text[:40]!r}: use a number, as in {FORM}")
    return int(text or "0")


def read_prefix(text: str) -> str:
    if not PREFIX.match(text):
        raise BadStateServer(
            f"the prefix {text[:80]!r} in --state is not valid: use 1 to 64 letters, digits, dots, "
            "dashes and underscores"
        )
    return text


def read_timeout(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= MAX_TIMEOUT:
        raise BadStateServer(
            f"the timeout {text[:40]!r} in --state is not valid: use seconds, up to "
            f"{MAX_TIMEOUT:.0f}"
        )
    return seconds


def read_ca(path: str) -> str:
    if path and not Path(path).is_file():
        raise BadStateServer(f"the file {path[:200]!r} that --state names as ca does not exist")
    return path
