"""Describe the fields of requests to the Interactions API, and read them.

A reader takes a value, its name and the place of the object that holds it, such as `tools[0]`. It
returns the value, or raises ApiError (400) in the API's words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from mockgem.dialects.common.proto_fields import IGNORES_UNKNOWN
from mockgem.dialects.interactions.errors import (
    missing_field,
    unknown_parameter,
    unsupported_value,
    wrong_type,
)

Reader = Callable[[Any, str, str], Any]
NOTHING_REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def join_place(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def has_type(value: Any, kinds: Collection[str]) -> bool:
    """Return whether a value is an object whose `type` is one of some words."""
    kind = value.get("type") if isinstance(value, dict) else None
    return isinstance(kind, str) and kind in kinds


def anything(value: Any, name: str, place: str) -> Any:
    return value


def text(value: Any, name: str, place: str) -> str:
    if isinstance(value, str):
        return value
    raise wrong_type(value, name, place, "a string")


def boolean(value: Any, name: str, place: str) -> bool:
    if isinstance(value, bool):
        return value
    raise wrong_type(value, name, place, "a boolean")


def number(value: Any, name: str, place: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise wrong_type(value, name, place, "a number")


def integer(value: Any, name: str, place: str) -> int:
    """Read a whole number, also from a string as the SDKs write numbers of 64 bits."""
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and len(value) < 20:
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    raise wrong_type(value, name, place, "an integer")


def any_object(value: Any, name: str, place: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise wrong_type(value, name, place, "an object")


def object_of(reader: Reader) -> Reader:
    """Return a reader of objects with any names and values of one kind."""

    def read(value: Any, name: str, place: str) -> dict[str, Any]:
        inner = join_place(place, name)
        return {
            key: reader(item, key, inner) for key, item in any_object(value, name, place).items()
        }

    return read


def one_of(*words: str) -> Reader:
    """Return a reader of one of some words."""

    def read(value: Any, name: str, place: str) -> str:
        if value in words and isinstance(value, str):
            return value
        raise unsupported_value(value, name, place, words)

    return read


def list_of(reader: Reader) -> Reader:
    def read(value: Any, name: str, place: str) -> list[Any]:
        if not isinstance(value, list):
            raise wrong_type(value, name, place, "an array")
        inner = join_place(place, name)
        return [reader(item, f"{inner}[{index}]", "") for index, item in enumerate(value)]

    return read


def one_or_list_of(reader: Reader) -> Reader:
    """Return a reader of a list or of a single item, which is a list of one."""
    many = list_of(reader)

    def read(value: Any, name: str, place: str) -> list[Any]:
        if isinstance(value, list):
            return many(value, name, place)  # type: ignore[no-any-return]
        return [reader(value, name, place)]

    return read


def text_or(other: Reader) -> Reader:
    def read(value: Any, name: str, place: str) -> Any:
        return value if isinstance(value, str) else other(value, name, place)

    return read


def fields(**readers: Reader) -> Reader:
    """Return a reader of objects with these fields; null means absent."""
    return fields_of(readers)


def fields_of(readers: Mapping[str, Reader], required: tuple[str, ...] = ()) -> Reader:
    def read(value: Any, name: str, place: str) -> dict[str, Any]:
        inner = join_place(place, name)
        values: dict[str, Any] = {}
        for key, item in any_object(value, name, place).items():
            reader = readers.get(key)
            if reader is None:
                if not IGNORES_UNKNOWN.get():
                    raise unknown_parameter(key[:200], inner)
            elif item is not None:
                values[key] = reader(item, key, inner)
        for key in required:
            if key not in values:
                raise missing_field(key, inner)
        return values

    return read


def tagged(
    variants: Mapping[str, Mapping[str, Reader]],
    required: Mapping[str, tuple[str, ...]] = NOTHING_REQUIRED,
    listed: Collection[str] = (),
) -> Reader:
    """Return a reader of objects whose `type` says which fields they have.

    Args:
        variants: The fields by type.
        required: The fields that must be there, by type.
        listed: The types that an error names; by default all.
    """
    readers = {
        kind: fields_of({"type": text, **inner}, required.get(kind, ()))
        for kind, inner in variants.items()
    }

    def read(value: Any, name: str, place: str) -> dict[str, Any]:
        inner = join_place(place, name)
        kind = any_object(value, name, place).get("type")
        if kind is None:
            raise missing_field("type", inner)
        if not isinstance(kind, str) or kind not in readers:
            raise unsupported_value(kind, "type", inner, tuple(listed or readers))
        read_one: dict[str, Any] = readers[kind](value, name, place)
        return read_one

    return read
