"""Parse JSON payloads like Google's parser and report mistakes in its words.

The parser is more lenient than JSON: it accepts a comma before a closing bracket (as in a
documented curl sample), single quotes and bare keys. Its messages quote twenty characters on
either side of the mistake. Source: the open JSON stream parser of protobuf. The sentence around
it is recorded.

Evidence: doc-openai-compat, source-protobuf-parser, openai-err-unknown-store.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, NoReturn

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.scheduling import has_more
from mockgem.operations.base64_codec import decode_base64_strictly

try:
    from orjson import loads as quick_loads
except ImportError:  # orjson is optional

    def quick_loads(data: bytes, /) -> Any:  # type: ignore[misc]
        if b"\\u" in data:
            raise ValueError("the standard parser would let lone surrogates pass")
        return json.loads(data, parse_constant=refuse_constant)


MAX_DEPTH = 100
ERROR_PREFIX = "Invalid JSON payload received. "
WHITESPACE = re.compile(r"[ \t\r\n]*")
NUMBER = re.compile(r"[-+.\dxeE]{1,400}")
INTEGER = re.compile(r"-?\d{1,308}")
OCTAL = re.compile(r"-?0[-+\dx]+")
HEX = re.compile(r"[0-9a-fA-F]{4}")
TOKEN_START = re.compile(r"[\[\]{}:,\"'\w$-]", re.ASCII)
BARE_KEY = re.compile(r"[A-Za-z_$][\w$]*")
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
LITERALS = {"true": True, "false": False, "null": None}


def parse_json(body: bytes) -> Any:
    """Return the value of a payload; an empty payload is an empty object. Raises ApiError (400)."""
    try:
        value = quick_loads(body)
    except (ValueError, RecursionError):
        return parse_leniently(body) if body.strip() else {}
    if may_be_deep(body) and is_deep(value):
        return LenientParser(decode_utf8(body)).parse_document()
    return value


def parse_leniently(body: bytes) -> Any:
    """Parse what the fast parser rejects.

    The lenient parser is slow, so the standard parser reads long bodies.
    """
    if len(body) <= MAX_LENIENT_SIZE:
        return LenientParser(decode_utf8(body)).parse_document()
    try:
        value = json.loads(
            decode_utf8(body).encode("utf-8", "replace"), parse_constant=refuse_constant
        )
    except (ValueError, RecursionError):
        raise invalid_json_error(ERROR_PREFIX + "Unable to parse the payload.") from None
    if is_deep(value):
        raise invalid_json_error(ERROR_PREFIX + "Message too deep.")
    return normalize_surrogates(value) if re.search(rb"\\u[dD][89a-fA-F]", body) else value


def normalize_surrogates(value: Any) -> Any:
    """Replace each unpaired surrogate by a replacement character."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {
                normalize_surrogates(name): normalize_surrogates(item)
                for name, item in value.items()
            }
        case list():
            return [normalize_surrogates(item) for item in value]
    return value


MAX_LENIENT_SIZE = 256 * 1024


