"""Reads what mockgem itself wrote, in a fraction of the time that YAML takes; whatever looks otherwise is left to YAML.

It knows the few forms that `tape.item` writes, and gives up at the first sign of another one. Where it gives something, it
is what YAML gives (`tests/recording/test_fast_yaml.py`).
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 12


class Unusual(Exception):
    """Something is written in another way than mockgem writes it."""


KEY = re.compile(r"( *)([A-Za-z][\w.-]*):(?: (.*))?\Z", re.S)
ENTRY = re.compile(r"( *)- (.*)\Z", re.S)
NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
PLAIN = re.compile(r"[A-Za-z/][\w ./,;=+*()&?@$%^~:!<>\[\]{}'\"`|\\-]*\Z", re.A)
WORDS = frozenset("y n yes no on off true false null".split())
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.S)
ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ",
    '"': '"', "\\": "\\", "/": "/", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def record_in(text: str) -> Any:
    """One item of a cassette's list, as YAML reads it. Raises Unusual."""
    if not text.replace("\n", "").isprintable():
        raise Unusual
    lines = Lines(text.removesuffix("\n").split("\n"))
    first = lines.next()
    if not first.startswith("- "):
        raise Unusual
    lines.put_back("  " + first[2:])
    found = mapping(lines, 2, 0)
    if lines.left():
        raise Unusual
    return found


class Lines:
    """The lines of an item, one after the other."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def left(self) -> bool:
        return self.at < len(self.lines)

    def peek(self) -> str:
        return self.lines[self.at] if self.left() else ""

    def next(self) -> str:
        self.at += 1
        return self.lines[self.at - 1]

    def put_back(self, line: str) -> None:
        self.at -= 1
        self.lines[self.at] = line


def mapping(lines: Lines, indent: int, depth: int) -> dict[str, Any]:
    if depth > DEEPEST:
        raise Unusual
    found: dict[str, Any] = {}
    while lines.left():
        match = KEY.match(lines.peek())
        if match is None or len(match[1]) != indent:
            if len(lines.peek()) - len(lines.peek().lstrip(" ")) >= indent:
                raise Unusual
            return found
        lines.next()
        name = match[2]
        if name in found or name.lower() in WORDS:
            raise Unusual
        found[name] = below(lines, indent, depth + 1) if match[3] is None else scalar(match[3], lines, indent)
    return found


def below(lines: Lines, indent: int, depth: int) -> Any:
    """What stands under a key: a list at the same depth, or a mapping two further in."""
    line = lines.peek()
    if line.startswith(" " * indent + "- "):
        return sequence(lines, indent, depth)
    if line.startswith(" " * (indent + 2)) and line[indent + 2 : indent + 3] not in ("", " ", "-"):
        return mapping(lines, indent + 2, depth)
    raise Unusual


def sequence(lines: Lines, indent: int, depth: int) -> list[Any]:
    if depth > DEEPEST:
        raise Unusual
    found: list[Any] = []
    while lines.left() and (match := ENTRY.match(lines.peek())) is not None and len(match[1]) == indent:
        lines.next()
        if match[2].startswith("- "):
            lines.put_back(" " * (indent + 2) + match[2])
            found.append(sequence(lines, indent + 2, depth + 1))
        else:
            found.append(scalar(match[2], lines, indent))
    return found


def scalar(text: str, lines: Lines, indent: int) -> Any:
    first = text[:1]
    if first == "'":
        return quoted(text)
    if first == '"':
        return escaped(text, lines, indent)
    if first == "|":
        return block(text, lines, indent)
    if NUMBER.match(text):
        return int(text)
    if text == "null":
        return None
    plain = PLAIN.match(text) is not None and not (": " in text or " #" in text or text.endswith((":", " ")))
    if not plain or text.lower() in WORDS:
        raise Unusual
    return text


def quoted(text: str) -> str:
    inner = text[1:-1]
    if len(text) < 2 or text[-1] != "'" or "'" in inner.replace("''", ""):
        raise Unusual
    return inner.replace("''", "'")


def escaped(text: str, lines: Lines, indent: int) -> str:
    """A text in double quotes; a line that ends with a backslash goes on in the next one, behind its white space."""
    pieces = [text[1:]]
    while ends_open(pieces[-1]):
        if not lines.left() or not lines.peek().startswith(" " * (indent + 2)):
            raise Unusual
        pieces[-1] = pieces[-1][:-1]
        pieces.append(lines.next().lstrip(" "))
    inner = "".join(pieces)
    bare = ESCAPE.sub("", inner)
    if not bare.endswith('"') or bare.count('"') != 1 or "\\" in bare:
        raise Unusual
    return ESCAPE.sub(unescaped, inner[:-1])


def ends_open(piece: str) -> bool:
    """Whether the last backslash stands for itself alone."""
    return (len(piece) - len(piece.rstrip("\\"))) % 2 == 1


def unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "xuU" and len(code) > 1:
        number = int(code[1:], 16)
        if number > 0x10FFFF or 0xD800 <= number < 0xE000:
            raise Unusual
        return chr(number)
    if code not in ESCAPES:
        raise Unusual
    return ESCAPES[code]


def block(text: str, lines: Lines, indent: int) -> str:
    """A text line by line. Its last line's end is kept with `|` and not with `|-`; with `|+` empty lines behind it too."""
    if text not in ("|", "|-", "|+"):
        raise Unusual
    start = " " * (indent + 2)
    rows: list[str] = []
    while lines.left() and (lines.peek().startswith(start) or lines.peek() == ""):
        rows.append(lines.next()[indent + 2 :])
    if not rows or rows[0][:1] in ("", " ") or (rows[-1] == "" and text != "|+"):
        raise Unusual
    return "\n".join(rows) + ("" if text == "|-" else "\n")
