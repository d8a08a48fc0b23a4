"""Compare the decisions in tool loops with those of recorded conversations.

`recorded/tool_loops.json` has the facts of public recordings: roles, names of tools, arguments, and
which tools the model called next. The texts are written anew. Evidence: tool-loops
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.core.content import Blob, Part, Text, Tool, ToolCall, ToolChoice, ToolResult, Turn
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.reply import generate_parts
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tool_errors import is_fixable, read_error
from mockgem.operations.tool_history import ToolHistory, read_tool_history

RECORDED = Path(__file__).parent / "recorded" / "tool_loops.json"
LOOPS = json.loads(RECORDED.read_text(encoding="utf-8"))
MODEL = load_packaged_models()["gemini-2.5-flash"]
DOT = Blob("image/png", b"\x89PNG\r\n\x1a\n")


def build_part(item: list[Any]) -> Part:
    match item:
        case ["call", name, args]:
            return ToolCall(name, args)
        case ["result", name, response]:
            return ToolResult(name, json.dumps(response))
        case ["file"]:
            return DOT
        case [_, text]:
            return Text(text)
    raise ValueError(item)


def build_turns(items: list[list[Any]]) -> tuple[Turn, ...]:
    """Return the turns of a conversation; results that follow each other are one turn."""
    turns: list[Turn] = []
    kinds = {"call": "model", "model": "model"}
    for place, item in enumerate(items):
        role: Any = kinds.get(item[0], "user")
        part = build_part(item)
        if place and items[place - 1][0] == item[0] and item[0] in ("call", "result"):
            turns[-1] = Turn(role, (*turns[-1].parts, part))
        else:
            turns.append(Turn(role, (part,)))
    return tuple(turns)


def build_tool(declared: dict[str, Any]) -> Tool:
    fields = {name: {"type": kind} for name, kind in declared.get("fields", {}).items()}
    schema = {"type": "object", "properties": fields, "required": declared.get("required", [])}
    return Tool(declared["name"], declared.get("description", ""), schema)


def decide(loop: dict[str, Any]) -> list[str]:
    """Return the names of the tools that mockgem calls next, without repetitions."""
    request = GenerateRequest(
        "gemini-2.5-flash",
        build_turns(loop["turns"]),
        system=loop.get("system", ""),
        tools=tuple(map(build_tool, loop["tools"])),
        tool_choice=ToolChoice(loop["choice"]),
    )
    parts = generate_parts(request, MODEL, SeededRandom(0, json.dumps(loop)))
    return sorted({part.name for part in parts if isinstance(part, ToolCall)})


def read_history(loop: dict[str, Any]) -> ToolHistory:
    return read_tool_history(build_turns(loop["turns"]))


def test_recorded_loops_are_many_and_of_both_kinds() -> None:
    assert len(LOOPS) >= 60
    assert len({loop["source"] for loop in LOOPS}) >= 5
    calls = sum(bool(loop["calls"]) for loop in LOOPS)
    assert 30 < calls < len(LOOPS) - 30


def test_nearly_all_decisions_are_the_recorded_ones() -> None:
    different = [
        (loop["turns"], loop["calls"], found)
        for loop in LOOPS
        if (found := decide(loop)) != sorted(set(loop["calls"]))
    ]
    assert len(different) <= 0.05 * len(LOOPS), different


FAILED = [
    loop
    for loop in LOOPS
    if any(is_fixable(read_error(one.output)) for one in read_history(loop).last_results)
]
ADDED = [
    loop
    for loop in LOOPS
    if not loop["calls"] and read_history(loop).results and loop["turns"][-1][0] in ("user", "file")
]


def test_the_selection_has_failures_and_added_texts() -> None:
    assert len(FAILED) >= 20
    assert len(ADDED) >= 20


@pytest.mark.parametrize("loop", FAILED, ids=range(len(FAILED)))
def test_a_call_that_failed_is_repeated_with_the_recorded_tool(loop: dict[str, Any]) -> None:
    assert decide(loop) == sorted(set(loop["calls"]))


@pytest.mark.parametrize("loop", ADDED, ids=range(len(ADDED)))
def test_a_loop_ends_after_a_result_whatever_the_user_adds(loop: dict[str, Any]) -> None:
    assert decide(loop) == []
