"""The server's own dialect, under /_mockgem."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Protocol

from mockgem.core import clock
from mockgem.core.call import Dialect, Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import Frame, Frames, WireRequest, WireResponse
from mockgem.core.world import World
from mockgem.dialects.admin import clock_handlers, journal_handlers
from mockgem.dialects.admin.json_endpoint import (
    HEADERS,
    AdminHandler,
    Json,
    build_endpoint,
    encode_failure,
)
from mockgem.dialects.admin.openapi import build_document
from mockgem.dialects.admin.scenario_handlers import (
    NoScenarioControl,
    ScenarioControl,
    ScenarioHandlers,
)
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.operations import files, generated_media


class WorldControl(Protocol):
    """What the admin dialect needs of the worlds."""

    def list_all(self) -> list[World]: ...

    async def drop(self, name: str) -> bool: ...

    async def reset(self, world: World) -> World: ...


class NoWorldControl:
    """Where there is no server: its endpoints can be listed."""

    def list_all(self) -> list[World]:
        return []

    async def drop(self, name: str) -> bool:
        return False

    async def reset(self, world: World) -> World:
        return world


def build_admin_dialect(worlds: WorldControl, scenes: ScenarioControl, token: str = "") -> Dialect:
    """With a token, everything but the health and the media asks for it."""

    async def list_worlds(body: Json, occasion: OperationContext) -> Json:
        return {"worlds": [await describe_world(world) for world in worlds.list_all()]}

    async def forget_world(body: Json, occasion: OperationContext) -> Json:
        if not await worlds.drop(body["name"]):
            message = f"there is no world {body['name']!r}; GET /_mockgem/worlds lists them"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        return {"forgotten": body["name"]}

    async def reset_world(body: Json, occasion: OperationContext) -> Json:
        return await describe_world(await worlds.reset(occasion.world))

    async def describe_api(body: Json, occasion: OperationContext) -> Json:
        from importlib.metadata import version

        return build_document(endpoints, version("mockgem"))

    def build_protected_endpoint(
        method: str, path: str, summary: str, perform: AdminHandler, *, waits: bool = False
    ) -> Endpoint[Any, Any]:
        return build_endpoint(method, path, summary, perform, token, waits=waits)

    play = ScenarioHandlers(scenes)
    endpoints: tuple[Endpoint[Any, Any], ...] = (
        build_endpoint("GET", "/health", "Whether the server can serve", check_health),
        build_protected_endpoint(
            "GET", "/openapi.json", "What there is here, as OpenAPI", describe_api
        ),
        build_protected_endpoint("GET", "/clock", "The world's time", clock_handlers.read_clock),
        build_protected_endpoint(
            "POST",
            "/clock",
            'Move it: {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}',
            clock_handlers.move_clock,
        ),
        build_protected_endpoint(
            "GET", "/scenario", "The scenario that is played, and how far it has come", play.read
        ),
        build_protected_endpoint(
            "PUT",
            "/scenario",
            'Play one: {"name": "overloaded"}, or with a whole {"scenario": …}',
            play.choose,
        ),
        build_protected_endpoint(
            "POST", "/scenario/rules", "Add a rule to it, asked before its own", play.add_rule
        ),
        build_protected_endpoint(
            "PUT",
            "/scenario/expect",
            'What its client is judged by: {"attempts": 2, "waits": "told"}',
            play.expect,
        ),
        build_protected_endpoint("DELETE", "/scenario", "Play none", play.stop),
        build_protected_endpoint("GET", "/scenarios", "All scenarios", play.list_scenarios),
        build_protected_endpoint("GET", "/scenarios/{name}", "One scenario", play.show_scenario),
        build_protected_endpoint(
            "GET",
            "/verdict",
            "What the client did, and what it should have done",
            play.read_verdict,
        ),
        build_protected_endpoint(
            "GET",
            "/journal",
            "What was asked and answered",
            journal_handlers.read_journal,
            waits=True,
        ),
        build_protected_endpoint(
            "GET", "/journal/{number}", "One entry", journal_handlers.read_entry
        ),
        build_protected_endpoint(
            "DELETE", "/journal", "Forget the entries", journal_handlers.clear_journal
        ),
        build_protected_endpoint(
            "GET", "/counters", "How many of what", journal_handlers.read_counters
        ),
        build_protected_endpoint("POST", "/reset", "Empty the world", reset_world),
        build_protected_endpoint("GET", "/worlds", "List the worlds", list_worlds),
        Endpoint(
            "GET",
            "/media/{name}",
            "A picture or film that was made",
            decode_name,
            find_medium,
            encode_medium,
            encode_failure,
            pure=False,
            may_wait=True,
        ),
        build_protected_endpoint("DELETE", "/worlds/{name}", "Forget a world", forget_world),
    )
    return Dialect("admin", endpoints, refuse_credential, encode_not_found)


async def check_health(body: Json, occasion: OperationContext) -> Json:
    return {"status": "ok"}


def decode_name(wire: WireRequest, params: Mapping[str, str]) -> Json:
    return dict(params)


@frozen
class ServedMedia:
    """A medium and its bytes."""

    medium: files.File
    pieces: AsyncIterator[bytes]


async def find_medium(body: Json, occasion: OperationContext) -> ServedMedia:
    return ServedMedia(*await generated_media.find(body["name"], occasion.world))


def encode_medium(request: Json, found: ServedMedia) -> WireResponse:
    async def iter_frames() -> Frames:
        async for piece in found.pieces:
            yield Frame(piece)

    head = (("Content-Type", found.medium.mime_type), ("Content-Length", str(found.medium.size)))
    return WireResponse(200, head, iter_frames())


async def describe_world(world: World) -> Json:
    return {
        "name": world.name,
        "now": clock.format_time(world.clock()),
        "bytes": await world.blobs.count_bytes() + await world.store.count_bytes(),
        "scenario": world.scenario or None,
        "requests": world.journal.count,
    }


def encode_not_found(unrouted: RouteNotFound) -> WireResponse:
    known = ", ".join(format_endpoints(ADMIN.endpoints))
    message = f"mockgem has nothing at {unrouted.method} {unrouted.path}; there is {known}"
    return WireResponse(404, HEADERS, dump_compact({"error": message}))


def format_endpoints(endpoints: Iterable[Endpoint[Any, Any]]) -> list[str]:
    return [f"{one.method} /_mockgem{one.path}" for one in endpoints]


def refuse_credential(which: str) -> Failure:
    raise AssertionError("the admin surface asks for no key")


ADMIN = build_admin_dialect(NoWorldControl(), NoScenarioControl())
