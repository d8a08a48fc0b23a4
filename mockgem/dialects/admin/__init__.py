"""The server's own dialect, under /_mockgem."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from mockgem.core import clock
from mockgem.core.call import Dialect, Endpoint, Occasion
from mockgem.core.errors import ApiError, Code, Failure, Unrouted, invalid
from mockgem.core.values import value
from mockgem.core.wire import Frame, Frames, WireRequest, WireResponse
from mockgem.core.world import World
from mockgem.dialects.payload import parse
from mockgem.dialects.writing import compact
from mockgem.operations import files, media

Json = dict[str, Any]
HEADERS = (("Content-Type", "application/json"),)
Perform = Callable[[Json, Occasion], Awaitable[Json]]


class Worlds(Protocol):
    """What the admin dialect needs of the worlds."""

    def all(self) -> list[World]: ...

    def drop(self, name: str) -> bool: ...

    def reset(self, world: World) -> World: ...


class NoWorlds:
    """Where there is no server: its endpoints can be listed."""

    def all(self) -> list[World]:
        return []

    def drop(self, name: str) -> bool:
        return False

    def reset(self, world: World) -> World:
        return world


def admin(worlds: Worlds) -> Dialect:
    async def list_worlds(body: Json, occasion: Occasion) -> Json:
        return {"worlds": [described(world) for world in worlds.all()]}

    async def forget_world(body: Json, occasion: Occasion) -> Json:
        if not worlds.drop(body["name"]):
            message = f"there is no world {body['name']!r}; GET /_mockgem/worlds lists them"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        return {"forgotten": body["name"]}

    async def reset(body: Json, occasion: Occasion) -> Json:
        return described(worlds.reset(occasion.world))

    return Dialect(
        "admin",
        (
            endpoint("GET", "/health", "Whether the server can serve", health),
            endpoint("GET", "/clock", "The world's time", read_clock),
            endpoint("POST", "/clock", 'Move it: {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}', move_clock),
            endpoint("POST", "/reset", "Empty the world", reset),
            endpoint("GET", "/worlds", "List the worlds", list_worlds),
            Endpoint(
                "GET",
                "/media/{name}",
                "A picture or film that was made",
                decode,
                medium,
                encode_medium,
                encode_failure,
                pure=False,
                waits=True,
            ),
            endpoint("DELETE", "/worlds/{name}", "Forget a world", forget_world),
        ),
        needs_no_credential,
        not_found,
    )


def endpoint(method: str, path: str, summary: str, perform: Perform) -> Endpoint[Json, Json]:
    return Endpoint(method, path, summary, decode, perform, encode, encode_failure, pure=False)


async def health(body: Json, occasion: Occasion) -> Json:
    return {"status": "ok"}


async def read_clock(body: Json, occasion: Occasion) -> Json:
    return told(occasion.world)


async def move_clock(body: Json, occasion: Occasion) -> Json:
    """Raises ApiError where it is not said how, or not clearly."""
    world = occasion.world
    if len(body) != 1 or not body.keys() <= {"advance", "set"}:
        raise invalid('expected {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}, got ' + compact(body).decode()[:200])
    before = world.clock.shift
    try:
        if "advance" in body:
            world.clock.advance(clock.seconds_in(body["advance"]))
        else:
            world.clock.set(clock.moment_of(body["set"]))
        found = told(world)
    except (ValueError, OverflowError, OSError) as error:
        world.clock.shift = before
        raise invalid(f"{error}; the clock stays as it is") from None
    world.store.put("clock", "clock", {"shift": world.clock.shift})
    return found


@value
class Served:
    """A medium and its bytes."""

    medium: files.File
    pieces: Iterator[bytes]


async def medium(body: Json, occasion: Occasion) -> Served:
    return Served(*media.find(body["name"], occasion.world))


def encode_medium(request: Json, found: Served) -> WireResponse:
    async def frames() -> Frames:
        for piece in found.pieces:
            yield Frame(piece)

    head = (("Content-Type", found.medium.mime_type), ("Content-Length", str(found.medium.size)))
    return WireResponse(200, head, frames())


def told(world: World) -> Json:
    now = world.clock()
    return {"now": clock.spelled(now), "seconds": now, "clock": "real" if world.clock.real else "fixed"}


def described(world: World) -> Json:
    return {"name": world.name, "now": clock.spelled(world.clock()), "bytes": world.blobs.total() + world.store.total()}


LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\Z")
"""Origins whose pages may change something; a name that only leads here is none of them."""


def decode(wire: WireRequest, params: Mapping[str, str]) -> Json:
    """The body with the path's names. Pages of another origin may change nothing."""
    if wire.method != "GET" and not LOCAL.match(wire.headers.get("origin", "http://localhost")):
        raise ApiError(Failure(Code.PERMISSION_DENIED, "pages of another origin may not change anything here"))
    if wire.method == "POST" and wire.body and "json" not in wire.headers.get("content-type", ""):
        raise invalid("send it with Content-Type: application/json")
    body = parse(wire.body) if wire.method == "POST" else {}
    if not isinstance(body, dict):
        raise invalid("expected a JSON object")
    return {**body, **params}


def encode(request: Json, found: Json) -> WireResponse:
    return WireResponse(200, HEADERS, compact(found))


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    return WireResponse(failure.code.status, HEADERS, compact({"error": failure.message}))


def not_found(unrouted: Unrouted) -> WireResponse:
    known = ", ".join(one_line(ADMIN.endpoints))
    message = f"mockgem has nothing at {unrouted.method} {unrouted.path}; there is {known}"
    return WireResponse(404, HEADERS, compact({"error": message}))


def one_line(endpoints: Iterable[Endpoint[Any, Any]]) -> list[str]:
    return [f"{one.method} /_mockgem{one.path}" for one in endpoints]


def needs_no_credential(which: str) -> Failure:
    raise AssertionError("the admin surface asks for no key")


ADMIN = admin(NoWorlds())
