"""The curl samples of the OpenAI-compatibility pages, run by curl, and what only shows on the
wire."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
KEY = ("-H", "Authorization: Bearer GEMINI_API_KEY")
JSON = ("-H", "Content-Type: application/json")


def curl(*arguments: str) -> str:
    """What curl writes; it fails the test if curl can't reach the server, or if the status is an
    error's."""
    command = [
        "curl",
        "--silent",
        "--show-error",
        "--fail-with-body",
        "--max-time",
        "20",
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def bash(script: str, **variables: str) -> str:
    """What a script with curl in it writes; the samples with files are such scripts."""
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | variables,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def text_of(answer: str) -> str:
    return str(json.loads(answer)["choices"][0]["message"]["content"])


def events(stream: str) -> Iterator[str]:
    """What stands after `data: ` in each event; each event is one such line and an empty one."""
    assert stream.endswith("\n\n")
    for event in stream.removesuffix("\n\n").split("\n\n"):
        assert event.startswith("data: ")
        assert "\n" not in event
        yield event.removeprefix("data: ")


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def request(
    url: str, method: str = "GET", body: Any = None, *, key: str = "GEMINI_API_KEY", **headers: str
) -> Answer:
    """One request; an error's answer is an answer as well. Underscores in header names are
    hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if key:
        named["Authorization"] = f"Bearer {key}"
    if body is not None:
        named["Content-Type"] = "application/json"
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data, named, method=method), timeout=60
        ) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


# The samples


@needs_curl
def test_chat_with_a_bearer_key_explains_how_ai_works(server_url: str) -> None:
    body = """{
        "model": "gemini-2.0-flash",
        "messages": [
            {"role": "user", "content": "Explain to me how AI works"}
        ]
        }"""
    answer = json.loads(
        curl(f"{server_url}/v1beta/openai/chat/completions", *JSON, *KEY, "-d", body)
    )
    (choice,) = answer["choices"]
    assert choice["finish_reason"] == "stop"
    assert choice["message"]["role"] == "assistant"
    assert "AI" in choice["message"]["content"]
    assert answer["object"] == "chat.completion"
    assert answer["model"] == "gemini-2.0-flash"


@needs_curl
@pytest.mark.parametrize("model", ["gemini-2.5-flash-preview-04-17", "gemini-2.5-flash"])
def test_reasoning_effort_low_is_taken_by_models_that_think(server_url: str, model: str) -> None:
    body = """{
        "model": "%s",
        "reasoning_effort": "low",
        "messages": [
            {"role": "user", "content": "Explain to me how AI works"}
          ]
        }"""
    answer = json.loads(
        curl(f"{server_url}/v1beta/openai/chat/completions", *JSON, *KEY, "-d", body % model)
    )
    assert "AI" in answer["choices"][0]["message"]["content"]
    usage = answer["usage"]
    assert usage["total_tokens"] > usage["prompt_tokens"] + usage["completion_tokens"]


@needs_curl
def test_thoughts_are_included_on_request(server_url: str) -> None:
    body = """{
        "model": "gemini-2.5-flash",
          "messages": [{"role": "user", "content": "Explain to me how AI works"}],
          "extra_body": {
            "google": {
               "thinking_config": {
                 "include_thoughts": true
               }
            }
          }
        }"""
    answer = curl(f"{server_url}/v1beta/openai/chat/completions", *JSON, *KEY, "-d", body)
    thought, _, rest = text_of(answer).partition("</thought>")
    assert thought.startswith("<thought>")
    assert "AI" in rest


@needs_curl
def test_streaming_is_data_lines_and_then_done(server_url: str) -> None:
    body = """{
        "model": "gemini-2.0-flash",
        "messages": [
            {"role": "user", "content": "Explain to me how AI works"}
        ],
        "stream": true
      }"""
    stream = curl(
        "--no-buffer", f"{server_url}/v1beta/openai/chat/completions", *JSON, *KEY, "-d", body
    )
    *chunks, done = events(stream)
    assert done == "[DONE]"
    read = [json.loads(chunk) for chunk in chunks]
    assert len(read) > 1
    assert {chunk["object"] for chunk in read} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in read}) == 1
    assert "AI" in "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in read)
    assert [chunk["choices"][0].get("finish_reason") for chunk in read][-1] == "stop"
    assert not any("finish_reason" in chunk["choices"][0] for chunk in read[:-1])


@needs_curl
def test_function_calling_asks_for_the_weather_in_chicago(server_url: str) -> None:
    body = """{
      "model": "gemini-2.0-flash",
      "messages": [
        {
          "role": "user",
          "content": "What's the weather like in Chicago today?"
        }
      ],
      "tools": [
        {
          "type": "function",
          "function": {
            "name": "get_weather",
            "description": "Get the current weather in a given location",
            "parameters": {
              "type": "object",
              "properties": {
                "location": {
                  "type": "string",
                  "description": "The city and state, e.g. Chicago, IL"
                },
                "unit": {
                  "type": "string",
                  "enum": ["celsius", "fahrenheit"]
                }
              },
              "required": ["location"]
            }
          }
        }
      ],
      "tool_choice": "auto"
    }"""
    answer = json.loads(
        curl(f"{server_url}/v1beta/openai/chat/completions", *JSON, *KEY, "-d", body)
    )
    (choice,) = answer["choices"]
    assert choice["finish_reason"] == "tool_calls"
    (call,) = choice["message"]["tool_calls"]
    assert call["function"]["name"] == "get_weather"
    assert "Chicago" in json.loads(call["function"]["arguments"])["location"]


IMAGE_SCRIPT = """
  base64_image=$(base64 -i "$image" | tr -d '\\n');
  curl -s "$url/v1beta/openai/chat/completions" \
    -H "Content-Type: application/json" \
    -H "Authorization: Bearer GEMINI_API_KEY" \
    -d "{
      \\"model\\": \\"gemini-2.0-flash\\",
      \\"messages\\": [
        {
          \\"role\\": \\"user\\",
          \\"content\\": [
            { \\"type\\": \\"text\\", \\"text\\": \\"What is in this image?\\" },
            {
              \\"type\\": \\"image_url\\",
              \\"image_url\\": { \\"url\\": \\"data:image/jpeg;base64,${base64_image}\\" }
            }
          ]
        }
      ]
    }"
