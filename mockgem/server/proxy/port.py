"""CONNECT on the port of the server: the connection goes on as one of the server, or as a tunnel.

What follows the response to CONNECT is TLS or plain HTTP, as on a new connection, so the server
reads it in the same way. Only the certificate is in the name of the host.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from mockgem.core.authority import Authority
from mockgem.recording.upstream import NotPublic
from mockgem.server.certificates import Certificates
from mockgem.server.connections import (
    Connection,
    RefusedConnection,
    close_own_side,
    is_local,
)
from mockgem.server.proxy import Proxy
from mockgem.server.proxy.connect import (
    ESTABLISHED,
    MAX_HEAD,
    TOO_LARGE,
    Refusal,
    is_connect,
    parse_connect,
    split_head,
)
from mockgem.server.proxy.rules import Way, spell_pattern
from mockgem.server.proxy.tunnel import MAX_TUNNELS, Tunnel
from mockgem.server.tls import TLS_HANDSHAKE, FirstByte, OnePort


class ProxyPort(OnePort):
    """Makes the protocols of new connections on the port of a proxy.

    Args:
        make_protocol: Makes the protocol that reads requests.
        certificates: For the hosts that the proxy answers for.
        proxy: Says where a connection goes, and finds the addresses of hosts.
    """

    def __init__(
        self, make_protocol: Callable[[], Connection], certificates: Certificates, proxy: Proxy
    ) -> None:
        super().__init__(make_protocol, certificates)
        self.rules = proxy.rules
        self.upstream = proxy.upstream
        self.tunnels: set[Tunnel] = set()
        self.opening: set[asyncio.Task[None]] = set()

    def __call__(self) -> FirstByte:
        return FirstBytes(self)

    def close(self) -> None:
        """Close all tunnels: what passes through them is not the server's."""
        super().close()
        for task in self.opening:
            task.cancel()
        for tunnel in list(self.tunnels):
            tunnel.abort()


class FirstBytes(FirstByte):
    """A connection until its first request is known to be CONNECT, TLS or plain HTTP.

    After a CONNECT that the server answers, it is as new, with the certificate of `host`.
    """

    __slots__ = ("held", "host", "is_connected")
    port: ProxyPort

    def __init__(self, port: ProxyPort) -> None:
        super().__init__(port)
        self.held = b""
        self.host = ""
        self.is_connected = False

    def data_received(self, data: bytes) -> None:
        data, self.held = self.held + data, b""
        if self.is_connected or not is_connect(data):
            self.pass_on(data)
        elif (parts := split_head(data)) is not None and len(parts[0]) <= MAX_HEAD:
            self.connect(*parts)
        elif len(data) > MAX_HEAD:
            self.refuse(Refusal(431, TOO_LARGE))
        else:
            self.held = data

    def pass_on(self, data: bytes) -> None:
        """Let the server read what arrives."""
        if data[0] == TLS_HANDSHAKE:
            self.port.start_handshake(self.protocol, data, self.host)
        else:
            super().data_received(data)

    def connect(self, head: bytes, rest: bytes) -> None:
        """Answer a CONNECT request."""
        authority = parse_connect(head)
        if isinstance(authority, Refusal):
            self.refuse(authority)
            return
        match self.port.rules.find_way(authority, is_local=is_local(self.transport)):
            case Way.ANSWER:
                self.transport.write(ESTABLISHED)
                self.host = "" if self.port.rules.is_own(authority) else authority.host
                self.is_connected = True
                if rest:
                    self.pass_on(rest)
            case Way.TUNNEL:
                self.start_tunnel(authority, rest)
            case Way.REFUSE:
                reason = self.port.rules.explain_refusal(authority)
                self.refuse_way(403, authority, reason, "mockgem does not answer for this host")

    @property
    def transport(self) -> asyncio.Transport:
        transport = self.protocol.transport
        assert transport is not None, "the connection is open"
        return transport

    def refuse_way(self, status: int, authority: Authority, reason: str, short: str) -> None:
        """Refuse a connection to a host, and say in the log why: clients often do not show it."""
        self.port.log_once(f"A connection to {authority} was refused: {reason}")
        self.refuse(Refusal(status, f"mockgem: {reason}", short))

    def refuse(self, refusal: Refusal) -> None:
        """Send a refusal. The client may read it before the connection is closed."""
        transport = self.protocol.leave_transport()
        transport.set_protocol(RefusedConnection(self.protocol.listener, transport))
        if not transport.is_reading():
            transport.resume_reading()
        transport.write(refusal.encode())
        close_own_side(transport)

    def start_tunnel(self, authority: Authority, early: bytes) -> None:
        """Begin to open a tunnel; the client waits for it."""
        if len(self.port.tunnels) + len(self.port.opening) >= MAX_TUNNELS:
            reason = f"{MAX_TUNNELS} tunnels are open, which is the limit."
            self.refuse_way(503, authority, reason, "mockgem has too many tunnels")
            return
        self.transport.pause_reading()
        task = asyncio.get_running_loop().create_task(self.open_tunnel(authority, early))
        self.port.opening.add(task)
        task.add_done_callback(self.port.opening.discard)

    async def open_tunnel(self, authority: Authority, early: bytes) -> None:
        """Connect to a host, and join the client's connection with it."""
        tunnel = Tunnel(self.port.tunnels.discard)
        try:
            addresses = await self.port.upstream.resolve(authority.host, authority.port)
            await tunnel.open(addresses, authority.port)
        except (OSError, ValueError) as error:  # ValueError: a name that DNS can't have
            if self.protocol.transport is not None:
                reason = f"no connection to {authority}: {explain_error(error, authority)}"
                self.refuse_way(502, authority, reason, "mockgem can't reach this host")
            return
        transport = self.protocol.transport
        if transport is None or transport.is_closing():
            tunnel.abort()
            return
        self.port.log_once(
            f"The proxy passes on connections to {authority.host} unread, and records nothing of "
            f"them. To record them: --proxy-host {spell_pattern(authority)}"
        )
        self.port.tunnels.add(tunnel)
        transport.write(ESTABLISHED)
        tunnel.start(self.protocol.leave_transport(), early)


def explain_error(error: Exception, authority: Authority) -> str:
    if isinstance(error, NotPublic):
        return f"{error}. If that is meant, name the host: --tunnel-host {spell_pattern(authority)}"
    return str(error) or "it did not answer in time"
