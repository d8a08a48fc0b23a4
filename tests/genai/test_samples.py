"""What Google's documents (quickstart, migration guide, guides of each ability) do with
google-genai, one test for each."""

from __future__ import annotations

import asyncio
import enum
import io
import pathlib
import wave
from typing import Any

import pytest
from google import genai
from google.genai import errors, types
from PIL import Image
from pydantic import BaseModel
from tools import get_current_weather

MODELS = ["gemini-2.5-flash", "gemini-2.0-flash", "gemini-3.6-flash"]
MAJOR = int(genai.__version__.partition(".")[0])


class Country(BaseModel):
    name: str
    population: int
    capital: str
    major_cities: list[str]


class Instrument(enum.Enum):
    STRING = "String"
    WOODWIND = "Woodwind"
    BRASS = "Brass"


@pytest.mark.parametrize("model", MODELS)
def test_text(client: genai.Client, model: str) -> None:
    response = client.models.generate_content(
        model=model, contents="Explain how AI works in a few words"
    )
    assert response.text
    assert response.candidates
    assert response.candidates[0].finish_reason == types.FinishReason.STOP
    usage = response.usage_metadata
    assert usage
    assert usage.total_token_count
    assert usage.prompt_token_count
    assert response.model_version == model
    assert response.response_id


@pytest.mark.parametrize("model", MODELS)
def test_streaming(client: genai.Client, model: str) -> None:
    question = "Write a story about a magic backpack."
    chunks = list(client.models.generate_content_stream(model=model, contents=question))
    assert len(chunks) > 2
    whole = client.models.generate_content(model=model, contents=question)
    assert "".join(chunk.text or "" for chunk in chunks) == whole.text
    assert chunks[-1].candidates
    assert chunks[-1].candidates[0].finish_reason == types.FinishReason.STOP


def test_async(client: genai.Client) -> None:
    async def both() -> tuple[Any, str]:
        whole = await client.aio.models.generate_content(
            model=MODELS[0], contents="Tell me a story in 300 words."
        )
        text = ""
        async for chunk in await client.aio.models.generate_content_stream(
            model=MODELS[0], contents="Tell me a story in 300 words."
        ):
            text += chunk.text or ""
        return whole.text, text

    whole, streamed = asyncio.run(both())
    assert whole == streamed
    assert len(whole.split()) == 300


def test_configuration(client: genai.Client) -> None:
    response = client.models.generate_content(
        model="gemini-2.0-flash",
        contents="Tell me a story in 100 words.",
        config=types.GenerateContentConfig(
            system_instruction="you are a story teller for kids under 5 years old",
            max_output_tokens=400,
            top_k=2,
            top_p=0.5,
            temperature=0.5,
            response_mime_type="application/json",
            stop_sequences=["\n"],
            seed=42,
        ),
    )
    assert response.text is not None
    assert "\n" not in response.text


def test_safety_settings(client: genai.Client) -> None:
    setting = types.SafetySetting(category="HARM_CATEGORY_HATE_SPEECH", threshold="BLOCK_ONLY_HIGH")
    config = types.GenerateContentConfig(safety_settings=[setting])
    assert client.models.generate_content(
        model=MODELS[0], contents="say something", config=config
    ).text
    blocked = client.models.generate_content(
        model=MODELS[0], contents="mockgem:block=SAFETY", config=config
    )
    assert blocked.prompt_feedback
    assert blocked.prompt_feedback.block_reason == types.BlockedReason.SAFETY
    assert blocked.text is None


@pytest.mark.parametrize("model", MODELS)
def test_chat(client: genai.Client, model: str) -> None:
    chat = client.chats.create(model=model)
    assert chat.send_message("I have 2 dogs in my house.").text
    assert "".join(
        chunk.text or "" for chunk in chat.send_message_stream("How many paws are in my house?")
    )
    assert chat.send_message("And how many tails?").text
    assert [content.role for content in chat.get_history() if content.role == "user"] == [
        "user"
    ] * 3


