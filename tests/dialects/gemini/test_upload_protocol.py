"""Bodies of uploads: parts that come in any pieces, and limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest
from mockgem.dialects.gemini import upload_protocol
from mockgem.dialects.gemini.upload_protocol import (
    MultipartReader,
    check_mime_type,
    check_protocol,
    read_small_body,
)

BODY = (
    b"preamble--xx\r\nContent-Type: application/json\r\nA : b : c\r\n\r\n{}\r\n--xx\r\n"
    b"content-type: text/plain\r\n\r\nsome\r\n--bytes\r\n\r\n--x\r\n--xx--\r\nepilogue"
)
REST = b"some\r\n--bytes\r\n\r\n--x"


async def cut(data: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def read_all(reader: MultipartReader) -> Any:
    head, metadata = await reader.read_part()
    second = await reader.read_headers()
    pieces = [piece async for piece in reader.iter_rest()]
    return head, metadata, second, b"".join(pieces)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 1000])
def test_a_multipart_body_may_come_in_any_pieces(size: int) -> None:
    reader = MultipartReader(cut(BODY, size), b"--xx")
    head, metadata, second, rest = asyncio.run(read_all(reader))
    assert head == {"content-type": "application/json", "a": "b : c"}
    assert (metadata, second, rest) == (b"{}", {"content-type": "text/plain"}, REST)
    with pytest.raises(StopAsyncIteration):
        asyncio.run(anext(reader.chunks))  # type: ignore[arg-type]


def test_bytes_of_the_last_part_are_passed_on_before_its_end() -> None:
    found: list[bytes] = []

    async def read() -> None:
        reader = MultipartReader(cut(b"--xx\r\n\r\n{}\r\n--xx\r\n\r\n" + b"y" * 1000, 100), b"--xx")
        await reader.read_part()
        await reader.read_headers()
        async for piece in reader.iter_rest():
            found.append(piece)

    with pytest.raises(ApiError, match="ends before its closing boundary"):
        asyncio.run(read())
    assert len(found) > 5
    assert 900 <= len(b"".join(found)) <= 1000 - len(b"\r\n--xx")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_multipart_body_that_ends_early_is_refused(size: int) -> None:
    for end in range(len(BODY) - len(b"\r\n--xx--\r\nepilogue") + 2):
        with pytest.raises(ApiError) as error:
            asyncio.run(read_all(MultipartReader(cut(BODY[:end], size), b"--xx")))
        message = "Multipart body ends before its closing boundary."
        assert error.value.failure.message == message


def test_metadata_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_protocol, "MAX_METADATA_SIZE", 100)
    for size in (10, 11):
        request = WireRequest("POST", "/x", {}, {}, b"y" * size * 10)
        if size == 10:
            assert asyncio.run(read_small_body(request)) == b"y" * 100
            continue
        with pytest.raises(ApiError) as error:
            asyncio.run(read_small_body(request))
        message = "Request payload size exceeds the limit: 100 bytes."
        assert error.value.failure.message == message
    reader = MultipartReader(cut(b"--xx\r\n" + b"y" * 300, 50), b"--xx")
    with pytest.raises(ApiError) as error:
        asyncio.run(reader.read_part())
    assert error.value.failure.message == "Multipart body has a part that is too large."


def test_metadata_are_up_to_one_mebibyte() -> None:
    assert upload_protocol.MAX_METADATA_SIZE == 1024 * 1024


@pytest.mark.parametrize(
    ("headers", "query", "protocol"),
    [
        ({}, {}, ""),
        ({"x-goog-upload-protocol": "RESUMABLE"}, {}, "resumable"),
        ({"x-goog-upload-protocol": "raw"}, {"uploadType": "media"}, "raw"),
        ({}, {"uploadType": "multipart"}, "multipart"),
        ({}, {"uploadType": "media"}, "media"),
    ],
)
def test_how_a_file_arrives(headers: Any, query: Any, protocol: str) -> None:
    assert check_protocol(WireRequest("POST", "/x", query, headers, b"")) == protocol


def test_an_unknown_protocol_is_refused() -> None:
    headers = {"x-goog-upload-protocol": "x" * 50}
    with pytest.raises(ApiError) as error:
        check_protocol(WireRequest("POST", "/x", {}, headers, b""))
    assert error.value.failure.message == (
        f"Unknown X-Goog-Upload-Protocol: '{'x' * 40}'; expected resumable, multipart or raw."
    )


@pytest.mark.parametrize(
    "mime_type",
    ["", "jsonl", "text/plain", "VIDEO/mp4", "x-my-type/a", "text/plain; charset=utf-8",
     "text/plain ;\nx"],
)  # fmt: skip
def test_a_mime_type_that_is_valid(mime_type: str) -> None:
    assert check_mime_type(mime_type) == mime_type


@pytest.mark.parametrize("mime_type", ["poem/a", "text/", "text/a b", "text/a/b", "/" + "x" * 200])
def test_a_mime_type_that_is_refused(mime_type: str) -> None:
    with pytest.raises(ApiError) as error:
        check_mime_type(mime_type)
    assert error.value.failure.message == f"Unsupported MIME type: {mime_type[:100]}"
