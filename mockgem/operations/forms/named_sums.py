"""Sums that have a name: "7 squared", "half of 90", "the product of 6 and 7", "2x + 3 = 11"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from statistics import median

from mockgem.operations.forms.lazy_patterns import make_regex

N = r"(-?\d{1,9}(?:\.\d{1,6})?)"


def divide(one: float, two: float) -> float:
    return one / two if two else 0.0


def compute_factorial(one: float, _: float) -> int:
    return math.factorial(int(min(one, 20)))


ONE: tuple[tuple[str, Callable[[float, float], float]], ...] = (
    (rf"{N} squared|\bsquare of {N}", lambda a, _: a * a),
    (rf"{N} cubed|\bcube of {N}", lambda a, _: a**3),
    (rf"\b(?:half of|halve) {N}", lambda a, _: a / 2),
    (rf"\b(?:double|twice) (?:of )?{N}", lambda a, _: a * 2),
    (rf"\b(?:triple) (?:of )?{N}", lambda a, _: a * 3),
    (rf"\b(?:a|one)? ?(?:third) of {N}", lambda a, _: a / 3),
    (rf"\b(?:a|one)? ?(?:quarter|fourth) of {N}", lambda a, _: a / 4),
    (r"\b(\d{1,2})!(?=\W|\Z)|\b(\d{1,2}) factorial|\bfactorial of (\d{1,2})\b", compute_factorial),
)
TWO: tuple[tuple[str, Callable[[float, float], float]], ...] = (
    (
        rf"{N} (?:raised )?to the (?:power of )?{N}(?:th)?(?: power)?\b",
        lambda a, b: a ** min(b, 64),
    ),
    (rf"\bsum of {N} (?:and|plus) {N}(?!,|\d| and)", lambda a, b: a + b),
    (rf"\badd {N} (?:and|to) {N}(?!,|\d| and)", lambda a, b: a + b),
    (rf"\bproduct of {N} and {N}", lambda a, b: a * b),
    (rf"\bmultiply {N} (?:by|and|with) {N}", lambda a, b: a * b),
    (rf"\bdifference (?:between|of) {N} and {N}", lambda a, b: abs(a - b)),
    (rf"\bsubtract {N} from {N}", lambda a, b: b - a),
    (rf"\bdivide {N} by {N}|\bquotient of {N} and {N}", divide),
    (
        rf"{N} (?:mod|modulo) {N}|\bremainder (?:of|when) {N} (?:is )?divided by {N}",
        lambda a, b: a % b if b else 0,
    ),
    (
        rf"\b(?:gcd|greatest common divisor|greatest common factor) of {N} and {N}",
        lambda a, b: math.gcd(int(a), int(b)),
    ),
    (rf"\b(?:lcm|least common multiple) of {N} and {N}", lambda a, b: math.lcm(int(a), int(b))),
    (rf"{N} (?:more|higher|greater) than {N}", lambda a, b: a + b),
    (rf"{N} (?:less|fewer|lower) than {N}", lambda a, b: b - a),
)
COMPILED = [(make_regex(pattern, re.I), solve) for pattern, solve in (*ONE, *TWO)]
PLACES = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
ROUND = make_regex(
    rf"\bround(?:ed)? {N} (?:off )?to (?:the nearest (integer|whole number|ten|hundred)|(?:(one|two"
    r"|three|four|[1-4]) )?(?:decimal|digit))",
    re.I,
)
EQUATION = make_regex(
    r"(?<![\w.])(-?\d{0,6}(?:\.\d{1,4})?) ?\*? ?([a-z])(?: ?([-+]) ?(\d{1,6}(?:\.\d{1,4})?))?"
    r" ?= ?(-?\d{1,7}(?:\.\d{1,4})?)(?![\w.]*[*/^a-z])",
    re.I,
)
WORDS = frozenset(
    """squared square cubed cube half halve double twice triple third quarter fourth factorial power
    sum add product multiply difference subtract divide quotient mod modulo remainder gcd lcm
    greatest least more higher less fewer round rounded""".split()
)


def solve_named(text: str) -> float | None:
    """Return the result of a sum that has a name; None if a text has none."""
    text = text[:600]
    if (other := compare(text)) is not None:
        return other
    if WORDS.isdisjoint(re.findall(r"[a-z]+", text.lower())) and "!" not in text:
        return solve_equation(text)
    if match := ROUND.search(text):
        return round_number(match)
    for pattern, solve in COMPILED:
        if match := pattern.search(text):
            values = [float(group) for group in match.groups() if group]
            return float(solve(values[0], values[-1]))
    return solve_equation(text)


AGE = make_regex(
    r"\bborn in (1[89]\d\d|20\d\d)\b.{0,80}?\b(?:how old|age)\b.{0,40}?\bin (1[89]\d\d|20\d\d)\b",
    re.I | re.S,
)
COMPARED = make_regex(
    rf"\bwhich (?:number |one |is |value )*(?:is )?(bigger|larger|greater|higher|smaller|lower"
    rf"|less)\b"
    rf"[^.\d]{{0,20}}{N} (?:or|and|vs\.?) {N}",
    re.I,
)
TO_PERCENT = make_regex(rf"{N} (?:as|to|into|in) (?:a )?(?:percent|percentage|%)", re.I)
FROM_PERCENT = make_regex(rf"{N} ?(?:%|percent) (?:as|to|into|in) (?:a )?decimal", re.I)
NUMBERS = make_regex(r"\[\s*(-?\d[\d., -]{2,400})\]")
OF_LIST: tuple[tuple[re.Pattern[str], Callable[[list[float]], float]], ...] = (
    (make_regex(r"\b(?:length|size|how many|number of|count)\b", re.I), lambda values: len(values)),
    (make_regex(r"\b(?:sum|total|add)\b", re.I), sum),
    (make_regex(r"\b(?:average|mean)\b", re.I), lambda values: sum(values) / len(values)),
    (make_regex(r"\b(?:max\w*|largest|biggest|highest|greatest)\b", re.I), max),
    (make_regex(r"\b(?:min\w*|smallest|lowest|least)\b", re.I), min),
    (make_regex(r"\bmedian\b", re.I), lambda values: median(values)),
    (make_regex(r"\bfirst\b", re.I), lambda values: values[0]),
    (make_regex(r"\blast\b", re.I), lambda values: values[-1]),
)


def compare(text: str) -> float | None:
    """Return an age, the larger number, a share in percent, or what a list of numbers gives."""
    if match := AGE.search(text):
        return float(match[2]) - float(match[1])
    if match := COMPARED.search(text):
        pick = min if match[1].lower() in ("smaller", "lower", "less") else max
        return pick(float(match[2]), float(match[3]))
    if match := TO_PERCENT.search(text):
        return round(float(match[1]) * 100, 6)
    if match := FROM_PERCENT.search(text):
        return float(match[1]) / 100
    return compute_list(text) if "[" in text else None


def compute_list(text: str) -> float | None:
    match = NUMBERS.search(text)
    values = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", match[1])] if match else []
    found = [solve for words, solve in OF_LIST if words.search(text)]
    return float(found[0](values)) if values and found else None


def round_number(match: re.Match[str]) -> float:
    nearest = {"ten": -1, "hundred": -2}.get((match[2] or "").lower(), 0)
    return round(float(match[1]), nearest if match[2] else PLACES[(match[3] or "one").lower()])


def solve_equation(text: str) -> float | None:
    """Return the unknown of a linear equation such as "2x + 3 = 11"."""
    if "=" not in text or not re.search(
        r"\bsolve\b|\bfind\b|\bvalue of\b|\bwhat is [a-z]\b", text, re.I
    ):
        return None
    match = EQUATION.search(text)
    if match is None:
        return None
    factor = float(match[1]) if match[1] not in ("", "-") else float(f"{match[1]}1")
    shift = float(match[4] or 0) * (-1 if match[3] == "-" else 1)
    return (float(match[5]) - shift) / factor if factor else None


def decide_sum(text: str) -> bool | None:
    """Return whether a statement about numbers is true; None if a text has none."""
    text = text[:400].lower()
    for pattern, decide in STATEMENTS:
        if match := pattern.search(text):
            values = [float(group.replace(",", "")) for group in match.groups() if group]
            return decide(values[0], values[-1])
    return decide_equality(text)


def is_prime(number: float, _: float = 0) -> bool:
    value = int(min(number, 10**9))
    return value > 1 and all(value % part for part in range(2, math.isqrt(value) + 1))


def is_leap(year: float, _: float = 0) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


A = r"(-?\d[\d,]{0,11}(?:\.\d{1,6})?)"
STATEMENTS: tuple[tuple[re.Pattern[str], Callable[[float, float], bool]], ...] = tuple(
    (make_regex(pattern), decide)
    for pattern, decide in (
        (rf"\b{A} (?:is |was )?a leap year", is_leap),
        (rf"\b{A} (?:is )?(?:a |an )?prime", is_prime),
        (rf"\b{A} (?:is )?(?:an )?even\b", lambda a, _: a % 2 == 0),
        (rf"\b{A} (?:is )?(?:an )?odd\b", lambda a, _: a % 2 == 1),
        (rf"{A} (?:is )?(?:divisible by|a multiple of) {A}", lambda a, b: b != 0 and a % b == 0),
        (rf"{A} (?:is )?(?:greater|larger|bigger|more|higher|>) (?:than )?{A}", lambda a, b: a > b),
        (rf"{A} ?> ?{A}", lambda a, b: a > b),
        (rf"{A} (?:is )?(?:less|smaller|lower|fewer) (?:than )?{A}", lambda a, b: a < b),
        (rf"{A} ?< ?{A}", lambda a, b: a < b),
    )
)
SUM = make_regex(
    r"(?<![\d.])(\d{1,9}(?:\.\d{1,4})?) ?(\+|-|\*|x|×|/|plus|minus|times) ?(\d{1,9}(?:\.\d{1,4})?)"
    r" ?(?:=|equals?|equal to|is) ?(?:to )?(-?\d{1,9}(?:\.\d{1,4})?)",
    re.I,
)
"""A statement such as "2 + 2 = 5"."""


def decide_equality(text: str) -> bool | None:
    match = SUM.search(text)
    if match is None:
        return None
    one, two, result = float(match[1]), float(match[3]), float(match[4])
    sign = match[2].lower()
    values = {"+": one + two, "plus": one + two, "-": one - two, "minus": one - two}
    values.update({"/": divide(one, two)})
    return abs(values.get(sign, one * two) - result) < 1e-9
