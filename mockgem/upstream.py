"""The real service, or whatever stands in its place: sends a request there as it came and gives the answer as it comes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from mockgem.core.wire import Arrived

CONNECT, SILENCE = 30.0, 600.0
"""Seconds to wait for a connection, and between two pieces of an answer."""


class Upstream:
    """Follows no redirects and decodes nothing."""

    def __init__(self) -> None:
        self.session: Any = None

    async def send(self, method: str, url: str, headers: Sequence[tuple[str, str]], body: Any) -> Arrived:
        """Raises ConnectionError where nobody answers."""
        import aiohttp
        from yarl import URL

        session = self.opened()
        try:
            response = await session.request(
                method, URL(url, encoded=True), headers=list(headers), data=body or None, allow_redirects=False
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise ConnectionError(f"{url.partition('?')[0]}: {str(error) or type(error).__name__}") from None
        told = tuple([(str(name), str(text)) for name, text in response.headers.items()])
        return Arrived(response.status, response.reason or "", told, pieces_of(response))

    def opened(self) -> Any:
        import aiohttp

        if self.session is None:
            self.session = aiohttp.ClientSession(
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=SILENCE),
                connector=aiohttp.TCPConnector(limit=0),
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self.session

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()


async def pieces_of(response: Any) -> AsyncGenerator[bytes, None]:
    import aiohttp

    try:
        async for piece in response.content.iter_any():
            yield piece
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ConnectionError(str(error) or type(error).__name__) from None
    finally:
        response.close()
