"""Values that the system instruction states: "coffee: $54.20", or a row of its table, in words."""

from __future__ import annotations

import re

from mockgem.operations.forms.document_answers import OTHER_FORMS
from mockgem.operations.forms.given_tables import GivenTable, read_table, read_value
from mockgem.operations.forms.given_text import tell_stated_fields
from mockgem.operations.forms.labelled_lines import find_labelled_line
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.trigger_words import split_words
from mockgem.operations.generators.word_stems import strip_ending

PAIR = make_regex(
    r"(?:(?<=[;,(])|(?<=[.:;,(] ))[ \t*-]*(?P<label>[^\W\d_][^\W_]*(?: [^\W_]+){0,3})\**: "
    r"(?P<value>(?:[^;,\n(:.]|[.,](?=\d)|:(?=\d)){1,60}?)(?=[;\n(]|,(?!\d)|\.(?:\s|\Z)|\s*\Z)"
)
"""A label and its value in a line of several: "sleep: 6.5 hours; water: 1.2 liters"."""
ASKS = make_regex(
    r"\?\s*\Z|\A\W*(?:what|whats|how|when|where|which|who|wie|was|wann|welche\w*|wo|wer|cuánt\w+"
    r"|cuál\w*|qué|cuándo|dónde|quel\w*|combien|quand|où|quant\w+|qual\w*|dove)\b",
    re.I,
)
WORD = make_regex(r"[^\W\d_]{3,}")
SPENT = make_regex(
    r"\bhow much\b[^?\n]{0,20}\b(?:spen[dt]|pay|paid)\b[^?\n]{0,20}\b(?:on|for)\b", re.I
)
OWN = make_regex(r"\b(?:my|i|me)\b", re.I)
FEWEST = 3
"""Pairs of a text that states values."""
MAX_ASKED = 160
OTHERS = OTHER_FORMS - frozenset("questions list title options option true yes label".split())
RULES = frozenset("tone style rules language format role goal example task note name faq".split())


@form(
    "stated value",
    needs="system",
    about="the value that the system instruction states for what the user asks, in a sentence",
)
def tell_stated_value(question: Question) -> str | None:
    system = question.stated_system
    asked = question.prompt.strip()
    if not system or len(asked) > MAX_ASKED or not STATES.search(system):
        return None
    if not ASKS.search(asked) or question.is_terse:
        return None
    if "{" in system and FROM_DATA.search(system) and not RETURNS.search(system):
        return tell_stated_fields(system, asked) or None
    if not OTHERS.isdisjoint(split_words(f"{system[:1500]} {asked}")):
        return None
    if "|" in system and question.language == "en" and (table := read_table(system)):
        return tell_row(asked, table) or None
    if find_labelled_line(asked, system):
        return None
    if row := find_row(asked, system) or find_part(asked, system):
        return row
    found = find_pair(asked, system)
    return write_value(*found, asked, question.language) if found else None


CUT = make_regex(r"; |, (?=[A-ZÀ-Þ])|\. (?=[A-Z])")
PRICED = make_regex(
    r"([A-ZÀ-Þ][^\d$€£]{2,30}?) ?:? ?([$€£] ?\d[\d.,]*|\d[\d.,]* ?(?:[$€£]|EUR|USD|euros?))"
)


def find_part(asked: str, text: str) -> str:
    """Return the part of a line that a question names: "Wed 18:30 yoga", "Diavola 11€"."""
    lower = asked.lower()
    days = {day[:3] for day in DAYS if day in lower}
    for line in text[:4000].split("\n"):
        parts = [one.rpartition(": ")[2].strip(" .") for one in CUT.split(line)]
        parts = [one for one in parts if any(map(str.isdigit, one))]
        if len(parts) < FEWEST:
            continue
        scores = [score_part(one, days, list_words(asked)) for one in parts]
        best = max(scores)
        if best and scores.count(best) == 1:
            part = parts[scores.index(best)]
            priced = PRICED.fullmatch(part)
            return f"The {priced[1]} costs {priced[2]}." if priced else f"{part}."
    return ""


DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def score_part(part: str, days: set[str], wanted: frozenset[str]) -> int:
    return 2 * (part.lower()[:3] in days) + len(wanted & list_words(part))


STATES = make_regex(r"\||; |\d ?[€$£]|[€$£]\d|: [^\n]{1,60}: |\{|^[ \t]*[-*•] [^\n,]{2,40},", re.M)
FROM_DATA = make_regex(
    r"\b(?:use|using|from|based on|with|given|here is|this "
    r"is)\b[^.\n{]{0,30}\b(?:json|data|record|object"
    r"|order|profile|account)\b",
    re.I,
)
RETURNS = make_regex(
    r"\b(?:return|respond|reply|output|format|schema|generate|produce|convert|as json|in json)\b",
    re.I,
)
LINE = make_regex(r"^[ \t]*[-*•] \**([^\n,:]{2,40}?)\**(?:,|:| [-–—]) ([^\n]{2,200})$", re.M)
"""A line about a thing: "- Paddington, 15:30, hall 3"."""


def find_row(asked: str, text: str) -> str:
    """Return the one line of a list whose name a question has: "Paddington: 15:30, hall 3"."""
    lines = LINE.findall(text[:6000])
    wanted = list_words(asked)
    found = [
        (name, rest)
        for name, rest in lines
        if (words := list_words(name)) and words <= wanted and "," in rest
    ]
    if len(lines) < MIN_LINES or len(found) != 1:
        return ""
    name, rest = found[0]
    return f"{name.strip()}: {rest.strip().rstrip('.')}."


