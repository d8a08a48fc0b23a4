"""Forms in place of JSON: fields and files."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.openai.transcripts import decode_transcription

MULTIPART = "multipart/form-data; boundary=b"


def read(body: bytes, kind: str) -> dict[str, Any]:
    return read_form_fields(WireRequest("POST", "/x", {}, {"content-type": kind}, body))


def part(data: bytes, *headers: str) -> bytes:
    return "\r\n".join(["--b", *headers, "", ""]).encode() + data + b"\r\n"


NAMED = 'Content-Disposition: form-data; name="a"'
FILE = 'Content-Disposition: form-data; name="f"; filename="x.png"'


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"--b--\r\n", {}),
        (part("é\r\n\r\n".encode(), NAMED), {"a": "é\r\n\r\n"}),
        (part(b"", NAMED), {"a": ""}),
        (part(b"1", NAMED) + part(b"2", NAMED), {"a": "2"}),
        (part(b"1", "Content-Type: x"), {}),
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\n', {}),
        (b'preamble; name="p"\r\n\r\nx\r\n' + part(b"1", NAMED), {"a": "1"}),
        (part(b"\xff\0", FILE), {"f": FormFile("x.png", "", b"\xff\0")}),
        (
            part(b"1", FILE, "CONTENT-TYPE:  image/png "),
            {"f": FormFile("x.png", "image/png", b"1")},
        ),
        (part(b"1", NAMED) + part(b"2", FILE), {"a": "1", "f": FormFile("x.png", "", b"2")}),
    ],
)
def test_the_parts_of_a_multipart_body(body: bytes, fields: dict[str, Any]) -> None:
    assert read(body + b"--b--\r\n", MULTIPART) == fields


@pytest.mark.parametrize("kind", [MULTIPART, 'Multipart/Form-Data; Boundary="b"; x=y'])
def test_a_boundary_may_be_quoted(kind: str) -> None:
    assert read(part(b"1", NAMED) + b"--b--", kind) == {"a": "1"}


def test_other_forms() -> None:
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    assert read(b"a=1+2&b=&a=%C3%A9", kind) == {"a": "é", "b": ""}
    assert read(b'{"a": 1}', "") == read(b'{"a": 1}', "text/plain") == {"a": 1}


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"[]", "application/json",
         'Invalid JSON payload received. Unknown name "": Root element must be a message.'),
        (b"--b--", "multipart/form-data", "Multipart body does not contain a boundary."),
    ],
)  # fmt: skip
def test_bodies_without_fields_are_refused(body: bytes, kind: str, message: str) -> None:
    with pytest.raises(ApiError) as caught:
        read(body, kind)
    assert caught.value.failure.message == message


@pytest.mark.parametrize(
    ("mime_type", "name", "expected"),
    [
        ("audio/ogg", "a.wav", "audio/ogg"),
        ("application/octet-stream", "a.b.wav", "audio/wav"),
        ("", "wav", "audio/wav"),
        ("video/audio/", "a.mp3", "audio/mp3"),
    ],
)
def test_the_type_of_a_recording(mime_type: str, name: str, expected: str) -> None:
    body = part(b"x", FILE.replace('"f"', '"file"').replace("x.png", name),
                f"Content-Type: {mime_type}")  # fmt: skip
    wire = WireRequest("POST", "/x", {}, {"content-type": MULTIPART}, body + b"--b--")
    request = decode_transcription(wire, {})
    blob = request.question.audio
    assert (blob.mime_type, blob.data, blob.name) == (expected, b"x", name)
    assert (request.response_format, request.model) == ("json", "")


@pytest.mark.parametrize("form", ["json", "text", "verbose_json", "srt", "vtt", "xml"])
def test_the_formats_of_a_transcript(form: str) -> None:
    field = part(form.encode(), NAMED.replace('"a"', '"response_format"'))
    body = part(b"x", FILE.replace('"f"', '"file"')) + field + b"--b--"
    wire = WireRequest("POST", "/x", {}, {"content-type": MULTIPART}, body)
    if form != "xml":
        assert decode_transcription(wire, {}).response_format == form
        return
    with pytest.raises(ApiError) as caught:
        decode_transcription(wire, {})
    assert caught.value.failure.message == (
        "Invalid value for response_format: 'xml', "
        "expected one of json, text, verbose_json, srt, vtt, diarized_json."
    )
