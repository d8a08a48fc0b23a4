"""Given words in another case, order or spelling."""

from __future__ import annotations

import pytest

from tests.asking import chat


def reply_to(prompt: str) -> str:
    return str(chat(prompt).message["content"])


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("Convert to snake_case: userAccountBalance", "user_account_balance"),
        ("Convert to camelCase: user account balance", "userAccountBalance"),
        ("Turn into kebab-case: User Account", "user-account"),
        ("Reverse the string 'hello'. Only the result.", "olleh"),
        ("Sort these words alphabetically: pear, apple, fig", "apple, fig, pear"),
        ("Sort these numbers in descending order: 5, 30, 9", "30, 9, 5"),
        ("Remove duplicates from this list: a, b, a, c", "a, b, c"),
        ("Write the number 14 in Roman numerals.", "XIV"),
        ("What is the largest number? Only the number: 3, 19, 7", "19"),
        ("How many times does the letter r appear in strawberry? Just the number.", "3"),
    ],
)
def test_a_text_is_changed_as_the_prompt_says(prompt: str, reply: str) -> None:
    assert reply_to(prompt) == reply