MIN_LINES = 2


def find_pair(asked: str, text: str) -> tuple[str, str] | None:
    """Return the label that a question names, and its value; None if it names none or several."""
    pairs = [(match["label"], match["value"].strip()) for match in PAIR.finditer(text[:4000])]
    if len(pairs) < FEWEST:
        return None
    wanted = list_words(asked)
    scored = [
        (len(wanted & list_words(label)) / len(list_words(label) or (1,)), label, value)
        for label, value in pairs
        if label.lower() not in RULES
    ]
    best = max((score for score, *_ in scored), default=0)
    found = [(label, value) for score, label, value in scored if score == best]
    return found[0] if best >= ENOUGH and len(found) == 1 else None


ENOUGH = 0.5
"""The share of a label's words that a question has."""


def list_words(text: str) -> frozenset[str]:
    return frozenset(strip_ending(word) for word in WORD.findall(text.lower())) - ASKING


ASKING = frozenset(
    "how much many what when where which who did does the and have has you your for are was with"
    " wie viel was wann mein meine ist hoch que cuánto cuál mi es quel quelle est mon".split()
)


def write_value(label: str, value: str, asked: str, language: str) -> str:
    """Return a stated value in a sentence: "You spent $54.20 on coffee."."""
    if language != "en":
        return f"{label[:1].upper()}{label[1:]}: {value}."
    plain = label if label[1:].lower() != label[1:] else f"{label[:1].lower()}{label[1:]}"
    if SPENT.search(asked):
        return f"You spent {value} on {plain}."
    if plain in ("today", "date", "today's date", "current date"):
        return f"Today is {value}."
    owner = "Your" if OWN.search(asked) else "The"
    verb = "are" if plain.split()[0].endswith("s") and not plain.split()[0].endswith("ss") else "is"
    return f"{owner} {plain} {verb} {value}."


PRICE = make_regex(r"price|cost|fee|rate|amount", re.I)
STOCK = make_regex(r"stock|available|availability|quantity|qty|inventory|left", re.I)
ASKS_PRICE = make_regex(
    r"\bhow (?:much|expensive)\b(?! (?:stock|is left))|\b(?:prices?|costs?)\b", re.I
)
ASKS_STOCK = make_regex(
    r"\b(?:in stock|available|availability|sold out|do you (?:have|sell|carry)|how many|left"
    r"|get)\b",
    re.I,
)
CHEAPEST = make_regex(r"\b(cheapest|least expensive|lowest price\w*|most affordable)\b", re.I)
DEAREST = make_regex(r"\b(most expensive|priciest|highest price\w*|dearest)\b", re.I)
NAME = make_regex(r"name|product|item|title|model|plan|service|room|dish|course", re.I)


def find_column(pattern: re.Pattern[str], table: GivenTable) -> int | None:
    return next((at for at, name in enumerate(table.columns) if pattern.search(name)), None)


def find_name_column(table: GivenTable) -> int:
    """Return the column with the names of the rows: a named one, else that with most letters."""
    named = find_column(NAME, table)
    if named is not None and read_value(table.rows[0][named]) is None:
        return named
    lengths = [
        sum(len(row[at]) for row in table.rows if read_value(row[at]) is None)
        for at in range(len(table.columns))
    ]
    return lengths.index(max(lengths))


def tell_row(asked: str, table: GivenTable) -> str:
    """Return what a table says about the row that a question names; empty if it names none."""
    at = find_name_column(table)
    price, stock = find_column(PRICE, table), find_column(STOCK, table)
    if price is not None and (extreme := CHEAPEST.search(asked) or DEAREST.search(asked)):
        ranked = sorted(table.rows, key=lambda row: read_value(row[price]) or 0.0)
        row = ranked[0 if CHEAPEST.search(asked) else -1]
        return f"The {row[at]} is the {extreme[1].lower()}, at {row[price]}."
    wanted = list_words(asked)
    scores = [len(wanted & list_words(row[at])) for row in table.rows]
    best = max(scores, default=0)
    if best == 0 or scores.count(best) > 1:
        return ""
    row = table.rows[scores.index(best)]
    said = []
    if price is not None and ASKS_PRICE.search(asked):
        said.append(f"The {row[at]} costs {row[price]}.")
    if stock is not None and ASKS_STOCK.search(asked):
        said.append(tell_stock("It" if said else f"The {row[at]}", row[stock]))
    return " ".join(said) or tell_cells(asked, table, row, at)


def tell_stock(subject: str, cell: str) -> str:
    value = read_value(cell)
    if value is None:
        return f"{subject}: {cell}."
    return (
        f"{subject} is out of stock at the moment."
        if value == 0
        else (f"{subject} is in stock, with {cell} available.")
    )


def tell_cells(asked: str, table: GivenTable, row: tuple[str, ...], at: int) -> str:
    """Return the cells of a row whose columns a question names, else all of them."""
    wanted = list_words(asked)
    places = [place for place in range(len(row)) if place != at]
    named = [place for place in places if wanted & list_words(table.columns[place])]
    parts = [f"the {table.columns[place].lower()} is {row[place]}" for place in named or places]
    *before, last = parts
    return f"For {row[at]}, {', '.join(before)}{' and ' if before else ''}{last}."
