"""Well-known programs that prompts ask for, from `data/programs.md`: caches, pools, retries."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "programs.md"
SECTION = make_regex(r"(?P<language>\w+) \| (?P<pattern>[^\n]+)\n```\n(?P<source>.*?)\n```", re.S)
SHARED = make_regex(r"^= ([\w ]+) \| ([^\n]+)$", re.M)
"""A pattern of several sections and its name, at the beginning of the file."""
NAME = make_regex("«([^»]+)»")
OTHER_KINDS = ("tests",)
SAME = {"tsx": "jsx"}
"""Languages that get the programs of another one, if there are none of their own."""
MAX_TEXT = 1_500


@cache
def load_programs() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return the programs of each language with the patterns of their requests.

    The patterns of a language are compiled when a request first wants a program in it.
    """
    head, *sections = FILE.read_text(encoding="utf-8").split("\n## ")
    shared = {f"= {name}": pattern for name, pattern in SHARED.findall(head)}
    programs: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for section in sections:
        match = SECTION.match(section)
        if match is not None:
            pattern = str(shared.get(match["pattern"], match["pattern"]))
            row = (make_regex(pattern, re.I), match["source"])
            programs.setdefault(match["language"], []).append(row)
    return programs


@frozen
class Program:
    """A program for a request: its language, its source and the name of its main part."""

    language: str
    source: str
    name: str


def find_program(request: CodeRequest) -> Program | None:
    """Return a well-known program with the name that the prompt gives it; None for others."""
    if request.kind in OTHER_KINDS:
        return None
    text = request.text[:MAX_TEXT]
    programs = load_programs()
    language = "json" if JSON_FILE.search(text) else request.language
    rows = programs.get(language) or programs.get(SAME.get(language, ""), [])
    source = next((source for pattern, source in rows if pattern.search(text)), "")
    return name_program(source, language, request) if source else None


JSON_FILE = make_regex(r"\B\.\w+rc\.json\b")
"""A configuration in JSON for a tool of another language: ".eslintrc.json"."""
OWN_NAME = make_regex(
    r"[`\"'“]([A-Za-z_]\w{1,40})(?:<[^<>\n]{0,20}>)?(?:\([^()\n]{0,60}\))?[`\"'”]"
    r"|\b(?:called|named) ([A-Za-z_]\w{1,40})|(?<![\w.])([A-Za-z_]\w{1,40})\("
)
"""A name that a prompt marks: in quotation marks, after "called", or before a bracket."""


def name_program(source: str, language: str, request: CodeRequest) -> Program:
    """Return a program in which the name of the prompt stands for the usual one."""
    usual = NAME.search(source)
    if usual is None:
        return Program(language, source, "")
    rest = NAME.sub(" ", source)
    found = (next(filter(None, one.groups())) for one in OWN_NAME.finditer(request.text))
    fitting = (one for one in found if one[0].isupper() == usual[1][0].isupper())
    name = next((one for one in fitting if not re.search(rf"\b{one}\b", rest)), usual[1])
    return Program(language, NAME.sub(name, source), name)
