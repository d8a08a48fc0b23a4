"""`make bench`: measure mockgem, and its ratio to a bare aiohttp server in the same run.

The servers run on one core in turn, and the load on another one. The results are medians of several
rounds. `make bench ARGS="start_up memory"` measures only some parts, and `ARGS="rates chat stream"`
some rows of the table. Nothing here is a test.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import curves
import load
import peers
import rates
import retrieval
import slow_streams
from pages import write_section
from processes import CORES, Process, start_bare, start_command, start_mockgem
from results import write_table
from workloads import CHAT

SCENARIO = str(Path(__file__).parent / "fifth_call_fails.yaml")


def build_chat(text: str, **more: object) -> bytes:
    return json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}], **more}
    ).encode()


def repeat(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def measure_rates() -> None:
    """Measure the table of workloads, and write it into docs/performance.md if it is whole."""
    chosen = [name for name in sys.argv[2:] if sys.argv[1] == "rates"]
    rows = rates.measure_table(chosen)
    if not chosen:
        write_table(rows)


def measure_retrieval() -> None:
    """Measure questions about 1,000 chunks: of one document, and of 1,000 documents."""
    for documents in (1, retrieval.CHUNKS):
        print(retrieval.measure(documents), flush=True)


def measure_curves() -> None:
    """Measure how the work grows, and write the table into docs/performance.md."""
    found = []
    for curve in curves.measure_curves():
        print(curves.format_curve(curve), flush=True)
        found.append(curve)
    write_section("curves", curves.format_table(found))


STARTS: dict[str, tuple[Callable[[], Process], str]] = {
    "bare": (start_bare, "/chat"),
    "mockgem": (start_mockgem, CHAT),
    "with a scenario": (lambda: start_mockgem("--scenario", SCENARIO), CHAT),
}
"""Servers whose starts are compared, and the path of a chat."""


def measure_start_up(rounds: int = 15) -> None:
    """Measure the time, and the processor time, from the start to the first answered chat."""
    found: dict[str, list[tuple[float, float]]] = {title: [] for title in STARTS}
    for _ in range(rounds):
        for title, (start, path) in STARTS.items():
            found[title].append(time_first_answer(start, path))
    for title, times in found.items():
        parts = []
        for column, unit in enumerate(("", " of processor time")):
            both = zip(times, found["bare"], strict=True)
            ratio = statistics.median([one[column] / bare[column] for one, bare in both])
            median = statistics.median([one[column] for one in times])
            parts.append(f"{median * 1000:>5.0f} ms{unit}, ratio {ratio:.2f}")
        print(f"{f'ready (first chat), {title}':<38} {'; '.join(parts)}")


def time_first_answer(start: Callable[[], Process], path: str) -> tuple[float, float]:
    """Return the seconds until a new server has answered a chat, and those of its processor."""
    server = start()
    body = build_chat("Hello")
    headers = {"Authorization": "Bearer any-key", "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", body, headers)
    urllib.request.urlopen(request, timeout=10).read()
    took = time.perf_counter() - server.began, server.cpu()
    server.stop()
    return took


def measure_memory() -> None:
    for title, start, path in (("bare", start_bare, "/chat"), ("mockgem", start_mockgem, CHAT)):
        server = start()
        idle = server.memory()
        sent = repeat(load.build_request(path, build_chat("Hello")))
        load.drive(server.port, sent, 32, 5000)
        print(
            f"memory, {title:<26} idle {idle:.0f} MiB, after 5,000 chats {server.memory():.0f} MiB"
        )
        server.stop()


def measure_embeddings() -> None:
    """Measure embeddings of new texts: 1 and 100 per request, as base64 and as floats."""
    server = start_mockgem()
    for inputs in (1, 100):
        for form in ("base64", "float"):
            numbers = count(1)

            def make(
                inputs: int = inputs, form: str = form, numbers: count[int] = numbers
            ) -> bytes:
                texts = [
                    f"Explain to me how AI works in a few words, number {next(numbers)}"
                    for _ in range(inputs)
                ]
                body = {"model": "gemini-embedding-001", "input": texts, "encoding_format": form}
                return load.build_request("/v1beta/openai/embeddings", json.dumps(body).encode())

            began, total = time.perf_counter(), 2000 // inputs
            with load.connect(server.port) as link:
                for _ in range(total):
                    load.exchange(link, make())
            took = time.perf_counter() - began
            print(
                f"embeddings, {inputs:>3} a request as {form:<7} {total / took:>6.0f} requests/s, "
                f"{total * inputs / took:>6.0f} vectors/s of 3072 numbers"
            )
    server.stop()


def measure_upload(mebibytes: int = 200) -> None:
    """Measure the upload of a file in one request, and the server's memory before and at most."""
    with tempfile.TemporaryDirectory() as folder:
        for title, server in (
            ("memory", start_mockgem()),
            ("--state", start_mockgem("--state", folder)),
        ):
            before = server.memory()
            path = "/upload/v1beta/files"
            head = (
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nx-goog-api-key: k\r\n"
                f"X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain\r\n"
                f"Content-Length: {mebibytes << 20}\r\n\r\n"
            )
            most, began = 0.0, time.perf_counter()
            with load.connect(server.port) as link:
                link.settimeout(60)
                link.sendall(head.encode())
                for _ in range(mebibytes):
                    link.sendall(b"x" * (1 << 20))
                    most = max(most, server.memory())
                assert b" 200 OK" in link.recv(1 << 16)
            took = time.perf_counter() - began
            print(
                f"upload of {mebibytes} MiB, {title:<8} {mebibytes / took:.0f} MiB/s, "
                f"memory {before:.0f} MiB before, "
                f"{max(most, server.memory()):.0f} at most"
            )
            server.stop()


