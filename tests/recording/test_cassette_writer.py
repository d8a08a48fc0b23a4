"""The cassette file: vcrpy's format in both directions, extended without losing anything."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vcr.cassette import Cassette as Theirs
from vcr.persisters.filesystem import FilesystemPersister
from vcr.serializers import jsonserializer, yamlserializer

from mockgem.recording import cassette_encoder, cassette_writer
from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.cassette_writer import CassetteWriter, save_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.torn_end import FILE_HEADER
from tests.recording.interactions import chat, stream

BODIES = [
    b'{"a": 1}',
    b'{\n  "a": "b"\n}\n',
    b"data: {}\r\n\r\ndata: [DONE]\r\n\r\n",
    b"data: {}\n\ndata: [DONE]\n\n",
    b" leading, trailing \n\n",
    "snowman \u2603 and \U0001f600 and \ufeff".encode(),
    bytes(range(256)),
    b"\x00\x01",
    b"",
    b"# end\n",
    b"...\n---\n",
    b"x" * 100_000,
]


def record(path: Path, *interactions: Interaction) -> None:
    async def all_of() -> None:
        writer = CassetteWriter(path)
        try:
            await asyncio.gather(*[writer.append(one) for one in interactions])
        finally:
            writer.close()

    asyncio.run(all_of())


def known_to_vcr(path: Path) -> Sequence[tuple[str, bytes]]:
    serializer = jsonserializer if path.suffix == ".json" else yamlserializer
    requests, responses = FilesystemPersister.load_cassette(str(path), serializer)
    bodies = [response["body"]["string"] for response in responses]
    told = [body.encode() if isinstance(body, str) else body for body in bodies]
    return list(zip([request.uri for request in requests], told, strict=True))


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_what_was_recorded_is_read_again_by_us_and_by_vcrpy(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    bodies = [
        body for body in BODIES if suffix == ".yaml" or (body.isascii() and b"\x00" not in body)
    ]
    written = [chat(str(number), body) for number, body in enumerate(bodies)]
    record(path, *written[:3])
    record(path, *written[3:])
    assert [one.body for one in read_cassette(path).interactions] == bodies
    assert [body for _, body in known_to_vcr(path)] == bodies


def test_interactions_stand_in_the_order_in_which_they_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if an earlier one takes longer to encode."""
    encode = cassette_writer.encode_interaction

    def encode_slowly(interaction: Interaction, *, as_json: bool) -> bytes:
        time.sleep(0.1 if interaction.body == b"first" else 0)
        return encode(interaction, as_json=as_json)

    monkeypatch.setattr(cassette_writer, "encode_interaction", encode_slowly)
    path = tmp_path / "a.yaml"
    bodies = [b"first", b"second", b"third"]
    record(path, *[chat(str(number), body) for number, body in enumerate(bodies)])
    assert [one.body for one in read_cassette(path).interactions] == bodies


def test_a_writer_may_be_used_in_one_event_loop_after_another(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    writer = CassetteWriter(path)
    for body in (b"one", b"two"):
        asyncio.run(writer.append(chat("x", body)))
    writer.close()
    assert [one.body for one in read_cassette(path).interactions] == [b"one", b"two"]


def test_one_that_cannot_be_encoded_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = cassette_writer.encode_interaction

    def fail_once(interaction: Interaction, *, as_json: bool) -> bytes:
        if interaction.body == b"bad":
            raise OSError("no")
        return encode(interaction, as_json=as_json)

    monkeypatch.setattr(cassette_writer, "encode_interaction", fail_once)
    path = tmp_path / "a.yaml"

    async def append_all() -> list[BaseException | None]:
        writer = CassetteWriter(path)
        try:
            appends = [writer.append(chat("x", body)) for body in (b"bad", b"good")]
            return await asyncio.gather(*appends, return_exceptions=True)
        finally:
            writer.close()

    failed, passed = asyncio.run(append_all())
    assert isinstance(failed, OSError)
    assert passed is None
    assert [one.body for one in read_cassette(path).interactions] == [b"good"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
    )
)
def test_any_body_comes_back(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "any.yaml"
    one = chat("x", body, request_body=body)
    path.write_bytes(cassette_encoder.encode_cassette([one], as_json=False))
    assert read_cassette(path).interactions[0].body == body
    assert read_cassette(path).interactions[0].request_body == body
    assert known_to_vcr(path)[0][1] == body


def test_streams_keep_their_chunks_when_vcrpy_writes_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    one = stream(
        b"data: 1\r\n\r\n", b"data: 2\r\n\r\n", broken="reset", recorded="2026-11-21T00:00:00Z"
    )
    record(path, one)
    theirs = Theirs.load(path=str(path))
    theirs._save(force=True)
    (again,) = read_cassette(path).interactions
    assert (again.chunks, again.broken, again.recorded, again.body) == (
        one.chunks,
        one.broken,
        one.recorded,
        one.body,
    )


def test_text_stays_readable(tmp_path: Path) -> None:
    record(
        tmp_path / "a.yaml",
        chat("hi", b'{\n  "content": "Hello there"\n}\n'),
        stream(b"data: a\r\n\r\n", b"data: b\r\n\r\n"),
    )
    text = (tmp_path / "a.yaml").read_text()
    assert '        "content": "Hello there"\n' in text
    assert "!!binary" not in text
    assert text.startswith("version: 1\ninteractions:\n")


def test_a_file_of_vcrpys_is_added_to(tmp_path: Path) -> None:
    path = tmp_path / "theirs.yaml"
    old = {
        "interactions": [
            {
                "request": {"method": "GET", "uri": "https://x/y", "body": None, "headers": {}},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {},
                    "body": {"string": "old"},
                },
            }
        ],
        "version": 1,
    }
    path.write_text(yaml.safe_dump(old))
    record(path, chat())
    assert [one.body for one in read_cassette(path).interactions] == [b"old", b'{"choices": []}']
    assert len(known_to_vcr(path)) == 2


