"""Health and readiness, as load balancers ask for them."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest

import mockgem
from mockgem.app.condition import ServerCondition
from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.storage.memory import MemoryStore

WAIT = 60.0


async def get(session: aiohttp.ClientSession, url: str) -> tuple[int, Any]:
    async with session.get(url) as response:
        return response.status, await response.json()


async def test_a_server_that_runs_is_healthy_and_ready() -> None:
    async with mockgem.aserve(admin_token="secret") as server:
        async with aiohttp.ClientSession() as session:
            assert await get(session, f"{server.url}/_mockgem/health") == (200, {"status": "ok"})
            assert await get(session, f"{server.url}/_mockgem/ready") == (200, {"status": "ready"})
            assert server.journal() == []


async def read_nothing() -> None:
    """A storage that works."""


async def test_a_server_is_not_ready_before_it_starts_and_while_it_drains() -> None:
    condition = ServerCondition(read_nothing)
    assert await condition.find_obstacle() == "starting"
    condition.note_ready()
    assert await condition.find_obstacle() == ""
    condition.note_draining()
    assert await condition.find_obstacle() == "draining"


@pytest.mark.parametrize("error", [OSError, TimeoutError])
async def test_a_server_whose_storage_fails_or_hangs_is_not_ready(
    error: type[OSError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mockgem.app.condition.STORAGE_SECONDS", 0.05)

    async def read(store: MemoryStore, collection: str, name: str) -> None:
        if error is TimeoutError:
            await asyncio.sleep(60)
        raise OSError("the disk is gone")

    async with mockgem.aserve() as server, aiohttp.ClientSession() as session:
        monkeypatch.setattr(MemoryStore, "get", read)
        assert await get(session, f"{server.url}/_mockgem/ready") == (
            503,
            {"status": f"the storage does not answer: {error.__name__}"},
        )
        assert (await get(session, f"{server.url}/_mockgem/health"))[0] == 200


async def test_a_server_that_stops_says_so_to_clients_that_are_still_connected() -> None:
    server = create_server(Settings())
    port = await server.start("127.0.0.1", 0)
    url = f"http://127.0.0.1:{port}/_mockgem"
    async with aiohttp.ClientSession() as session:
        assert (await get(session, f"{url}/ready"))[0] == 200
        server.on_draining()
        assert await get(session, f"{url}/ready") == (503, {"status": "draining"})
        assert (await get(session, f"{url}/health"))[0] == 200
    await server.stop(0)


def fetch(url: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(url, timeout=WAIT) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@contextmanager
def running_command(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the command and return its process and URL."""
    command = [sys.executable, "-m", "mockgem", "serve", "--port", "0", "--quiet", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.kill()


@pytest.mark.slow
def test_a_stop_signal_makes_a_server_unready_before_it_stops() -> None:
    with running_command("--stop-delay", "60") as (process, url):
        assert fetch(f"{url}/_mockgem/ready")[0] == 200
        process.send_signal(signal.SIGTERM)
        end = time.monotonic() + WAIT
        while (found := fetch(f"{url}/_mockgem/ready"))[0] == 200 and time.monotonic() < end:
            time.sleep(0.05)
        assert found == (503, {"status": "draining"})
        assert fetch(f"{url}/_mockgem/health")[0] == 200, "it still answers requests"
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT) == 0, "a second signal ends the delay"


@pytest.mark.slow
def test_without_a_delay_a_stop_signal_ends_the_server() -> None:
    with running_command() as (process, url):
        assert fetch(f"{url}/_mockgem/ready")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT) == 0
