"""Functions that prompts often ask for, in Python; the emitter writes them in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mockgem.operations.forms.code_tasks_known import KNOWN_TASKS
from mockgem.operations.forms.code_tasks_more import MORE_TASKS
from mockgem.operations.forms.code_tasks_plain import PLAIN_TASKS
from mockgem.operations.forms.lazy_patterns import make_regex

TASKS: tuple[tuple[str, str], ...] = (
    (
        r"palindrom\w*[^.\n]{0,80}\b(?:spaces?|punctuation|non-alphanumeric)\b",
        """def is_palindrome(text: str) -> bool:
    cleaned = ""
    for letter in text.lower():
        if letter != " ":
            cleaned += letter
    for i in range(len(cleaned) // 2):
        if cleaned[i] != cleaned[len(cleaned) - 1 - i]:
            return False
    return True""",
    ),
    (
        r"palindrom|palíndrom|回文|палиндром|팰린드롬|회문",
        """def is_palindrome(text: str) -> bool:
    cleaned = text.lower()
    for i in range(len(cleaned) // 2):
        if cleaned[i] != cleaned[len(cleaned) - 1 - i]:
            return False
    return True""",
    ),
    (
        r"palindrom|palíndrom|回文|палиндром|팰린드롬|회문",
        """def is_palindrome(text: str) -> bool:
    for i in range(len(text) // 2):
        if text[i] != text[len(text) - 1 - i]:
            return False
    return True""",
    ),
    (
        r"fibonacci|фибоначчи|斐波那契|斐波那契|피보나치|フィボナッチ|فيبوناتشي|\bfib\b",
        """def fibonacci(n: int) -> int:
    first = 0
    second = 1
    for i in range(n):
        total = first + second
        first = second
        second = total
    return first""",
    ),
    (
        r"factorial|fakultät|factorielle|fattoriale|silnia|faktöriyel|факториал|阶乘|階乗|階乘|팩토리얼"
        r"|giai thừa|faktorial",
        """def factorial(n: int) -> int:
    result = 1
    for number in range(2, n + 1):
        result *= number
    return result""",
    ),
    (
        r"\bis_?prime|prime number|\bprimes?\b|primzahl|nombre premier|número primo"
        r"|numero primo|asal\b|pierwsz|priemgetal|прост\w+ чис|素数|質數|质数|소수|أولي|ראשוני"
        r"|अभाज्य"
        r"|số nguyên tố|bilangan prima",
        """def is_prime(n: int) -> bool:
    if n < 2:
        return False
    divisor = 2
    while divisor * divisor <= n:
        if n % divisor == 0:
            return False
        divisor += 1
    return True""",
    ),
    (
        r"\bgcd\b|greatest common divisor|größter gemeinsamer",
        """def gcd(a: int, b: int) -> int:
    larger = a
    smaller = b
    while smaller != 0:
        rest = larger % smaller
        larger = smaller
        smaller = rest
    return larger""",
    ),
    (
        r"leap ?_?year|schaltjahr|bisiesto|bissextile|bisestile",
        """def is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)""",
    ),
    (
        r"\b(?:is_?odd|odd number)\b|number is odd",
        """def is_odd(number: int) -> bool:
    return number % 2 != 0""",
    ),
    (
        r"\b(?:filter|all|keeps?|only|returns?)\b[^.\n]{0,30}\beven\b",
        """def filter_even(numbers: list[int]) -> list[int]:
    result = []
    for number in numbers:
        if number % 2 == 0:
            result.append(number)
    return result""",
    ),
    (
        r"\bis[_ ]?even\b|even or odd|\beven number|number is even|gerade\b|es par\b|est pair"
        r"|чётн|четн|偶数|偶數|짝수|parzyst|çift sayı|số chẵn|genap",
        """def is_even(number: int) -> bool:
    return number % 2 == 0""",
    ),
    (
        r"fizz ?_?buzz",
        """def fizz_buzz(number: int) -> str:
    if number % 15 == 0:
        return "FizzBuzz"
    if number % 3 == 0:
        return "Fizz"
    if number % 5 == 0:
        return "Buzz"
    return str(number)""",
    ),
    (
        r"binary ?_?search|binäre suche|búsqueda binaria",
        """def binary_search(items: list[int], target: int) -> int:
    low = 0
    high = len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == target:
            return middle
        if items[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1""",
    ),
    (
        r"two ?_?sum\b|two numbers\b[^.\n]{0,30}\badd up|\bpairs? (?:that|which) sums?\b",
        """def two_sum(numbers: list[int], target: int) -> bool:
    for i in range(len(numbers)):
        for j in range(i + 1, len(numbers)):
            if numbers[i] + numbers[j] == target:
                return True
    return False""",
    ),
    (
        r"vowel|vokal|vocales|voyelles|vocali|гласн|母音|元音|모음|samogłos|sesli harf",
        """def count_vowels(text: str) -> int:
    count = 0
    for letter in text.lower():
        if letter in "aeiou":
            count += 1
    return count""",
    ),
    (
        r"vowel|vokal|vocales|voyelles|vocali",
        """def count_vowels(text: str) -> int:
    count = 0
    for letter in text:
        if letter in "aeiouAEIOU":
            count += 1
    return count""",
    ),
    (
        r"anagram",
        """def is_anagram(first: str, second: str) -> bool:
    return sorted(first.lower()) == sorted(second.lower())""",
    ),
    (
        r"\bcount_?words\b|number of words|words? count|counts? (?:the )?words|wörter zähl",
        """def count_words(text: str) -> int:
    return len(text.split())""",
    ),
    (
        r"revers\w*[^.\n]{0,30}\bwords|order of (?:the )?words",
        """def reverse_words(sentence: str) -> str:
    words = sentence.split()
    result = ""
    for i in range(len(words)):
        result += words[len(words) - 1 - i] + " "
    return result.strip()""",
    ),
    (
        r"revers\w*[^.\n]{0,24}(?:string|text|word)|string[^.\n]{0,20}revers"
        r"|inver\w+ (?:une |una )?(?:cha[iî]ne|cadena)|zeichenkette umkehr|umkehr|odwr\w+"
        r"|ters çevir|逆順|逆序|反转|反轉|뒤집|переворачив|разворачив|عكس|הפוך|đảo ngược|membalik",
        """def reverse_string(text: str) -> str:
    return text[::-1]""",
    ),
    (
        r"title ?_?case|capitali[sz]e|first letter of (?:each|every) word",
        """def capitalize_words(text: str) -> str:
    result = ""
    for word in text.split():
        result += word.capitalize() + " "
    return result.strip()""",
    ),
    (
        r"e-?mail",
        """def is_valid_email(email: str) -> bool:
    return re.fullmatch(r"[\\w.+-]+@[\\w-]+\\.[\\w.-]+", email) is not None""",
    ),
    (
        r"(?:remov|eliminat|delet|dedup)\w*[^.\n]{0,24}duplicate|duplicates|duplikate|doublons"
        r"|duplicados|重複|重复|중복|дублик|duplikat|tekrar eden|\bunique (?:values|elements"
        r"|items)",
        """def remove_duplicates(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))""",
    ),
    (
        r"fahrenheit[ _]to[ _]celsius|f_?to_?c\b",
        """def fahrenheit_to_celsius(fahrenheit: float) -> float:
    return (fahrenheit - 32) * 5 / 9""",
    ),
    (
        r"celsius|fahrenheit",
        """def celsius_to_fahrenheit(celsius: float) -> float:
    return celsius * 9 / 5 + 32""",
    ),
    (
        r"discount|rabatt|descuento|remise|sconto",
        """def apply_discount(price: float, percentage: float) -> float:
    return price * (1 - percentage / 100)""",
    ),
    (
        r"\bbmi\b|body mass",
        """def calculate_bmi(weight: float, height: float) -> float:
    return weight / (height * height)""",
    ),
    (
        r"compound interest|zinseszins",
        """def compound_interest(principal: float, rate: float, years: int) -> float:
    amount = principal
    for year in range(years):
        amount *= 1 + rate / 100
    return amount - principal""",
    ),
    (
        r"area of (?:a |the )?circle|circle_?area|kreisfläche|aire d'un cercle|luas lingkaran"
        r"|مساحة الدائرة|área (?:de un|do) c[ií]rculo|pole koła|円の面積|圆的面积|원의 넓이",
        """def circle_area(radius: float) -> float:
    return 3.14159265 * radius * radius""",
    ),
    (
        r"\barea\b",
        """def rectangle_area(width: float, height: float) -> float:
    return width * height""",
    ),
    (
        r"\bclamp\b",
        """def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))""",
    ),
    (
        r"digit_?sum|sum of (?:the |its )?digits|quersumme",
        """def digit_sum(number: int) -> int:
    total = 0
    rest = number
    while rest > 0:
        total += rest % 10
        rest = rest // 10
    return total""",
    ),
    (
        r"bubble ?_?sort|insertion ?_?sort|selection ?_?sort",
        """def bubble_sort(items: list[int]) -> list[int]:
    values = list(items)
    for i in range(len(values)):
        for j in range(len(values) - 1 - i):
            if values[j] > values[j + 1]:
                larger = values[j]
                values[j] = values[j + 1]
                values[j + 1] = larger
    return values""",
    ),
    (
        r"quick ?_?sort|merge ?_?sort",
        """def quick_sort(items: list[int]) -> list[int]:
    if len(items) < 2:
        return items
    pivot = items[0]
    smaller = []
    larger = []
    for i in range(1, len(items)):
        if items[i] < pivot:
            smaller.append(items[i])
        else:
            larger.append(items[i])
    result = quick_sort(smaller)
    result.append(pivot)
    for item in quick_sort(larger):
        result.append(item)
    return result""",
    ),
    (
        r"\bsort|ordene|\btrie\b|sortier|ordina|排序|冒泡|ソート|並べ替え|정렬|sortuj|sırala|сортир|ترتيب"
        r"|מיין|sắp xếp|urutkan",
        """def sort_items(items: list[int]) -> list[int]:
    return sorted(items)""",
    ),
    (
        r"tổng các số|列表.{0,6}(?:求和|总和)|リスト.{0,8}合計|сумм\w+[^.\n]{0,20}спис"
        r"|\bsum\w*\b[^.\n]{0,20}\b(?:list|array|slice|numbers|values|vector|integers|all|elements)"
        r"|\b(?:list|array)\b[^.\n]{0,20}\bsum\b|\bsumArray|sum_(?:list|array|values|numbers)",
        """def sum_numbers(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        total += number
    return total""",
    ),
)
"""What a prompt says, and the function. The first row that fits counts."""
COMPILED = [
    (make_regex(pattern, re.I), source)
    for pattern, source in (*KNOWN_TASKS, *MORE_TASKS, *TASKS, *PLAIN_TASKS)
]


def list_tasks(text: str) -> Iterator[str]:
    """Return the functions that fit a text, the best first."""
    return (source for pattern, source in COMPILED if pattern.search(text))
