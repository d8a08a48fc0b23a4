"""The models of how fast, how often and how long a rule answers: latency, quota and budget."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from mockgem.scenarios.schema_base import Name, ScenarioModel, ShorthandSchema
from mockgem.scenarios.types import Duration, Size

PARAMETERS = {
    "uniform": ("least", "most"),
    "normal": ("mean", "spread"),
    "lognormal": ("median", "sigma"),
    "percentiles": ("points",),
}
"""The keys that each kind of distribution needs."""


class Distribution(ScenarioModel):
    """Times drawn from a distribution. The seed determines each draw."""

    kind: Literal["uniform", "normal", "lognormal", "percentiles"] = Field(
        description="The distribution"
    )
    least: Duration | None = Field(None, description="uniform: the shortest time")
    most: Duration | None = Field(None, description="The longest time")
    mean: Duration | None = Field(None, description="normal: the mean")
    spread: Duration | None = Field(None, description="normal: the standard deviation")
    median: Duration | None = Field(None, description="lognormal: the median")
    sigma: float | None = Field(
        None, ge=0, le=5, description="lognormal: the standard deviation of the logarithm"
    )
    points: dict[str, Duration] | None = Field(
        None, description='percentiles: {"50": 1s, "90": 3s, "99": 20s}'
    )

    @model_validator(mode="after")
    def check_parameters(self) -> Distribution:
        needed = PARAMETERS[self.kind]
        if missing := [name for name in needed if getattr(self, name) is None]:
            raise ValueError(f"{self.kind} needs {' and '.join(needed)}; {missing[0]} is missing")
        if wrong := self.model_fields_set - {*needed, "kind", "most"}:
            allowed = ", ".join(dict.fromkeys((*needed, "most")))
            raise ValueError(f"{self.kind} does not take {sorted(wrong)[0]}; it takes {allowed}")
        points = self.points or {}
        if any(not name.replace(".", "", 1).isdigit() or float(name) > 100 for name in points):
            raise ValueError(
                'the keys of points are numbers from 0 to 100, like {"50": 1s, "99": 20s}'
            )
        return self


def select_duration_tag(value: Any) -> str:
    return "distribution" if isinstance(value, (dict, Distribution)) else "seconds-or-text"


DurationOrDistribution = Annotated[
    Annotated[Duration, Tag("seconds-or-text")] | Annotated[Distribution, Tag("distribution")],
    Discriminator(select_duration_tag),
]
"""A time, or a distribution to draw it from."""


class Latency(ScenarioModel):
    """How long a reply takes."""

    profile: Name | None = Field(
        None,
        description="Typical times of a model family (estimates), which the other keys change",
    )
    head: DurationOrDistribution | None = Field(
        None, description="The time before the response begins"
    )
    first: DurationOrDistribution | None = Field(
        None, description="The time from then to the first token, including thinking"
    )
    between: DurationOrDistribution | None = Field(
        None, description="The time before every further event"
    )
    tokens_per_second: float | None = Field(
        None, gt=0, le=100_000, description="The speed of the reply"
    )
    bandwidth: Size | None = Field(None, ge=1, description="Bytes per second")


class Quota(ScenarioModel):
    """Limits, from a tier or one by one. Days begin at midnight Pacific time."""

    tier: Name | None = Field(
        None, description="The limits of free, tier-1, tier-2 or tier-3 (figures of 2026-11)"
    )
    rpm: int | None = Field(None, ge=0, description="Requests per minute")
    tpm: int | None = Field(None, ge=0, description="Input tokens per minute")
    rpd: int | None = Field(None, ge=0, description="Requests per day")
    concurrent: int | None = Field(None, ge=0, description="Open requests at the same time")
    per: Literal["project", "key", "world"] = Field(
        "project", description="Whose requests are counted together"
    )
    by_model: bool = Field(True, description="Counts each model separately")
    window: Literal["sliding", "fixed"] = Field(
        "sliding", description="sliding: the last 60 seconds; fixed: minutes of the clock"
    )
    count_refused: bool = Field(False, description="Counts refused requests as well")
    retry_after: Literal[False, "seconds", "date", "ms"] = Field(
        False, description="Adds a Retry-After header (Google sends none)"
    )


class Budget(ScenarioModel):
    """A spending limit, by estimated costs. Once they reach it, calls get a 429."""

    usd: float = Field(
        ge=0, le=1e9, allow_inf_nan=False, description="US dollars; 0 refuses the first call, too"
    )
    per: Literal["world", "project", "key"] = Field(
        "world", description="Whose calls are added up together"
    )
    by_model: bool = Field(False, description="A budget for each model; otherwise one for all")


def expand_budget(value: Any) -> Any:
    is_amount = isinstance(value, (int, float, str)) and not isinstance(value, bool)
    return {"usd": value} if is_amount else value  # YAML reads 1e-3 as a text


BudgetOrAmount = Annotated[
    Budget,
    BeforeValidator(expand_budget),
    ShorthandSchema({"type": "number", "minimum": 0, "description": "US dollars"}),
]
