"""Files and uploads of a gateway."""

from __future__ import annotations

from typing import Any

from tests.asking import Answer, Asker
from tests.dialects.openai.responses.talking import post

LIFETIME = 48 * 3600


def send_form(asker: Asker, path: str, name: str, data: bytes, **fields: str) -> Answer:
    parts = [f'"{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    parts.append(
        b'"%b"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n%b' % (name.encode(), data)
    )
    rows = [b"--b\r\nContent-Disposition: form-data; name=" + part for part in parts]
    headers = {"authorization": "Bearer k", "content-type": "multipart/form-data; boundary=b"}
    return asker.send("POST", f"/v1{path}", b"\r\n".join([*rows, b"--b--\r\n"]), headers)


def create(asker: Asker, data: bytes = b"hello", purpose: str = "user_data") -> Any:
    answer = send_form(asker, "/files", "file", data, purpose=purpose)
    assert answer.status == 200, answer.text
    return answer.json


def list_ids(asker: Asker, **query: str) -> list[str]:
    return [one["id"] for one in asker.send("GET", "/v1/files", query=query).json["data"]]


def test_a_file_is_kept_for_48_hours() -> None:
    asker = Asker()
    now = int(asker.world.clock())
    file = create(asker)
    assert file["id"].startswith("file-")
    assert {**file, "id": ""} == {
        "id": "",
        "object": "file",
        "bytes": 5,
        "created_at": now,
        "expires_at": now + LIFETIME,
        "filename": "a.txt",
        "purpose": "user_data",
        "status": "processed",
    }
    path = f"/v1/files/{file['id']}"
    asker.world.clock.advance(LIFETIME - 1)
    assert list_ids(asker) == [file["id"]]
    assert asker.send("GET", path).json == file
    content = asker.send("GET", f"{path}/content")
    assert (content.body, content.header("content-type")) == (b"hello", ["text/plain"])
    assert content.header("content-length") == ["5"]
    asker.world.clock.advance(1)
    assert list_ids(asker) == []
    for rest in ("", "/content"):
        gone = asker.send("GET", path + rest)
        assert gone.status == 404
        assert gone.error["message"].startswith(f"No such File object: {file['id']} (")


def test_files_are_listed_by_purpose_newest_first() -> None:
    asker = Asker()
    ids = []
    for purpose in ("user_data", "batch", "user_data"):
        ids.append(create(asker, purpose=purpose)["id"])
        asker.world.clock.advance(1)
    assert list_ids(asker) == ids[::-1]
    assert list_ids(asker, order="asc") == ids
    assert list_ids(asker, purpose="user_data") == [ids[2], ids[0]]
    assert list_ids(asker, purpose="vision") == []


def test_a_deleted_file_is_gone() -> None:
    asker = Asker()
    name = create(asker)["id"]
    deleted = asker.send("DELETE", f"/v1/files/{name}")
    assert deleted.json == {"id": name, "object": "file", "deleted": True}
    assert asker.send("DELETE", f"/v1/files/{name}").status == 404
    assert list_ids(asker) == []


def test_a_file_needs_bytes_and_a_purpose() -> None:
    asker = Asker()
    refused = send_form(asker, "/files", "file", b"a")
    assert refused.error["message"].startswith("Missing required parameter: 'purpose'. (")
    refused = send_form(asker, "/files", "other", b"a", purpose="batch")
    assert refused.error["message"].startswith(
        "Missing required parameter: 'file', a multipart upload. ("
    )


# Uploads in parts

ABOUT = {"filename": "b.txt", "purpose": "user_data", "bytes": 6, "mime_type": "text/plain"}


def start(asker: Asker, **more: Any) -> Any:
    return post(asker, "/uploads", **ABOUT | more).json


def add(asker: Asker, upload: str, data: bytes) -> Any:
    return send_form(asker, f"/uploads/{upload}/parts", "data", data).json


def test_parts_become_one_file_in_the_order_of_the_client() -> None:
    asker = Asker()
    now = int(asker.world.clock())
    upload = start(asker)
    assert {**upload, "id": ""} == {
        "id": "",
        "object": "upload",
        "bytes": 6,
        "created_at": now,
        "filename": "b.txt",
        "purpose": "user_data",
        "status": "pending",
        "expires_at": now + 3600,
    }
    first, second = add(asker, upload["id"], b"def"), add(asker, upload["id"], b"abc")
    assert {**first, "id": ""} == {
        "id": "",
        "object": "upload.part",
        "created_at": now,
        "upload_id": upload["id"],
    }
    parts = [second["id"], first["id"]]
    done = post(asker, f"/uploads/{upload['id']}/complete", part_ids=parts).json
    assert (done["id"], done["status"]) == (upload["id"], "completed")
    file = done["file"]
    assert (file["bytes"], file["filename"], file["purpose"]) == (6, "b.txt", "user_data")
    assert asker.send("GET", f"/v1/files/{file['id']}/content").body == b"abcdef"


def test_an_upload_needs_all_that_is_known_of_its_file() -> None:
    for name in ABOUT:
        body = {key: value for key, value in ABOUT.items() if key != name}
        refused = post(Asker(), "/uploads", **body)
        assert refused.status == 400
        assert refused.error["message"].startswith(f"Missing required parameter: '{name}'. (")
    refused = post(Asker(), "/uploads", **ABOUT | {"bytes": -1})
    assert refused.error["message"].startswith("Invalid value for bytes: -1, expected 0 or more. (")
    assert start(Asker(), bytes=0)["bytes"] == 0


def test_a_part_is_a_file_of_a_form() -> None:
    asker = Asker()
    upload = start(asker)["id"]
    refused = send_form(asker, f"/uploads/{upload}/parts", "other", b"a")
    assert (refused.status, refused.error["message"].partition(" (")[0]) == (
        400,
        "Missing required parameter: 'data', a multipart upload.",
    )
