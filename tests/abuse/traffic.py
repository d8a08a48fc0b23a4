"""Mixed traffic for a long time, and a stop signal in the middle of it."""

from __future__ import annotations

import http.client
import json
import random
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests.abuse.drill import Effort, drill, require
from tests.abuse.server import CHAT, HEADERS, PATIENCE, Server, ask, chat, running
from tests.threads import run_together

CLIENTS = 8
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


@drill("mixed traffic", "no 5xx; memory and descriptors stay flat")
def send_mixed_traffic(effort: Effort) -> str:
    statuses: Counter[int] = Counter()
    with running("--quiet") as server:
        warm_up(server)
        before, descriptors = server.memory(), server.count_descriptors()
        began = time.monotonic()

        def send(client: int) -> None:
            chance = random.Random(client)
            while time.monotonic() - began < effort.seconds:
                statuses[send_any(server, chance)] += 1

        run_together(CLIENTS, send)
        left = wait_for_closed(server, descriptors)
        grown = server.memory() - before
        total = sum(statuses.values())
        worst = max(statuses)
        require(worst < 500, f"{statuses[worst]} of {total} answers had the status {worst}")
        require(grown < 120, f"the memory grew by {grown:.0f} MiB in {total} requests")
        require(left < 8, f"{left} descriptors are left open")
    rate = total / effort.seconds
    return f"{effort.seconds:g} s, {total} requests ({rate:.0f}/s), 0 × 5xx, {grown:+.0f} MiB"


@drill("SIGTERM during 50 streams", "open answers end whole, exit code 0, the state is closed")
def stop_under_load(effort: Effort) -> str:
    ends: Counter[bool] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        server = Server("--quiet", "--state", folder, "--chunk-delay", "0.05", "--drain", "20")
        started = threading.Barrier(51)

        def stream(number: int) -> None:
            ends[
                read_stream(server.port, chat(f"Tell me more, part {number}", stream=True), started)
            ] += 1

        clients = [threading.Thread(target=stream, args=(number,)) for number in range(50)]
        for thread in clients:
            thread.start()
        started.wait(PATIENCE)
        code = server.stop()
        for thread in clients:
            thread.join(PATIENCE)
        left = sorted(path.name for path in Path(folder).glob("*-wal"))
    require(code == 0, f"the exit code was {code}")
    require(ends == {True: 50}, f"{ends[False]} of 50 streams were cut")
    require(not left, f"the database was not closed: {left}")
    return "50 streams ended whole, exit code 0, no write-ahead log is left"


def read_stream(port: int, body: bytes, started: threading.Barrier) -> bool:
    """Return whether a stream arrived whole; pass the barrier when its first event is there."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        link.request("POST", CHAT, body, HEADERS)
        answer = link.getresponse()
        lines = [answer.readline()]
        started.wait(PATIENCE)
        lines += answer.readlines()
        return b"data: [DONE]\n" in lines
    finally:
        link.close()


def wait_for_closed(server: Server, before: int) -> int:
    """Return how many descriptors are left open, after some time for connections to end."""
    deadline = time.monotonic() + 20
    while (left := server.count_descriptors() - before) >= 8 and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def warm_up(server: Server) -> None:
    """Send some of everything, so that what is loaded once is loaded."""
    chance = random.Random(0)
    for _ in range(200):
        send_any(server, chance)


def send_any(server: Server, chance: random.Random) -> int:
    """Send a random kind of request and return the status."""
    return chance.choice(KINDS)(server.port, chance)


def send_chat(port: int, chance: random.Random) -> int:
    return ask(port, chat(make_question(chance)))[0]


def send_stream(port: int, chance: random.Random) -> int:
    return ask(port, chat(make_question(chance), stream=True))[0]


def send_tools(port: int, chance: random.Random) -> int:
    return ask(port, chat(f"What is the weather in {chance.random()}?", tools=[TOOL]))[0]


def send_native(port: int, chance: random.Random) -> int:
    body = {"contents": [{"parts": [{"text": make_question(chance)}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    return ask(port, json.dumps(body).encode(), path)[0]


def send_embedding(port: int, chance: random.Random) -> int:
    body = {"model": "gemini-embedding-001", "input": make_question(chance)}
    return ask(port, json.dumps(body).encode(), "/v1beta/openai/embeddings")[0]


def send_to_world(port: int, chance: random.Random) -> int:
    return ask(port, chat(make_question(chance)), f"/w/w{chance.randrange(1000)}{CHAT}")[0]


def send_mistake(port: int, chance: random.Random) -> int:
    return ask(port, b'{"model": "gemini-2.5-flash", "messages": ' + chance.randbytes(40))[0]


def send_file(port: int, chance: random.Random) -> int:
    kind = {"X-Goog-Upload-Protocol": "raw", "Content-Type": "text/plain"}
    body = chance.randbytes(chance.randrange(1, 400_000))
    status, answer = ask(port, body, "/upload/v1beta/files", headers=kind)
    if status == 200:
        ask(port, path=f"/v1beta/{json.loads(answer)['file']['name']}", method="DELETE")
    return status


def leave_early(port: int, chance: random.Random) -> int:
    """Read the beginning of a stream and leave."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with suppress(OSError, http.client.HTTPException):
        link.request("POST", CHAT, chat(make_question(chance), stream=True), HEADERS)
        link.getresponse().readline()
    link.close()
    return 200


KINDS = (
    send_chat,
    send_stream,
    send_tools,
    send_native,
    send_embedding,
    send_to_world,
    send_mistake,
    send_file,
    leave_early,
)


def make_question(chance: random.Random) -> str:
    """Return a question that was probably not asked before."""
    return f"Tell me about number {chance.randrange(10**9)}."
