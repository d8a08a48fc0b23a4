"""Changes that a conversation wants of a page or a query: one more element, one more condition."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_conditions import find_condition
from mockgem.operations.forms.code_markup import write_page_parts
from mockgem.operations.forms.code_query_kinds import find_like
from mockgem.operations.forms.lazy_patterns import make_regex

ELEMENT = make_regex(
    r"\b(?:add|put|include|insert|with|füge|añade|agrega|ajoute|aggiungi)\b[^.\n]{0,30}\b(button|link|image"
    r"|picture|paragraph|heading|title|input|search (?:bar|box)|footer|video|list|checkbox|table|form)\b",
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
    "table": "<table>\n  <tr><th>Name</th><th>Value</th></tr>\n  <tr><td>A</td><td>1</td></tr>\n</table>",
    "form": '<form method="post">\n  <input name="name" type="text">\n  <button type="submit">Send</button>\n</form>',
    "button": '<button type="button">{}</button>',
    "link": '<a href="https://example.com">{}</a>',
}


def add_element(source: str, wish: str) -> str:
    """Return a page with the element that a message adds; as it is if it adds none."""
    match, said = ELEMENT.search(wish), SAID.search(wish)
    if match is None:
        return source
    kind = match[1].lower()
    text = said[1].strip() if said else {"button": "Click me", "link": "Read more"}.get(kind, "Text")
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
    r"\b(?:sort|order)(?:ed|s)?\b[^.\n]{0,20}?\bby (?:the )?(\w+)(?:[^.\n]{0,20}?\b(desc\w*|highest|newest"
    r"|largest))?",
    re.I,
)
LIMITED = make_regex(
    r"\b(?:limit\w*(?: (?:it|them|this))?(?: to)?|only|just|first|top)(?: the)?(?: first| top)? (\d{1,5})\b"
    r"(?! (?:dollars|euros|days|years))|\blimit (?:of )?(\d{1,5})\b",
    re.I,
)
YEAR_OF = make_regex(r"\bYEAR\((\w+)\) ?= ?'?(\d{4})'?", re.I)
CONDITION = make_regex(r"\n?\s*\bWHERE\b", re.I)
TAIL = make_regex(r"\s*\b(?:GROUP BY|ORDER BY|LIMIT)\b|\s*;?\s*\Z", re.I)


def edit_query(source: str, wish: str) -> str:
    """Return a query with the condition, the order and the limit that a message adds."""
    text = YEAR_OF.sub(
        lambda found: f"{found[1]} >= '{found[2]}-01-01' AND {found[1]} < '{int(found[2]) + 1}-01-01'",
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
        at = re.search(r"\s*\bLIMIT\b", text, re.I)
        place = at.start() if at else len(text)
        down = " DESC" if order[2] else ""
        text = f"{text[:place]}\nORDER BY {order[1]}{down}{text[place:]}"
    if limit := LIMITED.search(wish):
        text = re.sub(r"\s*\bLIMIT \d+", "", text, flags=re.I)
        text += f"\nLIMIT {limit[1] or limit[2]}"
    return f"{text};"
