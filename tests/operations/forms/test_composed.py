"""Texts of several parts, in the order in which the prompt lists them."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.composed import find_parts
from tests.asking import chat

KINDS = (("# ", "title"), ("## ", "section"), ("- ", "bullet"), ("1. ", "step"), ("|", "table"))


def list_kinds(reply: str) -> list[str]:
    """Return what the blocks of a reply are."""
    blocks = re.split(r"\n\n+", reply)
    return [
        next((kind for mark, kind in KINDS if block.startswith(mark)), "text") for block in blocks
    ]


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("Describe a lamp: start with a headline, then a short paragraph, then 4 bullet points.",
         ["title", "text", "bullet"]),
        ("Explain tides with a one-sentence summary followed by 3 bullet points.",
         ["text", "bullet"]),
        ("Explain tides with 3 bullet points followed by a one-sentence summary.",
         ["bullet", "text"]),
        ("Explain bees with a short paragraph, a comparison table and a conclusion.",
         ["text", "table", "text"]),
    ],
)  # fmt: skip
def test_parts_come_in_the_order_of_the_prompt(prompt: str, kinds: list[str]) -> None:
    assert list_kinds(str(chat(prompt).message["content"])) == kinds


def test_a_summary_takes_its_parts_from_the_text() -> None:
    text = "The library opened on Monday. It has three floors. It cost 12 million euros."
    reply = str(
        chat(f"Summarize with a TL;DR and then 2 bullet points:\n\n{text}").message["content"]
    )
    assert reply == (
        "The library opened on Monday.\n\n- The library opened on Monday\n- It has three floors"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Summarize the paragraph below in 3 bullet points.",
        "Give me 5 bullet points about tea.",
        "Rewrite this paragraph.",
    ],
)
def test_one_part_is_no_composition(text: str) -> None:
    assert find_parts(text) == []
