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

from mockgem.core.call import Answer, Call, Surface, VerbatimResponse
from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import (
    ConnectionDropped,
    Frame,
    Frames,
    UpstreamResponse,
    WireRequest,
    WireResponse,
)
from mockgem.recording import matching
from mockgem.recording.cassette_reader import decompress_body
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Redactor, SecretLeak
from mockgem.recording.replay import rewrite_url

HOP_BY_HOP = frozenset(
    """connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade
    host content-length expect accept-encoding""".split()
)
"""Headers between two machines alone; and those that are made anew here."""
CREDENTIALS = ("authorization", "x-goog-api-key", "api-key", "x-api-key")
PLACEHOLDER_KEYS = ("", "any-key", "mockgem")
MAX_RECORDED_BYTES = 64 * 2**20
"""Bytes of an answer that is recorded; a larger one only passes."""
MAX_QUEUED_CHUNKS = 16
"""Pieces of an answer that wait for a slow client; then the upstream waits too."""
ABANDONED_TIMEOUT = 120.0
"""Seconds in which the rest of an answer is recorded after the client has left."""
log = logging.getLogger("mockgem")


Send = Callable[[str, str, Sequence[tuple[str, str]], Any], Awaitable[UpstreamResponse]]


@frozen
class Target:
    """Where requests go: one place for all, or the real service behind each surface. `key` is for clients without one."""

    url: str = ""
    key: str = ""

    def build_url(self, surface: Surface, wire: WireRequest) -> str:
        """Raises ConnectionError where a surface has no service behind it."""
        base = self.url or surface.upstream
        if not base:
            raise ConnectionError(
                f"nothing is known to stand behind {surface.title}: name it with --upstream URL"
            )
        if "{location}" in base:
            match = re.search(r"/locations/([a-z0-9-]+)/", wire.path)
            base = base.replace(
                "{location}-", f"{match[1]}-" if match and match[1] != "global" else ""
            )
        return base.rstrip("/") + wire.path_and_query

    def build_headers(self, surface: Surface, wire: WireRequest) -> list[tuple[str, str]]:
        dropped = HOP_BY_HOP | {
            name.strip().lower() for name in wire.headers.get("connection", "").split(",")
        }
        found = [
            (name, to_sendable(text))
            for name, text in wire.headers.items()
            if name.lower() not in dropped and not is_mockgem_header(name)
        ]
        found.append(("Accept-Encoding", "identity"))
        if not self.key or any(secret not in PLACEHOLDER_KEYS for secret in find_secrets(wire)):
            return found
        found = [(name, text) for name, text in found if name.lower() not in CREDENTIALS]
        return [*found, surface.build_key_header(self.key)]


def to_sendable(text: str) -> str:
    """A header's text without surrogates: aiohttp reads bytes that are not UTF-8 as such, but can't send them."""
    return text if text.isprintable() else text.encode("utf-8", "surrogateescape").decode("latin-1")


def is_mockgem_header(name: str) -> bool:
    """Headers that are meant for mockgem alone."""
    return name.lower().startswith("x-mockgem-")


def find_secrets(wire: WireRequest) -> list[str]:
    """The credentials a request brought with it."""
    found = [wire.headers.get(name, "") for name in CREDENTIALS]
    found = [text[7:].strip() if text[:7].lower() == "bearer " else text for text in found]
    return [
        text
        for text in (*found, wire.query.get("key", ""), wire.query.get("access_token", ""))
        if text
    ]


