"""The files for containers and GitHub Actions work, as far as tests can show without either.

The files that they copy exist, and their commands run.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockgem.testing.world import Mockgem
from tests.ports import find_free_port

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "compose.yaml").read_text("utf-8"))


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
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.1)
    return False


STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
Outcome = tuple[subprocess.CompletedProcess[str], dict[str, str], dict[str, str]]
"""The ended step, and the variables and the outputs that it sets."""


def run_step(tmp_path: Path, name: str, **environment: str) -> Outcome:
    """Run the script of a step as GitHub's runner does."""
    (tmp_path / "mockgem" / "bin").mkdir(parents=True, exist_ok=True)
    command = tmp_path / "mockgem" / "bin" / "mockgem"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mockgem "$@"\n')
    command.chmod(0o755)
    files = {"GITHUB_ENV": tmp_path / "env", "GITHUB_OUTPUT": tmp_path / "output"}
    for file in files.values():
        file.write_text("")
    step = STEPS[name]
    assert set(step.get("env", {})) <= set(environment)
    names = {key: str(file) for key, file in files.items()}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=os.environ | names | {"RUNNER_TEMP": str(tmp_path)} | environment,
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    variables, outputs = (
        dict(line.split("=", 1) for line in file.read_text().splitlines())
        for file in files.values()
    )
    return done, variables, outputs


def finish(tmp_path: Path, variables: dict[str, str], status: str) -> Outcome:
    return run_step(tmp_path, "Finish", STATUS=status, **variables)


def test_the_action_starts_a_server_and_exports_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOOGLE_API_KEY", raising=False)
    args = "--seed 7\n  --scenario overloaded\n--redact 'a secret'\n"
    done, variables, outputs = run_step(tmp_path, "Start", ARGS=args, PORT="0")
    assert done.returncode == 0, done.stderr
    try:
        world = Mockgem(variables["MOCKGEM_URL"])
        assert {name: variables[name] for name in world.env} == world.env
        assert world._call_admin("GET", "/scenario")["scenario"] == "overloaded"
        assert outputs["url"] == variables["MOCKGEM_URL"]
        assert outputs["openai-base-url"] == variables["OPENAI_BASE_URL"]
        assert set(ACTION["outputs"]) == set(outputs)
    finally:
        os.kill(int(variables["MOCKGEM_PID"]), signal.SIGTERM)


def test_an_action_that_cannot_start_fails_with_the_server_s_message(tmp_path: Path) -> None:
    done, variables, _ = run_step(tmp_path, "Start", ARGS="--scenario overlaoded", PORT="0")
    assert done.returncode == 1
    assert "did you mean overloaded" in done.stdout
    assert variables == {}


def ask(url: str) -> None:
    request = urllib.request.Request(f"{url}/v1beta/models?key=k")
    with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(request):
        pass


@pytest.mark.slow
def test_the_last_step_judges_the_client_shows_the_log_and_stops_the_server(tmp_path: Path) -> None:
    _, variables, _ = run_step(tmp_path, "Start", ARGS="--scenario overloaded-then-ok", PORT="0")
    ask(variables["MOCKGEM_URL"])
    done, _, _ = finish(tmp_path, variables, "success")
    assert done.returncode == 1
    assert "FAIL  overloaded-then-ok" in done.stdout
    assert "GET /v1beta/models" in done.stdout  # the log
    assert wait_until(lambda: not is_up(variables["MOCKGEM_URL"]))


@pytest.mark.slow
def test_the_last_step_passes_without_a_scenario(tmp_path: Path) -> None:
    _, variables, _ = run_step(tmp_path, "Start", ARGS="", PORT="0")
    ask(variables["MOCKGEM_URL"])
    done, _, _ = finish(tmp_path, variables, "success")
    assert done.returncode == 0
    assert "GET /v1beta/models" not in done.stdout
    _, variables, _ = run_step(tmp_path, "Start", ARGS="", PORT="0")
    ask(variables["MOCKGEM_URL"])
    done, _, _ = finish(tmp_path, variables, "failure")
    assert done.returncode == 0
    assert "GET /v1beta/models" in done.stdout


def is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_mockgem/health"):
            return True
    except OSError:
        return False


def test_the_action_runs_a_command_and_writes_a_summary(tmp_path: Path) -> None:
    environment = {"ARGS": "--seed 7", "JUNIT": "mockgem.xml"}
    run = 'test "$OPENAI_BASE_URL" = "$MOCKGEM_URL/v1beta/openai/"'
    done, _, _ = run_step(tmp_path, "Run", RUN=run, **environment)
    assert done.returncode == 0, done.stderr
    assert 'failures="0"' in (tmp_path / "mockgem.xml").read_text()
    done, _, _ = run_step(tmp_path, "Run", RUN="false | true", **environment)
    assert done.returncode == 1


def test_the_cache_has_another_key_for_other_sources(tmp_path: Path) -> None:
    for folder in ("mockgem", "scenarios"):
        (tmp_path / "action" / folder).mkdir(parents=True)
        (tmp_path / "action" / folder / "a").write_text(folder)
    (tmp_path / "action" / "pyproject.toml").write_text("")
    keys = []
    for text in ("one", "one", "two"):
        (tmp_path / "action" / "mockgem" / "b").write_text(text)
        path = str(tmp_path / "action")
        done, _, outputs = run_step(tmp_path, "Find versions", GITHUB_ACTION_PATH=path)
        assert done.returncode == 0, done.stderr
        keys.append(outputs["sources"])
    assert keys[0] == keys[1] != keys[2]
    assert "steps.versions.outputs.sources" in STEPS["Cache"]["with"]["key"]
