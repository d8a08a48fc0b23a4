"""Find the fields that a prompt lists in words: "with the keys name, age and city"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mockgem.operations.forms.described_values import (
    describe_by_name,
    describe_field,
)
from mockgem.operations.forms.field_blocks import (
    KEYS,
    TYPE,
    find_before_cjk_keys,
    find_cjk_quoted,
    find_code_spans,
    find_field_block,
    find_header_line,
    find_key_lines,
    find_quoted_typed,
    find_schema_table,
    find_typed_keys,
)
from mockgem.operations.forms.field_words import NOT_FIRST, NOT_KEYS, NOUNS, VERBS
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_fields import find_noted_names

AFTER_KEYS = make_regex(
    rf"(?:\b(?:json|csv|yaml"
    rf"|xml)(?: format)?(?: \([^()\n]{{1,60}}\))?"
    rf"(?=\s?:\s?\w{{2,30}}(?: \([^()\n]{{1,40}}\))?\s?,)|(?<!\w){KEYS}(?![A-Za-z0-9_])"
    r"|包含(?= ?[A-Za-z\"'`])|包括(?= ?[A-Za-z\"'`])|字段|欄位|列名|キー|フィールド|필드)"
    r"(?:\s(?:in (?:this|that|the following|the given) order|named|called|are"
    r"|should be|must be|for|namens"
    rf"|llamad[oa]s))?(?:\s\([^()\n]{{1,20}}\))?(?:\s(?:as|in|als|en) json(?: format)?(?=\s*:))?"
    r"\s*(?:[:：]|は|为|為|包括|有|은|는)?[ \t]*",
    re.I,
)

ITEM = make_regex(
    r"\s{0,8}(?:(?:,|、|;|&)\s{0,8}|(?<!\w)(?:and|und|y|et|ed|e|en|i|ve|и|和|と|및|または|as well "
    r"as)(?!\w)\s{0,8}){0,3}"
    r"(?:(?:an?|the|its|their|his|her|el|la|los|las|un|una|le|les|der|die|das"
    r"|ein|eine|il|lo|o|os)\s+)?(?:optional\s+)?"
    rf"(?:(?P<before>{TYPE})s?\s(?:of\s|for\s|field\s|value\s|called\s|named\s){{0,2}}"
    r"(?=[\"'“`‘]?(?!(?:and|or|und|y|et|of|for|with|in|strings?|objects?"
    r"|numbers?|integers?|floats?|booleans?|dicts?|texts?|values?)\b)[^\W\d]))?"
    r"(?:[\"'“`‘*«„「『]{1,3}(?P<quoted>[^\"'”`’*\n»“」』]{1,48})[\"'”`’*»“」』]{1,3}"
    r"|(?P<plain>(?!(?:and|und|y|et|e"
    r"|i|ve|и|plus)\b"
    r"|(?:about|on|for|from|of|with|in|at|by|that|which|über|sobre|para)\s(?!(?:and|und|y"
    r"|et)\b))[^\W\d][\w-]{0,40}(?: (?![とにをがではもの和및、]|(?:и|та|і)\b|and\b|und\b"
    r"|(?-i:y|et|e|i)\b|for\b"
    r"|from\b|of\b|di\b|da\b|du\b|des\b|del\b|della\b|ed\b|einer\b|eines\b"
    r"|about\b|in\b|with\b|to\b|as\b|als\b|como\b|comme\b|come\b|jako\b|on\b|de\b|para\b|für\b|zu[mr]?\b|einem\b|einer\b|pour\b"
    r"|zurück\b|です|sobre\b|per\b"
    r"|over\b|voor\b|dla\b|mit\b|con\b|that\b|which\b|based\b|each\b|describing\b|is\b"
    r"|are\b|only\b|please\b|too\b|like\b|при|для)[\w-]{1,24})?"
    r"(?: of (?:birth|speech|origin|issue|purchase|residence|death|arrival|departure|delivery"
    r"|payment"
    r"|expiry|contact|interest|study|employment|service)\b)?))"
    r"(?:\s?\((?P<note>[^()\n]{1,160})\)|\s?:\s?(?P<kind>(?:string|str|int|integer|number|float"
    r"|bool"
    r"|boolean|list|array)\b[^,.;\n]{0,40})"
    rf"|\s(?:as|which is|that is|als|como|comme)\s(?:an?\s|eine?\s)?(?P<after>{TYPE}(?:\sof\s\w+)?)"
    r"(?=[\s,.;]|\Z))?"
    r"(?:\s(?:as (?:the |a )?)?(?:primary key|foreign key|unique|not null|auto[- ]?increment)\b)*",
    re.I,
)

QUOTED_KEY = make_regex(rf"[\"'`“]([^\W\d][\w -]{{0,40}})[\"'`”]\s{KEYS}", re.I)

FIELD_LINE = make_regex(
    r"^[ \t]{0,12}(?:[-*•]|\d{1,2}[.)])[ \t]{1,8}[\"'`*]{0,3}([^\W\d][\w -]{0,40}?)[\"'`*]{0,"
    r"3}[ \t]*(?:\(([^()\n]{1,200})\))?[ \t]*(?:[:：]|[-–—=][ \t]|$)[ \t]*([^\n]{0,200})$",
    re.M,
)

WITH = make_regex(
    r"(?<!\w)(?:objects,|with|containing|including|contenant|conteniendo|contenente|contendo|enthält"
    r"|contiene|contient|contains?|has|have|having|includes?|should "
    r"have|must have|mit|con|avec|com|each with|consisting of)\s?[:：]?\s+(?=(?:an?|the"
    r"|its)?\s?[\w\"'`]+(?:\s[\w\"'`]+)?\s*(?:,|\sas\s(?:an?\s)?(?:bool|string|int|number|list"
    r"|array)|\sand\s|\sund\s|\sy\s|\set\s|\se\s"
    r"|\si\s|\sи\s|\())",
    re.I,
)

IN_PARENTHESES = make_regex(
    r"\(((?:[^\W\d][\w -]{0,40}, ?){1,15}(?:and |und |y )?[^\W\d][\w -]{0,40})\)"
)


INTO = make_regex(
    r"\b(?:parse|split|break|decompose|structure|convert|zerlege|separa)\b[^.:\n]{0,40}?\b(?:into|in|en|nach)"
    r" (?:the |its )?(?:parts |fields |keys |components |following )?(?=[\w-]+(?: [\w-]+)?,)",
    re.I,
)
EXTRACT = make_regex(
    r"\b(?:parse|split|break|separate|divide|decompose|turn|convert)\b[^.\n:]{0,40}?\b(?:in)?to\s"
    r"(?:the |its )?(?=[\w-]+(?: [\w-]+)?, )|"
    r"\b(?:extract|extrahiere|extrae|extraer|extrais|estrai|extraia|find|identify|get|pull|grab"
    r"|take|fetch|parse|capture|collect|return|provide|give)\b\s+(?:out )?(?:all |me )?(?:the "
    r"|its |die |el |la |le )?(?:[a-z]+['’]s )?"
    r"(?=[\w-]+(?: [\w-]+)?(?:,| and | und | y | et | e ))",
    re.I,
)

MAX_NAME = 5
"""A line with a longer name is a sentence, not a field."""


def find_fields(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the names and schemas of the fields that a text lists."""
    if "{" in text:
        text = INLINE_MEMBERS.sub(r"\1 (object with \2)", text)
    lines = FIELD_LINE.findall(text) if AFTER_KEYS.search(text) or "json" in text.lower() else []
    if len(lines) > 1 and all(len(name.split()) < MAX_NAME for name, _, _ in lines):
        return [
            (to_key(name), describe_field(to_key(name), f"{kind} {about}".strip()))
            for name, kind, about in lines[:30]
        ]
    spans, listed = find_code_spans(text), find_after_keys(text)
    if spans and set(dict(spans)) < set(dict(listed)):
        return [(name, dict(spans).get(name, schema)) for name, schema in listed]
    for find in (
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
        find_before_cjk_keys,
        find_before_keys,
        find_after_with,
        find_in_parentheses,
        find_extracted,
        find_after_colon,
    ):
        if found := find(text):
            return add_others(found, text) if len(found) == 1 else found
    return []


