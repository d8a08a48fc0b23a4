"""Forward requests to the upstream, return its responses as they arrive, and record both."""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from typing import Any

from mockgem.core.call import Answer, Call, VerbatimResponse
from mockgem.core.errors import Code, Failure
from mockgem.core.http import (
    ConnectionDropped,
    Frame,
    Frames,
    UpstreamResponse,
    WireResponse,
)
from mockgem.core.scheduling import run_aside
from mockgem.recording.capture import (
    MAX_RECORDED_BYTES,
    RequestCapture,
    ResponseCapture,
    build_interaction,
    select_forwarded,
)
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.interaction import RESET, Interaction, drop_mode_of
from mockgem.recording.redaction import Redactor, SecretLeak, find_credentials
from mockgem.recording.replay import is_handshake, refuse_unreadable, rewrite_urls
from mockgem.recording.socket_recorder import Connect, open_relay
from mockgem.recording.target import Target
from mockgem.redaction.finder import hide_secrets

MAX_REDACTED_IN_LOOP = 64 * 1024
"""Bytes of an interaction whose secrets are removed without a thread."""
MAX_QUEUED_CHUNKS = 16
"""Chunks of a response that wait for a slow client; then the upstream waits too."""
FLUSH_TIMEOUT = 5.0
"""Seconds that a client has to read the rest of its response when a recorder ends."""
ABANDONED_TIMEOUT = 120.0
"""Seconds in which the recorder still reads a response whose client has left."""
log = logging.getLogger("mockgem")

Send = Callable[[str, str, Sequence[tuple[str, str]], Any], Awaitable[UpstreamResponse]]
WriteTask = asyncio.Task[Interaction | None]
"""A write to the cassette; its result is the interaction as written, None if it could not be."""


class Recorder:
    """A source that answers every call from the upstream and records it.

    Errors, responses that break off and responses whose client has left are recorded too.
    `on_recorded` is called with each interaction after it is written.
    """

    def __init__(
        self,
        send: Send,
        target: Target,
        writer: CassetteWriter,
        redaction: Redactor,
        on_recorded: Callable[[Interaction], None],
        connect: Connect,
    ) -> None:
        self.send = send
        self.target = target
        self.writer = writer
        self.redaction = redaction
        self.on_recorded = on_recorded
        self.connect = connect
        self.exchanges: dict[asyncio.Task[None], UpstreamExchange] = {}
        self.writes: set[WriteTask] = set()
        self.is_stopping = False

    async def answer(self, call: Call) -> Answer:
        """Send a call to the upstream and return its response, whose body is still arriving."""
        wire = call.wire
        if (unreadable := refuse_unreadable(call)) is not None:
            return unreadable
        if is_handshake(wire):
            return await open_relay(call, self.target, self.connect, self.save_session)
        exchange = UpstreamExchange(self, RequestCapture(wire))
        try:
            base = self.target.find_base_url(call.surface, wire)
            url = self.target.build_url(base, wire)
            response = await exchange.start(url, self.target.build_headers(call.surface, wire))
        except ConnectionError as error:
            failure = Failure(Code.UNAVAILABLE, f"mockgem: {error}", reason="upstream")
            return Answer(failure, "upstream")
        if wire.method == "HEAD":  # the server does not read the frames to their end
            await exchange.wait_until_recorded()
        headers = rewrite_urls(select_forwarded(wire.method, response.headers), wire, base)
        content = WireResponse(response.status, headers, exchange.open_frames())
        return Answer(VerbatimResponse(content), "upstream")

    async def save_session(self, session: Interaction, size: int) -> None:
        """Write a session on a socket that has ended."""
        if size > MAX_RECORDED_BYTES:
            self.log_failure(
                f"the session has {size} bytes; at most {MAX_RECORDED_BYTES} are recorded"
            )
            return
        await asyncio.shield(self.save(session, None))

    def save(self, interaction: Interaction, replaces: WriteTask | None) -> WriteTask:
        """Start to write an interaction. The write continues if the waiting task is cancelled."""
        task = asyncio.create_task(self.write_interaction(interaction, replaces))
        self.writes.add(task)
        task.add_done_callback(self.writes.discard)
        return task

    async def write_interaction(
        self, interaction: Interaction, replaces: WriteTask | None
    ) -> Interaction | None:
        """Write an interaction without secrets, or log why that is not possible.

        The client gets its response in any case.
        """
        earlier = await replaces if replaces is not None else None
        secrets = [*find_credentials(interaction), self.target.key]
        try:
            clean = await self.remove_secrets(interaction, secrets)
            await self.writer.append(clean, replaces=earlier)
        except (SecretLeak, OSError, ValueError) as error:
            self.log_failure(str(error))
            return earlier
        if earlier is None:
            self.on_recorded(clean)
        return clean

    async def remove_secrets(self, interaction: Interaction, secrets: list[str]) -> Interaction:
        """Return an interaction without secrets. Raises SecretLeak.

        Large ones are searched in a thread, while other clients get their answers.
        """
        size = len(interaction.request_body) + len(interaction.body)
        size += sum([len(one.data) for one in interaction.messages])
        if size > MAX_REDACTED_IN_LOOP:
            return await run_aside(self.redaction.redact_and_check, interaction, secrets)
        return self.redaction.redact_and_check(interaction, secrets)

    def log_failure(self, reason: str) -> None:
        """Log why an exchange is not in the cassette."""
        log.error("not recorded to %s: %s", self.writer.path, reason)

    async def flush(self) -> None:
        """Wait until everything is written.

        Responses whose client has left end here; clients that do not read get FLUSH_TIMEOUT.
        """
        self.is_stopping = True
        for task, exchange in self.exchanges.items():
            if exchange.client_left:
                task.cancel()
        if self.exchanges:
            _, late = await asyncio.wait(self.exchanges, timeout=FLUSH_TIMEOUT)
            for task in late:
                self.exchanges[task].continue_without_client()
        await asyncio.gather(*self.exchanges, return_exceptions=True)
        await asyncio.gather(*self.writes, return_exceptions=True)


