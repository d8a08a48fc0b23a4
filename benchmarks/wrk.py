"""Load from wrk, a program in C (Debian: `apt-get install wrk`).

A request costs wrk some 10 µs of processor time, far less than the server's work for it. So a
server with two workers and its load fit on two cores, which they do not with a load in Python.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from benchmarks.workloads import Workload

INSTALL = "apt-get install -y wrk"
PLACE = 987654321
"""Stands in a body for the number of a request, which makes it a question of its own."""
STEP = 1_000_000
"""Numbers of one round: no round asks what another one has asked."""
STARTS: Iterator[int] = count(STEP, STEP)
SCRIPT = """
local parts = {%(parts)s}
local number = %(start)d
local head = "POST %(path)s HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nAuthorization: Bearer any-key\\r\\n" ..
    "Content-Type: application/json\\r\\nContent-Length: "
function request()
    number = number + 1
    local body = table.concat(parts, tostring(number))
    return head .. #body .. "\\r\\n\\r\\n" .. body
end
function done(summary)
    local errors = summary.errors
    io.write(string.format('\\n{"requests": %%d, "microseconds": %%d, "failures": %%d}\\n',
        summary.requests, summary.duration,
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Round:
    """What one run of wrk did.

    Attributes:
        requests: Requests that were answered.
        seconds: How long they took.
        load_cpu: Seconds of processor time that wrk took.
    """

    requests: int
    seconds: float
    load_cpu: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def require_wrk() -> None:
    """End the program with what to do if wrk is missing."""
    if shutil.which("wrk") is None:
        sys.exit(f"This measurement needs wrk: {INSTALL}")


def drive(port: int, workload: Workload, connections: int, seconds: int) -> Round:
    """Send requests for some seconds. Raises ValueError if one of them fails."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(build_script(workload))
        script.flush()
        command = ["wrk", "--threads", "1", "--connections", str(connections)]
        command += ["--duration", f"{seconds}s", "--timeout", "30s", "--script", script.name]
        before = read_children_cpu()
        run = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        )
    found = json.loads(run.stdout.splitlines()[-1])
    if found["failures"]:
        raise ValueError(f"{workload.title}: {found}")
    return Round(found["requests"], found["microseconds"] / 1e6, read_children_cpu() - before)


def build_script(workload: Workload) -> str:
    """Return the Lua script with the requests of a workload."""
    body = json.dumps(workload.make(PLACE))
    pieces = body.split(str(PLACE)) if workload.is_new else [body]
    parts = ", ".join(f"[==[{piece}]==]" for piece in pieces)
    return SCRIPT % {"parts": parts, "start": next(STARTS), "path": workload.path}


def read_children_cpu() -> float:
    """Return the seconds of processor time of the programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
