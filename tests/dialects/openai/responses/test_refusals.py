"""What the gateway refuses in front of Gemini, and that nothing else than a 4xx refuses it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import Asker
from tests.dialects.openai.responses.talking import ADD, create, post
from tests.laws import calm


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"model": "nope"}, 404, "models/nope is not found"),
        ({"model": None}, 400, "unexpected model name"),
        ({"given": None}, 400, "contents"),
        ({"given": []}, 400, "contents"),
        ({"given": [{"type": "poem"}]}, 400, "Invalid input item type: poem"),
        ({"given": [{"role": "poet", "content": "Hi"}]}, 400, "Invalid role: poet"),
        ({"given": [{"type": "item_reference", "id": "msg_0"}]}, 404, "Item with id 'msg_0'"),
        ({"tools": [{"type": "mcp", "server_label": "a"}]}, 400, "Tool type 'mcp'"),
        ({"tools": [{"type": "computer_use_preview"}]}, 400, "Tool type 'computer_use_preview'"),
        ({"tools": [{"type": "image_generation"}]}, 400, "only supports text output"),
        ({"tools": [{"type": "file_search", "vector_store_ids": ["no"]}]}, 403, "no"),
        ({"tools": [ADD], "tool_choice": "maybe"}, 400, "tool_choice"),
        ({"truncation": "half"}, 400, "truncation"),
        ({"reasoning": {"effort": "huge"}}, 400, "reasoning_effort"),
        ({"text": {"format": {"type": "xml"}}}, 400, "response_format"),
        ({"background": True, "store": False}, 400, "'store'"),
        ({"previous_response_id": "resp_0", "conversation": "conv_0"}, 400, "only one of"),
        ({"conversation": "conv_0"}, 404, "conv_0"),
        ({"prompt": {"id": "pmpt_1"}}, 400, "Stored prompts"),
        ({"temperature": "hot"}, 400, "temperature"),
        ({"given": [{"type": "function_call_output", "call_id": "c", "output": "1"}]}, 400,
         "No tool call found for function call output with call_id c."),
    ],
)  # fmt: skip
def test_bad_requests_are_refused_in_the_gateways_envelope(
    more: dict[str, Any], status: int, words: str
) -> None:
    refused = create(Asker(), **more)
    assert refused.status == status
    assert words in refused.error["message"]
    assert refused.error["code"] == status
    assert "(request id: " in refused.error["message"]


def test_a_missing_key_is_a_401() -> None:
    body = b'{"model": "gemini-2.5-flash", "input": "Hi"}'
    refused = Asker().send("POST", "/v1/responses", body, {})
    assert refused.status == 401
    assert refused.error["type"] == "one_api_error"


def test_geminis_own_surface_does_not_have_responses() -> None:
    for path in ("/v1beta/openai/responses", "/v1beta/responses"):
        assert Asker().send("POST", path, b"{}").status == 404


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(
        ["", "Hi", "message", "function_call", "function_call_output", "reasoning", "user"]
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["type", "role", "content", "call_id", "name", "arguments", "output", "text", "id",
             "image_url", "file_data", "file_id", "summary", "encrypted_content", "filters",
             "vector_store_ids", "key", "value", "format", "schema", "parameters", "effort"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
FIELDS = (
    *("input", "tools", "tool_choice", "text", "reasoning", "conversation", "include", "metadata"),
    *("instructions", "previous_response_id", "stream", "store", "truncation", "background"),
)


@calm(150)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4))
def test_no_body_is_a_500(more: dict[str, Any]) -> None:
    body = json.dumps({"model": "gemini-2.5-flash", "input": "Hi"} | more).encode()
    for path in ("/v1/responses", "/v1/responses/compact", "/v1/responses/input_tokens"):
        assert Asker().send("POST", path, body).status < 500


@calm(50)
@given(st.dictionaries(st.sampled_from(("items", "metadata")), VALUES, max_size=2))
def test_no_conversation_is_a_500(body: dict[str, Any]) -> None:
    made = post(Asker(), "/conversations", **body)
    assert made.status < 500
