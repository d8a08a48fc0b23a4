"""Laws of replies in a requested form: their length, their pieces, their repetition."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask
from mockgem.operations.deltas import split_text
from mockgem.operations.forms.language_packs import list_languages, load_pack
from tests.laws import calm
from tests.operations.forms.prompt_files import read_prompts

CALM = calm(60)
MODEL = load_packaged_models()["gemini-2.5-flash"]
PROMPTS = [one for one in read_prompts("prompts") if not one.history]
SPACED = [code for code in list_languages() if code not in ("ja", "zh", "zh-Hant", "th")]
TOPICS = st.sampled_from(["the sea", "whales", "old trains", "tax law", "a very small garden"])


@CALM
@given(st.sampled_from(PROMPTS), st.integers(0, 1_000))
def test_pieces_join_to_the_reply_and_end_between_characters(prompt: object, seed: int) -> None:
    text = ask(prompt.text, MODEL, system=prompt.system, seed=seed).text  # type: ignore[attr-defined]
    pieces = split_text(text)
    assert "".join(pieces) == text
    for piece in pieces[1:]:
        assert unicodedata.category(piece[0]) not in ("Mn", "Mc", "Me")
        assert piece[0] != "\u200d"


@CALM
@given(st.sampled_from(SPACED), st.integers(5, 1_200), TOPICS, st.integers(0, 99))
def test_a_text_has_the_requested_number_of_words(
    code: str, count: int, topic: str, seed: int
) -> None:
    prompt = f"Write {count} words about {topic} in {load_pack(code).name}."
    assert len(ask(prompt, MODEL, seed=seed).text.split()) == count


@CALM
@given(st.sampled_from(SPACED), TOPICS, st.integers(0, 99))
def test_no_sentence_comes_twice_in_a_thousand_words(code: str, topic: str, seed: int) -> None:
    prompt = f"Write 1000 words about {topic} in {load_pack(code).name}."
    text = ask(prompt, MODEL, seed=seed).text.replace("*", "").replace("\n\n", " ")
    sentences = [part.strip() for part in re.split(r"(?<=[.!?।])\s+", text) if part.strip()]
    assert len(sentences) == len(set(sentences))


@CALM
@given(
    st.integers(2, 40),
    st.sampled_from([("bullet points", "- "), ("numbered steps", "")]),
    TOPICS,
    st.integers(0, 99),
)
def test_a_list_has_the_requested_number_of_items(
    count: int, layout: tuple[str, str], topic: str, seed: int
) -> None:
    words, mark = layout
    reply = ask(f"Tell me about {topic} in {count} {words}.", MODEL, seed=seed).text
    lines = reply.splitlines()
    assert len(lines) == count
    assert all(line.startswith(mark or f"{at}. ") for at, line in enumerate(lines, 1))
    assert len(set(lines)) == count


@CALM
@given(st.integers(1, 30), st.integers(1, 6), st.integers(0, 99))
def test_a_table_has_the_requested_rows_and_columns(rows: int, columns: int, seed: int) -> None:
    names = [f"Column {letter}" for letter in "ABCDEFG"[: columns + 1]]
    prompt = f"Make a table with {rows} rows and the columns {', '.join(names)}."
    lines = ask(prompt, MODEL, seed=seed).text.splitlines()
    assert len(lines) == rows + 2
    assert lines[0] == f"| {' | '.join(names)} |"
    assert {line.count("|") for line in lines} == {len(names) + 1}
