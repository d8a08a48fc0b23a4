"""Record modes of a test's world, and strict tests with more requests than a journal keeps."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.testing.embedded_server import LocalServer
from mockgem.testing.world import Mockgem
from tests.plugin.suites import run
from tests.recording import interactions

CHAT = "/v1beta/openai/chat/completions"
VERIFY_OPTIONS = ("--mockgem-record-mode=verify", "--mockgem-max-age=90d")
MANY = 1100
"""More requests than a journal keeps."""


def ask(world: Mockgem, text: str) -> httpx.Response:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]}
    with httpx.Client(transport=world.transport(), timeout=60) as client:
        return client.post(world.url + CHAT, json=body, headers={"Authorization": "Bearer k"})


def questions_of(path: Path) -> list[str]:
    import json

    return [
        json.loads(one.request_body)["messages"][0]["content"]
        for one in read_cassette(path).interactions
    ]


def test_tests_that_share_a_file_rewrite_it_together(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with LocalServer() as upstream, LocalServer() as server:
        for test, mode, texts in (
            ("old", "once", ["a", "b", "c"]),
            ("first", "rewrite", ["a"]),
            ("second", "rewrite", ["a", "b"]),
        ):
            world = server.world(test)
            world.cassette(path, record_mode=mode, upstream=upstream.url)
            for text in texts:
                assert ask(world, text).status_code == 200
            world.forget()
    assert questions_of(path) == ["a", "b"]


def test_verify_names_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with LocalServer() as upstream, mockgem.serve(listen=False) as world:
        world.cassette(path, record_mode="once", upstream=upstream.url)
        ask(world, "a")
        world.cassette(path, record_mode="verify", upstream=upstream.url)
        assert ask(world, "a").status_code == 200
        assert world.differences() == []
        upstream.world().fail(429)
        world.cassette(path, record_mode="verify", upstream=upstream.url)
        assert ask(world, "a").status_code == 400
        (difference,) = world.differences()
        assert "status: recorded 200, now 429" in difference
        world.cassette(path)
        assert world.differences() == [difference], "they stay when the cassette changes"
        assert difference in world.problems()
        world.reset()
        assert world.differences() == []


SUITE = """
import httpx
import pytest


@pytest.mark.mockgem(cassette="a.yaml", upstream="UPSTREAM")
def test_it(mockgem):
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    headers = {"Authorization": "Bearer k"}
    httpx.post(mockgem.openai_url + "chat/completions", json=body, headers=headers, timeout=60)
