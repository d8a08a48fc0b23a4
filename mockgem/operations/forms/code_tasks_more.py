"""More functions that prompts ask for, in Python; the emitter writes them in other languages."""

from __future__ import annotations

MORE_TASKS: tuple[tuple[str, str], ...] = (
    (
        r"\bfactorial\b[^.\n]*\brecurs|\brecurs\w*[^.\n]*\bfactorial\b",
        """def factorial(n: int) -> int:
    if n <= 1:
        return 1
    return n * factorial(n - 1)""",
    ),
    (
        r"\bfibonacci\b[^.\n]*\brecurs|\brecurs\w*[^.\n]*\bfibonacci\b",
        """def fibonacci(n: int) -> int:
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)""",
    ),
    (
        r"\bremov\w+[^.\n]{0,12}\bvowels|\bwithout (?:its |the )?vowels",
        """def remove_vowels(text: str) -> str:
    result = ""
    for letter in text:
        if letter not in "aeiouAEIOU":
            result += letter
    return result""",
    ),
    (
        r"\b(?:pyramid|triangle|pattern|staircase)\b[^.\n]{0,12}\b(?:stars|asterisks)"
        r"|\bstar (?:pattern|pyramid|triangle)",
        """def print_pyramid(height: int) -> int:
    for row in range(1, height + 1):
        line = ""
        for column in range(row):
            line += "*"
        print(line)
    return height""",
    ),
    (
        r"\bpower\b[^.\n]*\brecurs|\brecurs\w*[^.\n]*\bpower\b",
        """def power(base: int, exponent: int) -> int:
    if exponent == 0:
        return 1
    return base * power(base, exponent - 1)""",
    ),
    (
        r"\bmerg\w+[^.\n]{0,24}\bsorted (?:lists?|arrays?)",
        """def merge_sorted(first: list[int], second: list[int]) -> list[int]:
    result = []
    i = 0
    j = 0
    while i < len(first) and j < len(second):
        if first[i] <= second[j]:
            result.append(first[i])
            i += 1
        else:
            result.append(second[j])
            j += 1
    while i < len(first):
        result.append(first[i])
        i += 1
    while j < len(second):
        result.append(second[j])
        j += 1
    return result""",
    ),
    (
        r"\bconsonants?\b",
        """def count_consonants(text: str) -> int:
    count = 0
    for letter in text.lower():
        if letter in "bcdfghjklmnpqrstvwxyz":
            count += 1
    return count""",
    ),
    (
        r"\b(?:count\w*|number of)\b[^.\n]{0,20}\b(?:uppercase|capital)",
        """def count_uppercase(text: str) -> int:
    count = 0
    for letter in text:
        if letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            count += 1
    return count""",
    ),
    (
        r"\b(?:count\w*|number of)\b[^.\n]{0,30}\b(?:times|occurrences)\b[^.\n"
        r"]{0,30}\b(?:character|letter)",
        """def count_letter(text: str, wanted: str) -> int:
    count = 0
    for letter in text:
        if letter in wanted:
            count += 1
    return count""",
    ),
    (
        r"\bsecond[- ](?:largest|highest|biggest)",
        """def second_largest(numbers: list[int]) -> int:
    values = sorted(numbers)
    return values[len(values) - 2]""",
    ),
    (
        r"\blongest\b[^.\n]{0,16}\b(?:word|string)",
        """def longest_word(sentence: str) -> str:
    longest = ""
    for word in sentence.split():
        if len(word) > len(longest):
            longest = word
    return longest""",
    ),
    (
        r"\bsum\w*\b[^.\n]{0,20}\beven\b|\beven numbers[^.\n]{0,20}\bsum",
        """def sum_even(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        if number % 2 == 0:
            total += number
    return total""",
    ),
    (
        r"\bsum\w*\b[^.\n]{0,20}\bsquares|\bsquares\b[^.\n]{0,20}\bsum",
        """def sum_of_squares(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        total += number * number
    return total""",
    ),
    (
        r"\btriangular number",
        """def triangular_number(n: int) -> int:
    return n * (n + 1) // 2""",
    ),
    (
        r"\bperfect square",
        """def is_perfect_square(number: int) -> bool:
    root = 0
    while root * root < number:
        root += 1
    return root * root == number""",
    ),
    (
        r"\bperfect number",
        """def is_perfect(number: int) -> bool:
    total = 0
    for divisor in range(1, number):
        if number % divisor == 0:
            total += divisor
    return total == number""",
    ),
    (
        r"\blcm\b|least common multiple|kleinste gemeinsame",
        """def lcm(a: int, b: int) -> int:
    multiple = a
    while multiple % b != 0:
        multiple += a
    return multiple""",
    ),
    (
        r"\bproduct of (?:all |the )?(?:numbers|elements|items|values|list)|\bmultipl\w+ all",
        """def product(numbers: list[int]) -> int:
    result = 1
    for number in numbers:
        result *= number
    return result""",
    ),
    (
        r"\brevers\w+ (?:a |the |an )?(?:number|integer|digits)",
        """def reverse_number(number: int) -> int:
    result = 0
    rest = number
    while rest > 0:
        result = result * 10 + rest % 10
        rest = rest // 10
    return result""",
    ),
    (
        r"\brevers\w+ (?:a |the |an )?(?:slice|list|array|vector|vec|collection)",
        """def reverse_items(items: list[int]) -> list[int]:
    result = []
    for i in range(len(items)):
        result.append(items[len(items) - 1 - i])
    return result""",
    ),
    (
        r"\b(?:count\w*|number of) (?:the )?digits",
        """def count_digits(number: int) -> int:
    count = 1
    rest = number
    while rest > 9:
        rest = rest // 10
        count += 1
    return count""",
    ),
    (
        r"\b(?:to|into|in) binary\b|\bbinary (?:representation|string|number)\b|convert binary",
        """def to_binary(number: int) -> str:
    if number == 0:
        return "0"
    digits = ""
    rest = number
    while rest > 0:
        digits = str(rest % 2) + digits
        rest = rest // 2
    return digits""",
    ),
    (
        r"\bfactors\b|\bdivisors\b",
        """def find_divisors(number: int) -> list[int]:
    result = []
    for divisor in range(1, number + 1):
        if number % divisor == 0:
            result.append(divisor)
    return result""",
    ),
    (
        r"\bmultiplication table|\btimes table",
        """def print_table(number: int) -> int:
    for factor in range(1, 11):
        print(number * factor)
    return number * 10""",
    ),
    (
        r"\b(?:filter|keep)\w*\b[^.\n]{0,30}\b(?:length|longer|shorter)\b",
        """def filter_by_length(words: list[str], length: int) -> list[str]:
    result = []
    for word in words:
        if len(word) >= length:
            result.append(word)
    return result""",
    ),
    (
        r"\bpositive,? negative,? or zero|\bpositive or negative|\bsign of (?:a|the) number",
        """def describe_sign(number: int) -> str:
    if number > 0:
        return "positive"
    if number < 0:
        return "negative"
    return "zero\"""",
    ),
    (
        r"\bcountdown\b|\bcounts? down\b",
        """def count_down(start: int) -> int:
    number = start
    while number > 0:
        print(number)
        number -= 1
    return number""",
    ),
    (
        r"\bvat\b|\biva\b|\bmwst\b|mehrwertsteuer|\btva\b|\bsales tax|\badd\w* (?:the )?tax",
        """def add_tax(price: float) -> float:
    return price * 1.2""",
    ),
    (
        r"\barea of (?:a |the )?triangle|triangle_?area",
        """def triangle_area(base: float, height: float) -> float:
    return base * height / 2""",
    ),
    (
        r"\b(?:kilomet\w+|km) (?:to|into|in) miles|\bkm_?to_?miles",
        """def km_to_miles(kilometers: float) -> float:
    return kilometers * 0.621371""",
    ),
    (
        r"\bmiles (?:to|into|in) (?:kilomet\w+|km)",
        """def miles_to_km(miles: float) -> float:
    return miles * 1.609344""",
    ),
    (
        r"\bsimple interest",
        """def simple_interest(principal: float, rate: float, years: float) -> float:
    return principal * rate * years / 100""",
    ),
    (
        r"\b(?:letter )?grade\b[^.\n]{0,40}\bscore|\bscore\b[^.\n]{0,40}\bgrade",
        """def find_grade(score: int) -> str:
    if score >= 90:
        return "A"
    if score >= 80:
        return "B"
    if score >= 70:
        return "C"
    if score >= 60:
        return "D"
    return "F\"""",
    ),
    (
        r"\bis ?_?sorted\b|\b(?:list|array) is sorted",
        """def is_sorted(numbers: list[int]) -> bool:
    for i in range(len(numbers) - 1):
        if numbers[i] > numbers[i + 1]:
            return False
    return True""",
    ),
    (
        r"\blinear ?_?search\b|\bindex of (?:an?|the) (?:element|item|value)",
        """def find_index(items: list[int], target: int) -> int:
    for i in range(len(items)):
        if items[i] == target:
            return i
    return -1""",
    ),
)
"""What a prompt says, and the function. The first row that fits counts."""
