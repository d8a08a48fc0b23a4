"""A request with a secret is recorded without it, found again with it, and never quoted with it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher, normalize_request
from mockgem.recording.redacted_requests import RedactedRequests
from mockgem.recording.redaction import Redactor
from tests.recording.interactions import KEY, make_world
from tests.recording.interactions import chat as recorded_chat
from tests.recording.servers import CHAT, mockgem, recorder_at, service

OWN = "a-credential-of-no-known-kind-42"
OTHER = "AIzaSyC-other_0123456789abcdefghijklmno"
NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"
JSON = {"Content-Type": "application/json"}


def chat(text: str, **more: Any) -> bytes:
    return json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}], **more}
    ).encode()


async def ask(url: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url + path, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.read()


def form(secret: str) -> bytes:
    head = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n'
    return f"{head}TOKEN={secret}\r\n--b--\r\n".encode()


REQUESTS: dict[str, Any] = {
    "a chat": lambda secret: (CHAT, chat(f"my key is {secret}"), JSON),
    "an .env file": lambda secret: (CHAT, chat(f"my .env:\nA=1\nGEMINI_API_KEY={secret}\n"), JSON),
    "a name of JSON": lambda secret: (CHAT, json.dumps({"metadata": {secret: 1}}).encode(), JSON),
    "two strings that make it together": lambda secret: (
        CHAT,
        json.dumps({"messages": [{"content": secret[:12]}, {"content": secret[12:]}]}).encode(),
        JSON,
    ),
    "a query": lambda secret: (f"{NATIVE}?trace=t%2F{secret}", chat("hi"), JSON),
    "a path": lambda secret: (f"/v1beta/models/{secret}:generateContent", chat("hi"), JSON),
    "text": lambda secret: (
        "/v1beta/other",
        f"the key is {secret}!".encode(),
        {"Content-Type": "text/plain"},
    ),
    "a password in JSON": lambda secret: (CHAT, chat("hi", password=f"x1-{secret}"), JSON),
    "a password in JSON in JSON": lambda secret: (
        CHAT,
        chat(json.dumps({"client_secret": f"x1-{secret}"})),
        JSON,
    ),
    "a form": lambda secret: (
        "/v1beta/other",
        f"a=1&refresh_token=x1-{secret}&b=2".encode(),
        {"Content-Type": "application/x-www-form-urlencoded"},
    ),
    "a field of multipart": lambda secret: (
        "/v1beta/other",
        form(secret).replace(b'"x"', b'"api_key"').replace(b"TOKEN=", b"x1-"),
        {"Content-Type": "multipart/form-data; boundary=b"},
    ),
    "a user in a URL": lambda secret: (CHAT, chat(f"https://user:x1-{secret}@example.com"), JSON),
    "a parameter with a name": lambda secret: (f"{NATIVE}?db_password={secret}", chat("hi"), JSON),
    "base64": lambda secret: (
        CHAT,
        chat(f"Basic {base64.b64encode(f'user:{secret}'.encode()).decode()}"),
        JSON,
    ),
    "bytes": lambda secret: (
        "/v1beta/other",
        b"\xff\xfe\x00" + f" KEY={secret} ".encode(),
        {"Content-Type": "x/y"},
    ),
    "multipart": lambda secret: (
        "/v1beta/other",
        form(secret),
        {"Content-Type": "multipart/form-data; boundary=b"},
    ),
}


async def answers(request: web.BaseRequest) -> web.Response:
    return web.json_response({"size": len(await request.read())})


@pytest.mark.parametrize("what", REQUESTS)
@pytest.mark.parametrize("secret", [KEY, OWN])
async def test_what_was_recorded_without_a_secret_is_found_with_it(
    tmp_path: Path, what: str, secret: str
) -> None:
    """`OWN` counts as a secret because it is the credential of the request."""
    path, body, headers = REQUESTS[what](secret)
    headers = headers | {"Authorization": f"Bearer {secret}"}
    cassette = tmp_path / "a.yaml"
    async with service(answers) as upstream, recorder_at(cassette, upstream) as recorder:
        passed = await ask(recorder, path, body, headers)
    assert secret not in cassette.read_text()
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        assert await ask(replay, path, body, headers) == passed
        status, miss = await ask(replay, path, body, headers)
    assert (status, secret.encode() in miss) == (404, False)
    assert b"was recorded 1 time and has been played as often" in miss


async def test_another_key_in_the_same_place_finds_it_too(tmp_path: Path) -> None:
    cassette = tmp_path / "a.yaml"
    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        await ask(recorder, CHAT, chat(f"KEY={KEY}"), JSON | {"Authorization": f"Bearer {OWN}"})
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        assert (
            await ask(
                replay, CHAT, chat(f"KEY={OTHER}"), JSON | {"Authorization": "Bearer any-key"}
            )
        )[0] == 200
        assert (await ask(replay, CHAT, chat("KEY=none"), JSON))[0] == 404


async def test_the_users_own_patterns_count_on_both_sides(tmp_path: Path) -> None:
    cassette, mine = tmp_path / "a.yaml", {"redact": (r"\d{3}-\d{2}-\d{4}",)}
    question = chat("I am 123-45-6789.")
    async with service(answers) as upstream:
        async with mockgem(
            cassette=str(cassette), record_mode="once", upstream=upstream, **mine
        ) as recorder:
            await ask(recorder, CHAT, question, JSON)
    assert b"I am REDACTED." in read_cassette(cassette).interactions[0].request_body
    async with mockgem(cassette=str(cassette), on_miss="fail", **mine) as replay:
        assert (await ask(replay, CHAT, question, JSON))[0] == 200
        status, miss = await ask(replay, CHAT, chat("I am 987-65-4321!"), JSON)
    assert (status, b"987-65-4321" in miss, b"I am REDACTED!" in miss) == (404, False, True)


async def test_a_recorder_knows_what_it_has_already(tmp_path: Path) -> None:
    cassette = tmp_path / "a.yaml"
    async with service(answers) as upstream:
        for _ in range(2):
            async with mockgem(
                cassette=str(cassette), record_mode="new_episodes", upstream=upstream
            ) as recorder:
                for _ in range(2):
                    await ask(recorder, CHAT, chat(f"KEY={KEY}"), JSON)
    assert len(read_cassette(cassette).interactions) == 2


@pytest.mark.parametrize("what", REQUESTS)
async def test_a_miss_reveals_nothing(tmp_path: Path, what: str) -> None:
    """It is the message of an SDK's exception, ends up in CI logs, and shortens requests."""
    cassette = tmp_path / "a.yaml"
    save_cassette(
        cassette,
        [
            recorded_chat("something else"),
            recorded_chat("x", uri=f"https://x/y?api={KEY}&token={OWN}"),
        ],
    )
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        for secret in (KEY, OWN):
            path, body, headers = REQUESTS[what](secret)
            headers = headers | {"x-goog-api-key": secret}
            said = [await ask(replay, path, body, headers)]
            said += [
                await ask(replay, CHAT, chat("x" * size + f" KEY={secret}"), headers | JSON)
                for size in (80, 95, 110)
            ]
            said.append(
                await ask(
                    replay, CHAT, chat("x", safety_identifier={"k": [secret]}), headers | JSON
                )
            )
            text = b"".join([one for _, one in said]).decode()
            assert [status for status, _ in said] == [404] * 5
            assert not any(part in text for part in pieces_of(secret)), text
            journal = await get(replay, "/_mockgem/journal?limit=1000")
            assert not any(part in journal for part in pieces_of(secret))


