"""Values of conversations as JSON: every kind comes back as it was."""

from __future__ import annotations

import json

from mockgem.core.content import (
    Blob,
    Candidate,
    CodeResult,
    ExecutableCode,
    FinishReason,
    Grounding,
    GroundingSource,
    GroundingSupport,
    Link,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    ToolResult,
    Turn,
    Usage,
)
from mockgem.operations.stored_values import from_stored, to_stored

PARTS = (
    Text("a", thought=True, signature="s", pieces=("a", "b")),
    ToolCall("f", {"@type": "Text", "kind": 1, "list": [1, {"a": None}]}, "id", "sig"),
    ToolResult("f", "out", "id"),
    Blob("image/png", b"\x00\xff"),
    Link("image/png", "files/x"),
    ExecutableCode("1+1", "c"),
    CodeResult("2", "OK", "c"),
    ServerToolCall("GOOGLE_MAPS", {"q": []}),
    ServerToolResult("GOOGLE_MAPS", {"a": 1}),
)
GROUNDING = Grounding(
    (GroundingSource("web", "u", "t", {"x": 1}),),
    (GroundingSupport(0, 2, "ab", (0,)),),
    ("q",),
    extra={"entry_point": "<b>"},
)


def test_every_value_comes_back_from_json() -> None:
    for value in (
        Turn("user", PARTS),
        Candidate(PARTS, FinishReason.MAX_TOKENS, GROUNDING),
        Usage(1, 2, prompt_modalities=(("TEXT", 1),)),
        (),
    ):
        assert from_stored(json.loads(json.dumps(to_stored(value)))) == value


def test_fields_of_later_versions_are_left_out() -> None:
    assert from_stored({"@type": "Text", "text": "a", "colour": "red"}) == Text("a")
