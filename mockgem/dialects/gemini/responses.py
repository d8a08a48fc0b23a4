"""What all of the native dialect's answers have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.http import Pieces, WireRequest, WireResponse, chunked
from mockgem.dialects.common.google_frontend import JSON, Headers, headers
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.json_writer import spread
from mockgem.dialects.common.proto_fields import Read, read_as

Json = dict[str, Any]
PACKAGE = "google.ai.generativelanguage.v1main."
HEADERS = headers(JSON, 200)


def answer(found: Json, headers: Headers = HEADERS) -> WireResponse:
    """Pretty-printed with a newline behind it, as all of them are (recorded)."""
    return WireResponse(200, headers, Pieces(chunked((spread(found) + b"\n",))))


def listing(name: str, rows: Sequence[Json], token: str) -> WireResponse:
    """A page; what is empty is absent."""
    return answer(({name: rows} if rows else {}) | ({"nextPageToken": token} if token else {}))


def body_of(wire: WireRequest, kind: Read) -> Json:
    """The body by its fields. Raises ApiError with every violation."""
    found: Json = read_as(kind, parse(wire.body))
    return found


def paging(query: Mapping[str, str], usual: int, most: int) -> tuple[int, str]:
    """The page's size and token. Both spellings are taken. Raises ApiError where the size is no number."""
    text = query.get("pageSize") or query.get("page_size") or "0"
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise invalid(f"Invalid value at 'page_size' (TYPE_INT32), \"{text[:40]}\"", "payload")
    size = int(text)
    if size < 0:
        raise invalid("* ListRequest.page_size: page_size must be non-negative.\n", "page_size")
    return min(size or usual, most), query.get("pageToken") or query.get("page_token") or ""
