"""Checks in the methods of a class: too large a withdrawal raises an error."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

WISH = make_regex(
    r"\binsufficient\b|\bnot enough\b|\btoo (?:low|small|little)\b|\boverdra\w+|\bnegative\b"
    r"|\b(?:throw|rais)(?:s|es|ing|e)?\b|\bexceptions?\b|\berrors?\b|\bexceed\w*",
    re.I,
)
LOWERS = make_regex(
    r"^(?P<indent>[ \t]*)(?P<field>[\w.$>-]*?(?:balance|stock|quantity|funds|amount|credit)) -= "
    r"(?P<value>\$?\w+);?$",
    re.I | re.M,
)
"""A line that lowers a field."""
NAMED = make_regex(r"\b([A-Z]\w{2,40}(?:Exception|Error))\b")
USUAL = {
    "python": "ValueError",
    "java": "IllegalArgumentException",
    "csharp": "InvalidOperationException",
    "javascript": "Error",
    "typescript": "Error",
    "kotlin": "IllegalArgumentException",
    "php": "InvalidArgumentException",
    "ruby": "ArgumentError",
    "cpp": "std::invalid_argument",
}
BUILT_IN = frozenset(
    "ValueError RuntimeError TypeError Exception Error RangeError ArgumentError StandardError"
    " IllegalArgumentException IllegalStateException InvalidOperationException ArgumentException"
    " InvalidArgumentException DomainException RuntimeException"
    " UnsupportedOperationException".split()
)
CHECKS = {
    "python": "if {value} > {field}:\n    raise {error}({text})",
    "ruby": "raise {error}, {text} if {value} > {field}",
    "csharp": "if ({value} > {field})\n{{\n    throw new {error}({text});\n}}",
    "kotlin": "if ({value} > {field}) throw {error}({text})",
    "cpp": "if ({value} > {field}) {{\n    throw {error}({text});\n}}",
    **dict.fromkeys(
        ("java", "javascript", "typescript", "php"),
        "if ({value} > {field}) {{\n    throw new {error}({text});\n}}",
    ),
}
OWN = {
    "python": ("class {0}(Exception):\n    pass\n\n\n", ""),
    "ruby": ("class {0} < StandardError; end\n\n", ""),
    "java": (
        "",
        "\n\nclass {0} extends RuntimeException {{\n    {0}(String message) {{\n"
        "        super(message);\n    }}\n}}",
    ),
    "csharp": ("", "\n\npublic class {0}(string message) : Exception(message);"),
    "kotlin": ("class {0}(message: String) : Exception(message)\n\n", ""),
    "javascript": ("class {0} extends Error {{}}\n\n", ""),
    "typescript": ("class {0} extends Error {{}}\n\n", ""),
}
"""An error with a name, before and after the class."""


def add_guards(source: str, request: CodeRequest) -> str:
    """Return a class whose methods raise an error instead of lowering a value below zero."""
    check = CHECKS.get(request.language)
    if check is None or request.kind not in ("class", "struct") or not WISH.search(request.text):
        return source
    if re.search(r"\b(?:raise|throw) ", source):
        return source
    named = NAMED.search(request.text)
    is_own = named is not None and named[1] not in BUILT_IN and request.language in OWN
    error = named[1] if named and (is_own or named[1] in BUILT_IN) else USUAL[request.language]
    quote = "'" if request.language in ("javascript", "typescript", "php") else '"'
    text = f"{quote}Insufficient {name_kind(source)}{quote}"

    def guard(match: re.Match[str]) -> str:
        lines = check.format(field=match["field"], value=match["value"], error=error, text=text)
        step = "  " if request.language in ("javascript", "typescript") else "    "
        rows = [match["indent"] + line.replace("    ", step) for line in lines.split("\n")]
        return "\n".join([*rows, match[0]])

    guarded = LOWERS.sub(guard, source)
    if guarded == source or not is_own:
        return guarded
    before, after = (part.format(error) for part in OWN[request.language])
    return f"{before}{guarded}{after}"


def name_kind(source: str) -> str:
    match = LOWERS.search(source)
    field = re.findall(r"[a-z]+", match["field"].lower())[-1] if match else "funds"
    return "funds" if field in ("balance", "amount", "credit") else field
