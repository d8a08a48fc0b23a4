"""What the documentation tells users to do with Google's SDK and OpenAI's together: files, caches,
batches, media."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import av
import pytest
from google import genai
from google.genai import errors, types
from openai import OpenAI
from PIL import Image

CHUNK = 8 * 2**20
MODEL = "gemini-2.5-flash"
JOKES = ["Tell me a one-sentence joke.", "Why is the sky blue?"]


def lines(url: str, bodies: list[dict[str, Any]]) -> str:
    rows = [
        {"custom_id": f"request-{n}", "method": "POST", "url": url, "body": body}
        for n, body in enumerate(bodies, 1)
    ]
    return "\n".join(json.dumps(row) for row in rows)


def uploaded(client: genai.Client, folder: Path, text: str) -> types.File:
    path = folder / "my-batch-requests.jsonl"
    path.write_text(text)
    config = types.UploadFileConfig(display_name="my-batch-requests", mime_type="jsonl")
    return client.files.upload(file=str(path), config=config)


def ended(openai: OpenAI, batch: Any) -> Any:
    for _ in range(9):
        batch = openai.batches.retrieve(batch.id)
        if batch.status in ("completed", "failed", "cancelled", "expired"):
            return batch
    raise AssertionError(batch)


def test_the_documented_batch_of_chats(
    client: genai.Client, openai: OpenAI, tmp_path: Path
) -> None:
    bodies = [{"model": MODEL, "messages": [{"role": "user", "content": joke}]} for joke in JOKES]
    file = uploaded(client, tmp_path, lines("/v1/chat/completions", bodies))
    batch = openai.batches.create(
        input_file_id=file.name, endpoint="/v1/chat/completions", completion_window="24h"
    )
    batch = ended(openai, batch)
    assert batch.status == "completed"
    assert batch.request_counts.completed == 2
    rows = [
        json.loads(line)
        for line in client.files.download(file=batch.output_file_id).decode("utf-8").splitlines()
    ]
    assert [row["custom_id"] for row in rows] == ["request-1", "request-2"]
    direct = openai.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": JOKES[1]}]
    )
    assert (
        rows[1]["response"]["body"]["choices"][0]["message"]["content"]
        == direct.choices[0].message.content
    )


def test_the_documented_batch_of_embeddings(
    client: genai.Client, openai: OpenAI, tmp_path: Path
) -> None:
    bodies = [{"model": "gemini-embedding-001", "input": joke} for joke in JOKES]
    file = uploaded(client, tmp_path, lines("/v1/embeddings", bodies))
    batch = openai.batches.create(
        input_file_id=file.name, endpoint="/v1/embeddings", completion_window="24h"
    )
    batch = ended(openai, batch)
    rows = [
        json.loads(line)
        for line in client.files.download(file=batch.output_file_id).decode("utf-8").splitlines()
    ]
    direct = (
        openai.embeddings.create(model="gemini-embedding-001", input=JOKES[0]).data[0].embedding
    )
    assert rows[0]["response"]["body"]["data"][0]["embedding"] == pytest.approx(direct, rel=1e-6)


def test_a_batch_that_fails_and_one_that_is_cancelled(
    client: genai.Client, openai: OpenAI, tmp_path: Path
) -> None:
    file = uploaded(client, tmp_path, "no json")
    create = {
        "endpoint": "/v1/chat/completions",
        "completion_window": "24h",
        "input_file_id": file.name,
    }
    failed = ended(openai, openai.batches.create(**create))
    assert (failed.status, failed.errors.data[0].code) == ("failed", "invalid_json_line")
    batch = openai.batches.create(**create)
    assert openai.batches.cancel(batch.id).status == "cancelling"
    assert ended(openai, batch).status == "cancelled"
    assert {one.id for one in openai.batches.list(limit=1)} == {failed.id, batch.id}


@pytest.mark.parametrize("size", [0, 5, CHUNK, 2 * CHUNK, CHUNK + 1])
def test_an_upload_of_any_size(client: genai.Client, size: int) -> None:
    file = client.files.upload(file=io.BytesIO(b"x" * size), config={"mime_type": "text/plain"})
    assert (file.size_bytes or 0) == size
    assert file.state == "ACTIVE"


def test_files_are_seen_listed_and_deleted(client: genai.Client) -> None:
    names = [
        client.files.upload(file=io.BytesIO(b"x"), config={"mime_type": "text/plain"}).name
        for _ in range(5)
    ]
    assert [file.name for file in client.files.list(config={"page_size": 2})] == names[::-1]
    assert client.files.get(name=names[0]).name == names[0]
    client.files.delete(name=names[0])
    with pytest.raises(errors.ClientError) as gone:
        client.files.get(name=names[0])
    assert (gone.value.code, gone.value.status) == (403, "PERMISSION_DENIED")


def test_a_video_is_waited_for(client: genai.Client) -> None:
    file = client.files.upload(file=io.BytesIO(b"x" * 100), config={"mime_type": "video/mp4"})
    polls = 0
    while file.state == "PROCESSING":
        file = client.files.get(name=file.name)
        polls += 1
    assert (file.state, polls) == ("ACTIVE", 2)


def test_caches(client: genai.Client, openai: OpenAI) -> None:
    config = {
        "contents": ["This is a long text about the sea. " * 200],
        "ttl": "300s",
        "display_name": "sea",
    }
    cache = client.caches.create(model=MODEL, config=config)
    tokens = cache.usage_metadata.total_token_count
    answer = client.models.generate_content(
        model=MODEL, contents="Sum it up", config={"cached_content": cache.name}
    )
    assert answer.usage_metadata.cached_content_token_count == tokens
    extra = {"extra_body": {"google": {"cached_content": cache.name}}}
    chat = openai.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": "Sum it up"}], extra_body=extra
    )
    assert chat.usage.prompt_tokens_details.cached_tokens == tokens
    assert chat.choices[0].message.content == answer.text
    assert (
        client.caches.update(name=cache.name, config={"ttl": "600s"}).expire_time
        > cache.expire_time
    )
    assert [one.name for one in client.caches.list()] == [cache.name]
    client.caches.delete(name=cache.name)
    with pytest.raises(errors.ClientError, match="CachedContent not found"):
        client.caches.get(name=cache.name)


def finished(client: genai.Client, job: types.BatchJob) -> types.BatchJob:
    for _ in range(9):
        job = client.batches.get(name=job.name)
        if job.state.name in ("JOB_STATE_SUCCEEDED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED"):
            return job
    raise AssertionError(job)


def test_a_native_batch_inline(client: genai.Client) -> None:
    requests = [{"contents": [{"parts": [{"text": joke}], "role": "user"}]} for joke in JOKES]
    job = finished(
        client, client.batches.create(model=MODEL, src=requests, config={"display_name": "jokes"})
    )
    texts = [one.response.text for one in job.dest.inlined_responses]
    assert texts == [
        client.models.generate_content(model=MODEL, contents=joke).text for joke in JOKES
    ]


def test_a_native_batch_by_file(client: genai.Client, tmp_path: Path) -> None:
    rows = [
        {"key": f"k{n}", "request": {"contents": [{"parts": [{"text": joke}]}]}}
        for n, joke in enumerate(JOKES)
    ]
    file = uploaded(client, tmp_path, "\n".join(json.dumps(row) for row in rows))
    job = finished(client, client.batches.create(model=MODEL, src=file.name))
    rows = [
        json.loads(line)
        for line in client.files.download(file=job.dest.file_name).decode().splitlines()
    ]
    assert [row["key"] for row in rows] == ["k0", "k1"]
    assert rows[0]["response"]["candidates"][0]["finishReason"] == "STOP"
    assert [one.name for one in client.batches.list()] == [job.name]
    client.batches.delete(name=job.name)
    assert list(client.batches.list()) == []


def test_a_native_batch_is_cancelled(client: genai.Client) -> None:
    job = client.batches.create(
        model=MODEL, src=[{"contents": [{"parts": [{"text": "hi"}], "role": "user"}]}]
    )
    client.batches.cancel(name=job.name)
    assert finished(client, job).state.name == "JOB_STATE_CANCELLED"


def test_everything_without_waiting_for_one_another(url: str) -> None:
    async def flow(number: int) -> str:
        client = genai.Client(api_key="k", http_options={"base_url": f"{url}-{number}"}).aio
        file = await client.files.upload(
            file=io.BytesIO(b"%d" % number), config={"mime_type": "text/plain"}
        )
        answer = await client.models.generate_content(
            model=MODEL, contents=f"Tell me about the number {number}"
        )
        assert str(number) in answer.text
        return str(file.name)

    async def all_of_them() -> list[str]:
        return list(await asyncio.gather(*[flow(number) for number in range(10)]))

    assert len(asyncio.run(all_of_them())) == 10


@pytest.mark.parametrize(
    ("model", "form", "size"),
    [
        ("imagen-3.0-generate-002", "JPEG", (1024, 1024)),
        ("gemini-2.5-flash-image", "PNG", (1024, 1024)),
        ("gemini-3-pro-image", "JPEG", (1408, 768)),
    ],
)
def test_the_documented_picture_is_one(
    openai: OpenAI, model: str, form: str, size: tuple[int, int]
) -> None:
    response = openai.images.generate(
        model=model,
        prompt="a portrait of a sheepadoodle wearing a cape",
        response_format="b64_json",
        n=1,
    )
    image = Image.open(io.BytesIO(base64.b64decode(response.data[0].b64_json)))
    image.load()
    assert (image.format, image.size) == (form, size)
    assert len(image.convert("RGB").getcolors(1 << 20)) > 3


def test_a_video_can_be_watched(openai: OpenAI) -> None:
    video = openai.videos.create(
        model="veo-3.1-generate-preview", prompt="A cat plays the piano", seconds="4"
    )
    while video.status == "processing":
        video = openai.videos.retrieve(video.id)
    data = urllib.request.urlopen(video.url).read()
    with av.open(io.BytesIO(data)) as film:
        (frame,) = film.decode(video=0)
        assert (film.duration / 1e6, frame.width, frame.height) == (4.0, 256, 144)


def test_embeddings_in_either_spelling(client: genai.Client, openai: OpenAI) -> None:
    for form in ("float", "base64"):
        one = openai.embeddings.create(
            model="gemini-embedding-001", input="hello", dimensions=64, encoding_format=form
        )
        found = one.data[0].embedding
        if isinstance(found, list):
            config = {"output_dimensionality": 64}
            other = client.models.embed_content(
                model="gemini-embedding-001", contents="hello", config=config
            )
            assert found == pytest.approx(other.embeddings[0].values, rel=1e-6)


def test_fifty_worlds_in_parallel_share_nothing(url: str, tmp_path: Path) -> None:
    """Each has a file, a cache and a batch of its own, and sees no other's."""

    def flow(number: int) -> tuple[str, str]:
        base = f"{url}-{number}"
        client = genai.Client(api_key="k", http_options={"base_url": base})
        openai = OpenAI(api_key="k", base_url=base + "/v1beta/openai/")
        text = lines(
            "/v1/chat/completions",
            [{"model": MODEL, "messages": [{"role": "user", "content": f"Number {number}"}]}],
        )
        file = client.files.upload(file=io.BytesIO(text.encode()), config={"mime_type": "jsonl"})
        cache = client.caches.create(model=MODEL, config={"contents": [f"Text {number} " * 1000]})
        batch = openai.batches.create(
            input_file_id=file.name, endpoint="/v1/chat/completions", completion_window="24h"
        )
        batch = ended(openai, batch)
        output = json.loads(client.files.download(file=batch.output_file_id))
        assert f"Number {number}" in output["response"]["body"]["choices"][0]["message"]["content"]
        assert len(list(client.files.list())) == 2
        assert [one.name for one in client.caches.list()] == [cache.name]
        assert [one.id for one in openai.batches.list()] == [batch.id]
        return file.sha256_hash, cache.name

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(flow, range(50)))
    assert len({digest for digest, _ in found}) == 50


def test_automatic_function_calling_retries_uses_the_result_and_ends(client: genai.Client) -> None:
    asked: list[str] = []

    def get_weather(location: str) -> dict[str, str]:
        """Get the weather in a given location."""
        asked.append(location)
        if location != "BOSTON":
            return {"error": "location must be in upper case"}
        return {"weather": "sunny"}

    # google-genai 1 and 2 cannot call functions whose annotations are texts
    get_weather.__annotations__ = {"location": str, "return": dict[str, str]}
    answer = client.models.generate_content(
        model=MODEL,
        contents="What is the weather in Boston?",
        config=types.GenerateContentConfig(tools=[get_weather]),
    )
    assert asked == ["Boston", "BOSTON"]
    text = (answer.text or "").lower()
    assert "boston" in text
    assert "sunny" in text
