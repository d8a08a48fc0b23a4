"""Where scenarios are played: answers as their rules say, or lets others answer and sees to it that it goes wrong."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.core.call import Answer, Call, Fault, Recorded
from mockgem.core.errors import Code, Failure
from mockgem.core.lifecycle import Fates, Step
from mockgem.core.talk import Blob, Finish, Part, Said, Text, ToolCall
from mockgem.core.wire import Frames, WireResponse
from mockgem.core.world import World
from mockgem.faults import pace
from mockgem.faults.connection import CONNECTION, HEADERS
from mockgem.faults.places import tokens_in
from mockgem.faults.said import SAID, spoilt
from mockgem.faults.shape import SHAPE
from mockgem.faults.stream import STREAM, told_inside
from mockgem.operations.generate import Reply
from mockgem.scenarios import failures, pauses
from mockgem.scenarios.faultnames import STREAM_ONLY
from mockgem.scenarios.form import Fail, Latency, Raw, Resources, Say, Scenario, Stretch
from mockgem.scenarios.form import Fault as FaultForm
from mockgem.scenarios.library import Library
from mockgem.scenarios.matching import Seen, whole
from mockgem.scenarios.play import Direction, Play
from mockgem.scenarios.reading import BadScenario
from mockgem.scenarios.words import UnknownName

USUAL_SECONDS = {"stall": 60.0, "hang": 600.0, "refuse": 5.0}
FRAMES = {**CONNECTION, **STREAM, **SHAPE}


Asked = Callable[[Call], Awaitable[Answer | None]]
"""Those who answer where a scenario does not."""


class Stage:
    """Has a play for every scenario that a world plays. `scale` multiplies all waits; `told` adds x-mockgem-… headers;
    `latency` is how long answers take where no rule says so."""

    def __init__(self, library: Library, *, scale: float = 1.0, told: bool = True, latency: str = "") -> None:
        self.library = library
        self.scale = scale
        self.told = told
        self.usual = (Latency(profile=latency),) if latency else ()
        if latency:
            pauses.profile(latency)

    def play(self, world: World, name: str) -> Play:
        """The play of a scenario in a world, begun where it has not. Raises UnknownScenario and BadScenario."""
        scenario = self.library.find(name) if name else NO_SCENARIO
        known: Play | None = world.plays.get(name)
        if known is None or known.scenario is not scenario:
            known = begun(world, name, scenario)
        return known

    async def answer(self, call: Call, name: str, asked: Asked) -> Answer | None:
        """What a scenario makes of a call."""
        try:
            play = self.play(call.world, name)
            seen, now = Seen(call), call.world.clock()
            direction = expired(play, seen, now) or play.direct(seen, now)
            return await self.performed(call, play, direction, asked)
        except (BadScenario, UnknownName, BadDirection) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "scenario")

    async def performed(self, call: Call, play: Play, direction: Direction, asked: Asked) -> Answer | None:
        """The answer that a direction leads to. What is counted while it lasts is counted until its last frame."""
        play.running += 1
        try:
            answer = await self.answered(call, play, direction, asked)
        except BaseException:
            ended(play, direction)
            raise
        if answer is None:
            ended(play, direction)
            return None
        answer = self.disturbed(answer, call, play, direction)
        if answer.faults:
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
        unstreamed = any(fault.fault == "not_streamed" for fault in direction.faults)
        if unstreamed:
            call = whole(call)
        answer = await asked(call)
        if answer is not None and unstreamed:
            answer = replace(answer, request=call.request)
        for fault in direction.faults:
            if answer is not None and fault.fault in SAID and isinstance(answer.content, Reply):
                answer = replace(answer, content=spoilt(answer.content, fault))
        return answer

    def folder(self, play: Play) -> Path | None:
        return self.library.folder_of(play.name)

    def disturbed(self, answer: Answer, call: Call, play: Play, direction: Direction) -> Answer:
        """With the faults, waits and headers of a direction."""
        seen, scale = Seen(call), play.scenario.time_scale * self.scale
        streamed = seen.stream and direction.told is None
        faults: list[Fault] = []
        before, bandwidth = 0.0, 0.0
        for latency in direction.latencies or self.usual:
            latency = pauses.completed(latency, seen.model)
            head, first, between = pauses.waits(latency, direction.dice, scale)
            before += head
            bandwidth = (latency.bandwidth or 0) / scale or bandwidth
            pace_of = latency.tokens_per_second
            faults.append(pace.told_slowly(first, between, lambda data, each=pace_of: weight(data, each, scale)))  # type: ignore[misc]
        wanted = [one for one in direction.faults if streamed or one.fault not in STREAM_ONLY]
        faults += [made for one in wanted if (made := made_of(one, scale, call)) is not None]
        faults += [pace.throttled(bandwidth)] if bandwidth else []
        faults += [pace.held_back(before)] if before else []
        headers = [HEADERS[one.fault] for one in wanted if one.fault in HEADERS]
        marks = marks_of(call, play, direction) if self.told else ()
        told = journal_of(play, direction)
        return replace(
            answer,
            faults=(*answer.faults, *faults),
            headers=(*answer.headers, *direction.headers, *headers, *marks),
            told=told,
        )


NOTHING = WireResponse(500, ())
NO_SCENARIO = Scenario.model_construct(title="none", rules=())
"""What is played where there is nothing but the usual latency."""
MOST_PLAYS = 64


class BadDirection(ValueError):
    """A scenario wants something that can't be done."""


