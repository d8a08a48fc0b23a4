"""What a request to the Interactions API means: tools, formats, thinking, voices and steps."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from mockgem.core.content import (
    Blob,
    CodeResult,
    ExecutableCode,
    Link,
    ServerToolCall,
    ServerToolResult,
    Text,
    ThinkingConfig,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from mockgem.dialects.interactions.create_request import (
    parse_modalities,
    parse_options,
    parse_sampling,
    parse_server,
    parse_text_format,
    parse_thinking,
    parse_tool_choice,
    parse_tools,
    parse_voices,
)
from mockgem.dialects.interactions.field_readers import integer
from mockgem.dialects.interactions.request_fields import speech_config
from mockgem.dialects.interactions.step_reader import read_turns
from mockgem.operations.generate_request import NO_GEMINI_OPTIONS, Sampling

JSON = "application/json"
SCHEMA = {"type": "object"}


@pytest.mark.parametrize(
    ("formats", "mime_type", "expected"),
    [
        ([], "", (False, None)),
        ([], JSON, (True, None)),
        ([], "text/plain", (False, None)),
        ([{"type": "text"}], "", (False, None)),
        ([{"type": "text", "mime_type": "text/plain"}], "", (False, None)),
        ([{"type": "text", "mime_type": JSON}], "", (True, None)),
        ([{"type": "text", "schema": SCHEMA}], "", (True, SCHEMA)),
        ([{"type": "image"}, {"type": "text", "schema": SCHEMA}], "", (True, SCHEMA)),
        ([SCHEMA], "", (True, SCHEMA)),
        ([{"type": "image"}], JSON, (True, None)),
    ],
)
def test_a_format_is_json_with_a_schema_or_text(
    formats: Any, mime_type: str, expected: tuple[bool, Any]
) -> None:
    assert parse_text_format(formats, mime_type) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("auto", ToolChoice("auto")),
        ("validated", ToolChoice("auto")),
        ("any", ToolChoice("any")),
        ("none", ToolChoice("none")),
        ({}, ToolChoice("auto")),
        ({"allowed_tools": {"tools": ["f"]}}, ToolChoice("auto", ("f",))),
        ({"allowed_tools": {"mode": "any", "tools": ["f", "g"]}}, ToolChoice("any", ("f", "g"))),
        ({"allowed_tools": {"mode": "none"}}, ToolChoice("none")),
    ],
)
def test_a_tool_choice(choice: Any, expected: ToolChoice) -> None:
    assert parse_tool_choice(choice) == expected


@pytest.mark.parametrize(
    ("config", "agent_config", "expected"),
    [
        ({}, {}, (None, "", False)),
        ({"thinking_level": "low"}, {}, (None, "low", False)),
        ({"thinking_summaries": "auto"}, {}, (None, "", True)),
        ({}, {"thinking_summaries": "auto"}, (None, "", True)),
        ({"thinking_summaries": "none"}, {"thinking_summaries": "auto"}, (None, "", False)),
        ({"thinking_level": "high", "thinking_summaries": "auto"}, {}, (None, "high", True)),
    ],
)
def test_how_a_model_thinks(config: Any, agent_config: Any, expected: Any) -> None:
    thinking = parse_thinking(config, agent_config)
    assert isinstance(thinking, ThinkingConfig)
    assert (thinking.budget, thinking.effort, thinking.include_thoughts) == expected


def test_the_limits_of_a_reply() -> None:
    assert parse_sampling({"seed": 1}) == Sampling()
    for name, value in (("temperature", 0.5), ("top_p", 0.5)):
        assert parse_sampling({name: value}) == Sampling(**{name: value})  # type: ignore[arg-type]
    assert parse_sampling({"max_output_tokens": 5}) == Sampling(max_tokens=5)
    assert parse_sampling({"stop_sequences": ["a"]}) == Sampling(stop=("a",))


def test_functions_are_the_tools_with_parameters() -> None:
    tools = [
        {"type": "google_search"},
        {"type": "function", "name": "f", "description": "d", "parameters": SCHEMA},
        {"type": "function", "parameters": None},
    ]
    assert [(tool.name, tool.description, tool.parameters) for tool in parse_tools(tools)] == [
        ("f", "d", SCHEMA),
        ("", "", {}),
    ]


@pytest.mark.parametrize(
    ("allowed", "names", "must_call"),
    [
        ([], None, False),
        ([{"mode": "auto"}], None, False),
        ([{"mode": "any"}], None, True),
        ([{"mode": "none"}], (), False),
        ([{"tools": ["a"]}], ("a",), False),
        ([{"mode": "any", "tools": ["a"]}, {"tools": ["b"]}], ("a", "b"), True),
        ([{"mode": "none", "tools": ["a"]}, {"tools": ["b"]}], ("b",), False),
    ],
)
def test_which_tools_of_a_server_a_model_may_call(
    allowed: Any, names: Any, must_call: bool
) -> None:
    tool = {"type": "mcp_server", "url": "https://mcp.example/x", "allowed_tools": allowed}
    server = parse_server(tool)
    assert (server.name, server.url, dict(server.headers)) == ("mcp.example", tool["url"], {})
    assert (server.tools, server.must_call) == (names, must_call)
    named = parse_server({**tool, "name": "mine", "headers": {"a": "b"}})
    assert (named.name, dict(named.headers)) == ("mine", {"a": "b"})


def test_options_are_abilities_media_and_voices() -> None:
    assert parse_options({}, {}, []) is NO_GEMINI_OPTIONS
    tools = [{"type": "google_search", "x": 1}, {"type": "function"}]
    options = parse_options({"tools": tools}, {}, [])
    assert (options.builtin_tools, options.include_tool_calls) == (
        {"google_search": {"x": 1}},
        True,
    )
    image = {"type": "image", "aspect_ratio": "1:1", "image_size": "2K"}
    other = {"aspect_ratio": "16:9", "image_size": "1K"}
    assert parse_options({}, {"speech_config": [{"voice": "Kore"}]}, []).voices == ("Kore",)
    options = parse_options({}, {"image_config": other}, [{"type": "text"}, image])
    assert (options.aspect_ratio, options.image_size) == ("1:1", "2K")
    assert options.modalities == ("TEXT", "IMAGE")
    assert not options.include_tool_calls
    options = parse_options({}, {"image_config": other}, [])
    assert (options.aspect_ratio, options.image_size) == ("16:9", "1K")


@pytest.mark.parametrize(
    ("body", "formats", "expected"),
    [
        ({}, [], ()),
        ({}, [{"type": "text"}], ()),
        ({}, [{"type": "text"}, {"type": "audio"}], ("TEXT", "AUDIO")),
        ({}, [SCHEMA], ()),
        ({"response_modalities": ["image"]}, [{"type": "audio"}], ("IMAGE",)),
        ({"response_modalities": []}, [{"type": "audio"}], ("AUDIO",)),
    ],
)
def test_the_modalities_of_a_reply(body: Any, formats: Any, expected: Any) -> None:
    assert parse_modalities(body, formats) == expected


def test_voices_of_one_speaker_and_of_several() -> None:
    assert parse_voices([]) == ()
    assert parse_voices([{"voice": "Kore"}, {"language": "de"}]) == ("Kore",)
    speakers = [{"speaker": "A", "voice": "Kore"}, {"speaker": "B"}]
    assert parse_voices({"speakers": speakers}) == ("A: Kore", "B: ")
    assert parse_voices({}) == ()


@pytest.mark.parametrize(
    ("speech", "read_as"),
    [
        ({"voice": "Kore"}, [{"voice": "Kore"}]),
        ([{"voice": "Kore"}], [{"voice": "Kore"}]),
        ({"speakers": [{"speaker": "A"}]}, {"speakers": [{"speaker": "A"}]}),
    ],
)
def test_a_speech_config_is_one_voice_several_or_speakers(speech: Any, read_as: Any) -> None:
    assert speech_config(speech, "speech_config", "") == read_as


@pytest.mark.parametrize("value", [5, 5.0, "5", -5, "-5", 10**18])
def test_an_integer_may_be_a_text(value: Any) -> None:
    assert integer(value, "a", "") == int(value)


@pytest.mark.parametrize("value", [5.5, "5.5", True, None, "", "-", "1" * 20, [5], float("inf")])
def test_what_is_not_an_integer_is_refused(value: Any) -> None:
    with pytest.raises(Exception, match="expected an integer"):
        integer(value, "a", "")


# Steps


def read(*steps: Any) -> list[tuple[str, tuple[Any, ...]]]:
    return [(turn.role, turn.parts) for turn in read_turns(list(steps))]


DATA = base64.b64encode(b"bytes").decode()
CALL = {"type": "function_call", "name": "f", "arguments": {"a": 1}, "id": "c1"}
RESULT = {"type": "function_result", "name": "f", "call_id": "c1", "result": "r1"}
HELLO = {"type": "text", "text": "Hello"}


def test_a_text_is_one_turn() -> None:
    (turn,) = read_turns("Hello")
    assert (turn.role, turn.parts) == ("user", (Text("Hello"),))
    assert read_turns(None) == ()


def test_contents_are_one_turn_and_each_user_input_is_one() -> None:
    assert read(HELLO, HELLO) == [("user", (Text("Hello"), Text("Hello")))]
    step = {"type": "user_input", "content": [HELLO]}
    assert read(step, step) == [("user", (Text("Hello"),))] * 2
    assert read({"type": "user_input", "content": "Hello"}) == [("user", (Text("Hello"),))]
    assert read({"type": "user_input"}) == []


def test_steps_of_the_model_are_one_turn_and_so_are_results() -> None:
    output = {"type": "model_output", "content": [HELLO]}
    call, result = ToolCall("f", {"a": 1}, "c1"), ToolResult("f", "r1", "c1")
    assert read(output, CALL, RESULT, RESULT, output) == [
        ("model", (Text("Hello"), call)),
        ("user", (result, result)),
        ("model", (Text("Hello"),)),
    ]
    inside = {"type": "user_input", "content": [RESULT]}
    assert read(RESULT, inside) == [("user", (result, result))]
    mixed = {"type": "user_input", "content": [RESULT, HELLO]}
    assert read(RESULT, mixed) == [("user", (result,)), ("user", (result, Text("Hello")))]


def test_the_signature_of_a_thought_belongs_to_the_next_part() -> None:
    thought = {"type": "thought", "signature": "s1"}
    own = {**CALL, "signature": "own"}
    plain = ToolCall("f", {"a": 1}, "c1")
    signed = ToolCall("f", {"a": 1}, "c1", "s1")
    assert read(thought, CALL, CALL) == [("model", (signed, plain))]
    assert read(thought, own) == [("model", (ToolCall("f", {"a": 1}, "c1", "own"),))]
    output = {"type": "model_output", "content": [HELLO]}
    assert read(thought, output) == [("model", (Text("Hello", signature="s1"),))]
    assert read(thought, {"type": "model_output", "content": []}, CALL) == [("model", (plain,))]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ({"type": "image", "data": DATA}, Blob("image/png", b"bytes")),
        ({"type": "audio", "data": DATA}, Blob("audio/wav", b"bytes")),
        ({"type": "video", "uri": "u"}, Link("video/mp4", "u")),
        ({"type": "document", "uri": "u"}, Link("application/pdf", "u")),
        ({"type": "image", "data": DATA, "mime_type": "image/webp"}, Blob("image/webp", b"bytes")),
        ({"type": "video", "uri": "u", "mime_type": "video/webm"}, Link("video/webm", "u")),
    ],
)
def test_media_have_a_type(content: Any, part: Any) -> None:
    assert read(content) == [("user", (part,))]


@pytest.mark.parametrize(
    ("result", "text", "more"),
    [
        ("r1", "r1", ()),
        ({"output": "r1"}, "r1", ()),
        ({"größe": 1}, '{"größe": 1}', ()),
        ([HELLO, HELLO], "Hello\nHello", ()),
        ([HELLO, {"type": "image", "data": DATA}], "Hello", (Blob("image/png", b"bytes"),)),
    ],
)
def test_a_result_is_a_text_with_media_after_it(result: Any, text: str, more: Any) -> None:
    step = {**RESULT, "result": result}
    assert read(step) == [("user", (ToolResult("f", text, "c1"), *more))]


@pytest.mark.parametrize(
    ("step", "part"),
    [
        ({"type": "code_execution_call", "id": "c", "arguments": {"code": "1"}, "signature": "s"},
         ExecutableCode("1", "c", "s")),
        ({"type": "code_execution_result", "call_id": "c", "result": "2"},
         CodeResult("2", "OK", "c")),
        ({"type": "code_execution_result", "call_id": "c", "result": [2], "is_error": True},
         CodeResult("[2]", "FAILED", "c")),
        ({"type": "google_search_call", "id": "c", "arguments": {"q": 1}, "signature": "s"},
         ServerToolCall("GOOGLE_SEARCH_WEB", {"q": 1}, "c", "s")),
        ({"type": "google_search_result", "call_id": "c", "result": [1], "signature": "s"},
         ServerToolResult("GOOGLE_SEARCH_WEB", {"result": [1]}, "c", "s")),
        ({"type": "url_context_call", "id": "c"}, ServerToolCall("URL_CONTEXT", {}, "c", "")),
        ({"type": "mcp_server_tool_call", "id": "c", "name": "t", "server_name": "n",
          "arguments": {"q": 1}, "signature": "s"},
         ServerToolCall("MCP_SERVER", {"name": "t", "server_name": "n", "arguments": {"q": 1}},
                        "c", "s")),
        ({"type": "mcp_server_tool_result", "call_id": "c", "name": "t", "server_name": "n",
          "result": "r"},
         ServerToolResult("MCP_SERVER", {"name": "t", "server_name": "n", "result": "r"},
                          "c", "")),
    ],
)  # fmt: skip
def test_steps_of_the_service_s_own_tools(step: Any, part: Any) -> None:
    assert read(step) == [("model", (part,))]
