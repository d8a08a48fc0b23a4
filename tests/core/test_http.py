"""Bodies in chunks and frames."""

from __future__ import annotations

from mockgem.core.http import ChunkedBody, Frame, encode_chunks, iter_frames


def test_chunks_are_decoded_as_they_were_encoded() -> None:
    parts = [b"data: a\n\n", b"\r\n0\r\n\r\n", b"x" * 5000]
    body = ChunkedBody(encode_chunks(parts))
    assert list(body.iter_chunks()) == parts
    assert body.join_chunks() == b"".join(parts)


async def test_any_body_becomes_frames() -> None:
    assert [frame async for frame in iter_frames(b"whole")] == [Frame(b"whole")]
    body = ChunkedBody(encode_chunks([b"a", b"b"]))
    again = iter_frames(iter_frames(body))
    assert [frame.data async for frame in again] == [b"a", b"b"]
