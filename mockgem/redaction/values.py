"""Judge a value by its shape: a placeholder, or random enough to be a key."""

from __future__ import annotations

import re

REDACTED = "REDACTED"
"""What mockgem writes instead of a secret."""
PLACEHOLDER_WORDS = frozenset(
    """your my key keys token tokens secret password pass api example dummy fake test tests any
    testing placeholder redacted here none null not change changeme filtered hidden insert sample
    value mock mockgem masked removed string str todo required optional""".split()
)
"""A value of several words that has one of these is not a secret: `your-api-key`, `DUMMY_TOKEN`."""
WORD = re.compile(r"[A-Za-z]{0,16}")
WORDS = re.compile(r"[A-Za-z]+(?:[-_./ ][A-Za-z]+)*(?:[-_]?[0-9]{1,2})?")
TEMPLATE = re.compile(
    r"<[^<>]*>|\[[^\[\]]*\]|[$#%]?\{+[^{}]*\}+|\$\w+|%\w|%\(\w+\)\w|(?:os\.|process\.)?env(?:iron)?\b.*"
)
MASK = re.compile(r"[*xX.…•_\-]+")
RANDOM = re.compile(r"[0-9A-Za-z_\-.~+/=%:]+")
PLAIN_PARTS = re.compile(r"(?:[A-Za-z]+|[0-9]{1,4})(?:[-_./:%=]+(?:[A-Za-z]+|v?[0-9]{1,4}))*")
"""Words and short numbers: the name of a model, a version, a date."""
MIXED_WORD = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z])\S{6,}")
SCHEME = re.compile(r"(?:bearer|basic|token|digest|apikey|negotiate)\s+", re.I)
"""What may be in front of a credential in the header Authorization."""


def is_word(value: str) -> bool:
    """Return whether a value is at most one short word of letters: `TOKEN`, `<REDACTED>`."""
    return WORD.fullmatch(value.strip("*<>[] ")) is not None


def is_placeholder(value: str) -> bool:
    """Return whether a value only stands for a secret: `TOKEN`, `<your key>`, `****`."""
    value = value.strip("*\"'`.…/ \t")
    if len(value) < 4 or WORD.fullmatch(value) or MASK.fullmatch(value):
        return True
    if TEMPLATE.fullmatch(value):
        return True
    if len(value) > 48 or not WORDS.fullmatch(value):
        return False
    words = re.findall("[A-Za-z]+", value.lower())
    return not PLACEHOLDER_WORDS.isdisjoint(words)


def is_password(value: str) -> bool:
    """Return whether a value under the name of a secret is one.

    A value with white space is a sentence, unless one of its words mixes letters and digits.
    """
    if is_placeholder(value):
        return False
    return MIXED_WORD.search(value) is not None if re.search(r"\s", value) else True


def is_random(value: str, size: int) -> bool:
    """Return whether a value of at least `size` characters looks like a random key.

    It has letters and digits, and is not made of words and short numbers.
    """
    if len(value) < size or not RANDOM.fullmatch(value):
        return False
    head = value[:400]
    digits = sum(map(str.isdigit, head))
    letters = sum(map(str.isalpha, head))
    return digits >= 2 and letters >= 2 and not PLAIN_PARTS.fullmatch(head)


def strip_scheme(value: str) -> str:
    """Return a credential without a scheme such as Bearer."""
    match = SCHEME.match(value)
    return value[match.end() :] if match else value
