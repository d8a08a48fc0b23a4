"""Keep the history of a session under a handle, by which another socket continues it."""

from __future__ import annotations

from collections.abc import Sequence

from mockgem.core.content import Turn
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.world import World
from mockgem.operations.live.limits import count_bytes
from mockgem.operations.quota import check_quota
from mockgem.operations.stored_values import from_stored, to_stored

COLLECTION = "live_sessions"
LIFETIME = 7_200.0
"""Seconds that a session can be resumed after its end (documented).

Evidence: doc-live-session.
"""


async def save_history(handle: str, history: Sequence[Turn], old: str, world: World) -> None:
    """Keep a history in the world, in place of the one of an older handle ("" for none).

    Raises ApiError (429) if the storage is full.
    """
    await check_quota(count_bytes(history), world)
    turns = [to_stored(turn) for turn in history]
    await world.store.put(COLLECTION, handle, {"saved_at": world.clock(), "turns": turns})
    if old:
        await world.store.delete(COLLECTION, old)


async def load_history(handle: str, world: World) -> tuple[Turn, ...] | ApiError:
    """Return the history of a handle, or the failure of one that is unknown or too old (observed).

    Evidence: report-live-handle.
    """
    record = await world.store.get(COLLECTION, handle)
    if record is None or world.clock() - record["saved_at"] > LIFETIME:
        return ApiError(Failure(Code.NOT_FOUND, "Requested entity was not found."))
    return tuple([from_stored(turn) for turn in record["turns"]])
