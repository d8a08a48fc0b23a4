"""Puts a server together. The only place that knows every part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial

from mockgem.app.pipeline import exchange
from mockgem.app.router import Routes
from mockgem.app.surfaces import surfaces
from mockgem.app.world_factory import Listener, Makers
from mockgem.app.worlds import Worlds, outside_world
from mockgem.config.settings import Settings
from mockgem.core.call import Source
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.admin import admin
from mockgem.faults.pacing import paced
from mockgem.recording.world_cassettes import Decks
from mockgem.scenarios.manager import Scenes
from mockgem.scenarios.selection import undecided, with_choices, without_choice
from mockgem.scenarios.source import Script
from mockgem.server.cors import with_cors
from mockgem.server.host_check import Hosts, with_guard
from mockgem.server.http import Door, Server
from mockgem.sources.auth import Auth
from mockgem.sources.delivery import Delivery
from mockgem.sources.engine import Engine


def sources_of(settings: Settings, decks: Decks | None = None) -> tuple[Source, ...]:
    """The mode of the server: who may answer, in order."""
    engine: Source = Engine()
    if settings.chunk_delay:
        engine = Delivery(engine, (paced(settings.chunk_delay),))
    return (Auth(settings.api_key, decks.has) if decks else Auth(settings.api_key), engine)


def scripted(settings: Settings, sources: tuple[Source, ...], scenes: Scenes) -> tuple[Source, ...]:
    """With scenarios before those who answer; a credential is looked at first, as it is by the real service."""
    first, rest = parted(sources)
    if settings.answers:
        from mockgem.sources.user_function import Answers, loaded

        rest = (Answers(loaded(settings.answers), scenes.stage, rest), *rest)
    return (*first, Script(scenes.stage, rest, always=bool(settings.latency)), *rest)


def parted(sources: tuple[Source, ...]) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Who looks at the credential first of all, if anybody does, and the others."""
    size = 1 if isinstance(sources[0], Auth) else 0
    return sources[:size], sources[size:]


def with_decks(sources: tuple[Source, ...], decks: Decks) -> tuple[Source, ...]:
    """With the cassettes of single worlds before those who answer all."""
    first, rest = parted(sources)
    return (*first, decks, *rest)


def with_cassette(
    settings: Settings, decks: Decks | None
) -> tuple[tuple[Source, ...], Callable[[], Awaitable[None]] | None]:
    """The sources, and what is to be done when the server stops."""
    usual = sources_of(settings, decks)
    if not settings.cassette:
        return usual, None
    from mockgem.recording.modes import played_by

    played = played_by(settings, usual)
    return played.sources, played.close


@value
class House:
    """A server's front door, the worlds behind it, the routes it knows and the scenarios it plays. `plain` is the door for
    requests that are known to choose none, `indoors` the one for those of this process, by whatever name they ask."""

    door: Door
    plain: Door
    indoors: Door
    worlds: Worlds
    routes: Routes
    scenes: Scenes


def house(
    settings: Settings,
    listener: Listener | None = None,
    sources: tuple[Source, ...] | None = None,
    decks: Decks | None = None,
) -> House:
    """Where every request comes in. Raises ValueError for a scenario that can't be played."""
    scenes = Scenes(settings)
    makers = Makers(settings, listener, scenes, decks.drop if decks is not None else lambda world: None)
    worlds = Worlds(makers, settings.worlds, settings.world_idle)
    routes = Routes(surfaces(admin(worlds, scenes, settings.admin_token), lenient=settings.lenient))
    through = partial(exchange, routes=routes, sources=scripted(settings, sources or sources_of(settings), scenes))
    makers.dispatch = lambda wire, world: through(wire, world=world)

    def door(wire: WireRequest) -> Awaitable[WireResponse]:
        return through(wire, world=worlds.enter(wire) if wire.path[:3] == "/w/" else worlds.default)

    def shared_door(wire: WireRequest) -> Awaitable[WireResponse]:
        world = worlds.enter(wire)
        makers.synchronise(world)
        return through(wire, world=world)

    hosts = Hosts(settings.host, settings.allowed_host)
    opened = with_cors(shared_door if makers.database else door)
    chosen = with_choices(opened, scenes.known) if settings.inline_scenarios else opened
    return House(with_guard(chosen, hosts), with_guard(opened, hosts), chosen, worlds, routes, scenes)


def front_door(
    settings: Settings, listener: Listener | None = None, sources: tuple[Source, ...] | None = None
) -> tuple[Door, Worlds, Routes]:
    built = house(settings, listener, sources)
    return built.door, built.worlds, built.routes


def build(settings: Settings, listener: Listener | None = None, decks: Decks | None = None) -> Server:
    """A server that is ready to start. Raises ValueError for a scenario or a cassette that can't be used. `decks` is where
    worlds can get cassettes of their own while it runs."""
    sources, close = with_cassette(settings, decks)
    if decks is not None:
        sources = with_decks(sources, decks)
    built = house(settings, listener, sources, decks)
    routes, scenes = built.routes, built.scenes
    prompt = not settings.fetch_media and not settings.chunk_delay and not settings.cassette

    @lru_cache(maxsize=4096)
    def special(method: str, path: str) -> tuple[bool, bool]:
        return routes.special(method, outside_world(without_choice(path)))

    def plain(path: str, headers: Mapping[str, str], body: bytes) -> bool:
        return not scenes.active and not (decks and decks.playing) and undecided(path, headers, body)

    return Server(
        built.door,
        max_body=settings.max_body,
        clock=lambda: built.worlds.default.clock(),
        indoors=built.indoors,
        prompt=built.plain if prompt else None,
        plain=plain,
        special=special,
        close=close,
    )
