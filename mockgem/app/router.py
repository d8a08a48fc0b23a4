"""Finds the surface and the endpoint of a request, and decodes it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import count
from threading import Lock
from typing import Any

from mockgem.core.cache import BoundedCache
from mockgem.core.call import (
    Call,
    Endpoint,
    InvalidRequest,
    Surface,
    claim_all,
    failure_of_unreadable,
)
from mockgem.core.errors import ApiError, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import EMPTY, WireRequest
from mockgem.core.world import World

CacheKey = tuple[str, str, str, bytes]
"""Surface, method, path and body: what decoding depends on."""
Decoded = tuple[Any, bytes, str]
"""A decoded request, its key, and its model."""
PatternKey = tuple[str, str, str]
"""Method, literal start and literal ending of a route's path."""
LONG_BODY = 32_768
"""Bytes above which a body is hashed by SHA-256, which processors have instructions for."""
MAX_CACHED_BODY = 64 * 1024
"""Bytes of the largest body whose decoded form is cached."""
MAX_ROUTES = 10_000
"""A number of routes that no surface has."""
Starts = tuple[tuple[str, ...], tuple[str, ...]]
"""How the paths of a surface begin: the literal beginnings, and those that contain a pattern."""


@frozen
class Route:
    """One endpoint at one prefix, for requests that the surface claims. Earlier routes win
    (`order`)."""

    surface: Surface
    endpoint: Endpoint[Any, Any]
    path: str
    order: int

    def match(self, path: str) -> re.Match[str] | None:
        """Match a path. Patterns are compiled on first use: there are many, and a server needs
        few."""
        return compile_path(self.path).match(path)


class Router:
    """Finds the route of a request in constant time, however many routes there are, and decodes the
    request.

    Decoding is pure, so a request that came before is not decoded again. The dialect of a surface
    is imported when a path comes that the surface may have.
    """

    def __init__(self, surfaces: tuple[Surface, ...]) -> None:
        self.surfaces = surfaces
        self.literal_routes: dict[tuple[str, str], tuple[Route, ...]] = {}
        self.pattern_routes: dict[PatternKey, tuple[Route, ...]] = {}
        self.literal_starts: set[str] = set()
        self.cache: BoundedCache[CacheKey, Decoded] = BoundedCache(count=2048, weight=16 * 2**20)
        self.matches: BoundedCache[tuple[str, str], Matches] = BoundedCache(count=2048)
        self.pending = {surface.name for surface in surfaces}
        self.starts = [(one, list_starts(one, one.path_starts)) for one in surfaces]
        self.prefixes = [(one, list_starts(one, ("",))) for one in surfaces]
        self.lock = Lock()

    def load_all(self) -> None:
        """Import the dialects of all surfaces."""
        for surface in self.surfaces:
            self.load(surface)

    def load(self, surface: Surface) -> None:
        """Add the routes of a surface, unless they are there."""
        with self.lock:  # large requests are decoded in a thread
            if surface.name not in self.pending:
                return
            order = count(self.surfaces.index(surface) * MAX_ROUTES)
            for prefix in surface.prefixes:
                for endpoint in surface.dialect.endpoints:
                    self.add(Route(surface, endpoint, prefix + endpoint.path, next(order)))
            self.pending.remove(surface.name)

    def add(self, route: Route) -> None:
        method = route.endpoint.method
        if "{" in route.path:
            start, ending = pattern_key(route.path)
            key = method, start, ending
            self.literal_starts.add(start)
            self.pattern_routes[key] = (*self.pattern_routes.get(key, ()), route)
        else:
            literal = method, route.path
            self.literal_routes[literal] = (*self.literal_routes.get(literal, ()), route)

    def list_matches(self, method: str, path: str) -> Matches:
        """Return the routes that a path may have, in order, up to one that takes every request."""
        key = method, path
        known = self.matches.get(key)
        if known is None:
            known = self.find_matches(method, path)
            self.matches.put(key, known, len(path))
        return known

    def find_matches(self, method: str, path: str) -> Matches:
        """Find the routes of a path, in the surfaces whose paths begin like it."""
        self.load_for(method, path, self.starts)
        if not (found := self.find_loaded(method, path)):
            self.load_for(method, path, self.prefixes)
            found = self.find_loaded(method, path)
        for number, (route, _) in enumerate(found, 1):
            if route.surface.claims is claim_all:
                return tuple(found[:number])
        return tuple(found)

    def find_loaded(self, method: str, path: str) -> list[Match]:
        """Find the routes of a path in the surfaces that are imported."""
        literal = sorted(self.literal_routes.get((method, path), ()), key=order_of)
        found: list[Match] = [(route, EMPTY) for route in literal]
        for route in self.find_candidates(method, path):
            if match := route.match(path):
                found.append((route, match.groupdict()))
        return found

    def load_for(self, method: str, path: str, known: Sequence[tuple[Surface, Starts]]) -> None:
        """Import the dialects that may have a path, in order, until one of them surely has it."""
        for surface, starts in known:
            if surface.name in self.pending and may_have(starts, path):
                self.load(surface)
            if surface.claims is claim_all and any(
                route.surface is surface for route in self.literal_routes.get((method, path), ())
            ):
                return

    def find_candidates(self, method: str, path: str) -> list[Route]:
        """Return the pattern routes that share their literal start and their ending with a path, in
        order."""
        endings = path_endings(path)
        found: list[Route] = []
        end = path.find("/", 1)
        while end > 0:
            if path[:end] in self.literal_starts:
                for ending in endings:
                    found += self.pattern_routes.get((method, path[:end], ending), ())
            end = path.find("/", end + 1)
        if len(found) > 1:
            found.sort(key=order_of)
        return found

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
            failure = failure_of_unreadable(wire)
            return Call(wire, surface, endpoint, InvalidRequest(failure), world)
        if wire.query and (refuse := surface.dialect.refuse_query) is not None:
            refused = refuse(wire)
            if refused is not None:
                return Call(wire, surface, endpoint, InvalidRequest(refused), world)
        if not endpoint.pure or len(wire.body) > MAX_CACHED_BODY:  # to hash a long key takes time
            request, key, model = decode_request(endpoint, wire, params)
            return Call(wire, surface, endpoint, request, world, key, model)
        cache_key = (surface.name, endpoint.method, wire.path, wire.body)
        known = self.cache.get(cache_key)
        if known is None:
            known = decode_request(endpoint, wire, params)
            if world.request_counts.is_known(known[1]):
                self.remember(cache_key, known)
        return Call(wire, surface, endpoint, known[0], world, known[1], known[2])

    def resolve_undecoded(self, wire: WireRequest, world: World) -> Call:
        """Return the call of a request without decoding it."""
        route, _ = self.find_route(wire)
        if route is None:
            return Call(wire, self.find_nearest_surface(wire), None, None, world)
        return Call(wire, route.surface, route.endpoint, None, world)

    def remember(self, cache_key: CacheKey, decoded: Decoded) -> None:
        """Cache a decoded request from its second time on: most requests come once and would
        displace those that repeat."""
        self.cache.put(cache_key, decoded, 12 * len(cache_key[3]))

    def find_route(self, wire: WireRequest) -> tuple[Route | None, Mapping[str, str]]:
        for match in self.list_matches(method_for_lookup(wire.method), wire.path):
            if match[0].surface.claims(wire):
                return match
        return None, EMPTY

    def flags_for(self, method: str, path: str) -> tuple[bool, bool]:
        """Whether the answer to requests for a path may wait, and whether the body is read as it
        arrives."""
        matches = self.list_matches(method_for_lookup(method), path)
        endpoints = [route.endpoint for route, _ in matches]
        may_wait = any(endpoint.may_wait for endpoint in endpoints)
        return may_wait, any(endpoint.streams_body for endpoint in endpoints)

    def find_nearest_surface(self, wire: WireRequest) -> Surface:
        """Return the surface that answers an unknown path: the one with the longest matching
        prefix."""
        fitting = [
            (len(prefix), surface)
            for surface in self.surfaces
            for prefix in surface.prefixes
            if re.match(build_pattern(prefix) + r"(/|\Z)", wire.path) and surface.claims(wire)
        ]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else self.surfaces[0]


