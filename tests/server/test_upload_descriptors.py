"""A server with few file descriptors keeps hundreds of uploads and still answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

UPLOADS = 400
SIZE = 300_000
COMMAND = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)); "
    "from mockgem.cli import main; sys.exit(main(['serve', '--port', '0', '--quiet']))"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit"),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server that may open 256 files, with a folder of its own for temporary files."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip().rpartition(" ")[2]
    yield url, process
    process.kill()
    process.wait()
    process.stdout.close()


def send(url: str, body: bytes | None = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, {"x-goog-api-key": "k", **named})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.loads(response.read())


def test_uploads_hold_no_file_descriptors(
    server: tuple[str, subprocess.Popen[str]], tmp_path: Path
) -> None:
    url, process = server
    names = []
    for number in range(UPLOADS):
        body = (b"%d " % number).ljust(SIZE, b"x")
        headers = {"X_Goog_Upload_Protocol": "raw", "Content_Type": "text/plain"}
        names.append(send(f"{url}/upload/v1beta/files", body, **headers)["file"]["name"])
    for number in (0, 200, UPLOADS - 1):
        file = send(f"{url}/v1beta/{names[number]}")
        assert (file["state"], file["sizeBytes"]) == ("ACTIVE", str(SIZE))
    question = {"contents": [{"parts": [{"text": "How are you?"}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    reply = send(url + path, json.dumps(question).encode(), Content_Type="application/json")
    assert reply["candidates"]
    if Path("/proc").exists():
        assert len(os.listdir(f"/proc/{process.pid}/fd")) < 40
    process.terminate()
    assert process.wait(30) == 0
    assert list(tmp_path.iterdir()) == []
