"""Functions that check how many digits or characters a value has: "whether a PIN has 4 digits"."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

CHECKS = make_regex(
    r"\b(?:check\w*|verif\w*|valid\w*|whether|ensures?|tests?|(?:über)?prüf\w*|vérifi\w*|comprueb\w*"
    r"|compruebe|control\w*|sprawdz\w*|kontrol\w*)\b|провер\w*|перевір\w*|检查|檢查|チェック|確認|확인",
    re.I,
)
LENGTH = make_regex(
    r"\b(?:has|have|is|contains?|consists of|hat|enthält|tiene|contiene|tem|a|ha|contient|ma"
    r"|heeft|имеет|содержит|состоит из|має|містить)\s(?:exactly |genau |exactamente |exatamente"
    r" |esattamente |exactement |dokładnie |precies |ровно |рівно )?"
    r"(?P<count>\d{1,3})[ -](?:(?P<digits>digits?|ziffern|stellen|chiffres|dígitos|cifre|cyfr\w*"
    r"|cijfers|цифр\w*)|characters?|letters?|chars|zeichen|caract\w+|caratteri|znak\w+|tekens"
    r"|символ\w*)",
    re.I,
)
"""How long a value has to be: "has exactly 5 digits"."""


def write_length_check(request: CodeRequest) -> str:
    """Return a function in Python that checks a length; empty for other requests."""
    match = LENGTH.search(request.text) if CHECKS.search(request.text) else None
    if match is None or len(request.parameters) > 1:
        return ""
    count = match["count"]
    value = request.parameters[0] if request.parameters else "text"
    kind = "digits" if match["digits"] else "characters"
    named = is_english(request.name, request.text)
    name = request.name if named else f"has_{count}_{kind}"
    head = f"def {name}({value}: str) -> bool:\n"
    if not match["digits"]:
        return f"{head}    return len({value}) == {count}"
    if request.language == "python":
        return f"{head}    return len({value}) == {count} and {value}.isdigit()"
    return (
        f"{head}    digits = 0\n    for letter in {value}:\n"
        '        if letter in "0123456789":\n            digits += 1\n'
        f"    return len({value}) == {count} and digits == {count}"
    )


def is_english(name: str, text: str) -> bool:
    """Return whether a name is one that the prompt gives, or English words."""
    return name in text or bool(re.match(r"(?:is|has|check|valid|verify)(?:_|[A-Z])", name))
