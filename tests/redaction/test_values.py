"""The edges between a placeholder, a word, and a value that looks like a key."""

from __future__ import annotations

import pytest

from mockgem.redaction.values import is_placeholder, is_random, is_word, strip_scheme


@pytest.mark.parametrize(
    ("longest_placeholder", "shortest_secret"),
    [
        ("a1b", "a1b2"),
        ("a" * 16, "a" * 17),
        ("my-" + "key-" * 11 + "a", "my-" + "key-" * 11 + "ab"),
        ("my-key-12", "my-key-123"),
        ("<a1b2>", "<a1b2"),
        ("[a1b2]", "[a1[b2]"),
        ("${A1B2}", "A${A1B2}"),
        ("$A1B2", "$A1B2!"),
        ("%(a1b2)s", "%(a1b2)sx"),
        ("os.environ['A1']", "xos.environ['A1']"),
        ("****----", "****---1"),
        ("fake_words", "some_words"),
    ],
)
def test_a_placeholder_ends_where_a_secret_begins(
    longest_placeholder: str, shortest_secret: str
) -> None:
    assert is_placeholder(longest_placeholder)
    assert not is_placeholder(shortest_secret)


@pytest.mark.parametrize("word", ["your", "key", "token", "redacted", "required", "optional"])
def test_words_of_which_one_stands_for_a_secret(word: str) -> None:
    for value in (f"{word}-of-mine", f"OF_MINE_{word.upper()}", f"of.{word}.mine"):
        assert is_placeholder(value)
    assert not is_placeholder("of-mine-x")


@pytest.mark.parametrize("wrapped", ['"a1b"', "'a1b'", "`a1b`", " a1b\t", "…a1b...", "*a1b*"])
def test_signs_around_a_value_do_not_count(wrapped: str) -> None:
    assert is_placeholder(wrapped)
    assert not is_placeholder(wrapped.replace("a1b", "a1b2"))


@pytest.mark.parametrize(
    ("value", "size", "expected"),
    [
        ("ab12cd34", 8, True),
        ("ab12cd34", 9, False),
        ("xx1-y2x?", 8, False),
        ("x-1234512", 8, False),  # one letter
        ("xy-1234512", 8, True),
        ("xyxyxyx1", 8, False),  # one digit
        ("xyxyxy1y1", 8, True),
        ("word-2026-11-28", 8, False),
        ("word-20260-11-28", 8, True),
        ("a" * 397 + "1a1" * 9, 8, True),
        ("a" * 398 + "1a1" * 9, 8, False),  # only the first 400 characters are looked at
    ],
)
def test_a_random_value_has_letters_and_digits_and_no_words(
    value: str, size: int, expected: bool
) -> None:
    assert is_random(value, size) is expected


def test_a_word_has_up_to_sixteen_letters() -> None:
    assert all(map(is_word, ("", "TOKEN", "<REDACTED>", "[hidden]", " *x* ", "a" * 16)))
    assert not any(map(is_word, ("a1", "two words", "a-b", "a" * 17)))


@pytest.mark.parametrize("scheme", ["Bearer", "BASIC", "token", "Digest", "ApiKey", "Negotiate"])
def test_a_scheme_is_not_a_part_of_a_credential(scheme: str) -> None:
    assert strip_scheme(f"{scheme} \t abc Bearer x") == "abc Bearer x"
    assert strip_scheme(f"{scheme}abc") == f"{scheme}abc"
    assert strip_scheme(f"x{scheme} abc") == f"x{scheme} abc"
