"""Where scenarios are played: answers as their rules say, or lets others answer and sees to it that it goes wrong."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.core.call import Answer, Call, Fault, Recorded
from mockgem.core.content import Blob, Finish, Part, Said, Text, ToolCall
from mockgem.core.errors import Code, Failure
from mockgem.core.http import Frames, Pieces, WireResponse
from mockgem.core.lifecycle import Fates, Step
from mockgem.core.world import World
from mockgem.faults import pacing, stream
from mockgem.faults.connection import CONNECTION, HEADERS
from mockgem.faults.content import SAID, spoilt
from mockgem.faults.frames import tokens_in
from mockgem.faults.json_body import SHAPE
from mockgem.faults.registry import STREAM_ONLY
from mockgem.faults.stream import STREAM, told_inside
from mockgem.operations.generate import Reply
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import Seen, whole
from mockgem.scenarios.latency import completed, profile, waits
from mockgem.scenarios.library import Library
from mockgem.scenarios.loader import BadScenario
from mockgem.scenarios.run import Direction, Play
from mockgem.scenarios.schema import (
    BATCH_STATES,
    Fail,
    Latency,
    Raw,
    Resources,
    Rule,
    Say,
    Scenario,
    Stretch,
    plain_state,
)
from mockgem.scenarios.schema import Fault as FaultForm
from mockgem.scenarios.suggestions import UnknownName
from mockgem.scenarios.validation import unknown_names

Asked = Callable[[Call], Awaitable[Answer | None]]
"""Those who answer where a scenario does not."""
USUAL_SECONDS = {"stall": 60.0, "hang": 600.0, "refuse": 5.0}
DELIVERED = ("stall", "merge", "split")
"""Faults of streams that leave their bytes as they are."""
OF_EMBEDDINGS = ("embeddings_collapse", "embeddings_short")
MOST_PLAYS = 64
NO_SCENARIO = Scenario.model_construct(title="none", rules=())
"""What is played where there is nothing but the usual latency."""
NOTHING = WireResponse(500, ())


class BadDirection(ValueError):
    """A scenario wants something that can't be done."""


