"""The formats of recordings, a row each: how to recognise, read and write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.recording.formats import (
    aimock,
    genai,
    go_vcr,
    google_test_server,
    har,
    http_interactions,
    httprr,
    mitmproxy,
)
from mockgem.recording.interaction import Interaction

ReadResult = tuple[list[Interaction], int]
"""Interactions, and how many records without a request or an answer were left out."""


@frozen
class RecordingFormat:
    """Functions for one format: recognise a value, read it, write interactions to one.

    The value is JSON or YAML as Python has it; for a format that is neither, the bytes of the file.
    `title` is the tool's name in messages.
    """

    title: str
    is_format: Callable[[Any], bool]
    read: Callable[[Any], ReadResult]
    write: Callable[[Sequence[Interaction], str], tuple[Any, int]] | None = None


FORMATS: dict[str, RecordingFormat] = {
    "genai": RecordingFormat("google-genai", genai.is_genai_replay, genai.read, genai.write),
    "test-server": RecordingFormat(
        "google/test-server",
        google_test_server.is_test_server_file,
        google_test_server.read,
        google_test_server.write,
    ),
    "aimock": RecordingFormat("aimock", aimock.is_aimock_file, aimock.read, aimock.write),
    "r-vcr": RecordingFormat("R vcr", http_interactions.is_r_vcr, http_interactions.read),
    "ruby-vcr": RecordingFormat(
        "Ruby VCR", http_interactions.is_http_interactions, http_interactions.read
    ),
    "go-vcr": RecordingFormat("go-vcr", go_vcr.is_go_vcr, go_vcr.read),
    "httprr": RecordingFormat("httprr", httprr.is_httprr, httprr.read),
    "mitmproxy": RecordingFormat("mitmproxy", mitmproxy.is_mitmproxy, mitmproxy.read),
    "polly": RecordingFormat("Polly.js", har.is_polly, har.read),
    "har": RecordingFormat("HAR", har.is_har, har.read),
}
"""The first row that recognises a value is its format."""
VCR = "vcr"
"""The name of cassettes: the format of vcrpy and mockgem."""
