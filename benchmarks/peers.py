"""Measure the workloads of the table on other servers, where they are installed: aimock and nginx.

aimock looks the replies up in fixtures, which are mockgem's own; nginx sends the bytes of a file.
All get the same requests on the same core, in turn.
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import load
from pages import write_section
from processes import Process, start_mockgem
from rates import (
    LEAST,
    MOST,
    ROUNDS,
    SECONDS,
    compare,
    make_requests,
    measure_rate,
    split_chunks,
)
from results import describe_machine
from workloads import (
    CHAT,
    EMBEDDINGS,
    IMAGES,
    NATIVE,
    NATIVE_STREAM,
    WORKLOADS,
    Workload,
)

PATHS = {
    CHAT: "/v1/chat/completions",
    EMBEDDINGS: "/v1/embeddings",
    IMAGES: "/v1/images/generations",
}
"""The paths that aimock has for those of the workloads; other paths are the same."""
PHRASES = {
    "chat": "Explain to me how AI works, part",
    "stream": "words about the sea",
    "generateContent": "Explain to me how AI works, part",
    "tool call": "weather be like in Paris",
    "structured": "Invent a customer of our shop",
    "embedding of": "how AI works in a few words",
    "100 embeddings": "A sentence about the sea",
    "image,": "A lighthouse in a storm",
    "conversation": "what follows from that",
    "prompt of 200 kB": "What happened to the ship",
}
"""What the requests of a workload have in common, by the beginning of its title. aimock closes the
connection of a request of 10 MB."""
EVENTS = 50
"""The events with text in the stream of 51."""
NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}; root {folder}; default_type application/json;
    error_page 405 =200 $uri;
  }}
}}
"""
Json = dict[str, Any]


@dataclass(frozen=True)
class PeerRow:
    """A workload and the microseconds of processor time that each server takes for a request."""

    workload: Workload
    generated: float
    scripted: float
    aimock: float


def measure_peers() -> None:
    """Measure the servers that are installed, and write aimock's table into docs/performance.md."""
    chosen = [one for one in WORKLOADS if find_phrase(one)]
    server = start_mockgem()
    try:
        made = [make_fixture(server, one) for one in chosen]
        fixtures = list({json.dumps(one["match"]): one for one in made}.values())
        with start_aimock(fixtures, chosen) as aimock:
            rows = measure_rows(chosen, server, fixtures, aimock) if aimock else []
        with start_nginx(server) as nginx:
            if nginx:
                row = compare(WORKLOADS[1], server, nginx, "/chat.json")
                print(f"{row.workload.title} on nginx: {row.bare.microseconds:.0f} µs")
    finally:
        server.stop()
    if rows:
        write_section("peers", format_table(rows))


def measure_rows(
    workloads: Sequence[Workload], server: Process, fixtures: Sequence[Json], aimock: Process
) -> list[PeerRow]:
    rows = []
    with start_scripted(fixtures) as scripted:
        for workload in workloads:
            rows.append(measure_row(workload, server, scripted, aimock))
            print(format_peer_row(rows[-1]), flush=True)
    return rows


def measure_row(workload: Workload, server: Process, scripted: Process, aimock: Process) -> PeerRow:
    """Measure a workload on all servers in turn; the medians count."""
    numbers = count(1)
    paths = (workload.path, workload.path, PATHS.get(workload.path, workload.path))
    servers = [
        (one, make_requests(workload, path, numbers))
        for one, path in zip((server, scripted, aimock), paths, strict=True)
    ]
    first = measure_rate(server, workload, servers[0][1], LEAST * 4)
    total = round(min(MOST, max(LEAST, SECONDS * 1e6 / first.microseconds)))
    rounds = [
        [measure_rate(one, workload, make, total).microseconds for one, make in servers]
        for _ in range(ROUNDS)
    ]
    return PeerRow(workload, *map(statistics.median, zip(*rounds, strict=True)))


def format_table(rows: Sequence[PeerRow]) -> str:
    lines = [
        describe_machine(),
        "",
        "| workload | mockgem writes the reply | mockgem, reply from a scenario "
        f"| aimock {find_version()}, reply from a fixture |",
        "|---|---|---|---|",
    ]
    return "\n".join([*lines, *map(format_peer_row, rows)])


def format_peer_row(row: PeerRow) -> str:
    """Return a row in which what takes longer than aimock is bold."""
    ours = (mark(f"{one:,.0f} µs", one > row.aimock) for one in (row.generated, row.scripted))
    return f"| {row.workload.title} | {' | '.join(ours)} | {row.aimock:,.0f} µs |"


def mark(figure: str, is_slower: bool) -> str:
    return f"**{figure}**" if is_slower else figure


def find_phrase(workload: Workload) -> str:
    """Return the words by which aimock finds the fixture of a workload; empty without one."""
    found = (phrase for start, phrase in PHRASES.items() if workload.title.startswith(start))
    return next(found, "")


def find_aimock() -> str | None:
    return shutil.which("llmock") or shutil.which("aimock")


