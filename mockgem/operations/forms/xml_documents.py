"""XML documents: given data, the elements that a prompt names, shows or describes."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms import serialising, xml_templates
from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.described_reply import describe, generate_described
from mockgem.operations.forms.described_schema import Described
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.finished_values import finish
from mockgem.operations.forms.format_wishes import fence, wants
from mockgem.operations.forms.given_data import find_given_object
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.kind_keys import list_kind_keys
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_elements import write_inside, write_nested_rows
from mockgem.operations.forms.nested_fields import to_plural, to_singular
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.table_columns import find_thing_count
from mockgem.operations.forms.text_values import use_text
from mockgem.operations.forms.value_generation import (
    drop_names,
    find_value_hints,
    generate_from,
    list_names,
)


@form(
    "xml",
    "Create an XML document with a root element <book> containing <title>, <author> and <year>.",
    "Give me the data as XML: <person> with <name> and <email> for John Smith, john@example.com",
    words="xml format structure form template shape schema layout pattern follows following",
    about="XML with the elements that the prompt names",
)
def write_xml(question: Question) -> str | None:
    if inside := write_inside(question):
        return fence(inside, "xml", question)
    if not wants("xml", question) and not xml_templates.shows_xml(question.whole):
        return None
    count = find_thing_count(question.instruction) or 3
    if known := xml_templates.write_known(question.instruction, count):
        return fence(known, "xml", question)
    given = find_given_object(question, "xml")
    root, names = serialising.find_elements(question.whole)
    if root and xml_templates.is_each(root, question.whole):
        names, root = [root, *names], xml_templates.find_subject_root(question.instruction)
    if isinstance(given, dict) and names:
        given = spell_keys(given, names)
    if given is not None and not (names and (is_plain_list(given) or not has_any(given, names))):
        return fence(serialising.write_document(given, root), "xml", question)
    root = root or xml_templates.find_subject_root(question.instruction)
    item = find_member_name(root, question.instruction)
    if item:
        root = to_plural(item) if root.startswith("list") else root
        value = generate_described(describe(read_members(item, question)), question)
        rows = value if isinstance(value, list) else [value]
        inner = "\n".join(serialising.to_xml(row, item, 1) for row in rows)
        return fence(f"<{root}>\n{inner}\n</{root}>", "xml", question)
    return fence(make_xml(root, names, question), "xml", question)


def spell_keys(value: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Return data whose keys are spelled like the elements that the prompt names."""
    own = {name.lower().replace("-", "_"): name for name in names}
    return {
        own.get(str(key).lower().replace(" ", "_").replace("-", "_"), key): item
        for key, item in value.items()
    }


def has_any(value: Any, names: list[str]) -> bool:
    """Return whether rows have a key with one of the names; True for a single object."""
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return True
    known = {name.lower().replace("-", "_") for name in names}
    keys = [str(key).lower().replace(" ", "_").replace("-", "_") for key in value[0]]
    return not known.isdisjoint(keys[1:] or keys)


def number_rows(rows: list[Any]) -> list[Any]:
    """Return rows whose attribute "id", if it is a number, counts them."""
    if not all(isinstance(row, dict) and isinstance(row.get("@id"), int) for row in rows):
        return rows
    return [{**row, "@id": at} for at, row in enumerate(rows, 1)]


def make_xml(root: str, names: list[str], question: Question) -> str:
    """Return XML with the structure that the prompt lists, describes or shows."""
    if nested := write_nested_rows(root, question):
        return nested
    is_listed = serialising.find_listed_tags(question.whole) is not None
    count = find_thing_count(question.instruction) or 3
    if (listed := LISTED_ITEM.search(question.whole)) and root:
        found = GIVEN_SERIES.search(question.instruction)
        items = re.split(r", (?:and )?| and ", found[1]) if found else []
        items = items or find_known_things(question.instruction)[:count]
        inner = "\n".join(serialising.to_xml(item, listed[1], 1) for item in items)
        if items:
            return f"<{root}>\n{inner}\n</{root}>"
    repeated = None if is_listed else xml_templates.find_each_element(question.whole, root)
    if repeated is not None:
        name, schema, count = repeated
        value = generate_described(Described(schema, True, count), question)
        rows = number_rows(value if isinstance(value, list) else [value])
        inner = "\n".join(serialising.to_xml(row, name, 1) for row in rows)
        root = root if root not in (name, "") else to_plural(name)
        return f"<{root}>\n{inner}\n</{root}>"
    if root and (children := describe_children(question.instruction)):
        value = generate_described(Described(build_object(children)), question)
        return serialising.to_xml(value, root)
    is_open = (names or root) and not is_listed
    shown = xml_templates.find_template(question.whole) if is_open else None
    if shown is not None:
        root, schema = shown
    elif names:
        named = ATTRIBUTES.search(question.instruction)
        own = re.findall(r"[\w-]+", named[1].replace(" and ", " ")) if named else []
        attributes = [(f"@{name}", describe_by_name(name)) for name in own]
        schema = build_object([*attributes, *((name, describe_by_name(name)) for name in names)])
    elif is_listed:
        return serialising.to_xml(fill_listed(describe(question).schema, question), "root")
    else:
        value = generate_described(describe(question), question)
        if isinstance(value, dict) and [*value] == [root]:
            value = value[root]
        if root and isinstance(value, list) and (item := find_item_name(question)):
            inner = "\n".join(serialising.to_xml(row, item, 1) for row in value)
            return f"<{root}>\n{inner}\n</{root}>"
        if root and isinstance(value, list) and serialising.name_item(root) == "item":
            root = to_plural(root)
        return serialising.to_xml(value, root or ("items" if isinstance(value, list) else "root"))
    fill = fill_listed if is_listed else fill_named
    return serialising.to_xml(fill(schema, question), root or "root")


