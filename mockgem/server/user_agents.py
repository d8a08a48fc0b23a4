"""Requests with two User-Agent headers, which the service accepts and aiohttp refuses.

google-genai 1.x sends them to some APIs: "User-Agent" and "user-agent". Evidence: sdk-google-genai.
"""

from __future__ import annotations

import re

LOWER_AGENT = b"\nuser-"
"""How the second header of google-genai begins. A short word is found in half the time."""
AGENT = re.compile(rb"\nuser-agent:", re.I)
AGENT_LINE = re.compile(rb"\nuser-agent:[^\n]*(?=\n)", re.I)
HEAD_END = b"\r\n\r\n"
HEAD_BYTES = 4096
"""Bytes of a request in which LOWER_AGENT is looked for."""


def has_agent(head: bytes) -> bool:
    return AGENT.search(head) is not None


def keep_last_agent(data: bytes, kept: int) -> bytes:
    """Return the bytes of a request without the first of two User-Agent headers.

    `data` begins in the head, and may end in it. What follows the head stays as it is. `kept` is 0
    if an earlier part of the head had the header.
    """
    end = data.find(HEAD_END)
    end = len(data) if end < 0 else end + 2
    surplus = len(AGENT.findall(data, 0, end)) - kept
    if surplus <= 0:
        return data
    return AGENT_LINE.sub(b"", data[:end], count=surplus) + data[end:]
