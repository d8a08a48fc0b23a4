"""Check the web page that a request comes from: only pages of this machine may change things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

LOCAL_ORIGIN = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\Z")
"""Origins whose pages may change something. Host names that resolve to this machine are not."""
FOREIGN_SITES = ("cross-site", "same-site")


def is_local_origin(headers: Mapping[str, str]) -> bool:
    """Return whether a request comes from a page of this machine, or from no page."""
    origin = headers.get("origin") or origin_of(headers.get("referer", ""))
    if origin:
        return LOCAL_ORIGIN.match(origin) is not None
    return headers.get("sec-fetch-site", "") not in FOREIGN_SITES


def origin_of(referer: str) -> str:
    """Return the origin in a Referer header: "" without one, `UNREADABLE` if it can't be parsed."""
    if not referer:
        return ""
    try:
        parts = urlsplit(referer)
    except ValueError:
        return UNREADABLE
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else UNREADABLE


UNREADABLE = "unreadable"
"""Stands for an origin, but is not the origin of any page."""
