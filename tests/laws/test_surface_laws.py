"""The same question gives the same words, calls and counts on every surface, whole and streamed."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.asking import GATEWAY, GEMINI, VERTEX, Answer, Asker
from tests.dialects.interactions.talking import join_events, read_events
from tests.dialects.openai.responses import talking as responding
from tests.laws import calm
from tests.operations.forms.prompt_files import read_prompts

CALM = calm(80)
MODELS = ("gemini-2.5-flash", "gemini-3.6-flash", "gemini-2.0-flash")
PUBLISHED = VERTEX.removesuffix("/endpoints/openapi") + "/publishers/google"
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
FUNCTION = {"name": "get_weather", "description": "The weather in a city", "parameters": PARAMETERS}
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name"],
}
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
        str.strip
    ),
    st.sampled_from(
        [
            "Hello!",
            "What's the weather in Paris and in London?",
            "Why is the sky blue?",
            "你好，世界",
        ]
    ),
    st.sampled_from(
        [one.text for one in read_prompts("prompts") if not one.history and not one.system]
    ),
)


@st.composite
def questions(draw: Any) -> dict[str, Any]:
    """A conversation that each surface can spell."""
    turns = [draw(WORDS) for _ in range(draw(st.sampled_from([1, 1, 3])))]
    form = draw(st.sampled_from(["text", "tools", "json", "result"]))
    return {
        "model": draw(st.sampled_from(MODELS)),
        "system": draw(st.sampled_from(["", "Be brief.", "Speak like a pirate."])),
        "turns": turns,
        "form": form,
        "result": draw(WORDS),
        "limit": draw(st.sampled_from([None, None, 300])),
    }


def openai(question: dict[str, Any], surface: str, asker: Asker, **more: Any) -> Answer:
    messages: list[Any] = (
        [{"role": "system", "content": question["system"]}] if question["system"] else []
    )
    roles = ("user", "assistant")
    messages += [
        {"role": roles[place % 2], "content": text} for place, text in enumerate(question["turns"])
    ]
    if question["form"] == "result":
        call = {
            "id": "c1",
            "type": "function",
            "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'},
        }
        call["extra_content"] = {
            "google": {"thought_signature": "context_engineering_is_the_way_to_go"}
        }
        messages.append({"role": "assistant", "tool_calls": [call]})
        messages.append({"role": "tool", "tool_call_id": "c1", "content": question["result"]})
    model = question["model"] if surface != VERTEX else f"google/{question['model']}"
    body: dict[str, Any] = {"model": model, "messages": messages, **more}
    if question["form"] in ("tools", "result"):
        body["tools"] = [{"type": "function", "function": FUNCTION}]
    if question["form"] == "json":
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "x", "schema": SCHEMA},
        }
    if question["limit"]:
        body["max_tokens"] = question["limit"]
    return asker.send("POST", surface + "/chat/completions", json.dumps(body).encode())


def native(
    question: dict[str, Any], base: str, asker: Asker, method: str = "generateContent", **query: str
) -> Answer:
    roles = ("user", "model")
    contents: list[Any] = [
        {"role": roles[place % 2], "parts": [{"text": text}]}
        for place, text in enumerate(question["turns"])
    ]
    if question["form"] == "result":
        call = {
            "functionCall": {"name": "get_weather", "args": {"city": "Paris"}},
            "thoughtSignature": "context_engineering_is_the_way_to_go",
        }
        response = {"name": "get_weather", "response": {"result": question["result"]}}
        contents += [
            {"role": "model", "parts": [call]},
            {"role": "user", "parts": [{"functionResponse": response}]},
        ]
    body: dict[str, Any] = {"contents": contents}
    if question["system"]:
        body["systemInstruction"] = {"parts": [{"text": question["system"]}]}
    if question["form"] in ("tools", "result"):
        declared = {key: item for key, item in FUNCTION.items() if key != "parameters"} | {
            "parametersJsonSchema": PARAMETERS
        }
        body["tools"] = [{"functionDeclarations": [declared]}]
    config: dict[str, Any] = {}
    if question["form"] == "json":
        config = {"responseMimeType": "application/json", "responseJsonSchema": SCHEMA}
    if question["limit"]:
        config["maxOutputTokens"] = question["limit"]
    if config:
        body["generationConfig"] = config
    path = f"{base}/models/{question['model']}:{method}"
    return asker.send("POST", path, json.dumps(body).encode(), query=query)


def interactions(question: dict[str, Any], asker: Asker, **more: Any) -> Answer:
    kinds = ("user_input", "model_output")
    steps: list[Any] = [
        {"type": kinds[place % 2], "content": [{"type": "text", "text": text}]}
        for place, text in enumerate(question["turns"])
    ]
    if question["form"] == "result":
        signature = "context_engineering_is_the_way_to_go"
        call = {"id": "c1", "name": "get_weather", "arguments": {"city": "Paris"}}
        result = {"call_id": "c1", "result": question["result"]}
        steps += [
            {"type": "thought", "signature": signature},
            {"type": "function_call", **call},
            {"type": "function_result", **result},
        ]
    body: dict[str, Any] = {"model": question["model"], "input": steps, **more}
    if question["system"]:
        body["system_instruction"] = question["system"]
    if question["form"] in ("tools", "result"):
        body["tools"] = [{"type": "function", **FUNCTION}]
    if question["form"] == "json":
        body["response_format"] = {"type": "text", "schema": SCHEMA}
    if question["limit"]:
        body["generation_config"] = {"max_output_tokens": question["limit"]}
    return asker.send("POST", "/v1/interactions", json.dumps(body).encode())


def responses(question: dict[str, Any], asker: Asker, **more: Any) -> Answer:
    roles = ("user", "assistant")
    items: list[Any] = [
        {"role": roles[place % 2], "content": text} for place, text in enumerate(question["turns"])
    ]
    if question["form"] == "result":
        signature = "context_engineering_is_the_way_to_go"
        call = {"call_id": "c1", "name": "get_weather", "arguments": '{"city": "Paris"}'}
        result = {"call_id": "c1", "output": question["result"]}
        items += [
            {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": signature},
            {"type": "function_call", **call},
            {"type": "function_call_output", **result},
        ]
    body: dict[str, Any] = {"model": question["model"], "input": items, **more}
    if question["system"]:
        body["instructions"] = question["system"]
    if question["form"] in ("tools", "result"):
        body["tools"] = [{"type": "function", **FUNCTION}]
    if question["form"] == "json":
        body["text"] = {"format": {"type": "json_schema", "name": "x", "schema": SCHEMA}}
    if question["limit"]:
        body["max_output_tokens"] = question["limit"]
    return responding.post(asker, "/responses", **body)


Heard = tuple[str, list[Any], int, int]
"""Words, calls, tokens of the question and of all."""


def heard_openai(answer: Answer) -> Heard:
    message, usage = answer.json["choices"][0].get("message", {}), answer.json["usage"]
    calls = [
        [call["function"]["name"], json.loads(call["function"]["arguments"])]
        for call in message.get("tool_calls") or ()
    ]
    return message.get("content") or "", calls, usage["prompt_tokens"], usage["total_tokens"]


def heard_native(chunks: list[Any]) -> Heard:
    parts = [
        part for chunk in chunks for part in chunk["candidates"][0]["content"].get("parts", ())
    ]
    calls = [
        [part["functionCall"]["name"], part["functionCall"]["args"]]
        for part in parts
        if "functionCall" in part
    ]
    usage = chunks[-1]["usageMetadata"]
    return (
        "".join(part.get("text", "") for part in parts),
        calls,
        usage["promptTokenCount"],
        usage["totalTokenCount"],
    )


def heard_interaction(made: Any) -> Heard:
    steps = made.get("steps", [])
    outputs = [step for step in steps if step["type"] == "model_output"]
    texts = [content["text"] for step in outputs for content in step["content"]]
    calls = [[step["name"], step["arguments"]] for step in steps if step["type"] == "function_call"]
    usage = made["usage"]
    return "".join(texts), calls, usage["total_input_tokens"], usage["total_tokens"]


def heard_response(made: Any) -> Heard:
    calls = [
        [item["name"], json.loads(item["arguments"])]
        for item in made["output"]
        if item["type"] == "function_call"
    ]
    usage = made["usage"]
    return responding.text_of(made), calls, usage["input_tokens"], usage["total_tokens"]


@CALM
@given(questions())
def test_the_same_question_has_the_same_answer_everywhere(question: dict[str, Any]) -> None:
    asker = Asker()
    first = heard_openai(openai(question, GEMINI, asker))
    for surface in (VERTEX, GATEWAY):
        assert heard_openai(openai(question, surface, asker)) == first
    for base in ("/v1beta", "/v1alpha", PUBLISHED, "/v1beta1/publishers/google"):
        assert heard_native([native(question, base, asker).json]) == first
        streamed = native(question, base, asker, "streamGenerateContent", alt="sse").text.split(
            "\r\n\r\n"
        )
        assert heard_native([json.loads(event[6:]) for event in streamed if event]) == first
        assert heard_native(native(question, base, asker, "streamGenerateContent").json) == first
    assert heard_interaction(interactions(question, asker).json) == first
    streamed = read_events(interactions(question, asker, stream=True).text)
    assert heard_interaction(join_events(streamed)) == first
    assert heard_response(responses(question, asker).json) == first
    events = responding.read_events(responses(question, asker, stream=True).text)
    assert heard_response(responding.join_events(events)) == first
    counted = native(question, PUBLISHED, asker, "countTokens").json
    assert counted["totalTokens"] == first[2]


@CALM
@given(st.lists(WORDS, min_size=2, max_size=4))
def test_a_chain_of_interactions_equals_one_conversation(texts: list[str]) -> None:
    asker = Asker()
    model, contents, previous = "gemini-3.6-flash", [], {}
    for text in texts:
        body = {"model": model, "input": text, **previous}
        sent = json.dumps(body).encode()
        made = asker.send("POST", "/v1beta/interactions", sent, {"x-goog-api-key": "k"}).json
        contents.append({"role": "user", "parts": [{"text": text}]})
        sent = json.dumps({"contents": contents}).encode()
        path = f"/v1beta/models/{model}:generateContent"
        whole = asker.send("POST", path, sent, {"x-goog-api-key": "k"}).json
        assert heard_interaction(made)[0] == heard_native([whole])[0]
        contents.append(whole["candidates"][0]["content"])
        previous = {"previous_interaction_id": made["id"]}


@CALM
@given(st.lists(WORDS, min_size=2, max_size=4), st.booleans())
def test_a_chain_and_a_conversation_equal_one_chat(texts: list[str], is_chain: bool) -> None:
    asker = Asker()
    messages: list[Any] = []
    name = responding.post(asker, "/conversations").json["id"]
    more: dict[str, Any] = {} if is_chain else {"conversation": name}
    for text in texts:
        made = responding.create(asker, text, **more).json
        messages.append({"role": "user", "content": text})
        chat = asker.chat(messages, surface=GATEWAY).message
        assert responding.text_of(made) == chat["content"]
        messages.append(chat)
        more = {"previous_response_id": made["id"]} if is_chain else more
