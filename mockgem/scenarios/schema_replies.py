"""The models of what a rule answers: `say` and `fail`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

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
    """An error by its name in the catalogue (`mockgem scenario errors`), or by its status, with changes."""

    error: ErrorName
    message: LongText | None = None
    status: int | None = Field(None, ge=400, le=599, description="Another HTTP status")
    retry_delay: Duration | None = Field(
        None, description="RetryInfo in the body, and the words about it"
    )
    retry_after: Literal[False, "seconds", "date", "ms"] = Field(
        False, description="A Retry-After header; Google sends none"
    )
    headers: dict[ShortText, ShortText] = {}
    shape: Literal["auto", "object", "array", "openai", "html", "text", "empty"] = "auto"


def expand_fail(found: Any) -> Any:
    return {"error": found} if isinstance(found, (str, int)) else found


FailOrName = Annotated[
    Fail,
    BeforeValidator(expand_fail),
    ShorthandSchema({"type": ["string", "integer"], "description": "Its name or status"}),
]


class ScriptedToolCall(ScenarioModel):
    name: ShortText
    args: dict[str, Any] = {}


class RawResponse(ScenarioModel):
    """A response as it is, in place of everything."""

    status: int = Field(200, ge=200, le=599)
    headers: dict[ShortText, ShortText] = {}
    body: Any = ""
    body_file: str = Field("", description="A file beside the scenario")

    @model_validator(mode="after")
    def check_response(self) -> RawResponse:
        check_headers(self.headers)
        return self


class Say(ScenarioModel):
    """What is answered."""

    text: LongText | None = None
    thoughts: LongText | None = None
    tool_calls: tuple[ScriptedToolCall, ...] = ()
    json_value: Any = Field(None, alias="json")
    image: bool | str = Field(
        False, description="true: one is drawn; else a PNG or JPEG beside the scenario"
    )
    embedding: tuple[float, ...] | None = Field(
        None, max_length=20_000, description="The vector of every text"
    )
    finish: Literal[
        "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "LANGUAGE", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII",
        "MALFORMED_FUNCTION_CALL", "IMAGE_SAFETY", "UNEXPECTED_TOOL_CALL", "NO_IMAGE", "MALFORMED_RESPONSE",
    ] | None = None  # fmt: skip
    block: (
        Literal[
            "SAFETY",
            "OTHER",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "IMAGE_SAFETY",
            "JAILBREAK",
            "MODEL_ARMOR",
        ]
        | None
    ) = None
    raw: RawResponse | None = None
    turns: tuple[SayOrText, ...] = Field(
        (), max_length=200, description="One after the other, by the turn of the conversation"
    )

    @model_validator(mode="after")
    def check_exclusive_keys(self) -> Say:
        alone = [
            name
            for name in ("raw", "turns", "block", "embedding")
            if getattr(self, name) not in (None, ())
        ]
        told = sorted(self.model_fields_set)
        if alone and len(told) > 1:
            names = [type(self).model_fields[name].alias or name for name in told]
            raise ValueError(f"{alone[0]} stands alone; here is {', '.join(names)}")
        if not told:
            raise ValueError(
                "say what is to be said: text, tool_calls, json, image, embedding, finish, block, raw or turns"
            )
        return self


def expand_say(found: Any) -> Any:
    return {"text": found} if isinstance(found, str) else found


SayOrText = Annotated[
    Say, BeforeValidator(expand_say), ShorthandSchema({"type": "string", "description": "The text"})
]
Say.model_rebuild()
