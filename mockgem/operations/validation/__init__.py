"""What the models refuse, in the Gemini API's own words. Each refusal has a reason other dialects reword it by."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from mockgem.core.content import Blob, Link, Text, ThinkingConfig, ToolCall, ToolResult, Turn
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.models import Model, Thinking
from mockgem.core.world import World
from mockgem.operations.generate_request import (
    DEFAULT_SAMPLING,
    NO_GEMINI_OPTIONS,
    GenerateRequest,
    is_user_message,
)
from mockgem.operations.generators.media_info import read_media_info

EFFORT_BUDGETS = {"minimal": 1024, "low": 1024, "medium": 8192, "high": 24576}
TOOL_NAME = re.compile(r"[A-Za-z_][\w.:-]{0,63}", re.ASCII)
IMAGE_TYPES = ("image/png", "image/jpeg", "image/jpg", "image/webp", "image/heic", "image/heif")
"""The documented kinds; GIF and BMP are refused."""
DEFAULT_BUDGET = 2048
LEVEL_BUDGETS = {"minimal": 0, "low": 1024, "medium": 8192, "high": 24576}


def find_model(name: str, method: str, world: World) -> Model:
    """The model of that name, if it can do that. Raises the real 404."""
    if not name:
        raise invalid(
            "* GenerateContentRequest.model: unexpected model name format\n", "model_missing"
        )
    model = world.catalogue.find(name, world.clock())
    if model is None or not supports_method(model, method):
        raise model_not_found_error(name, method)
    return model


def supports_method(model: Model, method: str) -> bool:
    return model.can_generate if method == "generateContent" else method in model.methods


def model_not_found_error(name: str, method: str) -> ApiError:
    plain = name.removeprefix("models/").removeprefix("google/")
    message = (
        f"models/{plain} is not found for API version v1main, or is not supported for {method}. "
        "Call ModelService.ListModels to see the list of available models and their supported methods."
    )
    return ApiError(
        Failure(Code.NOT_FOUND, message, reason="model_not_found", context={"model": plain})
    )


def check(question: GenerateRequest, model: Model, *, lenient: bool) -> None:
    """Everything a model may refuse. `lenient` leaves only what can't be answered at all."""
    check_contents(question)
    if lenient:
        return
    for rule in select_rules(question):
        rule(question, model)
    if model.kind == "speech":
        if check_gemini_options not in select_rules(question):
            check_modalities(question, model)
        check_single_turn(question)
        check_voices(question)


def check_contents(question: GenerateRequest) -> None:
    if not question.turns:
        raise invalid(
            "* GenerateContentRequest.contents: contents is not specified\n", "no_contents"
        )


def check_count(question: GenerateRequest, model: Model) -> None:
    count = question.sampling.count
    if not 1 <= count <= 8:
        raise invalid(
            f"Invalid value of n: should be between 1 and 8, got {count}", "n_range", n=count
        )
    if count > 1 and model.family == "2.5":
        raise invalid("Only one candidate can be specified in the current model", "n_one", n=count)
    if count > 1 and model.generation > 2:
        raise invalid("Multiple candidates is not enabled for this model", "n_one", n=count)


def check_penalty(question: GenerateRequest, model: Model) -> None:
    if question.sampling.has_penalty and (model.generation > 2 or model.family == "2.5"):
        raise invalid("Penalty is not enabled for this model", "penalty")


def check_output_limits(question: GenerateRequest, model: Model) -> None:
    if question.sampling.max_tokens is not None and not question.sampling.max_tokens > 0:
        message = "* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be positive.\n"
        raise invalid(message, "max_tokens")
    if len(question.sampling.stop) > 5:
        raise invalid("Request contains an invalid argument.", "stop")


def check_sampling(question: GenerateRequest, model: Model) -> None:
    """The ranges the documentation gives: temperature 0 to 2, top_p 0 to 1."""
    for name, value, high in (
        ("temperature", question.sampling.temperature, 2.0),
        ("top_p", question.sampling.top_p, 1.0),
    ):
        if value is not None and not 0 <= value <= high:
            message = f"* GenerateContentRequest.generation_config.{name}: {name} must be in the range [0.0, {high}].\n"
            raise invalid(message, "sampling", name=name)


def check_tool_names(question: GenerateRequest, model: Model) -> None:
    for number, tool in enumerate(question.tools):
        if not TOOL_NAME.fullmatch(tool.name):
            raise invalid(
                f"* GenerateContentRequest.tools[0].function_declarations[{number}].name: Invalid function name. Must "
                "start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.) or "
                "dashes (-), with a maximum length of 64.\n",
                "tool_name",
                name=tool.name,
            )