def test_a_torn_end_is_cut_off_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    record(path, chat("1"), chat("2"))
    whole = path.read_bytes()
    path.write_bytes(whole + b"- request:\n    body: 'half")
    assert (len(read_cassette(path).interactions), read_cassette(path).torn_bytes) == (2, 26)
    record(path, chat("3"))
    assert len(read_cassette(path).interactions) == 3
    assert path.read_bytes().startswith(whole)


def test_a_second_recorder_is_refused(tmp_path: Path) -> None:
    async def both() -> None:
        first = CassetteWriter(tmp_path / "a.yaml")
        with pytest.raises(BadCassette, match="another process is recording"):
            CassetteWriter(tmp_path / "a.yaml")
        first.close()

    asyncio.run(both())


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("precious")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadCassette, match="can't be written"):
        CassetteWriter(tmp_path / "a.yaml")
    assert (tmp_path / "elsewhere").read_text() == "precious"


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    record(path, chat("1"))
    before = path.read_bytes()

    write_at = cassette_writer.write_at

    def full(file: int, data: bytes, place: int) -> None:
        """Write what fits into the size that the file has."""
        if place + len(data) <= len(before):
            return write_at(file, data, place)
        os.pwrite(file, data[: len(data) // 2], place)
        raise OSError(28, "No space left on device")

    async def one_more() -> None:
        writer = CassetteWriter(path)
        monkeypatch.setattr(cassette_writer, "write_at", full)
        with pytest.raises(OSError, match="No space"):
            await writer.append(chat("2"))
        assert path.read_bytes() == before
        monkeypatch.undo()
        await writer.append(chat("3"))
        writer.close()

    asyncio.run(one_more())
    assert path.read_bytes().startswith(before.removesuffix(b"\n]}\n"))
    assert [b'"3"' in one.request_body for one in read_cassette(path).interactions] == [False, True]


def test_a_failed_rewrite_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("1")])
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(BadCassette, match="No space left"):
        save_cassette(path, [chat("2")])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


WRITER = """
import asyncio, sys
from pathlib import Path
from mockgem.recording.cassette_writer import CassetteWriter
from tests.recording.interactions import chat

async def main():
    writer = CassetteWriter(Path(sys.argv[1]))
    for number in range(10_000):
        await writer.append(chat(str(number), b"x" * 5000))
        print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("attempt", range(3))
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / "a.yaml"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "0"
    time.sleep(0.037 * (attempt + 1))
    process.send_signal(signal.SIGKILL)
    told = [line for line in process.stdout.read().splitlines() if line.isdigit()]
    process.wait()
    process.stdout.close()
    kept = read_cassette(path).interactions
    assert len(kept) >= len(told) + 1
    assert all(one.body == b"x" * 5000 for one in kept)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_a_file_that_is_written_again_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("1")])
    path.chmod(mode)
    save_cassette(path, [chat("2")])
    assert path.stat().st_mode & 0o777 == mode


def test_json_has_no_bytes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a body is not text"):
        record(tmp_path / "a.json", chat("x", b"\xff\x00"))
    record(tmp_path / "a.json", chat("x"))
    assert len(json.loads((tmp_path / "a.json").read_bytes())["interactions"]) == 1


def as_edited(path: Path, *interactions: Interaction) -> bytes:
    save_cassette(path, interactions)
    return path.read_bytes()


END_INSIDE = chat("one", answer=b"text\n# end\nmore\n")
FOREIGN = b"""interactions:
- request:
    body: 'a'
    headers: {}
    method: POST
    uri: http://127.0.0.1/v1/chat
  response:
    body:
      string: |
        one
        # end
        two
    headers: {}
    status: {code: 200, message: OK}
- request:
    body: 'b'
    headers: {}
    method: POST
    uri: http://127.0.0.1/v1/chat
  response:
    body:
      string: 'three'
    headers: {}
    status: {code: 200, message: OK}
