"""The columns and the rows that a prompt names for a table."""

from __future__ import annotations

import re

from mockgem.operations.forms.compared_things import (
    ACROSS,
    AND,
    AS_COLUMNS,
    COMPARE,
    END,
    WORDS,
    drop_articles,
    find_compared,
    find_named_rows,
    is_difference,
)
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.field_items import ITEM, has_separator
from mockgem.operations.forms.foreign_tables import (
    TABLE_WORD,
    find_days,
    find_possessed_columns,
    find_rows_and_columns,
    list_foreign_days,
    list_named_days,
)
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.language_detection import CODES, detect
from mockgem.operations.forms.language_packs import load_pack, translate_heading
from mockgem.operations.forms.layout_words import PROS_AND_CONS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import AFTER_KEYS
from mockgem.operations.forms.local_fields import find_local_names, read_after
from mockgem.operations.forms.nested_fields import to_singular
from mockgem.operations.forms.option_values import OR
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.related_words import DAYS as WEEK
from mockgem.operations.forms.serialising import ROW_UNITS

PIPES = make_regex(
    r"^[ \t]{0,8}+\|?[ \t]{0,4}+([^|\n]{1,40}+(?:\|[^|\n]{1,40}+){1,12}+)\|?[ \t]{0,8}$", re.M
)
BAR_PIPES = make_regex(
    r"(?<=[a-z:] )\|[ ]?([^|\n]{1,40}(?:\|[^|\n]{1,40}){1,12})\|[ \t]*(?:\n|\Z)(?!\|?[ ]?[-:]{2})"
)
"""Column names after words: "into a table | Day | Time |"."""
BRACKET_PIPES = make_regex(r"\(([^()|\n:]{1,40}(?:\|[^()|\n:]{1,40}){1,12})\)")
INLINE_PIPES = make_regex(r"[:：]\s*([^|\n:]{1,40}(?:\|[^|\n:.,;]{1,40}){1,12})")
QUOTED_PIPES = make_regex(
    r"[\"“`(]\|?[ ]?([^\"”`()|\n]{1,40}(?:\|[^\"”`()|\n]{1,40}){1,12})\|?[ ]?[\"”`)]"
)
LISTED_HEADERS = make_regex(
    r"\b(?:headers?|column (?:headers?|names|titles))\s?[:=]\s?([^.,;:|/\n]{2,40}(?:,[^.,;:"
    r"|/\n]{2,40}){1,10})(?=\s*(?:[.;\n]|\Z))",
    re.I,
)
"""Columns of several words: "Headers: Snack, Why it is healthy"."""
NAMING = make_regex(
    r"\b(?:name|title|product|feature|tool|item|language|option|model|city|country|brand|aspect"
    r"|criteri\w+|category|type|plan|day|fruta|stadt|ville)\b",
    re.I,
)
"""A first column that names the rows."""
SLASHED = make_regex(
    r"\b(?:columns?|spalten|columnas|colonnes|colonne|colunas|table with(?! (?:the|these"
    r"|columns)\b))\s?[:：]?\s((?:[^\W\d][\w ]{0,23}/ ?){1,8}[^\W\d]\w{0,23}"
    r"|(?:[^\W\d][\w ]{0,23}\| ?){1,8}[^\W\d][\w ]{0,23}(?=\s*(?:[.,;\n]|\Z)))",
    re.I,
)
"""Columns between slashes: "with the columns Name / Role / City"."""
INNER_PIPES = make_regex(r"[\w:,.] ?\|((?:[^|\n]{1,40}\|){2,12})(?=[^|\n]*(?:\n|\Z))")
"""Columns between bars in the middle of a sentence: "a table | Herb | Use | with six herbs"."""
AFTER_COLON = make_regex(
    r"\b(?:rows?|table(?: of \w{1,30})?|filas|zeilen"
    r"|lignes)\s?[:：]\s?((?:[^\W\d][\w ]{0,24},\s?){1,10}"
    r"(?:and )?[^\W\d][\w ]{0,24}|[^\W\d]\w{1,24} and [^\W\d]\w{1,24})",
    re.I,
)
SHOWN = make_regex(
    r"\b(?:show|includ|contain|cover|list|display|giv)(?:e|s|es|ing)?\s+(?:the|their|its)\s"
    r"(?!(?:main |key )?(?:differences?|similarities|comparison)\b)"
    r"([^.\n:]{3,160})",
    re.I,
)
"""The columns in "It should show the license, the default port and the typical use for each"."""
ROW_THINGS = make_regex(
    rf"(?<![\w.])(?!(?:an?|one|each|un|une|una|um|uma|eine?[nmr]?)\b)({NUMBER})\s+"
    r"(?!columns?|words?|minutes?|hours?|mins?|seconds?|euros?|dollars?|percent|years?\b|spalten"
    r"|columnas|colonnes)(?=[^\W\d])",
    re.I,
)
WITH_SERIES = make_regex(
    rf"\b(?:with|for|mit|con|avec|com)\s+((?:{WORDS}(?: \w{{2,12}})?,\s?){{1,8}}{WORDS}"
    rf"(?:,?\s{OR}\s{WORDS})?|{WORDS}\s{OR}\s{WORDS})(?=[.:\n]|\s(?:for|of)\b|\s*\Z)",
    re.I,
)
"""The columns in "a meal plan with breakfast, lunch and dinner"."""
WITH_CAPITALS = make_regex(
    r"\btable with ([A-Z][\w ]{1,24}(?:\([^()\n]{1,16}\))?(?:, (?:and )?[A-Z][\w"
    r" ]{1,24}(?:\([^()\n]{1,16}\))?"
    r"){1,8})(?=[.;\n]|\s*\Z)"
)
"""Columns with capitals: "as a table with Day, Dish, Prep time (min)"."""
DAYS = make_regex(rf"(?<![\w.])({NUMBER})[- ](day|week|month)s?\b", re.I)
PARENTHESES = make_regex(r"\(([^()\n]{3,200}),([^()\n]{1,100})\)")
WITH_THEIR = make_regex(
    r"\b(?:with|and|mit|und|con|y|avec|et|com|e)\s+(?:their|its|the|ihren?|sus?|leurs?|i loro"
    r"|seus?)\s+([^.\n:]{3,120})",
    re.I,
)


