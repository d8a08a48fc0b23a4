"""Options that a prompt lists, and what hardly is one."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_OPTION = 48


OR = (
    r"(?:or|and|oder|und|ou|et|o|u|y|e|en"
    r"|of(?! (?:the|this|that|these|those|an?|your|its|their|my|our|all|each|it)\b)"
    r"|lub|czy|albo|oraz|veya|ya da|или|и|або|чи|atau"
    r"|dan|hoặc|hay|أو|או|या|か|または|或|或者|和|또는)"
)


@frozen
class Options:
    """Listed options, what the prompt says about each, and where the list begins and ends.

    Attributes:
        headed: Whether the list has a heading, such as "Teams:", that the prompt names again.
    """

    values: tuple[str, ...]
    descriptions: tuple[str, ...]
    span: tuple[int, int]
    headed: bool = False


LAYOUT = make_regex(
    r"\b(?:followed by|bullet (?:list|points?)|numbered list|paragraphs?|line starting"
    r"|sentences?)\b",
    re.I,
)
"""What a reply consists of, not what it says."""
ARTICLE = make_regex(
    r"^(?:an? |the |either |as |only |with |ein(?:e[nmrs]?)? |une? |una |uno |uma? |een )"
)
NOT_OPTIONS = frozenset(
    "nothing no not the a an it its this that explanation else other only just text "
    "e-mail email name title summary key"
    " more less one two few etc".split()
)


NOTED = make_regex(r"(\d{2,12}|[A-Z]{1,4}-?\d{1,6}) \(([^()\n]{2,60})\)?")
"""A code with its meaning: "6570 (travel)"."""


def make(
    values: list[str], span: tuple[int, int], descriptions: list[str] | None = None
) -> Options | None:
    """Return options without marks and duplicates; None if these are hardly options."""
    if ": " in values[0] and not any(": " in value for value in values[1:]):
        values = [values[0].rpartition(": ")[2], *values[1:]]  # "the size: small, large"
    values = [*values[:-1], values[-1].removesuffix(" only")]
    noted = [NOTED.fullmatch(value.strip(" .,;\"'")) for value in values]
    if descriptions is None and len(values) > 1 and all(noted):
        pairs = [(match[1], match[2]) for match in noted if match]
        return Options(tuple(one for one, _ in pairs), tuple(note for _, note in pairs), span)
    has_yes = any(value.strip(" \"'“‘`").lower() == "yes" for value in values)
    cleaned = [ARTICLE.sub("", value.strip(" .,;:\"'“”‘’`«»„「」()[]*\n")) for value in values]
    kept = list(dict.fromkeys(value for value in cleaned if value))
    if [value.lower() for value in kept] in (["yes", "no"], ["no", "yes"]):
        return Options(tuple(kept), tuple(descriptions or ("", "")), span)
    bad = any(len(v) > MAX_OPTION or len(v.split()) > 4 or is_no_option(v) for v in kept[:1])
    kept = [
        v
        for v in kept
        if len(v) <= MAX_OPTION
        and len(v.split()) <= 5
        and (not is_no_option(v) or (has_yes and v.lower() == "no"))
    ]
    if bad or len(kept) < 2:
        return None
    texts = descriptions if descriptions and len(descriptions) == len(kept) else [""] * len(kept)
    return Options(tuple(kept), tuple(texts), span)


def is_no_option(value: str) -> bool:
    """Return whether a text is a common word; a single capital such as "A" is an option."""
    if LAYOUT.search(value) is not None:
        return True
    if DENIED.fullmatch(value):
        return False
    return value.lower().split()[0] in NOT_OPTIONS and not (len(value) == 1 and value.isupper())


DENIED = make_regex(
    r"not (?:enough|sufficient|sure|given|stated|supported|relevant|applicable|mentioned|related"
    r"|clear|helpful|answered|known)(?: \w+){0,2}|no (?:info\w*|evidence|opinion|preference|change"
    r"|match|relation)|others?",
    re.I,
)
"""A label that begins with a negation, or for what fits no other label."""
