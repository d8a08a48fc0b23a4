"""One recorded request and response, and their form in vcrpy's cassettes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.recording.socket_messages import (
    Messages,
    decode_if_text,
    find_setup,
    from_records,
    to_records,
)

HeaderList = tuple[tuple[str, str], ...]
SWITCHING_PROTOCOLS = 101
EXTENSION_KEY = "x-mockgem"
"""The key of mockgem's own data in a response: vcrpy ignores it, and keeps it in the file."""

RESET = "the upstream reset the connection"
"""Why a body ended early, where the upstream sent a RST and not a FIN."""


@frozen
class Interaction:
    """A request and its response. Bodies are unpacked; the URL is the real one, without keys.

    `chunks` has the milliseconds since the request and the size in bytes of each chunk of the body.
    `broken` says why the body ended early, if it did. `recorded` is the time, in RFC 3339.
    `messages` are those of a socket, whose handshake the request is.
    """

    method: str
    uri: str
    request_headers: HeaderList
    request_body: bytes
    status: int
    reason: str
    headers: HeaderList
    body: bytes
    chunks: tuple[tuple[int, int], ...] = ()
    broken: str = ""
    recorded: str = ""
    messages: Messages = ()

    @property
    def is_socket(self) -> bool:
        """Whether the response is an open socket."""
        return self.status == SWITCHING_PROTOCOLS

    @property
    def is_handshake(self) -> bool:
        """Whether the request asked for a socket, which the response may have refused."""
        return self.uri.startswith(("ws://", "wss://"))

    @property
    def sent_data(self) -> bytes:
        """The request body; of a socket the setup."""
        return find_setup(self.messages) if self.is_socket else self.request_body

    @property
    def received_data(self) -> bytes:
        """The response body; of a socket what the server said, one message after the other."""
        said = [one.data for one in self.messages if one.side == "server"]
        return b"".join(said) if self.is_socket else self.body

    def get_header(self, name: str) -> str:
        """Return the first response header with a name (in lower case), or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def drop_mode_of(broken: str) -> str:
    """Return how a connection ended that broke off: reset (RST) or close (FIN).

    Older cassettes quote the error.
    """
    return "reset" if broken == RESET or "ConnectionResetError" in broken else "close"


def to_vcr_record(interaction: Interaction) -> dict[str, Any]:
    """Return an interaction in vcrpy's form, with mockgem's own data inside the response."""
    own: dict[str, Any] = {}
    if interaction.chunks:
        own["chunks"] = [list(chunk) for chunk in interaction.chunks]
    if interaction.broken:
        own["broken"] = interaction.broken
    if interaction.messages:
        own["messages"] = to_records(interaction.messages)
    if interaction.recorded:
        own["recorded"] = interaction.recorded
    response: dict[str, Any] = {
        "body": {"string": decode_if_text(interaction.body)},
        "headers": group_headers(interaction.headers),
        "status": {"code": interaction.status, "message": interaction.reason},
    }
    body = interaction.request_body
    request = {
        "body": decode_if_text(body) if body else None,
        "headers": group_headers(interaction.request_headers),
        "method": interaction.method,
        "uri": interaction.uri,
    }
    return {"request": request, "response": response | ({EXTENSION_KEY: own} if own else {})}


def group_headers(headers: HeaderList) -> dict[str, list[str]]:
    """Return headers as vcrpy writes them: the values of each name."""
    groups: dict[str, list[str]] = {}
    for name, value in headers:
        groups.setdefault(name, []).append(value)
    return groups


def from_vcr_record(record: Any) -> Interaction:
    """Return an interaction from a cassette of any version of vcrpy.

    Raises ValueError if something is missing or not valid.
    """
    request, response = get_mapping(record, "request"), get_mapping(record, "response")
    own = response.get(EXTENSION_KEY) or {}
    status = response.get("status") or {}
    return Interaction(
        str(request.get("method", "GET")).upper(),
        get_text(request, "uri"),
        headers_of(request),
        body_of(request),
        check_status(status.get("code", response.get("status_code"))),
        str(status.get("message") or response.get("http_version") or ""),
        headers_of(response),
        body_of(response, "string"),
        tuple([(int(ms), int(size)) for ms, size in own.get("chunks", ())]),
        str(own.get("broken", "")),
        str(own.get("recorded", "")),
        from_records(own.get("messages") or []),
    )


def check_status(code: Any) -> int:
    """Return a status code. Raises ValueError for one that HTTP can't send (RFC 9110 15)."""
    status = int(code or 0)
    if not is_status(status):
        given = "no status" if code is None else f"the status {code!r}"
        raise ValueError(f"a response has {given}: use a number from 100 to 999")
    return status


