"""XML whose rows stand in an element of the root: "<items> with one <item> per line"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms import serialising
from mockgem.operations.forms.described_reply import generate_described
from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_values import build_object, describe_by_name, describe_field
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.record_rows import find_rows

ROWS = make_regex(
    r"<(?P<outer>\w{1,40})>,? (?:with|containing|having|that (?:has|contains)) (?:one|an?|several"
    r"|multiple)"
    r" <(?P<row>\w{1,40})>(?: elements?| tags?)?(?: (?:per|for each|for every) [\w -]{2,30})?,?"
    r" (?:each|every one|which)(?: of them)? (?:with|having|containing|has|contains)(?: an?| the)?"
    r" (?P<cells>(?:<\w{1,40}>(?: \([^()\n]{1,40}\))?(?:, (?:and )?| and )?){1,10})",
    re.I,
)
ELEMENT = make_regex(r"<(\w{1,40})>(?: \(([^()\n]{1,60})\))?")
CELL_MARK = make_regex(r"(?<=\d) ?(?:pcs?|pieces|x|units?)\b\.?", re.I)


def write_nested_rows(root: str, question: Question) -> str:
    """Return XML with the elements beside the rows, and a row for each line; empty without rows."""
    match = ROWS.search(question.instruction)
    if match is None or not root:
        return ""
    fields = read_elements(match["cells"])
    lines = [line for line in question.material.splitlines() if "," in line or ";" in line]
    rows = find_rows(dict(fields), "\n".join(lines)) or split_rows(lines, fields)
    if not rows:
        value = generate_described(Described(build_object(fields), True, 2), question)
        rows = value if isinstance(value, list) else [value]
    before = question.instruction[: match.start()]
    own = [pair for pair in read_elements(before) if pair[0] != root]
    head = generate_described(Described(build_object(own)), question) if own else {}
    parts = [serialising.to_xml(item, name, 1) for name, item in head.items()]
    inner = "\n".join(serialising.to_xml(row, match["row"], 2) for row in rows)
    parts.append(f"  <{match['outer']}>\n{inner}\n  </{match['outer']}>")
    return f"<{root}>\n" + "\n".join(parts) + f"\n</{root}>"


def read_elements(text: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, describe_field(name, note) if note else describe_by_name(name))
        for name, note in ELEMENT.findall(text)
    ]


def split_rows(lines: list[str], fields: list[tuple[str, Any]]) -> list[dict[str, str]]:
    """Return the cells of lines that have as many as there are fields."""
    rows = []
    for line in lines:
        cells = [CELL_MARK.sub("", cell).strip(" -*•") for cell in re.split(r"[,;|] ?", line)]
        if len(cells) == len(fields):
            rows.append(dict(zip((name for name, _ in fields), cells, strict=True)))
    return rows


INSIDE = make_regex(
    r"(?P<cells>(?:<\w{1,40}>(?:,? and |, ?| ?)?){1,12})(?:elements? |tags? )?,? ?(?:inside"
    r"|within|in|under|wrapped in"
    r"|all in)(?: of)? (?:an? |the |one )?(?:root |parent )?(?:element "
    r"|tag )?<(?P<outer>\w{1,40})>",
    re.I,
)
"""Elements and the one that holds them: "<company>, <contact> inside <lead>"."""


def write_inside(question: Question) -> str:
    """Return XML with the elements that a prompt wants inside of another one; empty for others."""
    match = INSIDE.search(question.instruction) if question.material else None
    if match is None:
        return ""
    from mockgem.operations.forms.marked_fields import read_elements as read_values

    names = [name for name, _ in read_elements(match["cells"])]
    found = read_values(names, question)
    rows = "\n".join(serialising.to_xml(found.get(name, ""), name, 1) for name in names)
    return f"<{match['outer']}>\n{rows}\n</{match['outer']}>"
