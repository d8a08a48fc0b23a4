"""`GET /_mockgem/journal/NUMBER/cassette`: what was answered once is replayed from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.recording.cassette_reader import read_cassette
from tests.asking import GEMINI, Asker

KEY = "my-own-key-0123456789"


def save(asker: Asker, number: int, folder: Path) -> Path:
    found = asker.send("GET", f"/_mockgem/journal/{number}/cassette").json["cassette"]
    path = folder / "saved.yaml"
    path.write_text(found)
    return path


@pytest.mark.parametrize("stream", [False, True])
def test_a_saved_entry_is_replayed(stream: bool, tmp_path: Path) -> None:
    asker = Asker(seed=7)
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Grüße"}]}
    data = json.dumps(body | {"stream": stream}).encode()
    path = f"{GEMINI}/chat/completions"
    first = asker.send("POST", path, data, {"authorization": f"Bearer {KEY}", "host": "localhost"})
    file = save(asker, 1, tmp_path)
    assert KEY not in file.read_text()
    again = Asker(cassette=str(file), on_miss="fail").send("POST", path, data)
    assert (again.status, again.text) == (200, first.text)


def test_an_error_and_a_world_and_a_query_are_kept(tmp_path: Path) -> None:
    asker = Asker()
    asker.send("GET", "/w/mine/v1beta/models", query={"key": KEY, "pageSize": "x"})
    found = asker.send("GET", "/w/mine/_mockgem/journal/1/cassette").json["cassette"]
    (tmp_path / "one.yaml").write_text(found)
    (interaction,) = read_cassette(tmp_path / "one.yaml").interactions
    assert interaction.status == 400
    assert interaction.uri.endswith("/v1beta/models?pageSize=x")
    assert KEY not in found


def test_headers_of_the_connection_are_left_out(tmp_path: Path) -> None:
    asker = Asker()
    asker.chat("Hi")
    entry = asker.world.journal.entries[0]  # type: ignore[attr-defined]
    kept = (("content-type", "application/json"), ("retry-after", "1"))
    dropped = (("Content-Length", "5"), ("transfer-encoding", "chunked"), ("Connection", "close"))
    entry.headers = (*kept, *dropped)
    (interaction,) = read_cassette(save(asker, 1, tmp_path)).interactions
    assert interaction.headers == kept
    assert (interaction.status, interaction.reason) == (200, "OK")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": "cut"}, "its answer is cut, not whole"),
        ({"status": 101}, "it is a session, and cassettes have requests and responses"),
        ({"request_size": 300_000}, "the journal keeps the first 256 KiB of a body"),
        (
            {"body": b"x" * 2**18, "size": 2**18 + 1},
            "the journal keeps the first 256 KiB of a body",
        ),
    ],
)
def test_what_is_not_whole_is_refused(change: dict[str, Any], words: str) -> None:
    asker = Asker()
    asker.chat("Hi")
    entry = asker.world.journal.entries[0]  # type: ignore[attr-defined]
    for name, value in change.items():
        setattr(entry, name, value)
    answer = asker.send("GET", "/_mockgem/journal/1/cassette")
    assert answer.status == 400
    assert answer.json["error"] == f"entry 1 can't be a cassette: {words}"


def test_an_unknown_entry_is_a_404() -> None:
    assert Asker().send("GET", "/_mockgem/journal/9/cassette").status == 404
