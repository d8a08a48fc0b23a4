"""Find the schema that a prompt describes: a JSON Schema, an example, or a list of keys."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.operations.forms.class_fields import find_class_fields
from mockgem.operations.forms.counted_things import (
    MADE,
    TIMELINE,
    USUAL_EVENTS,
    count_plural,
    count_things,
    count_units,
    is_counted_list,
    is_for_all,
    list_for_names,
    listed_by_noun,
)
from mockgem.operations.forms.counts import parse_count
from mockgem.operations.forms.criteria_fields import find_criteria
from mockgem.operations.forms.described_things import find_things
from mockgem.operations.forms.described_values import build_object, describe_field
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.field_types import add_types
from mockgem.operations.forms.key_lists import find_key_list
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.list_wishes import (
    LIST_OF,
    OBJECT_WORDS,
    OBJECTS,
    find_list_count,
    find_top_list,
    is_top_list,
)
from mockgem.operations.forms.listed_fields import find_arrays, find_fields
from mockgem.operations.forms.nested_fields import (
    COUNTED_TEXTS,
    find_arrows,
    find_each_nested,
    find_object_lists,
    nest_shown,
)
from mockgem.operations.forms.nested_phrases import spell_nested
from mockgem.operations.forms.recursive_fields import find_tree
from mockgem.operations.forms.refined_fields import find_single_property, refine_fields
from mockgem.operations.forms.shown_objects import find_example
from mockgem.operations.generators.schema_inference import (
    find_json_schema,
    is_well_formed,
    parse_schema_sketch,
)


@frozen
class Described:
    """The schema that a prompt describes. `count` is the length of a list, 0 if it is open."""

    schema: dict[str, Any]
    is_list: bool = False
    count: int = 0


def describe_schema(text: str) -> Described | None:
    """Return the schema that an instruction describes; None if it names no keys and no list."""
    return read_shown(text) or describe_things(text) or describe_named(text)


@lru_cache(maxsize=64)
def read_shown(text: str) -> Described | None:
    """Return the JSON Schema or the example object in a text."""
    if fields := find_class_fields(text):
        return Described(build_object(fields))
    if (written := find_written_schema(text)) is not None:
        count = find_list_count(text) if is_open_list(written) else 0
        return Described(written["items"] if count else written, is_list(written), count)
    shown = find_example(text)
    if shown is not None:
        if shown.get("type") == "array":
            return Described(shown["items"], True, find_list_count(text))
        if named := list_for_names(text):
            return Described(shown, True, len(named))
        if OF_OBJECT.search(text):
            count = find_list_count(text) or count_units(text) or count_things(text)
            return Described(shown, True, count)
        listed = LIST_OF.search(EXAMPLE_LINES.sub(" ", text))
        if listed and (
            OBJECT_WORDS.search(listed.string[listed.start() : listed.end() + 20])
            or EACH_SHOWN.search(text)
            or is_counted_array(listed, text)
        ):
            return Described(shown, True, find_list_count(text))
        return Described(nest_shown(shown, text))
    return None


def is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array"


def is_open_list(schema: dict[str, Any]) -> bool:
    """Return whether a schema is that of a list of objects without a length."""
    items = schema.get("items")
    return (
        is_list(schema)
        and "minItems" not in schema
        and isinstance(items, dict)
        and "properties" in items
    )


OF_OBJECT = make_regex(
    r"\bjson (?:array|list)(?: of(?: objects?)?| with| like)?(?: ?[:,])?(?: of the form)?"
    r"\s{0,3}\{\s?[\"'\w]",
    re.I,
)


def is_counted_array(listed: re.Match[str], text: str) -> bool:
    """Return whether an example shows one of several objects: "JSON array with 3 questions"."""
    if not listed[1] or parse_count(listed[1]) < 2 or OPEN_LIST.search(text):
        return False
    return re.search(r"\barray\b", listed[0], re.I) is not None


OPEN_LIST = make_regex(r"\[\s?(?:\.{2,4}|…|\"(?:\.{2,4}|…)\")")
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
    if not isinstance(value, dict) or not isinstance(items, dict) or not is_well_formed(value):
        return None
    return value if "type" in value or "type" in items else None


def describe_things(text: str) -> Described | None:
    """Return the schema of "5 countries with their capitals"."""
    found = find_things(text)
    return Described(found[0], True, found[1]) if found else None


EVERY = make_regex(r"\b(?:each|every)\b", re.I)


ONLY_KEY = make_regex(
    r"\bobject (?:with|that has|containing|having) (?:only |exactly |just )?(?:one|a single"
    r"|the single|the)"
    r" (?:key|field|property)(?: named| called)?:? [\"'`“](?P<name>\w{1,40})[\"'`”]"
    r"(?:,? (?:whose value is|which is|that is|holding|containing|with|set to"
    r"|:)? ?(?P<about>[^.\n:]{3,120}))?",
    re.I,
)
"""The only key of an object, and what it holds."""


def find_only_key(text: str) -> dict[str, Any] | None:
    """Return the schema of an object with a single key; None for others."""
    match = ONLY_KEY.search(text)
    if match is None:
        return None
    about = FROM_TEXT.split(match["about"] or "", maxsplit=1)[0]
    return build_object([(match["name"], describe_field(match["name"], about))])


FROM_TEXT = make_regex(r" (?:taken |extracted |found )?(?:from|in|of|for) (?:this|the) \w+", re.I)


@lru_cache(maxsize=64)
def describe_named(text: str) -> Described | None:
    """Return the schema of the keys that a text names, or of a list of plain values."""
    if (only := find_only_key(text)) is not None:
        return Described(only)
    text = spell_nested(text)
    nested = find_nested(text)
    if nested is not None:
        return nested
    if EVERY.search(text) and (tree := find_criteria(text) or find_tree(text)) is not None:
        return Described(tree)
    if ("->" in text or "→" in text) and (tree := find_arrows(text)) is not None:
        return Described(tree)
    if (tree := find_object_lists(text)) is not None:
        return repeat_tree(tree, text)
    if (tree := describe_named_list(text)) is not None:
        return Described(tree)
    if arrays := find_arrays(text):
        return Described(build_object(arrays))
    if EVERY.search(text) and (tree := find_each_nested(text)) is not None:
        return Described(tree, tree["type"] == "array")
    fields = refine_fields(add_types(text, find_fields(text)), text)
    listed = find_top_list(text, fields)
    is_list, count = measure_list(text, fields)
    if fields:
        is_list = is_list and NESTING.search(text) is None
        units = {"day", "week", "month"} & {name.lower() for name, _ in fields[:1]}
        if not is_list and units and count_units(text) > 1:
            is_list, count = True, count_units(text)
        if is_list and listed_by_noun(text, fields):
            fields = [("name", {"type": "string"}), *fields]
        if TIMELINE.search(text):
            count = count or USUAL_EVENTS
        return Described(nest_fields(text, fields), is_list, count)
    if (single := find_single_property(text)) is not None:
        return Described(build_object(single[0]), True, single[1])
    if not is_list or listed is None or OF_A_FIELD.search(text, 0, listed.start()):
        return None
    if not count and (made := MADE.search(text)):
        count = parse_count(made[1], 50)
    if (numbers := RANDOM_NUMBERS.search(text)) and "strings" not in (listed[2] or ""):
        kind = numbers[0]
        if re.search(r"-?\d+ (?:and|to) -?\d+(?!\.\d)", kind) and not DECIMALS.search(text):
            kind = kind.replace("numbers", "integers")
        return Described(describe_field("", kind), True, count)
    return Described(describe_items(listed[2] or "", text), True, count)


@lru_cache(maxsize=64)
def describe_key_list(text: str) -> Described | None:
    """Return the schema of a list of keys some of which have a note in brackets."""
    found, rest = find_key_list(text)
    fields, names = list(found), [name for name, _ in found]
    if not fields:
        return None
    if len(fields) == 1:
        return Described(build_object(fields))
    is_list, count = measure_list(rest, fields)
    top = TOP_KEY.search(rest)
    if top is None or top[1] in names:
        return Described(build_object(fields), is_list, count)
    limits = {"minItems": count, "maxItems": count} if count else {"minItems": 2}
    rows = {"type": "array", "items": build_object(fields), **limits}
    return Described(build_object([(top[1], rows)]))


TOP_KEY = make_regex(
    r"\b(?:top[- ]level|root|outer) (?:key|field|property|element)(?: is| named| called)?:?"
    r" [\"'`]?([A-Za-z_]\w{1,40})",
    re.I,
)
"""The name of the list: "Top level key: employees"."""


def measure_list(text: str, fields: list[tuple[str, dict[str, Any]]]) -> tuple[bool, int]:
    """Return whether a text wants several objects with the fields, and how many; 0 if open."""
    if fields:
        text = OWN_LISTS.sub(" ", text)
    listed = find_top_list(text, fields)
    count = find_list_count(text)
    objects = OBJECTS.search(text)
    if objects is not None and fields and text[: objects.start()].endswith("("):
        objects = None  # the length of a field: "bullets (3 items)"
    is_list = (listed is not None and is_top_list(text, listed, fields)) or (
        objects is not None and parse_count(objects[1] or objects[2]) > 1
    )
    if fields:
        names = frozenset(name.lower() for name, _ in fields)
        count = count or count_things(text, names)
        is_list = is_list or count_things(text, names) > 1 or is_counted_list(text, listed)
        is_list = is_list or is_for_all(text)
        if not is_list and (plural := count_plural(text, names)):
            is_list, count = True, plural
        is_list = is_list or (len(fields) > 1 and is_pair(names) and CARDS.search(text) is not None)
    return is_list, count


CARDS = make_regex(
    r"\b(?:flash-?\s?cards|study cards|karteikarten|lernkarten|tarjetas|fichas|fiches"
    r"|q(?:&|uestion)(?: and |/)?a(?:nswer)? pairs)\b",
    re.I,
)
FRONTS = frozenset("front question term word concept frage vorderseite begriff pregunta".split())


def is_pair(names: frozenset[str]) -> bool:
    """Return whether fields are those of a card with a question on it."""
    return not FRONTS.isdisjoint(names) and len(names) < 4


OWN_LISTS = make_regex(
    r"(?<!json )(?<!yaml )(?<!xml )(?<!object )(?<!objects )\((?:an? )?(?:list|array)s? of "
    r"[^()\n]{0,120}\)",
    re.I,
)
"""What a field holds: "features (list of 3 flags with name and enabled)"."""


def repeat_tree(tree: dict[str, Any], text: str) -> Described:
    """Return an object with lists, or a list of such: "3 days, each with day and exercises (…)"."""
    inner = [name for name, sub in tree["properties"].items() if "items" in sub]
    head = text[: min((at for name in inner if (at := text.find(name)) > 0), default=0)]
    is_list, count = measure_list(head, list(tree["properties"].items())) if head else (False, 0)
    return Described(tree, is_list, count)


def describe_named_list(text: str) -> dict[str, Any] | None:
    """Return the schema of an object whose only field is a list: "under the key goals"."""
    named = NAMED_LIST.search(text)
    counted = MADE.search(text) or LIST_OF.search(text)
    if named is None or counted is None:
        return None
    name = named[1] or named[2]
    if any(other != name for other, _ in find_fields(text)):
        return None
    count = parse_count(counted[1], 50) if counted[1] else 0
    limits = {"minItems": count, "maxItems": count} if count else {"minItems": 2}
    return build_object([(name, {"type": "array", "items": {"type": "string"}, **limits})])


EACH_VALUE = make_regex(
    r"\b(?:the )?(?:value (?:of|for) each|each value|every value|each (?:of (?:them|these)|key"
    r"|one)|their values?|(?:all|the) values) (?:is|are|has|have|should be|must be|being|holds?"
    r"|contains?) (?:an? )?(?:objects? )?(?:with|containing|that has|having)?\s?(?:the )?(?:keys "
    r"|fields )?",
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
    r"[\"'`“](\w{1,40})[\"'`”] (array|list|object)s?(?: of objects)?,? (?:each )?(?:containing"
    r"|with|having|that contains)\s|\b(array|list|lista|liste"
    r"|lijst) [\"'`“](\w{1,40})[\"'`”] (?:of|de|von|di|van)\s[^.\n]{0,40}?(?:with|con|mit|avec"
    r"|com)\s|\b(array|list|object) [\"'`“](\w{1,40})[\"'`”],? (?:with|containing|having"
    r"|that (?:has|contains))\s|\b(array|list|object) (?:called"
    r"|named) [\"'`]?(\w{1,40})[\"'`]?[,;:.]? (?:every|each|of|with|whose|containing|where"
    r"|which)\b",
    re.I,
)


def nest_fields(text: str, fields: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return the object with the fields, inside another one for 'a "recipe" object with …'."""
    match = NESTING.search(text)
    if match is None or COUNTED_TEXTS.search(text, match.start(), match.end() + 120):
        return build_object(fields)
    name = match[1] or match[4] or match[6] or match[8]
    inner = build_object([field for field in fields if field[0] != name])
    if (match[2] or match[5] or match[7] or "array").lower() != "object":
        count = find_list_count(text) or 2
        inner = {"type": "array", "items": inner, "minItems": count, "maxItems": max(count, 3)}
    return build_object([(name, inner)])


