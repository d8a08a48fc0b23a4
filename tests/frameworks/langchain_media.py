"""A picture, a sound and a document, for LangChain's standard tests to use instead of downloads."""

from __future__ import annotations

import io
import struct
import wave
import zlib
from types import SimpleNamespace
from typing import Any

import pytest
from langchain_tests.integration_tests import chat_models


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = (b"\x00" + b"\xff\x00\x00" * 32) * 32
    header = struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x00" * 8000)
    return file.getvalue()


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 "
    b"R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Size 4/Root 1 0 "
    b"R>>\n%%EOF\n"
)
MEDIA = {".png": png(), ".pdf": PDF, ".wav": wav()}


def get(url: str, **options: Any) -> SimpleNamespace:
    return SimpleNamespace(content=MEDIA[url[-4:]])


@pytest.fixture(autouse=True)
def downloads_from_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard tests download a picture, a document and a sound; here they get others, with no
    network."""
    monkeypatch.setattr(chat_models, "httpx", SimpleNamespace(get=get))