ROWS_AND_COLUMNS = make_regex(
    r"\b(?:the )?([a-z]+) as (?:the )?rows,? and (?:the )?([\w ,]{3,100}?) as (?:the )?columns\b",
    re.I,
)
"""Rows and columns: "with the days as rows and Breakfast, Lunch, Dinner as columns"."""
BEST_FOR = make_regex(
    r"\b(best|good|used|ideal|reason|suitable) for\b(?=\s*(?:[,.;\n)]|and\b|\Z))", re.I
)
"""The name of a column that ends with "for", which otherwise ends the names."""


WITH_THINGS = make_regex(
    rf"\b(table) (?:with|of) ({NUMBER} (?:[\w-]+ ){{0,3}}?[\w-]+s),? (?:and )?(?:their|its) ", re.I
)
"""Things and their columns: "a table with three languages, their year and creator"."""


def find_columns(text: str) -> list[str]:
    """Return the names of the columns as the prompt spells them."""
    joined = BEST_FOR.sub(r"\1forfor", WITH_THINGS.sub(r"\1 of \2 with their ", text))
    return [name.replace("forfor", " for") for name in find_names(joined)]


IN_LANGUAGES = make_regex(
    r"\b(?:names?|words?|translations?|terms?"
    r"|equivalents?) in ((?-i:[A-Z])[a-z]+(?:, (?-i:[A-Z])[a-z]+){0,6},?"
    r" and (?-i:[A-Z])[a-z]+)\b",
    re.I,
)
"""Languages of which each gets a column: "their names in English and Turkish"."""
COLUMNS = make_regex(r"\bcolumns?\b", re.I)


