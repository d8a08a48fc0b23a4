"""Passes requests on to the real service, and what comes back to the client as it comes; what has passed is recorded."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from mockgem.core.call import Answer, Call, Recorded, Surface
from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import value
from mockgem.core.http import Arrived, Frame, Frames, Hangup, WireRequest, WireResponse
from mockgem.recording import matching
from mockgem.recording.cassette_reader import unpacked
from mockgem.recording.cassette_writer import Tape
from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Leak, Redaction
from mockgem.recording.replay import back

HOP_BY_HOP = frozenset(
    """connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade
    host content-length expect accept-encoding""".split()
)
"""Headers between two machines alone; and those that are made anew here."""
CREDENTIALS = ("authorization", "x-goog-api-key", "api-key", "x-api-key")
NO_KEY = ("", "any-key", "mockgem")
LARGEST_ANSWER = 64 * 2**20
"""Bytes of an answer that is recorded; a larger one only passes."""
PIECES_AHEAD = 16
"""Pieces of an answer that wait for a slow client; then the upstream waits too."""
AFTER_LEAVING = 120.0
"""Seconds in which the rest of an answer is recorded after the client has left."""
log = logging.getLogger("mockgem")


Send = Callable[[str, str, Sequence[tuple[str, str]], Any], Awaitable[Arrived]]


@value
class Target:
    """Where requests go: one place for all, or the real service behind each surface. `key` is for clients without one."""

    url: str = ""
    key: str = ""

    def address(self, surface: Surface, wire: WireRequest) -> str:
        """Raises ConnectionError where a surface has no service behind it."""
        base = self.url or surface.upstream
        if not base:
            raise ConnectionError(f"nothing is known to stand behind {surface.title}: name it with --upstream URL")
        if "{location}" in base:
            match = re.search(r"/locations/([a-z0-9-]+)/", wire.path)
            base = base.replace("{location}-", f"{match[1]}-" if match and match[1] != "global" else "")
        return base.rstrip("/") + wire.asked

    def headers(self, surface: Surface, wire: WireRequest) -> list[tuple[str, str]]:
        dropped = HOP_BY_HOP | {name.strip().lower() for name in wire.headers.get("connection", "").split(",")}
        found = [
            (name, sendable(text)) for name, text in wire.headers.items() if name.lower() not in dropped and not ours(name)
        ]
        found.append(("Accept-Encoding", "identity"))
        if not self.key or any(secret not in NO_KEY for secret in secrets_in(wire)):
            return found
        found = [(name, text) for name, text in found if name.lower() not in CREDENTIALS]
        return [
            *found,
            ("x-goog-api-key", self.key) if surface.name in BY_KEY else ("Authorization", f"Bearer {self.key}"),
        ]


BY_KEY = ("gemini", "gemini-upload", "gemini-download", "vertex-express")
"""Surfaces that know a key by a header of its own; the others want it as a token."""


def sendable(text: str) -> str:
    """A header's text without surrogates: aiohttp reads bytes that are not UTF-8 as such, but can't send them."""
    return text if text.isprintable() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def ours(name: str) -> bool:
    """Headers that are meant for mockgem alone."""
    return name.lower().startswith("x-mockgem-")


def secrets_in(wire: WireRequest) -> list[str]:
    """The credentials a request brought with it."""
    found = [wire.headers.get(name, "") for name in CREDENTIALS]
    found = [text[7:].strip() if text[:7].lower() == "bearer " else text for text in found]
    return [text for text in (*found, wire.query.get("key", ""), wire.query.get("access_token", "")) if text]


class Proxy:
    """Records everything that passes, also errors, streams that break off and answers that the client did not wait for.

    `recorded` is called with each interaction that has been written.
    """

    def __init__(
        self,
        send: Send,
        target: Target,
        tape: Tape,
        redaction: Redaction,
        recorded: Callable[[Interaction], None],
    ) -> None:
        self.send = send
        self.target = target
        self.tape = tape
        self.redaction = redaction
        self.recorded = recorded
        self.passages: dict[asyncio.Task[None], Passage] = {}

    async def settled(self) -> None:
        """Wait until all that has passed is written; answers that no client waits for are cut off."""
        for task, passage in self.passages.items():
            if passage.left:
                task.cancel()
        await asyncio.gather(*self.passages, return_exceptions=True)

    async def answer(self, call: Call) -> Answer | None:
        if call.surface.name == "admin":
            return None
        passage = Passage(self, Sent(call.wire))
        try:
            address = self.target.address(call.surface, call.wire)
            arrived = await self.start(passage, address, self.target.headers(call.surface, call.wire))
        except ConnectionError as error:
            return Answer(Failure(Code.UNAVAILABLE, f"mockgem: {error}", reason="upstream"), "upstream")
        host = urlsplit(address).netloc
        headers = tuple([(name, back(name, text, call.wire, host)) for name, text in arrived.headers if passes(name)])
        return Answer(Recorded(WireResponse(arrived.status, headers, passage.frames())), "upstream")

    async def start(self, passage: Passage, address: str, headers: list[tuple[str, str]]) -> Arrived:
        """Send the request in a task that also ends when the client does not wait. Raises ConnectionError."""
        task = asyncio.create_task(passage.run(address, headers))
        self.passages[task] = passage
        task.add_done_callback(self.passages.pop)
        try:
            return await asyncio.shield(passage.head)
        except asyncio.CancelledError:
            passage.leave(task)
            raise

    async def record(self, one: Interaction, sent: Sent) -> None:
        """What can't be written is told on stderr; the client gets its answer all the same."""
        secrets = [*secrets_in(sent.wire), *([self.target.key] if self.target.key else [])]
        clean = self.redaction.cleaned(one, secrets)
        try:
            self.redaction.check(clean, secrets)
            await self.tape.append(clean)
        except (Leak, OSError, ValueError) as error:
            log.error("not recorded to %s: %s", self.tape.path, error)
            return
        self.recorded(clean)


