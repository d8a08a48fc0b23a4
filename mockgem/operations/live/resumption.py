"""Keep the history of a session under a handle, by which another socket goes on with it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from mockgem.core import content
from mockgem.core.content import Part, Turn
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.store import Record
from mockgem.core.world import World

COLLECTION = "live_sessions"
LIFETIME = 7_200.0
"""Seconds that a session can be resumed after its end (documented).

Evidence: doc-live-session.
"""
PARTS: dict[str, type[Any]] = {
    name: getattr(content, name)
    for name in ("Text", "ToolCall", "ToolResult", "Blob", "Link", "ExecutableCode", "CodeResult")
}


async def save_history(handle: str, history: Sequence[Turn], world: World) -> None:
    """Keep a history in the world."""
    turns = [{"role": turn.role, "parts": [to_record(part) for part in turn.parts]}
             for turn in history]  # fmt: skip
    await world.store.put(COLLECTION, handle, {"saved_at": world.clock(), "turns": turns})


async def load_history(handle: str, world: World) -> tuple[Turn, ...] | ApiError:
    """Return the history of a handle, or the failure of one that is unknown or too old (observed).

    Evidence: report-live-handle.
    """
    record = await world.store.get(COLLECTION, handle)
    if record is None or world.clock() - record["saved_at"] > LIFETIME:
        return ApiError(Failure(Code.NOT_FOUND, "Requested entity was not found."))
    return tuple(
        [
            Turn(turn["role"], tuple([from_record(part) for part in turn["parts"]]))
            for turn in record["turns"]
        ]
    )


def to_record(part: Part) -> Record:
    """Return a part as JSON."""
    fields = {name: getattr(part, name) for name in part.__dataclass_fields__}
    if isinstance(data := fields.get("data"), bytes):
        fields["data"] = b64encode(data).decode()
    return {"kind": type(part).__name__, **fields}


def from_record(record: Record) -> Part:
    kind = PARTS[record["kind"]]
    fields = {name: value for name, value in record.items() if name != "kind"}
    if "data" in fields:
        fields["data"] = b64decode(fields["data"])
    if "pieces" in fields:
        fields["pieces"] = tuple(fields["pieces"])
    part: Part = kind(**fields)
    return part
