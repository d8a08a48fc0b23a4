"""Creating interactions: what a client may ask for, and what the steps of the reply hold."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.interactions.talking import (
    ADD,
    G3,
    G25,
    create,
    find_call,
    get,
    kinds_of,
    text_of,
)

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    )
).decode()


def test_an_interaction_has_the_recorded_keys_in_their_order() -> None:
    made = create(Asker(), model=G25).json
    assert list(made) == [
        *("id", "status", "usage", "created", "updated", "service_tier", "steps", "object"),
        "model",
    ]
    assert made["object"] == "interaction"
    assert made["status"] == "completed"
    assert kinds_of(made) == ["thought", "model_output"]
    assert list(made["steps"][0]) == ["signature", "type"]
    assert made["created"] == "2026-11-01T00:00:00Z"


def test_an_id_holds_the_same_name_twice() -> None:
    name = create(Asker()).json["id"]
    data = base64.urlsafe_b64decode(name.removeprefix("v1_") + "==")
    assert data[:2] == b"\x0a\x17"
    assert data[25:27] == b"\x12\x17"
    assert data[2:25] == data[27:50]


def test_usage_adds_up() -> None:
    usage = create(Asker(), tools=[{"type": "google_search"}]).json["usage"]
    parts = ("input", "output", "thought", "tool_use")
    assert usage["total_tokens"] == sum(usage[f"total_{part}_tokens"] for part in parts)
    assert usage["grounding_tool_count"] == [{"count": 1, "type": "google_search"}]
    assert usage["input_tokens_by_modality"] == [
        {"modality": "text", "tokens": usage["total_input_tokens"]}
    ]


@pytest.mark.parametrize(
    "given",
    [
        "Why is the sky blue?",
        {"type": "text", "text": "Why is the sky blue?"},
        [{"type": "text", "text": "Why is the sky blue?"}],
        [{"type": "user_input", "content": [{"type": "text", "text": "Why is the sky blue?"}]}],
        [{"type": "user_input", "content": "Why is the sky blue?"}],
    ],
)
def test_every_form_of_input_is_the_same_question(given: Any) -> None:
    assert text_of(create(Asker(), given).json) == text_of(create(Asker()).json)


def test_steps_are_a_conversation_without_a_stored_one() -> None:
    asker = Asker()
    first = create(asker, store=False).json
    assert "id" not in first
    question = {"type": "user_input", "content": [{"type": "text", "text": "And why?"}]}
    asked = {"type": "user_input", "content": "Why is the sky blue?"}
    stateless = create(asker, [asked, *first["steps"], question], store=False).json
    kept = create(asker).json
    chained = create(asker, "And why?", previous_interaction_id=kept["id"]).json
    assert text_of(stateless) == text_of(chained)


def test_a_function_is_called_and_its_result_used() -> None:
    asker = Asker()
    asked = create(asker, "Use the add tool to sum 7 and 11.", tools=[ADD]).json
    assert asked["status"] == "requires_action"
    assert kinds_of(asked) == ["thought", "function_call"]
    call = find_call(asked)
    assert call["arguments"] == {"x": 7, "y": 11}
    assert re.fullmatch("[a-z0-9]{8}", call["id"])
    result = {"type": "function_result", "call_id": call["id"], "name": "add", "result": "18"}
    answers = [
        create(asker, given, previous_interaction_id=asked["id"], tools=[ADD]).json
        for given in (
            [result],
            [{"type": "user_input", "content": [result]}],
            [{**result, "result": {"result": "18"}}],
            [{**result, "result": [{"type": "text", "text": "18"}]}],
            [{name: value for name, value in result.items() if name != "name"}],
        )
    ]
    assert {text_of(answer) for answer in answers} == {text_of(answers[0])}
    assert "18" in text_of(answers[0])
    assert all(answer["status"] == "completed" for answer in answers)


def test_a_result_without_its_call_is_refused() -> None:
    result = {"type": "function_result", "call_id": "c1", "name": "add", "result": "18"}
    refused = create(Asker(), [result])
    assert refused.status == 400
    assert refused.error["code"] == "invalid_request"


def test_tools_are_not_inherited_and_words_are() -> None:
    asker = Asker()
    asked = create(asker, "My name is Ada.", tools=[ADD], system_instruction="Be brief.").json
    again = create(asker, "Sum 7 and 11.", previous_interaction_id=asked["id"]).json
    assert "function_call" not in kinds_of(again)
    assert again["previous_interaction_id"] == asked["id"]


@pytest.mark.parametrize(
    ("tool", "question", "steps"),
    [
        ("google_search", "Who won?", ["google_search_call", "google_search_result", "thought"]),
        (
            "code_execution",
            "What is the sum of the first 50 primes?",
            ["thought", "code_execution_call", "code_execution_result"],
        ),
        (
            "url_context",
            "Summarise https://example.com/page",
            ["url_context_call", "url_context_result", "thought"],
        ),
        ("google_maps", "Cafés in Rome?", ["google_maps_call", "google_maps_result", "thought"]),
    ],
)
def test_the_services_own_tools_show_their_steps(
    tool: str, question: str, steps: list[str]
) -> None:
    made = create(Asker(), question, tools=[{"type": tool}]).json
    assert kinds_of(made) == [*steps, "model_output"]
    call = next(step for step in made["steps"] if step["type"] == f"{tool}_call")
    result = next(step for step in made["steps"] if step["type"] == f"{tool}_result")
    assert result["call_id"] == call["id"]


def test_a_search_is_cited_with_offsets_in_bytes() -> None:
    made = create(
        Asker(), "Wer gewann die Meisterschaft für Köln?", tools=[{"type": "google_search"}]
    )
    (content,) = made.json["steps"][-1]["content"]
    text = content["text"].encode()
    assert content["annotations"]
    for one in content["annotations"]:
        assert one["type"] == "url_citation"
        assert one["url"]
        assert one["title"]
        assert 0 <= one["start_index"] < one["end_index"] <= len(text)
        text[one["start_index"] : one["end_index"]].decode()


def test_json_follows_its_schema_in_the_new_and_the_old_form() -> None:
    schema = {
        "type": "object",
        "properties": {"color": {"type": "string"}},
        "required": ["color"],
    }
    new = {"type": "text", "mime_type": "application/json", "schema": schema}
    answers = [
        create(Asker(), response_format=new),
        create(Asker(), response_format=[new]),
        create(Asker(), response_format=schema, response_mime_type="application/json"),
    ]
    texts = {text_of(answer.json) for answer in answers}
    assert len(texts) == 1
    assert list(json.loads(texts.pop())) == ["color"]


def test_an_image_model_draws() -> None:
    made = create(
        Asker(),
        "A cat",
        model="gemini-3.1-flash-image",
        response_format={"type": "image", "aspect_ratio": "16:9"},
    ).json
    (image,) = made["steps"][-1]["content"]
    assert image["type"] == "image"
    assert image["mime_type"].startswith("image/")
    assert base64.b64decode(image["data"])
    assert made["usage"]["output_tokens_by_modality"][0]["modality"] == "image"


def test_a_speech_model_speaks() -> None:
    made = create(
        Asker(),
        "Say: hello",
        model="gemini-3.1-flash-tts-preview",
        response_format={"type": "audio"},
        generation_config={"speech_config": [{"voice": "Kore"}]},
    ).json
    (sound,) = made["steps"][-1]["content"]
    assert (sound["type"], sound["sample_rate"], sound["channels"]) == ("audio", 24000, 1)


def test_media_are_read_and_counted() -> None:
    image = {"type": "image", "data": PIXEL, "mime_type": "image/png", "resolution": "low"}
    made = create(Asker(), [{"type": "text", "text": "What is it?"}, image]).json
    modalities = made["usage"]["input_tokens_by_modality"]
    assert [one["modality"] for one in modalities] == ["text", "image"]


def test_thoughts_are_shown_on_request() -> None:
    made = create(Asker(), generation_config={"thinking_summaries": "auto"}).json
    thought = made["steps"][0]
    assert list(thought) == ["signature", "summary", "type"]
    assert all(one["type"] == "text" and one["text"] for one in thought["summary"])


def test_too_few_tokens_leave_an_interaction_incomplete() -> None:
    made = create(
        Asker(), "Write 100 words about Rome.", generation_config={"max_output_tokens": 70}
    ).json
    assert made["status"] == "incomplete"


def test_a_level_works_for_models_that_think_by_tokens() -> None:
    low = create(Asker(), model=G25, generation_config={"thinking_level": "low"}).json
    high = create(Asker(), model=G25, generation_config={"thinking_level": "high"}).json
    assert low["usage"]["total_thought_tokens"] <= high["usage"]["total_thought_tokens"]


def test_labels_and_the_tier_come_back() -> None:
    asker = Asker()
    made = create(asker, labels={"team": "a"}, service_tier="flex").json
    assert made["service_tier"] == "flex"
    assert made["labels"] == {"team": "a"}
    assert get(asker, made["id"]).json == made


def test_a_chain_of_a_deleted_interaction_is_refused() -> None:
    asker = Asker()
    made = create(asker, previous_interaction_id="v1_unknown")
    assert (made.status, made.error["code"]) == (404, "not_found")


def test_the_same_request_twice_makes_two_interactions() -> None:
    asker = Asker()
    first, second = create(asker).json, create(asker).json
    assert first["id"] != second["id"]
    assert text_of(first) == text_of(second)
    assert create(Asker()).json["id"] == first["id"]


def test_interactions_of_other_worlds_are_unknown() -> None:
    asker = Asker()
    made = create(asker, model=G3).json
    other = asker.send(
        "GET", f"/w/other/v1beta/interactions/{made['id']}", headers={"x-goog-api-key": "k"}
    )
    assert other.status == 404
