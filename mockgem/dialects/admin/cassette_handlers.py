"""Show the cassettes of a world: recordings with and without plays, requests without a recording,
and how mockgem's own answers differ from the recorded ones."""

from __future__ import annotations

import json
from threading import Lock
from typing import Any, Protocol

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.journal import JournalEntry
from mockgem.core.scheduling import run_aside
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.dialects.admin.rendered_entry import render_entry

MAX_MISSES = 100
"""Misses that are shown: the newest."""

DRIFT_SCHEMA: Json = {
    "type": "object",
    "required": ["path"],
    "additionalProperties": False,
    "properties": {
        "path": {"type": "string", "description": "A cassette, as in GET /_mockgem/cassettes"},
        "after": {
            "type": "integer",
            "minimum": 0,
            "default": 0,
            "description": "How many recordings are compared already: `next` of the last answer",
        },
    },
}


class CassetteControl(Protocol):
    """What the admin API needs to show cassettes."""

    def describe(self, world: World) -> list[dict[str, Any]]: ...

    def compare(self, world: World, path: str, after: int) -> dict[str, Any]: ...


class NoCassettes:
    """Has no cassettes: for listing the endpoints without a server."""

    def describe(self, world: World) -> list[dict[str, Any]]:
        return []

    def compare(self, world: World, path: str, after: int) -> dict[str, Any]:
        raise LookupError("this server has no cassettes")


class CassetteHandlers:
    """The handlers of the cassette endpoints."""

    def __init__(self, cassettes: CassetteControl) -> None:
        self.cassettes = cassettes
        self.comparing = Lock()

    def build_routes(self) -> tuple[AdminRoute, ...]:
        return (
            AdminRoute(
                "GET",
                "/cassettes",
                "Show recordings, played and not played, and requests without a recording",
                self.read,
                may_wait=True,
            ),
            AdminRoute(
                "POST",
                "/cassettes/drift",
                "Compare recordings with mockgem's own answers, as `mockgem drift` does",
                self.compare,
                may_wait=True,
                request_schema=DRIFT_SCHEMA,
            ),
        )

    async def read(self, body: Json, context: OperationContext) -> Json:
        world = context.world
        entries = await world.journal.list_entries()
        missed = [one for one in entries if (one.scenario_details or {}).get("missed")]
        return {
            "cassettes": await run_aside(self.cassettes.describe, world),
            "misses": await run_aside(render_misses, missed[-MAX_MISSES:]),
        }

    async def compare(self, body: Json, context: OperationContext) -> Json:
        """Compare some recordings of a cassette; `next` says where to go on.

        Raises ApiError: 400 for a request that is not valid, 404 for a cassette that is not in use,
        429 while another comparison runs.
        """
        path, after = body.get("path"), body.get("after", 0)
        if not isinstance(path, str) or not path:
            raise invalid('expected {"path": "calls.yaml"}: GET /_mockgem/cassettes has the paths')
        if not isinstance(after, int) or isinstance(after, bool) or after < 0:
            raise invalid(f"after {after!r:.40} is not valid: use 0, or `next` of the last answer")
        try:
            return await run_aside(self.compare_alone, context.world, path, after)
        except LookupError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error.args[0]))) from None

    def compare_alone(self, world: World, path: str, after: int) -> Json:
        """Compare recordings unless a thread does so already. Raises ApiError (429)."""
        if not self.comparing.acquire(blocking=False):
            message = "another comparison is running: try again when it has ended"
            raise ApiError(Failure(Code.RESOURCE_EXHAUSTED, message))
        try:
            return self.cassettes.compare(world, path, after)
        finally:
            self.comparing.release()


def render_misses(entries: list[JournalEntry]) -> list[Json]:
    """Return the misses, newest first, each with the message that names the nearest recording."""
    return [render_miss(render_entry(entry, bodies=True)) for entry in reversed(entries)]


def render_miss(rendered: Json) -> Json:
    names = ("number", "at", "method", "path", "model")
    message = rendered.get("difference") or find_message(rendered["response"]["body"])
    return {**{name: rendered[name] for name in names}, "message": message}


def find_message(body: str) -> str:
    """Return the message in the body of an error, whatever the surface's format is."""
    try:
        value = json.loads(body)
    except ValueError:
        return body
    while isinstance(value, list) and value:
        value = value[0]
    error = value.get("error", value) if isinstance(value, dict) else value
    return str(error.get("message", error) if isinstance(error, dict) else error)
