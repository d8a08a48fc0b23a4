"""CRC-32C, against known values and a version bit by bit."""

from __future__ import annotations

import pytest

from mockgem.core.crc32c import extend
from mockgem.operations.generators.seeded_random import SeededRandom


def compute_slowly(data: bytes) -> int:
    """Compute the checksum as textbooks do."""
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    checksum = 0xFFFFFFFF
    for byte in data:
        checksum = table[(checksum ^ byte) & 0xFF] ^ checksum >> 8
    return checksum ^ 0xFFFFFFFF


@pytest.mark.parametrize(
    ("data", "checksum"),
    [
        (b"", 0),
        (b"123456789", 0xE3069283),
        (bytes(32), 0x8A9136AA),
        (b"\xff" * 32, 0x62A8AB43),
    ],
)
def test_known_values(data: bytes, checksum: int) -> None:
    assert extend(0, data) == checksum


def test_it_equals_the_textbook_for_every_length_and_split() -> None:
    random = SeededRandom(1)
    data = bytes(random.draw_below(256) for _ in range(700))
    for length in [*range(40), 127, 128, 129, 511, 512, 513, 700]:
        whole = compute_slowly(data[:length])
        assert extend(0, data[:length]) == whole
        assert extend(extend(0, data[: length // 3]), data[length // 3 : length]) == whole
