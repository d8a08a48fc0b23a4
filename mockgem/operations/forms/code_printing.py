"""What a short Python program prints, worked out step by step within narrow limits."""

from __future__ import annotations

import ast
import re
from typing import Any

from mockgem.operations.forms.code_outcomes import FAILURES, NotKnown, Raised, Run, work_out
from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

ASKS = make_regex(
    r"\A\W*(?:what (?:does|will|would|is|are) (?:this|the|it|that|following)[^.?\n]{0,60}"
    r"\b(?:print|output|outputs|prints|printed)\b|what(?:'s| is) (?:printed|the (?:output|result))"
    r"|predict the output|(?:give|tell) me the output)[^.?\n]{0,60}",
    re.I,
)
FENCE = make_regex(r"```(?:python|py)?\n([^`]{3,3000})\n```")
ONLY = make_regex(r"\b(?:only|just|nothing else)\b", re.I)
MOST_LINES = 60
MOST_PARTS = 500
"""Characters of a text, or elements of a list, that are printed."""


class PrintingRun(Run):
    """Carries out the statements of a program, and keeps what it prints."""

    def __init__(self) -> None:
        super().__init__({})
        self.lines: list[str] = []

    def run_one(self, row: ast.stmt) -> tuple[bool, Any]:
        match row:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args, keywords=[])):
                values = [check_size(work_out(arg, self.names)) for arg in args]
                self.lines.append(" ".join(map(str, values)))
                if len(self.lines) > MOST_LINES:
                    raise NotKnown("lines")
                return False, None
        return super().run_one(row)


def check_size(value: Any) -> Any:
    """Return a value that is short enough for a reply."""
    parts = value if isinstance(value, (list, str)) else ()
    rows = [one for one in parts if isinstance(one, (list, str))]
    if len(parts) > MOST_PARTS or sum(map(len, rows)) > MOST_PARTS:
        raise NotKnown("size")
    return value


def list_printed(source: str) -> list[str]:
    """Return the lines that a program prints; empty if a part of it is not worked out here."""
    tree = parse_python(source)
    if tree is None:
        return []
    run = PrintingRun()
    try:
        run.run(tree.body)
    except (Raised, *FAILURES):
        return []
    return run.lines


@form(
    "output of a program",
    "What does this code print?\n\nfor i in range(3):\n    print(i * 2)",
    words="print output prints outputs printed",
    about="the lines that a short Python program prints",
)
def tell_output(question: Question) -> str | None:
    prompt = question.prompt
    asked = ASKS.match(prompt) if len(prompt) < 3500 else None
    if asked is None or question.language != "en":
        return None
    fenced = FENCE.search(prompt)
    source = fenced[1] if fenced else prompt[asked.end() :].lstrip(" ?:.").strip("\n` ")
    lines = list_printed(source)
    if not lines:
        return None
    printed = "\n".join(lines)
    if question.is_terse or ONLY.search(question.instruction):
        return printed
    return f"It prints:\n\n```\n{printed}\n```"
