"""`--state`: acknowledged data survives a kill in the middle of an upload or of a batch."""

from __future__ import annotations

import http.client
import json
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ServerProcess

PIECE = 64 * 1024
KEY = {"Authorization": "Bearer k"}


def server(state: Path) -> ServerProcess:
    return ServerProcess("--quiet", "--state", str(state))


def killed(process: ServerProcess) -> None:
    process.process.kill()
    process.process.wait(timeout=60)
    assert process.process.stdout is not None
    process.process.stdout.close()


def call(url: str, method: str, path: str, body: Any = None, **headers: str) -> tuple[Any, Any]:
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    found = {
        "Content-Type": "application/json",
        **KEY,
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    request = urllib.request.Request(url + path, data, found, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        text = response.read()
        return response.headers, json.loads(text) if text else None


def start(url: str, size: int) -> str:
    told = {"X_Goog_Upload_Protocol": "resumable", "X_Goog_Upload_Header_Content_Length": str(size)}
    head, _ = call(
        url, "POST", "/upload/v1beta/files", {"file": {}}, X_Goog_Upload_Command="start", **told
    )
    return str(head["X-GUploader-UploadID"])


def chunk(url: str, upload: str, data: bytes, offset: int, command: str) -> tuple[Any, Any]:
    told = {"X_Goog_Upload_Command": command, "X_Goog_Upload_Offset": str(offset)}
    return call(url, "POST", f"/upload/v1beta/files?upload_id={upload}", data, **told)


@pytest.mark.parametrize("turn", range(4))
def test_a_killed_upload_goes_on_where_it_was_acknowledged(tmp_path: Path, turn: int) -> None:
    chance = random.Random(turn)
    data = chance.randbytes(40 * PIECE)
    first = server(tmp_path)
    upload = start(first.url, len(data))
    acknowledged = 0
    for _ in range(chance.randrange(1, 12)):
        chunk(first.url, upload, data[acknowledged : acknowledged + PIECE], acknowledged, "upload")
        acknowledged += PIECE
    # One more is on its way, and only a part of it has been sent, when the server is killed.
    link = http.client.HTTPConnection(first.url.removeprefix("http://"), timeout=60)
    link.putrequest("POST", f"/upload/v1beta/files?upload_id={upload}")
    for name, text in (
        ("Content-Length", str(PIECE)),
        ("X-Goog-Upload-Command", "upload"),
        ("X-Goog-Upload-Offset", str(acknowledged)),
    ):
        link.putheader(name, text)
    link.endheaders()
    link.send(data[acknowledged : acknowledged + PIECE // 3])
    time.sleep(chance.random() * 0.1)
    killed(first)
    link.close()
    second = server(tmp_path)
    head, _ = chunk(second.url, upload, b"", 0, "query")
    received = int(head["X-Goog-Upload-Size-Received"])
    assert acknowledged <= received <= acknowledged + PIECE
    _, made = chunk(second.url, upload, data[received:], received, "upload, finalize")
    _, seen = call(second.url, "GET", "/v1beta/" + made["file"]["name"])
    assert seen == made["file"]
    assert seen["sizeBytes"] == str(len(data))
    blobs = list((tmp_path / "blobs").glob("*/part-*"))
    assert [blob.read_bytes() for blob in blobs] == [data]
    assert second.stop() == 0


def uploaded(url: str, data: bytes) -> str:
    upload = start(url, len(data))
    return str(chunk(url, upload, data, 0, "upload, finalize")[1]["file"]["name"])


def line(number: int) -> str:
    body = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": f"Tell me about number {number}"}],
    }
    return json.dumps(
        {"custom_id": f"r{number}", "method": "POST", "url": "/v1/chat/completions", "body": body}
    )


@pytest.mark.parametrize("turn", range(3))
def test_a_batch_whose_server_was_killed_is_answered_whole(tmp_path: Path, turn: int) -> None:
    count = 4000
    first = server(tmp_path)
    name = uploaded(first.url, "\n".join(map(line, range(count))).encode())
    create = {"input_file_id": name, "endpoint": "/v1/chat/completions", "completion_window": "24h"}
    _, batch = call(first.url, "POST", "/v1beta/openai/batches", create)
    path = "/v1beta/openai/batches/" + batch["id"]
    _, batch = call(first.url, "GET", path)
    link = http.client.HTTPConnection(first.url.removeprefix("http://"), timeout=60)
    link.request("GET", path, headers=KEY)
    time.sleep(0.05 + 0.1 * turn)
    killed(first)
    link.close()
    second = server(tmp_path)
    polls = 0
    while batch["status"] != "completed":
        _, batch = call(second.url, "GET", path)
        assert ("output_file_id" in batch) is (batch["status"] == "completed")
        polls += 1
        assert polls < 6
    assert batch["request_counts"] == {"total": count, "completed": count, "failed": 0}
    request = urllib.request.Request(
        f"{second.url}/v1beta/{batch['output_file_id']}:download?alt=media", headers=KEY
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        rows = [json.loads(row) for row in response.read().splitlines()]
    assert [row["custom_id"] for row in rows] == [f"r{number}" for number in range(count)]
    assert second.stop() == 0


def test_caches_and_clocks_outlive_a_kill_and_two_servers_share_them(tmp_path: Path) -> None:
    first = server(tmp_path)
    text = "This is a long text about the sea. " * 200
    body = {"model": "models/gemini-2.5-flash", "contents": [{"parts": [{"text": text}]}]}
    _, cache = call(first.url, "POST", "/v1beta/cachedContents", body)
    other = server(tmp_path)
    assert call(other.url, "GET", "/v1beta/" + cache["name"])[1] == cache
    killed(first)
    third = server(tmp_path)
    assert call(third.url, "GET", "/v1beta/" + cache["name"])[1] == cache
    call(third.url, "DELETE", "/v1beta/" + cache["name"])
    assert call(other.url, "GET", "/v1beta/cachedContents")[1] == {}
    assert (other.stop(), third.stop()) == (0, 0)


def move_clock(url: str) -> None:
    call(url, "POST", "/_mockgem/clock", {"advance": "1h"})


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [1, 2])
def test_a_stopped_server_leaves_one_database_file(
    tmp_path: Path, number: signal.Signals, times: int
) -> None:
    """So that a copy of this file is complete, also after a second signal that ends the wait."""
    process = server(tmp_path)
    move_clock(process.url)
    assert (tmp_path / "state.sqlite-wal").exists()
    if times == 2:
        call(process.url, "PUT", "/_mockgem/scenario", {"name": "stream-stalls"})
        link = open_stream(process.url)
    process.process.send_signal(number)
    if times == 2:
        time.sleep(0.3)
        process.process.send_signal(number)
    assert process.process.wait(60) == 0
    if times == 2:
        link.close()
    assert process.process.stdout is not None
    process.process.stdout.close()
    assert [path.name for path in sorted(tmp_path.glob("state.*"))] == ["state.sqlite"]
    again = server(tmp_path)
    _, clock = call(again.url, "GET", "/_mockgem/clock")
    assert clock["now"].startswith("2026-11-01T01:00:00")
    assert again.stop() == 0


def open_stream(url: str) -> http.client.HTTPConnection:
    """Start a stream that stalls, so that a stop has to wait for it."""
    link = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    message = {"role": "user", "content": "Tell me a long story"}
    body = json.dumps({"model": "gemini-2.5-flash", "messages": [message], "stream": True})
    link.request(
        "POST", "/v1beta/openai/chat/completions", body, KEY | {"Content-Type": "application/json"}
    )
    link.getresponse().read(10)
    return link


def test_a_server_that_can_t_listen_closes_its_state(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "mockgem", "serve", "--port", port]
        ended = subprocess.run(
            [*command, "--state", str(tmp_path)], capture_output=True, text=True, check=False
        )
    assert ended.returncode == 2
    assert "is used by another program" in ended.stderr
    assert [path.name for path in sorted(tmp_path.glob("state.*"))] == ["state.sqlite"]
