"""The things that a prompt compares, and what it compares them by."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import AFTER_KEYS
from mockgem.operations.forms.option_values import OR

AND = r"(?:and|und|y|et|e|i|en|ve|и|та|і|và|dan|و|&)"
WORDS = r"(?:[^\W\d_][\w-]{1,24}(?: (?!and\b|or\b|for\b|of\b)[^\W\d_][\w-]{1,24})?)"

COMPARE = make_regex(
    r"\b(?:compar\w+(?: (?:matrix|grid|chart))?(?: \([^()\n]{1,20}\))?"
    r"(?: (?:de|of|between|entre|von|di))?|vergleich\w*|comparando|comparant"
    r"|confronta\w*|vergelijk\w*|versus|сравнени\w*|сравнив\w*|порівнян\w*|порівнює"
    r"|porównując\w*|porównanie|so sánh|membandingkan|perbandingan|مقارنة|השוואה"
    r"|between)\s+([^.?\n:(]{3,200})",
    re.I,
)


END = make_regex(r"\s{1,4}(?:with|in|as|by|using|mit|con|avec|com|and \d|for|with the)\b", re.I)


ACROSS = make_regex(
    rf"\b(?:across|in terms of|with (?:regard|respect) to|regarding|based on|on|by|hinsichtlich"
    rf"|bezüglich|nach|en cuanto a|según|selon|en termes de|per|secondo|quanto a)\s"
    rf"(?!(?:an?|my|your|page"
    rf"|this)\b)((?:{WORDS},\s?){{1,8}}(?:{OR}\s)?{WORDS}(?:,?\s{OR}\s{WORDS})?"
    rf"|{WORDS}\s{OR}\s{WORDS})(?=[.:;\n]|\s*\Z|\s(?:in|as|for)\b)"
    r"|[:：]\s?([^\W\d_][\w ]{1,24}(?:,\s?[^\W\d_][\w ]{1,24}){1,8})\s*[.]?\s*(?:\n|\Z)",
    re.I,
)
"""What things are compared by: "across licence, cost and speed", "A / B / C: cost, speed"."""


AS_COLUMNS = make_regex(
    r"\b(?:as (?:the )?columns|(?:one|a) column (?:per|for each)|in columns)\b", re.I
)


DIFFERENCES = make_regex(
    r"\b(?:differences?|unterschiede?|diferencias?|différences?|differenze|diferenças?"
    r"|verschillen)\b",
    re.I,
)


def is_difference(text: str) -> bool:
    """Return whether a table sets a few things side by side, one in each column."""
    if DIFFERENCES.search(text) is None or AFTER_KEYS.search(text):
        return False
    return 1 < len(find_compared(text)) < 5


ARTICLES_ABROAD = make_regex(
    r"(?<!\w)(?:[ld]['’](?=\w)|(?:le|la|les|el|los|las|il|lo|gli|der|die|das|den|dem|os)\s(?=[^\W\d_]))",
    re.I,
)


def drop_articles(text: str) -> str:
    """Return a text without the articles of other languages in front of its nouns."""
    return ARTICLES_ABROAD.sub("", text)


OF_TABLE = make_regex(r"^(?:table|chart|matrix)?\s?(?:of|between|for|zwischen|entre|tra)\s+", re.I)


ARTICLE = make_regex(r"^(?:the|an?|both)\s", re.I)


def find_compared(text: str) -> list[str]:
    """Return the things that the prompt compares: the rows of the table."""
    match = COMPARE.search(drop_articles(re.sub(r"\bvs\.", "vs", text)))
    if match is None:
        return find_opposed(text)
    phrase = END.split(OF_TABLE.sub("", match[1]), maxsplit=1)[0]
    parts = re.split(rf",\s*(?:{AND}\s)?|\s(?:vs|versus|or|/|{AND})\s", ACROSS.sub("", phrase))
    names = [ARTICLE.sub("", name.strip(" .")) for name in parts]
    names = [name for name in names if 0 < len(name) < 40 and not LAYOUT.match(name)]
    return names if len(names) > 1 else []


LAYOUT = make_regex(
    r"(?:in |as )?(?:an? )?(?:markdown )?(?:table|list|bullets)(?: pls| please)?\Z", re.I
)
"""How a comparison should look, behind the things: "cats and dogs, table pls"."""
THING = r"[^\W_][\w.+#-]{0,24}(?: (?!vs\b|with\b|as\b|in\b|for\b|by\b)[^\W_][\w.+#-]{0,24}){0,2}"
OPPOSED = make_regex(rf"(?<!\w)({THING}(?: vs {THING}){{1,6}})")


def find_opposed(text: str) -> list[str]:
    """Return the things in "React vs Vue vs Svelte"."""
    if " vs" not in text:
        return []
    match = OPPOSED.search(text.replace(" vs.", " vs"))
    names = match[1].split(" vs ") if match else []
    return [BEFORE_THING.sub("", name) for name in names]


BEFORE_THING = make_regex(
    r"^(?:.*\s)?(?:of|between|comparing|compare|about|for|on|the|comparison)\s", re.I
)


NAMED_ROWS = make_regex(
    rf"(?:\A|[.;,(\n]\s?)rows?\s?[:=]\s?((?:{WORDS}, )+(?:{AND} )?{WORDS}(?: {AND} {WORDS})?)|"
    rf"\b(?:the|as|for|with|and) rows?(?: for| are"
    rf"| being)?:? ((?:{WORDS}, )+(?:{AND} )?{WORDS}(?: {AND} {WORDS})?|{WORDS} {AND} {WORDS})",
    re.I,
)


ROWS_ARE = make_regex(
    r"\brows?(?: (?:are|being|should be|will be)[: ]|: )\s{0,2}([^.;\n]{3,120}?)"
    r"(?=\s*(?:[.;\n]|\Z|,? (?:and )?(?:the )?columns?\b))",
    re.I,
)


def find_named_rows(text: str) -> list[str]:
    if (listed := ROWS_ARE.search(text)) and "," in listed[1]:
        return [part.strip() for part in re.split(rf",\s(?:{AND}\s)?|\s{AND}\s", listed[1])]
    match = NAMED_ROWS.search(text)
    return re.split(rf", (?:{AND} )?| {AND} ", match[1] or match[2]) if match else []
