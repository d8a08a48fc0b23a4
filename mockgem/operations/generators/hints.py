"""Extract hints from a text: names, places, numbers, dates, quoted words and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

QUOTED = re.compile(
    r"\"([^\"\n]{1,200})\"|“([^”\n]{1,200})”|`([^`\n]{1,200})`|(?<![\w'])'([^'\n]{1,200})'(?!\w)"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
URL = re.compile(r"https?://[^\s)>\"']+")
TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?\b|\b\d{1,2}\s?[ap]m\b", re.IGNORECASE)
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?")
NUMERIC_DATE = re.compile(r"(?<![\w./])\d{1,2}([./])\d{1,2}\1\d{4}(?!\w)")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
WRITTEN_DATE = re.compile(
    rf"\b(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?\b"
)
DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday today tomorrow tonight yesterday"
).split()
DAY = re.compile(rf"\b(?:next |this |last )?(?:{'|'.join(DAYS)})\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.])-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?(?!\d)(?!\w{0,20}[-:]\d)")
CAPITAL = r"[A-Z\u00c0-\u00de][\w'’-]*"
NAME = re.compile(rf"\b{CAPITAL}(?:\s(?:{CAPITAL}|de|van|von|of|the(?=\s[A-Z]))\b)*")
PLACE_NAME = (
    rf"{CAPITAL}(?:[ -]{CAPITAL})*(?:,\s(?:[A-Z]{{2}}\b|{CAPITAL}(?:\s{CAPITAL})*(?=[.?!]|$)))?"
)
PLACE_PHRASE = re.compile(
    rf"\b(in|at|near|from|around|between|to|for|of)\s+(?:the\s)?({PLACE_NAME}(?:(?:,|,? and|,? or"
    rf"| vs\.?)\s{PLACE_NAME})*)"
)
NOUN = re.compile(
    r"\b(?:an?|the)\s+((?:[\w-]+\s){0,2}?[\w-]+)(?=\s+(?:on|in|at|for|with|from|by|to|of|that)\b"
    r"|[.,;!?]|$)"
)
CALL = re.compile(r"\b([A-Za-z_]\w*)\(([^()]*)\)")
LIST = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")
LABELLED = re.compile(
    r"\b((?:[A-Za-z_]\w{0,30} ){0,2}[A-Za-z_]\w{0,30})(?: ?[:=] ?| (?:is|are|equals) )"
    r"(-?[$€£]?\d[\d,]*(?:\.\d+)?(?!\w)|[^\s,;:.][^,;:\n]{0,80}?(?=\s(?:and|but|with|which|who)\s"
    r"|[,;:\n]|$))"
)
LABELLED_LIST = re.compile(r"\b([A-Za-z_]\w{0,30}):\s+([^.;:\n]{1,300}[,][^.;:\n]{1,300})")
END_OF_VALUE = re.compile(r"\s(?:and|but|with|which|who|for|on|at|in)\s|[.!?](?:\s|$)")
SERIES = re.compile(
    r"(?<![\w'-])((?:[\w'-]{1,40} ){0,2}[\w'-]{1,40}), "
    r"((?:[\w'-]{1,40}(?: [\w'-]{1,40})?, ){0,40}[\w'-]{1,40}(?: [\w'-]{1,40})?)"
    r",? (?:and|or) ([\w'-]{1,40}(?: [\w'-]{1,40})?)"
)
CURRENCY = "USD|EUR|GBP|JPY|CHF|CAD|AUD|CNY|INR|SEK|NOK|DKK"
KIND_PATTERNS = {
    "phone": re.compile(r"\+\d[\d ()-]{6,20}\d|\b\d{3}-\d{3,4}-\d{3,4}\b"),
    "path": re.compile(
        r"(?<![\w/])(?:\.{0,2}/)?[\w.-]{1,60}(?:/[\w.-]{1,60}){1,10}"
        r"|\b[\w-]{1,60}\.(?:py|js|ts|md|txt|json|csv|yaml|yml|toml|go|java|rs|html|css|pdf|png"
        r"|jpg|xml|sql|sh)\b"
    ),
    "code": re.compile(
        r"#\s?(\w{2,30})|\b([A-Za-z]{1,12}-\d[\w-]{0,30})\b|\b(?:order|ticket|invoice|case|id"
        r"|number|no\.?)\s(\w*\d\w*)"
    ),
    "money": re.compile(
        r"(?:[$€£]\s?|(?:USD|EUR|GBP)\s)(\d[\d,]{0,20}(?:\.\d{1,15})?)|(?<![\d.,])(\d[\d,]{0,20}"
        r"(?:\.\d{1,15})?)\s?(?:USD|EUR|GBP|dollars|euros)"
    ),
    "currency": re.compile(rf"\b({CURRENCY})\b"),
    "from currency": re.compile(rf"\bfrom ({CURRENCY})\b|\b({CURRENCY}) (?:to|into|in)\b"),
    "to currency": re.compile(rf"\b(?:to|into|in) ({CURRENCY})\b"),
    "ticker": re.compile(r"\b([A-Z]{2,5})\b"),
    "saying": re.compile(
        r"\b(?:saying|that says|with the text|to say|message:)\s+(?:that\s+)?([^\n]{1,300})", re.I
    ),
    "about": re.compile(r"\babout (?:the |a |an )?([^.?!\n]{1,120})", re.I),
    "search": re.compile(
        r"\b(?:search|look|looking|google|find|browse)\b[^.?!\n]{0,40}?\bfor (?:the |a |an )?"
        r"([^.?!\n]{1,160})",
        re.I,
    ),
    "by": re.compile(rf"\bby ({CAPITAL}(?:\s{CAPITAL})*)"),
    "to": re.compile(r"\b(?:remind me to|to-do:?|task:?)\s+([^.?!\n]{1,160})", re.I),
    "spot": re.compile(
        r"\b(?:in|at|near) (?:the )?([a-z][a-z]{2,20}(?: [a-z]{3,20})?)"
        r"(?=[?.!,]|$| (?:today|tomorrow|now|right|this|next|on|and|for)\b)"
    ),
    "from account": re.compile(
        r"\bfrom (?:my |the )?(?:[a-z]+ )?account (?:number |no\. ?|#)?(\w*\d\w*)", re.I
    ),
    "to account": re.compile(
        r"\bto (?:my |the )?(?:[a-z]+ )?account (?:number |no\. ?|#)?(\w*\d\w*)", re.I
    ),
    "origin": re.compile(
        rf"\b(?:from|leaving|departing)\s+(?:from\s+)?(?:the\s)?({PLACE_NAME})|\b"
        rf"({PLACE_NAME}) to (?={PLACE_NAME})"
    ),
    "goal": re.compile(rf"\bto (?:the\s)?({PLACE_NAME})"),
    "from": re.compile(r"\bfrom (?:the |my )?([\w-]{2,30})(?: account)? to\b"),
    "towards": re.compile(r"\bto (?:the |my )?([\w-]{2,30})(?: account)?(?=[.?!,]|$)"),
    "street": re.compile(
        rf"\b(\d{{1,5}} (?:{CAPITAL} ){{1,3}}?(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Way|Drive"
        r"|Dr)\b)"
    ),
    "town": re.compile(rf", ({CAPITAL}(?: {CAPITAL})?),? \d{{5}}"),
    "subject": re.compile(
        r"^\W*([A-Za-z][\w -]{0,40}?) (?:costs?|is|are|was|has|have|sells?|lives|works)\b", re.M
    ),
    "made for": re.compile(
        r"\b(?:recipe|plan|idea|name|title|slogan|menu) for (?:a |an |the |some )?"
        r"([^.?!,\n]{1,60})",
        re.I,
    ),
    "zip": re.compile(r"\b(\d{5}(?:-\d{4})?)\b(?=[,.]|$| [A-Z])"),
    "bare": re.compile(r"\[([A-Za-z][\w -]*(?:, *[\w -]+)+)\]"),
}
"""Patterns of things that their form or the words before them reveal.

