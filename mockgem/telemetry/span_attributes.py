"""The name and the attributes of a span, as the GenAI semantic conventions of OpenTelemetry say.

They contain no prompts, no replies, and no secrets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.call import Call
from mockgem.core.content import Usage
from mockgem.core.errors import Failure
from mockgem.operations.draft import Draft
from mockgem.operations.embed import EmbedTextsRequest
from mockgem.operations.generate_request import GenerateRequest
from mockgem.telemetry.observation import OTHER_MODEL, Observation

Value = str | int | float | bool | Sequence[str]
Attributes = dict[str, Value]
OPERATIONS = {"embed": "embeddings"}
NAMED_OPERATIONS = {
    "chat.completions": "chat",
    "responses.create": "chat",
    "completions": "text_completion",
}
"""Operations by the service's own name of a method."""
MAX_MODEL = 256
"""Characters of an unknown model's name."""
OUTPUT_TYPES = {"IMAGE": "image", "AUDIO": "speech", "TEXT": "text"}


def name_span(observation: Observation) -> str:
    """Return `{operation} {model}` for a model's answer, and `{method} {route}` otherwise."""
    call = observation.call
    operation = find_operation(call)
    if operation and call.model:
        return f"{operation} {show_model(observation)}"
    route = find_route(call)
    return f"{call.wire.method} {route}" if route else call.wire.method


def find_operation(call: Call) -> str:
    """Return the operation as the conventions name it, or "" if a model does nothing."""
    if call.endpoint is None:
        return ""
    if call.endpoint.wire_name in NAMED_OPERATIONS:
        return NAMED_OPERATIONS[call.endpoint.wire_name]
    if find_question(call) is not None or call.endpoint.scenario == "generate":
        return "generate_content"
    return OPERATIONS.get(call.endpoint.scenario, "")


def find_route(call: Call) -> str:
    return "" if call.endpoint is None else call.endpoint.path


def find_question(call: Call) -> GenerateRequest | None:
    question = getattr(call.request, "question", None)
    return question if isinstance(question, GenerateRequest) else None


def show_model(observation: Observation) -> str:
    """Return the model as the client named it, without secrets that it may contain."""
    if observation.model != OTHER_MODEL:
        return observation.model
    from mockgem.redaction.credentials import find_credentials
    from mockgem.redaction.finder import SecretFinder

    wire = observation.call.wire
    finder = SecretFinder(find_credentials(wire.headers.items(), wire.query.items()))
    return finder.redact(observation.call.model.removeprefix("models/"))[:MAX_MODEL]


def build_attributes(observation: Observation) -> Attributes:
    """Return all attributes of a span."""
    call, entry = observation.call, observation.entry
    attributes: Attributes = {
        "http.request.method": entry.method,
        "http.response.status_code": entry.status,
        "mockgem.surface": entry.surface,
        "mockgem.source": entry.source,
        "mockgem.outcome": entry.outcome,
    }
    if route := find_route(call):
        attributes["http.route"] = route
    if call.world.name:
        attributes["mockgem.world"] = call.world.name
    if error := find_error_type(observation):
        attributes["error.type"] = error
    attributes |= describe_scenario(entry.scenario_details or {})
    for name, text in entry.headers:
        if name == "X-Request-Id":
            attributes["mockgem.request_id"] = text
    if operation := find_operation(call):
        attributes |= {
            "gen_ai.operation.name": operation,
            "gen_ai.provider.name": find_provider(call),
        }
        attributes |= describe_request(observation) | describe_reply(observation)
    return attributes


def find_provider(call: Call) -> str:
    return "gcp.vertex_ai" if call.surface.family.startswith("vertex") else "gcp.gemini"


def find_error_type(observation: Observation) -> str:
    """Return Google's code of an error or its status, "cut" for a broken answer, or nothing."""
    entry, content = observation.entry, observation.answer.content
    if entry.status >= 400:
        return content.code.value if isinstance(content, Failure) else str(entry.status)
    return "cut" if entry.outcome == "cut" else ""


def describe_scenario(details: Mapping[str, Any]) -> Attributes:
    """Return what a scenario did."""
    attributes: Attributes = {
        f"mockgem.{name}": str(details[name]) for name in ("scenario", "rule") if name in details
    }
    if faults := details.get("faults"):
        attributes["mockgem.faults"] = [str(fault) for fault in faults]
    return attributes


def describe_request(observation: Observation) -> Attributes:
    """Return what the client asked for."""
    call, attributes = observation.call, Attributes()
    if call.model:
        attributes["gen_ai.request.model"] = show_model(observation)
    if getattr(call.request, "stream", False):
        attributes["gen_ai.request.stream"] = True
    question = getattr(call.request, "question", None)
    if isinstance(question, EmbedTextsRequest) and question.dimensions:
        attributes["gen_ai.embeddings.dimension.count"] = question.dimensions
    if isinstance(question, GenerateRequest):
        attributes |= describe_question(question)
    return attributes


def describe_question(question: GenerateRequest) -> Attributes:
    """Return the parameters of sampling that a request has."""
    sampling = question.sampling
    given: dict[str, Value | None] = {
        "gen_ai.request.max_tokens": sampling.max_tokens,
        "gen_ai.request.temperature": sampling.temperature,
        "gen_ai.request.top_p": sampling.top_p,
        "gen_ai.request.stop_sequences": list(sampling.stop) or None,
        "gen_ai.request.choice.count": sampling.count if sampling.count != 1 else None,
        "gen_ai.output.type": find_output_type(question),
    }
    return {name: value for name, value in given.items() if value is not None}


def find_output_type(question: GenerateRequest) -> str | None:
    """Return the type of output that a request asks for, if it asks for one."""
    if question.json or question.schema is not None:
        return "json"
    modalities = question.gemini_options.modalities
    wanted = [OUTPUT_TYPES[one] for one in modalities if one in OUTPUT_TYPES]
    return next((one for one in wanted if one != "text"), wanted[0] if wanted else None)


def describe_reply(observation: Observation) -> Attributes:
    """Return what the model answered, without its words."""
    attributes: Attributes = {}
    draft = getattr(observation.answer.content, "draft", None)
    if isinstance(draft, Draft):
        is_known = observation.model != OTHER_MODEL
        attributes["gen_ai.response.model"] = (
            draft.model.id if is_known else show_model(observation)
        )
        reasons = [candidate.finish_reason.value for candidate in draft.candidates]
        attributes["gen_ai.response.finish_reasons"] = reasons
    if observation.was_open and not observation.is_socket:
        attributes["gen_ai.response.time_to_first_chunk"] = observation.first_byte_seconds
    if observation.usage is not None:
        attributes |= describe_usage(observation.usage)
    return attributes


def describe_usage(usage: Usage) -> Attributes:
    """Return token counts: the conventions count thoughts as output, and cached tokens as input."""
    attributes: Attributes = {
        "gen_ai.usage.input_tokens": usage.prompt + usage.tool_use_prompt,
        "gen_ai.usage.output_tokens": usage.output + usage.thoughts,
    }
    if usage.thoughts:
        attributes["gen_ai.usage.reasoning.output_tokens"] = usage.thoughts
    if usage.cached:
        attributes["gen_ai.usage.cache_read.input_tokens"] = usage.cached
    return attributes
