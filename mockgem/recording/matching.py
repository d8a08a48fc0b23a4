"""Which recorded request a new one is: by method, path, query and body, without keys and what changes by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import Interaction

SECRET_QUERY = frozenset(
    (
        "key",
        "access_token",
        "token",
        "client_secret",
        "upload_id",
        "sig",
        "signature",
        "x-goog-signature",
    )
)
"""Parts of a query that are secrets, or made anew each time. They tell nothing about what is asked."""
DEFAULT_MATCH_ON = ("method", "path", "query", "body")


@frozen
class MatchableRequest:
    """A request as far as matching looks at it. JSON bodies are their values; others are text or a hash."""

    method: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any


@frozen
class RequestMatcher:
    """By which parts requests are matched, and which places of a JSON body are passed over: `$.user`, `$.metadata.*`."""

    match_on: tuple[str, ...] = DEFAULT_MATCH_ON
    ignore: tuple[str, ...] = ()

    def compute_key(self, asked: MatchableRequest) -> bytes:
        """The same for requests that match, so that finding one takes one look."""
        told = [getattr(asked, name) for name in self.match_on if name != "body"]
        if "body" in self.match_on:
            told.append(remove_ignored(asked.body, self.ignore))
        return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).digest()


UPLOAD_HEADERS = ("x-goog-upload-command", "x-goog-upload-offset")
"""Headers that tell what a request does; an upload's pieces may be alike otherwise."""


def normalize_request(
    method: str, uri: str, body: bytes, headers: Mapping[str, str]
) -> MatchableRequest:
    """`headers` have names in lower case."""
    parts = urlsplit(uri)
    query = [
        (name, text)
        for name, text in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in SECRET_QUERY
    ]
    query += [(name, headers[name]) for name in UPLOAD_HEADERS if name in headers]
    content_type = headers.get("content-type", "")
    return MatchableRequest(
        method.upper(),
        parts.netloc,
        parts.path or "/",
        tuple(sorted(query)),
        normalize_body(body, content_type),
    )


def request_of(one: Interaction) -> MatchableRequest:
    headers = {name.lower(): text for name, text in one.request_headers}
    return normalize_request(one.method, one.uri, one.request_body, headers)


MAX_RECORDED_BODY = 16 * 2**20
"""Bytes of a request's body that are recorded; of a larger one its size is."""


def render_size_placeholder(size: int) -> bytes:
    """What stands in a recording for a body that is too large for it."""
    return b"<%d bytes>" % size


def normalize_body(body: bytes, content_type: str) -> Any:
    """JSON as its value, whatever the header says; forms without their boundary; else text, or a hash of bytes."""
    if not body:
        return None
    if len(body) > MAX_RECORDED_BODY:
        return render_size_placeholder(len(body)).decode()
    if body[:1] in b'{["':
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            pass
    if content_type.lower().startswith("multipart/"):
        boundary = content_type.partition("boundary=")[2].partition(";")[0].strip('" ')
        body = body.replace(boundary.encode(), b"boundary") if boundary else body
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return f"{len(body)} bytes {hashlib.blake2b(body, digest_size=16).hexdigest()}"


def remove_ignored(body: Any, ignore: Sequence[str]) -> Any:
    """A body without the places that are to be passed over."""
    for place in ignore:
        body = remove_path(body, place.removeprefix("$").removeprefix(".").split("."))
    return body


def remove_path(body: Any, steps: Sequence[str]) -> Any:
    first, *rest = steps
    match body:
        case dict():
            names = list(body) if first == "*" else [first] if first in body else []
            if not rest:
                return {name: item for name, item in body.items() if name not in names}
            return {
                name: remove_path(item, rest) if name in names else item
                for name, item in body.items()
            }
        case list():
            numbers = range(len(body)) if first == "*" else [int(first)] if first.isdigit() else []
            if not rest:
                return [item for number, item in enumerate(body) if number not in numbers]
            return [
                remove_path(item, rest) if number in numbers else item
                for number, item in enumerate(body)
            ]
    return body


def find_differences(
    one: MatchableRequest, other: MatchableRequest, matching: RequestMatcher
) -> list[str]:
    """What tells two requests apart, a line for each place: "body.messages[0].content: recorded "a", asked "b"."""
    found = [
        f"{name}: recorded {shorten_json(getattr(one, name))}, asked {shorten_json(getattr(other, name))}"
        for name in matching.match_on
        if name != "body" and getattr(one, name) != getattr(other, name)
    ]
    if "body" in matching.match_on:
        found += compare_values(
            remove_ignored(one.body, matching.ignore),
            remove_ignored(other.body, matching.ignore),
            "body",
        )
    return found


def compare_values(one: Any, other: Any, place: str) -> Iterator[str]:
    if type(one) is type(other) and isinstance(one, dict):
        for name in sorted({*one, *other}):
            if name not in other:
                yield f"{place}.{name}: recorded {shorten_json(one[name])}, asked nothing"
            elif name not in one:
                yield f"{place}.{name}: recorded nothing, asked {shorten_json(other[name])}"
            else:
                yield from compare_values(one[name], other[name], f"{place}.{name}")
    elif type(one) is type(other) and isinstance(one, list) and len(one) == len(other):
        for number, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from compare_values(first, second, f"{place}[{number}]")
    elif one != other:
        yield f"{place}: recorded {shorten_json(one)}, asked {shorten_json(other)}"


def shorten_json(item: Any) -> str:
    text = json.dumps(item, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}…"
