"""A JPEG has the same bytes with and without numpy."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockgem.operations.generators import jpeg_codes, picture, picture_arrays
from mockgem.operations.generators.seeded_random import SeededRandom

CELLS = st.lists(st.tuples(st.integers(0, 15), st.integers(1, 9)), min_size=1, max_size=40).map(
    lambda runs: b"".join(bytes([shade]) * length for shade, length in runs)
)
COLOURS = st.lists(st.tuples(*[st.integers(-128, 127)] * 3), min_size=16, max_size=16)


@given(cells=CELLS, colours=COLOURS)
@settings(max_examples=150, deadline=None)
def test_cells_are_packed_to_the_same_bytes(
    cells: bytes, colours: list[tuple[int, int, int]]
) -> None:
    assert picture_arrays.pack_cells(cells, colours) == jpeg_codes.pack_cells(cells, colours)


@pytest.mark.parametrize("size", [(8, 8), (64, 16), (1024, 1024), (2816, 1536)])
def test_a_picture_is_the_same(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    canvas = picture.draw_canvas(SeededRandom(5), *size, "A red boat", "label")
    picture.get_packer.cache_clear()
    assert picture.get_packer() is picture_arrays.pack_cells
    quick = picture.encode_jpeg(canvas)
    picture.get_packer.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "mockgem.operations.generators.picture_arrays", None)
        assert picture.encode_jpeg(canvas) == quick
        assert picture.get_packer() is jpeg_codes.pack_cells
    picture.get_packer.cache_clear()
