"""One recorded exchange, and how vcrpy's format writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.frozen import frozen

HeaderList = tuple[tuple[str, str], ...]
EXTENSION_KEY = "x-mockgem"
"""Where in a response vcrpy passes over what it does not know, and keeps it when it writes a cassette anew."""


@frozen
class Interaction:
    """A request and its response. Bodies are decoded; the address is the real one, without keys.

    `chunks` are the pieces a body came in: milliseconds since the request was sent, and bytes. `broken` says why a body
    ended before its end, if it did. `recorded` is when, in RFC 3339.
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

    def get_header(self, name: str) -> str:
        return next((text for key, text in self.headers if key.lower() == name), "")


def to_vcr_record(one: Interaction) -> dict[str, Any]:
    """An interaction as vcrpy keeps it, with what only mockgem knows inside the response."""
    extra: dict[str, Any] = {}
    if one.chunks:
        extra["chunks"] = [list(chunk) for chunk in one.chunks]
    if one.broken:
        extra["broken"] = one.broken
    if one.recorded:
        extra["recorded"] = one.recorded
    response: dict[str, Any] = {
        "body": {"string": decode_if_text(one.body)},
        "headers": group_headers(one.headers),
        "status": {"code": one.status, "message": one.reason},
    }
    request = {
        "body": decode_if_text(one.request_body) if one.request_body else None,
        "headers": group_headers(one.request_headers),
        "method": one.method,
        "uri": one.uri,
    }
    return {"request": request, "response": response | ({EXTENSION_KEY: extra} if extra else {})}


def decode_if_text(body: bytes) -> str | bytes:
    """Text where it is text, so that it can be read in a review."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return body
    return (
        text
        if all(char >= " " or char in "\t\n\r" for char in text) and "\x7f" not in text
        else body
    )


def group_headers(headers: HeaderList) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, text in headers:
        found.setdefault(name, []).append(text)
    return found


def from_vcr_record(record: Any) -> Interaction:
    """An interaction of any cassette that vcrpy reads. Raises ValueError where something is missing or of a wrong kind."""
    request, response = get_mapping(record, "request"), get_mapping(record, "response")
    extra = response.get(EXTENSION_KEY) or {}
    status = response.get("status") or {}
    return Interaction(
        str(request.get("method", "GET")).upper(),
        get_text(request, "uri"),
        headers_of(request),
        body_of(request),
        int(status.get("code", response.get("status_code", 0)) or 0),
        str(status.get("message") or response.get("http_version") or ""),
        headers_of(response),
        body_of(response, "string"),
        tuple([(int(ms), int(size)) for ms, size in extra.get("chunks", ())]),
        str(extra.get("broken", "")),
        str(extra.get("recorded", "")),
    )


def get_mapping(record: Any, name: str) -> Mapping[str, Any]:
    found = record.get(name) if isinstance(record, Mapping) else None
    if not isinstance(found, Mapping):
        raise ValueError(f"an interaction has no {name}")
    return found


def body_of(message: Mapping[str, Any], inside: str = "") -> bytes:
    """Return the body of a request or a response, wherever it stands.

    `parsed_body` is JSON as a value, or text: so write the serializers of pydantic-ai and NeMo Guardrails. `content` is of
    vcrpy's first recordings of httpx. A response's `body` has its text `inside`.
    """
    if (parsed := message.get("parsed_body")) is not None:
        return to_bytes(parsed) if isinstance(parsed, (str, bytes)) else json_bytes(parsed)
    body = message.get("body")
    if body is None:
        return to_bytes(message.get("content"))
    return to_bytes(body.get(inside) if inside and isinstance(body, Mapping) else body)


OF_CODING = ("content-encoding", "content-length", "transfer-encoding")


def headers_of(message: Mapping[str, Any]) -> HeaderList:
    """Return the headers; without those that describe the bytes which `parsed_body` was made of."""
    found = parse_headers(message.get("headers"))
    if message.get("parsed_body") is None:
        return found
    return tuple([pair for pair in found if pair[0].lower() not in OF_CODING])


def get_text(request: Mapping[str, Any], name: str) -> str:
    found = request.get(name)
    if not isinstance(found, str):
        raise ValueError(f"a request has no {name}")
    return found


def parse_headers(headers: Any) -> HeaderList:
    """Headers as vcrpy has them in all its versions: a mapping of lists, of texts, or a list of pairs."""
    if headers is None:
        return ()
    if isinstance(headers, Mapping):
        return tuple(
            [
                (str(name), decode_header(text))
                for name, texts in headers.items()
                for text in to_sequence(texts)
            ]
        )
    if isinstance(headers, Sequence) and not isinstance(headers, (str, bytes)):
        return tuple([(str(name), decode_header(text)) for name, text in headers])
    raise ValueError("headers are neither a mapping nor a list")


def to_sequence(texts: Any) -> Sequence[Any]:
    return texts if isinstance(texts, (list, tuple)) else (texts,)


def decode_header(text: Any) -> str:
    return text.decode("latin-1") if isinstance(text, bytes) else str(text)


def to_bytes(body: Any) -> bytes:
    """A body as bytes: text, bytes, a file, or a mapping, which aiohttp's users have recorded as JSON."""
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
    return b"".join([one if isinstance(one, bytes) else str(one).encode() for one in body])


def json_bytes(body: Any) -> bytes:
    """A value as JSON, as the SDKs send it. Half a pair of surrogates stays an escape."""
    import json

    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()
