"""Journal entries of requests and their responses."""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import replace

from mockgem.app.sent_body import SentBody
from mockgem.core.call import Answer, Call
from mockgem.core.http import (
    ChunkedBody,
    ConnectionDropped,
    Frame,
    Frames,
    WireRequest,
    WireResponse,
)
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry
from mockgem.core.paced_frames import PacedFrames
from mockgem.core.world import World

MAX_TEXT = 256
"""Characters of a path or a model's name that an entry keeps."""


async def add_journal_entry(
    world: World, call: Call, answer: Answer, response: WireResponse, began: float
) -> WireResponse:
    """Write an exchange to the journal; return the response, whose frames complete the entry.

    The journal stays silent about the admin API; the access log hears of it.
    """
    observer = None if call.surface.is_admin else world.observer
    if observer is not None:
        response = observer.add_headers(call, response)
    entry = build_entry(world, call, answer, response, began)
    body = response.body
    if isinstance(body, (bytes, ChunkedBody)):
        keep_body(entry, body)
    elif not call.surface.is_admin:
        entry.outcome, entry.unsent = "open", True
        response = replace(response, body=track_frames(body, entry, world))
    if observer is not None:
        await observer.note_answer(call, answer, response, entry)
    if not call.surface.is_admin:
        await world.journal.add(entry)
    elif not is_of_console(call.wire):
        world.journal.emit(entry)
    return response


def keep_body(entry: JournalEntry, body: bytes | ChunkedBody) -> None:
    """Keep a body that leaves whole."""
    data = body if isinstance(body, bytes) else body.encoded
    entry.body = data if len(data) <= KEPT_BODY_BYTES else data[:KEPT_BODY_BYTES]
    entry.size = len(data)


def is_of_console(wire: WireRequest) -> bool:
    """Return whether the console sent a request for itself, which the access log leaves out."""
    return "x-mockgem-console" in wire.headers or wire.path.startswith("/_mockgem/console")


def build_entry(
    world: World, call: Call, answer: Answer, response: WireResponse, began: float
) -> JournalEntry:
    """Return the entry of an exchange without the response's body. `began` is of
    time.perf_counter."""
    return EntryFacts(call, answer).build(world.clock(), response, began)


class EntryFacts:
    """What the entries of a request have in common, however often it is answered."""

    __slots__ = ("call", "details", "model", "path", "request_size", "source", "wire")

    def __init__(self, call: Call, answer: Answer) -> None:
        wire, path, model = call.wire, call.wire.path, call.model
        if wire.base_path:
            path = wire.base_path + path
        if len(path) > MAX_TEXT or len(model) > MAX_TEXT:
            path, model = trim_text(path), trim_text(model)
        size = len(wire.body)
        self.request_size = size if size > KEPT_BODY_BYTES else 0
        self.wire = trim_body(wire) if self.request_size else wire
        self.call, self.path, self.model = call, path, model
        self.source, self.details = answer.source, answer.details

    def build(self, at: float, response: WireResponse, began: float) -> JournalEntry:
        """Return an entry at a time of the world's clock, without the response's body."""
        call, wire = self.call, self.wire
        now = time.perf_counter()
        return JournalEntry(
            at, wire.method, self.path, call.surface.name, self.model, response.status, self.source,
            now - began, wire, response.headers, b"", call.key, self.details, began, now,
            "whole", 0, self.request_size,
        )  # fmt: skip


def trim_body(wire: WireRequest) -> WireRequest:
    return replace(wire, body=wire.body[:KEPT_BODY_BYTES])


def trim_text(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


def track_frames(frames: Frames, entry: JournalEntry, world: World) -> Frames:
    """Pass frames on, and complete their journal entry with what was sent of them and how they
    ended."""
    tracker = FrameTracker(entry, world)
    return frames.watch(tracker) if isinstance(frames, PacedFrames) else track_each(frames, tracker)


async def track_each(frames: Frames, tracker: FrameTracker) -> Frames:
    tracker.begin()
    try:
        async with aclosing(frames):
            async for frame in frames:
                tracker.note_next(frame)
                yield frame
                tracker.note_sent(frame)
        tracker.note_whole()
    except ConnectionDropped as drop:
        tracker.note_drop(drop)
        raise
    finally:
        await tracker.finish()


class FrameTracker:
    """Writes to a journal entry what was sent of a response.

    A frame that waits counts as sent when the client takes the next one. A client that leaves with
    the whole answer has not left early.
    """

    def __init__(self, entry: JournalEntry, world: World) -> None:
        self.entry = entry
        self.world = world
        self.sent = SentBody(entry)

    def begin(self) -> None:
        self.world.open_responses += 1

    def note_delivered(self, frame: Frame) -> None:
        self.entry.unsent = False
        self.sent.add(frame)

    def note_next(self, frame: Frame) -> None:
        self.entry.unsent = self.entry.unsent and bool(frame.delay)
        if not frame.delay:
            self.sent.add(frame)

    def note_sent(self, frame: Frame) -> None:
        self.entry.unsent = False
        if frame.delay:
            self.sent.add(frame)

    def note_whole(self) -> None:
        self.entry.outcome, self.entry.unsent = "whole", False

    def note_drop(self, drop: ConnectionDropped) -> None:
        is_whole = drop.mode == "half"
        self.entry.outcome = "whole" if is_whole else "cut"
        self.entry.unsent = self.entry.unsent and not is_whole

    async def finish(self) -> None:
        entry, world = self.entry, self.world
        world.open_responses -= 1
        entry.ended_at = time.perf_counter()
        if entry.outcome == "open":
            entry.outcome = "whole" if has_whole_answer(self.sent) else "left"
        if world.observer is not None:
            await world.observer.note_end(entry, self.sent.kept + self.sent.tail)
        await world.journal.finish(entry, self.sent.kept)


def has_whole_answer(sent: SentBody) -> bool:
    """Return whether a client that left lacks nothing. Most clients do not leave."""
    from mockgem.app.complete_answer import is_complete

    return is_complete(sent)
