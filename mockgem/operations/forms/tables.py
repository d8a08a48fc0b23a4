"""Markdown tables with the columns and rows that the prompt names."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import describe_by_name
from mockgem.operations.forms.given_data import find_given_object, to_rows
from mockgem.operations.forms.given_lists import COMPILED, list_things
from mockgem.operations.forms.layout_words import find_count
from mockgem.operations.forms.listed_fields import AFTER_KEYS, ITEM, has_separator
from mockgem.operations.forms.local_names import list_local_names
from mockgem.operations.forms.option_values import OR
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.serialising import find_row_count
from mockgem.operations.forms.value_generation import ENGLISH_NAMES, generate_from
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.faker_pool import find_generator
from mockgem.operations.generators.hints import Hints

TABLE = re.compile(
    r"(?<!\w)(?:tables?|tabular|tabelle\w*|tablas?|tableaux?|tabella|tabelle|tabelas?"
    r"|tabel|tabeli|tabelę|tabela|tablo\w*|bảng)(?!\w)|таблиц\w+|таблиц[юі]|表格|表で|表を|표로"
    r"|표를|표 형식|جدول|טבלה|तालिका|ตาราง",
    re.I,
)
DATABASE = re.compile(
    r"\b(?:sql|database|create table|select|html|css|latex|query|function|script"
    r"|component|program|times table|periodic|table for|book(?:ed|ing)? a table"
    r"|reserve)\b",
    re.I,
)
BEGINS = re.compile(r"\W{0,4}(?:\w+ )?table (?:of|with|comparing|showing|listing)\b", re.I)
AS_TABLE = re.compile(
    r"\b(?:in|as) (?:an? )?(?:\w+ )?table\b|\b(?:markdown|comparison) table\b", re.I
)
WISH = re.compile(
    r"\b(?:(?:like|need|want)(?= (?:an?|the)\b)|make|create|show|give|write|as an?|in an?"
    r"|generate|build|draw|format"
    r"|present"
    r"|output|put|return|use|compare|markdown|comparison|erstelle?|als|in einer|mach"
    r"|zeige|haz|crea|en una|muestra|fais|crée|sous forme|dans un|crea|in una|fai|cria"
    r"|crie|faça|em uma|maak|in een|zrób|stwórz|utwórz|w formie|buat|dalam|tạo|oluştur"
    r"|yap)\b|сделай|создай|составь|в виде|зроби|склади|做|用|制作|列|作|まとめ|만들|정리|أنشئ|صن"
    r"|בנה|צור|बनाएं|बनाओ|สร้าง",
    re.I,
)
PIPES = re.compile(
    r"^[ \t]{0,8}+\|?[ \t]{0,4}+([^|\n]{1,40}+(?:\|[^|\n]{1,40}+){1,12}+)\|?[ \t]{0,8}$", re.M
)
INLINE_PIPES = re.compile(r"[:：]\s*([^|\n:]{1,40}(?:\|[^|\n:.,;]{1,40}){1,12})")
QUOTED_PIPES = re.compile(
    r"[\"“`]\|?[ ]?([^\"”`|\n]{1,40}(?:\|[^\"”`|\n]{1,40}){1,12})\|?[ ]?[\"”`]"
)
WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
EACH_DAY = re.compile(r"\b(?:each|every) day\b|\bMonday (?:to|through|until|-) Sunday\b", re.I)
INTRODUCES = re.compile(
    r"\b(?:introduct\w+|introduc\w+|intro|einleit\w+|sentence (?:before|above)|before the table"
    r"|(?:frase|phrase|satz) (?:di|de|d')?"
    r"\s?(?:introdu\w+|einleit\w*))",
    re.I,
)
CONCLUDES = re.compile(
    r"\b(?:conclu\w+|closing sentence|sentence (?:after|below)|after the table|schlusssatz"
    r"|abschlie\w+)",
    re.I,
)
COMPARE = re.compile(
    r"\b(?:compar\w+|vergleich\w*|comparando|comparant|confronta\w*|vergelijk\w*|versus"
    r"|between)\s+([^.\n:(]{3,200})",
    re.I,
)
AFTER_COLON = re.compile(
    r"\b(?:rows?|table(?: of \w{1,30})?|filas|zeilen"
    r"|lignes)\s?[:：]\s?((?:[^\W\d][\w ]{0,24},\s?){1,10}"
    r"(?:and )?[^\W\d][\w ]{0,24})",
    re.I,
)
SHOWN = re.compile(
    r"\b(?:show|includ|contain|cover|list|display|giv)(?:e|s|es|ing)?\s+(?:the|their|its)\s"
    r"([^.\n:]{3,160})",
    re.I,
)
"""The columns in "It should show the license, the default port and the typical use for each"."""
ROW_THINGS = re.compile(
    rf"(?<![\w.])(?!(?:an?|one|each|un|une|una|um|uma|eine?[nmr]?)\b)({NUMBER})\s+"
    r"(?!columns?|words?|spalten|columnas|colonnes)(?=[^\W\d])",
    re.I,
)
WITH_SERIES = re.compile(
    r"\b(?:with|for|mit|con|avec|com)\s+((?:[^\W\d_][\w-]{1,24},\s?){1,8}[^\W\d_][\w-]{1,24}"
    rf"(?:,?\s{OR}\s[^\W\d_][\w-]{{1,24}})?)(?=[.\n]|\s*\Z)",
    re.I,
)
"""The columns in "a meal plan with breakfast, lunch and dinner"."""
DAYS = re.compile(rf"(?<![\w.])({NUMBER})[- ](day|week|month)s?\b", re.I)
PARENTHESES = re.compile(r"\(([^()\n]{3,200}),([^()\n]{1,100})\)")
WITH_THEIR = re.compile(
    r"\b(?:with|and|mit|und|con|y|avec|et|com|e)\s+(?:their|its|the|ihren?|sus?|leurs?|i loro"
    r"|seus?)\s+([^.\n:]{3,120})",
    re.I,
)
END = re.compile(r"\s{1,4}(?:with|in|as|by|using|mit|con|avec|com|and \d|for|with the)\b", re.I)


@form(
    "table",
    "Make a table comparing Python, Java and Go with the columns Language, Typing and Speed.",
    "Show a table of 5 European countries with their capital and currency.",
    "Haz una tabla con las columnas Ciudad, País y Población con 3 filas.",
    words="table tables tabular tabelle tabellen tabla tablas tableau tableaux tabella "
    "tabelas tabela tabel tabelę tabeli tablo bảng",
    about="a Markdown table with the columns and the number of rows that the prompt names",
)
def write_table(question: Question) -> str | None:
    text = question.layout
    if question.asks_how:
        return None
    if not TABLE.search(text):
        match = TABLE.search(question.system)
        if match is None or not re.search(
            r"\b(?:always|answer|respond|reply|format|output|present|use)\b[^.\n]{0,40}\btab(?:le"
            r"|elle|la|leau)",
            question.system,
            re.I,
        ):
            return None
    elif not (WISH.search(text) or BEGINS.match(text)) or (
        DATABASE.search(text) and not AS_TABLE.search(text)
    ):
        return None
    given = find_given_object(question, "table") if "\n" in question.prompt.strip() else None
    if given is not None and (rows := to_rows(given)) and list(rows[0]) != ["value"]:
        return render_rows(rows)
    columns = find_columns(text) or find_columns(question.system) or default_columns(question)
    names = find_compared(text) if columns[0].lower() not in ("cats",) else []
    names = names or find_listed_rows(given)
    if names and {name.lower() for name in names} & {column.lower() for column in columns[1:]}:
        names = []
    if EACH_DAY.search(text) and columns[0].lower() in ("day", "tag", "weekday"):
        names = WEEK
    count = find_row_count(question.wish) or len(names) or find_count(question, 0)
    count = count or find_thing_count(text) or 3
    writer = Writer(question)
    rows = [write_row(question, writer, columns, names, at) for at in range(min(count, 60))]
    if has_things(text) and not names:
        things = list_things(question, len(rows))
        rows = [[thing, *row[1:]] for thing, row in zip(things, rows, strict=True)]
    lines = [render_row(columns), render_row(["---"] * len(columns)), *map(render_row, rows)]
    before = f"{writer.write_opener()}\n\n" if INTRODUCES.search(text) else ""
    after = f"\n\n{writer.write_closer()}" if CONCLUDES.search(text) else ""
    return before + "\n".join(lines) + after


def render_rows(rows: list[dict[str, Any]]) -> str:
    """Return a table of given data; a column for each key of the first row."""
    columns = list(rows[0])
    cells = [[to_text(row.get(column, "")) for column in columns] for row in rows[:200]]
    return "\n".join(map(render_row, ([to_text(c) for c in columns], ["---"] * len(columns), *cells)))


def to_text(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def find_listed_rows(given: Any) -> list[str]:
    """Return the things of a given list: the rows of the table."""
    is_list = isinstance(given, list) and all(isinstance(item, str) for item in given)
    return given if is_list else []


def find_thing_count(text: str) -> int:
    """Return the number in "listing 5 fruits"."""
    match = DAYS.search(text) or ROW_THINGS.search(text)
    return parse_count(match[1], 60) if match else 0


def has_things(text: str) -> bool:
    return any(things not in ("", "*") and pattern.search(text) for pattern, things in COMPILED)


def render_row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"


def find_columns(text: str) -> list[str]:
    """Return the names of the columns as the prompt spells them."""
    if quoted := QUOTED_PIPES.search(text):
        return [cell.strip() for cell in quoted[1].split("|") if cell.strip()]
    for match in AFTER_KEYS.finditer(text):
        found = read_names(text, match.end())
        if len(found) > 1:
            return found
    for pattern in (INLINE_PIPES, PIPES):
        if piped := pattern.search(text):
            return [cell.strip() for cell in piped[1].split("|") if cell.strip()]
    if listed := AFTER_COLON.search(text):
        return [END.split(cell.strip().removeprefix("and "))[0] for cell in listed[1].split(",")]
    if listed := PARENTHESES.search(text):
        return [cell.strip() for cell in f"{listed[1]},{listed[2]}".split(",")]
    if (shown := SHOWN.search(text)) and re.search(rf",|\s{OR}\s", shown[1]):
        return ["Name", *split_columns(shown[1])]
    if named := WITH_THEIR.search(text):
        return ["Name", *split_columns(named[1])]
    if series := WITH_SERIES.search(text):
        days = DAYS.search(text)
        return [days[2].capitalize() if days else "Name", *split_columns(series[1])]
    return []


FILLER = re.compile(
    r"^(?:their|its|the|ihre[nr]?|sus?|leurs?|an?)\s+|\s+(?:for|of) (?:each|all|every)\b.*$", re.I
)


def split_columns(text: str) -> list[str]:
    """Return the names in "color and their vitamin C content", each with a capital."""
    pieces = re.split(rf",\s*(?:{OR}\s)?|\s{OR}\s", text)
    names = [FILLER.sub("", FILLER.sub("", piece.strip())) for piece in pieces]
    return [name[:1].upper() + name[1:] for name in names if name][:8]


def read_names(text: str, at: int) -> list[str]:
    names: list[str] = []
    for _ in range(12):
        match = ITEM.match(text, at)
        if match is None or (names and not has_separator(match[0])):
            break
        names.append((match["quoted"] or match["plain"]).strip())
        at = match.end()
    return names


OF_TABLE = re.compile(r"^(?:table|chart|matrix)?\s?(?:of|between|for|zwischen|entre|tra)\s+", re.I)


def find_compared(text: str) -> list[str]:
    """Return the things that the prompt compares: the rows of the table."""
    match = COMPARE.search(text)
    if match is None:
        return []
    phrase = OF_TABLE.sub("", match[1])
    phrase = END.split(phrase, maxsplit=1)[0]
    names = [name.strip(" .") for name in re.split(rf",\s*(?:{OR}\s)?|\s(?:vs\.?|{OR})\s", phrase)]
    return [name for name in names if 0 < len(name) < 40] if len(names) > 1 else []


def default_columns(question: Question) -> list[str]:
    names = find_compared(question.instruction)
    if names:
        return ["", *names][1:] and ["Name", "Strength", "Weakness"]
    return ["Name", "Description", "Value"]


def write_row(
    question: Question, writer: Writer, columns: list[str], names: list[str], at: int
) -> list[str]:
    cells: list[str] = []
    for number, column in enumerate(columns):
        if number == 0 and column in ("Day", "Week", "Month"):
            cells.append(f"{column} {at + 1}")
            continue
        if number == 0 and at < len(names):
            cells.append(names[at][:1].upper() + names[at][1:])
            continue
        cells.append(fill_cell(column, question, writer) or "–")
    return cells


def fill_cell(column: str, question: Question, writer: Writer) -> str:
    """Return the value of a column: from the given text, else a name, a number or a few words."""
    name = column.lower()
    if question.language != "en" and not question.material:
        name = ENGLISH_NAMES.get(name, name)
        if local := list_local_names(name, question.language):
            return take_local(name, local, question)
    schema = describe_by_name(name.replace(" ", "_"))
    is_unknown = schema == {"type": "string"} and find_generator(name) is None
    if is_unknown and question.language != "en" and not question.material:
        return shorten(writer.write_item())
    is_sample = question.language != "en" and not question.material
    hints = Hints() if is_sample else question.sample_hints
    value = generate_from(schema, question, name, hints)
    return shorten(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def take_local(name: str, local: list[str], question: Question) -> str:
    """Return the next of some names; the seed says which one is the first."""
    place = question.places.setdefault(name, question.random.draw_below(len(local)))
    question.places[name] = place + 1
    return local[place % len(local)]


def shorten(text: str) -> str:
    words = text.split()
    return text if len(words) < 9 else " ".join(words[:8]).rstrip(",.;:")
