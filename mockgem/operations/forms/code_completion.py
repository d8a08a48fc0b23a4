"""Programs that a prompt begins and wants to be completed."""

from __future__ import annotations

import ast
import re

from mockgem.operations.forms.code_languages import recognise_language
from mockgem.operations.forms.question import Question

COMPLETES = re.compile(
    r"\b(?:complete|finish|continue|fill in|implement the (?:following|body)|vervollständige"
    r"|completa|complète)\b",
    re.I,
)
CODE_START = re.compile(
    r"^(?:from \w[\w.]* import|import \w|def \w+\(|class \w+|@\w+|function \w+\(|fn \w+|func \w+"
    r"|public |const )",
    re.M,
)
RETURNS = re.compile(r"->\s*([\w\[\], .|]+?)\s*:")
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


def complete_code(question: Question) -> str:
    """Return the given program with the missing end; empty if the prompt wants none completed."""
    prompt = question.prompt[:8000]
    if not COMPLETES.search(prompt):
        return ""
    match = CODE_START.search(prompt)
    source = prompt[match.start() :].strip().strip("`").rstrip() if match else ""
    if not source or recognise_language(source) not in ("python", ""):
        return f"{source}\n    // done\n}}" if source.count("{") > source.count("}") else source
    kind = RETURNS.findall(source)
    value = EMPTY.get(re.split(r"\W", kind[-1].lower())[0], "None") if kind else "None"
    for text in (source, f"{source}\n    return {value}"):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        last = tree.body[-1] if tree.body else None
        if (
            text is source
            and isinstance(last, ast.FunctionDef)
            and not isinstance(last.body[-1], ast.Return)
        ):
            continue
        return text
    return ""
