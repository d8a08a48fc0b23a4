"""Say which secrets a recorder replaced in an interaction, by the marks that it left.

What a recorder left out, such as the header with the key, has no mark.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mockgem.core.frozen import frozen
from mockgem.recording.comparability import REDACTION
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.redaction.names import classify_name, is_secret_header

MAX_SEARCHED = 2**20
"""Bytes at the beginning of a body in which marks are looked for."""
MAX_REMOVED = 50
"""Places of one interaction that are listed."""
WRITTEN_MARK = re.compile(r"REDACTED|FILTERED")
"""A mark that no template in a prompt has by chance; other marks must be a whole value."""
NAME_BEFORE = re.compile(r"([A-Za-z][\w-]{0,63})[\"'\\]*\s*[:=]\s*[\"'\\]*(?:Bearer\s+)?\Z")
EVENT = re.compile(r"^data:[ ]?(.*)$", re.M)
Place = tuple[str, str, str]
"""Where a mark is, the path within it, and the name of the secret (empty if it has none)."""


@frozen
class RemovedSecret:
    """A secret that was replaced: in which part, at which path, under which name, how often."""

    place: str
    path: str
    name: str
    count: int


def list_removed_secrets(one: Interaction) -> list[RemovedSecret]:
    """Return the secrets that were replaced in an interaction, in the order of its parts."""
    counts = Counter(iter_places(one))
    return [RemovedSecret(*place, count) for place, count in list(counts.items())[:MAX_REMOVED]]


def iter_places(one: Interaction) -> Iterator[Place]:
    """Yield the place of each mark."""
    yield from iter_url_places(one.uri)
    yield from iter_header_places("request header", one.request_headers)
    yield from iter_body_places("request body", one.request_body)
    yield from iter_header_places("response header", one.headers)
    yield from iter_body_places("response body", one.body)
    for message in one.messages:
        yield from iter_body_places(f"message of the {message.side}", message.data)


def iter_url_places(uri: str) -> Iterator[Place]:
    if not REDACTION.search(uri):
        return
    parts = urlsplit(uri)
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if REDACTION.search(value):
            yield "URL", name, name_of_secret(name)
    for _ in REDACTION.finditer(f"{parts.netloc}{parts.path}"):
        yield "URL", "path", ""


def iter_header_places(place: str, headers: HeaderList) -> Iterator[Place]:
    for name, value in headers:
        if REDACTION.search(value):
            yield place, name, name_of_secret(name)


def iter_body_places(place: str, body: bytes) -> Iterator[Place]:
    """Yield the places of the marks in a body: JSON, the events of a stream, or a text."""
    text = body[:MAX_SEARCHED].decode("utf-8", "replace")
    if not REDACTION.search(text):
        return
    if (value := parse(text)) is not None:
        yield from iter_value_places(place, value, "", "")
        return
    events = [parse(row) for row in EVENT.findall(text)]
    for event in events:
        yield from iter_value_places(place, event, "", "")
    if any(event is not None for event in events):
        return
    yield from [(place, "", name) for name in find_names(text)]


def parse(text: str) -> Any:
    """Return a text as JSON, or None."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def iter_value_places(place: str, value: Any, path: str, key: str) -> Iterator[Place]:
    """Yield the places of the marks in a JSON value whose key is `key`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from iter_value_places(place, inner, f"{path}.{name}".lstrip("."), name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from iter_value_places(place, inner, f"{path}[{index}]", key)
    elif isinstance(value, str) and REDACTION.search(value):
        if REDACTION.fullmatch(value):
            yield place, path, name_of_secret(key)
        else:
            yield from [(place, path, name) for name in find_names(value)]


def find_names(text: str) -> Iterator[str]:
    """Yield the name before each written mark of a text; an empty text for one without."""
    for match in WRITTEN_MARK.finditer(text):
        yield find_name(text[max(0, match.start() - 100) : match.start()])


def find_name(before: str) -> str:
    """Return the name at the end of what is in front of a mark, if it is that of a secret."""
    found = NAME_BEFORE.search(before)
    return name_of_secret(found[1]) if found else ""


def name_of_secret(name: str) -> str:
    """Return a name if it is that of a secret, otherwise an empty text."""
    return name if classify_name(name) or is_secret_header(name) else ""
