"""Laws of answers: the joined stream is the whole, the same request gives the same bytes, nothing
breaks the server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import GATEWAY, GEMINI, VERTEX, Answer, Asker, chat
from tests.laws import calm

CALM = calm(120)
SURFACES = (GEMINI, VERTEX, GATEWAY)
MODELS = (
    "gemini-2.0-flash",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-3.1-pro-preview",
)
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the weather in a given location",
        "parameters": {
            "type": "object",
            "properties": {
                "location": {"type": "string"},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
            },
            "required": ["location"],
        },
    },
}
EVENT = {
    "type": "json_schema",
    "json_schema": {
        "name": "event",
        "schema": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "people": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["name", "people"],
        },
    },
}
QUESTIONS = st.one_of(
    st.text(min_size=1, max_size=80).filter(str.strip),
    st.sampled_from(
        [
            "Hello!",
            "Explain to me how AI works",
            "What's the weather like in Boston and New Delhi today?",
            "Write 120 words about the sea.",
            "你好，世界",
            "100 % sure? %(topic)s {word}",
        ]
    ),
)


@st.composite
def requests(draw: Any) -> dict[str, Any]:
    """A request that is answered, of any kind."""
    found: dict[str, Any] = {"model": draw(st.sampled_from(MODELS)), "messages": []}
    if draw(st.booleans()):
        found["messages"].append({"role": "system", "content": draw(st.text(max_size=30))})
    found["messages"].append({"role": "user", "content": draw(QUESTIONS)})
    match draw(st.sampled_from(["text", "tools", "forced", "json"])):
        case "tools":
            found["tools"] = [WEATHER]
        case "forced":
            found |= {"tools": [WEATHER], "tool_choice": "required"}
        case "json":
            found["response_format"] = EVENT
    if draw(st.booleans()):
        found["max_tokens"] = draw(st.integers(1, 400))
    if draw(st.booleans()):
        found["stop"] = draw(st.sampled_from([" the", "zzz", ["a", "b"]]))
    if found["model"].startswith("gemini-2.5-flash") and draw(st.booleans()):
        config = {
            "include_thoughts": True,
            "thinking_budget": draw(st.sampled_from([600, 1000, -1])),
        }
        found["extra_body"] = {"google": {"thinking_config": config}}
    return found


def joined(events: list[Any]) -> tuple[str, list[Any]]:
    """The text of a stream, and its calls as (name, arguments), put together as clients do."""
    text, calls = "", []
    for event in events:
        for choice in event["choices"]:
            delta = choice["delta"]
            text += delta.get("content") or ""
            for call in delta.get("tool_calls", ()):
                if "name" in call["function"]:
                    calls.append([call["function"]["name"], ""])
                calls[-1][1] += call["function"]["arguments"]
    return text, calls


def whole(answer: Answer) -> tuple[str, list[Any]]:
    message = answer.message
    calls = [
        [call["function"]["name"], call["function"]["arguments"]]
        for call in message.get("tool_calls", ())
    ]
    return message.get("content") or "", calls


@CALM
@given(requests(), st.sampled_from(SURFACES))
def test_the_joined_stream_is_the_whole_answer(request: dict[str, Any], surface: str) -> None:
    one = chat(surface=surface, **request)
    assert one.status == 200, one.text
    streamed = chat(surface=surface, stream=True, stream_options={"include_usage": True}, **request)
    events = streamed.events
    assert joined(events) == whole(one)
    assert events[-1]["usage"] == one.json["usage"]
    ids = {event["id"] for event in events}
    assert len(ids) == 1


@CALM
@given(requests(), st.sampled_from([GEMINI, VERTEX]))
def test_a_google_stream_keeps_its_manners(request: dict[str, Any], surface: str) -> None:
    events = chat(surface=surface, stream=True, **request).events
    assert all(len(event["choices"]) == 1 for event in events)
    assert all(event["choices"][0]["delta"]["role"] == "assistant" for event in events)
    reasons = ["finish_reason" in event["choices"][0] for event in events]
    assert reasons == [False] * (len(events) - 1) + [True]
    with_usage = ["usage" in event for event in events]
    assert with_usage == ([False] * (len(events) - 1) + [surface == VERTEX])


@CALM
@given(requests(), st.sampled_from([GEMINI, VERTEX]), st.booleans())
def test_keys_are_sorted_in_every_object(
    request: dict[str, Any], surface: str, stream: bool
) -> None:
    answer = chat(surface=surface, stream=stream, **request)
    for value in answer.events if stream else [answer.json]:
        assert json.dumps(value) == json.dumps(value, sort_keys=True)


@CALM
@given(
    st.lists(requests(), min_size=2, max_size=5),
    st.randoms(use_true_random=False),
    st.sampled_from(SURFACES),
)
def test_the_order_in_which_requests_come_changes_nothing(
    some: list[Any], random: Any, surface: str
) -> None:
    def answers(order: list[int]) -> dict[str, list[bytes]]:
        world, found = Asker(), {}
        for number in order:
            body = json.dumps(some[number], sort_keys=True)
            found.setdefault(body, []).append(world.chat(surface=surface, **some[number]).body)
        return found

    order = list(range(len(some)))
    shuffled = random.sample(order, len(order))
    assert answers(order) == answers(shuffled)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_question_asked_again_gets_the_same_words_under_a_new_id(
    surface: str, stream: bool
) -> None:
    world = Asker()
    answers = [
        world.chat("What's the weather in Rome?", surface=surface, stream=stream, tools=[WEATHER])
        for _ in range(5)
    ]
    found = [answer.events[0] if stream else answer.json for answer in answers]
    assert len({one["id"] for one in found}) == 5
    says = [joined(answer.events) if stream else whole(answer) for answer in answers]
    assert all(said == says[0] for said in says)
    assert len({len(answer.body) for answer in answers}) == 1
    calls = [
        call["id"]
        for one in found
        for call in (one["choices"][0].get("message") or {}).get("tool_calls", ())
    ]
    assert len(set(calls)) == len(calls)


def test_a_template_that_is_filled_in_gives_what_writing_anew_gives() -> None:
    """The third answer to a question comes out of the memory, the first was written at once: only
    the ids differ."""
    world = Asker()
    first, *_, last = [world.chat("Explain to me how AI works", stream=True).text for _ in range(4)]
    old, new = json.loads(first.split("\n")[0][6:])["id"], json.loads(last.split("\n")[0][6:])["id"]
    assert old != new
    assert first.replace(old, new) == last


def test_another_seed_gives_other_answers() -> None:
    texts = {
        Asker(seed=seed).chat("Explain to me how AI works").message["content"] for seed in range(5)
    }
    assert len(texts) > 1


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    """model messages stream stream_options temperature top_p max_tokens stop n tools tool_choice
    response_format reasoning_effort presence_penalty extra_body role content tool_calls
    tool_call_id type function name parameters image_url url input_audio data format file google
    thinking_config thinking_budget json_schema schema""".split()
)
SHAPED = st.recursive(
    st.one_of(
        JUNK,
        st.sampled_from(
            [
                "user",
                "tool",
                "assistant",
                "gemini-2.5-flash",
                "data:image/png;base64,AA",
                "function",
            ]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(FIELDS, inner, max_size=5)
    ),
    max_leaves=14,
)


@calm(400)
@given(st.dictionaries(FIELDS, SHAPED, max_size=6), st.sampled_from(SURFACES), st.booleans())
def test_no_request_however_broken_is_a_500(
    body: dict[str, Any], surface: str, usable: bool
) -> None:
    if usable:
        body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]} | body
    answer = Asker().send("POST", surface + "/chat/completions", json.dumps(body).encode())
    assert answer.status in (200, 400, 404)
    if answer.status != 200:
        assert answer.error["message"]


@CALM
@given(st.binary(max_size=200), st.sampled_from(SURFACES))
def test_no_bytes_are_a_500(body: bytes, surface: str) -> None:
    assert Asker().send("POST", surface + "/chat/completions", body).status in (400, 404)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"model": ' + b"9" * 300_000 + b"}",
        b'{"model": NaN}',
        b'{"model": "\\ud800"}',
        b'{"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "\\ud800"}]}',
        b"\xff\xfe",
        b"null",
        b'"text"',
        b"[]",
    ],
    ids=[
        "deep lists",
        "deep objects",
        "a long number",
        "NaN",
        "a surrogate",
        "a surrogate said",
        "no UTF-8",
        "null",
        "text",
        "[]",
    ],
)
def test_hostile_json_is_answered(body: bytes) -> None:
    answer = Asker().send("POST", GEMINI + "/chat/completions", body)
    assert answer.status in (200, 400, 404)
