"""The files for containers and GitHub Actions work, as far as tests can show without either.

The files that they copy exist, and their commands run.
"""

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


def find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def read_instruction(instruction: str) -> list[str]:
    found = re.search(rf"^{instruction}.*?(\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found, instruction
    words: list[str] = json.loads(found[1])
    return words


def test_copied_files_exist_and_are_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists()
            assert f"!{name}" in ignored


def test_the_image_does_not_run_as_root() -> None:
    assert DOCKERFILE.index("\nUSER 10001") < DOCKERFILE.index("\nENTRYPOINT")


@pytest.mark.parametrize(
    "command",
    [read_instruction("CMD"), COMPOSE["services"]["mockgem"]["command"]],
    ids=["image", "compose"],
)
def test_the_container_s_command_serves_and_passes_the_health_check(command: list[str]) -> None:
    """With 127.0.0.1 instead of the network of a container."""
    port = find_free_port()
    words = [word.replace("0.0.0.0", "127.0.0.1") for word in command]
    server = subprocess.Popen(
        [sys.executable, "-m", "mockgem", *words, "--port", str(port), "--quiet"]
    )
    try:
        health = [
            sys.executable,
            *[word.replace("8090", str(port)) for word in read_instruction("HEALTHCHECK")[1:]],
        ]
        assert wait_until(
            lambda: subprocess.run(health, capture_output=True, check=False).returncode == 0
        )
        if "--allowed-host" in command:
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/v1beta/models?key=k", headers={"Host": "mockgem:8090"}
            )
            with urllib.request.urlopen(request) as answer:
                assert answer.status == 200
    finally:
        server.terminate()
        server.wait(60)


def wait_until(condition: Any) -> bool:
    for _ in range(50):
        if condition():
            return True
        time.sleep(0.1)
    return False


def start_action(
    tmp_path: Path, args: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run the step of the action that starts the server, and return the variables that it sets."""
    (tmp_path / "mockgem" / "bin").mkdir(parents=True)
    command = tmp_path / "mockgem" / "bin" / "mockgem"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mockgem "$@"\n')
    command.chmod(0o755)
    variables = tmp_path / "env"
    variables.write_text("")
    step = ACTION["runs"]["steps"][1]
    assert set(step["env"]) == {"ARGS", "PORT"}
    environment = os.environ | {
        "RUNNER_TEMP": str(tmp_path), "GITHUB_ENV": str(variables),
        "ARGS": args, "PORT": str(find_free_port()),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done, dict(line.split("=", 1) for line in variables.read_text().splitlines())


def test_the_action_starts_a_server_and_exports_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    done, variables = start_action(tmp_path, "--seed 7\n  --scenario overloaded\n")
    assert done.returncode == 0, done.stderr
    try:
        world = Mockgem(variables["MOCKGEM_URL"])
        assert {name: variables[name] for name in world.env} == world.env
        assert world._call_admin("GET", "/scenario")["scenario"] == "overloaded"
    finally:
        os.kill(int(variables["MOCKGEM_PID"]), signal.SIGTERM)


def test_an_action_that_cannot_start_fails_with_the_server_s_message(tmp_path: Path) -> None:
    done, variables = start_action(tmp_path, "--scenario overlaoded")
    assert done.returncode == 1
    assert "did you mean overloaded" in done.stdout
    assert variables == {}
