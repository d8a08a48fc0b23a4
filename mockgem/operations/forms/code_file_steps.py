"""Python programs that read a file, keep some of its rows and write another file."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import mentions
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

READS = make_regex(
    r"\b(?:reads?|loads?|opens?|takes?|parses?) (?:in )?(?:an? |the )?[^\n]{0,40}?\b(json|csv)\b",
    re.I,
)
WRITES = make_regex(
    r"\b(?:writes?|saves?|exports?|stores?|dumps?)\b[^\n]{0,60}?\b(?:file|json|csv)\b",
    re.I,
)
FILTERS = make_regex(
    r"\b(?:filters?|keeps?|selects?|finds?|extracts?)(?: out| for| only)? (?:all |the |only )?"
    r"([a-z]+)(?: (?:who|that|which) are)? (?:(older|younger) than|(?:where|whose|with)"
    r" (?:the |an? )?([a-z_]\w*) (?:is |of )?(above|over|greater than|more than|at least|below"
    r"|under|less than|equal to|equals)?) ?[\"'$]?(\w+)",
    re.I,
)
NAMES = make_regex(r"\b([\w-]{1,40}\.(?:json|csv))\b")
SIGNS = {
    "older": ">",
    "above": ">",
    "over": ">",
    "greater than": ">",
    "more than": ">",
    "at least": ">=",
    "younger": "<",
    "below": "<",
    "under": "<",
    "less than": "<",
}


def write_file_steps(request: CodeRequest) -> str:
    """Return a program that reads, filters and writes rows; empty for other requests."""
    text = request.text[:800]
    if request.language != "python" or request.kind not in ("function", "script"):
        return ""
    reads, kept = READS.search(text), FILTERS.search(text)
    if reads is None or kept is None or not WRITES.search(text) or "pandas" in text.lower():
        return ""
    kind = reads[1].lower()
    rows = kept[1].lower()
    one = rows.removesuffix("s") if len(rows) > 3 else "row"
    field = "age" if kept[2] else kept[3]
    sign = SIGNS.get((kept[2] or kept[4] or "").lower(), "==")
    value = kept[5] if kept[5].isdigit() else f'"{kept[5]}"'
    read = f'{one}["{field}"]'
    if kind == "csv" and kept[5].isdigit():
        read = f"float({read})"
    files = NAMES.findall(text)
    source = files[0] if files else f"{rows}.{kind}"
    target = files[1] if len(files) > 1 else f"filtered_{rows}.{kind}"
    keep = f"[{one} for {one} in {rows} if {read} {sign} {value}]"
    name = (
        request.name if mentions(text, request.name) and "_" in request.name else f"filter_{rows}"
    )
    return PROGRAMS[kind].format(name=name, rows=rows, keep=keep, source=source, target=target)


JSON = """import json


def {name}(source, target):
    with open(source, encoding="utf-8") as file:
        {rows} = json.load(file)
    kept = {keep}
    with open(target, "w", encoding="utf-8") as file:
        json.dump(kept, file, indent=2)
    return kept


{name}("{source}", "{target}")"""
CSV = """import csv


def {name}(source, target):
    with open(source, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        {rows} = list(reader)
    kept = {keep}
    with open(target, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=reader.fieldnames)
        writer.writeheader()
        writer.writerows(kept)
    return kept


{name}("{source}", "{target}")"""
PROGRAMS = {"json": JSON, "csv": CSV}
