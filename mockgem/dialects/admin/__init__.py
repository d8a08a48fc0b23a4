"""The server's own dialect, under /_mockgem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from mockgem.core import clock
from mockgem.core.call import Dialect, Endpoint, Occasion
from mockgem.core.errors import ApiError, Code, Failure, Unrouted
from mockgem.core.frozen import value
from mockgem.core.http import Frame, Frames, WireRequest, WireResponse
from mockgem.core.world import World
from mockgem.dialects.admin import clock_handlers, journal_handlers
from mockgem.dialects.admin.json_endpoint import HEADERS, Json, Perform, encode_failure, endpoint
from mockgem.dialects.admin.openapi import document
from mockgem.dialects.admin.scenario_handlers import NoScenes, Playing, Scenes
from mockgem.dialects.common.json_writer import compact
from mockgem.operations import files, generated_media


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


def admin(worlds: Worlds, scenes: Scenes, token: str = "") -> Dialect:
    """With a token, everything but the health and the media asks for it."""

    async def list_worlds(body: Json, occasion: Occasion) -> Json:
        return {"worlds": [described(world) for world in worlds.all()]}

    async def forget_world(body: Json, occasion: Occasion) -> Json:
        if not worlds.drop(body["name"]):
            message = f"there is no world {body['name']!r}; GET /_mockgem/worlds lists them"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        return {"forgotten": body["name"]}

    async def reset(body: Json, occasion: Occasion) -> Json:
        return described(worlds.reset(occasion.world))

    async def described_itself(body: Json, occasion: Occasion) -> Json:
        from importlib.metadata import version

        return document(endpoints, version("mockgem"))

    def one(method: str, path: str, summary: str, perform: Perform, *, waits: bool = False) -> Endpoint[Any, Any]:
        return endpoint(method, path, summary, perform, token, waits=waits)

    play = Playing(scenes)
    endpoints: tuple[Endpoint[Any, Any], ...] = (
        endpoint("GET", "/health", "Whether the server can serve", health),
        one("GET", "/openapi.json", "What there is here, as OpenAPI", described_itself),
        one("GET", "/clock", "The world's time", clock_handlers.read_clock),
        one("POST", "/clock", 'Move it: {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}', clock_handlers.move_clock),
        one("GET", "/scenario", "The scenario that is played, and how far it has come", play.read),
        one("PUT", "/scenario", 'Play one: {"name": "overloaded"}, or with a whole {"scenario": …}', play.choose),
        one("POST", "/scenario/rules", "Add a rule to it, asked before its own", play.add),
        one("PUT", "/scenario/expect", 'What its client is judged by: {"attempts": 2, "waits": "told"}', play.expect),
        one("DELETE", "/scenario", "Play none", play.stop),
        one("GET", "/scenarios", "All scenarios", play.list_all),
        one("GET", "/scenarios/{name}", "One scenario", play.show),
        one("GET", "/verdict", "What the client did, and what it should have done", play.verdict),
        one("GET", "/journal", "What was asked and answered", journal_handlers.read_journal, waits=True),
        one("GET", "/journal/{number}", "One entry", journal_handlers.read_entry),
        one("DELETE", "/journal", "Forget the entries", journal_handlers.clear_journal),
        one("GET", "/counters", "How many of what", journal_handlers.read_counters),
        one("POST", "/reset", "Empty the world", reset),
        one("GET", "/worlds", "List the worlds", list_worlds),
        Endpoint(
            "GET",
            "/media/{name}",
            "A picture or film that was made",
            named,
            medium,
            encode_medium,
            encode_failure,
            pure=False,
            waits=True,
        ),
        one("DELETE", "/worlds/{name}", "Forget a world", forget_world),
    )
    return Dialect("admin", endpoints, needs_no_credential, not_found)


async def health(body: Json, occasion: Occasion) -> Json:
    return {"status": "ok"}


def named(wire: WireRequest, params: Mapping[str, str]) -> Json:
    return dict(params)


@value
class Served:
    """A medium and its bytes."""

    medium: files.File
    pieces: Iterator[bytes]


async def medium(body: Json, occasion: Occasion) -> Served:
    return Served(*generated_media.find(body["name"], occasion.world))


def encode_medium(request: Json, found: Served) -> WireResponse:
    async def frames() -> Frames:
        for piece in found.pieces:
            yield Frame(piece)

    head = (("Content-Type", found.medium.mime_type), ("Content-Length", str(found.medium.size)))
    return WireResponse(200, head, frames())


def described(world: World) -> Json:
    return {
        "name": world.name,
        "now": clock.spelled(world.clock()),
        "bytes": world.blobs.total() + world.store.total(),
        "scenario": world.scenario or None,
        "requests": world.journal.count,
    }


def not_found(unrouted: Unrouted) -> WireResponse:
    known = ", ".join(one_line(ADMIN.endpoints))
    message = f"mockgem has nothing at {unrouted.method} {unrouted.path}; there is {known}"
    return WireResponse(404, HEADERS, compact({"error": message}))


def one_line(endpoints: Iterable[Endpoint[Any, Any]]) -> list[str]:
    return [f"{one.method} /_mockgem{one.path}" for one in endpoints]


def needs_no_credential(which: str) -> Failure:
    raise AssertionError("the admin surface asks for no key")


ADMIN = admin(NoWorlds(), NoScenes())