class Passage:
    """One request on its way to the upstream and its answer on the way back, recorded whether or not the client waits.

    `head` is the answer's head; the pieces of its body wait in a bounded queue for the client.
    """

    def __init__(self, proxy: Proxy, sent: Sent) -> None:
        self.proxy = proxy
        self.sent = sent
        self.head: asyncio.Future[Arrived] = asyncio.get_running_loop().create_future()
        self.pieces: asyncio.Queue[bytes | None] = asyncio.Queue(PIECES_AHEAD)
        self.heard = Heard(time.monotonic())
        self.task: asyncio.Task[None] | None = None
        self.left = False
        self.kept = False

    async def run(self, address: str, headers: list[tuple[str, str]]) -> None:
        self.task = asyncio.current_task()
        wire = self.sent.wire
        body = self.sent.pieces() if wire.stream is not None else wire.body
        try:
            arrived = await self.proxy.send(wire.method, address, headers, body)
        except (ConnectionError, asyncio.CancelledError) as error:
            self.give_up(address, error)
            return
        self.head.set_result(arrived)
        await self.pass_on(address, arrived)

    def give_up(self, address: str, error: BaseException) -> None:
        """Report that no answer came: to the client, or to the log if the client has left."""
        if self.left:
            reason = str(error) or "the client did not wait and no answer came"
            log.error("not recorded to %s: %s: %s", self.proxy.tape.path, address.partition("?")[0], reason)
        else:
            self.head.set_exception(ConnectionError(str(error) or "the server is stopping"))

    async def pass_on(self, address: str, arrived: Arrived) -> None:
        """Each piece as it comes; the end only when all of it is on the disk. Many clients take a stream's last event for
        its end and go, so that event waits for the disk as well."""
        heard = self.heard
        try:
            async with aclosing(arrived.pieces) as coming:
                async for piece in coming:
                    heard.add(piece)
                    if heard.told_its_end and not self.kept:
                        await self.keep(address, arrived)
                    await self.offer(piece)
        except ConnectionError as error:
            heard.broken = str(error)
        except asyncio.CancelledError:
            heard.broken = "the client left before the end"
        if not self.kept:
            await self.keep(address, arrived)
        await self.offer(None)

    async def offer(self, piece: bytes | None) -> None:
        if not self.left:
            await self.pieces.put(piece)

    async def frames(self) -> Frames:
        """The answer's body for the client. Raises Hangup where the upstream broke off."""
        try:
            while (piece := await self.pieces.get()) is not None:
                yield Frame(piece)
        finally:
            if self.task is not None and not self.task.done():
                self.leave(self.task)
        if self.heard.broken:
            raise Hangup

    def leave(self, task: asyncio.Task[None]) -> None:
        """The client has gone: the rest of the answer is recorded without it, within AFTER_LEAVING seconds."""
        self.left = True
        while not self.pieces.empty():
            self.pieces.get_nowait()
        timer = asyncio.get_running_loop().call_later(AFTER_LEAVING, task.cancel)
        task.add_done_callback(lambda _: timer.cancel())

    async def keep(self, address: str, arrived: Arrived) -> None:
        """Write what has come to the cassette."""
        heard = self.heard
        self.kept = True
        if heard.size > LARGEST_ANSWER:
            log.error(
                "not recorded to %s: an answer of %d bytes; at most %d are recorded",
                self.proxy.tape.path, heard.size, LARGEST_ANSWER,
            )  # fmt: skip
            return
        one = interaction(self.sent, address, arrived, b"".join(heard.pieces), tuple(heard.chunks), heard.broken)
        await self.proxy.record(one, self.sent)


