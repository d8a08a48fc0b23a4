"""A main method for a Java class that shows how its methods are used."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

WANTS_MAIN = make_regex(
    r"\bmain (?:method|function)\b|\bvoid main\b|\bmain\(\)|\b(?:demonstrat\w+|show) (?:it"
    r"|its use)\b",
    re.I,
)
CLASS = make_regex(r"^public class (\w+)", re.M)
CONSTRUCTOR = r"^ {{4}}public {}\(([^()]*)\)"
METHOD = make_regex(r"^ {4}public (?!static|class|abstract)([\w<>\[\]]+) (\w+)\(([^()]*)\)", re.M)
VALUES = {
    "double": ("100.0", "30.0", "20.0"),
    "float": ("100.0f", "30.0f", "20.0f"),
    "int": ("10", "3", "2"),
    "long": ("10L", "3L", "2L"),
    "boolean": ("true", "false", "true"),
    "String": ('"Ada"', '"Ben"', '"Cleo"'),
    "char": ("'a'", "'b'", "'c'"),
}
"""Values for the constructor and for the methods after it, by their type."""
MOST_CALLS = 6


def add_main(source: str) -> str:
    """Return a class with a main method; unchanged if values of other classes are needed."""
    named = CLASS.search(source)
    if named is None or "void main" in source or not source.rstrip().endswith("}"):
        return source
    constructor = re.search(CONSTRUCTOR.format(named[1]), source, re.M)
    given = write_values(constructor[1] if constructor else "", 0)
    methods = [
        (kind, name, write_values(parameters, 1))
        for kind, name, parameters in METHOD.findall(source)
    ]
    if given is None or not methods:
        return source
    variable = re.findall(r"[A-Z][a-z0-9]*", named[1])[-1:] or [named[1]]
    own = variable[0].lower()
    changes = [
        f"{own}.{name}({values});"
        for kind, name, values in methods
        if kind == "void" and values is not None
    ]
    reads = [
        f"System.out.println({own}.{name}({values}));"
        for kind, name, values in methods
        if kind != "void" and values is not None
    ]
    rows = [f"{named[1]} {own} = new {named[1]}({given});", *changes, *reads][:MOST_CALLS]
    body = "\n".join(f"        {row}" for row in rows)
    main = f"\n    public static void main(String[] args) {{\n{body}\n    }}\n}}"
    return source.rstrip().removesuffix("}") + main


def write_values(parameters: str, at: int) -> str | None:
    """Return values for the parameters of a method; None for a type that has none here."""
    kinds = [one.split()[0] for one in parameters.split(",") if one.strip()]
    if not all(kind in VALUES for kind in kinds):
        return None
    return ", ".join(VALUES[kind][at % 3] for kind in kinds)