def may_be_deep(body: bytes) -> bool:
    """Return quickly whether a payload has enough brackets to be nested too deep."""
    if len(body) <= SHORT_BODY:
        return body.count(b"{") + body.count(b"[") > MAX_DEPTH
    return has_more(body, b"{", MAX_DEPTH // 2) or has_more(body, b"[", MAX_DEPTH // 2)


SHORT_BODY = 4096


def is_deep(value: Any) -> bool:
    """Return whether containers are nested deeper than the real parser allows."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        level = [
            item
            for value in level
            for item in (value.values() if type(value) is dict else value)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    return True


def decode_utf8(body: bytes) -> str:
    """Return the text of a payload, with a space for each byte that is not UTF-8 (reported).

    Evidence: report-parser-measured.
    """
    return body.decode("utf-8-sig", REPLACE_BY_SPACES)


def replace_by_space(error: UnicodeError) -> tuple[str, int]:
    """Replace one byte that is not UTF-8, and go on after it."""
    assert isinstance(error, UnicodeDecodeError)
    return " ", error.start + 1


REPLACE_BY_SPACES = "mockgem-spaces"
codecs.register_error(REPLACE_BY_SPACES, replace_by_space)


def invalid_json_error(message: str) -> ApiError:
    return bad_request_error([(None, message)])


def bad_request_error(violations: list[tuple[str | None, str]]) -> ApiError:
    """Return one 400 for all invalid fields, with a fieldViolation for each.

    The message joins their sentences with newlines. Unknown names at the top level have no `field`
    (recorded).

    Evidence: openai-err-unknown-nested-extra_body.
    """
    rows = [({"field": path} if path else {}) | {"description": text} for path, text in violations]
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": rows}
    return ApiError(
        Failure(
            Code.INVALID_ARGUMENT, "\n".join(text for _, text in violations), (detail,), "payload"
        )
    )


def decode_base64(data: str, place: str) -> bytes:
    """Decode base64 in either alphabet, padded or not. Raises ApiError with the field's path."""
    try:
        return decode_base64_strictly(data)  # most data is standard, and may be long
    except ValueError:
        pass
    plain = data.strip().translate(STANDARD_ALPHABET)
    try:
        return decode_base64_strictly(plain + "=" * (-len(plain) % 4))
    except ValueError:
        raise base64_error(data, place) from None


STANDARD_ALPHABET = str.maketrans("-_", "+/", " \r\n")


def base64_error(data: str, place: str) -> ApiError:
    text = json.dumps(data[:64])
    message = f"Invalid value at '{place}' (TYPE_BYTES), Base64 decoding failed for {text}"
    return bad_request_error([(place, message)])


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


class LenientParser:
    """The lenient parser. It is slower than the fast parser, which therefore runs first.

    The real parser reads in two passes: the first stops where it would need more text, and the
    second quotes nothing before that place (`quoted_from`).

    Evidence: source-protobuf-parser, report-parser-measured.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.quoted_from = 0
        self.has_stopped = False

    def parse_document(self) -> Any:
        value = self.parse_value(0, "")
        self.skip_whitespace()
        if self.position < len(self.text):
            self.fail("Parsing terminated before end of input.")
        return value

    def skip_whitespace(self) -> str:
        """Skip white space and return the next character, or "" at the end."""
        match = WHITESPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return self.text[self.position : self.position + 1]

    def stop_first_pass(self, position: int) -> None:
        if not self.has_stopped:
            self.has_stopped, self.quoted_from = True, position

    def fail(self, message: str) -> NoReturn:
        begin = max(self.position - 20, self.quoted_from)
        end = min(self.position + 20, len(self.text))
        raise invalid_json_error(
            f"{ERROR_PREFIX}{message}\n{self.text[begin:end]}\n{' ' * (self.position - begin)}^"
        )

    def fail_at_token(self, message: str) -> NoReturn:
        """Fail where another token has to be; the text may end there, or no token begins there."""
        char = self.text[self.position : self.position + 1]
        if not char:
            message = "Unexpected end of string. " + message
        if not char or TOKEN_START.match(char) is None:
            self.stop_first_pass(self.position)
        self.fail(message)

    def parse_value(self, depth: int, key: str) -> Any:
        if depth > MAX_DEPTH:
            raise invalid_json_error(
                f"{ERROR_PREFIX}Message too deep. Max recursion depth reached for key '{key}'"
            )
        match self.skip_whitespace():
            case "{":
                return self.parse_object(depth + 1)
            case "[":
                return self.parse_array(depth + 1, key)
            case '"' | "'":
                return self.parse_string()
            case char if char and char in "-0123456789":
                return self.parse_number()
            case _:
                return self.parse_literal()

    def parse_literal(self) -> Any:
        word = next((word for word in LITERALS if self.text.startswith(word, self.position)), None)
        if word is None:
            if TOKEN_START.match(self.text, self.position) is None:
                self.fail_at_token("Expected a value.")
            if len(self.text) - self.position < len("false"):
                self.stop_first_pass(self.position)
            self.fail("Unexpected token.")
        self.position += len(word)
        return LITERALS[word]

    def parse_object(self, depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        self.position += 1
        while self.skip_whitespace() != "}":
            key = self.parse_key()
            if self.skip_whitespace() != ":":
                self.fail_at_token("Expected : between key:value pair.")
            self.position += 1
            members[key] = self.parse_value(depth, key)
            if not self.skip_separator("}", "Expected , or } after key:value pair."):
                break
        self.position += 1
        return members

    def parse_array(self, depth: int, key: str) -> list[Any]:
        items: list[Any] = []
        self.position += 1
        while (char := self.skip_whitespace()) != "]":
            if not char or TOKEN_START.match(char) is None:
                self.fail_at_token("Expected a value or ] within an array.")
            items.append(self.parse_value(depth, key))
            if not self.skip_separator("]", "Expected , or ] after array value."):
                break
        self.position += 1
        return items

    def skip_separator(self, close: str, complaint: str) -> bool:
        """Skip a comma and return True, or return False at the closing bracket."""
        char = self.skip_whitespace()
        if char == ",":
            self.position += 1
            return True
        if char != close:
            self.fail_at_token(complaint)
        return False

    def parse_key(self) -> str:
        if self.skip_whitespace() in ('"', "'"):
            return self.parse_string()
        match = BARE_KEY.match(self.text, self.position)
        if match is None:
            self.fail_at_token("Expected an object key or }.")
        if match.end() == len(self.text):
            self.stop_first_pass(self.position)
        self.position = match.end()
        if match[0] in LITERALS:
            self.fail("Expected an object key or }.")
        return match[0]

    def parse_number(self) -> int | float:
        match = NUMBER.match(self.text, self.position)
        assert match is not None
        if match.end() == len(self.text):
            self.stop_first_pass(self.position)
        digits = match[0]
        if OCTAL.fullmatch(digits):
            self.fail("Octal/hex numbers are not valid JSON values.")
        try:
            number = int(digits) if INTEGER.fullmatch(digits) else float(digits)
        except ValueError:
            self.fail("Unable to parse number.")
        if abs(number) > 1e308:
            self.fail("Number exceeds the range of double.")
        self.position = match.end()
        return number

    def parse_string(self) -> str:
        start = self.position
        quote = self.text[start]
        self.position += 1
        pieces: list[str] = []
        while True:
            char = self.text[self.position : self.position + 1]
            if not char or (char == "\\" and self.position + 1 == len(self.text)):
                self.stop_first_pass(start)
                self.position = start
                self.fail("Closing quote expected in string.")
            self.position += 1
            if char == quote:
                return "".join(pieces)
            pieces.append(self.parse_escape(start) if char == "\\" else char)

    def parse_escape(self, start: int) -> str:
        """Return the character of an escape in a string that begins at `start`."""
        char = self.text[self.position : self.position + 1]
        self.position += 1
        if char != "u":
            return ESCAPES.get(char, char)
        code = self.parse_hex(start)
        if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.position):
            self.position += 2
            return chr(0x10000 + ((code - 0xD800) << 10) + (self.parse_hex(start) - 0xDC00 & 0x3FF))
        return chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"

    def parse_hex(self, start: int) -> int:
        """Return the four digits after a backslash and a u, in a string that begins at `start`."""
        digits = self.text[self.position : self.position + 4]
        if not HEX.fullmatch(digits):
            self.position -= 2
            if len(digits) < 4:
                self.stop_first_pass(start)
                self.fail("Illegal hex string.")
            self.fail("Invalid escape sequence.")
        self.position += 4
        return int(digits, 16)
