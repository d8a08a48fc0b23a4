"""The form of a scenario file, as models: what a key means, which values it takes. `mockgem scenario schema` exports it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticKnownError

from mockgem.faults.registry import FaultType, all_faults, find_fault, get_fault
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

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=500)]
LongText = Annotated[str, StringConstraints(max_length=200_000)]


ERROR_SCHEMA = {
    "anyOf": [
        {"maxLength": 100, "type": "string"},
        {"maximum": 599, "minimum": 100, "type": "integer"},
    ]
}


def parse_error_name(found: Any) -> Any:
    """An error's name, or a status. Raises ValueError."""
    status = type(found) is int and 100 <= found <= 599
    if status or (isinstance(found, str) and len(found) <= 100):
        return found
    raise ValueError(
        f"{found!r:.100} is no error; write a name of `mockgem scenario errors`, or a status like 429"
    )


ErrorName = Annotated[Any, BeforeValidator(parse_error_name), WithJsonSchema(ERROR_SCHEMA)]


class ShorthandSchema:
    """Tells the exported form of the short ways to write something, which are made whole before they are looked at."""

    def __init__(self, *ways: dict[str, Any]) -> None:
        self.shorthands = ways

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [*self.shorthands, handler(core_schema)]}


class ScenarioModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def add_surface_words(schema: dict[str, Any]) -> None:
    """Add the names of the declared surfaces and APIs, which editors suggest."""
    from mockgem.dialects.surfaces import list_surface_words

    schema["examples"] = list(list_surface_words())


def add_endpoint_words(schema: dict[str, Any]) -> None:
    """Add the words of the declared endpoints, which editors suggest."""
    from mockgem.dialects.surfaces import list_endpoint_words

    schema["examples"] = list(list_endpoint_words())


class When(ScenarioModel):
    """Which calls a rule is for. All that is said has to hold; what is not said holds always."""

    surface: Globs | None = Field(
        None,
        description="Where: gemini-openai, vertex-openai, gateway, gemini, vertex, … or openai, native",
        json_schema_extra=add_surface_words,
    )
    endpoint: Globs | None = Field(
        None,
        description="What: generate, embed, images, files, … or the method, like generateContent",
        json_schema_extra=add_endpoint_words,
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


def check_headers(headers: dict[str, str]) -> None:
    """Raises ValueError for what is no header, or is the server's own business."""
    for name, text in headers.items():
        if not re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name, re.A) or not text.isprintable():
            raise ValueError(f"{name!r}: {text!r} is no header")
        if name.lower() in ("content-length", "transfer-encoding", "connection"):
            raise ValueError(
                f"{name} is what the server sees to; use the faults short_body and no_keepalive"
            )


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


class FaultNameSchema:
    """Lists the names of the faults in the exported schema, as they are declared when it is exported."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"enum": list(all_faults()), "type": "string"}


def check_fault_name(value: Any) -> Any:
    """Return the name of a declared fault. Raises the same error as a Literal of the names."""
    if isinstance(value, str) and find_fault(value) is not None:
        return value
    names = [repr(name) for name in all_faults()]
    expected = f"{', '.join(names[:-1])} or {names[-1]}"
    raise PydanticKnownError("literal_error", {"expected": expected})


FaultName = Annotated[str, BeforeValidator(check_fault_name), FaultNameSchema()]


class FaultSpec(ScenarioModel):
    """Something that happens to an answer on its way, or that is wrong with it."""

    fault: FaultName
    at: PositionField | None = None
    for_: Duration | None = Field(None, alias="for")
    size: Size | None = Field(None, ge=1, le=64 * 2**20)
    times: int | None = Field(None, ge=1, le=10_000)
    text: LongText | None = None
    error: ErrorName | None = Field(None, description="The error that comes inside the stream")
    framing: Literal["raw", "sse", "array", "event"] | None = None

    @model_validator(mode="after")
    def check_fault_keys(self) -> FaultSpec:
        declared = get_fault(self.fault)
        given = [
            ("for" if name == "for_" else name)
            for name in sorted(self.model_fields_set)
            if name != "fault"
        ]
        if wrong := [name for name in given if name not in declared.keys]:
            known = " and ".join(declared.keys) or "nothing"
            raise ValueError(f"{self.fault} takes {known}, and not {wrong[0]}")
        self.check_limits(declared)
        return self

    def check_limits(self, declared: FaultType) -> None:
        if len(self.text or "") * (self.times or 1) > MAX_FAULT_TEXT:
            raise ValueError(
                f"{self.fault}: text is too much: use at most {MAX_FAULT_TEXT} characters, "
                "text times `times`"
            )
        if (self.size or 0) > declared.max_size:
            raise ValueError(
                f"{self.fault}: size is too much: use at most {declared.max_size // 2**20} MiB"
            )
        if declared.max_seconds is not None and (self.for_ or 0) > declared.max_seconds:
            raise ValueError(f"{self.fault}: for is at most {declared.max_seconds:g} seconds")


MAX_FAULT_TEXT = 2 * 2**20


class FaultOrNameSchema:
    """Adds the names of the faults to the exported schema, as a short form."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(all_faults())}, handler(core_schema)]}


