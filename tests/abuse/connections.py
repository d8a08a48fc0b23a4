"""Connections that send slowly, or nothing, or are too many."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress

from tests.abuse.drill import Effort, drill, require
from tests.abuse.server import Bystander, Server, ask, chat, running

MOST_WORK = 1.0
"""Seconds of processor time that the server may use during an attack before it answers an ordinary
request."""
HALF_HEAD = b"POST /v1beta/openai/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Filler: "


@drill("request heads that drip, half heads, silent connections", "closed after the time limit")
def hold_heads(effort: Effort) -> str:
    limit = effort.idle_timeout
    with running("--quiet", "--idle-timeout", f"{limit:g}") as server, ExitStack() as stack:
        links = [stack.enter_context(server.connect()) for _ in range(effort.connections)]
        kinds = links[0::3], links[1::3], links[2::3]
        for link in (*kinds[0], *kinds[1]):
            link.sendall(HALF_HEAD)
        with Bystander(server) as bystander:
            lasted = wait_for_ends(links, 3 * limit + 30, lambda: drip(kinds[0]))
        require(lasted > limit * 0.5, f"the connections were closed after {lasted:.1f} s already")
        answers = bystander.require_answers(MOST_WORK)
    return f"{len(links)} connections closed within {lasted:.0f} s; {answers}"


@drill("keep-alive connections that stay idle", "closed after the time limit")
def stay_idle(effort: Effort) -> str:
    limit = effort.idle_timeout
    with running("--quiet", "--idle-timeout", f"{limit:g}") as server, ExitStack() as stack:
        links = [stack.enter_context(server.connect()) for _ in range(effort.connections)]
        for link in links:
            send_chat(link)
        lasted = wait_for_ends(links, 3 * limit + 30, lambda: None)
    return f"{len(links)} connections closed within {lasted:.0f} s of their answers"


@drill("more connections than `ulimit -n 256` allows", "503 or closed; answers again afterwards")
def use_up_descriptors(effort: Effort) -> str:
    count = max(effort.connections, 300)
    with running("--quiet", descriptors=256) as server:
        with ExitStack() as stack:
            links = [stack.enter_context(server.connect()) for _ in range(count)]
            refused = sum(is_refused(link) for link in links)
            require(refused >= count - 256, f"only {refused} of {count} were refused")
            used = measure_processor_time(server, 1.0)
            require(used < 0.5, f"the server is busy ({used:.0%}) although nobody asks")
        wait_until_answering(server)
    return f"{count} connections, {refused} refused or closed; answers again at once"


def drip(links: Sequence[socket.socket]) -> None:
    """Send one more byte of each head."""
    for link in links:
        with suppress(OSError):
            link.send(b"x")


def wait_for_ends(
    links: Sequence[socket.socket], patience: float, meanwhile: Callable[[], None]
) -> float:
    """Return the seconds until the server has closed all connections. Raises Failed."""
    began = time.monotonic()
    with selectors.DefaultSelector() as selector:
        for link in links:
            selector.register(link, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select(0.2):
                assert isinstance(key.fileobj, socket.socket)
                if has_ended(key.fileobj):
                    selector.unregister(key.fileobj)
            left = len(selector.get_map())
            require(
                time.monotonic() - began < patience,
                f"{left} of {len(links)} connections are still open after {patience:g} s",
            )
            meanwhile()
    return time.monotonic() - began


def has_ended(link: socket.socket) -> bool:
    """Read what is there, and return whether the server has closed the connection."""
    try:
        return not link.recv(65536)
    except OSError:
        return True


def send_chat(link: socket.socket) -> None:
    """Ask on a connection that stays open, and read the answer."""
    body = chat("Are you there?")
    head = (
        "POST /v1beta/openai/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer k\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    )
    link.sendall(head.encode() + b"\r\n\r\n" + body)
    require(link.recv(65536).startswith(b"HTTP/1.1 200"), "an ordinary request failed")


def is_refused(link: socket.socket) -> bool:
    """Return whether a connection gets a 503 or is closed, when it asks something."""
    link.settimeout(0.5)
    try:
        body = b"GET /_mockgem/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        link.sendall(body)
        return not link.recv(65536).startswith(b"HTTP/1.1 200")
    except OSError:
        return True


def measure_processor_time(server: Server, seconds: float) -> float:
    """Return the share of a core that the server uses."""
    before = server.processor_time()
    time.sleep(seconds)
    return (server.processor_time() - before) / seconds


def wait_until_answering(server: Server) -> None:
    """Wait until an ordinary request succeeds. Raises Failed after some seconds."""
    deadline = time.monotonic() + 20
    while True:
        with suppress(OSError):
            if ask(server.port)[0] == 200:
                return
        require(time.monotonic() < deadline, "the server does not answer after the attack")
        time.sleep(0.1)
