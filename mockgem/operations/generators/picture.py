"""Draw a text on a coloured pattern, and encode it as a PNG or JPEG of a few kilobytes.

An image consists of cells of 8 x 8 pixels of one colour. The blocks of a JPEG have that size too,
so a JPEG only needs the difference in colour from cell to cell.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import cache, lru_cache

from mockgem.core.frozen import frozen
from mockgem.operations.generators.bitmap_font import (
    GLYPH_HEIGHT,
    GLYPH_WIDTH,
    describe_unknown,
    glyph_for,
    wrap_text,
)
from mockgem.operations.generators.jpeg_codes import Colour
from mockgem.operations.generators.seeded_random import SeededRandom

CELL = 8
SHADES = 14
INK, PAPER = SHADES, SHADES + 1
DRAWS_PER_CANVAS = 3 + 3 * SHADES + 2
"""The number of random draws that `draw_canvas` makes: a base colour, the shades, step and skew."""
Cells = list[bytearray]


@frozen
class Canvas:
    """An image as rows of cells, each of which is the index of a colour."""

    width: int
    height: int
    colours: tuple[Colour, ...]
    cells: Cells


def render_picture(
    random: SeededRandom,
    width: int = 1024,
    height: int = 1024,
    text: str = "",
    label: str = "",
    form: str = "png",
) -> bytes:
    """Draw and encode an image with a text and a label below it. `form` is png or jpeg."""
    canvas = draw_canvas(random, width, height, text, label)
    return encode_jpeg(canvas) if form == "jpeg" else encode_png(canvas)


def draw_canvas(random: SeededRandom, width: int, height: int, text: str, label: str) -> Canvas:
    across, down = -(-width // CELL), -(-height // CELL)
    base = [random.draw_below(156) + 50 for _ in range(3)]
    shades = [
        tuple((part + random.draw_below(60) - 30) & 0xFF for part in base) for _ in range(SHADES)
    ]
    step = 4 + random.draw_below(9)
    skew = random.draw_below(7) - 3
    cells = draw_pattern(across, down, step, skew)
    canvas = Canvas(width, height, (*shades, (24, 24, 28), (244, 243, 238)), cells)  # type: ignore[arg-type]
    draw_text(canvas, text, label)
    return canvas


ROW_SHIFT = bytes([(shade + 3) % SHADES for shade in range(256)])
"""Translates the shades of a row into those of the row that is one step below."""


def draw_pattern(across: int, down: int, step: int, skew: int) -> Cells:
    """Draw rhombuses of the shades. A row is the row one step above it, with other shades."""
    shades = int.from_bytes(bytes([x // step * 5 % SHADES for x in range(across)]), "big")
    slopes = [x * skew // 8 for x in range(across)]
    lowest, highest = min(slopes), max(slopes)
    places = [slope - lowest for slope in slopes]
    cells = []
    for y in range(min(step, down)):
        shifts = [(y + slope) // step * 3 % SHADES for slope in range(lowest, highest + 1)]
        shifted = int.from_bytes(bytes(map(shifts.__getitem__, places)), "big")
        cells.append(bytearray((shades + shifted).to_bytes(across, "big").translate(WRAP)))
    for y in range(step, down):
        cells.append(cells[y - step].translate(ROW_SHIFT))
    return cells


WRAP = bytes([shade % SHADES for shade in range(256)])


def draw_text(canvas: Canvas, text: str, label: str) -> None:
    """Draw the text in the middle and the label at the bottom, as far as they fit."""
    across, down = len(canvas.cells[0]), len(canvas.cells)
    columns, rows = (across - 4) // (GLYPH_WIDTH + 1), (down - 14) // (GLYPH_HEIGHT + 2)
    if columns < 3 or rows < 1:
        return
    lines = wrap_text(describe_unknown(text), columns, rows)
    top = max(2, (down - 10 - len(lines) * (GLYPH_HEIGHT + 2)) // 2)
    for number, line in enumerate(lines):
        draw_line(canvas, line, top + number * (GLYPH_HEIGHT + 2))
    draw_line(canvas, label[:columns], down - GLYPH_HEIGHT - 2)


def draw_line(canvas: Canvas, line: str, top: int) -> None:
    """Draw a centred line of letters."""
    wide = len(line) * (GLYPH_WIDTH + 1) + 1
    left = (len(canvas.cells[0]) - wide) // 2
    rows = canvas.cells[top - 1 : top + GLYPH_HEIGHT + 1] if line else []
    for row, drawn in zip(rows, draw_letters(line), strict=False):
        row[left : left + wide] = drawn


@lru_cache(maxsize=256)
def draw_letters(line: str) -> list[bytes]:
    """Return the rows of a line of letters as cells, with a margin around each letter."""
    letters = [draw_letter(letter) for letter in line]
    edge = bytes([PAPER]) * (len(line) * (GLYPH_WIDTH + 1) + 1)
    rows = [b"".join(row) + GAP for row in zip(*letters, strict=True)]
    return [edge, *rows, edge]


@lru_cache(maxsize=1024)
def draw_letter(letter: str) -> list[bytes]:
    """Return the rows of a letter as cells, behind a margin."""
    glyph = glyph_for(letter) or ("",) * GLYPH_HEIGHT
    return [
        GAP + row.encode().translate(DOT_COLOURS).ljust(GLYPH_WIDTH, GAP)[:GLYPH_WIDTH]
        for row in glyph
    ]


GAP = bytes([PAPER])


DOT_COLOURS = bytes([INK if dot == ord("1") else PAPER for dot in range(256)])
PIXELS = [bytes([shade * 0x11]) * (CELL // 2) for shade in range(16)]
"""The pixels of a cell in one row: two in a byte."""
SAME_COLOURS = b"\2"
"""The filter of a row that says how it differs from the row above."""


def encode_png(canvas: Canvas) -> bytes:
    """Encode a palette of 16 colours, with four bits for each pixel."""
    palette = b"".join([bytes(colour) for colour in canvas.colours])
    header = struct.pack(">IIBBBBB", canvas.width, canvas.height, 4, 3, 0, 0, 0)
    length = -(-canvas.width // 2)
    copies = (SAME_COLOURS + bytes(length)) * (CELL - 1)
    rows = b"".join(
        [b"\0" + b"".join([PIXELS[cell] for cell in row])[:length] + copies for row in canvas.cells]
    )[: canvas.height * (length + 1)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        build_chunk(name, data)
        for name, data in (
            (b"IHDR", header),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(rows, 1)),
            (b"IEND", b""),
        )
    )


def build_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def encode_jpeg(canvas: Canvas) -> bytes:
    """Encode a baseline JPEG of three components, whose blocks have only DC coefficients.

    With a quantization of 8 a DC coefficient is the colour itself, so nothing is lost.
    """
    pack = get_packer()
    data = pack(b"".join(canvas.cells), [to_ycc(colour) for colour in canvas.colours])
    data = data.replace(b"\xff", b"\xff\x00")
    frame = struct.pack(">BHHB", 8, canvas.height, canvas.width, 3)
    frame += b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    lengths = bytes([1, 0, 0, 0, 11, *[0] * 11])
    parts = (
        (0xE0, b"JFIF\0" + bytes([1, 1, 0, 0, 1, 0, 1, 0, 0])),
        (0xDB, bytes([0]) + bytes([CELL] * 64)),
        (0xC0, frame),
        (0xC4, bytes([0x00]) + lengths + bytes(range(12))),
        (0xC4, bytes([0x10, 1, *[0] * 15, 0])),
        (0xDA, bytes([3, 1, 0x00, 2, 0x00, 3, 0x00, 0, 63, 0])),
    )
    head = b"".join(struct.pack(">BBH", 0xFF, mark, len(part) + 2) + part for mark, part in parts)
    return b"\xff\xd8" + head + data + b"\xff\xd9"


@cache
def get_packer() -> Callable[[bytes, list[Colour]], bytes]:
    """Return what packs the cells of a JPEG: with numpy if it is installed, which is faster."""
    try:
        from mockgem.operations.generators.picture_arrays import pack_cells
    except ImportError:
        from mockgem.operations.generators.jpeg_codes import pack_cells as pack_without_numpy

        return pack_without_numpy
    return pack_cells


def to_ycc(colour: Colour) -> Colour:
    """Return the luma and the two chroma components of a colour, centred at 0."""
    red, green, blue = colour
    luma = round(0.299 * red + 0.587 * green + 0.114 * blue)
    blueness = round(-0.168736 * red - 0.331264 * green + 0.5 * blue)
    redness = round(0.5 * red - 0.418688 * green - 0.081312 * blue)
    return luma - 128, blueness, redness
