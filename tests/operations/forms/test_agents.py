"""Prompts of agents whose format stands in one line."""

from __future__ import annotations

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask

MODEL = load_packaged_models()["gemini-2.5-flash"]
FORMAT = (
    "Answer the question. Use the following format: Question: the input question Thought: think"
    " about what to do Action: one of [search] Final Answer: the final answer"
)


def test_a_format_without_lines_is_answered() -> None:
    assert "Final Answer:" in ask(f"{FORMAT} Begin! Question: What is 6*7? Thought:", MODEL).text


def test_a_task_that_repeats_the_format_is_answered_once() -> None:
    reply = ask(f"{FORMAT}\n\nQuestion: {FORMAT}\nThought:", MODEL).text
    assert reply.count("Final Answer:") == 1
