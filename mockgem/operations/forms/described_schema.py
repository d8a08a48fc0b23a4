"""Find the schema that a prompt describes: a JSON Schema, an example, or a list of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import (
    build_object,
    describe_by_name,
    describe_field,
)
from mockgem.operations.forms.example_object import NotAnObject, parse_example
from mockgem.operations.generators.schema_inference import find_json_schema, parse_schema_sketch


@frozen
class Described:
    """The schema that a prompt describes. `count` is the length of a list, 0 if it is open."""

    schema: dict[str, Any]
    is_list: bool = False
    count: int = 0


KEYS = (
    r"(?:keys?|fields?|properties|property|attributes?|columns?|elements|schlüsseln?"
    r"|feldern?|felder|spalten|claves?|campos?|columnas?|clés?|champs?|colonnes?"
    r"|chiavi|campi|colonne|velden|kolommen|pola|polami|kluczami|kolumny|kolumnami"
    r"|chaves?|colunas?|alanlar\w*|ключами|ключи|полями|поля"
    r"|столбцами|字段|键|欄位|列|キー|フィールド|列名|필드|키|열|header|headers)"
)
AFTER_KEYS = re.compile(
    rf"(?<!\w){KEYS}(?!\w)(?:\s(?:named|called|are|should be|must be|namens"
    rf"|llamad[oa]s))?(?:\s\([^()\n]{{1,20}}\))?(?:\s(?:as|in|als|en) json(?: format)?(?=\s*:))?"
    r"\s*[:：]?[ \t]*",
    re.I,
)
ITEM = re.compile(
    r"\s{0,8}(?:(?:,|、|;|&)\s{0,8}|(?<!\w)(?:and|und|y|et|e|en|i|ve|и|和|と|및|または|as well "
    r"as)(?!\w)\s{0,8}){0,3}"
    r"(?:(?:an?|the|its|their|his|her|optional|el|la|los|las|un|una|le|les|der|die|das"
    r"|ein|eine|il|lo|o|os)\s+)?"
    r"(?:[\"'“`‘*]{1,3}([^\"'”`’*\n]{1,48})[\"'”`’*]{1,3}|((?!(?:and|und|y|et|e|i|ve|и"
    r"|plus)\b)[^\W\d][\w-]{0,40}(?: (?!and\b|und\b|y\b|et\b|e\b|i\b|for\b|from\b|of\b"
    r"|about\b|in\b|with\b|to\b|as\b|on\b|de\b|para\b|für\b|zu[mr]?\b|einem\b|einer\b|pour\b|zurück\b|sobre\b|per\b"
    r"|over\b|voor\b|dla\b|mit\b|con\b|that\b|which\b|based\b|each\b|describing\b|is\b"
    r"|are\b|only\b|like\b|при|для)[\w-]{1,24})?))"
    r"(?:\s?\(([^()\n]{1,160})\)|\s?:\s?((?:string|str|int|integer|number|float|bool"
    r"|boolean|list|array)\b[^,.;\n]{0,40}))?",
    re.I,
)
QUOTED_KEY = re.compile(rf"[\"'`“]([^\W\d][\w -]{{0,40}})[\"'`”]\s{KEYS}", re.I)
FIELD_LINE = re.compile(
    r"^[ \t]{0,12}(?:[-*•]|\d{1,2}[.)])[ \t]{1,8}[\"'`*]{0,3}([^\W\d][\w -]{0,40}?)[\"'`*]{0,"
    r"3}\s*(?:\(([^()\n]{1,200})\))?\s*(?:[:：]|[-–—]\s|$)\s*([^\n]{0,200})$",
    re.M,
)
WITH = re.compile(
    r"(?<!\w)(?:with|containing|including|contains?|has|have|having|includes?|should "
    r"have|must have|mit|con|avec|com|each with|consisting of)\s+(?=(?:an?|the"
    r"|its)?\s?[\w\"'`]+(?:\s[\w\"'`]+)?\s*(?:,|\sand\s|\sund\s|\sy\s|\set\s|\se\s"
    r"|\si\s|\sи\s|\())",
    re.I,
)
IN_PARENTHESES = re.compile(r"\(((?:[\w -]{1,30}, ?){1,15}[\w -]{1,30})\)")
EXTRACT = re.compile(
    r"\b(?:extract|extrahiere|extrae|extraer|extrais|estrai|extraia|find|identify|get"
    r"|return|provide|give)\b\s+(?:all |me )?(?:the |its |die |el |la |le "
    r")?(?=[\w-]+(?: [\w-]+)?(?:,| and | und | y | et | e ))",
    re.I,
)
LIST_OF = re.compile(
    r"\b(?:array|list|liste|lista|lijst|listado)\b(?: (?:of|with|containing|von|mit|de"
    r"|con|avec|di|com|met))?(?: exactly| up "
    rf"to)?(?:\s({NUMBER}))?\s*([^\W\d_][\w-]*(?: [\w-]+)?)?",
    re.I,
)
OBJECTS = re.compile(
    rf"({NUMBER})\s(?:\w+\s){{0,2}}?(?:objects|entries|items|elements|records|users"
    r"|rows|people|products|objekte|objetos|objets|oggetti)\b",
    re.I,
)
OBJECT_WORDS = re.compile(
    r"\b(?:objects?|dictionar\w+|dicts?|records?|objekte\w*|objetos?|objets?|oggetti)\b", re.I
)
CUE_BEFORE = re.compile(
    r"form|schema|structure|like|example|shape|following|template|exactly|json|keys"
    r"|return|respond|reply|output|estructura|beispiel|ejemplo",
    re.I,
)
NOT_KEYS = frozenset(
    "json the and or no only with for from exactly following result results object "
    "array list text data explanation markdown other is are"
    " each all any it this that these name_of you information details nothing key keys "
    "field fields value values response answer_in".split()
)


def describe_schema(text: str) -> Described | None:
    """Return the schema that an instruction describes; None if it names no keys and no list."""
    return read_shown(text) or describe_named(text)


@lru_cache(maxsize=64)
def read_shown(text: str) -> Described | None:
    """Return the JSON Schema or the example object in a text."""
    if (written := find_written_schema(text)) is not None:
        return Described(written, written.get("type") == "array")
    shown = find_example(text)
    if shown is not None:
        if shown.get("type") == "array":
            return Described(shown["items"], True, find_list_count(text))
        listed = LIST_OF.search(text)
        if listed and OBJECT_WORDS.search(text[listed.start() : listed.end() + 20]):
            return Described(shown, True, find_list_count(text))
        return Described(shown)
    return None


def find_written_schema(text: str) -> dict[str, Any] | None:
    """Return the last JSON Schema in a text: earlier ones are often examples of schemas."""
    if "properties" not in text and "$defs" not in text and '"items"' not in text:
        return parse_schema_sketch(text)
    if '{{"' in text:  # braces that a template library doubled
        text = text.replace("{{", "{").replace("}}", "}")
    last, at = None, 0
    for _ in range(4):
        found = find_json_schema(text[at:])
        if found is None:
            break
        last = found
        at = text.find('"properties"', at) + 12
        nested = text.find("\n{", at)
        at = nested if nested > 0 else len(text)
    return last or find_array_schema(text) or parse_schema_sketch(text)


def find_array_schema(text: str) -> dict[str, Any] | None:
    import json

    at = text.rfind('{"', 0, text.rfind('"items"') + 1)
    try:
        value, _ = json.JSONDecoder().raw_decode(text, at) if at >= 0 else (None, 0)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and "items" in value else None


IS_MEMBER = re.compile(r"\w\s?\((?:an? )?(?:array|list) of\s?\Z", re.I)
"""What stands before the members of a field: "items (array of {sku, qty})"."""


def find_example(text: str) -> dict[str, Any] | None:
    """Return the schema of the first object that shows the form of the reply."""
    at = -1
    for _ in range(12):
        starts = [found for mark in "{[" if (found := text.find(mark, at + 1)) >= 0]
        if not starts:
            return None
        at = min(starts)
        if text[at : at + 3] == "[[ " or IS_MEMBER.search(text, max(0, at - 40), at):
            continue
        if not CUE_BEFORE.search(text[max(0, at - 240) : at]):
            continue
        try:
            schema, end = parse_example(text, at)
        except NotAnObject:
            continue
        if schema.get("properties") or schema.get("items", {}).get("properties"):
            return schema
        at = end - 1
    return None


@lru_cache(maxsize=64)
def describe_named(text: str) -> Described | None:
    """Return the schema of the keys that a text names, or of a list of plain values."""
    fields = find_fields(text)
    listed = LIST_OF.search(text)
    count = find_list_count(text)
    objects = OBJECTS.search(text)
    is_list = (listed is not None and is_top_list(text, listed, fields)) or (
        objects is not None and parse_count(objects[1]) > 1
    )
    if fields:
        return Described(nest_fields(text, fields), is_list, count)
    if not is_list or listed is None:
        return None
    return Described(describe_items(listed[2] or "", text), True, count)


NESTING = re.compile(
    r"[\"'`“](\w{1,40})[\"'`”] (array|list|object)s?(?: of objects)?,? (?:each )?"
    r"(?:containing|with|having|that contains)\s",
    re.I,
)


def nest_fields(text: str, fields: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return the object with the fields, inside another one for 'a "recipe" object with …'."""
    match = NESTING.search(text)
    if match is None:
        return build_object(fields)
    inner = build_object([field for field in fields if field[0] != match[1]])
    if match[2].lower() != "object":
        inner = {"type": "array", "items": inner, "minItems": 2}
    return build_object([(match[1], inner)])


