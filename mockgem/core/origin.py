"""Check the web page that a request comes from: only pages of this machine may change things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

LOCAL_ORIGIN = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\Z")
"""Origins whose pages may change something. Host names that resolve to this machine are not."""
FOREIGN_SITES = ("cross-site", "same-site")


def is_local_origin(headers: Mapping[str, str]) -> bool:
    """Return whether a request comes from a page of this machine or of this server, or from no
    page.

    The host of this server has been checked before, so a foreign page can't pretend to be here.
    """
    origin = headers.get("origin") or origin_of(headers.get("referer", ""))
    if origin:
        own = headers.get("host", "")
        is_own = bool(own) and origin in (f"http://{own}", f"https://{own}")
        return is_own or LOCAL_ORIGIN.match(origin) is not None
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
