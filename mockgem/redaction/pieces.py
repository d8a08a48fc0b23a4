"""Group the texts of a body that belong together: the pieces of one choice of a stream.

A stream splits a secret over several events. With `n=2` the pieces of two choices alternate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mockgem.core.frozen import frozen

STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
NAMED_STRING = re.compile(
    rb'(?:"(\w{1,40}+)"\s{0,40}+:\s{0,40}+)?("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))', re.DOTALL
)
"""The last string may be without its end: the journal keeps the beginning of a long body."""
LINE = re.compile(rb"^(data: ?)?([^\r\n]+)", re.MULTILINE)
QUALIFIERS = ("index", "output_index", "content_index", "summary_index", "item_id")
"""Keys that say to which choice, tool call or output item the texts beside them belong."""
NUMBERED_LISTS = ("choices", "candidates", "tool_calls")
"""Lists in which the position says which item it is, if the item has no `index`."""


@frozen
class Piece:
    r"""A text of a body and its place.

    `is_json` says whether it is a string of JSON there, and `has_escapes` whether that has escapes
    such as `\u0061`, which may hide a secret.
    """

    start: int
    end: int
    text: str
    is_json: bool = True
    has_escapes: bool = False


Groups = dict[str, list[Piece]]


def group_pieces(body: bytes) -> Iterator[tuple[list[Piece], bool]]:
    """Yield texts that may make a secret together, and single ones that may hide one by escapes.

    The second value says whether the texts are pieces of one text, as in a stream.
    """
    groups: Groups = {}
    singles: list[Piece] = []
    is_stream = body.lstrip()[:1] == b"["
    if not add_document(body, 0, len(body), groups, singles):
        add_lines(body, groups, singles)
        is_stream = b"data:" in body
    yield from [([piece], False) for piece in singles]
    for pieces in groups.values():
        if len(pieces) > 1 or b"\\" in body[pieces[0].start : pieces[0].end]:
            yield pieces, is_stream


def add_lines(body: bytes, groups: Groups, singles: list[Piece]) -> None:
    """Add the texts of each line: a document of JSON, an event of another kind, or other text."""
    for match in LINE.finditer(body):
        if add_document(body, *match.span(2), groups, singles):
            continue
        if match[1]:
            add_event(body, match, groups)
        if b'"' in match[2]:
            add_by_name(body, *match.span(2), groups, singles)


def add_event(body: bytes, match: re.Match[bytes], groups: Groups) -> None:
    """Add the text of an event that is not JSON."""
    if match[2] != b"[DONE]" and match[2][:1] not in b"{[":
        text = match[2].decode("utf-8", "replace")
        groups.setdefault("data", []).append(Piece(*match.span(2), text, False))


def add_document(body: bytes, start: int, end: int, groups: Groups, singles: list[Piece]) -> bool:
    """Add the strings of a document of JSON by their paths; return False if it is not one."""
    content = body[start:end]
    if content.lstrip()[:1] not in (b"{", b"["):
        return False
    paths: list[str] = []
    try:
        add_paths(json.loads(content), "", paths)
    except (ValueError, RecursionError):
        return False
    matches = list(STRING.finditer(body, start, end))
    if len(matches) != len(paths):  # a name occurs twice in an object
        return False
    for match, path in zip(matches, paths, strict=True):
        add_piece(match[0], match.start(), path, groups, singles)
    return True


def add_by_name(body: bytes, start: int, end: int, groups: Groups, singles: list[Piece]) -> None:
    """Add the strings of text that is not quite JSON, by the names in front of them."""
    for match in NAMED_STRING.finditer(body, start, end):
        name = match[1].decode() if match[1] else ""
        add_piece(match[2], match.start(2), name, groups, singles)


def add_piece(data: bytes, start: int, group: str, groups: Groups, singles: list[Piece]) -> None:
    """Add a string to its group; one without a group counts only if it has escapes."""
    if not group and b"\\" not in data:
        return
    end, has_escapes = start + len(data), b"\\u" in data
    piece = Piece(start, end, decode_string(data), has_escapes=has_escapes)
    if group:
        groups.setdefault(group, []).append(piece)
    else:
        singles.append(piece)


def add_paths(value: Any, path: str, paths: list[str]) -> None:
    """Add the path of each string of a value in the order of the document.

    Names of objects and strings in lists have no path: they are not pieces of a text.
    """
    match value:
        case str():
            paths.append(path)
        case dict():
            path += qualify(value)
            for name, item in value.items():
                paths.append("")
                if isinstance(item, (str, dict, list)):
                    add_paths(item, f"{path}.{name}", paths)
        case list():
            is_numbered = path.endswith(NUMBERED_LISTS)
            for number, item in enumerate(value):
                if isinstance(item, str):
                    paths.append("")
                elif is_numbered and not has_index(item):
                    add_paths(item, f"{path}[{number}]", paths)
                else:
                    add_paths(item, path, paths)


def has_index(item: Any) -> bool:
    """Return whether an item says itself which choice it is."""
    return isinstance(item, dict) and isinstance(item.get("index"), int)


def qualify(value: dict[str, Any]) -> str:
    """Return what tells the texts of an object from those of its siblings, like `[1]`."""
    return "".join([f"[{value[name]}]" for name in QUALIFIERS if name in value])


def decode_string(data: bytes) -> str:
    """Return the text of a string of JSON; an empty text if its escapes are not valid."""
    if not data.endswith(b'"'):
        data += b'"'
    if b"\\" not in data:
        return data[1:-1].decode("utf-8", "replace")
    try:
        return str(json.loads(data))
    except ValueError:
        return ""
