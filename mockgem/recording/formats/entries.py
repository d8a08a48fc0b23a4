"""Read the entries of a recording: name those that can't be read, and unpack bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from mockgem.recording.cassette_reader import decode_interaction, decompress_body
from mockgem.recording.interaction import HeaderList, Interaction, check_status, parse_headers

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)
"""What a reader raises for a value of another form."""


def read_entries(
    rows: Any, convert: Callable[[Any], Interaction | None]
) -> tuple[list[Interaction], int]:
    """Return all entries as interactions with unpacked bodies, and how many are not an exchange.

    `convert` returns None for such an entry. Raises ValueError with the number of the first entry
    that can't be read: none is left out for that.
    """
    if rows is not None and not isinstance(rows, list):
        raise ValueError("its interactions must be a list")
    interactions: list[Interaction] = []
    for number, row in enumerate(rows or (), 1):
        try:
            if (interaction := convert(row)) is not None:
                check_status(interaction.status)
                interactions.append(unpack_bodies(interaction))
        except UNREADABLE as error:
            raise ValueError(f"interaction {number}: {explain(error)}") from None
    return interactions, len(rows or ()) - len(interactions)


def explain(error: Exception) -> str:
    """Return in words why an entry can't be read."""
    match error:
        case KeyError():
            return f"it has no {str(error.args[0])!r}"
        case ValueError():
            return str(error)
    return f"one of its values has another type ({error})"


def unpack_bodies(one: Interaction) -> Interaction:
    """Return an interaction with unpacked bodies, and without the headers of their coding.

    Some clients unpack a body before a recorder sees it, and the header stays. Raises ValueError
    for a coding that mockgem can't unpack.
    """
    one = decode_interaction(unpack_request(one))
    coding = one.get_header("content-encoding").strip().lower()
    if not coding or coding == "identity" or not one.body:
        return one
    if not is_text(one.body):
        raise ValueError(
            f"its response body is coded as {coding}; mockgem can unpack gzip and deflate"
        )
    return replace(one, headers=drop_headers(one.headers, ("content-encoding", "content-length")))


def unpack_request(one: Interaction) -> Interaction:
    """Return an interaction whose request body is unpacked, as mockgem records it."""
    codings = {value.lower() for name, value in one.request_headers if is_coding(name)}
    if not codings & {"gzip", "deflate", "x-gzip"}:
        return one
    dropped = ("content-encoding", "content-length")
    return replace(
        one,
        request_headers=drop_headers(one.request_headers, dropped),
        request_body=decompress_body(one.request_body),
    )


def is_coding(name: str) -> bool:
    """Whether a header names the coding of a body."""
    return name.lower() == "content-encoding"


def is_text(body: bytes) -> bool:
    """Whether a body is UTF-8 without control characters, as no packed body is."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\r\n" for char in text[:1000])


def drop_headers(headers: HeaderList, names: Sequence[str]) -> HeaderList:
    """Return headers without those with the names, which are in lower case."""
    return tuple([pair for pair in headers if pair[0].lower() not in names])


def read_headers(headers: Any) -> HeaderList:
    """Return headers from a mapping, without pseudo-headers such as `:status`.

    R's crul writes the status line as a header `status`. Ruby writes names and values that were not
    UTF-8 as bytes.
    """
    if not headers:
        return ()
    if isinstance(headers, Mapping):
        headers = {decode_name(name): values for name, values in headers.items()}
    return tuple(
        [
            (name, value)
            for name, value in parse_headers(headers)
            if not name.startswith(":") and not (name == "status" and value.startswith("HTTP/"))
        ]
    )


def decode_name(name: Any) -> str:
    """Return the name of a header as text."""
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


def encode_fields(fields: Any) -> bytes:
    """Return the fields of a form as a body. Raises ValueError for fields that are not texts."""
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    rows = [
        (name, value)
        for name, values in pairs
        for value in (values if isinstance(values, list) else [values])
    ]
    if not all(isinstance(value, (str, int, float)) for _, value in rows):
        raise ValueError("its request body is a form with files, which the file does not have")
    return urlencode(rows).encode()


def to_timestamp(value: Any) -> str:
    """Return a time as RFC 3339; an empty text if it is not a time."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC).isoformat()
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return to_timestamp(parse(str(value)))
        except (ValueError, TypeError):
            continue
    return ""
