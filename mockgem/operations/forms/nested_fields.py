"""Objects in objects that a prompt describes: "departments; each department has a name and …"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import (
    build_object,
    describe_by_name,
    describe_field,
)
from mockgem.operations.forms.field_items import read_closed_items, read_items
from mockgem.operations.forms.key_lists import cut_list, read_keys
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.named_objects import find_named_objects, read_names
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.sample_words import find_words_of

EACH = make_regex(
    r"\b(?:each|every)\s(?:of (?:the|these)\s)?(?P<noun>[a-z_]{3,24})"
    r"(?:\s(?:object|item|element|entry|record)s?)?(?:(?:\s(?:should|must|will|needs? to|to))?"
    r"\s(?:has|have|contains?|includes?|with|having|containing|including|consists? of|gets|lists"
    r"|needs?)\s|,?\s?(?:give|return|include|provide|output|state|i need|i want|we need)\s|:\s)"
    r"(?:the (?:keys|fields|following)[: ]+|its own |the )?",
    re.I,
)
"""The beginning of the fields of one thing: "each employee has name, title and salary"."""
EACH_ITEM = make_regex(
    r"(?P<noun>[a-z_]{3,24}),?\s?[(]?(?:each|every one|where each|with each)\s(?:one\s|item\s)?"
    r"(?:has|having|with|containing|contains|including|includes)\s(?:an?\s)?",
    re.I,
)
"""The same after the list itself: "a list of orders, each with id and total"."""
MAX_CLAUSES = 8


ARROW = make_regex(
    r"(?:^|[;:,.\n]\s*)(?:[-*] )?[\"'`]?(\w{2,30})[\"'`]? ?(?:->|→"
    r"|=>) ?([^;\n.>→]{3,200})"
)


def find_arrows(text: str) -> dict[str, Any] | None:
    """Return the schema of "user -> id, name; settings -> theme, language"; else None."""
    found = [(name, read_items(members, 0)) for name, members in ARROW.findall(text[:4000])[:20]]
    if not found or not all(len(fields) > 1 for _, fields in found):
        return None
    return build_object([(name, build_object(fields)) for name, fields in found])


OBJECT_LIST = make_regex(
    r"(?:(?P<mark>[\"'`“])(?P<named>[^\W\d]\w{1,40})[\"'`”] (?:array"
    r"|list)(?: of objects)?,? (?:where|in which|whose|and)? ?(?:each|every) (?:item|object|entry"
    r"|element|one|row|[a-z]{3,20}) |\b(?:array|list)(?: of objects)?,? (?:called "
    r"|named )?[\"'`“](?P<listed>[^\W\d]\w{1,40})[\"'`”],? (?:where|in which|whose|and|with"
    r"|of)? ?(?:(?:each|every) (?:item|object|entry|element|one|row|[a-z]{3,20})|objects"
    r"|entries|items)(?: (?:should|must|that))? "
    r"|(?P<quote>[\"'`“]?)(?P<name>[^\W\d]\w{1,40})[\"'`”]?,?\s?(?P<join>\(|:|is|as|=|being"
    r"|maps to|holds|contains"
    r"|should be|must be|[-–—])?\s?(?:an?|the|its)?\s?(?:array|list)\s(?:of|with"
    rf"|containing)\s(?:exactly )?(?:(?P<count>{NUMBER}) )?(?:[a-z_-]{{3,24}}s?),?\s?\(?(?:(?:each"
    r"|every one|all|where each|with each)(?: (?:one|item|object))?\s)?)(?:has|have|having|with"
    r"|containing|contains|contain|includes|include|including|that have|which have"
    r"|of the form)\s(?:an?\s|the\s)?(?:keys\s|fields\s|properties\s)?(?=[\w\"'`“])",
    re.I,
)
"""A field that holds objects: '"sections", an array of 4 objects each with "heading" and …'."""
NO_FIELD = frozenset(
    """json valid return returns output response result reply answer format single raw plain the
    an a flat nested it this that as is of just only generate create give me respond make provide
    produce with data yaml xml csv python write build following below and or in use be""".split()
)


OF_THEM = make_regex(
    rf"\b(\w{{3,30}})(?::|,)? \(?({NUMBER}) of (?:them|these),? each (?:one )?(?:with|having|has) ",
    re.I,
)
"""A field with its length: "modules: 4 of them, each with name and duration"."""


def find_count_of(name: str, text: str) -> str:
    """Return the number before the name of a list: "exactly four sessions"; empty without one."""
    match = re.search(rf"\b({NUMBER}) {re.escape(name)}\b", text[:1_000], re.I)
    return match[1] if match else ""


LIST_IN_WHICH = make_regex(
    rf"(?:,| is| as|:)? (?:which is |being )?(?:an? )?(?:list|array)(?: of ({NUMBER} )"
    r"?(?:objects|entries|items))?,? (?:in which|where|of which) (?:each|every) (?:entry|item|one"
    r"|element|object|row) (?:has|contains|includes|consists of|have) ",
    re.I,
)
"""A list and its members: "sessions, a list in which each entry has …"."""
STATED_TYPE = make_regex(
    r"([\"'`]\w{1,40}[\"'`]) (?:is|holds|contains|should be|must be) (?:the|an?) (string|number"
    r"|integer|boolean)(?=[,.;])",
    re.I,
)
"""A field and its type in a sentence: '"goal" is the string'."""


COUNTED_TEXTS = make_regex(
    rf"\b(?:containing|with|of) (?:exactly |about )?{NUMBER} [\w -]{{2,60}}"
    r"\b(?:words|keywords|tags|strings|phrases|sentences|hashtags|tips|ideas|names|synonyms)\b",
    re.I,
)
"""A list whose members are texts: '"keywords" array containing 6 SEO keywords'."""


def find_object_lists(text: str) -> dict[str, Any] | None:
    """Return the schema of an object in which some fields hold lists of objects; else None."""
    if " of the" in text:
        text = OF_THEM.sub(r"\1, an array of \2 objects each with ", text[:6000])
    text = LIST_IN_WHICH.sub(r": a list of \1objects each with ", text[:6000])
    typed = {
        name.strip("\"'`"): describe_field("", kind) for name, kind in STATED_TYPE.findall(text)
    }
    inner: dict[str, dict[str, Any]] = {}
    rest, at = [], 0
    for match in OBJECT_LIST.finditer(text[:6000]):
        if COUNTED_TEXTS.search(match[0]):
            continue
        quote = match["mark"] or match["quote"] or ('"' if match["listed"] else "")
        name = match["named"] or match["listed"] or match["name"]
        is_name = quote or (match["join"] in ("(", ":", "-", "–") or "," in match[0])
        fields, end = read_closed_items(text, match.end())
        if match.start() < at or not fields or not is_name or name.lower() in NO_FIELD:
            continue
        rows = build_object(fields)
        number = match["count"] or find_count_of(name, text[match.end() :])
        count = parse_count(number, 30) if number else 2
        limits = {"minItems": count, "maxItems": count if number else 3}
        inner[name] = {"type": "array", "items": rows, **limits}
        rest.append(f"{text[at : match.start()]}{quote}{name}{quote}")
        at = end + (text[end : end + 1] == ")")
    if not inner:
        return None
    outer = dict(find_fields("".join([*rest, text[at:]])))
    outer = {**typed, **outer}
    is_listed = inner.keys() <= outer.keys()
    if not is_listed and not all(f'"{name}"' in text or f"'{name}'" in text for name in inner):
        return None
    return build_object(list({**outer, **inner}.items()))


def find_each_nested(text: str) -> dict[str, Any] | None:
    """Return the schema of an object whose fields are lists of described things; else None."""
    text = text[:6000]
    if (totalled := find_totalled(text) or find_doubly_nested(text)) is not None:
        return totalled
    if (named := find_named_objects(text, to_plural)) is not None:
        return named
    clauses = list(find_clauses(text))
    if not clauses:
        return None
    start = min(at for at, _, _ in clauses)
    schemas = {noun: dict(fields) for _, noun, fields in clauses}
    inner = {
        one
        for one in schemas
        for other, fields in schemas.items()
        if one != other and find_plural(one, fields)
    }
    outer = dict(read_outer(text[:start], schemas))
    if outer and (last := LAST_OUTER.search(text, start)):
        for fields in schemas.values():
            if last[1] in fields:
                outer[last[1]] = fields.pop(last[1])
    roots = [noun for noun in schemas if noun not in inner]
    for noun in roots:
        counted = rf"\b(?:and|with|,) (?:{NUMBER}|several|a list of) (?:\w+ )?{to_plural(noun)}\b"
        if outer and not find_plural(noun, outer) and re.search(counted, text[:start], re.I):
            outer[to_plural(noun)] = {"type": "string"}
    container = next((name for name in outer if name.lower() in CONTAINERS), "")
    if container and len(roots) == 1 and not find_plural(roots[0], outer):
        outer[container] = list_of(nest(roots[0], schemas, text, 0), roots[0], text)
        return build_object(list(outer.items()))
    if len(roots) == 1 and (names := read_names(roots[0], to_plural(roots[0]), text)):
        built = nest(roots[0], schemas, text, 0)
        return build_object([(name, built) for name in names])
    if not inner and not any(find_plural(noun, outer) for noun in roots):
        return None
    build = {noun: nest(noun, schemas, text, 0) for noun in roots}
    for noun in roots:
        if plural := find_plural(noun, outer):
            outer[plural] = list_of(build[noun], noun, text)
    if outer:
        return build_object(list(outer.items()))
    return list_of(build[roots[0]], roots[0], text) if roots else None


TOTALLED = make_regex(
    rf"\b(?:({NUMBER}) |several |some |a few )(?:[a-z]+ )?([a-z]{{3,20}}s),? each (?:with|having"
    r"|has|containing) (?:an? )?",
    re.I,
)
DOUBLY = make_regex(
    rf"\b(?P<many>{NUMBER}) (?:[a-z]+ )?(?P<outer>[a-z]{{3,20}}s),? each (?:with|having|containing)"
    rf" (?P<count>{NUMBER}) (?:[a-z]+ )?(?P<inner>[a-z]{{3,20}}(?:s|es))"
    r" (?:that have|which have|with|having|\(|each with) ?(?:an? |the )?",
    re.I,
)


def find_doubly_nested(text: str) -> dict[str, Any] | None:
    """Return the schema of "2 categories, each with 2 dishes that have name and price"."""
    match = DOUBLY.search(text)
    fields = read_items(text, match.end()) if match else []
    if match is None or not fields:
        return None
    inner, outer = (parse_count(match[one], 30) for one in ("count", "many"))
    rows = {"type": "array", "items": build_object(fields), "minItems": inner, "maxItems": inner}
    one = build_object([("name", {"type": "string"}), (match["inner"].lower(), rows)])
    things = {"type": "array", "items": one, "minItems": outer, "maxItems": outer}
    return build_object([(match["outer"].lower(), things)])


TOTALS = frozenset("total subtotal sum total_price grand_total order_total overall_total".split())


def find_totalled(text: str) -> dict[str, Any] | None:
    """Return the schema of "3 items, each with product and price, and a total"; else None."""
    match = TOTALLED.search(text)
    fields = read_items(text, match.end()) if match else []
    if match is None or len(fields) < 2 or fields[-1][0] not in TOTALS:
        return None
    if LAST_OUTER.search(text, match.end()) is None:
        return None
    count = parse_count(match[1], 30) if match[1] else 2
    rows = {"type": "array", "items": build_object(fields[:-1])}
    limits = {"minItems": count, "maxItems": count if match[1] else 3}
    return build_object([(match[2].lower(), {**rows, **limits}), fields[-1]])


CONTAINERS = frozenset("data items results entries records rows list content elements".split())
"""Fields that hold the things which a prompt describes by another name."""


def nest_shown(shown: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an example whose open lists hold what the text says: "each result has title"."""
    fields = shown.get("properties") or {}
    is_open = any(sub.get("items") == {"type": "string"} for sub in fields.values())
    lower = text.lower()
    if not is_open or not ("each" in lower or "every" in lower):
        return shown
    nested = {
        plural: list_of(build_object(inner), noun, text)
        for _, noun, inner in find_clauses(text[:6000])
        if (plural := find_plural(noun, fields))
        and fields[plural].get("items") == {"type": "string"}
    }
    open_lists = [name for name, sub in fields.items() if sub.get("items") == {"type": "string"}]
    item = EACH_HAS.search(text[:6000]) if len(open_lists) == 1 and not nested else None
    inner = read_items(text, item.end()) if item else []
    if item and len(listed := read_keys(cut_list(text[item.end() : item.end() + 600]))) > len(
        inner
    ):
        inner = listed
    if inner:
        name = open_lists[0]
        made = FIRST_COUNT.match(text)
        count = parse_count(made[1], 30) if made else 0
        limits = {"minItems": count, "maxItems": count} if count > 1 else {}
        rows = list_of(build_object(inner), to_singular(name.lower()), text)
        nested = {name: {**rows, **limits}}
    return {**shown, "properties": {**fields, **nested}}