CHILDREN = make_regex(
    r"\bchild(?:ren)?(?: elements?)?(?: (?:are|named"
    r"|called))?:? (?P<names>[a-z][\w-]*[^.;\n]{2,200})",
    re.I,
)
CHILD = make_regex(
    r"(?:and )?(?P<name>[A-Za-z_][\w-]{0,30})(?: ?\((?:with )?(?:an? "
    r"|the )?attributes? (?P<own>[^()]{2,60})\))?"
)


def describe_children(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the elements in "child elements name, price (attribute currency)" with their
    schemas."""
    match = CHILDREN.search(text)
    if match is None or "<" in match["names"]:
        return []
    named = ATTRIBUTES.search(re.sub(r",? and\s*\Z", ".", text[: match.start()]))
    own = re.findall(r"[\w-]+", named[1].replace(" and ", " ")) if named else []
    fields = [(f"@{name}", describe_by_name(name)) for name in own]
    for part in re.split(r", (?![^(]*\))", match["names"]):
        child = CHILD.fullmatch(part.strip(" ."))
        if child is None:
            return []
        described = describe_by_name(child["name"])
        if child["own"]:
            names = re.findall(r"[\w-]+", child["own"].replace(" and ", " "))
            inner = [(f"@{name}", describe_by_name(name)) for name in names]
            described = build_object([*inner, ("#text", described)])
        fields.append((child["name"], described))
    return fields


ATTRIBUTES = make_regex(
    r"\battributes? (?:called |named )?([a-z][\w-]{0,20}(?:, [a-z][\w-]{0,20})*(?:,? and"
    r" [a-z][\w-]{0,20})?)",
    re.I,
)
"""The attributes of the root: "with the attributes id and name"."""
LISTED_ITEM = make_regex(
    r"\b(?:one|an?) <([A-Za-z_]\w{0,30})> (?:element |tag )?(?:per|for each|for every)\b"
    r"(?![^.\n]*(?:each|with|containing) (?:an? )?<)",
    re.I,
)
GIVEN_SERIES = make_regex(
    r"\b(?:(?:list|items|products|things):? )?((?!(?:list|items|products"
    r"|things)\b)[a-z]+(?: [a-z]+)?(?:, [a-z]+(?: [a-z]+)?){0,12},? and [a-z]+)\b(?= (?:as|in"
    r"|to)\b)"
)
CONTAINERS = make_regex(
    r"(?:catalogs?|catalogues?|librar(?:y|ies)|collections?|inventory|stores?|bookstore|menu|lists?"
    r"|playlists?|feed|class|team|company|shop|portfolio|album|shelf|register|directory"
    r"|database)\Z",
    re.I,
)
"""Things that hold others: a catalog with books."""


def find_member_name(root: str, text: str) -> str:
    """Return the name of the things in a container: "book" for "a catalog with 2 books"."""
    match = ITEM_NAME.search(text) if CONTAINERS.match(root) and "<" not in text else None
    return to_singular(match[1].lower()) if match else ""


def read_members(item: str, question: Question) -> Question:
    """Return a question for the things in a container alone: "a JSON list of 2 books"."""
    match = ITEM_NAME.search(question.instruction)
    count = match[0].split()[0] if match else "2"
    named = question.instruction[match.end() :] if match else ""
    if not WITH_FIELDS.search(named):
        keys = list_kind_keys(item) or ["name", "description", "price"]
        named = f" with {', '.join(keys[:-1])} and {keys[-1]}"
    text = f"Generate a JSON list of {count} {to_plural(item)}{named}"
    return Question(text, question.random, question.stated_system)


WITH_FIELDS = make_regex(r"\b(?:with|each|having|containing|including|keys?|fields?)\b|\(", re.I)
ITEM_NAME = make_regex(rf"\b{NUMBER} (?:[a-z]+ ){{0,2}}?([a-z]{{3,20}}s)\b", re.I)


def find_item_name(question: Question) -> str:
    """Return the name of the elements in a root that the prompt names: "2 books in <library>"."""
    if "<" not in question.instruction:
        return ""
    match = ITEM_NAME.search(question.instruction)
    return to_singular(match[1].lower()) if match else ""


def fill_named(schema: dict[str, Any], question: Question) -> Any:
    return finish(use_text(generate_from(schema, question), schema, question), schema, question)


def fill_listed(schema: dict[str, Any], question: Question) -> Any:
    """Return values for listed tags; neither these nor the tags of an example are values."""
    listed = serialising.find_listed_tags(question.whole) or []
    tags = {*listed, *serialising.ELEMENT.findall(question.whole)}
    hints = drop_names(find_value_hints(question, list_names(schema)), tags)
    value = use_text(generate_from(schema, question, hints=hints), schema, question)
    return finish(value, schema, question)


def is_plain_list(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value)
