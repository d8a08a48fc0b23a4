"""Code to insert where an editor shows its cursor: "def add(a, b): <CURSOR>"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_completion import complete_source
from mockgem.operations.forms.code_recognition import recognise_language
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

CURSOR = make_regex(
    r"<\|?/?(?:cursor|fill(?:[_-](?:here|me|in|this))?|insert(?:[_-]here)?|complete(?:[_-](?:here|me|this))?|hole|blank|todo)\|?/?>|\[CURSOR\]|█",
    re.I,
)
FENCE = make_regex(r"```\w*\n?")
WANTS_FENCE = make_regex(r"\b(?:in|as|with) (?:a )?(?:fenced )?(?:markdown )?code block\b", re.I)


@form(
    "code at the cursor",
    "Complete the code at the <CURSOR>.\n\ndef add(a, b):\n    <CURSOR>",
    signs=("<", "█", "["),
    about="what belongs where the cursor stands in a program",
)
def complete_at_cursor(question: Question) -> str | None:
    text = question.prompt[:8000]
    found = list(CURSOR.finditer(text)) if "<" in text or "█" in text or "[" in text else []
    if not found:
        return None
    cursor = found[-1]  # the instruction may name the mark before
    lines = FENCE.sub("", text[: cursor.start()]).split("\n")
    first = next((at for at, line in enumerate(lines) if STARTS_CODE.match(line)), None)
    if first is None:
        return None
    source = "\n".join(lines[first:])
    language = "python" if re.search(r"^\s*(?:async )?def \w", source, re.M) else ""
    _, end = complete_source(source.rstrip(), language or recognise_language(source))
    if not end:
        return None
    inserted = end.strip() if language else end
    return f"```{language}\n{inserted}\n```" if WANTS_FENCE.search(question.whole) else inserted


STARTS_CODE = make_regex(
    r"\s*(?:(?:async )?def |class |import |from \w+ import |function |const |let |var |export "
    r"|public "
    r"|private |func |fn |#include|package |use |@\w+|\w+ = )"
)
