"""Filters of custom metadata: a part of Google's filter language (AIP-160).

    author = "Ann" AND year >= 2020 AND (tag = "tea" OR tag = "coffee") AND NOT draft = "yes"

A condition has a key, one of `=`, `!=`, `<`, `<=`, `>`, `>=` and `:`, and a string, a number or a
word. OR binds more tightly than AND, as AIP-160 says. A list fits if one of its values does. A key
that a document does not have fits no condition.

Reading takes time in proportion to the filter's length, which is limited, as is its depth.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from mockgem.core.errors import ApiError, invalid

MAX_LENGTH, MAX_DEPTH = 2_048, 32
"""Characters of a filter, and parentheses or negations around one condition (guesses)."""
Values = tuple[str | float, ...]
Facts = Mapping[str, Values]
"""The values of a document's metadata by key; lists have several."""
Condition = Callable[[Facts], bool]
TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<operator><=|>=|!=|=|<|>|:)"""
    r"""|(?P<mark>[()]|-(?=[\s(A-Za-z_]))|(?P<word>[^\s()<>=!:"',]+))""",
    re.S,
)
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
NUMBER = re.compile(r"[-+]?\d{1,30}(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?")
KEYWORDS = ("AND", "OR", "NOT")
Token = tuple[str, str]
"""The kind of a token (text, operator, mark, word or end) and its text."""


@lru_cache(maxsize=64)
def parse_filter(text: str) -> Condition:
    """Return the condition that a filter states.

    Raises ApiError (400) with the place of the mistake.
    """
    if len(text) > MAX_LENGTH:
        raise filter_error(f"it has {len(text)} characters; up to {MAX_LENGTH} are allowed")
    parser = FilterParser(split_tokens(text))
    condition = parser.parse_conjunction(0)
    if parser.peek()[0] != "end":
        raise filter_error(f"unexpected {parser.peek()[1]!r}; write AND or OR between conditions")
    return condition


def filter_error(problem: str) -> ApiError:
    message = f"Invalid metadata_filter: {problem}."
    return invalid(message, "metadata_filter")


def split_tokens(text: str) -> list[Token]:
    """Return the tokens of a filter. Raises ApiError (400) for other text."""
    tokens: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            rest = text[at:].strip()[:20]
            raise filter_error(f"{rest!r} at position {at} is not a key, an operator or a value")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return [*tokens, ("end", "the end")]


class FilterParser:
    """Reads conditions from tokens, from the loosest operator to the tightest one."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def skip_word(self, word: str) -> bool:
        """Skip a keyword, and return whether it was there."""
        if self.peek() == ("word", word):
            self.at += 1
            return True
        return False

    def parse_conjunction(self, depth: int) -> Condition:
        conditions = [self.parse_disjunction(depth)]
        while self.skip_word("AND"):
            conditions.append(self.parse_disjunction(depth))
        return match_all(tuple(conditions))

    def parse_disjunction(self, depth: int) -> Condition:
        conditions = [self.parse_term(depth)]
        while self.skip_word("OR"):
            conditions.append(self.parse_term(depth))
        return match_any(tuple(conditions))

    def parse_term(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise filter_error(f"it is nested more than {MAX_DEPTH} levels deep")
        if self.skip_word("NOT") or self.skip_mark("-"):
            condition = self.parse_term(depth + 1)
            return lambda facts: not condition(facts)
        if not self.skip_mark("("):
            return self.parse_comparison()
        inner = self.parse_conjunction(depth + 1)
        if not self.skip_mark(")"):
            raise filter_error(f"expected ')' but found {self.peek()[1]!r}")
        return inner

    def skip_mark(self, mark: str) -> bool:
        if self.peek() == ("mark", mark):
            self.at += 1
            return True
        return False

    def parse_comparison(self) -> Condition:
        kind, key = self.take()
        if kind == "end" or kind not in ("word", "text") or key in KEYWORDS:
            raise filter_error(f'expected a condition like key = "value" but found {key!r}')
        sign_kind, sign = self.take()
        if sign_kind != "operator":
            raise filter_error(f"expected =, !=, <, <=, >, >= or : after {key!r}, found {sign!r}")
        value_kind, value = self.take()
        if value_kind not in ("word", "text") or (value_kind == "word" and value in KEYWORDS):
            raise filter_error(f"expected a value after {key} {sign} but found {value!r}")
        return compare(read_text(kind, key), sign, value_kind, value)


def read_text(kind: str, token: str) -> str:
    """Return the text of a quoted or unquoted token."""
    return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.S) if kind == "text" else token


def compare(key: str, sign: str, kind: str, token: str) -> Condition:
    """Return a condition on one key. Raises ApiError (400) if an order needs a number."""
    value = read_text(kind, token)
    number = float(value) if kind == "word" and NUMBER.fullmatch(value) else None
    if sign in COMPARISONS:
        if number is None:
            raise filter_error(f"{key} {sign} needs a number, not {token}")
        return match_order(key, COMPARISONS[sign], number)
    expected: str | float = value if number is None else number
    if sign == "!=":
        return lambda facts: key in facts and not has_value(facts[key], expected)
    return lambda facts: has_value(facts.get(key, ()), expected)


def has_value(values: Values, expected: str | float) -> bool:
    """Return whether one of the values is the expected one; a string may spell a number."""
    if expected == "*":
        return bool(values)
    return any(is_equal(value, expected) for value in values)


def is_equal(value: str | float, expected: str | float) -> bool:
    if isinstance(value, str) == isinstance(expected, str):
        return value == expected
    text, number = (value, expected) if isinstance(value, str) else (expected, value)
    return bool(NUMBER.fullmatch(str(text))) and float(text) == number


def match_order(key: str, compares: Callable[[float, float], bool], limit: float) -> Condition:
    return lambda facts: any(
        not isinstance(value, str) and compares(value, limit) for value in facts.get(key, ())
    )


def match_all(conditions: tuple[Condition, ...]) -> Condition:
    return lambda facts: all(condition(facts) for condition in conditions)


def match_any(conditions: tuple[Condition, ...]) -> Condition:
    return lambda facts: any(condition(facts) for condition in conditions)