def check_tools(question: GenerateRequest, model: Model) -> None:
    if question.tools and not model.tools:
        raise invalid("Function calling is not enabled for this model", "tools", model=model.id)
    wants_json = question.json or question.schema is not None
    if wants_json and not model.json:
        raise invalid("JSON mode is not enabled for this model", "json", model=model.id)
    if question.tools and wants_json and model.generation < 3:
        message = "Function calling with a response mime type: 'application/json' is unsupported"
        raise invalid(message, "tools_and_json")
    names: set[str] = set()
    for tool in question.tools:
        if tool.name in names:
            raise invalid(
                f"Duplicate function declaration found: {tool.name}",
                "duplicate_tool",
                name=tool.name,
            )
        names.add(tool.name)
    for name in question.tool_choice.names:
        if name not in names:
            message = (
                "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: "
                f"allowed_function_names contains a name that is not declared: {name}\n"
            )
            raise invalid(message, "unknown_tool", name=name)


def check_schema(question: GenerateRequest, model: Model) -> None:
    """Before Gemini 2.5 a union of plain types in a response schema was refused (recorded: err-schema-union)."""
    if model.family in ("1.5", "2.0") and has_plain_union(question.schema):
        raise invalid("Request contains an invalid argument.", "schema")


def has_plain_union(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(has_plain_union(one) for one in schema)
    if not isinstance(schema, dict):
        return False
    options = schema.get("anyOf")
    kinds = (
        {str(one.get("type")) for one in options if isinstance(one, dict)}
        if isinstance(options, list)
        else set()
    )
    return len(kinds - {"null", "NULL", "None"}) > 1 or any(
        has_plain_union(one) for one in schema.values()
    )


def check_media(part: Blob | Link, model: Model) -> None:
    seen = read_media_info(part)
    if (seen.kind == "image" and part.mime_type not in IMAGE_TYPES) or seen.kind == "file":
        raise invalid(
            f"Unsupported MIME type: {part.mime_type}", "mime_type", mime_type=part.mime_type
        )
    if seen.kind != "text" and seen.kind not in model.inputs:
        message = f"{seen.kind.capitalize()} input modality is not enabled for models/{model.id}"
        raise invalid(message, "modality")
    if seen.is_broken:
        raise unreadable_media_error(seen.kind)


def unreadable_media_error(kind: str) -> ApiError:
    if kind == "pdf":
        return invalid("The document has no pages.", "bad_media")
    help_page = (
        "Please retry or report in https://developers.generativeai.google/guide/troubleshooting"
    )
    return invalid(f"Unable to process input image. {help_page}", "bad_media")


def check_turn_order(question: GenerateRequest, model: Model) -> None:
    """Calls follow what a user or a tool said; results follow calls, one each."""
    before: Turn | None = None
    for turn in question.turns:
        calls = count_parts(turn, ToolCall)
        results = count_parts(turn, ToolResult)
        asked = count_parts(before, ToolCall) if before else 0
        if calls and (before is None or before.role == "model"):
            raise invalid(
                "Please ensure that function call turn comes immediately after a user turn or after a function "
                "response turn.",
                "call_order",
            )
        if results and not asked:
            raise invalid(
                "Please ensure that function response turn comes immediately after a function call turn.",
                "result_order",
            )
        if asked and results != asked:
            raise invalid(
                "Please ensure that the number of function response parts is equal to the number of function call parts "
                "of the function call turn.",
                "result_count",
            )
        before = turn
    if before is not None and count_parts(before, ToolCall):
        raise invalid(
            "Please ensure that the number of function response parts is equal to the number of function call parts "
            "of the function call turn.",
            "result_count",
        )


def count_parts(turn: Turn, kind: type) -> int:
    return len([part for part in turn.parts if isinstance(part, kind)])


def check_signatures(question: GenerateRequest, model: Model) -> None:
    """Gemini 3 wants its signature back on the first call of every step since the user last spoke."""
    if model.generation < 3:
        return
    start = max((n for n, turn in enumerate(question.turns) if is_user_message(turn)), default=0)
    for position, turn in enumerate(question.turns[start:], start=start + 1):
        first = next((part for part in turn.parts if isinstance(part, ToolCall)), None)
        if first is not None and not first.signature:
            raise invalid(
                "Function call is missing a thought_signature in functionCall parts. This is required for tools to work "
                "correctly, and missing thought_signature may lead to degraded model performance. Additional data, "
                f"function call `default_api:{first.name}` , position {position}. Please refer to "
                "https://ai.google.dev/gemini-api/docs/thought-signatures for more details.",
                "signature",
                name=first.name,
                position=position,
            )


def check_parts(question: GenerateRequest, model: Model) -> None:
    for number, turn in enumerate(question.turns):
        if not turn.parts:
            message = f"* GenerateContentRequest.contents[{number}].parts: contents.parts must not be empty.\n"
            raise invalid(message, "empty_part")
        for place, part in enumerate(turn.parts):
            if isinstance(part, Text):
                if part.text or turn.role == "model":
                    continue
                raise invalid(
                    f"* GenerateContentRequest.contents[{number}].parts[{place}].data: required oneof field 'data' must "
                    "have one initialized field\n",
                    "empty_part",
                )
            if isinstance(part, (Blob, Link)):
                check_media(part, model)


MAX_LOGPROBS = 20
"""Alternatives that can be asked for (documented)."""


def check_gemini_options(question: GenerateRequest, model: Model) -> None:
    """What only Google's own API can ask for."""
    check_modalities(question, model)
    check_builtin_tools(question, model)
    extras = question.gemini_options
    if extras.response_logprobs and model.family not in ("1.5", "2.0"):
        message = f"Logprobs is not enabled for models/{model.id}"
        raise invalid(message, "logprobs")
    if extras.logprobs and not extras.response_logprobs:
        message = "* GenerateContentRequest.generation_config.logprobs: only valid if response_logprobs is true.\n"
        raise invalid(message, "logprobs_alone")
    if not 0 <= extras.logprobs <= MAX_LOGPROBS:
        raise invalid("Request contains an invalid argument.", "logprobs_range", limit=MAX_LOGPROBS)


def check_modalities(question: GenerateRequest, model: Model) -> None:
    """Models that only write say so (recorded); what speaks and draws names what it can do."""
    wanted = question.gemini_options.modalities
    can = {"speech": (("AUDIO",),), "image": (("IMAGE",), ("TEXT",), ("IMAGE", "TEXT"))}.get(
        model.kind, (("TEXT",),)
    )
    chosen = tuple(sorted(set(wanted))) or ("TEXT",)
    if model.kind == "image" and not wanted:
        return
    if chosen in can:
        return
    if model.kind not in ("speech", "image"):
        raise invalid("This model only supports text output.", "modalities")
    listed = "".join(f"* {', '.join(one)}\n" for one in can)
    raise invalid(
        f"The requested combination of response modalities ({', '.join(chosen)}) is not supported by the model. "
        f"models/{model.id} accepts the following combination of response modalities:\n{listed}",
        "modalities",
    )


VOICES = frozenset(
    """achernar achird algenib algieba alnilam aoede autonoe callirrhoe charon despina enceladus erinome fenrir gacrux
    iapetus kore laomedeia leda orus puck pulcherrima rasalgethi sadachbia sadaltager schedar sulafat umbriel vindemiatrix
    zephyr zubenelgenubi""".split()
)


def check_voices(question: GenerateRequest) -> None:
    """Only the service's own voices; two speakers where there are several (both reported)."""
    voices = question.gemini_options.voices
    speakers = [one for one in voices if ": " in one]
    if speakers and len(speakers) != 2:
        message = (
            "* GenerateContentRequest.generation_config.speech_config.multi_speaker_voice_config: "
        )
        raise invalid(message + "the number of enabled_voices must equal 2\n", "voices")
    for voice in voices:
        name = voice.rpartition(": ")[2]
        if name and name.lower() not in VOICES:
            allowed = ", ".join(sorted(VOICES))
            raise invalid(
                f"Voice name {name} is not supported. Allowed voice names are: {allowed}", "voices"
            )


def check_single_turn(question: GenerateRequest) -> None:
    """What speaks takes one turn (reported of earlier models in the same words)."""
    if len(question.turns) > 1:
        raise invalid("Multiturn chat is not enabled for this model", "multiturn")


def check_builtin_tools(question: GenerateRequest, model: Model) -> None:
    """Tools of the service itself beside functions: from Gemini 3 on with a switch, before that not at all (reported)."""
    extras = question.gemini_options
    if not extras.builtin_tools:
        return
    if not model.tools:
        raise invalid("Tool use is not enabled for this model", "tools", model=model.id)
    if model.generation < 3 and (question.json or question.schema is not None):
        message = "Tool use with a response mime type: 'application/json' is unsupported"
        raise invalid(message, "tools_and_json")
    if not question.tools:
        return
    if model.generation < 3:
        raise invalid(
            "Tool use with function calling is unsupported by the model.", "tools_together"
        )
    if not extras.include_tool_calls:
        message = "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools with Function calling."
        raise invalid(message, "tools_together")


def check_system_instruction(question: GenerateRequest, model: Model) -> None:
    """Gemma 3 and models that speak take no system instruction (reported)."""
    if model.id.startswith("gemma-3"):
        raise invalid(f"Developer instruction is not enabled for models/{model.id}", "instruction")
    if model.kind == "speech":
        raise invalid("Developer instruction is not enabled for this model", "instruction")


Rule = Callable[[GenerateRequest, Model], None]

SAMPLING_RULES: tuple[Rule, ...] = (check_count, check_penalty, check_output_limits, check_sampling)
TOOL_AND_SCHEMA_RULES: tuple[Rule, ...] = (check_tool_names, check_tools, check_schema)
PART_RULES: tuple[Rule, ...] = (check_parts,)
TURN_RULES: tuple[Rule, ...] = (check_turn_order, check_signatures)
GEMINI_OPTION_RULES: tuple[Rule, ...] = (check_gemini_options,)
INSTRUCTION_RULES: tuple[Rule, ...] = (check_system_instruction,)


def select_rules(question: GenerateRequest) -> tuple[Rule, ...]:
    """What is checked of a question, in order: only what it could break."""
    found = PART_RULES
    if question.system:
        found = INSTRUCTION_RULES + found
    if question.gemini_options is not NO_GEMINI_OPTIONS:
        found = GEMINI_OPTION_RULES + found
    if question.tools or question.json or question.schema is not None or question.tool_choice.names:
        found = TOOL_AND_SCHEMA_RULES + found
    if question.sampling is not DEFAULT_SAMPLING:
        found = SAMPLING_RULES + found
    for turn in question.turns:
        if not TOOL_PARTS.isdisjoint(map(type, turn.parts)):
            return found + TURN_RULES
    return found


TOOL_PARTS = frozenset((ToolCall, ToolResult))


def resolve_thinking_budget(thought: ThinkingConfig, model: Model) -> int:
    """How many tokens a model may think for a request. Raises where the model can't think that way."""
    abilities = model.thinking
    if thought.level and thought.budget is not None:
        raise invalid(
            "You can only set only one of thinking budget and thinking level.", "thinking_twice"
        )
    if abilities is None:
        if thought.level or thought.effort not in ("", "none") or thought.budget:
            raise invalid("Thinking is not supported for this model.", "thinking")
        return 0
    return (
        resolve_token_budget(thought, abilities)
        if abilities.budget
        else resolve_level_budget(thought, abilities)
    )


MAX_THINKING_BUDGET = 65_536
"""Tokens; more than any model gives out."""


def resolve_level_budget(thought: ThinkingConfig, abilities: Thinking) -> int:
    """Gemini 3 and later. An effort of none is sent on as minimal, which some models refuse (wire facts, section 4)."""
    level = thought.level or ("minimal" if thought.effort == "none" else thought.effort)
    if level and level not in abilities.levels:
        raise invalid(
            f"Thinking level {level.upper()} is not supported for this model", "thinking_level"
        )
    if not level and thought.budget is not None and thought.budget != -1:
        if not 0 <= thought.budget <= MAX_THINKING_BUDGET:
            allowed = f"between 0 and {MAX_THINKING_BUDGET}"
            message = (
                f"The thinking budget {thought.budget} is invalid. Please choose a value {allowed}."
            )
            raise invalid(message, "thinking_budget")
        return thought.budget
    return LEVEL_BUDGETS[level or abilities.default]


def resolve_token_budget(thought: ThinkingConfig, abilities: Thinking) -> int:
    """Gemini 2.5: efforts are budgets; a budget stands between the model's least and most, 0 turns thinking off."""
    assert abilities.budget is not None
    if thought.level:
        raise invalid("Thinking level is not supported for this model.", "thinking_level")
    low, high = abilities.budget
    budget = 0 if thought.effort == "none" else EFFORT_BUDGETS.get(thought.effort, thought.budget)
    if budget is None:
        return 0 if abilities.default == "off" else DEFAULT_BUDGET
    if budget == -1:
        return DEFAULT_BUDGET
    if budget == 0 and not abilities.can_turn_off:
        raise invalid(
            "Budget 0 is invalid. This model only works in thinking mode.", "thinking_budget"
        )
    if budget and not low <= budget <= high:
        message = f"The thinking budget {budget} is invalid. Please choose a value between {low} and {high}."
        raise invalid(message, "thinking_budget")
    return budget


def prompt_too_long_error(prompt: int, model: Model) -> ApiError:
    message = f"The input token count ({prompt}) exceeds the maximum number of tokens allowed ({model.input_limit})."
    return invalid(message, "too_long", tokens=prompt, limit=model.input_limit)
