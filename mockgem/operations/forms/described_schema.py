"""Find the schema that a prompt describes: a JSON Schema, an example, or a list of keys."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.class_fields import find_class_fields
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_things import find_things
from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.example_object import NotAnObject, parse_example
from mockgem.operations.forms.field_types import add_types
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields, read_items
from mockgem.operations.forms.nested_fields import find_arrows, find_each_nested, find_object_lists
from mockgem.operations.generators.schema_inference import find_json_schema, parse_schema_sketch


@frozen
class Described:
    """The schema that a prompt describes. `count` is the length of a list, 0 if it is open."""

    schema: dict[str, Any]
    is_list: bool = False
    count: int = 0


LIST_OF = make_regex(
    r"(?:\b(?:array|list|liste|lista|lijst|listado)\b|数组|數組|配列|배열|массив\w*)(?: (?:of|with"
    r"|containing|von|mit|de"
    r"|con|avec|di|com|met))?(?: exactly| up "
    rf"to)?(?:\s({NUMBER}))?\s*([^\W\d_][\w-]*(?: [\w-]+)?)?",
    re.I,
)
OBJECTS = make_regex(
    rf"({NUMBER})\s(?:\w+\s){{0,2}}?(?:objects|entries|items|elements|records|users"
    r"|rows|people|products|articles|éléments|artículos|articoli|elementos|artikel|objekte"
    r"|objetos|objets|oggetti"
    r"|productos|personas|usuarios|libros|películas"
    r"|personen|produkte|nutzer|benutzer|personnes|produits|utilisateurs|livres|persone|prodotti"
    r"|utenti|libri|pessoas|produtos|usuários|livros|books|movies|customers|employees|orders)\b"
    rf"|({NUMBER})\s[^\W\d_]\w{{2,20}}\s?(?=\()",
    re.I,
)
MADE = make_regex(
    r"\b(?:top|create|generate|give me|invent|make|write|list|suggest|return|produce|provide|need"
    r"|come up with|output|erstelle|erzeuge|gib mir|generiere|genera|crea|dame|inventa|génère|crée"
    r"|donne-moi|gere|crie|maak|geef)\s(?:exactly |me |a list of |an array of |json for )?"
    rf"(?!(?:an?|one|un|une|una|um|uma|eine?[nmr]?|1)\b)({NUMBER})"
    r"\s(?:[^\W\d_][\w-]+\s){0,2}?(?!fields|keys|properties)[^\W\d_]\w+(?:s|en|er|i|e)\b",
    re.I,
)
"""The things that the reply lists: "Create 3 quiz questions"."""
OBJECT_WORDS = make_regex(
    r"\b(?:objects?|dictionar\w+|dicts?|records?|objekte\w*|objetos?|objets?|oggetti)\b", re.I
)
CUE_BEFORE = make_regex(
    r"form|schema|structure|like|example|shape|following|template|exactly|json|keys"
    r"|return|respond|reply|output|answer|antwort|responde|réponds|rispondi|estructura|beispiel"
    r"|ejemplo",
    re.I,
)


def describe_schema(text: str) -> Described | None:
    """Return the schema that an instruction describes; None if it names no keys and no list."""
    return read_shown(text) or describe_things(text) or describe_named(text)


@lru_cache(maxsize=64)
def read_shown(text: str) -> Described | None:
    """Return the JSON Schema or the example object in a text."""
    if fields := find_class_fields(text):
        return Described(build_object(fields))
    if (written := find_written_schema(text)) is not None:
        return Described(written, written.get("type") == "array")
    shown = find_example(text)
    if shown is not None:
        if shown.get("type") == "array":
            return Described(shown["items"], True, find_list_count(text))
        listed = LIST_OF.search(EXAMPLE_LINES.sub(" ", text))
        if listed and (
            OBJECT_WORDS.search(listed.string[listed.start() : listed.end() + 20])
            or EACH_SHOWN.search(text)
        ):
            return Described(shown, True, find_list_count(text))
        return Described(shown)
    return None


EACH_SHOWN = make_regex(
    r"\b(?:each|every)\b[^.\n{]{0,40}[\s:(]\{|\bobjects\b[^.\n{]{0,30}\{[^{}]{0,400}\}[^.\n]{0,20}"
    r"\b(?:array|list)\b",
    re.I,
)
"""The text in front of an object that shows one of several."""
EXAMPLE_LINES = make_regex(r"\{[^{}]{0,600}\}|^[ \t]*\"\w+\"[ \t]*:[^\n]*|//[^\n]*", re.M)
"""The parts of an example, and comments in it."""


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
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, dict) or not isinstance(value, dict):
        return None
    return value if "type" in value or "type" in items else None


IS_MEMBER = make_regex(
    r"\w\s?(?:\(|:|\bas|\bis)\s?(?:an? )?(?:array|list) of(?: objects?)?,?(?: each)?(?: of the"
    r" form| like| with)?\s*:?"
    r"\s?\Z|,\s(?!(?:each|every|like|as|with|such|e\.g)\b)\w{2,30}\s\Z|\w\s?:\s?(?:list|array|sequence|set|tuple)[\[<(]?\Z",
    re.I,
)
"""The text in front of the members of a field: "items (array of {sku, qty})"."""


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
        if not CUE_BEFORE.search(text[max(0, at - 240) : at]) and not (
            "..." in text[at : at + 300] and CUE_BEFORE.search(text[at : at + 600])
        ):
            continue
        try:
            schema, end = parse_example(text, at)
        except NotAnObject:
            continue
        if schema.get("properties") or schema.get("items", {}).get("properties"):
            return schema
        at = end - 1
    return None


def describe_things(text: str) -> Described | None:
    """Return the schema of "5 countries with their capitals"."""
    found = find_things(text)
    return Described(found[0], True, found[1]) if found else None


EVERY = make_regex(r"\b(?:each|every)\b", re.I)


@lru_cache(maxsize=64)
def describe_named(text: str) -> Described | None:
    """Return the schema of the keys that a text names, or of a list of plain values."""
    nested = find_nested(text)
    if nested is not None:
        return nested
    if ("->" in text or "→" in text) and (tree := find_arrows(text)) is not None:
        return Described(tree)
    if (tree := find_object_lists(text)) is not None:
        return Described(tree)
    if EVERY.search(text) and (tree := find_each_nested(text)) is not None:
        return Described(tree, tree["type"] == "array")
    fields = add_types(text, find_fields(text))
    listed = find_top_list(text, fields)
    count = find_list_count(text)
    objects = OBJECTS.search(text)
    is_list = (listed is not None and is_top_list(text, listed, fields)) or (
        objects is not None and parse_count(objects[1] or objects[2]) > 1
    )
    made = MADE.search(text) if fields and not is_list else None
    if made is not None:
        is_list, count = True, parse_count(made[1], 50)
    if fields:
        is_list = is_list and NESTING.search(text) is None
        return Described(nest_fields(text, fields), is_list, count)
    if not is_list or listed is None or OF_A_FIELD.search(text, 0, listed.start()):
        return None
    return Described(describe_items(listed[2] or "", text), True, count)


EACH_VALUE = make_regex(
    r"\b(?:the )?(?:value (?:of|for) each|each value|every value|each (?:of (?:them|these)|key|one)"
    r"|their values?|(?:all|the) values) (?:is|are|has|have|should be|must be|being|holds?"
    r"|contains?)"
    r" (?:an? )?(?:objects? )?(?:with|containing|that has|having)?\s?(?:the )?(?:keys |fields )?",
    re.I,
)


def find_nested(text: str) -> Described | None:
    """Return the schema of "the keys are a and b; the value of each is an object with c and d"."""
    match = EACH_VALUE.search(text)
    if match is None or "object" not in match[0]:
        return None
    inner = read_items(text, match.end())
    outer = find_fields(text[: match.start()])
    if not inner or not outer:
        return None
    return Described(build_object([(name, build_object(inner)) for name, _ in outer]))


OF_A_FIELD = make_regex(
    r"\b(?:an? |the )?(?:empty |\w+ )(?!json|yaml|xml|csv|toml|python|numbered|plain|simple|short"
    r"|the|an?|of|as|in|is|return|valid)[a-z]{3,20} \Z",
    re.I,
)
"""The text in front of "array" if a field is one: "an empty data array"."""
NESTING = make_regex(
    r"[\"'`“](\w{1,40})[\"'`”] (array|list|object)s?(?: of objects)?,? (?:each )?"
    r"(?:containing|with|having|that contains)\s"
    r"|\b(array|list|lista|liste|lijst) [\"'`“](\w{1,40})[\"'`”] (?:of|de|von|di"
    r"|van)\s[^.\n]{0,40}?"
    r"(?:with|con|mit|avec|com)\s"
    r"|\b(array|list|object) (?:called|named) [\"'`]?(\w{1,40})[\"'`]?[,;:.]? (?:every|each|of|with"
    r"|whose|containing|where|which)\b",
    re.I,
)


def nest_fields(text: str, fields: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return the object with the fields, inside another one for 'a "recipe" object with …'."""
    match = NESTING.search(text)
    if match is None:
        return build_object(fields)
    name = match[1] or match[4] or match[6]
    inner = build_object([field for field in fields if field[0] != name])
    if (match[2] or match[5] or "array").lower() != "object":
        count = find_list_count(text) or 2
        inner = {"type": "array", "items": inner, "minItems": count, "maxItems": max(count, 3)}
    return build_object([(name, inner)])


