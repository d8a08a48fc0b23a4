"""Bodies in pieces."""

from __future__ import annotations

from mockgem.core.http import ChunkedBody, Frame, encode_chunks, iter_frames


def test_pieces_come_back_as_they_went_in() -> None:
    parts = [b"data: a\n\n", b"\r\n0\r\n\r\n", b"x" * 5000]
    pieces = ChunkedBody(encode_chunks(parts))
    assert list(pieces.iter_chunks()) == parts
    assert pieces.join_chunks() == b"".join(parts)


async def test_any_body_becomes_frames() -> None:
    assert [frame async for frame in iter_frames(b"whole")] == [Frame(b"whole")]
    pieces = ChunkedBody(encode_chunks([b"a", b"b"]))
    again = iter_frames(iter_frames(pieces))
    assert [frame.data async for frame in again] == [b"a", b"b"]
