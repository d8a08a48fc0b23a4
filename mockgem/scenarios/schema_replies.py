"""The models of what a rule answers: `say` and `fail`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from mockgem.scenarios.injections import find_injection
from mockgem.scenarios.schema_base import (
    ErrorName,
    LongText,
    ScenarioModel,
    ShorthandSchema,
    ShortText,
    check_headers,
)
from mockgem.scenarios.types import Duration


class Fail(ScenarioModel):
    """An error: a name from `mockgem scenario errors` or a status, and changes to it."""

    error: ErrorName = Field(description="The error's name or status")
    message: LongText | None = Field(None, description="Another message")
    status: int | None = Field(None, ge=300, le=599, description="Another HTTP status")
    retry_delay: Duration | None = Field(
        None, description="The delay in the body's RetryInfo and in the message"
    )
    retry_after: Literal[False, "seconds", "date", "ms"] = Field(
        False, description="Adds a Retry-After header (Google sends none)"
    )
    headers: dict[ShortText, ShortText] = Field({}, description="More response headers")
    shape: Literal[
        "auto", "google", "google-array", "vertex", "openai", "one-api", "html", "text", "empty",
        "object", "array",
    ] = Field(
        "auto",
        description="The form of the body; auto: as the surface writes errors; object and array "
        "are google and google-array",
    )  # fmt: skip


def expand_fail(value: Any) -> Any:
    return {"error": value} if isinstance(value, (str, int)) else value


FailOrName = Annotated[
    Fail,
    BeforeValidator(expand_fail),
    ShorthandSchema({"type": ["string", "integer"], "description": "The error's name or status"}),
]


class ScriptedToolCall(ScenarioModel):
    """A tool call that the reply contains."""

    name: ShortText = Field(description="The function's name")
    args: dict[str, Any] | LongText = Field(
        {}, description="The arguments; a text is sent as it is, also if it is not JSON"
    )


class RawResponse(ScenarioModel):
    """An HTTP response that is sent as written."""

    status: int = Field(200, ge=200, le=599, description="The HTTP status")
    headers: dict[ShortText, ShortText] = Field({}, description="The response headers")
    body: Any = Field("", description="A text, or values that are sent as JSON")
    body_file: str = Field("", description="A file in the scenario's folder, instead of body")

    @model_validator(mode="after")
    def check_response(self) -> RawResponse:
        check_headers(self.headers)
        return self


def expand_reason(value: Any) -> Any:
    """Return a reason in upper case: Google writes all of them so."""
    return value.upper() if isinstance(value, str) else value


Reason = Annotated[
    str, BeforeValidator(expand_reason), StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{1,63}$")
]


def check_injection(value: Any) -> Any:
    """Return a name unchanged. Raises ValueError for one that is not in the library."""
    find_injection(str(value))
    return value


InjectionName = Annotated[str, BeforeValidator(check_injection)]


class Say(ScenarioModel):
    """The reply. Only a text, thoughts, tool_calls, json, image, audio and finish can be
    combined."""

    text: LongText | None = Field(None, description="The text of the reply")
    thoughts: LongText | None = Field(None, description="A thought summary before the text")
    tool_calls: tuple[ScriptedToolCall, ...] = Field((), description="Calls of functions")
    json_value: Any = Field(None, alias="json", description="Values that the text has as JSON")
    image: bool | str = Field(
        False, description="true: a generated image; a name: a PNG or JPEG in the scenario's folder"
    )
    audio: str | None = Field(
        None,
        description="A WAV file in the scenario's folder that a Live session plays; text is its "
        "transcript",
    )
    embedding: tuple[float, ...] | None = Field(
        None, max_length=20_000, description="The vector of every text"
    )
    chunks: tuple[LongText, ...] = Field(
        (), max_length=2000, description="The text, cut as a stream sends it: one chunk for each"
    )
    injection: InjectionName | None = Field(
        None, description="A text of `mockgem scenario injections`, instead of text"
    )
    finish: Reason | None = Field(
        None, description="The finish reason: STOP, MAX_TOKENS, SAFETY … or any other word"
    )
    block: Reason | None = Field(
        None, description="The reason why the prompt is blocked: SAFETY, OTHER … or any other word"
    )
    raw: RawResponse | None = Field(None, description="A whole HTTP response")
    turns: tuple[SayOrText, ...] = Field(
        (), max_length=200, description="One reply for each turn of the conversation"
    )

    @model_validator(mode="after")
    def check_exclusive_keys(self) -> Say:
        exclusive = [
            name
            for name in ("raw", "turns", "block", "embedding")
            if getattr(self, name) not in (None, ())
        ]
        given = sorted(self.model_fields_set)
        if exclusive and len(given) > 1:
            names = [type(self).model_fields[name].alias or name for name in given]
            raise ValueError(
                f"{exclusive[0]} cannot be combined with other keys (given: {', '.join(names)})"
            )
        texts = [name for name in ("text", "chunks", "injection") if name in given]
        if len(texts) > 1:
            raise ValueError(f"{' and '.join(texts)} cannot be combined: each is the text")
        if not given:
            raise ValueError(
                "the reply is empty: give text, chunks, tool_calls, json, image, audio, embedding, "
                "finish, block, raw or turns"
            )
        return self


def expand_say(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


SayOrText = Annotated[
    Say,
    BeforeValidator(expand_say),
    ShorthandSchema({"type": "string", "description": "The text of the reply"}),
]
Say.model_rebuild()
