"""Markdown tables with the columns and rows that the prompt names."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.checklists import count_sides, weigh
from mockgem.operations.forms.compared_things import find_compared
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.diets import keep_diet
from mockgem.operations.forms.extracted_fields import extract_pairs
from mockgem.operations.forms.given_data import find_given_object, to_rows
from mockgem.operations.forms.given_rows import count_names, list_lines
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.known_records import fill_records
from mockgem.operations.forms.labelled_rows import read_labelled_rows
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.records import read_records
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.row_name_columns import add_row_names
from mockgem.operations.forms.serialising import find_row_count
from mockgem.operations.forms.statements import list_marked
from mockgem.operations.forms.table_cells import fill_from_material, write_row
from mockgem.operations.forms.table_columns import (
    default_columns,
    find_columns,
    find_thing_count,
)
from mockgem.operations.forms.table_comparisons import write_comparison
from mockgem.operations.forms.table_rows import (
    find_codes,
    find_listed_rows,
    find_months,
    find_row_names,
)
from mockgem.operations.forms.word_pairs import write_language_rows
from mockgem.operations.forms.writing import Writer

TABLE = make_regex(
    r"(?<!\w)(?:(?<!hash )(?<!lookup )(?<!following )(?<!periodic )tables?(?! of contents"
    r"| tennis)|tabular|(?:comparison|decision|feature)"
    r" (?:matrix|grid|chart)|tabelle\w*|tablas?|tableaux?|tabella|tabelle|tabelas?"
    r"|tabel|tabeli|tabelę|tabela|tablo\w*|bảng)(?!\w)|таблиц\w+|таблиц[юі]|表格|表で|表を|表に|表形式"
    r"|一覧表|做表|成表|표로|표를|표 형식|جدول|טבלה|तालिका|ตาราง",
    re.I,
)
DATABASE = make_regex(
    r"\b(?:sql|insert statements?|database|postgres\w*|mysql|sqlite|ddl|primary key|create table"
    r"|select|html"
    r"|mermaid|css|latex|query|function|script|migrations?|model|schema|orm|laravel|django"
    r"|entity|index"
    r"|component|program|periodic|book(?:ed|ing)? a table|table for (?:two|three|four|five|six"
    r"|tonight|tomorrow|today|this|us|me|my|our|on|at|\d|dinner|lunch)|reserve)\b",
    re.I,
)
BEGINS = make_regex(
    r"\W{0,4}(?:[\w-]+ )?(?:table|tabelle|tabla|tableau|tabella|tabela|tabel)"
    r"(?: (?:\w+ )?(?:of|with|comparing|showing|listing|for|mit|zu[mr]?|von|über|entre|con|de|des"
    r"|sobre|avec|per|di|com|met|van|z)\b|\s?[:：])",
    re.I,
)
AS_TABLE = make_regex(
    r"\b(?:in|as) (?:an? )?(?:\w+ )?table\b|\b(?:markdown|comparison) table\b"
    r"|\b(?:table|tabular) (?:format|form|view|layout)\b|\btable (?:comparing|that compares)\b",
    re.I,
)
SHORT_WISH = make_regex(
    r"\b(?:table|tabular) (?:format|form|view|layout|please|pls)\b|\bcolumn table\b"
    r"|(?:\A|[.!?\n,;] ?)\W{0,2}(?:an? |in )?table(?: only| please| pls)?[.!]*\s*\Z"
    r"|\A\W{0,2}(?:an? )?(?:\w+ )?table (?:comparing|showing|with|of)\b",
    re.I,
)
"""A wish without a verb: "Table format."."""
WISH = make_regex(
    r"\b(?:(?:like|love|need|want|get|have)(?= (?:an?|the)\b)|make|create|show|give|write|as an?"
    r"|in an?|generate|build|draw|format"
    r"|present|extract|convert|turn|transform|into an?|list|summari[sz]e|organi[sz]e|arrange"
    r"|provide|display|prepare|add|plan|outline"
    r"|output|put|return|use|compare|markdown|comparison|erstelle?|als|in einer|mach"
    r"|zeige?|gib|haz|crea|en una|muestra|fais|crée|sous forme|dans un|crea|in una|fai|cria"
    r"|crie|faça|em uma|maak|in een|zrób|stwórz|utwórz|w formie|buat|dalam|tạo|oluştur"
    r"|yap)\b|сделай|создай|составь|в виде|зроби|склади|做|用|制作|列|作|まとめ|만들|정리|أنشئ|صن"
    r"|בנה|צור|बनाएं|बनाओ|สร้าง",
    re.I,
)
WITHOUT_TEXT = make_regex(
    r"\b(?:no|without|not|don['’]t|only|just)\b[^.\n]{0,60}\b(?:before|after|above|below|around)\b[^.\n]*",
    re.I,
)
"""A wish for nothing but the table."""
INTRODUCES = make_regex(
    r"\b(?:introduct\w+|introduc\w+|intro|einleit\w+|sentence (?:before|above)|before the table"
    r"|(?:frase|phrase|satz) (?:di|de|d')?"
    r"\s?(?:introdu\w+|einleit\w*))",
    re.I,
)
CONCLUDES = make_regex(
    r"\b(?:conclu\w+|closing sentence|sentence (?:after|below)|after the table|schlusssatz"
    r"|abschlie\w+)",
    re.I,
)


SQL_TABLE = make_regex(
    r"\b(?:ALTER|CREATE|DROP|TRUNCATE) TABLE\b|\b(?:alter|create|drop) table statement\b"
)
"""Words of SQL, not of a layout."""


@form(
    "table",
    "Make a table comparing Python, Java and Go with the columns Language, Typing and Speed.",
    "Show a table of 5 European countries with their capital and currency.",
    "Haz una tabla con las columnas Ciudad, País y Población con 3 filas.",
    words="table tables tabular matrix grid chart tabelle tabellen tabla tablas tableau tableaux"
    " tabella tabelas tabela tabel tabelę tabeli tablo bảng",
    about="a Markdown table with the columns and the number of rows that the prompt names",
)
def write_table(question: Question) -> str | None:
    if SQL_TABLE.search(question.instruction):
        return None
    text = question.layout
    if question.asks_how:
        return None
    if not TABLE.search(text):
        match = None if SQL_TABLE.search(question.system) else TABLE.search(question.system)
        if match is None or not re.search(
            r"\b(?:always|answer|respond|reply|format|output|present|use)\b[^.\n]{0,40}\btab(?:le"
            r"|elle|la|leau)",
            question.system,
            re.I,
        ):
            return None
    elif not (
        WISH.search(text) or BEGINS.match(text) or SHORT_WISH.search(text) or is_foreign_wish(text)
    ) or is_other_table(text):
        return None
    text = question.layout
    table = keep_diet(make_table(question), question.stated)
    before = after = ""
    wished = "" if WITHOUT_TEXT.search(question.prompt[-1000:]) else text
    if INTRODUCES.search(wished) or CONCLUDES.search(wished):
        writer = Writer(question)
        before = f"{writer.write_opener()}\n\n" if INTRODUCES.search(wished) else ""
        after = f"\n\n{writer.write_closer()}" if CONCLUDES.search(wished) else ""
    return before + delimit(table, text) + after


DELIMITED = make_regex(r"\b(semicolon|tab|pipe)[- ](?:separated|delimited)\b", re.I)
MARKS = {"semicolon": ";", "tab": "\t", "pipe": "|"}


def delimit(table: str, text: str) -> str:
    """Return a table as lines with another mark between the cells, if the prompt wants one."""
    match = DELIMITED.search(text)
    if match is None:
        return table
    rows = [line.strip("| ").split(" | ") for line in table.split("\n") if "---" not in line]
    return "\n".join(MARKS[match[1].lower()].join(cells) for cells in rows)


def is_other_table(text: str) -> bool:
    """Return whether a text is about a table of a database or of a restaurant."""
    found = DATABASE.search(text)
    if found is None or AS_TABLE.search(text):
        return False
    return not (found[0].lower().startswith("table for") and "column" in text.lower())


def is_foreign_wish(text: str) -> bool:
    """Return whether a text in another language wants a table, as one without a question does."""
    if any(mark in text for mark in "?？؟") or PROGRAM.search(text):
        return False
    return is_foreign(text)


PROGRAM = make_regex(
    r"\b(?:fonction|función|funktion|funzione|função|functie|funkcj\w*|fonksiyon\w*|функци\w*"
    r"|функці\w*|code|sql"
    r"|javascript|python|java|php)\b|関数|函数|함수|دالة|פונקציה|फ़ंक्शन",
    re.I,
)
"""Words of prompts about programs, whose tables are others."""


def make_table(question: Question) -> str:
    """Return the table that a prompt describes."""
    text = question.layout
    if product := MULTIPLICATION.search(text):
        return write_products(int(product[1] or product[2]), find_row_count(text) or 10)
    if (more := MORE_ROWS.search(text)) and (records := read_records(question.prompt)):
        names = list(records.columns)
        rows = write_rows(Question(f"{more[1]} rows", question.random), names, [])
        return render_table(names, [*map(list, records.rows), *rows[: parse_count(more[1], 30)]])
    if pairs := find_value_pairs(question.prompt[:4000]):
        named = find_columns(text)
        return render_table(named if len(named) == 2 else ["Name", "Value"], pairs)
    heads, pairs = read_labelled_rows(question.prompt[:4000])
    if pairs:
        named = find_columns(text)
        return render_table(named if len(named) == len(heads) else heads, pairs)
    if pairs := find_term_pairs(question.prompt[:4000]):
        named = find_columns(text)
        if len(named) == 2:
            return render_table(named, pairs)
    given = find_given_object(question, "table") if "\n" in question.prompt.strip() else None
    named = find_columns(TABLE_END.sub("", text))
    if given is not None and (data := to_rows(given)) and list(data[0]) != ["value"]:
        is_guessed = GUESSED.issuperset(data[0])
        if not (named and is_guessed):
            return render_rows(data)
        if len(named) == len(data[0]):
            return render_rows([dict(zip(named, row.values(), strict=False)) for row in data])
    if not named and (pairs := [list(pair) for pair in extract_pairs(question)]):
        return render_table(
            ["Field", "Value"], [[one[:1].upper() + one[1:], two] for one, two in pairs]
        )
    if named and (listed := list_bare_items(question.material)):
        return render_table(named, write_listed_rows(question, named, listed))
    columns = named or find_columns(question.system) or default_columns(question)
    columns = add_row_names(columns, text) if named else columns
    names = find_listed_rows(given) or find_row_names(question, columns)
    if sides := write_sides(question, columns):
        return render_table(columns, sides)
    if rows := split_rows(names, len(columns)):
        return render_table(columns, rows)
    return render_table(columns, write_rows(question, columns, names))


SIDE_COLUMNS = (
    frozenset(("pros", "advantages", "benefits")),
    frozenset(("cons", "disadvantages", "drawbacks")),
)


def write_sides(question: Question, columns: list[str]) -> list[list[str]]:
    """Return rows with an advantage and a disadvantage of the topic each; none for other tables."""
    heads = [column.lower() for column in columns]
    is_sides = len(heads) == 2 and all(
        one in side for one, side in zip(heads, SIDE_COLUMNS, strict=True)
    )
    if not is_sides or question.language != "en" or question.material:
        return []
    usual = find_row_count(question.wish) or find_count(question, 0) or 3
    count = max(count_sides(question.wish, usual))
    good, bad = weigh(Writer(question), count)
    return [list(pair) for pair in zip(good, bad, strict=True)]


def split_rows(names: list[str], count: int) -> list[list[str]]:
    """Return the cells of listed rows such as "Giulia, 24"; nothing if they have another number."""
    for mark in (r"\s?[|;\t]\s?", r",\s?", r"\s[-–—:]\s|:\s"):
        rows = [re.split(mark, name) for name in names]
        if rows and count > 1 and all(len(row) == count and all(row) for row in rows):
            return rows
    return []


def write_rows(question: Question, columns: list[str], names: list[str]) -> list[list[str]]:
    """Return the rows of a table: as many as the prompt says, else one for each name."""
    count = find_row_count(question.wish) or find_count(question, 0)
    if count <= 1 and columns[0].lower() == "week" and (weeks := WEEKS.search(question.layout)):
        count = parse_count(weeks[1], 60)
    codes = find_codes(question.layout) or find_months(question.layout)
    is_compared = len(find_compared(question.layout)) > 1 or (bool(codes) and names == codes)
    count = count or (0 if is_compared else find_thing_count(question.layout))
    if count == 1 and len(names) > 1:
        count = 0  # "one row for each day"
    if question.material:
        count = (
            count
            or len(list_lines(question))
            or len(names)
            or count_names({"properties": dict.fromkeys(columns)}, question)
        )
        return fill_from_material(question, columns, count or 3)
    if compared := write_comparison(columns, names, count, question):
        return compared
    if words := write_language_rows(columns, min(count or 3, 60), question.stated[:600]):
        return words
    writer = Writer(question)
    count = count or len(names) or 3
    rows = [write_row(question, writer, columns, names, at) for at in range(min(count, 60))]
    return know_rows(columns, rows, question) if question.language == "en" else rows


def write_listed_rows(question: Question, columns: list[str], names: list[str]) -> list[list[str]]:
    """Return a row for each listed thing, with what is known about it."""
    inner = question.restate(question.instruction, question.system)
    writer = Writer(inner)
    rows = [write_row(inner, writer, columns, names, at) for at in range(len(names))]
    known = {row[0]: row for row in know_rows(columns, rows, inner)}
    return [known.get(row[0], row) for row in rows]


def list_bare_items(text: str) -> list[str]:
    """Return the short items of a given list, which are the first cells of rows."""
    items = list_marked(text)
    return items if items and all(len(one.split()) <= ITEM_WORDS for one in items) else []


ITEM_WORDS = 4
WEEKS = make_regex(rf"\b({NUMBER})[- ]weeks?\b", re.I)
"""How many weeks a plan has: "a 4-week running plan"."""


def know_rows(columns: list[str], rows: list[list[str]], question: Question) -> list[list[str]]:
    """Return rows about things of a known kind with what is known about them."""
    if len(set(columns)) < len(columns) or any(row[0].isdigit() for row in rows):
        return rows
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    known = fill_records(named, question.layout, question)
    found = [[str(row[column]) for column in columns] for row in known]
    text = question.layout
    return [
        row if row[0] in text and row[0] != new[0] else new
        for row, new in zip(rows, found, strict=True)
    ]


TABLE_END = make_regex(r"\s(?:in|as) an? (?:markdown )?table(?=[.!]?\s*\Z)", re.I)
"""How the rows should look, behind their columns."""
MORE_ROWS = make_regex(rf"\badd ({NUMBER})(?: \w+){{0,2}} rows?\b", re.I)
VALUE_PAIR = make_regex(r"\s*(\S[^,;:\n]{0,40}?)\s*[:=]?\s+([$€£]?\d[\w.%$€£]*)\s*")


def find_value_pairs(text: str) -> list[list[str]]:
    """Return the names and values of "Q1 revenue 120k, Q2 revenue 135k" after a colon."""
    _, colon, rest = text.partition(":")
    rest = re.split(r"[.;\n]\s(?=[A-Z])|\.\s*\Z", rest.strip(), maxsplit=1)[0]
    found = [VALUE_PAIR.fullmatch(part.rstrip(".")) for part in re.split(r"[,;]\s|\s+and\s", rest)]
    is_all = colon and len(found) > 1 and all(found)
    return [[one[1], one[2]] for one in found if one] if is_all else []


TERM_PAIR = make_regex(r"\s*(\S[^;:\n–=-]{0,40}?)\s(?:-|–|=)\s(\S[^;\n]{1,120}?)[\s.]*")


def find_term_pairs(text: str) -> list[list[str]]:
    """Return the pairs of "API - application programming interface; SDK - …" after a colon."""
    _, colon, rest = text.partition(":")
    found = [TERM_PAIR.fullmatch(part) for part in re.split(r";\s|\n", rest.strip())]
    return (
        [[one[1], one[2]] for one in found if one]
        if colon and len(found) > 1 and all(found)
        else []
    )


MULTIPLICATION = make_regex(
    r"\bmultiplication table (?:of|for) (\d{1,4})\b|\b(\d{1,4})[- ]times[- ]table\b", re.I
)


def write_products(number: int, count: int) -> str:
    """Return a multiplication table with a row for each factor."""
    rows = [[f"{number} × {at}", str(number * at)] for at in range(1, count + 1)]
    return render_table(["Multiplication", "Result"], rows)


def render_table(columns: list[str], rows: list[list[str]]) -> str:
    return "\n".join(map(render_row, (columns, ["---"] * len(columns), *rows)))


def render_rows(rows: list[dict[str, Any]]) -> str:
    """Return a table of given data; a column for each key of the first row."""
    columns = list(rows[0])
    cells = [[to_text(row.get(column, "")) for column in columns] for row in rows[:200]]
    is_guessed = GUESSED.issuperset(columns)
    heads = [column.capitalize() if is_guessed else to_text(column) for column in columns]
    return render_table(heads, cells)


GUESSED = frozenset("name value detail email date field value_2 detail_2 value_3".split())
"""Columns without a name in the given data."""


def to_text(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def render_row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"
