"""Files on the wire: all kinds of uploads, lists, downloads, expiry and limits."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import Answer, Asker
from tests.world_state import count_blob_bytes, generate_file

KEY = {"x-goog-api-key": "k", "host": "127.0.0.1:8090"}
UPLOAD = "/upload/v1beta/files"


def start(
    asker: Asker, size: int = 5, world: str = "", mime_type: str = "text/plain", **file: Any
) -> Answer:
    headers = KEY | {
        "x-goog-upload-protocol": "resumable",
        "x-goog-upload-command": "start",
        "x-goog-upload-header-content-length": str(size),
        "x-goog-upload-header-content-type": mime_type,
    }
    return asker.send("POST", world + UPLOAD, json.dumps({"file": file}).encode(), headers)


def chunk(
    asker: Asker,
    upload_id: str,
    data: bytes,
    offset: int,
    command: str = "upload, finalize",
    world: str = "",
) -> Answer:
    headers = {
        "host": "127.0.0.1:8090",
        "x-goog-upload-command": command,
        "x-goog-upload-offset": str(offset),
    }
    query = {"upload_id": upload_id, "upload_protocol": "resumable"}
    return asker.send("POST", world + UPLOAD, data, headers, query)


def id_of(answer: Answer) -> str:
    assert answer.status == 200
    return answer.header("X-GUploader-UploadID")[0]


def put(asker: Asker, data: bytes = b"hello", world: str = "", **options: Any) -> Any:
    upload_id = id_of(start(asker, len(data), world, **options))
    return chunk(asker, upload_id, data, 0, world=world).json["file"]


def get(asker: Asker, path: str, **query: str) -> Answer:
    return asker.send("GET", path, headers=KEY, query=query)


def test_an_upload_starts_continues_and_ends_as_recorded() -> None:
    asker = Asker()
    started = start(asker, 11, display_name="greeting.txt")
    assert started.body == b""
    assert started.header("Content-Type") == ["text/plain; charset=utf-8"]
    assert started.header("X-Goog-Upload-Status") == ["active"]
    assert started.header("X-Goog-Upload-Chunk-Granularity") == ["8388608"]
    upload_id = id_of(started)
    url = (
        f"http://127.0.0.1:8090/upload/v1beta/files?upload_id={upload_id}&upload_protocol=resumable"
    )
    assert (
        started.header("X-Goog-Upload-URL") == started.header("X-Goog-Upload-Control-URL") == [url]
    )
    part = chunk(asker, upload_id, b"hello ", 0, "upload")
    assert (part.status, part.body, part.header("X-Goog-Upload-Status")) == (200, b"", ["active"])
    ended = chunk(asker, upload_id, b"world", 6)
    assert ended.header("X-Goog-Upload-Status") == ["final"]
    assert ended.text.startswith('{\n  "file": {\n    "name": "files/')
    file = ended.json["file"]
    assert list(file) == [
        *(
            "name",
            "displayName",
            "mimeType",
            "sizeBytes",
            "createTime",
            "updateTime",
            "expirationTime",
            "sha256Hash",
        ),
        *("uri", "state", "source"),
    ]
    assert file["sizeBytes"] == "11"
    assert (
        base64.b64decode(file["sha256Hash"]).decode() == hashlib.sha256(b"hello world").hexdigest()
    )
    assert (file["state"], file["source"], file["expirationTime"]) == (
        "ACTIVE",
        "UPLOADED",
        "2026-11-03T00:00:00.734812000Z",
    )
    assert get(asker, "/v1beta/" + file["name"]).json == file
    assert chunk(asker, upload_id, b"", 11).json["file"] == file


def test_a_broken_upload_continues_where_it_ended() -> None:
    asker = Asker()
    upload_id = id_of(start(asker, 10))
    chunk(asker, upload_id, b"01234", 0, "upload")
    wrong = chunk(asker, upload_id, b"789", 7)
    assert (wrong.status, wrong.header("X-Goog-Upload-Status")) == (400, ["active"])
    progress = chunk(asker, upload_id, b"", 0, "query")
    assert progress.header("X-Goog-Upload-Size-Received") == ["5"]
    assert chunk(asker, upload_id, b"56789", 5).json["file"]["sizeBytes"] == "10"


def test_an_upload_that_ends_too_early_stays_open() -> None:
    asker = Asker()
    upload_id = id_of(start(asker, 10))
    early = chunk(asker, upload_id, b"012", 0)
    assert (early.status, early.header("X-Goog-Upload-Status")) == (400, ["active"])
    assert chunk(asker, upload_id, b"3456789", 3).status == 200


def test_an_empty_file_and_one_with_a_separate_finalize() -> None:
    asker = Asker()
    assert "sizeBytes" not in put(asker, b"")
    upload_id = id_of(start(asker, 5))
    chunk(asker, upload_id, b"01234", 0, "upload")
    assert chunk(asker, upload_id, b"", 5, "finalize").json["file"]["sizeBytes"] == "5"


def test_chunks_need_no_key_but_everything_else_does() -> None:
    asker = Asker(api_key=("secret",))
    refused = asker.send("POST", UPLOAD, b"{}", {})
    assert refused.status == 403
    assert "unregistered callers" in refused.error["message"]
    wrong = asker.send("GET", "/v1beta/files", headers={"x-goog-api-key": "x"})
    assert (wrong.status, wrong.error["details"][0]["reason"]) == (400, "API_KEY_INVALID")
    started = asker.send(
        "POST", UPLOAD, b"{}", {"x-goog-api-key": "secret", "x-goog-upload-protocol": "resumable"}
    )
    assert chunk(asker, id_of(started), b"x", 0).status == 200
    assert asker.send("GET", "/v1beta/files", headers={}, query={"key": "secret"}).status == 200


def test_an_unknown_upload_is_not_found() -> None:
    answer = chunk(Asker(), "nope", b"x", 0)
    assert (answer.status, answer.error["message"]) == (404, "Requested entity was not found.")


@pytest.mark.parametrize("version", ["v1", "v1beta", "v1alpha"])
def test_versions_are_one_tree(version: str) -> None:
    asker = Asker()
    file = put(asker)
    assert get(asker, f"/{version}/{file['name']}").json == file


def test_names_in_both_cases_are_accepted() -> None:
    asker = Asker()
    assert put(asker, display_name="a")["displayName"] == "a"
    assert put(asker, displayName="b")["displayName"] == "b"


def test_a_client_may_choose_the_name_of_a_file() -> None:
    asker = Asker()
    assert put(asker, name="files/my-file")["name"] == "files/my-file"
    again = start(asker, name="files/my-file")
    assert (again.status, again.error["status"]) == (409, "ALREADY_EXISTS")
    assert start(asker, name="files/../etc").status == 400


MULTIPART = (
    b'--xx\r\nContent-Type: application/json\r\n\r\n{"file": {"displayName": "d"}}\r\n'
    b"--xx\r\nContent-Type: text/plain\r\n\r\nsome\r\n--bytes\r\n--xx--\r\n"
)


def test_multipart_and_raw_uploads() -> None:
    asker = Asker()
    headers = KEY | {
        "x-goog-upload-protocol": "multipart",
        "content-type": "multipart/related; boundary=xx",
    }
    file = asker.send("POST", UPLOAD, MULTIPART, headers).json["file"]
    assert (file["displayName"], file["mimeType"], file["sizeBytes"]) == ("d", "text/plain", "13")
    raw = asker.send(
        "POST", UPLOAD, b"abc", KEY | {"x-goog-upload-protocol": "raw", "content-type": "text/csv"}
    )
    assert (raw.json["file"]["mimeType"], raw.json["file"]["sizeBytes"]) == ("text/csv", "3")
    made = asker.send("POST", "/v1beta/files", b'{"file": {"displayName": "only words"}}', KEY)
    assert made.json["file"]["displayName"] == "only words"


@pytest.mark.parametrize(
    "body", [b"", b"--xx", b"--xx\r\n\r\n{}", MULTIPART[:-20], b"nothing of the kind"]
)
def test_a_multipart_body_that_breaks_off_is_refused(body: bytes) -> None:
    headers = KEY | {"content-type": "multipart/related; boundary=xx"}
    answer = Asker().send("POST", UPLOAD, body, headers)
    expected = 400, "Multipart body ends before its closing boundary."
    assert (answer.status, answer.error["message"]) == expected


def test_files_are_listed_newest_first_in_pages() -> None:
    asker = Asker()
    names = [put(asker, display_name=str(number))["name"] for number in range(5)]
    first = get(asker, "/v1beta/files", pageSize="2").json
    second = get(asker, "/v1beta/files", pageSize="3", pageToken=first["nextPageToken"]).json
    assert [file["name"] for file in first["files"] + second["files"]] == names[::-1]
    assert "nextPageToken" not in second
    assert get(Asker(), "/v1beta/files").json == {}
    assert get(asker, "/v1beta/files", pageToken="x").status == 400
    assert get(asker, "/v1beta/files", pageSize="many").status == 400


def test_a_deleted_file_is_forbidden() -> None:
    asker = Asker()
    file = put(asker)
    assert asker.send("DELETE", "/v1beta/" + file["name"], headers=KEY).json == {}
    for answer in (
        get(asker, "/v1beta/" + file["name"]),
        asker.send("DELETE", "/v1beta/" + file["name"], headers=KEY),
    ):
        assert (answer.status, answer.error["status"]) == (403, "PERMISSION_DENIED")
    assert count_blob_bytes(asker.world) == 0


def test_after_48_hours_a_file_is_gone_and_its_bytes_with_the_next_upload() -> None:
    asker = Asker()
    file = put(asker)
    asker.world.clock.advance(48 * 3600 - 1)
    assert get(asker, "/v1beta/" + file["name"]).status == 200
    asker.world.clock.advance(1)
    assert get(asker, "/v1beta/" + file["name"]).status == 403
    assert get(asker, "/v1beta/files").json == {}
    put(asker, b"x")
    assert count_blob_bytes(asker.world) == 1


def test_a_video_is_processed_before_it_is_active() -> None:
    asker = Asker()
    file = put(asker, mime_type="video/mp4")
    assert file["state"] == "PROCESSING"
    states = [get(asker, "/v1beta/" + file["name"]).json["state"] for _ in range(3)]
    assert states == ["PROCESSING", "ACTIVE", "ACTIVE"]
    other = put(asker, mime_type="video/mp4")
    asker.world.clock.advance(5)
    assert get(asker, "/v1beta/" + other["name"]).json["state"] == "ACTIVE"


def test_audio_is_active_at_once() -> None:
    assert put(Asker(), mime_type="audio/mp3")["state"] == "ACTIVE"


def test_a_file_can_fail() -> None:
    asker = Asker(lifecycles={"file": ({"state": "PROCESSING"}, {"state": "FAILED"})})
    file = put(asker, mime_type="video/mp4")
    get(asker, "/v1beta/" + file["name"])
    failed = get(asker, "/v1beta/" + file["name"]).json
    assert (failed["state"], failed["error"]["code"]) == ("FAILED", 13)


def test_the_storage_is_limited() -> None:
    asker = Asker(max_file=100_000, max_state=150_000)
    assert start(asker, 100_001).status == 400
    assert chunk(asker, id_of(start_without_size(asker)), b"x" * 100_001, 0).status == 400
    put(asker, b"x" * 100_000)
    full = start(asker, 50_000, world="/w/other")
    assert (full.status, full.error["status"]) == (429, "RESOURCE_EXHAUSTED")


def test_the_limit_of_a_directory_includes_worlds_of_earlier_servers(
    tmp_path: Path,
) -> None:
    put(Asker(max_state=300_000, state=str(tmp_path)), b"x" * 200_000, world="/w/one")
    again = Asker(max_state=300_000, state=str(tmp_path))
    assert start(again, 100_000).status == 429
    assert start(again, 20_000).status == 200


def start_without_size(asker: Asker) -> Answer:
    """An upload whose size is not announced."""
    return asker.send("POST", UPLOAD, b"{}", KEY | {"x-goog-upload-protocol": "resumable"})


def test_a_full_disk_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker()
    upload_id = id_of(start(asker))

    async def full(name: str, at: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(asker.world.blobs, "append", full)
    answer = chunk(asker, upload_id, b"hello", 0)
    assert answer.status == 429
    assert "No space left on device" in answer.error["message"]
    assert answer.header("X-Goog-Upload-Status") == ["final"]
    assert chunk(asker, upload_id, b"", 0, "query").status == 404


def test_worlds_share_no_files() -> None:
    asker = Asker()
    file = put(asker, world="/w/one")
    assert get(asker, "/w/one/v1beta/" + file["name"]).status == 200
    assert get(asker, "/v1beta/" + file["name"]).status == 403
    assert put(asker, world="/w/two")["name"] == file["name"]


def test_only_generated_files_can_be_downloaded() -> None:
    asker = Asker()
    file = put(asker)
    refused = get(asker, f"/v1beta/{file['name']}:download", alt="media")
    assert refused.status == 400
    generate_file(asker.world, "abc", b"made bytes", "application/jsonl")
    sent_on = get(asker, "/v1beta/files/abc:download", alt="media")
    assert sent_on.status == 302
    target = "http://127.0.0.1:8090/download/v1beta/files/abc:download?alt=media"
    assert sent_on.header("Location") == [target]
    got = get(asker, "/download/v1beta/files/abc:download", alt="media")
    assert got.header("Content-Length") == ["10"]
    assert (
        get(asker, "/v1beta/files/abc")
        .json["downloadUri"]
        .endswith("/v1beta/files/abc:download?alt=media")
    )


def test_the_same_uploads_to_a_fresh_world_have_the_same_names() -> None:
    asker, other = Asker(), Asker()
    assert [put(asker), put(asker)] == [put(other), put(other)]
    names = {put(asker)["name"] for _ in range(20)}
    assert len(names) == 20


def ask_about(asker: Asker, *parts: Any) -> Answer:
    body = {"contents": [{"parts": [{"text": "What is this?"}, *parts]}]}
    return asker.send(
        "POST", "/v1beta/models/gemini-2.5-flash:generateContent", json.dumps(body).encode(), KEY
    )


def test_the_content_of_a_file_in_a_prompt_counts() -> None:
    asker = Asker()
    data = render_picture(SeededRandom(0, "x"), 640, 480)
    file = put(asker, data, mime_type="image/png", display_name="cat.png")
    for uri in (file["uri"], file["name"]):
        answer = ask_about(asker, {"fileData": {"fileUri": uri, "mimeType": "image/png"}}).json
        text = answer["candidates"][0]["content"]["parts"][0]["text"]
        assert "a PNG image of 640 x 480 pixels (cat.png)" in text
        inline = ask_about(
            asker,
            {"inlineData": {"mimeType": "image/png", "data": base64.b64encode(data).decode()}},
        ).json
        assert (
            answer["usageMetadata"]["promptTokenCount"]
            == inline["usageMetadata"]["promptTokenCount"]
        )
    chat = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": file["uri"]}},
    ]
    assert "640 x 480" in asker.chat([{"role": "user", "content": chat}]).message["content"]


def test_a_deleted_or_unfinished_file_is_refused_in_a_prompt() -> None:
    asker = Asker()
    for _ in range(3):
        gone = ask_about(asker, {"fileData": {"fileUri": "files/none"}})
        assert (gone.status, gone.error["status"]) == (403, "PERMISSION_DENIED")
    file = put(asker, mime_type="video/mp4")
    part = {"fileData": {"fileUri": file["uri"], "mimeType": "video/mp4"}}
    name = file["name"].removeprefix("files/")
    assert ask_about(asker, part).error == {
        "code": 400,
        "message": f"The File {name} is not in an ACTIVE state and usage is not allowed.",
        "status": "FAILED_PRECONDITION",
    }
    asker.world.clock.advance(60)
    assert ask_about(asker, part).status == 200
    asker.send("DELETE", "/v1beta/" + file["name"], headers=KEY)
    assert ask_about(asker, part).status == 403


def test_a_link_to_another_host_stays_a_link() -> None:
    part = {"fileData": {"fileUri": "https://example.com/files/none", "mimeType": "image/png"}}
    answer = ask_about(Asker(), part)
    assert answer.status == 200
    (part,) = answer.json["candidates"][0]["content"]["parts"]
    assert part["text"].startswith("I received a PNG image.")
    counts = answer.json["usageMetadata"]["promptTokensDetails"]
    assert {"modality": "IMAGE", "tokenCount": 258} in counts


def move_clock(asker: Asker, seconds: float) -> None:
    body = json.dumps({"advance": seconds}).encode()
    answer = asker.send("POST", "/_mockgem/clock", body, {"content-type": "application/json"})
    assert answer.status == 200


def test_the_name_of_a_file_that_a_scenario_expires_early_is_free() -> None:
    asker = Asker()
    definition = {"title": "x", "resources": {"file_expires_after": "60s"}}
    body = json.dumps({"name": "short", "scenario": definition}).encode()
    chosen = asker.send("PUT", "/_mockgem/scenario", body, {"content-type": "application/json"})
    assert chosen.status == 200, chosen.text
    name = put(asker, name="files/mine")["name"]
    assert start(asker, name="files/mine").status == 409
    move_clock(asker, 61)
    assert get(asker, f"/v1beta/{name}").status == 403
    assert start(asker, name="files/mine").status == 200


def test_the_name_of_an_expired_upload_is_free_also_after_the_clock_was_set_back() -> None:
    asker = Asker()
    put(asker)
    move_clock(asker, -600_000)
    upload_id = id_of(start(asker, name="files/mine"))
    assert start(asker, name="files/mine").status == 409
    move_clock(asker, 48 * 3600)
    assert chunk(asker, upload_id, b"", 0, "query").status == 404
    assert chunk(asker, upload_id, b"hello", 0).status == 404
    assert put(asker, name="files/mine")["name"] == "files/mine"


def test_fields_of_a_file_that_only_the_service_sets_are_ignored() -> None:
    asker = Asker()
    started = start(asker, 5, displayName="d", state="ACTIVE", sizeBytes="1", other=1)
    made = chunk(asker, id_of(started), b"hello", 0).json["file"]
    assert (made["displayName"], made["sizeBytes"]) == ("d", "5")
