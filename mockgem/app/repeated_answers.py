"""Answer a request that came before on its connection, without the steps that would be the same.

Equal bytes lead to the same route, credential, decoded request and draft. What differs is the
number of the request, and so its id; the time; and the journal. A request is repeated only while
nothing but the engine could answer it: no scenario, no cassette, no fault, no observer, and, with
several workers, no change of another one that this one has not followed yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mockgem.app.journaling import EntryFacts, keep_body
from mockgem.app.worlds import WorldRegistry
from mockgem.config.monitoring_options import is_monitored
from mockgem.config.options import PLAIN_ANSWERS
from mockgem.config.settings import Settings
from mockgem.core.call import Answer, Call
from mockgem.core.http import ChunkedBody, WireResponse
from mockgem.core.state import Storage
from mockgem.core.world import World
from mockgem.operations.draft import EncodedReply, Reply
from mockgem.operations.generators.ids import mix_id_seed
from mockgem.recording.world_cassettes import WorldCassettes
from mockgem.scenarios.selection import may_select
from mockgem.scenarios.source import NO_SCENARIO_NAME

IsUndisturbed = Callable[[World], bool]
"""Returns whether nothing but the engine answers the requests of a world at the moment."""


class RepeatedAnswer:
    """Answers one request again."""

    __slots__ = ("call", "entry", "first", "is_undisturbed", "template")

    def __init__(
        self, call: Call, first: Answer, template: EncodedReply, is_undisturbed: IsUndisturbed
    ) -> None:
        self.call = call
        self.first = first
        self.template = template
        self.is_undisturbed = is_undisturbed
        self.entry = EntryFacts(call, first)

    def is_valid(self) -> bool:
        return self.is_undisturbed(self.call.world)

    async def answer(self) -> WireResponse:
        began = time.perf_counter()
        call = self.call
        world = call.world
        count = await world.request_counts.increment(call.key)
        now = world.clock()
        seed = mix_id_seed(world.id_seed, call.key, count)
        response = self.template.fill(seed, int(now))
        body = response.body
        assert isinstance(body, (ChunkedBody, bytes)), "a template has no frames"
        entry = self.entry.build(now, response, began)
        keep_body(entry, body)
        await world.journal.add(entry)
        return response


def remember_answer(call: Call, answer: Answer, is_undisturbed: IsUndisturbed) -> None:
    """Note on a request's known head how to repeat its answer, if its reply has a template."""
    known, call.wire.known_head = call.wire.known_head, None  # the journal keeps the request
    template = answer.content.draft.template if isinstance(answer.content, Reply) else None
    if (
        template is not None
        and is_plain(answer)
        and is_ordinary(call)
        and is_undisturbed(call.world)
    ):
        known.remember(call.wire.body, RepeatedAnswer(call, answer, template, is_undisturbed))


def is_plain(answer: Answer) -> bool:
    """Return whether the engine alone made an answer, and nothing changes its delivery."""
    return (
        answer.source == "engine"
        and answer.details is None
        and answer.request is None
        and not (answer.faults or answer.changes or answer.headers)
    )


def is_ordinary(call: Call) -> bool:
    """Return whether no middleware does anything for a request, also not later: a key may name a
    scenario that does not exist yet."""
    wire = call.wire
    selects = wire.world or wire.scenario or wire.base_path or may_select(wire)
    return not selects and "origin" not in wire.headers


def build_repeat_check(
    settings: Settings,
    storage: Storage,
    worlds: WorldRegistry,
    world_cassettes: WorldCassettes | None,
) -> IsUndisturbed | None:
    """Return what says whether answers in a world may be repeated, or None if they never may."""
    is_alone = storage.shared_worlds is None and not storage.is_shared
    is_worker = storage.shared_worlds is not None and not storage.suspends
    if not (is_alone or is_worker) or is_monitored(settings) or changes_answers(settings):
        return None

    def is_undisturbed(world: World) -> bool:
        return (
            world is worlds.default
            and world.scenario in ("", NO_SCENARIO_NAME)
            and not worlds.is_behind
            and (world_cassettes is None or world.name not in world_cassettes.cassettes)
        )

    return is_undisturbed


def changes_answers(settings: Settings) -> bool:
    """Return whether an option lets another source answer, or changes what the engine sends."""
    return bool(
        settings.cassette
        or settings.budget
        or settings.latency
        or settings.chunk_delay
        or settings.gzip
        or settings.answers not in ("", PLAIN_ANSWERS)
    )