def measure_batch(lines: int = 50_000) -> None:
    """Measure a batch of chats from the poll that answers it to the last downloaded byte."""
    server = start_mockgem()
    rows = (
        {
            "custom_id": f"r{number}",
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": json.loads(build_chat(f"Tell me {number}")),
        }
        for number in range(lines)
    )
    data = "\n".join(map(json.dumps, rows)).encode()
    base = f"http://127.0.0.1:{server.port}"
    native = {"x-goog-api-key": "k"}

    def call(path: str, body: bytes | None = None, **more: str) -> Any:
        key = {"Authorization": "Bearer k"} if "/openai/" in path else native
        request = urllib.request.Request(
            base + path, body, {**key, **{k.replace("_", "-"): v for k, v in more.items()}}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())

    file = call("/upload/v1beta/files", data, X_Goog_Upload_Protocol="raw", Content_Type="jsonl")[
        "file"
    ]
    create = {
        "input_file_id": file["name"],
        "endpoint": "/v1/chat/completions",
        "completion_window": "24h",
    }
    state = call("/v1beta/openai/batches", json.dumps(create).encode())
    before, began = server.memory(), time.perf_counter()
    while state["status"] != "completed":
        state = call("/v1beta/openai/batches/" + state["id"])
    took = time.perf_counter() - began
    request = urllib.request.Request(
        f"{base}/v1beta/{state['output_file_id']}:download?alt=media", headers=native
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        size = sum(len(piece) for piece in iter(lambda: answer.read(1 << 20), b""))
    assert state["request_counts"]["completed"] == lines
    print(
        f"batch of {lines} chats: {took:.1f} s ({lines / took:.0f} lines/s), "
        f"output {size >> 20} MiB, "
        f"memory {before:.0f} MiB before, {server.memory():.0f} after"
    )
    server.stop()


def measure_worlds(number: int = 200) -> None:
    """Measure the memory of worlds with a file each, and after their deletion."""
    server = start_mockgem()
    before = server.memory()
    data = b"x" * 200_000
    head = (
        "Host: 127.0.0.1\r\nx-goog-api-key: k\r\n"
        "X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain"
    )

    def send_to_all(text: str, body: bytes = b"") -> None:
        with load.connect(server.port) as link:
            for world in range(number):
                line = text.format(world=f"w{world}")
                load.exchange(
                    link,
                    f"{line} HTTP/1.1\r\n{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                    + body,
                )

    readings = []
    for _ in range(3):
        send_to_all("POST /w/{world}/upload/v1beta/files", data)
        full = server.memory()
        send_to_all("DELETE /_mockgem/worlds/{world}")
        readings.append(f"{full:.0f} MiB full, {server.memory():.0f} empty")
    print(
        f"{number} worlds with a file of 200 kB each, three times: {before:.0f} MiB before; "
        + "; ".join(readings)
    )
    server.stop()


def measure_recording(many: int = 10_000) -> None:
    """Measure the first byte of a recorded stream, recording many chats, and replaying them."""
    with tempfile.TemporaryDirectory() as folder:
        cassette = ("--cassette", str(Path(folder) / "bench.yaml"))
        upstream = start_mockgem()
        base = f"http://127.0.0.1:{upstream.port}"
        recorder = start_command("record", *cassette, "--upstream", base)
        body = load.build_request(CHAT, build_chat("Write a story about a boat", stream=True))
        direct = statistics.median(time_first_byte(upstream.port, body) for _ in range(200))
        passed = statistics.median(time_first_byte(recorder.port, body) for _ in range(200))
        print(
            f"first byte of a stream: {direct * 1000:.2f} ms direct, "
            f"{passed * 1000:.2f} ms through the recorder"
        )
        began = time.perf_counter()
        thousand = []
        for start in range(0, many, 1000):
            before = time.perf_counter()
            load.drive(recorder.port, number_chats(start), 32, 1000)
            thousand.append(time.perf_counter() - before)
        took = time.perf_counter() - began
        size = Path(cassette[1]).stat().st_size >> 20
        print(
            f"recording {many} chats: {took:.1f} s ({many / took:.0f}/s), "
            f"first thousand {thousand[0]:.2f} s, last "
            f"{thousand[-1]:.2f} s; {size} MiB, memory {recorder.memory():.0f} MiB"
        )
        recorder.stop()
        upstream.stop()
        began = time.perf_counter()
        replay = start_command("replay", *cassette)
        print(
            f"loading them: {time.perf_counter() - began:.1f} s, memory {replay.memory():.0f} MiB"
        )
        next_request, began = number_chats(0), time.perf_counter()
        next_request()
        with load.connect(replay.port) as link:
            for _ in range(many // 2):
                load.exchange(link, next_request())
        print(f"replaying them one by one: {many // 2 / (time.perf_counter() - began):.0f}/s")
        replay.stop()


def number_chats(start: int) -> Callable[[], bytes]:
    numbers = count(100_000 + start)
    return lambda: load.build_request(CHAT, build_chat(f"Tell me {next(numbers)}"))


def time_first_byte(port: int, sent: bytes) -> float:
    """Return the seconds from sending a request to the first event of its answer."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        began = time.perf_counter()
        connection.sendall(sent)
        data = b""
        while b"data: " not in data:
            data += connection.recv(65536)
        took = time.perf_counter() - began
        while not data.endswith(b"0\r\n\r\n"):  # the end arrives when the recording is on the disk
            data += connection.recv(65536)
    return took


def main() -> None:
    os.sched_setaffinity(0, {CORES[-1]})
    measurements = (
        measure_rates, measure_curves, peers.measure_peers, measure_retrieval, measure_start_up, measure_memory,
        slow_streams.measure_slow_streams, slow_streams.measure_many_streams, measure_embeddings, measure_upload, measure_batch, measure_worlds, measure_recording,
    )  # fmt: skip
    known = {measure.__name__.removeprefix("measure_"): measure for measure in measurements}
    for name in sys.argv[1:2] if sys.argv[1:2] == ["rates"] else sys.argv[1:] or known:
        if name not in known:
            sys.exit(f"{name!r} is not a measurement: use one of {', '.join(known)}.")
        known[name]()


if __name__ == "__main__":
    main()
