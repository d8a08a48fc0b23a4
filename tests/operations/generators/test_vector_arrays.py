"""Vectors are the same with and without numpy."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockgem.operations import embed
from mockgem.operations.generators import vector, vector_arrays

SPACE = "gemini-embedding-001"
WORDS = st.sampled_from(
    "the sea Season ship shipped banana aaaaaaa aaaaaab sen about of and is or number 1 2 17 東京 "
    "日本語で naïve a b c sentence's ''".split()
)
TEXTS = st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=60))
LENGTHS = st.sampled_from((0, 1, 200, 256, 768, 3071, 3072))


@given(text=TEXTS, length=LENGTHS, unit=st.booleans())
@settings(max_examples=150, deadline=None)
def test_vectors_are_the_same_to_the_bit(text: str, length: int, unit: bool) -> None:
    plain = vector.embed_text(text, SPACE, 3072, length, unit=unit)
    quick = vector_arrays.embed_text(text, SPACE, 3072, length, unit=unit)
    assert quick.counts == plain.counts
    assert quick.to_base64() == plain.to_base64()
    assert quick.to_json() == plain.to_json()
    assert quick.to_double_json() == plain.to_double_json()
    assert quick.to_list() == plain.to_list()


def test_a_frequent_word_is_limited_as_without_numpy() -> None:
    text = "sea " * 500 + "the " * 500 + "banana bandana"
    plain = vector.embed_text(text, SPACE, 3072)
    assert vector_arrays.embed_text(text, SPACE, 3072).counts == plain.counts


def test_numpy_is_used_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    embed.get_embedder.cache_clear()
    assert embed.get_embedder() is vector_arrays.embed_text
    embed.get_embedder.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "mockgem.operations.generators.vector_arrays", None)
        assert embed.get_embedder() is vector.embed_text
    embed.get_embedder.cache_clear()
