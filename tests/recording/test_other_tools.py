"""Files that other tools wrote are read, replayed, converted and checked, and never changed."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.interaction import Interaction
from mockgem.testing.embedded_server import LocalServer
from tests.recording.interactions import KEY

SAMPLES = Path(__file__).parent / "samples"
TITLES = {
    "ruby_vcr.yml": "Ruby VCR",
    "ruby_vcr_exact.yml": "Ruby VCR",
    "r_vcr.yml": "R vcr",
    "r_vcr_exact.yml": "R vcr",
    "go_vcr_1.yaml": "go-vcr",
    "go_vcr_2.yaml": "go-vcr",
    "go_vcr_3.yaml": "go-vcr",
    "go_vcr_4.yaml": "go-vcr",
    "polly.har": "Polly.js",
    "gemini.httprr": "httprr",
    "mitmproxy.flows": "mitmproxy",
}
WITH_SIZES = ("gemini.httprr", "mitmproxy.flows")
"""Files in which an edit makes the sizes wrong."""
QUESTION = {"contents": [{"role": "user", "parts": [{"text": "Say hi in Portuguese"}]}]}
MODEL = "/v1beta/models/gemini-2.5-flash"
every_sample = pytest.mark.parametrize("name", TITLES)


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == code, result.output
    return result.output


def copy_sample(name: str, folder: Path, new_name: str = "") -> Path:
    return Path(shutil.copyfile(SAMPLES / name, folder / (new_name or name)))


def ask(base: str, method: str) -> bytes:
    headers = {"Content-Type": "application/json", "x-goog-api-key": "any-key"}
    url = f"{base}{MODEL}:{method}"
    with urlopen(Request(url, json.dumps(QUESTION).encode(), headers), timeout=30) as response:
        return bytes(response.read())


def check_exchange(whole: Interaction, stream: Interaction) -> None:
    """Check the two requests and answers that every sample has."""
    assert whole.uri.endswith(f"{MODEL}:generateContent")
    assert stream.uri.endswith(f"{MODEL}:streamGenerateContent?alt=sse")
    for one in (whole, stream):
        assert (one.method, one.status) == ("POST", 200)
        assert json.loads(one.request_body) == QUESTION
    assert whole.get_header("content-type") == "application/json; charset=UTF-8"
    assert stream.get_header("content-type").startswith("text/event-stream")
    assert json.loads(whole.body)["candidates"][0]["finishReason"] == "STOP"
    rows = [json.loads(row[6:]) for row in stream.body.decode().split("\r\n\r\n") if row]
    assert len(rows) > 1
    assert rows[-1]["candidates"][0]["finishReason"] == "STOP"


@every_sample
def test_its_tool_is_recognised_and_all_of_it_is_read(name: str) -> None:
    recording = formats.read_recording(SAMPLES / name)
    assert formats.FORMATS[recording.form].title == TITLES[name]
    check_exchange(*recording.interactions)
    names = {key.lower() for one in recording.interactions for key, _ in one.headers}
    assert {"server", "vary"} <= names
    assert "status" not in names


@every_sample
def test_the_name_of_the_file_does_not_count(tmp_path: Path, name: str) -> None:
    expected = formats.read_recording(SAMPLES / name).interactions
    for new_name in ("recording", "recording.txt", "recording.yaml"):
        path = copy_sample(name, tmp_path, new_name)
        assert formats.read_recording(path).interactions == expected
    packed = tmp_path / "recording.gz"
    packed.write_bytes(gzip.compress((SAMPLES / name).read_bytes()))
    assert formats.read_recording(packed).interactions == expected


@every_sample
def test_a_server_and_a_world_replay_it_without_changing_it(tmp_path: Path, name: str) -> None:
    path = copy_sample(name, tmp_path)
    whole, stream = formats.read_recording(path).interactions
    with mockgem.serve(cassette=str(path), on_miss="fail") as server:
        assert ask(server.url, "generateContent") == whole.body
        assert ask(server.url, "streamGenerateContent?alt=sse") == stream.body
    with LocalServer(listen=True) as server:
        world = server.world("mine")
        world.cassette(path)
        assert ask(world.url, "generateContent") == whole.body
        assert [entry["source"] for entry in world.journal()] == ["cassette"]
    assert path.read_bytes() == (SAMPLES / name).read_bytes()


@every_sample
def test_converted_it_is_a_cassette_without_keys(tmp_path: Path, name: str) -> None:
    path = copy_sample(name, tmp_path)
    text = run("cassette", "convert", path)
    (target,) = [one for one in tmp_path.iterdir() if one != path]
    assert target.name == f"{path.stem}.mockgem.yaml"
    assert text == f"{target}: 2 interactions\n"
    assert "any-key" not in target.read_text()
    cassette = read_cassette(target)
    check_exchange(*cassette.interactions)
    bodies = [one.body for one in formats.read_recording(path).interactions]
    assert [one.body for one in cassette.interactions] == bodies
    assert run("cassette", "diff", path, target) == ""
    assert path.read_bytes() == (SAMPLES / name).read_bytes()


@every_sample
def test_nothing_writes_to_it_and_the_message_says_how_to_convert_it(
    tmp_path: Path, name: str
) -> None:
    path = copy_sample(name, tmp_path)
    advice = f"is a recording of {TITLES[name]}, which mockgem replays but never changes. Convert"
    assert advice in run("cassette", "scrub", path, code=2)
    assert "is the source" in run("cassette", "convert", path, path, code=2)
    with pytest.raises(BadCassette, match=advice):
        CassetteWriter(path)
    for mode in ("all", "new_episodes"):
        with (
            pytest.raises(ValueError, match=advice),
            mockgem.serve(cassette=path, record_mode=mode),
        ):
            pass
    assert path.read_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", [name for name in TITLES if name not in WITH_SIZES])
def test_check_finds_a_key_in_it(tmp_path: Path, name: str) -> None:
    path = copy_sample(name, tmp_path)
    path.write_text(path.read_text().replace("any-key", KEY))
    text = run("cassette", "check", path, code=1)
    for number in (1, 2):
        assert f"{path}: {number}. POST {MODEL}" in text
    assert text.lower().count("looks like a secret is left in the header x-goog-api-key") == 2
    assert text.count("; mockgem cassette convert removes it\n") == 2


def test_a_packed_trace_is_converted_beside_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.httprr.gz"
    path.write_bytes(gzip.compress((SAMPLES / "gemini.httprr").read_bytes()))
    assert run("cassette", "convert", path) == f"{tmp_path / 'a.mockgem.yaml'}: 2 interactions\n"
    run("cassette", "convert", path, "--to", "genai")
    assert formats.read_recording(tmp_path / "a.mockgem.json").form == "genai"
    text = run("cassette", "convert", path, "--to", "b.yaml", code=2)
    assert "The file to write is the second argument" in text


def test_folders_of_recordings_are_read_together(tmp_path: Path) -> None:
    for name in TITLES:
        copy_sample(name, tmp_path)
    (tmp_path / "a.httprr.gz").write_bytes(gzip.compress((SAMPLES / "gemini.httprr").read_bytes()))
    text = run("drift", "--summary", tmp_path)
    assert text.startswith(f"{2 * len(TITLES) + 2} recordings:")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name: x\njobs: {}", "it has the keys `name`, `jobs`"),
        ("{}", "it has no keys"),
        ("5", "it has a number"),
        ("- 1", "it has a list"),
        ("hello", "it has text"),
        ("\0\1", "it has binary data"),
        ('{"a": 1}', "it has the key `a`"),
    ],
)
def test_a_file_of_an_unknown_kind_is_described(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    output = run("cassette", "show", path, code=2)
    assert f"is not a cassette: {found}. mockgem reads cassettes of vcrpy" in output
    for title in TITLES.values():
        assert title in output


def test_a_server_with_a_file_of_an_unknown_kind_does_not_start(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: x")
    with pytest.raises(ValueError, match="it has the key `name`"), mockgem.serve(cassette=path):
        pass
