"""Read recordings of Ruby's VCR and of its port to R.

Both write `http_interactions`. The port's version 1 has a status with `status_code` and bodies with
`file`; its version 2 has a number as status and packs bodies that are not text.
"""

from __future__ import annotations

import base64
import codecs
from collections.abc import Mapping
from typing import Any

from mockgem.recording.cassette_reader import decompress_body
from mockgem.recording.formats.entries import (
    encode_fields,
    read_entries,
    read_headers,
    to_timestamp,
)
from mockgem.recording.interaction import Interaction, get_mapping, get_text, to_bytes


def is_http_interactions(tree: Any) -> bool:
    """Whether a value is a recording of VCR in Ruby or in R."""
    return isinstance(tree, dict) and "http_interactions" in tree


def is_r_vcr(tree: Any) -> bool:
    """Whether a value is a recording of R's vcr.

    Version 1 signs each interaction with `vcr/`, version 2 the file with `VCR-vcr/`.
    """
    if not is_http_interactions(tree):
        return False
    rows = tree["http_interactions"]
    first = rows[0] if isinstance(rows, list) and rows else None
    signs = [one.get("recorded_with") for one in (tree, first) if isinstance(one, Mapping)]
    return any(str(sign).startswith(("vcr/", "VCR-vcr/")) for sign in signs)


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return all interactions. Raises ValueError with the number of one that can't be read."""
    return read_entries(tree["http_interactions"], to_interaction)


def to_interaction(record: Any) -> Interaction:
    """Return a record as an interaction."""
    request, response = get_mapping(record, "request"), get_mapping(record, "response")
    status, reason = read_status(response.get("status"))
    return Interaction(
        str(request.get("method") or "GET").upper(),
        get_text(request, "uri"),
        read_headers(request.get("headers")),
        read_body(request.get("body")),
        status,
        reason,
        read_headers(response.get("headers")),
        read_body(response.get("body")),
        recorded=to_timestamp(record.get("recorded_at")),
    )


def read_status(status: Any) -> tuple[int, str]:
    """Return the code and the reason of a status, which is a mapping or a number."""
    if not isinstance(status, Mapping):
        return int(status or 0), ""
    code = status.get("code", status.get("status_code"))
    return int(code or 0), str(status.get("reason") or status.get("message") or "")


def read_body(body: Any) -> bytes:
    """Return a body. Raises ValueError if it is in another file, or of an unknown form."""
    if not isinstance(body, Mapping):
        return to_bytes(body)
    if body.get("on_disk") or body.get("file") is True:
        name = body.get("on_disk") or body.get("string")
        raise ValueError(f"its body is in another file, {name}, which mockgem does not read")
    if "base64_string" in body:
        return base64.b64decode(to_bytes(body["base64_string"]))
    if "raw_gzip" in body:
        return decompress_body(base64.b64decode(to_bytes(body["raw_gzip"])))
    if "fields" in body:
        return encode_fields(body["fields"] or ())
    if body and "string" not in body:
        raise ValueError(f"its body has the keys {', '.join(map(str, body))}; one is unknown")
    return encode_text(body.get("string") or "", str(body.get("encoding") or ""))


def encode_text(text: Any, encoding: str) -> bytes:
    """Return a body in its own encoding. Ruby's ASCII-8BIT means bytes, which stay as they are."""
    if not isinstance(text, str):
        return to_bytes(text)
    try:
        codec = codecs.lookup(encoding) if encoding not in ("", "ASCII-8BIT", "BINARY") else None
        return text.encode(codec.name if codec else "utf-8", "surrogateescape")
    except (LookupError, UnicodeEncodeError):
        return to_bytes(text)
