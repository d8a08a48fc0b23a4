"""The models of how fast and how often a rule answers: `latency` and `quota`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from mockgem.scenarios.schema_base import Name, ScenarioModel
from mockgem.scenarios.types import Duration, Size


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
