"""Bodies in pieces."""

from __future__ import annotations

from mockgem.core.http import Frame, Pieces, chunked, frames_of


def test_pieces_come_back_as_they_went_in() -> None:
    parts = [b"data: a\n\n", b"\r\n0\r\n\r\n", b"x" * 5000]
    pieces = Pieces(chunked(parts))
    assert list(pieces.parts()) == parts
    assert pieces.joined() == b"".join(parts)


async def test_any_body_becomes_frames() -> None:
    assert [frame async for frame in frames_of(b"whole")] == [Frame(b"whole")]
    pieces = Pieces(chunked([b"a", b"b"]))
    again = frames_of(frames_of(pieces))
    assert [frame.data async for frame in again] == [b"a", b"b"]
