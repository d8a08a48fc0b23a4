"""Concurrent requests to one upload, one batch, one file, or one directory."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.http import ConnectionDropped, WireRequest, WireResponse, iter_frames
from mockgem.dialects.common import json_parser
from mockgem.operations import batches, files, uploads
from tests.asking import GEMINI, Asker
from tests.dialects.gemini.test_files import KEY, UPLOAD, chunk, get, id_of, put, start
from tests.dialects.openai.test_batches import (
    create_batch,
    finish_batch,
    line,
    lines_in,
    poll_batch,
    post,
)
from tests.world_state import (
    count_blob_bytes,
    count_record_bytes,
    generate_file,
    get_record,
    read_file,
)


async def read_body(response: WireResponse) -> bytes:
    return b"".join([frame.data async for frame in iter_frames(response.body)])


def test_a_slow_request_does_not_change_a_file_that_another_one_finished() -> None:
    asker = Asker()
    upload = id_of(start(asker, 20))
    told = {
        "host": "127.0.0.1:8090",
        "x-goog-upload-command": "upload, finalize",
        "x-goog-upload-offset": "0",
    }
    made: list[Any] = []

    async def slow() -> AsyncIterator[bytes]:
        yield b"old 1"
        made.append(chunk_async(await asker.door(request(b"twenty bytes of it al"[:20]))))
        yield b"old 2"

    def request(body: bytes = b"", stream: Any = None) -> WireRequest:
        return WireRequest("POST", UPLOAD, {"upload_id": upload}, told, body, "", stream)

    def chunk_async(response: WireResponse) -> Any:
        assert response.status == 200
        return json.loads(
            response.body if isinstance(response.body, bytes) else response.body.join_chunks()
        )  # type: ignore[union-attr]

    late = asyncio.run(asker.door(request(stream=slow())))
    assert late.status == 409
    file = made[0]["file"]
    assert get(asker, "/v1beta/" + file["name"]).json == file
    assert read_file(asker.world, file["name"]) == b"twenty bytes of it al"[:20]
    assert chunk(asker, upload, b"", 0, "query").json["file"] == file


def test_a_name_is_taken_from_the_start_of_an_upload_to_the_deletion_of_the_file() -> None:
    asker = Asker()
    upload = id_of(start(asker, 1, name="files/mine"))
    assert start(asker, 1, name="files/mine").status == 409
    file = chunk(asker, upload, b"x", 0).json["file"]
    asker.send("DELETE", "/v1beta/" + file["name"], headers=KEY)
    assert count_blob_bytes(asker.world) == 0
    assert start(asker, 1, name="files/mine").status == 200


def test_two_servers_on_one_directory_share_names_and_the_clock(tmp_path: Path) -> None:
    one, two = Asker(state=str(tmp_path)), Asker(state=str(tmp_path))
    uploads = [id_of(start(asker, 1)) for asker in (one, two)]
    names = [
        chunk(asker, upload, b"x", 0).json["file"]["name"]
        for asker, upload in zip((one, two), uploads, strict=True)
    ]
    assert len(set(names)) == 2
    assert {file["name"] for file in get(two, "/v1beta/files").json["files"]} == set(names)
    body = b'{"advance": "49h"}'
    one.send("POST", "/_mockgem/clock", body, {"content-type": "application/json"})
    assert get(two, "/v1beta/files").json == {}


def test_an_idle_world_in_a_directory_keeps_its_state(tmp_path: Path) -> None:
    asker = Asker(state=str(tmp_path), world_idle=-1.0)
    file = put(asker, world="/w/one")
    put(asker, world="/w/two")
    assert "one" not in asker.worlds.named
    assert get(asker, "/w/one/v1beta/" + file["name"]).status == 200
    asker.send("DELETE", "/_mockgem/worlds/one", headers={})
    assert get(asker, "/w/one/v1beta/" + file["name"]).status == 403


def start_answering(asker: Asker, count: int = 400) -> tuple[Any, Any]:
    """A batch whose next look answers it, and that look, begun but not ended."""
    batch = create_batch(asker, *[line(number) for number in range(count)])
    poll_batch(asker, batch)
    wire = WireRequest("GET", f"{GEMINI}/batches/{batch['id']}", {}, {"authorization": "Bearer k"})
    return batch, asker.door(wire)


async def run_during(look: Any, what: Any) -> WireResponse:
    task = asyncio.ensure_future(look)
    for _ in range(12):
        await asyncio.sleep(0)
    await what
    return await task  # type: ignore[no-any-return]


def send(asker: Asker, method: str, path: str) -> Any:
    return asker.door(
        WireRequest(method, path, {}, {"authorization": "Bearer k", "host": KEY["host"]})
    )


def test_a_batch_that_is_cancelled_while_it_is_answered_stays_so() -> None:
    asker = Asker()
    batch, look = start_answering(asker)
    asyncio.run(run_during(look, send(asker, "POST", f"{GEMINI}/batches/{batch['id']}/cancel")))
    assert poll_batch(asker, batch)["status"] in ("cancelling", "cancelled")
    assert finish_batch(asker, batch)["status"] == "cancelled"
    assert not [name for name in asker.world.blobs.sizes if name.startswith("out-")]  # type: ignore[attr-defined]


def test_a_batch_that_is_deleted_while_it_is_answered_stays_so() -> None:
    asker = Asker()
    rows = [
        {"request": {"contents": [{"parts": [{"text": str(number)}]}]}} for number in range(400)
    ]
    body = json.dumps({"batch": {"inputConfig": {"requests": {"requests": rows}}}}).encode()
    name = asker.send(
        "POST", "/v1beta/models/gemini-2.5-flash:batchGenerateContent", body, KEY
    ).json["name"]
    get(asker, "/v1beta/" + name)
    look = send(asker, "GET", "/v1beta/" + name)
    response = asyncio.run(run_during(look, send(asker, "DELETE", "/v1beta/" + name)))
    assert response.status == 404
    assert get(asker, "/v1beta/" + name).status == 404
    assert count_blob_bytes(asker.world) == 0


@pytest.mark.parametrize("looks", [0, 1])
def test_a_batch_whose_file_was_deleted_fails(looks: int) -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    for _ in range(looks):
        poll_batch(asker, batch)
    asker.send("DELETE", "/v1beta/" + batch["input_file_id"], headers=KEY)
    failed = finish_batch(asker, batch)
    assert (failed["status"], failed["errors"]["data"][0]["code"]) == ("failed", "file_not_found")


def test_a_reset_ends_a_running_batch() -> None:
    asker = Asker()
    batch, look = start_answering(asker)
    response = asyncio.run(run_during(look, send(asker, "POST", "/_mockgem/reset")))
    assert response.status == 404
    assert asker.send("GET", f"{GEMINI}/batches/{batch['id']}").status == 404


def test_the_download_of_a_file_that_is_deleted_breaks_off() -> None:
    asker = Asker()
    generate_file(asker.world, "abc", b"x" * 600_000)

    async def download() -> None:
        response = await send(asker, "GET", "/download/v1beta/files/abc:download")
        frames = iter_frames(response.body)
        await anext(frames)
        await files.remove("abc", asker.world)
        with pytest.raises(ConnectionDropped):
            await read_body(WireResponse(200, (), frames))

    asyncio.run(download())


def test_batches_work_when_answers_are_paced() -> None:
    asker = Asker(chunk_delay=0.01)
    done = finish_batch(asker, create_batch(asker, line(1)))
    assert done["status"] == "completed"
    assert len(lines_in(asker, done["output_file_id"])) == 1


def test_a_list_shows_batches_that_ended_by_the_clock() -> None:
    asker = Asker()
    create_batch(asker, line(1))
    asker.world.clock.advance(24 * 3600)
    assert asker.send("GET", GEMINI + "/batches").json["data"][0]["status"] == "completed"


def test_the_limit_of_the_storage_holds_for_batches() -> None:
    asker = Asker(max_state=120_000)
    batch = create_batch(asker, *[line(number) for number in range(300)])
    for _ in range(3):
        answer = asker.send("GET", f"{GEMINI}/batches/{batch['id']}")
    assert answer.status == 429
    assert count_blob_bytes(asker.world) < 120_000
    asker.send("DELETE", "/v1beta/" + batch["input_file_id"], headers=KEY)
    assert count_blob_bytes(asker.world) == 0


def test_an_upload_that_is_refused_leaves_nothing() -> None:
    asker = Asker(max_file=10, max_state=10_000)
    for _ in range(30):
        answer = asker.send(
            "POST",
            UPLOAD,
            b"x" * 11,
            KEY | {"x-goog-upload-protocol": "raw", "content-type": "text/plain"},
        )
        assert answer.status == 400
    assert count_blob_bytes(asker.world) == 0


def test_an_empty_upload_id_does_not_replace_a_key() -> None:
    asker = Asker(api_key=("secret",))
    answer = asker.send("POST", UPLOAD, b"x", {"x-goog-upload-protocol": "raw"}, {"upload_id": ""})
    assert answer.status == 403


@pytest.mark.parametrize("key", ["a\r\nX-Injected: 1", "a b&c"])
def test_a_key_can_t_break_out_of_a_redirect(key: str) -> None:
    asker = Asker()
    generate_file(asker.world, "abc", b"x")
    target = asker.send("GET", "/v1beta/files/abc:download", headers={}, query={"key": key}).header(
        "Location"
    )[0]
    assert not set("\r\n &") & set(target.partition("key=")[2])


def test_a_type_with_a_line_break_is_refused() -> None:
    assert start(Asker(), 1, mime_type="text/plain\r\nX: 1").status == 400


@pytest.mark.parametrize(
    "more",
    [
        {"ttl": "999999999999s"},
        {"expireTime": "9999-12-31T23:59:59-12:00"},
        {"ttl": "-999999999999s"},
    ],
)
def test_a_cache_must_expire_in_the_years_of_a_timestamp(more: Any) -> None:
    asker = Asker()
    body = {
        "model": "models/gemini-2.5-flash",
        "contents": [{"parts": [{"text": "long text " * 1000}]}],
        **more,
    }
    assert (
        asker.send("POST", "/v1beta/cachedContents", json.dumps(body).encode(), KEY).status == 400
    )
    assert get(asker, "/v1beta/cachedContents").json == {}


def test_a_host_name_that_resolves_to_this_machine_may_change_nothing() -> None:
    headers = {"host": "evil.example:80", "origin": "http://evil.example:80"}
    assert Asker().send("POST", "/_mockgem/reset", b"", headers).status == 421
    named = Asker(allowed_host=("mock.example",))
    foreign = {"host": "mock.example:80", "origin": "http://evil.example:80"}
    assert named.send("POST", "/_mockgem/reset", b"", foreign).status == 403
    own = {"host": "mock.example:80", "origin": "http://mock.example:80"}
    assert named.send("POST", "/_mockgem/reset", b"", own).status == 200
    same = {"host": "127.0.0.1:80", "origin": "http://127.0.0.1:80"}
    assert Asker().send("POST", "/w/one/_mockgem/reset", b"", same).status == 200


def test_records_of_another_version_are_read() -> None:
    asker = Asker()
    file = put(asker)
    name = file["name"].removeprefix("files/")
    record = get_record(asker.world, "files", name)
    asyncio.run(asker.world.store.put("files", name, {**record, "invented_later": 1}))
    assert get(asker, "/v1beta/" + file["name"]).json == file


def test_an_upload_attempt_is_refused_after_a_later_one_began() -> None:
    asker = Asker()
    upload_id = id_of(start(asker, 5))

    async def overtake() -> None:
        upload = await uploads.find_upload(upload_id, asker.world)
        first = await uploads.begin_attempt(upload, 0, asker.world)
        await uploads.begin_attempt(upload, 0, asker.world)
        with pytest.raises(ApiError):
            await uploads.check_attempt(first, asker.world)

    asyncio.run(overtake())


@pytest.mark.parametrize(("size", "reads_leniently"), [(2**17, True), (2**20, False)])
def test_the_slow_parser_reads_no_long_body(
    size: int, reads_leniently: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would block the server: it reads a megabyte in seconds."""
    lengths: list[int] = []

    class Watched(json_parser.LenientParser):
        def __init__(self, text: str) -> None:
            lengths.append(len(text))
            super().__init__(text)

    monkeypatch.setattr(json_parser, "LenientParser", Watched)
    body = b'{"a":[' + b"1," * (size // 2) + b"]}"
    answer = Asker().send("POST", GEMINI + "/chat/completions", body)
    assert answer.status == 400
    assert "Invalid JSON payload received." in answer.text
    assert lengths == ([len(body)] if reads_leniently else [])


def test_of_two_polls_of_one_batch_the_second_waits_for_the_first() -> None:
    asker = Asker()
    batch, look = start_answering(asker, 100)

    async def both() -> list[bytes]:
        other = send(asker, "GET", f"{GEMINI}/batches/{batch['id']}")
        return [await read_body(response) for response in await asyncio.gather(look, other)]

    one, two = (json.loads(body) for body in asyncio.run(both()))
    assert one["request_counts"] == two["request_counts"]
    assert post(asker, "/batches/none/cancel").status == 404


def test_a_deletion_leaves_nothing() -> None:
    """No record of a file's name or upload, of a batch or a cache stays, and no lock."""
    asker = Asker()
    before = count_record_bytes(asker.world)
    for _ in range(20):
        assert asker.send("DELETE", "/v1beta/" + put(asker)["name"], headers=KEY).status == 200
    batch = create_batch(asker, line(1), line(2))
    assert finish_batch(asker, batch)["status"] == "completed"
    assert len(asker.world.locks) == 0  # type: ignore[arg-type]

    async def delete_all() -> None:
        await batches.delete(batch["id"].removeprefix("batches/"), "", asker.world)
        for file in await files.files_in(asker.world).list_all():
            await files.remove(file.name, asker.world)

    asyncio.run(delete_all())
    assert count_record_bytes(asker.world) == before
    assert count_blob_bytes(asker.world) == 0