"""
AUDIO_SCRIPT = """
  base64_audio=$(base64 -i "$audio" | tr -d '\\n');
  curl -s "$url/v1beta/openai/chat/completions" \
    -H "Content-Type: application/json" \
    -H "Authorization: Bearer GEMINI_API_KEY" \
    -d "{
      \\"model\\": \\"gemini-2.0-flash\\",
      \\"messages\\": [
        {
          \\"role\\": \\"user\\",
          \\"content\\": [
            { \\"type\\": \\"text\\", \\"text\\": \\"Transcribe this audio file.\\" },
            {
              \\"type\\": \\"input_audio\\",
              \\"input_audio\\": {
                \\"data\\": \\"${base64_audio}\\",
                \\"format\\": \\"wav\\"
              }
            }
          ]
        }
      ]
    }"
"""


@needs_curl
def test_image_understanding_sees_the_image(server_url: str, jpeg_file: Path) -> None:
    assert "16 x 8" in text_of(bash(IMAGE_SCRIPT, url=server_url, image=str(jpeg_file)))


@needs_curl
def test_image_understanding_goes_by_the_bytes_not_by_the_type_they_are_sent_as(
    server_url: str, png_file: Path
) -> None:
    assert "4 x 3" in text_of(bash(IMAGE_SCRIPT, url=server_url, image=str(png_file)))


@needs_curl
def test_audio_understanding_hears_the_sound(server_url: str, wav_file: Path) -> None:
    assert "0.5 seconds" in text_of(bash(AUDIO_SCRIPT, url=server_url, audio=str(wav_file)))


@needs_curl
def test_list_models_gives_prefixed_names(server_url: str) -> None:
    answer = json.loads(curl(f"{server_url}/v1beta/openai/models", *KEY))
    assert answer["object"] == "list"
    names = [model["id"] for model in answer["data"]]
    assert "models/gemini-2.5-flash" in names
    assert all(name.startswith("models/") for name in names)


@needs_curl
def test_retrieve_a_model_gives_the_one_that_was_named(server_url: str) -> None:
    model = json.loads(curl(f"{server_url}/v1beta/openai/models/gemini-2.0-flash", *KEY))
    assert model["id"] == "models/gemini-2.0-flash"
    assert model["object"] == "model"
    assert model["owned_by"] == "google"


@needs_curl
def test_gateway_conversation_explains_quantum_entanglement(server_url: str) -> None:
    body = """{
        "model": "gemini-2.5-flash",
        "messages": [
          {"role": "system", "content": "You are a knowledgeable assistant."},
          {"role": "user", "content": "Explain quantum entanglement"}
        ],
        "temperature": 0.7,
        "max_tokens": 1024
      }"""
    answer = curl(
        f"{server_url}/v1/chat/completions",
        *JSON,
        "-H",
        "Authorization: Bearer YOUR_API_KEY",
        "-d",
        body,
    )
    assert "quantum entanglement" in text_of(answer).lower()


# The wire

CHAT = {"model": "gemini-2.0-flash", "messages": [{"role": "user", "content": "Hello!"}]}
VERTEX = "/v1/projects/PROJECT_ID/locations/us-central1/endpoints/openapi"


def test_streams_say_that_they_are_event_streams(server_url: str) -> None:
    answer = request(
        f"{server_url}/v1beta/openai/chat/completions", "POST", CHAT | {"stream": True}
    )
    assert answer.headers.get_content_type() == "text/event-stream"
    assert answer.body.endswith(b"data: [DONE]\n\n")


@pytest.mark.parametrize("base", ["/v1beta/openai", "/v1", VERTEX])
def test_a_preflight_lets_a_web_page_send_its_key(server_url: str, base: str) -> None:
    wanted = "authorization,content-type,x-stainless-lang"
    answer = request(
        f"{server_url}{base}/chat/completions",
        "OPTIONS",
        key="",
        Origin="http://localhost:3000",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers=wanted,
    )
    assert answer.status in (200, 204)
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", "http://localhost:3000")
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    allowed = answer.headers["Access-Control-Allow-Headers"].lower().replace(" ", "").split(",")
    assert set(wanted.split(",")) <= set(allowed)


@pytest.mark.parametrize("base", ["/v1beta/openai", "/v1", VERTEX])
def test_a_web_page_may_read_answers_and_errors(server_url: str, base: str) -> None:
    url = f"{server_url}{base}/chat/completions"
    publisher = "google/" if base == VERTEX else ""
    chat = CHAT | {"model": publisher + CHAT["model"]}
    good = request(url, "POST", chat, Origin="http://localhost:3000")
    unknown = chat | {"model": f"{publisher}no-such-model"}
    bad = request(url, "POST", unknown, Origin="http://localhost:3000")
    assert (good.status, bad.status) == (200, 404)
    for answer in (good, bad):
        assert answer.headers["Access-Control-Allow-Origin"] in ("*", "http://localhost:3000")


@pytest.mark.parametrize("base", ["/v1beta/openai", VERTEX])
def test_errors_of_google_s_chat_are_arrays_with_one_error(server_url: str, base: str) -> None:
    model = "google/no-such-model" if base == VERTEX else "no-such-model"
    answer = request(f"{server_url}{base}/chat/completions", "POST", CHAT | {"model": model})
    assert answer.status == 404
    assert answer.headers.get_content_type() == "application/json"
    (entry,) = answer.json
    assert list(entry) == ["error"]
    assert entry["error"]["code"] == 404
    assert entry["error"]["status"] == "NOT_FOUND"
    assert "no-such-model" in entry["error"]["message"]


def test_errors_of_google_s_other_methods_are_objects(server_url: str) -> None:
    answer = request(f"{server_url}/v1beta/openai/models/no-such-model")
    assert answer.status == 404
    assert answer.json["error"]["status"] == "NOT_FOUND"


def test_errors_of_the_gateway_have_one_api_s_form(server_url: str) -> None:
    answer = request(f"{server_url}/v1/chat/completions", "POST", CHAT | {"model": "no-such-model"})
    assert answer.status == 404
    assert set(answer.json["error"]) == {"message", "type", "param", "code"}
    assert answer.json["error"]["code"] == 404


@pytest.mark.parametrize(("base", "status"), [("/v1beta/openai", 400), ("/v1", 401), (VERTEX, 401)])
def test_a_missing_key_is_refused_as_each_surface_does(
    server_url: str, base: str, status: int
) -> None:
    answer = request(f"{server_url}{base}/chat/completions", "POST", CHAT, key="")
    assert answer.status == status


def test_a_field_that_nobody_knows_is_refused_by_name(server_url: str) -> None:
    answer = request(
        f"{server_url}/v1beta/openai/chat/completions", "POST", CHAT | {"no_such_field": 1}
    )
    assert answer.status == 400
    (entry,) = answer.json
    assert entry["error"]["status"] == "INVALID_ARGUMENT"
    assert "no_such_field" in entry["error"]["message"]


def test_a_body_that_is_not_json_is_refused(server_url: str) -> None:
    answer = request(f"{server_url}/v1beta/openai/chat/completions", "POST", b"{")
    assert answer.status == 400
    (entry,) = answer.json
    assert entry["error"]["status"] == "INVALID_ARGUMENT"
