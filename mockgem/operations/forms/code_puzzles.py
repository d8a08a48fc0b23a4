"""Exercises and games that prompts often ask for, as people write them in Python."""

from __future__ import annotations

PUZZLES: tuple[tuple[str, str], ...] = (
    (
        r"\blongest common subsequence|\blcs\b",
        """def {longest_common_subsequence}(first, second):
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, a in enumerate(first, 1):
        for j, b in enumerate(second, 1):
            if a == b:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]""",
    ),
    (
        r"\blongest common prefix",
        """def {longest_common_prefix}(words):
    prefix = words[0] if words else ""
    for word in words:
        while not word.startswith(prefix):
            prefix = prefix[:-1]
    return prefix""",
    ),
    (
        r"\blongest increasing subsequence",
        """def {longest_increasing_subsequence}(numbers):
    lengths = [1] * len(numbers)
    for i, number in enumerate(numbers):
        for j in range(i):
            if numbers[j] < number:
                lengths[i] = max(lengths[i], lengths[j] + 1)
    return max(lengths, default=0)""",
    ),
    (
        r"\blongest substring\b[^.\n]{0,16}\b(?:without|with no|no) repeat|\bwithout repeating"
        r" char",
        """def {longest_substring}(text):
    last, start, best = {}, 0, 0
    for position, letter in enumerate(text):
        if last.get(letter, -1) >= start:
            start = last[letter] + 1
        last[letter] = position
        best = max(best, position - start + 1)
    return best""",
    ),
    (
        r"\bmedian of two sorted",
        """def {find_median}(first, second):
    values = sorted([*first, *second])
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2""",
    ),
    (
        r"\btwo ?sum\b|\btwo numbers\b[^.\n]{0,40}\badd up\b[^.\n]{0,40}\bind(?:ex|ic)",
        """def {two_sum}(numbers, target):
    seen = {}
    for index, number in enumerate(numbers):
        if target - number in seen:
            return [seen[target - number], index]
        seen[number] = index
    return []""",
    ),
    (
        r"\btriplets?\b[^\n]{0,160}(?:\bzero|== ?0|= 0)|\b(?:three|3)[- ]?sum\b",
        """def {three_sum}(nums):
    nums = sorted(nums)
    found = set()
    for i, first in enumerate(nums):
        low, high = i + 1, len(nums) - 1
        while low < high:
            total = first + nums[low] + nums[high]
            if total == 0:
                found.add((first, nums[low], nums[high]))
            if total <= 0:
                low += 1
            else:
                high -= 1
    return [list(triplet) for triplet in sorted(found)]""",
    ),
    (
        r"\bmerg\w+ (?:the |all )?(?:overlapping )?intervals|\boverlapping intervals",
        """def {merge_intervals}(intervals):
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged""",
    ),
    (
        r"\broman (?:numerals?|numbers?)\b[^.\n]{0,16}\b(?:to|into) (?:an? )?(?:integer|decimal"
        r"|number|arabic)|\broman_?to_?int",
        """VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def {roman_to_int}(text):
    total = 0
    for letter, after in zip(text, text[1:] + " "):
        value = VALUES[letter]
        total += -value if value < VALUES.get(after, 0) else value
    return total""",
    ),
    (
        r"\b(?:all (?:the )?(?:possible )?subsets|power ?set)\b",
        """def {list_subsets}(items):
    subsets = [[]]
    for item in items:
        subsets += [[*subset, item] for subset in subsets]
    return subsets""",
    ),
    (
        r"\bmost (?:common|frequent) word\b",
        """from collections import Counter


def {most_frequent_word}(text):
    words = text.lower().split()
    return Counter(words).most_common(1)[0][0] if words else None""",
    ),
    (
        r"\btuples\b[^.\n]{0,20}\b(?:to|into) (?:an? )?dict",
        """def {tuples_to_dict}(pairs):
    return dict(pairs)""",
    ),
    (
        r"\b(?:invert|reverse|swap)\w*\b[^.\n]{0,24}\bdict(?:ionary)?\b",
        """def {invert_dictionary}(mapping):
    return {value: key for key, value in mapping.items()}""",
    ),
    (
        r"\b(?:split|chunk|divide)\w*\b[^.\n]{0,24}\b(?:chunks?|batches|groups of|pieces of)\b",
        """def {split_into_chunks}(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]""",
    ),
    (
        r"\bfirst (?:non[- ]?repeat\w+|unique|non[- ]?duplicate\w*) (?:character|letter)",
        """from collections import Counter


def {first_unique_letter}(text):
    counts = Counter(text)
    return next((letter for letter in text if counts[letter] == 1), None)""",
    ),
    (
        r"\brotations? of (?:each|one) an?other|\bstring rotation",
        """def {are_rotations}(first, second):
    return len(first) == len(second) and second in first + first""",
    ),
    (
        r"\brun[- ]length",
        """from itertools import groupby


def {encode}(text):
    return "".join(f"{letter}{len(list(group))}" for letter, group in groupby(text))""",
    ),
    (
        r"\bfibonacci\b[^.\n]{0,60}\bmemo\w*|\bmemo\w*[^.\n]{0,40}\bfibonacci",
        """from functools import lru_cache


@lru_cache(maxsize=None)
def {fibonacci}(n):
    if n < 2:
        return n
    return {fibonacci}(n - 1) + {fibonacci}(n - 2)""",
    ),
    (
        r"\blevel[- ]order",
        """from collections import deque


def {level_order}(root):
    values, queue = [], deque([root] if root else [])
    while queue:
        node = queue.popleft()
        values.append(node.value)
        queue.extend(child for child in (node.left, node.right) if child)
    return values""",
    ),
    (
        r"\bqueue\b[^.\n]{0,30}\btwo stacks",
        """class Queue:
    def __init__(self):
        self.incoming = []
        self.outgoing = []

    def enqueue(self, item):
        self.incoming.append(item)

    def dequeue(self):
        if not self.outgoing:
            while self.incoming:
                self.outgoing.append(self.incoming.pop())
        return self.outgoing.pop()""",
    ),
    (
        r"\bseconds\b[^.\n]{0,16}\b(?:to|into) (?:hours|minutes|h:m|hh:mm|days|a)\b",
        """def {format_seconds}(seconds):
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}\"""",
    ),
    (
        r"\b(?:to|into|in) hex(?:adecimal)?\b",
        """def {to_hex}(number):
    return format(number, "x")""",
    ),
    (
        r"\bdays (?:until|till|left (?:until|till|to)|before) (?:the )?(?:next )?christmas",
        """from datetime import date


def {days_until_christmas}():
    today = date.today()
    christmas = date(today.year, 12, 25)
    if christmas < today:
        christmas = date(today.year + 1, 12, 25)
    return (christmas - today).days""",
    ),
    (
        r"\bstandard deviation",
        """def {standard_deviation}(numbers):
    mean = sum(numbers) / len(numbers)
    return (sum((number - mean) ** 2 for number in numbers) / len(numbers)) ** 0.5""",
    ),
    (
        r"\bswap\w*\b[^.\n]{0,12}\b(?:variables|values|numbers)\b",
        """def {swap}(a, b):
    a, b = b, a
    return a, b""",
    ),
    (
        r"\blines,? words,? (?:and )?(?:characters|letters)",
        """def {count_file}(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return len(text.splitlines()), len(text.split()), len(text)


lines, words, characters = {count_file}("data.txt")
print(lines, words, characters)""",
    ),
    (
        r"\bhangman\b",
        """import random

WORDS = ["python", "planet", "window"]


def {play}():
    word, guessed, lives = random.choice(WORDS), set(), 6
    while lives > 0:
        shown = " ".join(letter if letter in guessed else "_" for letter in word)
        print(shown, "| lives:", lives)
        if "_" not in shown:
            print("You win!")
            return
        letter = input("Your letter: ").lower()
        if letter not in word:
            lives -= 1
        guessed.add(letter)
    print("You lose! The word was", word)


{play}()""",
    ),
    (
        r"\brock\b[^.\n]{0,6}\bpaper\b",
        """import random

BEATS = {"rock": "scissors", "paper": "rock", "scissors": "paper"}


def {play}():
    own = input("rock, paper or scissors? ").lower()
    other = random.choice(list(BEATS))
    print("The computer chose", other)
    if own == other:
        print("A draw")
    elif BEATS.get(own) == other:
        print("You win!")
    else:
        print("You lose!")


{play}()""",
    ),
    (
        r"\b(?:price|value|rate) of (?:a |one )?(?:bitcoin|btc|ethereum)|\b(?:bitcoin|btc) price",
        """import requests

URL = "https://api.coinbase.com/v2/prices/BTC-USD/spot"


def {get_bitcoin_price}():
    response = requests.get(URL, timeout=30)
    response.raise_for_status()
    return float(response.json()["data"]["amount"])


print({get_bitcoin_price}())""",
    ),
    (
        r"\bpascal'?s? triangle",
        """def {pascal_triangle}(count):
    row = [1]
    for _ in range(count):
        print(*row)
        row = [1, *(a + b for a, b in zip(row, row[1:])), 1]


{pascal_triangle}(5)""",
    ),
    (
        r"\btop[- ]?(?:\d+|n|k|ten|five)\b[^.\n]{0,30}\bwords\b|\bmost (?:common|frequent) words",
        """from collections import Counter
from pathlib import Path


def {top_words}(folder, count=5):
    words = Counter()
    for path in Path(folder).rglob("*.txt"):
        words.update(path.read_text(encoding="utf-8").lower().split())
    return words.most_common(count)


print({top_words}("."))""",
    ),
    (
        r"\b(?:generate|create|make)\w*\b[^.\n]{0,20}\bpasswords?\b",
        """import secrets
import string


def {generate_password}(length=16):
    letters = string.ascii_letters + string.digits + string.punctuation
    return "".join(secrets.choice(letters) for _ in range(length))


print({generate_password}())""",
    ),
)
"""What a prompt says, and a program with {name} for the name of its function."""
