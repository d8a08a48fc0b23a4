"""A stream of one text has the same events as CompletionWriter writes for every reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.content import Candidate, Text, Turn, Usage
from mockgem.core.http import ChunkedBody, encode_chunks
from mockgem.core.models import Model
from mockgem.dialects.openai.chat_request import ChatRequest
from mockgem.dialects.openai.google_completions import CompletionWriter, plain_text_of
from mockgem.dialects.openai.google_parts import GEMINI
from mockgem.dialects.openai.google_text_stream import render_text_events
from mockgem.dialects.openai.reply_template import ReplyIds
from mockgem.operations.draft import Draft
from mockgem.operations.generate_request import GenerateRequest

IDS = ReplyIds("abc", 1_763_164_273, ())
QUESTION = GenerateRequest("gemini-2.5-flash", (Turn("user", (Text("hi"),)),))
WORDS = st.lists(st.sampled_from(["a", "", 'say "hi"', "é", "`x`", "|", "\n", "\\", "word,"]))


def check_events(part: Text, family: str, *, include_usage: bool) -> None:
    model = Model("gemini-2.5-flash", "Gemini 2.5 Flash", family=family)
    draft = Draft(model, (Candidate((part,)),), Usage(5, 70, 3))
    request = ChatRequest(QUESTION, "gemini-2.5-flash", stream=True, include_usage=include_usage)
    assert plain_text_of(draft) is part
    expected = CompletionWriter(request, draft, IDS, GEMINI).render_events()
    found = render_text_events("gemini-2.5-flash", draft, IDS, part, include_usage=include_usage)
    assert found == ChunkedBody(encode_chunks(expected))


@given(words=WORDS.filter(any), include_usage=st.booleans(), family=st.sampled_from(["2.0", "2.5"]))
def test_the_events_are_those_of_any_reply(
    words: list[str], include_usage: bool, family: str
) -> None:
    check_events(Text(" ".join(words)), family, include_usage=include_usage)


@pytest.mark.parametrize("include_usage", [False, True])
@pytest.mark.parametrize("text", [" leading space" * 9, "  ", "one", "x " * 40, "a\n\nb " * 20])
def test_spaces_at_the_edges_stay_where_they_are(text: str, include_usage: bool) -> None:
    check_events(Text(text), "2.5", include_usage=include_usage)


def test_the_pieces_that_a_scenario_chose_stay() -> None:
    check_events(Text("It is sunny.", pieces=("It is ", "sunny.")), "2.5", include_usage=True)
