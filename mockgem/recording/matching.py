"""Decide whether a request matches a recorded one: by method, path, query and body.

Keys, and other values that are new for each request, do not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mockgem.core.frozen import frozen
from mockgem.core.json_path import parse_json_path, spell
from mockgem.recording.interaction import Interaction
from mockgem.recording.socket_messages import canonical_setup
from mockgem.redaction.names import is_dropped_parameter

DEFAULT_MATCH_ON = ("method", "path", "query", "body")
UPLOAD_HEADERS = ("x-goog-upload-command", "x-goog-upload-offset")
"""Headers that say what a request does; the chunks of an upload may be equal otherwise."""
MAX_RECORDED_BODY = 16 * 2**20
"""Bytes of a request body that are recorded; of a larger one only its size is."""


@frozen
class MatchableRequest:
    """The parts of a request that matching looks at.

    A JSON body is its value; any other body is its text, or a hash of its bytes.
    """

    method: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any


@frozen
class RequestMatcher:
    """The parts by which requests match, and the places of a JSON body that do not count.

    Places are paths like `$.user`, `$.metadata.*` or `$.messages[0].content`.
    """

    match_on: tuple[str, ...] = DEFAULT_MATCH_ON
    ignore: tuple[str, ...] = ()

    def compute_key(self, request: MatchableRequest) -> bytes:
        """Return a hash that is equal for requests that match."""
        parts = [getattr(request, name) for name in self.match_on if name != "body"]
        if "body" in self.match_on:
            parts.append(remove_ignored(request.body, self.ignore))
        data = json.dumps(parts, sort_keys=True).encode()
        return hashlib.blake2b(data, digest_size=16).digest()


def normalize_request(
    method: str, uri: str, body: bytes, headers: Mapping[str, str]
) -> MatchableRequest:
    """Return a request for matching. The names of the headers must be in lower case."""
    parts = urlsplit(uri)
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not is_dropped_parameter(name)
    ]
    query += [(name, headers[name]) for name in UPLOAD_HEADERS if name in headers]
    return MatchableRequest(
        method.upper(),
        parts.netloc,
        parts.path or "/",
        tuple(sorted(query)),
        normalize_body(body, headers.get("content-type", "")),
    )


def remove_upload_headers(request: MatchableRequest) -> MatchableRequest:
    """Return a request without its headers of uploads; the same one if it has none."""
    query = tuple([pair for pair in request.query if pair[0] not in UPLOAD_HEADERS])
    return request if len(query) == len(request.query) else replace(request, query=query)


def request_of(interaction: Interaction) -> MatchableRequest:
    """Return the request of an interaction for matching. That of a socket has its setup as body."""
    headers = {name.lower(): value for name, value in interaction.request_headers}
    body = interaction.sent_data
    if interaction.is_socket:
        body = canonical_setup(body)
    return normalize_request(interaction.method, interaction.uri, body, headers)


def render_size_placeholder(size: int) -> bytes:
    """Return what a recording holds instead of a body that is too large for it."""
    return b"<%d bytes>" % size


def normalize_body(body: bytes, content_type: str) -> Any:
    """Return JSON as its value, a form without its boundary, other text, or a hash of bytes.

    JSON is recognised by its first character, whatever the content type says.
    """
    if not body:
        return None
    if len(body) > MAX_RECORDED_BODY:
        return render_size_placeholder(len(body)).decode()
    if body[:1] in b'{["':
        try:
            return json.loads(body, parse_float=parse_number)
        except (ValueError, RecursionError):
            pass
    if content_type.lower().startswith("multipart/"):
        boundary = content_type.partition("boundary=")[2].partition(";")[0].strip('" ')
        body = body.replace(boundary.encode(), b"boundary") if boundary else body
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return f"{len(body)} bytes {hashlib.blake2b(body, digest_size=16).hexdigest()}"


def parse_number(text: str) -> int | float:
    """Return a JSON number with a fraction or an exponent; 1.0 and 1e0 are the same number as 1."""
    number = float(text)
    return int(number) if number.is_integer() else number


def parse_path(path: str) -> tuple[str, ...]:
    """Return the steps of a path of `--ignore`, like `$.messages[0].content` or `$.metadata.*`.

    Raises ValueError for a text of another form.
    """
    try:
        return parse_json_path(path)
    except ValueError as error:
        raise ValueError(f"--ignore {error}") from None


def remove_ignored(body: Any, ignore: Sequence[str]) -> Any:
    """Return a body without the places that do not count."""
    for path in ignore:
        body = remove_path(body, parse_path(path))
    return body


def remove_path(body: Any, steps: Sequence[str]) -> Any:
    """Return a JSON value without the place at the end of a path; `*` is every key or index."""
    first, *rest = steps
    match body:
        case dict():
            names = list(body) if first == "*" else [one for one in spell(first) if one in body]
            if not rest:
                return {name: item for name, item in body.items() if name not in names}
            return {
                name: remove_path(item, rest) if name in names else item
                for name, item in body.items()
            }
        case list():
            indexes = range(len(body)) if first == "*" else [int(first)] if first.isdigit() else []
            if not rest:
                return [item for index, item in enumerate(body) if index not in indexes]
            return [
                remove_path(item, rest) if index in indexes else item
                for index, item in enumerate(body)
            ]
    return body


MISSING = object()
"""Stands for a value that one side of a comparison lacks."""


@frozen
class ValueDifference:
    """A place at which two JSON values differ, and what each has there (MISSING for nothing)."""

    path: str
    first: Any
    second: Any

    def describe(self, template: str) -> str:
        """Return the difference in words: `template` has a place for each value."""
        return (
            f"{self.path}: {template.format(shorten_json(self.first), shorten_json(self.second))}"
        )


def find_differences(
    recorded: MatchableRequest, received: MatchableRequest, matching: RequestMatcher
) -> list[str]:
    """Return a line for each difference between two requests.

    An example: `body.messages[0].content: recorded "a", received "b"`.
    """
    differences = [
        ValueDifference(name, getattr(recorded, name), getattr(received, name))
        for name in matching.match_on
        if name != "body" and getattr(recorded, name) != getattr(received, name)
    ]
    if "body" in matching.match_on:
        first, second = (
            remove_ignored(request.body, matching.ignore) for request in (recorded, received)
        )
        differences += compare_values(first, second, "body")
    return [one.describe("recorded {}, received {}") for one in differences]


def compare_values(first: Any, second: Any, path: str) -> Iterator[ValueDifference]:
    """Yield the innermost places at which two JSON values differ."""
    if isinstance(first, dict) and isinstance(second, dict):
        for name in sorted({*first, *second}):
            values = first.get(name, MISSING), second.get(name, MISSING)
            yield from compare_values(*values, f"{path}.{name}")
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for index, pair in enumerate(zip(first, second, strict=True)):
            yield from compare_values(*pair, f"{path}[{index}]")
    elif first != second or isinstance(first, bool) != isinstance(second, bool):
        yield ValueDifference(path, first, second)


def shorten_json(value: Any) -> str:
    """Return a value as JSON, cut after 120 characters."""
    if value is MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}…"
