"""Pack the cells of a JPEG with numpy, where it is installed: the same bytes in less time.

Most cells have the colour of the one before. So a code is looked up for each run of equal cells,
and numpy makes bytes of the bits.
"""

from __future__ import annotations

import numpy as np

from mockgem.operations.generators.jpeg_codes import SAME_COLOUR, Colour, encode_step

RUN_BITS = 24
"""Bits of the length of a run in a key: an image has fewer cells."""


def pack_cells(cells: bytes, colours: list[Colour]) -> bytes:
    """Return the codes of all cells as bytes; ones fill the last byte."""
    shades = np.frombuffer(cells, np.uint8)
    starts = np.concatenate(([0], np.flatnonzero(shades[1:] != shades[:-1]) + 1))
    lengths = np.diff(starts, append=len(cells))
    pairs = shades[starts[1:] - 1] * np.uint8(16) + shades[starts[1:]]
    keys = (pairs.astype(np.int64) << RUN_BITS | lengths[1:]).tolist()
    codes = {key: encode_run(key, colours) for key in set(keys)}
    first = encode_step((0, 0, 0), colours[cells[0]]) + SAME_COLOUR * (int(lengths[0]) - 1)
    bits = first + "".join(map(codes.__getitem__, keys))
    bits += "1" * (-len(bits) % 8)
    return np.packbits(np.frombuffer(bits.encode(), np.uint8) & np.uint8(1)).tobytes()


def encode_run(key: int, colours: list[Colour]) -> str:
    """Return the bits of equal cells after one of another colour: the colours, then the length."""
    before, after = divmod(key >> RUN_BITS, 16)
    length = key & (1 << RUN_BITS) - 1
    return encode_step(colours[before], colours[after]) + SAME_COLOUR * (length - 1)
