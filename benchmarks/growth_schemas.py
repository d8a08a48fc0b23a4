"""Schemas that grow in one keyword, and conversations that grow in turns and in tool calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Build = Callable[[int], Any]


def count_of(size: int, unit: Any) -> int:
    return max(size // len(json.dumps(unit)), 1)


def with_names(keyword: str, sub: Any, **more: Any) -> Build:
    """Return what builds a schema with many names under a keyword."""

    def build(size: int) -> Any:
        count = count_of(size, {"property-10000": sub})
        return {"type": "object", keyword: {f"p{n}": sub for n in range(count)}, **more}

    return build


def with_options(keyword: str, make: Callable[[int], Any], kind: str = "object") -> Build:
    """Return what builds a schema with many items under a keyword."""

    def build(size: int) -> Any:
        count = count_of(size, make(10_000))
        return {"type": kind, keyword: [make(n) for n in range(count)]}

    return build


def require_all(size: int) -> Any:
    """Return many properties that are all required, with the order of them."""
    names = [
        f"p{n}"
        for n in range(count_of(size, {"p10000": {"type": "string"}, "a": "p10000", "b": "p10000"}))
    ]
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names,
        "propertyOrdering": names[::-1],
    }


def chain_references(size: int) -> Any:
    """Return definitions that refer to the next one."""
    count = count_of(size, {"d10000": {"$ref": "#/$defs/d10000"}})
    defs: dict[str, Any] = {f"d{n}": {"$ref": f"#/$defs/d{n + 1}"} for n in range(count)}
    return {"$ref": "#/$defs/d0", "$defs": {**defs, f"d{count}": {"type": "string"}}}


def share_definition(size: int) -> Any:
    """Return many properties that refer to one large definition."""
    count = count_of(size // 2, {"p10000": {"$ref": "#/$defs/d"}})
    inner = {f"q{n}": {"type": "integer"} for n in range(count)}
    return {
        "type": "object",
        "properties": {f"p{n}": {"$ref": "#/$defs/d"} for n in range(count)},
        "$defs": {"d": {"type": "object", "properties": inner, "required": list(inner)}},
        "required": [f"p{n}" for n in range(count)],
    }


def nest_schemas(size: int) -> Any:
    """Return objects in objects, as deep as the parser allows, side by side."""
    deep: Any = {"type": "string"}
    for _ in range(30):
        deep = {"type": "object", "properties": {"a": deep}, "required": ["a"]}
    count = count_of(size, deep)
    return {"type": "object", "properties": {f"p{n}": deep for n in range(count)}}


def depend(size: int) -> Any:
    """Return properties of which each one requires the next one."""
    count = count_of(size, {"p10000": {"type": "string"}, "p1000": ["p10000"]})
    return {
        "type": "object",
        "properties": {f"p{n}": {"type": "string"} for n in range(count)},
        "dependentRequired": {f"p{n}": [f"p{n + 1}"] for n in range(count - 1)},
        "required": ["p0"],
    }


STRING, WIDE = {"type": "string"}, {"type": "object", "properties": {"a": {"type": "string"}}}
SCHEMAS: dict[str, Build] = {
    "properties": with_names("properties", STRING),
    "required names": require_all,
    "unknown required": with_options("required", lambda n: f"p{n}"),
    "patternProperties": with_names("patternProperties", STRING, minProperties=3),
    "dependentSchemas": with_names(
        "dependentSchemas", WIDE, properties={"p0": STRING}, required=["p0"]
    ),
    "dependentRequired": depend,
    "$defs": with_names("$defs", STRING),
    "references": chain_references,
    "shared reference": share_definition,
    "deep": nest_schemas,
    "allOf": with_options("allOf", lambda n: {"properties": {f"p{n}": STRING}, "required": [f"p{n}"]}),
    "anyOf": with_options("anyOf", lambda n: {"properties": {f"p{n}": STRING}, "required": [f"p{n}"]}),
    "oneOf": with_options("oneOf", lambda n: {"properties": {"a": {"const": n}}, "required": ["a"]}),
    "anyOf that fails": with_options("anyOf", lambda n: {"type": "integer", "minimum": n}, "string"),
    "not": lambda size: {"type": "string", "not": with_options("anyOf", lambda n: {"const": f"c{n}"})(size)},
    "enum": with_options("enum", lambda n: f"value {n}", "string"),
    "enum of objects": with_options("enum", lambda n: {"a": n}),
    "const": lambda size: {"const": ["text"] * (size // 8)},
    "prefixItems": with_options("prefixItems", lambda n: STRING, "array"),
    "minItems": lambda size: {"type": "array", "items": STRING, "minItems": size // 40},
    "uniqueItems": lambda size: {
        "type": "array", "items": {"enum": [f"v{n}" for n in range(size // 12)]},
        "uniqueItems": True, "minItems": size // 60,
    },
    "minLength": lambda size: {"type": "string", "minLength": size},
    "minProperties": lambda size: {"type": "object", "minProperties": size // 100},
    "long pattern": lambda size: {"type": "string", "pattern": "^" + "[a-c]x?" * (size // 7) + "$"},
    "repeated pattern": lambda size: {"type": "string", "pattern": f"^(a|b){{{size // 100}}}$"},
    "nested pattern": lambda size: {
        "type": "string", "pattern": "(" * 40 + "a+" + ")+" * 40 + "$" + "b?" * (size // 2)
    },
    "description": lambda size: {"type": "string", "description": "One of: red, 12, blue. " * (size // 23)},
    "examples": with_options("examples", lambda n: f"value {n}", "string"),
    "type list": with_options("type", lambda n: "string"),
}  # fmt: skip


def call_tools(size: int) -> list[Any]:
    """Return one turn with many calls, and their results."""
    unit = {
        "id": "c10000", "type": "function",
        "function": {"name": "look_up", "arguments": '{"city": "Paris"}'},
    }  # fmt: skip
    count = count_of(size, [unit, {"role": "tool", "tool_call_id": "c10000", "content": "Sunny"}])
    calls = [{**unit, "id": f"c{n}"} for n in range(count)]
    results = [{"role": "tool", "tool_call_id": f"c{n}", "content": "Sunny"} for n in range(count)]
    user = {"role": "user", "content": "How is the weather?"}
    return [user, {"role": "assistant", "tool_calls": calls}, *results]


def alternate(size: int) -> list[Any]:
    """Return a conversation of many short turns."""
    pair = [
        {"role": "user", "content": "And then?"},
        {"role": "assistant", "content": "Then it ended."},
    ]
    return [*(pair * count_of(size, pair)), pair[0]]


def call_in_turns(size: int) -> list[Any]:
    """Return one call and its result in each turn, without a user's message in between."""
    unit = call_tools(1)[1:]
    messages: list[Any] = [{"role": "user", "content": "How is the weather?"}]
    for number in range(count_of(size, unit)):
        call = {**unit[0]["tool_calls"][0], "id": f"c{number}"}
        messages += [
            {"role": "assistant", "tool_calls": [call]},
            {**unit[1], "tool_call_id": f"c{number}"},
        ]
    return messages


def call_native_tools(size: int) -> list[Any]:
    call = {"functionCall": {"name": "look_up", "args": {"city": "Paris"}}}
    result = {"functionResponse": {"name": "look_up", "response": {"output": "Sunny"}}}
    count = count_of(size, [call, result])
    user = {"role": "user", "parts": [{"text": "How is the weather?"}]}
    return [
        user,
        {"role": "model", "parts": [call] * count},
        {"role": "user", "parts": [result] * count},
    ]


def alternate_native(size: int) -> list[Any]:
    pair = [
        {"role": "user", "parts": [{"text": "And?"}]},
        {"role": "model", "parts": [{"text": "It ended."}]},
    ]
    return [*(pair * count_of(size, pair)), pair[0]]


CHATS: dict[str, Build] = {
    "calls and results": call_tools,
    "turns": alternate,
    "calls in turns": call_in_turns,
}
NATIVE_CHATS: dict[str, Build] = {"calls and results": call_native_tools, "turns": alternate_native}
