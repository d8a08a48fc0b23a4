"""The codes of a JPEG's blocks of one colour: each component's difference from the block before.

The size of a difference other than 0 has a code of five bits, and the end of a block a code of one
bit.
"""

from __future__ import annotations

from functools import cache

Colour = tuple[int, int, int]
SAME_COLOUR = "000000"
"""The code of a block with the colour of the block before."""


def pack_cells(cells: bytes, colours: list[Colour]) -> bytes:
    """Return the codes of all cells as bytes; ones fill the last byte.

    A code depends on two neighbouring colours, which fit into one byte. So all cells are looked up
    in a table of the pairs, without a loop.
    """
    before = int.from_bytes(cells[:-1].translate(IN_HIGH_BITS), "big")
    pairs = (before | int.from_bytes(cells[1:], "big")).to_bytes(len(cells) - 1, "big")
    codes = [""] * 256
    for pair in set(pairs):
        codes[pair] = encode_step(colours[pair >> 4], colours[pair & 15])
    bits = encode_step((0, 0, 0), colours[cells[0]]) + "".join(map(codes.__getitem__, pairs))
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


IN_HIGH_BITS = bytes([cell << 4 & 0xFF for cell in range(256)])


def encode_step(before: Colour, after: Colour) -> str:
    """Return the bits of a cell's three components after a cell of another colour."""
    codes = list_differences()
    luma, blueness, redness = before
    return codes[after[0] - luma] + codes[after[1] - blueness] + codes[after[2] - redness]


@cache
def list_differences() -> list[str]:
    """Return the bits of a block by its DC difference from -255 to 255; the negative ones count
    from the end."""
    return [encode_difference(number) + "0" for number in (*range(256), *range(-255, 0))]


def encode_difference(difference: int) -> str:
    """Encode a DC difference: the code of its size, then its bits, inverted if it is negative."""
    if not difference:
        return "0"
    size = abs(difference).bit_length()
    value = difference if difference > 0 else difference + (1 << size) - 1
    return f"{15 + size:05b}{value:0{size}b}"
