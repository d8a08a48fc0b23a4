"""The spellings in which a request's own credential can come back.

Services quote it in errors, encoded for JSON, HTML or URLs, in base64, in hex, or masked.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mockgem.redaction.patterns import SecretKind

SHORTEST_SECRET = 8
"""Characters of a credential: shorter ones would be found everywhere."""
LONGEST_SECRET = 8192
ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos", "=": "equals", "/": "sol"}
MASK = r"(?:\*{2,200}|\.{2,200}|…{1,200}|•{1,200}|[xX]{3,200}|\[\.\.\.\])"
LONGEST_HEAD, LONGEST_TAIL, SHORTEST_EDGE = 12, 8, 3
"""Characters that a masked form shows of a credential."""


def spell_secrets(secrets: Iterable[str]) -> tuple[SecretKind, ...]:
    """Return a kind for each spelling of credentials; too short credentials are left out."""
    return tuple(
        [
            kind
            for secret in dict.fromkeys(secrets)
            if SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET
            for kind in spell_secret(secret)
        ]
    )


@lru_cache(maxsize=256)
def spell_secret(secret: str) -> tuple[SecretKind, ...]:
    """Return a kind for each spelling of a credential."""
    kinds = [build_kind("itself", secret)]
    data = secret.encode("utf-8", "surrogateescape")
    kinds += [build_kind("base64", core, BASE64_END) for core in encode_at_offsets(data)]
    kinds += [build_kind("hex", data.hex()), build_kind("hex", data.hex().upper())]
    return (*kinds, build_masked_kind(secret))


BASE64_END = r"[0-9A-Za-z+/_\-]?=?=?"


def build_kind(name: str, text: str, end: str = "") -> SecretKind:
    """Return the kind for a text, each of whose special characters may be escaped."""
    return SecretKind(name, (find_mark(text),), "".join(map(spell_char, text)) + end)


def find_mark(text: str) -> str:
    """Return the longest part of a text that no spelling changes, in lower case."""
    parts: list[str] = re.findall("[0-9A-Za-z]*", text)
    return max(parts, key=len).lower()


@lru_cache(maxsize=1024)
def spell_char(char: str) -> str:
    r"""Return a pattern for a character: itself, or `\u003d`, `%3D`, `%253d`, `&#61;`, `&amp;`."""
    if char.isascii() and char.isalnum():
        return char
    forms = list(spell_unicode(char))
    forms += ["".join([rf"%(?:25)?{spell_hex(f'{byte:02x}')}" for byte in to_utf8(char)])]
    forms += [rf"&#0{{0,4}}{ord(char)};", rf"&#[xX]0{{0,4}}{spell_hex(f'{ord(char):x}')};"]
    if char in ENTITIES:
        forms.append(f"&{ENTITIES[char]};")
    if char in '/"\\':
        forms.append(r"\\{1,7}" + re.escape(char))
    forms += [re.escape(char), *{" ": [r"\+"], "+": ["-"], "/": ["_"]}.get(char, [])]
    return f"(?:{'|'.join(forms)})"


def spell_unicode(char: str) -> Iterator[str]:
    r"""Yield patterns for the escape of a character in JSON, also in JSON within JSON."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    parts = [units[at : at + 4] for at in range(0, len(units), 4)]
    yield "".join([rf"\\{{1,7}}u{spell_hex(part)}" for part in parts])


def to_utf8(char: str) -> bytes:
    return char.encode("utf-8", "surrogateescape" if "\udc80" <= char <= "\udcff" else "replace")


def spell_hex(digits: str) -> str:
    """Return a pattern for hexadecimal digits in either case."""
    return "".join([f"[{d}{d.upper()}]" if d.isalpha() else d for d in digits])


def encode_at_offsets(data: bytes) -> Iterator[str]:
    """Yield the base64 of bytes at each of the three offsets, without what comes from neighbours.

    `user:KEY` is an example: there the key begins at byte 5, which is offset 2.
    """
    for offset, first in ((0, 0), (1, 2), (2, 3)):
        whole = base64.b64encode(b"\0" * offset + data).decode().rstrip("=")
        last = len(whole) - (1 if (offset + len(data)) % 3 else 0)
        yield whole[first:last]


def build_masked_kind(secret: str) -> SecretKind:
    """Return the kind for the forms that show only the ends of a credential: `AIza…abcd`."""
    head, tail = secret[:LONGEST_HEAD], secret[-LONGEST_TAIL:]
    more = ""
    for char in reversed(head[SHORTEST_EDGE:]):
        more = f"(?:{re.escape(char)}{more})?"
    ends = "|".join([re.escape(tail[at:]) for at in range(len(tail) - SHORTEST_EDGE + 1)])
    pattern = f"{re.escape(head[:SHORTEST_EDGE])}{more}{MASK}(?:{ends})"
    return SecretKind("masked", ("**", "..", "…", "•", "xxx"), pattern)
