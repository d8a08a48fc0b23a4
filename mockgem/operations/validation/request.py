"""Check everything in a request that a model may refuse."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.content import ToolCall, ToolResult
from mockgem.core.models import Model
from mockgem.operations.generate_request import (
    DEFAULT_SAMPLING,
    NO_GEMINI_OPTIONS,
    GenerateRequest,
)
from mockgem.operations.validation.gemini_options import (
    check_gemini_options,
    check_modalities,
    check_voices,
)
from mockgem.operations.validation.sampling import (
    check_count,
    check_output_limits,
    check_penalty,
    check_sampling,
)
from mockgem.operations.validation.schemas import check_schema
from mockgem.operations.validation.tools import (
    check_required_tool,
    check_tool_names,
    check_tools,
)
from mockgem.operations.validation.turns import (
    check_contents,
    check_parts,
    check_signatures,
    check_single_turn,
    check_system_instruction,
    check_turn_order,
)

Rule = Callable[[GenerateRequest, Model], None]
SAMPLING_RULES: tuple[Rule, ...] = (check_count, check_penalty, check_output_limits, check_sampling)
TOOL_AND_SCHEMA_RULES: tuple[Rule, ...] = (check_tool_names, check_tools, check_schema)
PART_RULES: tuple[Rule, ...] = (check_parts,)
TURN_RULES: tuple[Rule, ...] = (check_turn_order, check_signatures)
GEMINI_OPTION_RULES: tuple[Rule, ...] = (check_gemini_options,)
INSTRUCTION_RULES: tuple[Rule, ...] = (check_system_instruction,)
TOOL_PARTS = frozenset((ToolCall, ToolResult))


def check_request(request: GenerateRequest, model: Model, *, lenient: bool) -> None:
    """Check everything in a request that a model may refuse.

    Args:
        lenient: Check only for contents; the rest of the request can be answered anyway.

    Raises:
        ApiError: With the real service's message and a `reason`.
    """
    check_contents(request)
    if lenient:
        return
    check_required_tool(request, model)
    for rule in select_rules(request):
        rule(request, model)
    if model.kind == "speech":
        if check_gemini_options not in select_rules(request):
            check_modalities(request, model)
        check_single_turn(request)
        check_voices(request)


def select_rules(request: GenerateRequest) -> tuple[Rule, ...]:
    """Return the rules that a request could break, in the order of the real service."""
    rules = PART_RULES
    if request.system:
        rules = INSTRUCTION_RULES + rules
    if request.gemini_options is not NO_GEMINI_OPTIONS:
        rules = GEMINI_OPTION_RULES + rules
    if request.tools or request.json or request.schema is not None or request.tool_choice.names:
        rules = TOOL_AND_SCHEMA_RULES + rules
    if request.sampling is not DEFAULT_SAMPLING:
        rules = SAMPLING_RULES + rules
    for turn in request.turns:
        if not TOOL_PARTS.isdisjoint(map(type, turn.parts)):
            return rules + TURN_RULES
    return rules
