"""Images, videos and audio: sizes and types by model, URLs that mockgem serves, errors."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import struct
import wave
import zlib
from typing import Any

import pytest

from mockgem.core.content import Blob
from mockgem.core.http import WireRequest, WireResponse
from mockgem.operations.generators.media_info import read_media_info
from mockgem.operations.generators.picture import draw_canvas, encode_jpeg, render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.video import build_nal_unit, render_video
from tests.asking import GATEWAY, GEMINI, MODEL, VERTEX, Answer, Asker


def post(path: str, body: Any, surface: str = GEMINI, asker: Asker | None = None) -> Answer:
    return (asker or Asker()).send("POST", surface + path, json.dumps(body).encode())


def images(model: str = "gemini-2.5-flash-image", prompt: str = "a cat", **more: Any) -> Answer:
    return post(
        "/images/generations",
        {"model": model, "prompt": prompt, "response_format": "b64_json", **more},
    )


def seen(row: Any) -> str:
    return str(read_media_info(Blob("image/png", base64.b64decode(row["b64_json"]))))


def pixels(data: bytes) -> bytes:
    """The rows of a PNG, each with its filter's byte."""
    at, packed = 8, b""
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        assert (
            zlib.crc32(name + body) == struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0]
        )
        packed += body if name == b"IDAT" else b""
        at += 12 + size
    return zlib.decompress(packed)


@pytest.mark.parametrize(
    ("model", "more", "what"),
    [
        ("gemini-2.5-flash-image", {}, "a PNG image of 1024 x 1024 pixels"),
        ("gemini-3-pro-image", {}, "a JPEG image of 1408 x 768 pixels"),
        ("imagen-3.0-generate-002", {}, "a JPEG image of 1024 x 1024 pixels"),
        ("imagen-4.0-generate-001", {"size": "1024x1792"}, "a JPEG image of 768 x 1408 pixels"),
        ("gemini-2.5-flash-image", {"size": "1536x1024"}, "a PNG image of 1248 x 832 pixels"),
        ("gemini-2.5-flash-image", {"size": "auto"}, "a PNG image of 1024 x 1024 pixels"),
        ("gemini-2.5-flash-image", {"aspect_ratio": "21:9"}, "a PNG image of 1536 x 672 pixels"),
        (
            "gemini-2.5-flash-image",
            {"extra_body": {"google": {"aspect_ratio": "9:16"}}},
            "a PNG image of 768 x 1344 pixels",
        ),
        (
            "gemini-2.5-flash-image",
            {"extra_body": {"aspect_ratio": "4:5"}},
            "a PNG image of 896 x 1152 pixels",
        ),
    ],
)
def test_a_model_has_its_type_and_size(model: str, more: Any, what: str) -> None:
    answer = images(model, **more)
    assert list(answer.json) == ["created", "data"]
    assert [seen(row) for row in answer.json["data"]] == [what]


def test_images_depend_on_prompt_and_number_and_are_repeatable() -> None:
    one, two = images(n=2).json["data"]
    assert one != two
    assert images(n=2).json["data"] == [one, two]
    assert images(prompt="a dog").json["data"][0] != one
    assert images(quality="hd", style="vivid", user="me").json["data"][0] == one


def test_the_prompt_is_readable_in_the_image() -> None:
    """An L is a column of five dots and a base of five on a light background."""
    canvas = draw_canvas(SeededRandom(0, "x"), 320, 240, "L", "")
    flat = [bytes(row) for row in canvas.cells]
    found = [(y, row.find(bytes([14]) * 5)) for y, row in enumerate(flat) if bytes([14]) * 5 in row]
    assert len(found) == 1
    y, x = found[0]
    assert [flat[y - up][x] for up in range(7)] == [14] * 7
    assert [flat[y - up][x + 1] for up in range(1, 7)] == [15] * 6


