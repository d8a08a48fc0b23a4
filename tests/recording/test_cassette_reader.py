"""Cassettes that can't be trusted, and cassettes of other tools."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import yaml

from mockgem.recording import cassette_reader
from mockgem.recording.cassette_encoder import encode_cassette
from mockgem.recording.cassette_reader import (
    BadCassette,
    find_cassettes,
    list_children,
    read_cassette,
)
from mockgem.recording.cassette_writer import save_cassette
from tests.recording.interactions import chat

RESPONSE = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": "x"}}
REQUEST = {"method": "GET", "uri": "https://x/y", "body": None, "headers": {}}

HOSTILE = {
    "a call": "interactions: [!!python/object/apply:os.system ['touch {mark}']]",
    "a process": "interactions: [!!python/object/new:subprocess.Popen [['touch', '{mark}']]]",
    "a module": "interactions: [!!python/module:os]",
    "a name": "interactions: [!!python/name:os.system]",
    "a call in a tuple": (
        "interactions: !!python/tuple [!!python/object/apply:os.system ['touch {mark}']]"
    ),
    "aliases": "a: &a [1]\ninteractions: [*a, *a]",
    "a bomb of aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ninteractions: [*c]",
    "a key twice": "version: 1\nversion: 2\ninteractions: []",
    "depth": "interactions: " + "[" * 400 + "]" * 400,
    "a list": "- 1\n- 2",
    "a text": "hello",
    "no interactions": "version: 1",
    "interactions that are a text": "interactions: hello",
    "an interaction that is a number": "interactions: [1]",
    "no request": "interactions: [{response: {}}]",
    "no address": "interactions: [{request: {method: GET}, response: {}}]",
    "half a quote": "interactions: ['",
    "two documents": "interactions: []\n---\ninteractions: []",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("suffix", [".yaml", ".yml"])
def test_it_is_refused_and_nothing_is_run(tmp_path: Path, name: str, suffix: str) -> None:
    path, mark = tmp_path / f"a{suffix}", tmp_path / "mark"
    path.write_text(HOSTILE[name].replace("{mark}", str(mark)))
    with pytest.raises(BadCassette, match=r"a\.ya?ml"):
        read_cassette(path)
    assert not mark.exists()


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"interactions": [' + "{" * 3000, '{"interactions": 5}', "5", "{"]
)
def test_json_is_as_untrusted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(BadCassette):
        read_cassette(path)


def test_a_packed_body_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cassette_reader, "MAX_BODY_SIZE", 10_000)
    path = tmp_path / "a.yaml"
    response = RESPONSE | {
        "headers": {"Content-Encoding": ["gzip"]},
        "body": {"string": gzip.compress(b"x" * 10**6)},
    }
    path.write_text(yaml.safe_dump({"interactions": [{"request": REQUEST, "response": response}]}))
    with pytest.raises(BadCassette, match="larger than 10000 bytes"):
        read_cassette(path)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cassette_reader, "MAX_CASSETTE_SIZE", 10)
    (tmp_path / "a.yaml").write_text("interactions: []")
    with pytest.raises(BadCassette, match="is too large"):
        read_cassette(tmp_path / "a.yaml")


@pytest.mark.parametrize("body", [gzip.compress(b"plain", mtime=0), b"plain"])
def test_packed_bodies_of_others_are_unpacked_once(tmp_path: Path, body: bytes) -> None:
    """Some of vcrpy's recorders keep compressed bytes, others unpacked ones, with the header."""
    path = tmp_path / "a.yaml"
    response = RESPONSE | {
        "headers": {"Content-Encoding": ["gzip"], "Content-Length": ["9"]},
        "body": {"string": body},
    }
    path.write_text(
        yaml.safe_dump({"interactions": [{"request": REQUEST, "response": response}], "version": 1})
    )
    (one,) = read_cassette(path).interactions
    assert (one.body, one.headers) == (b"plain", ())


def test_bodies_that_are_values_are_json(tmp_path: Path) -> None:
    """vcrpy keeps the JSON of aiohttp's `json=` as a mapping."""
    path = tmp_path / "a.yaml"
    request = REQUEST | {"body": {"b": 1, "a": [2]}}
    path.write_text(yaml.safe_dump({"interactions": [{"request": request, "response": RESPONSE}]}))
    assert read_cassette(path).interactions[0].request_body == b'{"a":[2],"b":1}'


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("")
    assert read_cassette(tmp_path / "a.yaml").interactions == ()


def test_folders_are_not_left_by_links(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside / "deep", outside):
        folder.mkdir(parents=True)
        (folder / "a.yaml").write_text("interactions: []")
    (inside / "b.yaml").symlink_to(outside / "a.yaml")
    (inside / "c.txt").write_text("no cassette")
    assert [path.relative_to(inside).as_posix() for path in find_cassettes(inside)] == [
        "deep/a.yaml"
    ]


@pytest.mark.parametrize("status", ["{code: 0}", "{code: 42}", "{code: 1000}", "{}", "null"])
def test_a_status_that_http_can_not_send_is_refused(tmp_path: Path, status: str) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("1"), chat("2")])
    text = path.read_text().replace("# end\n", "")
    last = text.rindex("status:")
    path.write_text(f"{text[:last]}status: {status}\n")
    with pytest.raises(BadCassette, match=r"interaction 2: .* use a number from 100 to 999"):
        read_cassette(path)


def test_a_status_without_a_meaning_is_read(tmp_path: Path) -> None:
    save_cassette(tmp_path / "a.yaml", [chat(status=999)])
    assert read_cassette(tmp_path / "a.yaml").interactions[0].status == 999


@pytest.mark.parametrize("count", [1, 3])
def test_what_mockgem_wrote_is_read_without_a_yaml_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """It takes many times as long."""
    some = [chat(f"{number}\n# end\n", answer=b"# end\n") for number in range(count)]
    path = tmp_path / "a.yaml"
    path.write_bytes(encode_cassette(some, as_json=False))

    def refuse(*_: object) -> None:
        raise AssertionError("a YAML parser was used")

    monkeypatch.setattr("mockgem.recording.cassette_reader.parse_yaml_tree", refuse)
    assert list(read_cassette(path).interactions) == some


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("interactions: [{a: 1, a: 2}]", "line 1: a key occurs twice"),
        (
            "x: 1\ninteractions:\n- b: &a 1\n  c: *a",
            "line 3: aliases are not allowed in a cassette",
        ),
        ("interactions: 5", "its `interactions` must be a list"),
        ("interactions: [5]", "interaction 1: an interaction has no request"),
    ],
)
def test_the_message_names_the_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    with pytest.raises(BadCassette) as caught:
        read_cassette(path)
    assert str(caught.value) in (f"{path}: {message}", f"{path} is not a cassette: {message}")


def test_keys_that_are_lists_do_not_count_as_doubled() -> None:
    node = yaml.compose("? [a]\n: 1\n? [b]\n: 2\nc: 3\n")
    assert len(list_children(node, Path("x"))) == 6
