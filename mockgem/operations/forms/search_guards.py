"""Guards that answer at once for a search that cannot find anything in a text.

A guard knows literals of which each match has one, and looks for them in the text. A text with many
searches lists its grams (four letters in a row, as one number): then a guard compares two sets,
however long the text is and however many literals it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import AnyStr

from mockgem.operations.forms.required_literals import DIGIT, Literals, fold

GRAM = 4
"""The number of letters in a gram."""
MAX_KEPT = 64
MIN_LENGTH, MAX_LENGTH = 24, 20_000
"""Texts outside these limits are searched without a look: they are too short to gain, or too long
to be kept."""
SHORT = 200
"""ASCII texts of up to this number of characters are not kept: literals are looked for at once."""
MAX_QUICK = 40
"""The most literals that are looked for in a short text."""
PER_LITERAL = 6
"""The letters of which grams are listed in the time in which a literal is looked for."""
COMMON_LETTERS = b"vpgwyfmucdlhrsnioate "
"""Letters of European languages, the most common one last."""
WEIGHTS = bytes(COMMON_LETTERS.find(letter) + 1 for letter in range(256))
SAME_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
ANY_DIGIT = DIGIT.encode()


class KnownText:
    """What guards compare of a text: a byte for each letter, and the grams of these.

    A text in other letters counts as one with a digit, because it may have other digits.
    """

    __slots__ = ("grams", "letters", "uses")

    def __init__(self, text: str) -> None:
        self.letters = to_letters(text) if text.isascii() else to_letters(text) + ANY_DIGIT
        self.grams: frozenset[int] = frozenset()
        self.uses = 0


known_texts: dict[str, KnownText] = {}


class Guard:
    """What every match of a pattern has: one of some literals."""

    __slots__ = ("by_gram", "grams", "letters", "quick", "short")

    def __init__(self, literals: Literals) -> None:
        self.letters = sorted(map(to_letters, literals), key=len, reverse=True)
        self.short = [one for one in self.letters if len(one) < GRAM]
        self.by_gram: dict[int, list[bytes]] = {}
        for one in self.letters:
            if len(one) >= GRAM:
                self.by_gram.setdefault(find_rare_gram(one), []).append(one)
        self.grams = frozenset(self.by_gram)
        ascii_literals = tuple(one for one in literals if one.isascii())
        is_quick = len(ascii_literals) <= MAX_QUICK and DIGIT not in literals
        self.quick = ascii_literals if is_quick else ("",)

    def may_match(self, text: KnownText) -> bool:
        letters = text.letters
        if not text.grams:
            text.uses += len(self.letters)
            if text.uses * PER_LITERAL <= len(letters):
                return has_any(self.letters, letters)
            text.grams = list_grams(letters)
        if has_any(self.short, letters):
            return True
        if self.grams.isdisjoint(text.grams):
            return False
        return any(has_any(self.by_gram[gram], letters) for gram in self.grams & text.grams)


def has_any(literals: Iterable[AnyStr], text: AnyStr) -> bool:
    for one in literals:  # noqa: SIM110 (a generator would take twice as long)
        if one in text:
            return True
    return False


def may_match(text: str, guards: Iterable[Guard]) -> bool:
    """Return whether a search has to look at a text."""
    if len(text) <= SHORT and text.isascii():
        return may_match_short(text.lower(), guards)
    known = known_texts.get(text)
    if known is None:
        if not MIN_LENGTH < len(text) < MAX_LENGTH:
            return True
        known = learn_text(text)
    for guard in guards:  # noqa: SIM110 (the same)
        if not guard.may_match(known):
            return False
    return True


def may_match_short(lowered: str, guards: Iterable[Guard]) -> bool:
    for guard in guards:
        for literal in guard.quick:
            if literal in lowered:
                break
        else:
            return False
    return True


def learn_text(text: str) -> KnownText:
    """Return what guards need of a text; it is kept for the next ones."""
    if len(known_texts) >= MAX_KEPT:
        known_texts.clear()
    known = known_texts[text] = KnownText(text)
    return known


def to_letters(text: str) -> bytes:
    """Return a byte for each letter: other letters may have the same one, equal ones always do.

    All digits are the same.
    """
    folded = fold(text)
    letters = folded.encode() if folded.isascii() else folded.encode("utf-16-le", "replace")[::2]
    return letters.translate(SAME_DIGITS)


def list_grams(letters: bytes) -> frozenset[int]:
    view = memoryview(letters)
    grams: set[int] = set()
    for start in range(min(GRAM, len(letters) - GRAM + 1)):
        end = start + (len(letters) - start) // GRAM * GRAM
        grams.update(view[start:end].cast("I"))
    return frozenset(grams)


def find_rare_gram(literal: bytes) -> int:
    """Return the gram of a literal that other texts have least likely."""
    start = min(range(len(literal) - GRAM + 1), key=lambda at: rate_gram(literal[at : at + GRAM]))
    return memoryview(literal[start : start + GRAM]).cast("I")[0]


def rate_gram(gram: Sequence[int]) -> int:
    return sum(WEIGHTS[letter] for letter in gram)
