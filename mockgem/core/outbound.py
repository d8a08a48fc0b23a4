"""Messages that mockgem sends to other servers on behalf of a world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from mockgem.core.frozen import frozen

SendWebhook = Callable[[str, Mapping[str, str], bytes], Awaitable[int]]
"""Send a webhook: (address, headers, body) -> the status of the answer, 0 without one."""


@frozen
class OutboundMessage:
    """A message to an HTTP server. `is_complete` says whether a part of the answer is enough."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    is_complete: Callable[[bytes], bool] = lambda data: False


@frozen
class OutboundAnswer:
    """What an HTTP server answered. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


SendMessage = Callable[[OutboundMessage], Awaitable[OutboundAnswer]]
"""Send a message and return the answer. Raises ConnectionError with the reason."""
