"""Tool calls: the right tool, with arguments from the prompt."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Tool, ToolCall, ToolChoice, ToolResult
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tool_scores import score_tool
from mockgem.operations.generators.tool_selection import choose_tool_calls
from mockgem.operations.tool_history import NO_HISTORY, ToolHistory


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
DIVIDE = tool("divide_integers", "Divide two integers", a=NUMBER, b=NUMBER)
CONTENT = tool("content_tool", "Returns a processed string", query=TEXT)
STOCK = tool("get_stock_price", "The price of a stock", symbol=TEXT)
AUTO = ToolChoice()
TOOLS = (WEATHER, TIME, MAIL, MAGIC, CALCULATOR, DIVIDE, CONTENT)


def after(*names: str) -> ToolHistory:
    """Return the history of a loop in which tools were called and succeeded."""
    results = tuple(ToolResult(name, "done") for name in names)
    return ToolHistory(
        calls=tuple(ToolCall(name, {}) for name in names),
        results=results,
        last_results=results[-1:],
    )


def choose_calls(
    question: str, choice: ToolChoice = AUTO, tools: Any = TOOLS
) -> list[tuple[str, Any]]:
    return [
        (call.name, call.args)
        for call in choose_tool_calls(
            tools, choice, question, NO_HISTORY, SeededRandom(0, question)
        )
    ]


@pytest.mark.parametrize(
    ("question", "name", "args"),
    [
        ("What's the weather like in Chicago today?", "get_weather", {"location": "Chicago"}),
        ("What is the value of magic_function(3)?", "magic_function", {"input": 3}),
        ("Will it rain in New York, NY?", "get_weather", {"location": "New York, NY"}),
        ("What time is it in Tokyo?", "get_time", {"city": "Tokyo"}),
        ("How much is 17 * 24?", "calculator", {"expression": "17 * 24"}),
        ("What is the result of 1000/2?", "divide_integers", {"a": 1000, "b": 2}),
        ("What is 10 divided by 4?", "divide_integers", {"a": 10, "b": 4}),
        ("Process this query: some data", "content_tool", {"query": "some data"}),
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
    first = choose_tool_calls(TOOLS, AUTO, question, NO_HISTORY, SeededRandom(0, "x"))
    assert [call.name for call in first] == ["get_weather"]
    second = choose_tool_calls(TOOLS, AUTO, question, after("get_weather"), SeededRandom(0, "x"))
    assert [(call.name, call.args["to"]) for call in second] == [("send_email", "anna@example.com")]
    assert (
        choose_tool_calls(
            TOOLS, AUTO, question, after("get_weather", "send_email"), SeededRandom(0, "x")
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
        after("get_weather"),
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


def test_each_tool_takes_its_arguments_from_the_clause_that_names_it() -> None:
    question = "What is the price of GOOG? And the weather in Boston?"
    calls = choose_calls(question, tools=(WEATHER, STOCK))
    assert sorted(calls) == [
        ("get_stock_price", {"symbol": "GOOG"}),
        ("get_weather", {"location": "Boston"}),
    ]


def test_all_tools_are_called_that_the_prompt_wants_together() -> None:
    humidity = tool("get_humidity", "The humidity of a place", location=TEXT)
    question = "Get both weather and humidity in Tokyo, then compare. Use both tools."
    assert sorted(choose_calls(question, tools=(WEATHER, humidity))) == [
        ("get_humidity", {"location": "Tokyo"}),
        ("get_weather", {"location": "Tokyo"}),
    ]


@pytest.mark.parametrize("choice", [AUTO, ToolChoice("any")])
def test_a_prompt_can_ask_for_several_calls(choice: ToolChoice) -> None:
    namer = tool("pelican_name_generator")
    assert (
        choose_calls("Two names for a pelican", choice, (namer,))
        == [("pelican_name_generator", {})] * 2
    )
    assert len(choose_calls("A name for a pelican", choice, (namer,))) == 1


def test_a_product_is_not_a_number_of_calls() -> None:
    multiply = tool("multiply", "Multiply numbers", x=NUMBER, y=NUMBER)
    assert choose_calls("What is 5 times 3?", tools=(multiply,)) == [("multiply", {"x": 5, "y": 3})]


@pytest.mark.parametrize(
    ("fields", "question", "args"),
    [
        (
            {"denominator": NUMBER, "numerator": NUMBER},
            "Divide 10 / 2 please",
            {"denominator": 2, "numerator": 10},
        ),
        (
            {
                "x": {**TEXT, "description": "The recipient"},
                "y": {**TEXT, "description": "The message text"},
            },
            "Divide 'the bill' with Bob",
            {"x": "Bob", "y": "the bill"},
        ),
    ],
)
def test_names_and_descriptions_count_before_the_position(
    fields: dict[str, Any], question: str, args: Any
) -> None:
    assert choose_calls(question, tools=(tool("divide", "", **fields),)) == [("divide", args)]


def test_currencies_have_a_direction() -> None:
    convert = tool("convert_currency", "", to_currency=TEXT, amount=NUMBER, from_currency=TEXT)
    assert choose_calls("Convert 100 USD to EUR", tools=(convert,)) == [
        ("convert_currency", {"to_currency": "EUR", "amount": 100, "from_currency": "USD"})
    ]
