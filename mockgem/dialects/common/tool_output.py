"""The output of a function as the text that the model reads."""

from __future__ import annotations

import json
from typing import Any

OUTPUT_KEYS = ("output", "result", "content")
"""SDKs put the text of a result under one of these keys."""


def unwrap_output(result: Any) -> str:
    """Return the text of a result that has nothing else, or the whole result as JSON."""
    if isinstance(result, dict) and len(result) == 1:
        name, value = next(iter(result.items()))
        if name in OUTPUT_KEYS and isinstance(value, str):
            return value
    return json.dumps(result, ensure_ascii=False)
