"""The function or the class that a program defines."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import mentions
from mockgem.operations.forms.lazy_patterns import make_regex

DEFINED = make_regex(
    r"^(?:export |public |pub |async |static |default |data |final |abstract )*"
    r"(def|function|func|fn|fun|class|interface|struct|enum|type) (\w+)(?:\(([^()\n]*)\))?"
    r"|^ {0,4}(?:public |private |static )+[\w<>\[\]]+ (\w+)\(([^()\n]*)\)"
    r"|^(?:const )?[a-z]\w+[ *]+(\w+)\(([^()\n]*)\) \{",
    re.M,
)
"""The first name that a program defines, with its parameters."""
THINGS = frozenset(("class", "interface", "struct", "enum", "type"))


def find_defined(source: str, prompt: str) -> tuple[str, str]:
    """Return the function or the class that a program is about, and its parameters."""
    rows = [
        (
            match[2] or match[4] or match[6],
            match[3] or match[5] or match[7] or "",
            match[1] in THINGS,
        )
        for match in DEFINED.finditer(source[:3000])
    ]
    rows = [row for row in rows if row[0] not in ("Main", "Program", "main")]
    exact = [row for row in rows if re.search(rf"\b{row[0]}\b", prompt)]
    if not exact and rows and rows[0][2] and rows[0][0].lower() in prompt.lower():
        return rows[0][0], ""
    given = exact or [row for row in rows if mentions(prompt, row[0])]
    name, parameters, is_thing = next(iter(given or rows), ("", "", False))
    if is_thing and not given:
        return "", ""
    return name, "" if is_thing else parameters
