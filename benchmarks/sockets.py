"""Measure Live sessions: sessions a second, messages a second, memory and CPU per session.

`python -m benchmarks.sockets [--idle 1000] [--talking 100]` starts a server in another process, and prints one line for each figure. The
client is in this process and reads JSON no further than it must, so the server is what is measured: its CPU time is read from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from pathlib import Path

import aiohttp

from tests.conftest import ServerProcess
from tests.live_client import PATH, make_setup, make_silence, make_tone

TICKS = os.sysconf("SC_CLK_TCK")


def read_cpu(pid: int) -> float:
    """Return the CPU seconds of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def read_memory(pid: int) -> int:
    """Return the resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def open_session(http: aiohttp.ClientSession, url: str) -> aiohttp.ClientWebSocketResponse:
    socket = await http.ws_connect(url + PATH + "?key=k", max_msg_size=0)
    await socket.send_json({"setup": make_setup()})
    await socket.receive()
    return socket


async def talk(socket: aiohttp.ClientWebSocketResponse, text: str) -> int:
    """Ask something; return the number of messages of the answer."""
    await socket.send_json({"realtimeInput": {"text": text}})
    count = 0
    while True:
        message = await socket.receive()
        count += 1
        if b"turnComplete" in message.data[-400:] or b"turnComplete" in message.data[:80]:
            return count


async def measure(url: str, pid: int, idle: int, talking: int) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await talk(await open_session(http, url), "Warm up")
        memory, cpu, began = read_memory(pid), read_cpu(pid), time.perf_counter()
        sockets = []
        for start in range(0, idle, 50):
            batch = [open_session(http, url) for _ in range(min(50, idle - start))]
            sockets += await asyncio.gather(*batch)
        seconds, spent = time.perf_counter() - began, read_cpu(pid) - cpu
        grown = read_memory(pid) - memory
        print(
            f"{idle} idle sessions: {idle / seconds:.0f} opened a second, "
            f"{1e3 * spent / idle:.2f} ms CPU and {grown / idle / 1024:.1f} KiB each"
        )
        cpu, began = read_cpu(pid), time.perf_counter()
        counts = await asyncio.gather(
            *[talk(one, f"Question {number}") for number, one in enumerate(sockets[:talking])]
        )
        seconds, spent = time.perf_counter() - began, read_cpu(pid) - cpu
        print(
            f"{talking} sessions that talk at once: {sum(counts) / seconds:.0f} messages a second, "
            f"{1e6 * spent / sum(counts):.0f} us CPU a message"
        )
        await hear(sockets[:talking], pid)
        for socket in sockets:
            await socket.close()


async def hear(sockets: list[aiohttp.ClientWebSocketResponse], pid: int) -> None:
    """Send a second of speech to each session in pieces of 100 ms."""
    from base64 import b64encode

    pcm = make_tone(0.6) + make_silence(0.4)
    pieces = [b64encode(pcm[at : at + 3200]).decode() for at in range(0, len(pcm), 3200)]
    cpu = read_cpu(pid)
    for data in pieces:
        audio = {"data": data, "mimeType": "audio/pcm;rate=16000"}
        for socket in sockets:
            await socket.send_json({"realtimeInput": {"audio": audio}})
    await asyncio.sleep(2)
    spent = read_cpu(pid) - cpu
    print(f"{len(sockets)} microphones: {100 * spent / len(sockets):.2f} % of a core each")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--talking", type=int, default=100)
    options = parser.parse_args()
    server = ServerProcess("--quiet")
    try:
        asyncio.run(measure(server.url, server.process.pid, options.idle, options.talking))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