DECIMALS = make_regex(r"\b(?:decimal\w*|floats?|floating|real numbers)\b|\d\.\d", re.I)
RANDOM_NUMBERS = make_regex(
    r"\b(?:integers|(?:fibonacci|square|natural|random|whole|prime|even|odd) numbers"
    r"|numbers (?=(?:between|from) -?\d))(?: ?(?:between|from) -?\d+ (?:and|to) -?\d+)?",
    re.I,
)
NAMED_LIST = make_regex(
    r"\b(?:under|in|with) (?:the|a) (?:single |top-level |json )?key (?:named |called "
    r")?[\"'`]?(\w{2,30})[\"'`]?(?=[.,:\s]|\Z)(?! and| is)"
    r"|\b(?:array|list) (?:called|named) [\"'`]?(\w{2,30})[\"'`]?(?=\s?[.:,]|\s?\Z)",
    re.I,
)
"""The name of the only list in an object: "under the key goals"."""


def describe_items(noun: str, text: str) -> dict[str, Any]:
    match noun.lower().split()[-1] if noun else "":
        case "integers" | "ints":
            return {"type": "integer"}
        case "numbers" | "floats" | "zahlen" | "números":
            return {"type": "number"}
        case "booleans":
            return {"type": "boolean"}
    return {"type": "string", "minLength": 1}
