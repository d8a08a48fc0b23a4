"""Commands, test reports and error messages about cassettes contain no keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mockgem.app.factory import create_handler
from mockgem.cli import main
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, WireRequest
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Redactor, SecretLeak
from mockgem.recording.upstream import Upstream
from mockgem.testing import report
from tests.recording.interactions import KEY, URI, chat

NATIVE = f"https://generativelanguage.googleapis.com/v1beta/models/{KEY}:generateContent"
HALVES = [KEY[at : at + 14] for at in range(len(KEY) - 13)]


def leaky(number: int) -> Interaction:
    """A cassette of another tool, with a key in every place."""
    error = {
        "error": {
            "code": 400,
            "message": f"{'x' * 30 * number} bad KEY={KEY}",
            "status": f"{'S' * 45} {KEY}",
        }
    }
    return chat(
        "y" * 25 * number + f" KEY={KEY}",
        uri=f"{URI if number % 2 else NATIVE}?key={KEY}",
        request_headers=(("Authorization", f"Bearer {KEY}"), ("Cookie", "a=my-cookie")),
        answer=json.dumps(error).encode(),
        status=404 if number % 2 else 400,
    )


@pytest.mark.parametrize(
    "words",
    [
        "cassette show {0}",
        "cassette show {0} 1",
        "cassette show {0} 2",
        "cassette check {0}",
        "cassette diff {0} {1}",
        "cassette diff {1} {0}",
        "drift {0}",
    ],
)
def test_no_command_shows_one(tmp_path: Path, words: str) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    save_cassette(first, [leaky(number) for number in range(6)])
    save_cassette(second, [leaky(number) for number in range(3, 9)] + [chat("other", answer=b"{}")])
    result = CliRunner().invoke(main, words.format(first, second).split())
    assert result.exit_code in (0, 1), result.output
    assert "POST" in result.output
    assert not any(half in result.output for half in [*HALVES, "my-cookie"]), result.output


def test_the_last_look_tells_a_path_without_its_key() -> None:
    with pytest.raises(SecretLeak) as caught:
        Redactor().check(chat(uri=NATIVE), ())
    assert str(caught.value).startswith("POST /v1beta/models/REDACTED:generateContent: ")


class World:
    """A world whose journal an older server wrote."""

    world, _has_replies = "", False

    def __init__(self, tape: Path) -> None:
        self._played_cassette: Path | None = tape

    def journal(self) -> list[Any]:
        entry = {
            "method": "POST",
            "path": f"/v1beta/models/{KEY}:x",
            "status": 404,
            "outcome": "whole",
            "source": "engine",
        }
        bodies = {"request": {"body": f"KEY={KEY}"}, "response": {"body": f"no {KEY}"}}
        return [entry | bodies | {"model": ""}]

    def verdict(self) -> dict[str, Any]:
        raise ValueError("nothing was played")

    def _list_added_rules(self) -> list[report.AddedRule]:
        return [report.AddedRule("say", {"when": {"text": f"KEY={KEY}"}}, 1)]

    def _list_unplayed(self) -> list[Interaction]:
        return [leaky(2)]

    def differences(self) -> list[str]:
        return [f"body.key: recorded {KEY}, now nothing"]

    def _call_admin(self, method: str, path: str) -> Any:
        return {"plays": {}, "worlds": []}


def test_no_report_of_a_strict_test_shows_one(tmp_path: Path) -> None:
    save_cassette(tmp_path / "a.yaml", [leaky(2)])
    world = World(tmp_path / "a.yaml")
    lines = [*report.find_problems(world), report.report_exchanges(world)]
    assert len(lines) == 5
    assert KEY not in "\n".join(lines)
    assert any("was recorded in a.yaml and not played" in line for line in lines)


@pytest.mark.parametrize("path", [f"/v1beta/corpora/{KEY}", f"/v1/nothing/{KEY}"])
async def test_no_page_of_what_is_not_offered_shows_one(path: str) -> None:
    door, _, _ = create_handler(Settings())
    response = await door(WireRequest("GET", path, {}, {"authorization": "Bearer any-key"}, b""))
    assert response.status in (404, 501)
    assert KEY not in repr(response.body)


async def test_the_message_about_an_unreachable_upstream_has_no_key() -> None:
    upstream, own = Upstream("http://127.0.0.1:9"), "my-own-credential"
    try:
        with pytest.raises(ConnectionError) as caught:
            await upstream.send(
                "POST",
                f"http://127.0.0.1:9/a/{KEY}/{own}",
                [("Authorization", f"Bearer {own}")],
                b"",
            )
    finally:
        await upstream.close()
    assert str(caught.value).startswith("http://127.0.0.1:9/a/REDACTED/REDACTED: ")


async def test_the_log_of_a_failed_user_function_has_no_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answers = tmp_path / "answers.py"
    answers.write_text(
        "def answer(request):\n    raise ValueError('no answer for ' + request.text)\n"
    )
    door, _, _ = create_handler(Settings(answers=str(answers)))
    asked = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": f"KEY={KEY}"}]}
    ).encode()
    wire = WireRequest(
        "POST", "/v1beta/openai/chat/completions", {}, {"authorization": "Bearer any-key"}, asked
    )
    response = await door(wire)
    body = response.body.join_chunks() if isinstance(response.body, ChunkedBody) else response.body
    assert (
        response.status,
        "answer() failed: ValueError: no answer for KEY=REDACTED" in str(body),
    ) == (400, True)
    assert "in answer" in caplog.text
    assert KEY not in caplog.text
