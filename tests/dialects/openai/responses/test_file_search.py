"""Responses that search the file search stores of their world."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialects.openai.responses.talking import (
    create,
    join_events,
    kinds_of,
    read_events,
    text_of,
)
from tests.library import PARIS, TEA, Library

QUESTION = "Which landmark is the Eiffel Tower?"


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def store(library: Library) -> str:
    store = library.create_store("Atlas")
    library.put(store, PARIS, "Paris")
    library.put(store, TEA, "Tea guide", customMetadata=[{"key": "year", "numericValue": 2024}])
    return store


def search(library: Library, store: str, question: str = QUESTION, **more: Any) -> Any:
    tool = {"type": "file_search", "vector_store_ids": [store], **more.pop("tool", {})}
    return create(library.asker, question, tools=[tool], **more)


def test_the_reply_quotes_and_cites_the_passage(library: Library, store: str) -> None:
    made = search(library, store).json
    assert kinds_of(made) == ["file_search_call", "message"]
    call, message = made["output"]
    assert (call["queries"], call["results"]) == ([QUESTION], None)
    (content,) = message["content"]
    assert "Eiffel Tower" in content["text"]
    (citation,) = content["annotations"]
    assert citation["type"] == "file_citation"
    assert citation["filename"] == "Paris"
    assert citation["index"] == len(content["text"])


def test_a_store_has_a_name_with_or_without_its_prefix(library: Library, store: str) -> None:
    short = search(library, store.removeprefix("fileSearchStores/")).json
    assert text_of(short) == text_of(search(library, store).json)


def test_results_are_shown_if_the_request_includes_them(library: Library, store: str) -> None:
    made = search(library, store, include=["file_search_call.results"]).json
    results = made["output"][0]["results"]
    assert results[0]["filename"] == "Paris"
    assert results[0]["text"].strip() == PARIS
    later = library.asker.send("GET", f"/v1/responses/{made['id']}").json
    assert later == made


@pytest.mark.parametrize(
    ("condition", "is_found"),
    [
        ({"type": "eq", "key": "year", "value": 2024}, True),
        ({"type": "gt", "key": "year", "value": 2024}, False),
        ({"type": "and", "filters": [
            {"type": "gte", "key": "year", "value": 2000},
            {"type": "lt", "key": "year", "value": 2025}]}, True),
    ],
)  # fmt: skip
def test_filters_select_documents(
    library: Library, store: str, condition: Any, is_found: bool
) -> None:
    made = search(library, store, "How is tea made?", tool={"filters": condition}).json
    assert bool(made["output"][1]["content"][0]["annotations"]) == is_found


YEAR = {"type": "eq", "key": "year", "value": 2024}


def nest(levels: int, word: str = "and") -> Any:
    condition: Any = YEAR
    for _ in range(levels):
        condition = {"type": word, "filters": [condition, YEAR]}
    return condition


@pytest.mark.parametrize(
    "condition",
    [
        *(nest(20), nest(60), nest(40), nest(200, "or")),
        {"type": "or", "filters": [YEAR] * 5000},
        *({"type": "and", "filters": []}, {"type": "and", "filters": [7]}, {"type": "xor"}),
        *({**YEAR, "key": '") OR year > 0'}, {**YEAR, "key": "x" * 5000}, {**YEAR, "key": ""}),
        *({**YEAR, "value": value} for value in ('" OR year > 0', [], {}, None, True, "\ud800")),
        *({}, {"type": {}}, {"type": "eq", "key": 5, "value": 5}),
    ],
)
def test_hostile_filters_find_nothing(library: Library, store: str, condition: Any) -> None:
    made = search(library, store, "How is tea made?", tool={"filters": condition})
    assert made.status in (200, 400), made.text
    if made.status == 200 and condition != nest(20):
        assert made.json["output"][1]["content"][0]["annotations"] == []


def test_a_stream_adds_up_to_the_whole(library: Library, store: str) -> None:
    whole = search(library, store).json
    joined = join_events(read_events(search(library, store, stream=True).text))
    assert text_of(joined) == text_of(whole)
    assert kinds_of(joined) == kinds_of(whole)
