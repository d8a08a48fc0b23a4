"""POST /completions: the older form of chat, which gateways pass on as a message of the user.

Evidence: sdk-openai, source-one-api-routes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.content import Text, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.ids import ALPHANUMERIC, encode_in_alphabet, make_gateway_call_id
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import (
    anything,
    boolean,
    double,
    either,
    int32,
    message,
    read_as,
    repeated,
    string,
)
from mockgem.dialects.openai.errors import encode_gateway_error
from mockgem.dialects.openai.gateway_completions import (
    FINISH_REASONS,
    JSON_HEADERS,
    STREAM_HEADERS,
    render_event,
    usage_of,
)
from mockgem.dialects.openai.gateway_models import resolve_model
from mockgem.dialects.openai.reply_template import IdScheme, RenderedReply, ReplyIds, encode_reply
from mockgem.operations.deltas import split_text
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest, Sampling

Json = dict[str, Any]
FIELDS = message(
    "CompletionRequest",
    {
        "model": string,
        "prompt": either(string, repeated(anything)),
        "suffix": string,
        "max_tokens": int32,
        "temperature": double,
        "top_p": double,
        "n": int32,
        "stop": either(string, repeated(string)),
        "stream": boolean,
        "stream_options": message("StreamOptions", {"include_usage": boolean}, open_ended=True),
        "echo": boolean,
    },
    open_ended=True,
)


@frozen
class CompletionRequest:
    """A prompt to complete. `echo` is the prompt if the reply repeats it, else empty."""

    question: GenerateRequest
    requested_model: str
    stream: bool = False
    include_usage: bool = False
    echo: str = ""


def make_completion_id(seed: bytes, created: int) -> str:
    return "cmpl-" + encode_in_alphabet(seed[:16], ALPHANUMERIC, 29)


ID_SCHEME = IdScheme(make_completion_id, len("cmpl-") + 29, make_gateway_call_id)


def decode(wire: WireRequest, params: Mapping[str, str]) -> CompletionRequest:
    """Return the request in a body. Raises ApiError (400) for a prompt that is not one text."""
    body = read_as(FIELDS, parse_json(wire.body))
    prompt = read_prompt(body.get("prompt", ""))
    stop = body.get("stop", ())
    sampling = Sampling(
        max_tokens=body.get("max_tokens"),
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        count=body.get("n", 1),
        temperature=body.get("temperature"),
        top_p=body.get("top_p"),
    )
    question = GenerateRequest(
        resolve_model(body.get("model", "")),
        (Turn("user", (Text(prompt),)),),
        sampling=sampling,
        is_stream=body.get("stream", False),
    )
    usage = body.get("stream_options", {}).get("include_usage", False)
    echo = prompt if body.get("echo") else ""
    model = body.get("model", "")
    return CompletionRequest(question, model, body.get("stream", False), usage, echo)


def read_prompt(given: Any) -> str:
    """Return the prompt. Raises ApiError (400) for tokens and for several prompts."""
    if isinstance(given, str):
        return given
    if len(given) == 1 and isinstance(given[0], str):
        return given[0]
    message_text = "Invalid value for prompt: expected one text; Gemini takes no tokens or lists."
    raise invalid(message_text, "prompt_form")


def complete(request: CompletionRequest, context: OperationContext) -> Awaitable[Reply]:
    return generate(request.question, context)


def encode_completion(request: CompletionRequest, reply: Reply) -> WireResponse:
    def render_body(reply_ids: ReplyIds) -> RenderedReply:
        if request.stream:
            return STREAM_HEADERS, list(iter_events(request, reply.draft, reply_ids))
        choices = [
            write_choice(number, request.echo + one.text, finish_reason_of(one))
            for number, one in enumerate(reply.draft.candidates)
        ]
        body = wrap(request, reply_ids, choices) | {"usage": usage_of(reply.draft.usage)}
        return JSON_HEADERS, dump_compact(body)

    return encode_reply(reply, ID_SCHEME, render_body)


def finish_reason_of(candidate: Any) -> str:
    return FINISH_REASONS.get(candidate.finish_reason, "content_filter")


def write_choice(number: int, text: str, finish: str | None) -> Json:
    return {"text": text, "index": number, "logprobs": None, "finish_reason": finish}


def wrap(request: CompletionRequest, reply_ids: ReplyIds, choices: list[Json]) -> Json:
    return {
        "id": reply_ids.id,
        "object": "text_completion",
        "created": reply_ids.created,
        "model": request.requested_model,
        "choices": choices,
    }


def iter_events(request: CompletionRequest, draft: Draft, reply_ids: ReplyIds) -> Iterator[bytes]:
    for number, candidate in enumerate(draft.candidates):
        texts = [part for part in candidate.parts if isinstance(part, Text) and not part.thought]
        pieces = [piece for part in texts for piece in (part.pieces or split_text(part.text))]
        for piece in [request.echo, *pieces] if request.echo else pieces:
            yield render_event(wrap(request, reply_ids, [write_choice(number, piece, None)]))
        end = write_choice(number, "", finish_reason_of(candidate))
        yield render_event(wrap(request, reply_ids, [end]))
    if request.include_usage:
        yield render_event(wrap(request, reply_ids, []) | {"usage": usage_of(draft.usage)})
    yield b"data: [DONE]\n\n"


def model_of(request: CompletionRequest) -> str:
    return request.requested_model


def build_endpoint() -> Endpoint[CompletionRequest, Reply]:
    return Endpoint(
        "POST",
        "/completions",
        "Complete a text, whole or streamed",
        decode,
        complete,
        encode_completion,
        encode_gateway_error,
        model_of,
        scenario="generate",
        wire_name="completions",
        uses_quota=True,
    )