@pytest.mark.parametrize("model", MODELS)
def test_function_calling_by_hand(client: genai.Client, model: str) -> None:
    config = types.GenerateContentConfig(
        tools=[get_current_weather],
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
    )
    question = types.Content(
        role="user", parts=[types.Part(text="What is the weather like in Boston?")]
    )
    response = client.models.generate_content(model=model, contents=[question], config=config)
    assert response.function_calls
    assert response.candidates
    (call,) = response.function_calls
    assert (call.name, call.args) == ("get_current_weather", {"city": "Boston"})
    answer = types.Part.from_function_response(
        name="get_current_weather", response={"result": "23C"}
    )
    turns = [question, response.candidates[0].content, types.Content(role="user", parts=[answer])]
    assert "23C" in (
        client.models.generate_content(model=model, contents=turns, config=config).text or ""
    )


@pytest.mark.parametrize("model", MODELS)
def test_automatic_function_calling(client: genai.Client, model: str) -> None:
    config = types.GenerateContentConfig(tools=[get_current_weather])
    response = client.models.generate_content(
        model=model, contents="What's the weather in Boston?", config=config
    )
    assert "23C in Boston" in (response.text or "")
    assert response.automatic_function_calling_history
    chat = client.chats.create(model=model, config=config)
    assert "23C in Paris" in (chat.send_message("And the weather in Paris?").text or "")

    async def again() -> str | None:
        return (
            await client.aio.models.generate_content(
                model=model, contents="Weather in Rome?", config=config
            )
        ).text

    assert "23C in Rome" in (asyncio.run(again()) or "")


# Before its third major the SDK looks for calls in the last chunk alone, and Gemini 3 ends with an
# empty text (recorded).
@pytest.mark.parametrize("model", MODELS if MAJOR >= 3 else MODELS[:2])
def test_automatic_function_calling_in_a_streamed_chat(client: genai.Client, model: str) -> None:
    thinking = types.ThinkingConfig(include_thoughts=True) if "2.0" not in model else None
    config = types.GenerateContentConfig(tools=[get_current_weather], thinking_config=thinking)
    chat = client.chats.create(model=model, config=config)
    chunks = list(chat.send_message_stream("What's the weather in Boston?"))
    assert "23C in Boston" in "".join(chunk.text or "" for chunk in chunks)
    chunks = list(chat.send_message_stream("And in Paris?"))
    assert "".join(chunk.text or "" for chunk in chunks)


def test_forced_and_forbidden_functions(client: genai.Client) -> None:
    off = types.AutomaticFunctionCallingConfig(disable=True)
    for mode, calls in (("ANY", True), ("NONE", False)):
        choice = types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode=mode))
        config = types.GenerateContentConfig(
            tools=[get_current_weather], tool_config=choice, automatic_function_calling=off
        )
        response = client.models.generate_content(
            model=MODELS[0], contents="weather in Boston?", config=config
        )
        assert bool(response.function_calls) is calls


def test_code_execution(client: genai.Client) -> None:
    response = client.models.generate_content(
        model="gemini-2.5-flash",
        contents=(
            "What is the sum of the first 50 prime numbers? Generate and run code for the "
            "calculation."
        ),
        config=types.GenerateContentConfig(
            tools=[types.Tool(code_execution=types.ToolCodeExecution())]
        ),
    )
    assert response.executable_code
    assert "prime" in response.executable_code
    assert response.code_execution_result
    assert "5117" in response.code_execution_result
    assert "5117" in (response.text or "")


