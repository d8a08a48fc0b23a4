"""What the models refuse, in the Gemini API's words.

Every refusal has a `reason`, which other dialects use to word it their own way. Rules that need a
recording as evidence name it in their docstring.
"""

from mockgem.operations.validation.models import find_model, model_not_found_error
from mockgem.operations.validation.request import check_request
from mockgem.operations.validation.thinking import resolve_thinking_budget
from mockgem.operations.validation.turns import (
    check_contents,
    check_parts,
    prompt_too_long_error,
)

__all__ = [
    "check_contents",
    "check_parts",
    "check_request",
    "find_model",
    "model_not_found_error",
    "prompt_too_long_error",
    "resolve_thinking_budget",
]
