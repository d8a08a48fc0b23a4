"""What follows a new function or type in the same program: calls, asserts, an example object."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_java_main import WANTS_MAIN, add_main
from mockgem.operations.forms.code_outcomes import list_outcomes
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_tests import find_functions, find_kinds, write_case
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

ASSERTS = make_regex(rf"\b(?:({NUMBER}) |some |a few )?assert(?:ion)?s?(?: statements?)?\b", re.I)
CALLS = make_regex(
    r"\b(?:with|and|plus|including|show|add)\b[^.\n]{0,24}\b(?:example (?:call|usage"
    r"|of (?:how to use|(?:the |its )?usage))|usage example|sample call|example how to)",
    re.I,
)
OBJECT = make_regex(
    r"\b(?:with|and|plus|including|add)\b[^.\n]{0,20}"
    r"\b(?:example|sample) (?:object|instance|value)",
    re.I,
)
INTERFACE = make_regex(r"^export (?:interface|type) (\w+)(?: =)? \{\n((?:  [^\n]+\n)+)\}", re.M)
FIELD = make_regex(r"^  (\w+)\??: ([^;\n]+);", re.M)
SAMPLES = {
    "number": "1",
    "boolean": "true",
    "string[]": "['first', 'second']",
    "number[]": "[1, 2]",
}
USUAL_ASSERTS = 3


def add_usage(source: str, request: CodeRequest) -> str:
    """Return a program with the calls, the asserts or the object that a prompt also wants."""
    text = request.text[:800]
    if request.language == "typescript" and OBJECT.search(text):
        return add_object(source)
    if request.language == "java" and WANTS_MAIN.search(text):
        return add_main(source)
    if request.language != "python" or request.kind != "function":
        return source
    functions = find_functions(source, "python")
    if not functions:
        return source
    name, names = functions[-1]
    if (asserts := ASSERTS.search(text)) and "unittest" not in text:
        cases = list_outcomes(source, name, find_kinds(source, name, names))
        count = parse_count(asserts[1], 9) if asserts[1] else USUAL_ASSERTS
        lines = [f"assert {write_case(name, *case)}" for case in cases[:count]]
        return f"{source}\n\n\n" + "\n".join(lines) if lines else source
    if CALLS.search(text) and f"print({name}(" not in source:
        cases = list_outcomes(source, name, find_kinds(source, name, names))
        if cases:
            given = ", ".join(map(repr, cases[0][0]))
            return f"{source}\n\n\nprint({name}({given}))"
    return source


def add_object(source: str) -> str:
    """Return TypeScript with an object of its first interface."""
    match = INTERFACE.search(source)
    if match is None:
        return source
    rows = "".join(
        f"  {name}: {write_sample(name, kind.strip())},\n" for name, kind in FIELD.findall(match[2])
    )
    variable = match[1][:1].lower() + match[1][1:]
    return f"{source}\n\nconst {variable}: {match[1]} = {{\n{rows}}};"


def write_sample(name: str, kind: str) -> str:
    if kind.startswith("'"):
        return kind.split(" | ")[0]
    return SAMPLES.get(kind, f"'Example {name}'")
