"""What the model reads of the output of a function."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.dialects.common.tool_output import unwrap_output


@pytest.mark.parametrize(
    ("result", "text"),
    [
        ({"output": "größe"}, "größe"),
        ({"result": "7"}, "7"),
        ({"content": ""}, ""),
        ({"weather": "größe"}, '{"weather": "größe"}'),
        ({"output": 7}, '{"output": 7}'),
        ({"output": "a", "b": 1}, '{"output": "a", "b": 1}'),
        ({}, "{}"),
        (["größe"], '["größe"]'),
        ("größe", '"größe"'),
        (None, "null"),
    ],
)
def test_a_text_that_is_alone_is_unwrapped(result: Any, text: str) -> None:
    assert unwrap_output(result) == text
