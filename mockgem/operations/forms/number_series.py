"""The next number of a series, areas and volumes, numbers in words."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from mockgem.operations.forms.lazy_patterns import make_regex

SERIES = make_regex(r"(-?\d{1,7}(?:\.\d{1,3})?(?:\s?[,、，]\s?-?\d{1,7}(?:\.\d{1,3})?){2,20})")
ASKS_NEXT = make_regex(
    r"\b(?:next|comes? after|following|continue|missing|complete)\b[^.?\n]{0,40}\b(?:number"
    r"|term|value"
    r"|sequence|series|pattern|element)|\b(?:sequence|series|pattern)\b[^.?\n]{0,60}\b(?:next"
    r"|continues)"
    r"|\bwhat comes next\b|\bnext (?:number|term)\b"
    r"|\b(?:nächste \w{0,8}zahl|zahl (?:kommt|folgt) als nächste[s]?|(?:siguiente|próximo) número"
    r"|número siguiente|prochain nombre"
    r"|nombre suivant|prossimo numero|numero (?:successivo|seguente)|volgende getal"
    r"|(?:następna|kolejna) liczba|sonraki sayı|số tiếp theo|(?:angka|bilangan) berikutnya)\b"
    r"|接下来|nächste Glied|successivo numero|следующее число|наступне число|次の数|次に来る"
    r"|下一[个個]数|下一[个個]數|다음 수|다음 숫자"
    r"|अगली संख्या|الرقم التالي|العدد التالي|המספר הבא|ตัวเลขถัดไป|จำนวนถัดไป",
    re.I,
)
SHAPES = make_regex(
    r"\b(area|perimeter|circumference|volume)\b"
    r"|\b(rectangle|rectangular|square|triangle|circle|cube|box)\b",
    re.I,
)
MEASURE = make_regex(
    r"(?<![\w.])(\d{1,6}(?:\.\d{1,4})?)(?! ?(?:decimal|dp))(?: ?(?:cm|mm|km|m|meters?|metres?"
    r"|feet|ft|inches|in|units?))?\b",
    re.I,
)
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SPELLS = make_regex(
    r"\b(?:write|spell|convert|say|express"
    r"|put)\b[^.\n\d]{0,40}?(-?\d[\d,]{0,8})\b[^.\n]{0,30}\b(?:in"
    r" words|as words|into words|to words|out|in letters|in english words)\b",
    re.I,
)
TO_DIGITS = make_regex(
    r"\b(?:write|convert|put|express|what is)\b[^.\n\d]{0,40}?[\"'“]?\b((?:(?:"
    + "|".join([*ONES, *TENS[2:], "hundred", "thousand", "and"])
    + r")[- ]?){1,12})[\"'”]?\b[^.\n]{0,30}\b(?:in|as|to|into|using) (?:a |an )?(?:digits?"
    r"|numerals?|number|integer)\b",
    re.I,
)


COMMAS = str.maketrans("、，،", ",,,")


def find_next(text: str) -> float | None:
    """Return the next number of an arithmetic, a geometric or a sum series; None for others."""
    text = text[:600].translate(COMMAS)
    match = SERIES.search(text) if ASKS_NEXT.search(text) else None
    if match is None:
        return None
    numbers = [float(part) for part in match[1].split(",")]
    steps = [two - one for one, two in pairwise(numbers)]
    if len(set(steps)) == 1:
        return numbers[-1] + steps[0]
    if 0 not in numbers and len({b / a for a, b in pairwise(numbers)}) == 1:
        return numbers[-1] * numbers[-1] / numbers[-2]
    if all(a + b == c for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)):
        return numbers[-1] + numbers[-2]
    changes = {two - one for one, two in pairwise(steps)}
    return numbers[-1] + steps[-1] + (changes.pop() if len(changes) == 1 else steps[-1])


def measure_shape(text: str) -> float | None:
    """Return an area, a perimeter or a volume that a text asks for; None without one."""
    words = {next(filter(None, found)).lower() for found in SHAPES.findall(text[:600])}
    asked = words & {"area", "perimeter", "circumference", "volume"}
    sides = [float(number) for number in MEASURE.findall(text[:600])]
    if len(asked) != 1 or not sides or len(words) < 2:
        return None
    wish, one, two = asked.pop(), sides[0], sides[1] if sides[1:] else sides[0]
    if "circle" in words:
        radius = one / 2 if "diameter" in text.lower() else one
        return round(math.pi * radius * radius if wish == "area" else 2 * math.pi * radius, 2)
    if wish == "volume":
        return one**3 if "cube" in words else math.prod(sides[:3])
    if "triangle" in words:
        return one * two / 2 if wish == "area" else sum(sides[:3])
    return one * two if wish == "area" else 2 * (one + two)


def spell_number(value: int) -> str:
    """Return a number below a billion in English words."""
    if value < 0:
        return f"minus {spell_number(-value)}"
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            more = f"{' and ' if rest < 100 else ' '}{spell_number(rest)}" if rest else ""
            return f"{spell_number(value // size)} {name}{more}"
    return str(value)


def read_number(text: str) -> int:
    """Return the value of a number in English words."""
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ONES:
            part += ONES.index(word)
        elif word in TENS:
            part += 10 * TENS.index(word)
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
    return total + part


def rewrite_number(prompt: str) -> str | None:
    """Return a number in words, or words as a number, if a prompt asks for it."""
    if match := SPELLS.search(prompt):
        return spell_number(int(match[1].replace(",", "")))
    if match := TO_DIGITS.search(prompt):
        return str(read_number(match[1]))
    return None
