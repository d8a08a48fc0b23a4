"""Which chunks fit a question best."""

from __future__ import annotations

from mockgem.operations.file_search.chunking import Chunk
from mockgem.operations.file_search.ranking import ChunkIndex, SearchedText, merge_indexes

TEXTS = (
    "Paris is the capital of France.",
    "Berlin is the capital of Germany.",
    "Green tea is steeped at 80 degrees. Black tea needs boiling water.",
    "Refunds are paid within 14 days after we receive the shipped goods.",
)


def rank(question: str, *texts: str, limit: int = 5) -> list[int]:
    index = ChunkIndex([Chunk(text) for text in texts or TEXTS])
    return [match.chunk for match in SearchedText(question).rank(index, limit)]


def test_the_chunk_about_the_question_is_first() -> None:
    assert rank("What is the capital of France?")[0] == 0
    assert rank("Which capital has Germany?")[0] == 1
    assert rank("How hot should green tea be?") == [2]


def test_other_forms_of_a_word_fit() -> None:
    assert rank("When do I get my refund for shipping?") == [3]


def test_a_chunk_that_shares_only_common_words_does_not_fit() -> None:
    assert rank("What is the weather in the city?") == []


def test_a_question_of_common_words_fits_every_chunk() -> None:
    assert sorted(rank("What is it about?")) == [0, 1, 2, 3]


def test_equal_chunks_stay_in_order_and_the_limit_holds() -> None:
    same = ["Tea is green."] * 7
    assert rank("tea", *same) == [0, 1, 2, 3, 4]
    assert rank("tea", *same, limit=2) == [0, 1]


def test_a_merged_index_is_the_index_of_all_chunks() -> None:
    chunks = [Chunk(text) for text in TEXTS]
    whole = ChunkIndex(chunks)
    merged = merge_indexes(
        [ChunkIndex(chunks[:1]), ChunkIndex(chunks[1:3]), ChunkIndex(chunks[3:])]
    )
    for question in ("capital of France", "green tea", "What is it?"):
        assert SearchedText(question).rank(merged, 5) == SearchedText(question).rank(whole, 5)


def test_the_quote_is_the_sentence_that_fits() -> None:
    assert SearchedText("Does black tea boil?").choose_quote(TEXTS[2]) == (
        "Black tea needs boiling water."
    )
    text = "Version 2.5 is here. It costs 3.50 euros, e.g. in Berlin"
    assert SearchedText("costs").choose_quote(text) == "It costs 3.50 euros, e.g. in Berlin"
    wrapped = "# Prices\nA cup of tea\ncosts 3 euros.\n- cake: 4 euros\n- soup: 5 euros"
    assert SearchedText("tea costs").choose_quote(wrapped) == "A cup of tea\ncosts 3 euros."
    assert SearchedText("cake").choose_quote(wrapped) == "- cake: 4 euros"
    assert SearchedText("x").choose_quote("...") == "..."
