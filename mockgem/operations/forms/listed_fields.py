"""Find the fields that a prompt lists in words: "with the keys name, age and city"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.colon_fields import (
    find_after_colon,
    find_after_label,
    find_extracted,
)
from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.described_values import describe_by_name, describe_field
from mockgem.operations.forms.field_blocks import (
    KEYS,
    find_before_cjk_keys,
    find_cjk_contained,
    find_cjk_quoted,
    find_code_spans,
    find_field_block,
    find_header_line,
    find_key_lines,
    find_quoted_typed,
    find_schema_table,
    find_type_after,
    find_typed_keys,
)
from mockgem.operations.forms.field_items import (
    read_items,
    to_key,
)
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_fields import EACH_HAS, KEY, find_noted_names
from mockgem.operations.forms.nested_phrases import find_nested_alone, spell_nested
from mockgem.operations.forms.spelled_fields import (
    spell_members,
    spell_out,
    spell_series,
    spell_types,
)

AFTER_KEYS = make_regex(
    rf"(?:\b(?:json|csv|yaml"
    rf"|xml)(?: format)?(?: \([^()\n]{{1,60}}\))?"
    rf"(?=\s?:\s?\w{{2,30}}(?: \([^()\n]{{1,40}}\))?\s?,)|(?<!\w)(?!field, \w{{2,20}}(?: \(|, \w"
    rf"|,? and )){KEYS}(?![A-Za-z0-9_])"
    r"|包含(?= ?[A-Za-z\"'`])|包括(?= ?[A-Za-z\"'`])|字段|欄位|列名|キー|フィールド|필드)"
    r"(?:\s(?:in (?:this|that|the following|the given) order|named|called|are"
    r"|should be|must be|for|namens"
    rf"|llamad[oa]s))?(?:\s\([^()\n]{{1,20}}\))?(?:\s(?:as|in|als|en) json(?: format)?(?=\s*:))?"
    r"\s*(?:[:：]|は|为|為|包括|有|은|는)?[ \t]*",
    re.I,
)


QUOTED_KEY = make_regex(rf"[\"'`“]([^\W\d][\w -]{{0,40}})[\"'`”]\s{KEYS}", re.I)

FIELD_LINE = make_regex(
    r"^[ \t]{0,12}(?:[-*•]|\d{1,2}[.)])[ \t]{1,8}[\"'`*]{0,3}([^\W\d][\w -]{0,40}?)[\"'`*]{0,"
    r"3}[ \t]*(?:\(([^()\n]{1,200})\))?[ \t]*(?:[:：]|[-–—=][ \t]|$)[ \t]*([^\n]{0,200})$",
    re.M,
)

WITH = make_regex(
    r"(?<!\w)(?:objects,|with|containing|including|contenant|conteniendo|contenente|contendo"
    r"|enthält|hat|haben|braucht|brauchen|tiene|tienen|necesita|necesitan|ha|hanno|richiede|ont"
    r"|precisa de|potrzebuje|tem|têm|heeft|hebben"
    r"|contiene|contient|contains?|has|have|having|includes?|should "
    r"have|must have|(?:it|they|each|(?:each|every) \w+)(?: also)? needs?"
    r"|(?:for )?(?:each|every) \w+,? (?:give|return|include|provide|output|state|i need"
    r"|i want|we need)"
    r"|mit|con|avec|com|each with|consisting of)\s?[:：]?\s+(?=(?:an?|the"
    r"|its)?\s?[\w\"'`]+(?:\s[\w\"'`]+)?\s*(?:,|\sas\s(?:an?\s)?(?:bool|string|int|number|list"
    r"|array)|\sand\s|\sund\s|\sy\s|\set\s|\se\s"
    r"|\si\s|\sи\s|\())",
    re.I,
)

IN_PARENTHESES = make_regex(
    r"\(((?:[^\W\d][\w -]{0,40}, ?){1,15}(?:and |und |y )?[^\W\d][\w -]{0,40})\)"
)


LISTS_OPTIONS = make_regex(
    r"\b(?:tools|functions|actions|categories|labels|intents|agents|classes|commands)\b[^\n:]{0,30}"
    r":[ \t]*\n[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]",
    re.I,
)
"""A list of what a field can have: tools, categories."""
MAX_NAME = 5
"""A line with a longer name is a sentence, not a field."""


def find_fields(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the names and schemas of the fields that a text lists."""
    text = LIST_OF.sub(r", \1 (array of strings)", POLITE.sub("", text))
    text = spell_out(text)
    text = spell_nested(text)
    text = ROWS_WITH.sub(r"\1, \2 (array of objects with \3)", text)
    text = spell_types(spell_series(text))
    if "{" in text:
        text = spell_members(text)
    if alone := find_nested_alone(text):
        return alone
    lines = FIELD_LINE.findall(text) if AFTER_KEYS.search(text) or "json" in text.lower() else []
    is_list = len(lines) > 1 and all(len(name.split()) < MAX_NAME for name, _, _ in lines)
    if is_list and not LISTS_OPTIONS.search(text):
        return [
            (to_key(name), describe_field(to_key(name), f"{kind} {about}".strip()))
            for name, kind, about in lines[:30]
        ]
    listed = find_after_keys(text)
    for find in (
        find_these_keys,
        find_arrays,
        find_header_line,
        find_schema_table,
        find_key_lines,
        find_field_block,
        find_as_keys,
        find_typed_keys,
        find_code_spans,
        find_quoted_typed,
        find_quoted_keys,
        find_foreign,
        find_after_keys,
        find_cjk_quoted,
        find_cjk_contained,
        find_before_cjk_keys,
        find_before_keys,
        find_after_with,
        find_type_after,
        find_in_parentheses,
        find_extracted,
        find_after_colon,
        find_after_label,
        find_rated,
    ):
        if found := find(text):
            if find is find_foreign and dict(found).keys() == dict(listed).keys():
                return [(name, dict(found)[name] if one == TEXT else one) for name, one in listed]
            if find in PARTIAL and (whole := find_whole_list(found, listed, text)):
                return [(name, dict(found).get(name, schema)) for name, schema in whole]
            if find is find_after_with and len(after := find_after_colon(text)) > len(found):
                return after if '"' not in text or not is_quoted(found, text) else found
            return add_others(found, text) if len(found) == 1 else found
    return []


