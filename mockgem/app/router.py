"""Finds the surface and the endpoint a request is for, and reads it. Compiled once, from the table of surfaces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from mockgem.core.cache import Memo
from mockgem.core.call import Call, Endpoint, Invalid, Surface
from mockgem.core.errors import ApiError, Code, Failure, Unrouted
from mockgem.core.frozen import value
from mockgem.core.http import NOTHING, WireRequest
from mockgem.core.world import World

Memory = tuple[str, str, str, bytes]
"""Surface, method, path and body: what reading a request depends on."""
Known = tuple[Any, bytes, str]
"""A request as it was read, its key, and the model it asks."""
MEMORABLE = 64 * 1024
"""Bodies up to this many bytes are remembered once they are read."""


@value
class Route:
    """One endpoint at one prefix, for requests that the surface claims. `start` is what its path begins with."""

    surface: Surface
    endpoint: Endpoint[Any, Any]
    path: str
    start: str

    def match(self, path: str) -> re.Match[str] | None:
        """Patterns are compiled when a path that begins so first comes: there are many, and a server needs few."""
        return compiled(self.path).match(path) if path.startswith(self.start) else None


class Routes:
    """Reading is pure, so a request that came before is not read again: only its wire part is new."""

    def __init__(self, surfaces: tuple[Surface, ...]) -> None:
        self.surfaces = surfaces
        self.plain: dict[tuple[str, str], tuple[Route, ...]] = {}
        self.patterned: dict[str, tuple[Route, ...]] = {}
        self.seen: Memo[Memory, Known] = Memo(count=2048, weight=16 * 2**20)
        for surface in surfaces:
            for prefix in surface.prefixes:
                for endpoint in surface.dialect.endpoints:
                    self.add(surface, endpoint, prefix + endpoint.path)

    def add(self, surface: Surface, endpoint: Endpoint[Any, Any], path: str) -> None:
        route = Route(surface, endpoint, path, path.partition("{")[0])
        if "{" in path:
            self.patterned[endpoint.method] = (*self.patterned.get(endpoint.method, ()), route)
        else:
            self.plain[endpoint.method, path] = (*self.plain.get((endpoint.method, path), ()), route)

    def read(self, wire: WireRequest, world: World) -> Call:
        route, params = self.find(wire)
        if route is None:
            return Call(wire, self.surface_near(wire), None, Unrouted(wire.method, wire.path), world)
        surface, endpoint = route.surface, route.endpoint
        if wire.problem:
            return Call(wire, surface, endpoint, Invalid(Failure(Code.INVALID_ARGUMENT, wire.problem)), world)
        if not endpoint.pure:
            request, key, model = decoded(endpoint, wire, params)
            return Call(wire, surface, endpoint, request, world, key, model)
        memory = (surface.name, endpoint.method, wire.path, wire.body)
        known = self.seen.get(memory)
        if known is None:
            known = decoded(endpoint, wire, params)
            if world.heard.get(known[1]) is not None:
                self.remember(memory, known)
        return Call(wire, surface, endpoint, known[0], world, known[1], known[2])

    def unread(self, wire: WireRequest, world: World) -> Call:
        """The call of a request that is not looked into."""
        route, _ = self.find(wire)
        if route is None:
            return Call(wire, self.surface_near(wire), None, None, world)
        return Call(wire, route.surface, route.endpoint, None, world)

    def remember(self, memory: Memory, known: Known) -> None:
        """From its second time on: most requests never come again, and would only push out those that do."""
        if len(memory[3]) <= MEMORABLE:
            self.seen.put(memory, known, 12 * len(memory[3]))

    def find(self, wire: WireRequest) -> tuple[Route | None, Mapping[str, str]]:
        method = looked_up(wire.method)
        for route in self.plain.get((method, wire.path), ()):
            if route.surface.claims(wire):
                return route, NOTHING
        for route in self.patterned.get(method, ()):
            if (match := route.match(wire.path)) and route.surface.claims(wire):
                return route, match.groupdict()
        return None, NOTHING

    def special(self, method: str, path: str) -> tuple[bool, bool]:
        """Whether the answer may wait, and whether the body is taken as it comes, for requests to a path."""
        waits = streamed = False
        method = looked_up(method)
        patterned = self.patterned.get(method, ())
        for route in (*self.plain.get((method, path), ()), *[one for one in patterned if one.match(path)]):
            waits, streamed = waits or route.endpoint.waits, streamed or route.endpoint.streamed
        return waits, streamed

    def surface_near(self, wire: WireRequest) -> Surface:
        """Whose front end says that there is nothing here: the surface with the longest prefix that fits."""
        fitting = [
            (len(prefix), surface)
            for surface in self.surfaces
            for prefix in surface.prefixes
            if re.match(pattern_text(prefix) + r"(/|\Z)", wire.path) and surface.claims(wire)
        ]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else self.surfaces[0]


def looked_up(method: str) -> str:
    """HEAD asks for what GET gives, without the body."""
    return "GET" if method == "HEAD" else method


@cache
def compiled(path: str) -> re.Pattern[str]:
    return re.compile(pattern_text(path) + r"/?\Z")


def pattern_text(path: str) -> str:
    """`{name}` is one segment; `{name*}` may hold slashes."""
    named = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", path)
    return re.sub(r"\{(\w+)\*\}", r"(?P<\1>.+?)", named)


def decoded(endpoint: Endpoint[Any, Any], wire: WireRequest, params: Mapping[str, str]) -> tuple[Any, bytes, str]:
    """What is asked, a key that only this request has, and the model it is asked of."""
    key = hashlib.blake2b(wire.body, digest_size=16, person=person(wire.method, wire.path)).digest()
    try:
        request = endpoint.decode(wire, params)
    except ApiError as error:
        return Invalid(error.failure), key, ""
    return request, key, endpoint.model_of(request)


@lru_cache(maxsize=1024)
def person(method: str, path: str) -> bytes:
    """Method and path, so that equal bodies on two paths are two requests."""
    return hashlib.blake2b(f"{method} {path}".encode("utf-8", "replace"), digest_size=16).digest()
