"""Common to all replies of the native dialect: headers, JSON, pages, paging."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.google_frontend import JSON_TYPE, Headers, build_headers
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.common.proto_fields import FieldReader, read_as

Json = dict[str, Any]
PACKAGE = "google.ai.generativelanguage.v1main."
HEADERS = build_headers(JSON_TYPE, 200)


def encode_json(value: Json, headers: Headers = HEADERS) -> WireResponse:
    """Return pretty-printed JSON with a newline at the end (recorded).

    Evidence: native-028-generateContent-200.
    """
    return WireResponse(200, headers, ChunkedBody(encode_chunks((dump_pretty(value) + b"\n",))))


def encode_page(name: str, rows: Sequence[Json], token: str) -> WireResponse:
    """Return a page without its empty values."""
    return encode_json(({name: rows} if rows else {}) | ({"nextPageToken": token} if token else {}))


def read_body(wire: WireRequest, reader: FieldReader) -> Json:
    """Read the body by its fields. Raises ApiError with every violation."""
    body: Json = read_as(reader, parse_json(wire.body))
    return body


def read_paging(query: Mapping[str, str], default: int, largest: int) -> tuple[int, str]:
    """Return the page size and token from either spelling. Raises ApiError for an invalid size."""
    text = query.get("pageSize") or query.get("page_size") or "0"
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise invalid(f"Invalid value at 'page_size' (TYPE_INT32), \"{text[:40]}\"", "payload")
    size = int(text)
    if size < 0:
        raise invalid("* ListRequest.page_size: page_size must be non-negative.\n", "page_size")
    return min(size or default, largest), query.get("pageToken") or query.get("page_token") or ""
