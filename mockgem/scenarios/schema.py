"""The models of scenario files: what each key means and which values it takes.

`mockgem scenario schema` exports them as JSON Schema; docs/reference/scenario-keys.md lists them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from mockgem.scenarios.body_conditions import check_body_condition
from mockgem.scenarios.schema_base import (
    ErrorName,
    LongText,
    Name,
    ScenarioModel,
    ShortText,
    check_headers,
)
from mockgem.scenarios.schema_delivery import (
    Budget,
    BudgetOrAmount,
    Distribution,
    Latency,
    Quota,
)
from mockgem.scenarios.schema_faults import FaultOrName, FaultSpec
from mockgem.scenarios.schema_replies import (
    Fail,
    FailOrName,
    RawResponse,
    Say,
    SayOrText,
    ScriptedToolCall,
)
from mockgem.scenarios.types import (
    Duration,
    Globs,
    NumberRangesField,
    Size,
    TimeRange,
    build_text_schema,
    parse_duration,
)


def add_surface_words(schema: dict[str, Any]) -> None:
    """Add the names of the declared surfaces and APIs, which editors suggest."""
    from mockgem.dialects.surfaces import list_surface_words

    schema["examples"] = list(list_surface_words())


def add_endpoint_words(schema: dict[str, Any]) -> None:
    """Add the words of the declared endpoints, which editors suggest."""
    from mockgem.dialects.surfaces import list_endpoint_words

    schema["examples"] = list(list_endpoint_words())


class When(ScenarioModel):
    """The conditions of a rule. A call has to meet all conditions that are given."""

    surface: Globs | None = Field(
        None,
        description="gemini-openai, vertex-openai, gateway, gemini, vertex, … or openai, native",
        json_schema_extra=add_surface_words,
    )
    endpoint: Globs | None = Field(
        None,
        description="generate, embed, images, files, … or the method, like generateContent",
        json_schema_extra=add_endpoint_words,
    )
    model: Globs | None = Field(None, description="The requested model, without models/")
    key: Globs | None = Field(None, description="The client's key or token")
    header: dict[str, str] | None = Field(
        None, description="Names of request headers, and patterns of their values"
    )
    text: Globs | None = Field(
        None, description="The whole text of the last user turn; *weather* finds a word in it"
    )
    system: Globs | None = Field(None, description="The whole system instruction")
    ignore_case: bool | None = Field(
        None, description="Whether text and system match in upper and lower case"
    )
    body: dict[ShortText, Any] | None = Field(
        None,
        description="Paths into the JSON body and what they have: a value, a pattern, or a list of "
        "these; null: the field is null; {exists: false}: it is absent",
    )
    method: Globs | None = Field(None, description="The HTTP method")
    path: Globs | None = Field(None, description="The URL's path, like /v1beta/openai/responses")
    stream: bool | None = Field(None, description="Whether the request asks for a stream")
    tools: bool | None = Field(None, description="Whether the request declares functions")
    json_schema: bool | None = Field(
        None, alias="schema", description="Whether the request asks for JSON"
    )
    media: bool | None = Field(
        None, description="Whether the request contains images, audio, video or files"
    )
    turn: NumberRangesField | None = Field(
        None, description="The number of the model's turn in the conversation"
    )
    tokens_over: int | None = Field(None, ge=0, description="The prompt has more tokens than this")
    body_over: Size | None = Field(None, description="The request body is larger than this")
    calls: NumberRangesField | None = Field(
        None, description="The numbers of the calls that meet the conditions above, in this world"
    )
    every: int | None = Field(None, ge=1, description="Every Nth of these calls")
    times: int | None = Field(None, ge=1, description="At most this many of these calls")
    probability: float | None = Field(
        None, ge=0, le=1, description="A seeded chance: the same calls in every run"
    )
    elapsed: TimeRange | None = Field(
        None, description="The time since the scenario began, on the world's clock"
    )
    concurrent_over: int | None = Field(
        None, ge=0, description="While more calls than this are open"
    )
    repeat: NumberRangesField | None = Field(
        None, description="How often this equal request was made: 2.. are retries"
    )

    @field_validator("body")
    @classmethod
    def check_body(cls, body: Any) -> Any:
        return {path: check_body_condition(path, wanted) for path, wanted in body.items()}


class ResourceState(ScenarioModel):
    """A state of a resource, and when the next state begins."""

    state: str = Field(description="The state's name, as the API writes it")
    polls: int | None = Field(None, ge=1, description="After this many polls")
    seconds: Duration | None = Field(None, description="After this time on the world's clock")


BATCH_STATES = {"pending": "validating", "running": "in_progress", "succeeded": "completed"}
"""Batch states of Google's own API, and mockgem's names for them."""
RESOURCE_STATES = {
    "document": ("STATE_PENDING", "STATE_ACTIVE", "STATE_FAILED"),
    "file": ("PROCESSING", "ACTIVE", "FAILED"),
    "batch": (
        "pending",
        "running",
        "succeeded",
        "validating",
        "in_progress",
        "finalizing",
        "completed",
        "failed",
        "expired",
    ),
    "video": ("processing", "completed", "failed"),
}


def strip_state_prefix(state: str, kind: str) -> str:
    """Return a state without the prefix that Google's own API writes."""
    return (
        state
        if kind in ("file", "document")
        else state.lower().removeprefix("batch_state_").removeprefix("job_state_")
    )


