"""Encode replies that the engine never generates: blocked, malformed, cached."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.content import Candidate, FinishReason, Text, Turn, Usage
from mockgem.core.http import ChunkedBody, WireResponse
from mockgem.core.models import Model
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai import gateway_completions, google_completions, google_parts
from mockgem.dialects.openai.chat_request import ChatRequest
from mockgem.dialects.openai.reply_template import make_reply_ids
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate_request import GenerateRequest

MODEL = Model("gemini-2.5-flash", "Gemini 2.5 Flash", family="2.5")


def reply(candidate: Candidate, usage: Usage = Usage(5, 0)) -> Reply:  # noqa: B008 - it is a value
    return Reply(Draft(MODEL, (candidate,), usage), 1_763_164_273, bytes(16))


def request(*, stream: bool = False, include_usage: bool = False) -> ChatRequest:
    question = GenerateRequest("gemini-2.5-flash", (Turn("user", (Text("hi"),)),))
    return ChatRequest(question, "gemini-2.5-flash", stream, include_usage)


def body_of(response: WireResponse) -> Any:
    assert isinstance(response.body, (bytes, ChunkedBody))
    return json.loads(
        response.body.join_chunks() if isinstance(response.body, ChunkedBody) else response.body
    )


@pytest.mark.parametrize("finish", [FinishReason.PROHIBITED_CONTENT, FinishReason.SAFETY])
def test_a_blocked_choice_has_no_message(finish: FinishReason) -> None:
    answer = body_of(
        google_completions.encode_completion(
            request(), reply(Candidate((), finish)), google_parts.GEMINI
        )
    )
    assert answer["choices"] == [{"finish_reason": f"content_filter: {finish.value}", "index": 0}]
    assert answer["usage"] == {"completion_tokens": 0, "prompt_tokens": 5, "total_tokens": 5}


def test_a_malformed_call_has_only_a_role() -> None:
    answer = body_of(
        google_completions.encode_completion(
            request(),
            reply(Candidate((), FinishReason.MALFORMED_FUNCTION_CALL)),
            google_parts.GEMINI,
        )
    )
    reason = "function_call_filter: MALFORMED_FUNCTION_CALL"
    assert answer["choices"] == [
        {"finish_reason": reason, "index": 0, "message": {"role": "assistant"}}
    ]


def test_an_empty_stream_is_one_chunk_with_a_role_and_its_usage() -> None:
    """As recorded on 2026-07-19.

    Evidence: report-empty-stream.
    """
    response = google_completions.encode_completion(
        request(stream=True, include_usage=True),
        reply(Candidate(()), Usage(5051, 0)),
        google_parts.GEMINI,
    )
    assert isinstance(response.body, ChunkedBody)
    first, done = response.body.iter_chunks()
    assert done == b"data: [DONE]\n\n"
    chunk = json.loads(first.removeprefix(b"data: "))
    assert chunk["choices"] == [
        {"delta": {"role": "assistant"}, "finish_reason": "stop", "index": 0}
    ]
    assert chunk["usage"] == {"completion_tokens": 0, "prompt_tokens": 5051, "total_tokens": 5051}


def test_usage_has_cached_tokens_only_if_there_are_any() -> None:
    usage = Usage(4634, 19, cached=4088)
    answer = body_of(
        google_completions.encode_completion(
            request(), reply(Candidate((Text("391"),)), usage), google_parts.GEMINI
        )
    )
    assert json.dumps(answer["usage"], separators=(",", ":")) == (
        '{"completion_tokens":19,"prompt_tokens":4634,"prompt_tokens_details":{"cached_tokens":4088},"total_tokens":4653}'
    )


def test_a_gateway_says_content_filter() -> None:
    answer = body_of(
        gateway_completions.encode_completion(request(), reply(Candidate((), FinishReason.SAFETY)))
    )
    assert answer["choices"][0]["finish_reason"] == "content_filter"
    assert answer["choices"][0]["message"] == {"role": "assistant", "content": None}


@pytest.mark.parametrize("text", ["Hello there.", "Zoë says “hi” 🙂 \n\t", "x" * 5000])
@pytest.mark.parametrize("thoughts", [0, 40])
def test_the_fast_text_renderer_writes_the_same_bytes(text: str, thoughts: int) -> None:
    one = reply(Candidate((Text(text),)), Usage(5, 7, thoughts))
    reply_ids = make_reply_ids(google_parts.GEMINI.id_scheme, one.id_seed, one.created, 0, "2.5")
    assert google_completions.plain_text_of(one.draft) == Text(text)
    short = google_completions.render_text_completion(request(), one.draft, reply_ids, text)
    assert dump_compact(short) == dump_compact(
        google_completions.CompletionWriter(
            request(), one.draft, reply_ids, google_parts.GEMINI
        ).render_completion()
    )


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate(()),
        Candidate((Text(""),)),
        Candidate((Text("x"),), FinishReason.MAX_TOKENS),
        Candidate((Text("x", thought=True),)),
        Candidate((Text("x", signature="s"),)),
        Candidate((Text("x"), Text("y"))),
    ],
)
def test_the_fast_text_renderer_is_only_for_plain_text(candidate: Candidate) -> None:
    assert google_completions.plain_text_of(reply(candidate).draft) is None
