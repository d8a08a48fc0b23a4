"""`mockgem serve` as a process: what it prints, how it is configured, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mockgem.cli import main
from mockgem.cli.serve import GeneratedToken, describe_cassette, print_greeting
from mockgem.config.settings import Settings
from tests.conftest import ServerProcess

CHAT = "/v1beta/openai/chat/completions"


def ask(url: str, body: Any, key: str = "any-key") -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(url + CHAT, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def hello(model: str = "gemini-2.5-flash", **more: Any) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": "Hello!"}], **more}


def output_of(server: ServerProcess) -> list[str]:
    server.process.terminate()
    assert server.process.stdout is not None
    with server.process.stdout as out:
        lines = out.read().splitlines()
    assert server.process.wait(60) == 0
    return lines


def test_it_prints_where_it_listens_what_to_paste_and_a_line_for_each_request() -> None:
    server = ServerProcess()
    status, _ = ask(server.url, hello())
    assert status == 200
    ask(server.url, hello("nobody"))
    time.sleep(0.2)
    lines = output_of(server)
    text = "\n".join(lines)
    for base in (
        "/v1beta/openai/",
        "/v1/projects/PROJECT/locations/LOCATION/endpoints/openapi",
        "/v1",
    ):
        assert server.url + base in text
    assert f"curl {server.url}{CHAT}" in text
    logged = [line for line in lines if line.startswith("POST ")]
    assert len(logged) == 2
    assert logged[0].startswith(f"POST {CHAT} gemini-2.5-flash 200 engine ")
    assert logged[0].endswith(" ms")
    assert " nobody 404 engine " in logged[1]
    assert " ms: models/nobody is not found" in logged[1]


def test_the_log_can_be_json_and_the_header_is_never_in_it() -> None:
    server = ServerProcess("--log-format", "json")
    ask(server.url, hello(), key="a-secret-key")
    ask(server.url, hello("a-secret-key"), key="a-secret-key")
    time.sleep(0.2)
    lines = output_of(server)
    entry, refused = [json.loads(line) for line in lines if line.startswith("{")]
    assert refused["error"].startswith("models/")
    assert "error" not in entry
    assert entry["method"] == "POST"
    assert entry["path"] == CHAT
    assert entry["model"] == "gemini-2.5-flash"
    assert entry["status"] == 200
    assert entry["source"] == "engine"
    assert entry["ms"] >= 0
    assert "a-secret-key" not in "\n".join(lines)


def test_a_taken_port_is_a_clear_message_and_exit_2() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "mockgem", "serve", "--port", str(port)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert f"127.0.0.1:{port} is used by another program" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_exit_0(number: int) -> None:
    server = ServerProcess("--quiet")
    assert json.loads(server.get("/_mockgem/health")) == {"status": "ok"}
    server.process.send_signal(number)
    assert server.process.wait(60) == 0
    assert server.process.stdout is not None
    server.process.stdout.close()


def test_only_given_keys_pass() -> None:
    server = ServerProcess("--quiet", "--api-key", "one", "--api-key", "two")
    assert ask(server.url, hello(), key="two")[0] == 200
    status, body = ask(server.url, hello(), key="three")
    assert status == 400
    assert body[0]["error"]["message"] == "Please pass a valid API key"
    server.stop()


def test_lenient_forgives_unknown_models_and_fields() -> None:
    server = ServerProcess("--quiet", "--lenient")
    status, body = ask(server.url, hello("gpt-4o", store=True, seed=1, n=2, frequency_penalty=1))
    assert status == 200
    assert body["model"] == "gpt-4o"
    assert len(body["choices"]) == 2
    server.stop()


def test_command_line_over_environment_over_file(tmp_path: Path) -> None:
    file = tmp_path / "mockgem.toml"
    file.write_text(
        'api_key = ["from-file"]\nenforce_retirements = true\nquiet = true\nlog_format = "json"\n'
    )
    server = ServerProcess("--config", str(file))
    assert ask(server.url, hello(), key="from-file")[0] == 200
    status, body = ask(server.url, hello("gemini-2.0-flash"), key="from-file")
    assert (status, body[0]["error"]["status"]) == (404, "NOT_FOUND")
    server.stop()
    server = ServerProcess("--config", str(file), env={"MOCKGEM_API_KEY": "from-environment"})
    assert ask(server.url, hello(), key="from-file")[0] == 400
    assert ask(server.url, hello(), key="from-environment")[0] == 200
    server.stop()
    server = ServerProcess(
        "--api-key",
        "from-line",
        env={"MOCKGEM_API_KEY": "from-environment", "MOCKGEM_CONFIG": str(file)},
    )
    assert ask(server.url, hello(), key="from-environment")[0] == 400
    assert ask(server.url, hello(), key="from-line")[0] == 200
    server.stop()


def test_a_settings_file_adds_models_and_aliases(tmp_path: Path) -> None:
    file = tmp_path / "mockgem.yaml"
    file.write_text(
        "quiet: true\nmodels:\n  - id: my-tuned-model\n    like: gemini-2.5-pro\n"
        "aliases:\n  fast: gemini-2.5-flash-lite\n"
    )
    server = ServerProcess("--config", str(file))
    status, body = ask(server.url, hello("my-tuned-model"))
    assert (status, body["model"]) == (200, "my-tuned-model")
    assert ask(server.url, hello("fast"))[0] == 200
    assert ask(server.url, hello("slow"))[0] == 404
    server.stop()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "prot = 1\n",
            "is not a setting: did you mean port?",
        ),
        ("port = 'x'\n", "is not valid: use a whole number from 0 to 65535"),
        ("port = \n", "Invalid value"),
        ("[aliases]\nfast = 'no-model'\n", "refers to 'no-model', which is not a model"),
    ],
)
def test_a_bad_settings_file_says_where_and_why(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "mockgem.toml"
    file.write_text(text)
    result = CliRunner().invoke(main, ["serve", "--port", "0", "--config", str(file)])
    assert result.exit_code == 2
    assert says in result.output


def test_python_m_version_help_and_completion() -> None:
    run = lambda *command, **more: subprocess.run(  # noqa: E731
        [sys.executable, "-m", "mockgem", *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,
    )
    assert run("--version").stdout.startswith("mockgem, version 0.")
    assert "endpoints" in run("--help").stdout
    assert "MOCKGEM" not in run("serve", "--help").stderr
    completed = CliRunner().invoke(
        main, [], env={"_MOCKGEM_COMPLETE": "bash_source"}, prog_name="mockgem"
    )
    assert "complete" in completed.output


def test_it_works_without_the_quick_libraries(tmp_path: Path) -> None:
    """uvloop and orjson hidden: the same answers, to the byte."""
    for name in ("uvloop", "orjson"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('hidden')\n")
    quick = ServerProcess("--quiet")
    plain = ServerProcess(
        "--quiet", env={"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    )
    for body in (
        hello(),
        hello(stream=False, reasoning_effort="none"),
        {"model": "gemini-2.5-flash", "messages": "é\u2028"},
    ):
        assert ask(quick.url, body) == ask(plain.url, body)
    assert quick.stop() == plain.stop() == 0


def test_hash_randomisation_changes_nothing() -> None:
    answers = []
    for seed in ("0", "1"):
        server = ServerProcess("--quiet", env={"PYTHONHASHSEED": seed})
        tools = [
            {
                "type": "function",
                "function": {
                    "name": "f",
                    "parameters": {
                        "type": "object",
                        "properties": {"city": {}, "n": {"type": "integer"}},
                        "required": ["city", "n"],
                    },
                },
            }
        ]
        answers.append(
            [ask(server.url, hello()), ask(server.url, hello(tools=tools, tool_choice="required"))]
        )
        server.stop()
    assert answers[0] == answers[1]


@pytest.mark.parametrize("token", ["", "my-own-token"])
def test_only_a_generated_admin_token_is_printed(token: str) -> None:
    settings = Settings(host="0.0.0.0", admin_token=token)
    if not token:
        settings = settings.replace(admin_token=GeneratedToken("made-token"))
    runner = CliRunner()
    with runner.isolation() as (output, *_):
        print_greeting(settings, 8090)
        printed = output.getvalue().decode()
    assert ("Admin token: made-token" in printed) == (not token)
    assert "my-own-token" not in printed


def test_an_error_of_a_file_is_not_reported_as_an_address_that_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "cassettes"
    folder.write_text("a file")
    options = ["record", "--port", "0", "--cassette", str(folder / "new.yaml")]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 2
    assert "listen" not in result.output
    assert f"Error: {folder}: File exists" in result.output or str(folder) in result.output


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"record_mode": "once"}, "once: everything is recorded from http://u"),
        ({"record_mode": "all"}, "all: every request is recorded from http://u"),
        ({"record_mode": "none"}, "none: it answers"),
        ({"record_mode": "verify"}, "verify: the answers of http://u are compared with it"),
    ],
)
def test_the_greeting_says_what_happens_with_the_cassette(
    options: dict[str, str], line: str, tmp_path: Path
) -> None:
    cassette = tmp_path / "c.yaml"
    settings = Settings(cassette=str(cassette), upstream="http://u", **options)
    assert describe_cassette(settings) == f"{cassette}, mode {line}"


def test_the_greeting_says_that_a_cassette_is_not_recorded_again(tmp_path: Path) -> None:
    cassette = tmp_path / "c.yaml"
    cassette.write_text("interactions: []\nversion: 1\n")
    text = describe_cassette(Settings(cassette=str(cassette), record_mode="once"))
    assert text.endswith("mode once: it exists, so it answers and nothing is recorded")
    assert describe_cassette(Settings()) == ""
