"""The beginning and the end of a casual message as those of a letter."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

OPENING = make_regex(
    r"\A\s*(?:hey|hi|hello|yo|hiya)\b(?: (?P<name>(?!there|all|guys|everyone|boss|team)[A-Z]\w+)"
    r"| (?:there|all|guys|everyone|boss|team))?[ !,.]+(?=\S)",
    re.I,
)
CLOSING = make_regex(
    r"(?<=[.!?,\n ])\s*(?:see (?:you|ya)(?: (?:later|soon|tomorrow|then|there))?|bye|cheers|cu|xx+"
    r"|take care|talk soon|lg|best|thx|thanks!*)[!. ]*\Z",
    re.I,
)


def split_frame(text: str) -> tuple[str, str, str] | None:
    """Return the greeting, the body and the closing of a letter for a casual message; None for
    a text that does not begin and end like one."""
    opening, closing = OPENING.match(text), CLOSING.search(text)
    if opening is None or closing is None or closing.start() <= opening.end():
        return None
    name = opening["name"]
    greeting = f"Dear {name}," if name and name[:1].isupper() else "Dear Sir or Madam,"
    return greeting, text[opening.end() : closing.start()].strip(), "Kind regards"
