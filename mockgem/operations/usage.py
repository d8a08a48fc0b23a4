"""What a question and its answer cost, in tokens."""

from __future__ import annotations

import json

from mockgem.core.errors import ApiError
from mockgem.core.models import Model
from mockgem.core.talk import Blob, Candidate, Link, Text, ToolCall, ToolResult
from mockgem.operations import rules
from mockgem.operations.making import tokens
from mockgem.operations.making.chance import Dice
from mockgem.operations.making.sight import tokens_of
from mockgem.operations.question import Generate


def prompt_tokens(question: Generate, model: Model) -> int:
    total = tokens.count(question.system)
    for turn in question.turns:
        for part in turn.parts:
            total += tokens.count(part.text) if isinstance(part, Text) else part_tokens(part, model)
    for tool in question.tools:
        total += (
            8 + tokens.count(tool.name) + tokens.count(tool.description) + tokens.count(json.dumps(tool.parameters)) // 3
        )
    return total


def part_tokens(part: ToolCall | ToolResult | Blob | Link, model: Model) -> int:
    match part:
        case ToolCall():
            return call_tokens(part)
        case ToolResult(name, output):
            return 3 + tokens.count(name) + tokens.count(output)
        case _:
            return tokens_of(part, model.generation)


def call_tokens(call: ToolCall) -> int:
    return 3 + tokens.count(call.name) + tokens.count(json.dumps(call.args)) // 2


def output_tokens(candidate: Candidate, model: Model) -> int:
    """Tokens of an answer, its thoughts left out: words, calls, and pictures."""
    total = 0
    for part in candidate.parts:
        if isinstance(part, Text):
            total += 0 if part.thought else tokens.count(part.text)
        elif isinstance(part, Blob):
            total += picture_tokens(model)
        elif isinstance(part, ToolCall):
            total += call_tokens(part)
    return total


def picture_tokens(model: Model) -> int:
    """Of a picture that is made (recorded)."""
    return 1120 if model.generation > 2 else 1290


def thinking_tokens(question: Generate, model: Model, dice: Dice, *, lenient: bool) -> int:
    """How many tokens the model thinks: none where it can't or may not, more at higher levels, never over its budget.

    The dice are thrown in any case, so that what is said does not depend on how much was thought. Raises ApiError where
    the model can't think that way.
    """
    usual = 24 + dice.below(48)
    try:
        budget = rules.budget_for(question.thinking, model)
    except ApiError:
        if not lenient:
            raise
        budget = 0
    return min(usual + budget // 64, budget)
