"""The real service, or whatever stands in its place: sends a request there as it came and gives the answer as it comes."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from mockgem.core.http import UpstreamResponse

CONNECT_TIMEOUT, READ_TIMEOUT = 30.0, 600.0
"""Seconds to wait for a connection, and between two pieces of an answer."""


Resolve = Callable[[str, int], Awaitable[list[str]]]
"""A name and a port → addresses."""


async def resolve_host(host: str, port: int) -> list[str]:
    """Raises OSError for a name that leads nowhere."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys([str(address[0]) for *_, address in found]))


class Upstream:
    """Follows no redirects and decodes nothing.

    A name is looked up once and stays at its addresses. Those of the real service have to be public: whoever can make its
    names lead into one's own network gets no key. `near` are names that the user gave, which may lead anywhere.
    """

    def __init__(self, near: str = "", lookup: Resolve = resolve_host) -> None:
        self.session: Any = None
        self.trusted_host = urlsplit(near).hostname or ""
        self.lookup = lookup
        self.resolved: dict[str, list[str]] = {}

    async def send(
        self, method: str, url: str, headers: Sequence[tuple[str, str]], body: Any
    ) -> UpstreamResponse:
        """Raises ConnectionError where nobody answers."""
        import aiohttp
        from yarl import URL

        from mockgem.recording.redaction import (
            PATTERNS,
            compile_secrets,
            credentials_shown,
            redact_text,
        )

        session, address = self.get_session(), URL(url, encoded=True)
        try:
            await self.resolve(address.host or "", address.port or 0)
            response = await session.request(
                method, address, headers=list(headers), data=body or None, allow_redirects=False
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            said = f"{url.partition('?')[0]}: {str(error) or type(error).__name__}"
            secrets = compile_secrets(credentials_shown(headers, url))
            raise ConnectionError(redact_text(said, (*secrets, *PATTERNS))) from None
        told = tuple(
            [
                (name.decode("latin-1"), text.decode("latin-1"))
                for name, text in response.raw_headers
            ]
        )
        return UpstreamResponse(
            response.status, to_latin1(response.reason or ""), told, iter_chunks(response)
        )

    async def resolve(self, host: str, port: int) -> list[str]:
        """Raises OSError for a name that leads nowhere, or into one's own network though it is the real service's."""
        if host not in self.resolved:
            found = await self.lookup(host, port)
            if host != self.trusted_host and (
                inner := [one for one in found if not is_public(one)]
            ):
                raise OSError(
                    f"{host} leads to {inner[0]}, which is not in the public network; nothing was sent"
                )
            self.resolved[host] = found
        return self.resolved[host]

    def get_session(self) -> Any:
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
            )
        return self.session

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()


def to_latin1(text: str) -> str:
    """Header text one character a byte, as HTTP/1.1 sends it; aiohttp decodes it as UTF-8 with surrogates."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_global and not found.is_multicast


def make_resolver(upstream: Upstream) -> Any:
    """aiohttp's way to ask for addresses."""
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
    import aiohttp

    try:
        async for piece in response.content.iter_any():
            yield piece
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ConnectionError(str(error) or type(error).__name__) from None
    finally:
        response.close()
