"""What a given program does, in sentences."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_idiom_words import explain_idioms
from mockgem.operations.forms.code_remarks import describe_line
from mockgem.operations.forms.code_tests import find_functions
from mockgem.operations.forms.lazy_patterns import make_regex

TITLES = {
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "cpp": "C++",
    "csharp": "C#",
    "php": "PHP",
    "html": "HTML",
    "css": "CSS",
    "jsx": "React",
}
MAX_STEPS = 6
ORDER = ("First it", "Then it", "After that it", "Next it", "It also")


def explain_code(source: str, language: str) -> str:
    """Return sentences about what a program does."""
    if language == "sql":
        return explain_query(source)
    functions = find_functions(source, language)
    title = TITLES.get(language, language.capitalize())
    kind = f"{title} code" if title else "code"
    described = CLASS.search(source)
    if described and described[1] != "Main":
        methods = [one for one in METHOD.findall(source) if one != "__init__"][:5]
        has = f" with {join_names(methods)}" if methods else ""
        start = f"This {kind} defines the class `{described[1]}`{has}."
    elif functions:
        name, parameters = functions[0]
        takes = f", which takes {join_names(parameters)}" if parameters else ""
        start = f"This {kind} defines `{name}`{takes}."
    else:
        start = f"This {kind} runs from top to bottom."
    if functions and is_recursive(source, functions[0][0]):
        start += " It is recursive: it calls itself with a smaller value until the simple case."
    steps = list_steps(source)
    idioms = explain_idioms(source)
    return " ".join([start, *steps, *idioms])


CLASS = make_regex(r"\A(?:[^\n]*\n){0,6}(?:public |export |final )*class (\w+)")
METHOD = make_regex(r"^[ \t]+(?:async )?def (\w+)\(", re.M)


def is_recursive(source: str, name: str) -> bool:
    """Return whether a function calls itself."""
    return len(re.findall(rf"(?<![\w.]){re.escape(name)}\(", source)) > 1 and "return" in source


PRINTED = make_regex(
    r"\s*(?:print|console\.log|System\.out\.print(?:ln)?|fmt\.Print(?:ln|f)?|println!|echo|puts"
    r"|printf|Console\.WriteLine)[ (]\s*([\"'])([^\"'`\n{}]{1,60}?)(?:\\n)?\1"
)


def join_names(names: list[str]) -> str:
    ticked = [f"`{name}`" for name in names]
    return ticked[0] if len(ticked) == 1 else f"{', '.join(ticked[:-1])} and {ticked[-1]}"


RETURNED = make_regex(r"\s*return\s+([^`\n]{1,80}?);?\s*\Z")


def list_steps(source: str) -> list[str]:
    """Return a sentence for each line that does something new."""
    found = []
    if "\n" not in source.strip():
        source = re.sub(r"(?<=[{;]) (?=\w)| (?=\}\Z)", "\n", source.strip())
    for line in source.split("\n")[:80]:
        if returned := RETURNED.match(line):
            found.append(f"Return `{returned[1]}`")
            continue
        if printed := PRINTED.match(line):
            found.append(f"Print `{printed[2]}`")
            continue
        remark = describe_line(line)
        if remark and not remark.startswith(("Define", "Load", "Describe")) and remark not in found:
            found.append(remark)
    if not found:
        body = re.sub(r"\s+", " ", source).strip()[:120].replace("`", "")
        return [f"Its whole work is done in one line: `{body}`."]
    if len(found) == 1:
        return [f"It {say_step(found[0])}."]
    ends = found.pop() if len(found) > 1 else ""
    steps = [
        f"{ORDER[at % len(ORDER)]} {say_step(row)}." for at, row in enumerate(found[:MAX_STEPS])
    ]
    return [*steps, f"At the end it {say_step(ends)}."] if ends else steps


def say_step(remark: str) -> str:
    """Return a remark such as "Set total" as "sets `total`"."""
    verb, _, rest = remark.partition(" ")
    verb = {"Go": "goes", "Copy": "copies"}.get(verb, f"{verb.lower()}s")
    names = (
        re.sub(r"(?<=^)(through |from |by )?([\w.$]+)$", r"\1`\2`", rest)
        if " the " not in f" {rest}"
        else rest
    )
    return f"{verb} {names}"


CLAUSES = (
    (r"\bFROM\s+(\w+)", "It reads the rows of `{0}`."),
    (r"\bJOIN\s+(\w+)", "It joins them with `{0}`."),
    (
        (
            r"\bWHERE\s+(.+?)(?=\s+(?:GROUP|ORDER|LIMIT|HAVING)\b"
            r"|;|\Z)"
        ),
        "It keeps the rows where `{0}` holds.",
    ),
    (
        (
            r"\bGROUP BY\s+(.+?)(?=\s+(?:ORDER|LIMIT|HAVING)\b"
            r"|;|\Z)"
        ),
        "There is one result for each `{0}`.",
    ),
    (
        (
            r"\bHAVING\s+(.+?)(?=\s+(?:ORDER|LIMIT)\b"
            r"|;|\Z)"
        ),
        "Of these groups it keeps those with `{0}`.",
    ),
    (r"\bORDER BY\s+(.+?)(?=\s+LIMIT\b|;|\Z)", "The results are sorted by `{0}`."),
    (r"\bLIMIT\s+(\d+)", "At most {0} rows come back."),
)
SELECTED = make_regex(r"\bSELECT\s+(?:DISTINCT\s+)?(.+?)\s+FROM\b", re.I | re.S)
OTHER = (
    (r"\s*INSERT INTO (\w+)", "This statement adds a row to `{0}`."),
    (r"\s*UPDATE (\w+)", "This statement changes rows of `{0}`."),
    (r"\s*DELETE FROM (\w+)", "This statement removes rows from `{0}`."),
    (
        r"\s*CREATE (?:UNIQUE )?INDEX \w+ ON (\w+)",
        "The index lets the database find matching rows of `{0}` without reading the whole table.",
    ),
    (r"\s*CREATE TABLE (?:IF NOT EXISTS )?(\w+)", "This statement creates the table `{0}`."),
)


def explain_query(source: str) -> str:
    """Return sentences about a statement of SQL."""
    flat = " ".join(source.split())[:2000]
    for pattern, text in OTHER:
        if match := re.match(pattern, flat, re.I):
            return text.format(match[1])
    selected = SELECTED.search(flat)
    start = (
        f"This query returns `{selected[1]}`."
        if selected and selected[1] != "*"
        else "This query returns all columns."
    )
    rows = [
        text.format(match[1].strip())
        for pattern, text in CLAUSES
        if (match := re.search(pattern, flat, re.I))
    ]
    return " ".join([start, *rows])


LOOP = make_regex(r"^([ \t]*)(?:for|while)\b", re.M)
HALVES = make_regex(r"//=? ?2|>>=? ?1|/=? ?2\b|\bmid(?:dle)?\b")


def estimate_complexity(source: str) -> str:
    """Return the order of growth of a program, by its loops: O(n^2) for one inside another."""
    indents = sorted({len(match[1]) for match in LOOP.finditer(source)})
    if not indents:
        calls = re.search(r"\b(?:def|function|func|fn) (\w+)", source)
        is_recursive = calls is not None and len(re.findall(rf"\b{calls[1]}\(", source)) > 1
        return "O(n)" if is_recursive or "sum(" in source else "O(1)"
    if len(indents) == 1:
        return "O(log n)" if HALVES.search(source) else "O(n)"
    return f"O(n^{len(indents)})"
