"""Functions for numbers, texts and loops whose words are so common that they come last."""

from __future__ import annotations

PLAIN_TASKS: tuple[tuple[str, str], ...] = (
    (
        r"average|\bmean\b|moyenne|durchschnitt|mittelwert|promedio|\bmedia\b|gemiddelde|média"
        r"|平均|среднее|średni|ortalama|평균|متوسط|ממוצע|औसत|trung bình|rata-rata",
        """def average(values: list[float]) -> float:
    if len(values) == 0:
        return 0.0
    total = 0.0
    for value in values:
        total += value
    return total / len(values)""",
    ),
    (
        r"median\b",
        """def median(numbers: list[float]) -> float:
    values = sorted(numbers)
    middle = len(values) // 2
    if len(values) % 2 == 1:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2""",
    ),
    (
        r"larg\w+|maxim\w+|\bmax\b|highest|biggest|größte|mayor\b|plus grand|наибольш"
        r"|максим\w+|最大|최댓값|largest|największ|en büyük|lớn nhất|terbesar",
        """def find_maximum(numbers: list[int]) -> int:
    largest = numbers[0]
    for number in numbers:
        if number > largest:
            largest = number
    return largest""",
    ),
    (
        r"smallest|minim\w+|\bmin\b|lowest|kleinste|menor\b|plus petit",
        """def find_minimum(numbers: list[int]) -> int:
    smallest = numbers[0]
    for number in numbers:
        if number < smallest:
            smallest = number
    return smallest""",
    ),
    (
        r"\bpower\b|exponent|to the power",
        """def power(base: int, exponent: int) -> int:
    result = 1
    for i in range(exponent):
        result *= base
    return result""",
    ),
    (
        r"\badd\b|\baddi|\bsums?\b|two numbers|suma\b|somme\b|addier|summe\b|somma\b|soma\b"
        r"|\bque some\b|sume\b|求和|合計|сумм\w+|toplam\w*|합계|더하|tổng|jumlah|sumę",
        """def add(a: int, b: int) -> int:
    return a + b""",
    ),
    (
        r"multipl",
        """def multiply(a: int, b: int) -> int:
    return a * b""",
    ),
    (
        r"subtract|difference between two",
        """def subtract(a: int, b: int) -> int:
    return a - b""",
    ),
    (
        r"\bdivide|\bdivision",
        """def divide(a: float, b: float) -> float:
    if b == 0:
        return 0.0
    return a / b""",
    ),
    (
        r"slug",
        """def slugify(text: str) -> str:
    return "-".join(text.lower().split())""",
    ),
    (
        r"greet|hello|begrüß|salud|salue",
        """def greet(name: str) -> str:
    return "Hello, " + name + "!\"""",
    ),
    (
        r"\bwhile\b",
        """def count_down(start: int) -> int:
    steps = 0
    number = start
    while number > 0:
        print(number)
        number -= 1
        steps += 1
    return steps""",
    ),
    (
        r"\bloops?\b|\bschleife\b|\bbucle\b|\bboucle\b|\bciclo\b|\bnumbers from 1\b|\b1 to 10",
        """def count_up(limit: int) -> int:
    total = 0
    for number in range(1, limit + 1):
        print(number)
        total += number
    return total""",
    ),
    (
        r"\brecurs|rekursi|récursi|ricorsi",
        """def power(base: int, exponent: int) -> int:
    if exponent == 0:
        return 1
    return base * power(base, exponent - 1)""",
    ),
    (
        r"\bsquare of\b|\bits square\b|\bsquares? (?:a|the) number",
        """def square(number: int) -> int:
    return number * number""",
    ),
    (
        r"uppercase|upper case|großbuchstaben|mayúsculas|majuscules",
        """def to_upper(text: str) -> str:
    return text.upper()""",
    ),
)
"""What a prompt says, and the function. The first row that fits counts."""
