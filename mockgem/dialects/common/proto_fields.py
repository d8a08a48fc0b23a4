"""Describe the fields of requests and read payloads by proto3's JSON rules.

Messages are those of the real parser. Names can be in snake_case and in camelCase, null means
absent, a single value is a list of one, and numbers can be strings. The reader collects all
violations and reports them together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.dialects.common.json_parser import ERROR_PREFIX, bad_request_error, decode_base64

MAX_VIOLATIONS = 100
"""Violations in one error, at most. More would only make the reply longer."""
Violations = list[tuple[str | None, str]]
FieldReader = Callable[[Any, str, Violations], Any]
"""Reads a field: (value, path, violations so far) -> the value in one form."""


def read_as(kind: FieldReader, payload: Any) -> Any:
    """Read a whole payload as one type. Raises ApiError with every violation."""
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
    """Return a reader of objects with these fields.

    Args:
        type_name: The protobuf type, for error messages.
        fields: The fields' readers by their names in snake_case.
        open_ended: Ignore unknown fields.
        oneof: The name of a group and its fields, of which an object can have only one.
    """
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
    """Return a reader of objects with any names.

    The real parser shows the entries as a list of pairs.
    """

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
    """Return a reader that is looked up on use, so that types can contain themselves."""
    return lambda value, path, wrong: kind()(value, path, wrong)


def either(text: FieldReader, other: FieldReader) -> FieldReader:
    """Return a reader for a string or another type."""

    def read(value: Any, path: str, wrong: Violations) -> Any:
        return (text if isinstance(value, str) else other)(value, path, wrong)

    if text is string:
        PASSTHROUGH_TYPES[read] = str
    return read


def anything(value: Any, path: str, wrong: Violations) -> Any:
    return value


def any_object(type_name: str) -> FieldReader:
    """Return a reader of objects with unknown fields, of a type with this name."""

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
"""Readers that accept all values of one Python type unchanged."""


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
    """Read bytes from base64 in either alphabet."""
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
    """Check base64 and keep its text unchanged."""
    base64_bytes(value, path, wrong)
    return value if isinstance(value, str) else ""


def double(value: Any, path: str, wrong: Violations) -> float:
    number = parse_number(value)
    if number is not None:
        return float(number)
    report_invalid_scalar(path, "TYPE_DOUBLE", value, wrong)
    return 0.0


def parse_number(value: Any) -> float | int | None:
    """Return a finite number, also from a string as in proto3, or None for any other value."""
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
    """Return a reader of an enum's words or numbers. It returns the word in lower case."""

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
