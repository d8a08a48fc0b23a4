"""Read the flows that mitmproxy saves (`mitmdump -w FILE`): one tnetstring for each flow.

A tnetstring is the size of its data, a colon, the data, and a letter or mark for the type.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from mockgem.recording.formats.entries import drop_headers, read_entries
from mockgem.recording.interaction import HeaderList, Interaction

BEGIN = re.compile(rb"\d{1,9}:\d{1,9}:")
"""The first flow is a dict whose first key is a text, so two sizes come first."""
SIZE = re.compile(rb"(\d{1,9}):")
MAX_DEPTH = 40
SWITCHING_PROTOCOLS = 101


def is_mitmproxy(data: Any) -> bool:
    """Whether bytes are flows."""
    return isinstance(data, bytes) and BEGIN.match(data) is not None and b"7:version;" in data


def read(data: bytes) -> tuple[list[Interaction], int]:
    """Return the flows with a response, without sockets, DNS and plain TCP."""
    return read_entries(split_flows(data), to_interaction)


def split_flows(data: bytes) -> list[Any]:
    """Return the values in a file. Raises ValueError for one that is not whole."""
    flows, position = [], 0
    while position < len(data):
        flow, position = parse(data, position, 0)
        flows.append(flow)
    return flows


def parse(data: bytes, position: int, depth: int) -> tuple[Any, int]:
    """Return the value at a position, and where the next one begins. Raises ValueError."""
    match = SIZE.match(data, position)
    end = match.end() + int(match[1]) if match else 0
    if match is None or end >= len(data) or depth > MAX_DEPTH:
        raise ValueError(f"the flow at byte {position} is not whole")
    content = data[match.end() : end]
    return convert(content, data[end : end + 1], depth), end + 1


def convert(content: bytes, kind: bytes, depth: int) -> Any:
    """Return the value of a tnetstring from its data and its type."""
    match kind:
        case b",":
            return content
        case b";":
            return content.decode("utf-8", "surrogateescape")
        case b"#":
            return int(content)
        case b"^":
            return float(content)
        case b"!":
            return content == b"true"
        case b"~":
            return None
        case b"]" | b"}":
            values = parse_all(content, depth + 1)
            return values if kind == b"]" else dict(zip(values[::2], values[1::2], strict=True))
    raise ValueError(f"{kind!r} is not a type of mitmproxy's files")


def parse_all(content: bytes, depth: int) -> list[Any]:
    values, position = [], 0
    while position < len(content):
        value, position = parse(content, position, depth)
        values.append(value)
    return values


def to_interaction(flow: dict[str, Any]) -> Interaction | None:
    """Return a flow as an interaction; None for a socket, and without a response."""
    response = flow.get("response")
    if flow.get("type") != "http" or not response:
        return None
    if response["status_code"] == SWITCHING_PROTOCOLS:
        return None
    request = flow["request"]
    started = float(request.get("timestamp_start") or 0)
    return Interaction(
        to_text(request["method"]).upper(),
        build_url(request),
        read_headers(request["headers"]),
        request.get("content") or b"",
        int(response["status_code"]),
        to_text(response.get("reason") or b""),
        drop_headers(read_headers(response["headers"]), ("content-length", "transfer-encoding")),
        response.get("content") or b"",
        recorded=datetime.fromtimestamp(started, UTC).isoformat() if started else "",
    )


def build_url(request: dict[str, Any]) -> str:
    """Return the URL of a request: mitmproxy keeps its parts; HTTP/2 names the host twice."""
    scheme, path = to_text(request["scheme"]), to_text(request["path"])
    authority = to_text(request.get("authority") or b"")
    named = [value for name, value in read_headers(request["headers"]) if name.lower() == "host"]
    host = authority or (named[0] if named else "") or f"{request['host']}:{request['port']}"
    default = ":443" if scheme == "https" else ":80"
    return f"{scheme}://{host.removesuffix(default)}{path}"


def read_headers(pairs: Any) -> HeaderList:
    """Return headers as text, without the pseudo-headers of HTTP/2."""
    texts = [(to_text(name), to_text(value)) for name, value in pairs]
    return tuple([pair for pair in texts if not pair[0].startswith(":")])


def to_text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
