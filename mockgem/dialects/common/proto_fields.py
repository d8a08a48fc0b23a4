"""Describe the fields of requests and read payloads by proto3's JSON rules.

Messages are those of the real parser. Names can be in snake_case and in camelCase, null means
absent, a single value is a list of one, and numbers can be strings. The reader collects all
violations and reports them together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from mockgem.core.errors import ApiError, invalid
from mockgem.dialects.common.json_parser import ERROR_PREFIX, bad_request_error, decode_base64

MAX_VIOLATIONS = 100
"""Violations in one error, at most. More would only make the reply longer."""
Violations = list[tuple[str | None, str]]
FieldReader = Callable[[Any, str, Violations], Any]
"""Reads a field: (value, path, violations so far) -> the value in one form."""


def read_as(reader: FieldReader, payload: Any) -> Any:
    """Read a whole payload as one type. Raises ApiError with every violation."""
    violations: Violations = []
    value = reader(payload, "", violations)
    if violations and IGNORES_UNKNOWN.get():
        violations = [one for one in violations if not one[1].endswith(UNKNOWN_FIELD)]
    if violations:
        raise bad_request_error(violations)
    return value


IGNORES_UNKNOWN = ContextVar("IGNORES_UNKNOWN", default=False)
"""Whether the payload that is being read may have unknown fields."""
UNKNOWN_FIELD = "Cannot find field."


def ignore_unknown_fields(decode: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a decoder that ignores unknown fields at every depth."""

    def decode_leniently(wire: Any, params: Any) -> Any:
        token = IGNORES_UNKNOWN.set(True)
        try:
            return decode(wire, params)
        finally:
            IGNORES_UNKNOWN.reset(token)

    return decode_leniently


def message(
    type_name: str,
    fields: Mapping[str, FieldReader],
    *,
    open_ended: bool = False,
    oneof: tuple[str, tuple[str, ...]] = ("", ()),
    refuses_null: Callable[[str, Mapping[str, Any]], bool] = lambda name, value: False,
) -> FieldReader:
    """Return a reader of objects with these fields.

    Args:
        type_name: The protobuf type, for error messages.
        fields: The fields' readers by their names in snake_case.
        open_ended: Ignore unknown fields.
        oneof: The name of a group and its fields, of which an object can have only one.
        refuses_null: Whether a field of an object refuses null. Elsewhere null means absent.
    """
    known = index_by_spelling(fields)
    group, single = oneof

    def read(value: Any, path: str, violations: Violations) -> Any:
        if not isinstance(value, dict):
            return report_invalid_message(value, path, type_name, violations)
        values = {}
        for key, item in value.items():
            field = known.get(key)
            if field is not None:
                name, reader, plain = field
                if type(item) is plain:
                    values[name] = item
                elif item is not None:
                    values[name] = reader(item, f"{path}.{name}" if path else name, violations)
                elif refuses_null(name, value):
                    raise invalid("Value is not a string: null", "null", name=name)
            elif not open_ended:
                why = UNKNOWN_FIELD if key else "Proto fields must have a name."
                report_unknown_name(key, path, why, violations)
        if single and len(values) > 1:
            check_oneof(values, group, single, path, violations)
        return values

    return read


def index_by_spelling(
    fields: Mapping[str, FieldReader],
) -> dict[str, tuple[str, FieldReader, type | None]]:
    """Return name, reader and unchanged type of each field by both spellings of its name."""
    return {
        spelling: (name, reader, PASSTHROUGH_TYPES.get(reader))
        for name, reader in fields.items()
        for spelling in (name, to_camel_case(name))
    }


def check_oneof(
    values: Mapping[str, Any],
    group: str,
    single: tuple[str, ...],
    path: str,
    violations: Violations,
) -> None:
    """Report each further field of a group. A root has no place (reported).

    Evidence: report-parser-measured.
    """
    place = f" at '{path}'" if path else ""
    for name in [name for name in values if name in single][1:]:
        text = (
            f"Invalid value{place} (oneof), oneof field '{group}' is already set. "
            f"Cannot set '{to_camel_case(name)}'"
        )
        if len(violations) < MAX_VIOLATIONS:
            violations.append((path or None, text))


def report_invalid_message(
    value: Any, path: str, type_name: str, violations: Violations
) -> dict[str, Any]:
    if not path:
        report_unknown_name("", path, "Root element must be a message.", violations)
    elif isinstance(value, list):
        parent, _, name = path.rpartition(".")
        report_unknown_name(
            name, parent, "Proto field is not repeating, cannot start list.", violations
        )
    else:
        report_invalid_value(path, f"type.googleapis.com/{type_name}", value, violations)
    return {}


def repeated(reader: FieldReader) -> FieldReader:
    def read(value: Any, path: str, violations: Violations) -> Any:
        if not isinstance(value, list):
            return [reader(value, path, violations)]
        return [reader(item, f"{path}[{index}]", violations) for index, item in enumerate(value)]

    return read


