"""Calculations that a prompt wants done by a program: the program, and what it prints."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from itertools import count, islice

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

DONE = make_regex(
    r"\b(?:run|execut)\w*\b[^.?\n]{0,24}\b(?:code|it|this|python|script|program)\b"
    r"|\b(?:using|with|by) (?:python |running )?code\b|\buse (?:python|code|the code)\b"
    r"|\bcode execution\b|\bgive me the result\b|\bshow (?:me )?the (?:result|output)\b",
    re.I,
)
"""A wish to run a program, not only to see it."""
MOST_PRIMES = 2_000
MOST_FIBONACCI = 500
MOST_FACTORIAL = 170
MOST_RANGE = 1_000_000
Calculation = tuple[str, str]
"""A program, and what it prints."""


def find_primes(number: int) -> list[int]:
    primes: list[int] = []
    for candidate in count(2):
        if len(primes) == number:
            return primes
        if all(candidate % prime for prime in primes if prime * prime <= candidate):
            primes.append(candidate)
    return primes


def sum_primes(match: re.Match[str]) -> Calculation | None:
    number = int(match[1])
    if not 0 < number <= MOST_PRIMES:
        return None
    found = find_primes(number)
    return (
        "def is_prime(n):\n    if n < 2:\n        return False\n"
        "    for divisor in range(2, int(n**0.5) + 1):\n        if n % divisor == 0:\n"
        "            return False\n    return True\n\n\n"
        f"primes = []\nnumber = 2\nwhile len(primes) < {number}:\n    if is_prime(number):\n"
        "        primes.append(number)\n    number += 1\n\n"
        'print(f"{len(primes)} primes, from {primes[0]} to {primes[-1]}")\nprint(sum(primes))',
        f"{number} primes, from {found[0]} to {found[-1]}\n{sum(found)}",
    )


def find_fibonacci(match: re.Match[str]) -> Calculation | None:
    number = int(match[1] or match[2])
    if number > MOST_FIBONACCI:
        return None
    first, second = 0, 1
    for _ in range(number):
        first, second = second, first + second
    source = (
        "def fibonacci(n):\n    first, second = 0, 1\n    for _ in range(n):\n"
        "        first, second = second, first + second\n    return first\n\n\n"
        f"print(fibonacci({number}))"
    )
    return source, str(first)


def find_factorial(match: re.Match[str]) -> Calculation | None:
    number = int(match[1] or match[2])
    if number > MOST_FACTORIAL:
        return None
    return f"import math\n\nprint(math.factorial({number}))", str(math.factorial(number))


def sum_range(match: re.Match[str]) -> Calculation | None:
    kind, start, stop = (match[1] or "").strip().lower(), int(match[2]), int(match[3])
    if not 0 <= stop - start <= MOST_RANGE:
        return None
    rest = {"even": 0, "odd": 1}.get(kind)
    kept = (n for n in range(start, stop + 1) if rest is None or n % 2 == rest)
    test = f" if number % 2 == {rest}" if rest is not None else ""
    source = f"total = sum(number for number in range({start}, {stop + 1}){test})\nprint(total)"
    return source, str(sum(kept))


def square_sum(match: re.Match[str]) -> Calculation | None:
    kind, number = (match[2] or match[3]).lower(), int(match[1])
    if number > MOST_PRIMES:
        return None
    starts: dict[str, tuple[str, Iterable[int]]] = {
        "even": ("2 * n", (2 * n for n in count(1))),
        "odd": ("2 * n - 1", (2 * n - 1 for n in count(1))),
        "square": ("n**2", (n * n for n in count(1))),
        "natural": ("n", count(1)),
    }
    term, values = starts[kind]
    source = f"numbers = [{term} for n in range(1, {number + 1})]\nprint(sum(numbers))"
    return source, str(sum(islice(values, number)))


def combine_numbers(match: re.Match[str]) -> Calculation | None:
    values = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", match[2])]
    if len(values) < 2:
        return None
    listed = ", ".join(f"{one:g}" for one in values)
    word = match[1].lower()
    ordered = sorted(values)
    middle = (ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2
    call, value = {
        "average": ("sum(numbers) / len(numbers)", sum(values) / len(values)),
        "mean": ("sum(numbers) / len(numbers)", sum(values) / len(values)),
        "median": ("statistics.median(numbers)", middle),
        "product": ("math.prod(numbers)", math.prod(values)),
    }.get(word, ("sum(numbers)", sum(values)))
    module = {"median": "import statistics\n\n", "product": "import math\n\n"}.get(word, "")
    shown = f"{value:.12g}"
    return f"{module}numbers = [{listed}]\nprint({call})", shown


TASKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Calculation | None]], ...] = (
    (make_regex(r"\bfirst (\d{1,4}) prime", re.I), sum_primes),
    (
        make_regex(
            r"\b(\d{1,3})(?:st|nd|rd|th) (?:number (?:in|of) the )?fibonacci"
            r"|\bfibonacci\((\d{1,3})\)",
            re.I,
        ),
        find_fibonacci,
    ),
    (make_regex(r"\bfactorial of (\d{1,3})|\b(\d{1,3})!", re.I), find_factorial),
    (
        make_regex(
            r"\bsum of (?:all )?(?:the )?(even |odd )?(?:numbers|integers)?"
            r"(?: from| between)? ?(\d{1,6}) (?:to|and|through) (\d{1,7})\b",
            re.I,
        ),
        sum_range,
    ),
    (
        make_regex(
            r"\bsum of (?:all )?the first (\d{1,4}) (?:(even|odd|natural) numbers|(square)s)", re.I
        ),
        square_sum,
    ),
    (
        make_regex(
            r"\b(sum|total|average|mean|median|product) of (?:the numbers |these numbers:? )?"
            r"((?:-?\d+(?:\.\d+)?(?:, | and |, and )){1,30}-?\d+(?:\.\d+)?)",
            re.I,
        ),
        combine_numbers,
    ),
)


@form(
    "calculation by a program",
    "What is the sum of the first 50 prime numbers? Generate and run code for the calculation.",
    words="run execute code execution result output running",
    about="a program in Python and what it prints",
)
def calculate_by_program(question: Question) -> str | None:
    text = question.prompt[:600]
    if question.language != "en" or not DONE.search(text):
        return None
    for pattern, calculate in TASKS:
        match = pattern.search(text)
        found = calculate(match) if match else None
        if found is not None:
            source, output = found
            result = output.rpartition("\n")[2]
            return (
                f"Here is a short program for this:\n\n```python\n{source}\n```\n\n"
                f"Running it prints:\n\n```text\n{output}\n```\n\nThe result is {result}."
            )
    return None
