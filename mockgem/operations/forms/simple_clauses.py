"""Short everyday sentences in twenty languages: who does what, where and when.

A row of `data/clauses.txt` has the words of one thing in each language, the usual ones first, with
"/" between spellings. A verb has "~" between its masculine and its feminine form; a subject that
ends with "~" is feminine in that language.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import load_book
from mockgem.operations.forms.phrase_times import Time, read_part, write_time
from mockgem.operations.forms.phrases import capitalise

FILE = Path(__file__).parent.parent.parent / "data" / "clauses.txt"
MAX_CLAUSE = 90
UNSPACED = ("ja", "zh", "zh-Hant", "th", "ko")
VERB_LAST = ("ja", "ko", "tr", "hi")
"""Languages whose verb stands after the object and the place."""
CHINESE = ("zh", "zh-Hant")
PLAYS = {"ja": "しています", "ko": "합니다", "zh": "踢", "zh-Hant": "踢", "pl": "gra", "pt": "joga"}
BALLS = ("サッカーを", "축구를", "足球", "w piłkę nożną", "futebol")
"""Verbs of playing a game with a ball, where children's play has another verb."""
STAYS = ("is sitting", "lives")
"""Verbs of staying: the place has another particle with them."""
EDGES = make_regex(r"[.!。！।,、，\s]+")
Row = tuple[str, bool, tuple[tuple[str, ...], ...]]
"""A kind, whether a subject is feminine, and the spellings in each language."""


@frozen
class Clause:
    """The places of its parts among the rows; the time stands as it was read."""

    rows: dict[str, int]
    times: tuple[Time, ...]


def translate_clause(text: str, source: str, target: str) -> str:
    """Return a short everyday sentence in another language; empty for other texts."""
    if len(text) > MAX_CLAUSE or text.rstrip()[-1:] in "?？؟":
        return ""
    clause = read_clause(text, source)
    return write_clause(clause, target) if clause else ""


@cache
def load_rows() -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the codes of the languages and the rows."""
    head, *lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [read_row(line) for line in lines if line]
    return tuple(head.removeprefix("columns: ").split(" | ")), tuple(rows)


def read_row(line: str) -> Row:
    name, _, cells = line.partition(": ")
    kind, _, gender = name.partition(" ")
    return kind, gender == "f", tuple(tuple(cell.split("/")) for cell in cells.split(" | "))


@cache
def list_spellings(code: str) -> tuple[tuple[str, int], ...]:
    """Return all spellings in a language in small letters with their rows, the longest first."""
    codes, rows = load_rows()
    column = codes.index(code)
    found = [
        (form.lower(), at)
        for at, (_, _, cells) in enumerate(rows)
        for spelling in cells[column]
        for form in spelling.split("~")
        if form
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def read_clause(text: str, code: str) -> Clause | None:
    """Return the parts of a sentence; None if some of its words are not known."""
    rest = EDGES.sub(" ", text.replace("’", "'")).strip().lower()
    _, rows = load_rows()
    found: dict[str, int] = {}
    times: list[Time] = []
    while rest:
        spelling, at = next(
            ((one, at) for one, at in list_spellings(code) if begins(rest, one, code)), ("", -1)
        )
        if spelling and rows[at][0] not in found:
            found[rows[at][0]] = at
            rest = rest[len(spelling) :].strip()
        elif (part := read_part(rest, code)) and not times:
            times.append(part[0])
            rest = rest[part[1] :].strip()
        else:
            return None
    return Clause(found, tuple(times)) if {"subject", "verb"} <= found.keys() else None


def begins(text: str, word: str, code: str) -> bool:
    """Return whether a text begins with a whole word."""
    if not text.startswith(word):
        return False
    return code in UNSPACED or not text[len(word) : len(word) + 1].isalnum()


def write_clause(clause: Clause, code: str) -> str:
    """Return a sentence with its parts in the order of a language."""
    codes, rows = load_rows()
    column = codes.index(code)
    said = {kind: rows[at][2][column][0] for kind, at in clause.rows.items()}
    is_feminine = rows[clause.rows["subject"]][1] or said["subject"].endswith("~")
    forms = said["verb"].split("~")
    said["verb"] = forms[-1] if is_feminine else forms[0]
    if said.get("object") in BALLS and rows[clause.rows["verb"]][2][0][0] == "is playing":
        said["verb"] = PLAYS.get(code, said["verb"])
    said["subject"] = said["subject"].rstrip("~")
    stays = rows[clause.rows["verb"]][2][0][0] in STAYS
    said["place"] = fit_place(said.get("place", ""), code) if stays else said.get("place", "")
    if clause.times:
        said["time"] = write_time(clause.times, load_book(code))
    words = [said.get(kind, "") for kind in order_parts(said["place"], code, stays=stays)]
    space = "" if code in (*CHINESE, "ja", "th") else " "
    end = {"ja": "。", "zh": "。", "zh-Hant": "。", "hi": "।", "th": ""}.get(code, ".")
    return capitalise(space.join(filter(None, words)) + end)


def fit_place(place: str, code: str) -> str:
    """Return a place with the particle that it has with verbs of staying."""
    if code == "ja" and place.endswith("で"):
        return f"{place[:-1]}に"
    return place.removesuffix("서") if code == "ko" and place.endswith("에서") else place


def order_parts(place: str, code: str, *, stays: bool) -> tuple[str, ...]:
    """Return the kinds of parts in the order of a language."""
    if code in VERB_LAST:
        return ("subject", "time", "place", "object", "verb")
    if code in CHINESE:
        is_first = place.startswith("在") and not stays
        middle = ("place", "verb", "object") if is_first else ("verb", "object", "place")
        return ("subject", "time", *middle)
    if code in ("de", "nl"):
        return ("subject", "verb", "time", "object", "place")
    return ("subject", "verb", "object", "place", "time")
