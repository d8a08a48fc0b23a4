"""Cases that a given function should handle too: negative numbers, empty lists, no value."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.lazy_patterns import make_regex

HANDLES = make_regex(
    r"\b(?:handl\w+|support\w*|check\w*(?: for)?|reject\w*|deal\w* with|work\w* (?:with|for)"
    r"|accept\w*"
    r"|guard\w* against|cover\w*|what (?:about|if)|account for|raise|throw|fail\w*)\b[^.\n]{0,40}?"
    r"\b(?:(?P<negative>negatives?|below zero)|(?P<zero>zero|0)|(?P<empty>empty)"
    r"|(?P<none>none|null|undefined|missing))\b",
    re.I,
)
HEAD = make_regex(
    r"^(?P<indent>[ \t]*)(?:(?:async )?def (?P<python>\w+)\((?P<given>[^()\n]*)\)[^\n]*:"
    r"|(?:export )?(?:async )?function (?P<script>\w+)\((?P<taken>[^()\n]*)\)[^\n{]*\{)[ \t]*\n"
    r"(?P<doc>[ \t]+\"\"\"[^\"\n]*\"\"\"\n)?",
    re.M,
)
TESTS = {
    "negative": ("{0} < 0", "{0} < 0", "must not be negative"),
    "zero": ("{0} == 0", "{0} === 0", "must not be zero"),
    "empty": ("not {0}", "{0}.length === 0", "must not be empty"),
    "none": ("{0} is None", "{0} == null", "must not be missing"),
}
"""The test in Python and in JavaScript, and what the error says."""


def handle_case(source: str, wish: str) -> str:
    """Return a program whose first function rejects the values that a wish names; else as it is."""
    match, head = HANDLES.search(wish), HEAD.search(source)
    if match is None or head is None:
        return source
    case = str(match.lastgroup)
    name = find_parameter(head["given"] or head["taken"] or "", case)
    if not name:
        return source
    python, script, said = TESTS[case]
    if head["python"]:
        rows = [f"    if {python.format(name)}:", f'        raise ValueError("{name} {said}")']
    else:
        rows = [f"  if ({script.format(name)}) {{", f"    throw new Error('{name} {said}');", "  }"]
    added = "".join(f"{head['indent']}{row}\n" for row in rows)
    return f"{source[: head.end()]}{added}{source[head.end() :]}"


def find_parameter(given: str, case: str) -> str:
    """Return the parameter that a case is about: the first number, list or text."""
    names = [re.split(r"[:=\s]", part.strip())[0] for part in given.split(",")]
    names = [name for name in names if name.isidentifier() and name not in ("self", "cls")]
    numbers = [name for name in names if guess_kind(name) in ("int", "float") or len(name) == 1]
    others = [name for name in names if guess_kind(name) not in ("int", "float", "bool")]
    chosen = numbers if case in ("negative", "zero") else others if case == "empty" else names
    return next(iter(chosen or names), "")
