"""Read form bodies (multipart and urlencoded), which some SDKs send instead of JSON."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest
from mockgem.core.media_type import parse_media_type
from mockgem.dialects.common.json_parser import ERROR_PREFIX, bad_request_error, parse_json


@frozen
class FormFile:
    """A file in a form."""

    name: str
    mime_type: str
    data: bytes


def read_form_fields(wire: WireRequest) -> dict[str, Any]:
    """Return the fields of a form, with a FormFile for each file, or the object of a JSON body.

    Raises:
        ApiError: The body is JSON but not an object, or a multipart body without a boundary.
    """
    kind = wire.headers.get("content-type", "")
    media_type = parse_media_type(kind)
    if media_type == "multipart/form-data":
        return parse_multipart(wire.body, kind)
    if media_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(wire.body.decode("utf-8", "replace"), keep_blank_values=True))
    body = parse_json(wire.body)
    if not isinstance(body, dict):
        text = f'{ERROR_PREFIX}Unknown name "": Root element must be a message.'
        raise bad_request_error([(None, text)])
    return body


def read_text(body: dict[str, Any], name: str, default: str = "") -> str:
    """Return a field of a form or of a JSON body. Raises ApiError (400) if it is not a text."""
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise invalid(f"Invalid type for '{name}': expected a string.", name)
    return value


def parse_multipart(body: bytes, kind: str) -> dict[str, Any]:
    """Return the fields of a form; one whose name ends in [] is a list of all its values."""
    fields: dict[str, Any] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary_of(kind))[1:]:
        head, mark, data = part.partition(b"\r\n\r\n")
        header = head.decode("utf-8", "replace")
        name = re.search(r'\bname="([^"]*)"', header)
        if not mark or name is None:
            continue
        file = re.search(r'\bfilename="([^"]*)"', header)
        value: Any = data.decode("utf-8", "replace")
        if file is not None:
            mime_type = re.search(r"content-type:\s*([^\r\n]+)", header, re.I)
            value = FormFile(file[1], mime_type[1].strip() if mime_type else "", data)
        if name[1].endswith("[]"):
            fields.setdefault(name[1], []).append(value)
        else:
            fields[name[1]] = value
    return fields


def boundary_of(kind: str) -> bytes:
    """Return the boundary in a content type. Raises ApiError if it has no boundary."""
    match = re.search(r'boundary="?([^";,]+)"?', kind, re.I)
    if match is None:
        raise invalid("Multipart body does not contain a boundary.", "multipart")
    return match[1].encode("utf-8", "replace")