TOP_LIST = make_regex(
    r"\b(?:it'?s|as|is|be|return|output|respond with|give me|reply with) (?:an? |the )?(?:json )?"
    r"(?:list|array)\b"
    r"|\b(?:generate|create|give me|make|write|return|produce|provide|need|want|show(?: me)?"
    r"|output|build)"
    r"\s(?:an? |the )?(?:\w+ )?(?:json )?(?:array|list) (?:of|with|containing)\b"
    r"|(?:^|[:.\n] ?)(?:an? |the )?(?:json )?(?:array|list) of\b|json[- ]?(?:数组|數組|配列|배열)"
    r"|\bjson-array\b|\bcada elemento\b"
    r"|\bchaque élément\b",
    re.I,
)


def find_top_list(text: str, fields: list[tuple[str, dict[str, Any]]]) -> re.Match[str] | None:
    """Return the first list in a text that is the reply itself, else the first one."""
    found = list(LIST_OF.finditer(text))[:8]
    return next((one for one in found if is_top_list(text, one, fields)), next(iter(found), None))


def is_top_list(text: str, listed: re.Match[str], fields: list[tuple[str, dict[str, Any]]]) -> bool:
    """Return whether the reply itself is a list, not one of its fields."""
    before = text[max(0, listed.start() - 40) : listed.start()]
    if before.rstrip().endswith(("(", ":", ",")) or text[listed.end() :].startswith(")"):
        return False
    if OF_EACH_FIELD.search(before):
        return False
    named = re.search(
        r"(\w+)[\"'`]? (?:as|is|:|=|should be|must be) (?:an? |the )?(?:\w+ )?\Z", before
    )
    if named is not None and named[1] in dict(fields):
        return False
    return (
        not fields
        or TOP_LIST.search(text) is not None
        or OBJECT_WORDS.search(text[listed.start() : listed.end() + 30]) is not None
        or re.search(
            r"\beach\b|\bcada\b|\bjede|\bjeweils\b|\bchaque\b|\bogni\b|\belke?\b", text, re.I
        )
        is not None
    )


OF_EACH_FIELD = make_regex(
    r"\b(?:each|both|all)(?: of (?:them|which|these))?(?: fields?| keys?| values?)?"
    r" (?:(?:is|are|being|as|should be|must be|holds?|contains?) )?(?:an? )?(?:\w+ )?\Z",
    re.I,
)
"""The text in front of "list" that says what all fields are."""


def find_list_count(text: str) -> int:
    listed = LIST_OF.search(text)
    if listed and listed[1] and not re.fullmatch(r"an?|un[ae]?|eine?", listed[1], re.I):
        return parse_count(listed[1], 50)
    objects = OBJECTS.search(text)
    return parse_count(objects[1] or objects[2], 50) if objects else 0


def describe_items(noun: str, text: str) -> dict[str, Any]:
    match noun.lower().split()[-1] if noun else "":
        case "integers" | "ints":
            return {"type": "integer"}
        case "numbers" | "floats" | "zahlen" | "números":
            return {"type": "number"}
        case "booleans":
            return {"type": "boolean"}
    return {"type": "string", "minLength": 1}
