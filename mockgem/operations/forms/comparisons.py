"""Comparisons of things in a text: "Which plan is the cheapest?", "Who is older?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mockgem.operations.forms.calculations import format_number
from mockgem.operations.forms.counted_sums import find_counted_sum
from mockgem.operations.forms.given_tables import (
    choose_column,
    list_number_columns,
    name_row,
    read_table,
    read_value,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import is_common, list_names
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

LESS = (
    r"cheaper|cheapest|less expensive|least expensive|lower|lowest|smaller|smallest|shorter"
    r"|shortest|fewer|fewest|younger|youngest|lighter|lightest|closer|closest|nearer|nearest"
    r"|earlier|earliest|sooner|least|less|colder|coldest|cooler|coolest|quicker|quickest|first"
)
MORE = (
    r"more expensive|most expensive|pricier|priciest|higher|highest|larger|largest|bigger|biggest"
    r"|longer|longest|older|oldest|heavier|heaviest|greater|greatest|taller|tallest|later|latest"
    r"|farther|farthest|further|newer|newest|warmer|warmest|hotter|hottest|most(?! of)|more|last"
    r"|faster|fastest|most recent|highest rated|best rated|wider|widest|deeper|deepest"
)
ASKS = make_regex(
    rf"\b(?:which|who|what)\b[^?.\n]{{0,60}}?\b(?:(?P<less>{LESS})|(?P<more>{MORE}))\b[^?\n]{{0,80}}",
    re.I,
)
PREDICATE = make_regex(
    r"\b(?:is|are|was|were|costs?|has|had|have|[a-z]{3,}ed|takes?|weighs?|earns?|sells?|sold|opens?|opened|starts?"
    r"|closes?|leaves?|arrives?|came|comes|started|scored|won|lasts?|offers?|gets?|got|earned)"
    r"\b[^?.,\n]{0,60}",
    re.I,
)
CLAUSE_END = make_regex(
    r" and (?:by )?how .*| according to .*"
    r"|\bof (?:the|these|those|all|them)\b.*| than .*| or .*|:.*",
    re.I,
)
BY_YEAR = frozenset("older oldest younger youngest newer newest".split())
TIME_IS_LESS = frozenset("faster fastest".split())
PRICES = frozenset("cheaper cheapest expensive pricier priciest costs cost price".split())
YEAR = make_regex(r"(?<![\d.,$€£])(?:1[0-9]|20)\d\d(?![\d.,]\d|%)")
CLOCK = make_regex(r"\b([01]?\d|2[0-3])(?::(\d\d))? ?(am|pm|a\.m\.|p\.m\.)?(?![\d.,])", re.I)
NUMBER = make_regex(
    r"(?<![\w.])(?P<sign>[$€£] ?)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>(?: ?(?:°[CF]?|%|€|\$|£"
    r"|(?!(?:per|a|an|and|or|for|with|in|on|at|by|to|from|of|while)\b)[a-zA-Zµ²]{1,12}"
    r"(?:/[a-z]{1,5})?))?(?: (?:per|a|an) [a-z]{2,8}\b)?"
    r"(?: (?:old|tall|long|high|wide|deep)\b)?)?"
)
NO_UNIT = frozenset(
    "and or but with for in on at by from to of the while which is are was were has".split()
)
SPLIT = make_regex(
    r"\n|[.!?](?=\s|\Z)|;|, (?:while|whereas|but|and) |, (?=[A-Z]|\d)|,? (?:and|while|whereas|but) "
    r"(?!(?:costs?|takes?|has|is|was|weighs?|includes?|lasts?|offers?|gives?)\b)"
    r"(?=(?:the |a |an |my |our |his |her )?[\w' :(-]{1,40}?[$€£]?\d)",
)
VERB = make_regex(
    r"\s?(?:[:(–=]|\s-\s|\b(?:costs?|is|was|are|were|has|have|had|weighs?|takes?|took|drives?|travels?|flies|moves|for|at"
    r"|measures?|sells?|opens?|opened|closes|born|founded|built|in|starts?|leaves?|departs?"
    r"|arrives?|came|earns?|scored|runs?|lasts?|offers?|with|contains?|turned|lives?|sold|made"
    r"|rated|gets?|got|goes|reaches|needs|uses|published|released)\b)"
)
ASKS_PLACE = make_regex(
    r"\b(?:in|on|at) (?:which|what)\b|\b(?:which|what) (?:month|year|quarter|day|week)\b", re.I
)
IN_PLACE = make_regex(r"\b(?:in|on|at|during|for) ((?:the )?[A-Z][\w-]*(?: \d{4})?|\d{4})")
"""What a number in front of it belongs to: "120 books in January"."""
MAX_TEXT = 4000


@dataclass(frozen=True)
class Item:
    """A thing with its value: `name` "Starter", `value` 9.0, `amount` "$9 per month"."""

    name: str
    value: float
    amount: str


def find_extreme(asked: str, text: str) -> str:
    """Return a sentence with the thing that a question asks for; empty for other questions."""
    match = ASKS.search(asked)
    if match is None:
        return ""
    best = find_best(match, asked, text)
    if best is None:
        return ""
    word = (match["less"] or match["more"]).lower()
    if ASKS_PLACE.search(asked):
        return f"It was {best.name}, with {best.amount}"
    name = f"{best.name[:1].upper()}{best.name[1:]}"
    return f"{name} {write_predicate(asked, word)} ({best.amount})"


def write_predicate(asked: str, word: str) -> str:
    """Return what a question asks for as a statement: "is cheaper", "has the highest rating"."""
    found = PREDICATE.search(asked)
    predicate = CLAUSE_END.sub("", found[0]).strip() if found else ""
    if word in predicate.lower() and " if " not in predicate and " i " not in predicate.lower():
        return predicate
    return f"is the {word}" if word.endswith("st") else f"is {word}"


def find_best(match: re.Match[str], asked: str, text: str) -> Item | None:
    """Return the thing of a text that a comparison means; None without two things."""
    word = (match["less"] or match["more"]).lower()
    if len(word) > 4 and re.search(rf"\b{word}\b", text[:MAX_TEXT], re.I):
        return None  # the text says which one it is
    items = list_table_items(text, asked)
    items = items or list_items(text[:MAX_TEXT], choose_kind(word, asked), asked)
    if len(items) < 2:
        return None
    wants_less = match["less"] is not None
    if word in BY_YEAR and all(1000 <= one.value < 2200 for one in items):
        wants_less = word.startswith("old")
    if word in TIME_IS_LESS and all(re.search(r"min|hour|sec|days?", one.amount) for one in items):
        wants_less = True
    pick = min if wants_less else max
    return pick(items, key=lambda one: one.value)


def choose_kind(word: str, asked: str) -> str:
    """Return what the numbers of a comparison are: prices, times, or any."""
    if PRICES.intersection(re.findall(r"[a-z]+", f"{word} {asked}".lower())):
        return "price"
    if word in ("earlier", "earliest", "sooner", "later", "latest", "first", "last"):
        return "time"
    return "year" if word in BY_YEAR else "any"


def list_items(text: str, kind: str, asked: str) -> list[Item]:
    """Return the things in a text that have a number; those that a question names, if it does."""
    items = [item for clause in SPLIT.split(text)[:60] if (item := read_item(clause, kind, asked))]
    named = [item for item in items if item.name.lower().removeprefix("the ") in asked.lower()]
    chosen = named if len(named) > 1 else items
    return list({item.name: item for item in reversed(chosen)}.values())[::-1]


def list_table_items(text: str, asked: str) -> list[Item]:
    """Return the rows of a table with the number that a question asks about."""
    table = read_table(text)
    places = list_number_columns(table) if table else []
    if table is None or not places:
        return []
    named = choose_column(asked, table, places)
    at = places[-1] if named is None else named
    return [Item(name_row(row), read_value(row[at]) or 0.0, row[at]) for row in table.rows]


def read_item(clause: str, kind: str, asked: str) -> Item | None:
    """Return the thing in a clause with its number; None if it has none."""
    clause = clause.strip(" -*•\t")
    if clause.endswith("?"):
        return None
    found = find_number(clause, kind, asked)
    if found is None:
        return None
    value, amount, start = found
    head = (
        clause[:start].rpartition(": ")[2]
        if ": " in clause[: max(0, start - 2)]
        else clause[:start]
    )
    place = IN_PLACE.search(clause, start) if ASKS_PLACE.search(asked) else None
    name = place[1] if place else name_thing(head)
    return Item(name, value, amount) if name else None


def find_number(clause: str, kind: str, asked: str) -> tuple[float, str, int] | None:
    """Return the number of a clause, how it is written, and where it begins."""
    if kind == "time" and (clock := CLOCK.search(clause)) and (clock[2] or clock[3]):
        hour = (
            int(clock[1]) % 12 + 12 if (clock[3] or "").lower().startswith("p") else int(clock[1])
        )
        return hour * 60 + int(clock[2] or 0), clock[0].strip(), clock.start()
    if kind == "year" and (year := YEAR.search(clause)):
        return float(year[0]), year[0], year.start()
    found = [match for match in NUMBER.finditer(clause) if not is_part_of_name(match, clause)]
    priced = [one for one in found if is_price(one)]
    chosen = priced if kind == "price" and priced else found
    if not chosen:
        return None
    near = [one for one in chosen if is_near(one, clause, asked)] if kind == "any" else []
    match = (near or chosen)[0]
    return float(match["number"].replace(",", "")), trim_unit(match), match.start()


def is_part_of_name(match: re.Match[str], clause: str) -> bool:
    """Return whether a number belongs to a name, as in "iPhone 15" before a verb."""
    before = clause[: match.start()]
    if not before.strip():
        return IN_PLACE.match(clause, match.end("number") + 1) is None
    return VERB.search(before) is None and VERB.match(clause, match.end("number")) is not None


def is_near(match: re.Match[str], clause: str, asked: str) -> bool:
    """Return whether a number stands beside a word of the question: "rating 4.5"."""
    before = re.findall(r"[a-z]{4,}", clause[max(0, match.start() - 20) : match.start()].lower())
    after = re.findall(r"[a-z]{4,}", (match["unit"] or "").lower())
    wanted = re.sub(r"\b(?:which|what) \w+", "", asked.lower())
    return any(word[:5] in wanted for word in (*before[-1:], *after))


def is_price(match: re.Match[str]) -> bool:
    unit = (match["unit"] or "").strip().lower()
    return bool(match["sign"]) or unit.startswith(
        ("€", "$", "£", "eur", "usd", "dollar", "gbp", "chf", "pound", "cent")
    )


def trim_unit(match: re.Match[str]) -> str:
    unit = match["unit"] or ""
    if unit.strip().partition(" ")[0].lower() in NO_UNIT:
        unit = ""
    return f"{match['sign'] or ''}{match['number']}{unit}".strip()


def name_thing(head: str) -> str:
    """Return the thing that a clause is about, from the words before its number."""
    verb = VERB.search(head)
    name = (head[: verb.start()] if verb else head).strip(" ,*-–:(")
    name = re.sub(r"^(?:and|but|while|whereas|our|we have)\s", "", name, flags=re.I)
    words = name.split()
    if not words or name.lower() in ("it", "he", "she", "they", "this", "that", "there"):
        return ""
    if len(words) > 5:
        names = [one for one in list_names(name) if not is_common(one)]
        return names[-1] if names else ""
    return name


@form(
    "comparison",
    "Anna is 34 years old and Tom is 29. Who is older?",
    words="cheap cheaper cheapest less least lower lowest smaller smallest shorter shortest fewer"
    " fewest younger youngest lighter lightest closer closest nearer nearest earlier earliest"
    " sooner colder quicker more most higher highest larger largest bigger biggest longer longest"
    " older oldest heavier heaviest taller tallest later latest farther newer newest warmer"
    " faster fastest pricier together altogether combined total sum"
    " many first earliest sooner",
    about="the thing in the text or in the last reply with the lower or higher number",
)
def compare_things(question: Question) -> str | None:
    prompt = question.prompt
    if question.language != "en" or len(prompt) > MAX_TEXT or OTHER_FORM.search(question.wish):
        return None
    *facts, asked = re.split(r"(?<=[.!?:\n])\s+", prompt.strip()) or [""]
    if not asked.endswith("?") and facts and facts[-1].endswith("?"):
        *facts, asked = [*facts[:-1], facts[-1]]
    if COUNTS.search(asked) and (count := find_counted_sum(prompt)) is not None:
        return str(count) if question.is_terse else f"That makes **{count}**."
    if computed := compute_amount(asked, " ".join(facts)):
        return computed if question.is_terse else write_amount(asked, computed)
    match = ASKS.search(asked)
    if match is None:
        return None
    said = [text for _, text in reversed(question.earlier)][:4]
    replies = [text for role, text in question.earlier if role != "user"][-3:]
    given = (prompt,) if "|" in prompt else (" ".join(facts),)
    for text in (*given, question.material, *said, "\n".join(replies)):
        if not text or not any(map(str.isdigit, text)):
            continue
        best = find_best(match, asked, text)
        if best is not None:
            return best.name if question.is_terse else f"{find_extreme(asked, text)}."
    return None


TOGETHER = make_regex(
    r"\bhow much\b[^?\n]{0,60}\b(?:together|in total|altogether|combined|both|all (?:three|of them)"
    r"|overall|in sum)\b|\b(?:total|sum|combined) (?:price|cost|amount|bill|of both|of all)\b",
    re.I,
)
COUNTS = make_regex(
    r"\bhow many\b[^?\n]{0,60}\b(?:altogether|in total|together|left|remain\w*|now|in all)\b", re.I
)
EACH = make_regex(r"\b(?:each|per|apiece|every|times|twice|discount|off|%)\b|%", re.I)


def compute_amount(asked: str, text: str) -> str:
    """Return the sum or the difference of the amounts in a text, if a question asks for it."""
    if gap := find_difference(asked, text):
        return gap
    if not TOGETHER.search(asked) or EACH.search(text):
        return ""
    found = [match for match in NUMBER.finditer(text[:MAX_TEXT]) if is_price(match)]
    if len(found) < 2:
        return ""
    total = sum(float(match["number"].replace(",", "")) for match in found)
    return re.sub(r"\d[\d,.]*", format_number(total), trim_unit(found[0]), count=1)


def write_amount(asked: str, amount: str) -> str:
    if TOGETHER.search(asked):
        return f"Together that makes **{amount}**."
    return f"The difference is **{amount}**."


OTHER_FORM = make_regex(r"\b(?:json|xml|csv|yaml|table|code|function|query|explain|why)\b", re.I)
DIFFERENCE = make_regex(
    r"\bhow (?:much|many)\b[^?.\n]{0,30}\b(?:more|less|fewer|older|younger)\b", re.I
)


def find_difference(asked: str, text: str) -> str:
    """Return by how much two things of a text differ; empty for other questions."""
    if not DIFFERENCE.search(asked):
        return ""
    kind = "price" if PRICES.intersection(asked.lower().split()) else "any"
    items = list_items(text[:MAX_TEXT], kind, asked)
    if len(items) != 2:
        return ""
    gap = format_number(abs(items[0].value - items[1].value))
    return re.sub(r"\d[\d,.]*", gap, items[0].amount, count=1)
