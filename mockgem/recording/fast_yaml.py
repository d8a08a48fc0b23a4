"""Parse the YAML that mockgem writes, in a fraction of the time that a YAML parser takes.

It knows the few forms that `encode_interaction` writes, and refuses any other one, which a YAML
parser then reads. What it returns is what YAML gives (`tests/recording/test_fast_yaml.py`).
"""

from __future__ import annotations

import re
from typing import Any

MAX_DEPTH = 12


class UnsupportedYaml(Exception):
    """A text has a form that mockgem does not write."""


KEY = re.compile(r"( *)([A-Za-z][\w.-]*):(?: (.*))?\Z", re.S)
ENTRY = re.compile(r"( *)- (.*)\Z", re.S)
NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
PLAIN_SCALAR = re.compile(r"[A-Za-z/][\w ./,;=+*()&?@$%^~:!<>\[\]{}'\"`|\\-]*\Z", re.A)
RESERVED_WORDS = frozenset("y n yes no on off true false null".split())
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.S)
ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ",
    '"': '"', "\\": "\\", "/": "/", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def parse_record(text: str) -> Any:
    """Return an item of a cassette's list as YAML reads it. Raises UnsupportedYaml."""
    if not text.replace("\n", "").isprintable():
        raise UnsupportedYaml
    lines = LineReader(text.removesuffix("\n").split("\n"))
    first = lines.read_line()
    if not first.startswith("- "):
        raise UnsupportedYaml
    lines.put_back("  " + first[2:])
    record = parse_mapping(lines, 2, 0)
    if lines.has_more():
        raise UnsupportedYaml
    return record


class LineReader:
    """Reads the lines of an item."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.index = 0

    def has_more(self) -> bool:
        return self.index < len(self.lines)

    def peek(self) -> str:
        return self.lines[self.index] if self.has_more() else ""

    def read_line(self) -> str:
        self.index += 1
        return self.lines[self.index - 1]

    def put_back(self, line: str) -> None:
        self.index -= 1
        self.lines[self.index] = line


def parse_mapping(lines: LineReader, indent: int, depth: int) -> dict[str, Any]:
    """Return the mapping with this indent."""
    if depth > MAX_DEPTH:
        raise UnsupportedYaml
    mapping: dict[str, Any] = {}
    while lines.has_more():
        match = KEY.match(lines.peek())
        if match is None or len(match[1]) != indent:
            if len(lines.peek()) - len(lines.peek().lstrip(" ")) >= indent:
                raise UnsupportedYaml
            return mapping
        lines.read_line()
        name = match[2]
        if name in mapping or name.lower() in RESERVED_WORDS:
            raise UnsupportedYaml
        if match[3] is None:
            mapping[name] = parse_nested(lines, indent, depth + 1)
        else:
            mapping[name] = parse_scalar(match[3], lines, indent)
    return mapping


def parse_nested(lines: LineReader, indent: int, depth: int) -> Any:
    """Return the value under a key: a list with the same indent, or a mapping with two more."""
    line = lines.peek()
    if line.startswith(" " * indent + "- "):
        return parse_sequence(lines, indent, depth)
    if line.startswith(" " * (indent + 2)) and line[indent + 2 : indent + 3] not in ("", " ", "-"):
        return parse_mapping(lines, indent + 2, depth)
    raise UnsupportedYaml


def parse_sequence(lines: LineReader, indent: int, depth: int) -> list[Any]:
    """Return the list with this indent."""
    if depth > MAX_DEPTH:
        raise UnsupportedYaml
    items: list[Any] = []
    while (
        lines.has_more()
        and (match := ENTRY.match(lines.peek())) is not None
        and len(match[1]) == indent
    ):
        lines.read_line()
        if match[2].startswith("- "):
            lines.put_back(" " * (indent + 2) + match[2])
            items.append(parse_sequence(lines, indent + 2, depth + 1))
        else:
            items.append(parse_scalar(match[2], lines, indent))
    return items


def parse_scalar(text: str, lines: LineReader, indent: int) -> Any:
    """Return a text, a number or null, which may continue on the next lines."""
    first = text[:1]
    if first == "'":
        return parse_single_quoted(text)
    if first == '"':
        return parse_double_quoted(text, lines, indent)
    if first == "|":
        return parse_block(text, lines, indent)
    if NUMBER.match(text):
        return int(text)
    if text == "null":
        return None
    plain = PLAIN_SCALAR.match(text) is not None and not (
        ": " in text or " #" in text or text.endswith((":", " "))
    )
    if not plain or text.lower() in RESERVED_WORDS:
        raise UnsupportedYaml
    return text


def parse_single_quoted(text: str) -> str:
    """Return a text in single quotes."""
    inner = text[1:-1]
    if len(text) < 2 or text[-1] != "'" or "'" in inner.replace("''", ""):
        raise UnsupportedYaml
    return inner.replace("''", "'")


def parse_double_quoted(text: str, lines: LineReader, indent: int) -> str:
    """Return a text in double quotes.

    A line that ends with a backslash continues in the next one, after its white space.
    """
    pieces = [text[1:]]
    while is_continued(pieces[-1]):
        if not lines.has_more() or not lines.peek().startswith(" " * (indent + 2)):
            raise UnsupportedYaml
        pieces[-1] = pieces[-1][:-1]
        pieces.append(lines.read_line().lstrip(" "))
    inner = "".join(pieces)
    bare = ESCAPE.sub("", inner)
    if not bare.endswith('"') or bare.count('"') != 1 or "\\" in bare:
        raise UnsupportedYaml
    return ESCAPE.sub(decode_escape, inner[:-1])


def is_continued(piece: str) -> bool:
    """Whether a line ends with a backslash that is not escaped itself."""
    return (len(piece) - len(piece.rstrip("\\"))) % 2 == 1


def decode_escape(match: re.Match[str]) -> str:
    """Return the character of an escape. Raises UnsupportedYaml for an unknown one."""
    code = match[1]
    if digits := code[1:]:
        number = int(digits, 16)
        if number > 0x10FFFF or 0xD800 <= number < 0xE000:
            raise UnsupportedYaml
        return chr(number)
    if code not in ESCAPES:
        raise UnsupportedYaml
    return ESCAPES[code]


def parse_block(text: str, lines: LineReader, indent: int) -> str:
    """Return a block of lines.

    `|` keeps the line end of the last line, `|-` does not, and `|+` keeps empty lines after it too.
    """
    if text not in ("|", "|-", "|+"):
        raise UnsupportedYaml
    start = " " * (indent + 2)
    rows: list[str] = []
    while lines.has_more() and (lines.peek().startswith(start) or lines.peek() == ""):
        rows.append(lines.read_line()[indent + 2 :])
    if not rows or rows[0][:1] in ("", " ") or (rows[-1] == "" and text != "|+"):
        raise UnsupportedYaml
    return "\n".join(rows) + ("" if text == "|-" else "\n")
