"""Server processes on the first core, and how much time and memory they use."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))


class Process:
    """A server process on the first core.

    It prints its address in its first line, unless its `port` is given.
    """

    def __init__(self, *command: str, program: str = sys.executable, port: int = 0) -> None:
        self.began = time.perf_counter()
        core = {CORES[0]}
        self.process = subprocess.Popen(
            [program, *command],
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, core),
        )
        assert self.process.stdout is not None
        self.port = port or int(self.process.stdout.readline().strip().rpartition(":")[2])

    def cpu(self) -> float:
        """Return the seconds of processor time of all threads, to the nanosecond."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


def start_bare(*options: str) -> Process:
    """Start the server for comparison."""
    return Process(str(Path(__file__).parent / "bare.py"), *options)


def start_mockgem(*options: str) -> Process:
    return start_command("serve", *options)


def start_command(command: str, *options: str) -> Process:
    """Start a command of mockgem that serves."""
    return Process("-m", "mockgem", command, "--port", "0", "--quiet", *options)
