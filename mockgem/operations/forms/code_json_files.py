"""Programs of Python that read a JSON file and show a field: "read users.json, print each name"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_stated_names import BESIDE, FIELD
from mockgem.operations.forms.lazy_patterns import make_regex

READS = make_regex(
    r"\b(?:read|load|open|pars)\w*\b[^\n]{0,24}?([\w/-]{1,40}\.json)\b(?![^\n]{0,60}\b(?:csv|write"
    r"|save|sqlite|class|convert)\b)",
    re.I,
)
EACH = make_regex(
    r"\b(?:print|show|list|log|output)\w*\s(?:out )?(?:the |all |all the |every |each )?[`\"']?"
    r"([a-z_]\w{1,30}?)s?[`\"']?(?: field| value)? (?:of|from|for) (?:each|every|all|the) ",
    re.I,
)


def write_json_reader(request: CodeRequest) -> str:
    """Return a program that reads a JSON file and shows a field of each row; else empty."""
    text = request.text[:600]
    is_plain = request.language == "python" and request.kind in ("function", "script")
    read = READS.search(text) if is_plain and not request.parameters else None
    each, field = EACH.search(text), FIELD.search(text) or BESIDE.search(text)
    if read is None or (each is None and field is None):
        return ""
    start = f'import json\n\nwith open("{read[1]}", encoding="utf-8") as file:\n    '
    if each is not None:
        rows = re.sub(r"\W", "_", read[1].rpartition("/")[2].removesuffix(".json").lower())
        one = rows[:-1] if rows.endswith("s") and len(rows) > 2 else "row"
        loop = f'for {one} in {rows}:\n    print({one}["{each[1]}"])'
        return f"{start}{rows} = json.load(file)\n\n{loop}"
    assert field is not None
    return f'{start}data = json.load(file)\n\nprint(data["{field[1]}"])'
