"""The pytest plugin in suites of its own: what its users write, run by a pytest of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest
from openai import OpenAI, InternalServerError, RateLimitError

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


def client(mockgem, **more):
    return OpenAI(api_key="k", base_url=mockgem.openai_url, **more)


@pytest.mark.mockgem(scenario="overloaded")
def test_marked(mockgem):
    with pytest.raises(InternalServerError):
        client(mockgem, max_retries=0).chat.completions.create(**HELLO)
    assert [entry["status"] for entry in mockgem.journal()] == [503]


def test_each_test_has_a_world_of_its_own(mockgem):
    assert client(mockgem).chat.completions.create(**HELLO).choices[0].message.content
    assert len(mockgem.journal(path="*/chat/completions")) == 1


def test_own_scenario_and_verdict(mockgem):
    mockgem.scenario({
        "title": "once", "rules": [{"when": {"calls": 1}, "fail": {"error": 429, "retry_delay": "5s"}}],
        "expect": {"waits": "told"},
    })
    with pytest.raises(RateLimitError):
        client(mockgem, max_retries=0).chat.completions.create(**HELLO)
    mockgem.assert_verdict()
    client(mockgem).chat.completions.create(**HELLO)
    assert not mockgem.verdict()["pass"]
    with pytest.raises(AssertionError, match="RetryInfo"):
        mockgem.assert_verdict()


def test_clock_and_mistakes(mockgem):
    mockgem.scenario({"title": "quota", "rules": [{"quota": {"rpm": 1}}]})
    ask = client(mockgem, max_retries=0).chat.completions.create
    ask(**HELLO)
    with pytest.raises(RateLimitError):
        ask(**HELLO)
    mockgem.advance("60s")
    ask(**HELLO)
    with pytest.raises(ValueError, match="did you mean overloaded"):
        mockgem.scenario("overlaoded")
    with pytest.raises(ValueError, match="did you mean fail"):
        mockgem.scenario({"title": "x", "rules": [{"fial": 1}]})


def test_that_fails(mockgem):
    mockgem.scenario("rate-limited-then-ok")
    with pytest.raises(RateLimitError):
        client(mockgem, max_retries=0).chat.completions.create(**HELLO)
    mockgem.assert_verdict()
"""


OTHERS = ["-p", "no:asyncio", "-p", "no:aiohttp", "-p", "no:recording", "-p", "no:hypothesispytest", "-p", "no:anyio"]


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *OTHERS,
        "-W",
        "error",
        "--strict-markers",
        *options,
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_a_suite_of_its_users(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(SUITE)
    done = run(tmp_path)
    assert "1 failed, 4 passed" in done.stdout, done.stdout + done.stderr
    assert "FAIL  rate-limited-then-ok" in done.stdout
    assert "expected 3, found 1" in done.stdout


def test_suites_that_do_not_use_it_load_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import sys\n\n\ndef test_it():\n"
        "    loaded = [name for name in sys.modules if name.startswith(('mockgem.', 'aiohttp', 'pydantic'))]\n"
        "    assert loaded in (['mockgem.pytest_plugin'], [])\n"
    )
    done = run(tmp_path)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_fixture_is_told_of(tmp_path: Path) -> None:
    assert "mockgem(scenario=None)" in run(tmp_path, "--markers").stdout
    assert "A world of the test" in run(tmp_path, "--fixtures").stdout


def test_a_server_in_a_thread_that_can_t_start() -> None:
    from mockgem.testing import LocalServer

    with pytest.raises(ValueError, match="did you mean overloaded"):
        LocalServer(scenario="overlaoded").start()
    with LocalServer(seed=7) as server:
        assert server.world("a").journal() == []
        assert server.thread.is_alive()
    assert not server.thread.is_alive()
