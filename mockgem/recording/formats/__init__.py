"""Read and write the recordings of other tools.

`read_recording` reads any file; `load` and `store` convert. What a format can't express is left out
and counted; what can't be read is an error that names the interaction.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.recording.cassette_reader import (
    BadCassette,
    Cassette,
    decode_records,
    read_bytes,
    read_cassette,
    records_of,
    strip_torn_end,
)
from mockgem.recording.cassette_writer import save_cassette, save_file
from mockgem.recording.formats.detection import describe_unknown, identify, parse_documents
from mockgem.recording.formats.entries import UNREADABLE, explain
from mockgem.recording.formats.table import FORMATS, VCR, ReadResult
from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Redactor
from mockgem.recording.torn_end import END_MARKER, FILE_HEADER, JSON_HEAD

__all__ = [
    "FORMATS",
    "VCR",
    "Recording",
    "clean",
    "load",
    "load_interactions",
    "read_recording",
    "store",
]
log = logging.getLogger("mockgem")


@frozen
class Recording:
    """What is in a file: its interactions as they are there, with secrets, and its format.

    `left_out` records are not an exchange with a server. `torn_bytes` as in `Cassette`.
    """

    path: Path
    form: str
    interactions: tuple[Interaction, ...]
    left_out: int = 0
    torn_bytes: int = 0

    def to_cassette(self) -> Cassette:
        """Return the interactions as a cassette's."""
        return Cassette(self.path, self.interactions, self.torn_bytes)


def read_recording(path: Path, form: str = "") -> Recording:
    """Read a cassette or a recording of another tool; never change it.

    mockgem recognises the format by the content. Raises BadCassette.
    """
    check_format(form)
    data = read_bytes(path)
    if form == VCR or not data.strip() or (not form and is_written_by_mockgem(data, path)):
        cassette = read_cassette(path)
        return Recording(path, VCR, cassette.interactions, torn_bytes=cassette.torn_bytes)
    values = parse_documents(data, path)
    name = form or find_common_format(values, path)
    if name == VCR:
        return Recording(path, VCR, decode_records(records_of(values[0], path), path))
    interactions: list[Interaction] = []
    left_out = 0
    for value in values:
        found, skipped = read_value(value, name, path)
        interactions += found
        left_out += skipped
    return Recording(path, name, tuple(interactions), left_out)


def is_written_by_mockgem(data: bytes, path: Path) -> bool:
    """Whether a file is mockgem's own, which may end with an incomplete interaction."""
    if data.startswith(JSON_HEAD):
        return path.suffix == ".json"
    if not data.startswith(FILE_HEADER):
        return False
    return b"\n" + END_MARKER in data or len(strip_torn_end(data, path)) < len(data)


def check_format(form: str) -> None:
    """Raise BadCassette for the name of an unknown format."""
    if form and form not in (VCR, *FORMATS):
        raise BadCassette(f"--from {form!r} is not valid: use one of {', '.join((VCR, *FORMATS))}")


def find_common_format(values: Sequence[Any], path: Path) -> str:
    """Return the format of a file's documents.

    Raises BadCassette for an unknown one, or for several.
    """
    names = {identify(value) for value in values}
    if len(names) > 1 or (VCR in names and len(values) > 1):
        raise BadCassette(f"{path} has {len(values)} YAML documents; a cassette has one")
    name = names.pop()
    if not name:
        raise BadCassette(describe_unknown(values[0], path))
    return name


def read_value(value: Any, name: str, path: Path) -> ReadResult:
    """Read the content of a file. Raises BadCassette, with the number of a bad interaction."""
    try:
        return FORMATS[name].read(value)
    except UNREADABLE as error:
        title = FORMATS[name].title
        raise BadCassette(
            f"{path} can't be read as a recording of {title}: {explain(error)}"
        ) from None


def load_interactions(path: Path) -> tuple[Interaction, ...]:
    """Return the interactions of any recording; the log says how many records are left out.

    Raises BadCassette.
    """
    recording = read_recording(path)
    if recording.left_out:
        log.warning(
            "%s: left out %d of its records, which have no request with an answer; "
            "%d can be replayed",
            path,
            recording.left_out,
            len(recording.interactions),
        )
    return recording.interactions


def load(path: Path, form: str = "") -> ReadResult:
    """Read a file in any format to convert it.

    Raises BadCassette for an unknown format or an unreadable file.
    """
    recording = read_recording(path, form)
    return clean(recording), recording.left_out


def clean(recording: Recording) -> list[Interaction]:
    """Return the interactions of another tool's recording without secrets; a cassette's as is."""
    if recording.form == VCR:
        return list(recording.interactions)
    redactor = Redactor()
    return [redactor.redact(one) for one in recording.interactions]


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
        raise BadCassette(
            f"--to {form!r} is not valid: use one of {', '.join(names)}. The file to write is the "
            "second argument: mockgem cassette convert SOURCE TARGET"
        )
    tree, left_out = known.write(interactions, path.stem)
    text = json.dumps(tree, indent=2, ensure_ascii=False)
    save_file(path, text.encode("utf-8", "surrogateescape"))
    return left_out
