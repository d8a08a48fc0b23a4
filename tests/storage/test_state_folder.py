"""State folders: who can read them, what is refused at the start, and what a crash leaves."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import mockgem
from mockgem.app.state_folder import open_state_folder
from mockgem.core.storage_errors import BadStateFolder
from mockgem.storage.sqlite import DirectoryStorage
from tests.asking import Asker
from tests.dialects.gemini.test_files import KEY, chunk, get, id_of, put, start

DATABASE = "state.sqlite"


def open_state(folder: Path) -> Asker:
    return Asker(state=str(folder))


def make_state(folder: Path) -> str:
    """Make a state folder with one file, and return the file's name."""
    with mockgem.serve(state=str(folder)) as server:
        server.clock.advance("1s")
    storage = open_state_folder(folder)
    storage.close()
    asker = open_state(folder)
    name: str = put(asker)["name"]
    close(asker)
    return name


def close(asker: Asker) -> None:
    factory: Any = asker.worlds.factory
    factory.storage.close()


def change_database(folder: Path, statement: str, *values: Any) -> None:
    connection = sqlite3.connect(folder / DATABASE)
    with connection:
        connection.execute(statement, values)
    connection.close()


# Modes


@contextmanager
def use_umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_the_state(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "outer/state"
    with use_umask(mask):
        asker = open_state(folder)
        put(asker)
    modes = {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
    }
    assert {f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE, "locks"} <= modes.keys()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name, mode in modes.items():
        assert mode == (0o700 if (folder / name).is_dir() else 0o600), name
    close(asker)


def test_a_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o750)
    close(open_state(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


# What is refused at the start


def put_a_file_in_the_place_of_the_folder(folder: Path) -> None:
    folder.write_text("not a folder")


def put_a_directory_in_the_place_of_the_database(folder: Path) -> None:
    (folder / DATABASE).mkdir(parents=True)


def put_another_text_in_the_place_of_the_database(folder: Path) -> None:
    folder.mkdir()
    (folder / DATABASE).write_text("This is not a database. " * 100)


def put_a_fifo_in_the_place_of_the_database(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / DATABASE)


def put_a_database_of_another_program(folder: Path) -> None:
    folder.mkdir()
    change_database(folder, "CREATE TABLE recipes (name TEXT)")


def put_a_table_with_other_columns(folder: Path) -> None:
    folder.mkdir()
    change_database(folder, "CREATE TABLE records (id INTEGER, text TEXT)")


def cut_the_database(folder: Path) -> None:
    make_state(folder)
    with (folder / DATABASE).open("r+b") as file:
        file.truncate(6000)


def overwrite_a_page(folder: Path) -> None:
    make_state(folder)
    with (folder / DATABASE).open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096)


def count_a_later_format(folder: Path) -> None:
    make_state(folder)
    change_database(folder, "PRAGMA user_version=99")


def empty_a_record(folder: Path) -> None:
    make_state(folder)
    change_database(folder, "UPDATE records SET record = '{}' WHERE collection = 'files'")


def empty_the_clock(folder: Path) -> None:
    make_state(folder)
    change_database(folder, "UPDATE records SET record = '{}' WHERE collection = 'clock'")


def break_the_json_of_a_record(folder: Path) -> None:
    make_state(folder)
    change_database(folder, "UPDATE records SET record = '{' WHERE collection = 'files'")


def change_the_type_of_a_field(folder: Path) -> None:
    make_state(folder)
    statement = "UPDATE records SET record = json_set(record, '$.expires', 'soon')"
    change_database(folder, statement + " WHERE collection = 'files'")


def put_a_file_in_the_place_of_the_blobs(folder: Path) -> None:
    folder.mkdir()
    (folder / "blobs").write_text("not a folder")


REFUSED: dict[Callable[[Path], None], str] = {
    put_a_file_in_the_place_of_the_folder: "is a file: choose a folder",
    put_a_directory_in_the_place_of_the_database: "is not a file",
    put_another_text_in_the_place_of_the_database: "is not a database of mockgem",
    put_a_fifo_in_the_place_of_the_database: "is not a file",
    put_a_database_of_another_program: "another program (it has the table recipes)",
    put_a_table_with_other_columns: "another program (its table records has other columns)",
    cut_the_database: "damaged",
    overwrite_a_page: "damaged",
    count_a_later_format: "has format 99, and this version of mockgem reads format 1",
    empty_a_record: "can't read: another name in files/",
    empty_the_clock: "can't read: no number shift in clock/clock of the default world",
    break_the_json_of_a_record: "can't read: no JSON object in files/",
    change_the_type_of_a_field: "can't read: a wrong expires in files/",
    put_a_file_in_the_place_of_the_blobs: "can't be used",
}


@pytest.mark.parametrize("spoil", REFUSED, ids=lambda spoil: spoil.__name__)
def test_a_state_that_can_t_be_used_is_one_sentence_at_the_start(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = tmp_path / "state"
    spoil(folder)
    with pytest.raises(BadStateFolder) as caught, mockgem.serve(state=str(folder)):
        pass
    message = str(caught.value)
    assert REFUSED[spoil] in message
    assert str(folder) in message
    assert "\n" not in message
    assert "--state" in message


def run_server(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mockgem", "serve", "--port", "0", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("spoil", [put_a_file_in_the_place_of_the_folder, empty_a_record])
def test_the_command_says_so_without_a_traceback(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = tmp_path / "state"
    spoil(folder)
    ended = run_server("--state", str(folder))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("Error: ")
    assert REFUSED[spoil] in ended.stderr
    assert "Traceback" not in ended.stderr


READ_ONLY = """
import os, sys
from pathlib import Path
from mockgem.storage.sqlite_database import Database
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Database(Path("state"))
except ValueError as error:
    print(error)
"""


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_that_can_t_be_written_is_refused(tmp_path: Path, exists: bool) -> None:
    """In a process of a user that has no special rights, because root may write everywhere."""
    folder = tmp_path / "state"
    if exists:
        folder.mkdir(mode=0o555)
    tmp_path.chmod(0o555)
    code = f"import sys; sys.path[:0] = {sys.path!r}" + READ_ONLY
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
    )  # fmt: skip
    tmp_path.chmod(0o700)
    assert "Permission denied" in ended.stdout, ended.stderr
    assert "--state" in ended.stdout


# What happens while the server runs


@pytest.mark.parametrize("replaced", [True, False])
def test_a_folder_that_vanishes_is_an_error_and_no_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, replaced: bool
) -> None:
    folder = tmp_path / "state"
    asker = open_state(folder)
    name = put(asker)["name"]
    shutil.rmtree(folder)
    if replaced:
        close(open_state(folder))
    for answer in (get(asker, f"/v1beta/{name}"), start(asker), get(asker, "/v1beta/files")):
        assert answer.status == 507
        assert answer.json["error"]["code"] == 507
        assert f"mockgem can't use its state in {folder}" in answer.json["error"]["message"]
    assert asker.chat("needs no state").status == 200
    assert folder.exists() == replaced
    assert caplog.records == []


def test_bytes_that_vanish_while_the_server_runs_are_a_missing_file(tmp_path: Path) -> None:
    asker = open_state(tmp_path / "state")
    name = put(asker)["name"]
    shutil.rmtree(tmp_path / "state/blobs/default world")
    parts = [{"fileData": {"fileUri": name, "mimeType": "text/plain"}}]
    body = json.dumps({"contents": [{"parts": parts}]}).encode()
    answer = asker.send("POST", "/v1beta/models/gemini-2.5-flash:generateContent", body, KEY)
    assert answer.status == 403
    assert "or it may not exist" in answer.error["message"]
    close(asker)


# What a crash leaves


def test_leftovers_of_a_crash_are_removed_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    asker = open_state(folder)
    name = put(asker, name="files/kept")["name"]
    upload_id = id_of(start(asker, 100, name="files/open"))
    chunk(asker, upload_id, b"first", 0, "upload")
    blobs = folder / "blobs/default world"
    for orphan in ("part-orphan", "out-orphan", "in-orphan", "media-orphan"):
        (blobs / orphan).write_bytes(b"left")
    (folder / "blobs/other").mkdir()
    (folder / "blobs/other/part-x").write_bytes(b"left")
    close(asker)
    again = open_state(folder)
    assert len(list(blobs.iterdir())) == 2
    assert not list((folder / "blobs/other").iterdir())
    assert get(again, f"/v1beta/{name}").status == 200
    assert chunk(again, upload_id, b"x" * 95, 5).json["file"]["sizeBytes"] == "100"
    close(again)


def test_records_whose_bytes_are_gone_are_removed_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "state"
    asker = open_state(folder)
    put(asker, name="files/lost")
    put(asker, name="files/kept")
    upload_id = id_of(start(asker, 100, name="files/open"))
    chunk(asker, upload_id, b"first", 0, "upload")
    (folder / "blobs/default world" / f"part-{upload_id}").unlink()
    for path in (folder / "blobs/default world").iterdir():
        path.unlink()
        break
    close(asker)
    again = open_state(folder)
    assert len(get(again, "/v1beta/files").json["files"]) == 1
    assert start(again, name="files/open").status == 200
    statuses = sorted([start(again, name=f"files/{name}").status for name in ("lost", "kept")])
    assert statuses == [200, 409]
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == 2
    assert all("its bytes are missing" in message for message in messages)
    close(again)


def test_a_server_that_is_not_alone_removes_nothing(tmp_path: Path) -> None:
    first = DirectoryStorage(tmp_path)
    blobs = first.blobs_of("w")
    asyncio.run(blobs.append("out-of-a-batch", 0, b"not named by a record yet"))
    second = open_state_folder(tmp_path)
    assert asyncio.run(blobs.get_size("out-of-a-batch")) == 25
    second.close()
    third = open_state_folder(tmp_path)
    assert asyncio.run(blobs.get_size("out-of-a-batch")) == 25
    third.close()
    first.close()
    open_state_folder(tmp_path).close()
    assert asyncio.run(blobs.get_size("out-of-a-batch")) == 0


# The end


def has_log(folder: Path) -> bool:
    return (folder / f"{DATABASE}-wal").exists()


def test_the_database_is_closed_when_an_embedded_server_ends(tmp_path: Path) -> None:
    with mockgem.serve(state=str(tmp_path)) as server:
        server.clock.advance("1s")
        assert has_log(tmp_path)
    assert not has_log(tmp_path)


def test_the_database_is_closed_when_the_server_can_t_start(tmp_path: Path) -> None:
    cassette = tmp_path / "broken.yaml"
    cassette.write_text("{")
    with (
        pytest.raises(ValueError, match=r"broken\.yaml"),
        mockgem.serve(state=str(tmp_path / "state"), cassette=str(cassette)),
    ):
        pass
    assert (tmp_path / "state" / DATABASE).exists()
    assert not has_log(tmp_path / "state")
