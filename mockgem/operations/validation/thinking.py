"""Resolve how many tokens a model may think, or refuse a way of thinking that it does not have."""

from __future__ import annotations

from mockgem.core.content import ThinkingConfig
from mockgem.core.errors import ApiError, invalid
from mockgem.core.models import Model, Thinking
from mockgem.operations.validation.models import name_model

EFFORT_BUDGETS = {"none": 0, "minimal": 1024, "low": 1024, "medium": 8192, "high": 24576}
DEFAULT_BUDGET = 2048
LEVEL_BUDGETS = {"minimal": 0, "low": 1024, "medium": 8192, "high": 24576, "xhigh": 32768}
MAX_THINKING_BUDGET = 65_536
"""Tokens; more than any model's output limit."""


def resolve_thinking_budget(thinking: ThinkingConfig, model: Model) -> int:
    """Return how many tokens a model may think for a request.

    Raises:
        ApiError: The model does not support this way of thinking.
    """
    abilities = model.thinking
    if model.family == "gemma" and abilities is not None:
        check_gemma_thinking(thinking, abilities)
    if thinking.level and thinking.budget is not None:
        raise invalid(
            "You can only set only one of thinking budget and thinking level.", "thinking_twice"
        )
    if abilities is None:
        is_shown = model.kind == "speech" and thinking.include_thoughts
        if thinking.level or thinking.effort not in ("", "none") or thinking.budget or is_shown:
            raise refuse_thinking(thinking, model)
        return 0
    return (
        resolve_token_budget(thinking, abilities)
        if abilities.budget
        else resolve_level_budget(thinking, abilities)
    )


def refuse_thinking(thinking: ThinkingConfig, model: Model) -> ApiError:
    """Return the error for thinking on a model that does not think.

    Evidence: report-speech-refusals, report-thinking-not-enabled.
    """
    if thinking.level:
        return invalid("Thinking level is not supported for this model.", "thinking")
    return invalid(f"Thinking is not enabled for {name_model(model)}", "thinking")


def resolve_level_budget(thinking: ThinkingConfig, abilities: Thinking) -> int:
    """Return the budget of Gemini 3 and later, which think by level.

    The OpenAI surface translates the effort "none" to the level "minimal", which some models
    refuse.

    Evidence: report-effort-minimal.
    """
    level = thinking.level or ("minimal" if thinking.effort == "none" else thinking.effort)
    if level and level not in abilities.levels:
        message = (
            f"Thinking level {level.upper()} is not supported for this model. "
            "Please retry with other thinking level."
        )
        raise invalid(message, "thinking_level", level=level)
    if not level and thinking.budget is not None and thinking.budget != -1:
        if not 0 <= thinking.budget <= MAX_THINKING_BUDGET:
            raise budget_error(thinking.budget, 0, MAX_THINKING_BUDGET)
        return thinking.budget
    return LEVEL_BUDGETS[level or abilities.default]


def check_gemma_thinking(thinking: ThinkingConfig, abilities: Thinking) -> None:
    """Refuse budgets, and levels other than minimal and high, in Gemma 4's words.

    Evidence: report-gemma-4-thinking.
    """
    if thinking.budget is not None:
        raise invalid("Thinking budget is not supported for this model.", "thinking_budget")
    level = thinking.level or thinking.effort
    if level not in ("", "none", *abilities.levels):
        raise invalid("Thinking level is not supported for this model.", "thinking_level")


def resolve_token_budget(thinking: ThinkingConfig, abilities: Thinking) -> int:
    """Return the budget of Gemini 2.5, which thinks by tokens.

    An effort stands for a number of tokens. A budget of 0 turns thinking off, where the model
    allows that; other budgets are limited by the model.
    """
    assert abilities.budget is not None
    if thinking.level:
        raise invalid("Thinking level is not supported for this model.", "thinking_level")
    low, high = abilities.budget
    budget = EFFORT_BUDGETS.get(thinking.effort, thinking.budget)
    if budget is None:
        return 0 if abilities.default == "off" else DEFAULT_BUDGET
    if budget == -1:
        return DEFAULT_BUDGET
    if budget == 0 and not abilities.can_turn_off:
        raise invalid(
            "Budget 0 is invalid. This model only works in thinking mode.", "thinking_budget"
        )
    if budget and not low <= budget <= high:
        raise budget_error(budget, low, high)
    return budget


def budget_error(budget: int, low: int, high: int) -> ApiError:
    message = (
        f"The thinking budget {budget} is invalid. Please choose a value between {low} and {high}."
    )
    return invalid(message, "thinking_budget")
