"""Reloads under load: no client loses a request while other processes take the place of workers."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.conftest import ServerProcess
from tests.workers.clients import asking
from tests.workers.servers import PATIENCE, WorkerServer

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")
RELOADS = 12


@pytest.mark.slow
async def test_no_request_is_lost_in_many_reloads(tmp_path: Path) -> None:
    config = tmp_path / "mockgem.toml"
    config.write_text("seed = 0\n")
    server = WorkerServer("--quiet", "--config", str(config))
    try:
        async with asking(server.address, 8) as ends:
            for number in range(1, RELOADS + 1):
                before = server.list_workers()
                config.write_text(f"seed = {number}\n")
                server.process.send_signal(signal.SIGHUP)
                await wait_for_others(server, before)
                await wait_for_answers(ends, 50)
    finally:
        words = server.close()
    assert set(ends) == {"200"}, ends
    assert words.count("The server has restarted with the new settings.") == RELOADS, words
    assert server.process.returncode == 0


async def wait_for_others(server: WorkerServer, before: list[int]) -> None:
    """Wait until other processes have taken the place of all workers."""
    async with asyncio.timeout(PATIENCE):
        while len(now := server.list_workers()) != server.count or set(now) & set(before):
            await asyncio.sleep(0.02)


async def wait_for_answers(ends: dict[str, int], count: int) -> None:
    """Wait until clients got some more answers."""
    wanted = ends["200"] + count
    async with asyncio.timeout(PATIENCE):
        while ends["200"] < wanted:
            await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_no_request_is_lost_when_one_process_reads_its_settings_again(tmp_path: Path) -> None:
    config = tmp_path / "mockgem.toml"
    config.write_text("watch = true\nseed = 0\n")
    server = ServerProcess("--quiet", "--config", str(config))
    try:
        async with asking(server.url.removeprefix("http://"), 8) as ends:
            for number in range(1, 6):
                await wait_for_answers(ends, 50)
                config.write_text(f"watch = true\nseed = {number}\n")
                await asyncio.to_thread(server.wait_for_words, "The server has restarted with")
    finally:
        code = server.stop()
    assert set(ends) == {"200"}, ends
    assert code == 0
