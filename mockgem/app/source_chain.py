"""Which sources may answer a call, by name and in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from mockgem.config.options import PLAIN_ANSWERS
from mockgem.config.settings import Settings
from mockgem.core.call import Source
from mockgem.core.frozen import frozen
from mockgem.faults.pacing import delay_frames
from mockgem.scenarios.source import ScenarioSource
from mockgem.sources.auth import Auth
from mockgem.sources.delivery import Delivery
from mockgem.sources.engine import Engine

if TYPE_CHECKING:
    from mockgem.recording.index import InteractionIndex
    from mockgem.recording.modes import Mode
    from mockgem.recording.world_cassettes import WorldCassette, WorldCassettes
    from mockgem.scenarios.manager import ScenarioManager

Sources = Mapping[str, Source]
"""Sources by name, in the order in which they are asked."""


@frozen
class SourceChain:
    """The sources of a server, and what must be closed when it stops.

    `problems` grows while the server runs: what its record mode found wrong. `library` has the
    recordings of the server's cassette. `answers_at_once`: no source waits for an upstream or for a
    user's function.
    """

    sources: Sources
    close: Callable[[], Awaitable[None]] | None = None
    problems: Sequence[str] = ()
    library: InteractionIndex | None = None
    answers_at_once: bool = True

    @property
    def turn_sources(self) -> tuple[Source, ...]:
        """What answers the turns of a session: its handshake has passed the other sources."""
        names = ("scenario", "function", "engine")
        found = tuple([self.sources[name] for name in names if name in self.sources])
        return found if "engine" in self.sources else (*found, Engine())


def build_engine(settings: Settings) -> Source:
    """Return the engine, slowed down if the settings ask for a delay between chunks."""
    engine: Source = Engine()
    if not settings.chunk_delay:
        return engine
    return Delivery(engine, (delay_frames(settings.chunk_delay),))


def build_cassette_chain(mode: Mode, auth: Source, engine: Source) -> Sources:
    """Return the sources of a record mode.

    Recordings answer before the credential is checked: they hold what the real service says to a
    bad one.
    """
    if mode.is_recording:
        return {**({"auth": auth} if mode.checks_key else {}), **mode.sources}
    if mode.replay is not None and "refuse" not in mode.sources:
        mode.replay.others = (auth, engine)
    return {**mode.sources, "auth": auth, "engine": engine}


def build_chain(
    settings: Settings,
    scenarios: ScenarioManager,
    world_cassettes: WorldCassettes | None = None,
    own_port: Callable[[], int] = lambda: 0,
) -> SourceChain:
    """Return all sources of a server, which sends nothing to its `own_port`.

    Raises BadCassette, and ValueError for settings that can't be used.
    """
    engine = build_engine(settings)
    auth = Auth(settings.api_key, world_cassettes.has_cassette if world_cassettes else None)
    answering: Sources = {"auth": auth, "engine": engine}
    close: Callable[[], Awaitable[None]] | None = None
    problems: Sequence[str] = ()
    library: InteractionIndex | None = None
    answers_at_once = settings.answers in ("", PLAIN_ANSWERS)
    if settings.cassette:
        from mockgem.recording.modes import build_mode

        mode = build_mode(settings, own_port)
        answering = build_cassette_chain(mode, auth, engine)
        close, problems, library = mode.close, mode.problems, mode.library
        answers_at_once = answers_at_once and mode.answers_at_once
    if world_cassettes is not None:
        answering = insert_before_answers(answering, {"world cassettes": world_cassettes})
    sources = add_scenario_sources(settings, answering, engine, scenarios)
    if settings.budget:
        from mockgem.sources.budget import WorldBudget

        sources = insert_before_answers(sources, {"budget": WorldBudget(settings.budget)})
    return SourceChain(sources, close, problems, library, answers_at_once)


def add_scenario_sources(
    settings: Settings, answering: Sources, engine: Source, scenarios: ScenarioManager
) -> Sources:
    """Put scenarios and the user's function in front of the sources that they may ask
    themselves."""
    others = tuple([source for name, source in answering.items() if not is_first(name, answering)])
    added: dict[str, Source] = {}
    if settings.answers and settings.answers != PLAIN_ANSWERS:
        from mockgem.sources.user_function import UserFunctionSource, load_function

        function = load_function(settings.answers, watch=settings.watch)
        added["function"] = UserFunctionSource(function, scenarios.get_runner, others, engine)
        others = (added["function"], *others)
    added = {
        "scenario": ScenarioSource(
            scenarios.get_runner, others, engine, always_active=bool(settings.latency)
        ),
        **added,
    }
    return insert_before_answers(answering, added)


def is_first(name: str, sources: Sources) -> bool:
    """Whether a source is the credential check in front of all others, as on the real service."""
    return name == "auth" and next(iter(sources)) == "auth"


def insert_before_answers(sources: Sources, added: Sources) -> Sources:
    """Return the sources with others in front, but after the credential check if that comes
    first."""
    first = {name: source for name, source in sources.items() if is_first(name, sources)}
    rest = {name: source for name, source in sources.items() if name not in first}
    return {**first, **added, **rest}


def build_world_cassette(settings: Settings) -> WorldCassette:
    """Return a cassette for a single world. Raises BadCassette, and ValueError for settings that
    can't be used."""
    from mockgem.recording.modes import build_mode
    from mockgem.recording.world_cassettes import WorldCassette

    mode = build_mode(settings)
    sources = build_cassette_chain(mode, Auth(settings.api_key), build_engine(settings))
    return WorldCassette(
        tuple(sources.values()),
        mode.close,
        settings.cassette,
        mode.problems,
        mode.library,
        mode.answers_at_once,
    )
