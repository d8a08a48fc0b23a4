"""What the admin API shows of cassettes, of the server and of a world, and their drift."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mockgem.app.source_chain import SourceChain
from mockgem.config.settings import Settings
from mockgem.core.frozen import frozen
from mockgem.core.world import World

if TYPE_CHECKING:
    from mockgem.recording.index import InteractionIndex
    from mockgem.recording.interaction import Interaction
    from mockgem.recording.world_cassettes import WorldCassettes

MAX_LISTED = 1000
"""Interactions of one cassette that are listed."""
MAX_TEXT = 2000
"""Characters of a body that are shown."""
MAX_COMPARED = 50
"""Recordings that are compared for one request to the admin API."""
COMPARE_SECONDS = 5.0
"""After this time the rest waits for the next request."""
MAX_SECONDS = 30.0
"""Seconds that mockgem has for the answer to one recording."""


@frozen
class CassetteList:
    """Describes the cassettes that answer a world's calls."""

    settings: Settings
    chain: SourceChain
    world_cassettes: WorldCassettes | None = None

    def describe(self, world: World) -> list[dict[str, Any]]:
        """Return the cassettes with their interactions, and whether the world has played each."""
        return [
            describe(path, library, problems, world.name)
            for path, library, problems in self.iter_cassettes(world)
        ]

    def compare(self, world: World, path: str, after: int) -> dict[str, Any]:
        """Compare recordings with mockgem's answers, from the one at `after`, for some seconds.

        `next` is where the following comparison begins; None at the end. Runs an event loop of its
        own, so it belongs in a thread. Raises LookupError for a cassette that is not in use.
        """
        for name, library, _ in self.iter_cassettes(world):
            if name == path:
                interactions = [one for one, _ in library.list_with_plays(world.name)][:MAX_LISTED]
                rows = asyncio.run(compare_some(interactions[after : after + MAX_COMPARED]))
                done = after + len(rows)
                return {
                    "findings": rows,
                    "total": len(interactions),
                    "next": done if done < len(interactions) else None,
                }
        known = ", ".join([name for name, _, _ in self.iter_cassettes(world)]) or "none"
        raise LookupError(f"the cassette {path[:200]!r} is not in use here; in use: {known}")

    def iter_cassettes(self, world: World) -> Iterator[tuple[str, InteractionIndex, list[str]]]:
        """Yield the path, the interactions and the problems of each cassette of a world."""
        if self.settings.cassette and self.chain.library is not None:
            yield self.settings.cassette, self.chain.library, list(self.chain.problems)
        own = self.world_cassettes.cassettes.get(world.name) if self.world_cassettes else None
        if own is not None and own.library is not None:
            yield own.path, own.library, list(own.problems)


async def compare_some(interactions: Sequence[Interaction]) -> list[dict[str, Any]]:
    """Return the tier and the findings of each interaction, as many as the time allows."""
    began = time.monotonic()
    rows: list[dict[str, Any]] = []
    for one in interactions:
        if rows and time.monotonic() - began > COMPARE_SECONDS:
            break
        rows.append(await compare_one(one))
    return rows


async def compare_one(one: Interaction) -> dict[str, Any]:
    """Return the worst tier and all differences between mockgem's answer and a recorded one."""
    from mockgem.app.drift_answers import compare_with_mock
    from mockgem.recording.drift import NOT_COMPARABLE, Finding, worst_tier_of
    from mockgem.redaction.finder import hide_secrets

    try:
        findings = await asyncio.wait_for(compare_with_mock(one), MAX_SECONDS)
    except TimeoutError:
        message = f"mockgem did not answer within {MAX_SECONDS:.0f} seconds"
        findings = [Finding(NOT_COMPARABLE, "", message)]
    return {
        "tier": worst_tier_of(findings),
        "findings": [
            {"tier": each.tier, "path": each.path, "message": hide_secrets(each.message)}
            for each in findings
        ],
    }


def describe(
    path: str, library: InteractionIndex, problems: list[str], world: str
) -> dict[str, Any]:
    interactions = library.list_with_plays(world)
    played = sum([is_played for _, is_played in interactions])
    return {
        "path": path,
        "played": played,
        "unplayed": len(interactions) - played,
        "problems": problems,
        "interactions": [
            describe_interaction(one, is_played=is_played)
            for one, is_played in interactions[:MAX_LISTED]
        ],
    }


def describe_interaction(interaction: Interaction, *, is_played: bool) -> dict[str, Any]:
    """Return an interaction as JSON."""
    from mockgem.recording.removed_secrets import list_removed_secrets

    request, response = interaction.sent_data, interaction.received_data
    return {
        "method": interaction.method,
        "uri": interaction.uri,
        "status": interaction.status,
        "recorded": interaction.recorded or None,
        "played": is_played,
        "size": len(response),
        "removed": [asdict(one) for one in list_removed_secrets(interaction)],
        "request": request[:MAX_TEXT].decode("utf-8", "replace"),
        "response": response[:MAX_TEXT].decode("utf-8", "replace"),
    }
