"""The supervisor: it replaces workers, passes signals on, and reads settings again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockgem.cli import main
from tests.workers.servers import CHAT, HEADERS, PATIENCE, WorkerServer, serving, wait_for

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, which is empty again at the end."""
    with tempfile.TemporaryDirectory(prefix="m", dir="/tmp") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)
        wait_for(lambda: not os.listdir(folder))


def run_serve(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mockgem", "serve", "--workers", "2", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_processes_with_exit_0(temporary: Path, number: int) -> None:
    server = WorkerServer("--quiet", workers=3)
    workers = server.list_workers()
    assert len(workers) == 3
    assert len(os.listdir(temporary)) == 1
    server.process.send_signal(number)
    assert server.process.wait(PATIENCE) == 0
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    server.close()


def test_the_address_is_printed_once_when_all_are_ready() -> None:
    server = WorkerServer(workers=3)
    assert [server.connect().ask()[0] for _ in range(12)] == [200] * 12
    text = server.close()
    assert "mockgem listens on" not in text  # the first line, which was read already
    assert text.count("Try it:") == 1
    assert text.count(f"POST {CHAT} gemini-2.5-flash 200 engine") == 12


@pytest.mark.slow
def test_open_answers_finish_after_a_signal_and_new_connections_are_refused() -> None:
    server = WorkerServer("--drain", "60")
    pair = server.connect_to_each()
    pair[0].send("POST", "/_mockgem/scenario/rules", {"latency": {"head": "8s"}})
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: statuses.append(one.ask()[0])) for one in pair
    ]
    for thread in threads:
        thread.start()
    control = server.connect()
    wait_for(lambda: control.get("/_mockgem/scenario")["plays"]["added"]["running"] == 2)
    server.process.terminate()
    wait_for(lambda: is_refused(server.address))
    for thread in threads:
        thread.join()
    assert statuses == [200, 200]
    assert "Stopping. Open answers (1) have 60 s to finish" in server.close()
    assert server.process.returncode == 0