def is_top_list(text: str, listed: re.Match[str], fields: list[tuple[str, dict[str, Any]]]) -> bool:
    """Return whether the reply itself is a list, not one of its fields."""
    before = text[max(0, listed.start() - 40) : listed.start()]
    if before.rstrip().endswith(("(", ":", ",")) or text[listed.end() :].startswith(")"):
        return False
    return (
        not fields
        or OBJECT_WORDS.search(text[listed.start() : listed.end() + 30]) is not None
        or re.search(r"\beach\b|\bcada\b|\bjede", text, re.I) is not None
    )


def find_list_count(text: str) -> int:
    listed = LIST_OF.search(text)
    if listed and listed[1] and not re.fullmatch(r"an?|un[ae]?|eine?", listed[1], re.I):
        return parse_count(listed[1], 50)
    objects = OBJECTS.search(text)
    return parse_count(objects[1], 50) if objects else 0


def describe_items(noun: str, text: str) -> dict[str, Any]:
    match noun.lower():
        case "integers" | "ints":
            return {"type": "integer"}
        case "numbers" | "floats" | "zahlen" | "números":
            return {"type": "number"}
        case "booleans":
            return {"type": "boolean"}
    return {"type": "string", "minLength": 1}


def find_fields(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the names and schemas of the fields that a text lists."""
    lines = FIELD_LINE.findall(text) if AFTER_KEYS.search(text) or "json" in text.lower() else []
    if len(lines) > 1:
        return [
            (to_key(name), describe_field(to_key(name), f"{kind} {about}".strip()))
            for name, kind, about in lines[:30]
        ]
    for find in (
        find_typed_keys,
        find_quoted_keys,
        find_after_keys,
        find_before_keys,
        find_after_with,
        find_in_parentheses,
        find_extracted,
    ):
        if found := find(text):
            return found
    return []


TYPED_KEY = re.compile(
    r"(?:\b(boolean|string|integer|numeric|number|text|array|list|float) )?(?:field"
    r"|key|property|attribute)s? (?:called |named )?[\"'`“]([^\W\d][\w-]{0,"
    r"40})[\"'`”]",
    re.I,
)


def find_typed_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of 'a boolean field "flagged" and a string field "reason"'."""
    found = TYPED_KEY.findall(text)
    return [(name, describe_field(name, kind)) for kind, name in found] if len(found) > 1 else []


def find_after_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    for match in AFTER_KEYS.finditer(text):
        found = read_items(text, match.end())
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


QUOTED_NAME = re.compile(r"[\"'`“]([^\W\d][\w -]{0,40})[\"'`”]")
BETWEEN = re.compile(r"\s{0,3}(?:,|&)?\s{0,3}(?:(?:and|or|und|oder|y|et|e|en|i)\s)?\s{0,3}", re.I)
"""What stands between two names of a list."""


def find_before_keys(text: str) -> list[tuple[str, dict[str, Any]]]:
    if not re.search(rf"(?<!\w){KEYS}(?!\w)", text, re.I):
        return []
    names = list(dict.fromkeys(re.findall(r"[\"'`“]([^\W\d][\w-]{0,40})[\"'`”]", text)))
    return [(name, describe_by_name(name)) for name in names[:20]]


def find_after_with(text: str) -> list[tuple[str, dict[str, Any]]]:
    for match in WITH.finditer(text):
        found = read_items(text, match.end())
        if len(found) > 1:
            return found
    return []


def find_in_parentheses(text: str) -> list[tuple[str, dict[str, Any]]]:
    match = IN_PARENTHESES.search(text)
    return (
        [(to_key(name), describe_by_name(to_key(name))) for name in match[1].split(",")]
        if match
        else []
    )


def find_extracted(text: str) -> list[tuple[str, dict[str, Any]]]:
    match = EXTRACT.search(text)
    found = read_items(text, match.end()) if match else []
    return found if len(found) > 1 else []


def read_items(text: str, at: int) -> list[tuple[str, dict[str, Any]]]:
    """Read a series of names from a position: "name, age (integer) and `city`"."""
    fields: dict[str, dict[str, Any]] = {}
    for name, match in iterate_items(text, at):
        fields.setdefault(name, describe_field(name, match[3] or match[4] or ""))
    return list(fields.items())


def iterate_items(text: str, at: int) -> Iterator[tuple[str, re.Match[str]]]:
    for number in range(30):
        match = ITEM.match(text, at)
        if match is None or (number and not has_separator(match[0])):
            return
        name = to_key(match[1] or match[2])
        if not name or name in NOT_KEYS:
            return
        yield name, match
        at = match.end()


def find_items_end(text: str, at: int) -> tuple[int, list[str]]:
    """Return where a series of names ends, and the names."""
    names = []
    for name, match in iterate_items(text, at):
        names.append(name)
        at = match.end()
    return at, names


def has_separator(text: str) -> bool:
    return (
        re.match(r"\s*(?:[,、;&]|(?:and|und|y|et|e|en|i|ve|и)\s|和|と|및)", text, re.I) is not None
    )


def to_key(name: str) -> str:
    """Return a name as a key: "full name" → "full_name", "port 8080" → "port"."""
    words = name.strip(" *`\"'").split()
    return "_".join(words[:-1] if len(words) > 1 and words[-1].isdecimal() else words)
