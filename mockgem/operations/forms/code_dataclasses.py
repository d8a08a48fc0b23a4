"""A given dictionary of Python as a class with the same fields."""

from __future__ import annotations

import ast
import re

from mockgem.operations.forms.code_types import parse_python
from mockgem.operations.forms.lazy_patterns import make_regex

WISH = make_regex(
    r"\b(?:in)?to an? (?:\w+ )?(data ?class|pydantic model|named ?tuple|typed ?dict)", re.I
)
CALLED = make_regex(r"\b(?:name|call) (?:the class |it |the model )`?([A-Z]\w{1,40})")
TYPES = {str: "str", int: "int", float: "float", bool: "bool"}
HEADS = {
    "dataclass": "from dataclasses import dataclass\n\n\n@dataclass\nclass {0}:\n",
    "pydanticmodel": "from pydantic import BaseModel\n\n\nclass {0}(BaseModel):\n",
    "namedtuple": "from typing import NamedTuple\n\n\nclass {0}(NamedTuple):\n",
    "typeddict": "from typing import TypedDict\n\n\nclass {0}(TypedDict):\n",
}


def write_dataclass(source: str, wish: str) -> str:
    """Return a class for the dictionary that a program sets, and an object of it; else empty."""
    match, tree = WISH.search(wish), parse_python(source)
    if match is None or tree is None:
        return ""
    kind = match[1].lower().replace(" ", "")
    for row in tree.body:
        match row:
            case ast.Assign(
                targets=[ast.Name(id=variable)], value=ast.Dict(keys=keys, values=values)
            ):
                fields = read_fields(keys, values)
                if not fields:
                    continue
                named = CALLED.search(wish)
                name = named[1] if named else variable.title().replace("_", "")
                rows = "\n".join(f"    {key}: {kind_of}" for key, kind_of, _ in fields)
                given = ", ".join(f"{key}={shown}" for key, _, shown in fields)
                return f"{HEADS[kind].format(name)}{rows}\n\n\n{variable} = {name}({given})"
    return ""


def read_fields(keys: list[ast.expr | None], values: list[ast.expr]) -> list[tuple[str, str, str]]:
    """Return the names, the types and the values of a dictionary whose keys are names."""
    found = []
    for key, value in zip(keys, values, strict=True):
        if not isinstance(key, ast.Constant) or not str(key.value).isidentifier():
            return []
        found.append((str(key.value), name_type(value), ast.unparse(value).replace("'", '"')))
    return found


def name_type(value: ast.expr) -> str:
    match value:
        case ast.Constant(value=None):
            return "str | None"
        case ast.Constant(value=one):
            return TYPES.get(type(one), "object")
        case ast.List(elts=elements):
            return f"list[{name_type(elements[0]) if elements else 'object'}]"
        case ast.Dict():
            return "dict[str, object]"
    return "object"
