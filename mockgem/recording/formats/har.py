"""Read HAR 1.2, as browsers and proxies save it, and the recordings of Polly.js, which are HAR.

Polly.js keeps a body with a content coding as a list of base64 pieces. A persister of its users
writes HAR as YAML, with JSON bodies as values under `textJSON`.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from mockgem.recording.formats.entries import drop_headers, encode_fields, read_entries
from mockgem.recording.interaction import HeaderList, Interaction, json_bytes

TRANSFER_HEADERS = ("content-length", "transfer-encoding")
"""Headers that do not describe a body as HAR keeps it."""


def is_har(tree: Any) -> bool:
    """Whether a value is a HAR file."""
    return isinstance(tree, dict) and isinstance(tree.get("log"), dict) and "entries" in tree["log"]


def is_polly(tree: Any) -> bool:
    """Whether a value is a recording of Polly.js."""
    if not is_har(tree):
        return False
    creator = tree["log"].get("creator")
    name = str(creator.get("name", "")) if isinstance(creator, dict) else ""
    return "_recordingName" in tree["log"] or name.lower() == "polly.js"


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return the entries with a response; one that broke off has the status 0 or no response."""
    return read_entries(tree["log"]["entries"], to_interaction)


def to_interaction(entry: dict[str, Any]) -> Interaction | None:
    """Return an entry as an interaction; None if it broke off without a response."""
    request, response = entry["request"], entry.get("response")
    if response is None or not response.get("status"):
        return None
    headers = read_header_pairs(response.get("headers"))
    body, is_packed = read_body(response.get("content") or {}, headers)
    dropped = TRANSFER_HEADERS if is_packed else (*TRANSFER_HEADERS, "content-encoding")
    return Interaction(
        str(request["method"]).upper(),
        str(request["url"]),
        read_header_pairs(request.get("headers")),
        read_post_data(request.get("postData") or {}),
        int(response["status"]),
        str(response.get("statusText") or ""),
        drop_headers(headers, dropped),
        body,
        recorded=str(entry.get("startedDateTime") or ""),
    )


def read_post_data(data: dict[str, Any]) -> bytes:
    """Return a request body, which HAR keeps as text or as the fields of a form."""
    if not has_text(data) and data.get("params"):
        return encode_fields([(one["name"], one.get("value") or "") for one in data["params"]])
    return read_text(data)


def read_body(content: dict[str, Any], headers: HeaderList) -> tuple[bytes, bool]:
    """Return a response body, and whether it is still packed.

    HAR has unpacked bodies. Polly.js has the bytes of one with a content coding, in pieces: base64,
    in older versions hexadecimal.
    """
    text = str(content.get("text") or "")
    is_coded = any(name.lower() == "content-encoding" and value for name, value in headers)
    pieces = parse_pieces(text) if is_coded else []
    if pieces and content.get("encoding") == "base64":
        return b"".join([base64.b64decode(piece) for piece in pieces]), True
    if pieces and (content.get("_isBinary") or text.startswith('["1f8b')):
        return b"".join([bytes.fromhex(piece) for piece in pieces]), True
    if content.get("_isBinary") and not content.get("encoding"):
        return bytes.fromhex(text), False
    return read_text(content), False


def parse_pieces(text: str) -> list[str]:
    """Return a text that is a JSON list of texts as that list; no pieces for any other text."""
    try:
        pieces = json.loads(text) if text.startswith("[") else None
    except ValueError:
        return []
    if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
        return []
    return pieces


def has_text(data: dict[str, Any]) -> bool:
    """Whether a body is there, as text or as a JSON value."""
    return bool(data.get("text")) or "textJSON" in data


def read_text(data: dict[str, Any]) -> bytes:
    """Return a body that is a text, base64, or a JSON value."""
    if not data.get("text") and "textJSON" in data:
        return json_bytes(data["textJSON"])
    text = data.get("text") or ""
    if data.get("encoding") == "base64":
        return base64.b64decode(text)
    return str(text).encode("utf-8", "surrogateescape")


def read_header_pairs(headers: Any) -> HeaderList:
    """Return headers without the pseudo-headers of HTTP/2, which begin with a colon."""
    pairs = [(str(one["name"]), str(one["value"])) for one in headers or ()]
    return tuple([pair for pair in pairs if not pair[0].startswith(":")])
