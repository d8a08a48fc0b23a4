"""Finds the surface and the endpoint a request is for, and reads it. Compiled once, from the table of surfaces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from mockgem.core.cache import BoundedCache
from mockgem.core.call import Call, Endpoint, InvalidRequest, Surface
from mockgem.core.errors import ApiError, Code, Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import EMPTY, WireRequest
from mockgem.core.world import World

CacheKey = tuple[str, str, str, bytes]
"""Surface, method, path and body: what reading a request depends on."""
Decoded = tuple[Any, bytes, str]
"""A request as it was read, its key, and the model it asks."""
MAX_CACHED_BODY = 64 * 1024
"""Bodies up to this many bytes are remembered once they are read."""


@frozen
class Route:
    """One endpoint at one prefix, for requests that the surface claims. `start` is what its path begins with."""

    surface: Surface
    endpoint: Endpoint[Any, Any]
    path: str
    literal_prefix: str

    def match(self, path: str) -> re.Match[str] | None:
        """Patterns are compiled when a path that begins so first comes: there are many, and a server needs few."""
        return compile_path(self.path).match(path) if path.startswith(self.literal_prefix) else None


class Router:
    """Reading is pure, so a request that came before is not read again: only its wire part is new."""

    def __init__(self, surfaces: tuple[Surface, ...]) -> None:
        self.surfaces = surfaces
        self.literal_routes: dict[tuple[str, str], tuple[Route, ...]] = {}
        self.pattern_routes: dict[str, tuple[Route, ...]] = {}
        self.cache: BoundedCache[CacheKey, Decoded] = BoundedCache(count=2048, weight=16 * 2**20)
        for surface in surfaces:
            for prefix in surface.prefixes:
                for endpoint in surface.dialect.endpoints:
                    self.add(surface, endpoint, prefix + endpoint.path)

    def add(self, surface: Surface, endpoint: Endpoint[Any, Any], path: str) -> None:
        route = Route(surface, endpoint, path, path.partition("{")[0])
        if "{" in path:
            self.pattern_routes[endpoint.method] = (
                *self.pattern_routes.get(endpoint.method, ()),
                route,
            )
        else:
            self.literal_routes[endpoint.method, path] = (
                *self.literal_routes.get((endpoint.method, path), ()),
                route,
            )

    def resolve(self, wire: WireRequest, world: World) -> Call:
        route, params = self.find_route(wire)
        if route is None:
            return Call(
                wire,
                self.find_nearest_surface(wire),
                None,
                RouteNotFound(wire.method, wire.path),
                world,
            )
        surface, endpoint = route.surface, route.endpoint
        if wire.error:
            return Call(
                wire,
                surface,
                endpoint,
                InvalidRequest(Failure(Code.INVALID_ARGUMENT, wire.error)),
                world,
            )
        if not endpoint.pure:
            request, key, model = decode_request(endpoint, wire, params)
            return Call(wire, surface, endpoint, request, world, key, model)
        memory = (surface.name, endpoint.method, wire.path, wire.body)
        known = self.cache.get(memory)
        if known is None:
            known = decode_request(endpoint, wire, params)
            if world.request_counts.is_known(known[1]):
                self.remember(memory, known)
        return Call(wire, surface, endpoint, known[0], world, known[1], known[2])

    def resolve_undecoded(self, wire: WireRequest, world: World) -> Call:
        """The call of a request that is not looked into."""
        route, _ = self.find_route(wire)
        if route is None:
            return Call(wire, self.find_nearest_surface(wire), None, None, world)
        return Call(wire, route.surface, route.endpoint, None, world)

    def remember(self, memory: CacheKey, known: Decoded) -> None:
        """From its second time on: most requests never come again, and would only push out those that do."""
        if len(memory[3]) <= MAX_CACHED_BODY:
            self.cache.put(memory, known, 12 * len(memory[3]))

    def find_route(self, wire: WireRequest) -> tuple[Route | None, Mapping[str, str]]:
        method = method_for_lookup(wire.method)
        for route in self.literal_routes.get((method, wire.path), ()):
            if route.surface.claims(wire):
                return route, EMPTY
        for route in self.pattern_routes.get(method, ()):
            if (match := route.match(wire.path)) and route.surface.claims(wire):
                return route, match.groupdict()
        return None, EMPTY

    def flags_for(self, method: str, path: str) -> tuple[bool, bool]:
        """Whether the answer may wait, and whether the body is taken as it comes, for requests to a path."""
        waits = streamed = False
        method = method_for_lookup(method)
        patterned = self.pattern_routes.get(method, ())
        for route in (
            *self.literal_routes.get((method, path), ()),
            *[one for one in patterned if one.match(path)],
        ):
            waits, streamed = (
                waits or route.endpoint.may_wait,
                streamed or route.endpoint.streams_body,
            )
        return waits, streamed

    def find_nearest_surface(self, wire: WireRequest) -> Surface:
        """Whose front end says that there is nothing here: the surface with the longest prefix that fits."""
        fitting = [
            (len(prefix), surface)
            for surface in self.surfaces
            for prefix in surface.prefixes
            if re.match(build_pattern(prefix) + r"(/|\Z)", wire.path) and surface.claims(wire)
        ]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else self.surfaces[0]


def method_for_lookup(method: str) -> str:
    """HEAD asks for what GET gives, without the body."""
    return "GET" if method == "HEAD" else method


@cache
def compile_path(path: str) -> re.Pattern[str]:
    return re.compile(build_pattern(path) + r"/?\Z")


def build_pattern(path: str) -> str:
    """`{name}` is one segment; `{name*}` may hold slashes."""
    named = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", path)
    return re.sub(r"\{(\w+)\*\}", r"(?P<\1>.+?)", named)


def decode_request(
    endpoint: Endpoint[Any, Any], wire: WireRequest, params: Mapping[str, str]
) -> tuple[Any, bytes, str]:
    """What is asked, a key that only this request has, and the model it is asked of."""
    key = hashlib.blake2b(
        wire.body, digest_size=16, person=key_prefix(wire.method, wire.path)
    ).digest()
    try:
        request = endpoint.decode(wire, params)
    except ApiError as error:
        return InvalidRequest(error.failure), key, ""
    return request, key, endpoint.model_of(request)


@lru_cache(maxsize=1024)
def key_prefix(method: str, path: str) -> bytes:
    """Method and path, so that equal bodies on two paths are two requests."""
    return hashlib.blake2b(f"{method} {path}".encode("utf-8", "replace"), digest_size=16).digest()
