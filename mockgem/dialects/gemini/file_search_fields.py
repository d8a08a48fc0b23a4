"""The fields of requests to file search stores, and the limits of custom metadata and chunking."""

from __future__ import annotations

import re
from typing import Any

from mockgem.core.errors import ApiError, invalid
from mockgem.dialects.common.proto_fields import (
    anything,
    double,
    int32,
    message,
    repeated,
    string,
    to_camel_case,
)
from mockgem.dialects.gemini.responses import PACKAGE, Json
from mockgem.operations.file_search.chunking import MAX_TOKENS, MIN_TOKENS, Chunking

MAX_METADATA = 20
"""Entries of custom metadata of one document (documented). Evidence: sdk-google-genai."""
MAX_TEXT = 256
"""Characters of a key or a string of custom metadata (reported for strings in lists).

Evidence: report-file-search-metadata-length.
"""
MAX_NAME = 512
"""Characters of a display name (documented). Evidence: sdk-google-genai."""
VALUES = ("string_value", "numeric_value", "string_list_value")
METADATA = message(
    PACKAGE + "CustomMetadata",
    {
        "key": string,
        "string_value": string,
        "numeric_value": double,
        "string_list_value": message(PACKAGE + "StringList", {"values": repeated(string)}),
    },
    oneof=("value", VALUES),
)
WHITE_SPACE = message(
    PACKAGE + "WhiteSpaceConfig", {"max_tokens_per_chunk": int32, "max_overlap_tokens": int32}
)
CHUNKING = message(PACKAGE + "ChunkingConfig", {"white_space_config": WHITE_SPACE})
DOCUMENT_FIELDS = {"custom_metadata": repeated(METADATA), "chunking_config": CHUNKING}
STORE = message(
    PACKAGE + "FileSearchStore",
    {
        "name": string,
        "display_name": string,
        "embedding_model": string,
        **dict.fromkeys(
            (
                *("create_time", "update_time", "size_bytes"),
                *("active_documents_count", "pending_documents_count", "failed_documents_count"),
            ),
            anything,
        ),
    },
)
UPLOAD = message(
    PACKAGE + "UploadToFileSearchStoreRequest",
    {
        **DOCUMENT_FIELDS,
        "display_name": string,
        "mime_type": string,
        "file_search_store_name": string,
    },
)
IMPORT = message(
    PACKAGE + "ImportFileRequest",
    {**DOCUMENT_FIELDS, "file_name": string, "file_search_store_name": string},
)
MIME_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?", re.S)
REFUSED_MIME_TYPES = frozenset(
    (
        "application/x-sh",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)
"""MIME types that the service refuses in the body, although they are valid (reported).

Evidence: report-file-search-mime-type.
"""


def check_display_name(name: str, place: str) -> str:
    """Return a display name. Raises ApiError (400) if it is too long."""
    if len(name) > MAX_NAME:
        raise violation(f"{place}.display_name", f"cannot be more than {MAX_NAME} characters long")
    return name


def check_mime_type(mime_type: str) -> str:
    """Return the MIME type of a body. Raises ApiError (400, reported) for one that is not valid.

    Evidence: report-file-search-mime-type.
    """
    if mime_type and (not MIME_TYPE.fullmatch(mime_type) or mime_type in REFUSED_MIME_TYPES):
        raise invalid(
            "* UploadToFileSearchStoreRequest.mime_type: When provided, MIME type must be in a "
            "valid type/subtype format (e.g., 'text/plain', 'application/pdf').\n",
            "mime_type",
        )
    return mime_type


def read_metadata(body: Json, kind: str) -> tuple[Json, ...]:
    """Return custom metadata as answers show it. Raises ApiError (400) if it is not valid.

    Args:
        kind: The type of the request, for messages.
    """
    entries = body.get("custom_metadata", [])
    if len(entries) > MAX_METADATA:
        raise violation(f"{kind}.custom_metadata", f"cannot have more than {MAX_METADATA} entries")
    rendered = tuple(
        [read_entry(entry, f"{kind}.custom_metadata[{n}]") for n, entry in enumerate(entries)]
    )
    keys = [entry["key"] for entry in rendered]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise violation(f"{kind}.custom_metadata[{number}].key", "is there twice")
    return rendered


def read_entry(entry: Json, place: str) -> Json:
    """Return an entry of custom metadata. Raises ApiError (400) if it is not valid."""
    key = entry.get("key", "")
    if not key:
        raise violation(f"{place}.key", "cannot be empty")
    check_length(key, f"{place}.key", "key")
    kind = next((name for name in VALUES if name in entry), "")
    if not kind:
        raise violation(place, "needs a string_value, a numeric_value or a string_list_value")
    value: Any = entry[kind]
    if kind == "string_value":
        check_length(value, f"{place}.string_value", "String value")
    elif kind == "string_list_value":
        value = {"values": value.get("values", [])}
        for number, text in enumerate(value["values"]):
            check_length(text, f"{place}.string_list_value.values[{number}]", "StringList value")
    return {"key": key, to_camel_case(kind): value}


def check_length(text: str, place: str, what: str) -> None:
    """Raise ApiError (400, reported for values of lists) for a text that is too long."""
    if len(text) > MAX_TEXT:
        message = f"{what} cannot be more than {MAX_TEXT} characters long."
        raise invalid(f"* {place}: {message}\n", "custom_metadata")


def read_chunking(body: Json, kind: str) -> Chunking:
    """Return how to split a document. Raises ApiError (400, measured) beyond the limits.

    Evidence: report-file-search-chunking.
    """
    config = body.get("chunking_config", {}).get("white_space_config")
    if config is None:
        return Chunking()
    place = f"{kind}.chunking_config.white_space_config"
    tokens = config.get("max_tokens_per_chunk", Chunking().max_tokens)
    if not MIN_TOKENS <= tokens <= MAX_TOKENS:
        raise violation(
            f"{place}.max_tokens_per_chunk",
            f"is {tokens}, but has to be from {MIN_TOKENS} to {MAX_TOKENS}",
        )
    overlap = config.get("max_overlap_tokens", 0)
    if not 0 <= overlap < tokens:
        raise violation(
            f"{place}.max_overlap_tokens",
            f"is {overlap}, but has to be from 0 to {tokens - 1}, less than max_tokens_per_chunk",
        )
    return Chunking(tokens, overlap)


def violation(place: str, problem: str) -> ApiError:
    """Return a 400 for a field, in the service's form: a star, the place, what is wrong."""
    field = place.rpartition(".")[2]
    return invalid(f"* {place}: {field} {problem}.\n", "file_search_fields")


ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def check_id(name: str, kind: str, what: str) -> str:
    """Return an id in a path. Raises ApiError (400, reported) if no resource can have it.

    Evidence: sdk-google-genai-tests.
    """
    if not ID.fullmatch(name):
        raise invalid(
            f"* {kind}.name: {what} ID has to be up to 40 lowercase letters, digits and dashes, "
            "with no dash at its beginning or end.\n",
            "file_search_name",
        )
    return name
