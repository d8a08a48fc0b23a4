"""Read traces of httprr, the recorder in the tests of Go projects of Google and others.

After a first line, each record is a line with two sizes in bytes, a request, and a response, as
Go writes them for a proxy.
"""

from __future__ import annotations

import re
from typing import Any

from mockgem.recording.formats.entries import drop_headers, read_entries
from mockgem.recording.interaction import HeaderList, Interaction

MAGIC = b"httprr trace v1"
SIZES = re.compile(rb"(\d{1,18}) (\d{1,18})\r?\n")
HEAD_END = re.compile(rb"\r?\n\r?\n")
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[^\r\n]*\r?\n")


def is_httprr(data: Any) -> bool:
    """Whether bytes are a trace."""
    return isinstance(data, bytes) and data.split(b"\n", 1)[0].rstrip() == MAGIC


def read(data: bytes) -> tuple[list[Interaction], int]:
    """Return all records. Raises ValueError with the number of one that can't be read."""
    return read_entries(split_records(data), to_interaction)


def split_records(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the requests and responses. Raises ValueError if the sizes do not fit the file."""
    records: list[tuple[bytes, bytes]] = []
    position = data.find(b"\n") + 1 or len(data)
    while data[position:].strip():
        match = SIZES.match(data, position)
        middle = match.end() + int(match[1]) if match else 0
        end = middle + int(match[2]) if match else 0
        if match is None or end > len(data):
            raise ValueError(
                f"interaction {len(records) + 1}: the sizes in bytes at byte {position} do not fit "
                "the file; an editor or git may have changed its line ends"
            )
        records.append((data[match.end() : middle], data[middle:end]))
        position = end
    return records


def to_interaction(record: tuple[bytes, bytes]) -> Interaction:
    """Return a record as an interaction."""
    line, request_headers, question = split_message(record[0])
    method, _, rest = line.partition(" ")
    url = rest.rpartition(" ")[0]
    if url.startswith("/"):
        hosts = [value for name, value in request_headers if name.lower() == "host"]
        url = f"https://{hosts[0] if hosts else ''}{url}"
    if "://" not in url:
        raise ValueError(f"its request line is not valid: {line[:100]!r}")
    line, headers, body = split_message(record[1])
    version, _, status = line.partition(" ")
    code, _, reason = status.partition(" ")
    if not version.startswith("HTTP/") or not code.isdigit():
        raise ValueError(f"its status line is not valid: {line[:100]!r}")
    return Interaction(
        method.upper(), url, request_headers, question, int(code), reason, headers, body
    )


def split_message(data: bytes) -> tuple[str, HeaderList, bytes]:
    """Return the first line, the headers and the body of a message."""
    end = HEAD_END.search(data)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data.rstrip(b"\r\n"), b"")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    pairs = [line.partition(":") for line in lines]
    headers = tuple([(name.strip(), value.strip()) for name, _, value in pairs if name.strip()])
    codings = [value.lower() for name, value in headers if name.lower() == "transfer-encoding"]
    if "chunked" in codings:
        return first, drop_headers(headers, ("transfer-encoding",)), join_chunks(body)
    return first, headers, body


def join_chunks(body: bytes) -> bytes:
    """Return a body without the sizes of its chunks. Raises ValueError."""
    pieces: list[bytes] = []
    position = 0
    while match := CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        if not size:
            return b"".join(pieces)
        if match.end() + size > len(body):
            break
        pieces.append(body[match.end() : match.end() + size])
        position = match.end() + size
        position += 2 if body[position : position + 2] == b"\r\n" else 1
    raise ValueError("its chunked body is incomplete")
