"""Interfaces of TypeScript whose fields a prompt states in words, with the types that it names."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.described_values import describe_by_name
from mockgem.operations.forms.lazy_patterns import make_regex

HEAD = make_regex(
    r"\b(?:(?P<kind>interfaces?|types?|type alias)|define|add|also|and|plus)(?: an?| the| called"
    r"| named){0,2} "
    r"[`\"']?(?P<name>[A-Z]\w{1,40})[`\"']?,? (?:with|having|containing|that has|which has|has)"
    r"(?: the)?(?: fields?| properties| members)?:? (?=[a-z`\"'])",
)
ITEM = make_regex(
    r"(?:(?P<before>optional) )?[`\"']?(?P<name>[a-z_]\w{0,40})[`\"']?(?P<optional>\?)?"
    r"(?: ?\((?P<note>[^()\n]{2,80})\)|: ?(?P<type>[\w\[\]<>| '\"]{2,60}?)(?=,| and |\.|;|\Z)"
    r"|(?: which| that)? (?:is|can be|being|as|of type) (?P<said>[^,.;\n]{2,80}?)(?=,| and [a-z`]"
    r"|\.|;|\Z))?"
)
LISTED = make_regex(r"(?:list|array|set) of (?:the |their )?(?P<name>[a-z]\w{1,40})")
"""A field that is named by what it lists: "a list of roles"."""
NEXT = make_regex(r",? and (?:an? |the )?|, (?:an? |the )?")
UNION = make_regex(r"(?:'[^'\n]+'|\"[^\"\n]+\")(?:\s?(?:\||,|or)\s?(?:'[^'\n]+'|\"[^\"\n]+\"))+")
ARRAY = make_regex(r"\b(?:array|list) of (?P<of>\w+)|(?P<bare>\w+)\[\]", re.I)
PLAIN = {
    "string": "string",
    "text": "string",
    "str": "string",
    "number": "number",
    "integer": "number",
    "int": "number",
    "float": "number",
    "boolean": "boolean",
    "bool": "boolean",
    "date": "Date",
    "any": "any",
    "unknown": "unknown",
}
OPTIONAL = make_regex(r"\boptional\b", re.I)
MOST = 30
NO_FIELDS = frozenset("and or which that is with the a an".split())


def write_stated_interfaces(request: CodeRequest) -> str:
    """Return the interfaces that a prompt describes; empty unless it gives types or several."""
    text = request.text[:3_000]
    if request.language not in ("typescript", "tsx") or "nterface" not in text:
        return ""
    found = [(match["name"], read_items(text, match.end())) for match in HEAD.finditer(text)]
    found = [(name, rows) for name, rows in found if rows]
    is_typed = UNION.search(text) is not None or ARRAY.search(text) is not None
    if not found or not (is_typed or len(found) > 1):
        return ""
    parts = [f"export interface {name} {{\n" + "\n".join(rows) + "\n}" for name, rows in found]
    return "\n\n".join(parts)


def read_items(text: str, at: int) -> list[str]:
    """Return the lines of the fields that stand at a place of a text."""
    rows = []
    for _ in range(MOST):
        if listed := LISTED.match(text, at):
            name = listed["name"]
            rows.append(f"  {name}: {name_item(name)};")
            if (after := NEXT.match(text, listed.end())) is None:
                break
            at = after.end()
            continue
        match = ITEM.match(text, at)
        if match is None or match["name"] in NO_FIELDS:
            break
        note = match["note"] or match["type"] or match["said"] or ""
        mark = "?" if match["before"] or match["optional"] or OPTIONAL.search(note) else ""
        rows.append(f"  {match['name']}{mark}: {find_type(match['name'], note)};")
        after = NEXT.match(text, match.end())
        if after is None:
            break
        at = after.end()
    return rows


def name_item(plural: str) -> str:
    """Return the type of a list: of strings, unless its things are a type of the language."""
    return f"{PLAIN.get(plain, 'string')}[]" if (plain := plural.removesuffix("s")) else "string[]"


def find_type(name: str, note: str) -> str:
    """Return the type of TypeScript for a note, else for the name of a field."""
    if union := UNION.search(note):
        return " | ".join(f"'{one}'" for one in re.findall(r"['\"]([^'\"\n]+)['\"]", union[0]))
    if array := ARRAY.search(note):
        inner = array["of"] or array["bare"]
        plain = inner[:-1] if inner.endswith("s") and inner.lower()[:-1] in PLAIN else inner
        return f"{PLAIN.get(plain.lower(), plain)}[]"
    words = re.findall(r"\w+", note)
    known = next((PLAIN[word.lower()] for word in words if word.lower() in PLAIN), "")
    own = next((word for word in words if word[:1].isupper() and word.lower() not in PLAIN), "")
    if known or own:
        return known or own
    kind = describe_by_name(re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()).get("type")
    return {"integer": "number", "number": "number", "boolean": "boolean", "array": "string[]"}.get(
        str(kind), "string"
    )