def test_a_png_is_whole_and_small() -> None:
    data = render_picture(
        SeededRandom(0, "x"), 1024, 1024, "some words " * 40, "gemini-2.5-flash-image"
    )
    assert len(pixels(data)) == 1024 * (1 + 1024 // 2)  # two pixels in a byte
    assert len(data) < 40_000


def test_a_jpeg_has_every_block() -> None:
    """Its bits, read with its own tables, give the colours of all cells and nothing more."""
    canvas = draw_canvas(SeededRandom(0, "x"), 200, 104, "Hi", "m")
    data = encode_jpeg(canvas)
    start = data.index(b"\xff\xda") + 14
    bits = "".join(f"{byte:08b}" for byte in data[start:-2].replace(b"\xff\x00", b"\xff"))
    at, last, blocks = 0, [0, 0, 0], []
    for _ in range(25 * 13):
        for part in range(3):
            size = 0 if bits[at] == "0" else int(bits[at : at + 5], 2) - 15
            at += 5 if size else 1
            value = int(bits[at : at + size], 2) if size else 0
            last[part] += value if not size or value >> (size - 1) else value - (1 << size) + 1
            at += size
            assert bits[at] == "0"
            at += 1
        blocks.append(tuple(last))
    assert set(bits[at:]) <= {"1"}
    assert len(bits) - at < 8
    numbers = dict(zip(b"".join(map(bytes, canvas.cells)), blocks, strict=True))
    assert [numbers[cell] for cell in b"".join(map(bytes, canvas.cells))] == blocks


NO_IMAGES = (
    "models/{} is not found for API version v1main, or is not supported for predict. Call "
    "ModelService.ListModels to see the list of available models and their supported methods."
)
RATIOS = "1:1, 2:3, 3:2, 3:4, 4:3, 4:5, 5:4, 9:16, 16:9, 21:9"


@pytest.mark.parametrize(
    ("more", "status", "message"),
    [
        ({"model": "gemini-2.5-flash"}, 404, NO_IMAGES.format("gemini-2.5-flash")),
        ({"model": "none"}, 404, NO_IMAGES.format("none")),
        ({"prompt": ""}, 400, "Request contains an invalid argument."),
        *[
            ({"n": count}, 400, f"Invalid value of n: should be between 1 and 8, got {count}")
            for count in (0, 9)
        ],
        *[
            (
                {"size": size},
                400,
                f"Invalid aspect ratio '{size}': expected one of {RATIOS}, or a size like "
                "1024x1024.",
            )
            for size in ("huge", "0x0")
        ],
        (
            {"aspect_ratio": "7:1"},
            400,
            f"Invalid aspect ratio '7:1': expected one of {RATIOS}.",
        ),
        (
            {"response_format": "jpeg"},
            400,
            "Invalid value for response_format: 'jpeg', expected b64_json or url.",
        ),
        (
            {"prompt": ["x"]},
            400,
            'Invalid JSON payload received. Unknown name "prompt": Proto field is not repeating, '
            "cannot start list.",
        ),
    ],
)
def test_invalid_requests_for_images_are_refused(more: Any, status: int, message: str) -> None:
    answer = images(**{"model": "gemini-2.5-flash-image", "prompt": "x", **more})
    assert (answer.status, answer.error["message"]) == (status, message)


async def body_of(response: WireResponse) -> bytes:
    assert not isinstance(response.body, bytes)
    return b"".join([frame.data async for frame in response.body])  # type: ignore[union-attr]


def served(asker: Asker, url: str) -> tuple[int, bytes]:
    path = url.removeprefix("http://127.0.0.1")

    async def get() -> tuple[int, bytes]:
        response = await asker.door(WireRequest("GET", path))
        return response.status, await body_of(response) if response.status == 200 else b""

    return asyncio.run(get())


def test_a_url_is_valid_for_an_hour_in_its_world() -> None:
    asker = Asker()
    body = {"model": "gemini-2.5-flash-image", "prompt": "x", "response_format": "url"}
    url = post("/images/generations", body, "/w/one" + GEMINI, asker).json["data"][0]["url"]
    assert "/w/one/_mockgem/media/" in url
    status, data = served(asker, url)
    assert (status, data[:4]) == (200, b"\x89PNG")
    assert served(asker, url.replace("/w/one", ""))[0] == 404
    asker.worlds.named["one"].clock.advance(3600)
    assert served(asker, url)[0] == 404


def test_a_gateway_sends_urls_by_default() -> None:
    assert (
        "url"
        in post(
            "/images/generations", {"model": "gemini-2.5-flash-image", "prompt": "x"}, GATEWAY
        ).json["data"][0]
    )


def test_images_in_chats_have_the_models_size() -> None:
    answer = Asker().chat("Draw a fox", surface=VERTEX, model="google/gemini-3-pro-image")
    audio = answer.message["audio"]
    assert audio["extra_content"]["google"]["mime_type"] == "image/jpeg"
    assert answer.json["usage"]["completion_tokens"] > 1120
    text = (
        Asker()
        .chat("Draw a fox", surface=GATEWAY, model="gemini-2.5-flash-image")
        .message["content"]
    )
    assert "![image](data:image/png;base64," in text


def test_a_video_is_processing_and_then_completed() -> None:
    asker = Asker()
    video = post(
        "/videos",
        {"model": "veo-3.1-generate-preview", "prompt": "A cat plays", "seconds": "4"},
        GEMINI,
        asker,
    ).json
    assert (video["status"], "url" in video) == ("processing", False)
    states = [asker.send("GET", f"{GEMINI}/videos/{video['id']}").json for _ in range(3)]
    assert [one["status"] for one in states] == ["processing", "completed", "completed"]
    assert states[1] == states[2]
    status, data = served(asker, states[1]["url"])
    assert (status, data[4:8]) == (200, b"ftyp")


@pytest.mark.parametrize("kind", ["multipart", "form"])
def test_a_form_can_request_a_video(kind: str) -> None:
    if kind == "multipart":
        parts = {"model": "veo-3.1-generate-preview", "prompt": "A cat"}
        body = (
            "".join(
                f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
                for k, v in parts.items()
            )
            + "--b--\r\n"
        )
        head = "multipart/form-data; boundary=b"
    else:
        body, head = (
            "model=veo-3.1-generate-preview&prompt=A+cat",
            "application/x-www-form-urlencoded",
        )
    answer = Asker().send(
        "POST",
        GEMINI + "/videos",
        body.encode(),
        {"authorization": "Bearer k", "content-type": head},
    )
    assert answer.json["status"] == "processing"


def test_a_video_can_fail() -> None:
    asker = Asker(lifecycles={"video": ({"state": "processing"}, {"state": "failed"})})
    video = post(
        "/videos", {"model": "veo-3.1-generate-preview", "prompt": "x"}, GEMINI, asker
    ).json
    failed = asker.send("GET", f"{GEMINI}/videos/{video['id']}").json
    assert (failed["status"], "error" in failed, "url" in failed) == ("failed", True, False)


def test_invalid_requests_for_videos_are_refused() -> None:
    other = post("/videos", {"model": MODEL, "prompt": "x"})
    assert other.status == 404
    assert other.error["message"].startswith(
        f"models/{MODEL} is not found for API version v1main, or is not supported for "
        "predictLongRunning."
    )
    empty = post("/videos", {"model": "veo-3.1-generate-preview", "prompt": " "})
    assert (empty.status, empty.error["message"]) == (400, "Request contains an invalid argument.")
    missing = Asker().send("GET", GEMINI + "/videos/none")
    assert (missing.status, missing.error["message"]) == (404, "Requested entity was not found.")


def boxes(data: bytes) -> dict[str, bytes]:
    found, at = {}, 0
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        found[data[at + 4 : at + 8].decode()] = data[at + 8 : at + size]
        at += size
    assert at == len(data)
    return found


def test_every_frame_of_a_video_is_its_only_image() -> None:
    data = render_video(SeededRandom(0, "x"), "A cat", "veo", 5)
    outer = boxes(data)
    assert list(outer) == ["ftyp", "moov", "mdat"]
    offset = struct.unpack(">I", data[data.index(b"stco") + 12 : data.index(b"stco") + 16])[0]
    assert data[offset - 4 : offset] == b"mdat"
    size = struct.unpack(">I", data[offset : offset + 4])[0]
    assert offset + 4 + size == len(data)
    assert b"\x00\x00\x01" not in outer["mdat"][4:]
    assert build_nal_unit(1, b"\0\0\1\0\0\0\0\4") == b"\1\0\0\3\1\0\0\3\0\0\4"


def test_speech_is_as_long_as_its_text() -> None:
    body = {
        "model": "tts",
        "voice": "alloy",
        "input": "Hello there, how are you today?",
        "response_format": "wav",
    }
    answer = post("/audio/speech", body, GATEWAY)
    assert answer.header("Content-Type") == ["audio/wav"]
    with wave.open(io.BytesIO(answer.body)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (24_000, 1, 2)
        seconds = sound.getnframes() / 24_000
    assert 1.5 < seconds < 4
    pcm = post("/audio/speech", {**body, "response_format": "pcm"}, GATEWAY).body
    assert len(pcm) == round(seconds * 48_000)
    assert any(pcm)
    longer = post("/audio/speech", {**body, "input": body["input"] * 3}, GATEWAY)
    assert len(longer.body) > 2.5 * len(answer.body)
    for form in ("mp3", "opus", "aac", "flac"):
        other = post("/audio/speech", {**body, "response_format": form}, GATEWAY)
        assert (other.header("Content-Type"), other.body) == (["audio/wav"], answer.body)
    refused = post("/audio/speech", {**body, "response_format": "ogg"}, GATEWAY)
    assert "expected one of mp3, opus, aac, flac, wav, pcm" in refused.error["message"]
    assert post("/audio/speech", {**body, "input": ""}, GATEWAY).status == 400


def transcribed(data: bytes, **fields: str) -> Answer:
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
        for k, v in fields.items()
    )
    head = (
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    body = parts.encode() + head.encode() + data + b"\r\n--b--\r\n"
    headers = {"authorization": "Bearer k", "content-type": "multipart/form-data; boundary=b"}
    return Asker().send("POST", GATEWAY + "/audio/transcriptions", body, headers)


def test_a_recording_has_one_transcript() -> None:
    first = transcribed(b"sound" * 1000, model="whisper-1")
    assert first.json == transcribed(b"sound" * 1000).json
    assert first.json != transcribed(b"other" * 1000).json
    assert transcribed(b"sound" * 1000, response_format="text").text.strip() == first.json["text"]
    assert (
        transcribed(b"sound" * 1000, response_format="verbose_json").json["text"]
        == first.json["text"]
    )
    assert transcribed(b"").status == 400
    assert transcribed(b"x", response_format="xml").status == 400


def test_gemini_s_own_surface_has_no_audio_routes() -> None:
    assert post("/audio/speech", {"input": "x"}).status == 404


@pytest.mark.parametrize(
    ("modalities", "worded"),
    [(["image"], False), (["IMAGE"], False), (["text", "image"], True), (None, True)],
)
def test_a_request_for_images_alone_gets_no_text(modalities: Any, worded: bool) -> None:
    more = {} if modalities is None else {"modalities": modalities}
    asked = {
        "model": "google/gemini-2.5-flash-image",
        "messages": [{"role": "user", "content": "draw a cat"}],
        **more,
    }
    message = post("/chat/completions", asked, surface=VERTEX).message
    assert bool(message.get("content")) is worded
    assert base64.b64decode(message["audio"]["data"]).startswith(b"\x89PNG")
