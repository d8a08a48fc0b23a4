"""Filters of a list in JavaScript and Python: "users older than 18, only their names"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_stated_names import DESCENDING
from mockgem.operations.forms.lazy_patterns import make_regex

FILTER = make_regex(
    r"\b(?:filter|select|keep|get|find|return|linq)\w*:?\s(?:all |only |the |an? |array of "
    r"|list of ){0,3}([a-z]\w{1,20}s)\b"
    r"(?: (?:that|which|who|with|whose|where|are|is|have|has|an?|the|their)){0,4}"
    r" ([a-z]\w{1,20}(?: is| are)?) (older than|younger than|(?:greater|more|bigger"
    r"|higher|less|lower|fewer|smaller) than|over|above|under|below|at least|at most|[<>]=?)"
    r" \$?(\d{1,9}(?:\.\d{1,2})?)",
    re.I,
)
AGED = make_regex(
    r"\b([a-z]\w{1,20}s)\b(?: (?:that|which|who|are)){0,2} (older than|younger than|over|under)"
    r" (?:the age of )?(\d{1,3})\b(?! ?(?:days|hours|minutes|weeks|months))",
    re.I,
)
SIGNS = (
    (r"older|greater|more|bigger|higher|over|above|>$", ">"),
    (r"at least|>=", ">="),
    (r"at most|<=", "<="),
    (r"younger|less|lower|fewer|smaller|under|below|<$", "<"),
)
SHOWN = make_regex(
    r"\b(?:return|show|get|print|log|only) (?:only |just )?(?:their|the|its) (\w+?)s?\b"
)
ORDER = make_regex(r"\b(?:order|sort)\w* by (?:their |the )?(\w+)", re.I)


def find_filter(text: str) -> tuple[str, str, str, str] | None:
    """Return the list, the field, the sign and the number of a filter; None without one."""
    if match := FILTER.search(text):
        items, field, said, number = match.groups()
        field = field.split()[0]
    elif (match := AGED.search(text)) and "filter" in text.lower():
        items, said, number = match.groups()
        field = "age"
    else:
        return None
    sign = next(sign for pattern, sign in SIGNS if re.search(pattern, said, re.I))
    return items.lower(), field, sign, number


def write_filter(request: CodeRequest) -> str:
    """Return a function that filters a list, sorts it and takes a field; empty for others."""
    text = request.text[:600]
    is_plain = request.language in ("javascript", "typescript", "python")
    found = find_filter(text) if is_plain and request.kind in ("function", "script") else None
    if found is None:
        return ""
    items, field, sign, number = found
    shown, order = SHOWN.search(text), ORDER.search(text)
    taken = shown[1] if shown and shown[1] not in ("result", "list", "item") else ""
    by = order[1] if order else ""
    down = DESCENDING.search(text) is not None
    if request.language == "python":
        return write_python_filter(items, f'["{field}"] {sign} {number}', taken, by, down)
    steps = f"\n    .filter((item) => item.{field} {sign} {number})"
    if by:
        first, second = ("b", "a") if down else ("a", "b")
        steps += f"\n    .sort((a, b) => ({first}.{by} > {second}.{by} ? 1 : -1))"
    steps += f"\n    .map((item) => item.{taken})" if taken else ""
    kind = ": any[]" if request.language == "typescript" else ""
    name = f"filter{items.capitalize()}"
    return f"export function {name}({items}{kind}) {{\n  return {items}{steps};\n}}"


def write_python_filter(items: str, test: str, taken: str, by: str, down: bool) -> str:
    one = items[:-1]
    value = f'{one}["{taken}"]' if taken else one
    given = items
    if by:
        more = ", reverse=True" if down else ""
        given = f'sorted({items}, key=lambda {one}: {one}["{by}"]{more})'
    return f"def filter_{items}({items}):\n    return [{value} for {one} in {given} if {one}{test}]"
