"""`--state`: acknowledged data survives a kill in the middle of an upload or of a batch."""

from __future__ import annotations

import http.client
import json
import random
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