Match = tuple[Route, Mapping[str, str]]
"""A route, and the parameters in the path."""
Matches = tuple[Match, ...]


def order_of(route: Route) -> int:
    return route.order


def list_starts(surface: Surface, path_starts: Sequence[str]) -> Starts:
    """Return how the paths of a surface begin if its endpoints' paths begin like these. A path gets
    a slash at its end before it is compared."""
    starts = [prefix + (start or "/") for prefix in surface.prefixes for start in path_starts]
    return (
        tuple([start for start in starts if "{" not in start]),
        tuple([start for start in starts if "{" in start]),
    )


def may_have(starts: Starts, path: str) -> bool:
    """Return whether a path begins like those of a surface."""
    literal, patterns = starts
    path += "/"
    return path.startswith(literal) or any(
        path.startswith(start.partition("{")[0]) and compile_start(start).match(path)
        for start in patterns
    )


def pattern_key(path: str) -> tuple[str, str]:
    """Return the literal start of a pattern, and its ending if that is literal: a segment, or
    `:verb`, or nothing."""
    start = path.partition("{")[0].rpartition("/")[0]
    last = path.rpartition("/")[2]
    if "{" not in last:
        return start, last
    verb = last.rpartition("}")[2]
    return start, verb if verb.startswith(":") else ""


def path_endings(path: str) -> tuple[str, ...]:
    """Return the endings by which the routes of a path may be found."""
    last = path.rstrip("/").rpartition("/")[2]
    verb = last.rpartition(":")
    return (last, ":" + verb[2], "") if verb[1] else (last, "")


def method_for_lookup(method: str) -> str:
    """HEAD requests use the routes of GET."""
    return "GET" if method == "HEAD" else method


@cache
def compile_start(start: str) -> re.Pattern[str]:
    return re.compile(build_pattern(start))


@cache
def compile_path(path: str) -> re.Pattern[str]:
    return re.compile(build_pattern(path) + r"/?\Z")


def build_pattern(path: str) -> str:
    """Turn a path into a pattern: `{name}` is one segment, `{name*}` may contain slashes."""
    named = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", path)
    return re.sub(r"\{(\w+)\*\}", r"(?P<\1>.+?)", named)


def decode_request(
    endpoint: Endpoint[Any, Any], wire: WireRequest, params: Mapping[str, str]
) -> tuple[Any, bytes, str]:
    """Return a decoded request, a key that identifies it, and its model."""
    body = wire.body
    if len(body) > LONG_BODY:
        body = hashlib.sha256(body).digest()
    key = hashlib.blake2b(body, digest_size=16, person=key_prefix(wire.method, wire.path)).digest()
    try:
        request = endpoint.decode(wire, params)
    except ApiError as error:
        return InvalidRequest(error.failure), key, ""
    return request, key, endpoint.model_of(request)


@lru_cache(maxsize=1024)
def key_prefix(method: str, path: str) -> bytes:
    """Return a prefix for keys, so that equal bodies on two paths are two requests."""
    return hashlib.blake2b(f"{method} {path}".encode("utf-8", "replace"), digest_size=16).digest()
