"""Every refusal of a request: its whole message, its reason and its facts, and where it begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mockgem.core.content import (
    Blob,
    Link,
    Part,
    Text,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
    Turn,
)
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.models import Model
from mockgem.operations.generate_request import GeminiOptions, GenerateRequest, Sampling
from mockgem.operations.validation.gemini_options import VOICES
from mockgem.operations.validation.request import check_request
from tests.asking import Asker

WORLD = Asker().world
USER = Turn("user", (Text("hi"),))
F, G = Tool("f", "", {}), Tool("g", "", {})
CALL = Turn("model", (ToolCall("f", {}, signature="skip_thought_signature_validator"),))
RESULT = Turn("user", (ToolResult("f", "1"),))
FLASH = "gemini-2.5-flash"
FLASH_2 = "gemini-2.0-flash"
PRO_3 = "gemini-3-pro-preview"
IMAGE = "gemini-2.5-flash-image"
SPEECH = "gemini-2.5-flash-preview-tts"
UNION = {"anyOf": [{"type": "STRING"}, {"type": "INTEGER"}]}
COUNT_MESSAGE = (
    "Please ensure that the number of function response parts is equal to the number of function "
    "call parts of the function call turn."
)
HELP = "Please retry or report in https://developers.generativeai.google/guide/troubleshooting"
PREFIX = "* GenerateContentRequest."


def get_model(name: str) -> Model:
    model = WORLD.catalogue.find(name, WORLD.clock())
    assert model is not None
    return model


def request_of(*turns: Turn, **more: Any) -> GenerateRequest:
    return GenerateRequest("m", turns or (USER,), **more)


def with_parts(*parts: Part) -> GenerateRequest:
    return request_of(Turn("user", parts))


def sample(**values: Any) -> GenerateRequest:
    return request_of(sampling=Sampling(**values))


def options(*, turns: tuple[Turn, ...] = (), tools: tuple[Tool, ...] = (), **values: Any) -> Any:
    return request_of(*turns, tools=tools, gemini_options=GeminiOptions(**values))


def check(request: GenerateRequest, model: str) -> None:
    check_request(request, get_model(model), lenient=False)


def catch(request: GenerateRequest, model: str) -> Failure:
    with pytest.raises(ApiError) as refused:
        check(request, model)
    failure = refused.value.failure
    assert failure.code is Code.INVALID_ARGUMENT
    return failure


def range_message(name: str, high: float) -> str:
    return f"{PREFIX}generation_config.{name}: {name} must be in the range [0.0, {high}].\n"


def name_message(number: int) -> str:
    return (
        f"{PREFIX}tools[0].function_declarations[{number}].name: Invalid function name. Must start "
        "with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots "
        "(.), colons (:), or dashes (-), with a maximum length of 128.\n"
    )


def modality_message(model: str, chosen: str, accepted: str) -> str:
    return (
        f"The requested combination of response modalities ({chosen}) is not supported by the "
        f"model. models/{model} accepts the following combination of response modalities:\n"
        f"{accepted}"
    )


def signature_message(position: int) -> str:
    return (
        "Function call is missing a thought_signature in functionCall parts. This is required for "
        "tools to work correctly, and missing thought_signature may lead to degraded model "
        "performance. Additional data, function call `default_api:f` , position "
        f"{position}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for "
        "more details."
    )


UNSIGNED = Turn(
    "model",
    (Text("t"), ToolCall("f", {}), ToolCall("g", {}, signature="skip_thought_signature_validator")),
)
TWO_RESULTS = Turn("user", (ToolResult("f", "1"), ToolResult("g", "1")))
NO_ARGUMENT = "Request contains an invalid argument."
REFUSALS: list[tuple[str, GenerateRequest, str, str, dict[str, Any]]] = [
    # sampling
    (
        FLASH_2,
        sample(count=0),
        "Invalid value of n: should be between 1 and 8, got 0",
        "n_range",
        {"n": 0},
    ),
    (
        FLASH_2,
        sample(count=9),
        "Invalid value of n: should be between 1 and 8, got 9",
        "n_range",
        {"n": 9},
    ),
    (
        FLASH,
        replace(sample(count=2), is_stream=True),
        "Only one candidate can be specified in the current model",
        "n_one",
        {"n": 2},
    ),
    (
        PRO_3,
        sample(count=2),
        "Multiple candidates is not enabled for this model",
        "n_one",
        {"n": 2},
    ),
    (FLASH, sample(has_penalty=True), f"Penalty is not enabled for models/{FLASH}", "penalty", {}),
    (PRO_3, sample(has_penalty=True), "Penalty is not enabled for this model", "penalty", {}),
    (
        FLASH,
        sample(max_tokens=0),
        f"{PREFIX}generation_config.max_output_tokens: max_output_tokens must be positive.\n",
        "max_tokens",
        {},
    ),
    (FLASH, sample(stop=("a",) * 6), NO_ARGUMENT, "stop", {}),
    (
        FLASH,
        sample(temperature=2.001),
        range_message("temperature", 2.0),
        "sampling",
        {"name": "temperature"},
    ),
    (
        FLASH,
        sample(temperature=-0.001),
        range_message("temperature", 2.0),
        "sampling",
        {"name": "temperature"},
    ),
    (FLASH, sample(top_p=1.001), range_message("top_p", 1.0), "sampling", {"name": "top_p"}),
    # tools and schemas
    (FLASH, request_of(tools=(F, Tool("1", "", {}))), name_message(1), "tool_name", {"name": "1"}),
    (
        FLASH,
        request_of(tools=(Tool("a" * 129, "", {}),)),
        name_message(0),
        "tool_name",
        {"name": "a" * 129},
    ),
    (
        IMAGE,
        request_of(tools=(F,)),
        "Function calling is not enabled for this model",
        "tools",
        {"model": IMAGE},
    ),
    (
        IMAGE,
        request_of(json=True),
        "JSON mode is not enabled for this model",
        "json",
        {"model": IMAGE},
    ),
    (
        IMAGE,
        request_of(schema={}),
        "JSON mode is not enabled for this model",
        "json",
        {"model": IMAGE},
    ),
    (
        FLASH,
        request_of(tools=(F,), json=True),
        "Function calling with a response mime type: 'application/json' is unsupported",
        "tools_and_json",
        {},
    ),
    (
        FLASH,
        request_of(tools=(F, G, F)),
        "Duplicate function declaration found: f",
        "duplicate_tool",
        {"name": "f"},
    ),
    (
        FLASH,
        request_of(tools=(F,), tool_choice=ToolChoice("any", ("f", "h"))),
        f"{PREFIX}tool_config.function_calling_config.allowed_function_names: "
        "allowed_function_names contains a name that is not declared: h\n",
        "unknown_tool",
        {"name": "h"},
    ),
    (FLASH_2, request_of(schema=UNION), NO_ARGUMENT, "schema", {}),
    (FLASH_2, request_of(schema={"items": [{"a": UNION}]}), NO_ARGUMENT, "schema", {}),
    # built-in tools
    (
        IMAGE,
        options(builtin_tools={"google_search": {}}),
        "Tool use is not enabled for this model",
        "tools",
        {"model": IMAGE},
    ),
    (
        FLASH,
        request_of(json=True, gemini_options=GeminiOptions({"google_search": {}})),
        "Tool use with a response mime type: 'application/json' is unsupported",
        "tools_and_json",
        {},
    ),
    (
        FLASH,
        request_of(schema={}, gemini_options=GeminiOptions({"google_search": {}})),
        "Tool use with a response mime type: 'application/json' is unsupported",
        "tools_and_json",
        {},
    ),
    (
        FLASH,
        options(tools=(F,), builtin_tools={"google_search": {}}),
        "Tool use with function calling is unsupported by the model.",
        "tools_together",
        {},
    ),
    (
        PRO_3,
        options(tools=(F,), builtin_tools={"google_search": {}}),
        "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools "
        "with Function calling.",
        "tools_together",
        {},
    ),
    # contents
    (
        FLASH,
        GenerateRequest("m", ()),
        f"{PREFIX}contents: contents is not specified\n",
        "no_contents",
        {},
    ),
    (
        FLASH,
        request_of(USER, Turn("user", ())),
        f"{PREFIX}contents[1].parts: contents.parts must not be empty.\n",
        "empty_part",
        {},
    ),
    (
        FLASH,
        with_parts(Text("a"), Text("")),
        f"{PREFIX}contents[0].parts[1].data: required oneof field 'data' must have one initialized "
        "field\n",
        "empty_part",
        {},
    ),
    (
        FLASH,
        request_of(USER, CALL, USER),
        COUNT_MESSAGE,
        "result_count",
        {},
    ),
    (FLASH, request_of(USER, CALL), COUNT_MESSAGE, "result_count", {}),
    (FLASH, request_of(USER, CALL, TWO_RESULTS), COUNT_MESSAGE, "result_count", {}),
    (
        FLASH,
        request_of(CALL, RESULT),
        "Please ensure that function call turn comes immediately after a user turn or after a "
        "function response turn.",
        "call_order",
        {},
    ),
    (
        FLASH,
        request_of(USER, Turn("model", (Text("t"),)), CALL, RESULT),
        "Please ensure that function call turn comes immediately after a user turn or after a "
        "function response turn.",
        "call_order",
        {},
    ),
    (
        FLASH,
        request_of(USER, RESULT),
        "Please ensure that function response turn comes immediately after a function call turn.",
        "result_order",
        {},
    ),
    (
        PRO_3,
        request_of(USER, UNSIGNED, TWO_RESULTS),
        signature_message(2),
        "signature",
        {"name": "f", "position": 2},
    ),
    (
        PRO_3,
        request_of(USER, UNSIGNED, TWO_RESULTS, USER, CALL, RESULT, UNSIGNED, TWO_RESULTS),
        signature_message(7),
        "signature",
        {"name": "f", "position": 7},
    ),
    (
        SPEECH,
        options(turns=(USER, USER), modalities=("AUDIO",)),
        "Multiturn chat is not enabled for this model",
        "multiturn",
        {},
    ),
    (
        SPEECH,
        request_of(system="s"),
        "Developer instruction is not enabled for this model",
        "instruction",
        {},
    ),
    # media
    (
        FLASH,
        with_parts(Blob("image/bmp", b"BM")),
        "Unsupported MIME type: image/bmp",
        "mime_type",
        {},
    ),
    (
        FLASH,
        with_parts(Link("application/zip", "https://x/y")),
        "Unsupported MIME type: application/zip",
        "mime_type",
        {},
    ),
    (
        IMAGE,
        with_parts(Link("audio/mp3", "https://x/y")),
        "Audio input modality is not enabled for this model",
        "modality",
        {},
    ),
    (
        FLASH,
        with_parts(Blob("application/pdf", b"x")),
        "The document has no pages.",
        "bad_media",
        {},
    ),
    (
        FLASH,
        with_parts(Blob("image/png", b"x")),
        f"Unable to process input image. {HELP}",
        "bad_media",
        {},
    ),
    # options of the Gemini API
    (
        FLASH,
        options(response_logprobs=True),
        f"Logprobs is not enabled for models/{FLASH}",
        "logprobs",
        {},
    ),
    (
        FLASH_2,
        options(logprobs=1),
        f"{PREFIX}generation_config.logprobs: only valid if response_logprobs is true.\n",
        "logprobs_alone",
        {},
    ),
    (
        FLASH_2,
        options(logprobs=21, response_logprobs=True),
        NO_ARGUMENT,
        "logprobs_range",
        {},
    ),
    (
        FLASH_2,
        options(logprobs=-1, response_logprobs=True),
        NO_ARGUMENT,
        "logprobs_range",
        {},
    ),
    (
        FLASH,
        options(modalities=("TEXT", "IMAGE")),
        "This model only supports text output.",
        "modalities",
        {},
    ),
    (
        SPEECH,
        request_of(),
        modality_message(SPEECH, "TEXT", "* AUDIO\n"),
        "modalities",
        {},
    ),
    (
        IMAGE,
        options(modalities=("TEXT", "AUDIO")),
        modality_message(IMAGE, "AUDIO, TEXT", "* IMAGE\n* TEXT\n* IMAGE, TEXT\n"),
        "modalities",
        {},
    ),
    (
        SPEECH,
        options(modalities=("AUDIO",), voices=("Ann: Kore",)),
        f"{PREFIX}generation_config.speech_config.multi_speaker_voice_config: the number of "
        "enabled_voices must equal 2\n",
        "voices",
        {},
    ),
    (
        SPEECH,
        options(modalities=("AUDIO",), voices=("Ann: Kore", "Bob: Nobody")),
        f"Voice name Nobody is not supported. Allowed voice names are: {', '.join(sorted(VOICES))}",
        "voices",
        {},
    ),
]


@pytest.mark.parametrize(("model", "request_", "message", "reason", "facts"), REFUSALS)
def test_a_refusal_says_what_is_wrong(
    model: str, request_: GenerateRequest, message: str, reason: str, facts: dict[str, Any]
) -> None:
    failure = catch(request_, model)
    assert (failure.message, failure.reason, dict(failure.context)) == (message, reason, facts)


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        (FLASH_2, sample(count=1)),
        (FLASH_2, sample(count=2)),
        (FLASH_2, sample(count=8)),
        (FLASH_2, sample(has_penalty=True)),
        (FLASH, sample(max_tokens=1, stop=("a",) * 5, temperature=0.0, top_p=0.0)),
        (PRO_3, sample(count=1, temperature=2.0, top_p=1.0)),
        (FLASH, request_of(tools=(Tool("a" * 128, "", {}), Tool("_.:-9", "", {})))),
        (FLASH, request_of(tools=(F, G), tool_choice=ToolChoice("any", ("f",)))),
        (FLASH, request_of(schema=UNION)),
        (FLASH_2, request_of(schema={"anyOf": [{"type": "STRING"}, {"type": "NULL"}, "x"]})),
        (FLASH_2, request_of(schema={"anyOf": [{"type": "STRING"}, {"type": "STRING"}]})),
        (FLASH_2, request_of(schema={"anyOf": [{}, {"type": "null"}, {"type": "STRING"}]})),
        (FLASH_2, request_of(schema={"items": [{"anyOf": 1}, 2]})),
        (PRO_3, request_of(tools=(F,), json=True)),
        (PRO_3, request_of(json=True, gemini_options=GeminiOptions({"google_search": {}}))),
        (FLASH, options(builtin_tools={"google_search": {}})),
        (PRO_3, options(tools=(F,), builtin_tools={"google_search": {}}, include_tool_calls=True)),
        (FLASH, request_of(USER, Turn("model", (Text(""),)), USER)),
        (FLASH, request_of(USER, UNSIGNED, TWO_RESULTS)),
        (PRO_3, request_of(USER, CALL, RESULT, CALL, RESULT)),
        (PRO_3, request_of(USER, UNSIGNED, TWO_RESULTS, USER)),
        (FLASH, request_of(system="s")),
        (IMAGE, request_of()),
        (IMAGE, options(aspect_ratio="1:1")),
        (IMAGE, options(modalities=("TEXT", "IMAGE", "TEXT"))),
        (FLASH, options(modalities=("TEXT",))),
        (FLASH, options(modalities=("TEXT",), voices=("Nobody",))),
        (FLASH_2, options(logprobs=20, response_logprobs=True)),
        (FLASH_2, options(response_logprobs=True)),
        (SPEECH, options(modalities=("AUDIO",), voices=("KORE",))),
        (SPEECH, options(modalities=("AUDIO",), voices=("",))),
        (SPEECH, options(modalities=("AUDIO",), voices=("Ann: Kore", "Bob: puck"))),
        (FLASH, with_parts(Link("image/heic", "https://x/y"), Link("text/csv", "https://x/y"))),
        (FLASH, with_parts(Blob("application/pdf", b"%PDF-1"))),
    ],
)
def test_the_edge_of_what_is_allowed(model: str, request_: GenerateRequest) -> None:
    check(request_, model)


def test_gemma_3_refuses_an_instruction() -> None:
    model = Model("gemma-3-27b-it", "Gemma")
    with pytest.raises(ApiError) as refused:
        check_request(request_of(system="s"), model, lenient=False)
    message = "Developer instruction is not enabled for models/gemma-3-27b-it"
    assert (refused.value.failure.message, refused.value.failure.reason) == (message, "instruction")
    check_request(request_of(system="s"), Model("gemma-2", "Gemma"), lenient=False)


def test_a_lenient_world_refuses_nothing_but_a_request_without_contents() -> None:
    model = get_model(IMAGE)
    check_request(request_of(tools=(F,), system="s"), model, lenient=True)
    with pytest.raises(ApiError, match="contents is not specified"):
        check_request(GenerateRequest("m", ()), model, lenient=True)
