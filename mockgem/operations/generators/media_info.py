"""Read the kind, size, length or pages of media from the headers in its bytes."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from mockgem.core.content import Blob, Link
from mockgem.core.frozen import frozen

MAGIC_BYTES = {"PNG": b"\x89PNG", "JPEG": b"\xff\xd8\xff", "WEBP": b"WEBP", "GIF": b"GIF8"}
BYTES_PER_SECOND = {
    "mp3": 16_000,
    "mpeg": 16_000,
    "ogg": 12_000,
    "flac": 90_000,
    "aac": 16_000,
    "m4a": 16_000,
}


@frozen
class MediaInfo:
    """What the bytes of media reveal: pixels of an image, seconds of audio, pages of a PDF.

    Unknown numbers are 0.
    """

    kind: str
    format: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    pages: int = 0
    byte_count: int = 0
    is_broken: bool = False

    def __str__(self) -> str:
        match self.kind:
            case "image" if self.width:
                return f"a {self.format} image of {self.width} x {self.height} pixels"
            case "audio" if self.seconds:
                return f"a {self.format} recording of {self.seconds:.1f} seconds"
            case "pdf" if self.pages:
                return f"a PDF of {self.pages} page{'s' if self.pages > 1 else ''}"
        if not self.byte_count:
            return f"{'an' if self.format[:1] in 'AEIOU' else 'a'} {self.format} {self.kind}"
        return (
            f"{'an' if self.format[:1] in 'AEIOU' else 'a'} {self.format} file of "
            f"{self.byte_count} bytes"
        )


def read_media_info(media: Blob | Link) -> MediaInfo:
    if isinstance(media, Link):
        return MediaInfo(
            kind_of(media.mime_type), media.mime_type.partition("/")[2].upper() or "LINKED"
        )
    return read_blob_info(media.mime_type, media.data)


def read_blob_info(mime_type: str, data: bytes) -> MediaInfo:
    kind = kind_of(mime_type)
    form = mime_type.partition("/")[2].partition(";")[0].removeprefix("x-").upper()
    match kind:
        case "image":
            size = read_image_size(data)
            form = next((name for name, mark in MAGIC_BYTES.items() if mark in data[:16]), form)
            return MediaInfo(
                kind, form, *(size or (0, 0)), byte_count=len(data), is_broken=size is None
            )
        case "audio":
            return MediaInfo(
                kind, form, seconds=estimate_seconds(form.lower(), data), byte_count=len(data)
            )
        case "pdf":
            return MediaInfo(
                kind,
                "PDF",
                pages=count_pages(data),
                byte_count=len(data),
                is_broken=b"%PDF-" not in data[:1024],
            )
    return MediaInfo(kind, form, byte_count=len(data))


def kind_of(mime_type: str) -> str:
    if mime_type == "application/pdf":
        return "pdf"
    first = mime_type.partition("/")[0]
    return first if first in ("image", "audio", "video", "text") else "file"


def read_image_size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of a PNG, GIF, JPEG, WebP, HEIC or AVIF; None for others."""
    for read in SIZE_READERS:
        try:
            if size := read(data):
                return size
        except (struct.error, IndexError):
            continue
    return None


def read_png_size(data: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", data[16:24]) if data[:8] == b"\x89PNG\r\n\x1a\n" else None


def read_gif_size(data: bytes) -> tuple[int, int] | None:
    return struct.unpack("<HH", data[6:10]) if data[:4] == b"GIF8" else None


def read_jpeg_size(data: bytes) -> tuple[int, int] | None:
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def read_webp_size(data: bytes) -> tuple[int, int] | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(
                data[27:30], "little"
            )
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF


def read_heif_size(data: bytes) -> tuple[int, int] | None:
    if data[4:8] != b"ftyp":
        return None
    at = data.find(b"ispe")
    return struct.unpack(">II", data[at + 8 : at + 16]) if at > 0 else (1024, 1024)


SIZE_READERS: tuple[Callable[[bytes], tuple[int, int] | None], ...] = (
    read_png_size,
    read_jpeg_size,
    read_webp_size,
    read_gif_size,
    read_heif_size,
)


def estimate_seconds(form: str, data: bytes) -> float:
    """Return the length of audio: from the header of a WAV, else by the usual bit rate."""
    if (
        data[:4] == b"RIFF"
        and data[8:12] == b"WAVE"
        and (at := data.find(b"fmt ")) > 0
        and len(data) >= at + 20
    ):
        rate = struct.unpack("<I", data[at + 16 : at + 20])[0]
        start = data.find(b"data")
        return (len(data) - start - 8) / rate if rate and start > 0 else 0.0
    return len(data) / BYTES_PER_SECOND.get(form, 16_000)


def count_pages(data: bytes) -> int:
    """Return the pages of a PDF: the number of page objects, or the count in its page tree."""
    counts = [int(number) for number in re.findall(rb"/Count\s+(\d{1,5})", data)]
    return max([len(re.findall(rb"/Type\s*/Page(?![s\w])", data)), *counts, 1])


def count_media_tokens(media: Blob | Link, generation: int) -> int:
    """Return the tokens of media in a prompt.

    Gemini 2 counts 258 for a small image or a tile of a large one, 258 for a page, and 32 for a
    second of audio. Gemini 3 and later count 1,120 for an image and 560 for a page at the default
    resolution.
    """
    info = read_media_info(media)
    match info.kind:
        case "image":
            return 1120 if generation > 2 else 258 * count_tiles(info.width, info.height)
        case "audio":
            return max(1, round(32 * info.seconds))
        case "pdf":
            return (560 if generation > 2 else 258) * max(1, info.pages)
        case "video":
            return 263 * max(1, info.byte_count // 250_000)
    return max(1, info.byte_count // 4)


def count_tiles(width: int, height: int) -> int:
    """Return the number of tiles of an image.

    Up to 384 pixels per side are one tile; larger images consist of squares of 256 to 768 pixels.
    """
    if width <= 384 and height <= 384:
        return 1
    unit = min(max(int(min(width, height) / 1.5), 256), 768)
    return -(-width // unit) * -(-height // unit)
