"""What a route of Express or FastAPI checks: that a thing exists, that a value is valid."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

MISSING = make_regex(
    r"\b404\b|\bnot found\b|\b(?:does not|doesn['’]t|do not|don['’]t) exist|\bmissing\b", re.I
)
VALIDATES = make_regex(
    r"\bvalidat\w*\b(?: (?:that )?(?:the |its |an? )?(\w{2,20}))?|\bvalid (\w{2,20})\b", re.I
)
SAVES = make_regex(r"\b(?:sav(?:e|es|ing)|stor(?:e|es|ing)|insert\w*|persist\w*|adds?)\b", re.I)
NOT_VALUES = frozenset("input inputs data body request it json payload all fields and".split())


def name_things(path: str) -> str:
    """Return the last word of a path that is no parameter: users for /api/users/:id."""
    words = [part for part in path.split("/") if part and part[0] not in ":{<"]
    return re.sub(r"\W", "_", words[-1]) if words else "items"


def name_one(things: str) -> str:
    return re.sub(r"ies$", "y", things) if things.endswith("ies") else things.removesuffix("s")


def find_checked(text: str) -> str:
    """Return the value that a route validates; empty if a text names none."""
    match = VALIDATES.search(text)
    word = (match[1] or match[2] or "") if match else ""
    return "email" if "email" in text.lower() and match else "" if word in NOT_VALUES else word


def write_express_body(method: str, path: str, text: str) -> tuple[str, str]:
    """Return what stands before a route and in it, if it checks or stores; else empty texts."""
    things = name_things(path)
    one, name = name_one(things) or "item", re.search(r":(\w+)", path)
    if method == "GET" and name and MISSING.search(text):
        return (
            f"const {things} = [{{ {name[1]}: '1', name: 'Example' }}];",
            f"  const {one} = {things}.find((row) => row.{name[1]} === request.params.{name[1]});\n"
            f"  if (!{one}) {{\n    response.status(404).json({{ error: "
            f"'{one.capitalize()} not found' }});\n    return;\n  }}\n  response.json({one});\n",
        )
    value = find_checked(text)
    if method != "POST" or not (value or SAVES.search(text)):
        return "", ""
    test = (
        f"!/^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/.test({value} ?? '')"
        if value == "email"
        else f"!{value}"
    )
    check = (
        f"  const {{ {value} }} = request.body;\n  if ({test}) {{\n"
        f"    response.status(400).json({{ error: '{value} is not valid' }});\n    return;\n  }}\n"
        if value
        else ""
    )
    return (
        f"const {things} = [];",
        f"{check}  const {one} = {{ id: {things}.length + 1, ...request.body }};\n"
        f"  {things}.push({one});\n  response.status(201).json({one});\n",
    )


def write_fastapi_body(method: str, path: str, text: str) -> tuple[str, str]:
    """Return what stands before a route and in it, if it may miss a thing; else empty texts."""
    name = re.search(r"\{(\w+)\}", path)
    if method != "GET" or name is None or not MISSING.search(text):
        return "", ""
    things = name_things(path)
    one = name_one(things) or "item"
    key = "1" if name[1].endswith("id") else '"example"'
    return (
        f'{things.upper()} = {{{key}: {{"{name[1]}": {key}, "name": "Example"}}}}',
        f"    if {name[1]} not in {things.upper()}:\n        raise HTTPException("
        f'status_code=404, detail="{one.capitalize()} not found")\n'
        f"    return {things.upper()}[{name[1]}]",
    )
