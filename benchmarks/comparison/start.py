"""Measure how long a server takes until its first answer, and its memory after that.

    python benchmarks/comparison/start.py PORT COMMAND …

The command has to listen on the port. The script starts it five times, and ends it each time. It
prints the shortest time, because other programs on the machine only add to it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROUNDS, SECONDS = 5, 60


def measure(port: str, command: list[str]) -> tuple[float, float]:
    """Return the seconds until any HTTP answer, and the resident MiB one second later."""
    began = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not has_answer(f"http://127.0.0.1:{port}/"):
            if time.perf_counter() - began > SECONDS or server.poll() is not None:
                raise TimeoutError(f"nothing answers on port {port}")
            time.sleep(0.01)
        seconds = time.perf_counter() - began
        time.sleep(1)
        return seconds, read_memory(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def has_answer(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError as refusal:
        refusal.close()
    except OSError:
        return False
    return True


def read_memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    rounds = [measure(sys.argv[1], sys.argv[2:]) for _ in range(ROUNDS)]
    fastest = min(seconds for seconds, _ in rounds)
    memory = statistics.median(mebibytes for _, mebibytes in rounds)
    print(f"{fastest:.2f} s until the first answer, {memory:.0f} MiB")
