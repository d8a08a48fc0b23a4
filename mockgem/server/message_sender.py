"""Sends messages to HTTP servers and reads what they answer, up to a limit."""

from __future__ import annotations

from typing import Any

from mockgem.core.outbound import OutboundAnswer, OutboundMessage

TIMEOUT = 10.0
"""Seconds from the connection to the end of the answer."""
MAX_ANSWER = 1 << 20
"""Bytes of an answer."""


async def send_message(message: OutboundMessage) -> OutboundAnswer:
    """Send a message, without redirects, and return the answer.

    Raises ConnectionError without an answer in time, or for one that is too long.
    """
    import aiohttp

    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    headers = {**message.headers, "accept-encoding": "identity"}
    try:
        async with aiohttp.ClientSession(timeout=limit) as session:
            async with session.request(
                message.method,
                message.url,
                data=message.body,
                headers=headers,
                allow_redirects=False,
            ) as response:
                names = {name.lower(): value for name, value in response.headers.items()}
                return OutboundAnswer(response.status, names, await read_body(response, message))
    except TimeoutError as error:
        raise ConnectionError(f"no answer in {TIMEOUT:.0f} seconds") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise ConnectionError(str(error) or type(error).__name__) from error


async def read_body(response: Any, message: OutboundMessage) -> bytes:
    """Return the body, or the beginning of a stream that is enough."""
    data = b""
    async for piece in response.content.iter_any():
        data += piece
        if len(data) > MAX_ANSWER:
            raise ConnectionError(f"the answer has more than {MAX_ANSWER} bytes")
        if message.is_complete(data):
            break
    return data
