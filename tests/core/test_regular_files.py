"""What is not a regular file is refused at once, wherever users name a file."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import mockgem
from mockgem.config.settings_file import BadSettings, load
from mockgem.core.regular_files import read_regular_file
from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.scenarios.loader import BadScenario, read_scenario
from mockgem.scenarios.scripted_replies import BadDecision, read_file


@contextmanager
def make_special(folder: Path, kind: str) -> Iterator[Path]:
    """Make something that is not a file. To open a FIFO would wait for ever."""
    path = folder / "special.yaml"
    if kind == "directory":
        path.mkdir()
    elif kind == "FIFO":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        if kind == "socket":
            before = Path.cwd()
            os.chdir(folder)  # the path of a socket has to be short
            listener.bind(path.name)
            os.chdir(before)
        yield path


def read_body(path: Path) -> bytes:
    return read_file(path.name, path.parent)


READERS: dict[Callable[[Path], object], type[Exception]] = {
    read_regular_file: OSError,
    load: BadSettings,
    read_cassette: BadCassette,
    read_scenario: BadScenario,
}


@pytest.mark.parametrize("kind", ["directory", "FIFO", "device", "socket"])
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_what_is_not_a_file_is_refused_at_once(
    tmp_path: Path, kind: str, read: Callable[[Path], object]
) -> None:
    with make_special(tmp_path, kind) as path, pytest.raises(READERS[read]) as caught:
        read(path)
    assert f"this is a {kind}; use a regular file" in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("kind", ["directory", "FIFO", "device", "socket"])
def test_a_scenario_does_not_reply_with_what_is_not_a_file(tmp_path: Path, kind: str) -> None:
    with make_special(tmp_path, kind) as path, pytest.raises(BadDecision):
        read_body(path)


def test_a_recorder_does_not_write_to_a_fifo(tmp_path: Path) -> None:
    with (
        make_special(tmp_path, "FIFO") as path,
        pytest.raises(BadCassette, match="this is a FIFO"),
    ):
        CassetteWriter(path)


@pytest.mark.parametrize("option", ["scenario", "cassette", "answers"])
def test_a_server_does_not_start_with_a_fifo(tmp_path: Path, option: str) -> None:
    with (
        make_special(tmp_path, "FIFO") as path,
        pytest.raises(ValueError, match=str(path)),
        mockgem.serve(**{option: str(path)}),
    ):
        pass
