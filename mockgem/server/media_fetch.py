"""Fetches media that requests link to. Only --fetch-media uses it."""

from __future__ import annotations

from mockgem.core.content import Blob, Link
from mockgem.core.errors import invalid

MAX_BYTES = 20 * 2**20
TIMEOUT = 10.0


async def fetch_media(link: Link) -> Blob:
    """Fetch the media of an http(s) link: up to 20 MiB, within ten seconds, without redirects.

    Raises ApiError (400).
    """
    import aiohttp

    if not link.uri.startswith(("http://", "https://")):
        raise make_fetch_error()
    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session:
            async with session.get(link.uri, allow_redirects=False) as response:
                data = b""
                async for piece in response.content.iter_chunked(2**16):
                    data += piece
                    if len(data) > MAX_BYTES:
                        raise make_fetch_error()
                if response.status != 200:
                    raise make_fetch_error()
                return Blob(response.content_type or link.mime_type, data)
    except (TimeoutError, aiohttp.ClientError, ValueError):
        raise make_fetch_error() from None


def make_fetch_error() -> Exception:
    return invalid("Cannot fetch content from the provided URL.", "url")
