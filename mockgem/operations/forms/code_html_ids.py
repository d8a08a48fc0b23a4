"""The ids that a prompt names for the parts of an HTML page."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

NAMED = make_regex(
    r"\b(input|field|text ?box|button|list|form|div|section|table|textarea|canvas|paragraph"
    r"|span)s?\b"
    r"[^.\n;]{0,30}?\b(?:id|ID)\b(?: of| is|:|=)? ?[\"'`#]{1,2}([A-Za-z][\w-]{0,40})[\"'`]"
)
TAGS = {
    "field": "input",
    "textbox": "input",
    "text box": "input",
    "list": "(?:ul|ol)",
    "paragraph": "p",
}
OWN_ID = make_regex(r" id=\"([\w-]+)\"")


def use_ids(source: str, text: str) -> str:
    """Return a page whose parts have the ids of a prompt, also where its script names them."""
    for noun, wanted in NAMED.findall(text[:3000]):
        tag = TAGS.get(noun.lower(), noun.lower())
        match = re.search(rf"<{tag}\b[^<>]*>", source)
        if match is None or f'id="{wanted}"' in source:
            continue
        own = OWN_ID.search(match[0])
        if own is None:
            end = match.end() - 1
            source = f'{source[:end]} id="{wanted}"{source[end:]}'
            continue
        source = source.replace(f'id="{own[1]}"', f'id="{wanted}"')
        source = re.sub(rf"(['\"`])#{re.escape(own[1])}(?=['\"` ])", rf"\1#{wanted}", source)
        source = re.sub(
            rf"getElementById\((['\"]){re.escape(own[1])}\1\)",
            f"getElementById('{wanted}')",
            source,
        )
        source = source.replace(f'for="{own[1]}"', f'for="{wanted}"')
    return source