def test_search_grounding(client: genai.Client) -> None:
    config = types.GenerateContentConfig(tools=[types.Tool(google_search=types.GoogleSearch())])
    response = client.models.generate_content(
        model=MODELS[0], contents="Who won the euro 2024?", config=config
    )
    assert response.candidates
    assert response.text
    metadata = response.candidates[0].grounding_metadata
    assert metadata
    assert metadata.grounding_chunks
    assert metadata.grounding_supports
    assert metadata.web_search_queries
    text = response.text
    for support in sorted(
        metadata.grounding_supports, key=lambda s: -(s.segment.end_index or 0)
    ):  # as in the docs
        assert support.segment
        assert support.segment.end_index
        assert support.grounding_chunk_indices
        end = support.segment.end_index
        links = [metadata.grounding_chunks[n].web.uri for n in support.grounding_chunk_indices]
        text = text[:end] + "".join(f"[{n}]({uri})" for n, uri in enumerate(links)) + text[end:]
    assert text.count("](https://") >= len(metadata.grounding_supports)


def test_url_context(client: genai.Client) -> None:
    config = types.GenerateContentConfig(tools=[types.Tool(url_context=types.UrlContext())])
    response = client.models.generate_content(
        model=MODELS[0],
        contents="Compare https://example.com/a with https://example.com/b",
        config=config,
    )
    assert response.candidates
    assert response.candidates[0].url_context_metadata
    pages = response.candidates[0].url_context_metadata.url_metadata or []
    assert [page.retrieved_url for page in pages] == [
        "https://example.com/a",
        "https://example.com/b",
    ]


def test_json(client: genai.Client) -> None:
    response = client.models.generate_content(
        model="gemini-2.0-flash",
        contents="Give me information of the United States.",
        config={"response_mime_type": "application/json", "response_schema": Country},
    )
    assert isinstance(response.parsed, Country)
    listed = client.models.generate_content(
        model=MODELS[0],
        contents="Two countries",
        config={"response_mime_type": "application/json", "response_schema": list[Country]},
    )
    assert isinstance(listed.parsed, list)
    assert isinstance(listed.parsed[0], Country)
    plain = client.models.generate_content(
        model=MODELS[0],
        contents="One country",
        config={
            "response_mime_type": "application/json",
            "response_json_schema": Country.model_json_schema(),
        },
    )
    assert Country.model_validate_json(plain.text or "")


def test_enum(client: genai.Client) -> None:
    response = client.models.generate_content(
        model=MODELS[0],
        contents="What type of instrument is an oboe?",
        config={"response_mime_type": "text/x.enum", "response_schema": Instrument},
    )
    assert response.text in {one.value for one in Instrument}


def test_image_in(client: genai.Client) -> None:
    picture = Image.new("RGB", (120, 80), "red")
    response = client.models.generate_content(model=MODELS[0], contents=["What is on it?", picture])
    assert "120 x 80" in (response.text or "")
    data = io.BytesIO()
    picture.save(data, "PNG")
    part = types.Part.from_bytes(data=data.getvalue(), mime_type="image/png")
    assert "120 x 80" in (
        client.models.generate_content(model=MODELS[0], contents=["And here?", part]).text or ""
    )


