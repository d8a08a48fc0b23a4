"""A full disk is an error in the API's words; afterwards everything works again."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.interaction import Interaction
from mockgem.storage.sqlite_database import Database
from mockgem.storage.sqlite_journal import SqliteJournal
from tests.asking import Answer, Asker
from tests.dialects.gemini.test_files import KEY, UPLOAD, chunk, id_of, put, start
from tests.small_disk import LIMIT, fill_disk, limit_file_size, mount_small_disk

LARGE = b"x" * 2_000_000
CLOCK = "/_mockgem/clock"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mount_small_disk(tmp_path / "disk") as folder:
        yield folder


@pytest.fixture(autouse=True)
def no_errors_in_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []


def open_state(disk: Path) -> Asker:
    return Asker(state=str(disk / "state"))


def list_blobs(disk: Path) -> list[str]:
    return sorted(path.name for path in (disk / "state/blobs").rglob("*") if path.is_file())


def send_whole(asker: Asker, data: bytes, protocol: str = "raw") -> Answer:
    return asker.send("POST", UPLOAD, data, KEY | {"x-goog-upload-protocol": protocol})


def move_clock(asker: Asker) -> Answer:
    headers = {"content-type": "application/json"}
    return asker.send("POST", CLOCK, b'{"advance": "1h"}', headers)


def assert_is_full(answer: Answer) -> None:
    assert answer.status == 429
    assert answer.json["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert "You have exceeded your file storage quota" in answer.json["error"]["message"]


@pytest.mark.parametrize("kind", ["raw", "multipart", "resumable"])
def test_an_upload_that_fills_the_disk_leaves_nothing_and_the_next_one_works(
    disk: Path, kind: str
) -> None:
    asker = open_state(disk)
    if kind == "raw":
        failed = send_whole(asker, LARGE)
    elif kind == "multipart":
        body = b"--b\r\n\r\n{}\r\n--b\r\n\r\n" + LARGE + b"\r\n--b--"
        headers = KEY | {"content-type": "multipart/related; boundary=b"}
        failed = asker.send("POST", UPLOAD, body, headers)
    else:
        failed = chunk(asker, id_of(start(asker, len(LARGE), name="files/mine")), LARGE, 0)
    assert_is_full(failed)
    assert failed.header("X-Goog-Upload-Status") == ["final"]
    assert list_blobs(disk) == []
    assert put(asker, name="files/mine")["name"] == "files/mine"
    again = open_state(disk)
    assert put(again, b"after a restart")["sizeBytes"] == "15"
    assert len(list_blobs(disk)) == 2


def test_a_chunk_that_does_not_fit_ends_the_upload_and_frees_its_name(disk: Path) -> None:
    asker = open_state(disk)
    upload_id = id_of(start(asker, 3_000_000, name="files/mine"))
    assert chunk(asker, upload_id, b"y" * 200_000, 0, "upload").status == 200
    assert_is_full(chunk(asker, upload_id, LARGE, 200_000, "upload"))
    assert chunk(asker, upload_id, b"", 0, "query").status == 404
    assert list_blobs(disk) == []
    assert put(asker, name="files/mine")["name"] == "files/mine"


def test_the_clock_does_not_move_on_a_full_disk(disk: Path) -> None:
    asker = open_state(disk)
    before = asker.send("GET", CLOCK).json
    with fill_disk(disk):
        refused = move_until_refused(asker)
        moved = asker.send("GET", CLOCK).json
        assert asker.chat("a request that needs no state").status == 200
    assert refused.status == 429
    assert "You have exceeded your file storage quota" in refused.json["error"]
    assert move_clock(asker).json["seconds"] == moved["seconds"] + 3600
    assert moved["seconds"] >= before["seconds"]


def move_until_refused(asker: Asker) -> Answer:
    """SQLite's log may have space for some more changes, because it is written again from its
    beginning."""
    for _ in range(500):
        if (answer := move_clock(asker)).status != 200:
            break
    return answer


def test_files_can_be_deleted_on_a_full_disk(disk: Path) -> None:
    asker = open_state(disk)
    name = put(asker, b"z" * 100_000)["name"]
    with fill_disk(disk):
        deleted = asker.send("DELETE", f"/v1beta/{name}", headers=KEY)
    assert list_blobs(disk) == []
    if os.path.ismount(disk):
        assert deleted.status == 200
    assert put(asker)["sizeBytes"] == "5"


def test_a_world_can_be_reset_on_a_full_disk(disk: Path) -> None:
    asker = open_state(disk)
    put(asker, b"z" * 100_000)
    with fill_disk(disk):
        reset = asker.send("POST", "/_mockgem/reset", b"{}", {"content-type": "application/json"})
    if os.path.ismount(disk):
        assert reset.status == 200
    assert list_blobs(disk) == []
    assert put(asker)["sizeBytes"] == "5"


def test_the_log_of_a_small_database_does_not_fill_a_small_disk(disk: Path) -> None:
    """Each of these changes adds pages to SQLite's log, which alone would not fit."""
    asker = open_state(disk)
    for _ in range(200):
        assert move_clock(asker).status == 200