class Recorder:
    """Records everything that passes, also errors, streams that break off and answers that the client did not wait for.

    `recorded` is called with each interaction that has been written.
    """

    def __init__(
        self,
        send: Send,
        target: Target,
        tape: CassetteWriter,
        redaction: Redactor,
        on_recorded: Callable[[Interaction], None],
    ) -> None:
        self.send = send
        self.target = target
        self.writer = tape
        self.redaction = redaction
        self.on_recorded = on_recorded
        self.exchanges: dict[asyncio.Task[None], UpstreamExchange] = {}

    async def flush(self) -> None:
        """Wait until all that has passed is written; answers that no client waits for are cut off."""
        for task, passage in self.exchanges.items():
            if passage.client_left:
                task.cancel()
        await asyncio.gather(*self.exchanges, return_exceptions=True)

    async def answer(self, call: Call) -> Answer | None:
        passage = UpstreamExchange(self, RequestCapture(call.wire))
        try:
            address = self.target.build_url(call.surface, call.wire)
            arrived = await self.start(
                passage, address, self.target.build_headers(call.surface, call.wire)
            )
        except ConnectionError as error:
            return Answer(
                Failure(Code.UNAVAILABLE, f"mockgem: {error}", reason="upstream"), "upstream"
            )
        host = urlsplit(address).netloc
        headers = tuple(
            [
                (name, rewrite_url(name, text, call.wire, host))
                for name, text in arrived.headers
                if is_forwarded(name)
            ]
        )
        return Answer(
            VerbatimResponse(WireResponse(arrived.status, headers, passage.iter_frames())),
            "upstream",
        )

    async def start(
        self, passage: UpstreamExchange, address: str, headers: list[tuple[str, str]]
    ) -> UpstreamResponse:
        """Send the request in a task that also ends when the client does not wait. Raises ConnectionError."""
        task = asyncio.create_task(passage.run(address, headers))
        self.exchanges[task] = passage
        task.add_done_callback(self.exchanges.pop)
        try:
            return await asyncio.shield(passage.head)
        except asyncio.CancelledError:
            passage.finish_without_client(task)
            raise

    async def write_interaction(self, one: Interaction, sent: RequestCapture) -> None:
        """What can't be written is told on stderr; the client gets its answer all the same."""
        secrets = [*find_secrets(sent.wire), *([self.target.key] if self.target.key else [])]
        clean = self.redaction.redact(one, secrets)
        try:
            self.redaction.check(clean, secrets)
            await self.writer.append(clean)
        except (SecretLeak, OSError, ValueError) as error:
            log.error("not recorded to %s: %s", self.writer.path, error)
            return
        self.on_recorded(clean)


class UpstreamExchange:
    """One request on its way to the upstream and its answer on the way back, recorded whether or not the client waits.

    `head` is the answer's head; the pieces of its body wait in a bounded queue for the client.
    """

    def __init__(self, proxy: Recorder, sent: RequestCapture) -> None:
        self.recorder = proxy
        self.request = sent
        self.head: asyncio.Future[UpstreamResponse] = asyncio.get_running_loop().create_future()
        self.queue: asyncio.Queue[bytes | None] = asyncio.Queue(MAX_QUEUED_CHUNKS)
        self.capture = ResponseCapture(time.monotonic())
        self.task: asyncio.Task[None] | None = None
        self.client_left = False
        self.saved = False

    async def run(self, address: str, headers: list[tuple[str, str]]) -> None:
        self.task = asyncio.current_task()
        wire = self.request.wire
        body = self.request.iter_body() if wire.stream is not None else wire.body
        try:
            arrived = await self.recorder.send(wire.method, address, headers, body)
        except (ConnectionError, asyncio.CancelledError) as error:
            self.report_failure(address, error)
            return
        self.head.set_result(arrived)
        await self.receive_body(address, arrived)

    def report_failure(self, address: str, error: BaseException) -> None:
        """Report that no answer came: to the client, or to the log if the client has left."""
        if self.client_left:
            reason = str(error) or "the client did not wait and no answer came"
            log.error(
                "not recorded to %s: %s: %s",
                self.recorder.writer.path,
                address.partition("?")[0],
                reason,
            )
        else:
            self.head.set_exception(ConnectionError(str(error) or "the server is stopping"))

    async def receive_body(self, address: str, arrived: UpstreamResponse) -> None:
        """Each piece as it comes; the end only when all of it is on the disk. Many clients take a stream's last event for
        its end and go, so that event waits for the disk as well."""
        heard = self.capture
        try:
            async with aclosing(arrived.chunks) as coming:
                async for piece in coming:
                    heard.add(piece)
                    if heard.has_ended and not self.saved:
                        await self.save_interaction(address, arrived)
                    await self.enqueue(piece)
        except ConnectionError as error:
            heard.error = str(error)
        except asyncio.CancelledError:
            heard.error = "the client left before the end"
        if not self.saved:
            await self.save_interaction(address, arrived)
        await self.enqueue(None)

    async def enqueue(self, piece: bytes | None) -> None:
        if not self.client_left:
            await self.queue.put(piece)

    async def iter_frames(self) -> Frames:
        """The answer's body for the client. Raises Hangup where the upstream broke off."""
        try:
            while (piece := await self.queue.get()) is not None:
                yield Frame(piece)
        finally:
            if self.task is not None and not self.task.done():
                self.finish_without_client(self.task)
        if self.capture.error:
            raise ConnectionDropped

    def finish_without_client(self, task: asyncio.Task[None]) -> None:
        """The client has gone: the rest of the answer is recorded without it, within AFTER_LEAVING seconds."""
        self.client_left = True
        while not self.queue.empty():
            self.queue.get_nowait()
        timer = asyncio.get_running_loop().call_later(ABANDONED_TIMEOUT, task.cancel)
        task.add_done_callback(lambda _: timer.cancel())

    async def save_interaction(self, address: str, arrived: UpstreamResponse) -> None:
        """Write what has come to the cassette."""
        heard = self.capture
        self.saved = True
        if heard.size > MAX_RECORDED_BYTES:
            log.error(
                "not recorded to %s: an answer of %d bytes; at most %d are recorded",
                self.recorder.writer.path, heard.size, MAX_RECORDED_BYTES,
            )  # fmt: skip
            return
        one = build_interaction(
            self.request,
            address,
            arrived,
            b"".join(heard.received),
            tuple(heard.chunks),
            heard.error,
        )
        await self.recorder.write_interaction(one, self.request)