POLITE = make_regex(r",? (?:pls|plz|thx|please|thanks)(?=[.!]{0,3}\s{0,3}(?:\n|\Z))", re.I)
"""A polite word after the last field."""


def find_whole_list(
    found: list[tuple[str, dict[str, Any]]], listed: list[tuple[str, dict[str, Any]]], text: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return the list that has the found fields and others; nothing if there is no such list."""
    names = dict(found).keys()
    if names < dict(listed).keys():
        return listed
    after = find_after_with(text)
    return after if names < dict(after).keys() and is_quoted(after, text) else []


TEXT = {"type": "string"}
PARTIAL = (find_typed_keys, find_code_spans, find_quoted_typed)
"""The readers of fields with marks, which may be only some of those that a text lists."""


def is_quoted(fields: list[tuple[str, dict[str, Any]]], text: str) -> bool:
    """Return whether a text has all names of fields in quotation marks."""
    return all(f'"{name}"' in text for name, _ in fields)


LIST_OF = make_regex(
    rf",? and (?:an? )?(?:list|array) of {NUMBER} ([a-z_]{{3,20}}s)(?=[.;\n]|\s*\Z|\s(?:on|about"
    rf"|for)\b)",
    re.I,
)
"""A last field with several values: "name, class and a list of 3 skills"."""
ROWS_WITH = make_regex(
    r"\b(\w{2,20})(?: and|,(?: and)?) (?:an? )?(?:(?:list|array) of )?"
    r"(slides|sections|chapters|modules|lessons|steps|items"
    r"|questions|scenes|days)"
    r" (?:each )?(?:with|having) ([a-z_]{3,20}(?:, [a-z_]{3,20}){0,3},? and [a-z_]{3,20})\b",
    re.I,
)


def add_others(
    found: list[tuple[str, dict[str, Any]]], text: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return a single field after the others that a text lists: 'a, b and a list field "c"'."""
    name = found[0][0]
    others = [pair for pair in find_after_with(text) if pair[0] != name]
    known = [pair for pair in others if not name.startswith(pair[0])]
    return [*known, *found] if len(known) > 1 else found


ARRAYS = make_regex(
    r"\b(?:two|three|four|2|3|4|the) (arrays|lists|strings|numbers|booleans"
    r"|objects)\s?[:：(,]?\s?(?:called |named )?"
    r"(?=[\"'`]?[a-z_]{2,24}[\"'`]?(?:, | and ))",
    re.I,
)


def find_arrays(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "two arrays: pros and cons"."""
    match = ARRAYS.search(text)
    if match is None:
        return []
    found = [name for name, _ in read_items(text, match.end())]
    counted = EACH_COUNT.search(text, match.end())
    about = f"{match[1].lower()[:-1]} of {counted[1]} items" if counted else match[1].lower()[:-1]
    return [(name, describe_field(name, about)) for name in found] if len(found) > 1 else []


EACH_COUNT = make_regex(
    rf"\b({NUMBER}) (?:items?|entries|points|elements|strings|sentences) (?:each|per)\b", re.I
)
THESE_KEYS = make_regex(
    r"\b(?:on|by|for|according to|in terms of|regarding)\s(?:its |the )?((?:[a-z]{3,20}, "
    r"){1,8}(?:[a-z]{3,20},? )?and [a-z]{3,20}"
    r"|[a-z]{3,20} and [a-z]{3,20})\b(?=.{0,200}\b(?:these|those|the (?:two|three|four|five))"
    r" (?:\w+ )?(?:keys|fields|criteria"
    r"|aspects|dimensions|categories)\b)",
    re.I | re.S,
)


def find_these_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "Rate it on grammar and clarity … with these keys", and quoted ones."""
    match = THESE_KEYS.search(text[:3000])
    if match is None:
        return []
    names = re.split(r",? and |, ", match[1])
    quoted = [name for name in QUOTED_NAME.findall(text) if " " not in name]
    kinds = NUMBERED.search(text)
    about = f"{kinds[1]}-{kinds[2]}" if kinds else ""
    rated = [(name, describe_field(name, about)) for name in names]
    if beside := BESIDE_KEYS.search(text, match.end()):
        rated.append((beside[1], describe_field(beside[1], "string")))
    return [*rated, *((to_key(name), describe_by_name(to_key(name))) for name in quoted)]


RATED = make_regex(
    r"\b(?:rate|score|grade|judge|evaluate|assess)\s[^.:\n]{0,60}?\b(?:on|for|by|the)\s"
    r"(?:its |the )?((?:[a-z]{3,20}, ){1,8}(?:[a-z]{3,20},? )?and [a-z]{3,20}|[a-z]{3,20} and"
    r" [a-z]{3,20})\b",
    re.I,
)


def find_rated(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the criteria of "Rate it from 1 to 5 for taste and price" as fields."""
    match = RATED.search(text[:3000])
    kinds = NUMBERED.search(text) if match else None
    if match is None or kinds is None:
        return []
    names = re.split(r",? and |, ", match[1])
    return [(name, describe_field(name, f"{kinds[1]}-{kinds[2]}")) for name in names]


NUMBERED = make_regex(
    r"(?:\b(?:from|between|of) |\()(\d{1,3})(?: to | and | ?[-–] ?)(\d{1,3})\b", re.I
)
BESIDE_KEYS = make_regex(
    r"\b(?:keys|fields|criteria),? (?:plus|and also|and|along with)"
    r" (?:an? |the |your )?([a-z]{4,20})\b",
    re.I,
)
"""A field beside the criteria: "with these keys plus a comment"."""


CLOSED = make_regex(r"[\"”`]")
"""The end of a name in quotation marks."""
FOREIGN_ARTICLE = make_regex(
    r"^(?:el|la|los|las|le|les|der|die|das|den|il|lo|i|gli|os?|as?) (?=\w)", re.I
)


FOREIGN_END = make_regex(r" (?:en|im|als|como)\Z", re.I)


def find_foreign(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields that a text in another language lists."""
    is_listed = EACH_HAS.search(text) is not None and KEY.search(text) is None
    found = find_noted_names(text) if is_foreign(text) or is_listed else []
    found = [
        (FOREIGN_END.sub("", FOREIGN_ARTICLE.sub("", CLOSED.split(name.strip('"“`'))[0])), note)
        for name, note in found
        if name.lower() not in ("formato", "json")
    ]
    return [(to_key(name), describe_field(to_key(name), note)) for name, note in found]


AS_KEYS = make_regex(
    r"((?:[\"'`]?[^\W\d]\w{0,30}[\"'`]?,\s){0,15}[\"'`]?[^\W\d]\w{0,30}[\"'`]?"
    r"(?:,?\s(?:and|und|y|et|e)\s[\"'`]?[^\W\d]\w{0,30}[\"'`]?)?)"
    r"\s(?:as|als|como|comme|come)\s(?:the\s|json\s|top-level\s){0,2}(?:keys|fields|columns"
    r"|properties)",
    re.I,
)


def find_as_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "fr, de, es as keys"."""
    match = AS_KEYS.search(text)
    if match is None:
        return []
    names = [to_key(name) for name in re.split(r",\s?(?:and\s)?|\s(?:and|und|y|et|e)\s", match[1])]
    return [(name, describe_by_name(name)) for name in names] if len(names) > 1 else []


def find_after_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    for match in AFTER_KEYS.finditer(text):
        found = read_items(text, match.end())
        if len(found) == 1 and GIVEN_NAME.search(text, match.end() - 4, match.end() + 60):
            continue
        if len(found) == 1 and match[0].lower().startswith(("key", "field", "propert", "attr")):
            sentence = re.split(r"[.\n]", text[match.start() : match.start() + 600], maxsplit=1)[0]
            found = find_before_keys(sentence) or found
        if found and (
            len(found) > 1 or text[match.end() : match.end() + 1] in "\"'`“" or ":" in match[0]
        ):
            return found
    return []


def find_quoted_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "with 'setup' and 'punchline' keys": those in a list before the word."""
    quoted = list(QUOTED_NAME.finditer(text))
    ends = {match.end(1) for match in QUOTED_KEY.finditer(text)}
    names: list[str] = []
    for place, match in enumerate(quoted):
        if match.end(1) in ends:
            first = find_list_start(text, quoted, place)
            names += [one[1] for one in quoted[first : place + 1]]
    unique = dict.fromkeys(name for name in names if " " not in name)
    return [(to_key(name), describe_by_name(to_key(name))) for name in unique]


def find_list_start(text: str, quoted: list[re.Match[str]], place: int) -> int:
    """Return the place of the first quoted name of the list that ends at a place."""
    while place and BETWEEN.fullmatch(text[quoted[place - 1].end() : quoted[place].start()]):
        place -= 1
    return place


QUOTED_NAME = make_regex(r"[\"'`“]([^\W\d][\w -]{0,40})[\"'`”]")

BETWEEN = make_regex(r"\s{0,3}(?:,|&)?\s{0,3}(?:(?:and|or|und|oder|y|et|e|en|i)\s)?\s{0,3}", re.I)
"""What stands between two names of a list."""


KEY_WORD = make_regex(rf"(?<!\w){KEYS}(?!\w)", re.I)


def find_before_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    if not KEY_WORD.search(text):
        return []
    names = list(dict.fromkeys(NAMED_KEY.findall(text)))
    if len(names) == 1 and (GIVEN_NAME.search(text) or not is_near_keys(names[0], text)):
        return []
    return [(name, describe_by_name(name)) for name in names[:20]]


def is_near_keys(name: str, text: str) -> bool:
    """Return whether a word for keys stands near a name, so that this is not what data is about."""
    at = text.find(name)
    return re.search(rf"(?<!\w){KEYS}(?!\w)", text[max(0, at - 60) : at + 60], re.I) is not None


NAMED_KEY = make_regex(r"(?<!\": )[\"'`“]([^\W\d][\w-]{0,40})[\"'`”]")
"""A name in quotation marks that is not the value of another one: '"next": "FINISH"'."""
GIVEN_NAME = make_regex(r"\w: ?[\"“][^\"”\n]{1,40}[\"”] (?:by|from|von|de|in|at|is|,|\()")
"""A quoted value, not a key: 'Book: "Dune" by Frank Herbert'."""


def find_after_with(text: str) -> list[tuple[str, dict[str, Any]]]:
    for match in WITH.finditer(text):
        if text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
            continue
        found = read_items(text, match.end())
        if len(found) > 1:
            return found
    return []


def find_in_parentheses(text: str) -> list[tuple[str, dict[str, Any]]]:
    match = IN_PARENTHESES.search(text)
    if match and IN_LIST.search(text, 0, match.start()) and (listed := find_after_colon(text)):
        return listed
    if match and text[match.end() : match.end() + 1] == "," and (listed := find_after_colon(text)):
        return listed
    if match and re.search(
        r"separated|header|\b(?:no|only|with|without|e\.g|one of|positiv\w+|negativ\w+|bajo"
        r"|alto)\b",
        match[1],
        re.I,
    ):
        return []
    found = read_items(match[1], 0) if match else []
    if match and len(found) > 1:
        return found
    return (
        [(to_key(name), describe_by_name(to_key(name))) for name in match[1].split(",")]
        if match
        else []
    )


IN_LIST = make_regex(r"\w, \w{2,20} \Z")
