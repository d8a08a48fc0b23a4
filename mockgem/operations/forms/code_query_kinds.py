"""Queries that prompts often ask for without naming tables: joins, rows without others."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_compares import LESS, MORE
from mockgem.operations.forms.code_joins import SqlTable
from mockgem.operations.forms.code_query_parts import find_id, find_key, singular
from mockgem.operations.forms.lazy_patterns import make_regex

USUAL_COLUMNS: dict[str, str] = {
    "customers": "id name email city country created_at",
    "users": "id name email age city country created_at",
    "orders": "id customer_id product_id quantity total status created_at",
    "products": "id name category price stock",
    "employees": "id name department salary manager_id hire_date",
    "sales": "id product_id quantity amount sale_date",
    "payments": "id user_id amount paid_at",
    "posts": "id user_id title body created_at",
    "comments": "id post_id user_id body created_at",
    "students": "id name age grade",
    "courses": "id title teacher",
    "books": "id title author price published_year",
    "authors": "id name country",
    "invoices": "id customer_id amount due_date status",
    "departments": "id name",
    "movies": "id title genre rating release_year",
}
NOUN = make_regex(rf"\b({'|'.join(USUAL_COLUMNS)})\b", re.I)


def guess_tables(text: str) -> list[SqlTable]:
    """Return the well-known tables that a text names, with their usual columns."""
    names = dict.fromkeys(name.lower() for name in NOUN.findall(text))
    single = {singular(name): name for name in USUAL_COLUMNS}
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in single and single[word] not in names:
            names[single[word]] = None
    return [SqlTable(name, tuple(USUAL_COLUMNS[name].split())) for name in names]


LIMITED = make_regex(
    rf",?\s?(?:(?:but|and|then)\s)?(?:(?:only|just|show|include|keep|return|for|with"
    rf"|where)\s){{0,3}}"
    rf"(?:the |those )?\b(\w+) (?:with|having|(?:that|who|which) have|has)\s"
    rf"(?:(?P<least>at least)|(?P<more>{MORE})|(?P<less>{LESS})) (\d{{1,6}}) (\w+)",
    re.I,
)


def cut_limit(question: str, tables: list[SqlTable]) -> tuple[str, str]:
    """Return a question without "only countries with at least 10 users", and its HAVING clause."""
    match = LIMITED.search(question)
    if match is None:
        return question, ""
    rest = f"{question[: match.start()]} {question[match.end() :]}"
    names = {singular(table.name) for table in tables}
    is_group = re.search(rf"\b(?:per|by|each|every) (?:the )?{singular(match[1])}", rest, re.I)
    if is_group is None or (singular(match[1]) in names and len(names) > 1):
        return question, ""
    sign = ">=" if match["least"] else ">" if match["more"] else "<"
    return rest, f"HAVING COUNT(*) {sign} {match.groups()[-2]}"


def add_limit(query: str, having: str) -> str:
    """Return a query whose groups have a limit."""
    return re.sub(r"(\nGROUP BY [^\n;]+)", rf"\1\n{having}", query, count=1) if having else query


MOST = make_regex(
    r"\b(\w+) (?:with|that has|who has|who (?:placed|made|wrote)) the most (\w+)\b", re.I
)
INCLUDING = make_regex(
    r"\binclud\w+ (?:those |the |all )?(?:\w+ )?(?:without|with no|that have " r"no)\b", re.I
)
FEW = make_regex(
    r"\b(\d{1,3}|two|three|four|five|ten) ((?:highest|best|most|lowest|cheapest|oldest|newest"
    r"|latest)(?:[- ](?:paid|priced|rated|expensive|recent))?) (\w+)\b(?! by\b)",
    re.I,
)
FEW_WORDS = {"two": "2", "three": "3", "four": "4", "five": "5", "ten": "10"}
RANKS = (
    (r"paid", r"salary|wage|pay"),
    (r"expensive|priced|cheapest", r"price|cost|amount"),
    (r"rated|best", r"rating|score|stars"),
    (r"recent|newest|latest|oldest", r"_at|date|year"),
)


def find_ranked(table: SqlTable, words: str) -> str:
    """Return the column that "highest paid" or "cheapest" is about."""
    pattern = next(
        (row for word, row in RANKS if re.search(word, words, re.I)), r"total|amount" r"|price"
    )
    found = next((one for one in table.columns if re.search(pattern, one)), "")
    return found or pattern.partition("|")[0].removeprefix("_at") or "created_at"


MANAGER = make_regex(r"\bmore (?:money )?than (?:their|his|her|the) (?:\w+ )?managers?\b", re.I)
RANKED = make_regex(
    r"\b(?:top|first|highest|latest|most recent)\s?(\d{1,3})?\b[^.\n]{0,40}?\b(?:from|in|per|for"
    r"|of) each (\w+)"
    r"|\b(?:top|first) (\d{1,3}) \w+ per (\w+)\b(?! count)",
    re.I,
)
JOINS = make_regex(
    r"\bjoin(?:s|ing)? (?:the )?(?:tables? )?([a-z_]\w+)(?: table)?(?: and| with| to|,) (?:the "
    r")?([a-z_]\w+)",
    re.I,
)


BEST_OF_EACH = make_regex(
    r"\b(?P<rank>highest|best|most expensive|lowest|cheapest|oldest|youngest|largest|biggest)"
    r"(?: \w+)? (?P<thing>[a-z_]\w{2,30}) (?:of|in|per|from|for) (?:each"
    r"|every) (?P<group>[a-z_]\w{2,30})",
    re.I,
)
"""The best row of each group: "the highest paid employee of every department"."""


def write_best_of_each(text: str, known: list[SqlTable]) -> str:
    """Return a query for the best row of each group in another table; else empty."""
    match = BEST_OF_EACH.search(text)
    by_name = {singular(one.name): one for one in known}
    things = by_name.get(singular(match["thing"])) if match else None
    groups = by_name.get(singular(match["group"])) if match else None
    if match is None or things is None or groups is None or not things.columns:
        return ""
    key = find_key(groups.name, things)
    column = find_ranked(things, match[0])
    if key not in things.columns or column not in things.columns:
        return ""
    function = "MIN" if match["rank"].lower() in ("lowest", "cheapest", "youngest") else "MAX"
    return (
        f"SELECT g.name AS {singular(groups.name)}, t.name, t.{column}\nFROM {things.name} t\n"
        f"JOIN {groups.name} g ON t.{key} = g.{find_id(groups)}\nWHERE t.{column} = (\n"
        f"  SELECT {function}({column})\n  FROM {things.name}\n  WHERE {key} = t.{key}\n);"
    )


def write_known_query(text: str, table: str, tables: list[SqlTable]) -> str:
    """Return a query over a table and itself, or over the best rows of groups; else empty."""
    if last := write_last_of_each(text, table):
        return last
    known = tables or guess_tables(text)
    if query := write_most(text, known) or write_few(text, known) or write_all_counts(text, known):
        return query
    if MANAGER.search(text):
        name = known[0].name if known else "employees"
        return (
            f"SELECT e.name\nFROM {name} e\nJOIN {name} m ON e.manager_id = m.id\n"
            "WHERE e.salary > m.salary;"
        )
    if best := write_best_of_each(text, known):
        return best
    ranked = RANKED.search(text)
    return write_ranked(ranked, known[0] if known else SqlTable(table, ())) if ranked else ""


def write_most(text: str, known: list[SqlTable]) -> str:
    """Return a query for "the customer with the most orders"; else empty."""
    most = MOST.search(text)
    if most is None or len(known) < 2:
        return ""
    owner, other = (
        next((one for one in known if singular(one.name) == singular(word)), None)
        for word in (most[1], most[2])
    )
    if owner is None or other is None:
        return ""
    return f"{count_rows(owner, other, 'JOIN', '*')}\nORDER BY count DESC\nLIMIT 1;"


def write_all_counts(text: str, known: list[SqlTable]) -> str:
    """Return a query that counts the rows of each, "including those without"; else empty."""
    if INCLUDING.search(text) is None or len(known) < 2:
        return ""
    keys = known[0].columns
    owner = next((one for one in known if f"{singular(one.name)}_id" in keys), known[0])
    other = next(one for one in known if one is not owner)
    return f"{count_rows(owner, other, 'LEFT JOIN', f'{other.name}.id')};"


def count_rows(owner: SqlTable, other: SqlTable, join: str, counted: str) -> str:
    """Return a query that counts the rows of a table for each row of another one."""
    own = f"{owner.name}.{find_id(owner)}"
    return (
        f"SELECT {owner.name}.name, COUNT({counted}) AS count\nFROM {owner.name}\n"
        f"{join} {other.name} ON {other.name}.{singular(owner.name)}_id = {own}\n"
        f"GROUP BY {own}, {owner.name}.name"
    )


def write_few(text: str, known: list[SqlTable]) -> str:
    """Return a query for "the three highest paid employees"; else empty."""
    few = FEW.search(text)
    if few is None or not known:
        return ""
    main = next((one for one in known if singular(one.name) == singular(few[3])), known[0])
    column = find_ranked(main, f"{few[2]} {few[3]}")
    order = "" if re.search(r"lowest|cheapest|oldest", few[2], re.I) else " DESC"
    count = FEW_WORDS.get(few[1].lower(), few[1])
    return f"SELECT *\nFROM {main.name}\nORDER BY {column}{order}\nLIMIT {count};"


VALUED = make_regex(r"price|salary|amount|total|score|_at|date")


def write_ranked(ranked: re.Match[str], table: SqlTable) -> str:
    """Return a query for the best rows of each group."""
    count, group = ranked[1] or ranked[3] or "1", singular(ranked[2] or ranked[4])
    order = next((one for one in table.columns if VALUED.search(one)), "created_at")
    return (
        "SELECT *\nFROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY "
        f"{group} ORDER BY {order} DESC) AS place\n  FROM {table.name}\n) ranked\n"
        f"WHERE place <= {count};"
    )


LAST_OF_EACH = make_regex(
    r"\b(last|latest|newest|most recent|first|oldest|earliest) (?:record|row|entry|one|value)s?\b"
    r"[^.\n]{0,12}\b(?:in|of|for|per|from) (?:each|every) (\w+)",
    re.I,
)


def write_last_of_each(text: str, table: str) -> str:
    """Return a query for the last row of each group; empty if a text wants another one."""
    match = LAST_OF_EACH.search(text)
    if match is None:
        return ""
    order = "ASC" if match[1].lower() in ("first", "oldest", "earliest") else "DESC"
    group = "group_id" if match[2].lower() == "group" else f"{match[2].lower()}_id"
    return (
        f"SELECT *\nFROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY {group} "
        f"ORDER BY id {order}) AS place\n  FROM {table}\n) ranked\nWHERE place = 1;"
    )


LACKING = make_regex(
    r"\b(\w+s) (?:(?:that|who|which) )?(?:have |has |had |were |are |was )?(?:never|not|n['’]t) "
    r"(?:been |be )?(order|sold|purchas|bought|reserv|borrow|enroll|review)\w*",
    re.I,
)
PAST = {
    "order": "orders",
    "sold": "sales",
    "purchas": "orders",
    "bought": "orders",
    "review": "reviews",
}


def write_lacking(text: str) -> str:
    """Return a query for "products that have never been ordered"; empty for others."""
    match = LACKING.search(text)
    if match is None or re.search(r"\b(?:delete|update)\b", text, re.I):
        return ""
    owner, verb = match[1].lower(), match[2].lower()
    other = PAST.get(verb, f"{verb}s")
    return f"SELECT *\nFROM {owner}\nWHERE id NOT IN (SELECT {singular(owner)}_id FROM {other});"


LIKES = make_regex(
    r"\b(\w+) (?:that |which )?(?:(?P<start>starts?|begins?|starting|beginning|commencen?t? par"
    r"|empiezan? (?:por|con)"
    r"|inizian? (?:con|per)|começam? com)|(?P<end>ends?|ending|termin\w+ (?:con|par|com))"
    r"|(?P<in>contains?|containing|includes?|contient|contiene))"
    r" (?:with )?(?:the )?(?:letter |word |text |lettre |letra )?[\"'`«]?(\w{1,30})[\"'`»]?",
    re.I,
)


def find_like(text: str) -> str:
    """Return the condition in "whose name starts with A"; empty without one."""
    match = LIKES.search(text)
    if match is None or match[1].lower() in ("that", "which", "who", "table", "list"):
        return ""
    value = match.groups()[-1]
    pattern = f"{value}%" if match["start"] else f"%{value}" if match["end"] else f"%{value}%"
    return f"\nWHERE {match[1].lower()} LIKE '{pattern}'"


def write_join_of(text: str) -> str:
    """Return a query that joins the two tables which a text names, with the columns it shows."""
    match = JOINS.search(text)
    if match is None:
        return ""
    usual = {one.name: one for one in guess_tables(f"{match[1]} {match[2]}")}
    first, second = (usual.get(one.lower(), SqlTable(one, ())) for one in match.groups())
    key = f"{singular(second.name)}_id"
    if key in first.columns or not second.columns:
        on = f"{first.name}.{key} = {second.name}.{find_id(second)}"
    else:
        on = f"{second.name}.{singular(first.name)}_id = {first.name}.{find_id(first)}"
    rest = text[match.end() :].lower()
    shown = [
        f"{table.name}.{column}"
        for table in (first, second)
        for column in table.columns
        if column != "id" and re.search(rf"\b{singular(table.name)}(?:'s)? {column}\b", rest)
    ]
    return f"SELECT {', '.join(shown) or '*'}\nFROM {first.name}\nJOIN {second.name} ON {on};"


BEST = make_regex(
    r"\b(\d{1,4}) (\w+) (?:con|mit|avec|com|с|z|met)\s(?:el |la |los |dem |den |der |le |les "
    r"|il |o |a |de "
    r"|самой |самым )?(?:mayor(?:es)?|más alto|höchsten|größten|plus (?:haut|élevé|grand)s?"
    r"|maggior\w*|più alt\w"
    r"|maior(?:es)?|наибольш\w+|высок\w+|najwyższ\w+|hoogste) (\w+)",
    re.I,
)
BEST_CJK = make_regex(
    r"(工资|薪水|薪资|价格|價格|销售额|年龄|給料|給与|価格|売上|급여|가격)(?:が|은|이|가)?(?:最高|最多|高い|높은)的?(?:前|上位|順に"
    r"|순)?\s?(\d{1,4})"
    r"|(?:前|上位)\s?(\d{1,4})"
)
CJK_COLUMNS = {
    **dict.fromkeys(("工资", "薪水", "薪资", "給料", "給与", "급여"), "salary"),
    **dict.fromkeys(("价格", "價格", "価格", "가격"), "price"),
    **dict.fromkeys(("销售额", "売上"), "amount"),
    "年龄": "age",
}


def write_best(table: str, text: str) -> str:
    """Return a query for "die 5 Mitarbeiter mit dem höchsten Gehalt"; empty for other wishes."""
    if match := BEST.search(text):
        name = table if table != "items" else match[2].lower()
        return f"SELECT *\nFROM {name}\nORDER BY {match[3].lower()} DESC\nLIMIT {match[1]};"
    if match := BEST_CJK.search(text):
        column = CJK_COLUMNS.get(match[1] or "", "amount")
        return f"SELECT *\nFROM {table}\nORDER BY {column} DESC\nLIMIT {match[2] or match[3]};"
    return ""
