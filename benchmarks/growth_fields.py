"""Requests that grow in one field, derived from the tables of fields that the dialects declare.

A field that a table gains is measured from then on without a change here. What a type of field can
hold a lot of (long texts, many items, many names, deep values) is a row of SHAPES.
"""

from __future__ import annotations

import base64
import inspect
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.dialects.common.proto_fields import FieldReader

CONTENT_FIELD = re.compile(
    r"(text|content|input|input\[\]|prompt|data|url|uri|arguments|code|pattern)$"
)
"""Fields whose text mockgem reads closely."""
Build = Callable[[int], Any]
"""Returns a value of about so many bytes as JSON."""
SCHEMA_FIELD = re.compile(r"(schema|parameters|response|response_format)$")


@frozen
class Field:
    """A field that grows: its path, the name of its shape, and what makes a request with it."""

    path: str
    shape: str
    build: Build


def repeat_text(unit: str) -> Build:
    return lambda size: unit * max(size // len(json.dumps(unit)[1:-1].encode()), 1)


def fill_list(make: Callable[[int], Any]) -> Build:
    def build(size: int) -> list[Any]:
        count = max(size // (len(json.dumps(make(10_000))) + 2), 1)
        return [make(number) for number in range(count)]

    return build


def fill_names(make: Callable[[int], Any]) -> Build:
    def build(size: int) -> dict[str, Any]:
        count = max(size // (len(json.dumps(make(10_000))) + 12), 1)
        return {f"n{number}": make(number) for number in range(count)}

    return build


def nest(size: int) -> Any:
    """Return values that are as deep as the parser allows, side by side."""
    deep: Any = 1
    for _ in range(90):
        deep = {"a": deep}
    return {f"n{number}": deep for number in range(max(size // 560, 1))}


TEXTS: dict[str, Build] = {
    "words": repeat_text("Tell me about 12 red cars in Paris. "),
    "one word": repeat_text("a"),
    "lines": repeat_text("- name: Ann\n"),
    "brackets": repeat_text('{"a": [('),
    "links": repeat_text("https://example.com/a?b=c "),
    "letters of others": repeat_text("ありがとう、"),
    "base64": lambda size: base64.b64encode(
        b"\x89PNG\r\n\x1a\n" + b"\0\1" * (size * 3 // 8)
    ).decode(),
    "data URL": lambda size: (
        "data:image/png;base64," + base64.b64encode(bytes(size // 4 * 3)).decode()
    ),
}
PLAIN_TEXTS = {name: TEXTS[name] for name in ("words", "one word", "brackets")}
STRUCTS: dict[str, Build] = {
    "names": fill_names(lambda number: "text"),
    "objects": fill_names(lambda number: {"type": "string"}),
    "items": lambda size: {"list": fill_list(lambda number: number)(size)},
    "deep": nest,
}


def inspect_reader(reader: FieldReader) -> tuple[str, dict[str, Any]]:
    """Return what kind of reader this is, and what it was made of."""
    kind = getattr(reader, "__qualname__", "").partition(".")[0]
    return kind, dict(inspect.getclosurevars(reader).nonlocals)  # type: ignore[arg-type]


def iter_fields(
    reader: FieldReader, defaults: dict[str, Any], schemas: dict[str, Build], path: str = ""
) -> Iterator[Field]:
    """Yield each way in which a request of this type can grow.

    Args:
        defaults: What makes a message of a type valid, by the type's name.
        schemas: Schemas that grow, for the fields that have a schema.
    """
    yield from iter_kind(reader, defaults, schemas, path, ())


def iter_kind(
    reader: FieldReader,
    defaults: dict[str, Any],
    schemas: dict[str, Build],
    path: str,
    outer: tuple[str, ...],
) -> Iterator[Field]:
    kind, parts = inspect_reader(reader)
    match kind:
        case "message":
            yield from iter_message(parts, defaults, schemas, path, outer)
        case "repeated":
            yield from iter_repeated(parts["reader"], defaults, schemas, path, outer)
        case "mapping":
            make = minimal_of(parts["reader"], defaults)
            yield Field(path, "names", fill_names(lambda number: make))
            for field in iter_kind(parts["reader"], defaults, schemas, path + ".*", outer):
                yield Field(field.path, field.shape, wrap({"n": None}, "n", field.build))
        case "lazy":
            yield from iter_kind(parts["reader"](), defaults, schemas, path, outer)
        case "either":
            yield from iter_kind(parts["text"], defaults, schemas, path, outer)
            yield from iter_kind(parts["other"], defaults, schemas, path, outer)
        case "struct" | "anything" | "any_object":
            shapes = STRUCTS | (schemas if SCHEMA_FIELD.search(path) else {})
            yield from [Field(path, name, build) for name, build in shapes.items()]
        case "string" | "base64_bytes" | "base64_text":
            texts = TEXTS if CONTENT_FIELD.search(path) else PLAIN_TEXTS
            yield from [Field(path, name, build) for name, build in texts.items()]
        case _:
            yield Field(path, "digits", repeat_text("1"))


def iter_message(
    parts: dict[str, Any],
    defaults: dict[str, Any],
    schemas: dict[str, Build],
    path: str,
    outer: tuple[str, ...],
) -> Iterator[Field]:
    type_name = parts["type_name"].rpartition(".")[2]
    if type_name in outer:
        return
    default = defaults.get(type_name, {})
    unknown = fill_names(lambda number: "text")
    yield Field(path, "unknown names", lambda size: {**default, **unknown(size)})
    if type_name == "Schema":
        yield from [Field(path, name, build) for name, build in schemas.items()]
    seen = set()
    for name, reader, _ in parts["known"].values():
        if name in seen:
            continue
        seen.add(name)
        place = f"{path}.{name}" if path else name
        for field in iter_kind(reader, defaults, schemas, place, (*outer, type_name)):
            yield Field(field.path, field.shape, wrap(default, name, field.build))


def iter_repeated(
    reader: FieldReader,
    defaults: dict[str, Any],
    schemas: dict[str, Build],
    path: str,
    outer: tuple[str, ...],
) -> Iterator[Field]:
    kind, _ = inspect_reader(reader)
    make = minimal_of(reader, defaults)
    numbered = kind in ("string", "either")
    yield Field(path, "items", fill_list(lambda number: f"n{number}" if numbered else make))
    for field in iter_kind(reader, defaults, schemas, path + "[]", outer):
        yield Field(field.path, field.shape, wrap_item(field.build))


def minimal_of(reader: FieldReader, defaults: dict[str, Any]) -> Any:
    """Return a small value of a type."""
    kind, parts = inspect_reader(reader)
    match kind:
        case "message":
            return defaults.get(parts["type_name"].rpartition(".")[2], {})
        case "lazy":
            return minimal_of(parts["reader"](), defaults)
        case "struct" | "any_object":
            return {"a": 1}
        case "enum":
            return parts["members"][-1]
    return "x"


def wrap(default: dict[str, Any], name: str, build: Build) -> Build:
    """Return what builds a message whose field `name` grows.

    Of the fields that exclude each other, a message has only the growing one.
    """
    kept = {key: item for key, item in default.items() if name not in ONE_OF or key not in ONE_OF}
    return lambda size: {**kept, name: build(size)}


def wrap_item(build: Build) -> Build:
    return lambda size: [build(size)]


ONE_OF = set(
    "text inline_data function_call function_response file_data executable_code "
    "code_execution_result tool_call tool_response".split()
)
"""The fields of a part, of which it has one."""
