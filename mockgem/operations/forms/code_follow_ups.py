"""Changes that a conversation wants of a page or a query: one more element, one more condition."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_conditions import find_condition
from mockgem.operations.forms.code_markup import list_declarations, write_page_parts
from mockgem.operations.forms.code_query_kinds import find_like
from mockgem.operations.forms.lazy_patterns import make_regex

ELEMENT = make_regex(
    r"\b(?:add|put|include|insert|with|füge|añade|agrega|ajoute|aggiungi)\b[^.\n]{0,30}\b(button"
    r"|link|image"
    r"|picture|paragraph|heading|title|input|search (?:bar|box)|footer|video|list|checkbox|table"
    r"|form)\b",
    re.I,
)
SAID = make_regex(
    r"\b(?:says?|saying|labell?ed|called|with the (?:text|label|title)|text|that reads)\s?:?\s"
    r"[\"'“`]?([^\"'”`.\n]{1,60})[\"'”`]?",
    re.I,
)
OTHERS = {
    "heading": "<h2>{}</h2>",
    "title": "<h1>{}</h1>",
    "paragraph": "<p>{}</p>",
    "input": '<input type="text" name="text">',
    "list": "<ul>\n  <li>First</li>\n  <li>Second</li>\n</ul>",
    "table": "<table>\n  <tr><th>Name</th><th>Value</th></tr>\n  <tr><td>A</td><td>1</td></tr>\n"
    "</table>",
    "form": '<form method="post">\n  <input name="name" type="text">\n  <button '
    'type="submit">Send</button>\n</form>',
    "button": '<button type="button">{}</button>',
    "link": '<a href="https://example.com">{}</a>',
}


def add_element(source: str, wish: str) -> str:
    """Return a page with the element that a message adds; as it is if it adds none."""
    match, said = ELEMENT.search(wish), SAID.search(wish)
    if match is None:
        return source
    kind = match[1].lower()
    text = (
        said[1].strip() if said else {"button": "Click me", "link": "Read more"}.get(kind, "Text")
    )
    parts = write_page_parts(wish, "")
    found = next((one.strip() for one in parts if kind.split()[0][:4] in one.lower()[:40]), "")
    element = OTHERS[kind].format(text) if kind in OTHERS else found or f"<p>{text}</p>"
    end = re.search(r"\n?[ \t]*</(?:main|body)>", source)
    if end is None:
        return f"{source.rstrip()}\n{element}"
    indent = "    " if "</body>" in end[0] else "      "
    shown = "\n".join(f"{indent}{line}" for line in element.split("\n"))
    return f"{source[: end.start()]}\n{shown}{source[end.start() :]}"


ORDERED = make_regex(
    r"\b(?:sort|order)(?:ed|s)?\b[^.\n]{0,20}?\bby (?:the )?(\w+)(?:[^.\n]{0,20}?\b(desc\w*"
    r"|highest|newest"
    r"|largest))?",
    re.I,
)
LIMITED = make_regex(
    r"\b(?:limit\w*(?: (?:it|them|this))?(?: to)?|(?:only|just)(?: (?:return|show|give(?: me)?"
    r"|keep))?"
    r"|first|top)(?: the)?(?: first| top)? "
    r"(\d{1,5})\b"
    r"(?! (?:dollars|euros|days|years))|\blimit (?:of )?(\d{1,5})\b",
    re.I,
)
STYLED = make_regex(
    r"\b(?P<name>background|text|font|border|color)(?: colou?r)?\b[^.\n]{0,16}?\b(?:to |be |is "
    r"|in )?"
    r"(?P<value>(?:light|dark|pale|deep)[ -]?[a-z]+|red|blue|green|black|white|yellow|orange"
    r"|purple|pink|teal"
    r"|navy|gr[ae]y|brown|gold|silver|#[0-9a-f]{3,8})\b",
    re.I,
)
STYLE_NAMES = {"background": "background-color", "border": "border-color"}
FIRST_RULE = make_regex(r"\{([^{}]*)\}")


def edit_style(source: str, wish: str) -> str:
    """Return a style sheet whose first rule has the declarations that a message wants."""
    rows = {
        STYLE_NAMES.get(match["name"].lower(), "color"): match["value"].lower().replace(" ", "")
        for match in STYLED.finditer(wish)
    }
    if not rows:
        given = list_declarations(wish, [])
        rows = {one.partition(":")[0]: one.partition(":")[2].strip(" ;") for one in given}
    rule = FIRST_RULE.search(source)
    if rule is None:
        return source
    body = rule[1].rstrip()
    for name, value in rows.items():
        body, count = re.subn(rf"(\n\s*){name}: [^;\n]+;", rf"\g<1>{name}: {value};", body)
        body += "" if count else f"\n  {name}: {value};"
    return f"{source[: rule.start(1)]}{body}\n{source[rule.end(1) :]}"


NEW_COLUMN = make_regex(
    r"\badd\b (?:an? |the )?(?:new )?(?:column (?:called |named |for )?(?:the )?)?[`\"']?"
    r"(?!(?:column|and|to|new|it)\b)([a-z_]\w{1,30})[`\"']?(?: column)?",
    re.I,
)


def add_column(source: str, wish: str) -> str:
    """Return the statement that creates a table, with one more column; as it is without one."""
    match, end = NEW_COLUMN.search(wish), source.rstrip().rstrip(";").rfind(")")
    if match is None or end < 0:
        return source
    name = match[1].lower()
    kind = "TIMESTAMP" if name.endswith(("_at", "date")) else "TEXT"
    start = source[:end].rstrip()
    gap = "\n  " if "\n" in start else " "
    return f"{start},{gap}{name} {kind}{chr(10) if gap[0] == chr(10) else ''}{source[end:]}"


BY_AGE = make_regex(r"newest|latest|oldest|earliest|recent|date", re.I)
BY_SIZE = make_regex(r"highest|largest|biggest|lowest|smallest|cheapest|expensive", re.I)
DATED = make_regex(r"\b(?:\w+\.)?\w*(?:_at|_on|date|time|timestamp)\b")
NUMERIC = make_regex(
    r"\b(?:\w+\.)?(?:price|total|amount|salary|quantity|age|score|revenue|count)\b", re.I
)


def name_order(order: re.Match[str], query: str) -> tuple[str, str]:
    """Return the column by which to sort and its direction: "the newest first" has none itself."""
    word = order[1]
    down = " DESC" if order[2] else ""
    for kinds, columns in ((BY_AGE, DATED), (BY_SIZE, NUMERIC)):
        if kinds.fullmatch(word) and (column := columns.search(query)):
            is_down = word.lower() not in ("oldest", "earliest", "lowest", "smallest", "cheapest")
            return column[0], " DESC" if is_down and word.lower() != "date" else down
    return word, down


YEAR_OF = make_regex(r"\bYEAR\((\w+)\) ?= ?'?(\d{4})'?", re.I)
CONDITION = make_regex(r"\n?\s*\bWHERE\b", re.I)
TAIL = make_regex(r"\s*\b(?:GROUP BY|ORDER BY|LIMIT)\b|\s*;?\s*\Z", re.I)


def edit_query(source: str, wish: str) -> str:
    """Return a query with the condition, the order and the limit that a message adds."""
    if source.lstrip()[:12].upper() == "CREATE TABLE":
        return add_column(source, wish)
    text = YEAR_OF.sub(
        lambda found: (
            f"{found[1]} >= '{found[2]}-01-01' AND {found[1]} < '{int(found[2]) + 1}-01-01'"
        ),
        source.rstrip().rstrip(";"),
    )
    where = find_like(wish) or find_condition(wish)
    if where and where.strip() not in text:
        clause = where.strip().removeprefix("WHERE ")
        end = TAIL.search(text)
        at = end.start() if end else len(text)
        word = "AND" if CONDITION.search(text) else "WHERE"
        text = f"{text[:at]}\n{word} {clause}{text[at:]}"
    if (order := ORDERED.search(wish)) and "ORDER BY" not in text.upper():
        limited = re.search(r"\s*\bLIMIT\b", text, re.I)
        place = limited.start() if limited else len(text)
        column, down = name_order(order, text)
        text = f"{text[:place]}\nORDER BY {column}{down}{text[place:]}"
    if limit := LIMITED.search(wish):
        text = re.sub(r"\s*\bLIMIT \d+", "", text, flags=re.I)
        text += f"\nLIMIT {limit[1] or limit[2]}"
    return f"{text};"
