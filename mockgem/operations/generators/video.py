"""Render a video of one still image: H.264 in an MP4 of about 50 kilobytes that plays everywhere.

All macroblocks are I_PCM, which contain the pixels as they are, so it needs no encoder. The formats
are defined in ISO/IEC 14496-10 (bit streams, chapter 7) and 14496-12 (boxes).
"""

from __future__ import annotations

import re
import struct

from mockgem.operations.generators.jpeg_codes import Colour
from mockgem.operations.generators.picture import Canvas, draw_canvas
from mockgem.operations.generators.seeded_random import SeededRandom

MACROBLOCK = 16
PIXELS_PER_CELL = 2
"""The side of one cell of the image, in pixels."""
TIMESCALE = 1000


def render_video(
    random: SeededRandom, text: str, label: str, seconds: int = 8, *, upright: bool = False
) -> bytes:
    """Return an MP4 of 256 x 144 pixels, or 144 x 256, that shows a text for some seconds."""
    across, down = (72, 128) if upright else (128, 72)
    canvas = draw_canvas(random, across * 8, down * 8, text, label)
    width, height = across * PIXELS_PER_CELL, down * PIXELS_PER_CELL
    sample = build_nal_unit(0x65, encode_picture(canvas, width // MACROBLOCK, height // MACROBLOCK))
    sps, pps = build_sps(width // MACROBLOCK, height // MACROBLOCK), build_pps()
    data = struct.pack(">I", len(sample)) + sample
    kind = build_box(b"ftyp", b"isom" + struct.pack(">I", 512) + b"isomiso2avc1mp41")
    movie = build_moov(width, height, seconds * TIMESCALE, sps, pps, len(data), 0)
    movie = build_moov(
        width, height, seconds * TIMESCALE, sps, pps, len(data), len(kind) + len(movie) + 8
    )
    return kind + movie + build_box(b"mdat", data)


# The bit stream


def encode_ue(number: int) -> str:
    """Return an unsigned Exp-Golomb code."""
    bits = f"{number + 1:b}"
    return "0" * (len(bits) - 1) + bits


def encode_se(number: int) -> str:
    """Return a signed Exp-Golomb code."""
    return encode_ue(2 * number - 1 if number > 0 else -2 * number)


def encode_bits(bits: str) -> bytes:
    """Return bits with the stop bit, filled up to whole bytes."""
    bits += "1"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def build_nal_unit(kind: int, payload: bytes) -> bytes:
    """Return a NAL unit. A 3 is inserted into bytes that look like the start of a unit."""
    return bytes([kind]) + re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", payload)


def build_sps(wide: int, high: int) -> bytes:
    """Return the sequence parameters: baseline profile, level 3, frames in display order.

    The size is in macroblocks.
    """
    order = encode_ue(0) + encode_ue(0) + encode_ue(2) + encode_ue(1) + "0"
    bits = (
        f"{66:08b}{0xC0:08b}{30:08b}"
        + order
        + encode_ue(wide - 1)
        + encode_ue(high - 1)
        + "1"
        + "1"
        + "0"
        + "0"
    )
    return build_nal_unit(0x67, encode_bits(bits))


def build_pps() -> bytes:
    bits = (
        encode_ue(0)
        + encode_ue(0)
        + "0"
        + "0"
        + encode_ue(0)
        + encode_ue(0)
        + encode_ue(0)
        + "0"
        + "00"
        + encode_se(0)
        + encode_se(0)
        + encode_se(0)
        + "1"
        + "0"
        + "0"
    )
    return build_nal_unit(0x68, encode_bits(bits))


def encode_picture(canvas: Canvas, wide: int, high: int) -> bytes:
    """Return the slice of one image: a header, then the pixels of each macroblock."""
    head = (
        encode_ue(0)
        + encode_ue(7)
        + encode_ue(0)
        + "0000"
        + encode_ue(0)
        + "0"
        + "0"
        + encode_se(0)
        + encode_ue(1)
    )
    planes = [to_video_range(colour) for colour in canvas.colours]
    data, begin = b"", head
    for row in range(high):
        for column in range(wide):
            bits = begin + encode_ue(25)
            bits += "0" * (-len(bits) % 8)
            data += int(bits, 2).to_bytes(len(bits) // 8, "big") + encode_macroblock(
                canvas, planes, column, row
            )
            begin = ""
    return data + b"\x80"


def encode_macroblock(canvas: Canvas, planes: list[Colour], column: int, row: int) -> bytes:
    """Return the luma of 16 x 16 pixels, then the chroma of 8 x 8.

    A cell has 2 x 2 pixels, so each cell has one value of chroma.
    """
    side = MACROBLOCK // PIXELS_PER_CELL
    cells = [
        line[column * side : (column + 1) * side]
        for line in canvas.cells[row * side : (row + 1) * side]
    ]
    luma = b"".join(
        [
            b"".join([bytes([planes[cell][0]]) * PIXELS_PER_CELL for cell in line])
            * PIXELS_PER_CELL
            for line in cells
        ]
    )
    return luma + b"".join(
        [bytes([planes[cell][part] for cell in line]) for part in (1, 2) for line in cells]
    )


def to_video_range(colour: Colour) -> Colour:
    """Return luma from 16 to 235 and chroma from 16 to 240. A zero never occurs in video range."""
    red, green, blue = colour
    return (
        16 + round(0.2568 * red + 0.5041 * green + 0.0979 * blue),
        128 + round(-0.1482 * red - 0.2910 * green + 0.4392 * blue),
        128 + round(0.4392 * red - 0.3678 * green - 0.0714 * blue),
    )


# The boxes


def build_box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def build_full_box(name: bytes, *parts: bytes, version_and_flags: int = 0) -> bytes:
    return build_box(name, struct.pack(">I", version_and_flags), *parts)


MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def build_moov(
    width: int, height: int, duration: int, sps: bytes, pps: bytes, size: int, offset: int
) -> bytes:
    numbers = struct.pack(">IIII", 0, 0, TIMESCALE, duration)
    head = build_full_box(
        b"mvhd",
        numbers,
        struct.pack(">IH10x", 0x10000, 0x100),
        MATRIX,
        bytes(24),
        struct.pack(">I", 2),
    )
    shown = struct.pack(">IIIII8xHHHH", 0, 0, 1, 0, duration, 0, 0, 0, 0)
    track = build_full_box(
        b"tkhd", shown, MATRIX, struct.pack(">II", width << 16, height << 16), version_and_flags=3
    )
    media = build_box(
        b"mdia",
        build_full_box(b"mdhd", numbers, struct.pack(">HH", 0x55C4, 0)),
        build_full_box(b"hdlr", struct.pack(">I4s12x", 0, b"vide"), b"video\0"),
        build_box(
            b"minf",
            build_full_box(b"vmhd", bytes(8), version_and_flags=1),
            build_box(
                b"dinf",
                build_full_box(
                    b"dref", struct.pack(">I", 1), build_full_box(b"url ", version_and_flags=1)
                ),
            ),
            build_sample_table(width, height, duration, sps, pps, size, offset),
        ),
    )
    return build_box(b"moov", head, build_box(b"trak", track, media))


def build_sample_table(
    width: int, height: int, duration: int, sps: bytes, pps: bytes, size: int, offset: int
) -> bytes:
    """Return the table of the only sample: its format, duration, size and position."""
    config = bytes([1, *sps[1:4], 0xFF, 0xE1]) + struct.pack(">H", len(sps)) + sps
    config += bytes([1]) + struct.pack(">H", len(pps)) + pps
    entry = struct.pack(
        ">6xH16xHHIIIH32sHh", 1, width, height, 0x480000, 0x480000, 0, 1, b"", 24, -1
    )
    return build_box(
        b"stbl",
        build_full_box(
            b"stsd", struct.pack(">I", 1), build_box(b"avc1", entry, build_box(b"avcC", config))
        ),
        build_full_box(b"stts", struct.pack(">III", 1, 1, duration)),
        build_full_box(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        build_full_box(b"stsz", struct.pack(">III", 0, 1, size)),
        build_full_box(b"stco", struct.pack(">II", 1, offset)),
    )
