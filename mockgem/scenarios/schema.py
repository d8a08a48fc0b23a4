"""The form of a scenario file, as models: what a key means, which values it takes. `mockgem scenario schema` exports it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from mockgem.faults.registry import FAULT_NAMES, keys_of_fault
from mockgem.scenarios.schema_base import (
    ErrorName,
    LongText,
    Name,
    ScenarioModel,
    ShorthandSchema,
    ShortText,
    check_headers,
)
from mockgem.scenarios.schema_delivery import Distribution, Latency, Quota
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
    PositionField,
    Size,
    TimeRange,
    build_text_schema,
    parse_duration,
)


class When(ScenarioModel):
    """Which calls a rule is for. All that is said has to hold; what is not said holds always."""

    surface: Globs | None = Field(
        None,
        description="Where: gemini-openai, vertex-openai, gateway, gemini, vertex, … or openai, native",
    )
    endpoint: Globs | None = Field(
        None,
        description="What: generate, embed, images, files, … or the method, like generateContent",
    )
    model: Globs | None = Field(None, description="The model as it is asked for, without models/")
    key: Globs | None = Field(None, description="The key or token that the client shows")
    header: dict[str, str] | None = Field(None, description="Headers of the request by pattern")
    text: Globs | None = Field(
        None, description="The user's last words, whole: *weather* is any with weather in them"
    )
    system: Globs | None = Field(None, description="The system instruction, whole")
    stream: bool | None = Field(None, description="Whether a stream is asked for")
    tools: bool | None = Field(None, description="Whether functions are declared")
    json_schema: bool | None = Field(
        None, alias="schema", description="Whether JSON of a form is asked for"
    )
    media: bool | None = Field(None, description="Whether pictures, sound or files came along")
    turn: NumberRangesField | None = Field(
        None, description="Which answer of its conversation this will be"
    )
    tokens_over: int | None = Field(
        None, ge=0, description="More tokens in the prompt than so many"
    )
    body_over: Size | None = Field(None, description="A larger request body than that")
    calls: NumberRangesField | None = Field(
        None, description="Which of the calls that fit the lines above, in this world"
    )
    every: int | None = Field(None, ge=1, description="Each so-manieth of them")
    times: int | None = Field(None, ge=1, description="No more often than that")
    probability: float | None = Field(
        None, ge=0, le=1, description="By seeded chance: the same calls in every run"
    )
    elapsed: TimeRange | None = Field(
        None, description="On the world's clock, since the scenario began"
    )
    concurrent_over: int | None = Field(
        None, ge=0, description="While more than so many calls are being answered"
    )
    repeat: NumberRangesField | None = Field(
        None, description="When this very request is made for that time: 2.. are retries"
    )


class FaultSpec(ScenarioModel):
    """Something that happens to an answer on its way, or that is wrong with it."""

    fault: Literal[FAULT_NAMES]  # type: ignore[valid-type]
    at: PositionField | None = None
    for_: Duration | None = Field(None, alias="for")
    size: Size | None = Field(None, ge=1, le=64 * 2**20)
    times: int | None = Field(None, ge=1, le=10_000)
    text: LongText | None = None
    error: ErrorName | None = Field(None, description="The error that comes inside the stream")
    framing: Literal["raw", "sse", "array", "event"] | None = None

    @model_validator(mode="after")
    def check_fault_keys(self) -> FaultSpec:
        allowed = keys_of_fault(self.fault)
        given = [
            ("for" if name == "for_" else name)
            for name in sorted(self.model_fields_set)
            if name != "fault"
        ]
        if wrong := [name for name in given if name not in allowed]:
            known = " and ".join(allowed) or "nothing"
            raise ValueError(f"{self.fault} takes {known}, and not {wrong[0]}")
        if len(self.text or "") * (self.times or 1) > MAX_FAULT_TEXT or (
            self.size or 0
        ) > MAX_FAULT_TEXT * (8 if self.fault == "big_event" else 1):
            raise ValueError(
                f"{self.fault}: that is too much; {MAX_FAULT_TEXT} letters at most, 16 MiB in an event"
            )
        if self.fault == "refuse" and (self.for_ or 0) > 60:
            raise ValueError(
                "refuse is for 60 seconds at most: nobody can reach the server meanwhile"
            )
        if (
            self.at is not None
            and self.fault in ("no_choices", "big_event")
            and self.at.unit not in ("event", "share", "last")
        ):
            raise ValueError(
                f"{self.fault} happens to an event: at is a number, a share, first or last"
            )
        return self


MAX_FAULT_TEXT = 2 * 2**20


def expand_fault(found: Any) -> Any:
    return {"fault": found} if isinstance(found, str) else found


FaultOrName = Annotated[
    FaultSpec, BeforeValidator(expand_fault), ShorthandSchema({"enum": list(FAULT_NAMES)})
]


class ResourceState(ScenarioModel):
    """A state of a resource, and how often it is asked for (or how long it takes) until the next one."""

    state: str
    polls: int | None = Field(None, ge=1)
    seconds: Duration | None = None


BATCH_STATES = {"pending": "validating", "running": "in_progress", "succeeded": "completed"}
"""States of batches as Google's own API calls them, in the words of the mock."""
RESOURCE_STATES = {
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
    """A state without what Google's own API puts before it."""
    return (
        state
        if kind == "file"
        else state.lower().removeprefix("batch_state_").removeprefix("job_state_")
    )


class Resources(ScenarioModel):
    """What becomes of files, caches, batches and tokens."""

    file: tuple[ResourceState, ...] = ()
    batch: tuple[ResourceState, ...] = ()
    video: tuple[ResourceState, ...] = ()
    batch_failures: NumberRangesField | None = Field(
        None, description="The lines of a batch that fail"
    )
    batch_error: ErrorName = "rate-limit-bare"
    batch_output_late: int = Field(
        0, ge=0, description="So many looks after the end until the output is there"
    )
    file_expires_after: Duration | None = None
    cache_expires_after: Duration | None = None
    token_expires_after: Duration | None = Field(
        None, description="Vertex AI's tokens, from their first use"
    )

    @model_validator(mode="after")
    def check_states(self) -> Resources:
        for kind, known in RESOURCE_STATES.items():
            for stretch in getattr(self, kind):
                if strip_state_prefix(stretch.state, kind) not in known:
                    raise ValueError(
                        f"{stretch.state!r} is no state of a {kind}; known are {', '.join(known)}"
                    )
        return self


class Rule(ScenarioModel):
    """When it is for a call, what is said or what fails, and what happens on the way."""

    name: Name | None = None
    when: When = When()
    say: SayOrText | None = None
    fail: FailOrName | None = None
    faults: tuple[FaultOrName, ...] = Field((), max_length=50)
    latency: Latency | None = None
    quota: Quota | None = None
    headers: dict[ShortText, ShortText] = Field({}, description="More headers of the response")

    @model_validator(mode="after")
    def check_effects(self) -> Rule:
        if self.say is not None and self.fail is not None:
            raise ValueError("a rule says something or fails; make two rules of it")
        if not (self.say or self.fail or self.faults or self.latency or self.quota or self.headers):
            raise ValueError(
                "this rule does nothing; give it say, fail, faults, latency, quota or headers"
            )
        check_headers(self.headers)
        check_headers(self.fail.headers if self.fail else {})
        return self

    @property
    def has_answer(self) -> bool:
        """Whether it ends the search for what is answered."""
        return self.say is not None or self.fail is not None


def parse_wait(found: Any) -> Any:
    if found == "told":
        return found
    try:
        return parse_duration(found)
    except ValueError:
        raise ValueError(f"{found!r} is no wait; write told, or a time like 2s") from None


WaitTime = Annotated[
    Any,
    BeforeValidator(parse_wait),
    build_text_schema("told, or a time like 2s", "told", "2s", numbers=True),
]


class Expect(ScenarioModel):
    """What a good client does; the verdict tells whether this one did."""

    attempts: NumberRangesField | None = Field(None, description="How many calls there are in all")
    waits: WaitTime | None = Field(
        None, description="At least that long between a failure and the next try"
    )
    final: Literal["success", "error"] | None = Field(None, description="How the last call ends")
    final_model: Globs | None = Field(None, description="The model that the last call asks")
    no_retry: bool = Field(False, description="What failed is not asked again")
    same_request: bool = Field(False, description="Retries repeat the request to the byte")
    new_key: bool = Field(False, description="After a refused credential another one is shown")
    signature_returned: bool = Field(
        False, description="Thought signatures come back with the next turn"
    )
    noticed: bool = Field(False, description="A broken or empty answer is asked for again")
    polls: NumberRangesField | None = Field(
        None, description="How often a file, batch or video is looked at"
    )
    concurrent_at_most: int | None = Field(None, ge=1)


class Scenario(ScenarioModel):
    """A scenario file."""

    mockgem: Literal[1] = 1
    title: ShortText
    why: LongText = ""
    evidence: tuple[ShortText, ...] = ()
    tags: tuple[Name, ...] = ()
    seed: int = Field(
        0, ge=0, lt=2**63, description="Where its chance comes from, with the world's seed"
    )
    count_by: Literal["world", "key", "model", "all"] = Field(
        "world", description="What calls are counted apart for; all: every world's together"
    )
    clock: Literal["real"] | None = Field(None, description="Lets the world's clock run")
    time_scale: float = Field(
        1.0, gt=0, le=100, description="0.01: all waits take a hundredth of what is told"
    )
    rules: tuple[Rule, ...] = Field((), max_length=200)
    resources: Resources | None = None
    expect: Expect | None = None

    @model_validator(mode="after")
    def check_rules(self) -> Scenario:
        names = [rule.name for rule in self.rules if rule.name]
        if double := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two rules are called {double}")
        if not self.rules and self.resources is None and self.expect is None:
            raise ValueError("a scenario needs rules, resources or expect")
        return self


__all__ = [
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