def is_refused(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return True
    return False


def test_a_second_signal_ends_open_answers() -> None:
    server = WorkerServer("--drain", "600")
    one = server.connect()
    one.send("POST", "/_mockgem/scenario/rules", {"latency": {"head": "500s"}})
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hi"}]}
    one.http.request("POST", CHAT, json.dumps(body).encode(), HEADERS)
    control = server.connect()
    wait_for(lambda: control.get("/_mockgem/scenario")["plays"]["added"]["running"] == 1)
    server.process.send_signal(signal.SIGINT)
    wait_for(lambda: is_refused(server.address))
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0
    server.close()


def test_a_killed_worker_is_replaced_and_the_log_says_so() -> None:
    server = WorkerServer("--quiet")
    victim = server.list_workers()[0]
    os.kill(victim, signal.SIGKILL)
    server.wait_for_workers(victim)
    assert [server.connect().ask()[0] for _ in range(10)] == [200] * 10
    text = server.close()
    assert f"Worker 1 (process {victim}) was killed by SIGKILL. Another process takes" in text
    assert server.process.returncode == 0


@pytest.mark.slow
def test_connections_wait_while_a_worker_is_replaced() -> None:
    with serving() as server:
        for _ in range(5):
            victim = server.list_workers()[0]
            os.kill(victim, signal.SIGKILL)
            assert [server.connect().ask()[0] for _ in range(8)] == [200] * 8
            server.wait_for_workers(victim)


def test_workers_end_when_the_supervisor_is_killed(temporary: Path) -> None:
    server = WorkerServer("--quiet")
    workers = server.list_workers()
    server.process.kill()
    server.process.wait(PATIENCE)
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    server.close()


@pytest.mark.slow
def test_workers_that_end_at_once_end_the_server(tmp_path: Path) -> None:
    """The file works when the supervisor checks it, and ends each worker that imports it."""
    answers = tmp_path / "answers.py"
    answers.write_text(
        f"import os\nif os.getppid() == {os.getpid()}:\n    "
        "def answer(request):\n        return None\nelse:\n    os._exit(3)\n"
    )
    done = run_serve("--port", "0", "--answers", str(answers))
    assert done.returncode == 1
    assert "5 workers in a row ended as soon as they had started" in done.stderr
    assert "ended with 3" in done.stderr
    assert "Traceback" not in done.stderr
    assert "listens on" not in done.stdout


@pytest.mark.slow
def test_settings_that_can_not_be_used_are_one_message(tmp_path: Path) -> None:
    done = run_serve("--port", "0", "--scenario", "nothing-like-this")
    assert done.returncode == 2
    assert "there is no scenario 'nothing-like-this'" in done.stderr
    folder = tmp_path / "file"
    folder.write_text("")
    done = run_serve("--port", "0", "--state", str(folder))
    assert done.returncode == 2
    assert "is a file: choose a folder with --state" in done.stderr


@pytest.mark.slow
def test_a_cassette_is_refused(tmp_path: Path) -> None:
    cassette = tmp_path / "calls.yaml"
    cassette.write_text("interactions: []\nversion: 1\n")
    for more in ((), ("--record-mode", "new_episodes"), ("--on-miss", "record")):
        done = run_serve("--port", "0", "--cassette", str(cassette), *more)
        assert done.returncode == 2
        assert "--cassette does not work with --workers 2" in done.stderr


@pytest.mark.slow
def test_a_port_that_another_server_uses_is_refused() -> None:
    with serving() as server:
        port = server.address.rpartition(":")[2]
        done = run_serve("--port", port)
        assert done.returncode == 2
        assert f"127.0.0.1:{port} is used by another program" in done.stderr


@pytest.mark.slow
def test_sighup_reads_the_settings_file_again(tmp_path: Path) -> None:
    config = tmp_path / "mockgem.toml"
    config.write_text("seed = 1\n")
    server = WorkerServer("--quiet", "--config", str(config))
    before, workers = server.connect().ask("a")[1], server.list_workers()
    config.write_text("seed = 2\nworlds = 0\n")
    server.process.send_signal(signal.SIGHUP)
    server.wait_for_words("The server keeps the earlier settings.")
    assert server.list_workers() == workers
    config.write_text("seed = 2\n")
    server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: len(set(server.list_workers()) - set(workers)) == 2)
    after = server.connect().ask("a")[1]
    assert after["choices"] != before["choices"]
    text = server.close()
    assert "worlds = 0" in text
    assert "The server keeps the earlier settings." in text
    assert "has changed: seed" in text
    assert "The server has restarted with the new settings." in text


@pytest.mark.slow
def test_watch_reads_the_settings_file_when_it_changes(tmp_path: Path) -> None:
    config = tmp_path / "mockgem.toml"
    config.write_text("scenario = 'overloaded'\nwatch = true\nworkers = 2\n")
    server = WorkerServer("--quiet", "--config", str(config))
    assert server.connect().ask()[0] == 503
    config.write_text("watch = true\nworkers = 3\n")
    wait_for(lambda: server.connect().ask()[0] == 200)
    assert [server.connect().ask()[0] for _ in range(10)] == [200] * 10
    server.close()
    assert server.process.returncode == 0


@pytest.mark.slow
def test_a_fault_refuses_connections_at_all_workers() -> None:
    with serving() as server:
        control, *_ = server.connect_to_each()
        fault = {"fault": "refuse", "for": "6s"}
        control.send("POST", "/_mockgem/scenario/rules", {"when": {"times": 1}, "faults": [fault]})
        with pytest.raises(OSError):
            server.connect().ask()
        refused = [is_refused(server.address) for _ in range(20)]
        assert all(refused)
        wait_for(lambda: not is_refused(server.address))
        wait_for(lambda: len(server.connect_to_each()) == 2)


def test_a_system_without_fork_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    done = CliRunner().invoke(main, ["serve", "--port", "0", "--workers", "2"])
    assert done.exit_code == 2
    assert "--workers 2 needs a system with fork, like Linux or macOS" in done.output