def test_files_in_prompts(client: genai.Client, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a11.txt"
    path.write_text("A transcript. " * 700)
    file = client.files.upload(file=str(path))
    response = client.models.generate_content(
        model=MODELS[0], contents=["Can you summarize this file:", file]
    )
    assert response.text
    assert response.usage_metadata
    assert (response.usage_metadata.prompt_token_count or 0) > 2000
    assert [one.name for one in client.files.list()] == [file.name]
    cache = client.caches.create(
        model=MODELS[0],
        config={
            "contents": [file],
            "system_instruction": "You are an expert at analyzing transcripts.",
        },
    )
    cached = client.models.generate_content(
        model=MODELS[0],
        contents="Find a lighthearted moment",
        config=types.GenerateContentConfig(cached_content=cache.name),
    )
    assert cached.usage_metadata
    assert cached.usage_metadata.cached_content_token_count
    client.files.delete(name=file.name or "")
    with pytest.raises(errors.ClientError) as gone:
        client.models.generate_content(model=MODELS[0], contents=["Again:", file])
    assert gone.value.code == 403


def test_count_tokens(client: genai.Client) -> None:
    question = "The quick brown fox jumps over the lazy dog."
    counted = client.models.count_tokens(model=MODELS[0], contents=question)
    used = client.models.generate_content(model=MODELS[0], contents=question).usage_metadata
    assert used
    assert counted.total_tokens == used.prompt_token_count


def test_embeddings(client: genai.Client) -> None:
    response = client.models.embed_content(
        model="gemini-embedding-001",
        contents=["Hello world", "Good bye"],
        config=types.EmbedContentConfig(output_dimensionality=10),
    )
    assert [len(one.values or ()) for one in response.embeddings or ()] == [10, 10]


def test_models(client: genai.Client) -> None:
    models = list(client.models.list(config={"page_size": 20}))
    assert len(models) > 40
    assert any("createCachedContent" in (model.supported_actions or ()) for model in models)
    assert client.models.get(model=MODELS[0]).display_name == "Gemini 2.5 Flash"
    assert list(client.models.list(config={"query_base": False})) == []


def test_pictures_out(client: genai.Client) -> None:
    response = client.models.generate_content(
        model="gemini-2.5-flash-image",
        contents="A nano banana dish in a fancy restaurant",
        config=types.GenerateContentConfig(response_modalities=["TEXT", "IMAGE"]),
    )
    assert response.candidates
    assert response.candidates[0].content
    assert response.candidates[0].content.parts
    data = [
        part.inline_data.data for part in response.candidates[0].content.parts if part.inline_data
    ]
    assert Image.open(io.BytesIO(data[0] or b"")).size == (1024, 1024)


def test_speech_out(client: genai.Client, tmp_path: pathlib.Path) -> None:
    voice = types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name="Kore"))
    response = client.models.generate_content(
        model="gemini-2.5-flash-preview-tts",
        contents="Say cheerfully: Have a wonderful day!",
        config=types.GenerateContentConfig(
            response_modalities=["AUDIO"], speech_config=types.SpeechConfig(voice_config=voice)
        ),
    )
    assert response.candidates
    assert response.candidates[0].content
    assert response.candidates[0].content.parts
    blob = response.candidates[0].content.parts[0].inline_data
    assert blob
    assert blob.data
    assert blob.mime_type == "audio/L16;codec=pcm;rate=24000"
    with wave.open(str(tmp_path / "out.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(24_000)
        sound.writeframes(blob.data)
    with wave.open(str(tmp_path / "out.wav")) as sound:
        assert 0.5 < sound.getnframes() / 24_000 < 3


def test_thoughts(client: genai.Client) -> None:
    config = types.GenerateContentConfig(
        thinking_config=types.ThinkingConfig(include_thoughts=True)
    )
    response = client.models.generate_content(
        model="gemini-3.6-flash", contents="What is 5 + 3?", config=config
    )
    assert response.candidates
    assert response.candidates[0].content
    assert response.candidates[0].content.parts
    parts = response.candidates[0].content.parts
    assert parts[0].thought
    assert parts[-1].thought_signature
    assert response.usage_metadata
    assert response.usage_metadata.thoughts_token_count


@pytest.mark.skipif(
    MAJOR > 2, reason="from 3 on the SDK offers these on Vertex AI alone, and says so itself"
)
def test_imagen_and_veo(client: genai.Client) -> None:
    images = client.models.generate_images(
        model="imagen-3.0-generate-001",
        prompt="Robot holding a red skateboard",
        config=types.GenerateImagesConfig(
            number_of_images=1,
            safety_filter_level="BLOCK_LOW_AND_ABOVE",
            person_generation="ALLOW_ADULT",
            aspect_ratio="3:4",
        ),
    )
    (picture,) = images.generated_images or ()
    assert picture.image
    assert Image.open(io.BytesIO(picture.image.image_bytes or b"")).size == (896, 1280)
    operation = client.models.generate_videos(
        model="veo-3.1-generate-preview", prompt="Waves at night"
    )
    for _ in range(3):
        operation = client.operations.get(operation)
    assert operation.done
    assert operation.response
    assert operation.response.generated_videos
    video = operation.response.generated_videos[0].video
    assert video
    assert client.files.download(file=video)[4:8] == b"ftyp"


@pytest.mark.parametrize(
    ("model", "contents", "config", "code", "words"),
    [
        ("gemini-9", "hi", None, 404, "models/gemini-9 is not found for API version v1"),
        (MODELS[0], "", None, 400, "required oneof field 'data' must have one initialized field"),
        (
            "gemini-3.6-flash",
            "hi",
            {"candidate_count": 2},
            400,
            "Multiple candidates is not enabled",
        ),
        (MODELS[0], "hi", {"cached_content": "cachedContents/x"}, 403, "CachedContent not found"),
    ],
)
def test_errors(
    client: genai.Client, model: str, contents: Any, config: Any, code: int, words: str
) -> None:
    parts = [types.Part(text=contents)]
    for call in (
        client.models.generate_content,
        lambda **k: list(client.models.generate_content_stream(**k)),
    ):
        with pytest.raises(errors.ClientError) as refused:
            call(model=model, contents=[types.Content(role="user", parts=parts)], config=config)
        assert refused.value.code == code
        assert words in (refused.value.message or "")


def test_vertex_in_express_mode(url: str) -> None:
    client = genai.Client(vertexai=True, api_key="any-key", http_options={"base_url": url})
    response = client.models.generate_content(
        model="gemini-2.5-flash", contents="Explain how AI works in a few words"
    )
    assert response.text
    assert response.create_time
    chunks = client.models.generate_content_stream(
        model="gemini-2.5-flash", contents="Explain how AI works in a few words"
    )
    assert "".join(chunk.text or "" for chunk in chunks) == response.text
    assert client.models.count_tokens(model="gemini-2.5-flash", contents="hi").total_tokens == 1
    assert client.models.compute_tokens(model="gemini-2.5-flash", contents="hi there").tokens_info
    embedded = client.models.embed_content(model="gemini-embedding-001", contents="hi")
    assert embedded.embeddings
    assert len(embedded.embeddings[0].values or ()) == 3072


def test_vertex_with_a_project(url: str) -> None:
    from google.oauth2.credentials import Credentials

    client = genai.Client(
        vertexai=True,
        project="my-project",
        location="us-central1",
        credentials=Credentials(token="any-token"),
        http_options={"base_url": url},
    )
    assert client.models.generate_content(model="gemini-2.5-flash", contents="hi").text
    images = client.models.generate_images(
        model="imagen-4.0-generate-001", prompt="A fox", config={"number_of_images": 2}
    )
    assert len(images.generated_images or ()) == 2
    operation = client.models.generate_videos(model="veo-3.1-generate-preview", prompt="Waves")
    for _ in range(3):
        operation = client.operations.get(operation)
    assert operation.response
    assert operation.response.generated_videos
    video = operation.response.generated_videos[0].video
    assert video
    assert (video.video_bytes or b"")[4:8] == b"ftyp"
    content = types.Content(role="user", parts=[types.Part(text="word " * 2000)])
    cache = client.caches.create(
        model="gemini-2.5-flash", config={"contents": [content], "ttl": "600s"}
    )
    config = types.GenerateContentConfig(cached_content=cache.name)
    used = client.models.generate_content(
        model="gemini-2.5-flash", contents="hi", config=config
    ).usage_metadata
    assert used
    assert used.cached_content_token_count == 2500
    with pytest.raises(errors.ClientError) as refused:
        client.models.generate_content(model="gemini-9", contents="hi")
    assert "Publisher Model `projects/my-project/locations/us-central1/" in (
        refused.value.message or ""
    )