class Stage:
    """Has a play for every scenario that a world plays. `scale` multiplies all waits; `told` adds x-mockgem-… headers;
    `latency` is how long answers take where no rule says so."""

    def __init__(self, library: Library, *, scale: float = 1.0, told: bool = True, latency: str = "") -> None:
        self.library = library
        self.scale = scale
        self.told = told
        self.shared: dict[str, Play] = {}
        self.usual = (Latency(profile=latency),) if latency else ()
        if latency:
            profile(latency)

    def find(self, world: World, name: str) -> Scenario:
        """A world's own scenarios come before those in files. Raises UnknownScenario and BadScenario."""
        if not name:
            return NO_SCENARIO
        own: Scenario | None = world.scenarios.get(name)
        return own if own is not None else self.library.find(name)

    def play(self, world: World, name: str) -> Play:
        """The play of a scenario in a world, begun where it has not. Raises UnknownScenario and BadScenario."""
        scenario = self.find(world, name)
        known: Play | None = world.plays.pop(name, None)
        if scenario.count_by == "all":
            known = self.shared.get(name, known)
        if known is None or known.scenario is not scenario:
            known = Play(name, scenario, world, self.scale)
        if scenario.count_by == "all":
            self.shared[name] = known
        world.plays[name] = known  # behind the others: those that were not asked for longest are let go
        for old in [one for one in world.plays if one not in (name, world.scenario)][
            : max(0, len(world.plays) - MOST_PLAYS)
        ]:
            world.plays.pop(old)
        return known

    async def answer(self, call: Call, name: str, asked: Asked) -> Answer | None:
        """What a scenario makes of a call."""
        try:
            play = self.play(call.world, name)
            now = play.now(call.world)
            call = replace(call, world=in_scenario(call.world, play))
            seen = Seen(call)
            direction = expired(play, seen, now) or play.direct(seen, now)
            return await self.performed(call, play, direction, asked)
        except (BadScenario, UnknownName, BadDirection) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "scenario", told={})

    async def follow(self, call: Call, rule: Rule, asked: Asked) -> Answer | None:
        """Does what a rule says that was made for this call alone."""
        play = Play("", Scenario.model_construct(title="answers", rules=(rule,)), call.world, self.scale)
        try:
            return await self.performed(call, play, play.direct(Seen(call), play.now(call.world)), asked)
        except (UnknownName, BadDirection) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "answers")

    async def performed(self, call: Call, play: Play, direction: Direction, asked: Asked) -> Answer | None:
        """The answer that a direction leads to. What is counted while it lasts is counted until its last frame."""
        play.running += 1
        try:
            answer = await self.answered(call, play, direction, asked)
            if direction.say is not None and answer is not None and isinstance(answer.content, Failure):
                direction = play.unsaid(direction)
            answer = answer and self.disturbed(answer, call, play, direction)
        except BaseException:
            ended(play, direction)
            raise
        if answer is not None and answer.faults and call.wire.method != "HEAD":
            return replace(answer, faults=(*answer.faults, counted(play, direction)))
        ended(play, direction)
        return answer

    async def answered(self, call: Call, play: Play, direction: Direction, asked: Asked) -> Answer | None:
        told = direction.told
        if told is not None:
            return Answer(told.failure or Recorded(told.response or NOTHING), "scenario", headers=told.headers)
        say = by_turn(direction.say, Seen(call).turn) if direction.say else None
        if say is not None and say.raw is not None:
            return Answer(Recorded(raw_response(say.raw, self.folder(play))), "scenario")
        if say is not None:
            call = replace(call, said=said_by(say, self.folder(play)))
        names = [fault.fault for fault in direction.faults]
        unstreamed = "not_streamed" in names
        if unstreamed:
            call = whole(call)
        if call.said is None and any(name in SAID for name in names):
            call = replace(call, said=Said())  # words that are to be spoilt have to be made, not played
        answer = await asked(call)
        if answer is not None and unstreamed:
            answer = replace(answer, request=call.request)
        for fault in direction.faults:
            if answer is not None and fault.fault in SAID and isinstance(answer.content, Reply):
                answer = replace(answer, content=spoilt(answer.content, fault))
        return answer

    def folder(self, play: Play) -> Path | None:
        return self.library.folder_of(play.name, play.scenario)

    def disturbed(self, answer: Answer, call: Call, play: Play, direction: Direction) -> Answer:
        """With the faults, waits and headers of a direction."""
        seen = Seen(call)
        wanted = [fault for fault in direction.faults if applies(fault, seen, answer, refused=direction.told is not None)]
        slow, before, bandwidth = self.waits(play, direction, seen.model)
        changes, faults = made_of(wanted, play.scale, call)
        faults = [*slow, *faults, *([pacing.throttled(bandwidth)] if bandwidth else [])]
        faults += [pacing.held_back(before)] if before else []
        headers = [HEADERS[fault.fault] for fault in wanted if fault.fault in HEADERS]
        marks = marks_of(call, play, direction) if self.told else ()
        return replace(
            answer,
            changes=(*answer.changes, *changes),
            faults=(*answer.faults, *faults),
            headers=(*answer.headers, *direction.headers, *headers, *marks),
            told=journal_of(play, direction, [fault.fault for fault in wanted]),
        )

    def waits(self, play: Play, direction: Direction, model: str) -> tuple[list[Fault], float, float]:
        """What slows an answer down, the seconds before its head, and bytes a second (0: as fast as can be)."""
        slow: list[Fault] = []
        before, bandwidth, scale = 0.0, 0.0, play.scale
        for latency in direction.latencies or self.usual:
            latency = completed(latency, model)
            head, first, between = waits(latency, direction.dice, scale)
            before += head
            bandwidth = latency.bandwidth / scale if latency.bandwidth and scale else bandwidth
            slow.append(pacing.told_slowly(first, between, weight_at(latency.tokens_per_second, scale)))
        return slow, before, bandwidth


def in_scenario(world: World, play: Play) -> World:
    """The world as a scenario's calls find it: the same things, with other fates. The world itself stays as it is."""
    resources = play.scenario.resources
    if resources is None:
        return world
    lives = {**world.lifecycles, **lives_of(resources)}
    return replace(world, lifecycles=lives, fates=fates_of(resources))


