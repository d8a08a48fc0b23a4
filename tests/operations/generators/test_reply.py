"""Replies: text about the prompt, JSON, tokens and random numbers."""

from __future__ import annotations

import json

import pytest

from mockgem.operations.generators import prose, tokens
from mockgem.operations.generators.seeded_random import SeededRandom, hash_facts
from tests.asking import Asker, chat
from tests.operations.generators.test_tool_selection import WEATHER

TEXT = {"type": "string"}


def test_a_reply_is_about_the_prompt() -> None:
    text = chat("Explain to me how looms weave").message["content"]
    assert "how looms weave" in text
    assert 40 < len(text.split()) < 200
    assert "lorem" not in text.lower()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Describe the sea in 50 words", 50),
        ("Write about 400 words on trees", 400),
        ("One word: colour?", 1),
    ],
)
def test_a_reply_has_the_number_of_words_that_the_prompt_asks_for(
    question: str, words: int
) -> None:
    assert len(chat(question).message["content"].split()) == words


def test_a_prompt_can_ask_for_sentences_and_paragraphs() -> None:
    one = chat("Tell me about owls in one sentence").message["content"]
    assert one.count(".") == 1
    assert chat("Write 3 paragraphs about owls").message["content"].count("\n\n") == 2


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Reply with exactly: OK", "OK"),
        ("Say 'pong'", "pong"),
        ("Thanks!", "You're welcome! Is there anything else I can help with?"),
    ],
)
def test_a_prompt_can_dictate_the_reply(question: str, answer: str) -> None:
    assert chat(question).message["content"] == answer


def test_the_text_does_not_depend_on_the_thinking_effort() -> None:
    texts = {
        chat("Explain tides", reasoning_effort=effort).message["content"]
        for effort in ("none", "low", "high")
    }
    assert len(texts) == 1


def test_a_greeting_is_returned() -> None:
    assert chat("Hello!").message["content"] in prose.GREETINGS


def test_a_reply_states_the_results_of_tools() -> None:
    call = {
        "id": "function-call-1",
        "type": "function",
        "function": {"name": "get_weather", "arguments": "{}"},
    }
    messages = [
        {"role": "user", "content": "What's the weather like in Chicago?"},
        {"role": "assistant", "tool_calls": [call]},
        {
            "role": "tool",
            "tool_call_id": "function-call-1",
            "content": json.dumps({"temperature": 21, "sky": "clear"}),
        },
    ]
    spec = {
        "type": "function",
        "function": {"name": "get_weather", "parameters": WEATHER.parameters},
    }
    answer = chat(messages, tools=[spec])
    assert answer.json["choices"][0]["finish_reason"] == "stop"
    assert "the temperature is 21 and the sky is clear" in answer.message["content"]


def test_json_mode_takes_its_keys_from_the_prompt() -> None:
    answer = chat(
        "Tell me a joke about cats. Return the result as a JSON with a `setup` key and a "
        "`punchline` key.",
        response_format={"type": "json_object"},
    )
    assert list(json.loads(answer.message["content"])) == ["setup", "punchline"]


def test_a_schema_in_the_prompt_is_followed() -> None:
    schema = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    messages = [
        {
            "role": "system",
            "content": f"Answer in JSON of this schema:\n{json.dumps(schema, indent=2)}",
        },
        {"role": "user", "content": "I live in Bergen."},
    ]
    assert json.loads(
        chat(messages, response_format={"type": "json_object"}).message["content"]
    ) == {"city": "Bergen"}


def test_a_reply_that_is_cut_is_incomplete_json() -> None:
    form = {
        "type": "json_schema",
        "json_schema": {
            "name": "x",
            "schema": {"type": "object", "properties": {"a": TEXT}, "required": ["a"]},
        },
    }
    answer = chat("hi", response_format=form, max_tokens=3, reasoning_effort="none")
    assert answer.json["choices"][0]["finish_reason"] == "length"
    assert answer.message["content"].startswith("{")
    with pytest.raises(ValueError):
        json.loads(answer.message["content"])


def test_tokens_are_counted_and_cut_in_the_same_way() -> None:
    for text in ("The Social Network", "你好，世界", "", "a" * 1000):
        for most in (0, 1, 2, 5, 1000):
            assert tokens.count_tokens(tokens.cut(text, most)) <= most
            assert text.startswith(tokens.cut(text, most))


def test_different_facts_have_different_hashes() -> None:
    assert hash_facts(0, "a", "b") != hash_facts(0, "ab")
    assert hash_facts(0, "a\0b") != hash_facts(0, "a", "b")
    assert hash_facts(0, "a") != hash_facts(1, "a")


def test_random_numbers_are_the_same_on_every_machine() -> None:
    """These values must not change: every reply depends on them."""
    random = SeededRandom(7, "golden")
    assert [random.draw_below(100) for _ in range(8)] == GOLDEN
    assert all(0 <= SeededRandom(seed, "x").draw_below(10**9) < 10**9 for seed in range(50))


GOLDEN = [89, 82, 60, 31, 71, 87, 74, 37]


def test_the_golden_answer() -> None:
    answer = Asker().chat("Explain to me how AI works").json
    assert answer["id"].startswith("AIHma")
    assert answer["created"] == 1793491200
    assert "Most AI systems learn from examples" in answer["choices"][0]["message"]["content"]


def reply_to(question: str) -> str:
    return str(chat(question).message["content"])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Repeat after me: the sky is blue", "the sky is blue"),
        ("Return only the number 7", "7"),
        ("What is 2 + 2?", "4"),
    ],
)
def test_short_commands_are_followed(question: str, answer: str) -> None:
    assert answer in reply_to(question)


def test_a_prompt_can_ask_for_yes_or_no_or_few_words() -> None:
    assert reply_to("Is the sky blue? Answer with yes or no.") in ("yes", "no")
    assert len(reply_to("Explain how AI works in a few words").split()) < 15


def test_a_schema_as_googles_guides_write_it_is_followed() -> None:
    sketch = "Use this schema: Recipe = {'name': str, 'steps': list[str]} Return: list[Recipe]"
    question = "List two cookie recipes in JSON format. " + sketch
    found = json.loads(chat(question, response_format={"type": "json_object"}).message["content"])
    assert isinstance(found, list)
    assert all(set(one) == {"name", "steps"} and isinstance(one["steps"], list) for one in found)
