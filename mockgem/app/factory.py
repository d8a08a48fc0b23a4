"""Puts a server together. The only place that knows every part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial

from mockgem.app.pipeline import handle_request
from mockgem.app.router import Router
from mockgem.app.surfaces import build_surfaces
from mockgem.app.world_factory import WorldFactory
from mockgem.app.worlds import WorldRegistry
from mockgem.config.settings import Settings
from mockgem.core.address import strip_world
from mockgem.core.call import Source
from mockgem.core.frozen import frozen
from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.core.journal import Listener
from mockgem.core.state import Storage
from mockgem.dialects.admin import build_admin_dialect
from mockgem.faults.pacing import delay_frames
from mockgem.recording.world_cassettes import WorldCassettes
from mockgem.scenarios.manager import ScenarioManager
from mockgem.scenarios.selection import has_no_selection, selection_middleware, strip_selection
from mockgem.scenarios.source import ScenarioSource
from mockgem.server.cors import cors_middleware
from mockgem.server.host_check import AllowedHosts, host_middleware
from mockgem.server.http import Server
from mockgem.sources.auth import Auth
from mockgem.sources.delivery import Delivery
from mockgem.sources.engine import Engine


def build_sources(
    settings: Settings, world_cassettes: WorldCassettes | None = None
) -> tuple[Source, ...]:
    """The mode of the server: who may answer, in order."""
    engine: Source = Engine()
    if settings.chunk_delay:
        engine = Delivery(engine, (delay_frames(settings.chunk_delay),))
    return (
        Auth(settings.api_key, world_cassettes.has_cassette)
        if world_cassettes
        else Auth(settings.api_key),
        engine,
    )


def add_scenario_sources(
    settings: Settings, sources: tuple[Source, ...], scenario_manager: ScenarioManager
) -> tuple[Source, ...]:
    """With scenarios before those who answer; a credential is looked at first, as it is by the real service."""
    first, rest = split_auth(sources)
    if settings.answers:
        from mockgem.sources.user_function import UserFunctionSource, load_function

        rest = (
            UserFunctionSource(load_function(settings.answers), scenario_manager.get_runner, rest),
            *rest,
        )
    return (
        *first,
        ScenarioSource(scenario_manager.get_runner, rest, always_active=bool(settings.latency)),
        *rest,
    )


def split_auth(sources: tuple[Source, ...]) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Who looks at the credential first of all, if anybody does, and the others."""
    size = 1 if isinstance(sources[0], Auth) else 0
    return sources[:size], sources[size:]


def add_world_cassettes(
    sources: tuple[Source, ...], world_cassettes: WorldCassettes
) -> tuple[Source, ...]:
    """With the cassettes of single worlds before those who answer all."""
    first, rest = split_auth(sources)
    return (*first, world_cassettes, *rest)


def build_cassette_sources(
    settings: Settings, world_cassettes: WorldCassettes | None
) -> tuple[tuple[Source, ...], Callable[[], Awaitable[None]] | None]:
    """The sources, and what is to be done when the server stops."""
    usual = build_sources(settings, world_cassettes)
    if not settings.cassette:
        return usual, None
    from mockgem.recording.modes import build_mode

    played = build_mode(settings, usual)
    return played.sources, played.close


@frozen
class App:
    """A server's front door, the worlds behind it, the routes it knows and the scenarios it plays. `plain` is the door for
    requests that are known to choose none, `indoors` the one for those of this process, by whatever name they ask."""

    handler: Handler
    sync_handler: Handler
    local_handler: Handler
    worlds: WorldRegistry
    router: Router
    scenario_manager: ScenarioManager
    storage: Storage


def create_app(
    settings: Settings,
    listener: Listener | None = None,
    sources: tuple[Source, ...] | None = None,
    world_cassettes: WorldCassettes | None = None,
) -> App:
    """Where every request comes in. Raises ValueError for a scenario that can't be played."""
    scenes = ScenarioManager(settings)
    makers = WorldFactory(
        settings,
        listener,
        scenes,
        world_cassettes.drop if world_cassettes is not None else lambda world: None,
    )
    worlds = WorldRegistry(makers, settings.worlds, settings.world_idle)
    routes = Router(
        build_surfaces(
            build_admin_dialect(worlds, scenes, settings.admin_token), lenient=settings.lenient
        )
    )
    through = partial(
        handle_request,
        routes=routes,
        sources=add_scenario_sources(settings, sources or build_sources(settings), scenes),
    )
    makers.dispatch = lambda wire, world: through(wire, world=world)

    async def handle_named(wire: WireRequest) -> WireResponse:
        return await through(wire, world=await worlds.resolve(wire))

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        if wire.path[:3] == "/w/":
            return handle_named(wire)
        return through(wire, world=worlds.default)

    async def handle_shared(wire: WireRequest) -> WireResponse:
        world = await worlds.resolve(wire)
        await makers.update_clock(world)
        return await through(wire, world=world)

    hosts = AllowedHosts(settings.host, settings.allowed_host)
    opened = cors_middleware(handle_shared if makers.storage.is_shared else handle)
    chosen = (
        selection_middleware(opened, scenes.has_scenario) if settings.inline_scenarios else opened
    )
    return App(
        host_middleware(chosen, hosts),
        host_middleware(opened, hosts),
        chosen,
        worlds,
        routes,
        scenes,
        makers.storage,
    )


def create_handler(
    settings: Settings, listener: Listener | None = None, sources: tuple[Source, ...] | None = None
) -> tuple[Handler, WorldRegistry, Router]:
    built = create_app(settings, listener, sources)
    return built.handler, built.worlds, built.router


def create_server(
    settings: Settings,
    listener: Listener | None = None,
    world_cassettes: WorldCassettes | None = None,
) -> Server:
    """A server that is ready to start. Raises ValueError for a scenario or a cassette that can't be used. `decks` is where
    worlds can get cassettes of their own while it runs."""
    sources, close = build_cassette_sources(settings, world_cassettes)
    if world_cassettes is not None:
        sources = add_world_cassettes(sources, world_cassettes)
    built = create_app(settings, listener, sources, world_cassettes)
    routes, scenes = built.router, built.scenario_manager
    prompt = not (
        settings.fetch_media or settings.chunk_delay or settings.cassette or built.storage.suspends
    )

    @lru_cache(maxsize=4096)
    def flags_for(method: str, path: str) -> tuple[bool, bool]:
        return routes.flags_for(method, strip_world(strip_selection(path)))

    def is_simple(path: str, headers: Mapping[str, str], body: bytes) -> bool:
        return (
            not scenes.is_active
            and not (world_cassettes and world_cassettes.cassettes)
            and has_no_selection(path, headers, body)
        )

    return Server(
        built.handler,
        max_body=settings.max_body,
        clock=lambda: built.worlds.default.clock(),
        local_handler=built.local_handler,
        sync_handler=built.sync_handler if prompt else None,
        is_simple=is_simple,
        flags_for=flags_for,
        on_stop=close,
    )
