"""What gateways offer beside chat and responses, as openai for Python uses it."""

from __future__ import annotations

import io
import json
import wave
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI

MODEL = "gemini-2.5-flash"
IMAGE_MODEL = "gemini-2.5-flash-image"
DEPRECATED = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""OpenAI has given these methods up; gateways have not."""


def make_wav(seconds: float = 0.5) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * int(8000 * seconds))
    return buffer.getvalue()


def make_lines(url: str, bodies: list[dict[str, Any]]) -> bytes:
    rows = [
        {"custom_id": f"line-{number}", "method": "POST", "url": url, "body": body}
        for number, body in enumerate(bodies)
    ]
    return "\n".join(map(json.dumps, rows)).encode()


def test_files_are_kept_listed_read_and_deleted(gateway: OpenAI) -> None:
    made = gateway.files.create(file=("notes.txt", b"some notes"), purpose="user_data")
    assert made.id.startswith("file-")
    assert (made.bytes, made.filename, made.purpose) == (10, "notes.txt", "user_data")
    assert gateway.files.retrieve(made.id) == made
    assert gateway.files.content(made.id).read() == b"some notes"
    assert made.id in [one.id for one in gateway.files.list(purpose="user_data")]
    assert made.id not in [one.id for one in gateway.files.list(purpose="batch")]
    assert gateway.files.delete(made.id).deleted
    with pytest.raises(openai.NotFoundError, match="No such File object"):
        gateway.files.retrieve(made.id)


def test_a_file_is_read_by_its_id(gateway: OpenAI) -> None:
    made = gateway.files.create(file=("a.pdf", b"%PDF-1.4 one"), purpose="user_data")
    content: Any = [
        {"type": "input_file", "file_id": made.id},
        {"type": "input_text", "text": "Summarize it."},
    ]
    reply = gateway.responses.create(model=MODEL, input=[{"role": "user", "content": content}])
    assert reply.output_text
    missing: Any = [{"type": "input_file", "file_id": "file-missing"}]
    with pytest.raises(openai.APIStatusError):
        gateway.responses.create(model=MODEL, input=[{"role": "user", "content": missing}])


def test_an_upload_in_parts_becomes_a_file(gateway: OpenAI) -> None:
    made = gateway.uploads.upload_file_chunked(
        file=b"0123456789", filename="a.txt", bytes=10, mime_type="text/plain",
        purpose="user_data", part_size=4,
    )  # fmt: skip
    assert made.status == "completed"
    assert made.file is not None
    assert gateway.files.content(made.file.id).read() == b"0123456789"
    other = gateway.uploads.create(
        filename="b.txt", bytes=3, mime_type="text/plain", purpose="user_data"
    )
    assert gateway.uploads.cancel(other.id).status == "cancelled"
    with pytest.raises(openai.BadRequestError, match="cancelled"):
        gateway.uploads.parts.create(other.id, data=b"abc")


@pytest.mark.parametrize(
    ("url", "body", "key"),
    [
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Hi"}]}, "choices"),
        ("/v1/responses", {"input": "Hi"}, "output"),
        ("/v1/completions", {"prompt": "Hi"}, "choices"),
        ("/v1/embeddings", {"input": "Hi", "model": "gemini-embedding-001"}, "data"),
    ],
)
def test_a_batch_answers_its_lines(gateway: OpenAI, url: Any, body: Any, key: str) -> None:
    lines = make_lines(url, [{"model": MODEL, **body}, {**body, "model": "nope"}])
    file = gateway.files.create(file=("lines.jsonl", lines), purpose="batch")
    batch = gateway.batches.create(
        input_file_id=file.id, endpoint=url, completion_window="24h", metadata={"team": "a"}
    )
    assert batch.id in [one.id for one in gateway.batches.list()]
    while batch.status not in ("completed", "failed"):
        batch = gateway.batches.retrieve(batch.id)
    assert batch.status == "completed"
    assert batch.metadata == {"team": "a"}
    assert batch.request_counts is not None
    assert (batch.request_counts.completed, batch.request_counts.failed) == (1, 1)
    assert batch.output_file_id is not None
    assert batch.error_file_id is not None
    (row,) = gateway.files.content(batch.output_file_id).text.splitlines()
    answer = json.loads(row)
    assert answer["custom_id"] == "line-0"
    assert answer["response"]["status_code"] == 200
    assert answer["response"]["body"][key]
    (row,) = gateway.files.content(batch.error_file_id).text.splitlines()
    assert json.loads(row)["response"]["status_code"] == 404


def test_a_batch_is_cancelled(gateway: OpenAI) -> None:
    lines = make_lines("/v1/responses", [{"model": MODEL, "input": "Hi"}])
    file = gateway.files.create(file=("lines.jsonl", lines), purpose="batch")
    batch = gateway.batches.create(
        input_file_id=file.id, endpoint="/v1/responses", completion_window="24h"
    )
    assert gateway.batches.cancel(batch.id).status == "cancelling"
    with pytest.raises(openai.NotFoundError, match="batch_missing"):
        gateway.batches.retrieve("batch_missing")
    with pytest.raises(openai.NotFoundError, match="file-missing"):
        gateway.batches.create(
            input_file_id="file-missing", endpoint="/v1/responses", completion_window="24h"
        )


def test_completions_have_the_words_of_chat(gateway: OpenAI) -> None:
    whole = gateway.completions.create(model=MODEL, prompt="Why is the sky blue?")
    chat = gateway.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": "Why is the sky blue?"}]
    )
    assert whole.choices[0].text == chat.choices[0].message.content
    stream = gateway.completions.create(
        model=MODEL, prompt="Why is the sky blue?", stream=True,
        stream_options={"include_usage": True},
    )  # fmt: skip
    events = list(stream)
    texts = [choice.text for event in events for choice in event.choices]
    assert "".join(texts) == whole.choices[0].text
    assert events[-1].usage == whole.usage
    echoed = gateway.completions.create(model=MODEL, prompt="Hi", echo=True)
    assert echoed.choices[0].text.startswith("Hi")
    with pytest.raises(openai.BadRequestError, match="one text"):
        gateway.completions.create(model=MODEL, prompt=[1, 2, 3])


def test_moderations_flag_what_tests_ask_for(gateway: OpenAI) -> None:
    made = gateway.moderations.create(input=["I like tea.", "mockgem:block=SAFETY"])
    assert [one.flagged for one in made.results] == [False, True]
    assert made.results[1].categories.harassment
    parts: Any = [{"type": "text", "text": "I like tea."}]
    again = gateway.moderations.create(input=parts)
    assert again.results[0].category_scores == made.results[0].category_scores


@DEPRECATED
def test_images_are_changed_and_varied(gateway: OpenAI, png_file: Any) -> None:
    with png_file.open("rb") as image:
        edited = gateway.images.edit(model=IMAGE_MODEL, image=image, prompt="Make it blue")
    assert edited.data is not None
    assert edited.data[0].b64_json
    several = [("a.png", png_file.read_bytes()), ("b.png", png_file.read_bytes())]
    assert gateway.images.edit(model=IMAGE_MODEL, image=several, prompt="Join them").data
    with png_file.open("rb") as image:
        varied = gateway.images.create_variation(model=IMAGE_MODEL, image=image, n=2)
    assert varied.data is not None
    assert len(varied.data) == 2


@DEPRECATED
def test_audio_is_translated_and_written_in_all_formats(gateway: OpenAI) -> None:
    sound = ("a.wav", make_wav())
    text = gateway.audio.transcriptions.create(model=MODEL, file=sound).text
    assert gateway.audio.translations.create(model=MODEL, file=sound).text == text
    srt = gateway.audio.transcriptions.create(model=MODEL, file=sound, response_format="srt")
    assert srt == f"1\n00:00:00,000 --> 00:00:00,500\n{text}\n\n"
    vtt = gateway.audio.transcriptions.create(model=MODEL, file=sound, response_format="vtt")
    assert vtt == f"WEBVTT\n\n00:00:00.000 --> 00:00:00.500\n{text}\n\n"
    events = list(gateway.audio.transcriptions.create(model=MODEL, file=sound, stream=True))
    deltas = [event.delta for event in events if event.type == "transcript.text.delta"]
    assert "".join(deltas) == text
    assert events[-1].type == "transcript.text.done"


def test_a_video_is_made(gateway: OpenAI) -> None:
    """The oldest SDK has no method for videos, so the requests are written out."""
    asked = {"model": "veo-3.1-generate-preview", "prompt": "A fox"}
    made: Any = gateway.post("/videos", cast_to=object, body=asked)
    while made["status"] != "completed":
        made = gateway.get(f"/videos/{made['id']}", cast_to=object)
    content = gateway.get(f"/videos/{made['id']}/content", cast_to=httpx.Response)
    assert b"ftyp" in content.content[:16]


def test_what_one_api_does_not_offer(gateway: OpenAI) -> None:
    once = gateway.with_options(max_retries=0)
    with pytest.raises(openai.APIStatusError, match="API not implemented") as caught:
        once.fine_tuning.jobs.list()
    assert caught.value.status_code == 501
    with pytest.raises(openai.NotFoundError, match="Invalid URL"):
        once.evals.list()
