"""The steps of an interaction: outputs, thoughts, calls, and what the service's tools did."""

from __future__ import annotations

from typing import Any

from mockgem.core.content import Blob, Candidate, ServerToolCall, ServerToolResult, Text, ToolCall
from mockgem.dialects.interactions.step_writer import write_steps

SEARCH = ServerToolCall("GOOGLE_SEARCH_WEB", {"queries": ["q"]}, "s1", "")
FOUND = ServerToolResult("GOOGLE_SEARCH_WEB", {"result": []}, "s1", "")


def list_kinds(*parts: Any, thoughts: int = 0) -> list[str]:
    return [step.whole["type"] for step in write_steps(Candidate(parts), thoughts)]


def test_successive_texts_and_media_are_one_output() -> None:
    assert list_kinds(Text("a"), Text("b"), Blob("image/png", b"c")) == ["model_output"]
    assert list_kinds(Text("a"), ToolCall("f", {}, "c1"), Text("b")) == [
        "model_output",
        "function_call",
        "model_output",
    ]
    assert list_kinds() == []


def test_tools_of_the_service_come_before_thoughts_and_those_before_words() -> None:
    thought = Text("Hm", thought=True)
    assert list_kinds(SEARCH, FOUND, thought, Text("a")) == [
        "google_search_call",
        "google_search_result",
        "thought",
        "model_output",
    ]
    assert list_kinds(Text("a"), SEARCH) == ["model_output", "google_search_call"]


def test_a_thought_is_there_for_summaries_tokens_and_signatures() -> None:
    assert list_kinds(Text("a"), thoughts=5) == ["thought", "model_output"]
    assert list_kinds(Text("a", signature="s")) == ["thought", "model_output"]
    assert list_kinds(ToolCall("f", {}, "c1", "s")) == ["thought", "function_call"]
    assert list_kinds(Text("a")) == ["model_output"]
