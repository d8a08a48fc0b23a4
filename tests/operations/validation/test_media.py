"""Media: what models read, what they refuse, and what it costs."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import GATEWAY, VERTEX, Asker, chat
from tests.operations.validation.samples import (
    PDF,
    image,
    message_with,
    url,
    wav,
)


@pytest.mark.parametrize(
    ("part", "message_part"),
    [
        (
            {"type": "image_url", "image_url": {"url": url("image/png", b"not a picture")}},
            "Unable to process input image.",
        ),
        (
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,@@@"}},
            "Base64 decoding failed for",
        ),
        (
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,"}},
            "must not be empty",
        ),
        ({"type": "image_url", "image_url": {"url": "picture.png"}}, "invalid argument"),
        (image(mime_type="image/bmp"), "Unsupported MIME type: image/bmp"),
        (
            {"type": "image_url", "image_url": {"url": url("application/zip", b"PK")}},
            "Unsupported MIME type: application/zip",
        ),
        (
            {"type": "input_audio", "input_audio": {"data": "", "format": "wav"}},
            "must not be empty",
        ),
        (
            {"type": "image_url", "image_url": {"url": url("application/pdf", b"nothing")}},
            "The document has no pages.",
        ),
    ],
)
def test_unreadable_or_unsupported_media_is_refused(part: Any, message_part: str) -> None:
    answer = chat(message_with(part))
    assert answer.status == 400
    assert message_part in answer.error["message"]


@pytest.mark.parametrize(
    ("part", "message_part"),
    [
        (image(), "a PNG image of 640 x 480 pixels"),
        (
            {
                "type": "input_audio",
                "input_audio": {"data": base64.b64encode(wav(3)).decode(), "format": "wav"},
            },
            "a WAV recording of 3.0 seconds",
        ),
        (
            {"type": "image_url", "image_url": {"url": url("application/pdf", PDF)}},
            "a PDF of 3 pages",
        ),
        (
            {"type": "image_url", "image_url": {"url": "https://example.com/photo.jpg"}},
            "a JPEG image",
        ),
    ],
)
def test_the_reply_describes_the_media(part: Any, message_part: str) -> None:
    assert message_part in chat(message_with(part)).message["content"]


def test_file_parts_are_accepted_only_where_the_real_service_accepts_them() -> None:
    part = {
        "type": "file",
        "file": {"filename": "report.pdf", "file_data": url("application/pdf", PDF)},
    }
    for surface in (GATEWAY, VERTEX):
        assert (
            "a PDF of 3 pages (report.pdf)"
            in chat(message_with(part), surface=surface).message["content"]
        )
    assert chat(message_with(part)).status == 400
    assert Asker(lenient=True).chat(message_with(part)).status == 200


@pytest.mark.parametrize(
    ("part", "model", "tokens"),
    [
        (image(render_picture(SeededRandom(0), 300, 300)), "gemini-2.5-flash", 258),
        (image(render_picture(SeededRandom(0), 960, 540)), "gemini-2.5-flash", 6 * 258),
        (image(), "gemini-3.6-flash", 1120),
        (
            {
                "type": "input_audio",
                "input_audio": {"data": base64.b64encode(wav(3)).decode(), "format": "wav"},
            },
            "gemini-2.5-flash",
            96,
        ),
        (
            {"type": "image_url", "image_url": {"url": url("application/pdf", PDF)}},
            "gemini-2.5-flash",
            3 * 258,
        ),
    ],
)
def test_media_tokens_follow_from_the_bytes(part: Any, model: str, tokens: int) -> None:
    with_media = chat(message_with(part), model=model).json["usage"]["prompt_tokens"]
    without = chat("What is this?", model=model).json["usage"]["prompt_tokens"]
    assert with_media - without == tokens


def test_the_bytes_of_an_image_decide_its_format() -> None:
    assert "a PNG image" in chat(message_with(image(mime_type="image/jpeg"))).message["content"]
