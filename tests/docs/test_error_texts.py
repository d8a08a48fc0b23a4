"""The page of error texts names every text with which the code refuses a request, and no other."""

from __future__ import annotations

from tests.docs.error_text_page import GUESS, SURFACES, list_rows, read_dates
from tests.docs.error_texts import Place, find_messages, find_texts, is_hole, is_service, resolve
from tests.docs.source_modules import read_modules

PASSED_ON = frozenset(
    {
        ("dialects/common/google_frontend.py", "encode_google_error"),
        ("dialects/common/json_parser.py", "bad_request_error"),
        ("dialects/common/proto_fields.py", "base64_bytes"),
        ("dialects/common/word_errors.py", "encode_failure"),
        ("dialects/gemini/batch_operations.py", "render_batch"),
        ("dialects/gemini/batches.py", "rpc_status_of"),
        ("dialects/gemini/video_operations.py", "render_video_error"),
        ("dialects/interactions/errors.py", "render_error"),
        ("dialects/interactions/live/server_events.py", "encode_error"),
        ("operations/kept_replies.py", "not_found_error"),
        ("operations/live/conversation.py", "receive"),
        ("operations/live/conversation.py", "tick"),
        ("operations/videos.py", "work"),
    }
)
"""Functions that pass on what another place says."""
CHAT_WRITERS = ("dialects/openai/", "operations/forms/")
"""Files in which "message" is also what a model says."""


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


def test_the_search_understands_every_message() -> None:
    """A message that it does not understand would be missing on the page."""
    assert find_unresolved() == []


def find_unresolved() -> list[tuple[str, str]]:
    """Return the files and functions whose message the search does not understand."""
    places = {
        (module.path, function.name if function else "")
        for name, module in read_modules().items()
        if is_service(module)
        for message, function in find_messages(module)
        if all(text and is_hole(text) for text in resolve(message, Place(name, function)))
    }
    return sorted(place for place in places - PASSED_ON if not place[0].startswith(CHAT_WRITERS))