EACH_HAS = make_regex(
    r"\b(?:each|every) (?:(?:item|element|entry|object|one|question|card) )?(?:must |should "
    r"|has to |needs to )?(?:have|has|contains?|include[sd]?|be an object with"
    r"|is an object with)(?: (?:the )?(?:keys|fields))?:? "
    r"|\bfor (?:each|every)(?: one| of them)?,? (?:give|include|provide|list|return|state|add) ",
    re.I,
)
"""What the objects of the only list in an example have."""


FIRST_COUNT = make_regex(
    r"\W*(?:please )?(?:suggest|give me|list|generate|create|write|propose|invent|come up with"
    r"|make)"
    rf" ({NUMBER}) ",
    re.I,
)
"""The number of things in the first words: "Suggest 3 names …"."""


def find_clauses(text: str) -> list[tuple[int, str, list[tuple[str, dict[str, Any]]]]]:
    """Return the place, the noun and the fields of each "each … has …"."""
    found = []
    for pattern in (EACH, EACH_ITEM):
        for match in list(pattern.finditer(text))[:MAX_CLAUSES]:
            noun = to_singular(match["noun"].lower())
            start = match.start() if pattern is EACH else match.end("noun")
            fields = read_items(text, match.end())
            is_named = noun in GENERAL and re.search(
                rf"\b{to_plural(noun)}\b", text[: match.start()]
            )
            if fields and (noun not in GENERAL or is_named):
                found.append((start, noun, fields))
    return found