def is_status(status: int) -> bool:
    """Whether a number can be sent as a status code, also if it has no meaning in HTTP."""
    return 100 <= status <= 999


def get_mapping(record: Any, name: str) -> Mapping[str, Any]:
    """Return the request or the response of a record. Raises ValueError if it is missing."""
    mapping = record.get(name) if isinstance(record, Mapping) else None
    if not isinstance(mapping, Mapping):
        raise ValueError(f"an interaction has no {name}")
    return mapping


def body_of(message: Mapping[str, Any], inside: str = "") -> bytes:
    """Return the body of a request or a response, under whichever key it is.

    `parsed_body` is JSON as a value, or text: the serializers of pydantic-ai and NeMo Guardrails
    write it. `content` is in vcrpy's first recordings of httpx. In a response, `body` has the key
    `inside`.
    """
    if (parsed := message.get("parsed_body")) is not None:
        return to_bytes(parsed) if isinstance(parsed, (str, bytes)) else json_bytes(parsed)
    body = message.get("body")
    if body is None:
        return to_bytes(message.get("content"))
    return to_bytes(body.get(inside) if inside and isinstance(body, Mapping) else body)


CODING_HEADERS = ("content-encoding", "content-length", "transfer-encoding")


def headers_of(message: Mapping[str, Any]) -> HeaderList:
    """Return the headers; those about the original bytes of a `parsed_body` are left out."""
    headers = parse_headers(message.get("headers"))
    if message.get("parsed_body") is None:
        return headers
    return tuple([pair for pair in headers if pair[0].lower() not in CODING_HEADERS])


def get_text(request: Mapping[str, Any], name: str) -> str:
    """Return a text of a request. Raises ValueError if it is missing or not a text."""
    text = request.get(name)
    if not isinstance(text, str):
        raise ValueError(f"a request has no {name}")
    return text


def parse_headers(headers: Any) -> HeaderList:
    """Return headers from any version of vcrpy: mappings to lists or texts, or lists of pairs."""
    if headers is None:
        return ()
    if isinstance(headers, Mapping):
        return tuple(
            [
                (str(name), decode_header(value))
                for name, values in headers.items()
                for value in (values if isinstance(values, (list, tuple)) else (values,))
            ]
        )
    if isinstance(headers, Sequence) and not isinstance(headers, (str, bytes)):
        return tuple([(str(name), decode_header(value)) for name, value in headers])
    raise ValueError("headers must be a mapping or a list")


def decode_header(value: Any) -> str:
    """Return a header value as text, one character for each byte."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def to_bytes(body: Any) -> bytes:
    """Return a body as bytes: text, bytes, a file, chunks, or JSON as a value.

    Users of aiohttp have recorded JSON as a value under `body`.
    """
    match body:
        case None:
            return b""
        case bytes():
            return body
        case str():
            return body.encode("utf-8", "surrogateescape")
        case dict() | list():
            return json_bytes(body)
    if hasattr(body, "read"):
        return bytes(body.read())
    return b"".join([chunk if isinstance(chunk, bytes) else str(chunk).encode() for chunk in body])


def json_bytes(body: Any) -> bytes:
    """Return a value as JSON as the SDKs send it. An unpaired surrogate stays an escape."""
    import json

    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()
