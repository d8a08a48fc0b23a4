"""Values of proto3's JSON: what each type accepts, and the words for what it does not accept."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    any_object,
    base64_bytes,
    base64_text,
    boolean,
    double,
    either,
    enum,
    ignore_unknown_fields,
    int32,
    int64,
    mapping,
    message,
    read_as,
    repeated,
    string,
    struct,
)

COLOR = enum("x.Color", "color_unspecified", "red", "blue")
INNER = message("x.Inner", {"text": string})
NOT_REPEATING = (
    'Invalid JSON payload received. Unknown name "f": Proto field is not repeating, '
    "cannot start list."
)
OBJECT = "Invalid value at '' (f), Starting an object on a scalar field"


def read(reader: FieldReader, value: Any) -> Any:
    """Return the value of a field `f`."""
    return read_as(message("x.M", {"f": reader}), {"f": value})["f"]


def refuse(reader: FieldReader, payload: Any) -> str:
    """Return the message for a payload."""
    with pytest.raises(ApiError) as error:
        read_as(reader, payload)
    assert error.value.failure.status == 400
    return error.value.failure.message


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (string, "", ""),
        (boolean, True, True),
        (boolean, "true", True),
        (boolean, "false", False),
        (int32, 5, 5),
        (int32, "5", 5),
        (int32, 5.0, 5),
        (int32, "5e1", 50),
        (int32, 2**31 - 1, 2**31 - 1),
        (int32, -(2**31) + 1, -(2**31) + 1),
        (int64, str(2**63 - 1), 2**63 - 1),
        (int64, "-5", -5),
        (int64, 5.0, 5),
        (double, 1, 1.0),
        (double, "1.5e-2", 0.015),
        (double, 1e308, 1e308),
        (base64_bytes, "_-8=", b"\xff\xef"),
        (base64_bytes, "YQ", b"a"),
        (base64_text, "YQ", "YQ"),
        (COLOR, "RED", "red"),
        (COLOR, "blue", "blue"),
        (COLOR, 2, "blue"),
        (COLOR, 0, "color_unspecified"),
        (repeated(string), ["a", "b"], ["a", "b"]),
        (repeated(string), "a", ["a"]),
        (mapping(int32), {"a": "1", "b": None}, {"a": 1}),
        (either(string, INNER), "a", "a"),
        (either(string, INNER), {"text": "a"}, {"text": "a"}),
        (struct, {"a": [1]}, {"a": [1]}),
        (any_object("x.Any"), {"a": [1]}, {"a": [1]}),
        (INNER, {"text": None}, {}),
    ],
)
def test_a_value_is_read_in_one_form(reader: FieldReader, value: Any, expected: Any) -> None:
    found = read(reader, value)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("reader", "value", "words"),
    [
        (string, 1, "Invalid value at 'f' (TYPE_STRING), 1"),
        (string, [], NOT_REPEATING),
        (string, {}, OBJECT),
        (boolean, 1, "Invalid value at 'f' (TYPE_BOOL), 1"),
        (boolean, "True", "Invalid value at 'f' (TYPE_BOOL), \"True\""),
        (int32, 2**31, "Invalid value at 'f' (TYPE_INT32), 2147483648"),
        (int32, -(2**31), "Invalid value at 'f' (TYPE_INT32), -2147483648"),
        (int32, 1.5, "Invalid value at 'f' (TYPE_INT32), 1.5"),
        (int32, True, "Invalid value at 'f' (TYPE_INT32), true"),
        (int64, str(2**63), f"Invalid value at 'f' (TYPE_INT64), \"{2**63}\""),
        (int64, "1x", "Invalid value at 'f' (TYPE_INT64), \"1x\""),
        (double, "x", "Invalid value at 'f' (TYPE_DOUBLE), \"x\""),
        (base64_bytes, 1, "Invalid value at 'f' (TYPE_BYTES), 1"),
        (base64_text, "a!", "Invalid value at 'f' (TYPE_BYTES), Base64 decoding failed for \"a!\""),
        (COLOR, "green", "Invalid value at 'f' (type.googleapis.com/x.Color), \"green\""),
        (COLOR, 3, "Invalid value at 'f' (type.googleapis.com/x.Color), 3"),
        (COLOR, -1, "Invalid value at 'f' (type.googleapis.com/x.Color), -1"),
        (COLOR, True, "Invalid value at 'f' (type.googleapis.com/x.Color), true"),
        (repeated(string), ["a", 1], "Invalid value at 'f[1]' (TYPE_STRING), 1"),
        (mapping(int32), {"a": 1, "b": "x"},
         "Invalid value at 'f[1].value' (TYPE_INT32), \"x\""),
        (mapping(int32), 1, "Invalid value at 'f' (type.googleapis.com/google.protobuf.Struct), 1"),
        (struct, [1], NOT_REPEATING),
        (any_object("x.Any"), "é", "Invalid value at 'f' (type.googleapis.com/x.Any), \"é\""),
        (INNER, 1, "Invalid value at 'f' (type.googleapis.com/x.Inner), 1"),
        (INNER, {"text": 1}, "Invalid value at 'f.text' (TYPE_STRING), 1"),
        (INNER, {"text": {}}, "Invalid value at 'f' (text), Starting an object on a scalar field"),
        (INNER, {"no": 1},
         'Invalid JSON payload received. Unknown name "no" at \'f\': Cannot find field.'),
        (INNER, {"": 1},
         'Invalid JSON payload received. Unknown name "" at \'f\': Proto fields must have a name.'),
        (int32, "x" * 300, f"Invalid value at 'f' (TYPE_INT32), \"{'x' * 199}"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(reader: FieldReader, value: Any, words: str) -> None:
    assert refuse(message("x.M", {"f": reader}), {"f": value}) == words


@pytest.mark.parametrize("payload", [1, "a", [], None])
def test_a_payload_is_an_object(payload: Any) -> None:
    words = 'Invalid JSON payload received. Unknown name "": Root element must be a message.'
    assert refuse(INNER, payload) == words


def test_all_mistakes_are_reported_together_up_to_100() -> None:
    reader = message("x.M", {"text": string, "numbers": repeated(int32), "data": base64_bytes})
    lines = refuse(reader, {"text": 1, "numbers": ["x"] * 200, "data": "!", "no": 1}).split("\n")
    assert lines[0] == "Invalid value at 'text' (TYPE_STRING), 1"
    assert lines[-1] == "Invalid value at 'numbers[98]' (TYPE_INT32), \"x\""
    assert len(lines) == 100
    values: list[Any] = [{}, [], 1, {"no": 1}]
    for value in values:
        assert len(refuse(message("x.M", {"f": repeated(string)}), {"f": [value] * 101})
                   .split("\n")) == 100  # fmt: skip


def test_both_spellings_name_a_field() -> None:
    reader = message("x.M", {"max_output_tokens": int32})
    assert read_as(reader, {"maxOutputTokens": 1}) == {"max_output_tokens": 1}
    assert read_as(reader, {"max_output_tokens": 1}) == {"max_output_tokens": 1}


def test_only_one_field_of_a_group_can_be_set() -> None:
    fields = {"text": string, "file_uri": string, "thought": boolean}
    reader = message("x.Part", fields, oneof=("data", ("text", "file_uri")))
    assert read_as(reader, {"text": "a", "thought": True}) == {"text": "a", "thought": True}
    words = "(oneof), oneof field 'data' is already set. Cannot set 'fileUri'"
    payload = {"text": "a", "file_uri": "b"}
    assert refuse(reader, payload) == f"Invalid value {words}"
    assert refuse(message("x.M", {"part": reader}), {"part": payload}) == (
        f"Invalid value at 'part' {words}"
    )
    many = message("x.M", {"parts": repeated(reader)})
    assert len(refuse(many, {"parts": [payload] * 101}).split("\n")) == 100


def test_an_open_ended_message_leaves_unknown_fields_out() -> None:
    reader = message("x.M", {"text": string}, open_ended=True)
    assert read_as(reader, {"text": "a", "more": 1}) == {"text": "a"}


def test_a_lenient_decoder_ignores_unknown_fields_alone() -> None:
    reader = message("x.M", {"inner": INNER, "count": int32})
    decode = ignore_unknown_fields(lambda payload, params: read_as(reader, payload))
    payload = {"inner": {"text": "a", "no": 1}, "more": 2}
    assert decode(payload, {}) == {"inner": {"text": "a"}}
    with pytest.raises(ApiError) as error:
        decode({**payload, "count": "x"}, {})
    assert error.value.failure.message == "Invalid value at 'count' (TYPE_INT32), \"x\""
    assert 'Unknown name "no"' in refuse(reader, payload), "other decoders stay strict"


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"no": 1}, None),
        ({"text": {}}, None),
        ({"text": 1}, "text"),
        ({"inner": {"no": 1}}, "inner"),
        ({"inner": {"text": {}}}, "inner"),
        ({"inner": {"text": 1}}, "inner.text"),
        ({"inner": {"text": []}}, "inner"),
        ({"data": "!"}, "data"),
        ({"text": "a", "other": "b"}, None),
        ({"inner": 1}, "inner"),
    ],
)
def test_a_violation_names_its_field_except_at_the_root(payload: Any, field: str | None) -> None:
    fields = {"text": string, "other": string, "inner": INNER, "data": base64_bytes}
    reader = message("x.M", fields, oneof=("one", ("text", "other")))
    with pytest.raises(ApiError) as error:
        read_as(reader, payload)
    (detail,) = error.value.failure.details
    (violation,) = detail["fieldViolations"]
    assert violation.get("field") == field
    assert violation["description"] == error.value.failure.message
