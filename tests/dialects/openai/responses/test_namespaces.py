"""Tools in namespaces, as coding agents send them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.openai.responses.talking import (
    ADD,
    G3,
    create,
    join_events,
    kinds_of,
    read_events,
    text_of,
)

CUSTOM = {"type": "custom", "name": "add"}
QUESTION = "Use add to sum 7 and 11."


def group(*tools: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "namespace", "name": "math", "description": "Sums", "tools": list(tools)}]


@pytest.mark.parametrize("model", ["gemini-2.5-flash", G3])
@pytest.mark.parametrize("stream", [False, True])
def test_a_call_names_its_namespace(model: str, stream: bool) -> None:
    answer = create(Asker(), QUESTION, model=model, tools=group(ADD), stream=stream)
    reply = join_events(read_events(answer.text)) if stream else answer.json
    assert kinds_of(reply) == ["function_call"]
    call = reply["output"][0]
    assert (call["name"], call["namespace"]) == ("add", "math")
    assert reply["tools"] == group(ADD)


def test_a_tool_with_free_input_names_its_namespace() -> None:
    reply = create(Asker(), QUESTION, tools=group(CUSTOM)).json
    call = reply["output"][0]
    assert (call["type"], call["name"], call["namespace"]) == ("custom_tool_call", "add", "math")


def test_the_result_of_a_call_continues_the_conversation() -> None:
    asker = Asker()
    first = create(asker, QUESTION, model=G3, tools=group(ADD)).json
    call = first["output"][-1]
    result = {"type": "function_call_output", "call_id": call["call_id"], "output": "18"}
    asked = {"role": "user", "content": QUESTION}
    second = create(
        asker, [asked, *first["output"], result], model=G3, tools=group(ADD), store=False
    )
    assert "18" in text_of(second.json)
    chained = create(asker, [result], model=G3, tools=group(ADD), previous_response_id=first["id"])
    assert "18" in text_of(chained.json)


def test_a_choice_names_a_tool_in_a_namespace() -> None:
    choice = {"type": "function", "name": "add", "namespace": "math"}
    reply = create(Asker(), "Hello", tools=group(ADD), tool_choice=choice).json
    assert reply["output"][0]["namespace"] == "math"


def test_names_may_come_twice() -> None:
    others = [{**group(ADD)[0], "name": name} for name in ("sums", "totals")]
    choice = {"type": "function", "name": "add", "namespace": "totals"}
    reply = create(Asker(), "Hello", tools=[*others, ADD], tool_choice=choice).json
    assert (reply["output"][0]["name"], reply["output"][0]["namespace"]) == ("add", "totals")
    plain = create(Asker(), "Hello", tools=[ADD, *others], tool_choice={**choice, "namespace": ""})
    assert "namespace" not in plain.json["output"][0]


def test_a_tool_outside_has_no_namespace() -> None:
    reply = create(Asker(), QUESTION, tools=[ADD]).json
    assert "namespace" not in reply["output"][0]


@pytest.mark.parametrize("tools", [None, [], "x", [{"type": "namespace"}], [{"type": "computer"}]])
def test_an_odd_namespace_is_no_5xx(tools: Any) -> None:
    odd = [{"type": "namespace", "name": "math", "tools": tools}]
    assert create(Asker(), QUESTION, tools=odd).status < 500
