"""Puts a server together. The only place that knows every part."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mockgem.app.condition import ServerCondition
from mockgem.app.pipeline import Pipeline, handle_request
from mockgem.app.repeated_answers import build_repeat_rules
from mockgem.app.router import Router
from mockgem.app.source_chain import SourceChain, build_chain
from mockgem.app.surfaces import build_own_surfaces
from mockgem.app.world_factory import WorldFactory
from mockgem.app.worlds import WorldRegistry
from mockgem.config.monitoring_options import is_monitored
from mockgem.config.settings import Settings
from mockgem.core.address import parse_address
from mockgem.core.call import Dialect
from mockgem.core.errors import ApiError
from mockgem.core.frozen import frozen
from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.core.journal import Listener
from mockgem.core.path_counts import PathCounts
from mockgem.core.scheduling import LARGE_BODY
from mockgem.core.state import Storage
from mockgem.dialects.admin.event_streams import EventStreams
from mockgem.dialects.surfaces import build_api_surfaces
from mockgem.recording.world_cassettes import WorldCassettes
from mockgem.scenarios.manager import ScenarioManager
from mockgem.scenarios.selection import address_middleware
from mockgem.server.access_log import AccessLog
from mockgem.server.certificates import Certificates, is_certifiable
from mockgem.server.cors import cors_middleware
from mockgem.server.host_check import AllowedHosts, host_middleware
from mockgem.server.http import Server
from mockgem.server.limits import ServerLimits, default_max_connections
from mockgem.server.listening import ListeningPort
from mockgem.server.proxy import Proxy
from mockgem.sources.engine import Engine

if TYPE_CHECKING:
    from mockgem.app.monitoring import Monitoring
    from mockgem.app.shared_registry import SharedWorldRegistry
    from mockgem.app.worker import Worker
    from mockgem.server.listening import SharedPort
    from mockgem.storage.worker_storage import WorkerSeat

Middleware = Callable[[Handler], Handler]


@frozen
class App:
    """Everything that answers requests, before a server listens.

    `handler` takes all requests, `local_handler` those of this process, whatever host they name.
    """

    handler: Handler
    local_handler: Handler
    worlds: WorldRegistry
    router: Router
    scenario_manager: ScenarioManager
    chain: SourceChain
    storage: Storage
    streams: EventStreams
    condition: ServerCondition
    path_counts: PathCounts
    monitoring: Monitoring | None = None
    proxy: Proxy | None = None

    async def start(self) -> None:
        """Begin to follow other servers, before the first request."""
        await self.storage.start(self.worlds)

    async def close(self) -> None:
        """Close cassettes and files, after the last request."""
        try:
            if self.chain.close is not None:
                await self.chain.close()
        finally:
            await self.storage.finish()
            self.storage.close()
            if self.monitoring is not None:
                await self.monitoring.close()
            if self.proxy is not None:
                await self.proxy.upstream.close()


def create_app(
    settings: Settings,
    listener: Listener | None = None,
    world_cassettes: WorldCassettes | None = None,
    certificates: Certificates | None = None,
    seat: WorkerSeat | None = None,
    own_port: Callable[[], int] = lambda: 0,
) -> App:
    """Build the handlers of a server, or of the worker with a seat among others. `own_port` returns
    the port on which it listens.

    Raises ValueError for a scenario, a cassette or a state folder that can't be used.
    """
    scenarios = ScenarioManager(settings)
    drop_cassette = world_cassettes.drop if world_cassettes is not None else lambda world: None
    factory = WorldFactory(settings, listener, scenarios, drop_cassette, seat)
    try:
        if is_monitored(settings):
            from mockgem.app.monitoring import Monitoring

            worker = "0" if seat is None else str(seat.index + 1)
            factory.monitoring = Monitoring(settings, factory.storage, worker)
        return connect_parts(settings, scenarios, factory, world_cassettes, certificates, own_port)
    except BaseException:
        factory.storage.close()
        raise


def connect_parts(
    settings: Settings,
    scenarios: ScenarioManager,
    factory: WorldFactory,
    world_cassettes: WorldCassettes | None,
    certificates: Certificates | None,
    own_port: Callable[[], int],
) -> App:
    """Build the handlers of a server from its scenarios and what makes its worlds."""
    worlds = build_registry(settings, factory, scenarios)
    chain = build_chain(settings, scenarios, world_cassettes, own_port)
    streams = EventStreams()
    condition = build_condition(settings, factory, worlds)
    surfaces = build_api_surfaces(
        lenient=settings.lenient, tool_call_index=settings.tool_call_index
    )

    def load_admin() -> Dialect:
        from mockgem.app.cassette_list import CassetteList
        from mockgem.dialects.admin.dialect import build_admin_dialect

        return build_admin_dialect(
            worlds,
            scenarios,
            CassetteList(settings, chain, world_cassettes),
            certificates,
            settings.admin_token,
            [(surface.title, surface.base) for surface in surfaces if surface.base],
            streams,
            condition,
        )

    router = Router((*surfaces, *build_own_surfaces(load_admin)))
    sources = tuple(chain.sources.values())
    pipeline = Pipeline(
        router,
        sources,
        (Engine(),),
        chain.turn_sources,
        build_repeat_rules(
            settings, factory.storage, worlds, world_cassettes, scenarios.get_runner
        ),
    )
    factory.dispatch = partial(handle_request, pipeline)
    handler = build_innermost_handler(pipeline, worlds, factory)
    checked, unchecked, proxy = add_middleware(settings, handler, scenarios, own_port)
    return App(
        checked,
        unchecked,
        worlds,
        router,
        scenarios,
        chain,
        factory.storage,
        streams,
        condition,
        factory.path_counts,
        factory.monitoring,
        proxy,
    )


def add_middleware(
    settings: Settings, handler: Handler, scenarios: ScenarioManager, own_port: Callable[[], int]
) -> tuple[Handler, Handler, Proxy | None]:
    """Return the handler of all requests, that of requests whose host is not checked, and what
    makes the server a proxy.

    Raises ValueError for options of a proxy that do not fit together.
    """
    if settings.gzip:
        from mockgem.server.compression import gzip_middleware

        handler = gzip_middleware(handler)
    check_host = partial(host_middleware, hosts=AllowedHosts(settings.host, settings.allowed_host))
    is_known = scenarios.has_scenario if settings.inline_scenarios else None
    read_address = partial(address_middleware, is_known=is_known)
    checked = wrap_handler(handler, [check_host, read_address, cors_middleware])
    unchecked = wrap_handler(handler, [read_address, cors_middleware])
    if not settings.proxy:
        if settings.proxy_host or settings.tunnel_host:
            raise ValueError("--proxy-host and --tunnel-host need --proxy")
        return checked, unchecked, None
    from mockgem.app.proxy import build_proxy

    checked, proxy = build_proxy(settings, checked, unchecked, own_port)
    return checked, unchecked, proxy


def build_condition(
    settings: Settings, factory: WorldFactory, worlds: WorldRegistry
) -> ServerCondition:
    """Return what says whether the server is ready, what it measured, and what a world cost."""
    return ServerCondition(
        lambda: worlds.default.store.get("clock", "clock"),
        None if factory.monitoring is None else factory.monitoring.metrics,
        budget=settings.budget,
        has_costs=settings.costs or settings.budget > 0,
        list_problems=factory.storage.list_problems,
    )


def build_innermost_handler(
    pipeline: Pipeline, worlds: WorldRegistry, factory: WorldFactory
) -> Handler:
    """Return what all middleware leads to: the pipeline, in the world that the request names."""

    admin = pipeline.admin_sources
    refusing = Pipeline(pipeline.router, admin, admin)

    async def handle_named(wire: WireRequest) -> WireResponse:
        world = await worlds.resolve(wire)
        if world is None:  # the default world's scenario and cassette must not see this request
            return await handle_request(refusing, wire, worlds.default)
        return await handle_request(pipeline, wire, world)

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        if wire.world:
            return handle_named(wire)
        return handle_request(pipeline, wire, worlds.default)

    async def handle_as_worker(wire: WireRequest) -> WireResponse:
        shared = cast("SharedWorldRegistry", worlds)
        try:
            if shared.is_behind:
                await shared.update()
        except ApiError:  # requests that need no state still work
            pass
        if not wire.world:
            return await handle_request(pipeline, wire, worlds.default)
        try:
            return await handle_named(wire)
        except ApiError as error:  # a new world needs the state
            wire.error, wire.is_overloaded = error.failure.message, True
            return await handle_request(refusing, wire, worlds.default)

    async def handle_shared(wire: WireRequest) -> WireResponse:
        if (world := await worlds.resolve(wire)) is None:
            return await handle_request(refusing, wire, worlds.default)
        await factory.update_clock(world)
        return await handle_request(pipeline, wire, world)

    if factory.storage.shared_worlds is not None:
        return handle_as_worker
    return handle_shared if factory.storage.is_shared else handle


def build_registry(
    settings: Settings, factory: WorldFactory, scenarios: ScenarioManager
) -> WorldRegistry:
    """Return the worlds of a server, or those that it shares with other processes."""
    shared = factory.storage.shared_worlds
    if shared is None:
        return WorldRegistry(factory, settings.worlds, settings.world_idle)
    from mockgem.app.shared_registry import SharedWorldRegistry
    from mockgem.scenarios.shared_choices import SharedChoices

    registry = SharedWorldRegistry(factory, shared, settings.worlds, settings.world_idle)
    registry.choices = SharedChoices(shared, scenarios, registry.update)
    scenarios.share(registry.choices)
    return registry


def wrap_handler(handler: Handler, middleware: Sequence[Middleware]) -> Handler:
    """Put middleware in front of a handler; requests pass it in the order of the list."""
    for wrap in reversed(middleware):
        handler = wrap(handler)
    return handler


def create_handler(
    settings: Settings, listener: Listener | None = None
) -> tuple[Handler, WorldRegistry, Router]:
    app = create_app(settings, listener)
    return app.handler, app.worlds, app.router


def build_limits(settings: Settings) -> ServerLimits:
    """Return the limits of a server. A recorder needs two connections for each client."""
    records = settings.record_mode != "none" or settings.on_miss == "record"
    return ServerLimits(
        settings.max_body,
        settings.body_memory,
        settings.idle_timeout,
        settings.max_connections or default_max_connections(uses_upstream=records),
    )


def build_certificates(settings: Settings, folder: Path | None) -> Certificates | None:
    """Return what TLS needs, or None if it is off. Nothing is created before the first use."""
    if not settings.tls:
        return None
    hosts = tuple([one for one in (settings.host, *settings.allowed_host) if is_certifiable(one)])
    return Certificates(folder, hosts, (settings.tls_cert, settings.tls_key))


def build_worker(app: App, seat: WorkerSeat | None, port: SharedPort | None) -> Worker | None:
    """Return what a worker does besides answering requests; None for a server of one process."""
    if seat is None or port is None:
        return None
    from mockgem.app.worker import connect_worker

    return connect_worker(app, seat, port)


def is_answered_alone(path: str) -> bool:
    """Whether a worker answers requests for a path without waiting for the others."""
    return "_mockgem" not in path and "%" not in path


def may_search_files(body: bytes) -> bool:
    """Return whether a request may search in files, which takes long and so runs in a thread."""
    return b"ile_search" in body or b"ileSearch" in body


def create_server(
    settings: Settings,
    listener: Listener | None = None,
    world_cassettes: WorldCassettes | None = None,
    certificate_folder: Path | None = None,
    seat: WorkerSeat | None = None,
    port: SharedPort | None = None,
) -> Server:
    """Build a server that is ready to start. Worlds can load cassettes into `world_cassettes` while
    it runs. Without a `certificate_folder`, the authority of its certificate is in memory. With a
    `seat` and a `port`, the server is one of several workers.

    Raises ValueError for a scenario or a cassette that can't be used.
    """
    certificates = build_certificates(settings, certificate_folder)
    listening = port or ListeningPort()
    app = create_app(settings, listener, world_cassettes, certificates, seat, listening.get_number)
    worker = build_worker(app, seat, port)
    shared = app.storage.shared_worlds
    if isinstance(listener, AccessLog) and worker is None:
        listener.list_worlds = app.worlds.list_all
    answers_at_once = app.chain.answers_at_once and not (
        settings.fetch_media or app.storage.suspends
    )

    @lru_cache(maxsize=4096)
    def flags_for(method: str, path: str) -> tuple[bool, bool]:
        return app.router.flags_for(method, parse_address(path).path)

    def is_simple(path: str, headers: Mapping[str, str], body: bytes) -> bool:
        return (
            (shared is None or is_answered_alone(path))
            and (app.proxy is None or path[:1] == "/")
            and len(body) <= LARGE_BODY
            and not may_search_files(body)
            and (not world_cassettes or world_cassettes.answers_at_once)
        )

    return Server(
        app.handler,
        limits=build_limits(settings),
        clock=lambda: app.worlds.default.clock(),
        local_handler=app.local_handler,
        sync_handler=app.handler if answers_at_once else None,
        is_simple=is_simple,
        flags_for=flags_for,
        on_ready=app.condition.note_ready,
        on_draining=app.condition.note_draining,
        on_stopping=app.streams.close,
        on_start=worker.start if worker is not None else app.start,
        on_stop=worker.stop if worker is not None else app.close,
        port=listening,
        list_problems=lambda: list(app.chain.problems),
        certificates=certificates,
        path_counts=app.path_counts,
        proxy=app.proxy,
    )
