"""`--stream-words`: streams in pieces that look like typing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.operations.deltas import split_text, split_words
from tests.asking import GATEWAY, GEMINI, Asker


def test_a_column_of_numbers_is_split_as_recorded() -> None:
    numbers = "\n".join(str(number) for number in range(1, 31))
    assert [len(piece) for piece in split_text(numbers)] == [31, 47, 2]
    minified = json.dumps({"names": ["Anna", "Bert"] * 10}, separators=(",", ":"))
    assert len(split_text(minified)) > 2
    assert split_text("incomprehensibilities") == ["incomprehensibilities"]


@given(st.text(max_size=200), st.integers(1, 9))
def test_the_pieces_add_up_to_the_text(text: str, count: int) -> None:
    pieces = split_words(text, count)
    assert "".join(pieces) == text
    assert all(len(piece.split()) <= count for piece in pieces)


@pytest.mark.parametrize(
    ("text", "count", "pieces"),
    [
        ("one two  three\n", 1, ("one", " two", "  three\n")),
        ("one two three", 2, ("one two", " three")),
        ("天気は晴れ", 2, ("天気", "は晴", "れ")),
        ("👩‍👩‍👧 family", 1, ("👩‍👩‍👧", " family")),
        (" \n", 1, (" \n",)),
    ],
)
def test_words(text: str, count: int, pieces: tuple[str, ...]) -> None:
    assert split_words(text, count) == pieces


def say(asker: Asker, reply: Any) -> None:
    rule = {"say": reply, "when": {"times": 1}}
    headers = {"content-type": "application/json"}
    asker.send("POST", "/_mockgem/rules", json.dumps({"rule": rule}).encode(), headers)


@pytest.mark.parametrize("surface", [GEMINI, GATEWAY])
def test_a_stream_has_a_word_in_each_event(surface: str) -> None:
    asker = Asker(stream_words=1)
    say(asker, "It is sunny today")
    chunks = asker.chat("Weather?", surface=surface, stream=True).events
    texts = [chunk["choices"][0]["delta"].get("content") for chunk in chunks if chunk["choices"]]
    assert [text for text in texts if text] == ["It", " is", " sunny", " today"]


def test_a_native_stream_and_generated_texts_too() -> None:
    asker = Asker(stream_words=1)
    body = json.dumps({"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}).encode()
    path = "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
    for _ in range(3):  # also from the cache
        answer = asker.send("POST", path, body, query={"alt": "sse"})
        events = [json.loads(block[6:]) for block in answer.text.split("\r\n\r\n") if block]
        contents = [event["candidates"][0].get("content", {}) for event in events]
        texts = [part["text"] for content in contents for part in content.get("parts", ())]
        assert len(texts) > 3
        assert all(len(text.split()) == 1 for text in texts)


def test_a_scenario_s_own_pieces_stay() -> None:
    asker = Asker(stream_words=1)
    say(asker, {"chunks": ["It is ", "sunny"]})
    chunks = asker.chat("Weather?", stream=True).events
    texts = [chunk["choices"][0]["delta"].get("content") for chunk in chunks if chunk["choices"]]
    assert [text for text in texts if text] == ["It is ", "sunny"]


def test_whole_answers_are_the_same() -> None:
    plain, typed = Asker().chat("Hi"), Asker(stream_words=1).chat("Hi")
    assert plain.json == typed.json
