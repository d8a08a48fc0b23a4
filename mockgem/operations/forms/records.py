"""Tables, CSV and lists of "key: value" in a message, and questions about their rows."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.generators.word_stems import extract_stems

TABLE_LINES = make_regex(r"(?:^[ \t]*\|[^\n]*\|[ \t]*(?:\n|\Z)){3,60}", re.M)
CSV_LINES = make_regex(r"(?:^[^\n,|:]{1,40}(?:,[^\n,|]{1,60}){1,12}(?:\n|\Z)){3,60}", re.M)
PAIRS = make_regex(
    r"^[ \t]*(?:[-*•]|\d{1,2}[.)])?[ \t]*((?:[^\W\d][\w ]{0,24}[:=][^,;\n]{1,60}[,;][ ]?){1,12}"
    r"[^\W\d][\w ]{0,24}[:=][^,;\n]{1,60})$",
    re.M,
)
MOST = make_regex(
    r"\b(?:most|highest|largest|biggest|greatest|maximum|max|best|longest|oldest|top|meisten"
    r"|höchsten?|größten?"
    r"|más|mayor|plus (?:grand|haut|élevé)|più|maggior|mais|maior)\b",
    re.I,
)
LEAST = make_regex(
    r"\b(?:least|fewest|lowest|smallest|minimum|min|cheapest|worst|shortest|youngest|wenigsten"
    r"|niedrigsten?"
    r"|menor|menos|moins|meno|minor)\b",
    re.I,
)
ASKS = make_regex(
    r"\?|\b(?:which|who|what|how|write|tell|name|give|sentence|welche\w*|wer|qué|quién)\b", re.I
)
NUMERIC = make_regex(r"-?\d[\d.,]*")
CHEAP = make_regex(r"\b(?:cheapest|most expensive|price\w*|costs?)\b", re.I)


@frozen
class Records:
    """The rows of a table, each by the names of its columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_records(text: str) -> Records | None:
    """Return the table, the CSV or the list of "key: value" in a text."""
    if match := TABLE_LINES.search(text):
        rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in match[0].splitlines()
        ]
        rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
        return build_records(rows)
    pairs = [match[1] for match in PAIRS.finditer(text)][:60]
    if len(pairs) > 1:
        parsed = [
            [
                part.split(":", 1) if ":" in part else part.split("=", 1)
                for part in re.split(r"[,;]\s?", line)
            ]
            for line in pairs
        ]
        if all(len(pair) == 2 for row in parsed for pair in row):
            names = [pair[0].strip() for pair in parsed[0]]
            return build_records([names, *([pair[1].strip() for pair in row] for row in parsed)])
    if match := CSV_LINES.search(text):
        return build_records(
            [[cell.strip() for cell in line.split(",")] for line in match[0].splitlines()]
        )
    return None


def build_records(rows: list[list[str]]) -> Records | None:
    """Return records if all rows are as long as the first one, which has the names."""
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    if not body or any(len(row) != len(head) for row in body):
        return None
    return Records(tuple(head), tuple(tuple(row) for row in body))


def find_number(cell: str) -> float | None:
    match = NUMERIC.search(cell)
    try:
        return float(match[0].replace(",", "")) if match else None
    except ValueError:
        return None


def find_column(records: Records, asked: str) -> int | None:
    """Return the place of the column with numbers that a question names."""
    stems = extract_stems(asked)
    numeric = [
        at
        for at, _ in enumerate(records.columns)
        if all(find_number(row[at]) is not None for row in records.rows)
    ]
    for at in numeric:
        if stems & extract_stems(records.columns[at]):
            return at
    if CHEAP.search(asked):
        return next((at for at in numeric if CHEAP.search(records.columns[at])), None)
    return numeric[-1] if len(numeric) == 1 else None


def choose_row(records: Records, asked: str) -> int | None:
    """Return the row with the most or the least, or the one whose name a question has."""
    wants_most, wants_least = MOST.search(asked), LEAST.search(asked)
    if wants_most or wants_least:
        at = find_column(records, asked)
        if at is not None:
            pick = min if wants_least else max
            return pick(
                range(len(records.rows)), key=lambda row: find_number(records.rows[row][at]) or 0.0
            )
    lower = asked.lower()
    named = [
        number
        for number, row in enumerate(records.rows)
        if any(len(cell) > 1 and not cell.isdigit() and cell.lower() in lower for cell in row)
    ]
    return named[0] if len(named) == 1 else None


def match_rows(records: Records, asked: str) -> list[int]:
    """Return the rows with a cell that is a word of a question: "Which are unhealthy?"."""
    if MOST.search(asked) or LEAST.search(asked):
        return []
    title, words = find_title(records), set(re.findall(r"[\w-]+", asked.lower()))
    return [
        number
        for number, row in enumerate(records.rows)
        if any(
            at != title and len(cell) > 2 and cell.lower() in words and not cell.isdigit()
            for at, cell in enumerate(row)
        )
    ]


def find_title(records: Records) -> int:
    """Return the place of the column whose cells name the rows: the first without numbers."""
    places = range(len(records.columns))
    return next((at for at in places if not records.rows[0][at][:1].isdigit()), 0)


@form(
    "row of a table",
    "| Team | Wins |\n|------|------|\n| Adder | 3 |\n| Cobra | 7 |\n\nWhich team has the most"
    " wins?",
    signs=("\n",),
    about="the row of the given table that the question is about, in a sentence",
)
def answer_from_records(question: Question) -> str | None:
    prompt = question.prompt[:8000]
    if prompt.count("\n") < 2 or not ("|" in prompt or "," in prompt):
        return None
    records = read_records(prompt)
    if records is None:
        return None
    asked = ask_without_rows(prompt, records)
    if not ASKS.search(asked) or WRITES.search(asked):
        return None
    several = match_rows(records, asked)
    if len(several) > 1:
        title = find_title(records)
        return ", ".join(records.rows[place][title] for place in several)
    place = several[0] if several else choose_row(records, asked)
    if place is None:
        return None
    return tell_row(records, place, asked, question)


WRITES = make_regex(
    r"\b(?:json|xml|yaml|csv|table|convert|translate|summar\w+|code|sql|python"
    r"|(?<!price )(?<!staff )(?<!stock )(?<!product )(?<!parts )list|bullets?"
    r"|sort\w*|email)\b",
    re.I,
)


def ask_without_rows(prompt: str, records: Records) -> str:
    """Return the lines of a message that are not rows."""
    cells = {cell for row in (*records.rows, records.columns) for cell in row}
    lines = [
        line
        for line in prompt.splitlines()
        if line.count("|") < 2
        and sum(cell in line for cell in cells) < max(2, len(records.columns))
    ]
    return "\n".join(lines)


def tell_row(records: Records, place: int, asked: str, question: Question) -> str:
    row, title = records.rows[place], find_title(records)
    wanted = [
        at
        for at, column in enumerate(records.columns)
        if at != title and extract_stems(column) & extract_stems(asked)
    ]
    is_choice = MOST.search(asked) or LEAST.search(asked)
    if question.is_terse:
        return row[wanted[0]] if wanted and not is_choice else row[title]
    facts = ", ".join(
        f"{column} {row[at]}" for at, column in enumerate(records.columns) if at != title
    )
    return f"{row[title]}: {facts}."
