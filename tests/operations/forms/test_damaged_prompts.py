"""Prompts that lost parts, letters or lines get a reply, and never an error of mockgem."""

from __future__ import annotations

import random

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask
from tests.operations.forms.prompt_files import read_prompts

MODEL = load_packaged_models()["gemini-2.5-flash"]
EVERY = 24


def shuffle_words(text: str, rnd: random.Random) -> str:
    words = text.split(" ")
    rnd.shuffle(words)
    return " ".join(words)


DAMAGES = {
    "first half": lambda text, rnd: text[: len(text) // 2],
    "second half": lambda text, rnd: text[len(text) // 2 :],
    "one line": lambda text, rnd: text.replace("\n", " "),
    "other order": shuffle_words,
    "lost letters": lambda text, rnd: "".join(one for one in text if rnd.random() > 0.05),
    "twice": lambda text, rnd: f"{text}\n{text}",
    "capitals": lambda text, rnd: text.upper(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_prompt_gets_a_reply(damage: str) -> None:
    for at, prompt in enumerate(read_prompts("prompts")[::EVERY]):
        text = DAMAGES[damage](prompt.text, random.Random(at))
        assert ask(text or "?", MODEL).text is not None, text
