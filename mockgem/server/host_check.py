"""Refuses requests that were sent to another name: a web page may have its own name lead here."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Awaitable
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.dialects.common.json_writer import dump_compact

PLAIN_NAME = re.compile(r"[a-z0-9_.:%-]*\Z")
GOOGLE_HOSTS = "*.googleapis.com"
"""Names that nobody can make lead elsewhere, for clients whose names are resolved to here."""


class AllowedHosts:
    """The names a server is asked by. Bound to this machine alone it goes by its loopback names; bound to others as well,
    by every address and by names without a dot, which are of the own network. `allowed` are more, with * for any letters.
    """

    def __init__(self, bound: str, allowed: tuple[str, ...] = ()) -> None:
        self.loopback_only = is_loopback(bound)
        self.allowed = tuple([name.lower().rstrip(".") for name in (*allowed, bound, GOOGLE_HOSTS)])
        self.accepted: set[str] = set()

    def is_allowed(self, host: str) -> bool:
        """A Host header, with its port. An answer for a good one is remembered."""
        if host in self.accepted:
            return True
        if not self.is_allowed_name(parse_host(host)):
            return False
        if len(self.accepted) < 1000:
            self.accepted.add(host)
        return True

    def is_allowed_name(self, name: str) -> bool:
        if not PLAIN_NAME.match(name):
            return False
        if any(fnmatchcase(name, pattern) for pattern in self.allowed):
            return True
        if name == "localhost" or name.endswith(".localhost"):
            return True
        address = parse_address(name)
        if address is not None:
            return not self.loopback_only or address.is_loopback
        return not self.loopback_only and bool(name) and "." not in name


def parse_host(host: str) -> str:
    """The name in a Host header, without port, brackets and the dot of the root; nothing where it is none."""
    try:
        name = urlsplit(f"//{host.strip()}").hostname or ""
    except ValueError:
        return ""
    return name.rstrip(".") if "@" not in host else ""


def parse_address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_loopback(bound: str) -> bool:
    """Whether an address to listen on is this machine's alone."""
    address = parse_address(bound)
    return address.is_loopback if address is not None else bound == "localhost"


def host_middleware(door: Handler, hosts: AllowedHosts) -> Handler:
    """A door that opens only to those who asked for this server by one of its names."""

    good = hosts.accepted

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        host = wire.headers.get("host")
        if host not in good and host is not None and not hosts.is_allowed(host):
            return refuse_host(host)
        if wire.target[:1] not in ("/", "*", "") and not hosts.is_allowed(
            named := urlsplit(wire.target).netloc
        ):
            return refuse_host(named)
        return door(wire)

    return handle


async def refuse_host(host: str) -> WireResponse:
    message = f"this is mockgem, and not {host[:100]!r}; if that name is to lead here, start it with --allowed-host NAME"
    return WireResponse(
        421, (("Content-Type", "application/json"),), dump_compact({"error": message})
    )