version: 1
"""


def edits(path: Path) -> dict[str, tuple[bytes, int]]:
    """Return files whose end mark is not at the end, and the number of their interactions."""
    whole = as_edited(path, END_INSIDE, chat("two"))
    one = as_edited(path, chat("pasted")).removeprefix(FILE_HEADER)
    return {
        "no final line end": (whole.removesuffix(b"\n"), 2),
        "no final mark": (whole.removesuffix(b"# end\n"), 2),
        "pasted after the last mark": (whole + one.removesuffix(b"# end\n"), 3),
        "pasted in the middle": (
            FILE_HEADER + one.removesuffix(b"# end\n") + whole.removeprefix(FILE_HEADER),
            3,
        ),
        "spaces at the end": (whole + b"\n\n", 2),
        "another tool's": (FOREIGN, 2),
        "line ends of Windows": (whole.replace(b"\n", b"\r\n"), 2),
    }


EDITS = [
    "no final line end",
    "no final mark",
    "pasted after the last mark",
    "pasted in the middle",
    "spaces at the end",
    "another tool's",
    "line ends of Windows",
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_file_is_read_whole_and_not_touched_before_something_is_recorded(
    tmp_path: Path, edit: str
) -> None:
    path = tmp_path / "a.yaml"
    data, count = edits(path)[edit]
    path.write_bytes(data)
    before = read_cassette(path)
    assert (len(before.interactions), before.torn_bytes) == (count, 0)
    record(path)
    assert path.read_bytes() == data
    record(path, chat("new"))
    assert read_cassette(path).interactions == (*before.interactions, chat("new"))
    assert not list(tmp_path.glob("*.torn"))


def test_a_cut_anywhere_in_the_last_interaction_loses_no_other_and_no_byte(tmp_path: Path) -> None:
    """Also with an end mark inside the content of each."""
    path = tmp_path / "a.yaml"
    whole = as_edited(path, END_INSIDE, END_INSIDE)
    start = whole.index(b"\n# end\n- request") + len(b"\n# end\n")
    for cut in range(start, len(whole), 7):
        path.write_bytes(whole[:cut])
        found = read_cassette(path)
        assert found.interactions[0] == END_INSIDE
        record(path, chat("new"))
        aside = tmp_path / "a.yaml.torn"
        kept = path.read_bytes()[:cut] + (aside.read_bytes() if aside.exists() else b"")
        assert kept.startswith(whole[:start])
        assert whole[start:cut] in kept
        assert read_cassette(path).interactions[0] == END_INSIDE
        assert read_cassette(path).interactions[-1] == chat("new")
        aside.unlink(missing_ok=True)


def test_a_failed_rewrite_leaves_no_open_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("1")])

    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cassette_writer, "write_at", fail)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(3):
        with pytest.raises(BadCassette, match="No space left"):
            save_cassette(path, [chat("2")])
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after == before


def test_dropping_keeps_an_incomplete_interaction_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("one"), chat("two")])
    whole = path.read_bytes()
    path.write_bytes(whole[:-60])
    torn = read_cassette(path).torn_bytes
    assert torn > 0
    writer = CassetteWriter(path)
    try:
        writer.drop([chat("one")])
    finally:
        writer.close()
    assert (tmp_path / "a.yaml.torn").read_bytes() == whole[:-60][-torn:]
    assert read_cassette(path).interactions == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("name", ["tape.yaml", "tape.json"])
def test_new_cassettes_are_for_their_owner_and_others_keep_their_mode(
    tmp_path: Path, name: str
) -> None:
    def get_mode() -> int:
        return stat.S_IMODE((tmp_path / name).stat().st_mode)

    before = os.umask(0)
    try:
        CassetteWriter(tmp_path / name).close()
        assert get_mode() == 0o600
        (tmp_path / name).unlink()
        save_cassette(tmp_path / name, [])
        assert get_mode() == 0o600
        (tmp_path / name).chmod(0o640)
        save_cassette(tmp_path / name, [])
        CassetteWriter(tmp_path / name).close()
        assert get_mode() == 0o640
    finally:
        os.umask(before)


async def test_a_link_that_takes_the_place_of_the_file_is_not_followed(tmp_path: Path) -> None:
    path, moved = tmp_path / "a.yaml", tmp_path / "moved.yaml"
    writer = CassetteWriter(path)
    await writer.append(chat("a"))
    path.rename(moved)
    path.symlink_to(moved)
    before = moved.read_bytes()
    with pytest.raises(BadCassette, match="can't be written"):
        await writer.append(chat("b"))
    writer.close()
    assert moved.read_bytes() == before


def test_a_run_that_recorded_nothing_says_nothing_about_changes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("a")])
    writer = CassetteWriter(path)
    path.write_bytes(path.read_bytes() * 2)
    writer.close()
    assert caplog.text == ""


async def test_a_file_that_changes_after_the_last_recording_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.yaml"
    writer = CassetteWriter(path)
    await writer.append(chat("a"))
    path.unlink()
    writer.close()
    assert caplog.messages == [
        f"{path}: another program deleted or changed this file after mockgem recorded to it; "
        "recordings of this run may be missing"
    ]
