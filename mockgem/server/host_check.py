"""Refuses requests for other host names: a hostile web page can make its name resolve to this
machine (DNS rebinding)."""

from __future__ import annotations

from collections.abc import Awaitable
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from mockgem.core.authority import MAX_PORT, is_loopback_name, parse_address, parse_host
from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.dialects.common.json_writer import dump_compact

GOOGLE_HOSTS = "*.googleapis.com"
"""Names that only Google controls, for clients whose DNS sends these names here."""


class AllowedHosts:
    """The host names that a server accepts.

    A server on a loopback address accepts loopback names. Others also accept every IP address and
    names without a dot, which belong to the local network. `allowed` adds names, in which * stands
    for any characters.
    """

    def __init__(self, bound: str, allowed: tuple[str, ...] = ()) -> None:
        self.loopback_only = is_loopback(bound)
        self.allowed = tuple([name.lower().rstrip(".") for name in (*allowed, bound, GOOGLE_HOSTS)])
        self.accepted: set[str] = set()

    def is_allowed(self, host: str) -> bool:
        """Whether a Host header, with its port, is accepted. Accepted ones are cached."""
        if host in self.accepted:
            return True
        name = parse_host(host)
        if name is None or not self.is_allowed_name(name):
            return False
        if len(self.accepted) < 1000:
            self.accepted.add(host)
        return True

    def is_allowed_name(self, name: str) -> bool:
        if any(fnmatchcase(name, pattern) for pattern in self.allowed):
            return True
        if is_loopback_name(name):
            return True
        if parse_address(name) is not None:
            return not self.loopback_only
        return not self.loopback_only and bool(name) and "." not in name


def is_loopback(bound: str) -> bool:
    """Whether only this machine can reach an address to listen on."""
    address = parse_address(bound)
    return address.is_loopback if address is not None else bound == "localhost"


def host_middleware(handler: Handler, hosts: AllowedHosts) -> Handler:
    """Refuse requests whose Host header, or whose target, names another host."""
    accepted = hosts.accepted

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        host = wire.headers.get("host")
        if host not in accepted and host is not None and not hosts.is_allowed(host):
            return refuse_host(host)
        if wire.target[:1] not in ("/", "*", ""):
            target_host = urlsplit(wire.target).netloc
            if not hosts.is_allowed(target_host):
                return refuse_host(target_host)
        return handler(wire)

    return handle


async def refuse_host(host: str) -> WireResponse:
    """Return 421 for another host, and 400 for a host that is not valid (RFC 9112 3.2)."""
    is_valid = parse_host(host) is not None
    message = (
        f"mockgem: the host {host[:100]!r} is not valid: use a name or an IP address, and a port "
        f"up to {MAX_PORT}"
    )
    if is_valid:
        message = describe_other_host(host)
    return WireResponse(
        421 if is_valid else 400,
        (("Content-Type", "application/json"),),
        dump_compact({"error": message}),
    )


def describe_other_host(host: str) -> str:
    return (
        f"this is mockgem, not {host[:100]!r}. To accept requests for that host, start mockgem "
        "with --allowed-host NAME."
    )
