"""CRC-32C, the checksum of Google's storage; zlib only has the older CRC-32.

The bytes are one large number, a polynomial with coefficients 0 and 1, and the checksum is its
remainder. Folding its upper half onto the lower one takes a few operations on large numbers, so
that a megabyte takes milliseconds, not a second.
"""

from __future__ import annotations

from functools import cache

POLYNOMIAL = 0x11EDC6F41
"""Castagnoli's polynomial."""
DEGREE = 32
ALL_ONES = 0xFFFFFFFF
REVERSED_BYTES = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))


def extend(checksum: int, data: bytes) -> int:
    """Return the checksum of all bytes so far and these. It begins with 0."""
    message = int.from_bytes(data.translate(REVERSED_BYTES), "big")
    state = reverse_bits(checksum ^ ALL_ONES)
    return reverse_bits(reduce(state << 8 * len(data) ^ message << DEGREE)) ^ ALL_ONES


def reverse_bits(value: int) -> int:
    return int.from_bytes(value.to_bytes(4, "big").translate(REVERSED_BYTES), "little")


def reduce(value: int) -> int:
    """Return the remainder of a polynomial."""
    while value.bit_length() > 2 * DEGREE:
        exponent = (value.bit_length() - 1).bit_length() - 1
        middle = 1 << exponent
        upper, lower = value >> middle, value & (1 << middle) - 1
        value = multiply(upper, compute_power(exponent)) ^ lower
    return divide(value)


@cache
def compute_power(exponent: int) -> int:
    """Return the remainder of x to the power of 2 to the exponent."""
    if exponent == 0:
        return 2
    root = compute_power(exponent - 1)
    return divide(multiply(root, root))


def multiply(large: int, factor: int) -> int:
    """Multiply two polynomials."""
    product = 0
    for place in range(factor.bit_length()):
        if factor >> place & 1:
            product ^= large << place
    return product


def divide(value: int) -> int:
    """Return the remainder of a short polynomial, digit by digit."""
    while value.bit_length() > DEGREE:
        value ^= POLYNOMIAL << value.bit_length() - DEGREE - 1
    return value
