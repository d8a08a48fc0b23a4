"""Thinking: which models accept which options, and how many tokens it takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import chat


@pytest.mark.parametrize(
    ("model", "more", "status"),
    [
        ("gemini-2.5-pro", {"reasoning_effort": "none"}, 400),
        ("gemini-2.5-flash", {"reasoning_effort": "none"}, 200),
        ("gemini-3.6-flash", {"reasoning_effort": "none"}, 200),
        ("gemini-3.1-pro-preview", {"reasoning_effort": "none"}, 400),
        ("gemini-3.6-flash", {"reasoning_effort": "minimal"}, 200),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinking_config": {"thinking_level": "low"}}}},
            400,
        ),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinking_config": {"thinking_budget": 99999}}}},
            400,
        ),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinking_config": {"thinking_budget": "low"}}}},
            200,
        ),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinkingConfig": {"thinkingBudget": 0}}}},
            200,
        ),
        ("gemini-2.0-flash", {"reasoning_effort": "high"}, 400),
    ],
)
def test_only_thinking_models_accept_thinking_options(
    model: str, more: dict[str, Any], status: int
) -> None:
    assert chat("hi", model=model, **more).status == status


def test_a_higher_effort_means_more_thinking_tokens() -> None:
    def thoughts(effort: str) -> int:
        usage = chat("Explain to me how AI works", reasoning_effort=effort).json["usage"]
        return int(usage["total_tokens"] - usage["prompt_tokens"] - usage["completion_tokens"])

    assert thoughts("none") == 0
    assert thoughts("low") < thoughts("medium") < thoughts("high")


def test_thinking_can_use_up_max_tokens() -> None:
    answer = chat("Explain to me how AI works", max_tokens=10, reasoning_effort="high").json
    assert answer["choices"][0] == {
        "finish_reason": "length",
        "index": 0,
        "message": {"role": "assistant"},
    }
    assert answer["usage"]["completion_tokens"] == 0
