"""A cassette that another program deletes, changes or leaves incomplete."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockgem.cli import main
from mockgem.recording.cassette_encoder import encode_interaction
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import CassetteWriter, save_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.torn_end import FILE_HEADER
from tests.recording.interactions import KEY, chat
from tests.recording.servers import ask, mockgem, recorder_at
from tests.recording.servers import chat as question


def write_around(path: Path, change: Callable[[], object]) -> tuple[Interaction, ...]:
    """Record one interaction, change the file, and record another one with the same writer."""

    async def run() -> None:
        writer = CassetteWriter(path)
        await writer.append(chat("first"))
        change()
        await writer.append(chat("second"))
        await writer.append(chat("third"))
        writer.close()

    asyncio.run(run())
    assert b"\0" not in path.read_bytes()
    return read_cassette(path).interactions


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
@pytest.mark.parametrize("change", ["delete", "delete the folder", "truncate", "empty", "replace"])
def test_a_file_that_changes_while_it_is_recorded_is_read_again(
    tmp_path: Path, suffix: str, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "folder" / f"a{suffix}"
    edited = tmp_path / f"edited{suffix}"
    save_cassette(edited, [chat("edited")])
    kept: list[Interaction] = []

    def delete_folder() -> None:
        path.unlink()
        path.parent.rmdir()

    def replace() -> None:
        os.replace(edited, path)
        kept.append(chat("edited"))

    changes: dict[str, Callable[[], object]] = {
        "delete": path.unlink,
        "delete the folder": delete_folder,
        "truncate": lambda: path.write_bytes(edited.read_bytes()) and kept.append(chat("edited")),
        "empty": lambda: path.write_bytes(b""),
        "replace": replace,
    }
    found = write_around(path, changes[change])
    assert found == (*kept, chat("second"), chat("third"))
    assert "another program deleted or changed this file" in caplog.text


def test_a_file_that_became_something_else_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"

    async def run() -> None:
        writer = CassetteWriter(path)
        await writer.append(chat("first"))
        path.write_text("a: [shopping, list]\n")
        with pytest.raises(ValueError, match="is not a cassette"):
            await writer.append(chat("second"))
        writer.close()

    asyncio.run(run())
    assert path.read_text() == "a: [shopping, list]\n"


def test_a_cut_in_the_middle_keeps_what_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    item = encode_interaction(chat("first"), as_json=False)

    def cut() -> None:
        os.truncate(path, len(FILE_HEADER) + len(item) - 40)

    assert write_around(path, cut) == (chat("second"), chat("third"))
    assert (tmp_path / "a.yaml.torn").read_bytes() == item[:-40]
    torn = tmp_path / "b.yaml"

    def grow() -> None:
        with torn.open("ab") as file:
            file.write(item[:60])

    assert write_around(torn, grow) == (chat("first"), chat("second"), chat("third"))
    assert (tmp_path / "b.yaml.torn").read_bytes() == item[:60]


async def test_a_recorder_goes_on_after_its_file_was_deleted(tmp_path: Path) -> None:
    cassette = tmp_path / "a.yaml"
    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        await ask(recorder, question("first"))
        cassette.unlink()
        assert (await ask(recorder, question("second")))[0] == 200
    (interaction,) = read_cassette(cassette).interactions
    assert b"second" in interaction.request_body


async def test_mode_all_removes_no_interaction_of_a_file_that_took_its_place(
    tmp_path: Path,
) -> None:
    """Older interactions are found by their content, not by their position in the file."""
    cassette, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    async with mockgem() as upstream:
        for path, text in ((cassette, "same"), (other, "other")):
            async with recorder_at(path, upstream) as recorder:
                await ask(recorder, question(text))
        async with mockgem(
            cassette=str(cassette), record_mode="all", upstream=upstream
        ) as recorder:
            os.replace(other, cassette)
            await ask(recorder, question("same"))
    bodies = [one.request_body.decode() for one in read_cassette(cassette).interactions]
    assert ["other" in body for body in bodies] == [True, False]


def test_a_replaced_interaction_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"

    async def run() -> None:
        writer = CassetteWriter(path)
        await asyncio.gather(writer.append(chat("1")), writer.append(chat("2")))
        await asyncio.gather(
            writer.append(chat("one"), replaces=chat("1")), writer.append(chat("3"))
        )
        await writer.append(chat("4"), replaces=chat("not there"))
        writer.close()

    asyncio.run(run())
    assert read_cassette(path).interactions == (chat("one"), chat("2"), chat("3"), chat("4"))


@pytest.mark.parametrize("command", ["scrub", "convert", "convert to genai"])
def test_an_incomplete_interaction_survives_a_command_that_writes_the_file_again(
    tmp_path: Path, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("1", f'{{"key": "{KEY}"}}'.encode()), chat("2")])
    torn = encode_interaction(chat("3", recorded="2026"), as_json=False)[:-60]
    path.write_bytes(path.read_bytes() + torn + f"\n    # {KEY}".encode())
    arguments = {
        "scrub": ["scrub", path],
        "convert": ["convert", path, path],
        "convert to genai": ["convert", path, path, "--to", "genai"],
    }[command]
    result = CliRunner().invoke(main, ["cassette", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "a.yaml.torn").read_bytes() == torn + b"\n    # REDACTED"
    assert f"moved an incomplete interaction ({len(torn) + 15} bytes)" in caplog.text
    if command != "convert to genai":
        assert len(read_cassette(path).interactions) == 2


def test_scrub_leaves_a_file_without_secrets_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("1")])
    data = path.read_bytes() + b"- request:\n    body: 'half"
    path.write_bytes(data)
    result = CliRunner().invoke(main, ["cassette", "scrub", str(path)])
    assert "0 of 1 interactions changed" in result.output
    assert path.read_bytes() == data
