"""What a request's fields may hold, and how a payload is read by it: proto3's JSON rules, in the real parser's words.

Names are taken in snake_case and in camelCase, null means absent, one value stands for a list of one, numbers may come
as strings. Everything wrong is collected and told at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.dialects.common.json_parser import ERROR_PREFIX, bad_request_error, decode_base64

MAX_VIOLATIONS = 100
"""So many violations are told at once; more would only be a long answer."""
Violations = list[tuple[str | None, str]]
FieldReader = Callable[[Any, str, Violations], Any]
"""(value, path, what is wrong so far) → the value in one form."""


def read_as(kind: FieldReader, payload: Any) -> Any:
    """A whole payload as one kind. Raises ApiError with every violation."""
    wrong: Violations = []
    value = kind(payload, "", wrong)
    if wrong:
        raise bad_request_error(wrong)
    return value


def message(
    type_name: str,
    fields: Mapping[str, FieldReader],
    *,
    open_ended: bool = False,
    oneof: tuple[str, tuple[str, ...]] = ("", ()),
) -> FieldReader:
    """An object with these fields. `open_ended`: other fields are passed over in silence. `oneof`: a name, and fields of
    which only one may be there."""
    known = {
        spelling: (name, kind, PASSTHROUGH_TYPES.get(kind))
        for name, kind in fields.items()
        for spelling in (name, to_camel_case(name))
    }
    group, single = oneof

    def read(value: Any, path: str, wrong: Violations) -> Any:
        if not isinstance(value, dict):
            return report_invalid_message(value, path, type_name, wrong)
        found = {}
        for key, item in value.items():
            field = known.get(key)
            if field is not None:
                name, kind, plain = field
                if type(item) is plain:
                    found[name] = item
                elif item is not None:
                    found[name] = kind(item, f"{path}.{name}" if path else name, wrong)
            elif not open_ended:
                report_unknown_name(key, path, "Cannot find field.", wrong)
        if single and len(found) > 1:
            check_oneof(found, group, single, path, wrong)
        return found

    return read


def check_oneof(
    found: Mapping[str, Any], group: str, single: tuple[str, ...], path: str, wrong: Violations
) -> None:
    for name in [name for name in found if name in single][1:]:
        text = f"Invalid value at '{path}' (oneof), oneof field '{group}' is already set. Cannot set '{to_camel_case(name)}'"
        if len(wrong) < MAX_VIOLATIONS:
            wrong.append((path, text))


def report_invalid_message(
    value: Any, path: str, type_name: str, wrong: Violations
) -> dict[str, Any]:
    if not path:
        report_unknown_name("", path, "Root element must be a message.", wrong)
    elif isinstance(value, list):
        parent, _, name = path.rpartition(".")
        report_unknown_name(name, parent, "Proto field is not repeating, cannot start list.", wrong)
    else:
        report_invalid_value(path, f"type.googleapis.com/{type_name}", value, wrong)
    return {}


def repeated(kind: FieldReader) -> FieldReader:
    def read(value: Any, path: str, wrong: Violations) -> Any:
        if not isinstance(value, list):
            return [kind(value, path, wrong)]
        return [kind(item, f"{path}[{index}]", wrong) for index, item in enumerate(value)]

    return read


def mapping(kind: FieldReader) -> FieldReader:
    """An object of any names; the real parser shows its entries as a list of pairs."""

    def read(value: Any, path: str, wrong: Violations) -> Any:
        if not isinstance(value, dict):
            return report_invalid_message(value, path, "google.protobuf.Struct", wrong)
        return {
            name: kind(item, f"{path}[{number}].value", wrong)
            for number, (name, item) in enumerate(value.items())
            if item is not None
        }

    return read


def lazy(kind: Callable[[], FieldReader]) -> FieldReader:
    """A kind that is looked up when it is needed, so that it may hold itself."""
    return lambda value, path, wrong: kind()(value, path, wrong)


def either(text: FieldReader, other: FieldReader) -> FieldReader:
    """A string, or something else."""

    def read(value: Any, path: str, wrong: Violations) -> Any:
        return (text if isinstance(value, str) else other)(value, path, wrong)

    if text is string:
        PASSTHROUGH_TYPES[read] = str
    return read


def anything(value: Any, path: str, wrong: Violations) -> Any:
    return value


def any_object(type_name: str) -> FieldReader:
    """An object of which no more is known than its type's name."""

    def read(value: Any, path: str, wrong: Violations) -> Any:
        return (
            value
            if isinstance(value, dict)
            else report_invalid_message(value, path, type_name, wrong)
        )

    return read


