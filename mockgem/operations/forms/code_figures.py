"""Functions that return several figures of a list: "the sum and the average"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import mentions, to_camel
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

WORDS = {
    "sum": "sum total",
    "average": "average mean avg",
    "min": "min minimum smallest lowest",
    "max": "max maximum largest highest biggest",
    "median": "median",
    "count": "count length number",
}
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split()}
ONE = rf"(?:the |its |their )?({'|'.join(KINDS)})(?: value| number)?"
SEVERAL = make_regex(
    rf"\b(?:returns?|calculates?|computes?|finds?|gets?|prints?) {ONE}"
    rf"(?:(?:,? and |, ){ONE})(?:(?:,? and |, ){ONE})?(?:(?:,? and |, ){ONE})?",
    re.I,
)
PYTHON = {
    "sum": "sum({0})",
    "average": "sum({0}) / len({0})",
    "min": "min({0})",
    "max": "max({0})",
    "median": "statistics.median({0})",
    "count": "len({0})",
}
SCRIPT = {
    "sum": "{0}.reduce((total, one) => total + one, 0)",
    "average": "{0}.reduce((total, one) => total + one, 0) / {0}.length",
    "min": "Math.min(...{0})",
    "max": "Math.max(...{0})",
    "median": "[...{0}].sort((a, b) => a - b)[Math.floor({0}.length / 2)]",
    "count": "{0}.length",
}


EXTREME = make_regex(
    r"\b(?:list|array) of (?:dict\w*|objects|products|items|records|users|people)\b"
    r"[^.\n]{0,60}?\b(?:with|that has) the (?P<kind>highest|largest|greatest|maximum|max|lowest"
    r"|smallest|minimum|min|oldest|youngest|cheapest) (?P<field>[a-z_]\w{1,30})",
    re.I,
)
LEAST = frozenset("lowest smallest minimum min youngest cheapest".split())


def write_extreme(request: CodeRequest) -> str:
    """Return a function for the object with the highest or lowest value; empty for others."""
    match = EXTREME.search(request.text[:600])
    if match is None or request.kind != "function":
        return ""
    field, is_least = match["field"], match["kind"].lower() in LEAST
    given = next(iter(request.parameters), "items")
    is_named = mentions(request.text, request.name) and request.name != "run"
    name = request.name if is_named else f"find_{'lowest' if is_least else 'highest'}_{field}"
    if request.language == "python":
        pick = "min" if is_least else "max"
        return f'def {name}({given}):\n    return {pick}({given}, key=lambda item: item["{field}"])'
    if request.language not in ("javascript", "typescript"):
        return ""
    typed = f"{given}: {{ {field}: number }}[]" if request.language == "typescript" else given
    sign = "<" if is_least else ">"
    return (
        f"export function {to_camel(name)}({typed}) {{\n  return {given}.reduce((best, item) => "
        f"(item.{field} {sign} best.{field} ? item : best));\n}}"
    )


def write_figures(request: CodeRequest) -> str:
    """Return a function with several figures of a list; empty for one figure."""
    if request.kind != "function" or request.language not in ("python", "javascript", "typescript"):
        return ""
    match = SEVERAL.search(request.text[:600])
    if match is None:
        return ""
    kinds = list(dict.fromkeys(KINDS[word.lower()] for word in match.groups() if word))
    if len(kinds) < 2:
        return ""
    given = next(iter(request.parameters), "numbers")
    is_named = mentions(request.text, request.name) and request.name not in KINDS
    name = request.name if is_named and request.name != "run" else "summarize"
    if request.language == "python":
        rows = "".join(f'        "{kind}": {PYTHON[kind].format(given)},\n' for kind in kinds)
        start = "import statistics\n\n\n" if "median" in kinds else ""
        return f"{start}def {name}({given}):\n    return {{\n{rows}    }}"
    rows = "".join(f"    {kind}: {SCRIPT[kind].format(given)},\n" for kind in kinds)
    typed = f"{given}: number[]" if request.language == "typescript" else given
    return f"export function {to_camel(name)}({typed}) {{\n  return {{\n{rows}  }};\n}}"
