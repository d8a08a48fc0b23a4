"""Embeddings: sizes, encodings, refusals, and neighbours that make sense."""

from __future__ import annotations

import base64
import json
import math
import struct
from typing import Any

import pytest

from mockgem.operations.generators.vector import embed_text, make_vector
from tests.asking import GATEWAY, GEMINI, VERTEX, Answer, Asker

SPACE = "gemini-embedding-001"
PAIRS = (
    ("How do I reset my password?", "I forgot my password and need to reset it"),
    ("The cat sat on the mat", "A cat is sitting on a mat"),
    ("What is the weather in Paris today?", "Tell me today's weather for Paris"),
    ("Best recipe for chocolate cake", "How to bake a cake with chocolate"),
    ("Our refund policy lasts 30 days", "You can get refunds within 30 days"),
    ("Python list comprehension tutorial", "Learn list comprehensions in Python"),
    ("Stock prices fell sharply on Monday", "On Monday the prices of stocks were falling"),
    ("The company hired three engineers", "Three new engineers were hired by the company"),
    (
        "Where is the company headquartered?",
        "The company's headquarters moved from Berlin to Munich in 2019.",
    ),
    ("Die Katze schläft auf dem Sofa", "Auf dem Sofa schlafen zwei Katzen"),
    ("東京の天気はどうですか", "東京の天気を教えて"),
)


def cosine(one: list[float], other: list[float]) -> float:
    dot = sum(a * b for a, b in zip(one, other, strict=True))
    return dot / math.hypot(*one) / math.hypot(*other)


def embed(text: Any, *, surface: str = GEMINI, model: str = SPACE, **more: Any) -> Answer:
    body = json.dumps({"model": model, "input": text, **more}).encode()
    return Asker().send("POST", surface + "/embeddings", body)


@pytest.mark.parametrize("size", [128, 256, 768, 1536, 3072])
def test_the_nearest_neighbour_of_a_text_is_its_paraphrase(size: int) -> None:
    left = [embed_text(one, SPACE, 3072, size).to_list() for one, _ in PAIRS]
    right = [embed_text(other, SPACE, 3072, size).to_list() for _, other in PAIRS]
    for number, one in enumerate(left):
        near = [cosine(one, other) for other in right]
        assert near.index(max(near)) == number
        assert max(near) > 0.3


def test_vectors_of_unrelated_texts_are_nearly_orthogonal() -> None:
    left = [embed_text(one, SPACE, 3072).to_list() for one, _ in PAIRS]
    right = [embed_text(other, SPACE, 3072).to_list() for _, other in PAIRS]
    far = [
        abs(cosine(one, other))
        for a, one in enumerate(left)
        for b, other in enumerate(right)
        if a != b
    ]
    assert sum(far) / len(far) < 0.05
    assert max(far) < 0.35


GOLDEN_FOX = [-0.0036093499, 0.01082805, 0.085722059, 0.00090233746]
GOLDEN_SUM = -716771
GOLDEN_GREETING = [0.0019672808, -0.0039345616, 0.0059018424, 0.0039345616]


def test_a_text_has_the_same_vector_on_every_machine_and_in_every_version() -> None:
    first = embed_text("The quick brown fox jumps over the lazy dog.", SPACE, 3072)
    assert first.to_list()[:4] == GOLDEN_FOX
    assert sum(place * count for place, count in enumerate(first.counts)) == GOLDEN_SUM
    assert (
        embed_text("Schöne Grüße, 東京! 🙂", "text-embedding-004", 768).to_list()[:4]
        == GOLDEN_GREETING
    )


def test_a_vector_has_the_length_one_and_a_shortened_one_is_its_beginning() -> None:
    whole = embed_text("Some text", SPACE, 3072).to_list()
    assert math.isclose(math.hypot(*whole), 1, rel_tol=1e-6)
    assert embed_text("Some text", SPACE, 3072, 256, unit=False).to_list() == whole[:256]


@pytest.mark.parametrize(
    ("model", "unit"), [("gemini-embedding-001", False), ("gemini-embedding-2", True)]
)
def test_only_the_newer_model_gives_short_vectors_the_length_one(model: str, unit: bool) -> None:
    short = embed("hello there", model=model, dimensions=256).json["data"][0]["embedding"]
    assert len(short) == 256
    assert math.isclose(math.hypot(*short), 1, rel_tol=1e-5) is unit


@pytest.mark.parametrize(
    ("model", "size"), [("gemini-embedding-001", 3072), ("text-embedding-004", 768)]
)
def test_a_model_has_its_size(model: str, size: int) -> None:
    assert len(embed("x", model=model).json["data"][0]["embedding"]) == size


def test_base64_contains_the_same_numbers() -> None:
    floats = embed("hello", encoding_format="float").json["data"][0]["embedding"]
    packed = base64.b64decode(embed("hello", encoding_format="base64").json["data"][0]["embedding"])
    assert struct.unpack("<3072f", packed) == pytest.approx(floats, rel=1e-6)


def test_an_index_of_zero_is_left_out() -> None:
    answer = embed(["a", "b", "c"])
    assert [row.get("index") for row in answer.json["data"]] == [None, 1, 2]
    assert [list(row) for row in answer.json["data"]] == [
        ["object", "embedding"],
        *[["object", "embedding", "index"]] * 2,
    ]
    assert list(answer.json) == ["object", "data", "model"]
    assert answer.json["model"] == "models/gemini-embedding-001"


def test_a_gateway_answers_as_openai_does() -> None:
    answer = embed(["a", "b"], surface=GATEWAY)
    assert [row["index"] for row in answer.json["data"]] == [0, 1]
    assert answer.json["model"] == SPACE
    assert answer.json["usage"] == {"prompt_tokens": 2, "total_tokens": 2}


def test_vertex_has_no_embeddings() -> None:
    assert embed("x", surface=VERTEX).status == 404


@pytest.mark.parametrize(
    ("text", "more", "message"),
    [
        (
            ["x"] * 101,
            {},
            "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch\n",
        ),
        ("", {}, "EmbedContentRequest.content contains an empty Part."),
        (["a", ""], {}, "EmbedContentRequest.content contains an empty Part."),
        ([], {}, "* BatchEmbedContentsRequest.requests: requests is not specified\n"),
        ("x", {"dimensions": 4000}, "Request contains an invalid argument."),
        ("x", {"dimensions": -1}, "Request contains an invalid argument."),
        (
            [1, 2],
            {},
            "Invalid value at 'input[0]' (TYPE_STRING), 1\n"
            "Invalid value at 'input[1]' (TYPE_STRING), 2",
        ),
        (
            "x",
            {"colour": 1},
            'Invalid JSON payload received. Unknown name "colour": Cannot find field.',
        ),
    ],
)
def test_an_invalid_request_is_refused(text: Any, more: dict[str, Any], message: str) -> None:
    answer = embed(text, **more)
    assert answer.status == 400
    assert isinstance(answer.json, dict)
    assert answer.error["message"] == message


def test_a_chat_model_does_not_embed() -> None:
    answer = embed("x", model="gemini-2.5-flash")
    assert answer.status == 404
    assert "is not supported for embedContent" in answer.error["message"]


def test_a_vector_is_a_value() -> None:
    assert make_vector((1, 0), 1.0).to_json() == b"[1,0]"