def ended(play: Play, direction: Direction) -> None:
    play.running -= 1
    for meter in direction.meters:
        meter.ended()


def counted(play: Play, direction: Direction) -> Fault:
    """No fault at all: tells when the last frame has gone, or the client."""

    async def apply(frames: Frames) -> Frames:
        try:
            async for frame in frames:
                yield frame
        finally:
            ended(play, direction)

    return apply


def applies(fault: FaultForm, seen: Seen, answer: Answer, *, refused: bool) -> bool:
    """Whether there is anything that a fault could happen to."""
    name = fault.fault
    if name in STREAM_ONLY and (refused or not seen.stream):
        return False
    if name in SAID:
        return isinstance(answer.content, Reply)
    if name in OF_EMBEDDINGS:
        return not refused and seen.endpoints[0] == "embed"
    return not (name in SHAPE and refused)


def made_of(wanted: list[FaultForm], scale: float, call: Call) -> tuple[list[Fault], list[Fault]]:
    """What makes another body of an answer, and what happens to it on the way: waits, the connection, the writes."""
    scaled = [with_wait(fault, scale) for fault in wanted]
    changes = [SHAPE[fault.fault](fault) for fault in scaled if fault.fault in SHAPE]
    changes += [error_inside(fault, call) for fault in scaled if fault.fault == "error"]
    changes += [STREAM[fault.fault](fault) for fault in scaled if fault.fault in STREAM and fault.fault not in DELIVERED]
    faults = [stream.stall(fault) for fault in scaled if fault.fault == "stall"]
    faults += [CONNECTION[fault.fault](fault) for fault in scaled if fault.fault in CONNECTION]
    faults += [STREAM[name](fault) for name in ("merge", "split") for fault in scaled if fault.fault == name]
    return changes, faults


def with_wait(fault: FaultForm, scale: float) -> FaultForm:
    if fault.fault not in USUAL_SECONDS:
        return fault
    seconds = USUAL_SECONDS[fault.fault] if fault.for_ is None else fault.for_
    return fault.model_copy(update={"for_": seconds * scale})


def error_inside(fault: FaultForm, call: Call) -> Fault:
    """An error as the surface spells it, in the framing that its streams have."""
    told = errors.told(Fail(error=fault.error or "overloaded"), call.surface.name, call.model)
    if told.failure is None or call.endpoint is None:
        raise BadDirection(f"{fault.error} is no error in JSON, and can't stand inside a stream")
    body = call.endpoint.encode_failure(told.failure, call.wire).body
    found = json.loads(body.joined() if isinstance(body, Pieces) else body if isinstance(body, bytes) else b"{}")
    one = json.dumps(found[0] if isinstance(found, list) else found, indent=2, ensure_ascii=False).encode() + b"\n"
    native = call.surface.name in errors.FAMILIES["native"] + errors.FAMILIES["vertex"]
    usual = "sse" if not native else "raw" if getattr(call.request, "events", True) else "element"
    return told_inside(one, "element" if usual == "element" else fault.framing or usual, fault.at)


def weight_at(tokens_per_second: float | None, scale: float) -> Callable[[bytes], float]:
    """Seconds that an event's tokens take."""
    if not tokens_per_second:
        return lambda data: 0.0
    return lambda data: tokens_in(data) / tokens_per_second * scale


def marks_of(call: Call, play: Play, direction: Direction) -> tuple[tuple[str, str], ...]:
    """Which rule answered, for people who look."""
    found = [("x-mockgem-scenario", play.name)] if play.name else []
    if direction.rule:
        found += [("x-mockgem-rule", direction.rule), ("x-mockgem-call", str(direction.call))]
    return (*found, *((("x-mockgem-world", call.world.name),) if call.world.name else ()))


def journal_of(play: Play, direction: Direction, faults: list[str]) -> dict[str, Any]:
    """What the journal is told; `silent` where an answer looks well and is none."""
    found: dict[str, Any] = {"scenario": play.name} if play.name else {}
    if direction.rule:
        found |= {"rule": direction.rule, "call": direction.call}
    if faults:
        found["faults"] = faults
    if direction.told is not None and direction.told.delay is not None:
        found["retry_delay"] = direction.told.delay
    say = direction.say
    if say is not None and (say.block or (say.finish not in (None, "STOP")) or (say.raw and say.raw.status < 400)):
        found["silent"] = True
    return found


