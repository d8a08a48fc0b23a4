"""Filters of custom metadata: what fits, what is refused, and that hostile ones end quickly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.errors import ApiError
from mockgem.operations.file_search.metadata_filter import MAX_DEPTH, MAX_LENGTH, parse_filter

FACTS = {
    "author": ("Robert Graves",),
    "year": (1934.0,),
    "tags": ("rome", "fiction"),
    "edition": ("2",),
    "my key": ('a "quoted" word',),
}


@pytest.mark.parametrize(
    "text",
    [
        'author = "Robert Graves"',
        "author='Robert Graves'",
        "author != Ann",
        "year = 1934",
        "year=1934.0",
        'year = "1934"',
        "edition = 2",
        "year > 1933 AND year < 1935",
        "year >= 1934 AND year <= 1934",
        "tags = rome",
        'tags : "fiction"',
        "tags:*",
        'NOT author = "Ann"',
        "-author = Ann",
        "year < 0 OR year > 0",
        "(year < 0) OR ((year > 0))",
        'NOT (tags = "rome" AND year = 1)',
        'NOT unknown = "x"',
        r'"my key" = "a \"quoted\" word"',
        "year > -5",
    ],
)
def test_a_document_fits(text: str) -> None:
    assert parse_filter(text)(FACTS)


@pytest.mark.parametrize(
    "text",
    [
        'author = "robert graves"',
        "year > 1934",
        "tags = greece",
        "unknown = 1",
        "unknown != 1",
        "unknown < 1",
        "unknown:*",
        "author > 3",
        "author = x OR year = 1",
        "author != 'Robert Graves'",
    ],
)
def test_a_document_does_not_fit(text: str) -> None:
    assert not parse_filter(text)(FACTS)


def test_or_binds_more_tightly_than_and() -> None:
    condition = parse_filter("a = 1 AND b = 1 OR c = 1")
    assert not condition({"c": (1.0,)})
    assert condition({"a": (1.0,), "c": (1.0,)})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("author", "expected =, !=, <, <=, >, >= or : after 'author', found 'the end'"),
        ("author =", "expected a value after author = but found 'the end'"),
        ("= 3", "expected a condition like key = \"value\" but found '='"),
        ("year = 1 AND", "expected a condition"),
        ("AND year = 1", "expected a condition"),
        ("year = 1 tags = rome", "write AND or OR between conditions"),
        ("(year = 1", "expected ')' but found 'the end'"),
        ("year = 1)", "unexpected ')'"),
        ('year < "x"', 'year < needs a number, not "x"'),
        ("year < x", "needs a number"),
        ('author = "x', "at position 8 is not a key, an operator or a value"),
        ("author = a,b", "at position 10"),
        ("year == 1", "expected a value after year ="),
        ("(" * 500 + "a=1" + ")" * 500, f"nested more than {MAX_DEPTH} levels"),
        ("NOT " * 100 + "a=1", f"nested more than {MAX_DEPTH} levels"),
        ("a=1 AND " * 1000 + "a=1", f"up to {MAX_LENGTH} are allowed"),
    ],
)
def test_a_mistake_is_named(text: str, words: str) -> None:
    with pytest.raises(ApiError, match=re.escape(words)) as caught:
        parse_filter(text)
    assert caught.value.failure.status == 400


@pytest.mark.law
@given(st.text("ab=\"\\()<>!-: ANDORT1.*'", max_size=200))
def test_every_text_is_a_filter_or_refused(text: str) -> None:
    refused = ""
    try:
        assert parse_filter(text)(FACTS) in (True, False)
    except ApiError as error:
        refused = error.failure.message
    assert not refused or refused.startswith("Invalid metadata_filter: ")


@pytest.mark.law
@given(st.text(max_size=50), st.text(max_size=50))
def test_a_quoted_value_is_equal_to_itself_alone(value: str, other: str) -> None:
    quoted = re.sub(r'(["\\])', r"\\\1", value)
    condition = parse_filter(f'key = "{quoted}"')
    assert condition({"key": (value,)})
    if value != "*" and value != other:
        assert not condition({"key": (other,)})
