"""The page of error texts names every text with which the code refuses a request, and no other."""

from __future__ import annotations

from tests.docs.error_text_page import GUESS, SURFACES, list_rows, read_dates
from tests.docs.error_texts import find_texts


def test_every_text_of_the_code_is_on_the_page() -> None:
    listed = {row["text"] for row in list_rows()}
    places = {one.text: f"{one.file}, {one.function}" for one in find_texts()}
    assert {text: place for text, place in places.items() if text not in listed} == {}, (
        "add a row to tests/fidelity/reported/error_texts.json: with the evidence, or as a guess"
    )


def test_every_text_on_the_page_is_in_the_code() -> None:
    found = {one.text for one in find_texts()}
    assert [row["text"] for row in list_rows() if row["text"] not in found] == []


def test_a_text_is_on_the_page_once() -> None:
    texts = [row["text"] for row in list_rows()]
    assert len(texts) == len(set(texts))


def test_every_row_names_surfaces_and_sources_that_exist() -> None:
    known = {*read_dates(), GUESS}
    for row in list_rows():
        assert 0 < len(set(row["evidence"])) == len(set(row["evidence"]) & known), row
        assert 0 < len(row["surfaces"]) == len(SURFACES.keys() & row["surfaces"]), row


def test_the_search_follows_names_branches_helpers_and_callers() -> None:
    texts = {one.text for one in find_texts()}
    assert "Thinking is not enabled for {model}" in texts  # a helper that returns the error
    assert "Expected , or ] after array value." in texts  # a caller's argument
    assert "{path}.enum: only allowed for STRING type" in texts  # a line that is yielded
    assert "Not found: cached content metadata for {name}." in texts  # a table of functions
    assert "Deadline expired before operation could complete." in texts  # a closed socket