class Resources(ScenarioModel):
    """How files, batches, videos, documents, caches and tokens change over time."""

    file: tuple[ResourceState, ...] = Field((), description="The states of an uploaded file")
    batch: tuple[ResourceState, ...] = Field((), description="The states of a batch")
    video: tuple[ResourceState, ...] = Field((), description="The states of a video")
    document: tuple[ResourceState, ...] = Field(
        (), description="The states of a document in a file search store"
    )
    batch_failures: NumberRangesField | None = Field(
        None, description="The lines of a batch that fail"
    )
    batch_error: ErrorName = Field("rate-limit-bare", description="The error of these lines")
    batch_output_late: int = Field(
        0, ge=0, description="How many polls after the end the output appears"
    )
    file_expires_after: Duration | None = Field(None, description="The lifetime of files")
    cache_expires_after: Duration | None = Field(
        None, description="The lifetime of caches, whatever the request says"
    )
    token_expires_after: Duration | None = Field(
        None, description="The lifetime of Vertex AI tokens, from their first use"
    )

    @model_validator(mode="after")
    def check_states(self) -> Resources:
        for kind, known in RESOURCE_STATES.items():
            for written in getattr(self, kind):
                if strip_state_prefix(written.state, kind) not in known:
                    raise ValueError(
                        f"{written.state!r} is not a state of a {kind}; known states: "
                        f"{', '.join(known)}"
                    )
        return self


class Rule(ScenarioModel):
    """Conditions, and what happens to a call that meets them."""

    name: Name | None = Field(None, description="Its name in headers, journal and verdict")
    when: When = Field(When(), description="The conditions; without them, every call")
    say: SayOrText | None = Field(None, description="The reply")
    fail: FailOrName | None = Field(None, description="The error")
    faults: tuple[FaultOrName, ...] = Field((), max_length=50, description="What goes wrong")
    latency: Latency | None = Field(None, description="How long the reply takes")
    quota: Quota | None = Field(None, description="Limits, and 429 for calls above them")
    budget: BudgetOrAmount | None = Field(
        None, description="A spending limit, and 429 once it is reached"
    )
    headers: dict[ShortText, ShortText] = Field({}, description="More response headers")

    @model_validator(mode="after")
    def check_effects(self) -> Rule:
        if self.say is not None and self.fail is not None:
            raise ValueError("a rule cannot have both say and fail; write two rules")
        effects = "say", "fail", "faults", "latency", "quota", "budget", "headers"
        if not any(getattr(self, name) for name in effects):
            raise ValueError(
                "this rule does nothing: add say, fail, faults, latency, quota, budget or headers"
            )
        check_headers(self.headers)
        check_headers(self.fail.headers if self.fail else {})
        return self

    @property
    def has_answer(self) -> bool:
        """Whether the rule answers the call, so that later rules do not act."""
        return self.say is not None or self.fail is not None