def struct(value: Any, path: str, wrong: Violations) -> Any:
    if isinstance(value, dict):
        return value
    return report_invalid_message(value, path, "google.protobuf.Struct", wrong)


def string(value: Any, path: str, wrong: Violations) -> str:
    if isinstance(value, str):
        return value
    report_invalid_scalar(path, "TYPE_STRING", value, wrong)
    return ""


def boolean(value: Any, path: str, wrong: Violations) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    report_invalid_scalar(path, "TYPE_BOOL", value, wrong)
    return False


PASSTHROUGH_TYPES: dict[FieldReader, type] = {string: str, boolean: bool}
"""Kinds that take values of one type without a look at them."""


def int32(value: Any, path: str, wrong: Violations) -> int:
    number = parse_number(value)
    if number is not None and number == int(number) and abs(number) < 2**31:
        return int(number)
    report_invalid_scalar(path, "TYPE_INT32", value, wrong)
    return 0


def int64(value: Any, path: str, wrong: Violations) -> int:
    number = (
        int(value)
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value)
        else parse_number(value)
    )
    if number is not None and number == int(number) and abs(number) < 2**63:
        return int(number)
    report_invalid_scalar(path, "TYPE_INT64", value, wrong)
    return 0


def base64_bytes(value: Any, path: str, wrong: Violations) -> bytes:
    """Bytes, out of base64 in either alphabet."""
    if not isinstance(value, str):
        report_invalid_scalar(path, "TYPE_BYTES", value, wrong)
        return b""
    try:
        return decode_base64(value, path)
    except ApiError as error:
        if len(wrong) < MAX_VIOLATIONS:
            wrong.append((path, error.failure.message))
        return b""


def base64_text(value: Any, path: str, wrong: Violations) -> str:
    """Base64 that is kept as it came."""
    base64_bytes(value, path, wrong)
    return value if isinstance(value, str) else ""


def double(value: Any, path: str, wrong: Violations) -> float:
    number = parse_number(value)
    if number is not None:
        return float(number)
    report_invalid_scalar(path, "TYPE_DOUBLE", value, wrong)
    return 0.0


def parse_number(value: Any) -> float | int | None:
    """A finite number, also from a string as proto3 allows; None for anything else."""
    if isinstance(value, str) and re.fullmatch(
        r"-?\d{1,18}(\.\d{1,18})?([eE][+-]?\d{1,2})?", value
    ):
        value = float(value)
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or abs(value) > 1e308
        or value != value
    ):
        return None
    return value


def enum(type_name: str, *members: str) -> FieldReader:
    """One of some words, or its number; given back in lower case."""

    def read(value: Any, path: str, wrong: Violations) -> str:
        if isinstance(value, str) and value.lower() in members:
            return value.lower()
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(members):
            return members[value]
        report_invalid_value(path, f"type.googleapis.com/{type_name}", value, wrong)
        return ""

    return read


def report_invalid_scalar(path: str, type_name: str, value: Any, wrong: Violations) -> None:
    parent, _, name = path.rpartition(".")
    if isinstance(value, list):
        report_unknown_name(name, parent, "Proto field is not repeating, cannot start list.", wrong)
    elif isinstance(value, dict):
        text = f"Invalid value at '{parent}' ({name}), Starting an object on a scalar field"
        if len(wrong) < MAX_VIOLATIONS:
            wrong.append((parent or None, text))
    else:
        report_invalid_value(path, type_name, value, wrong)


def report_invalid_value(path: str, type_name: str, value: Any, wrong: Violations) -> None:
    if len(wrong) >= MAX_VIOLATIONS:
        return
    shown = json.dumps(value if not isinstance(value, str) else value[:200], ensure_ascii=False)[
        :200
    ]
    wrong.append((path, f"Invalid value at '{path}' ({type_name}), {shown}"))


def report_unknown_name(name: str, path: str, why: str, wrong: Violations) -> None:
    if len(wrong) >= MAX_VIOLATIONS:
        return
    place = f" at '{path}'" if path else ""
    wrong.append((path or None, f'{ERROR_PREFIX}Unknown name "{name[:200]}"{place}: {why}'))


def to_camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
