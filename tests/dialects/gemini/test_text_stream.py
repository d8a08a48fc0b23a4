"""A native stream of one text has the same events as ContentWriter writes for every reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.content import Candidate, FinishReason, Text, Turn, Usage
from mockgem.core.models import Model
from mockgem.dialects.common.json_writer import dump_event
from mockgem.dialects.gemini.content_writer import ContentWriter
from mockgem.dialects.gemini.errors import GEMINI, VERTEX
from mockgem.dialects.gemini.text_stream import encode_event, has_one_text, iter_events
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate_request import GenerateRequest

QUESTION = GenerateRequest("gemini-2.5-flash", (Turn("user", (Text("hi"),)),))
PIECES = ["a", "", 'say "hi"', "é", "`x`", "|", "\n", "\\", "word,", "<b>", "\u200b", "\x7f"]
WORDS = st.lists(st.sampled_from(PIECES))


def make_writer(
    part: Text, family: str, *, vertex: bool = False, finish: FinishReason = FinishReason.STOP
) -> ContentWriter:
    model = Model("gemini-test", "Gemini Test", family=family)
    draft = Draft(model, (Candidate((part,), finish),), Usage(5, 70, 3))
    variant = VERTEX if vertex else GEMINI
    return ContentWriter(QUESTION, Reply(draft, 1_763_164_273, bytes(16)), variant)


def check_events(part: Text, family: str, finish: FinishReason = FinishReason.STOP) -> None:
    writer = make_writer(part, family, finish=finish)
    expected = [encode_event(dump_event(chunk)) for chunk in writer.iter_chunks()]
    assert list(iter_events(make_writer(part, family, finish=finish))) == expected


@given(words=WORDS, family=st.sampled_from(["2.0", "2.5", "3", "gemma"]))
def test_the_events_are_those_of_any_reply(words: list[str], family: str) -> None:
    check_events(Text(" ".join(words)), family)


@pytest.mark.parametrize("family", ["2.5", "3"])
@pytest.mark.parametrize("finish", [FinishReason.STOP, FinishReason.MAX_TOKENS])
@pytest.mark.parametrize("text", ["", " leading space" * 9, "one", "x " * 400, "a\n\nb " * 20])
def test_short_and_long_texts_end_as_they_do(text: str, finish: FinishReason, family: str) -> None:
    check_events(Text(text), family, finish)


@pytest.mark.parametrize("pieces", [("It is ", "sunny."), ("", "It is sunny.")])
def test_the_pieces_that_a_scenario_chose_stay(pieces: tuple[str, ...]) -> None:
    check_events(Text("It is sunny.", pieces=pieces), "2.5")


@pytest.mark.parametrize(
    ("part", "vertex"),
    [
        (Text("Hidden.", thought=True), False),
        (Text("Signed.", signature="abc"), False),
        (Text("On Vertex AI."), True),
    ],
)
def test_other_replies_do_not_use_the_template(part: Text, *, vertex: bool) -> None:
    assert has_one_text(make_writer(Text("Plain."), "2.5"))
    assert not has_one_text(make_writer(part, "2.5", vertex=vertex))
