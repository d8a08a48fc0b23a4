"""Bodies under `parsed_body`, as pydantic-ai and NeMo Guardrails write them, and unknown keys."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from mockgem.cli import main
from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.index import InteractionIndex
from mockgem.recording.matching import RequestMatcher, normalize_request
from mockgem.recording.unknown_keys import refuse_unknown, unknown_keys
from tests.recording.interactions import KEY, URI, chat, make_world

ASKED = {
    "contents": [{"parts": [{"text": "What is the capital of Frànce?"}], "role": "user"}],
    "generationConfig": {},
}
ANSWERED = {
    "candidates": [
        {"content": {"parts": [{"text": "Paris.\n"}], "role": "model"}, "finishReason": "STOP"}
    ]
}
PARSED = """\
interactions:
- request:
    headers:
      accept:
      - '*/*'
      content-length:
      - '141'
      content-type:
      - application/json
      host:
      - generativelanguage.googleapis.com
    method: POST
    parsed_body:
      contents:
      - parts:
        - text: What is the capital of Frànce?
        role: user
      generationConfig: {}
    uri: https://generativelanguage.googleapis.com/v1beta/models/gemini-1.5-flash:generateContent
  response:
    headers:
      alt-svc:
      - h3=":443"; ma=2592000,h3-29=":443"; ma=2592000
      content-encoding:
      - gzip
      content-length:
      - '637'
      content-type:
      - application/json; charset=UTF-8
      transfer-encoding:
      - chunked
    parsed_body:
      candidates:
      - content:
          parts:
          - text: |
              Paris.
          role: model
        finishReason: STOP
    status:
      code: 200
      message: OK
- request:
    body: ''
    headers: {}
    method: GET
    uri: https://example.com/text
  response:
    headers: {}
    parsed_body: plain text
    status: {code: 200, message: OK}
