"""Drive sessions on sockets: messages, answers of the sources, faults, waits, the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any

from mockgem.app.internal_errors import INTERNAL_ERROR, log_internal_error
from mockgem.app.journaling import build_entry
from mockgem.app.socket_journal import SocketLog, shorten
from mockgem.core.call import Answer, Call, Source
from mockgem.core.errors import ApiError
from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.core.scheduling import LARGE_BODY, run_aside, run_to_end, sleep, yield_control
from mockgem.core.sockets import (
    NEVER,
    Accept,
    Ask,
    ConnectedSession,
    Pause,
    Perform,
    Session,
    Socket,
    SocketClose,
    SocketClosed,
    SocketMessage,
    SocketResponse,
    close_for,
)
from mockgem.core.world import World
from mockgem.faults.client_messages import ClientFault, disturb
from mockgem.faults.frames import FrameFault

MAX_AHEAD = 4 * 2**20
"""Bytes of messages that a session may have got since its last step."""
MESSAGE_OVERHEAD = 256
"""Bytes that a message takes besides its content."""
YIELD_EVERY = 4
"""Messages after which other connections get their turn, and the client can interrupt."""


async def open_socket(
    sources: Sequence[Source], call: Call, answer: Answer, response: SocketResponse, began: float
) -> SocketResponse:
    """Write a handshake to the journal, and return the response with what serves its socket."""
    observer = call.world.observer
    if observer is not None:
        headed = observer.add_headers(call, response)
        response = replace(response, headers=headed.headers)
    entry = build_entry(call.world, call, answer, response, began)
    entry.outcome = "open"
    if observer is not None:
        await observer.note_answer(call, answer, response, entry)
    await call.world.journal.add(entry)
    log = SocketLog(entry, call.world)
    run = SocketRun(sources, call, response.session, log, answer.client_faults)
    return replace(response, serve=run.serve)


class SocketRun:
    """One socket with its session.

    `ahead` is the bytes that the client has sent since the last step of the session. With too many,
    no more are read: so a client that does not read, or a turn that hangs, fills no memory.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        call: Call,
        session: Session,
        log: SocketLog,
        client_faults: Sequence[ClientFault] = (),
    ) -> None:
        self.sources = sources
        self.call = call
        self.world: World = call.world
        self.session = session
        self.log = log
        self.wake = asyncio.Event()
        self.ended: SocketClose | Exception | None = None
        self.faults: Answer | None = None
        self.client_faults = client_faults
        self.received = 0
        self.ahead = 0
        self.has_stepped = asyncio.Event()

    async def serve(self, accept: Accept) -> None:
        """Complete the handshake, and serve the socket until one side ends it.

        Raises ConnectionDropped if a fault ends the connection.
        """
        self.world.open_responses += 1
        try:
            await self.talk(await accept())
        except SocketClosed:
            raise
        except ConnectionDropped:
            self.log.note_end("cut")
            raise
        except ConnectionError:
            self.log.note_end("left")
        except asyncio.CancelledError:
            self.log.note_end("left")
            raise
        finally:  # aiohttp cancels this when the connection is lost, also while the session ends
            await run_to_end(self.finish())

    async def talk(self, socket: Socket) -> None:
        """Read and write until one side ends the socket.

        An exception in mockgem closes it with 1011, with the traceback in the log.
        """
        if isinstance(self.session, ConnectedSession):
            self.session.start(self.wake.set)
        reader = asyncio.create_task(self.read(socket))
        stop_watching = self.world.clock.watch(self.wake.set)
        try:
            await self.write(socket)
        except SocketClosed as closed:
            await self.close(socket, closed.close)
        except (ConnectionError, ConnectionDropped):
            raise
        except Exception as error:
            log_internal_error(self.call.wire, error)
            await self.close(socket, close_for(INTERNAL_ERROR))
        finally:
            stop_watching()
            reader.cancel()
            await asyncio.wait([reader])

    async def finish(self) -> None:
        """End the session, and complete the journal entry."""
        self.world.open_responses -= 1
        if isinstance(self.session, ConnectedSession):
            await self.session.finish(self.ended if isinstance(self.ended, SocketClose) else None)
            self.log.details |= self.session.details
        await self.log.finish()

    async def read(self, socket: Socket) -> None:
        """Give the client's messages to the session as they arrive."""
        try:
            while isinstance(message := await socket.receive(), SocketMessage):
                if self.client_faults:
                    await self.take_disturbed(message)
                else:
                    await self.take(message)
            self.ended = message
            if socket.closed_with is None:
                self.log.add_received_close(message)
            else:
                self.log.add_sent_close(socket.closed_with)
        except Exception as error:
            self.ended = error
        self.wake.set()

    async def take_disturbed(self, message: SocketMessage) -> None:
        """Give the session what faults leave of a message. Raises ConnectionDropped.

        The journal has what the client sent, with the names of the faults that acted on it.
        """
        self.received += 1
        delivery = disturb(self.client_faults, self.received, message)
        self.log.add_received(shorten(message.data), delivery.faults)
        if delivery.dropped is not None:
            raise delivery.dropped
        for arrival in delivery.arrivals:
            if arrival.delay:
                await sleep(arrival.delay)
            await self.take(arrival.message, is_logged=True)

    async def take(self, message: SocketMessage, *, is_logged: bool = False) -> None:
        """Decode a message, beside the event loop if it is large, and give it to the session."""
        if len(message.data) > LARGE_BODY:
            text, content = await run_aside(self.decode, message)
        else:
            text, content = self.decode(message)
        if not is_logged:
            self.log.add_received(text)
        self.session.receive(content)
        self.wake.set()
        self.ahead += len(message.data) + MESSAGE_OVERHEAD
        if self.ahead > MAX_AHEAD:
            self.has_stepped.clear()
            await self.has_stepped.wait()

    def decode(self, message: SocketMessage) -> tuple[str, Any]:
        """Return what the journal and the session get of a message."""
        try:
            return shorten(message.data), self.session.decode(message)
        except ApiError as error:
            return shorten(message.data), error

    def note_step(self) -> None:
        self.ahead = 0
        self.has_stepped.set()

    async def write(self, socket: Socket) -> None:
        """Do what the session says until it, or the client, ends the socket."""
        sent = 0
        while self.ended is None:
            self.note_step()
            self.session.tick(self.world.clock())
            match step := self.session.next_step():
                case None:
                    await self.wait(self.seconds_to_deadline())
                case SocketMessage():
                    await self.send(socket, step)
                    sent += 1
                    if sent % YIELD_EVERY == 0:
                        await yield_control()
                case Ask():
                    await self.ask(step)
                    if self.faults is not None:
                        await self.write_with_faults(socket, self.faults)
                case Perform(work):
                    self.session.take_result(await catch_failure(work))
                case Pause(seconds):
                    await self.wait(seconds)
                case SocketClose():
                    await self.close(socket, step)
                    return
        if isinstance(self.ended, Exception):
            raise self.ended

    async def close(self, socket: Socket, close: SocketClose) -> None:
        self.log.add_sent_close(close)
        await socket.close(close)

    async def send(self, socket: Socket, message: SocketMessage) -> None:
        self.log.add_sent(message)
        await socket.send(message)

    async def wait(self, seconds: float) -> None:
        """Wait for the client, the clock, or some seconds."""
        self.wake.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(None if seconds == NEVER else seconds):
                await self.wake.wait()

    def seconds_to_deadline(self) -> float:
        """Return how long to wait at most: a clock that stands still has no deadline."""
        if not self.world.clock.real:
            return NEVER
        return max(0.0, self.session.deadline - self.world.clock())

    async def ask(self, step: Ask) -> None:
        """Get an answer of the first source that has one."""
        call = replace(
            self.call,
            endpoint=step.endpoint,
            request=step.request,
            model=step.model,
            key=step.key,
        )
        answer: Answer | None = None
        for source in self.sources:
            if (answer := await source.answer(call)) is not None:
                break
        if answer is None:
            answer = Answer(INTERNAL_ERROR, "nobody")
        self.log.note_answer(step.model, answer)
        if self.world.observer is not None:
            await self.world.observer.note_turn(self.log.entry, step.model, answer)
        self.faults = answer if answer.faults or answer.changes else None
        self.session.take_answer(answer)

    async def write_with_faults(self, socket: Socket, answer: Answer) -> None:
        """Send the messages of one answer as its faults leave them."""
        self.faults = None
        frames = self.iter_answer()
        for fault in (*answer.changes, *answer.faults):
            frames = fault.apply(frames, False) if isinstance(fault, FrameFault) else fault(frames)
        async with aclosing(frames):
            async for frame in frames:
                if frame.delay:
                    await sleep(frame.delay)
                if self.ended is not None:
                    return
                if frame.data:
                    await self.send(socket, SocketMessage(frame.data, frame.is_text))

    async def iter_answer(self) -> Frames:
        """Yield the messages until the answer ends, as frames."""
        while self.session.is_answering and self.ended is None:
            self.note_step()
            match step := self.session.next_step():
                case SocketMessage(data, is_text):
                    yield Frame(data, is_text=is_text)
                case Pause(seconds):
                    await self.wait(seconds)
                case Perform(work):
                    self.session.take_result(await catch_failure(work))
                case _:
                    assert step is None, f"{step} does not belong to an answer"
                    return


async def catch_failure(work: Callable[[], Awaitable[Any]]) -> Any:
    """Return the result of some work, or its ApiError as a value."""
    try:
        return await work()
    except ApiError as error:
        return error
