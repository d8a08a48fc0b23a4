"""A server as the first process of a container: read-only files, no root, no capabilities.

bubblewrap makes the container from this machine's own files: namespaces for processes and users, a
read-only root, `/tmp` in memory, and one folder for the state. Container runtimes do the same with
the files of an image.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.abuse.drill import Effort, Failed, drill, require
from tests.abuse.kills import wait_until
from tests.abuse.server import PATIENCE, Server, ask, build_command, chat
from tests.abuse.traffic import read_stream

ROOT = Path(__file__).parent.parent.parent
USER = 10001
STATE = "/mnt"
"""Where the container has the folder for the state: all systems have this folder."""
INSTALL = "apt-get install -y bubblewrap"
STREAMS = 12
ANSWERS = """
import os, time

def answer(request):
    child = os.fork()
    if not child:
        if not os.fork():
            time.sleep(0.2)
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Each call leaves a process without a parent, which the first process of a container inherits."""


@drill(
    "the first process of a container, read-only and without root",
    "SIGTERM lets streams end, exit code 0; only /tmp and the state are written",
)
def stop_in_container(effort: Effort) -> str:
    seen = [check_container(workers) for workers in (1, 2)]
    return f"{STREAMS} streams ended whole, exit code 0, " + "; ".join(seen)


@drill(
    "SIGTERM to the first process of a container while it starts",
    "it ends at once, not when the runtime kills it",
)
def stop_early_in_container(effort: Effort) -> str:
    for options in ((), ("--workers", "2")):
        with tempfile.TemporaryDirectory() as folder:
            command = [*build_command(*options, wrapper=(*build_wrapper(folder), "--"))]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            try:
                wait_until(lambda: catches_sigterm(process.pid))  # noqa: B023
                os.kill(read_children(process.pid)[0], signal.SIGTERM)
                words, _ = process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
            require(not words, f"the server started nevertheless: {words}")
            code = process.returncode
            require(code == 128 + signal.SIGTERM, f"the exit code was {code}")
    return f"exit code {128 + signal.SIGTERM}, without a word, with and without workers"


@drill(
    "a worker killed in a container",
    "another one takes its place; no process stays as a zombie",
)
def reap_in_container(effort: Effort) -> str:
    kills = max(3, effort.kills // 20)
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.py"
        answers.write_text(ANSWERS)
        with container(folder, "--workers", "2", "--answers", f"{STATE}/answers.py") as server:
            for _ in range(kills):
                require(ask(server.port)[0] == 200, "a chat fails")
                victim = server.list_workers()[0]
                os.kill(victim, signal.SIGKILL)
                wait_until(lambda: victim not in server.list_workers())  # noqa: B023
                wait_until(lambda: len(server.list_workers()) == 2)
            wait_until(lambda: not server.list_zombies())
            require(server.end() == 0, "the exit code is not 0")
    return f"{kills} kills, {kills} processes inherited, no zombie"


class Container(Server):
    """A server that is the first process of a container. `folder` is where its state is."""

    def __init__(self, folder: str, *options: str) -> None:
        super().__init__("--quiet", "--no-tls", *options, wrapper=(*build_wrapper(folder), "--"))
        self.first = read_children(self.process.pid)[0]

    def list_workers(self) -> list[int]:
        """Return the processes that run under the first one."""
        return [one for one in read_children(self.first) if read_state(one) not in ("Z", "")]

    def list_zombies(self) -> list[int]:
        return [one for one in read_children(self.first) if read_state(one) == "Z"]

    def read_own(self, name: str) -> str:
        """Return what the kernel says of the first process."""
        for line in Path(f"/proc/{self.first}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return line.partition(":")[2].strip()
        return ""

    def end(self) -> int:
        """Send SIGTERM to the first process, as a runtime does, and return the exit code."""
        os.kill(self.first, signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failed(f"SIGTERM did not end the container within {PATIENCE:g} s") from None


def build_wrapper(folder: str) -> list[str]:
    """Return the beginning of a command that runs in a container. Raises Failed without
    bubblewrap."""
    install_bubblewrap()
    if shutil.which("bwrap") is None:
        raise Failed(f"this drill needs bubblewrap: {INSTALL}")
    needed = dict.fromkeys([str(ROOT), sys.prefix, sys.base_prefix])
    return [
        *("bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),
        *[word for path in needed for word in ("--ro-bind", path, path)],
        *("--bind", folder, STATE, "--chdir", "/", "--die-with-parent"),
        *("--unshare-user", "--uid", str(USER), "--gid", str(USER), "--cap-drop", "ALL"),
        *("--unshare-pid", "--as-pid-1", "--unshare-ipc", "--setenv", "TMPDIR", "/tmp"),
        *("--setenv", "HOME", "/home/mockgem", "--setenv", "PYTHONPATH", str(ROOT)),
    ]


def install_bubblewrap() -> None:
    """Install bubblewrap where that is possible."""
    if shutil.which("bwrap") or shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    subprocess.run(["apt-get", "update", "-qq"], check=True, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "bubblewrap"]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def container(folder: str, *options: str) -> Iterator[Container]:
    """Run a server in a container; its log must have no traceback."""
    server = Container(folder, *options)
    try:
        yield server
        log = server.read_log()
        require("Traceback" not in log, f"the log has a traceback:\n{log[-3000:]}")
    finally:
        if server.process.poll() is None:
            server.kill()
        server.log.close()


def check_container(workers: int) -> str:
    """Use a server in a container, and stop it while it streams. Return what was seen."""
    with tempfile.TemporaryDirectory() as folder:
        options = "--workers", str(workers), "--state", f"{STATE}/state", "--metrics"
        with container(folder, *options, "--stop-delay", "1", "--chunk-delay", "0.05") as server:
            check_isolation(server)
            name = upload(server)
            stop_while_streaming(server)
        with container(folder, *options) as server:
            status, _ = ask(server.port, path=f"/v1beta/{name}", method="GET")
            require(status == 200, f"the file of the first container got {status} in the second")
            require(server.end() == 0, "the exit code is not 0")
    return f"{workers} worker{'s' if workers > 1 else ''}: the state is there afterwards"


def check_isolation(server: Container) -> None:
    """Require that the server is where the drill wants it. Raises Failed."""
    require(server.read_own("NSpid").split()[-1] == "1", "the server is not the first process")
    require(int(server.read_own("CapEff"), 16) == 0, "the server has capabilities")
    mapped = Path(f"/proc/{server.first}/uid_map").read_text().split()
    require(mapped[0] == str(USER), f"the server runs as {mapped[0]}")
    mounts = Path(f"/proc/{server.first}/mountinfo").read_text().splitlines()
    root = next(line.split() for line in mounts if line.split()[4] == "/")
    require("ro" in root[5].split(","), "the root of the files can be written")
    for path in ("health", "ready", "metrics", "journal"):
        status, _ = ask(server.port, path=f"/_mockgem/{path}", method="GET")
        require(status == 200, f"{path} got {status}")


def upload(server: Container) -> str:
    """Upload a file that is larger than what is kept in memory; return its name."""
    headers = {"X-Goog-Upload-Protocol": "raw", "Content-Type": "text/plain"}
    status, body = ask(server.port, b"x" * 20_000_000, "/upload/v1beta/files", headers=headers)
    require(status == 200, f"an upload got {status}: {body[:300]!r}")
    return str(json.loads(body)["file"]["name"])


def stop_while_streaming(server: Container) -> None:
    """Send SIGTERM while streams are open. All must end whole, and the exit code must be 0."""
    ends: Counter[bool] = Counter()
    started = threading.Barrier(STREAMS + 1)

    def stream(number: int) -> None:
        body = chat(f"Tell me more, part {number}", stream=True)
        ends[read_stream(server.port, body, started)] += 1

    threads = [threading.Thread(target=stream, args=(number,)) for number in range(STREAMS)]
    for thread in threads:
        thread.start()
    started.wait(PATIENCE)
    os.kill(server.first, signal.SIGTERM)
    ready = ask_while_draining(server)
    code = server.process.wait(PATIENCE)
    for thread in threads:
        thread.join(PATIENCE)
    require(code == 0, f"the exit code was {code}")
    require(ends == {True: STREAMS}, f"{ends[False]} of {STREAMS} streams were cut")
    require(ready == 503, f"ready got {ready} after the signal")


def ask_while_draining(server: Container) -> int:
    """Return what `ready` answers once the signal has arrived."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            status, _ = ask(server.port, path="/_mockgem/ready", method="GET")
        except OSError:
            return 0
        if status != 200:
            return status
        time.sleep(0.01)
    return 200


def catches_sigterm(wrapper: int) -> bool:
    """Return whether the first process of a container has a handler for SIGTERM."""
    children = read_children(wrapper)
    if not children or "python" not in os.readlink(f"/proc/{children[0]}/exe"):
        return False
    for line in Path(f"/proc/{children[0]}/status").read_text().splitlines():
        if line.startswith("SigCgt:"):
            return bool(int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
    return False


def read_children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def read_state(process: int) -> str:
    """Return the letter for the state of a process, "" for one that is gone."""
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[0]
