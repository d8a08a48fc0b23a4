"""Conversions between units: "5 km in miles", "how many minutes are in 3 hours"."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import VALUES, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

UNITS = """
length 0.001: mm millimeter millimeters millimetre millimetres
length 0.01: cm centimeter centimeters centimetre centimetres
length 0.0254: inch inches
length 0.3048: foot feet ft
length 0.9144: yard yards yd
length 1: m meter meters metre metres
length 1000: km kilometer kilometers kilometre kilometres kms
length 1609.344: mile miles mi
mass 0.001: g gram grams
mass 0.028349523125: ounce ounces oz
mass 0.45359237: pound pounds lb lbs
mass 1: kg kilogram kilograms kilos kilo
mass 1000: tonne tonnes
volume 0.001: ml milliliter milliliters millilitre millilitres
volume 0.2365882365: cup cups
volume 1: l liter liters litre litres
volume 3.785411784: gallon gallons
time 1: second seconds sec
time 60: minute minutes min
time 3600: hour hours hr hrs
time 86400: day days
time 604800: week weeks
time 31536000: year years
time 31622400: leap-year
data 1: byte bytes
data 1024: kib kibibyte kibibytes
data 1048576: mib mebibyte mebibytes
data 1073741824: gib gibibyte gibibytes
data 1000: kb kilobyte kilobytes
data 1000000: mb megabyte megabytes
data 1000000000: gb gigabyte gigabytes
data 1000000000000: tb terabyte terabytes
"""
FACTORS = {
    unit: (kind, float(factor))
    for line in UNITS.strip().splitlines()
    for head, _, units in [line.partition(": ")]
    for kind, factor in [head.split()]
    for unit in units.split()
}
"""What each unit measures, and how much of the first unit of its kind it is."""
NAMES = "|".join(sorted((name for name in FACTORS if len(name) > 1), key=len, reverse=True))
COUNT = r"(\d[\d,]{0,12}(?:\.\d{1,6})?|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
FROM_TO = make_regex(
    rf"(?<![\w.]){COUNT}[ ]?({NAMES}|m|g|l)[ ](?:in|to|into|as|expressed in)[ ]({NAMES})(?!\w)",
    re.I,
)
HOW_MANY = make_regex(
    rf"\bhow many ({NAMES})(?: are| is)?(?: there)?(?: in| make| equal)? {COUNT} ({NAMES}|m|g|"
    rf"l)(?!\w)",
    re.I,
)
DEGREES = make_regex(
    r"(-?\d{1,5}(?:\.\d{1,3})?) ?(?:°|degrees? )? ?(c(?:elsius)?|f(?:ahrenheit)?)"
    r" (?:in|to|into|as) ?(?:°|degrees? )?(c(?:elsius)?|f(?:ahrenheit)?)\b",
    re.I,
)


FEET_AND_INCHES = make_regex(
    r"(?<![\w.])(\d) ?(?:foot|feet|ft\.?|['’′]) ?(\d{1,2})(?: ?(?:inches|inch|in(?= in\b| to\b)"
    r"|[\"”″]|''))?(?= (?:in|to|into) )",
    re.I,
)
"""A height such as 5 foot 11 or 5'11"."""


def convert_units(text: str) -> tuple[float, str, str] | None:
    """Return the value, the given amount and the wanted unit; None without a conversion."""
    text = re.sub(r"\bleap year\b", "leap-year", text[:1500], flags=re.I)
    text = FEET_AND_INCHES.sub(lambda match: f"{12 * int(match[1]) + int(match[2])} inches", text)
    if match := DEGREES.search(text):
        return convert_degrees(match)
    if match := FROM_TO.search(text):
        count, source, target = match.groups()
    elif match := HOW_MANY.search(text):
        target, count, source = match.groups()
    else:
        return None
    (kind, factor), (other, divisor) = FACTORS[source.lower()], FACTORS[target.lower()]
    if kind != other:
        return None
    given = count.lower()
    number = float(parse_count(given)) if given in VALUES else float(given.replace(",", ""))
    return number * factor / divisor, f"{count} {source}".replace("-", " "), target


def convert_degrees(match: re.Match[str]) -> tuple[float, str, str] | None:
    source, target = match[2][0].lower(), match[3][0].lower()
    if source == target:
        return None
    value = float(match[1])
    result = value * 9 / 5 + 32 if source == "c" else (value - 32) * 5 / 9
    return result, f"{match[1]} °{source.upper()}", f"°{target.upper()}"


def format_value(value: float) -> str:
    """Return a value with at most four digits after the point, fewer for large ones."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{value:.10g}"


PLACES = make_regex(r"\b(\d|one|two|three|four) (?:decimals?|decimal places|digits after)\b", re.I)


WITH_UNIT = make_regex(r"\b(?:with|and|including) (?:the |its |their )?units?\b", re.I)
CONSUMPTION = make_regex(
    r"(?P<way>\d{1,5}(?:\.\d+)?) ?km\b[^.?\n]{0,40}?(?P<fuel>\d{1,4}(?:\.\d+)?) ?(?:l|lit(?:er"
    r"|re)s?)\b[^\n]{0,60}\b(?:consumption|l ?/ ?100 ?km|per 100 ?km)",
    re.I,
)
GIVEN_CONSUMPTION = make_regex(
    r"\d ?(?:l|lit(?:er|re)s?) ?(?:/|per|for|each) ?100 ?km\b|\bhow far\b|\brange\b", re.I
)
"""A prompt that states the consumption and asks for something else."""


@form(
    "fuel consumption",
    "If I drive 340 km using 22 litres, what's my consumption in l/100km?",
    words="km consumption",
    about="the litres for 100 km",
)
def tell_consumption(question: Question) -> str | None:
    match = CONSUMPTION.search(question.prompt[:300]) if not question.material else None
    if match is None or not float(match["way"]) or GIVEN_CONSUMPTION.search(question.prompt):
        return None
    number = f"{float(match['fuel']) / float(match['way']) * 100:.2f}"
    return number if question.is_terse else f"Your consumption is **{number} l/100 km**."


@form(
    "conversion",
    "How many days are in a leap year?",
    "Convert 5 km to miles. Number only.",
    words="mm cm inch inches foot feet yard yards meter meters metre metres km kilometers"
    " kilometres"
    " kilometer mile miles gram grams ounce ounces oz pound pounds lb lbs kg kilogram kilos "
    "cup cups"
    " liter liters litre litres gallon gallons second seconds minute minutes hour hours day "
    "days week"
    " weeks year years leap byte bytes kb mb gb tb kib mib gib celsius fahrenheit f c",
    about="an amount in another unit, as the number alone or in a sentence",
)
def answer_conversion(question: Question) -> str | None:
    if question.material or len(question.prompt) > 300:
        return None
    found = convert_units(question.prompt)
    if found is None:
        return None
    value, given, unit = found
    if places := PLACES.search(question.prompt):
        number = f"{value:.{parse_count(places[1], 6)}f}"
        return f"{number} {unit}" if WITH_UNIT.search(question.wish) else number
    if question.is_terse:
        number = format_value(value)
        return f"{number} {unit}" if WITH_UNIT.search(question.wish) else number
    if question.language != "en":
        return f"{given} = {format_value(value)} {unit}"
    return f"{given[:1].upper()}{given[1:]} is {format_value(value)} {unit}."
