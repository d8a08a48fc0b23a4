"""What a text has that may be the value of a field: dates, times, amounts, codes, names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import DAYS, is_common
from mockgem.operations.forms.value_kinds import DATE_SOURCE
from mockgem.operations.generators.hint_patterns import IMPERATIVE_VERBS

MAX_TEXT = 6_000
MAX_CANDIDATES = 80
EMAIL = make_regex(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
URL = make_regex(r"https?://[^\s,;)\"'>]+|\bwww\.[^\s,;)\"'>]+")
DATE = make_regex(DATE_SOURCE, re.I)
TIME = make_regex(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b)?|\b(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b"
    r"|\b\d{1,2} (?:Uhr|o'clock|heures)\b|\b\d{1,2}h\d{2}\b",
    re.I,
)
PHONE = make_regex(
    r"(?<![\w.-])(?:\+|00)\d[\d ()/.-]{6,18}\d(?!\w)|\(\d{2,5}\) ?\d[\d -]{4,12}\d"
    r"|(?<![\w.,/-])\d{3,4}[ -]\d{3}[ -]\d{3,4}(?![\w-])|(?<![\w.-])0\d{2,4}[ /-]\d[\d"
    r" -]{4,10}\d(?!\w)"
)
NUMBER = make_regex(
    r"(?P<sign>[$€£₹¥]|\b(?:EUR|USD|GBP|CHF|CAD|AUD|JPY|Rs\.?) ?)?"
    r" ?(?<![\w.,])(?P<number>-?\d(?:[\d.,]{0,14}\d)?)"
    r"(?P<scale> ?(?:k|K|mn?|million|billion|Mio\.?|Millionen|millones|millions)(?!\w))?"
    r"(?P<mark> ?(?:%|€|\$|£|(?:EUR|USD|GBP|CHF|CAD|euros?|Euro|dollars?|pounds?|percent"
    r"|Prozent)\b))?"
)
IBAN = make_regex(r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
CODE = make_regex(
    r"(?<![\w.@/-])(?=[A-Z0-9/-]{0,15}\d)(?:[A-Z]{1,3}(?:-[A-Z]{1,3})? \d{2,5}(?![\d,./])"
    r"|[A-Z0-9]{1,12}(?:[-/][A-Z0-9]{1,12}){0,4})"
    r"(?![\w/-])|(?<![\w@-])[A-Z]{1,3}(?:-[A-Z]{1,3})? \d{2,5}(?![\w,./]\w|\w)"
)
NAME = make_regex(
    r"(?<![\w@])(?:(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Mme)\.? )?[A-ZÀ-ÞĀ-Ž][\w'’&-]*"
    r"(?:(?: (?:de|da|do|van|von|der|la|del|of|&))? (?!(?:No|Nr)\b)[A-ZÀ-ÞĀ-Ž][\w'’&-]*){0,4}"
)
RATIO = make_regex(r"\d/\d{1,2}")
"""A rating such as 2/5, which is not a day."""
DAY_FIRST = make_regex(r"(\d{1,2})(?:\.|st|nd|rd|th)? (?:of |de )?[^\W\d_]")
RANGE_START = make_regex(
    r"\b(\d{1,2})(?:\.|st|nd|rd|th)?\s?(?:bis(?: zum)?|to|until|till|-|–|al|au|a|and|und)\s?(?:the"
    r" )?\Z"
)
WORDS = {
    word: number
    for words in (
        "two three four five six seven eight nine ten",
        "zwei drei vier fünf sechs sieben acht neun zehn",
        "dos tres cuatro cinco seis siete ocho nueve diez",
        "deux trois quatre cinq six sept huit neuf dix",
    )
    for number, word in enumerate(words.split(), 2)
}
NUMBER_WORD = make_regex(rf"(?<![\w-])(?:{'|'.join(WORDS)})(?![\w-])", re.I)
TITLES = frozenset("mr mrs ms dr prof herr frau mme".split())
ROLES = frozenset(
    "mayor president ceo cto cfo minister senator professor director patient passenger customer"
    " chancellor coach captain judge doctor king queen prince princess agent client guest".split()
)
ORGANISATION = make_regex(
    r"\b(?:GmbH|AG|KG|SE|Inc|Ltd|LLC|LLP|PLC|AB|ApS|Pty|Corp\w*|Compan(?:y|ies)|Co|S\.?A|SpA|BV|Oy"
    r"|University|Institute|Bank|Group|Labs?|Ministry|Council|Association|Club|Hospital|School"
    r"|Museum|Airlines?|Motors|Systems|Technolog(?:y|ies)|Energy|Analytics|Robotics|Software"
    r"|Solutions|Partners|Foundation|Industries|Media|Studios?|Logistics|Consulting|Holdings?"
    r"|Ventures|Capital|Insurance|Pharma\w*|Foods?|Electronics|Networks?|Supplies|Hosting|Trading"
    r"|Services|Enterprises|Commission|Agency|Authority|Society|Union|College|Health|Bakery|Stores?"
    r"|Market|Works|Brothers|Sons|Digital|Power|Steel|Airways|Railways|Express|Telecom)\b"
)
COMPANIES = frozenset(
    "adobe airbnb amazon apple audi bmw boeing bosch disney ebay facebook ford google honda"
    " ibm ikea intel meta microsoft netflix nike nvidia oracle samsung siemens sony spotify"
    " tesla toyota twitter uber volkswagen walmart openai lufthansa".split()
)
MONTH_NAMES = frozenset(
    "january february march april may june july august september october november december".split()
)
PLACE_BEFORE = make_regex(
    r"\b(?:in|near|nahe|from|to|at|nach|aus|en|à|wohnhaft in|visited|office in|based in|einer|bei)"
    r" (?:the |der |den )?\Z",
    re.I,
)
COMPANY_VERB = make_regex(
    r" (?:has |have |will )?(?:announce[sd]? (?:the|an?|its) (?:acquisition|merger|takeover|launch"
    r"|ipo)|acquire[sd]?|unveil(?:s|ed)|sued|(?:to )?merge[sd]? with|raised [$€£])\b",
    re.I,
)
BOUGHT_BEFORE = make_regex(
    r"\b(?:acquisition of|takeover of|merger (?:of|with)|acquire[sd]?|merge[sd]? with|stake in"
    r"|shares (?:of|in)|subsidiary) (?:the )?\Z",
    re.I,
)
"""What stands in front of a company that another one buys."""
PLACE_WORD = make_regex(
    r"\b(?:St|Street|Road|Rd|Avenue|Ave|Lane|Square|Station|Airport|Park|Bridge|Plaza|City|Island"
    r"|Lake|River|Mountains?|Beach|Harbou?r|Valley)\b|straße\b|str\."
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a text that may be the value of a field."""

    kind: str
    text: str
    start: int
    end: int
    mark: str = ""
    """What stands beside a number: a currency, a percent sign."""


