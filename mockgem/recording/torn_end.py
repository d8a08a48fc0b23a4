"""Find an interaction whose writing was interrupted, at the end of a cassette that mockgem wrote.

A comment or a bracket at the right place proves nothing, because content may contain both. So the
end of a file counts as incomplete only if the file can't be read as it is, and can be read without
its last interaction. In doubt the file is an error, and mockgem does not change it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

FILE_HEADER = b"version: 1\ninteractions:\n"
END_MARKER = b"# end\n"
"""The line after each interaction that mockgem wrote."""
JSON_HEAD, JSON_TAIL = b'{"version": 1, "interactions": [\n', b"\n]}\n"
ITEM_START = re.compile(rb"^-(?: |\Z)", re.M)
FOREIGN_LINE = re.compile(rb"^(?!  |- request:$|# end$|$)", re.M)
"""A line that mockgem does not write: it is neither in an interaction nor the begin of one."""
MAX_CANDIDATES = 20
"""Places at the end of a file where the incomplete interaction may begin."""
IsReadable = Callable[[bytes], bool]


def find_torn_yaml(data: bytes, is_readable: IsReadable) -> int:
    """Return where an incomplete interaction of a YAML file begins; the file's end if none does.

    An editor may have removed the last line end, and a user may have pasted complete interactions
    after the last mark; those stay.
    """
    if not data.startswith(FILE_HEADER):
        return len(data)
    last_mark = data.rfind(b"\n" + END_MARKER)
    complete = last_mark + 1 + len(END_MARKER) if last_mark >= 0 else len(FILE_HEADER)
    rest = data[complete:].strip()
    if rest in (b"", END_MARKER.strip()) or is_readable(data):
        return len(data)
    if not rest.strip(b"\0"):  # the disk kept the file's new size and not its content
        return complete
    starts = [match.start() for match in ITEM_START.finditer(data, complete)]
    if last_mark < 0 and len(starts) > 1:  # mockgem would have written a mark after the first one
        return len(data)
    return find_readable(data, reversed(starts), is_readable)


def find_torn_json(data: bytes, is_readable: IsReadable) -> int:
    """Return where an incomplete interaction of a JSON file begins; the file's end if none does.

    Each interaction is on its own line.
    """
    if not data.startswith(JSON_HEAD) or is_readable(data):
        return len(data)
    starts = [match.start() for match in re.finditer(rb",?\n|,\Z", data[len(JSON_HEAD) - 1 :])]
    places = [start + len(JSON_HEAD) - 1 for start in starts]
    places[0] = len(JSON_HEAD)
    return find_readable(data, reversed(places), is_readable)


def find_readable(data: bytes, places: Iterator[int], is_readable: IsReadable) -> int:
    """Return the last of some places up to which a file can be read; its end without one."""
    for _, place in zip(range(MAX_CANDIDATES), places, strict=False):
        if is_readable(data[:place]):
            return place
    return len(data)


def close_json(data: bytes) -> bytes:
    """Return a file of mockgem that ends after an interaction with the end that it lacks."""
    if data.startswith(JSON_HEAD) and not data.rstrip().endswith(b"]}"):
        return data.rstrip() + JSON_TAIL
    return data


def close_yaml(data: bytes) -> bytes:
    """Return a file of mockgem with the last line end and the last mark if it lacks them."""
    if not data or data.endswith(END_MARKER):
        return data
    if data.endswith(END_MARKER.rstrip()):
        return data + b"\n"
    return data + (b"" if data.endswith(b"\n") else b"\n") + END_MARKER


def can_append(data: bytes, *, as_json: bool) -> bool:
    """Whether an interaction can be written after the last one of a file that can be read.

    A YAML file may lack the last line end or the last mark.
    """
    if as_json:
        rows = data[len(JSON_HEAD) : -len(JSON_TAIL)].split(b"\n")
        is_own = data.startswith(JSON_HEAD) and data.endswith(JSON_TAIL)
        return is_own and all(row.startswith(b'{"request": ') for row in rows)
    return data.startswith(FILE_HEADER + b"- request:\n") and not FOREIGN_LINE.search(
        data, len(FILE_HEADER)
    )
