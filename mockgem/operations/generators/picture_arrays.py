"""Pack the cells of a JPEG with numpy, where it is installed: the same bytes in less time.

Most cells have the colour of the one before, and the code of those is zeros. So only the code of
the first cell of each run of equal cells has to be placed among zeros.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mockgem.operations.generators.jpeg_codes import SAME_COLOUR, Colour, encode_step

FIRST = 256
"""The row of the code of the first cell, behind those of the pairs of colours."""
MOST_BYTES = 7
"""Bytes that a code can touch: three components of 15 bits, after up to seven bits of others."""


def pack_cells(cells: bytes, colours: list[Colour]) -> bytes:
    """Return the codes of all cells as bytes; ones fill the last byte."""
    shades = np.frombuffer(cells, np.uint8).astype(np.int64)
    starts = np.flatnonzero(shades[1:] != shades[:-1]) + 1
    pairs = np.concatenate(([FIRST], shades[starts - 1] << 4 | shades[starts]))
    codes, sizes = list_codes(pairs, colours, encode_step((0, 0, 0), colours[cells[0]]))
    lengths = np.diff(starts, prepend=0, append=len(cells))
    ends = np.cumsum(sizes[pairs] + len(SAME_COLOUR) * (lengths - 1))
    places = np.concatenate(([0], ends[:-1]))
    packed = place_codes(codes[pairs], places, int(ends[-1]))
    packed[-1] |= (1 << -int(ends[-1]) % 8) - 1
    data: bytes = packed.tobytes()
    return data


def list_codes(pairs: Any, colours: list[Colour], first: str) -> tuple[Any, Any]:
    """Return the codes of the pairs that occur, in the high bits of a number, and their sizes."""
    codes, sizes = np.zeros(FIRST + 1, np.uint64), np.zeros(FIRST + 1, np.int64)
    for pair in np.flatnonzero(np.bincount(pairs)).tolist():
        bits = first if pair == FIRST else encode_step(colours[pair >> 4], colours[pair & 15])
        codes[pair], sizes[pair] = int(bits, 2) << 64 - len(bits), len(bits)
    return codes, sizes


def place_codes(codes: Any, places: Any, size: int) -> Any:
    """Return bytes with codes, which do not overlap, at places in bits."""
    moved = (codes >> (places & 7).astype(np.uint64)).astype(">u8").view(np.uint8)
    pieces = moved.reshape(-1, 8)[:, :MOST_BYTES]
    at = (places >> 3)[:, None] + np.arange(MOST_BYTES)
    total = np.bincount(at.ravel(), pieces.ravel(), -(-size // 8) + MOST_BYTES)
    return total[: -(-size // 8)].astype(np.uint8)
