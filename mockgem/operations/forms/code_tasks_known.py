"""Exercises with lists and numbers, in Python; the emitter writes them in other languages."""

from __future__ import annotations

KNOWN_TASKS: tuple[tuple[str, str], ...] = (
    (
        r"\bmajority[ _]?element|boyer[- ]moore (?:majority |voting)",
        """def find_majority(numbers: list[int]) -> int:
    candidate = numbers[0]
    count = 0
    for number in numbers:
        if count == 0:
            candidate = number
        if number == candidate:
            count += 1
        else:
            count -= 1
    return candidate""",
    ),
    (
        r"\bk[- ]?th[- _]+smallest",
        """def find_kth_smallest(numbers: list[int], k: int) -> int:
    values = sorted(numbers)
    return values[k - 1]""",
    ),
    (
        r"\bk[- ]?th[- _]+(?:largest|biggest|greatest)",
        """def find_kth_largest(numbers: list[int], k: int) -> int:
    values = sorted(numbers)
    return values[len(values) - k]""",
    ),
    (
        r"\bcommon (?:elements?|items?|values?|numbers?)\b|\bintersect\w*\b[^.\n]{0,20}\b(?:lists?"
        r"|arrays?|sets?)|\b(?:lists?|arrays?)\b[^.\n]{0,20}\bintersect",
        """def find_common(first: list[int], second: list[int]) -> list[int]:
    result = []
    for item in first:
        if item in second and item not in result:
            result.append(item)
    return result""",
    ),
    (
        r"\bmax\w*[ _]sub-?array|\bsub-?array\b[^.\n]{0,30}\b(?:largest|max\w*) sum|\bkadane",
        """def max_subarray(numbers: list[int]) -> int:
    best = numbers[0]
    current = 0
    for number in numbers:
        current = max(current + number, number)
        best = max(best, current)
    return best""",
    ),
    (
        r"\bproduct\b[^.\n]{0,40}\bexcept (?:it)?self|\bproduct_?except_?self|productExceptSelf",
        """def product_except_self(numbers: list[int]) -> list[int]:
    result = []
    for i in range(len(numbers)):
        product = 1
        for j in range(len(numbers)):
            if i != j:
                product *= numbers[j]
        result.append(product)
    return result""",
    ),
    (
        r"\blongest (?:increasing|ascending) (?:contiguous )?sub-?array",
        """def longest_increasing(numbers: list[int]) -> int:
    best = 1
    current = 1
    for i in range(1, len(numbers)):
        if numbers[i] > numbers[i - 1]:
            current += 1
        else:
            current = 1
        best = max(best, current)
    return best""",
    ),
    (
        r"\b(?:count\w*|number of|how (?:often|many times))\b[^.\n]{0,30}\b(?:element|item|number"
        r"|value)\b[^.\n]{0,20}\b(?:occurs?|appears?|in (?:a|the|an) (?:list|array))"
        r"|\boccurr?ences? of an? (?:given |specific )?(?:element|item|number|value)",
        """def count_occurrences(items: list[int], wanted: int) -> int:
    count = 0
    for item in items:
        if item == wanted:
            count += 1
    return count""",
    ),
    (
        r"\bsum\b[^.\n]{0,24}\b(?:integers?|numbers?)\b (?:from|between) (?:[a-z]|two)\b",
        """def sum_range(start: int, end: int) -> int:
    total = 0
    for number in range(start, end + 1):
        total += number
    return total""",
    ),
    (
        r"\bsort\w*\b[^.\n]{0,40}\b(?:descending|reverse order|(?:largest|large|biggest|high\w*)"
        r" to (?:the )?(?:smallest|small|low\w*))\b|\babsteigend|\bdescendente|\bdécroissant",
        """def sort_descending(items: list[int]) -> list[int]:
    values = sorted(items)
    result = []
    for i in range(len(values)):
        result.append(values[len(values) - 1 - i])
    return result""",
    ),
    (
        r"\bparenthes[ei]s (?:are|is) (?:balanced|valid|matched)|\b(?:balanced|valid|matching)"
        r" parenthes[ei]s",
        """def is_balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        if letter == "(":
            depth += 1
        if letter == ")":
            depth -= 1
        if depth < 0:
            return False
    return depth == 0""",
    ),
    (
        r"\barmstrong|\bnarcissistic",
        """def is_armstrong(number: int) -> bool:
    digits = 0
    rest = number
    while rest > 0:
        digits += 1
        rest = rest // 10
    total = 0
    rest = number
    while rest > 0:
        power = 1
        for i in range(digits):
            power *= rest % 10
        total += power
        rest = rest // 10
    return total == number""",
    ),
    (
        r"\bmissing (?:number|integer|value)\b[^.\n]{0,40}\b(?:list|array|sequence|1|from|range)",
        """def find_missing(numbers: list[int]) -> int:
    count = len(numbers) + 1
    total = count * (count + 1) // 2
    for number in numbers:
        total -= number
    return total""",
    ),
    (
        r"\bmov\w+ (?:all )?(?:the )?(?:zeros?|zeroes|0s)\b",
        """def move_zeros(numbers: list[int]) -> list[int]:
    result = []
    for number in numbers:
        if number != 0:
            result.append(number)
    while len(result) < len(numbers):
        result.append(0)
    return result""",
    ),
    (
        r"\brotat\w+ (?:an? |the )?(?:list|array|slice)|\b(?:list|array) rotation",
        """def rotate(items: list[int], k: int) -> list[int]:
    result = []
    for i in range(len(items)):
        result.append(items[(i + k) % len(items)])
    return result""",
    ),
    (
        r"\bdigital root\b",
        """def digital_root(number: int) -> int:
    rest = number
    while rest > 9:
        total = 0
        while rest > 0:
            total += rest % 10
            rest = rest // 10
        rest = total
    return rest""",
    ),
    (
        r"\bcollatz\b",
        """def collatz(number: int) -> int:
    steps = 0
    value = number
    while value != 1:
        if value % 2 == 0:
            value = value // 2
        else:
            value = 3 * value + 1
        steps += 1
    return steps""",
    ),
    (
        r"\bhamming distance",
        """def hamming_distance(first: str, second: str) -> int:
    count = 0
    for i in range(len(first)):
        if first[i] != second[i]:
            count += 1
    return count""",
    ),
)
"""What a prompt says, and the function. They are looked at before those for plainer words."""