def find_names(text: str) -> list[str]:
    languages = None if COLUMNS.search(text) else IN_LANGUAGES.search(text)
    if languages is not None and all(
        one.lower() in CODES for one in re.split(r",? and |, ", languages[1])
    ):
        return re.split(r",? and |, ", languages[1])
    if sides := ROWS_AND_COLUMNS.search(text):
        head = re.sub(r"s$", "", sides[1]).capitalize()
        return [head, *(name.strip() for name in re.split(r",\s?(?:and )?| and ", sides[2]))]
    is_crossed = find_named_rows(text) or AS_COLUMNS.search(text) or is_difference(text)
    if is_crossed and (compared := find_compared(text)):
        return ["Feature", *compared]
    if quoted := QUOTED_PIPES.search(text):
        return [cell.strip() for cell in quoted[1].split("|") if cell.strip()]
    if inner := INNER_PIPES.search(text):
        return [cell.strip() for cell in inner[1].split("|") if cell.strip()]
    if listed := LISTED_HEADERS.search(text):
        return [cell.strip(" \"'`*") for cell in listed[1].split(",")]
    if columns := find_rows_and_columns(text)[1]:
        return [translate_heading("Name", detect(text)), *columns]
    if is_foreign(text) and (names := list_foreign_columns(text)):
        return names
    for match in AFTER_KEYS.finditer(text):
        found = read_names(text, match.end())
        if len(found) > 1:
            return found
    if slashed := SLASHED.search(text):
        return [cell.strip() for cell in re.split(r"[/|]", slashed[1])]
    for pattern in (BAR_PIPES, BRACKET_PIPES, INLINE_PIPES, PIPES):
        if piped := pattern.search(text):
            return [cell.strip() for cell in piped[1].split("|") if cell.strip()]
    if listed := AFTER_COLON.search(text):
        cells = re.split(r",\s?(?:and )?| and ", listed[1])
        return [END.split(cell.strip())[0] for cell in cells]
    if find_counted_names(text):
        rest = text[text.find(")") :]
        named = WITH_ANY.search(rest)
        extra = split_columns(END.split(named[1], maxsplit=1)[0]) if named else []
        return [translate_heading("Name", detect(text)), *extra] if extra else []
    if listed := PARENTHESES.search(text):
        cells = [cell.strip() for cell in f"{listed[1]},{listed[2]}".split(",")]
        is_open = find_compared(text) and not NAMING.search(cells[0])
        return ["Name", *cells] if is_open else cells
    if (across := ACROSS.search(drop_articles(text))) and (compared := find_compared(text)):
        return ["Name", *split_columns(across[1] or across[2])]
    if (shown := SHOWN.search(text)) and re.search(rf",|\s{OR}\s", shown[1]):
        return add_first(find_noun(text) or "Name", drop_subject(split_columns(shown[1])))
    if capitals := WITH_CAPITALS.search(text):
        return [cell.strip() for cell in re.split(r", (?:and )?| and ", capitals[1])]
    if named := WITH_THEIR.search(text):
        return add_first(find_noun(text) or "Name", split_columns(named[1]))
    if series := WITH_SERIES.search(text):
        days = DAYS.search(text)
        first = days[2].capitalize() if days else find_noun(text) or "Name"
        return add_first(first, split_columns(series[1]))
    return []


def list_foreign_columns(text: str) -> list[str]:
    return find_local_names(text) or find_possessed_columns(text) or find_after_table(text)


def add_first(name: str, columns: list[str]) -> list[str]:
    """Return columns with one for the names of the things, if none of them is it."""
    is_there = any(NAME_COLUMN.fullmatch(column) for column in columns[:1])
    return columns if is_there else [name, *columns]


NAME_COLUMN = make_regex(
    r"(?:full |product )?(?:name|title|nombre|nom|nome|titel|item|product|produkt|artikel"
    r"|person)s?",
    re.I,
)


COUNTED_NAMES = make_regex(
    rf"({NUMBER})\s(?!columns?\b|spalten|columnas|colonnes|colunas|colonne|kolommen|kolumn"
    rf"|sütun)(?:[^\W\d_]+\s){{1,2}}\(([^()\n]{{3,200}})\)",
    re.I,
)
WITH_ANY = make_regex(
    r"(?<!\w)(?:with|showing|mit|avec|con|com|met|z|с|з|ile)\s(?:the |their |le |la |les |el "
    r"|los |il |lo |o |a |den |dem |de |het )?([^.\n:]{3,120})",
    re.I,
)


def find_counted_names(text: str) -> list[str]:
    """Return the rows in "three plans (Basic, Pro, Premium)": as many names as the number says."""
    match = COUNTED_NAMES.search(text)
    names = [name.strip() for name in match[2].split(",")] if match else []
    return names if match and len(names) == parse_count(match[1]) > 1 else []


