"""A request's own credential is found in every spelling in which it can come back."""

from __future__ import annotations

import base64
import html
import json
import random
import string
from urllib.parse import quote

import pytest

from mockgem.redaction.finder import SecretFinder

KEY = "Own/Key=with&odd+chars:4711<é>"
PLAIN = "a-credential-of-no-known-kind-42"
SPELLINGS = {
    "itself": lambda key: key,
    "JSON": lambda key: json.dumps(key)[1:-1],
    "JSON with other slashes": lambda key: json.dumps(key)[1:-1].replace("/", "\\/"),
    "JSON in JSON": lambda key: json.dumps(json.dumps(key))[3:-3],
    "Go's JSON": lambda key: (
        key.replace("&", r"\u0026")
        .replace("=", r"\u003d")
        .replace("<", r"\u003C")
        .replace(">", r"\u003e")
    ),
    "HTML": html.escape,
    "HTML with numbers": lambda key: "".join(
        [char if char.isalnum() and char.isascii() else f"&#{ord(char)};" for char in key]
    ),
    "HTML with hex": lambda key: "".join(
        [char if char.isalnum() and char.isascii() else f"&#x{ord(char):X};" for char in key]
    ),
    "URL": lambda key: quote(key, safe=""),
    "URL in lower case": lambda key: "".join(
        [
            char if char.isalnum() and char.isascii() else quote(char, safe="").lower()
            for char in key
        ]
    ),
    "URL in URL": lambda key: quote(quote(key, safe=""), safe=""),
    "hex": lambda key: key.encode().hex(),
    "HEX": lambda key: key.encode().hex().upper(),
    "masked with stars": lambda key: f"{key[:4]}{'*' * 20}{key[-4:]}",
    "masked with dots": lambda key: f"{key[:8]}...{key[-3:]}",
    "masked with an ellipsis": lambda key: f"{key[:4]}…{key[-4:]}",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("key", [KEY, PLAIN])
def test_a_spelling_is_replaced_as_a_whole(spelling: str, key: str) -> None:
    text = f'the key "{SPELLINGS[spelling](key)}" is wrong'
    assert SecretFinder([key]).redact(text) == 'the key "REDACTED" is wrong'


@pytest.mark.parametrize("before", ["", "a", "ab", "user:", "user1:", "user12:"])
@pytest.mark.parametrize("after", ["", "x", "xy", ":more"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_at_every_offset(before: str, after: str, encode: object) -> None:
    """Not more than two characters of the code that hold a part of the credential stay."""
    assert callable(encode)
    finder = SecretFinder([PLAIN])
    coded = encode(f"{before}{PLAIN}{after}".encode()).decode()
    left, mark, right = finder.redact(f'"{coded}"').partition("REDACTED")
    assert mark, coded
    assert len(left) <= 1 + (len(before) * 8 + 5) // 6 + 1
    assert len(right) <= 1 + -(-len(after) * 8 // 6) + 2
    shown = base64.urlsafe_b64decode(left[1:][: (len(left) - 1) // 4 * 4])
    assert PLAIN[:3].encode() not in shown


def test_short_credentials_and_other_texts_stay() -> None:
    finder = SecretFinder(["any-key", "", PLAIN])
    text = f"any-key and any-key and {PLAIN[:-1]} a-c**d a-c...no 42"
    assert finder.redact(text) == text


@pytest.mark.parametrize(("size", "is_found"), [(7, False), (8, True), (8192, True), (8193, False)])
def test_credentials_have_a_shortest_and_a_longest_length(size: int, is_found: bool) -> None:
    key = "a1-" * size
    text = f"it is {key[:size]}, yes"
    assert SecretFinder([key[:size]]).redact(text) == ("it is REDACTED, yes" if is_found else text)


MASKS = ("**", "..", "…", "•", "xxx", "XXXX", "[...]", "*" * 200)
SHOWN = [(3, 3), (3, 8), (12, 3), (12, 8), (4, 4), (7, 5)]


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize(("head", "tail"), SHOWN)
def test_a_masked_credential_shows_some_of_its_ends(mask: str, head: int, tail: int) -> None:
    key = f"k{head}{tail}{MASKS.index(mask)}-{PLAIN}"
    masked = f"{key[:head]}{mask}{key[-tail:]}"
    assert SecretFinder([key]).redact(f"it is {masked}, yes") == "it is REDACTED, yes"


@pytest.mark.parametrize(
    ("head", "mask", "tail"),
    [
        *[(2, "****", 4), (4, "****", 2), (13, "****", 4), (4, "****", 9)],
        *[(4, "*", 4), (4, ".", 4), (4, "xx", 4)],
    ],
)
def test_texts_that_are_not_quite_a_masked_credential_stay(head: int, mask: str, tail: int) -> None:
    key = f"qzj{head}{tail}{len(mask)}-{PLAIN}"
    text = f"it is {key[:head]}{mask}{key[-tail:]}, yes"
    assert SecretFinder([key]).redact(text) == text


@pytest.mark.parametrize("offset", range(3))
@pytest.mark.parametrize("size", [30, 31, 32])
def test_the_base64_of_another_credential_stays(offset: int, size: int) -> None:
    """It differs in the first or the last bits that the code shows."""
    key = PLAIN[:size].encode()
    finder = SecretFinder([key.decode()])
    for other in (bytes([key[0] ^ 1]) + key[1:], key[:-1] + bytes([key[-1] ^ 16])):
        coded = base64.b64encode(b"abc"[:offset] + other + b"xyz").decode()
        assert finder.redact(f'"{coded}"') == f'"{coded}"'


def test_random_keys_of_any_characters() -> None:
    source = random.Random(7)
    for _ in range(150):
        key = "".join(source.choices(string.printable[:94], k=source.randint(8, 60)))
        finder = SecretFinder([key])
        for name, spell in SPELLINGS.items():
            if not name.startswith("masked"):
                assert finder.redact(f"\n{spell(key)}\n") == "\nREDACTED\n", (name, key)
