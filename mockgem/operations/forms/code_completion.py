"""Programs that a prompt begins and wants to be completed."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_dialect_table import DIALECTS
from mockgem.operations.forms.code_emitter import translate_python
from mockgem.operations.forms.code_expressions import NotWritable
from mockgem.operations.forms.code_functions import fit_task, read_signature_names, write_plain
from mockgem.operations.forms.code_names import to_snake
from mockgem.operations.forms.code_tasks import list_tasks
from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

COMPLETES = make_regex(
    r"\b(?:(?<!the )(?<!a )(?<!one )complete|finish|continue|fill in|implement the (?:following"
    r"|body)|vervollständige"
    r"|completa|complète)\b",
    re.I,
)
RETURNS = make_regex(r"->\s*([\w\[\], .|]+?)\s*:")
EMPTY = {
    "bool": "False",
    "int": "0",
    "float": "0.0",
    "str": '""',
    "list": "[]",
    "dict": "{}",
    "set": "set()",
    "tuple": "()",
}


def complete_source(source: str, language: str) -> tuple[str, str]:
    """Return a program with its missing end, and the end alone; empty if nothing is missing."""
    if language not in ("python", ""):
        if filled := fill_body(source, language):
            return filled, filled
        end = "    // done\n}" if source.count("{") > source.count("}") else ""
        return (f"{source}\n{end}" if end else source), end
    if source.rstrip().endswith(("pass", "...")):
        source = source.rstrip().removesuffix("pass").removesuffix("...").rstrip()
    kept = re.sub(r"\n[ \t]*#[^\n]*$", "", source.rstrip())
    kind = RETURNS.findall(kept)
    value = EMPTY.get(re.split(r"\W", kind[-1].lower())[0], "None") if kind else "None"
    indent = " " * (len(last := kept.split("\n")[-1]) - len(last.lstrip()))
    indent = indent if not kept.endswith(":") else f"{indent}    "
    for end in (write_known_end(kept), f"{indent or '    '}return {value}", ""):
        text = f"{kept}\n{end}" if end else kept
        tree = parse_python(text)
        if tree and tree.body and (end or "return" in text):
            return text, end
    return "", ""


MAX_HEAD = 1_000
EMPTY_BODY = make_regex(
    r"^(?P<head>[^\n]*?(?:function|func|fn|fun)?\s?(?P<name>\w+)\s?\((?P<names>[^()\n]*)\)[^{\n"
    r"]*)\{\s*"
    r"(?:(?://|#)[^\n]*\n\s*)*(?:(?://|#)[^\n}]*)?\}?\s*$"
)
BODY = make_regex(r"^[^\n]*\{\n(.*)\}$", re.S)


def fill_body(source: str, language: str) -> str:
    """Return a function of a language with braces whose body a prompt leaves out; else empty."""
    match = EMPTY_BODY.match(source.strip()) if len(source) < MAX_HEAD else None
    if match is None or language not in DIALECTS:
        return ""
    names = read_signature_names(match["names"], language)
    snake = to_snake(match["name"])
    plain = next(
        (
            fitted
            for task in list_tasks(f"{snake.replace('_', ' ')} {snake}")
            if (fitted := fit_task(task, match["name"], names))
        ),
        write_plain(match["name"], names or ("value",), snake),
    )
    try:
        written = translate_python(plain, language, match["name"])
    except NotWritable:
        return ""
    body = BODY.search(written)
    return f"{match['head'].rstrip()} {{\n{body[1]}}}" if body else ""


def write_known_end(source: str) -> str:
    """Return the body of a well-known function whose head a program gives; empty for others."""
    heads = list(HEAD.finditer(source))
    if not heads or re.search(r"\n[ \t]+(?:return|for|while|if)\b", source[heads[-1].end() :]):
        return ""
    head = heads[-1]
    names = tuple(re.findall(r"(\w+)\s*(?::[^,]+)?(?:=[^,]+)?(?:,|$)", head[3]))
    names = tuple(name for name in names if name not in ("self", "cls"))
    about = f"{head[2]} {source[head.end() :]}"
    for task in list_tasks(about):
        if fitted := fit_task(task, head[2], names):
            body = fitted.partition("\n")[2]
            return "\n".join(f"{head[1]}{line}" for line in body.split("\n"))
    return ""


HEAD = make_regex(r"^([ \t]*)def (\w+)\(([^()\n]*)\)[^\n]*:", re.M)
