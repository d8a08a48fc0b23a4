"""Chunks of texts and of pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.operations.file_search.chunking import (
    MAX_TOKENS,
    MIN_TOKENS,
    Chunk,
    Chunking,
    TextPage,
    split_pages,
    split_text,
)
from mockgem.operations.generators.tokens import count_tokens

TEXT = "".join([f"Sentence number {n} is about tea.\n" for n in range(200)])


def test_a_short_text_is_one_chunk() -> None:
    assert list(split_text(" One line. \n", Chunking())) == ["One line."]


def test_a_text_of_white_space_has_no_chunks() -> None:
    assert list(split_text(" \n\t ", Chunking())) == []


def test_chunks_without_overlap_are_the_text() -> None:
    chunks = list(split_text(TEXT, Chunking(40)))
    assert len(chunks) > 10
    assert "".join(" ".join(chunks).split()) == "".join(TEXT.split())


def test_chunks_overlap_by_up_to_the_given_number_of_tokens() -> None:
    chunks = list(split_text(TEXT, Chunking(40, 20)))
    for before, after in pairwise(chunks):
        start = next(n for n in range(len(before)) if after.startswith(before[n:]))
        assert 10 <= count_tokens(before[start:]) <= 20


def test_a_chunk_is_on_one_page() -> None:
    pages = [TextPage("About tea.", 1), TextPage(" ", 2), TextPage("About coffee.", 3)]
    assert list(split_pages(pages, Chunking())) == [
        Chunk("About tea.", 1),
        Chunk("About coffee.", 3),
    ]


@pytest.mark.law
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=600),
    st.integers(MIN_TOKENS, MAX_TOKENS),
    st.floats(0, 0.99),
)
def test_every_chunk_has_at_most_the_given_tokens(text: str, tokens: int, share: float) -> None:
    chunking = Chunking(tokens, int(share * tokens))
    for chunk in split_text(text, chunking):
        assert chunk.strip() == chunk != ""
        assert count_tokens(chunk) <= tokens
        assert chunk in text


@pytest.mark.law
@given(st.text(max_size=400), st.integers(MIN_TOKENS, 60))
def test_no_word_is_lost(text: str, tokens: int) -> None:
    chunks = split_text(text, Chunking(tokens))
    assert "".join("".join(chunks).split()) == "".join(text.split())