def mapping(reader: FieldReader) -> FieldReader:
    """Return a reader of objects with any names.

    The real parser shows the entries as a list of pairs.
    """

    def read(value: Any, path: str, violations: Violations) -> Any:
        if not isinstance(value, dict):
            return report_invalid_message(value, path, "google.protobuf.Struct", violations)
        return {
            name: reader(item, f"{path}[{number}].value", violations)
            for number, (name, item) in enumerate(value.items())
            if item is not None
        }

    return read


def lazy(reader: Callable[[], FieldReader]) -> FieldReader:
    """Return a reader that is looked up on use, so that types can contain themselves."""
    return lambda value, path, violations: reader()(value, path, violations)


def either(text: FieldReader, other: FieldReader) -> FieldReader:
    """Return a reader for a string or another type."""

    def read(value: Any, path: str, violations: Violations) -> Any:
        return (text if isinstance(value, str) else other)(value, path, violations)

    if text is string:
        PASSTHROUGH_TYPES[read] = str
    return read


def anything(value: Any, path: str, violations: Violations) -> Any:
    return value


def any_object(type_name: str) -> FieldReader:
    """Return a reader of objects with unknown fields, of a type with this name."""

    def read(value: Any, path: str, violations: Violations) -> Any:
        return (
            value
            if isinstance(value, dict)
            else report_invalid_message(value, path, type_name, violations)
        )

    return read


def struct(value: Any, path: str, violations: Violations) -> Any:
    if isinstance(value, dict):
        return value
    return report_invalid_message(value, path, "google.protobuf.Struct", violations)


def string(value: Any, path: str, violations: Violations) -> str:
    if isinstance(value, str):
        return value
    report_invalid_scalar(path, "TYPE_STRING", value, violations)
    return ""


def boolean(value: Any, path: str, violations: Violations) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    report_invalid_scalar(path, "TYPE_BOOL", value, violations)
    return False


PASSTHROUGH_TYPES: dict[FieldReader, type] = {string: str, boolean: bool}
"""Readers that accept all values of one Python type unchanged."""


def int32(value: Any, path: str, violations: Violations) -> int:
    number = parse_number(value)
    if number is not None and number == int(number) and abs(number) < 2**31:
        return int(number)
    report_invalid_scalar(path, "TYPE_INT32", value, violations)
    return 0


def int64(value: Any, path: str, violations: Violations) -> int:
    number = (
        int(value)
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value)
        else parse_number(value)
    )
    if number is not None and number == int(number) and abs(number) < 2**63:
        return int(number)
    report_invalid_scalar(path, "TYPE_INT64", value, violations)
    return 0


def base64_bytes(value: Any, path: str, violations: Violations) -> bytes:
    """Read bytes from base64 in either alphabet."""
    if not isinstance(value, str):
        report_invalid_scalar(path, "TYPE_BYTES", value, violations)
        return b""
    try:
        return decode_base64(value, path)
    except ApiError as error:
        if len(violations) < MAX_VIOLATIONS:
            violations.append((path, error.failure.message))
        return b""


def base64_text(value: Any, path: str, violations: Violations) -> str:
    """Check base64 and keep its text unchanged."""
    base64_bytes(value, path, violations)
    return value if isinstance(value, str) else ""


def double(value: Any, path: str, violations: Violations) -> float:
    number = parse_number(value)
    if number is not None:
        return float(number)
    report_invalid_scalar(path, "TYPE_DOUBLE", value, violations)
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

    def read(value: Any, path: str, violations: Violations) -> str:
        if isinstance(value, str) and value.lower() in members:
            return value.lower()
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(members):
            return members[value]
        report_invalid_scalar(path, f"type.googleapis.com/{type_name}", value, violations)
        return ""

    return read


def report_invalid_scalar(path: str, type_name: str, value: Any, violations: Violations) -> None:
    parent, _, name = path.rpartition(".")
    if isinstance(value, list):
        report_unknown_name(
            name, parent, "Proto field is not repeating, cannot start list.", violations
        )
    elif isinstance(value, dict):
        text = f"Invalid value at '{parent}' ({name}), Starting an object on a scalar field"
        if len(violations) < MAX_VIOLATIONS:
            violations.append((parent or None, text))
    else:
        report_invalid_value(path, type_name, value, violations)


def report_invalid_value(path: str, type_name: str, value: Any, violations: Violations) -> None:
    if len(violations) >= MAX_VIOLATIONS:
        return
    shown = json.dumps(value if not isinstance(value, str) else value[:200], ensure_ascii=False)[
        :200
    ]
    violations.append((path, f"Invalid value at '{path}' ({type_name}), {shown}"))


def report_unknown_name(name: str, path: str, why: str, violations: Violations) -> None:
    if len(violations) >= MAX_VIOLATIONS:
        return
    place = f" at '{path}'" if path else ""
    violations.append((path or None, f'{ERROR_PREFIX}Unknown name "{name[:200]}"{place}: {why}'))


def to_camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
