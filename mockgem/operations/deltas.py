"""Split a candidate into the deltas of a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from mockgem.core.content import Candidate, FinishReason, Part, Text
from mockgem.core.frozen import frozen

WORDS_PER_DELTA = 8
GROUP = rf" ?[^ ]*+(?: [^ ]*+){{0,{WORDS_PER_DELTA - 1}}}+"
EIGHT_WORDS = re.compile(GROUP)
EIGHT_ENCODED_WORDS = re.compile(GROUP.encode())
"""Up to eight words, with the space before them."""
DELTA_LENGTHS = (31, 47, 38, 59, 42)
"""Characters of the deltas of a text that is split anywhere, in turn."""
LONG_WORD = 20
"""Characters between two spaces of a text, on average, from which on it is split anywhere."""
JOINERS = frozenset(range(0xFE00, 0xFE10)) | {0x200D}
"""Variation selectors and the joiner of emoji."""


@frozen
class CandidateEnd:
    """The last delta of a candidate."""

    finish: FinishReason


Delta = Part | CandidateEnd


def split_deltas(candidate: Candidate) -> Iterator[Delta]:
    """Yield a candidate's deltas: text in groups of words, other parts whole, then the end."""
    for part in candidate.parts:
        match part:
            case Text(text, thought=False, signature=signature):
                pieces = part.pieces or split_text(text)
                yield from (Text(piece) for piece in pieces[:-1])
                yield Text(pieces[-1], signature=signature)
            case _:
                yield part
    yield CandidateEnd(candidate.finish_reason)


def split_text(text: str) -> list[str]:
    """Split a text before every eighth space. The pieces add up to the text.

    Code, tables, texts with few spaces and texts in other scripts are split where real streams
    split them: also inside a fence or a row, but never inside a character.

    Evidence: recorded-stream-without-spaces.
    """
    if not is_split_at_words(text):
        return split_characters(text)
    return EIGHT_WORDS.findall(text)[:-1] or [text]  # the last match is empty


def is_split_at_words(text: str) -> bool:
    return text.isascii() and "`" not in text and "|" not in text and not has_few_spaces(text)


def has_few_spaces(text: str) -> bool:
    """Return whether groups of words would be long, as in a column of numbers."""
    return len(text) > max(DELTA_LENGTHS[0], LONG_WORD * (1 + text.count(" ")))


def split_words(text: str, count: int) -> tuple[str, ...]:
    """Split a text into pieces of a number of words. The pieces add up to the text.

    A character of a script that has no spaces counts as a word.
    """
    words = WORD.findall(text) or [text]
    groups = ["".join(words[start : start + count]) for start in range(0, len(words), count)]
    groups[-1] += text[len("".join(groups)) :]
    return tuple(groups)


UNSPACED = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
WORD = re.compile(rf"\s*(?:[{UNSPACED}]|[^\s{UNSPACED}]+)")


def split_characters(text: str) -> list[str]:
    """Split a text every few dozen characters, and after two marks of every opening fence."""
    fence = text.find("```")
    pieces: list[str] = []
    start = number = 0
    while start < len(text):
        end = start + DELTA_LENGTHS[number % len(DELTA_LENGTHS)]
        if fence >= 0 and start < fence + 2 < end:
            end = fence + 2
            fence = text.find("```", fence + 3)
        while end < len(text) and is_inside_character(text, end):
            end += 1
        pieces.append(text[start:end])
        start = end
        number += 1
    return pieces or [""]


def is_inside_character(text: str, at: int) -> bool:
    """Return whether a cut would separate what a reader sees as one character."""
    before, after = ord(text[at - 1]), ord(text[at])
    if after < 0x300:
        return False
    return (
        before == 0x200D
        or after in JOINERS
        or 0x1F3FB <= after <= 0x1F3FF  # tones of skin
        or (is_flag_letter(text[at]) and count_flag_letters(text, at) % 2 == 1)
        or category(text[at]) in ("Mn", "Mc", "Me")
    )


def is_flag_letter(char: str) -> bool:
    """Return whether a character is one of the two that make a flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def count_flag_letters(text: str, at: int) -> int:
    """Return the number of letters of flags directly before a position, of the last hundred."""
    count = 0
    while count < min(at, 100) and is_flag_letter(text[at - count - 1]):
        count += 1
    return count
