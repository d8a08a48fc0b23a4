"""A topic whose words repeat has fewer words of its own than sentences name."""

from __future__ import annotations

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask

MODEL = load_packaged_models()["gemini-2.5-flash"]


@pytest.mark.parametrize("topic", ["New York New York", "cats cats cats", "the the", "so so"])
@pytest.mark.parametrize("length", ["2 sentences", "two paragraphs", "30 words", "8 words"])
def test_a_text_of_a_length_is_written(topic: str, length: str) -> None:
    assert ask(f"Explain {topic} in {length}.", MODEL).text
