"""Which recording a request gets."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from mockgem.recording import matching
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import (
    MatchableRequest,
    RequestMatcher,
    normalize_request,
    request_of,
)
from tests.recording.interactions import URI, chat, make_world

JSON = {"content-type": "application/json"}


def request_for(
    body: Any, uri: str = "/v1beta/openai/chat/completions", method: str = "POST"
) -> MatchableRequest:
    return normalize_request(
        method, uri, body if isinstance(body, bytes) else json.dumps(body).encode(), JSON
    )


def body_of(one: Interaction) -> Any:
    return json.loads(one.request_body)


@pytest.mark.parametrize(
    "again",
    [
        lambda body: json.dumps(dict(reversed(body.items()))).encode(),
        lambda body: json.dumps(body, indent=7).encode(),
        lambda body: json.dumps(body, ensure_ascii=False).encode(),
    ],
)
def test_order_and_white_space_do_not_matter(again: Any) -> None:
    library = InteractionIndex([chat("é")], RequestMatcher())
    assert library.take_next(request_for(again(body_of(chat("é")))), make_world())


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("/v1beta/openai/chat/completions?key=x", True),
        ("/v1beta/openai/chat/completions?access_token=x", True),
        ("/v1beta/openai/chat/completions?alt=sse", False),
        ("/v1beta/openai/embeddings", False),
        ("/v1/chat/completions", False),
    ],
)
def test_path_and_query_without_keys(uri: str, found: bool) -> None:
    one = chat()
    assert (
        InteractionIndex([one], RequestMatcher()).take_next(
            request_for(body_of(one), uri), make_world()
        )
        is not None
    ) is found


def test_equal_requests_play_in_order_and_then_end() -> None:
    world = make_world()
    library = InteractionIndex(
        [chat(answer=b"1"), chat("other"), chat(answer=b"2")], RequestMatcher()
    )
    again = request_for(body_of(chat()))
    assert [getattr(library.take_next(again, world), "body", None) for _ in range(3)] == [
        b"1",
        b"2",
        None,
    ]
    assert library.count_recordings(again) == 2
    repeating = InteractionIndex(
        [chat(answer=b"1"), chat(answer=b"2")], RequestMatcher(), repeat_last=True
    )
    assert [getattr(repeating.take_next(again, world), "body", None) for _ in range(4)] == [
        b"1",
        b"2",
        b"2",
        b"2",
    ]


def test_each_world_plays_from_the_beginning() -> None:
    first, second = make_world(), make_world("a")
    library = InteractionIndex([chat(answer=b"1")], RequestMatcher())
    again = request_for(body_of(chat()))
    assert [
        getattr(library.take_next(again, world), "body", None) for world in (first, second, second)
    ] == [
        b"1",
        b"1",
        None,
    ]


def test_places_that_are_passed_over() -> None:
    one = replace(
        chat(), request_body=b'{"user": "a", "metadata": {"id": 1, "at": 2}, "model": "m"}'
    )
    other = {"user": "b", "metadata": {"id": 3, "at": 4}, "model": "m"}
    assert (
        InteractionIndex([one], RequestMatcher()).take_next(request_for(other), make_world())
        is None
    )
    assert InteractionIndex([one], RequestMatcher(ignore=("$.user", "$.metadata.*"))).take_next(
        request_for(other), make_world()
    )
    assert InteractionIndex([one], RequestMatcher(match_on=("method", "path"))).take_next(
        request_for({}), make_world()
    )


def test_a_miss_tells_the_nearest_and_the_difference() -> None:
    library = InteractionIndex([chat("one"), chat("two", uri=URI + "?alt=sse")], RequestMatcher())
    body = body_of(chat("one"))
    body["temperature"] = 0.5
    nearest = library.find_nearest(request_for(body))
    assert nearest is not None
    assert nearest.differences == ("body.temperature: recorded nothing, received 0.5",)


def test_the_pieces_of_an_upload_are_told_apart_by_what_they_do() -> None:
    headers = (("X-Goog-Upload-Command", "upload"), ("X-Goog-Upload-Offset", "0"))
    one = chat(
        uri="https://x/upload/v1beta/files?upload_id=REDACTED",
        request_body=b"\0" * 100,
        request_headers=headers,
    )
    library = InteractionIndex([one], RequestMatcher())
    uri = "/upload/v1beta/files?upload_id=another"
    last = {"x-goog-upload-command": "upload, finalize", "x-goog-upload-offset": "0"}
    assert (
        library.take_next(normalize_request("POST", uri, b"\0" * 100, last), make_world()) is None
    )
    assert library.take_next(
        normalize_request("POST", uri, b"\0" * 100, last | {"x-goog-upload-command": "upload"}),
        make_world(),
    )


def test_finding_one_is_one_look_however_many_there_are() -> None:
    many = [chat(str(number)) for number in range(3000)]
    looked: list[MatchableRequest] = []

    class Counting(RequestMatcher):
        def compute_key(self, request: MatchableRequest) -> bytes:
            looked.append(request)
            return super().compute_key(request)

    library = InteractionIndex(many, Counting())
    assert max(map(len, library.index.values())) == 1
    looked.clear()
    assert library.take_next(request_of(many[-1]), make_world()) is many[-1]
    assert len(looked) == 1


def test_a_body_that_is_too_large_to_keep_is_found_by_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "MAX_RECORDED_BODY", 100)
    library = InteractionIndex(
        [chat(request_body=matching.render_size_placeholder(101))], RequestMatcher()
    )
    assert library.take_next(request_for(b"x" * 101), make_world())
    assert library.take_next(request_for(b"x" * 102), make_world()) is None
