"""What hostile requests can't do to a running server: the threats that no other test is about.

`docs/security.md` lists all of them, each with its test.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from mockgem.scenarios.types import match_globs
from tests.asking import GEMINI
from tests.conftest import ServerProcess
from tests.scenarios.playing import Player, request, rules
from tests.server.test_http import running

CHAT = GEMINI + "/chat/completions"


def memory_of(server: ServerProcess) -> float:
    """MiB at its peak so far."""
    text = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="a peak of memory is told by Linux alone"
)
def test_a_packed_bomb_fills_no_memory() -> None:
    """300 MB of zeros in 300 kB."""
    bomb = gzip.compress(b"0" * 300_000_000, 9)
    server = ServerProcess("--quiet")
    try:
        server.get("/_mockgem/health")
        before = memory_of(server)
        asked = urllib.request.Request(
            server.url + CHAT,
            bomb,
            {
                "Authorization": "Bearer k",
                "Content-Encoding": "gzip",
                "Content-Type": "application/json",
            },
        )
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(asked, timeout=60)
        said = caught.value.read()
        caught.value.close()
        assert caught.value.code == 400
        assert b"when it is unpacked" in said
        assert memory_of(server) - before < 50
        server.get("/_mockgem/health")
    finally:
        server.stop()


def test_small_packed_bodies_are_read() -> None:
    server = ServerProcess("--quiet")
    try:
        body = json.dumps(
            {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
        ).encode()
        head = {
            "Authorization": "Bearer k",
            "Content-Encoding": "gzip",
            "Content-Type": "application/json",
        }
        with urllib.request.urlopen(
            urllib.request.Request(server.url + CHAT, gzip.compress(body), head), timeout=60
        ) as answer:
            assert answer.status == 200
    finally:
        server.stop()


async def test_a_body_that_never_comes_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mockgem.server.request_reader.BODY_TIMEOUT", 0.2)
    async for server in running():
        data = request()
        began = time.monotonic()
        got = await server.raw(data[: data.index(b"\r\n\r\n") + 10], wait=60)
        assert b" 400 " in got.split(b"\r\n")[0]
        assert time.monotonic() - began < 600


WITHOUT_UVLOOP = "import sys; sys.modules['uvloop'] = None; from mockgem.cli import main; main()"


@pytest.mark.skipif(os.name == "nt", reason="limits of open files are Unix's")
@pytest.mark.parametrize("loop", ["uvloop", "asyncio"])
@pytest.mark.parametrize("most", ["0", "1000"], ids=["the default", "more than there are files"])
def test_more_connections_than_files_may_be_open_are_survived(
    loop: str, most: str, tmp_path: Path
) -> None:
    """Slow clients take all there are; when they have gone, others are served.

    The log has at most a line, not a traceback for each connection.
    """

    def few_files() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    start = ["-m", "mockgem"] if loop == "uvloop" else ["-c", WITHOUT_UVLOOP]
    options = ["serve", "--port", "0", "--quiet", "--max-connections", most]
    log = tmp_path / "log.txt"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, *start, *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=few_files,
        )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().rsplit("listens on ", 1)[1].strip()
        port = int(url.rpartition(":")[2])
        links = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(120)]
        for link in links:
            with contextlib.suppress(ConnectionError):
                link.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        time.sleep(0.5)
        for link in links:
            link.close()
        for _ in range(240):
            try:
                with urllib.request.urlopen(url + "/_mockgem/health", timeout=60) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.25)
        raise AssertionError("the server does not come back")
    finally:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()
        assert len(log.read_text().splitlines()) <= 1
        assert "Traceback" not in log.read_text()


def test_patterns_take_no_time_that_grows_without_measure() -> None:
    began = time.process_time()
    assert not match_globs(("*a" * 200 + "b",), "a" * 100_000)
    assert not match_globs(("*?" * 100 + "b",), "a" * 20_000)
    assert time.process_time() - began < 60


@pytest.mark.parametrize(
    "text",
    [
        "{{7*7}}",
        "${7*7}",
        "{{''.__class__.__mro__}}",
        "{% raw %}",
        "{0.__class__}",
        "%(x)s",
        "{model}",
    ],
)
def test_what_is_said_is_said_as_it_stands(text: str) -> None:
    """There are no templates."""
    player = Player(rules(json.dumps({"say": text, "headers": {"x-said": text}})))
    answer = player.chat("hi")
    assert answer.message["content"] == text
    assert answer.header("x-said") == [text]
    failing = Player(rules(json.dumps({"fail": {"error": 503, "message": text}})))
    assert failing.chat("hi").error["message"] == text


async def test_clients_that_leave_in_the_middle_leave_nothing_behind() -> None:
    """A thousand streams, each left after its first bytes."""
    async for server in running(chunk_delay=0.05):
        before = len(asyncio.all_tasks())
        body = {
            "model": "gemini-2.5-flash",
            "stream": True,
            "messages": [{"role": "user", "content": "tell a story"}],
        }
        data = request(body)

        async def leave(port: int = server.port, data: bytes = data) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(data)
            await reader.read(100)
            writer.transport.abort()

        for _ in range(20):
            await asyncio.gather(*[leave() for _ in range(50)])
        for _ in range(3_000):
            if len(asyncio.all_tasks()) <= before + 2:
                break
            await asyncio.sleep(0.05)
        assert len(asyncio.all_tasks()) <= before + 2


def test_a_malformed_request_is_not_written_down() -> None:
    """What aiohttp chokes on may hold a key."""
    secret = "AIzaSyMalformed0123456789abcdefghijklmn"
    server = ServerProcess()
    port = int(server.url.rpartition(":")[2])
    try:
        for line in (
            f"Authorization : Bearer {secret}",
            f"X-A: {secret}\r\n folded",
            f"{secret}",
            f"X-Goog-Api-Key: {secret}\0",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=60) as link:
                link.sendall(
                    f"GET /v1beta/models HTTP/1.1\r\nHost: 127.0.0.1\r\n{line}\r\n\r\n".encode()
                )
                link.recv(1000)
        server.get("/_mockgem/health")
    finally:
        said = server.words_at_the_end()
    assert secret not in said


PATHS = [
    "/_mockgem/media/..%2f..%2fetc%2fpasswd",
    "/_mockgem/media/%00",
    "/_mockgem/scenarios/..%2f..%2fsecret",
    "/_mockgem/media/con",
    "/v1beta/files/..%2f..%2fx",
    "/w/..%2f..%2fx/v1beta/models",
    "/~..%2fx/v1beta/models",
    "/download/v1beta/files/..%2fx:download",
]


async def test_no_path_leads_out_of_anything() -> None:
    async for server in running():
        async with aiohttp.ClientSession(headers={"x-goog-api-key": "k"}) as session:
            for path in PATHS:
                async with session.get(URL(server.url + path, encoded=True)) as answer:
                    assert answer.status in (400, 403, 404), path
                    assert b"root:" not in await answer.read()


async def test_a_million_names_of_worlds_are_no_million_worlds() -> None:
    from tests.asking import Asker

    asker: Any = Asker(worlds=50, world_idle=0.0)
    for number in range(3000):
        await asker.door(wire(f"/w/n{number}/v1beta/openai/models"))
    assert len(asker.worlds.named) <= 50


def wire(path: str) -> Any:
    from mockgem.core.http import WireRequest

    return WireRequest("GET", path, {}, {"authorization": "Bearer k"})


def test_the_page_names_the_limits_as_they_are() -> None:
    """Each option with its default, and only tests that exist."""
    from mockgem.config.options import list_options
    from mockgem.recording import capture
    from mockgem.server import body_memory, limits, request_reader

    text = Path("docs/security.md").read_text("utf-8")
    page = text.partition("## Limits")[2].partition("\n## ")[0]
    options = {row.flag: row for row in list_options().values()}
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    for _, default, option, _, test in rows[1:]:
        if (row := options.get(option.strip("`"))) is not None and row.default:
            assert row.shown_default == default
        for name in test.replace("`", "").split(", "):
            assert Path(name).is_dir() or any(
                f"def {name}(" in file.read_text("utf-8") for file in Path("tests").rglob("*.py")
            ), name
    assert f"{request_reader.BODY_TIMEOUT:.0f}" == rows[2][1]
    assert f"{limits.DEFAULT_MAX_CONNECTIONS:,}" in rows[3][1]
    assert f"{request_reader.MAX_DECOMPRESSED // 2**20} MiB" == rows[6][1]
    assert f"{body_memory.WAIT_FOR_MEMORY:.0f} seconds" in rows[7][3]
    assert f"{capture.MAX_RECORDED_BYTES // 2**20} MiB" in rows[9][1]
