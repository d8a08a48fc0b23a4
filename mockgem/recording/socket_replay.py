"""Replay sessions of sockets: found by the setup, and followed by what the client sends.

The server's messages come when the client has sent what came before them in the recording. If
several sessions were recorded with a setup, the client's messages decide which one is played.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from mockgem.core.call import Answer, Call, Source, VerbatimResponse
from mockgem.core.errors import ApiError, Failure
from mockgem.core.http import ConnectionDropped
from mockgem.core.sockets import (
    NEVER,
    ConnectedSession,
    Pause,
    Perform,
    Session,
    SocketClose,
    SocketMessage,
    SocketResponse,
    Step,
    close_for,
    cut_reason,
)
from mockgem.recording.index import InteractionIndex, socket_key
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import MatchableRequest, normalize_request
from mockgem.recording.redaction import build_finder, redact_messages
from mockgem.recording.socket_messages import (
    DROPPED,
    NO_CODE,
    canonical_setup,
    find_setup,
)
from mockgem.recording.socket_units import (
    ClientUnits,
    ScriptFollower,
    SocketScript,
)
from mockgem.redaction.body import redact_body

if TYPE_CHECKING:
    from mockgem.core.http import WireRequest

NOT_RECORDED = 1008
"""The close code of a session that is not in the cassette."""
ADVICE = "Record it with: mockgem record --mode new_episodes --cassette FILE"
log = logging.getLogger("mockgem")
Open = Callable[[], Awaitable[Answer | None]]


class ReplaySession(ConnectedSession):
    """A session from a recording. `ask_others` opens one elsewhere for a setup without a recording;
    without it the socket closes with the difference.

    `speed` is 0 for at once, 1 for the recorded time, 2 for half of it.
    """

    def __init__(
        self, library: InteractionIndex, call: Call, speed: float, ask_others: Open | None
    ) -> None:
        self.library = library
        self.call = call
        self.speed = speed
        self.ask_others = ask_others
        self.setup = b""
        self.raw: list[SocketMessage] = []
        self.client = ClientUnits(library.matcher.ignore)
        self.follower: ScriptFollower | None = None
        self.inner: Session | None = None
        self.pending: deque[Step] = deque()
        self.sent = 0
        self.began = 0.0
        self.wake: Callable[[], None] = lambda: None
        self.details: dict[str, Any] = {}

    def start(self, wake: Callable[[], None]) -> None:
        self.wake, self.began = wake, time.monotonic()

    async def finish(self, close: SocketClose | None) -> None:
        if isinstance(self.inner, ConnectedSession):
            await self.inner.finish(close)
            self.details |= self.inner.details
        if self.follower is not None and self.client.position < self.follower.script.end:
            next_unit = self.follower.script.units[self.client.position[0]].name
            number = self.client.position[0] + 1
            self.details["left_out"] = f"message {number}: recorded {next_unit}, received nothing"

    def decode(self, message: SocketMessage) -> Any:
        """Return a message, and its bytes without secrets, as a recorder writes them."""
        if self.inner is not None:
            return self.inner.decode(message)
        wire = self.call.wire
        finder = self.library.requests.read(wire.method, wire.path_and_query, b"", wire.headers)
        built = build_finder(finder.secrets, self.library.redaction.patterns)
        return message, redact_body(message.data, (), built)[0]

    def receive(self, content: Any) -> None:
        """Take a message; the first one is the setup."""
        if self.inner is not None and not is_decoded_here(content):
            self.inner.receive(content)
            return
        message, clean = content
        if self.inner is not None:  # it was decoded before the other session was open
            give(self.inner, message)
            return
        is_first = not self.setup
        self.raw.append(message)
        self.client.add(clean)
        if is_first:
            self.begin(clean)
        elif self.follower is not None:
            self.follow()

    def begin(self, setup: bytes) -> None:
        """Choose a recording of the setup, or ask others for a session."""
        self.setup = setup
        if candidates := self.list_candidates():
            self.choose(candidates[0])
        elif self.ask_others is not None:
            self.pending.append(Perform(self.ask_others))
        else:
            self.refuse(self.explain_setup())

    def list_requests(self) -> Iterator[MatchableRequest]:
        """Yield the forms in which the handshake with its setup may be recorded."""
        wire = self.call.wire
        yield from list_handshakes(wire, canonical_setup(self.setup), self.library)

    def list_candidates(self) -> list[Interaction]:
        """Return the recorded sessions with the setup that this world has not played."""
        counts = self.library.counts_of(self.call.world)
        found = [one for form in self.list_requests() for one in self.library.list_sockets(form)]
        found = list({id(one): one for one in found}.values())
        unplayed = [one for one in found if not counts[socket_key(one)]]
        return unplayed or (found[-1:] if self.library.repeat_last else [])

    def choose(self, interaction: Interaction) -> None:
        """Play a recording from now on. One that was given up is free again."""
        counts = self.library.counts_of(self.call.world)
        if self.follower is not None:
            counts[socket_key(self.follower.script.interaction)] -= 1
        counts[socket_key(interaction)] += 1
        self.follower = ScriptFollower(SocketScript(interaction, self.library.matcher.ignore))

    def follow(self) -> None:
        """Compare what the client sent, and turn to another recording if it does not fit."""
        assert self.follower is not None
        first = self.follower.find_mismatch(self.client.units)
        if not first:
            return
        for other in self.list_candidates():
            follower = ScriptFollower(SocketScript(other, self.library.matcher.ignore))
            if not follower.find_mismatch(self.client.units):
                self.turn_to(other)
                return
        self.refuse(first)

    def turn_to(self, interaction: Interaction) -> None:
        """Go on with another recording, after the messages that belong to what is the same."""
        assert self.follower is not None
        before = self.client.previous_position
        self.choose(interaction)
        self.follower.find_mismatch(self.client.units)
        lines = self.follower.script.lines
        self.sent = sum(at <= before for at, _ in lines)

    def explain_setup(self) -> str:
        """Return why no recording has the setup: the first difference from the nearest one."""
        forms = list(self.list_requests())
        if played := {id(one) for form in forms for one in self.library.list_sockets(form)}:
            times = f"{len(played)} time{'s' if len(played) > 1 else ''}"
            return f"the session was recorded {times} and has been played as often"
        nearest = self.library.find_nearest(forms[-1], sockets=True)
        if nearest is None or not nearest.differences:
            return "no session was recorded at this path"
        return nearest.differences[0].removeprefix("body.")

    def refuse(self, difference: str) -> None:
        """Close the socket with the difference; the journal and the log have all of it."""
        path = self.call.wire.path
        log.error("%s is not in the cassette: %s. %s", path, difference, ADVICE)
        self.details |= {"missed": True, "difference": difference}
        reason = cut_reason(f"mockgem: not recorded: {difference}")
        self.pending.append(SocketClose(NOT_RECORDED, reason))
        self.follower = None

    def next_step(self) -> Step | None:
        if self.inner is not None:
            return self.inner.next_step()
        if self.pending:
            return self.pending.popleft()
        return None if self.follower is None else self.play(self.follower.script)

    def play(self, script: SocketScript) -> Step | None:
        """Return the next recorded message, if the client is far enough."""
        if self.sent >= len(script.lines):
            return None
        at, message = script.lines[self.sent]
        if at > self.client.position:
            return None
        if (rest := self.seconds_until(message.ms)) > 0:
            return Pause(rest)
        self.sent += 1
        if message.close == DROPPED:
            raise ConnectionDropped("close")
        step = message.to_step()
        return SocketClose(1000) if isinstance(step, SocketClose) and step.code == NO_CODE else step

    def seconds_until(self, ms: int) -> float:
        if not self.speed:
            return 0.0
        return self.began + ms / 1000 / self.speed - time.monotonic()

    def take_result(self, result: Any) -> None:
        """Take the answer of other sources: a session, or a refusal."""
        if self.inner is not None:
            self.inner.take_result(result)
            return
        content = result if isinstance(result, ApiError) else result and result.content
        match content:
            case ApiError(failure=failure) | (Failure() as failure):
                self.pending.append(close_for(failure))
            case VerbatimResponse(SocketResponse(session=session)):
                self.hand_over(session)
            case VerbatimResponse(response):
                reason = f"mockgem: the upstream refused the socket with {response.status}"
                self.pending.append(SocketClose(NOT_RECORDED, reason))
            case session:
                self.hand_over(session)

    def hand_over(self, session: Session) -> None:
        """Let another session go on, with what the client has sent."""
        self.inner = session
        if isinstance(session, ConnectedSession):
            session.start(self.wake)
        for message in self.raw:
            give(session, message)

    def take_answer(self, answer: Answer) -> None:
        assert self.inner is not None, "a recording asks for no answers"
        self.inner.take_answer(answer)

    def tick(self, now: float) -> None:
        if self.inner is not None:
            self.inner.tick(now)

    @property
    def deadline(self) -> float:
        return NEVER if self.inner is None else self.inner.deadline

    @property
    def is_answering(self) -> bool:
        return self.inner is not None and self.inner.is_answering


def is_decoded_here(content: Any) -> bool:
    return isinstance(content, tuple) and bool(content) and isinstance(content[0], SocketMessage)


def give(session: Session, message: SocketMessage) -> None:
    """Give a message to a session that had not been open when it arrived."""
    try:
        content = session.decode(message)
    except ApiError as error:
        content = error
    session.receive(content)


def list_handshakes(
    wire: WireRequest, setup: bytes, library: InteractionIndex
) -> Iterator[MatchableRequest]:
    """Yield the forms of a handshake with its setup: as it is, then without secrets."""
    host = wire.headers.get("host", "") if "host" in library.matcher.match_on else ""
    uri = f"//{host}{wire.path_and_query}" if host else wire.path_and_query
    yield normalize_request(wire.method, uri, setup, wire.headers)
    yield from library.requests.read(wire.method, uri, setup, wire.headers).forms


def open_replay(
    library: InteractionIndex, call: Call, speed: float, others: Sequence[Source] | None
) -> Answer:
    """Return a session that plays a recording."""
    ask = None if others is None else partial(ask_sources, tuple(others), call)
    session = ReplaySession(library, call, speed, ask)
    response = SocketResponse(101, (), session=session)
    return Answer(VerbatimResponse(response), "cassette")


async def ask_sources(sources: Sequence[Source], call: Call) -> Answer | None:
    for source in sources:
        if (answer := await source.answer(call)) is not None:
            return answer
    return None


def take_recorded_session(
    library: InteractionIndex, call: Call, live: Interaction
) -> Interaction | None:
    """Return the recording of a session that took place: the client sent the same in it."""
    secrets = library.requests.read(live.method, live.uri, b"", call.wire.headers).secrets
    finder = build_finder(secrets, library.redaction.patterns)
    clean = redact_messages(live.messages, finder)
    units = SocketScript(replace(live, messages=clean), library.matcher.ignore).units
    setup = canonical_setup(find_setup(clean))
    counts = library.counts_of(call.world)
    for form in list_handshakes(call.wire, setup, library):
        for one in library.list_sockets(form):
            follower = ScriptFollower(SocketScript(one, library.matcher.ignore))
            if not counts[socket_key(one)] and not follower.find_mismatch(units):
                counts[socket_key(one)] += 1
                return one
    return None
