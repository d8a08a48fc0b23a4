"""Results of arithmetic in a prompt, in signs or in words."""

from __future__ import annotations

import re
from math import isfinite

from mockgem.operations.forms.counted_sums import find_counted_sum
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_sums import solve_named
from mockgem.operations.forms.number_series import find_next, measure_shape
from mockgem.operations.forms.percentages import solve
from mockgem.operations.forms.time_spans import measure_span
from mockgem.operations.generators.hint_patterns import NUMBER

EXPRESSION = make_regex(r"[-(]{0,4}\d[\d.,]*(?:[\s)]*[-+*/^x×÷%][\s(]*-?\d[\d.,]*)+\)*")
FOREIGN_OPERATORS = {
    "+": "más|mas|mais|più|piu|erop|dodać|artı|плюс|cộng|ditambah",
    "-": "moins|menos|meno|min|minus|eksi|минус|мінус|trừ|dikurangi",
    "*": "fois|por|mal|per|volte|vezes|veces|keer|maal|razy|çarpı|kere|умножить на|помножити на"
    "|nhân|kali",
    "/": "geteilt durch|divisé par|dividido por|dividido entre|diviso|gedeeld door|podzielić na"
    "|bölü|разделить на|поділити на|chia|dibagi",
}
"""Words between the numbers of a sum in other languages."""
FOREIGN_SUM = tuple(
    (make_regex(rf"(?<=\d)\s(?:{words})\s(?=\d)", re.I), f" {sign} ")
    for sign, words in FOREIGN_OPERATORS.items()
)
PLUS_WORDS = make_regex(r"\bplus\b|\bminus\b|\btimes\b|\bdivided by\b|\bmultiplied by\b", re.I)
COMMA_BEFORE = make_regex(
    r", (?=(?:and then |then )?(?:plus|minus|times|divided by|multiplied by)\b)",
    re.I,
)
OPERATORS = {"plus": "+", "minus": "-", "times": "*", "divided by": "/", "multiplied by": "*"}
ARITHMETIC = make_regex(
    r"square root of \d|sqrt\(\d|\d ?(?:%|per ?cent\b|prozent\b|por ciento|por cento|pour ?cent"
    r"|procent)|\b(?:speed|how fast|km/h|mph|number of|how many)\b|\d\s?[-+*/^x×÷]\s?\(?\d"
    r"|\d (?:plus|minus|times|divided by|multiplied by) \d|\d (?:squared|cubed|factorial|mod"
    r"|modulo|raised|to the)\b|\d!|\b(?:square|cube|half|halve|double|twice|triple|third|quarter"
    r"|factorial|sum|product|difference|quotient|remainder|gcd|lcm|divisor|multiple) (?:of "
    r"|between )?-?\d|\b(?:add|multiply|subtract|divide|round|rounded) -?\d|\d ?[a-z] ?[-+=] ?\d"
    r"|\bborn in \d{4}\b|\b(?:bigger|larger|greater|smaller)\b[^.\d]{0,20}\d|\d (?:as|to"
    r"|into) (?:a )?(?:percent|decimal)|\[\s?-?\d|\bdivisor of|\b(?:sequence|series|next number"
    r"|comes next|area|perimeter|circumference|volume)\b",
    re.I,
)
AVERAGE_OF = make_regex(
    r"\b(average|mean|sum|total) (?:value )?of (?:the numbers )?(-?\d+(?:\.\d+)"
    r"?(?:(?:,\s?(?:and\s)?|\sand\s)"
    r"-?\d+(?:\.\d+)?){1,40})",
    re.I,
)
EACH = make_regex(
    r"(?<![\w.])(\d[\d,]{0,8}) [a-z]{2,20} (?:with|of|contain\w*|having|hold\w*|at|for|and|have"
    r"|has) (?:[$€£] ?)?(\d[\d,]{0,8}(?:\.\d{1,2})?)"
    r" ?[a-z€$]{0,20} (?:each|per \w+|apiece|every)\b",
    re.I,
)
"""Things that each hold, or cost, a number: "34 pallets with 42 boxes each"."""
OF_THINGS = make_regex(
    r"(?<![\w.])(\d[\d,]{0,8}) [a-z]{2,20} (?:of|with) (\d[\d,]{0,8})"
    r" ([a-z]{3,20})\b(?=[^?]{0,80}\bhow many \3\b)",
    re.I,
)
PROPORTION = make_regex(
    r"\bfor (\d{1,5}) (\w{3,20})\b(.{0,200}?)\bfor (\d{1,5}) \2\b|\b(\d{1,5}) (\w{3,20}) (?:cost"
    r"|need|take|use|weigh)s? (\d[\d.]{0,8})"
    r".{0,80}?\b(?:do|does|will|would)? ?(\d{1,5}) \6\b",
    re.I | re.S,
)


