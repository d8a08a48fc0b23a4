"""Puts a server together. The only place that knows every part."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from mockgem import catalogue, faults, fetching
from mockgem.core.call import Source
from mockgem.core.journal import Entry, Journal
from mockgem.core.world import World, standing_still
from mockgem.cors import with_cors
from mockgem.exchange import exchange
from mockgem.routes import Routes
from mockgem.server import Door, Server
from mockgem.settings import Settings
from mockgem.sources.auth import Auth
from mockgem.sources.delivery import Delivery
from mockgem.sources.engine import Engine
from mockgem.surfaces import surfaces


def world_of(settings: Settings, listener: Callable[[Entry], None] | None = None) -> World:
    return World(
        catalogue=catalogue.catalogue(settings),
        seed=settings.seed,
        clock=time.time if settings.clock == "real" else standing_still,
        journal=Journal(listener=listener),
        lenient=settings.lenient,
        fetch=fetching.fetch if settings.fetch_media else None,
    )


def sources_of(settings: Settings, world: World) -> tuple[Source, ...]:
    """The mode of the server: who may answer, in order."""
    engine: Source = Engine(world)
    if settings.chunk_delay:
        engine = Delivery(engine, (faults.paced(settings.chunk_delay),))
    return (Auth(settings.api_key), engine)


def front_door(routes: Routes, sources: tuple[Source, ...], world: World) -> Door:
    return with_cors(partial(exchange, routes=routes, sources=sources, world=world))


def build(settings: Settings, listener: Callable[[Entry], None] | None = None) -> Server:
    """A server that is ready to start."""
    world = world_of(settings, listener)
    routes = Routes(surfaces(lenient=settings.lenient))
    door = front_door(routes, sources_of(settings, world), world)
    prompt = not settings.fetch_media and not settings.chunk_delay
    return Server(door, max_body=settings.max_body, clock=world.clock, prompt=prompt)