FINAL_EVENTS = (b"\ndata: [DONE]\n\n", b"\ndata: [DONE]\r\n\r\n")


class ResponseCapture:
    """What has come of an answer: its pieces with their milliseconds since the request, and why it broke off if it did."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.received: list[bytes] = []
        self.chunks: list[tuple[int, int]] = []
        self.size = 0
        self.tail = b""
        self.error = ""

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        self.tail = (self.tail + piece[-32:])[-32:]
        if self.size <= MAX_RECORDED_BYTES:
            self.received.append(piece)
            self.chunks.append((round((time.monotonic() - self.began) * 1000), len(piece)))

    @property
    def has_ended(self) -> bool:
        """Whether the last event of an OpenAI-compatible stream has come."""
        return self.tail.endswith(FINAL_EVENTS)


OWN_HEADERS = frozenset(
    "date content-length connection keep-alive transfer-encoding upgrade trailer proxy-connection".split()
)
"""Headers of an answer that this server writes itself. A length would tell the end before it is recorded."""


def is_forwarded(name: str) -> bool:
    return name.lower() not in OWN_HEADERS


class RequestCapture:
    """A request's body as it was sent on: whole, or what of a stream is kept."""

    def __init__(self, wire: WireRequest) -> None:
        self.wire = wire
        self.kept: list[bytes] = [wire.body]
        self.size = len(wire.body)

    async def iter_body(self) -> AsyncIterator[bytes]:
        async for piece in self.wire.iter_body():
            self.size += len(piece)
            if self.size <= matching.MAX_RECORDED_BODY:
                self.kept.append(piece)
            yield piece

    @property
    def body(self) -> bytes:
        return (
            b"".join(self.kept)
            if self.size <= matching.MAX_RECORDED_BODY
            else matching.render_size_placeholder(self.size)
        )


def build_interaction(
    sent: RequestCapture,
    address: str,
    arrived: UpstreamResponse,
    body: bytes,
    chunks: tuple[tuple[int, int], ...],
    broken: str,
) -> Interaction:
    wire = sent.wire
    coded = next((text for name, text in arrived.headers if name.lower() == "content-encoding"), "")
    if coded:
        body, chunks = decompress_body(body), ()
    dropped = ("content-length", "content-encoding", "transfer-encoding", "connection")
    return Interaction(
        wire.method,
        address,
        tuple([(str(name), to_sendable(text)) for name, text in wire.headers.items()]),
        sent.body,
        arrived.status,
        arrived.reason,
        tuple([(name, text) for name, text in arrived.headers if name.lower() not in dropped]),
        body,
        chunks if len(chunks) > 1 else (),
        broken,
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