class UpstreamExchange:
    """One request to the upstream and its response, recorded whether or not the client waits.

    `head` gets the response as soon as its status and headers have arrived. Chunks of its body
    wait in a bounded queue for the client; None marks their end.
    """

    def __init__(self, recorder: Recorder, request: RequestCapture) -> None:
        self.recorder = recorder
        self.request = request
        self.capture = ResponseCapture()
        self.loop = asyncio.get_running_loop()
        self.head: asyncio.Future[UpstreamResponse] = self.loop.create_future()
        self.queue: asyncio.Queue[bytes | None] = asyncio.Queue(MAX_QUEUED_CHUNKS)
        self.task: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.client_left = False
        self.is_complete = False
        self.written: WriteTask | None = None
        self.written_size = -1

    async def start(self, url: str, headers: list[tuple[str, str]]) -> UpstreamResponse:
        """Send the request in a task that outlives the client; return when the head has arrived.

        Raises ConnectionError.
        """
        self.task = asyncio.create_task(self.run(url, headers))
        self.recorder.exchanges[self.task] = self
        self.task.add_done_callback(self.finish)
        try:
            return await asyncio.shield(self.head)
        except asyncio.CancelledError:
            self.continue_without_client()
            raise

    async def run(self, url: str, headers: list[tuple[str, str]]) -> None:
        """Send the request, then receive and record its response."""
        wire = self.request.wire
        whole = wire.sent_body or wire.body
        body = self.request.iter_body() if wire.stream is not None else whole
        try:
            response = await self.recorder.send(wire.method, url, headers, body)
        except (ConnectionError, asyncio.CancelledError) as error:
            self.report_failure(url, error)
            return
        self.head.set_result(response)
        try:
            await self.receive_body(url, response)
        finally:
            await self.enqueue(None)

    def report_failure(self, url: str, error: BaseException) -> None:
        """Tell the client that no response came; if it has left, write that to the log."""
        if not self.client_left:
            self.head.set_exception(ConnectionError(str(error) or "the server is stopping"))
            return
        reason = str(error) or "the client left, and no response came"
        self.recorder.log_failure(f"{url.partition('?')[0]}: {reason}")

    async def receive_body(self, url: str, response: UpstreamResponse) -> None:
        """Pass on each chunk as it arrives, and the end only when everything is on disk.

        Many clients stop reading at a stream's last event, so that event waits for the disk too.
        If more bytes arrive after it, the interaction is written again.
        """
        capture = self.capture
        try:
            async with aclosing(response.chunks) as chunks:
                async for chunk in chunks:
                    capture.add(chunk)
                    if capture.has_final_event and self.written is None:
                        await self.save(url, response)
                    await self.enqueue(chunk)
            self.is_complete = True
        except ConnectionResetError:
            capture.error = RESET
        except ConnectionError as error:
            capture.error = str(error)
        except asyncio.CancelledError:
            capture.error = "the client left before the end"
        has_failed = bool(capture.error) and not self.client_left
        if self.written_size != capture.size or has_failed:
            await self.save(url, response)

    async def save(self, url: str, response: UpstreamResponse) -> None:
        """Write what has arrived to the cassette."""
        self.written_size = size = self.capture.size
        if size > MAX_RECORDED_BYTES:
            self.recorder.log_failure(
                f"the response has {size} bytes; at most {MAX_RECORDED_BYTES} are recorded"
            )
            return
        try:
            interaction = build_interaction(self.request, url, response, self.capture)
        except ValueError as error:
            self.recorder.log_failure(str(error))
            return
        self.written = self.recorder.save(interaction, self.written)
        await asyncio.shield(self.written)

    async def enqueue(self, chunk: bytes | None) -> None:
        """Hand a chunk to the client; wait while it is slow."""
        if not self.client_left:
            await self.queue.put(chunk)

    async def wait_until_recorded(self) -> None:
        """Wait until the response is on disk."""
        assert self.task is not None, "the exchange has started"
        try:
            await asyncio.wait([self.task])
        except asyncio.CancelledError:
            self.continue_without_client()
            raise

    def open_frames(self) -> Frames:
        """Return the response body for the client.

        If the frames are thrown away before the first one is read, as when the client leaves just
        then, no `finally` inside them runs; the finalizer notices that too.
        """
        frames = self.iter_frames()
        weakref.finalize(frames, self.on_frames_dropped).atexit = False
        return frames

    async def iter_frames(self) -> Frames:
        """Yield the chunks of the body. Raises ConnectionDropped if the upstream broke off."""
        try:
            while (chunk := await self.queue.get()) is not None:
                yield Frame(chunk)
        finally:
            self.continue_without_client()
        if not self.is_complete:
            raise ConnectionDropped(drop_mode_of(self.capture.error))

    def on_frames_dropped(self) -> None:
        """Continue without the client; may be called in any thread, by the garbage collector."""
        with suppress(RuntimeError):  # the loop has ended
            self.loop.call_soon_threadsafe(self.continue_without_client)

    def continue_without_client(self) -> None:
        """Record the rest of the response for a client that has left, for a limited time."""
        if self.client_left or self.task is None or self.task.done():
            return
        self.client_left = True
        while not self.queue.empty():
            self.queue.get_nowait()
        if self.recorder.is_stopping:
            self.task.cancel()
        else:
            self.timer = self.loop.call_later(ABANDONED_TIMEOUT, self.task.cancel)

    def finish(self, task: asyncio.Task[None]) -> None:
        """Clean up after the task. No client may wait for the head of an exchange that failed."""
        self.recorder.exchanges.pop(task)
        if self.timer is not None:
            self.timer.cancel()
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.recorder.log_failure(hide_secrets(f"{type(error).__name__}: {error}"))
        if not self.head.done() and not self.client_left:
            self.head.set_exception(error or ConnectionError("the server is stopping"))
