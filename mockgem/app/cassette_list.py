"""What the admin API shows of cassettes: that of the server, and that of a world."""

from __future__ import annotations

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


@frozen
class CassetteList:
    """Describes the cassettes that answer a world's calls."""

    settings: Settings
    chain: SourceChain
    world_cassettes: WorldCassettes | None = None

    def describe(self, world: World) -> list[dict[str, Any]]:
        """Return the cassettes with their interactions, and whether the world has played each."""
        found: list[dict[str, Any]] = []
        if self.settings.cassette and self.chain.library is not None:
            problems = list(self.chain.problems)
            found.append(describe(self.settings.cassette, self.chain.library, problems, world.name))
        own = self.world_cassettes.cassettes.get(world.name) if self.world_cassettes else None
        if own is not None and own.library is not None:
            found.append(describe(own.path, own.library, list(own.problems), world.name))
        return found


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
    request, response = interaction.sent_data, interaction.received_data
    return {
        "method": interaction.method,
        "uri": interaction.uri,
        "status": interaction.status,
        "recorded": interaction.recorded or None,
        "played": is_played,
        "size": len(response),
        "request": request[:MAX_TEXT].decode("utf-8", "replace"),
        "response": response[:MAX_TEXT].decode("utf-8", "replace"),
    }
