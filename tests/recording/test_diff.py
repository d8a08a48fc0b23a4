"""What commands say about a cassette: differences, problems, rows, whole interactions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mockgem.recording.cassette_reader import Cassette
from mockgem.recording.diff import (
    Difference,
    compare,
    find_problems,
    find_question,
    format_interaction,
    summarize_interaction,
)
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher
from mockgem.recording.redaction import Redactor
from tests.recording.interactions import KEY, URI, chat, stream

PATH = "/v1beta/openai/chat/completions"


def test_cassettes_are_compared_request_by_request() -> None:
    first = [chat("a", b"1"), chat("b", b'{"x": 1, "y": [1]}'), chat("b", b"3"), chat("c")]
    other = chat("b", b'{"x": 2, "y": [1, 2], "z": 0}', status=201)
    second = [chat("d"), other, chat("c"), chat("b", b"3"), chat("c", b"{}")]
    found = list(compare(first, second, RequestMatcher()))
    assert found == [
        Difference("only in the first", first[0]),
        Difference(
            "other answer",
            first[1],
            (
                "status: 200, then 201",
                "body.x: 1, then 2",
                "body.y: [1], then [1, 2]",
                "body.z: nothing, then 0",
            ),
        ),
        Difference("only in the second", second[0]),
        Difference("only in the second", second[4]),
    ]
    assert list(compare(first, first, RequestMatcher())) == []
    assert list(compare([chat("x")], [chat("y")], RequestMatcher(("method", "path")))) == []


def test_differences_show_no_secrets() -> None:
    (one,) = compare([chat("a", KEY.encode())], [chat("a", b"x")], RequestMatcher())
    assert one.lines == ('body: "REDACTED", then "x"',)
    assert one.interaction.body == b"REDACTED"


def problems(*interactions: Interaction, torn: int = 0, remedy: str = "scrub") -> list[str]:
    cassette = Cassette(Path("a.yaml"), interactions, torn)
    return list(find_problems(cassette, Redactor(), remedy))


def test_each_problem_of_a_cassette() -> None:
    assert problems(chat("a")) == []
    assert problems() == ["it has no interactions"]
    assert problems(chat("a"), torn=7) == [
        "its last 7 bytes are an incomplete interaction; the others are complete"
    ]
    name = f"POST {PATH} → 200"
    chunked = stream(b"a", b"b")
    assert problems(chat("a"), chat("a", broken="lost"), chunked) == [
        f"2. {name}: the response broke off (lost)"
    ]
    assert problems(replace(chunked, body=b"abc")) == [
        f"1. {name}: its chunks do not add up to its body, so it is played at once"
    ]
    assert problems(chat("a", status=599), chat("a", status=600)) == [
        f"2. POST {PATH} → 600: 600 is not a status code of HTTP"
    ]
    leak = f"1. POST {PATH}: something that looks like a secret is left in the request's body"
    assert problems(chat(KEY)) == [f"{leak}; mockgem cassette scrub removes it"]
    assert problems(chat(KEY), remedy="convert") == [f"{leak}; mockgem cassette convert removes it"]


@pytest.mark.parametrize(
    ("one", "row"),
    [
        (chat("hello", b"12345"), f'POST {PATH} → 200  5 bytes, whole  "hello"'),
        (stream(b"ab", b"c"), f'POST {PATH} → 200  3 bytes, 2 chunks  "stream"'),
        (chat("a", broken="x", chunks=((1, 14),)),
         f'POST {PATH} → 200  15 bytes, whole, broken off  "a"'),
        (chat(request_body=b"[]", status=404), f"POST {PATH} → 404  15 bytes, whole"),
        (chat(uri=f"https://x/{KEY}?key=1"),
         'POST /REDACTED → 200  15 bytes, whole  "hi"'),
        (chat(f"my {KEY}"), f'POST {PATH} → 200  15 bytes, whole  "my REDACTED"'),
    ],
)  # fmt: skip
def test_an_interaction_in_a_row(one: Interaction, row: str) -> None:
    assert summarize_interaction(one) == row


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ({"messages": [{"content": "a"}, {"content": "b"}]}, '"b"'),
        ({"messages": [{"content": [{"text": "a"}, {"type": "x"}, {"text": "b"}]}]}, '"a b"'),
        ({"contents": [{"parts": [{"text": "a"}, 5, {"inlineData": 1}]}]}, '"a"'),
        ({"messages": [{"content": "a"}], "contents": [{"parts": []}]}, '"a"'),
        ({"messages": [], "contents": [{"parts": "x"}]}, '"x"'),
        ({"messages": [5], "input": ["a", 1]}, '["a", 1]'),
        ({"messages": [{"content": None}]}, '""'),
        ({"contents": [{"parts": [{"text": "a"}]}, {"parts": [{"text": "b"}]}]}, '"b"'),
        ({"input": "é"}, '"é"'),
        ({}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_question_of_a_request(body: Any, question: str) -> None:
    assert find_question(body) == question


def test_a_whole_interaction_for_people() -> None:
    one = stream(
        b'{"a": "\xc3\xa9"}',
        b"",
        request_headers=(("Authorization", "Bearer own-credential-42"), ("A", "1")),
    )
    one = replace(one, chunks=((5, 11), (17, 0)), request_body=b'{"b": [1]}', uri=f"{URI}?x=1")
    assert format_interaction(one) == "\n".join(
        [
            f"POST {URI}?x=1",
            "Authorization: REDACTED",
            "A: 1",
            "",
            '{\n  "b": [\n    1\n  ]\n}',
            "",
            "200 OK",
            "Content-Type: text/event-stream",
            "(2 chunks, the first after 5 ms, the last after 17 ms)",
            "",
            '{\n  "a": "é"\n}',
        ]
    )
    plain = chat("a", b"own-credential-42 \xff", request_headers=one.request_headers)
    assert format_interaction(plain).endswith("Content-Type: application/json\n\nREDACTED \ufffd")