"""


def test_the_plugin_fails_a_test_whose_recording_differs_and_warns_about_its_age(
    pytester: pytest.Pytester,
) -> None:
    with LocalServer() as upstream:
        (pytester.path / "test_mine.py").write_text(SUITE.replace("UPSTREAM", upstream.url))
        recorded = interactions.chat("hi", b'{"old": 1}', recorded="2020-01-01T00:00:00Z")
        save_cassette(pytester.path / "a.yaml", [recorded])
        result = run(pytester, "-W", "default", *VERIFY_OPTIONS)
        done = result.stdout + result.stderr
    assert "1 failed" in done
    assert "The service does not answer as recorded (record mode verify):" in done
    assert "body.old: recorded" in done
    assert "a.yaml: 1 of 1 recordings are older than max_age" in done


def test_old_recordings_are_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [interactions.chat("a", recorded="2020-01-01T00:00:00Z")])
    with mockgem.serve(listen=False) as world:
        with pytest.warns(UserWarning, match=r"a\.yaml: 1 of 1 recordings are older"):
            world.cassette(path, max_age="4w")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            world.cassette(path)
        with pytest.raises(ValueError, match=r"max_age='soon'\) is not valid: use a number with a"):
            world.cassette(path, max_age="soon")


@pytest.mark.parametrize("mode", ["none", "verify"])
def test_a_missing_cassette_is_an_error_with_the_nearest_name(tmp_path: Path, mode: str) -> None:
    save_cassette(tmp_path / "weather.yaml", [interactions.chat()])
    with mockgem.serve(listen=False) as world:
        with pytest.raises(FileNotFoundError, match=r"Did you mean .*weather\.yaml\?"):
            world.cassette(tmp_path / "wether.yaml", record_mode=mode)
        with pytest.raises(FileNotFoundError, match=r"xyz\.yaml; record it with"):
            world.cassette(tmp_path / "xyz.yaml", record_mode=mode)


def test_a_strict_test_may_play_more_than_the_journal_keeps(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [interactions.chat("a")] * MANY + [interactions.chat("b")] * 2)
    with mockgem.serve(listen=False) as world:
        world.cassette(path)
        body: dict[str, Any] = {
            "model": "gemini-2.5-flash",
            "messages": [{"role": "user", "content": "a"}],
        }
        with httpx.Client(
            transport=world.transport(), headers={"x-goog-api-key": "k"}, timeout=60
        ) as client:
            client.post(world.url + "/v9/nothing")
            client.post(world.url + CHAT, json=body | {"user": "unknown"})
            for _ in range(MANY):
                assert client.post(world.url + CHAT, json=body).status_code == 200
        assert len(world.journal()) == 1000
        ask(world, "b")
        problems = world.problems()
    assert problems[0] == f"POST {CHAT} was recorded in a.yaml and not played (1 times)"
    assert problems[1].startswith("POST /v9/nothing 404")
    assert problems[2].startswith(f"POST {CHAT} 404 whole: ")
    assert len(problems) == 3


def test_generated_answers_are_reported_after_the_journal_forgot_them() -> None:
    with mockgem.serve(listen=False) as world:
        ask(world, "generated")
        world.say("chosen", times=None)
        for _ in range(MANY):
            ask(world, "x")
        (problem,) = world.problems()
    assert "this test chooses replies" in problem


def start(*args: str, **environment: str) -> Any:
    return CliRunner().invoke(main, args, env=environment, prog_name="mockgem")


def test_serve_uses_the_record_mode_of_the_environment_and_of_a_settings_file(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('record_mode = "once"\n')
    words = "The record mode once needs a cassette"
    assert words in start("serve", MOCKGEM_RECORD_MODE="once").output
    assert words in start("serve", "--config", str(file)).output
    assert words in start("serve", "--record-mode", "once").output
    wrong = start("serve", MOCKGEM_RECORD_MODE="sometimes")
    assert "MOCKGEM_RECORD_MODE=sometimes is not valid" in wrong.output


@pytest.mark.parametrize("flag", ["--mode", "--record-mode"])
def test_record_takes_both_spellings_of_the_mode(tmp_path: Path, flag: str) -> None:
    missing = tmp_path / "none.yaml"
    done = start("record", "--cassette", str(missing), flag, "verify")
    assert done.exit_code == 2
    assert f"There is no cassette {missing}." in done.output


@pytest.mark.parametrize("command", ["serve", "replay"])
def test_a_missing_cassette_is_reported_with_the_nearest_name(tmp_path: Path, command: str) -> None:
    save_cassette(tmp_path / "weather.yaml", [interactions.chat()])
    done = start(command, "--cassette", str(tmp_path / "whether.yaml"))
    assert done.exit_code == 2
    assert f"Did you mean {tmp_path / 'weather.yaml'}?" in done.output


def test_replay_says_that_it_does_not_record(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.yaml")
    done = start("replay", "--cassette", missing, MOCKGEM_RECORD_MODE="all")
    assert "so the record mode all is not used" in done.output
    assert "is not used" not in start("replay", "--cassette", missing).output


def test_run_exits_with_1_for_a_response_that_differs(tmp_path: Path) -> None:
    import sys

    path = tmp_path / "a.yaml"
    save_cassette(path, [interactions.chat("hi", b'{"old": 1}')])
    program = (
        "import os, httpx\n"
        "body = {'model': 'gemini-2.5-flash', 'messages': [{'role': 'user', 'content': 'hi'}]}\n"
        "url = os.environ['OPENAI_BASE_URL'] + 'chat/completions'\n"
        "httpx.post(url, json=body, headers={'Authorization': 'Bearer k'}, timeout=60)\n"
    )
    with LocalServer() as upstream:
        options = ["--cassette", str(path), "--record-mode", "verify", "--upstream", upstream.url]
        done = start("run", "--quiet", *options, "--", sys.executable, "-c", program)
    assert done.exit_code == 1, done.output
    assert "body.old: recorded" in done.output
    assert "verify found 1 problem\n" in done.output
