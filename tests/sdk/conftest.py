"""Clients for each surface, and small files of the kinds the samples send."""

from __future__ import annotations

import struct
import wave
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import OpenAI


@pytest.fixture
def client(server_url: str) -> Iterator[OpenAI]:
    """The client of the Gemini API's samples."""
    with OpenAI(api_key="GEMINI_API_KEY", base_url=f"{server_url}/v1beta/openai/") as client:
        yield client


@pytest.fixture
def vertex(server_url: str) -> Iterator[OpenAI]:
    """The client of Vertex AI's samples."""
    base_url = f"{server_url}/v1/projects/PROJECT_ID/locations/us-central1/endpoints/openapi"
    with OpenAI(api_key="ya29.token", base_url=base_url) as client:
        yield client


@pytest.fixture
def gateway(server_url: str) -> Iterator[OpenAI]:
    """The client of the gateway's samples."""
    with OpenAI(api_key="YOUR_API_KEY", base_url=f"{server_url}/v1") as client:
        yield client


@pytest.fixture
def jpeg_file(tmp_path: Path) -> Path:
    """A grey picture of 16 x 8 pixels: two blocks, each without any difference to the one
    before."""
    huffman = b"\x01" + b"\x00" * 15 + b"\x00"
    pieces = [
        (0xDB, b"\x00" + b"\x01" * 64),
        (0xC0, struct.pack(">BHHB", 8, 8, 16, 1) + b"\x01\x11\x00"),
        (0xC4, b"\x00" + huffman),
        (0xC4, b"\x10" + huffman),
        (0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    ]
    segments = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
        for marker, body in pieces
    )
    path = tmp_path / "image.jpeg"
    path.write_bytes(b"\xff\xd8" + segments + b"\x0f" + b"\xff\xd9")
    return path


@pytest.fixture
def png_file(tmp_path: Path) -> Path:
    """A red picture of 4 x 3 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = (b"\x00" + b"\xff\x00\x00" * 4) * 3
    header = struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0)
    path = tmp_path / "image.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return path


@pytest.fixture
def wav_file(tmp_path: Path) -> Path:
    """Half a second of silence."""
    path = tmp_path / "file.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x00" * 4000)
    return path


@pytest.fixture
def pdf_file(tmp_path: Path) -> Path:
    """An empty page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%bendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    path = tmp_path / "document.pdf"
    path.write_bytes(body + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer)
    return path