def pieces_of(secret: str) -> list[str]:
    return [secret[at : at + 14] for at in range(len(secret) - 13)]


async def get(url: str, path: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url + path) as answer:
        return await answer.text()


def test_requests_that_are_found_as_they_are_cost_no_redaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worked: list[Interaction] = []
    real = Redactor.clean_request

    def counted(self: Redactor, one: Interaction, secrets: Any = ()) -> Interaction:
        worked.append(one)
        return real(self, one, secrets)

    monkeypatch.setattr(Redactor, "clean_request", counted)
    one = recorded_chat("hello")
    library = InteractionIndex([one], RequestMatcher(), repeat_last=True)
    assert (
        library.take_next(
            normalize_request(
                "POST", one.uri, one.request_body, {"content-type": "application/json"}
            ),
            make_world(),
        )
        is one
    )
    assert worked == []
    for _ in range(3):
        library.requests.read(
            "POST", one.uri, chat("another"), {"authorization": "Bearer 12345678"}
        )
    assert (
        len(worked) == 2
    )  # once without what looks like a secret, once without its own credential too


@pytest.mark.parametrize(("size", "is_kept"), [(90, True), (91, False)])
def test_of_a_body_that_is_too_large_only_the_size_counts(
    monkeypatch: pytest.MonkeyPatch, size: int, is_kept: bool
) -> None:
    for module in ("matching", "redacted_requests"):
        monkeypatch.setattr(f"mockgem.recording.{module}.MAX_RECORDED_BODY", 90)
    body = f"KEY={KEY} ".encode().ljust(size, b"x")
    redacted = RedactedRequests(Redactor()).read("POST", "/x?key=1-2", body, {})
    bodies = {form.body for form in redacted.forms}
    clean = body.decode().replace(KEY, "REDACTED")
    assert bodies == ({clean} if is_kept else {f"<{size} bytes>"})
    assert {form.query for form in redacted.forms[-1:]} == {()}


def test_a_wrong_pattern_is_refused_also_by_one_that_only_plays(tmp_path: Path) -> None:
    save_cassette(tmp_path / "a.yaml", [recorded_chat()])
    with pytest.raises(ValueError, match="is not a valid regular expression"):
        create_server(Settings(cassette=str(tmp_path / "a.yaml"), redact=("(",)))
