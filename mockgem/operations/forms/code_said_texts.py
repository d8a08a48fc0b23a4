"""Texts on a page that a prompt gives without quotes: "a button that says Buy Now"."""

from __future__ import annotations

from mockgem.operations.forms.lazy_patterns import make_regex

SMALL = "(?:to|up|in|out|now|us|for|the|of|my|our|a|an|on|me|more|with|your)"
WORD = (
    r"(?:(?<=[Ss]ign )in|(?<=[Ll]og )in|(?<=[Cc]heck )in"
    r"|(?!(?:in|at|on|that|with|which|below|under|using|and|when|if|then|linking)\b)[\w!'&]+)"
)
SAID = make_regex(
    r"\b((?i:heading|headline|title|h1|header|button|paragraph|text|link|footer))s? "
    r"(?:(?:to|for|at|below|above|in) \S{1,80} ){0,2}"
    r"(?i:(?:that|which|should|must|has to|needs to|will)?\s?(?:says?|reads?|is labell?ed)|saying"
    r"|reading|labell?ed"
    r"|with (?:the |a )?(?:text|label|caption)(?: of)?|titled)"
    r"\s?:?\s(?![\"'“‘`])"
    rf"({WORD}(?: {WORD}){{0,5}}(?= and (?:an?|the)\b|[.,;?!\n]|\Z)"
    rf"|[A-Z0-9][\w!'&]*(?: (?:{SMALL} )*[A-Z0-9][\w!'&]*){{0,6}})"
)
"""An element and its text, whose words begin with capitals or stand at the end."""
NAMES = {"headline": "heading", "title": "heading", "h1": "heading", "header": "heading"}


def find_said_texts(text: str) -> dict[str, str]:
    """Return the texts that a prompt gives for elements of a page, by element."""
    rows: dict[str, str] = {}
    for match in SAID.finditer(text[:2000]):
        name = match[1].lower()
        rows.setdefault(NAMES.get(name, name), match[2])
    return rows
