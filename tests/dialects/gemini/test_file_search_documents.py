"""Documents of file search stores on the wire: uploads, metadata, chunking, states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.library import PARIS, TEA, Library, sources_of


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def store(library: Library) -> str:
    return library.create_store()


def test_the_last_bytes_get_the_recorded_answer(library: Library, store: str) -> None:
    started = library.start(store, len(PARIS))
    assert started.header("X-Goog-Upload-Status") == ["active"]
    [url] = started.header("X-Goog-Upload-URL")
    path = f"/upload/v1beta/{store}:uploadToFileSearchStore?upload_id="
    assert url.startswith(f"http://127.0.0.1:8090{path}")
    upload_id = started.header("X-GUploader-UploadID")[0]
    finished = library.send_bytes(store, upload_id, PARIS.encode())
    assert finished.header("X-Goog-Upload-Status") == ["final"]
    operation = finished.json
    assert set(operation) == {"name", "response"}
    own_id = operation["name"].removeprefix(f"{store}/upload/operations/")
    assert operation["response"] == {
        "@type": "type.googleapis.com/google.ai.generativelanguage.v1main."
        "UploadToFileSearchStoreResponse",
        "documentName": f"{store}/documents/{own_id}",
        "parent": store,
        "mimeType": "text/plain",
        "sizeBytes": "79",
    }
    assert len(own_id.partition("-")[0]) == len(own_id.partition("-")[2]) == 12


def test_an_upload_arrives_in_chunks(library: Library, store: str) -> None:
    upload_id = library.start(store, len(PARIS)).header("X-GUploader-UploadID")[0]
    headers = {"x-goog-upload-command": "upload"}
    half = library.send_bytes(store, upload_id, PARIS[:40].encode(), **headers)
    assert half.header("X-Goog-Upload-Size-Received") == ["40"]
    rest = {"x-goog-upload-offset": "40"}
    assert library.send_bytes(store, upload_id, PARIS[40:].encode(), **rest).status == 200
    assert "Paris is the capital" in sources_of(library.ask("capital of France", store))[0]["text"]


def test_a_finished_upload_answers_again_what_it_became(library: Library, store: str) -> None:
    upload_id = library.start(store, 5).header("X-GUploader-UploadID")[0]
    first = library.send_bytes(store, upload_id, b"hello").json
    assert library.send_bytes(store, upload_id, b"hello").json == first
    assert len(library.send("GET", f"/v1beta/{store}/documents").json["documents"]) == 1


def test_uploads_of_one_request(library: Library, store: str) -> None:
    path = f"/upload/v1beta/{store}:uploadToFileSearchStore"
    raw = {"x-goog-upload-protocol": "raw", "content-type": "text/plain"}
    assert library.send("POST", path, PARIS.encode(), raw).status == 200
    metadata = json.dumps({"displayName": "Tea guide"}).encode()
    body = b"--b\r\nContent-Type: application/json\r\n\r\n" + metadata + b"\r\n--b\r\n"
    body += b"Content-Type: text/plain\r\n\r\n" + TEA.encode() + b"\r\n--b--"
    headers = {"content-type": "multipart/related; boundary=b"}
    assert library.send("POST", path, body, headers).status == 200
    assert library.find_titles("How hot is the water for green tea?", store) == ["Tea guide"]


def test_an_upload_belongs_to_its_store(library: Library, store: str) -> None:
    other = library.create_store("other")
    upload_id = library.start(store, 5).header("X-GUploader-UploadID")[0]
    assert library.send_bytes(other, upload_id, b"hello").status == 404
    command = {"x-goog-upload-command": "upload, finalize", "x-goog-upload-offset": "0"}
    query = {"upload_id": upload_id}
    assert library.send("POST", "/upload/v1beta/files", b"hello", command, query).status == 404
    assert library.send_bytes(store, upload_id, b"hello").status == 200


def test_an_upload_to_a_store_that_is_deleted_meanwhile(library: Library, store: str) -> None:
    upload_id = library.start(store, 5).header("X-GUploader-UploadID")[0]
    library.send("DELETE", f"/v1beta/{store}")
    assert library.send_bytes(store, upload_id, b"hello").status == 403
    assert library.send("GET", "/v1beta/fileSearchStores").json == {}


def test_uploads_that_are_refused(library: Library, store: str) -> None:
    assert library.start("fileSearchStores/unknown", 5).status == 403
    too_large = library.start(store, 100 * 2**20 + 1)
    assert (too_large.status, "too large" in too_large.error["message"]) == (400, True)
    assert library.start(store, 100 * 2**20).status == 200
    upload_id = library.start(store, 9).header("X-GUploader-UploadID")[0]
    short = library.send_bytes(store, upload_id, b"hello")
    assert (short.status, "9 were announced" in short.error["message"]) == (400, True)
    assert library.send("GET", f"/v1beta/{store}/documents").json == {}


def test_the_bytes_of_a_large_upload_do_not_stay() -> None:
    library = Library(max_file=1000)
    store = library.create_store()
    upload_id = library.start(store, -1).header("X-GUploader-UploadID")[0]
    assert library.send_bytes(store, upload_id, b"x" * 1001).status == 400
    assert library.send_bytes(store, upload_id, b"x").status == 404


def test_a_document_shows_what_was_said_about_it(library: Library, store: str) -> None:
    metadata = [
        {"key": "author", "stringValue": "Ann"},
        {"key": "year", "numericValue": 2024.0},
        {"key": "tags", "stringListValue": {"values": ["tea", "water"]}},
    ]
    name = library.put(store, TEA, "Tea guide", customMetadata=metadata)
    document = library.send("GET", f"/v1beta/{name}").json
    assert document == {
        "name": name,
        "displayName": "Tea guide",
        "customMetadata": metadata,
        "updateTime": document["createTime"],
        "createTime": document["createTime"],
        "state": "STATE_ACTIVE",
        "sizeBytes": str(len(TEA)),
        "mimeType": "text/plain",
    }
    assert "/documents/tea-guide-" in name
    assert library.send("GET", f"/v1beta/{store}/documents").json == {"documents": [document]}


@pytest.mark.parametrize(
    ("header", "fields", "mime_type"),
    [
        ("text/plain", {"mimeType": "text/markdown"}, "text/plain"),
        ("", {"mimeType": "text/markdown"}, "text/markdown"),
        ("", {"displayName": "a.md"}, "text/markdown"),
    ],
)
def test_the_type_of_a_document_is_that_of_the_header_the_body_or_the_name(
    library: Library, store: str, header: str, fields: Any, mime_type: str
) -> None:
    upload_id = library.start(store, 5, header, **fields).header("X-GUploader-UploadID")[0]
    made = library.send_bytes(store, upload_id, b"hello").json
    assert made["response"]["mimeType"] == mime_type


@pytest.mark.parametrize(
    ("fields", "mime_type"), [({"mimeType": "text/markdown"}, "text/markdown"), ({}, "text/csv")]
)
def test_of_several_parts_the_body_names_the_type(
    library: Library, store: str, fields: Any, mime_type: str
) -> None:
    body = b"--b\r\n\r\n" + json.dumps(fields).encode() + b"\r\n--b\r\n"
    body += b"Content-Type: text/csv\r\n\r\na,b\r\n--b--"
    path = f"/upload/v1beta/{store}:uploadToFileSearchStore"
    made = library.send("POST", path, body, {"content-type": "multipart/related; boundary=b"})
    assert made.json["response"]["mimeType"] == mime_type


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"displayName": "x" * 513}, "display_name cannot be more than 512 characters"),
        ({"mimeType": "text"}, "MIME type must be in a valid type/subtype format"),
        ({"mimeType": "application/x-sh"}, "MIME type must be in a valid type/subtype format"),
        (
            {"customMetadata": [{"key": f"k{n}", "numericValue": n} for n in range(21)]},
            "20 entries",
        ),
        ({"customMetadata": [{"stringValue": "x"}]}, "custom_metadata[0].key"),
        ({"customMetadata": [{"key": "k"}]}, "custom_metadata[0]"),
        ({"customMetadata": [{"key": "k", "stringValue": "x" * 257}]}, "more than 256 characters"),
        ({"customMetadata": [{"key": "k" * 257, "stringValue": "x"}]}, "more than 256 characters"),
        (
            {"customMetadata": [{"key": "k", "stringListValue": {"values": ["x" * 257]}}]},
            "* UploadToFileSearchStoreRequest.custom_metadata[0].string_list_value.values[0]: "
            "StringList value cannot be more than 256 characters long.\n",
        ),
        (
            {"customMetadata": [{"key": "k", "stringValue": "x", "numericValue": 1}]},
            "oneof field 'value' is already set",
        ),
        (
            {"customMetadata": [{"key": "k", "numericValue": n} for n in (1, 2)]},
            "custom_metadata[1].key: key is there twice",
        ),
        ({"customMetadata": [{"key": "k", "numericValue": "x"}]}, "TYPE_DOUBLE"),
        ({"chunkingConfig": {"whiteSpaceConfig": {"maxTokensPerChunk": 20}}}, "from 21 to 512"),
        ({"chunkingConfig": {"whiteSpaceConfig": {"maxTokensPerChunk": 513}}}, "from 21 to 512"),
        (
            {
                "chunkingConfig": {
                    "whiteSpaceConfig": {"maxTokensPerChunk": 50, "maxOverlapTokens": 50}
                }
            },
            "from 0 to 49",
        ),
        ({"chunkingConfig": {"whiteSpaceConfig": {"maxOverlapTokens": -1}}}, "from 0 to"),
        ({"chunkingConfig": {"blackSpaceConfig": {}}}, "Cannot find field"),
    ],
)
def test_fields_that_are_refused(library: Library, store: str, fields: Any, words: str) -> None:
    answer = library.start(store, 5, **fields)
    assert (answer.status, words in answer.error["message"]) == (400, True), answer.text


def test_the_limits_of_fields_are_accepted(library: Library, store: str) -> None:
    entries = [{"key": f"k{n}", "stringValue": "x" * 256} for n in range(20)]
    config = {"whiteSpaceConfig": {"maxTokensPerChunk": 21, "maxOverlapTokens": 20}}
    assert library.start(store, 5, customMetadata=entries, chunkingConfig=config).status == 200


def test_a_chunking_configuration_makes_smaller_passages(library: Library, store: str) -> None:
    text = " ".join([f"Tea number {n} is green." for n in range(40)])
    config = {"whiteSpaceConfig": {"max_tokens_per_chunk": 30}}
    library.put(store, text, "whole")
    library.put(store, text, "small", chunkingConfig=config)
    sources = sources_of(library.ask("tea number", store, topK=50))
    small = [source for source in sources if source["title"] == "small"]
    assert len(small) > 5
    assert all(len(source["text"]) <= 30 * 4 for source in small)


def test_a_document_is_pending_until_a_look_or_some_seconds(library: Library, store: str) -> None:
    library.put(store, PARIS)
    listed = library.send("GET", f"/v1beta/{store}/documents").json["documents"]
    assert [document["state"] for document in listed] == ["STATE_PENDING"]
    library.asker.world.clock.advance(5)
    listed = library.send("GET", f"/v1beta/{store}/documents").json["documents"]
    assert [document["state"] for document in listed] == ["STATE_ACTIVE"]


def test_states_follow_the_clock_where_the_settings_say_so() -> None:
    states = [{"state": "STATE_PENDING", "polls": 1000, "seconds": 30}, {"state": "STATE_ACTIVE"}]
    library = Library(lifecycles={"document": tuple(states)})
    store = library.create_store()
    operation = library.upload(store, PARIS, displayName="Paris")["name"]
    assert library.send("GET", f"/v1beta/{operation}").json == {"name": operation}
    assert library.find_titles("capital of France", store) == []
    library.asker.world.clock.advance(30)
    assert library.send("GET", f"/v1beta/{operation}").json["done"] is True
    assert library.find_titles("capital of France", store) == ["Paris"]


@pytest.mark.parametrize("state", ["STATE_PENDING", "STATE_FAILED"])
def test_a_scenario_decides_what_becomes_of_documents(state: str, tmp_path: Path) -> None:
    written = {"title": "Documents", "resources": {"document": [{"state": state}]}}
    (tmp_path / "documents.yaml").write_text(json.dumps(written), encoding="utf-8")
    library = Library(scenario=str(tmp_path / "documents.yaml"))
    store = library.create_store()
    operation = library.upload(store, PARIS)
    answer = library.send("GET", f"/v1beta/{operation['name']}").json
    message = "Failed to process the document: the document could not be processed."
    error = {"code": 3, "message": message} if state == "STATE_FAILED" else None
    assert answer.get("error") == error
    name = operation["response"]["documentName"]
    assert library.send("GET", f"/v1beta/{name}").json["state"] == state
    assert library.find_titles("capital of France", store) == []


def test_a_document_without_text_fails_and_says_why(library: Library, store: str) -> None:
    operation = library.upload(store, b"\x89PNG\0\0", "image/png")
    done = library.send("GET", f"/v1beta/{operation['name']}").json
    assert done["error"]["code"] == 3
    assert "only text, HTML and PDF can be searched" in done["error"]["message"]
    name = operation["response"]["documentName"]
    assert library.send("GET", f"/v1beta/{name}").json["state"] == "STATE_FAILED"
    assert library.send("DELETE", f"/v1beta/{name}").json == {}


def test_documents_have_pages(library: Library, store: str) -> None:
    other = library.create_store("other")
    names = [library.put(store, f"Text {n}") for n in range(12)]
    library.put(other, "Text")
    path = f"/v1beta/{store}/documents"
    first = library.send("GET", path).json
    rest = library.send("GET", path, query={"pageToken": first["nextPageToken"]}).json
    found = [document["name"] for document in first["documents"] + rest["documents"]]
    assert (len(first["documents"]), found) == (10, names[::-1])


def test_a_document_is_deleted_with_force(library: Library, store: str) -> None:
    name = library.put(store, PARIS, "Paris")
    refused = library.send("DELETE", f"/v1beta/{name}").error
    assert refused["message"] == "Cannot delete non-empty Document"
    assert refused["status"] == "FAILED_PRECONDITION"
    assert library.send("DELETE", f"/v1beta/{name}", query={"force": "true"}).json == {}
    assert library.send("GET", f"/v1beta/{name}").status == 403
    assert library.send("DELETE", f"/v1beta/{name}", query={"force": "true"}).status == 403
    assert library.find_titles("capital of France", store) == []


def test_documents_of_unknown_stores(library: Library, store: str) -> None:
    name = library.put(store, PARIS)
    moved = name.replace(store, library.create_store("other"))
    assert library.send("GET", f"/v1beta/{moved}").status == 403
    for path in ("fileSearchStores/unknown/documents", "fileSearchStores/unknown/documents/x"):
        assert library.send("GET", f"/v1beta/{path}").status == 403


def test_a_document_that_is_uploaded_again_is_searched_anew(library: Library, store: str) -> None:
    name = library.put(store, PARIS, "Notes")
    assert library.find_titles("capital of France", store) == ["Notes"]
    library.send("DELETE", f"/v1beta/{name}", query={"force": "true"})
    library.put(store, TEA, "Notes")
    assert library.find_titles("capital of France", store) == []
    assert library.find_titles("How hot is the water for green tea?", store) == ["Notes"]


@pytest.mark.parametrize("length", ["abc", "-5", "1e3", "", "9" * 30, "٣"])
def test_odd_lengths_of_uploads_are_refused(library: Library, store: str, length: str) -> None:
    headers = {
        "x-goog-upload-protocol": "resumable",
        "x-goog-upload-command": "start",
        "x-goog-upload-header-content-length": length,
    }
    path = f"/upload/v1beta/{store}:uploadToFileSearchStore"
    assert library.send("POST", path, {}, headers).status in (200, 400)
    assert library.send("GET", f"/v1beta/{store}/documents").json == {}


@pytest.mark.parametrize("commands", [["upload, finalize"], ["upload", "finalize"]])
def test_more_bytes_than_announced_are_refused(
    library: Library, store: str, commands: list[str]
) -> None:
    upload_id = library.start(store, 5).header("X-GUploader-UploadID")[0]
    data, size = b"x" * 50_000, 0
    for command in commands:
        headers = {"x-goog-upload-command": command, "x-goog-upload-offset": str(size)}
        answer = library.send_bytes(store, upload_id, data, **headers)
        data, size = b"", len(data)
    assert answer.status == 400
    assert library.send("GET", f"/v1beta/{store}/documents").json == {}


@pytest.mark.parametrize("offset", ["1", "-1", "x", "9" * 30])
def test_bytes_at_a_wrong_offset_are_refused(library: Library, store: str, offset: str) -> None:
    upload_id = library.start(store, 5).header("X-GUploader-UploadID")[0]
    wrong = {"x-goog-upload-offset": offset}
    assert 400 <= library.send_bytes(store, upload_id, b"hello", **wrong).status < 500
    assert library.send_bytes(store, upload_id, b"hello").status == 200
