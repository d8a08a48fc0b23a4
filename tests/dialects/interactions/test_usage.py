"""The token counts of an interaction."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from mockgem.core.content import Candidate, ServerToolCall, Text, Usage
from mockgem.dialects.interactions.interaction_writer import write_usage


def write(usage: Usage, *parts: Any) -> Any:
    shown: Any = SimpleNamespace(usage=usage, candidate=Candidate(parts or (Text("a"),)))
    return write_usage(shown)


def count(number: int, modality: str = "text") -> dict[str, Any]:
    return {"modality": modality, "tokens": number}


def test_a_plain_usage_counts_text() -> None:
    assert write(Usage(5, 3)) == {
        "total_tokens": 8,
        "total_input_tokens": 5,
        "input_tokens_by_modality": [count(5)],
        "total_cached_tokens": 0,
        "total_output_tokens": 3,
        "total_tool_use_tokens": 0,
        "total_thought_tokens": 0,
    }


def test_cached_tokens_thoughts_and_tools_are_counted() -> None:
    usage = Usage(5, 3, thoughts=2, cached=4, tool_use_prompt=7)
    call = ServerToolCall("GOOGLE_SEARCH_WEB", {}, "c", "")
    written = write(usage, call, Text("a"))
    assert written.pop("grounding_tool_count") == [{"type": "google_search", "count": 1}]
    assert written == {
        "total_tokens": 17,
        "total_input_tokens": 5,
        "input_tokens_by_modality": [count(5)],
        "total_cached_tokens": 4,
        "cached_tokens_by_modality": [count(4)],
        "total_output_tokens": 3,
        "total_tool_use_tokens": 7,
        "total_thought_tokens": 2,
    }


def test_tokens_are_counted_by_modality() -> None:
    usage = Usage(
        5,
        3,
        cached=2,
        prompt_modalities=(("TEXT", 1), ("IMAGE", 4)),
        output_modalities=(("AUDIO", 3),),
        cached_modalities=(("IMAGE", 2),),
    )
    written = write(usage)
    assert written["input_tokens_by_modality"] == [count(1), count(4, "image")]
    assert written["output_tokens_by_modality"] == [count(3, "audio")]
    assert written["cached_tokens_by_modality"] == [count(2, "image")]
