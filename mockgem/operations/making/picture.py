"""Pictures from a seed: a PNG of coloured blocks, the same for the same words."""

from __future__ import annotations

import struct
import zlib

from mockgem.operations.making.chance import Dice

BLOCKS = 16


def picture(dice: Dice, width: int = 1024, height: int = 1024) -> bytes:
    """A palette PNG of a few kilobytes."""
    palette = bytes(dice.below(256) for _ in range(3 * 16))
    block_rows = [bytes(dice.below(16) for _ in range(BLOCKS)) for _ in range(BLOCKS)]
    painted = [row_of(blocks, width) for blocks in block_rows]
    rows = [painted[y * BLOCKS // height] for y in range(height)]
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(name, data)
        for name, data in (
            (b"IHDR", header),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(b"".join(rows), 9)),
            (b"IEND", b""),
        )
    )


def row_of(blocks: bytes, width: int) -> bytes:
    return b"\0" + bytes(blocks[x * BLOCKS // width] for x in range(width))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
