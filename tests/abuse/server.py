"""A mockgem server under attack: its process, its memory, and an ordinary client beside it."""

from __future__ import annotations

import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.abuse.drill import Failed, require

CHAT = "/v1beta/openai/chat/completions"
HEADERS = {"Authorization": "Bearer any-key", "Content-Type": "application/json"}
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0
"""Seconds until a client of a drill gives up."""


class Server:
    """`mockgem serve` or `mockgem record` as a process on a free port; its log goes to a file.

    `wrapper` is a program that starts it, with options.
    """

    def __init__(
        self,
        *options: str,
        command: str = "serve",
        descriptors: int = 0,
        wrapper: Sequence[str] = (),
    ) -> None:
        self.log = tempfile.NamedTemporaryFile("w+", prefix="mockgem-drill-")  # noqa: SIM115
        arguments = build_command(*options, command=command, wrapper=wrapper)
        self.process = subprocess.Popen(
            arguments,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={key: text for key, text in os.environ.items() if not key.startswith("MOCKGEM_")},
            preexec_fn=(lambda: limit_descriptors(descriptors)) if descriptors else None,
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        if "listens on " not in first:
            raise Failed(f"the server did not start: {first}{self.read_log()}")
        self.url = first.rsplit("listens on ", 1)[1].strip()
        self.port = int(self.url.rpartition(":")[2])
        threading.Thread(target=self.drain_output, daemon=True).start()

    def drain_output(self) -> None:
        """Read what the server prints, so that it never waits for a reader."""
        assert self.process.stdout is not None
        for _ in self.process.stdout:
            pass

    def read_log(self) -> str:
        """Return what the server wrote to its log."""
        return Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        return self.read_status("VmRSS")

    def peak_memory(self) -> float:
        """Return the largest resident memory so far in MiB."""
        return self.read_status("VmHWM")

    def read_status(self, name: str) -> float:
        """Return a size from the kernel's status of the process in MiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        return 0.0

    def count_descriptors(self) -> int:
        """Return the number of open files and sockets."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def processor_time(self) -> float:
        """Return the processor time that the process has used, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def connect(self) -> socket.socket:
        """Return a new connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def kill(self) -> None:
        """End the process at once (SIGKILL)."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """End the process with SIGTERM and return its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failed(f"the server did not stop within {PATIENCE:g} s") from None


def build_command(*options: str, command: str = "serve", wrapper: Sequence[str] = ()) -> list[str]:
    return [*wrapper, sys.executable, "-m", "mockgem", command, "--port", "0", *options]


def limit_descriptors(number: int) -> None:
    """Allow this process only some open files."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))


@contextmanager
def running(*options: str, **more: Any) -> Iterator[Server]:
    """Run a server; at the end it must still answer, stop cleanly and log no traceback."""
    server = Server(*options, **more)
    try:
        yield server
        require(ask(server.port)[0] == 200, "an ordinary request fails after the drill")
        code = server.stop()
        require(code == 0, f"the server ended with exit code {code}")
        log = server.read_log()
        require("Traceback" not in log, f"the log has a traceback:\n{log[-3000:]}")
    finally:
        if server.process.poll() is None:
            server.kill()
        server.log.close()


def chat(text: str, **more: Any) -> bytes:
    """Return the body of a chat request."""
    question = {"role": "user", "content": text}
    return json.dumps({"model": "gemini-2.5-flash", "messages": [question], **more}).encode()


def ask(
    port: int,
    body: bytes | None = None,
    path: str = CHAT,
    method: str = "POST",
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    """Send one request on a new connection. Raises OSError or HTTPException."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        link.request(
            method,
            path,
            chat("Are you there?") if body is None and method == "POST" else body,
            HEADERS | (headers or {}),
        )
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


class Bystander:
    """An ordinary client that asks all the time and remembers how long it had to wait.

    `longest` is in seconds, and for the report. `most_work` decides: the processor time that the
    server used while the client waited, which is the same on a busy machine.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.longest = self.most_work = 0.0
        self.count = 0
        self.failures: list[str] = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.ask_repeatedly)

    def ask_repeatedly(self) -> None:
        """Ask until the drill is over."""
        while not self.ended.wait(0.02):
            began, before = time.monotonic(), self.server.processor_time()
            try:
                status, _ = ask(self.server.port)
            except (OSError, http.client.HTTPException) as error:
                status, failure = 0, f"{type(error).__name__}: {error}"
            else:
                failure = "" if status == 200 else f"status {status}"
            if failure:
                self.failures.append(failure)
            self.count += 1
            self.longest = max(self.longest, time.monotonic() - began)
            self.most_work = max(self.most_work, self.server.processor_time() - before)

    def __enter__(self) -> Bystander:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join(PATIENCE)

    def require_answers(self, most_work: float) -> str:
        """Return a phrase about the answers; raise Failed if one failed, or if the server worked
        for longer than this, in seconds of processor time, before it answered one."""
        require(self.count > 0, "the ordinary client was never answered")
        require(not self.failures, f"ordinary requests failed: {self.failures[:3]}")
        text = f"the server worked for {self.most_work:.2f} s before it answered a request"
        require(self.most_work < most_work, text)
        return f"{self.count} ordinary requests meanwhile, the slowest {self.longest * 1000:.0f} ms"
