"""Times in sentences: "tomorrow at 9", "on Monday", "in ten minutes", read and written."""

from __future__ import annotations

import re
from functools import cache

from mockgem.operations.forms.counts import VALUES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import PhraseBook, index_words, load_book

Time = tuple[str, int, int]
"""A kind with two values: a word and its place, a clock with hours and minutes, a span with its
unit and count, or a date with its month and day."""
MAX_PARTS = 3
ENGLISH_CLOCK = make_regex(
    r"(?:at |by |around )?(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?:[:.](\d\d))?(?: ?(o'clock|a\.?m\.?|p\.?m\.?))?(?![\w:])",
    re.I,
)
DAY_ALONE = {
    day: place
    for place, day in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
SUFFIXES = "da de de te te de da de de da".split()
"""The Turkish suffix after a number that ends with this digit; after tens, see below."""
TENS = {0: "da", 1: "da", 2: "de", 3: "da", 4: "ta", 5: "de"}


def read_time(text: str, code: str) -> tuple[Time, ...] | None:
    """Return the parts of a time that a text is; None for another text."""
    rest = text.strip(" ,")
    parts: list[Time] = []
    while rest and len(parts) < MAX_PARTS:
        found = read_part(rest, code)
        if found is None:
            return None
        part, end = found
        parts.append(part)
        rest = rest[end:].strip(" ,")
    return tuple(sorted(parts, key=lambda part: part[0] == "clock")) if not rest else None


def read_part(text: str, code: str) -> tuple[Time, int] | None:
    """Return the time at the beginning of a text and its length."""
    lower = text.lower()
    for word, place in list_time_words(code):
        if lower.startswith(word) and not is_within_word(text, len(word), code):
            return ("word", place, 0), len(word)
    if date := find_date(text, code):
        return date
    for pattern, kind in compile_times(code):
        if match := pattern.match(text):
            return read_numbers(match, kind), match.end()
    return None


def find_date(text: str, code: str) -> tuple[Time, int] | None:
    """Return the day of a month at the beginning of a text and the length of it."""
    match = compile_date(code).match(text)
    if match is None:
        return None
    groups = [group for group in match.groups() if group]
    day = next(group for group in groups if group.isdecimal())
    name = next(group for group in groups if group != day).lower()
    months = [month.lower() for month in load_book(code).months]
    return ("date", months.index(name), int(day)), match.end()


@cache
def compile_date(code: str) -> re.Pattern[str]:
    """Return a pattern for a day of a month in a language."""
    book = load_book(code)
    month = f"({'|'.join(sorted(map(re.escape, book.months), key=len, reverse=True))})"
    spelled = re.escape(book.date).replace(r"\ ", r"\s?").replace(r"\{d\}", r"(\d{1,2})")
    spelled = spelled.replace(r"\{month\}", month)
    if code == "en":
        day = r"(\d{1,2})(?:st|nd|rd|th)?(?!\w)"
        spelled = rf"(?:on )?{month} {day}|(?:on )?(?:the )?{day} (?:of )?{month}"
    return re.compile(spelled, re.I)


def is_within_word(text: str, end: int, code: str) -> bool:
    return code not in UNSPACED and text[end : end + 1].isalpha()


UNSPACED = ("ja", "zh", "zh-Hant", "th", "ko")


@cache
def list_time_words(code: str) -> list[tuple[str, int]]:
    """Return the words for times and days with their places, the longest first."""
    words = dict(index_words(code, "times"))
    if code == "en":
        words |= {day: len(load_book(code).times) - 7 + at for day, at in DAY_ALONE.items()}
    return sorted(words.items(), key=lambda pair: -len(pair[0]))


@cache
def compile_times(code: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of spans and of clock times in a language."""
    book = load_book(code)
    spans = [
        (re.compile(spell_pattern(span), re.I), f"span {at}") for at, span in enumerate(book.spans)
    ]
    if code == "en":
        return [*spans, (ENGLISH_CLOCK, "english")]
    clocks = [(re.compile(spell_pattern(text), re.I), "clock") for text in (book.clock, book.hour)]
    return [*spans, *clocks]


def spell_pattern(template: str) -> str:
    number = rf"(\d{{1,4}}|{'|'.join(word for word in VALUES if word.isalpha())})"
    text = re.escape(template).replace(r"\{n\}", number).replace(r"\ ", r"\s?")
    text = text.replace(r"\{h\}", r"(\d{1,2})").replace(r"\{m\}", r"(\d\d)")
    text = text.replace("minutes", "minutes?").replace("hours", "hours?").replace("days", "days?")
    return text.replace(r"\{da\}", "[dt][ae]").replace("':", "'?:")


def read_numbers(match: re.Match[str], kind: str) -> Time:
    if kind.startswith("span"):
        number = match[1].lower()
        count = int(number) if number.isdecimal() else VALUES.get(number, 1)
        return "span", int(kind[-1]), count
    hour = int(match[1]) if match[1].isdecimal() else VALUES.get(match[1].lower(), 1)
    minutes = int(match[2]) if match.re.groups > 1 and match[2] else 0
    half = (match[3] or "").lower()[:1] if kind == "english" else ""
    if half == "p" and hour < 12:
        hour += 12
    return "clock", (0 if half == "a" and hour == 12 else hour) % 25, minutes % 60


def write_time(parts: tuple[Time, ...], book: PhraseBook) -> str:
    """Return a time in a language."""
    *days, last = [write_part(part, book) for part in parts]
    space = "" if book.code in ("ja", "zh", "zh-Hant") else " "
    return space.join([*(PARTICLE.sub("", day) for day in days), last])


PARTICLE = make_regex("(?<=[\u3041-\u9fff])に$|(?<=[\uac00-\ud7a3])에$")


def write_part(part: Time, book: PhraseBook) -> str:
    kind, first, second = part
    if kind == "word":
        return book.times[first][0]
    if kind == "date":
        return book.date.replace("{month}", book.months[first]).replace("{d}", str(second))
    if kind == "span":
        return book.spans[first].replace("{n}", str(second))
    template = book.clock if second or (book.code == "en" and first > 12) else book.hour
    said = second or first
    suffix = TENS.get(said // 10, "da") if said % 10 == 0 else SUFFIXES[said % 10]
    return (
        template.replace("{h}", str(first)).replace("{m}", f"{second:02}").replace("{da}", suffix)
    )
