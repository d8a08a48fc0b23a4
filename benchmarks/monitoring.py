"""Measure what metrics, traces, request ids and costs take, and that they take nothing when off.

`python benchmarks/monitoring.py` prints the processor time of one repeated chat in the server's
handler, without a network, for each option, and how many functions the chat calls. Run it in a
checkout before a change, too, to compare. Nothing here is a test.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from mockgem.app.factory import App, create_app
from mockgem.config.options import list_options
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest
from mockgem.core.scheduling import run_interleaved

ROUNDS, REQUESTS = 15, 2_000
PATH = "/v1beta/openai/chat/completions"
HEADERS = {
    "authorization": "Bearer k",
    "content-type": "application/json",
    "host": "127.0.0.1:8090",
}
CHAT = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
BODY = json.dumps(CHAT).encode()
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"request_ids": True},
    {"metrics": True},
    {"costs": True},
    {"traces": True},
)


def send(app: App, count: int) -> None:
    for _ in range(count):
        wire = WireRequest("POST", PATH, headers=HEADERS, body=BODY, target=PATH)
        run_interleaved([app.handler(wire)])


def measure(app: App) -> tuple[float, float]:
    """Return the least and the median microseconds of a request, with a full journal."""
    send(app, 3_000)
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        send(app, REQUESTS)
        rounds.append((time.process_time() - began) / REQUESTS * 1e6)
    return min(rounds), statistics.median(rounds)


def count_calls(app: App) -> tuple[int, int]:
    """Return how many functions of Python and of C one request calls."""
    counts = {"call": 0, "c_call": 0}

    def count(frame: Any, event: str, argument: Any) -> None:
        if event in counts:
            counts[event] += 1

    sys.setprofile(count)
    send(app, 1)
    sys.setprofile(None)
    return counts["call"], counts["c_call"]


def main() -> None:
    os.environ.setdefault("OTEL_TRACES_EXPORTER", "none")
    known = list_options()
    for options in OPTIONS:
        if not options.keys() <= known.keys():
            continue
        app = create_app(Settings(**options))
        least, median = measure(app)
        calls, c_calls = count_calls(app)
        name = " ".join(options) or "off"
        print(f"{name:12} {least:6.1f} µs (median {median:.1f}), {calls} + {c_calls} calls")


if __name__ == "__main__":
    main()
