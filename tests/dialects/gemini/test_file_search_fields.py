"""Limits of the fields of file search: names, types, metadata and chunks."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.file_search_fields import (
    check_display_name,
    check_id,
    check_mime_type,
    read_chunking,
    read_metadata,
)
from mockgem.operations.file_search.chunking import Chunking

LONG = "x" * 257


def refuse(function: Any, *values: Any) -> str:
    with pytest.raises(ApiError) as error:
        function(*values)
    assert error.value.failure.status == 400
    return error.value.failure.message


def test_a_display_name_has_up_to_512_characters() -> None:
    assert check_display_name("x" * 512, "R") == "x" * 512
    assert refuse(check_display_name, "x" * 513, "R") == (
        "* R.display_name: display_name cannot be more than 512 characters long.\n"
    )


@pytest.mark.parametrize(
    "mime_type", ["", "text/plain", "text/plain; charset=utf-8", "application/vnd.x+json"]
)
def test_a_mime_type_that_is_valid(mime_type: str) -> None:
    assert check_mime_type(mime_type) == mime_type


@pytest.mark.parametrize(
    "mime_type", ["text", "text/", "/plain", "text/pl ain", "a/b/c", "application/x-sh"]
)
def test_a_mime_type_that_is_refused(mime_type: str) -> None:
    assert refuse(check_mime_type, mime_type) == (
        "* UploadToFileSearchStoreRequest.mime_type: When provided, MIME type must be in a valid "
        "type/subtype format (e.g., 'text/plain', 'application/pdf').\n"
    )


def test_custom_metadata_are_texts_numbers_and_lists() -> None:
    entries = [
        {"key": "a", "string_value": "x" * 256},
        {"key": "x" * 256, "numeric_value": 1.5},
        {"key": "c", "string_list_value": {"values": ["x", "x" * 256]}},
        {"key": "d", "string_list_value": {}},
    ]
    assert read_metadata({"custom_metadata": entries}, "R") == (
        {"key": "a", "stringValue": "x" * 256},
        {"key": "x" * 256, "numericValue": 1.5},
        {"key": "c", "stringListValue": {"values": ["x", "x" * 256]}},
        {"key": "d", "stringListValue": {"values": []}},
    )
    assert read_metadata({}, "R") == ()


def entry(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "numeric_value": 1, **more}


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([{"numeric_value": 1}], "R.custom_metadata[0].key: key cannot be empty."),
        ([entry("a"), {"key": "b"}],
         "R.custom_metadata[1]: custom_metadata[1] needs a string_value, a numeric_value or a "
         "string_list_value."),
        ([entry("a"), entry("b"), entry("a")],
         "R.custom_metadata[2].key: key is there twice."),
        ([entry(LONG)],
         "R.custom_metadata[0].key: key cannot be more than 256 characters long."),
        ([{"key": "a", "string_value": LONG}],
         "R.custom_metadata[0].string_value: String value cannot be more than 256 characters "
         "long."),
        ([{"key": "a", "string_list_value": {"values": ["", LONG]}}],
         "R.custom_metadata[0].string_list_value.values[1]: StringList value cannot be more than "
         "256 characters long."),
        ([entry(str(number)) for number in range(21)],
         "R.custom_metadata: custom_metadata cannot have more than 20 entries."),
    ],
)  # fmt: skip
def test_custom_metadata_that_are_refused(entries: Any, words: str) -> None:
    assert refuse(read_metadata, {"custom_metadata": entries}, "R") == f"* {words}\n"


def test_a_document_has_up_to_20_entries() -> None:
    entries = [entry(str(number)) for number in range(20)]
    assert len(read_metadata({"custom_metadata": entries}, "R")) == 20


def chunking(**config: int) -> Any:
    return {"chunking_config": {"white_space_config": config}}


def test_how_a_document_is_split() -> None:
    assert read_chunking({}, "R") == Chunking()
    assert read_chunking({"chunking_config": {}}, "R") == Chunking()
    assert read_chunking(chunking(), "R") == Chunking(Chunking().max_tokens, 0)
    for tokens, overlap in ((MIN, 0), (MIN, MIN - 1), (MAX, 1)):
        config = chunking(max_tokens_per_chunk=tokens, max_overlap_tokens=overlap)
        assert read_chunking(config, "R") == Chunking(tokens, overlap)


MIN, MAX = 21, 512
PLACE = "R.chunking_config.white_space_config"


@pytest.mark.parametrize("tokens", [MIN - 1, MAX + 1, 0, -1])
def test_a_chunk_has_limits(tokens: int) -> None:
    assert refuse(read_chunking, chunking(max_tokens_per_chunk=tokens), "R") == (
        f"* {PLACE}.max_tokens_per_chunk: max_tokens_per_chunk is {tokens}, but has to be from "
        f"{MIN} to {MAX}.\n"
    )


@pytest.mark.parametrize("overlap", [-1, 200, 201])
def test_chunks_overlap_by_less_than_their_length(overlap: int) -> None:
    config = chunking(max_tokens_per_chunk=200, max_overlap_tokens=overlap)
    assert refuse(read_chunking, config, "R") == (
        f"* {PLACE}.max_overlap_tokens: max_overlap_tokens is {overlap}, but has to be from 0 to "
        "199, less than max_tokens_per_chunk.\n"
    )


@pytest.mark.parametrize("name", ["a", "0", "a-b", "a" * 40])
def test_an_id_that_is_valid(name: str) -> None:
    assert check_id(name, "R", "Store") == name


@pytest.mark.parametrize("name", ["", "-a", "a-", "A", "a_b", "a" * 41, "a/b"])
def test_an_id_that_is_refused(name: str) -> None:
    assert refuse(check_id, name, "R", "Store") == (
        "* R.name: Store ID has to be up to 40 lowercase letters, digits and dashes, with no dash "
        "at its beginning or end.\n"
    )
