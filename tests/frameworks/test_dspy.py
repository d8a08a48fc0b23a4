"""dspy's adapters judge replies that nobody scripted."""

from __future__ import annotations

from typing import Any, Literal

import dspy
import pytest

ADAPTERS = [dspy.ChatAdapter(), dspy.JSONAdapter(), dspy.XMLAdapter()]


class Classify(dspy.Signature):
    """Classify the sentiment of a sentence."""

    sentence: str = dspy.InputField()
    sentiment: Literal["positive", "negative", "neutral"] = dspy.OutputField()
    confidence: float = dspy.OutputField()


class Extract(dspy.Signature):
    """Extract structured information from a text."""

    text: str = dspy.InputField()
    title: str = dspy.OutputField()
    tags: list[str] = dspy.OutputField()
    is_news: bool = dspy.OutputField()
    count: int = dspy.OutputField()


@pytest.fixture(params=ADAPTERS, ids=lambda adapter: type(adapter).__name__)
def adapter(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def lm(base_url: str) -> Any:
    return dspy.LM(
        "openai/gemini-2.5-flash", api_base=base_url, api_key="any-key", cache=False, num_retries=0
    )


def test_a_plain_signature(lm: Any, adapter: Any) -> None:
    with dspy.context(lm=lm, adapter=adapter):
        result = dspy.Predict("question -> answer")(question="What is the capital of France?")
    assert result.answer


def test_a_chain_of_thought(lm: Any, adapter: Any) -> None:
    with dspy.context(lm=lm, adapter=adapter):
        result = dspy.ChainOfThought("question -> answer: int")(question="What is 6 * 7?")
    assert isinstance(result.answer, int)
    assert result.reasoning


def test_a_choice_and_a_number(lm: Any, adapter: Any) -> None:
    with dspy.context(lm=lm, adapter=adapter):
        result = dspy.Predict(Classify)(sentence="I love this wonderful book!")
    assert result.sentiment == "positive"
    assert isinstance(result.confidence, float)


def test_lists_and_booleans(lm: Any, adapter: Any) -> None:
    with dspy.context(lm=lm, adapter=adapter):
        result = dspy.Predict(Extract)(text="Apple announced the iPhone 14 today in California.")
    assert isinstance(result.tags, list)
    assert isinstance(result.is_news, bool)
    assert isinstance(result.count, int)
