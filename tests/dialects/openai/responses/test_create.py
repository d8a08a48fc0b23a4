"""Responses: create them, with all kinds of input and tools, whole and as streams."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import Asker
from tests.dialects.openai.responses.talking import (
    ADD,
    G3,
    MODEL,
    create,
    join_events,
    kinds_of,
    read_events,
    text_of,
)
from tests.laws import calm

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Er"
    "kJggg=="
)
REQUESTS: list[dict[str, Any]] = [
    {},
    {"given": "Hi", "store": False},
    {"given": "Use add to sum 7 and 11.", "tools": [ADD]},
    {"given": "Use add to sum 7 and 11.", "tools": [{"type": "custom", "name": "add"}]},
    {"tools": [{"type": "web_search"}]},
    {"tools": [{"type": "web_search"}], "include": ["web_search_call.action.sources"]},
    {"given": "What is the sum of the first 50 primes?",
     "tools": [{"type": "code_interpreter", "container": {"type": "auto"}}],
     "include": ["code_interpreter_call.outputs"]},
    {"reasoning": {"effort": "high", "summary": "auto"}},
    {"model": G3, "include": ["reasoning.encrypted_content"]},
    {"given": "A cat", "model": "gemini-2.5-flash-image", "tools": [{"type": "image_generation"}]},
    {"given": "mockgem:finish=SAFETY"},
    {"given": "mockgem:finish=MALFORMED_FUNCTION_CALL"},
    {"given": "Write 100 words.", "max_output_tokens": 70},
    {"text": {"format": {"type": "json_object"}}},
]  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_joined_stream_equals_the_whole(request_: dict[str, Any]) -> None:
    whole = create(Asker(), **request_).json
    streamed = create(Asker(), **request_, stream=True)
    assert streamed.header("content-type") == ["text/event-stream"]
    assert drop_ids(join_events(read_events(streamed.text))) == drop_ids(whole)


def drop_ids(response: Any) -> Any:
    """Return a response without ids, which differ between two requests."""
    kept = ("id", "call_id", "container_id")
    output = [
        {name: value for name, value in item.items() if name not in kept}
        for item in response["output"]
    ]
    return {**response, "id": "", "output": output}


def test_the_events_of_a_text_have_the_published_order() -> None:
    events = read_events(create(Asker(), "Hi", stream=True).text)
    kinds = [event["type"].removeprefix("response.") for event in events]
    texts = [kind for kind in kinds if kind == "output_text.delta"]
    assert kinds == [
        *("created", "in_progress", "output_item.added", "content_part.added"),
        *texts,
        *("output_text.done", "content_part.done", "output_item.done", "completed"),
    ]
    assert len(texts) > 1


def test_a_response_shows_the_request() -> None:
    made = create(
        Asker(),
        "Hi",
        instructions="Be brief.",
        metadata={"team": "a"},
        temperature=0.5,
        tools=[ADD],
        tool_choice="none",
        truncation="auto",
        text={"format": {"type": "text"}, "verbosity": "low"},
        reasoning={"effort": "low"},
    ).json
    assert made["object"] == "response"
    assert made["status"] == "completed"
    assert made["instructions"] == "Be brief."
    assert made["metadata"] == {"team": "a"}
    assert made["temperature"] == 0.5
    assert made["tools"] == [ADD]
    assert made["tool_choice"] == "none"
    assert made["truncation"] == "auto"
    assert made["text"] == {"format": {"type": "text"}, "verbosity": "low"}
    assert made["reasoning"] == {"effort": "low", "summary": None}
    assert made["model"] == MODEL
    assert made["completed_at"] == made["created_at"]


def test_the_words_and_tokens_are_those_of_chat() -> None:
    asker = Asker()
    chat = asker.chat("Why is the sky blue?", surface="/v1").json
    made = create(asker).json
    assert text_of(made) == chat["choices"][0]["message"]["content"]
    usage = made["usage"]
    assert usage["input_tokens"] == chat["usage"]["prompt_tokens"]
    assert usage["output_tokens"] == chat["usage"]["completion_tokens"]
    assert usage["total_tokens"] == chat["usage"]["total_tokens"]


@pytest.mark.parametrize("name", ["google/gemini-2.5-flash", "gemini-2.5-flash-thinking"])
def test_models_have_the_names_that_gateways_write(name: str) -> None:
    made = create(Asker(), model=name).json
    assert made["model"] == name
    assert text_of(made) == text_of(create(Asker()).json)


def test_a_function_is_called_and_its_result_is_used() -> None:
    asker = Asker()
    first = create(asker, "Use add to sum 7 and 11.", model=G3, tools=[ADD]).json
    (call,) = first["output"]
    assert call["type"] == "function_call"
    assert call["call_id"].startswith("call_")
    assert json.loads(call["arguments"]) == {"x": 7, "y": 11}
    result = {"type": "function_call_output", "call_id": call["call_id"], "output": "18"}
    chained = create(asker, [result], model=G3, tools=[ADD], previous_response_id=first["id"])
    question = {"role": "user", "content": "Use add to sum 7 and 11."}
    whole = create(asker, [question, call, result], model=G3, tools=[ADD])
    reference = {"type": "item_reference", "id": call["id"]}
    referred = create(asker, [question, reference, result], model=G3, tools=[ADD])
    assert "18" in text_of(chained.json)
    assert text_of(chained.json) == text_of(whole.json) == text_of(referred.json)


def test_a_tool_with_free_input_gets_a_text() -> None:
    asker = Asker()
    tools = [{"type": "custom", "name": "add", "description": "Add numbers"}]
    made = create(asker, "Use add to sum 7 and 11.", tools=tools, tool_choice="required").json
    (call,) = made["output"]
    assert call["type"] == "custom_tool_call"
    assert isinstance(call["input"], str)
    result = {"type": "custom_tool_call_output", "call_id": call["call_id"], "output": "18"}
    next_one = create(asker, [result], tools=tools, previous_response_id=made["id"])
    assert next_one.status == 200
    stored = asker.send("GET", f"/v1/responses/{made['id']}").json
    assert stored["output"] == made["output"]


def test_web_search_cites_pages_at_characters() -> None:
    made = create(Asker(), "Wer baute den Kölner Dom?", tools=[{"type": "web_search"}]).json
    assert kinds_of(made) == ["web_search_call", "message"]
    (content,) = made["output"][1]["content"]
    assert content["annotations"]
    for one in content["annotations"]:
        assert one["type"] == "url_citation"
        assert 0 <= one["start_index"] < one["end_index"] <= len(content["text"])
    assert "sources" not in made["output"][0]["action"]


def test_the_code_interpreter_shows_its_output_if_the_request_includes_it() -> None:
    question = "What is the sum of the first 50 primes?"
    tool = {"type": "code_interpreter", "container": {"type": "auto"}}
    shown = create(Asker(), question, tools=[tool], include=["code_interpreter_call.outputs"]).json
    assert "5117" in shown["output"][0]["outputs"][0]["logs"]
    hidden = create(Asker(), question, tools=[tool]).json
    assert hidden["output"][0]["outputs"] is None
    assert "5117" in text_of(hidden)


def test_an_image_model_draws() -> None:
    made = create(
        Asker(), "A cat", model="gemini-2.5-flash-image", tools=[{"type": "image_generation"}]
    ).json
    image = made["output"][-1]
    assert image["type"] == "image_generation_call"
    assert base64.b64decode(image["result"]).startswith(b"\x89PNG")


def test_json_conforms_to_a_schema_as_in_chat() -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    form = {"type": "json_schema", "name": "person", "schema": schema, "strict": True}
    made = create(Asker(), "Invent a person", text={"format": form}).json
    wrapped = {"type": "json_schema", "json_schema": {"name": "person", "schema": schema}}
    chat = Asker().chat("Invent a person", surface="/v1", response_format=wrapped)
    assert text_of(made) == chat.message["content"]
    assert set(json.loads(text_of(made))) == {"name", "age"}


def test_images_and_files_are_read_as_in_chat() -> None:
    url = f"data:image/png;base64,{PIXEL}"
    pdf = base64.b64encode(b"%PDF-1.4 a small file").decode()
    content = [
        {"type": "input_text", "text": "What is this?"},
        {"type": "input_image", "image_url": url, "detail": "auto"},
        {"type": "input_file", "filename": "a.pdf", "file_data": pdf},
    ]
    made = create(Asker(), [{"role": "user", "content": content}])
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": url}},
        {"type": "file", "file": {"filename": "a.pdf", "file_data": pdf}},
    ]
    chat = Asker().chat([{"role": "user", "content": parts}], surface="/v1")
    assert chat.status == made.status == 200, made.text
    assert text_of(made.json) == chat.message["content"]


@pytest.mark.parametrize(
    ("more", "status", "reason"),
    [
        ({"max_output_tokens": 60}, "incomplete", "max_output_tokens"),
        ({"given": "mockgem:block=SAFETY"}, "incomplete", "content_filter"),
        ({"given": "mockgem:finish=RECITATION"}, "incomplete", "content_filter"),
    ],
)
def test_an_incomplete_response_says_why(more: dict[str, Any], status: str, reason: str) -> None:
    made = create(Asker(), **more).json
    assert made["status"] == status
    assert made["incomplete_details"] == {"reason": reason}
    last = read_events(create(Asker(), **more, stream=True).text)[-1]
    assert last["type"] == f"response.{status}"
    assert last["response"]["incomplete_details"] == {"reason": reason}


def test_a_malformed_call_fails() -> None:
    made = create(Asker(), "mockgem:finish=MALFORMED_FUNCTION_CALL").json
    assert made["status"] == "failed"
    assert made["error"]["code"] == "server_error"


def test_truncation_drops_the_oldest_turns() -> None:
    long = [{"role": "user", "content": "many words " * 40_000} for _ in range(16)]
    asked = [*long, {"role": "user", "content": "Hi"}]
    refused = create(Asker(), asked)
    assert refused.status == 400
    assert "exceeds the maximum number of tokens" in refused.error["message"]
    made = create(Asker(), asked, truncation="auto").json
    assert made["usage"]["input_tokens"] <= 1_048_576


OPTIONS = st.fixed_dictionaries(
    {
        "given": st.sampled_from(
            ["Hi", "Use add to sum 7 and 11.", "What is 3 + 4?", "Write a haiku."]
        )
    },
    optional={
        "model": st.sampled_from([MODEL, G3, "gemini-2.5-pro"]),
        "instructions": st.sampled_from(["Be short.", "Antworte auf Deutsch."]),
        "tools": st.lists(
            st.sampled_from(
                [
                    ADD,
                    {"type": "namespace", "name": "math", "description": "", "tools": [ADD]},
                    {"type": "custom", "name": "write"},
                ]
            ),
            max_size=2,
        ),
        "reasoning": st.sampled_from([{"effort": "low"}, {"effort": "high", "summary": "auto"}]),
        "include": st.just(["reasoning.encrypted_content"]),
        "text": st.just({"format": {"type": "json_object"}}),
        "max_output_tokens": st.integers(1, 400),
        "temperature": st.sampled_from([0, 1]),
        "store": st.booleans(),
        "metadata": st.just({"team": "a"}),
        "truncation": st.sampled_from(["auto", "disabled"]),
    },
)


@calm(100)
@given(OPTIONS)
def test_any_joined_stream_equals_the_whole(asked: dict[str, Any]) -> None:
    whole, streamed = create(Asker(), **asked), create(Asker(), **asked, stream=True)
    assert whole.status == streamed.status
    if whole.status != 200:
        assert whole.error["message"].partition(" (request id")[0] in streamed.text.replace(
            '\\"', '"'
        )
        return
    assert drop_ids(join_events(read_events(streamed.text))) == drop_ids(whole.json)


def test_the_last_message_of_an_incomplete_response_is_incomplete() -> None:
    options = {"max_output_tokens": 5, "reasoning": {"effort": "none"}}
    made = create(Asker(), "Tell me a long story", **options).json
    assert [(item["type"], item["status"]) for item in made["output"]] == [
        ("message", "incomplete")
    ]
    whole = create(Asker(), "Say hello").json
    assert [item["status"] for item in whole["output"]] == ["completed"]


def test_an_image_of_a_tool_counts_as_input() -> None:
    call = {"type": "function_call", "call_id": "c1", "name": "look", "arguments": "{}"}
    image = {"type": "input_image", "image_url": f"data:image/png;base64,{PIXEL}"}
    text = {"type": "input_text", "text": "Done"}

    def count(*output: dict[str, Any]) -> int:
        result = {"type": "function_call_output", "call_id": "c1", "output": list(output)}
        asked = {"role": "user", "content": "Look at it"}
        answer = create(Asker(), [asked, call, result])
        assert answer.status == 200, answer.text
        return int(answer.json["usage"]["input_tokens"])

    assert count(text, image) - count(text) == 258
