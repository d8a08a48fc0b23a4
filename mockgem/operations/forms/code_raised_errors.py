"""Checks at the beginning of a function: "Raise ValueError if size < 1"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

RAISES = make_regex(
    r"\b(?i:rais|throw)(?:e|es|ing|s)?\b (?:an? )?`?(?P<error>[A-Z]\w*(?:Error|Exception))`?"
    r"(?: \([^()\n]*\))? (?:if|when|for) (?P<case>[^.\n;]{3,80}?)(?=\.(?:\s|\Z)|[;\n]|, and |\Z)"
)
HEAD = make_regex(
    r"^def \w+\((?P<given>[^()]*(?:\([^()]*\)[^()]*)*)\)[^\n]*:\n(?P<doc>   "
    r" \"\"\"[\s\S]*?\"\"\"\n)?",
    re.M,
)
SCRIPT_HEAD = make_regex(
    r"^(?:export )?function \w+(?:<[^<>\n]*>)?\((?P<given>[^()]*)\)[^\n{]*\{\n", re.M
)
SIGNS = make_regex(r"`?(?P<name>\w+)`? ?(?P<sign><=?|>=?|[!=]=) ?(?P<value>-?\d+(?:\.\d+)?|\w+)`?")
WORDS = (
    (r"`?{0}`? (?:is|are) (?:zero|0)\b|\b(?:division by|divid\w+ by|zero) zero\b", "{0} == 0"),
    (r"`?{0}`? (?:is|are) (?:negative|below zero|less than zero)\b|\bnegative `?{0}`?", "{0} < 0"),
    (r"`?{0}`? (?:is|are) not positive\b|\bnon-?positive `?{0}`?", "{0} <= 0"),
    (r"`?{0}`? (?:is|are) (?:less|smaller|lower) than (-?\d+)", "{0} < {1}"),
    (r"`?{0}`? (?:is|are) (?:greater|larger|higher|more) than (-?\d+)", "{0} > {1}"),
    (r"`?{0}`? (?:is|are) empty\b|\bempty `?{0}`?", "not {0}"),
    (r"`?{0}`? (?:is|are) None\b", "{0} is None"),
    (r"`?{0}`? (?:is|are) not an? (?:string|str)\b", "not isinstance({0}, str)"),
    (r"`?{0}`? (?:is|are) not an? (?:integer|int)\b", "not isinstance({0}, int)"),
)
ALONE = ((r"\bnegative\b", "{0} < 0"), (r"\bempty\b", "not {0}"), (r"\bzero\b|\b0\b", "{0} == 0"))
"""What is said of the only parameter without its name: "for negative numbers"."""


def raise_errors(source: str, request: CodeRequest) -> str:
    """Return a function that begins with the check that a prompt wants."""
    match = RAISES.search(request.text[:2000])
    if match is None or request.kind != "function" or f"{match['error']}(" in source:
        return source
    pattern = {"python": HEAD, "javascript": SCRIPT_HEAD, "typescript": SCRIPT_HEAD}
    head = pattern[request.language].search(source) if request.language in pattern else None
    names = re.findall(r"(?:^|, ?)(\w+)", head["given"]) if head else []
    case = find_case(match["case"], names)
    if head is None or not case:
        return source
    said = match["case"].replace("`", "").replace('"', "'").strip()
    if request.language == "python":
        rows = f'    if {case}:\n        raise {match["error"]}("{said[:1].upper()}{said[1:]}")\n'
    else:
        case = case.replace("not ", "!").replace("is None", "== null").replace(" == ", " === ")
        rows = f"  if ({case}) {{\n    throw new {match['error']}('{said}');\n  }}\n"
    return f"{source[: head.end()]}{rows}{source[head.end() :]}"


def find_case(text: str, names: list[str]) -> str:
    """Return the condition that a text states about a parameter; empty if it states none."""
    if (compared := SIGNS.search(text)) and compared["name"] in names:
        return f"{compared['name']} {compared['sign']} {compared['value']}"
    for name in names:
        for pattern, case in WORDS:
            if found := re.search(pattern.format(re.escape(name)), text, re.I):
                return case.format(name, *found.groups())
    if len(names) != 1:
        return ""
    return next(
        (case.format(names[0]) for words, case in ALONE if re.search(words, text, re.I)), ""
    )