def find_after_table(text: str) -> list[str]:
    """Return the columns in "Tabela comparando PIX e boleto: prazo, custo", with one for names."""
    match = TABLE_WORD.search(text)
    colon = re.search(r"[:：]", text[match.end() :]) if match else None
    names = read_after(text[match.end() + colon.end() :]) if match and colon else []
    if len(names) < 2 or not find_compared(text):
        return names if len(names) > 1 else []
    head = translate_heading("Name", detect(text))
    return [head, *(name[:1].upper() + name[1:] for name in names)]


def drop_subject(names: list[str]) -> list[str]:
    """Return columns without the things themselves: "the top 5 languages, their creators"."""
    is_subject = re.match(r"(?:top|all|most|some|\d)", names[0], re.I) if len(names) > 1 else None
    return names[1:] if is_subject else names


FILLER = make_regex(
    r"^(?:their|its|the|ihre[nr]?|sus?|leurs?|an?)\s+|\s+(?:for|of) (?:each|all|every)\b.*$", re.I
)


def split_columns(text: str) -> list[str]:
    """Return the names in "color and their vitamin C content", each with a capital."""
    pieces = re.split(rf",\s*(?:{AND}\s)?|\s{AND}\s", text)
    names = [FILLER.sub("", FILLER.sub("", piece.strip())) for piece in pieces]
    return [name[:1].upper() + name[1:] for name in names if name][:8]


ROW_WISH = make_regex(
    rf"(?:exactly |at least |about |only |just )?{NUMBER} (?:data |body )?"
    rf"(?:items\b|{ROW_UNITS}(?!\w))",
    re.I,
)
"""What follows the columns: "Name, Role and five rows"."""


PER = make_regex(r" per [a-z]{3,12}")
"""What a column is for: "Price per month"."""


def read_names(text: str, at: int) -> list[str]:
    names: list[str] = []
    for _ in range(12):
        match = ITEM.match(text, at)
        if match is None or (names and not has_separator(match[0])):
            break
        name = (match["quoted"] or match["plain"]).strip()
        start = match.start("quoted" if match["quoted"] else "plain")
        if names and ROW_WISH.match(text, start):
            break
        unit = PER.match(text, match.end())
        names.append(f"{name}{unit[0]}" if unit else name)
        at = unit.end() if unit else match.end()
    return names


SCHEDULE = make_regex(r"\b(?:agenda|timetable|running order|day plan|daily schedule)\b", re.I)
PROS = make_regex(
    r"\bvor- und nachteile|\bventajas y (?:desventajas|inconvenientes)|\bpros y contras"
    r"|\bavantages et (?:les )?inconvénients|\bpro e contro|\bvantaggi e svantaggi"
    r"|\bvantagens e desvantagens|\bvoor- en nadelen|\bpros (?:and|&|/|vs\.?) cons\b"
    r"|\badvantages (?:and|&) disadvantages\b",
    re.I,
)
WIDTH = make_regex(
    rf"({NUMBER})[ -]?(?:columns?|spalten|spaltige?n?|columnas|colonnes|colunas|colonne|kolommen"
    r"|kolumn\w*|sütun\w*|столбц\w*|колонк\w*|колонок|стовпц\w*|أعمدة|עמודות|कॉलम|列|欄|열|cột"
    r"|kolom|คอลัมน์)",
    re.I,
)


def fit_width(columns: list[str], text: str) -> list[str]:
    """Return as many of some usual columns as a text asks for: "a two-column table"."""
    match = WIDTH.search(text)
    count = parse_count(match[1], 12) if match else 0
    more = [f"Column {at}" for at in range(len(columns) + 1, count + 1)]
    return [*columns, *more][: count or len(columns)]


def default_columns(question: Question) -> list[str]:
    """Return columns for a table whose columns the prompt does not name, in its language."""
    pack = load_pack(question.language)
    if PROS.search(question.layout) or PROS_AND_CONS.search(question.layout):
        return fit_width([pack.pros, pack.cons], question.layout)
    names = [translate_heading(name, question.language) for name in guess_columns(question)]
    width = WIDTH.search(question.layout)
    if width and names[0] == "Aspect" and parse_count(width[1], 12) == len(names) - 1:
        return names[1:]  # a column for each side
    return fit_width(names, question.layout)


