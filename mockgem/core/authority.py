"""A host and a port, as in a Host header, in a URL, or behind CONNECT."""

from __future__ import annotations

import ipaddress
import re
from fnmatch import fnmatchcase

from mockgem.core.frozen import frozen

HOST = re.compile(
    r"(\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]|[A-Za-z0-9_.%-]*)(?::([0-9]{0,5}))?\Z", re.ASCII
)
"""A name, an IPv4 address or an IPv6 address in brackets, and a port (RFC 9110 7.2)."""
MAX_PORT = 65535
HTTP_PORT, HTTPS_PORT = 80, 443
WEB_PORTS = (HTTP_PORT, HTTPS_PORT)
"""The ports of a pattern without a port."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@frozen
class Authority:
    """A host, in lower case and without brackets, and a port; 0 if none is given."""

    host: str
    port: int = 0

    def __str__(self) -> str:
        """Return the form of URLs."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" if self.port else host

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine by its name or its address."""
        return is_loopback_name(self.host)


def parse_host(host: str) -> str | None:
    """Return the name in a Host header, without port, brackets and final dot; None if the header is
    not valid."""
    found = parse_authority(host)
    return None if found is None else found.host


def parse_authority(text: str, port: int = 0) -> Authority | None:
    """Return a host with its port, or with `port` if it has none; None if it is not valid."""
    match = HOST.match(text)
    if match is None or int(match[2] or 0) > MAX_PORT:
        return None
    name = match[1].lower()
    if name.startswith("["):
        if parse_address(name[1:-1]) is None:
            return None
        name = name[1:-1]
    return Authority(name.rstrip("."), int(match[2] or port))


def parse_address(name: str) -> Address | None:
    """Return an IP address; None for a name. An IPv4 address in an IPv6 one is the IPv4 address."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_loopback_name(name: str) -> bool:
    """Whether a name or an address can only be this machine."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = parse_address(name)
    return address is not None and address.is_loopback


@frozen
class HostPatterns:
    """Hosts as users name them: a name with * for any characters, and perhaps a port.

    A pattern without a port has the ports 80 and 443. This machine must be named without a *, so
    that * alone does not mean it.
    """

    patterns: tuple[Authority, ...] = ()

    def match(self, authority: Authority) -> bool:
        """Return whether a pattern has this host and this port."""
        return any(has_port(one, authority.port) for one in self.find(authority.host))

    def find(self, host: str) -> list[Authority]:
        """Return the patterns that have a host."""
        is_own = is_loopback_name(host)
        return [
            one
            for one in self.patterns
            if one.host == host or (not is_own and fnmatchcase(host, one.host))
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """The hosts that are named without a *."""
        return tuple([one.host for one in self.patterns if "*" not in one.host])


def has_port(pattern: Authority, port: int) -> bool:
    return port == pattern.port if pattern.port else port in WEB_PORTS


def parse_pattern(text: str) -> Authority | None:
    """Return a pattern of hosts; None if it is not valid: HOST, *.HOST, HOST:PORT."""
    match = HOST.match(text.replace("*", "x"))
    found = parse_authority(text.replace("*", "x"))
    if match is None or found is None or not found.host or match[2] in ("", "0"):
        return None
    name = text[: len(match[1])].lower()
    return Authority(name.strip("[]").rstrip("."), found.port)


def parse_patterns(texts: tuple[str, ...]) -> HostPatterns:
    """Return the patterns of some texts. Raises ValueError with the text that is not valid."""
    found = [(text, parse_pattern(text)) for text in texts]
    for text, pattern in found:
        if pattern is None:
            raise ValueError(text)
    return HostPatterns(tuple([pattern for _, pattern in found if pattern is not None]))
