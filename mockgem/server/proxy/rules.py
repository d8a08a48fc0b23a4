"""What the proxy does with a host: answer for it, open a tunnel to it, or refuse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache

from mockgem.core.authority import (
    HTTP_PORT,
    HTTPS_PORT,
    WEB_PORTS,
    Authority,
    HostPatterns,
    parse_authority,
)
from mockgem.core.frozen import frozen
from mockgem.server.certificates import is_certifiable


class Way(Enum):
    """Where the bytes of a client go."""

    ANSWER = "mockgem answers"
    TUNNEL = "to the host, unread"
    REFUSE = "nowhere"


@frozen
class ProxyRules:
    """The hosts for which the proxy answers, and those to which it opens tunnels.

    `own_port` returns the port on which the server listens: on this machine, it is the server.
    """

    answered: HostPatterns
    tunneled: HostPatterns
    own_port: Callable[[], int] = lambda: 0

    def find_way(self, authority: Authority, *, is_local: bool) -> Way:
        """Return where a connection to a host goes. Only clients of this machine get tunnels."""
        if self.is_own(authority) or self.answered.match(authority):
            return Way.ANSWER
        if self.tunneled.match(authority) and is_local:
            return Way.TUNNEL
        return Way.REFUSE

    def is_own(self, authority: Authority) -> bool:
        """Return whether this is the server itself."""
        return authority.is_loopback and authority.port == self.own_port()

    def explain_refusal(self, authority: Authority) -> str:
        """Return why a connection goes nowhere, and what to do."""
        host, pattern = authority.host, spell_pattern(authority)
        if self.tunneled.match(authority):
            return (
                f"the proxy opens a tunnel to {authority} only for clients of this machine. Let "
                f"the client reach {host} without the proxy (NO_PROXY={host})."
            )
        if found := self.answered.find(host) + self.tunneled.find(host):
            ports = sorted({port for one in found for port in list_ports(one)})
            return (
                f"the proxy uses {host} only on {spell_ports(ports)}, not on {authority.port}. To "
                f"add the port: --proxy-host {pattern}, or --tunnel-host {pattern}."
            )
        return (
            f"the proxy does not answer for {authority}. To answer or record it: --proxy-host "
            f"{pattern}. To pass it on unread: --tunnel-host {pattern}. To go around the proxy: "
            f"NO_PROXY={host}."
        )


def spell_pattern(authority: Authority) -> str:
    """Return the shortest pattern that has a host and a port."""
    return str(Authority(authority.host)) if authority.port in WEB_PORTS else str(authority)


def spell_ports(ports: Sequence[int]) -> str:
    return ("port " if len(ports) == 1 else "ports ") + " and ".join(map(str, ports))


def list_ports(pattern: Authority) -> tuple[int, ...]:
    return (pattern.port,) if pattern.port else WEB_PORTS


@lru_cache(maxsize=1024)
def parse_named_host(text: str, *, is_secure: bool) -> Authority | None:
    """Return the host that a request names, with the port that its scheme has without one."""
    return parse_authority(text, HTTPS_PORT if is_secure else HTTP_PORT)


def can_have_certificate(host: str) -> bool:
    """Return whether a certificate can be made for a host that a client names."""
    return is_certifiable(host) and "*" not in host and len(host) <= MAX_HOST


MAX_HOST = 253
"""Characters of a name in DNS (RFC 1035 2.3.4)."""
