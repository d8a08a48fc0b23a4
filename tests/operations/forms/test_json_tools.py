"""Functions that a prompt declares in JSON are called as it shows."""

from __future__ import annotations

import json

from tests.asking import Asker

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
            "required": ["city"],
        },
    },
}
MAIL = {
    "type": "function",
    "function": {
        "name": "send_mail",
        "description": "Send a mail",
        "parameters": {"type": "object", "properties": {"to": {"type": "string"}}},
    },
}
SHAPE = '{"name": function name, "parameters": dictionary of argument name and its value}'


def ask(prompt: str) -> object:
    system = (
        "Given the following functions, please respond with a JSON for a function call. Respond in "
        f"the format {SHAPE}. Do not use variables.\n\n{json.dumps([WEATHER, MAIL])}"
    )
    messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
    return json.loads(Asker().chat(messages).message["content"])


def test_the_call_has_the_keys_of_the_prompt_and_the_values_of_the_message() -> None:
    assert ask("What will the weather be like in Lisbon for 3 days?") == {
        "name": "get_weather",
        "parameters": {"city": "Lisbon", "days": 3},
    }


def test_the_words_of_the_message_choose_the_function() -> None:
    reply = ask("Please send a mail to Ana")
    assert isinstance(reply, dict)
    assert reply["name"] == "send_mail"
