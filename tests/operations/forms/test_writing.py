"""Texts of a requested length and language."""

from __future__ import annotations

import re

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask
from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.language_packs import list_languages, load_pack
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.operations.forms.checkers import check_language

MODEL = load_packaged_models()["gemini-2.5-flash"]
NAMES = {code: load_pack(code).name for code in list_languages()}
SPACELESS = ("ja", "zh", "zh-Hant", "th")


def reply_to(prompt: str) -> str:
    return ask(prompt, MODEL).text


def test_there_are_the_languages_of_the_documentation() -> None:
    expected = "ar de en es fr he hi id it ja ko nl pl pt ru th tr uk vi zh zh-Hant"
    assert list_languages() == tuple(expected.split())


@pytest.mark.parametrize("code", NAMES)
def test_a_language_can_be_requested_by_name(code: str) -> None:
    reply = reply_to(f"Explain gravity. Answer in {NAMES[code]}.")
    assert check_language(reply, code), reply


@pytest.mark.parametrize("code", NAMES)
def test_the_sentences_of_a_language_are_recognised_as_that_language(code: str) -> None:
    pack = load_pack(code)
    assert detect(" ".join(pack.sentences[:5])) == code


@pytest.mark.parametrize("code", [code for code in NAMES if code not in SPACELESS])
@pytest.mark.parametrize("count", [40, 137, 1000])
def test_the_number_of_words_is_kept_in_every_language(code: str, count: int) -> None:
    reply = reply_to(f"Write {count} words about the sea in {NAMES[code]}.")
    assert len(reply.split()) == count


def test_no_thai_sentence_comes_twice_before_all_were_used() -> None:
    """Thai has no full stops, so the sentences can't be told apart in the text."""
    writer = Writer(Question("Explain whales in Thai.", SeededRandom(0, "whales")))
    sentences = [writer.write_sentence() for _ in range(120)]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("code", [code for code in NAMES if code != "th"])
def test_no_sentence_comes_twice_in_a_thousand_words(code: str) -> None:
    reply = reply_to(f"Write 1000 words about whales in {NAMES[code]}.")
    plain = reply.replace("*", "").replace("\n\n", " ")
    sentences = [part.strip() for part in re.split(r"(?<=[.!?。！？।])\s*", plain) if part.strip()]
    assert len(sentences) > 20
    assert len(sentences) == len(set(sentences))


def test_longer_texts_have_bold_and_italic_words() -> None:
    reply = reply_to("Write 500 words about whales.")
    assert "**" in reply
    assert re.search(r"(?<!\*)\*[^*\n]+\*(?!\*)", reply)


@pytest.mark.parametrize("count", [1, 2, 5, 9])
@pytest.mark.parametrize("code", ["en", "de", "fr", "es", "ru", "tr", "ja"])
def test_the_number_of_sentences_is_kept(code: str, count: int) -> None:
    reply = reply_to(f"Explain tides in {count} sentences. Answer in {NAMES[code]}.")
    assert len(re.findall(r"[.!?。！？](?=\s|$|(?<=[。！？]))", reply)) == count


@pytest.mark.parametrize("unit", ["bullet points", "numbered steps"])
@pytest.mark.parametrize("count", [1, 2, 7, 13, 30])
def test_the_number_of_items_is_kept(unit: str, count: int) -> None:
    if count == 1:
        count = 2
    reply = reply_to(f"How do I learn chess? Answer in {count} {unit}.")
    items = reply.splitlines()
    assert len(items) == count
    assert len(set(items)) == count
