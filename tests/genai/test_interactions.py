"""The Interactions API with Google's SDK for Python: conversations, streams, tools, agents."""

from __future__ import annotations

import asyncio
import json
import os
import urllib.request
import uuid
from importlib.metadata import version
from typing import Any

import pytest
from google import genai

pytestmark = pytest.mark.skipif(
    int(version("google-genai").partition(".")[0]) < 3,
    reason="the SDK has the Interactions API of today since 3.0",
)
MODEL = "gemini-3.8-flash"
ADD: Any = {
    "type": "function",
    "name": "add",
    "description": "Add two numbers",
    "parameters": {
        "type": "object",
        "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
        "required": ["x", "y"],
    },
}


def test_a_conversation(client: genai.Client) -> None:
    first = client.interactions.create(model=MODEL, input="My name is Ada.")
    second = client.interactions.create(
        model=MODEL, input="What is my name?", previous_interaction_id=first.id
    )
    assert first.status == second.status == "completed"
    assert second.output_text
    again = client.interactions.get(second.id)
    assert again.output_text == second.output_text
    assert again.usage.total_tokens == second.usage.total_tokens


def test_a_stream_holds_the_words_of_the_whole(client: genai.Client) -> None:
    whole = client.interactions.create(model=MODEL, input="Count to 25.")
    text, ends = "", []
    for event in client.interactions.create(model=MODEL, input="Count to 25.", stream=True):
        if event.event_type == "step.delta" and event.delta.type == "text":
            text += event.delta.text
        if event.event_type == "interaction.completed":
            ends.append(event.interaction.status)
    assert text == whole.output_text
    assert ends == ["completed"]


def test_a_function(client: genai.Client) -> None:
    asked = client.interactions.create(model=MODEL, input="Use add to sum 7 and 11.", tools=[ADD])
    assert asked.status == "requires_action"
    call = asked.steps[-1]
    assert (call.name, call.arguments) == ("add", {"x": 7, "y": 11})
    result = {"type": "function_result", "call_id": call.id, "name": "add", "result": {"sum": 18}}
    answer = client.interactions.create(
        model=MODEL, input=[result], previous_interaction_id=asked.id, tools=[ADD]
    )
    assert answer.status == "completed"
    assert "18" in answer.output_text


def test_the_services_tools_parse(client: genai.Client) -> None:
    tools: Any = [{"type": name} for name in ("google_search", "code_execution", "url_context")]
    made = client.interactions.create(
        model=MODEL, input="Who won, as https://example.com says?", tools=tools
    )
    kinds = [step.type for step in made.steps]
    assert "google_search_call" in kinds
    assert "UNKNOWN" not in kinds
    annotations = made.steps[-1].content[0].annotations
    assert annotations[0].type == "url_citation"


def test_json_image_and_thoughts(client: genai.Client) -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    made = client.interactions.create(
        model=MODEL,
        input="Invent a person.",
        response_format={"type": "text", "mime_type": "application/json", "schema": schema},
        generation_config={"thinking_summaries": "auto"},
    )
    assert list(json.loads(made.output_text)) == ["name"]
    assert made.steps[0].summary
    drawn = client.interactions.create(
        model="gemini-3.1-flash-image", input="A cat", response_format={"type": "image"}
    )
    assert drawn.output_image.data


def test_an_agent_works_in_the_background(client: genai.Client) -> None:
    agent: Any = "deep-research-preview-04-2026"
    task = client.interactions.create(agent=agent, input="Research TPUs.", background=True)
    states = [task.status]
    while task.status == "in_progress":
        task = client.interactions.get(task.id)
        states.append(task.status)
    assert states[-1] == "completed"
    assert task.output_text.startswith("# ")


def test_a_stream_is_read_on_after_an_event(client: genai.Client) -> None:
    events = list(client.interactions.create(model=MODEL, input="Hi", background=True, stream=True))
    name, third = events[0].interaction.id, events[2]
    rest = list(client.interactions.get(name, stream=True, last_event_id=third.event_id))
    assert [one.event_id for one in rest] == [one.event_id for one in events[3:]]


def test_cancel_and_delete(client: genai.Client) -> None:
    task = client.interactions.create(model=MODEL, input="Hi", background=True)
    assert client.interactions.cancel(task.id).status == "cancelled"
    client.interactions.delete(task.id)
    with pytest.raises(Exception, match="not found") as refused:
        client.interactions.get(task.id)
    assert getattr(refused.value, "status_code", 404) == 404


def test_the_asynchronous_client(url: str) -> None:
    async def talk() -> tuple[str, str]:
        client = genai.Client(api_key="any-key", http_options={"base_url": url}).aio
        whole = await client.interactions.create(model=MODEL, input="Hi")
        text = ""
        async for event in await client.interactions.create(model=MODEL, input="Hi", stream=True):
            if event.event_type == "step.delta" and event.delta.type == "text":
                text += event.delta.text
        return whole.output_text, text

    whole, text = asyncio.run(talk())
    assert whole == text != ""


def test_the_sdk_repeats_what_fails_and_the_verdict_knows() -> None:
    url, world = os.environ["MOCKGEM_URL"], uuid.uuid4().hex
    client = genai.Client(
        api_key="k", http_options={"base_url": f"{url}/w/{world}~rate-limited-then-ok"}
    )
    assert client.interactions.create(model="gemini-2.5-flash", input="Hi").status == "completed"
    with urllib.request.urlopen(f"{url}/w/{world}/_mockgem/journal", timeout=60) as answer:
        entries = json.loads(answer.read())["entries"]
    assert [entry["status"] for entry in entries] == [429, 429, 200]
    assert all(entry["surface"] == "interactions" for entry in entries)
