"""Measure one chat on other servers, where they are installed: aimock and nginx.

aimock looks the reply up in a fixture, nginx sends the bytes of a file. Both get the same requests
as mockgem, on the same core.
"""

from __future__ import annotations

import json
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import load
from processes import Process, start_mockgem
from workloads import CHAT, ask_chat

TOTAL, ROUNDS = 4000, 3
AIMOCK_PATH = "/v1/chat/completions"
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


def measure_peers() -> list[str]:
    """Return a line for each server: microseconds of processor time for a chat, and the ratio."""
    reply = fetch_reply()
    with start_peers(reply) as peers:
        rounds = [[measure(server, path) for _, server, path in peers] for _ in range(ROUNDS)]
    ours = [one[0] for one in rounds]
    lines = []
    for number, (title, _, _) in enumerate(peers):
        times = [one[number] for one in rounds]
        ratio = statistics.median(theirs / mine for theirs, mine in zip(times, ours, strict=True))
        lines.append(f"{title:<28} {statistics.median(times):>6.0f} µs   {ratio:.2f} × mockgem's")
    return lines


def fetch_reply() -> bytes:
    server = start_mockgem()
    with load.connect(server.port) as link:
        received = load.exchange(link, load.build_request(CHAT, json.dumps(ask_chat(0)).encode()))
    server.stop()
    body = received.partition(b"\r\n\r\n")[2]
    return body[body.index(b"{") : body.rindex(b"}") + 1]


Peer = tuple[str, Process, str]


@contextmanager
def start_peers(reply: bytes) -> Iterator[list[Peer]]:
    """Start mockgem and the other servers that are installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers: list[Peer] = [("mockgem, new question", start_mockgem(), CHAT)]
        for title, start in (("aimock, fixture", start_aimock), ("nginx, file", start_nginx)):
            server = start(folder, reply)
            if server is None:
                print(f"{title}: not installed", flush=True)
            else:
                path = AIMOCK_PATH if title.startswith("aimock") else "/chat.json"
                peers.append((title, server, path))
        try:
            yield peers
        finally:
            for _, server, _ in peers:
                server.stop()


def start_aimock(folder: Path, reply: bytes) -> Process | None:
    program = shutil.which("llmock") or shutil.which("aimock")
    if program is None:
        return None
    text = json.loads(reply)["choices"][0]["message"]["content"]
    fixture = {
        "match": {"userMessage": "Explain to me how AI works"},
        "response": {"content": text},
    }
    (folder / "fixtures.json").write_text(json.dumps({"fixtures": [fixture]}))
    port = find_free_port()
    options = ("--port", str(port), "--fixtures", str(folder / "fixtures.json"))
    server = Process(*options, "--log-level", "silent", program=program, port=port)
    wait_until_open(port)
    return server


def start_nginx(folder: Path, reply: bytes) -> Process | None:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        return None
    (folder / "chat.json").write_bytes(reply)
    port = find_free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    server = Process("-c", str(folder / "nginx.conf"), program=program, port=port)
    wait_until_open(port)
    return server


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


NUMBERS = count(1)


def ask_next(path: str) -> Callable[[], bytes]:
    return lambda: load.build_request(path, json.dumps(ask_chat(next(NUMBERS))).encode())


def measure(server: Process, path: str) -> float:
    """Return the microseconds of processor time of one request."""
    load.drive(server.port, ask_next(path), 32, 200)
    before = server.cpu()
    load.drive(server.port, ask_next(path), 32, TOTAL)
    return (server.cpu() - before) / TOTAL * 1e6