GENERAL = frozenset("one item element entry object them".split())
LAST_OUTER = make_regex(r"\sand \w+,? and (?:an?|the) (?:overall |grand |order )?(\w+)\b")
"""What follows a whole clause: "each item has sku and price, and a total"."""


BESIDE_LIST = make_regex(
    rf"\bwith ((?:an? )?\w{{2,20}}(?:, (?:an? )?\w{{2,20}}){{0,4}}) and {NUMBER} {NAME}\b", re.I
)
WITH_LIST = make_regex(
    r"(?<!\blist )(?<!\barray )\b(?:with|containing|having|has|contains)\s(?:a list of "
    rf"|an array of |{NUMBER} |several |some |multiple |its |many )?{NAME}\b",
    re.I,
)
COUNTED_NOUN = make_regex(rf"\b({NUMBER})\s(?:\w+\s)?{NAME}\b|\b{NAME}[\"'`]? ?\(({NUMBER}) ", re.I)
NAMED_ARRAY = make_regex(r"\b(?:array|list) (?:called|named) [\"'`]?(\w{3,30})[\"'`]?", re.I)


def read_outer(text: str, schemas: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields in front of the first clause: named ones, or "a company with teams"."""
    if (named := NAMED_ARRAY.search(text)) and to_singular(named[1]) in schemas:
        return [(named[1], {"type": "string"})]
    fields = find_fields(text)
    if fields:
        return fields
    for noun in schemas:
        plural = to_plural(noun)
        beside = search_named(BESIDE_LIST, plural, text)
        if beside is not None:
            names = [re.sub(r"^an? ", "", name) for name in beside[1].split(", ")]
            return [
                *((name, describe_by_name(name)) for name in names),
                (plural, {"type": "string"}),
            ]
        if search_named(WITH_LIST, plural, text):
            return [(plural, {"type": "string"})]
    return []


def nest(noun: str, schemas: dict[str, dict[str, Any]], text: str, depth: int) -> dict[str, Any]:
    """Return the object for a noun, with the lists in it."""
    fields = dict(schemas[noun])
    for one in schemas:
        if one != noun and depth < MAX_CLAUSES and (plural := find_plural(one, fields)):
            fields[plural] = list_of(nest(one, schemas, text, depth + 1), one, text)
    return build_object(list(fields.items()))


def list_of(schema: dict[str, Any], noun: str, text: str) -> dict[str, Any]:
    counted = search_named(COUNTED_NOUN, to_plural(noun), text)
    count = parse_count(counted[1] or counted[2], 30) if counted else 2
    fields = schema["properties"]
    usual = {
        name: {"type": "string", "enum": words}
        for name, sub in fields.items()
        if sub == {"type": "string"} and (words := find_words_of(noun, name))
    }
    schema = {**schema, "properties": {**fields, **usual}}
    return {"type": "array", "items": schema, "minItems": count, "maxItems": count}


def find_plural(noun: str, fields: dict[str, Any]) -> str:
    """Return the field that holds the things of a noun; empty without such a field."""
    return next((name for name in fields if name.lower() == to_plural(noun)), "")


def to_plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def to_singular(noun: str) -> str:
    if noun in SAME or noun.endswith(("ovies", "okies", "alories", "pies", "brownies")):
        return noun if noun in SAME else noun[:-1]
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("xes", "ches", "shes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


SAME = frozenset("species series calories news headquarters".split())
"""Nouns that are the same for one and for several."""