The value is the first group that matched.
"""
NOT_SPOTS = frozenset(
    (
        "the this that these those order english german french addition general fact particular "
        "mind detail short user country city capital"
    ).split()
)
NOT_TICKERS = frozenset(
    "JSON HTML CSS API URL AI ML USD EUR GBP JPY OK PM AM NY USA UK EU SQL PDF ID".split()
)
IMPERATIVE_VERBS = frozenset(
    """Transfer Play Rate Order Invoice Labels Label Assign Solve Remind Cancel Change Move Turn
    Switch Buy Sell Pay Reserve Schedule Invite Email Mail Message Text Ping Reset Restart
    Deploy Build Fix Debug Review Merge Push Pull Measure Estimate Predict Guess Pick Choose
    Select Sort Filter Group Join Split Replace Rename Copy Paste Save Load Upload Download
    Import Export Print Log Track Watch Follow Order Ship Deliver Total Ingredients Tags
    Keywords Note Question Task Name Title Subject Date Time Price Quantity Address Phone
    Status Priority Multiply Divide Subtract Company Departments Rate Classify Categorize
    Identify Detect Score Evaluate Validate Verify Confirm Don't Do""".split()
)
NAMED_PHRASE = re.compile(
    rf"\b(?:named|called|titled)\s+(?:[\"“'`]([^\"”'`\n]{{1,100}})[\"”'`]|({CAPITAL}"
    rf"(?:\s{CAPITAL})*))"
)
NOT_NAMES = frozenset(
    """I I'm I'd I'll A An The What What's Who Whose Which When Where Why How Is Are Was Were Do
    Does Did Can Could Would Should Will Shall May Might Must Please Use Using Call Return
    Tell Give Get Find Show List Make Create Write Explain Describe Generate Summarize
    Translate Extract Say Name Let Let's If It It's In On At To From For With And But Or Not
    No Yes You Your We Our They Their He She His Her This That These Those There Here Then
    Now Hello Hi Hey Thanks Thank Implement Draw Add Set Send Search Book Check Compute
    Calculate Answer Reply Respond JSON My Me Nothing Have Has Had Be Go Look Think Compare
    Convert Count Plan Schedule Update Delete Remove Read Open Close Run Start Stop Help
    Today Tomorrow Yesterday Tonight True False One Two Three Four Five Six Seven Eight Nine
    Ten""".split()
)
NO_FIRST_WORDS = NOT_NAMES | IMPERATIVE_VERBS
NOT_PLACES = frozenset(DAYS) | {day.capitalize() for day in DAYS}