version: 1
"""


@pytest.fixture
def parsed(tmp_path: Path) -> Path:
    path = tmp_path / "parsed.yaml"
    path.write_text(PARSED)
    return path


def record(path: Path) -> None:
    async def one_more() -> None:
        tape = CassetteWriter(path)
        try:
            await tape.append(chat())
        finally:
            tape.close()

    asyncio.run(one_more())


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_they_are_read_as_bodies(parsed: Path) -> None:
    one, text = read_cassette(parsed).interactions
    assert (json.loads(one.request_body), json.loads(one.body)) == (ASKED, ANSWERED)
    assert text.body == b"plain text"
    names = {name.lower() for name, _ in (*one.headers, *one.request_headers)}
    assert names == {"accept", "alt-svc", "content-type", "host"}


def test_requests_find_them(parsed: Path) -> None:
    library = InteractionIndex(read_cassette(parsed).interactions, RequestMatcher())
    headers = {"content-type": "application/json"}
    path = "/v1beta/models/gemini-1.5-flash:generateContent"
    found = library.take_next(
        normalize_request("POST", path, json.dumps(ASKED).encode(), headers), make_world()
    )
    assert found is not None
    assert json.loads(found.body) == ANSWERED


@pytest.mark.parametrize(
    "value", [[], {}, 0, False, 1.5, [1, {"a": None}], {"half": "\ud83d"}, "", "text"]
)
def test_any_value_is_read(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "a.json"
    request = {"method": "POST", "uri": URI, "headers": {}, "parsed_body": value}
    response = {"status": {"code": 200}, "headers": {}, "parsed_body": value}
    path.write_text(json.dumps({"interactions": [{"request": request, "response": response}]}))
    (one,) = read_cassette(path).interactions
    assert one.body == one.request_body
    assert one.body.decode() == value if isinstance(value, str) else json.loads(one.body) == value


def test_a_missing_body_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PARSED.replace("parsed_body: plain text", "parsed_body: null"))
    assert read_cassette(tmp_path / "a.yaml").interactions[1].body == b""


@pytest.mark.parametrize("write", ["scrub", "record", "convert"])
def test_writing_them_again_keeps_them(parsed: Path, write: str) -> None:
    before = read_cassette(parsed).interactions
    if write == "scrub":
        assert "1 of 2 interactions changed" in run("cassette", "scrub", parsed)
    elif write == "record":
        record(parsed)
    else:
        run("cassette", "convert", parsed, parsed)
    after = read_cassette(parsed).interactions
    assert [(one.request_body, one.body) for one in after[:2]] == [
        (one.request_body, one.body) for one in before
    ]
    assert "parsed_body" not in parsed.read_text()


def test_secrets_in_them_are_taken_out(parsed: Path) -> None:
    parsed.write_text(PARSED.replace("Paris.", f"KEY={KEY}"))
    assert "left in the response's body" in run("cassette", "check", parsed, code=1)
    run("cassette", "scrub", parsed)
    assert KEY not in parsed.read_text()
    assert (
        json.loads(read_cassette(parsed).interactions[0].body)["candidates"][0]["content"]["parts"][
            0
        ]["text"]
        == "KEY=REDACTED\n"
    )


def test_the_content_of_old_recordings_of_httpx_is_read(tmp_path: Path) -> None:
    response = {
        "status_code": 200,
        "http_version": "HTTP/1.1",
        "headers": {"x": "y"},
        "content": "old",
    }
    request = {"method": "GET", "uri": URI, "headers": {}, "body": ""}
    (tmp_path / "a.yaml").write_text(
        yaml.safe_dump({"interactions": [{"request": request, "response": response}]})
    )
    (one,) = read_cassette(tmp_path / "a.yaml").interactions
    assert (one.status, one.body) == (200, b"old")


UNKNOWN = {
    "recorded_with": lambda tree: tree.update(recorded_with="x"),
    "interactions[0].recorded_at": lambda tree: tree["interactions"][0].update(recorded_at="2026"),
    "interactions[0].request.trailers": lambda tree: tree["interactions"][0]["request"].update(
        trailers=["x"]
    ),
    "interactions[0].response.url": lambda tree: tree["interactions"][0]["response"].update(
        url="https://x"
    ),
    "interactions[1].response.body.base64_string": lambda tree: tree["interactions"][1][
        "response"
    ].update(parsed_body=None, body={"base64_string": "eA=="}),
    "interactions[0].response.body": lambda tree: tree["interactions"][0]["response"].update(
        body={"string": "another"}
    ),
    "interactions[0].response.x-mockgem.note": lambda tree: tree["interactions"][0][
        "response"
    ].update({"x-mockgem": {"chunks": [], "note": "x"}}),
    "interactions[0].response.status.text": lambda tree: tree["interactions"][0]["response"][
        "status"
    ].update(text="x"),
}


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
@pytest.mark.parametrize("name", UNKNOWN)
def test_no_command_loses_what_it_does_not_know(tmp_path: Path, name: str, suffix: str) -> None:
    tree = yaml.safe_load(PARSED)
    UNKNOWN[name](tree)
    path = tmp_path / f"a{suffix}"
    path.write_text(yaml.safe_dump(tree) if suffix == ".yaml" else json.dumps(tree))
    before, others = path.read_bytes(), tmp_path / "z.yaml"
    others.write_text(PARSED)
    assert unknown_keys(path) == [name]
    output = run("cassette", "scrub", tmp_path, code=2)
    assert f"{path} can't be written again: `{name}` is not known to mockgem" in output
    assert f"{others}: 1 of 2 interactions changed" in output
    assert f"`{name}` is not known" in run("cassette", "check", path, code=1)
    assert "can't be written again" in run("cassette", "convert", path, path, code=2)
    assert f"`{name}` is not known to mockgem and was left out" in run(
        "cassette", "convert", path, tmp_path / "new.yaml"
    )
    with pytest.raises(BadCassette, match="is not known to mockgem and would be lost"):
        record(path)
    assert path.read_bytes() == before


def test_what_mockgem_wrote_holds_nothing_unknown(tmp_path: Path) -> None:
    for path in (tmp_path / "a.yaml", tmp_path / "a.json"):
        assert unknown_keys_of_new(path) == []


def unknown_keys_of_new(path: Path) -> list[str]:
    record(path)
    return unknown_keys(path)


def test_a_key_that_was_added_by_hand_to_a_cassette_of_ours_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    record(path)
    path.write_text(
        path.read_text().replace("    method: POST\n", f"    note: {KEY}\n    method: POST\n")
    )
    before = path.read_bytes()
    assert "`interactions[0].request.note` is not known" in run("cassette", "scrub", path)
    record(path)  # adds behind what is there
    assert path.read_bytes().startswith(before)


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        (1, "`a1` is"),
        (3, "`a1`, `a2`, `a3` is"),
        (4, "`a1`, `a2`, `a3` and 1 more is"),
        (6, "`a1`, `a2`, `a3` and 3 more is"),
    ],
)
def test_the_first_three_unknown_keys_are_named(tmp_path: Path, count: int, listed: str) -> None:
    path = tmp_path / "a.json"
    keys = {f"a{number}": number for number in range(1, count + 1)}
    path.write_text(json.dumps({"interactions": [], "a0": None, **keys}))
    assert unknown_keys(path) == list(keys)
    with pytest.raises(BadCassette) as caught:
        refuse_unknown(path)
    assert str(caught.value) == (
        f"{path} can't be written again: {listed} not known to mockgem and would be lost. "
        "The file did not change; remove the unknown keys, or use another file"
    )


@pytest.mark.parametrize("tree", ["[]", "1", '{"interactions": null}', "null", ""])
def test_a_file_without_mappings_has_no_unknown_keys(tmp_path: Path, tree: str) -> None:
    (tmp_path / "a.yaml").write_text(tree)
    assert unknown_keys(tmp_path / "a.yaml") == []


def test_a_file_that_is_not_a_cassette_has_its_path_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(BadCassette, match=r"a\.json"):
        unknown_keys(tmp_path / "a.json")
