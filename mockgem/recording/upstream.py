"""Send requests to the real service, or to the server in its place, and return what arrives."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from mockgem.core.authority import is_loopback_name
from mockgem.core.http import UpstreamResponse
from mockgem.core.scheduling import LARGE_BODY
from mockgem.recording.refused_handshake import read_refusal

CONNECT_TIMEOUT, READ_TIMEOUT = 30.0, 600.0
"""Seconds to wait for a connection, and for the next chunk of a response."""
MAX_HEADER_SIZE = 256 * 1024
"""Bytes of a header line of a response. aiohttp's own limit is 8190."""
RESET_ERROR = ConnectionResetError.__name__
"""aiohttp quotes this error in the message of another, and does not chain it."""
SWITCHING_PROTOCOLS = 101
"""The status of a response after which a connection does not speak HTTP any more."""
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Returns the addresses of a host name and a port."""


class NotPublic(OSError):
    """A host with an address that is not in the public network."""


async def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raises OSError for an unknown name."""
    infos = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys([str(address[0]) for *_, address in infos]))


class Upstream:
    """An HTTP client that follows no redirects and unpacks no bodies.

    A host name is resolved once and keeps its addresses, or each time without `remembers`. The real
    service must have public ones: whoever can point its name into the local network gets no key.
    The host of the URL `near` and the hosts in `named` may be anywhere, because the user named
    them. `own_port` returns the port of this server, which gets nothing from itself.
    """

    def __init__(
        self,
        near: str = "",
        lookup: Resolve = resolve_host,
        *,
        named: Collection[str] = (),
        own_port: Callable[[], int] = lambda: 0,
        remembers: bool = True,
    ) -> None:
        self.session: Any = None
        self.trusted_hosts = frozenset((urlsplit(near).hostname or "", *named))
        self.lookup = lookup
        self.own_port = own_port
        self.remembers = remembers
        self.resolved: dict[str, list[str]] = {}

    async def send(
        self, method: str, url: str, headers: Sequence[tuple[str, str]], body: Any
    ) -> UpstreamResponse:
        """Send a request; return when the head of its response has arrived.

        Raises ConnectionError, with a message without keys, if no response arrives.
        """
        import aiohttp
        from yarl import URL

        session, address = self.get_session(), URL(url, encoded=True)
        try:
            await self.resolve(address.host or "", address.port or 0)
            response = await session.request(
                method,
                address,
                headers=list(headers),
                data=to_payload(body),
                allow_redirects=False,
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise ConnectionError(describe_failure(url, headers, error)) from None
        if response.status == SWITCHING_PROTOCOLS:
            response.close()
            switched = ConnectionError("the response was 101 Switching Protocols")
            raise ConnectionError(describe_failure(url, headers, switched))
        received = tuple(
            [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in response.raw_headers
            ]
        )
        return UpstreamResponse(
            response.status, to_latin1(response.reason or ""), received, iter_chunks(response)
        )

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host.

        Raises OSError for an unknown name, for a real service outside the public network, and for
        this server itself.
        """
        addresses = self.resolved.get(host)
        if addresses is None:
            addresses = await self.lookup(host, port)
            if host not in self.trusted_hosts:
                refuse_inner(host, addresses)
            if self.remembers:
                self.resolved[host] = addresses
        if port and port == self.own_port() and any(map(is_loopback_name, addresses)):
            raise OSError(f"{host} on port {port} is mockgem itself; nothing was sent")
        return addresses

    def get_session(self) -> Any:
        """Return the aiohttp session, created at the first request."""
        import aiohttp

        if self.session is None:
            self.session = aiohttp.ClientSession(
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=CONNECT_TIMEOUT, sock_read=READ_TIMEOUT
                ),
                connector=aiohttp.TCPConnector(
                    limit=0, resolver=make_resolver(self), use_dns_cache=False
                ),
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
                cookie_jar=aiohttp.DummyCookieJar(),
                middlewares=(read_refusal,),
                max_line_size=MAX_HEADER_SIZE,
                max_field_size=MAX_HEADER_SIZE,
            )
        return self.session

    async def close(self) -> None:
        """Close all connections."""
        if self.session is not None:
            await self.session.close()


def describe_failure(url: str, headers: Sequence[tuple[str, str]], error: Exception) -> str:
    """Return why a request got no response, without its credentials."""
    from mockgem.redaction.credentials import find_credentials_of_url
    from mockgem.redaction.finder import SecretFinder

    text = f"{url.partition('?')[0]}: {str(error) or type(error).__name__}"
    return SecretFinder(find_credentials_of_url(headers, url)).redact(text)


def to_payload(body: Any) -> Any:
    """Return a body for aiohttp, which sends large bytes at once unless they are a file."""
    if isinstance(body, bytes) and len(body) > LARGE_BODY:
        return BytesIO(body)
    return body or None


def to_latin1(text: str) -> str:
    """Return header text with one character for each byte, as HTTP/1.1 sends it.

    aiohttp decodes it as UTF-8 with surrogates.
    """
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def refuse_inner(host: str, addresses: Sequence[str]) -> None:
    """Raise NotPublic for a host with an address that is not in the public network."""
    inner = [address for address in addresses if not is_public(address)]
    if inner:
        raise NotPublic(
            f"{host} leads to {inner[0]}, which is not in the public network; nothing was sent"
        )


def is_public(address: str) -> bool:
    """Whether an IP address is in the public network."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return parsed.is_global and not parsed.is_multicast


def make_resolver(upstream: Upstream) -> Any:
    """Return a resolver for aiohttp that asks an upstream for addresses."""
    from aiohttp.abc import AbstractResolver, ResolveResult

    class Resolver(AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            return [
                ResolveResult(
                    hostname=host,
                    host=address,
                    port=port,
                    family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                    proto=0,
                    flags=socket.AI_NUMERICHOST,
                )
                for address in await upstream.resolve(host, port)
            ]

        async def close(self) -> None:
            return None

    return Resolver()


async def iter_chunks(response: Any) -> AsyncGenerator[bytes, None]:
    """Yield the chunks of a response body.

    Raises ConnectionError if it breaks off, and ConnectionResetError if it was reset.
    """
    import aiohttp

    try:
        async for chunk in response.content.iter_any():
            yield chunk
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        if isinstance(error, ConnectionResetError) or RESET_ERROR in str(error):
            raise ConnectionResetError(str(error)) from None
        raise ConnectionError(str(error) or type(error).__name__) from None
    finally:
        response.close()
