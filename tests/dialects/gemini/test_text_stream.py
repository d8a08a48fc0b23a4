"""A native stream has the same events as ContentWriter writes chunk by chunk."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.content import Candidate, FinishReason, Part, Text, ToolCall, Turn, Usage
from mockgem.core.models import Model
from mockgem.dialects.gemini.content_writer import ContentWriter
from mockgem.dialects.gemini.errors import GEMINI, VERTEX
from mockgem.dialects.gemini.text_stream import encode_event, iter_events
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate_request import GenerateRequest

QUESTION = GenerateRequest("gemini-2.5-flash", (Turn("user", (Text("hi"),)),))
PIECES = [
    "a",
    "",
    'say "hi"',
    "é",
    "`x`",
    "|",
    "\n",
    "\\",
    "word,",
    "<b>",
    "\u200b",
    "\x7f",
    "\x1f",
    "\\u001f",
]
WORDS = st.lists(st.sampled_from(PIECES))
FAMILIES = ["2.0", "2.5", "3", "gemma"]
THOUGHT = Text("I think about it.", thought=True)
CALL = ToolCall("get_weather", {"city": "Oslo"}, "c1")


def make_writer(
    parts: tuple[Part, ...],
    family: str,
    *,
    vertex: bool = False,
    finish: FinishReason = FinishReason.STOP,
    count: int = 1,
) -> ContentWriter:
    model = Model("gemini-test", "Gemini Test", family=family)
    draft = Draft(model, (Candidate(parts, finish),) * count, Usage(5, 70, 3))
    reply = Reply(draft, 1_763_164_273, bytes(16))
    return ContentWriter(QUESTION, reply, VERTEX if vertex else GEMINI)


def check_events(parts: tuple[Part, ...], family: str, **options: Any) -> None:
    writers = [make_writer(parts, family, **options) for _ in range(2)]
    expected = [encode_event(chunk) for chunk in writers[0].iter_chunks()]
    assert list(iter_events(writers[1])) == expected


@given(words=WORDS, family=st.sampled_from(FAMILIES), vertex=st.booleans())
def test_the_events_of_a_text_are_those_of_any_reply(
    words: list[str], family: str, vertex: bool
) -> None:
    check_events((Text(" ".join(words)),), family, vertex=vertex)


@pytest.mark.parametrize("vertex", [False, True])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "parts",
    [
        (THOUGHT, Text("It is sunny. " * 20)),
        (Text("Signed. " * 20, signature="abc"),),
        (THOUGHT, Text("It is sunny. " * 20), CALL),
        (CALL,),
        (),
    ],
)
def test_other_parts_stand_where_they_do(
    parts: tuple[Part, ...], family: str, vertex: bool
) -> None:
    check_events(parts, family, vertex=vertex)
    check_events(parts, family, vertex=vertex, count=2)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("finish", [FinishReason.STOP, FinishReason.MAX_TOKENS])
@pytest.mark.parametrize("text", ["", " leading space" * 9, "one", "x " * 400, "a\n\nb " * 20])
def test_short_and_long_texts_end_as_they_do(text: str, finish: FinishReason, family: str) -> None:
    check_events((Text(text),), family, finish=finish)


@pytest.mark.parametrize("pieces", [("It is ", "sunny."), ("", "It is sunny.", "")])
def test_the_pieces_that_a_scenario_chose_stay(pieces: tuple[str, ...]) -> None:
    check_events((Text("It is sunny.", pieces=pieces),), "2.5")
