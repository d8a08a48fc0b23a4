"""Which web pages a request may come from: those of this machine may change things, others may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

LOCAL_ORIGIN = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\Z")
"""Origins whose pages may change something; a name that only leads here is none of them."""
FOREIGN_SITES = ("cross-site", "same-site")


def is_local_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from no page at all, or from one of this machine."""
    origin = headers.get("origin") or origin_of(headers.get("referer", ""))
    if origin:
        return LOCAL_ORIGIN.match(origin) is not None
    return headers.get("sec-fetch-site", "") not in FOREIGN_SITES


def origin_of(referer: str) -> str:
    """Nothing for no referer; something that is nobody's origin for one that can't be read."""
    if not referer:
        return ""
    try:
        parts = urlsplit(referer)
    except ValueError:
        return "unreadable"
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "unreadable"