def begun(world: World, name: str, scenario: Scenario) -> Play:
    if scenario.clock == "real":
        world.clock.run()
    play = world.plays[name] = Play(name, scenario, world.seed, world.clock())
    play.first = world.journal.count
    if scenario.resources is not None:
        lives, world.fates = lives_of(scenario.resources), fates_of(scenario.resources, play, world)
        world.lifecycles = {**world.lifecycles, **lives}
    while len(world.plays) > MOST_PLAYS:
        world.plays.pop(next(iter(world.plays)))
    return play


STATES = {
    "pending": "validating",
    "running": "in_progress",
    "succeeded": "completed",
}
"""States of batches as Google's own API calls them, in the words of the mock."""
NEVER = 10**9


def lives_of(resources: Resources) -> dict[str, tuple[Step, ...]]:
    """The lives that a scenario gives to resources."""
    found = {}
    for kind in ("file", "batch", "video"):
        if stages := getattr(resources, kind):
            found[kind] = tuple([step_of(stage, kind) for stage in stages])
    return found


def step_of(stage: Stretch, kind: str) -> Step:
    state = stage.state if kind == "file" else stage.state.lower().removeprefix("batch_state_").removeprefix("job_state_")
    polls = stage.polls or (NEVER if stage.seconds is not None else 1)
    return Step(STATES.get(state, state), polls, NEVER if stage.seconds is None else stage.seconds)


def fates_of(resources: Resources, play: Play, world: World) -> Fates:
    def line() -> Failure | None:
        play.lines += 1
        if resources.batch_failures is None or not resources.batch_failures.holds(play.lines):
            return None
        return failures.told(Fail(error=resources.batch_error), "gemini", "", world.clock()).failure

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
        play.tokens.put(seen.key, now + 1.0)
        return None
    if now + 1.0 - first < resources.token_expires_after:
        return None
    return Direction("token_expires_after", told=failures.told(Fail(error="vertex-token-expired"), seen.surface, "", now))


def raw_response(raw: Raw, folder: Path | None) -> WireResponse:
    if raw.body_file:
        return WireResponse(raw.status, tuple(raw.headers.items()), bytes_in(raw.body_file, folder))
    return failures.raw(raw.status, raw.headers, raw.body)


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


def made_of(form: FaultForm, scale: float, call: Call) -> Fault | None:
    """The fault that a line of a scenario names; None for those that are no matter of frames."""
    if form.fault in USUAL_SECONDS:
        seconds = USUAL_SECONDS[form.fault] if form.for_ is None else form.for_
        form = form.model_copy(update={"for_": seconds * scale})
    if form.fault == "error":
        return error_inside(form, call)
    make = FRAMES.get(form.fault)
    return make(form) if make else None


def error_inside(form: FaultForm, call: Call) -> Fault:
    told = failures.told(
        Fail(error=form.error or "overloaded", shape="object"), call.surface.name, call.model, call.world.clock()
    )
    native = not call.surface.name.endswith("openai") and call.surface.name not in ("gemini-openai-short", "gateway")
    framing = form.framing or ("raw" if native else "sse")
    body = told.response.body if told.response is not None else b"{}"
    return told_inside(body if isinstance(body, bytes) else b"{}", framing, form.at)


def weight(data: bytes, tokens_per_second: float | None, scale: float) -> float:
    """Seconds that an event's tokens take."""
    return tokens_in(data) / tokens_per_second * scale if tokens_per_second else 0.0


def marks_of(call: Call, play: Play, direction: Direction) -> tuple[tuple[str, str], ...]:
    """Which rule answered, for people who look."""
    found = [("x-mockgem-scenario", play.name)] if play.name else []
    if direction.rule:
        found += [("x-mockgem-rule", direction.rule), ("x-mockgem-call", str(direction.call))]
    return (*found, *((("x-mockgem-world", call.world.name),) if call.world.name else ()))


def journal_of(play: Play, direction: Direction) -> dict[str, Any]:
    found: dict[str, Any] = {"scenario": play.name} if play.name else {}
    if direction.rule:
        found |= {"rule": direction.rule, "call": direction.call}
    if direction.faults:
        found["faults"] = [one.fault for one in direction.faults]
    if direction.told is not None and direction.told.delay is not None:
        found["retry_delay"] = direction.told.delay
    return found


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
        raise BadDirection(f"a scenario that is in no file can't name files: {name!r}")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or (folder / name).is_symlink():
        raise BadDirection(f"{name!r} is not in the scenario's folder")
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        raise BadDirection(f"{name!r} is not there, or is larger than {LARGEST_FILE} bytes")
    return path.read_bytes()