class Kinds:
    """The things of each kind of `KIND_PATTERNS` in a text, found when a caller needs the kind."""

    __slots__ = ("found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, list[str]] = {}

    def get(self, kind: str) -> list[str]:
        """Return the things of a kind in the order of the text; the list is always the same one."""
        if kind not in self.found:
            self.found[kind] = find_kind(kind, KIND_PATTERNS[kind], self.text)
        return self.found[kind]

    def copy(self) -> Kinds:
        """Return the same things in separate lists."""
        other = Kinds(self.text)
        other.found = {kind: list(found) for kind, found in self.found.items()}
        return other


class Hints:
    """What a text contains, by kind, in the order of the text.

    A reply needs few of the kinds, so each is found when it is first read, and then kept.

    Attributes:
        plain: The text without URLs and addresses; `undated` is that without dates and times.
        place_names: The places, and which of them hardly name people.
    """

    text: str
    lower_text: str
    plain: str
    undated: str
    quoted: list[str]
    emails: list[str]
    urls: list[str]
    times: list[str]
    dates: list[str]
    numbers: list[float]
    place_names: tuple[list[str], list[str]]
    places: list[str]
    people: list[str]
    nouns: list[str]
    labels: dict[str, str]
    calls: dict[str, str]
    literals: list[Any]
    lists: dict[str, list[str]]
    series: list[str]
    kinds: Kinds

    def __init__(self, text: str = "") -> None:
        self.text = text

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            find = FINDERS.get(name)
            if find is None:
                raise AttributeError(name)
            value = self.__dict__[name] = find(self)
            return value

    def take_next(self, values: list[Any]) -> Any:
        """Return the first of a kind and move it to the end, so the next field gets another one."""
        first = values.pop(0)
        values.append(first)
        return first

    def copy(self) -> Hints:
        """Return hints with separate lists: this copy keeps what is taken from them."""
        other = Hints(self.text)
        for name, value in self.__dict__.items():
            is_taken_from = isinstance(value, (list, Kinds))
            other.__dict__[name] = value.copy() if is_taken_from else value
        return other


MAX_TEXT = 4_000
"""The rest of a longer text is ignored."""
ARTICLES = ("a", "an", "the")
HAS_DIGIT = re.compile(r"\d")


def extract_hints(text: str) -> Hints:
    """Return what a reply can use from a text."""
    return Hints(text[:MAX_TEXT])


def remove_addresses(hints: Hints) -> str:
    text = hints.text
    if "://" in text:
        text = URL.sub(" ", text)
    return EMAIL.sub(" ", text) if "@" in text else text


def remove_dates(hints: Hints) -> str:
    text = hints.plain
    if HAS_DIGIT.search(text) is None:
        return text
    for pattern in (ISO_DATE, NUMERIC_DATE, WRITTEN_DATE, TIME):
        text = pattern.sub(" ", text)
    return text


def find_people(hints: Hints) -> list[str]:
    sure = hints.place_names[1]
    return [name for name in find_names(hints.undated) if not any(name in one for one in sure)]


def find_all_labels(hints: Hints) -> dict[str, str]:
    labels = find_labels(hints.plain)
    for quote, name in NAMED_PHRASE.findall(hints.plain):
        labels.setdefault("name", quote or name)
    return labels


def find_literals(hints: Hints) -> list[Any]:
    values = map(parse_literal, LIST.findall(hints.plain))
    return [value for value in values if value is not None]


FINDERS: dict[str, Callable[[Hints], Any]] = {
    "lower_text": lambda hints: hints.text.lower(),
    "plain": remove_addresses,
    "undated": remove_dates,
    "quoted": lambda hints: [next(filter(None, groups)) for groups in QUOTED.findall(hints.plain)],
    "emails": lambda hints: EMAIL.findall(hints.text) if "@" in hints.text else [],
    "urls": lambda hints: URL.findall(hints.text) if "://" in hints.text else [],
    "times": lambda hints: [match[0] for match in TIME.finditer(hints.plain)],
    "dates": lambda hints: find_dates(hints.plain),
    "numbers": lambda hints: [parse_number(one) for one in NUMBER.findall(hints.undated)],
    "place_names": lambda hints: find_places(hints.undated),
    "places": lambda hints: list(hints.place_names[0]),
    "people": find_people,
    "nouns": lambda hints: [
        noun for noun in NOUN.findall(hints.plain) if noun.split()[0].lower() not in ARTICLES
    ],
    "labels": find_all_labels,
    "calls": lambda hints: dict(CALL.findall(hints.plain)),
    "literals": find_literals,
    "lists": lambda hints: {
        name.lower(): split_items(items) for name, items in LABELLED_LIST.findall(hints.plain)
    },
    "series": lambda hints: find_series(hints.plain),
    "kinds": lambda hints: Kinds(hints.plain),
}
"""How each kind is found."""


def find_dates(text: str) -> list[str]:
    """Return dates in three notations, then the names of days."""
    patterns = (ISO_DATE, NUMERIC_DATE, WRITTEN_DATE, DAY)
    return [match[0] for pattern in patterns for match in pattern.finditer(text)]


def find_kind(kind: str, pattern: re.Pattern[str], text: str) -> list[str]:
    values = [
        next(filter(None, match.groups()), match[0]).strip(" .\"'")
        for match in pattern.finditer(text)
    ]
    unlike = {"spot": NOT_SPOTS, "ticker": NOT_TICKERS}.get(kind, frozenset())
    return list(
        dict.fromkeys(value for value in values if value and value.split()[0] not in unlike)
    )


def find_labels(text: str) -> dict[str, str]:
    """Return labelled values: "priority: high" and "the total is 12" give priority and total."""
    labels: dict[str, str] = {}
    for name, value in LABELLED.findall(text):
        value = END_OF_VALUE.split(value, maxsplit=1)[0].strip(" .\"'`?!")
        if value:
            labels.setdefault(name.strip().lower(), value)
    return labels


def split_items(text: str) -> list[str]:
    return [
        item.strip(" .\"'[]()")
        for item in re.split(r",\s*(?:and\s+)?|\s+and\s+", text)
        if item.strip(" .\"'")
    ]


def find_series(text: str) -> list[str]:
    """Return the items of a series like "milk, eggs and bread".

    Only the last word of the first item counts, because a verb may come before it.
    """
    match = SERIES.search(text[:4000])
    if match is None:
        return []
    ends = re.split(r"\s(?:to|in|on|at|for|from|with|of|are|is)\b", match[3] + " ", maxsplit=1)
    last = ends[0].strip()
    return [match[1].split()[-1], *split_items(match[2]), last]


def find_places(text: str) -> tuple[list[str], list[str]]:
    """Return the names after a preposition of place, and which of them hardly name people.

    "in Oslo" names a place; "for Bob" may name a person.
    """
    places: list[str] = []
    sure: list[str] = []
    for word, names in PLACE_PHRASE.findall(text):
        for name in re.split(r",? (?:and|or|vs\.?) |,\s(?![A-Z]{2}\b)(?=.*\band\b)", names):
            if name.split()[0] not in NOT_NAMES and name not in NOT_PLACES:
                places.append(name)
                if word in ("in", "at", "near", "from", "around", "between"):
                    sure.append(name)
    return list(dict.fromkeys(places))[:40], sure[:40]


COUNT_AFTER = re.compile(
    r"\s+(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s"
    r"(?!\s*(?:years?|months?|days?|euros?|dollars?|points?|is|and|or)\b)[a-z]"
)
"""A number of things after a word, which is then an instruction: "Sketch 4 recipes"."""


def find_names(text: str) -> list[str]:
    """Return capitalised words that are names, not the first word of a sentence or a day."""
    known: list[str] = []
    for match in NAME.finditer(text):
        words = match[0].split()
        while words and words[0] in NO_FIRST_WORDS:
            words = words[1:]
        name = re.sub(r"['’]s$", "", " ".join(words))
        if (
            name
            and not (len(words) == 1 and COUNT_AFTER.match(text, match.end()))
            and not any(char.isdigit() for char in name)
            and name not in NOT_PLACES
            and name not in known
            and not (name.isupper() and len(name) < 3)
        ):
            known.append(name)
    return known


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def to_iso_date(text: str) -> str:
    """Return a date in ISO form; an empty string if it has no year.

    03/14/2027 begins with the month, 14.3.2027 with the day.
    """
    if match := re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if match[2] == "/" and first <= 12 else (first, second)
        return f"{match[4]}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
    match = re.search(
        rf"(?:(\d{{1,2}}) ({MONTH})|({MONTH}) (\d{{1,2}}))(?:st|nd|rd|th)?,? (\d{{4}})", text
    )
    if match is None:
        return ""
    month = MONTHS.index((match[2] or match[3])[:3].lower()) + 1
    return f"{match[5]}-{month:02}-{int(match[1] or match[4]):02}"


def parse_number(text: str) -> float:
    value = float(text.replace(",", "")[:30])
    return int(value) if value == int(value) and "." not in text else value


def reject_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def parse_literal(text: str) -> Any:
    """Parse a JSON list or object in the text; None if it is not JSON."""
    try:
        return json.loads(text.replace("'", '"'), parse_constant=reject_constant)
    except (ValueError, RecursionError):
        return None
