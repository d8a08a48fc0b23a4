"""JSON with an indent is what the standard library writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.json_text import dump_indented

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_a_value_is_written_as_the_standard_library_writes_it(value: Any) -> None:
    assert dump_indented(value) == json.dumps(value, indent=2, ensure_ascii=False)


@pytest.mark.parametrize("value", [{1: [2, {3: {}}]}, {"a": (1, [2])}, {None: {"b": [1]}}])
def test_other_keys_and_lists_are_written_alike(value: Any) -> None:
    assert dump_indented(value) == json.dumps(value, indent=2, ensure_ascii=False)
