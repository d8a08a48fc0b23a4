"""The same words on every surface, whole and in pieces."""

from __future__ import annotations

import json
import unicodedata

import pytest

from mockgem.core.content import Candidate, FinishReason, Text
from mockgem.operations.deltas import split_deltas, split_text
from tests.asking import GATEWAY, GEMINI, VERTEX, Asker
from tests.operations.forms.prompt_files import Prompt, ask_prompt, read_prompts

NATIVE = "/v1beta/models/gemini-2.5-flash"


def ask_natively(prompt: Prompt, asker: Asker, method: str) -> str:
    turns = [*prompt.history, prompt.text]
    body = {
        "contents": [
            {"role": ("user", "model")[at % 2], "parts": [{"text": text}]}
            for at, text in enumerate(turns)
        ]
    }
    if prompt.system:
        body["systemInstruction"] = {"parts": [{"text": prompt.system}]}  # type: ignore[assignment]
    answer = asker.send("POST", f"{NATIVE}:{method}", json.dumps(body).encode())
    events = answer.json if isinstance(answer.json, list) else [answer.json]
    return "".join(
        part["text"]
        for event in events
        for part in event["candidates"][0].get("content", {}).get("parts", ())
        if not part.get("thought")
    )


@pytest.mark.parametrize("prompt", read_prompts("prompts")[::9], ids=str)
def test_the_words_are_the_same_on_every_surface(prompt: Prompt) -> None:
    asker = Asker()
    texts = {ask_prompt(prompt, asker, surface=surface) for surface in (GEMINI, GATEWAY, VERTEX)}
    texts |= {ask_natively(prompt, asker, name) for name in ("generateContent",)}
    texts.add(ask_natively(prompt, asker, "streamGenerateContent"))
    assert len(texts) == 1


@pytest.mark.parametrize("prompt", read_prompts("prompts")[::9], ids=str)
def test_a_joined_stream_equals_the_whole_reply(prompt: Prompt) -> None:
    asker = Asker()
    whole = ask_prompt(prompt, asker)
    answer = asker.chat(prompt.messages, stream=True)
    pieces = [
        choice["delta"].get("content") or ""
        for event in answer.events
        for choice in event["choices"]
    ]
    assert "".join(pieces) == whole


def test_json_mode_takes_keys_types_and_lists_from_the_prompt() -> None:
    asker = Asker()
    form = {"type": "json_object"}
    answer = asker.chat(
        "Describe a film: fields title (string), year (integer), tags (array of strings).",
        response_format=form,
    )
    value = json.loads(answer.message["content"])
    assert list(value) == ["title", "year", "tags"]
    assert isinstance(value["year"], int)
    assert isinstance(value["tags"], list)
    listed = asker.chat(
        "A JSON array of 4 objects, each with a name and an age.", response_format=form
    )
    rows = json.loads(listed.message["content"])
    assert [list(row) for row in rows] == [["name", "age"]] * 4


def test_code_is_split_inside_a_fence_mark_and_tables_inside_rows() -> None:
    asker = Asker()
    prompts = ("Write a Python function add(a, b)", "Make a table with the columns A and B, 6 rows")
    for prompt, mark in zip(prompts, ("``", "| "), strict=True):
        text = asker.chat(prompt).message["content"]
        pieces = split_text(text)
        assert "".join(pieces) == text
        assert any(
            (piece.endswith("``") and not piece.endswith("```"))
            if mark == "``"
            else piece.count("\n") and not piece.endswith("\n")
            for piece in pieces[:-1]
        )


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦" * 40,
        "e\u0301" * 90,
        "🇩🇪" * 60,
        "👍🏽" * 60,
        "한국어 " * 40,
        "ก็" * 90,
        "हिन्दी " * 30,
    ],
)
def test_a_stream_is_never_split_inside_a_character(text: str) -> None:
    pieces = [
        delta.text
        for delta in split_deltas(Candidate((Text(text),), FinishReason.STOP))
        if isinstance(delta, Text)
    ]
    assert "".join(pieces) == text
    assert len(pieces) > 1
    for piece in pieces[1:]:
        assert unicodedata.category(piece[0]) not in ("Mn", "Mc", "Me")
        assert piece[0] not in "\u200d\ufe0f🏽"
