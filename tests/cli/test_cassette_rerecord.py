"""`mockgem cassette rerecord`: record a suite again, and show what changed in meaning."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mockgem
from mockgem.cli import main
from mockgem.cli.cassette_rerecord import build_env
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.changes import find_changes
from mockgem.recording.matching import RequestMatcher
from tests.recording import interactions

SUITE = """
import httpx, pytest

@pytest.mark.mockgem(cassette=True, upstream="UPSTREAM")
@pytest.mark.parametrize("text", ["one", "two"])
def test_chat(mockgem, text):
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]}
    with httpx.Client(transport=mockgem.transport(), timeout=60) as client:
        url = mockgem.url + "/v1beta/openai/chat/completions"
        answer = client.post(url, json=body, headers={"Authorization": "Bearer any-key"})
    assert answer.status_code in (200, 429)
"""
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:recording"]


def rerecord(folder: Path, *command: str) -> Result:
    return CliRunner().invoke(main, ["cassette", "rerecord", str(folder), "--", *command])


def record(folder: Path, upstream: str) -> Path:
    (folder / "test_it.py").write_text(SUITE.replace("UPSTREAM", upstream))
    command = [*PYTEST, "--mockgem-record-mode=once", str(folder / "test_it.py")]
    subprocess.run(command, check=True, timeout=300, capture_output=True, cwd=folder)
    return folder / "cassettes"


@pytest.mark.slow
def test_only_changes_in_meaning_are_shown(tmp_path: Path) -> None:
    command = [*PYTEST, str(tmp_path / "test_it.py")]
    with mockgem.serve(seed=1) as upstream:
        cassettes = record(tmp_path, upstream.url)
    with mockgem.serve(seed=2) as upstream:  # other texts and ids
        (tmp_path / "test_it.py").write_text(SUITE.replace("UPSTREAM", upstream.url))
        before = [path.read_bytes() for path in sorted(cassettes.rglob("*.yaml"))]
        same = rerecord(cassettes, *command)
        assert same.exit_code == 0, same.output
        assert "2 cassettes, 0 changes in meaning\n" in same.output
        assert before != [path.read_bytes() for path in sorted(cassettes.rglob("*.yaml"))]
        upstream.fail(429, text="two", times=None)
        changed = rerecord(cassettes, *command)
    assert "2 cassettes, 1 changes in meaning" in changed.output
    assert "changed: POST /v1beta/openai/chat/completions → 200" in changed.output
    assert "recorded 200, ours 429" in changed.output


def test_a_command_that_fails_leaves_the_old_cassettes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [interactions.chat()])
    before = path.read_bytes()
    code = f"open({str(path)!r}, 'w').close(); raise SystemExit(3)"
    result = rerecord(tmp_path, sys.executable, "-c", code)
    assert result.exit_code == 3
    assert "put the old cassettes back" in result.output
    assert path.read_bytes() == before


def test_a_cassette_that_was_not_recorded_is_named(tmp_path: Path) -> None:
    save_cassette(tmp_path / "a.yaml", [interactions.chat()])
    result = rerecord(tmp_path, sys.executable, "-c", "")
    assert f"{tmp_path / 'a.yaml'}: not recorded again" in result.output
    assert len(read_cassette(tmp_path / "a.yaml").interactions) > 0


def test_a_command_that_records_nothing_is_a_failure(tmp_path: Path) -> None:
    save_cassette(tmp_path / "a.yaml", [interactions.chat()])
    done = rerecord(tmp_path, sys.executable, "-c", "pass")
    assert done.exit_code == 1
    assert "The command recorded nothing." in done.output


def test_the_record_mode_is_added_to_options_of_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-x")
    assert build_env()["PYTEST_ADDOPTS"] == "-x --mockgem-record-mode=rewrite"
    assert build_env()["MOCKGEM_RECORD_MODE"] == "rewrite"
    assert os.environ["PYTEST_ADDOPTS"] == "-x"


def test_requests_that_are_new_or_gone_are_changes() -> None:
    one, other = interactions.chat("one"), interactions.chat("two")
    kinds = [change.kind for change in find_changes([one], [other], RequestMatcher())]
    assert kinds == ["gone", "new"]
    assert list(find_changes([one], [one], RequestMatcher())) == []
