"""Sends webhooks to their receivers."""

from __future__ import annotations

from collections.abc import Mapping

TIMEOUT = 10.0
"""Seconds that a receiver has to answer: a few, the documentation says."""


async def send_webhook(uri: str, headers: Mapping[str, str], body: bytes) -> int:
    """Send an event, without redirects, and return the status; 0 without an answer in time."""
    import aiohttp

    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session:
            async with session.post(
                uri, data=body, headers=headers, allow_redirects=False
            ) as response:
                return response.status
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
        return 0