LAST_EVENT = (b"\ndata: [DONE]\n\n", b"\ndata: [DONE]\r\n\r\n")


class Heard:
    """What has come of an answer: its pieces with their milliseconds since the request, and why it broke off if it did."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.pieces: list[bytes] = []
        self.chunks: list[tuple[int, int]] = []
        self.size = 0
        self.tail = b""
        self.broken = ""

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self.tail = (self.tail + piece[-32:])[-32:]
        if self.size <= LARGEST_ANSWER:
            self.pieces.append(piece)
            self.chunks.append((round((time.monotonic() - self.began) * 1000), len(piece)))

    @property
    def told_its_end(self) -> bool:
        """Whether the last event of an OpenAI-compatible stream has come."""
        return self.tail.endswith(LAST_EVENT)


KEPT_BACK = frozenset(
    "date content-length connection keep-alive transfer-encoding upgrade trailer proxy-connection".split()
)
"""Headers of an answer that this server writes itself. A length would tell the end before it is recorded."""


def passes(name: str) -> bool:
    return name.lower() not in KEPT_BACK


class Sent:
    """A request's body as it was sent on: whole, or what of a stream is kept."""

    def __init__(self, wire: WireRequest) -> None:
        self.wire = wire
        self.kept: list[bytes] = [wire.body]
        self.size = len(wire.body)

    async def pieces(self) -> AsyncIterator[bytes]:
        async for piece in self.wire.pieces():
            self.size += len(piece)
            if self.size <= matching.LARGEST_KEPT:
                self.kept.append(piece)
            yield piece

    @property
    def body(self) -> bytes:
        return b"".join(self.kept) if self.size <= matching.LARGEST_KEPT else matching.kept(self.size)


def interaction(
    sent: Sent, address: str, arrived: Arrived, body: bytes, chunks: tuple[tuple[int, int], ...], broken: str
) -> Interaction:
    wire = sent.wire
    coded = next((text for name, text in arrived.headers if name.lower() == "content-encoding"), "")
    if coded:
        body, chunks = unpacked(body), ()
    dropped = ("content-length", "content-encoding", "transfer-encoding", "connection")
    return Interaction(
        wire.method,
        address,
        tuple([(str(name), sendable(text)) for name, text in wire.headers.items()]),
        sent.body,
        arrived.status,
        arrived.reason,
        tuple([(name, text) for name, text in arrived.headers if name.lower() not in dropped]),
        body,
        chunks if len(chunks) > 1 else (),
        broken,
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