def parse_wait(value: Any) -> Any:
    if value == "told":
        return value
    try:
        return parse_duration(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a valid wait: write told, or a time like 2s") from None


WaitTime = Annotated[
    Any,
    BeforeValidator(parse_wait),
    build_text_schema("told, or a time like 2s", "told", "2s", numbers=True),
]


class Expect(ScenarioModel):
    """What a good client does. The verdict shows whether the client did it."""

    attempts: NumberRangesField | None = Field(None, description="The number of all calls")
    waits: WaitTime | None = Field(
        None,
        description="The shortest wait before a retry; told: the delay that the error asks for",
    )
    final: Literal["success", "error"] | None = Field(None, description="How the last call ends")
    final_model: Globs | None = Field(None, description="The model of the last call")
    no_retry: bool = Field(False, description="The client does not repeat failed requests")
    same_request: bool = Field(False, description="Retries send equal requests")
    new_key: bool = Field(
        False, description="The client retries with another credential after a refused one"
    )
    signature_returned: bool = Field(
        False, description="The client sends thought signatures back with the next turn"
    )
    noticed: bool = Field(False, description="The client retries after broken and empty replies")
    polls: NumberRangesField | None = Field(
        None, description="How often the client polls files, batches and videos"
    )
    tools_answered: bool = Field(
        False, description="The client sends a result for every call in its Live sessions"
    )
    resumed: bool = Field(
        False, description="The client resumes Live sessions that the server ends"
    )
    audio_stopped: bool = Field(
        False,
        description="The client sends no more audio after the time of a goAway, or between "
        "activityEnd and activityStart",
    )
    concurrent_at_most: int | None = Field(
        None, ge=1, description="How many calls the client opens at the same time"
    )


class Scenario(ScenarioModel):
    """A scenario file."""

    mockgem: Literal[1] = Field(1, description="The version of the format")
    title: ShortText = Field(description="What happens, in one line")
    why: LongText = Field("", description="Why a client should be tested with it")
    evidence: tuple[ShortText, ...] = Field((), description="Links to reports of it")
    tags: tuple[Name, ...] = Field((), description="Words to find it by")
    seed: int = Field(
        0, ge=0, lt=2**63, description="The seed of its chance, together with the world's seed"
    )
    count_by: Literal["world", "key", "model", "all"] = Field(
        "world",
        description="Counts calls separately for each of these; all: for all worlds together",
    )
    clock: Literal["real"] | None = Field(
        None, description="real: time passes, even if the world's clock is fixed"
    )
    time_scale: float = Field(
        1.0, gt=0, le=100, description="Multiplies all waits; 0.01: a hundredth of the time"
    )
    rules: tuple[Rule, ...] = Field((), max_length=200, description="The rules, in their order")
    resources: Resources | None = Field(
        None, description="How files, batches, caches and tokens change"
    )
    expect: Expect | None = Field(None, description="What a good client does")

    @model_validator(mode="after")
    def check_rules(self) -> Scenario:
        names = [rule.name for rule in self.rules if rule.name]
        if double := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two rules are called {double}; rename one of them")
        if not self.rules and self.resources is None and self.expect is None:
            raise ValueError("the scenario does nothing: add rules, resources or expect")
        return self


__all__ = [
    "Budget",
    "Distribution",
    "Expect",
    "Fail",
    "FaultSpec",
    "Latency",
    "Quota",
    "RawResponse",
    "ResourceState",
    "Resources",
    "Rule",
    "Say",
    "Scenario",
    "ScenarioModel",
    "ScriptedToolCall",
    "When",
]
