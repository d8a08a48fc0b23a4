"""New journal entries as server-sent events, which a client can resume after a broken connection.

A stream costs nothing but one waiter in the journal. When requests come faster than people read,
it sends only some of them and says how many it has skipped.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import Frame, Frames, WireRequest, WireResponse
from mockgem.core.journal import Journal, JournalEntry
from mockgem.core.scheduling import sleep
from mockgem.core.world import World
from mockgem.dialects.admin.event_streams import EventStreams
from mockgem.dialects.admin.journal_filters import QUERY_FILTERS, is_match, read_number
from mockgem.dialects.admin.journal_preview import build_preview
from mockgem.dialects.admin.json_endpoint import Json, check_query, decode_request, encode_failure
from mockgem.dialects.admin.rendered_entry import render_entry
from mockgem.dialects.common.json_writer import dump_compact

HEADERS = (
    ("Content-Type", "text/event-stream"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Accel-Buffering", "no"),
)
MAX_ROUND = 20
"""Entries that are sent at once; of more, the newest ones."""
ROUND_SECONDS = 0.2
"""Seconds between two rounds."""
LOOK_SECONDS = 2.0
"""Seconds after which a stream looks at the journal although nothing has woken it: another process
may have written entries."""
ALIVE_SECONDS = 15.0
"""Seconds without an event after which a comment keeps proxies from closing the connection."""
MAX_OPEN = 200
"""Entries whose end a stream waits for."""
MAX_STREAMS = 20
"""Streams of one world."""
EVENT_ID = re.compile(r"(\d{1,9})-(\w{0,32})\Z")


@frozen
class EventsRequest:
    """Filters, and where to begin: after an entry of a journal, or at its end."""

    filters: Json
    after: int | None = None
    identity: str = ""


def build_events_endpoint(streams: EventStreams, token: str) -> Endpoint[EventsRequest, Frames]:
    """Return the endpoint. With a token, only requests that have it are answered."""

    def decode(wire: WireRequest, params: Mapping[str, str]) -> EventsRequest:
        query = decode_request(wire, params, token)
        check_query(query, {**QUERY_FILTERS, "after": {}}, "GET /journal/events")
        if match := EVENT_ID.match(wire.headers.get("last-event-id", "")):
            return EventsRequest(query, int(match[1]), match[2])
        after = read_number(query, "after", 0) if "after" in query else None
        return EventsRequest(query, after)

    async def open_stream(request: EventsRequest, context: OperationContext) -> Frames:
        """Raises ApiError (429) if a world has too many streams."""
        if len(context.world.journal.waiters) >= MAX_STREAMS:
            message = f"{MAX_STREAMS} programs read this journal already, which is the limit"
            raise ApiError(Failure(Code.RESOURCE_EXHAUSTED, message))
        return JournalStream(request, context.world, streams).iter_frames()

    return Endpoint(
        "GET",
        "/journal/events",
        "Receive new entries as server-sent events",
        decode,
        open_stream,
        lambda request, frames: WireResponse(200, HEADERS, frames),
        encode_failure,
        pure=False,
        may_wait=True,
    )


class JournalStream:
    """One stream of a world's entries: new ones, and those whose answers have ended meanwhile."""

    def __init__(self, request: EventsRequest, world: World, streams: EventStreams) -> None:
        self.request = request
        self.world = world
        self.journal: Journal = world.journal
        self.streams = streams
        self.wakeup = asyncio.Event()
        self.open_entries: set[int] = set()
        self.position = 0
        self.sent_at = time.monotonic()

    async def iter_frames(self) -> Frames:
        """Yield events until the server stops or the world is reset."""
        await self.journal.refresh()
        self.journal.waiters.add(self.wakeup)
        self.streams.events.add(self.wakeup)
        try:
            yield Frame(b"retry: 1000\n" + self.find_start())
            while self.is_live:
                self.wakeup.clear()
                for event in await self.collect_events():
                    yield Frame(event)
                if time.monotonic() - self.sent_at > ALIVE_SECONDS:
                    self.sent_at = time.monotonic()
                    yield Frame(b": alive\n\n")
                await self.wait()
        finally:
            self.journal.waiters.discard(self.wakeup)
            self.streams.events.discard(self.wakeup)

    @property
    def is_live(self) -> bool:
        """Whether the server runs, and the world has not been replaced."""
        return not self.streams.is_closed and self.world.dispatch is not None

    def find_start(self) -> bytes:
        """Set where the stream begins; return the first event.

        A client that has seen entries of another journal has to forget them: the server was
        restarted, or the world was reset.
        """
        last, journal = self.request.after, self.journal
        is_other = last is not None and (
            last > journal.count or self.request.identity not in ("", journal.identity)
        )
        self.position = 0 if is_other else journal.count if last is None else last
        name = "reset" if is_other else "ready"
        return self.encode(name, {"total": journal.count}, self.position)

    async def wait(self) -> None:
        """Wait for the next round, and until something happens."""
        await sleep(ROUND_SECONDS)
        if not self.wakeup.is_set() and self.is_live:
            try:
                async with asyncio.timeout(self.find_pause()):
                    await self.wakeup.wait()
            except TimeoutError:
                pass

    def find_pause(self) -> float:
        """Return how long to wait for this process's own entries before the next look."""
        is_alone = self.journal.look_seconds is None
        return LOOK_SECONDS if is_alone and not self.open_entries else ROUND_SECONDS

    async def collect_events(self) -> list[bytes]:
        """Return the events of one round."""
        events = [*await self.collect_ended(), *await self.collect_new()]
        if events:
            self.sent_at = time.monotonic()
        return events

    async def collect_ended(self) -> list[bytes]:
        """Return an event for each entry that was open and has ended."""
        events: list[bytes] = []
        for number in sorted(self.open_entries):
            entry = await self.journal.find_entry(number)
            if entry is not None and entry.outcome == "open":
                continue
            self.open_entries.discard(number)
            if entry is not None:
                events.append(self.encode("update", render_row(entry), self.position))
        return events

    async def collect_new(self) -> list[bytes]:
        """Return events for the newest of the entries that have come since the last round."""
        matching: list[JournalEntry] = []
        skipped = 0
        async for entry in self.journal.iter_entries(self.position):
            self.position = entry.number
            if is_match(entry, self.request.filters):
                matching.append(entry)
                if len(matching) > MAX_ROUND:
                    matching.pop(0)
                    skipped += 1
        events = [self.encode("skipped", {"count": skipped}, self.position)] if skipped else []
        for entry in matching:
            if entry.outcome == "open" and len(self.open_entries) < MAX_OPEN:
                self.open_entries.add(entry.number)
            events.append(self.encode("entry", render_row(entry), entry.number))
        return events

    def encode(self, name: str, data: Json, number: int) -> bytes:
        """Return an event. Its id says where a stream after it begins."""
        text = dump_compact(data)
        return b"id: %d-%b\nevent: %b\ndata: %b\n\n" % (
            number, self.journal.identity.encode(), name.encode(), text,
        )  # fmt: skip


def render_row(entry: JournalEntry) -> Json:
    """Return what a list shows of an entry."""
    return render_entry(entry, bodies=False) | build_preview(entry)