class Candidates:
    """The candidates of a text by their kind, in their order."""

    def __init__(self, text: str) -> None:
        self.text = text[:MAX_TEXT]
        self.lower = self.text.lower()
        self.found: dict[str, list[Candidate]] = {}
        plain = self.text
        for kind, pattern in (("email", EMAIL), ("url", URL), ("iban", IBAN), ("date", DATE)):
            plain = self.take(kind, pattern, plain)
        plain = self.add_range_starts(plain)
        plain = self.take("time", TIME, plain)
        plain = self.take("phone", PHONE, plain)
        self.found["number"] = [
            Candidate("number", number, match.start("number"), match.end("number"), mark)
            for match in list(NUMBER.finditer(plain))[:MAX_CANDIDATES]
            for number, mark in [read_match(match)]
        ]
        self.found["number"] += [
            Candidate("number", str(WORDS[one[0].lower()]), one.start(), one.end())
            for one in NUMBER_WORD.finditer(plain)
        ]
        self.found["number"].sort(key=lambda one: one.start)
        amounts = [one for one in self.found["number"] if one.mark or {",", "."} & {*one.text}]
        codes = blank(plain, amounts)
        self.take("code", CODE, codes)
        self.found["name"] = find_names(blank(self.text, self.found["date"] + self.found["email"]))

    def take(self, kind: str, pattern: re.Pattern[str], text: str) -> str:
        """Keep what a pattern finds in a text, and return the text without it."""
        matches = list(pattern.finditer(text))[:MAX_CANDIDATES]
        matches = [one for one in matches if not RATIO.fullmatch(one[0])]
        self.found[kind] = [Candidate(kind, one[0], one.start(), one.end()) for one in matches]
        return blank(text, self.found[kind])

    def add_range_starts(self, text: str) -> str:
        """Add the first day of "3 to 10 August 2025", whose month stands behind the second."""
        starts = []
        for one in self.found["date"]:
            first = RANGE_START.search(text[: one.start], max(0, one.start - 16))
            rest = DAY_FIRST.match(one.text)
            if first is not None and rest is not None:
                day = f"{first[1]}{one.text[rest.end(1) :]}"
                starts.append(Candidate("date", day, first.start(1), first.end(1)))
        self.found["date"] = sorted([*self.found["date"], *starts], key=lambda one: one.start)
        return blank(text, starts)

    def before(self, one: Candidate, width: int = 60) -> str:
        """Return the text in front of a candidate, up to its line and the one before it."""
        start = max(0, one.start - width)
        text = self.lower[start : one.start]
        return text[text.rfind("\n") + 1 :]

    def after(self, one: Candidate, width: int = 40) -> str:
        text = self.lower[one.end : one.end + width]
        return text.partition("\n")[0]