def expand_fault(found: Any) -> Any:
    return {"fault": found} if isinstance(found, str) else found


FaultOrName = Annotated[FaultSpec, BeforeValidator(expand_fault), FaultOrNameSchema()]


class Distribution(ScenarioModel):
    """Times drawn from a distribution; each draw repeats with the seed."""

    kind: Literal["uniform", "normal", "lognormal", "percentiles"]
    least: Duration | None = Field(None, description="uniform: from")
    most: Duration | None = Field(None, description="uniform: to; of the others the longest")
    mean: Duration | None = None
    spread: Duration | None = Field(None, description="normal: the standard deviation")
    median: Duration | None = None
    sigma: float | None = Field(
        None, ge=0, le=5, description="lognormal: the deviation of the logarithm"
    )
    points: dict[str, Duration] | None = Field(
        None, description='percentiles: {"50": 1s, "90": 3s, "99": 20s}'
    )

    @model_validator(mode="after")
    def check_parameters(self) -> Distribution:
        needed = {
            "uniform": ("least", "most"),
            "normal": ("mean", "spread"),
            "lognormal": ("median", "sigma"),
            "percentiles": ("points",),
        }
        allowed = {*needed[self.kind], "kind", "most"}
        if missing := [name for name in needed[self.kind] if getattr(self, name) is None]:
            raise ValueError(
                f"{self.kind} needs {' and '.join(needed[self.kind])}; {missing[0]} is missing"
            )
        if wrong := self.model_fields_set - allowed:
            raise ValueError(
                f"{self.kind} takes {', '.join(needed[self.kind])} and most, and not {sorted(wrong)[0]}"
            )
        points = self.points or {}
        if any(not name.replace(".", "", 1).isdigit() or float(name) > 100 for name in points):
            raise ValueError(
                'the points of percentiles are numbers up to 100: {"50": 1s, "99": 20s}'
            )
        return self


def select_duration_tag(found: Any) -> str:
    return "distribution" if isinstance(found, (dict, Distribution)) else "seconds-or-text"


DurationOrDistribution = Annotated[
    Annotated[Duration, Tag("seconds-or-text")] | Annotated[Distribution, Tag("distribution")],
    Discriminator(select_duration_tag),
]
"""A time, or a distribution that it is drawn from."""


class Latency(ScenarioModel):
    """How long an answer takes. `first` is the time to the first token, thinking in it."""

    profile: Name | None = Field(
        None, description="A family's usual times (estimates); the other keys change it"
    )
    head: DurationOrDistribution | None = Field(None, description="Before the response begins")
    first: DurationOrDistribution | None = Field(None, description="From then to the first token")
    between: DurationOrDistribution | None = Field(None, description="Before every further event")
    tokens_per_second: float | None = Field(None, gt=0, le=100_000)
    bandwidth: Size | None = Field(None, ge=1, description="Bytes a second")


class Quota(ScenarioModel):
    """Limits, by tier or one by one. They slide with the world's clock; RPD begins anew at midnight Pacific."""

    tier: Name | None = Field(None, description="free, tier-1, tier-2, tier-3 (dated figures)")
    rpm: int | None = Field(None, ge=0, description="Requests a minute")
    tpm: int | None = Field(None, ge=0, description="Input tokens a minute")
    rpd: int | None = Field(None, ge=0, description="Requests a day")
    concurrent: int | None = Field(None, ge=0, description="Requests at once")
    per: Literal["project", "key", "world"] = "project"
    by_model: bool = True
    window: Literal["sliding", "fixed"] = Field(
        "sliding", description="fixed: each minute of the clock begins anew"
    )
    count_refused: bool = False
    retry_after: Literal[False, "seconds", "date", "ms"] = False


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


__all__ = ["Rule", "Scenario"]
