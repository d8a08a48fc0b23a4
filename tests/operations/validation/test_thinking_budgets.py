"""The thinking budgets of models, at each of their limits."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import ThinkingConfig
from mockgem.core.errors import ApiError
from mockgem.operations.validation.thinking import resolve_thinking_budget
from tests.operations.validation.test_whole_messages import FLASH, FLASH_2, PRO_3, get_model

FLASH_3 = "gemini-3-flash-preview"
LITE = "gemini-2.5-flash-lite"
PRO = "gemini-2.5-pro"


@pytest.mark.parametrize(
    ("model", "thinking", "budget"),
    [
        (FLASH, {}, 2048),
        (LITE, {}, 0),
        (FLASH, {"budget": -1}, 2048),
        (FLASH, {"budget": 0}, 0),
        (FLASH, {"budget": 1}, 1),
        (FLASH, {"budget": 24576}, 24576),
        (FLASH, {"effort": "none"}, 0),
        (FLASH, {"effort": "minimal"}, 1024),
        (FLASH, {"effort": "low"}, 1024),
        (FLASH, {"effort": "medium"}, 8192),
        (FLASH, {"effort": "high"}, 24576),
        (LITE, {"budget": 0}, 0),
        (LITE, {"budget": 512}, 512),
        (PRO, {"budget": 128}, 128),
        (PRO_3, {}, 24576),
        (PRO_3, {"level": "low"}, 1024),
        (FLASH_3, {"level": "minimal"}, 0),
        (FLASH_3, {"effort": "none"}, 0),
        (FLASH_3, {"effort": "medium"}, 8192),
        (PRO_3, {"budget": -1}, 24576),
        (PRO_3, {"budget": 0}, 0),
        (PRO_3, {"budget": 65_536}, 65_536),
        (PRO_3, {"effort": "high"}, 24576),
        (FLASH_2, {}, 0),
        (FLASH_2, {"effort": "none", "budget": 0}, 0),
    ],
)
def test_a_budget_for_thinking(model: str, thinking: dict[str, Any], budget: int) -> None:
    assert resolve_thinking_budget(ThinkingConfig(**thinking), get_model(model)) == budget


def budget_message(budget: int, low: int, high: int) -> str:
    return (
        f"The thinking budget {budget} is invalid. Please choose a value between {low} and {high}."
    )


ONLY_THINKING = "Budget 0 is invalid. This model only works in thinking mode."
WITHOUT_THINKING = "Thinking is not enabled for models/gemini-2.0-flash"
WITHOUT_LEVELS = "Thinking level is not supported for this model."


@pytest.mark.parametrize(
    ("model", "thinking", "message", "reason"),
    [
        (
            PRO_3,
            {"level": "low", "budget": 0},
            "You can only set only one of thinking budget and thinking level.",
            "thinking_twice",
        ),
        (FLASH_2, {"level": "low"}, WITHOUT_LEVELS, "thinking"),
        (FLASH_2, {"effort": "low"}, WITHOUT_THINKING, "thinking"),
        (FLASH_2, {"budget": 1}, WITHOUT_THINKING, "thinking"),
        (
            PRO_3,
            {"level": "minimal"},
            "Thinking level MINIMAL is not supported for this model. "
            "Please retry with other thinking level.",
            "thinking_level",
        ),
        (
            PRO_3,
            {"effort": "none"},
            "Thinking level MINIMAL is not supported for this model. "
            "Please retry with other thinking level.",
            "thinking_level",
        ),
        (PRO_3, {"budget": -2}, budget_message(-2, 0, 65536), "thinking_budget"),
        (PRO_3, {"budget": 65537}, budget_message(65537, 0, 65536), "thinking_budget"),
        (
            FLASH,
            {"level": "low"},
            "Thinking level is not supported for this model.",
            "thinking_level",
        ),
        (PRO, {"budget": 0}, ONLY_THINKING, "thinking_budget"),
        (PRO, {"effort": "none"}, ONLY_THINKING, "thinking_budget"),
        (PRO, {"budget": 127}, budget_message(127, 128, 32768), "thinking_budget"),
        (PRO, {"budget": 32769}, budget_message(32769, 128, 32768), "thinking_budget"),
        (FLASH, {"budget": -2}, budget_message(-2, 0, 24576), "thinking_budget"),
        (LITE, {"budget": 511}, budget_message(511, 512, 24576), "thinking_budget"),
    ],
)
def test_a_way_of_thinking_is_refused(
    model: str, thinking: dict[str, Any], message: str, reason: str
) -> None:
    with pytest.raises(ApiError) as refused:
        resolve_thinking_budget(ThinkingConfig(**thinking), get_model(model))
    failure = refused.value.failure
    assert (failure.message, failure.reason) == (message, reason)
