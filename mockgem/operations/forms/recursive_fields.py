"""Objects that hold others of their kind: "every node has name and children (array of nodes)"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.field_items import read_items
from mockgem.operations.forms.lazy_patterns import make_regex

NODE = make_regex(
    r"\b(?:each|every) (node|item|entry|element|person|employee|category|comment|folder|task"
    r"|section|member|object|topic|page|menu item)s? (?:should |must |will )?(?:has|have|contains?"
    r"|consists of|with|having) (?:an? |the )?(?:keys |fields )?",
    re.I,
)
HOLDS = make_regex(
    r"[\"'`]?(\w{3,20})[\"'`]? ?(?:\(|,|:| as| which is| that is|, which is)? ?(?:an? )?"
    r"(?:\(?possibly empty\)? )?(?:array|list) of (?:the same |child |sub-?|further |other |more )?"
    r"(node|item|entrie|entry|element|person|employee|categorie|category|comment|folder|task"
    r"|section|member|object|topic|page|menu item)s\b",
    re.I,
)
CHILDREN = make_regex(
    rf"\b({NUMBER}) (?:direct |child |sub-?)?(?:reports|children|nodes|subcategories|sub-?folders"
    r"|replies|subtasks|sub-?items|employees|members|pages)\b",
    re.I,
)
TITLES = ("CEO", "CTO", "Head of Sales", "Product Manager", "Software Engineer", "Designer")
NAMES = {
    "person": "Maria Jensen, David Okafor, Laura Schmidt, Peter Novak, Aisha Khan, Tom Berger",
    "category": "Electronics, Clothing, Home and Garden, Books, Toys, Sports",
    "folder": "src, docs, tests, assets, config, scripts",
    "page": "Home, Products, About, Contact, Blog, Prices",
    "menu item": "Home, Products, About, Contact, Blog, Prices",
}
NAMES |= {"employee": NAMES["person"], "member": NAMES["person"]}
ROOT = make_regex(
    r"\b(?:[Tt]he|[Oo]ur) ((?:[A-Z][A-Za-z]{1,16} ?){1,3}|root|manager|boss|owner|founder)"
    r" (?:is|=|:) ([A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){1,2})"
)
"""Who stands at the top: "The CEO is Ruth Nolan"."""


def find_tree(text: str) -> dict[str, Any] | None:
    """Return the schema of a node with two levels below it; None if nothing holds its own kind."""
    match = NODE.search(text)
    holds = HOLDS.search(text, match.start()) if match else None
    if match is None or holds is None or holds[2][:5].lower() != match[1][:5].lower():
        return None
    fields = dict(read_items(text, match.end()))
    fields = {
        name: one for name, one in fields.items() if name == holds[1] or name[:5] != holds[2][:5]
    }
    if holds[1] not in fields or len(fields) < 2:
        return None
    counted = CHILDREN.search(text)
    count = min(parse_count(counted[1], 12), 12) if counted else 2
    leaf = {**fields, holds[1]: {"type": "array", "items": {"type": "string"}, "maxItems": 0}}
    if "title" in leaf and "name" in leaf:
        leaf["title"] = {"type": "string", "enum": [*TITLES[1:]]}
    names = NAMES.get("person" if "title" in leaf else match[1].lower())
    if names and leaf.get("name") == {"type": "string"}:
        leaf["name"] = {"type": "string", "enum": names.split(", ")}
    rows = {"type": "array", "items": build_object(list(leaf.items()))}
    return build_object(
        [*name_root(leaf, text).items(), (holds[1], {**rows, "minItems": count, "maxItems": count})]
    )


def name_root(fields: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the fields of the first node, with the name and the title that a text gives it."""
    match = ROOT.search(text)
    given = {"title": match[1].strip(), "name": match[2]} if match else {"title": TITLES[0]}
    return {
        name: {"type": "string", "enum": [given[name]]}
        if name in given and "name" in fields
        else schema
        for name, schema in fields.items()
    }
