"""Which recording is played for a request."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest, iter_frames
from mockgem.recording import matching
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import (
    MatchableRequest,
    RequestMatcher,
    normalize_request,
    request_of,
)
from mockgem.recording.modes import build_matching
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


def test_ignored_places_do_not_count() -> None:
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


def test_a_miss_shows_the_nearest_recording_and_the_differences() -> None:
    library = InteractionIndex([chat("one"), chat("two", uri=URI + "?alt=sse")], RequestMatcher())
    body = body_of(chat("one"))
    body["temperature"] = 0.5
    nearest = library.find_nearest(request_for(body))
    assert nearest is not None
    assert nearest.differences == ("body.temperature: recorded nothing, received 0.5",)


def test_the_chunks_of_an_upload_differ_by_their_command() -> None:
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


def test_an_upload_without_headers_fits_every_command() -> None:
    """Other tools leave the headers of uploads out of their recordings."""
    uri = "/upload/v1beta/fileSearchStores/a:uploadToFileSearchStore"
    one = chat(uri=f"https://x{uri}", request_body=b"{}")
    library = InteractionIndex([one], RequestMatcher())
    start = normalize_request("POST", uri, b"{}", {"x-goog-upload-command": "start"})
    other = normalize_request("POST", uri, b"[]", {"x-goog-upload-command": "start"})
    assert library.count_recordings(start) == 1
    assert library.take_next(other, make_world()) is None
    assert library.take_next(start, make_world())


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


@pytest.mark.parametrize(
    ("first", "second", "is_equal"),
    [
        ("1", "1.0", True),
        ("1", "1e0", True),
        ("0.5", "5e-1", True),
        ("100000", "1E5", True),
        ("0", "-0.0", True),
        ("1", "1.5", False),
        ("1", "true", False),
        ("1", '"1"', False),
        ("9007199254740993", "9007199254740992", False),
    ],
)
def test_equal_json_numbers_match(first: str, second: str, is_equal: bool) -> None:
    body = '{"temperature": %s}'
    index = InteractionIndex([chat(request_body=(body % first).encode())], RequestMatcher())
    request = request_for((body % second).encode())
    assert (index.take_next(request, make_world()) is not None) is is_equal
    nearest = index.find_nearest(request)
    assert nearest is not None
    assert bool(nearest.differences) is not is_equal


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("$.messages[0].content", {"messages": [{"content": "b"}, {"content": "c"}]}),
        ("messages[0].content", {"messages": [{"content": "b"}, {"content": "c"}]}),
        ("$.messages.0.content", {"messages": [{"content": "b"}, {"content": "c"}]}),
        ("$.messages[*].content", {"messages": [{"content": "b"}, {"content": "d"}]}),
        ("$['messages'][0]", {"messages": [{"content": "b"}, {"content": "c"}]}),
        ('$["messages"]', {"messages": []}),
    ],
)
def test_ignored_paths_may_have_indexes(path: str, body: Any) -> None:
    recorded = {"messages": [{"content": "a"}, {"content": "c"}]}
    interaction = chat(request_body=json.dumps(recorded).encode())
    index = InteractionIndex([interaction], RequestMatcher(ignore=(path,)))
    assert index.take_next(request_for(body), make_world()) is interaction
    other = {"messages": [{"content": "b"}, {"content": "c"}], "model": "m"}
    assert index.take_next(request_for(other), make_world()) is None


@pytest.mark.parametrize(
    ("path", "recorded", "body", "is_found"),
    [
        (
            "$.contents[*].parts[*].function_call.id",
            {"contents": [{"parts": [{"text": "a"}, {"function_call": {"id": "1", "name": "f"}}]}]},
            {"contents": [{"parts": [{"text": "a"}, {"function_call": {"id": "2", "name": "f"}}]}]},
            True,
        ),
        (
            "$.contents[*].parts[*].function_call.id",
            {"contents": [{"parts": [{"function_call": {"id": "1", "name": "f"}}]}]},
            {"contents": [{"parts": [{"function_call": {"id": "1", "name": "g"}}]}]},
            False,
        ),
        ("$.messages[0].content", {"messages": [{"content": "a"}]}, {"messages": [{}]}, True),
        ("$.a[1]", {"a": [1, 2]}, {"a": [1, 3]}, True),
        ("$.a[1]", {"a": [1, 2]}, {"a": [0, 2]}, False),
        ("$.a[*][0]", {"a": [[1, 2], [3]]}, {"a": [[5, 2], [6]]}, True),
        ("$.a[*][0]", {"a": [[1, 2], [3]]}, {"a": [[5, 7], [6]]}, False),
        ("$.*.id", {"a": {"id": 1}, "b": 2}, {"a": {"id": 3}, "b": 2}, True),
        ("$.a[*]", {"a": [1, 2]}, {"a": []}, True),
    ],
)
def test_ignored_places_inside_lists(path: str, recorded: Any, body: Any, is_found: bool) -> None:
    interaction = chat(request_body=json.dumps(recorded).encode())
    index = InteractionIndex([interaction], build_matching(Settings(ignore=(path,))))
    assert (index.take_next(request_for(body), make_world()) is interaction) is is_found


FORM = "--{0}\r\nContent-Disposition: form-data; name=file\r\n\r\n{1}\r\n--{0}--\r\n"


@pytest.mark.parametrize(
    ("content_type", "text", "is_found"),
    [
        ("multipart/form-data; boundary=two", "content", True),
        ('Multipart/Form-Data; boundary="two"; charset=utf-8', "content", True),
        ("multipart/form-data; boundary=two", "other", False),
        ("text/plain; boundary=two", "content", False),
    ],
)
@pytest.mark.parametrize("binary", ["", "\udcff"])
def test_a_form_matches_whatever_its_boundary(
    content_type: str, text: str, is_found: bool, binary: str
) -> None:
    def body(boundary: str, text: str) -> bytes:
        return FORM.format(boundary, text + binary).encode("utf-8", "surrogateescape")

    recorded = chat(
        request_headers=(("Content-Type", "multipart/form-data; boundary=one"),),
        request_body=body("one", "content"),
    )
    index = InteractionIndex([recorded], RequestMatcher())
    headers = {"content-type": content_type}
    request = normalize_request("POST", recorded.uri, body("two", text), headers)
    assert (index.take_next(request, make_world()) is recorded) is is_found


@pytest.mark.parametrize("written", ["functionCall", "function_call"])
@pytest.mark.parametrize("ignored", ["functionCall", "function_call"])
def test_ignored_names_may_be_in_snake_case_or_camel_case(written: str, ignored: str) -> None:
    """The API accepts both in requests, and SDKs differ in what they send."""

    def ask(number: int) -> Interaction:
        body = {"contents": [{"parts": [{written: {"id": str(number), "name": "f"}}]}]}
        return chat(request_body=json.dumps(body).encode())

    path = f"$.contents[*].parts[*].{ignored}.id"
    index = InteractionIndex([ask(1)], RequestMatcher(ignore=(path,)))
    assert index.take_next(request_of(ask(2)), make_world()) == ask(1)


@pytest.mark.parametrize("path", ["", "$", "$.", "$..user", "$.a[", "$.a[x]", "$.a]", "$.a[0]b"])
def test_an_ignored_path_of_another_form_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"use a path into the JSON body, like \$\.user"):
        build_matching(Settings(ignore=(path,)))


def test_what_was_played_in_a_world_is_forgotten_with_the_world() -> None:
    index = InteractionIndex([chat()], RequestMatcher())
    request = request_for(body_of(chat()))
    for _ in range(3):
        world = make_world("a")
        assert index.take_next(request, world) is not None
        assert index.take_next(request, world) is None
        assert index.take_next(request_for({"not": "recorded"}), world) is None
        assert len(index.play_counts) == 1
        assert index.counts_of(world).total() == 1
    del world
    assert not index.play_counts


@pytest.mark.parametrize("how", ["reset", "delete", "evict"])
async def test_a_world_plays_from_the_beginning_after_it_was_emptied(
    tmp_path: Path, how: str
) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(path, [chat("hi", b'{"n": 1}'), chat("hi", b'{"n": 2}')])
    app = create_app(Settings(cassette=str(path), on_miss="fail"))

    async def send(method: str, target: str, body: bytes = b"") -> Any:
        response = await app.handler(WireRequest(method, target, {}, {"host": "localhost"}, body))
        return json.loads(b"".join([frame.data async for frame in iter_frames(response.body)]))

    async def play() -> list[Any]:
        target = "/w/a/v1beta/openai/chat/completions"
        answers = [await send("POST", target, chat("hi").request_body) for _ in range(3)]
        return [answer.get("n") if isinstance(answer, dict) else None for answer in answers]

    assert await play() == [1, 2, None]
    if how == "evict":
        await app.worlds.release("a")
    elif how == "reset":
        await send("POST", "/w/a/_mockgem/reset")
    else:
        await send("DELETE", "/_mockgem/worlds/a")
    assert await play() == [1, 2, None]
