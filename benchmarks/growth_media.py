"""Media files that grow, as base64: many small chunks, boxes or pages are the worst case."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable

Make = Callable[[int], str]


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def make_png(size: int) -> str:
    chunk = struct.pack(">I", 0) + b"tEXt" + bytes(4)
    return encode(b"\x89PNG\r\n\x1a\n" + chunk * (size * 3 // 4 // len(chunk)))


def make_jpeg(size: int) -> str:
    return encode(b"\xff\xd8" + b"\xff\xe1\x00\x02" * (size * 3 // 16))


def make_gif(size: int) -> str:
    return encode(b"GIF89a" + bytes(7) + b"\x21\xfe\x01a\x00" * (size * 3 // 20))


def make_webp(size: int) -> str:
    return encode(b"RIFF" + struct.pack("<I", size) + b"WEBP" + b"ALPH\0\0\0\0" * (size * 3 // 32))


def make_wav(size: int) -> str:
    chunks = b"LIST\0\0\0\0" * (size * 3 // 32)
    return encode(b"RIFF" + struct.pack("<I", size) + b"WAVE" + chunks)


def make_mp3(size: int) -> str:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return encode(frame * (size * 3 // 4 // len(frame)))


def make_mp4(size: int) -> str:
    return encode(
        struct.pack(">I", 8) + b"ftyp" + (struct.pack(">I", 8) + b"free") * (size * 3 // 32)
    )


def make_pdf(size: int) -> str:
    return encode(b"%PDF-1.4\n" + b"<</Type /Page>>\n" * (size * 3 // 64))


def make_pdf_of_words(size: int) -> str:
    return encode(b"%PDF-1.4\n" + b"/Type /Type " * (size // 16))


def make_zeros(size: int) -> str:
    return encode(bytes(size * 3 // 4))


MEDIA: dict[str, tuple[str, Make]] = {
    "png": ("image/png", make_png),
    "jpeg": ("image/jpeg", make_jpeg),
    "gif": ("image/gif", make_gif),
    "webp": ("image/webp", make_webp),
    "wav": ("audio/wav", make_wav),
    "mp3": ("audio/mp3", make_mp3),
    "mp4": ("video/mp4", make_mp4),
    "pdf": ("application/pdf", make_pdf),
    "pdf of words": ("application/pdf", make_pdf_of_words),
    "zeros as png": ("image/png", make_zeros),
    "zeros as pdf": ("application/pdf", make_zeros),
    "text": ("text/plain", make_pdf_of_words),
}
