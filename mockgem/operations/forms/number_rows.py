"""Numbers of a kind in a row: "the prime numbers below 20", "the first 8 Fibonacci numbers"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count, islice, takewhile

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED, ONE_PER_LINE
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

KIND = (
    r"(?P<kind>prime|even|odd|square|cube|fibonacci|triangular) (?:numbers|integers)"
    r"|(?P<kind2>primes"
    r"|squares|cubes|fibonaccis)|multiples of (?P<factor>\d{1,4})|powers of (?P<base>\d{1,3})"
)
ASKED = make_regex(
    rf"\b(?:list|give|name|show|write|print|what are|which are|tell)\b[^.?\n]{{0,20}}?"
    rf"(?:\b(?:the )?first (?P<first>{NUMBER}) )?(?:\ball )?(?:the )?\b(?:{KIND})"
    r"(?: (?:from|between) (?P<low>\d{1,6}) (?:to|and) (?P<high>\d{1,6})"
    r"| (?P<limit>below|under|less than|smaller than|up to|until) (?P<below>\d{1,6}))?",
    re.I,
)
OTHER_WISH = make_regex(r"\b(?:function|code|program|script|sum|average|python|sql|regex)\b", re.I)
MOST = 200
"""Numbers of a row that begins with the first one."""
HIGHEST = 10_000
"""A row up to a higher number takes too long to work out."""


@form(
    "row of numbers",
    "List the prime numbers below 20, comma separated.",
    "Give me the first 8 Fibonacci numbers.",
    words="prime primes even odd square squares cube cubes fibonacci multiples powers triangular",
    about="numbers of a kind that is easy to work out",
)
def list_numbers(question: Question) -> str | None:
    match = ASKED.search(question.instruction[:400])
    if match is None or question.material or wants("json", question):
        return None
    if OTHER_WISH.search(question.instruction):
        return None
    counted = match["first"]
    if not counted and not match["below"] and not match["high"]:
        return None
    if int(match["high"] or match["below"] or 0) > HIGHEST:
        return None
    rows = take(match, parse_count(counted, MOST) if counted else 0)
    return lay_out([str(one) for one in rows], question)


def take(match: re.Match[str], first: int) -> list[int]:
    """Return the numbers that a request names: the first ones, or those within limits."""
    numbers = generate(match)
    low = int(match["low"] or 0)
    if first:
        return list(islice(numbers, first))
    high = int(match["high"] or match["below"])
    is_open = (match["limit"] or "").lower() in ("below", "under", "less than", "smaller than")
    last = high - 1 if is_open else high
    return [one for one in takewhile(lambda one: one <= last, numbers) if one >= low]


def generate(match: re.Match[str]) -> Iterator[int]:
    """Yield the numbers of the kind that a request names, the smallest first."""
    if match["factor"]:
        factor = int(match["factor"]) or 1
        return (factor * one for one in count(1))
    if match["base"]:
        base = max(int(match["base"]), 2)
        return (base**one for one in count(0))
    kind = (match["kind"] or match["kind2"]).lower().rstrip("s")
    return GENERATORS[kind]()


def is_prime(number: int) -> bool:
    return number > 1 and all(number % one for one in range(2, int(number**0.5) + 1))


def generate_fibonacci() -> Iterator[int]:
    one, other = 0, 1
    while True:
        yield one
        one, other = other, one + other


GENERATORS: dict[str, Callable[[], Iterator[int]]] = {
    "prime": lambda: (one for one in count(2) if is_prime(one)),
    "even": lambda: count(2, 2),
    "odd": lambda: count(1, 2),
    "square": lambda: (one * one for one in count(1)),
    "cube": lambda: (one**3 for one in count(1)),
    "triangular": lambda: (one * (one + 1) // 2 for one in count(1)),
    "fibonacci": generate_fibonacci,
}


def lay_out(numbers: list[str], question: Question) -> str:
    if BULLETS.search(question.layout):
        return "\n".join(f"- {one}" for one in numbers)
    if ONE_PER_LINE.search(question.wish):
        return "\n".join(numbers)
    if NUMBERED.search(question.layout):
        return "\n".join(f"{at}. {one}" for at, one in enumerate(numbers, 1))
    return ", ".join(numbers)
