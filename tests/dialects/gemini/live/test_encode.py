"""Messages of a server in a Live session, in the layout of each family of models."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.content import ToolCall
from mockgem.dialects.gemini.live.encode import MessageEncoder
from mockgem.operations.live.messages import (
    ModelAudio,
    ModelCode,
    ModelText,
    SetupComplete,
    SpokenWords,
    ToolCallCancellation,
    ToolCalls,
)
from mockgem.operations.live.models import LIVE_3, NATIVE_AUDIO

AUDIO = {"inlineData": {"mimeType": "audio/pcm;rate=24000", "data": "YQ=="}}

CODE = {"executableCode": {"language": "PYTHON", "code": "print(1)"}}


def encode(message: Any, family: Any = NATIVE_AUDIO) -> Any:
    encoded = MessageEncoder(family).encode(message)
    assert not encoded.is_text
    assert encoded.data.endswith(b"}\n")
    return json.loads(encoded.data)


@pytest.mark.parametrize(
    ("message", "content"),
    [
        (ModelText("Hm", True), {"modelTurn": {"parts": [{"text": "Hm", "thought": True}]}}),
        (ModelText("Hi", False), {"modelTurn": {"parts": [{"text": "Hi"}]}}),
        (ModelCode("print(1)"), {"modelTurn": {"parts": [CODE]}}),
        (ModelAudio(b"a", ""), {"modelTurn": {"parts": [AUDIO]}}),
        (ModelAudio(b"a", "Hi"),
         {"modelTurn": {"parts": [AUDIO]}, "outputTranscription": {"text": "Hi"}}),
        (SpokenWords("Hi", True), {"inputTranscription": {"text": "Hi"}}),
        (SpokenWords("Hi", False), {"outputTranscription": {"text": "Hi"}}),
    ],
)  # fmt: skip
def test_each_kind_of_content(message: Any, content: Any) -> None:
    assert encode(message) == {"serverContent": content}
    with_role = {
        name: {**value, "role": "model"} if name == "modelTurn" else value
        for name, value in content.items()
    }
    assert encode(message, LIVE_3) == {"serverContent": with_role}


def test_the_setup_is_complete() -> None:
    assert encode(SetupComplete()) == {"setupComplete": {}}


def test_calls_and_their_end() -> None:
    calls = (ToolCall("f", {"ö": 1}, "c1"), ToolCall("g", {}, "c2"))
    assert encode(ToolCalls(calls)) == {
        "toolCall": {
            "functionCalls": [
                {"name": "f", "args": {"ö": 1}, "id": "c1"},
                {"name": "g", "args": {}, "id": "c2"},
            ]
        }
    }
    assert encode(ToolCallCancellation(("c1",))) == {"toolCallCancellation": {"ids": ["c1"]}}
