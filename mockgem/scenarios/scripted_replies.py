"""Build the replies that a scenario writes out: texts, tool calls, files and raw responses."""

from __future__ import annotations

import json
from pathlib import Path

from mockgem.core.content import Blob, FinishReason, Part, ScriptedReply, Text, ToolCall
from mockgem.core.http import WireResponse
from mockgem.scenarios import errors
from mockgem.scenarios.injections import find_injection
from mockgem.scenarios.schema import RawResponse, Say, ScriptedToolCall

MAX_FILE_BYTES = 20 * 2**20


class BadDecision(ValueError):
    """A rule asks for something that is not possible."""


def build_raw_response(raw: RawResponse, folder: Path | None) -> WireResponse:
    """Build a response as written. Raises BadDecision for a file that cannot be used."""
    if raw.body_file:
        body = read_file(raw.body_file, folder)
        return WireResponse(raw.status, tuple(raw.headers.items()), body)
    return errors.create_response(raw.status, raw.headers, raw.body)


def select_turn(say: Say, turn: int) -> Say | None:
    """Return the reply of a turn. None after the last one: then mockgem generates a reply."""
    if not say.turns:
        return say
    return say.turns[turn - 1] if turn <= len(say.turns) else None


def build_scripted_reply(say: Say, folder: Path | None) -> ScriptedReply:
    """Convert a reply for the operations. Raises BadDecision for a file that cannot be used."""
    if say.embedding is not None:
        return ScriptedReply(embedding=say.embedding)
    parts: list[Part] = [Text(say.thoughts, thought=True)] if say.thoughts else []
    if say.text is not None:
        parts.append(Text(say.text))
    if say.injection is not None:
        parts.append(Text(find_injection(say.injection).text))
    if say.chunks:
        parts.append(Text("".join(say.chunks), pieces=say.chunks))
    if "json_value" in say.model_fields_set:
        parts.append(Text(json.dumps(say.json_value, indent=2, ensure_ascii=False)))
    parts += [build_tool_call(call) for call in say.tool_calls]
    if say.audio is not None:
        from mockgem.scenarios.audio_files import read_audio

        parts.append(read_audio(say.audio, folder))
    image = read_image(say.image, folder) if isinstance(say.image, str) else None
    finish = FinishReason(say.finish) if say.finish else None
    return ScriptedReply(tuple(parts) if parts else None, finish, say.block or "", (), image)


def build_tool_call(call: ScriptedToolCall) -> ToolCall:
    """Return a tool call. Arguments that are a text are sent as they are."""
    if isinstance(call.args, str):
        return ToolCall(call.name, {}, raw_args=call.args)
    return ToolCall(call.name, dict(call.args))


def read_image(name: str, folder: Path | None) -> Blob:
    data = read_file(name, folder)
    return Blob("image/png" if data.startswith(b"\x89PNG") else "image/jpeg", data)


def read_file(name: str, folder: Path | None) -> bytes:
    """Read a file in the scenario's folder.

    Raises BadDecision for a file that is outside the folder, missing or too large.
    """
    if folder is None:
        raise BadDecision(f"a scenario that is not a file itself cannot use files: {name[:100]!r}")
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or (folder / name).is_symlink():
            raise BadDecision(f"{name!r} is not in the scenario's folder")
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            raise BadDecision(f"{name!r} is missing or larger than {MAX_FILE_BYTES} bytes")
        return path.read_bytes()
    except BadDecision:
        raise
    except (OSError, ValueError):
        raise BadDecision(f"{name[:100]!r} cannot be read") from None
