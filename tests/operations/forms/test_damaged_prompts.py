"""Prompts that lost parts or are mixed from parts of others get a reply, never an error."""

from __future__ import annotations

import random
import re

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.core.content import Text, Turn
from mockgem.operations.asking import ask
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import find_reply
from mockgem.operations.generators.seeded_random import SeededRandom
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


SENTENCE = re.compile(r"(?<=[.!?\n:])\s")
ODD = (
    "\n\n",
    "```",
    "{",
    "}",
    '"',
    "|---|",
    "<x>",
    "- ",
    "1. ",
    "9" * 12,
    "\u202e",
    "\x00",
    "…",
)


def mix(parts: list[str], rnd: random.Random) -> str:
    """Return a text of some parts, some of them cut, and of signs that stand nowhere else."""
    chosen = []
    for _ in range(rnd.randint(1, 6)):
        part = rnd.choice(parts)
        start = rnd.randint(0, len(part)) if rnd.random() < 0.3 else 0
        chosen.append(rnd.choice(ODD) if rnd.random() < 0.15 else part[start:])
    return rnd.choice((" ", "\n", ", ")).join(chosen)


def test_a_mixture_of_prompts_gets_a_reply() -> None:
    rnd = random.Random(7)
    prompts = read_prompts("prompts")
    texts = [text for one in prompts for text in (one.text, one.system, *one.history) if text]
    parts = [part for text in texts for part in SENTENCE.split(text) if part]
    for number in range(600):
        said = [mix(parts, rnd) for _ in range(rnd.choice((1, 1, 3)))]
        system = mix(parts, rnd) if rnd.random() < 0.3 else ""
        turns = [Turn(("user", "model")[at % 2], (Text(text),)) for at, text in enumerate(said)]
        question = Question(said[-1], SeededRandom(number), system, turns)
        formed = find_reply(question)
        assert formed is None or formed.text, (said, system)


BROKEN = (
    ("Dịch sang tiếng Anh và tiếng Pháp: Chào buổi sáng, hẹn gặp lại.", ()),
    (
        "Translate the question to SQL.\n\nCREATE TABLE parts,\nits (id INTEGER, status TEXT);\n\n"
        "Question: List all parts with the status 'sold'.",
        (),
    ),
    ('Return JSON {"title": "", " "} for this news: Rain fell.', ()),
    (
        'Write a It must have a line starting with "Subject:" and must end with "Kind regards," '
        "followed by the name Lena.",
        ("Rate it.", "Fine."),
    ),
    (
        "Angela met Tom in Berlin.",
        ("Give steps for making cold brew; each starting with 'Step N:'", "Python, organ"),
    ),
    ("Write class Contract: number, 2 methods add and remove", ()),
    *(
        (f"The output must conform to the JSON schema below.\n{schema}\nOne of: red, blue.", ())
        for schema in (
            '{"properties": {"setup": ["a"]}, "required": ["b"]}',
            '{"type": "object", "properties": {"a": 5}, "required": 7}',
            '{"properties": {"a": {"type": "object", "properties": {"b": ["x"]}}}}',
            '{"properties": {"a": {"enum": 5}}, "required": [["a"]]}',
            '{"properties": {"a": {"anyOf": [5]}}}',
            '{"type": "array", "items": {"type": "object", "properties": ["x"]}}',
        )
    ),
    ("how many was that in total?", (f"counts\n{'9' * 400}\nQuestion: (4", "Much.")),
)
"""Prompts that once ended in an error."""


@pytest.mark.parametrize(("prompt", "earlier"), BROKEN)
def test_a_prompt_that_ended_in_an_error_gets_a_reply(prompt: str, earlier: tuple[str]) -> None:
    said = [*earlier, prompt]
    turns = [Turn(("user", "model")[at % 2], (Text(text),)) for at, text in enumerate(said)]
    formed = find_reply(Question(prompt, SeededRandom(1), "", turns))
    assert formed is None or formed.text
