"""Other formats of recordings, a row each: how to recognise, read and write them.

Secrets are removed from everything that is read. What a format can't express is left out and
counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.recording.cassette_reader import (
    BadCassette,
    parse_json_tree,
    read_bytes,
    read_cassette,
)
from mockgem.recording.cassette_writer import save_cassette, save_file
from mockgem.recording.formats import aimock, genai, google_test_server, har
from mockgem.recording.interaction import Interaction, is_status
from mockgem.recording.redaction import Redactor

ReadResult = tuple[list[Interaction], int]
"""Interactions, and how many records were left out."""


@frozen
class RecordingFormat:
    """Functions for one format: recognise a JSON value, read it, write interactions to one."""

    is_format: Callable[[Any], bool]
    read: Callable[[Any], ReadResult]
    write: Callable[[Sequence[Interaction], str], tuple[Any, int]] | None = None


FORMATS: dict[str, RecordingFormat] = {
    "genai": RecordingFormat(genai.is_genai_replay, genai.read, genai.write),
    "test-server": RecordingFormat(
        google_test_server.is_test_server_file, google_test_server.read, google_test_server.write
    ),
    "aimock": RecordingFormat(aimock.is_aimock_file, aimock.read, aimock.write),
    "har": RecordingFormat(har.is_har, har.read),
}
VCR = "vcr"


def load(path: Path, form: str = "") -> ReadResult:
    """Read a file in any format. Raises BadCassette for an unknown format or an unreadable file."""
    if form and form not in (VCR, *FORMATS):
        raise BadCassette(f"--from {form!r} is not valid: use one of {', '.join((VCR, *FORMATS))}")
    if form == VCR or path.suffix in (".yaml", ".yml"):
        return list(read_cassette(path).interactions), 0
    try:
        tree = parse_json_tree(read_bytes(path), path)
    except ValueError as error:
        raise BadCassette(f"{path}: {error}") from None
    name = form or next((name for name, one in FORMATS.items() if one.is_format(tree)), "")
    if not name:
        return list(read_cassette(path).interactions), 0
    try:
        interactions, left_out = FORMATS[name].read(tree)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadCassette(f"{path} is not a {name} file: {type(error).__name__}: {error}") from None
    clean = Redactor()
    complete = [clean.redact(one) for one in interactions if is_status(one.status)]
    return complete, left_out + len(interactions) - len(complete)


def is_own(path: Path, form: str = "") -> bool:
    """Whether a file that `load` has read is a cassette."""
    if form or path.suffix in (".yaml", ".yml"):
        return form in ("", VCR)
    tree = parse_json_tree(read_bytes(path), path)
    return not any(one.is_format(tree) for one in FORMATS.values())


def store(path: Path, interactions: Sequence[Interaction], form: str = "") -> int:
    """Write a file in any format, all of it or nothing; return how many were left out.

    Raises BadCassette.
    """
    if form in ("", VCR):
        save_cassette(path, interactions)
        return 0
    known = FORMATS.get(form)
    if known is None or known.write is None:
        names = [VCR, *[name for name, one in FORMATS.items() if one.write]]
        raise BadCassette(f"--to {form!r} is not valid: use one of {', '.join(names)}")
    tree, left_out = known.write(interactions, path.stem)
    text = json.dumps(tree, indent=2, ensure_ascii=False)
    save_file(path, text.encode("utf-8", "surrogateescape"))
    return left_out
