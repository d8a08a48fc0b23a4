"""Main functions of compiled languages, and tasks in other languages."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.code_glossary import gloss_task
from mockgem.operations.forms.code_methods import imply_members, plan_method
from mockgem.operations.forms.code_steps import write_step
from tests.asking import Asker


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        ("Write a C program that checks if a number entered by the user is even", "scanf"),
        ("Write a C++ program that prints the first 10 Fibonacci numbers", "number <= 9"),
        ("Write a Rust program that prints all primes up to 100", "1..=100"),
        ("Write a Java program that sorts a list", "public static void main"),
    ],
)
def test_a_program_has_a_main_function(prompt: str, line: str) -> None:
    reply = Asker().chat([{"role": "user", "content": prompt}]).message["content"]
    assert line in reply


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("проверяет, является ли число простым", "prime number"),
        ("prüft, ob eine Zahl gerade ist", "even number"),
        ("计算列表中所有数字的和", "list numbers sum"),
    ],
)
def test_tasks_are_told_in_english(text: str, words: str) -> None:
    assert all(word in gloss_task(text) for word in words.split())


def test_methods_work_with_the_fields() -> None:
    members = imply_members(("deposit", "withdraw", "getBalance"))
    assert members == (("balance", "number"),)
    assert write_step(plan_method("deposit", members), "java") == "this.balance += amount"
    assert write_step(plan_method("getBalance", members), "python") == "return self.balance"
