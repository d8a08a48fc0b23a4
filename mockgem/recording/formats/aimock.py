"""Read and write fixtures of aimock: a user message and its reply, without the HTTP messages.

Fixtures become chats and embeddings of the OpenAI-compatible surface. A written fixture keeps the
last user message.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mockgem.recording.drift import EventList, answer_of, parse_answer
from mockgem.recording.formats.entries import read_entries
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import normalize_body

CHAT_URL = "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"
EMBEDDINGS_URL = "https://generativelanguage.googleapis.com/v1beta/openai/embeddings"
JSON_HEADERS = (("Content-Type", "application/json"),)
DEFAULT_MODEL, DEFAULT_EMBEDDING_MODEL = "gemini-2.5-flash", "gemini-embedding-001"
JsonObject = dict[str, Any]


def is_aimock_file(tree: Any) -> bool:
    """Whether a JSON value is a file of aimock."""
    return isinstance(tree, dict) and isinstance(tree.get("fixtures"), list)


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return the fixtures that name a whole request.

    Fixtures for other endpoints, and those that fit any message, are left out.
    """
    return read_entries(tree["fixtures"], to_interaction)


def to_interaction(fixture: JsonObject) -> Interaction | None:
    """Return a fixture as an interaction; None if it can't be one."""
    match, response = fixture["match"], fixture["response"]
    if "inputText" in match and "embedding" in response:
        return to_embedding_interaction(match, response["embedding"])
    if not match.get("userMessage") or match.get("endpoint", "chat") != "chat":
        return None
    answer, status = build_chat_answer(match, response)
    if answer is None:
        return None
    return Interaction(
        "POST",
        CHAT_URL,
        JSON_HEADERS,
        encode_json(build_chat_request(match)),
        status,
        "",
        JSON_HEADERS,
        encode_json(answer),
    )


def to_embedding_interaction(match: JsonObject, embedding: list[float]) -> Interaction:
    """Return a fixture with an embedding as an interaction."""
    model = match.get("model", DEFAULT_EMBEDDING_MODEL)
    request = {"model": model, "input": match["inputText"]}
    row = {"object": "embedding", "embedding": embedding, "index": 0}
    return Interaction(
        "POST",
        EMBEDDINGS_URL,
        JSON_HEADERS,
        encode_json(request),
        200,
        "",
        JSON_HEADERS,
        encode_json({"object": "list", "data": [row], "model": model}),
    )


def build_chat_request(match: JsonObject) -> JsonObject:
    """Return the request of a fixture."""
    system = match.get("systemMessage")
    if isinstance(system, list):
        system = "\n".join(system)
    messages = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": match["userMessage"]})
    return {"model": match.get("model", DEFAULT_MODEL), "messages": messages}


def build_chat_answer(match: JsonObject, response: JsonObject) -> tuple[Any, int]:
    """Return the response body of a fixture and its status; None for an unknown kind of reply."""
    if "error" in response:
        error = response["error"]
        status = int(response.get("status", 500))
        return [
            {
                "error": {
                    "code": status,
                    "message": error.get("message", ""),
                    "status": error.get("type", ""),
                }
            }
        ], status
    if "json" in response:
        return response["json"], int(response.get("status", 200))
    if "content" not in response and "toolCalls" not in response:
        return None, 0
    content = response.get("content")
    message: JsonObject = {"role": "assistant"}
    if content is not None:
        message["content"] = content if isinstance(content, str) else json.dumps(content)
    if calls := response.get("toolCalls"):
        message["tool_calls"] = [build_tool_call(call, number) for number, call in enumerate(calls)]
    reason = response.get("finishReason", "tool_calls" if calls else "stop")
    return {
        "choices": [{"finish_reason": reason, "index": 0, "message": message}],
        "created": int(response.get("created", 0)),
        "id": str(response.get("id", "")),
        "model": match.get("model", DEFAULT_MODEL),
        "object": "chat.completion",
    }, 200


def build_tool_call(call: JsonObject, number: int) -> JsonObject:
    """Return a tool call of a fixture as chat completions have it."""
    arguments = call.get("arguments", {})
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return {
        "function": {"arguments": text, "name": call["name"]},
        "id": call.get("id", f"function-call-{number}"),
        "type": "function",
    }


def write(interactions: Sequence[Interaction], name: str) -> tuple[Any, int]:
    """Return a file of fixtures, and how many interactions are left out: all but chats."""
    fixtures = [one for interaction in interactions if (one := to_fixture(interaction)) is not None]
    return {"fixtures": fixtures}, len(interactions) - len(fixtures)


def to_fixture(one: Interaction) -> JsonObject | None:
    """Return a chat as a fixture; None for any other interaction."""
    request = normalize_body(one.request_body, "")
    if not isinstance(request, dict) or not isinstance(request.get("messages"), list):
        return None
    match = match_of(request)
    response = response_of(one.status, parse_answer(answer_of(one)))
    if not match or response is None:
        return None
    timings = {"recordedTimings": timings_of(one.chunks)} if one.chunks else {}
    return {"match": match, "response": response, **timings}


def match_of(request: JsonObject) -> JsonObject:
    """Return what a fixture matches; nothing if the last user message is not a text."""
    messages = [one for one in request["messages"] if isinstance(one, dict)]
    contents = [one.get("content") for one in messages if one.get("role") == "user"]
    if not contents or not isinstance(contents[-1], str):
        return {}
    last = max(number for number, one in enumerate(messages) if one.get("role") == "user")
    return {
        "userMessage": contents[-1],
        "model": str(request.get("model", "")).removeprefix("models/").removeprefix("google/"),
        "turnIndex": sum(one.get("role") == "assistant" for one in messages),
        "hasToolResult": any(one.get("role") == "tool" for one in messages[last:]),
    }


def response_of(status: int, answer: Any) -> JsonObject | None:
    """Return the reply or the error of a fixture; None for a body of another kind."""
    if status >= 400:
        body = answer[0] if isinstance(answer, list) and answer else answer or {}
        error = body.get("error", {})
        return {
            "error": {"message": error.get("message", ""), "type": error.get("status", "")},
            "status": status,
        }
    messages = find_messages(answer)
    if messages is None:
        return None
    content = "".join([one["content"] for one in messages if isinstance(one.get("content"), str)])
    calls = [call for one in messages for call in one.get("tool_calls") or ()]
    response: JsonObject = {"content": content} if content or not calls else {}
    if calls:
        response["toolCalls"] = [
            {
                "name": call["function"]["name"],
                "arguments": call["function"]["arguments"],
                "id": call.get("id", ""),
            }
            for call in calls
        ]
    return response


def find_messages(answer: Any) -> list[JsonObject] | None:
    """Return the message of a reply, or the deltas of a stream."""
    rows = answer if isinstance(answer, EventList) else [answer]
    choices = [choice for row in rows if isinstance(row, dict) for choice in row.get("choices", ())]
    return [choice.get("message") or choice.get("delta") or {} for choice in choices] or None


def timings_of(chunks: tuple[tuple[int, int], ...]) -> JsonObject:
    """Return the times of a stream's chunks, in milliseconds."""
    times = [ms for ms, _ in chunks]
    gaps = [after - before for before, after in pairwise(times)]
    return {"ttftMs": times[0], "interChunkDelaysMs": gaps, "totalDurationMs": times[-1]}


def encode_json(item: Any) -> bytes:
    """Return a value as JSON."""
    return json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogateescape")
