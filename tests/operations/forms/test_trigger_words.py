"""Which prompts may ask for a form: most prompts must be sorted out quickly, and none wrongly."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.registry import Form, list_forms
from mockgem.operations.forms.trigger_words import has_trigger, split_words


@pytest.mark.parametrize(
    "prompt",
    [
        "Please think before you answer.",
        "I have a question about boats",
        "Please reply as soon as you can, I have questions.",
    ],
)
def test_a_word_about_answering_alone_asks_for_no_form(prompt: str) -> None:
    assert not has_trigger(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "Answer with red or blue.",
        "Answer: red, blue, green",
        'Reply with "banana".',
        "Respond with OK",
        "Reply DONE and nothing",
        "Answer with red/blue.",
        "Put the answer into \\boxed.",
    ],
)
def test_options_a_quotation_or_a_word_in_capitals_may_ask_for_a_form(prompt: str) -> None:
    assert has_trigger(prompt)


@pytest.mark.parametrize("row", list_forms(), ids=lambda row: row.name)
def test_every_example_of_a_form_passes(row: Form) -> None:
    assert all(has_trigger(example) for example in row.examples if "\n" not in example)


@pytest.mark.parametrize("text", ["Give me JSON, please!", "x=1\ty", "tl;dr", "¿Cómo? ÉTÉ", ""])
def test_words_of_a_text_in_ascii_are_those_of_any_text(text: str) -> None:
    assert split_words(text) == [*split_words(text + " é")][:-1]
