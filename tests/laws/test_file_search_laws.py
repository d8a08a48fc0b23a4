"""Laws of file search: what holds for all documents, questions and filters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library import Library, grounding_of, sources_of, text_of

WORDS = st.sampled_from(
    "tea coffee water green black Paris Berlin river bridge 80 degrees Tee grün 東京 prices".split()
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: " ".join(words) + ".")
DOCUMENTS = st.lists(
    st.lists(SENTENCES, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4
)
YEARS = st.lists(st.integers(1990, 2010), min_size=1, max_size=6)

pytestmark = pytest.mark.law


@given(DOCUMENTS, SENTENCES)
def test_an_answer_consists_of_what_it_cites(texts: list[str], question: str) -> None:
    library = Library()
    store = library.create_store()
    names = [library.put(store, text, f"document {n}") for n, text in enumerate(texts)]
    answer = library.ask(question, store)
    sources, grounding = sources_of(answer), grounding_of(answer)
    assert len(sources) <= len(names)
    for source in sources:
        assert source["text"].strip() in texts
        assert source["fileSearchStore"] == store
    text = text_of(answer).encode()
    for support in grounding.get("groundingSupports", ()):
        segment = support["segment"]
        found = text[segment.get("startIndex", 0) : segment["endIndex"]].decode()
        assert found == segment["text"]
        for number in support["groundingChunkIndices"]:
            assert found in sources[number]["text"]


@given(DOCUMENTS, SENTENCES)
def test_the_order_of_uploads_does_not_change_which_document_is_best(
    texts: list[str], question: str
) -> None:
    library = Library()
    distinct = list(dict.fromkeys(texts))
    stores = [library.create_store(), library.create_store()]
    for store, ordered in zip(stores, (distinct, distinct[::-1]), strict=True):
        for text in ordered:
            library.put(store, text, text[:100])
    one, other = (sources_of(library.ask(question, store, topK=100)) for store in stores)
    assert sorted(source["text"] for source in one) == sorted(source["text"] for source in other)


@given(YEARS, st.integers(1990, 2010), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]))
def test_a_filter_keeps_exactly_the_documents_that_fit(
    years: list[int], limit: int, sign: str
) -> None:
    library = Library()
    store = library.create_store()
    for number, year in enumerate(years):
        metadata: list[Any] = [{"key": "year", "numericValue": year}]
        library.put(store, "Tea is green.", f"{number}", customMetadata=metadata)
    found = library.find_titles("tea", store, topK=100, metadataFilter=f"year {sign} {limit}")
    compare = {"=": "==", "!=": "!="}.get(sign, sign)
    expected = [f"{n}" for n, year in enumerate(years) if eval(f"{year} {compare} {limit}")]
    assert sorted(found) == sorted(expected)
