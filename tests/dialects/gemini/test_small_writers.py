"""What the native dialect writes and reads beside replies: counts, links of videos, programs."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import CodeResult, ExecutableCode, Text, Turn
from mockgem.core.http import ChunkedBody, WireRequest
from mockgem.core.models import Model
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.gemini.contents import decode_turns
from mockgem.dialects.gemini.errors import replace_text
from mockgem.dialects.gemini.tokens import encode_count
from mockgem.dialects.gemini.video_operations import get_base_url, render_video_error
from mockgem.operations.count_tokens import TokenCount
from mockgem.operations.generate_request import GenerateRequest

QUESTION = GenerateRequest("m", (Turn("user", (Text("a"),)),))


def make_count(modalities: Any = (), cached: int = 0, characters: int = 0) -> TokenCount:
    model = Model("gemini-2.5-flash", "Gemini 2.5 Flash", family="2.5")
    return TokenCount(model, 5, modalities, cached, characters)


def encode(count: TokenCount, *, vertex: bool = False) -> Any:
    body = encode_count(QUESTION, count, vertex=vertex).body
    assert isinstance(body, ChunkedBody)
    return parse_json(body.join_chunks())


def test_a_count_shows_cached_tokens_and_on_vertex_ai_characters() -> None:
    text = [{"modality": "TEXT", "tokenCount": 5}]
    assert encode(make_count()) == {"totalTokens": 5, "promptTokensDetails": text}
    count = make_count(cached=3, characters=9)
    assert encode(count) == {
        "totalTokens": 5,
        "cachedContentTokenCount": 3,
        "promptTokensDetails": text,
    }
    assert encode(count, vertex=True)["totalBillableCharacters"] == 9
    mixed = make_count((("TEXT", 1), ("IMAGE", 4)))
    assert encode(mixed)["promptTokensDetails"] == [
        {"modality": "TEXT", "tokenCount": 1},
        {"modality": "IMAGE", "tokenCount": 4},
    ]


@pytest.mark.parametrize(
    ("agent", "scheme"),
    [
        ("google-genai-sdk/1.0 gl-python/3.11", "https"),
        ("my-google-genai-sdk/1.0", "http"),
        ("", "http"),
    ],
)
def test_links_of_videos_begin_with_https_for_google_s_sdks_alone(agent: str, scheme: str) -> None:
    headers = {"host": "localhost:8090", "x-goog-api-client": agent}
    wire = WireRequest("GET", "/v1beta/x", {}, headers, b"")
    assert get_base_url(wire) == f"{scheme}://localhost:8090"


def test_a_video_that_failed_says_why() -> None:
    class Video:
        problems: Any = ()

    video: Any = Video()
    assert render_video_error(video) == {
        "code": 13,
        "message": "The video could not be generated.",
    }
    video.problems = [{"message": "too long"}, {"message": "too late"}]
    assert render_video_error(video) == {"code": 3, "message": "too long"}


def test_programs_and_their_results_may_come_back() -> None:
    parts = [
        {"executable_code": {"code": "print(1)", "id": "e1"}},
        {"code_execution_result": {"outcome": "outcome_failed", "output": "bad", "id": "e1"}},
        {"executable_code": {}},
        {"code_execution_result": {}},
    ]
    (turn,) = decode_turns([{"role": "model", "parts": parts}])
    assert turn.parts == (
        ExecutableCode("print(1)", "e1"),
        CodeResult("bad", "FAILED", "e1"),
        ExecutableCode("", ""),
        CodeResult("", "OK", ""),
    )


def test_text_is_replaced_in_texts_alone() -> None:
    given = {"a": ["x y", 1, None], "x": {"b": "xx"}, "c": True}
    assert replace_text(given, "x", "z") == {"a": ["z y", 1, None], "x": {"b": "zz"}, "c": True}
