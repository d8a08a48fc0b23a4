"""Media types in Content-Type headers (RFC 9110 8.3)."""

from __future__ import annotations

import re

JSON_TYPE = re.compile(r"application/(?:[a-z0-9.!#$&^_-]+\+)?json\Z")


def parse_media_type(header: str) -> str:
    """Return the type and subtype, in lower case and without parameters: "text/plain"."""
    return header.partition(";")[0].strip().lower()


def is_json(header: str) -> bool:
    """Whether a Content-Type means JSON: application/json or application/…+json."""
    return JSON_TYPE.match(parse_media_type(header)) is not None
