"""The head of a CONNECT request (RFC 9110 9.3.6), and the responses to it."""

from __future__ import annotations

import re

from mockgem.core.authority import Authority, parse_authority
from mockgem.core.frozen import frozen
from mockgem.server.proxy.rules import can_have_certificate
from mockgem.server.refusals import encode_refusal

METHOD = b"CONNECT "
HEAD_END = re.compile(rb"\r?\n\r?\n")
MAX_HEAD = 16 * 1024
"""Bytes of a whole head; a request line or a header alone may have 8190 elsewhere."""
REQUEST_LINE = re.compile(rb"CONNECT +([^ \r\n]*) +HTTP/([0-9])\.([0-9])\Z")
HEADER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\x00\r\n]*\Z")
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
NEEDS_PORT = (
    "mockgem: CONNECT needs a host and a port, like CONNECT generativelanguage.googleapis.com:443"
)
BAD_HOST = "mockgem: the host or the port of CONNECT is not valid"
MALFORMED = "mockgem: the CONNECT request is not valid HTTP/1.1"
TOO_LARGE = f"mockgem: the head of the CONNECT request is longer than {MAX_HEAD} bytes"


@frozen
class Refusal:
    """The response to a CONNECT that gets no connection.

    `reason` is the text after the status. Most clients show it, and nothing else of the response.
    """

    status: int
    message: str
    reason: str = ""

    def encode(self) -> bytes:
        """Return the bytes of the response."""
        return encode_refusal(self.status, self.message, self.reason)


def is_connect(data: bytes) -> bool:
    """Return whether the first bytes of a connection are CONNECT, or may become it."""
    return METHOD.startswith(data[: len(METHOD)])


def split_head(data: bytes) -> tuple[bytes, bytes] | None:
    """Return the head of a request and the bytes after it; None if its end has not arrived."""
    end = HEAD_END.search(data)
    return None if end is None else (data[: end.start()], data[end.end() :])


def parse_connect(head: bytes) -> Authority | Refusal:
    """Return the host and the port to connect to, or the refusal of a head that is not valid.

    The headers must look like headers, and nothing of them is used: Proxy-Authorization stays here.
    """
    line, *headers = [one.rstrip(b"\r") for one in head.split(b"\n")]
    match = REQUEST_LINE.match(line)
    if match is None or not all(HEADER.match(one) for one in headers):
        return Refusal(400, MALFORMED, "Bad CONNECT request")
    if match[2] != b"1":
        return Refusal(505, "mockgem: CONNECT needs HTTP/1.1 or HTTP/1.0")
    authority = parse_authority(match[1].decode("latin-1"))
    if authority is None or (authority.port and not can_have_certificate(authority.host)):
        return Refusal(400, BAD_HOST, "Bad host in CONNECT")
    if not authority.port:
        return Refusal(400, NEEDS_PORT, "CONNECT needs HOST:PORT")
    return authority