def guess_columns(question: Question) -> list[str]:
    if COMPARE.search(question.layout):
        sides = find_compared(question.layout)
        is_named = bool(find_named_rows(question.layout) or ACROSS.search(question.layout))
        if len(sides) == 2 and question.language == "en" and not is_named:
            return ["Aspect", *(side[:1].upper() + side[1:] for side in sides)]
        return ["Name", "Strength", "Weakness"]
    if SCHEDULE.search(question.layout):
        return ["Time", "Topic", "Notes"]
    if MEALS.search(question.layout):
        return ["Day", "Breakfast", "Lunch", "Dinner"]
    if (
        DAY_RANGE.search(question.layout)
        or WEEKLY.search(question.layout)
        or find_days(question.layout)
        or list_foreign_days(question)
    ):
        return ["Day", "Activity", "Notes"]
    if list_named_days(question):
        return ["Day", "Activity"]
    head = find_noun(question.layout)
    return [head, "Description", "Use"] if head else ["Aspect", "Details", "Notes"]


MEALS = make_regex(r"\b(?:meal|diet|food|eating)[ -]plan\b", re.I)
DAY_NAME = "|".join(f"{day[:3]}(?:{day[3:]})?" for day in WEEK)
DAY_RANGE = make_regex(rf"\b({DAY_NAME})\s?(?:to|through|thru|until|-|–)\s?({DAY_NAME})\b", re.I)


def list_range(text: str) -> list[str]:
    """Return the days in "Monday to Wednesday"; empty without such a range."""
    match = DAY_RANGE.search(text)
    if match is None:
        return []
    starts = [day[:3] for day in WEEK]
    first, last = (starts.index(name[:3].capitalize()) for name in match.groups())
    return WEEK[first : last + 1] if first <= last else [*WEEK[first:], *WEEK[: last + 1]]


def find_noun(text: str) -> str:
    """Return what a table lists as the name of a column: "5 European countries" → "Country"."""
    for match in LISTS.finditer(HEAD_END.split(text, maxsplit=1)[0]):
        if find_known_things(match[1]):
            return to_singular(match[1].split()[-1].lower()).capitalize()
    return ""


HEAD_END = make_regex(r"\b(?:with|columns?|showing|including|their|rows?)\b|[(:]", re.I)
LISTS = make_regex(
    rf"\b(?:of|listing|lists?|all|some|the"
    rf"|{NUMBER})\s((?:[^\W\d_][\w-]*\s){{0,3}}?[^\W\d_]{{3,20}}s)\b",
    re.I,
)


def find_thing_count(text: str) -> int:
    """Return the number in "listing 5 fruits"."""
    if days := find_days(text):
        return days
    if WEEKLY.search(text) and DAY_FIRST.search(text):
        return 7
    days_or_weeks = DAYS.search(text)
    match = days_or_weeks or ROW_THINGS.search(text)
    if days_or_weeks and days_or_weeks[2].lower() == "week" and DAY_COLUMN.search(text):
        return 7 * parse_count(days_or_weeks[1], 8)
    match = match or TABLE_OF.search(text)
    return parse_count(match[1], 60) if match and not YEAR.fullmatch(match[1]) else 0


TABLE_OF = make_regex(
    rf"\btable (?:of|with|listing|showing|for) ({NUMBER}) (?!(?:[\w-]+ )?(?:columns?|rows?|cells?"
    r"|sections?|parts?)\b)(?:[\w-]+ ){0,3}?[\w-]+s(?= with\b|,? (?:and )?(?:their|its)\b)",
    re.I,
)
"""The number of things in "a table of three European capitals with their country"."""
YEAR = make_regex(r"(?:1[89]|20)\d\d")
DAY_FIRST = make_regex(r"\b(?:columns?|header|fields|keys|with)\b[: \"']{1,4}day\b", re.I)
DAY_COLUMN = make_regex(r"\b[Dd]ays?\b|\bone[- ]week\b")
"""A sign that a table for a week has a row for each day."""


WEEKLY = make_regex(
    r"\b(?:weekly|(?:a|the|one|this|per|whole)[ -]week|7[- ]days?|seven[- ]days?|weekday)\b", re.I
)