def find_version() -> str:
    """Return the version in the package of the installed aimock; empty if it has none."""
    program = Path(find_aimock() or "").resolve()
    packages = (folder / "package.json" for folder in program.parents)
    found = next((one for one in packages if one.exists()), None)
    return str(json.loads(found.read_text())["version"]) if found else ""


@contextmanager
def start_aimock(
    fixtures: Sequence[Json], workloads: Sequence[Workload]
) -> Iterator[Process | None]:
    """Start aimock with fixtures; None if it is not installed.

    Raises AssertionError if it does not answer each workload.
    """
    program = find_aimock()
    if program is None:
        print("aimock: not installed", flush=True)
        yield None
        return
    stream = next(one for one in fixtures if one["match"].get("userMessage") == PHRASES["stream"])
    size = len(stream["response"]["content"]) // EVENTS + 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fixtures.json"
        path.write_text(json.dumps({"fixtures": fixtures}))
        port = find_free_port()
        options = ("--port", str(port), "--fixtures", str(path), "--chunk-size", str(size))
        aimock = Process(*options, "--log-level", "silent", program=program, port=port)
        try:
            wait_until_open(port)
            for one in workloads:
                answer = ask(aimock, PATHS.get(one.path, one.path), one.make(0))
                assert answer.startswith(b"HTTP/1.1 200"), (one.title, answer[:400])
            yield aimock
        finally:
            aimock.stop()


@contextmanager
def start_scripted(fixtures: Sequence[Json]) -> Iterator[Process]:
    """Start mockgem with a scenario that has the same replies as aimock's fixtures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fixtures.yaml"
        rules = [make_rule(one, Path(folder)) for one in fixtures]
        path.write_text(json.dumps({"title": "The replies of aimock's fixtures", "rules": rules}))
        scripted = start_mockgem("--scenario", str(path))
        try:
            yield scripted
        finally:
            scripted.stop()


def make_rule(fixture: Json, folder: Path) -> Json:
    """Return the rule of a scenario that answers as a fixture of aimock does."""
    match, response = fixture["match"], fixture["response"]
    when: Json = {"text": f"*{match.get('userMessage') or match['inputText']}*"}
    if "content" in response:
        return {"when": {**when, "endpoint": "generate"}, "say": {"text": response["content"]}}
    if "embedding" in response:
        return {"when": {**when, "endpoint": "embed"}, "say": response}
    if "image" in response:
        (folder / "image.jpg").write_bytes(base64.b64decode(response["image"]["b64Json"]))
        return {"when": {**when, "endpoint": "images"}, "say": {"image": "image.jpg"}}
    calls = [{"name": one["name"], "args": one["arguments"]} for one in response["toolCalls"]]
    return {"when": {**when, "endpoint": "generate"}, "say": {"tool_calls": calls}}


def make_fixture(server: Process, workload: Workload) -> Json:
    """Return the fixture with which aimock answers a workload as mockgem does."""
    body = workload.make(0)
    body.pop("stream", None)
    body.pop("encoding_format", None)
    path = NATIVE if workload.path == NATIVE_STREAM else workload.path
    reply = json.loads(read_body(ask(server, path, body)))
    match: Json = {"userMessage": find_phrase(workload)}
    if workload.path == EMBEDDINGS:
        match = {"inputText": find_phrase(workload)}
        return {"match": match, "response": {"embedding": reply["data"][0]["embedding"]}}
    if workload.path == IMAGES:
        image = {"b64Json": reply["data"][0]["b64_json"]}
        return {"match": {**match, "endpoint": "image"}, "response": {"image": image}}
    if path == NATIVE:
        text = reply["candidates"][0]["content"]["parts"][0]["text"]
        return {"match": match, "response": {"content": text}}
    message = reply["choices"][0]["message"]
    if "tool_calls" not in message:
        return {"match": match, "response": {"content": message["content"]}}
    function = message["tool_calls"][0]["function"]
    call = {"name": function["name"], "arguments": json.loads(function["arguments"])}
    return {"match": match, "response": {"toolCalls": [call]}}


def ask(server: Process, path: str, body: Json) -> bytes:
    with load.connect(server.port) as link:
        return load.exchange(link, load.build_request(path, json.dumps(body).encode()))


def read_body(answer: bytes) -> bytes:
    """Return the JSON of an answer, which may be in chunks."""
    body = answer.partition(b"\r\n\r\n")[2]
    return body if body[:1] in b"{[" else b"".join(split_chunks(body))


@contextmanager
def start_nginx(server: Process) -> Iterator[Process | None]:
    """Start nginx with mockgem's reply to a chat as a file; None if it is not installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        print("nginx: not installed", flush=True)
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "chat.json").write_bytes(read_body(ask(server, CHAT, WORKLOADS[1].make(0))))
        port = find_free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        nginx = Process("-c", str(folder / "nginx.conf"), program=program, port=port)
        try:
            wait_until_open(port)
            yield nginx
        finally:
            nginx.stop()


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_open(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")
