"""A request that no rule of a running scenario can match is answered again as without one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.app.test_repeated_answers import (
    REQUESTS,
    ask_repeatedly,
    count_repeats,
    drop_times,
    read_journal,
)
from tests.server.test_connections import serving
from tests.server.test_fast_path import add_rule, build_chat, build_request, exchange

ELSEWHERE = "title: Others\nrules:\n- {name: never, when: {text: Something else}, say: matched}\n"
ANYWHERE = "title: All\nrules:\n- {name: late, when: {calls: 5}, fail: {error: overloaded}}\n"


def write_scenario(folder: Path, text: str) -> dict[str, Any]:
    """Write a scenario, and return the settings of a server that runs it."""
    (folder / "own.yaml").write_text(text)
    return {"scenarios": (str(folder),), "scenario": "own"}


async def read_counters(port: int) -> dict[str, Any]:
    [(_, body)] = await exchange(port, build_request("GET", "/_mockgem/scenario"))
    counters: dict[str, Any] = json.loads(body)["plays"]["own"]
    return counters


@pytest.mark.parametrize("name", ["chat", "stream", "tool call", "native"])
async def test_one_connection_gets_the_answers_of_many(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = write_scenario(tmp_path, ELSEWHERE)
    async with serving(**settings) as (_, port):
        with count_repeats(monkeypatch) as repeats:
            on_one = await ask_repeatedly(port, [REQUESTS[name]] * 6)
        entries, counters = await read_journal(port), await read_counters(port)
    async with serving(**settings) as (_, port):
        on_many = [(await exchange(port, REQUESTS[name]))[0] for _ in range(6)]
        expected, expected_counters = await read_journal(port), await read_counters(port)
    assert on_one == on_many
    assert len(repeats) == 4  # the first two make the template
    assert all(("x-mockgem-scenario", "own") in response.headers for response in repeats)
    assert list(map(drop_times, entries)) == list(map(drop_times, expected))
    assert counters == expected_counters
    assert counters["calls"] == 6


async def test_a_rule_that_may_match_any_request_is_asked_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(**write_scenario(tmp_path, ANYWHERE)) as (_, port):
        with count_repeats(monkeypatch) as repeats:
            answers = await ask_repeatedly(port, [REQUESTS["chat"]] * 6)
    assert repeats == []
    assert [status for status, _ in answers] == [200] * 4 + [503, 200]


async def test_a_rule_that_is_added_later_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(**write_scenario(tmp_path, ELSEWHERE)) as (_, port):
        with count_repeats(monkeypatch) as repeats:
            await ask_repeatedly(port, [REQUESTS["chat"]] * 4)
            assert len(repeats) == 2
            await add_rule(port, {"say": "chosen", "when": {"times": 1}})
            [first, _] = await ask_repeatedly(port, [REQUESTS["chat"]] * 2)
    assert json.loads(first[1])["choices"][0]["message"]["content"] == "chosen"


async def test_the_text_that_a_rule_names_gets_its_answer(tmp_path: Path) -> None:
    async with serving(**write_scenario(tmp_path, ELSEWHERE)) as (_, port):
        requests = [REQUESTS["chat"]] * 4 + [build_chat("Something else")] * 4
        answers = await ask_repeatedly(port, requests)
    texts = [json.loads(body)["choices"][0]["message"]["content"] for _, body in answers]
    assert texts[4:] == ["matched"] * 4
    assert "matched" not in texts[:4]


async def test_a_changed_file_counts_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(**write_scenario(tmp_path, ELSEWHERE), watch=True) as (_, port):
        with count_repeats(monkeypatch) as repeats:
            requests = [REQUESTS["chat"]]
            await ask_repeatedly(port, requests * 4)
            assert len(repeats) == 2
            path = tmp_path / "own.yaml"
            path.write_text(ELSEWHERE.replace("Something else", "Hi"))
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 10))
            [(_, body)] = await ask_repeatedly(port, requests)
    assert json.loads(body)["choices"][0]["message"]["content"] == "matched"


async def test_another_scenario_is_followed_on_the_same_connection(tmp_path: Path) -> None:
    settings = write_scenario(tmp_path, ELSEWHERE)
    (tmp_path / "full.yaml").write_text("title: Full\nrules:\n- {fail: {error: overloaded}}\n")
    choose = build_request("PUT", "/_mockgem/scenario", b'{"name": "full"}')
    async with serving(**settings) as (_, port):
        requests = [REQUESTS["chat"]] * 4 + [choose] + [REQUESTS["chat"]] * 2
        statuses = [status for status, _ in await ask_repeatedly(port, requests)]
    assert statuses == [200] * 5 + [503] * 2
