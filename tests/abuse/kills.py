"""Servers that are killed (SIGKILL) at random moments: nothing that was acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import random
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mockgem.recording.cassette_reader import read_cassette
from tests.abuse.drill import Effort, drill, require
from tests.abuse.server import CHAT, HEADERS, PATIENCE, Server, ask, chat

CLIENTS = 6
PIECE = 64 * 1024


@drill("SIGKILL while recording", "every complete answer is in the cassette, which loads")
def kill_recorders(effort: Effort) -> str:
    chance = random.Random(1)
    upstream = Server("--quiet", "--chunk-delay", "0.002")
    answers = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(effort.kills):
                file = Path(folder) / f"{number}.yaml"
                answers += kill_recorder(upstream.url, file, chance)
    finally:
        upstream.stop()
    return f"{effort.kills} kills, {answers} answers, none lost"


@drill("SIGKILL while files are uploaded with `--state`", "every acknowledged byte is there")
def kill_uploads(effort: Effort) -> str:
    chance = random.Random(2)
    uploads = Uploads(chance)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(effort.kills):
            server = Server("--quiet", "--state", folder)
            try:
                uploads.check(server)
                thread = threading.Thread(target=uploads.send_until_killed, args=(server,))
                thread.start()
                wanted = uploads.pieces + chance.randrange(30)
                wait_until(lambda: uploads.pieces >= wanted)  # noqa: B023
                time.sleep(chance.uniform(0, 0.03))
            finally:
                server.kill()
                thread.join(PATIENCE)
        server = Server("--quiet", "--state", folder)
        uploads.check(server)
        code = server.stop()
        require(code == 0, f"the server ended with exit code {code}")
    return f"{effort.kills} kills, {uploads.files} files and {uploads.pieces} pieces, none lost"


def kill_recorder(upstream: str, file: Path, chance: random.Random) -> int:
    """Kill a recorder at a moment of its work, and return how many answers it completed."""
    recorder = Server("--quiet", "--cassette", str(file), "--upstream", upstream, command="record")
    completed: list[str] = []
    wanted = chance.randrange(60)
    clients = [
        threading.Thread(target=ask_until_killed, args=(recorder.port, number, completed))
        for number in range(CLIENTS)
    ]
    for thread in clients:
        thread.start()
    wait_until(lambda: len(completed) >= wanted)
    time.sleep(chance.uniform(0, 0.03))
    recorder.kill()
    for thread in clients:
        thread.join(PATIENCE)
    interactions = read_cassette(file).interactions if file.exists() else ()
    recorded = {json.loads(one.request_body)["messages"][0]["content"] for one in interactions}
    lost = set(completed) - recorded
    require(not lost, f"{len(lost)} of {len(completed)} complete answers are not in the cassette")
    return len(completed)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until the work of a server has come to a moment. Raises Failed if it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        require(time.monotonic() < deadline, "the server does not go on with its work")
        time.sleep(0.001)


def ask_until_killed(port: int, client: int, completed: list[str]) -> None:
    """Ask until the connection breaks, and note the questions that were answered completely.

    Every second client streams and stops reading at the last event, as OpenAI's SDK does.
    """
    stream = client % 2 == 0
    number = 0
    with suppress(OSError, http.client.HTTPException):
        while True:
            number += 1
            question = f"question-{client}-{number}"
            if ask_completely(port, chat(question, stream=stream), stream):
                completed.append(question)


def ask_completely(port: int, body: bytes, stream: bool) -> bool:
    """Return whether the answer to a request arrived up to its end."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        link.request("POST", CHAT, body, HEADERS)
        answer = link.getresponse()
        if not stream:
            return answer.read().rstrip().endswith(b"}")
        return any(line.strip() == b"data: [DONE]" for line in iter(answer.readline, b""))
    finally:
        link.close()


class Uploads:
    """A client that uploads files piece by piece and knows what the server has acknowledged."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names: dict[str, int] = {}
        """The names of complete files, with their sizes."""
        self.open: tuple[str, bytes, int] | None = None
        """An upload's id, its data, and how many bytes of it the server has acknowledged."""
        self.files = self.pieces = 0

    def check(self, server: Server) -> None:
        """Require that the newest files and the open upload are there. Raises Failed."""
        for name, size in list(self.names.items())[-5:]:
            status, body = ask(server.port, path=f"/v1beta/{name}", method="GET")
            require(status == 200, f"{name} got {status} after a kill")
            require(json.loads(body)["sizeBytes"] == str(size), f"{name} has another size")
        if self.open is not None:
            self.resume(server)

    def resume(self, server: Server) -> None:
        """Finish the open upload from where the server says that it is. Raises Failed."""
        assert self.open is not None
        upload, data, acknowledged = self.open
        head, _ = send_piece(server, upload, b"", 0, "query")
        received = int(head.get("X-Goog-Upload-Size-Received", 0))
        if head.get("X-Goog-Upload-Status") == "final":
            received = len(data)
        require(received >= acknowledged, f"{acknowledged} bytes acknowledged, {received} kept")
        if received < len(data):
            _, body = send_piece(server, upload, data[received:], received, "upload, finalize")
            self.note_file(body, len(data))
        self.open = None

    def send_until_killed(self, server: Server) -> None:
        """Upload files until the connection breaks."""
        with suppress(OSError, http.client.HTTPException):
            while True:
                self.send_file(server, self.chance.randbytes(self.chance.randrange(1, 20 * PIECE)))

    def send_file(self, server: Server, data: bytes) -> None:
        """Upload a file in pieces."""
        upload = start_upload(server, len(data))
        self.open = upload, data, 0
        for offset in range(0, len(data), PIECE):
            piece = data[offset : offset + PIECE]
            is_last = offset + PIECE >= len(data)
            command = "upload, finalize" if is_last else "upload"
            _, body = send_piece(server, upload, piece, offset, command)
            self.pieces += 1
            if is_last:
                self.note_file(body, len(data))
                self.open = None
            else:
                self.open = upload, data, offset + len(piece)

    def note_file(self, body: bytes, size: int) -> None:
        """Remember a complete file."""
        self.names[json.loads(body)["file"]["name"]] = size
        self.files += 1


def start_upload(server: Server, size: int) -> str:
    """Start a resumable upload and return its id."""
    head, _ = send(
        server,
        "/upload/v1beta/files",
        b'{"file": {}}',
        {
            "X-Goog-Upload-Protocol": "resumable",
            "X-Goog-Upload-Command": "start",
            "X-Goog-Upload-Header-Content-Length": str(size),
        },
    )
    return head["X-GUploader-UploadID"]


def send_piece(
    server: Server, upload: str, data: bytes, offset: int, command: str
) -> tuple[http.client.HTTPMessage, bytes]:
    """Send a piece of an upload, or ask how much has arrived."""
    headers = {"X-Goog-Upload-Command": command, "X-Goog-Upload-Offset": str(offset)}
    return send(server, f"/upload/v1beta/files?upload_id={upload}", data, headers)


def send(
    server: Server, path: str, body: bytes, headers: dict[str, str]
) -> tuple[http.client.HTTPMessage, bytes]:
    """Send a request and return its headers and body. Raises Failed unless the status is 200."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        link.request("POST", path, body, HEADERS | headers)
        answer = link.getresponse()
        data = answer.read()
        require(answer.status == 200, f"{path} got {answer.status}: {data[:300]!r}")
        return answer.headers, data
    finally:
        link.close()