NEVER = 10**9


def lives_of(resources: Resources) -> dict[str, tuple[Step, ...]]:
    """The lives that a scenario gives to resources."""
    found = {}
    for kind in ("file", "batch", "video"):
        if stretches := getattr(resources, kind):
            found[kind] = tuple([step_of(stretch, kind) for stretch in stretches])
    return found


def step_of(stretch: Stretch, kind: str) -> Step:
    state = plain_state(stretch.state, kind)
    polls = stretch.polls or (NEVER if stretch.seconds is not None else 1)
    return Step(BATCH_STATES.get(state, state), polls, NEVER if stretch.seconds is None else stretch.seconds)


def fates_of(resources: Resources) -> Fates:
    def line(number: int) -> Failure | None:
        if resources.batch_failures is None or not resources.batch_failures.holds(number):
            return None
        return errors.told(Fail(error=resources.batch_error), "gemini", "").failure

    return Fates(
        resources.file_expires_after,
        resources.cache_expires_after,
        slow=bool(resources.file),
        late=resources.batch_output_late,
        line=line,
    )


def expired(play: Play, seen: Seen, now: float) -> Direction | None:
    """A refusal of a token that is older than the scenario lets it be; tokens are of Vertex AI alone."""
    resources = play.scenario.resources
    if resources is None or resources.token_expires_after is None or not seen.surface.startswith("vertex"):
        return None
    first = play.tokens.get(seen.key)
    if first is None:
        play.tokens.put(seen.key, now)
        return None
    if now - first < resources.token_expires_after:
        return None
    return Direction("token_expires_after", told=errors.told(Fail(error="vertex-token-expired"), seen.surface, ""))


def raw_response(raw: Raw, folder: Path | None) -> WireResponse:
    if raw.body_file:
        return WireResponse(raw.status, tuple(raw.headers.items()), bytes_in(raw.body_file, folder))
    return errors.raw(raw.status, raw.headers, raw.body)


def by_turn(say: Say, turn: int) -> Say | None:
    """What is said in a turn; behind the last of several the mock answers by itself."""
    if not say.turns:
        return say
    return say.turns[turn - 1] if turn <= len(say.turns) else None


def said_by(say: Say, folder: Path | None) -> Said:
    """What a scenario says, as the operations take it. Raises BadDirection for a file that can't be used."""
    if say.embedding is not None:
        return Said(vector=say.embedding)
    parts: list[Part] = [Text(say.thoughts, thought=True)] if say.thoughts else []
    if say.text is not None:
        parts.append(Text(say.text))
    if "json_value" in say.model_fields_set:
        parts.append(Text(json.dumps(say.json_value, indent=2, ensure_ascii=False)))
    parts += [ToolCall(call.name, dict(call.args)) for call in say.tool_calls]
    image = picture_in(say.image, folder) if isinstance(say.image, str) else None
    finish = Finish(say.finish) if say.finish else None
    return Said(tuple(parts) if parts else None, finish, say.block or "", (), image)


def picture_in(name: str, folder: Path | None) -> Blob:
    data = bytes_in(name, folder)
    return Blob("image/png" if data.startswith(b"\x89PNG") else "image/jpeg", data)


LARGEST_FILE = 20 * 2**20


def bytes_in(name: str, folder: Path | None) -> bytes:
    """A file beside a scenario. Raises BadDirection for one that is elsewhere, too large or not there."""
    if folder is None:
        raise BadDirection(f"a scenario that is in no file can't name files: {name[:100]!r}")
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or (folder / name).is_symlink():
            raise BadDirection(f"{name!r} is not in the scenario's folder")
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            raise BadDirection(f"{name!r} is not there, or is larger than {LARGEST_FILE} bytes")
        return path.read_bytes()
    except BadDirection:
        raise
    except (OSError, ValueError):
        raise BadDirection(f"{name[:100]!r} can't be read") from None


def checked_names(scenario: Scenario) -> list[str]:
    """Names in a scenario that there are none of."""
    return [words for _, words in unknown_names(scenario)]
