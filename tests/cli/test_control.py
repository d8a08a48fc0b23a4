"""Commands that control a running server: say, fail, rules, journal, clock, open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

import mockgem
from mockgem.cli import main
from mockgem.cli.admin_client import WorldClient

Run = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[mockgem.Mockgem]:
    with mockgem.serve() as server:
        yield server


@pytest.fixture
def run(server: mockgem.Mockgem) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--url", server.url])

    return invoke


def chat(server: mockgem.Mockgem, text: str = "hi") -> tuple[int, str]:
    """Return the status and the reply to a prompt."""
    import urllib.error
    import urllib.request

    messages = [{"role": "user", "content": text}]
    data = json.dumps({"model": "gemini-2.5-flash", "messages": messages}).encode()
    headers = {"Authorization": "Bearer k", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}/v1beta/openai/chat/completions", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return 200, json.load(response)["choices"][0]["message"].get("content") or ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def test_say_sets_the_next_reply(server: mockgem.Mockgem, run: Run) -> None:
    assert run("say", "Hello", "--times", "2").output == 'Rule 1: say "Hello", 2 times\n'
    assert [chat(server)[1] for _ in range(2)] == ["Hello", "Hello"]
    assert chat(server)[1] != "Hello"


def test_say_takes_json_and_tool_calls(run: Run) -> None:
    assert run("say", "--json", '{"city": "Paris"}').exit_code == 0
    assert "get_weather" in run("say", "--tool", "get_weather", "--args", "{}").output
    assert "is not JSON" in run("say", "--json", "{").output
    assert "Give a reply" in run("say").output


def test_a_prompt_is_a_text_and_not_a_pattern(server: mockgem.Mockgem, run: Run) -> None:
    run("say", "Yes", "--prompt", "Is it? [really]", "--always")
    assert chat(server, "Well. Is it? [really] So?")[1] == "Yes"
    assert chat(server, "Is it! r")[1] != "Yes"


@pytest.mark.parametrize(("failure", "status"), [("429", 429), ("overloaded", 503)])
def test_fail_lets_the_next_call_fail(
    server: mockgem.Mockgem, run: Run, failure: str, status: int
) -> None:
    assert run("fail", failure).exit_code == 0
    assert [chat(server)[0] for _ in range(2)] == [status, 200]


def test_fail_takes_faults_and_names_the_nearest(run: Run) -> None:
    assert "faults stall" in run("fail", "stall").output
    result = run("fail", "overloadd")
    assert (result.exit_code, "did you mean overloaded" in result.output) == (1, True)


def test_rules_are_listed_disabled_and_deleted(server: mockgem.Mockgem, run: Run) -> None:
    assert "There are no rules" in run("rules").output
    run("say", "Hello", "--always")
    assert "acted 0" in run("rules").output
    assert "disabled" in run("rules", "--disable", "1").output
    assert chat(server)[1] != "Hello"
    run("rules", "--enable", "1")
    assert chat(server)[1] == "Hello"
    assert json.loads(run("rules", "--json").output)["rules"][0]["acted"] == 1
    assert "There are no rules" in run("rules", "--delete", "1").output
    assert "no rule 1" in run("rules", "--delete", "1").output


def test_the_journal_shows_requests_and_one_in_full(server: mockgem.Mockgem, run: Run) -> None:
    for text in ("one", "two"):
        chat(server, text)
    lines = run("journal").output.splitlines()
    assert [line.split()[-1] for line in lines] == ["one", "two"]
    assert run("journal", "--limit", "1").output.split()[-1] == "two"
    assert run("journal", "--status", "4xx").output == ""
    assert json.loads(run("journal", "1").output)["request"]["body"]


def test_events_are_followed_from_an_entry_on(server: mockgem.Mockgem) -> None:
    chat(server, "one")
    events = WorldClient(server.url, "", "").iter_events("/journal/events", "0-")
    found = [next(events)[0], next(events)[2]["preview"]]
    assert found == ["ready", "one"]
    events.close()  # type: ignore[attr-defined]


def test_the_clock_of_a_world_moves(run: Run) -> None:
    before = run("clock").output
    assert run("clock", "+48h", "--world", "mine").output.startswith("2026-11-03T")
    assert run("clock", "2026-12-01T00:00:00Z").output.startswith("2026-12-01T00:00:00")
    assert before.startswith("2026-11-01T")
    assert run("clock", "soon").exit_code == 1


def test_open_opens_the_console_of_a_world(
    run: Run, server: mockgem.Mockgem, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(opened.append(url)) or True)
    assert run("open", "--world", "mine").exit_code == 0
    assert opened == [f"{server.url}/w/mine/_mockgem/console/"]


def test_a_server_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(main, ["say", "x", "--url", "http://127.0.0.1:1"])
    assert result.exit_code == 1
    assert "There is no mockgem server at http://127.0.0.1:1" in result.output


def test_env_shows_the_variables_of_a_world(server: mockgem.Mockgem, run: Run) -> None:
    lines = run("env", "--world", "a").output.splitlines()
    assert f"OPENAI_BASE_URL={server.url}/w/a/v1beta/openai/" in lines
    assert f"GEMINI_API_BASE={server.url}/w/a/v1beta" in lines
    exported = run("env", "--export").output.splitlines()
    assert "export OPENAI_API_KEY=any-key" in exported


def test_env_needs_a_running_server() -> None:
    result = CliRunner().invoke(main, ["env", "--url", "http://127.0.0.1:9"])
    assert result.exit_code == 1
    assert "There is no mockgem server at http://127.0.0.1:9" in result.output
