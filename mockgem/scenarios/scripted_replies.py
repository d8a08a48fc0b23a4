"""Build the replies that a scenario writes out: texts, tool calls, files and raw responses."""

from __future__ import annotations

import json
from pathlib import Path

from mockgem.core.content import Blob, FinishReason, Part, ScriptedReply, Text, ToolCall
from mockgem.core.http import WireResponse
from mockgem.scenarios import errors
from mockgem.scenarios.schema import RawResponse, Say


class BadDecision(ValueError):
    """A scenario wants something that can't be done."""


MAX_FILE_BYTES = 20 * 2**20


def build_raw_response(raw: RawResponse, folder: Path | None) -> WireResponse:
    if raw.body_file:
        return WireResponse(
            raw.status, tuple(raw.headers.items()), read_file(raw.body_file, folder)
        )
    return errors.create_response(raw.status, raw.headers, raw.body)


def select_turn(say: Say, turn: int) -> Say | None:
    """What is said in a turn; behind the last of several the mock answers by itself."""
    if not say.turns:
        return say
    return say.turns[turn - 1] if turn <= len(say.turns) else None


def build_scripted_reply(say: Say, folder: Path | None) -> ScriptedReply:
    """What a scenario says, as the operations take it. Raises BadDirection for a file that can't be used."""
    if say.embedding is not None:
        return ScriptedReply(embedding=say.embedding)
    parts: list[Part] = [Text(say.thoughts, thought=True)] if say.thoughts else []
    if say.text is not None:
        parts.append(Text(say.text))
    if "json_value" in say.model_fields_set:
        parts.append(Text(json.dumps(say.json_value, indent=2, ensure_ascii=False)))
    parts += [ToolCall(call.name, dict(call.args)) for call in say.tool_calls]
    image = read_image(say.image, folder) if isinstance(say.image, str) else None
    finish = FinishReason(say.finish) if say.finish else None
    return ScriptedReply(tuple(parts) if parts else None, finish, say.block or "", (), image)


def read_image(name: str, folder: Path | None) -> Blob:
    data = read_file(name, folder)
    return Blob("image/png" if data.startswith(b"\x89PNG") else "image/jpeg", data)


def read_file(name: str, folder: Path | None) -> bytes:
    """A file beside a scenario. Raises BadDirection for one that is elsewhere, too large or not there."""
    if folder is None:
        raise BadDecision(f"a scenario that is in no file can't name files: {name[:100]!r}")
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or (folder / name).is_symlink():
            raise BadDecision(f"{name!r} is not in the scenario's folder")
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            raise BadDecision(f"{name!r} is not there, or is larger than {MAX_FILE_BYTES} bytes")
        return path.read_bytes()
    except BadDecision:
        raise
    except (OSError, ValueError):
        raise BadDecision(f"{name[:100]!r} can't be read") from None
