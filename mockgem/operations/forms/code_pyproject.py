"""A `pyproject.toml` with the name, the version, the dependencies and the scripts of a prompt."""

from __future__ import annotations

import re

from mockgem.operations.forms.format_wishes import fence
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(r"\bpyproject(?:\.toml)?\b", re.I)
ASKS = make_regex(
    r"\b(?:write|create|make|give|generate|need|want|show|draft|minimal|simple|example)\b", re.I
)
BARE = make_regex(r"\W*(?:an? )?pyproject(?:\.toml)? (?:for|of|with)\b", re.I)
OTHER_WISH = make_regex(r"\b(?:explain|what is|why|difference|error|convert|migrate)\b", re.I)
NAME = make_regex(
    r"\b(?:package|project|library|app|tool|cli)?\s?(?:named|called|name:?|for(?: the)?"
    r"(?: (?:package|project|library))?) [\"'`]?([a-zA-Z][\w.-]{1,40})[\"'`]?",
    re.I,
)
VERSION = make_regex(r"\bversion:? [\"'`]?(\d+(?:\.\w+){1,3})", re.I)
PYTHON = make_regex(
    r"\bpython(?:[- ]version)?:? ?((?:>=|~=|==|\^)? ?3(?:\.\d{1,2})?(?:\+|,? ?<\d(?:\.\d+)?)?)",
    re.I,
)
DEPENDENCIES = make_regex(
    r"\b(?:dependenc(?:y|ies)|deps|depends on|requires|with)\b(?: (?:are|on|like))?:? "
    r"([a-zA-Z][\w.\[\]<>=~-]*(?:(?:, (?:and )?| and | & )[a-zA-Z][\w.\[\]<>=~-]*){0,12})",
    re.I,
)
SCRIPT = make_regex(r"\b([a-z][\w-]{0,30}) ?(?:=|->|→|:) ?[\"'`]?([a-z_][\w.]*:[a-z_]\w*)", re.I)
NO_DEPENDENCY = frozenset("a an the python version script console no some".split())


@form(
    "pyproject.toml",
    "Write a pyproject.toml for a package named tidewatch, version 0.3.0, Python >=3.10,"
    " dependencies httpx and pydantic.",
    words="pyproject",
    about="the project table with what the prompt names, and a build system",
)
def write_pyproject(question: Question) -> str | None:
    text = question.prompt[:2000]
    is_wished = ASKS.search(text) or BARE.match(text)
    if not WISH.search(text) or not is_wished or OTHER_WISH.search(text):
        return None
    name = NAME.search(WISH.sub("", text))
    script = SCRIPT.search(text)
    plain = name[1].rstrip(".") if name else "example"
    lines = [
        "[build-system]",
        'requires = ["hatchling"]',
        'build-backend = "hatchling.build"',
        "",
        "[project]",
        f'name = "{plain}"',
        f'version = "{find(VERSION, text, "0.1.0")}"',
        f'requires-python = "{read_python(find(PYTHON, text, ">=3.10"))}"',
        f"dependencies = {list_dependencies(text)}",
    ]
    if script:
        lines += ["", "[project.scripts]", f'{script[1]} = "{script[2]}"']
    return fence("\n".join(lines), "toml", question)


def find(pattern: re.Pattern[str], text: str, usual: str) -> str:
    match = pattern.search(text)
    return match[1].replace(" ", "") if match else usual


def read_python(version: str) -> str:
    """Return a requirement: ">=3.10" for "3.10" and "3.10+"."""
    plain = version.rstrip("+")
    return plain if plain[:1] in "><=~^" else f">={plain}"


def list_dependencies(text: str) -> str:
    match = DEPENDENCIES.search(text)
    names = re.split(r", (?:and )?| and | & ", match[1]) if match else []
    kept = [name.rstrip(".,") for name in names if name.lower() not in NO_DEPENDENCY]
    return "[" + ", ".join(f'"{name}"' for name in kept) + "]"