def solve_proportion(text: str) -> float | None:
    """Return an amount for another number of things: "for 4 people 300 g, for 6 people?"."""
    match = PROPORTION.search(text[:1500])
    if match is None or not re.search(r"\bhow (?:many|much)\b|\?", text):
        return None
    if match[1]:
        amount = re.search(r"\d+(?:\.\d+)?", match[3])
        return (
            float(amount[0]) * int(match[4]) / int(match[1]) if amount and int(match[1]) else None
        )
    return float(match[7]) * int(match[8]) / int(match[5]) if int(match[5]) else None


ISO = make_regex(r"\b\d{4}-\d{2}-\d{2}\b")


def format_number(value: float) -> str:
    """Return a number without a point if it is whole; "inf" for one that is too large."""
    is_whole = isfinite(value) and value == int(value)
    return str(int(value)) if is_whole else f"{value:.10g}"


def format_amount(amount: float) -> str:
    """Return an amount of money: whole, or with two digits after the point."""
    cents = round(amount, 2)
    return format_number(cents) if cents == int(cents) else f"{cents:.2f}"


def calculate_abroad(text: str) -> str | None:
    """Return the value of a sum with words in another language than English."""
    for pattern, sign in FOREIGN_SUM:
        text = pattern.sub(sign, text)
    match = EXPRESSION.search(text)
    return calculate(match[0]) if match else None


def calculate(text: str) -> str | None:
    """Return the value of the arithmetic expression in a text."""
    from mockgem.operations.generators.code_execution import solve_expression

    text = COMMA_BEFORE.sub(" ", text)
    plain = PLUS_WORDS.sub(lambda match: OPERATORS[match[0].lower()], text)
    if root := ROOT_OF.search(text):
        return format_number(float(root[1]) ** 0.5)
    if (changed := measure_change(text)) is not None:
        return format_number(changed)
    if (solved := solve(text)) is not None:
        return solved
    for find in (measure_span, solve_named, find_next, measure_shape):
        if (found := find(text)) is not None:
            return format_number(found)
    if several := AVERAGE_OF.search(text):
        values = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", several[2])]
        is_mean = several[1].lower() in ("average", "mean")
        return format_number(sum(values) / (len(values) if is_mean else 1))
    if (scaled := solve_proportion(text)) is not None:
        return format_number(scaled)
    if each := EACH.search(text) or OF_THINGS.search(text):
        return format_number(float(each[1].replace(",", "")) * float(each[2].replace(",", "")))
    priced = find_priced_sum(text)
    if priced is not None:
        return format_number(priced)
    counted = find_counted_sum(text)
    if counted is not None:
        return format_number(counted)
    match = EXPRESSION.search(plain)
    if match is None or ISO.search(match[0]):
        return None
    execution = solve_expression(f"calculate {match[0].strip()}")
    if execution is None:
        return None
    numbers = NUMBER.findall(execution.output or execution.sentence)
    return format_number(float(numbers[-1].replace(",", ""))) if numbers else None


CHANGED = make_regex(
    r"\b(?:cost|costs|was|were|from|originally|priced at"
    r"|price of)\s(?:[$€£] ?)?(\d{1,9}(?:\.\d{1,4})?)(?![\d.,]*\d)"
    r"(?: ?(?:[$€£]|[a-z]{1,12}))?[^.?\n\d]{0,40}?\b(?:now|to|reduced to|rose to|fell to"
    r"|grew to)\s(?:is |costs |only )?"
    r"(?:[$€£] ?)?(\d{1,9}(?:\.\d{1,4})?)(?![\d.,]*\d)",
    re.I,
)
RATE = make_regex(
    r"\b(?:what|how many|how much)\b[^?\n]{0,60}(?:\bper ?cent\w*|%)[^?\n]{0,40}"
    r"|\b(?:by how (?:much|many)|percentage (?:change|increase|decrease|drop|discount))\b",
    re.I,
)
"""A question for the percentage, which is not given."""


def measure_change(text: str) -> float | None:
    """Return by how many percent an amount rose or fell: "from 80 to 60" is 25; else None."""
    match = CHANGED.search(text) if RATE.search(text) else None
    if match is None or not float(match[1]):
        return None
    return round(abs(float(match[2]) - float(match[1])) / float(match[1]) * 100, 2)


ROOT_OF = make_regex(r"\b(?:square root|sqrt)(?: of |\()(\d{1,12}(?:\.\d{1,6})?)", re.I)
PRICED = make_regex(
    r"\b(\d{1,6}) [\w ]{1,30}? (?:at|for|à|zu je|a) [$€£]?(\d{1,6}(?:\.\d{1,2})?)\b", re.I
)


def find_priced_sum(text: str) -> float | None:
    """Return the total of a text such as "3 apples at 2 euros plus 4 pears at 1 euro"."""
    found = PRICED.findall(text[:1000])
    return sum(int(count) * float(price) for count, price in found) if found else None
