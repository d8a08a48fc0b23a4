"""The files for containers and GitHub's CI, tried without either: what they copy and run exists."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockgem.testing.world import Mockgem

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "compose.yaml").read_text("utf-8"))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def words_after(instruction: str) -> list[str]:
    found = re.search(rf"^{instruction}.*?(\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found, instruction
    words: list[str] = json.loads(found[1])
    return words


def test_what_is_copied_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists()
            assert f"!{name}" in ignored


def test_it_runs_as_somebody_who_is_not_root() -> None:
    assert DOCKERFILE.index("\nUSER 10001") < DOCKERFILE.index("\nENTRYPOINT")


@pytest.mark.parametrize(
    "command",
    [words_after("CMD"), COMPOSE["services"]["mockgem"]["command"]],
    ids=["image", "compose"],
)
def test_the_container_s_command_serves_and_its_health_is_found(command: list[str]) -> None:
    """With 127.0.0.1 in the place of a container's own network."""
    port = free_port()
    words = [word.replace("0.0.0.0", "127.0.0.1") for word in command]
    server = subprocess.Popen(
        [sys.executable, "-m", "mockgem", *words, "--port", str(port), "--quiet"]
    )
    try:
        health = [
            sys.executable,
            *[word.replace("8090", str(port)) for word in words_after("HEALTHCHECK")[1:]],
        ]
        assert eventually(
            lambda: subprocess.run(health, capture_output=True, check=False).returncode == 0
        )
        if "--allowed-host" in command:
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}/v1beta/models?key=k", headers={"Host": "mockgem:8090"}
            )
            with urllib.request.urlopen(asked) as answer:
                assert answer.status == 200
    finally:
        server.terminate()
        server.wait(60)


def eventually(holds: Any) -> bool:
    for _ in range(50):
        if holds():
            return True
        time.sleep(0.1)
    return False


def started(tmp_path: Path, args: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """The action's step that starts the server, with this environment in the place of its own."""
    (tmp_path / "mockgem" / "bin").mkdir(parents=True)
    command = tmp_path / "mockgem" / "bin" / "mockgem"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mockgem "$@"\n')
    command.chmod(0o755)
    told = tmp_path / "env"
    told.write_text("")
    step = ACTION["runs"]["steps"][1]
    assert set(step["env"]) == {"ARGS", "PORT"}
    environment = os.environ | {
        "RUNNER_TEMP": str(tmp_path), "GITHUB_ENV": str(told), "ARGS": args,
        "PORT": str(free_port()),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done, dict(line.split("=", 1) for line in told.read_text().splitlines())


def test_the_action_starts_a_server_and_tells_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    done, told = started(tmp_path, "--scenario overloaded")
    assert done.returncode == 0, done.stderr
    try:
        world = Mockgem(told["MOCKGEM_URL"])
        assert {name: told[name] for name in world.env} == world.env
        assert world._call_admin("GET", "/scenario")["scenario"] == "overloaded"
    finally:
        os.kill(int(told["MOCKGEM_PID"]), signal.SIGTERM)


def test_an_action_that_can_t_start_fails_with_the_server_s_words(tmp_path: Path) -> None:
    done, told = started(tmp_path, "--scenario overlaoded")
    assert done.returncode == 1
    assert "did you mean overloaded" in done.stdout
    assert told == {}
