"""Show a response as text that differs whenever the response does, and that people can read."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib

from tests.golden.client import Response
from tests.golden.corpus import FOLDER, Step

LONG_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){64,}[A-Za-z0-9+/]{0,3}={0,2}")
LONG_NUMBERS = re.compile(r"-?\d[\d.e-]*(?:,\s*-?\d[\d.e-]*){63,}")
PNG = b"\x89PNG\r\n\x1a\n"
CONTENT_TOO_LARGE = ("HTTP/1.1 413 Content Too Large", "HTTP/1.1 413 Request Entity Too Large")
"""The reason is Python's own, which has other words for it from 3.13 on."""
MOST_CHUNKS = 80
"""A response in more chunks than this shows their sizes first and its body behind them."""


def render_answer(step: Step, request_line: str, response: Response) -> str:
    """Return the text of one exchange."""
    lines = [f"> {request_line}" if request_line else "> bytes"]
    if step.status_only:
        return "\n".join([*lines, *response.head[:1], ""])
    body = render_body(step, response)
    lines += [render_header(line, response, altered=is_altered([body])) for line in response.head]
    return "\n".join([*lines, "", *([body] if body else []), f"< {response.end}", ""])


def render_header(line: str, response: Response, *, altered: bool) -> str:
    """Return a header, masked where its value differs from run to run or from machine to
    machine."""
    if line in CONTENT_TOO_LARGE:
        return "HTTP/1.1 413 <masked>"
    name, _, _ = line.partition(":")
    if response.header("Server").startswith("Python/") and name in ("Date", "Server"):
        return f"{name}: <masked>"
    if altered and name == "Content-Length":
        return f"{name}: <masked>"
    return line


def render_body(step: Step, response: Response) -> str:
    if not response.chunked or len(response.chunks) > MOST_CHUNKS:
        head = [f"chunks: {sizes_of(response.chunks)}"] if response.chunked else []
        return "\n".join([*head, *render_bytes(response.body, step.mask)])
    return "\n".join(line for chunk in response.chunks for line in render_chunk(chunk, step.mask))


def render_chunk(chunk: bytes, mask: tuple[str, ...]) -> list[str]:
    lines = render_bytes(chunk, mask)
    return [f"chunk of {'<masked>' if is_altered(lines) else len(chunk)}", *lines]


def is_altered(lines: list[str]) -> bool:
    """Whether something of other length stands in the place of what was sent."""
    return any("<masked>" in line or "<PNG" in line or "<base64: PNG" in line for line in lines)


def sizes_of(chunks: list[bytes]) -> str:
    """Return the sizes of chunks, equal neighbours together: 61 x 12, 7."""
    runs: list[list[int]] = []
    for chunk in chunks:
        if runs and runs[-1][0] == len(chunk):
            runs[-1][1] += 1
        else:
            runs.append([len(chunk), 1])
    return ", ".join(f"{size} x {times}" if times > 1 else str(size) for size, times in runs)


def render_bytes(data: bytes, mask: tuple[str, ...] = ()) -> list[str]:
    """Return lines of text for a body; what is not text is described."""
    if not data:
        return []
    if b"\0" in data or data.startswith((PNG, b"\xff\xd8")):
        return [f"| {describe(data)}"]
    text = data.decode("utf-8", "surrogateescape").replace(str(FOLDER), "<masked>")
    for name in mask:
        text = mask_values(text, name)
    text = LONG_NUMBERS.sub(lambda found: describe_numbers(found[0]), text)
    text = LONG_BASE64.sub(lambda found: describe_base64(found[0]), text)
    lines = text.split("\n")
    return [f"| {escape(line)}" for line in lines[:-1]] + (
        [f"|.{escape(lines[-1])}"] if lines[-1] else []
    )


def mask_values(text: str, name: str) -> str:
    """Mask the values of a JSON field; of `name[]` only those that are lists."""
    value = r"\[[^]]*]" if name.endswith("[]") else r'(?:"(?:[^"\\]|\\.)*"|\[[^]]*]|[^,}\s]+)'
    return re.sub(rf'("{name.removesuffix("[]")}":\s*){value}', r"\1<masked>", text)


def escape(line: str) -> str:
    """Return a line with a visible mark for each character that an editor would not show."""
    return "".join(one if one.isprintable() and one != "\\" else repr(one)[1:-1] for one in line)


def describe(data: bytes) -> str:
    if data.startswith(PNG):
        return describe_png(data)
    return f"<{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}>"


def describe_base64(text: str) -> str:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return f"<{len(text)} letters, sha256 {hashlib.sha256(text.encode()).hexdigest()}>"
    return f"<base64: {describe(data)[1:]}"


def describe_numbers(text: str) -> str:
    count = text.count(",") + 1
    return (
        f"<{count} numbers in {len(text)} letters, sha256 "
        f"{hashlib.sha256(text.encode()).hexdigest()}>"
    )


def describe_png(data: bytes) -> str:
    """Describe a PNG by its pixels, because libraries pack them differently (zlib, zlib-ng)."""
    at, kept, packed = len(PNG), hashlib.sha256(), b""
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + size]
        if name == b"IDAT":
            packed += content
        else:
            kept.update(name + content)
        at += size + 12
    kept.update(zlib.decompress(packed))
    width, height = struct.unpack(">II", data[16:24])
    return f"<PNG of {width} x {height}, sha256 of its content {kept.hexdigest()}>"