def blank(text: str, taken: list[Candidate]) -> str:
    """Return a text with spaces in place of candidates, so that all others keep their places."""
    for one in taken:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def read_match(match: re.Match[str]) -> tuple[str, str]:
    mark = f"{match['sign'] or ''}{match['mark'] or ''}{match['scale'] or ''}"
    return f"{match['number']}{match['scale'] or ''}", mark


SCALES = {"k": 1e3, "m": 1e6, "b": 1e9}


def parse_amount(text: str, *, is_continental: bool = False) -> float | int:
    """Return the value of "1.249,90", "120,000", "119,88", "2.5k"."""
    number = re.match(r"-?[\d.,]+", text)
    plain = number[0].rstrip(".,") if number else "0"
    comma, point = plain.rfind(","), plain.rfind(".")
    is_grouped = re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", plain) is not None
    if comma >= 0 and point >= 0:
        plain = (
            plain.replace(",", "") if point > comma else plain.replace(".", "").replace(",", ".")
        )
    elif comma >= 0:
        plain = plain.replace(",", "" if is_grouped else ".")
    elif point >= 0 and is_grouped and (is_continental or plain.count(".") > 1):
        plain = plain.replace(".", "")
    try:
        value = float(plain)
    except ValueError:
        return 0
    scale = text[number.end() :].strip().lower()[:1] if number else ""
    value = round(value * SCALES.get(scale, 1), 6)
    return int(value) if value == int(value) and "." not in plain else value


def find_names(text: str) -> list[Candidate]:
    """Return the names in a text as persons, organisations and places."""
    found = []
    for match in list(NAME.finditer(text))[:MAX_CANDIDATES]:
        start, end = match.start(), match.end()
        words = match[0].split()
        while words and is_lead(words, text[:start]):
            start += len(words[0]) + 1
            words = words[1:]
        if not words or words[0].lower().strip(".") in DAYS | MONTH_NAMES:
            continue
        name = re.sub(r"['’]s$", "", text[start:end]).rstrip(".'")
        if len(name) < 2 or not name[0].isupper() or re.search(r"\d", name):
            continue
        for own, at in split_belonging(name, start):
            stop = at + len(own)
            kind = guess_kind(own, text[max(0, at - 24) : at], text[stop : stop + 40])
            found.append(Candidate(kind, own, at, stop))
    return found


def split_belonging(name: str, start: int) -> list[tuple[str, int]]:
    """Return a person and the company behind "of" apart, with their places in the text."""
    person, mark, company = name.partition(" of ")
    if (
        not mark
        or not (ORGANISATION.search(company) or company.lower() in COMPANIES)
        or " " not in person
        or ORGANISATION.search(person)
    ):
        return [(name, start)]
    return [(person, start), (company, start + len(person) + len(mark))]


def is_lead(words: list[str], before: str) -> bool:
    """Return whether the first of some words with capitals is not part of the name."""
    first = words[0].lower().strip(".")
    if first in TITLES and len(words) > 1:
        return False
    if len(words) > 1 and first in ROLES:
        return True
    starts = not before.strip() or before.rstrip(" \"'")[-1:] in ".!?\n:"
    return is_common(first) or (starts and len(words) > 1 and words[0] in IMPERATIVE_VERBS)


def guess_kind(name: str, before: str, after: str) -> str:
    """Return what a name is: by its words, and by the words around it."""
    if name.split()[0].lower().strip(".") in TITLES:
        return "person"
    if (" " in name and ORGANISATION.search(name)) or name.lower() in COMPANIES:
        return "organisation"
    if after.startswith(":"):
        return "label"
    if " " in name and (COMPANY_VERB.match(after) or BOUGHT_BEFORE.search(before)):
        return "organisation"
    if PLACE_WORD.search(name) or PLACE_BEFORE.search(before):
        return "place"
    if name.isupper() and len(name) < 6:
        return "organisation"
    return "person" if " " in name else "word"