INLINE_MEMBERS = make_regex(r"(?<=, )(\w{2,30}) ?\{\s?(\w+(?:, ?\w+){1,10})\s?\}")
"""A field with its members in braces: "id, address {street, city}"."""


def add_others(
    found: list[tuple[str, dict[str, Any]]], text: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return a single field after the others that a text lists: 'a, b and a list field "c"'."""
    name = found[0][0]
    others = [pair for pair in find_after_with(text) if pair[0] != name]
    known = [pair for pair in others if not name.startswith(pair[0])]
    return [*known, *found] if len(known) > 1 else found


def find_foreign(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields that a text in another language lists."""
    found = find_noted_names(text) if is_foreign(text) else []
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


def find_before_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    if not re.search(rf"(?<!\w){KEYS}(?!\w)", text, re.I):
        return []
    names = list(dict.fromkeys(re.findall(r"[\"'`“]([^\W\d][\w-]{0,40})[\"'`”]", text)))
    return [(name, describe_by_name(name)) for name in names[:20]]


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
    if match and text[match.end() : match.end() + 1] == "," and (listed := find_after_colon(text)):
        return listed
    if match and re.search(r"separated|header|\b(?:no|only|with|without|e\.g)\b", match[1], re.I):
        return []
    found = read_items(match[1], 0) if match else []
    if match and len(found) > 1:
        return found
    return (
        [(to_key(name), describe_by_name(to_key(name))) for name in match[1].split(",")]
        if match
        else []
    )


COLON_ITEMS = make_regex(
    r"(?:(?i:provide|include|return|give|output|report|state)\s?[:：] ?(?=[A-Z])|[:：] ?(?=[a-z_]))"
    r"(?=\w{1,25}(?: [a-z]\w{0,20})?(?: \([^()\n]{1,40}\))?(?:,| (?:and|und|y|et|e) ))"
)


def find_after_colon(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "JSON for a blog post: title, slug, tags"."""
    for match in COLON_ITEMS.finditer(text[:4000]):
        found = read_items(text, match.end())
        if len(found) > 1 and all(len(name) < 25 for name, _ in found):
            return found
    return []


def find_extracted(text: str) -> list[tuple[str, dict[str, Any]]]:
    match = INTO.search(text) or EXTRACT.search(text)
    found = read_items(text, match.end()) if match else []
    return found if len(found) > 1 else []


def read_items(text: str, at: int) -> list[tuple[str, dict[str, Any]]]:
    """Read a series of names from a position: "name, age (integer) and `city`"."""
    fields: dict[str, dict[str, Any]] = {}
    for name, match in iterate_items(text, at):
        kind = read_type(match)
        if not kind and (typed := TYPED_NAME.fullmatch(name)):
            name, kind = filter(None, typed.groups())
        fields.setdefault(name, describe_field(name, kind))
    return list(fields.items())


TYPED_NAME = make_regex(
    r"(\w{2,30})_(array|boolean|bool|string|integer|float|object)|((?:\w+_)?(?:exercises|items|tags|steps"
    r"|names|genres|topics|tasks))_(list)"
    r"|(rating|price|score|amount|cost|age|year|quantity|stock|count|population)_(number)",
    re.I,
)
"""A name with its type behind it: "genres array", "exercises list"."""


def read_type(match: re.Match[str]) -> str:
    """Return what stands around a name about its type: "a boolean", "(integer)", "as a list"."""
    return next(filter(None, map(match.group, ("note", "kind", "after", "before"))), "")


ADJECTIVE = make_regex(
    r"^(?:one-line|one-sentence|two-sentence|short|brief|concise|quick)_(?=(?:summary|description|title"
    r"|explanation|reason|bio|comment|overview|justification|headline)$)",
    re.I,
)
"""What a prompt says about the length of a text, not its name: "a one-line summary"."""


def iterate_items(text: str, at: int) -> Iterator[tuple[str, re.Match[str]]]:
    for number in range(30):
        match = ITEM.match(text, at)
        if match is None or (number and not has_separator(match[0])):
            return
        name = ADJECTIVE.sub("", to_key(match["quoted"] or match["plain"]))
        if name == "it" and LANGUAGE_KEYS.match(text, match.end()):
            yield name, match
            at = match.end()
            continue
        after = text[match.end() : match.end() + 5]
        is_noun = (
            name in NOUNS
            and not after.startswith(" of ")
            and (number > 0 or after.startswith((",", " and ")))
        )
        is_known = match["quoted"] or is_noun
        if not name or (name in NOT_KEYS and not is_known) or NOT_FIRST.match(name):
            return
        if number and name in VERBS and not match["quoted"]:
            return
        yield name, match
        at = match.end()


LANGUAGE_KEYS = make_regex(r",?\s?(?:and )?(?:en|de|fr|es|pt|nl|pl|tr|ru|ja|zh|ko)\b")
"""The code of a language after "it"."""


def find_items_end(text: str, at: int) -> tuple[int, list[str]]:
    """Return where a series of names ends, and the names."""
    names = []
    for name, match in iterate_items(text, at):
        names.append(name)
        at = match.end()
    return at, names


def has_separator(text: str) -> bool:
    return (
        re.match(r"\s*(?:[,、;&]|(?:and|und|y|et|ed|e|en|i|ve|и)\s|和|と|및)", text, re.I)
        is not None
    )


def to_key(name: str) -> str:
    """Return a name as a key: "full name" → "full_name", "port 8080" → "port"."""
    words = name.strip(" *`\"'").split()
    return "_".join(words[:-1] if len(words) > 1 and words[-1].isdecimal() else words)
