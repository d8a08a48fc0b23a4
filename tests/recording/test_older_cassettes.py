"""Cassettes that earlier versions of mockgem redacted replay, and can be checked and repaired."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mockgem.cli import main
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import save_cassette
from tests.recording.interactions import KEY, URI
from tests.recording.interactions import chat as recorded_chat
from tests.recording.servers import CHAT, mockgem
from tests.recording.test_redacted_replay import JSON, ask

OWN = "a-credential-of-no-known-kind-42"
CODED = base64.b64encode(f"user:{OWN}".encode()).decode()
SECRET = "GOCSPX-canary_0123456789-abcdefghij"


def chat(text: str, **more: Any) -> bytes:
    return json.dumps({"messages": [{"role": "user", "content": text}], **more}).encode()


OLDER: dict[str, tuple[bytes, bytes]] = {
    "a placeholder that was replaced": (
        chat("curl https://x/y?key=REDACTED"),
        chat("curl https://x/y?key=TOKEN"),
    ),
    "a kind that was not known": (chat(f"it is {SECRET}"), chat(f"it is {SECRET}")),
    "a kind that was not known, and another": (
        chat(f"it is {SECRET}"),
        chat(f"it is {SECRET.replace('canary', 'second')}"),
    ),
    "a name that was not known": (chat("x", password="hunter22"), chat("x", password="hunter23")),
    "a spelling that was not known": (chat(f"REDACTED {CODED}"), chat(f"{OWN} {CODED}")),
    "a spelling beside a placeholder": (
        chat(f"REDACTED {CODED} https://x/y?key=REDACTED"),
        chat(f"{OWN} {CODED} https://x/y?key=TOKEN"),
    ),
    "a long prose after Bearer": (
        chat("Send a Bearer REDACTED"),
        chat("Send a Bearer authentication-token-here"),
    ),
}


@pytest.mark.parametrize("what", [name for name in OLDER if OWN.encode() not in OLDER[name][1]])
async def test_an_older_cassette_replays_without_a_credential(tmp_path: Path, what: str) -> None:
    recorded, sent = OLDER[what]
    save_cassette(tmp_path / "a.yaml", [recorded_chat(request_body=recorded, answer=b"{}")])
    async with mockgem(
        cassette=str(tmp_path / "a.yaml"), on_miss="fail", record_mode="none"
    ) as replay:
        assert await ask(replay, CHAT, sent, JSON) == (200, b"{}")


@pytest.mark.parametrize("what", OLDER)
async def test_an_older_cassette_replays(tmp_path: Path, what: str) -> None:
    recorded, sent = OLDER[what]
    save_cassette(tmp_path / "a.yaml", [recorded_chat(request_body=recorded, answer=b'{"a": 1}')])
    headers = JSON | {"Authorization": f"Bearer {OWN}"}
    async with mockgem(cassette=str(tmp_path / "a.yaml"), on_miss="fail") as replay:
        assert await ask(replay, CHAT, sent, headers) == (200, b'{"a": 1}')
        other = chat("something else", password="hunter22")
        assert (await ask(replay, CHAT, other, headers))[0] == 404


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["cassette", *map(str, words)])
    return result.exit_code, result.output


def test_check_finds_and_scrub_repairs_what_was_let_through(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    parts = [KEY[:20], KEY[20:]]
    events = [
        b'data: {"choices": [{"delta": {"content": "%b"}, "index": %d}]}\n\n'
        % (parts[number // 2].encode(), number % 2)
        for number in range(4)
    ]
    save_cassette(
        path,
        [
            recorded_chat(request_body=chat("x", password="hunter22"), answer=b"bad hunter22"),
            recorded_chat("y", answer=b"".join(events)),
            recorded_chat("z", request_headers=(("x-portkey-api-key", OWN),), answer=b"{}"),
            recorded_chat("u", uri=f"{URI}?api_key=s3cret", answer=f"no {OWN}".encode()),
            recorded_chat("v", request_headers=(("Authorization", f"Bearer {OWN}"),)),
        ],
    )
    leak = "something that looks like a secret is left in"
    name = f"POST {URI.removeprefix('https://generativelanguage.googleapis.com')}: {leak}"
    end = "; mockgem cassette scrub removes it"
    assert run("check", path) == (
        1,
        f"{path}: 1. {name} the request's body{end}\n"
        f"{path}: 2. {name} the response's body{end}\n"
        f"{path}: 3. {name} the header x-portkey-api-key{end}\n"
        f"{path}: 4. {name} the URL{end}\n"
        f"{path}: 5. {name} the header Authorization{end}\n",
    )
    assert run("scrub", path) == (0, f"{path}: 5 of 5 interactions changed\n")
    assert run("check", path) == (0, f"{path}: good\n")
    first, second, third, fourth, fifth = read_cassette(path).interactions
    assert (first.request_body, first.body) == (chat("x", password="REDACTED"), b"bad REDACTED")
    replaced = [parts[0].encode(), parts[0].encode(), parts[1].encode(), parts[1].encode()]
    cleaned = [b"REDACTED", b"REDACTED", b"", b""]
    pairs = zip(events, replaced, cleaned, strict=True)
    assert second.body == b"".join([event.replace(*pair) for event, *pair in pairs])
    assert (third.request_headers, fourth.uri, fifth.request_headers) == ((), URI, ())
    assert run("scrub", path) == (0, f"{path}: 0 of 5 interactions changed\n")


@pytest.mark.parametrize("value", ["TOKEN", "FILTERED", "DUMMY", "fake", "REDACTED", "any-key"])
def test_placeholders_are_good_and_stay(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.yaml"
    answer = f'{{"next": "https://x/y?key={value}", "api_key": "{value}"}}'.encode()
    save_cassette(path, [recorded_chat(value, uri=f"{URI}?key={value}&alt=sse", answer=answer)])
    before = path.read_bytes()
    assert run("check", path) == (0, f"{path}: good\n")
    assert run("scrub", path) == (0, f"{path}: 0 of 1 interactions changed\n")
    assert path.read_bytes() == before
