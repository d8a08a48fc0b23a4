"""Numbers that follow from those of the prompt: the least, the largest, the average, the sum."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

LISTED = make_regex(r"(?<![\w.])-?\d+(?:\.\d+)?(?:(?:, ?(?:and )?| and | )-?\d+(?:\.\d+)?){2,100}")
STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "min": min,
    "minimum": min,
    "lowest": min,
    "smallest": min,
    "max": max,
    "maximum": max,
    "highest": max,
    "largest": max,
    "sum": sum,
    "total": sum,
    "count": len,
    "average": lambda numbers: sum(numbers) / len(numbers),
    "avg": lambda numbers: sum(numbers) / len(numbers),
    "mean": lambda numbers: sum(numbers) / len(numbers),
    "median": median,
}
SERIES = make_regex(
    r"\b(?:the |all )?(?:whole )?(?:numbers|integers) (?:from |between )?(\d{1,3}) (?:to|through"
    r"|-) (\d{1,3})\b",
    re.I,
)


def compute_statistics(value: Any, question: Question) -> Any:
    """Return an object whose "min", "max" and "average" are those of the numbers in the prompt."""
    if not isinstance(value, dict) or not any(key.lower() in STATISTICS for key in value):
        return value
    match = LISTED.search(question.prompt[:4000])
    if match is None:
        return value
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", match[0])]
    return {
        key: tidy(STATISTICS[key.lower()](numbers)) if key.lower() in STATISTICS else item
        for key, item in value.items()
    }


def tidy(number: float) -> float:
    return int(number) if number == int(number) else round(number, 2)


FIRST = make_regex(
    rf"\bfirst ({NUMBER}) (prime|even|odd|square|fibonacci|natural) numbers?\b",
    re.I,
)


def list_first(kind: str, count: int) -> list[int]:
    """Return the first numbers of a kind."""
    if kind == "fibonacci":
        found = [0, 1]
        while len(found) < count:
            found.append(found[-1] + found[-2])
        return found[:count]
    match kind:
        case "even":
            return [2 * at for at in range(1, count + 1)]
        case "odd":
            return [2 * at - 1 for at in range(1, count + 1)]
        case "square":
            return [at * at for at in range(1, count + 1)]
        case "prime":
            primes = [n for n in range(2, 300) if all(n % d for d in range(2, int(n**0.5) + 1))]
            return primes[:count]
    return list(range(1, count + 1))


def list_series(text: str) -> list[int]:
    """Return the numbers of "the numbers from 1 to 5"; empty for random ones."""
    if first := FIRST.search(text):
        return list_first(first[2].lower(), parse_count(first[1], 50))
    match = SERIES.search(text)
    if match is None or "random" in text.lower():
        return []
    low, high = int(match[1]), int(match[2])
    return list(range(low, high + 1)) if 0 < high - low < 200 else []
