"""Sentences that say only how a reply is laid out do not belong to its topic."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.topics import drop_layout


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Make a checklist for a camping trip. Use Markdown task list syntax.",
            "Make a checklist for a camping trip.",
        ),
        ("10 hashtags. Photo of a cake in Lisbon.", "Photo of a cake in Lisbon."),
        (
            "8 keywords for a bakery. Comma-separated on one line, no numbering.",
            "8 keywords for a bakery.",
        ),
        ("Use bullets. Write about a list of rivers.", "Write about a list of rivers."),
    ],
)
def test_sentences_about_the_layout_are_dropped(said: str, kept: str) -> None:
    assert drop_layout(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Answer in one sentence.",
        "Write an article about the history of numbered lists.",
        "Return JSON in this format.\nProduct: a hand-made mug",
    ],
)
def test_other_instructions_stay_whole(said: str) -> None:
    assert drop_layout(said) == said
