"""File search stores on the wire: create, look at, list and delete them; import files."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.asking import Asker
from tests.library import KEY, PARIS, STORES, TEA, Library


@pytest.fixture
def library() -> Library:
    return Library()


def test_a_new_store_is_like_the_recorded_one(library: Library) -> None:
    store = library.send("POST", STORES, {"displayName": "test-file-search-grounding"}).json
    assert re.fullmatch(r"fileSearchStores/testfilesearchgrounding-[a-z0-9]{12}", store["name"])
    assert set(store) == {"name", "displayName", "createTime", "updateTime", "embeddingModel"}
    assert store["embeddingModel"] == "models/gemini-embedding-001"
    assert store["createTime"] == store["updateTime"]
    assert library.send("GET", f"/v1beta/{store['name']}").json == store


@pytest.mark.parametrize(
    ("display_name", "name"),
    [
        ("My File Search Store", "my-file-search-store"),
        ("test-file-search-grounding-stream", "testfilesearchgroundingstre"),
        ("A  b — c!", "a-b-c"),
        ("書庫", "[a-z0-9]{12}"),
        ("", "[a-z0-9]{12}"),
        ("x " * 40, "x(-x)*"),
    ],
)
def test_an_id_has_the_words_of_the_display_name(
    library: Library, display_name: str, name: str
) -> None:
    found = library.create_store(display_name)
    assert re.fullmatch(f"fileSearchStores/{name}-[a-z0-9]{{12}}", found)
    assert len(found.partition("/")[2]) <= 40


def test_stores_of_the_same_name_differ(library: Library) -> None:
    assert library.create_store("a") != library.create_store("a")


def test_a_store_has_the_embedding_model_that_was_chosen(library: Library) -> None:
    store = library.create_store("a", embeddingModel="models/gemini-embedding-2")
    shown = library.send("GET", f"/v1beta/{store}").json
    assert shown["embeddingModel"] == "models/gemini-embedding-2"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"displayName": "x" * 513}, 400, "cannot be more than 512 characters long"),
        ({"embeddingModel": "models/nonsense"}, 404, "nonsense"),
        ({"embeddingModel": "models/gemini-2.5-flash"}, 404, "gemini-2.5-flash"),
        ({"displayName": 5}, 400, "display_name"),
        ({"colour": "red"}, 400, "Cannot find field"),
    ],
)
def test_a_store_that_can_not_be_created(
    library: Library, body: Any, status: int, words: str
) -> None:
    answer = library.send("POST", STORES, body)
    assert (answer.status, words in answer.error["message"]) == (status, True)


def test_the_list_has_pages_of_ten_and_at_most_twenty(library: Library) -> None:
    names = [library.create_store(f"store {n}") for n in range(25)]
    first = library.send("GET", STORES).json
    assert len(first["fileSearchStores"]) == 10
    query = {"pageSize": "100", "pageToken": first["nextPageToken"]}
    rest = library.send("GET", STORES, query=query).json
    assert "nextPageToken" not in rest
    found = [store["name"] for store in first["fileSearchStores"] + rest["fileSearchStores"]]
    assert found == names[::-1]
    assert (
        len(library.send("GET", STORES, query={"pageSize": "100"}).json["fileSearchStores"]) == 20
    )
    assert library.send("GET", STORES, query={"pageToken": "nonsense"}).status == 400


def test_counts_and_sizes_are_strings(library: Library) -> None:
    store = library.create_store()
    operation = library.upload(store, PARIS)
    library.upload(store, b"\0\1\2")
    shown = library.send("GET", f"/v1beta/{store}").json
    assert (shown["pendingDocumentsCount"], shown["sizeBytes"]) == ("2", "82")
    assert library.send("GET", f"/v1beta/{operation['name']}").json["done"] is True
    library.asker.world.clock.advance(60)
    shown = library.send("GET", f"/v1beta/{store}").json
    assert (shown["activeDocumentsCount"], shown["failedDocumentsCount"]) == ("1", "1")
    assert "pendingDocumentsCount" not in shown
    assert library.send("GET", STORES).json["fileSearchStores"] == [shown]


def test_a_store_with_documents_is_deleted_with_force_alone(library: Library) -> None:
    store = library.create_store()
    document = library.put(store, PARIS)
    refused = library.send("DELETE", f"/v1beta/{store}")
    assert refused.error == {
        "code": 400,
        "message": "Cannot delete non-empty FileSearchStore",
        "status": "FAILED_PRECONDITION",
    }
    assert library.send("DELETE", f"/v1beta/{store}", query={"force": "True"}).json == {}
    for path in (store, document):
        assert library.send("GET", f"/v1beta/{path}").status == 403
    assert asyncio_bytes(library) == 0


def asyncio_bytes(library: Library) -> int:
    import asyncio

    return asyncio.run(library.asker.world.blobs.count_bytes())


def test_an_empty_store_is_deleted(library: Library) -> None:
    store = library.create_store()
    assert library.send("DELETE", f"/v1beta/{store}").json == {}
    assert library.send("DELETE", f"/v1beta/{store}").status == 403


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("non-existent-file-search-store", 403, "PERMISSION_DENIED"),
        ("_invalid_name", 400, "INVALID_ARGUMENT"),
        ("a" * 41, 400, "INVALID_ARGUMENT"),
        ("-a", 400, "INVALID_ARGUMENT"),
        ("A", 400, "INVALID_ARGUMENT"),
    ],
)
def test_a_store_that_does_not_exist(
    library: Library, method: str, name: str, status: int, code: str
) -> None:
    answer = library.send(method, f"{STORES}/{name}")
    assert (answer.status, answer.error["status"]) == (status, code)


def test_a_name_of_no_resource_gets_the_front_ends_page(library: Library) -> None:
    answer = library.send("GET", "/v1beta/genai-test-file-search-store")
    assert (answer.status, answer.text[:1]) == (404, "<")


def test_worlds_do_not_share_stores(library: Library) -> None:
    other = Library(library.asker, "/w/other")
    store = library.create_store()
    document = library.put(store, PARIS)
    for path in (store, f"{store}/documents", document):
        assert other.send("GET", f"/v1beta/{path}").status == 403
    assert other.ask("What is the capital of France?", store).status == 403
    assert other.start(store, 5).status == 403
    assert other.send("DELETE", f"/v1beta/{store}", query={"force": "true"}).status == 403
    assert library.send("GET", f"/v1beta/{store}").status == 200


# Import files


def put_file(library: Library, data: bytes, name: str, mime_type: str = "text/plain") -> str:
    """Upload a file and return its name."""
    boundary = b"--b\r\n"
    metadata = json.dumps({"file": {"displayName": name}}).encode()
    body = boundary + b"Content-Type: application/json\r\n\r\n" + metadata + b"\r\n" + boundary
    body += b"Content-Type: %s\r\n\r\n" % mime_type.encode() + data + b"\r\n--b--"
    headers = {"content-type": "multipart/related; boundary=b"}
    answer = library.send("POST", "/upload/v1beta/files", body, headers)
    return str(answer.json["file"]["name"])


def test_a_file_is_imported_by_an_operation(library: Library) -> None:
    store = library.create_store()
    file = put_file(library, TEA.encode(), "Tea guide")
    body = {"fileName": file, "customMetadata": [{"key": "topic", "stringValue": "tea"}]}
    started = library.send("POST", f"/v1beta/{store}:importFile", body).json
    assert set(started) == {"name"}
    assert started["name"].startswith(f"{store}/operations/")
    done = library.send("GET", f"/v1beta/{started['name']}").json
    assert done["done"] is True
    response = done["response"]
    assert response["parent"] == store
    document = library.send("GET", f"/v1beta/{response['documentName']}").json
    assert document["displayName"] == "Tea guide"
    assert document["customMetadata"] == body["customMetadata"]
    assert document["state"] == "STATE_ACTIVE"
    assert library.find_titles("How hot is the water for green tea?", store) == ["Tea guide"]


def test_an_imported_document_stays_when_its_file_is_deleted(library: Library) -> None:
    store = library.create_store()
    file = put_file(library, TEA.encode(), "Tea guide")
    library.send("POST", f"/v1beta/{store}:importFile", {"fileName": file})
    assert library.send("DELETE", f"/v1beta/{file}").status == 200
    assert library.find_titles("How hot is the water for green tea?", store) == ["Tea guide"]


def test_imports_that_are_refused(library: Library) -> None:
    store = library.create_store()
    path = f"/v1beta/{store}:importFile"
    assert library.send("POST", path, {"fileName": "files/unknown"}).status == 403
    assert library.send("POST", path, {}).status == 403
    film = put_file(library, b"film", "film", "video/mp4")
    refused = library.send("POST", path, {"fileName": film}).error
    assert (refused["status"], "ACTIVE" in refused["message"]) == ("FAILED_PRECONDITION", True)
    file = put_file(library, TEA.encode(), "Tea guide")
    for fields in ({"customMetadata": [{"key": ""}]}, {"chunkingConfig": {"x": 1}}):
        assert library.send("POST", path, {"fileName": file, **fields}).status == 400
    gone = f"{STORES}/gone:importFile"
    assert library.send("POST", gone, {"fileName": file}).status == 403


def test_operations_that_do_not_exist(library: Library) -> None:
    store = library.create_store()
    operation = library.upload(store, PARIS)["name"]
    for name in (f"{store}/operations/unknown", operation.replace("/upload", "")):
        assert library.send("GET", f"/v1beta/{name}").error["status"] == "NOT_FOUND"
    assert library.send("GET", f"/v1beta/{store}/media/x").status == 403


def test_a_key_is_needed() -> None:
    headers = {name: text for name, text in KEY.items() if name == "host"}
    assert Asker().send("GET", STORES, b"", headers).status == 403
