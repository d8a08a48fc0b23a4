"""The sentence beside a yes or a no says the same as the answer."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.yes_no_reasons import explain_action, explain_prime, list_factors


@pytest.mark.parametrize(
    ("number", "factors"), [(2, [2]), (12, [2, 2, 3]), (91, [7, 13]), (97, [97]), (1, [])]
)
def test_factors_are_prime(number: int, factors: list[int]) -> None:
    assert list_factors(number) == factors


def test_the_factors_of_a_number_are_shown() -> None:
    assert explain_prime("Is 91 a prime number?") == "91 = 7 × 13."
    assert explain_prime("Is the sky blue?") == ""


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (True, "It usually helps to water your plants every day."),
        (False, "It is rarely worth it to water your plants every day."),
    ],
)
def test_an_action_is_judged_as_the_answer_says(answer: bool, said: str) -> None:
    assert explain_action(answer, "Should I water my plants every day?") == said
