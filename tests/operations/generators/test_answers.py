"""Generated replies: text about the prompt, values from the user's words, and the right tool."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.content import Tool, ToolChoice
from mockgem.operations.generators import prose, tokens
from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom, hash_facts
from mockgem.operations.generators.tool_selection import choose_tool_calls, score_tool
from tests.asking import Asker, chat


def tool(name: str, description: str = "", /, **properties: Any) -> Tool:
    return Tool(
        name,
        description,
        {"type": "object", "properties": properties, "required": list(properties)},
    )


TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
WEATHER = tool("get_weather", "Get the weather in a given location", location=TEXT)
TIME = tool("get_time", "The current time somewhere", city=TEXT)
MAIL = tool("send_email", "Send a mail to somebody", to=TEXT, subject=TEXT)
MAGIC = tool("magic_function", "Applies a magic function", input=NUMBER)
CALCULATOR = tool("calculator", "Evaluate an arithmetic expression", expression=TEXT)
AUTO = ToolChoice()
TOOLS = (WEATHER, TIME, MAIL, MAGIC, CALCULATOR)


def choose_calls(
    question: str, choice: ToolChoice = AUTO, tools: Any = TOOLS
) -> list[tuple[str, Any]]:
    return [
        (call.name, call.args)
        for call in choose_tool_calls(tools, choice, question, [], SeededRandom(0, question))
    ]


@pytest.mark.parametrize(
    ("question", "name", "args"),
    [
        ("What's the weather like in Chicago today?", "get_weather", {"location": "Chicago"}),
        ("What is the value of magic_function(3)?", "magic_function", {"input": 3}),
        ("Will it rain in New York, NY?", "get_weather", {"location": "New York, NY"}),
        ("What time is it in Tokyo?", "get_time", {"city": "Tokyo"}),
        ("How much is 17 * 24?", "calculator", {"expression": "17 * 24"}),
    ],
)
def test_the_right_tool_is_called_with_arguments_from_the_prompt(
    question: str, name: str, args: Any
) -> None:
    assert choose_calls(question) == [(name, args)]


def test_an_email_goes_to_the_address_in_the_prompt() -> None:
    ((name, args),) = choose_calls('Send an email to ann@example.com with the subject "Lunch"')
    assert name == "send_email"
    assert args == {"to": "ann@example.com", "subject": "Lunch"}


@pytest.mark.parametrize(
    "question", ["Hello!", "hi", "Good morning", "Tell me a story about dragons."]
)
def test_a_prompt_that_fits_no_tool_gets_text(question: str) -> None:
    assert choose_calls(question) == []


def test_two_places_are_two_calls_unless_parallel_calls_are_off() -> None:
    question = "What is the weather like in Boston and New Delhi today?"
    assert choose_calls(question) == [
        ("get_weather", {"location": "Boston"}),
        ("get_weather", {"location": "New Delhi"}),
    ]
    assert len(choose_calls(question, ToolChoice("auto", (), parallel=False))) == 1


def test_tools_of_a_sequence_are_called_one_after_the_other() -> None:
    question = "Check the weather in Paris and then email anna@example.com about it"
    first = choose_tool_calls(TOOLS, AUTO, question, [], SeededRandom(0, "x"))
    assert [call.name for call in first] == ["get_weather"]
    second = choose_tool_calls(TOOLS, AUTO, question, ["get_weather"], SeededRandom(0, "x"))
    assert [(call.name, call.args["to"]) for call in second] == [("send_email", "anna@example.com")]
    assert (
        choose_tool_calls(
            TOOLS, AUTO, question, ["get_weather", "send_email"], SeededRandom(0, "x")
        )
        == ()
    )


def test_a_prompt_can_forbid_tools() -> None:
    assert choose_calls("Don't call any tool, just tell me about the weather") == []


def test_a_tool_name_of_vague_words_counts_if_the_prompt_has_all_of_them() -> None:
    create = tool("create_user", "", name=TEXT, email=TEXT)
    assert choose_calls(
        "Create a user named Dana Scully with email dana@example.com", tools=(create,)
    ) == [("create_user", {"name": "Dana Scully", "email": "dana@example.com"})]


def test_two_tools_in_the_prompt_are_both_called() -> None:
    assert [name for name, _ in choose_calls("Get the weather and the time in Oslo")] == [
        "get_weather",
        "get_time",
    ]


def test_a_forced_choice_calls_and_none_does_not() -> None:
    assert [name for name, _ in choose_calls("Hello!", ToolChoice("any"))] != []
    assert [name for name, _ in choose_calls("Hello!", ToolChoice("any", ("send_email",)))] == [
        "send_email"
    ]
    assert choose_calls("What's the weather like in Chicago?", ToolChoice("none")) == []


def test_after_a_call_a_forced_choice_prefers_the_final_answer_tool() -> None:
    final = tool("final_result", "The final answer", answer=TEXT)
    calls = choose_tool_calls(
        (WEATHER, final),
        ToolChoice("any"),
        "Weather in Rome?",
        ["get_weather"],
        SeededRandom(0, "x"),
    )
    assert [call.name for call in calls] == ["final_result"]


def test_optional_arguments_are_left_out_unless_the_prompt_mentions_them() -> None:
    one = Tool(
        "get_weather",
        "Get the weather",
        {
            "type": "object",
            "properties": {
                "location": TEXT,
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
            },
            "required": ["location"],
        },
    )
    assert choose_calls("Weather in Paris", tools=(one,)) == [
        ("get_weather", {"location": "Paris"})
    ]
    assert choose_calls("Weather in Paris in celsius", tools=(one,)) == [
        ("get_weather", {"location": "Paris", "unit": "celsius"})
    ]


def test_the_name_of_a_tool_in_the_prompt_outweighs_all_other_words() -> None:
    assert score_tool(MAGIC, "use magic_function on the weather") > score_tool(
        WEATHER, "use magic_function on the weather"
    )


def generate_fields(question: str, properties: dict[str, Any], **more: Any) -> Any:
    schema = {"type": "object", "properties": properties, "required": list(properties), **more}
    return generate_value(schema, extract_hints(question), SeededRandom(0, question))


def test_an_event_takes_its_fields_from_the_sentence() -> None:
    people = {"type": "array", "items": TEXT}
    event = generate_fields(
        "John and Susan are going to an AI conference on Friday.",
        {"name": TEXT, "date": TEXT, "participants": people},
    )
    assert event == {"name": "AI conference", "date": "Friday", "participants": ["John", "Susan"]}


@pytest.mark.parametrize(
    ("question", "name", "schema", "expected"),
    [
        ("Create a customer named '你好啊集团' (Hello Group)", "customer_name", TEXT, "你好啊集团"),
        ("Return True.", "value", {"type": "boolean"}, True),
        ("Return [1, 2, 3, 4, 5]", "value", {"type": "array", "items": NUMBER}, [1, 2, 3, 4, 5]),
        ("Book it for 3 nights and 2 guests", "guests", NUMBER, 2),
        ("Book it for 3 nights and 2 guests", "nights", NUMBER, 3),
        ("The priority is high", "priority", {"type": "string", "enum": ["low", "high"]}, "high"),
        (
            "Meet me on 2026-12-24 at 18:30",
            "date",
            {"type": "string", "format": "date"},
            "2026-12-24",
        ),
        ("Meet me on 2026-12-24 at 18:30", "start_time", TEXT, "18:30"),
        ("See https://example.com/a for it", "url", TEXT, "https://example.com/a"),
        ("It costs 19.99 euros", "price", {"type": "number"}, 19.99),
        ("Fly from Oslo to Rome", "origin", TEXT, "Oslo"),
        ("what's the weather in paris", "city", TEXT, "paris"),
        ("What is the stock price of AAPL?", "ticker", TEXT, "AAPL"),
        ("Cancel my order #88231 please", "order_id", TEXT, "88231"),
        ("Read the file src/main.py and tell me what it does", "path", TEXT, "src/main.py"),
        ("Transfer $250 from checking to savings", "from_account", TEXT, "checking"),
        ("Transfer $250 from checking to savings", "to_account", TEXT, "savings"),
        ("Transfer $250 from checking to savings", "amount", NUMBER, 250),
        ("Send a message to Carol saying I'll be late", "message", TEXT, "I'll be late"),
        ("Search the web for the best pizza in Naples", "query", TEXT, "best pizza in Naples"),
        ("Set the thermostat to 21 degrees in the living room", "room", TEXT, "living room"),
        ("Play Bohemian Rhapsody by Queen", "artist", TEXT, "Queen"),
        ("Invoice INV-2026-077, amount due 1,250.50 EUR", "amount", {"type": "number"}, 1250.5),
        ("Invoice INV-2026-077, amount due 1,250.50 EUR", "invoice_number", TEXT, "INV-2026-077"),
        ("The invoice total is 1,250.50 EUR", "total", {"type": "number"}, 1250.5),
        ("My phone number is +49 170 1234567", "phone", TEXT, "+49 170 1234567"),
        ("iPhone 15 costs $799 and has a 4.5 star rating", "rating", {"type": "number"}, 4.5),
        ("The title is Sunrise and the mood is happy", "mood", TEXT, "happy"),
        ("The server web-01 is down, severity high", "severity", TEXT, "high"),
        ("Maria Lopez, 34 years old", "age", NUMBER, 34),
        (
            "Extract tags: [urgent, billing]",
            "tags",
            {"type": "array", "items": TEXT},
            ["urgent", "billing"],
        ),
        (
            "Ingredients: flour, sugar and butter.",
            "ingredients",
            {"type": "array", "items": TEXT},
            ["flour", "sugar", "butter"],
        ),
        (
            "Add milk, eggs and bread to my list",
            "items",
            {"type": "array", "items": TEXT},
            ["milk", "eggs", "bread"],
        ),
    ],
)
def test_values_come_from_the_prompt(question: str, name: str, schema: Any, expected: Any) -> None:
    assert generate_fields(question, {name: schema}) == {name: expected}


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("email", "@example.com"),
        ("phone", "+1-555-"),
        ("website", "https://example.com/"),
        ("created_at", "T"),
    ],
)
def test_other_values_follow_from_the_name_of_the_field(name: str, looks: str) -> None:
    assert looks in generate_fields("Make something up", {name: TEXT})[name]


def test_properties_have_the_order_of_the_schema() -> None:
    made = generate_fields("x", {"b": TEXT, "a": TEXT}, propertyOrdering=["a", "b"])
    assert list(made) == ["a", "b"]
    assert list(generate_fields("x", {"b": TEXT, "a": TEXT})) == ["b", "a"]


def test_types_may_be_in_capitals_as_gemini_writes_them() -> None:
    made = generate_value(
        {"type": "OBJECT", "properties": {"n": {"type": "INTEGER", "nullable": True}}},
        extract_hints("n is 5"),
        SeededRandom(0),
    )
    assert made == {"n": 5}


def test_a_reply_is_about_the_prompt() -> None:
    text = chat("Explain to me how photosynthesis works").message["content"]
    assert "how photosynthesis works" in text
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
    assert "temperature is 21, sky is clear" in answer.message["content"]


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
    assert "how AI works" in answer["choices"][0]["message"]["content"]


ORDERS = (
    tool("get_order_status", "The status of an order", order_id=TEXT),
    tool("cancel_order", "Cancel an order", order_id=TEXT),
    tool("place_order", "Place a new order", item=TEXT),
)
FLIGHTS = tool(
    "search_flights",
    "Flights",
    origin=TEXT,
    destination=TEXT,
    date={"type": "string", "format": "date"},
)
TRANSFER = tool(
    "transfer_money", "Transfer money", from_account=TEXT, to_account=TEXT, amount=NUMBER
)
LIGHT = tool("set_light", "Switch a light", room=TEXT, on={"type": "boolean"})


@pytest.mark.parametrize(
    ("question", "tools", "name", "args"),
    [
        ("Where is my order A1234?", ORDERS, "get_order_status", {"order_id": "A1234"}),
        ("Cancel order A1234", ORDERS, "cancel_order", {"order_id": "A1234"}),
        (
            "Find flights from Paris to Rome on 14.3.2027",
            (FLIGHTS,),
            "search_flights",
            {"origin": "Paris", "destination": "Rome", "date": "2027-03-14"},
        ),
        (
            "Find flights from Paris to Rome on 03/14/2027",
            (FLIGHTS,),
            "search_flights",
            {"origin": "Paris", "destination": "Rome", "date": "2027-03-14"},
        ),
        (
            "Transfer 50 dollars from account 111 to account 222",
            (TRANSFER,),
            "transfer_money",
            {"from_account": "111", "to_account": "222", "amount": 50},
        ),
        (
            "Turn off the light in the kitchen",
            (LIGHT,),
            "set_light",
            {"room": "kitchen", "on": False},
        ),
        (
            "Turn the light in the kitchen on",
            (LIGHT,),
            "set_light",
            {"room": "kitchen", "on": True},
        ),
    ],
)
def test_everyday_commands_call_the_right_tool(
    question: str, tools: Any, name: str, args: Any
) -> None:
    assert choose_calls(question, tools=tools) == [(name, args)]


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
    assert reply_to("Is the sky blue? Answer with yes or no.") in ("Yes.", "No.")
    assert len(reply_to("Explain how AI works in a few words").split()) < 15


def test_a_schema_as_googles_guides_write_it_is_followed() -> None:
    sketch = "Use this schema: Recipe = {'name': str, 'steps': list[str]} Return: list[Recipe]"
    question = "List two cookie recipes in JSON format. " + sketch
    found = json.loads(chat(question, response_format={"type": "json_object"}).message["content"])
    assert isinstance(found, list)
    assert all(set(one) == {"name", "steps"} and isinstance(one["steps"], list) for one in found)
