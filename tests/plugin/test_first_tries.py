"""What people try first in a test: it works, or the message says what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import openai
import pytest
from openai.types.chat import ChatCompletionMessage, ChatCompletionMessageFunctionToolCall
from openai.types.chat.chat_completion_message_function_tool_call import Function
from pydantic import BaseModel

import mockgem
from mockgem.testing.world import Mockgem


class Weather(BaseModel):
    city: str
    degrees: int


@dataclass
class City:
    name: str


CALL = {"name": "weather", "args": {"city": "Rome"}}
OPENAI_CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "weather", "arguments": '{"city": "Rome"}'},
}


@pytest.fixture
def world() -> Any:
    with mockgem.serve(listen=False) as server:
        yield server


def ask(world: Mockgem, **more: Any) -> Any:
    import httpx

    client = openai.OpenAI(
        api_key="k",
        base_url="http://mock/v1beta/openai/",
        max_retries=0,
        http_client=httpx.Client(transport=world.transport(), timeout=60),
    )
    with client:
        done = client.chat.completions.create(
            model="gemini-2.5-flash", messages=[{"role": "user", "content": "Hello Rome"}], **more
        )
    return done.choices[0].message


@pytest.mark.parametrize(
    "calls",
    [
        [CALL],
        [OPENAI_CALL],
        [{"name": "weather", "arguments": {"city": "Rome"}}],
        [{"functionCall": CALL}],
        [
            ChatCompletionMessageFunctionToolCall(
                id="call_1",
                type="function",
                function=Function(name="weather", arguments='{"city": "Rome"}'),
            )
        ],
    ],
)
def test_tool_calls_in_every_usual_form(world: Mockgem, calls: list[Any]) -> None:
    world.say(tool_calls=calls)
    (call,) = ask(world).tool_calls
    assert (call.function.name, call.function.arguments) == ("weather", '{"city":"Rome"}')


@pytest.mark.parametrize(
    "reply",
    [
        {"role": "assistant", "content": None, "tool_calls": [OPENAI_CALL]},
        {"choices": [{"message": {"role": "assistant", "tool_calls": [OPENAI_CALL]}}]},
        {"candidates": [{"content": {"role": "model", "parts": [{"functionCall": CALL}]}}]},
        {"role": "model", "parts": [{"function_call": CALL}]},
    ],
)
def test_messages_of_sdks_are_replies(world: Mockgem, reply: Any) -> None:
    world.say(reply)
    (call,) = ask(world).tool_calls
    assert call.function.name == "weather"


def test_an_answer_of_the_sdk_is_a_reply(world: Mockgem) -> None:
    world.say(ChatCompletionMessage(role="assistant", content="Sunny."))
    assert ask(world).content == "Sunny."


def test_json_models_and_dataclasses_are_replies_in_json(world: Mockgem) -> None:
    world.say(json={"a": [1]})
    world.say(Weather(city="Rome", degrees=21))
    world.say(json=Weather(city="Oslo", degrees=1))
    world.say(City("Bern"))
    texts = ["".join(ask(world).content.split()) for _ in range(4)]
    assert texts == [
        '{"a":[1]}',
        '{"city":"Rome","degrees":21}',
        '{"city":"Oslo","degrees":1}',
        '{"name":"Bern"}',
    ]


def test_a_text_and_keys_are_one_reply(world: Mockgem) -> None:
    world.say("I look it up.", tool_calls=[CALL])
    message = ask(world)
    assert message.content == "I look it up."
    assert message.tool_calls[0].function.name == "weather"
    with pytest.raises(TypeError, match="tool_calls can only belong to one reply; got 2 replies"):
        world.say("a", "b", tool_calls=[CALL])


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("timeout", 504),
        ("rate limited", 429),
        ("Rate-Limit", 429),
        ("too_many_requests", 429),
        ("unauthorized", 400),
        ("not found", 404),
        (openai.RateLimitError, 429),
        (openai.InternalServerError, 500),
        (TimeoutError(), 504),
        (418, 418),
    ],
)
def test_everyday_words_and_exceptions_are_errors(world: Mockgem, error: Any, status: int) -> None:
    world.fail(error)
    with pytest.raises(openai.APIStatusError) as caught:
        ask(world)
    assert caught.value.status_code == status


def test_headers_are_found_in_every_case(world: Mockgem) -> None:
    ask(world, extra_headers={"X-Trace": "7"})
    (call,) = world.journal()
    assert call.request.headers["X-TRACE"] == call.headers["x-trace"] == "7"
    assert "X-Trace" in call["request"]["headers"]
    assert call.request["headers"].get("X-Nothing", "-") == "-"
    assert call.response.json["object"] == "chat.completion"


def test_calls_history_and_last_request_work(world: Mockgem) -> None:
    assert world.last_request is None
    ask(world)
    assert world.calls == world.history == world.journal()
    last = world.last_request
    assert last is not None
    assert last.json["messages"][0]["content"] == "Hello Rome"


def test_a_misspelled_attribute_names_the_nearest(world: Mockgem) -> None:
    ask(world)
    with pytest.raises(AttributeError, match=r"has no 'call'; did you mean say\?"):
        world.call("get_weather")
    with pytest.raises(AttributeError, match=r"has no 'jurnal'; did you mean journal\?"):
        world.jurnal()
    with pytest.raises(AttributeError, match=r"has no 'statu'; did you mean status\?"):
        _ = world.calls[0].statu


def test_the_report_names_the_rule_that_took_the_call(world: Mockgem) -> None:
    world.say("first", times=None)
    world.say("second", text="*Rome*")
    ask(world)
    (problem,) = world.problems()
    assert problem.endswith("(its request was answered by say-1, which comes first)")


def test_the_report_shows_the_case_of_the_request(world: Mockgem) -> None:
    world.say("never", text="*rome*")
    world.say("hi")
    ask(world)
    (problem,) = world.problems()
    assert problem.endswith(
        "(case counts: the request has 'Rome'; use '*Rome*' or ignore_case=True)"
    )


def test_injections_are_texts_for_tools(world: Mockgem) -> None:
    assert "send_email" in world.injection("tool-result-new-orders")
    world.say(injection="reply-html-script")
    assert "<script>" in ask(world).content
