"""Show the cassettes of a world: what was played, what was not, and requests without a
recording."""

from __future__ import annotations

import json
from typing import Any, Protocol

from mockgem.core.call import OperationContext
from mockgem.core.journal import JournalEntry
from mockgem.core.scheduling import run_aside
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.dialects.admin.rendered_entry import render_entry

MAX_MISSES = 100
"""Misses that are shown: the newest."""


class CassetteControl(Protocol):
    """What the admin API needs to show cassettes."""

    def describe(self, world: World) -> list[dict[str, Any]]: ...


class NoCassettes:
    """Has no cassettes: for listing the endpoints without a server."""

    def describe(self, world: World) -> list[dict[str, Any]]:
        return []


class CassetteHandlers:
    """The handler of the cassettes endpoint."""

    def __init__(self, cassettes: CassetteControl) -> None:
        self.cassettes = cassettes

    def build_routes(self) -> tuple[AdminRoute, ...]:
        return (
            AdminRoute(
                "GET",
                "/cassettes",
                "Show recordings, played and not played, and requests without a recording",
                self.read,
                may_wait=True,
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