def test_a_batch_whose_answers_do_not_fit_can_be_polled_later(disk: Path) -> None:
    asker = open_state(disk)
    request = {"contents": [{"parts": [{"text": "Hello " * 2000}]}]}
    body = {"batch": {"inputConfig": {"requests": {"requests": [{"request": request}]}}}}
    path = "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
    name = asker.send("POST", path, json.dumps(body).encode(), KEY).json["name"]
    with fill_disk(disk):
        answers = [asker.send("GET", f"/v1beta/{name}", headers=KEY) for _ in range(5)]
    assert answers[-1].status == 429
    assert len(list_blobs(disk)) == 1
    done = [asker.send("GET", f"/v1beta/{name}", headers=KEY).json for _ in range(4)][-1]
    assert done["metadata"]["state"] == "BATCH_STATE_SUCCEEDED"


def make_entry(body: bytes) -> JournalEntry:
    wire = WireRequest("POST", "/x", body=body)
    return JournalEntry(0.0, "POST", "/x", "gemini", "", 200, "engine", 0.0, wire)


def test_a_journal_in_the_database_goes_on_after_an_entry_that_does_not_fit(disk: Path) -> None:
    database = Database(disk)
    journal = SqliteJournal(database, "w")

    async def add(body: bytes) -> None:
        await journal.add(make_entry(body))

    asyncio.run(add(b"small"))
    with pytest.raises(ApiError) as caught:
        asyncio.run(add(LARGE))
    assert caught.value.failure.status == 429
    asyncio.run(add(b"small again"))
    kept = [(entry.number, entry.wire.body) for entry in asyncio.run(journal.list_entries())]
    assert kept == [(1, b"small"), (2, b"small again")]
    database.close()


@pytest.mark.parametrize("name", ["tape.yaml", "tape.json"])
def test_a_cassette_stays_readable_when_an_interaction_does_not_fit(disk: Path, name: str) -> None:
    def interaction(body: bytes) -> Interaction:
        return Interaction("POST", "https://example.com/x", (), body, 200, "OK", (), b"answer")

    async def record() -> None:
        writer = CassetteWriter(disk / name)
        await writer.append(interaction(b"first"))
        with pytest.raises(OSError, match=r"No space left|File too large"):
            await writer.append(interaction(LARGE))
        await writer.append(interaction(b"second"))
        writer.close()

    asyncio.run(record())
    assert [one.request_body for one in read_cassette(disk / name).interactions] == [
        b"first",
        b"second",
    ]


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    """The limit of `ulimit -f` has another error number than a full disk."""
    asker = open_state(tmp_path)
    with limit_file_size(LIMIT):
        assert_is_full(send_whole(asker, LARGE))
    assert list_blobs(tmp_path) == []
    assert put(asker)["sizeBytes"] == "5"
