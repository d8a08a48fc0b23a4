"""vcrpy and pytest-recording play mockgem's cassettes in users' tests, and mockgem plays theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import vcr
from openai import OpenAI

from tests.conftest import ServerProcess

QUESTION: list[Any] = [{"role": "user", "content": "Explain how AI works"}]


def asked(url: str) -> list[Any]:
    client = OpenAI(api_key="any-key", base_url=url + "/v1beta/openai/", max_retries=0)
    whole = client.chat.completions.create(model="gemini-2.5-flash", messages=QUESTION)
    stream = client.chat.completions.create(
        model="gemini-2.5-flash", messages=QUESTION, stream=True
    )
    vector = client.embeddings.create(model="gemini-embedding-001", input="hi")
    return [whole.model_dump(), [chunk.model_dump() for chunk in stream], vector.data[0].embedding]


@pytest.fixture
def upstream() -> Iterator[ServerProcess]:
    server = ServerProcess("--quiet")
    yield server
    server.stop()


def recorded(upstream: ServerProcess, path: Path) -> list[Any]:
    recorder = ServerProcess(
        "--quiet", "--cassette", str(path), "--upstream", upstream.url, serve="record"
    )
    try:
        return asked(recorder.url)
    finally:
        recorder.stop()


def test_vcrpy_plays_what_was_recorded_here(upstream: ServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    found = recorded(upstream, path)
    url = upstream.url
    upstream.process.kill()
    with vcr.use_cassette(
        str(path), record_mode="none", match_on=["method", "uri", "body"]
    ) as cassette:
        assert asked(url) == found
    assert cassette.all_played


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_what_vcrpy_recorded_plays_here(
    upstream: ServerProcess, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    serializer = "json" if suffix == "json" else "yaml"
    with vcr.use_cassette(str(path), serializer=serializer, match_on=["method", "uri", "body"]):
        found = asked(upstream.url)
    replay = ServerProcess("--quiet", "--cassette", str(path), serve="replay")
    try:
        assert asked(replay.url) == found
    finally:
        replay.stop()


RECORDING = """
import pytest
from openai import OpenAI

@pytest.mark.vcr("{path}")
@pytest.mark.block_network
def test_it() -> None:
    client = OpenAI(api_key="k", base_url="{url}/v1beta/openai/", max_retries=0)
    messages = [{{"role": "user", "content": "Explain how AI works"}}]
    answer = client.chat.completions.create(model="gemini-2.5-flash", messages=messages)
    assert answer.choices[0].message.content
"""


def test_pytest_recording_plays_what_was_recorded_here(
    upstream: ServerProcess, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    recorded(upstream, path)
    (tmp_path / "test_it.py").write_text(RECORDING.format(path=path, url=upstream.url))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--record-mode=none",
        str(tmp_path),
    ]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr
