"""What a decoded request for content means, and what does not fit together."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Link, Text, ThinkingConfig, ToolChoice, Turn
from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.generate_request import (
    build_question,
    check_roles,
    check_safety,
    has_links,
    parse_cache_name,
    parse_extras,
    parse_response_format,
    parse_sampling,
    parse_thought,
    parse_tool_choice,
    parse_tools,
    parse_voices,
)
from mockgem.operations.generate_request import (
    DEFAULT_SAMPLING,
    DEFAULT_THINKING,
    NO_GEMINI_OPTIONS,
    Sampling,
)

ANY_ARGUMENT = "Request contains an invalid argument."
FIELD = "* GenerateContentRequest.generation_config"


def refuse(function: Any, *values: Any, **named: Any) -> str:
    with pytest.raises(ApiError) as error:
        function(*values, **named)
    assert error.value.failure.status == 400
    return error.value.failure.message


def test_vertex_ai_needs_a_role_for_each_content() -> None:
    check_roles({"contents": [{"role": "user"}]})
    check_roles({})
    for last in ({}, {"role": ""}):
        message = refuse(check_roles, {"contents": [{"role": "user"}, last]})
        assert message == "Please use a valid role: user, model."


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", ""),
        ("cachedContents/a.b-c_1", "a.b-c_1"),
        ("projects/p/locations/l/cachedContents/a", "a"),
    ],
)
def test_the_name_of_a_cache(name: str, found: str) -> None:
    assert parse_cache_name(name) == found


@pytest.mark.parametrize("name", ["a", "cachedContents/", "x/cachedContents/a", "files/a"])
def test_another_name_than_that_of_a_cache_is_refused(name: str) -> None:
    assert refuse(parse_cache_name, name) == ANY_ARGUMENT


def test_links_that_each_service_reads() -> None:
    def turn(uri: str) -> list[Turn]:
        return [Turn("user", (Text("a"), Link("image/png", uri)))]

    assert not has_links([Turn("user", (Text("a"),))], vertex=False)
    for uri in ("https://x", "HTTP://x", "files/a", "v1beta/files/a", "v1/files/a"):
        assert has_links(turn(uri), vertex=False)
    assert has_links(turn("gs://b/c"), vertex=True)
    for uri in ("gs://b/c", "v2/files/a", "my/files/a"):
        message = refuse(has_links, turn(uri), vertex=False)
        assert message == f"Invalid or unsupported file uri: {uri}"


def test_categories_of_older_models_are_refused_with_their_places() -> None:
    check_safety([{"category": "harm_category_harassment"}, {}])
    old = ["unspecified", "derogatory", "toxicity", "violence", "sexual", "medical", "dangerous"]
    settings = [{"category": f"harm_category_{name}"} for name in ["hate_speech", *old]]
    names = "HATE_SPEECH SEXUALLY_EXPLICIT DANGEROUS_CONTENT HARASSMENT CIVIC_INTEGRITY".split()
    listed = ", ".join(f"HarmCategory.HARM_CATEGORY_{name}" for name in names)
    assert refuse(check_safety, settings) == "".join(
        f"* GenerateContentRequest.safety_settings[{place}]: element predicate failed: $.category "
        f"in ({listed})\n"
        for place in range(1, 8)
    )


def declare(**more: Any) -> Any:
    return {"tools": [{"google_search": {}}, {"function_declarations": [{}, more]}]}


def test_functions_have_a_schema_in_one_of_two_forms() -> None:
    plain = {"type": "object", "properties": {"a": {"type": "string"}}}
    first, second = parse_tools(declare(name="f", description="d", parameters_json_schema=plain))
    assert (first.name, first.description, first.parameters) == ("", "", {})
    assert (second.name, second.description, second.parameters) == ("f", "d", plain)
    openapi = {"type": "object", "properties": {"a": {"type": "string", "nullable": True}}}
    (_, found) = parse_tools(declare(parameters=openapi))
    assert found.parameters["properties"] == {"a": {"type": ["string", "null"]}}
    assert parse_tools({}) == ()


def test_a_schema_of_a_function_that_is_refused() -> None:
    both = declare(parameters={}, parameters_json_schema={})
    assert refuse(parse_tools, both) == (
        "Only one of parameters and parameters_json_schema may be set in a function declaration."
    )
    for schema in ([], "x", 1, {"properties": ["a"]}, {"properties": 1}):
        assert refuse(parse_tools, declare(parameters_json_schema=schema)) == ANY_ARGUMENT
    parse_tools(declare(parameters_json_schema={"properties": None}))
    assert refuse(parse_tools, declare(parameters={"type": "array"})) == (
        "* GenerateContentRequest.tools[1].function_declarations[1].parameters.items: missing "
        "field.\n"
    )


@pytest.mark.parametrize(
    ("calling", "expected"),
    [
        ({}, ToolChoice("auto")),
        ({"mode": "mode_unspecified"}, ToolChoice("auto")),
        ({"mode": "auto"}, ToolChoice("auto")),
        ({"mode": "validated"}, ToolChoice("auto")),
        ({"mode": "none"}, ToolChoice("none")),
        ({"mode": "any"}, ToolChoice("any")),
        ({"mode": "any", "allowed_function_names": ["f"]}, ToolChoice("any", ("f",))),
        ({"mode": "validated", "allowed_function_names": ["f"]}, ToolChoice("auto", ("f",))),
    ],
)
def test_a_tool_choice(calling: Any, expected: ToolChoice) -> None:
    assert parse_tool_choice({"tool_config": {"function_calling_config": calling}}) == expected
    assert parse_tool_choice({}) == ToolChoice("auto")


@pytest.mark.parametrize("mode", ["auto", "none", "mode_unspecified"])
def test_names_of_functions_need_a_mode(mode: str) -> None:
    calling = {"mode": mode, "allowed_function_names": ["f"]}
    message = refuse(parse_tool_choice, {"tool_config": {"function_calling_config": calling}})
    assert message == (
        "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: "
        "allowed_function_names should only be set when mode is ANY or VALIDATED.\n"
    )


JSON = "application/json"
SCHEMA = {"type": "string", "enum": ["a"]}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, (False, None)),
        ({"response_mime_type": "text/plain"}, (False, None)),
        ({"response_mime_type": "application/xml"}, (False, None)),
        ({"response_mime_type": "application/yaml"}, (False, None)),
        ({"response_mime_type": JSON}, (True, None)),
        ({"response_mime_type": JSON, "response_schema": SCHEMA}, (True, SCHEMA)),
        ({"response_mime_type": JSON, "response_json_schema": SCHEMA}, (True, SCHEMA)),
        ({"response_mime_type": "text/x.enum", "response_schema": SCHEMA}, (False, SCHEMA)),
        ({"response_mime_type": "text/x.enum"}, (False, None)),
        ({"response_mime_type": JSON, "response_json_schema": True}, (True, True)),
    ],
)
def test_the_format_of_a_reply(config: Any, expected: Any) -> None:
    assert parse_response_format(config) == expected


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"response_schema": SCHEMA, "response_json_schema": SCHEMA},
         "Only one of response_schema and response_json_schema may be set."),
        ({"response_mime_type": "text/html"},
         f"{FIELD}.response_mime_type: allowed mimetypes are `text/plain`, `application/json`, "
         "`application/xml`, `application/yaml` and `text/x.enum`.\n"),
        ({"response_schema": SCHEMA},
         f"{FIELD}.response_schema: only allowed when response_mime_type is application/json.\n"),
        ({"response_mime_type": "text/plain", "response_json_schema": {}},
         f"{FIELD}.response_schema: only allowed when response_mime_type is application/json.\n"),
        ({"response_mime_type": "text/x.enum", "response_schema": {"type": "string"}},
         ANY_ARGUMENT),
        ({"response_mime_type": JSON, "response_schema": {"type": "object", "properties": {}}},
         "* GenerateContentRequest.generation_config.response_schema.properties: should be "
         "non-empty for OBJECT type\n"),
    ],
)  # fmt: skip
def test_a_format_that_is_refused(config: Any, words: str) -> None:
    assert refuse(parse_response_format, config) == words


@pytest.mark.parametrize(
    ("thinking", "expected"),
    [
        (None, DEFAULT_THINKING),
        ({}, DEFAULT_THINKING),
        ({"thinking_budget": 0}, ThinkingConfig(0)),
        ({"thinking_level": "low"}, ThinkingConfig(None, "low")),
        ({"thinking_level": "thinking_level_unspecified", "include_thoughts": True},
         ThinkingConfig(None, "", "", True)),
    ],
)  # fmt: skip
def test_how_a_model_thinks(thinking: Any, expected: ThinkingConfig) -> None:
    assert parse_thought({"thinking_config": thinking}) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"max_output_tokens": 5}, Sampling(max_tokens=5)),
        ({"stop_sequences": ["a", "b"]}, Sampling(stop=("a", "b"))),
        ({"candidate_count": 2}, Sampling(count=2)),
        ({"temperature": 0.5}, Sampling(temperature=0.5)),
        ({"top_p": 0.5}, Sampling(top_p=0.5)),
        ({"presence_penalty": 0.1}, Sampling(has_penalty=True)),
        ({"frequency_penalty": 0.1}, Sampling(has_penalty=True)),
        ({"presence_penalty": 0.0}, Sampling()),
    ],
)
def test_the_limits_of_a_reply(config: Any, expected: Sampling) -> None:
    assert parse_sampling(config, vertex=False) == expected
    assert parse_sampling({"seed": 1}, vertex=False) is DEFAULT_SAMPLING


def test_no_candidates_are_one_on_vertex_ai_alone() -> None:
    assert parse_sampling({"candidate_count": 0}, vertex=True).count == 1
    assert parse_sampling({"candidate_count": 0}, vertex=False).count == 0
    assert parse_sampling({"candidate_count": 2}, vertex=True).count == 2


def test_options_that_only_gemini_has() -> None:
    assert parse_extras({}, {}, vertex=False) is NO_GEMINI_OPTIONS
    assert parse_extras({}, {}, vertex=True) is NO_GEMINI_OPTIONS
    tools = {"tools": [{"google_search_retrieval": {"a": 1}}, {"code_execution": {"b": 2}}]}
    options = parse_extras(tools, {}, vertex=True)
    assert options.builtin_tools == {
        "code_execution": {"b": 2}, "google_search": {},
    }  # fmt: skip
    assert options.is_vertex
    assert not parse_extras(tools, {}, vertex=False).is_vertex
    both = {"tools": [{"google_search": {"c": 3}}, {"google_search_retrieval": {}}]}
    assert parse_extras(both, {}, vertex=False).builtin_tools["google_search"] == {"c": 3}


@pytest.mark.parametrize(
    ("body", "config", "expected"),
    [
        ({"tool_config": {"include_server_side_tool_invocations": True}}, {},
         {"include_tool_calls": True, "has_tool_calls_switch": True}),
        ({"tool_config": {}, "cached_content": "c"}, {}, {"has_tool_config": True}),
        ({}, {"response_modalities": ["text", "image"]}, {"modalities": ("TEXT", "IMAGE")}),
        ({}, {"image_config": {"aspect_ratio": "1:1"}}, {"aspect_ratio": "1:1"}),
        ({}, {"image_config": {"image_size": "2K"}}, {"image_size": "2K"}),
        ({}, {"response_mime_type": "text/x.enum"}, {"is_enum_answer": True}),
        ({}, {"response_logprobs": True}, {"response_logprobs": True}),
        ({}, {"logprobs": 3}, {"logprobs": 3}),
    ],
)  # fmt: skip
def test_each_option(body: Any, config: Any, expected: Any) -> None:
    options = parse_extras(body, config, vertex=False)
    for name, value in expected.items():
        assert getattr(options, name) == value
        assert getattr(NO_GEMINI_OPTIONS, name) != value
    for name in ({"tool_config": {}}, {"cached_content": "c"}):
        assert parse_extras(name, {}, vertex=False) is NO_GEMINI_OPTIONS


def voice(name: str) -> Any:
    return {"voice_config": {"prebuilt_voice_config": {"voice_name": name}}}


def test_voices_of_one_speaker_and_of_several() -> None:
    assert parse_voices({}) == ()
    assert parse_voices({"voice_config": {}}) == ()
    assert parse_voices(voice("Kore")) == ("Kore",)
    speakers = [{"speaker": "A", **voice("Kore")}, voice("Puck")]
    several = {"multi_speaker_voice_config": {"speaker_voice_configs": speakers}}
    assert parse_voices(several) == ("A: Kore", ": Puck")
    assert refuse(parse_voices, {**several, **voice("Kore")}) == ANY_ARGUMENT


def test_a_question_has_all_parts_of_a_request() -> None:
    body = {
        "contents": [{"parts": [{"text": "a"}]}],
        "system_instruction": {"parts": [{"text": "s"}]},
        "cached_content": "cachedContents/c",
        "safety_settings": [],
        "generation_config": {"temperature": 0.5, "thinking_config": {"thinking_budget": 1}},
    }
    question = build_question(body, "m")
    assert (question.model, question.system, question.cached_content) == ("m", "s", "c")
    assert [turn.parts for turn in question.turns] == [(Text("a"),)]
    assert (question.sampling.temperature, question.thinking.budget) == (0.5, 1)
    assert not question.has_links
    bad = {"safety_settings": [{"category": "harm_category_medical"}]}
    assert "element predicate failed" in refuse(build_question, bad, "m")
