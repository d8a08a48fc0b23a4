"""Patterns of recognisers are valid, behave like compiled ones, and wait for their first use."""

from __future__ import annotations

import gc
import re

import pytest

from mockgem.operations.forms.lazy_patterns import LazyPattern, make_regex
from mockgem.operations.forms.registry import list_forms


def test_every_pattern_of_the_recognisers_is_valid() -> None:
    list_forms()
    patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
    assert len(patterns) > 1000
    for one in patterns:
        re.compile(one.source, one.regex_flags)


def test_a_pattern_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_now = re.compile

    def note(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return compile_now(source, flags)

    monkeypatch.setattr(re, "compile", note)
    pattern = make_regex(r"(a+)b", re.I)
    assert compiled == []
    match = pattern.search("xAAb")
    assert match is not None
    assert match[1] == "AA"
    assert pattern.sub("-", "aab c ab") == "- c -"
    assert pattern.findall("ab aab") == ["a", "aa"]
    assert compiled == [r"(a+)b"]


def test_what_is_not_a_method_is_that_of_the_pattern() -> None:
    pattern = make_regex(r"(?P<word>\w+)", re.M)
    assert (pattern.pattern, pattern.groups) == (r"(?P<word>\w+)", 1)
    assert pattern.flags == re.compile(r"(?P<word>\w+)", re.M).flags
