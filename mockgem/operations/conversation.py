"""Conversations that the service continues: ids of calls, names of results, replies as turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from mockgem.core.content import (
    Candidate,
    CodeResult,
    ExecutableCode,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    ToolResult,
    Turn,
)
from mockgem.operations.generators.ids import (
    LOWER_ALPHANUMERIC,
    compute_call_seed,
    encode_in_alphabet,
)

CALL_ID_LENGTH = 8
CALLS = (ToolCall, ServerToolCall, ExecutableCode)
RESULTS = (ServerToolResult, CodeResult)


def make_call_id(seed: bytes, number: int) -> str:
    """Return eight small letters and digits.

    Evidence: native-124-interactions-200.
    """
    digest = compute_call_seed(seed, number)
    return encode_in_alphabet(digest[:8], LOWER_ALPHANUMERIC, CALL_ID_LENGTH)


def number_calls(
    candidate: Candidate, seed: bytes, make_id: Callable[[bytes, int], str] = make_call_id
) -> Candidate:
    """Give every call of a reply an id; a result has the id of the call before it."""
    parts: list[Part] = []
    latest = ""
    for number, part in enumerate(candidate.parts):
        if isinstance(part, CALLS):
            latest = part.id or make_id(seed, number)
            parts.append(replace(part, id=latest))
        elif isinstance(part, RESULTS):
            parts.append(replace(part, id=latest))
        else:
            parts.append(part)
    return replace(candidate, parts=tuple(parts))


def to_history(candidate: Candidate) -> tuple[Turn, ...]:
    """Return a reply as the model's turn of the next request; nothing for an empty reply.

    Thoughts, and the calls of the service's own tools, are not part of a conversation.
    """
    parts = tuple([part for part in candidate.parts if is_spoken(part)])
    return (Turn("model", parts),) if parts else ()


def is_spoken(part: Part) -> bool:
    if isinstance(part, Text):
        return not part.thought
    return not isinstance(part, (ServerToolCall, ServerToolResult))


def name_results(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Give results without a name the name of the call with their id."""
    if not any(is_unnamed(part) for turn in turns for part in turn.parts):
        return turns
    names: dict[str, str] = {}
    named: list[Turn] = []
    for turn in turns:
        for part in turn.parts:
            if isinstance(part, ToolCall) and part.id:
                names[part.id] = part.name
        parts = [name_result(part, names) if is_unnamed(part) else part for part in turn.parts]
        named.append(Turn(turn.role, tuple(parts)))
    return tuple(named)


def is_unnamed(part: Part) -> TypeGuard[ToolResult]:
    return isinstance(part, ToolResult) and not part.name


def name_result(result: ToolResult, names: dict[str, str]) -> ToolResult:
    return replace(result, name=names.get(result.id, ""))
