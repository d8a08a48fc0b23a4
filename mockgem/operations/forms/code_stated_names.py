"""The name that a prompt states for a function, where a known program has another one."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

CALLED = make_regex(
    r"(?:[,.;]|\band)\s(?:please )?(?:name|call) (?:it |the \w+ )?[`\"']?([A-Za-z_]\w{0,40})\b"
    r"(?!\s(?:it|the|a|an|with|from|back|and|of)\b)"
)
"""The name of a function in "reverses a slice, name it ReverseInts"."""
STATED = make_regex(
    r"\b(?:functions?|methods?|func|procedure|subroutine|handler|hook|middleware|decorator"
    r"|generator|coroutine|helper)\s(?:in [\w+#]{1,12} )?(?:that is |which is )?"
    r"(?:named|called|with the name)\s[\"'`“]?([A-Za-z_]\w{0,40})"
)
"""The name of a function in "a Go function named ParseConfig"."""
FIELD = make_regex(
    r"\b(?:field|property|key|column|attribute|prop)(?: name)?(?: (?:to (?:sort|group|filter) by"
    r"|i want|we use))?,? ?(?:is(?: called| named)?|are|called|named|=|:) ?(?:the )?"
    r"[\"'`]?(?!(?:an?|not|the|in|keyof|string|str|number|int|any)\b)([A-Za-z_]\w{0,30})",
    re.I,
)
BY_FIELD = make_regex(
    r"\bby (?:their |the |its |each |an? )?[\"'`]?"
    r"(?!(?:a|an|the|their|its|each|given|some|any|every|key|keys|value|values|date|an|property|field|one|two|multiple|another|length|it|that"
    r"|using|column|descending|ascending|name of)\b)([A-Za-z_]\w{0,30})",
    re.I,
)
BESIDE = make_regex(r"\b(?:field|property|key|column) [\"'`]?([a-z]+[A-Z]\w{0,30}|[a-z]+_\w{1,30})")
"""A field whose name shows that it is one: "the field apiUrl"."""
DESCENDING = make_regex(
    r"\bdesc(?:ending)?\b|\b(?:newest|latest|highest|biggest|largest|most recent|most expensive)"
    r"(?: (?:ones?|items?))? first\b|\breverse(?:d)? order\b|\bz to a\b",
    re.I,
)


def find_stated_field(text: str) -> str:
    """Return the field in "the field is createdAt", else the one in "sort by price"."""
    match = FIELD.search(text[:1500]) or BESIDE.search(text[:1500]) or BY_FIELD.search(text[:1500])
    return match[1] if match else ""


HEAD = make_regex(
    r"^[ \t]*(?:pub |export |default |async |public |private |static |suspend )*"
    r"(?:def|function|func|fn|fun|defp?|sub)\s+(?:\([^()\n]{1,40}\) )?([A-Za-z_]\w*)"
    r"|^(?:export )?const ([A-Za-z_]\w*) = (?:async )?\(",
    re.M,
)
WORD = make_regex(r"[A-Za-z_]\w*")
NOT_RENAMED = frozenset(("main", "Main", "__init__", "init", "constructor"))


def use_stated_name(source: str, text: str) -> str:
    """Return a program whose first function has the name that a text states for it."""
    stated = STATED.search(text) or CALLED.search(text)
    if stated is None or stated[1] in WORD.findall(source):
        return source
    heads = [match[1] or match[2] for match in HEAD.finditer(source)]
    old = next((one for one in heads if one not in NOT_RENAMED and "test" not in one.lower()), "")
    return WORD.sub(lambda m: stated[1] if m[0] == old else m[0], source) if old else source


VARIABLE = make_regex(
    r"\b(?:object|array|list|dict(?:ionary)?|variable|map|set|tuple|dataframe) (?:called|named) "
    r"[`\"']?([A-Za-z_]\w{0,30})"
)
ASSIGNED = make_regex(r"^(?:const |let |var )?([a-z_]\w*) = [\[{]", re.M)


def use_stated_variable(source: str, text: str) -> str:
    """Return a program whose first list or object has the name that a text states for it."""
    stated = VARIABLE.search(text)
    old = ASSIGNED.search(source) if stated else None
    if stated is None or old is None or stated[1] in WORD.findall(source):
        return source
    return WORD.sub(lambda m: stated[1] if m[0] == old[1] else m[0], source)
