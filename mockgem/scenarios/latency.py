"""Draw how long replies take, from distributions and from the profiles of model families."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from typing import Any, Protocol

from mockgem.scenarios.schema import Distribution, Latency
from mockgem.scenarios.suggestions import UnknownName, suggest_names

MAX_SECONDS = 3600.0
"""The longest time that a distribution without `most` gives."""


class Draws(Protocol):
    """What random numbers come from: random.Random, or one that is seeded later."""

    def random(self) -> float: ...


def draw_seconds(time: float | Distribution | None, random: Draws) -> float:
    """Return a fixed time, or draw one from a distribution."""
    if time is None or isinstance(time, (int, float)):
        return float(time or 0.0)
    most = MAX_SECONDS if time.most is None else time.most
    match time.kind:
        case "uniform":
            least = time.least or 0.0
            return least + (most - least) * random.random()
        case "normal":
            seconds = (time.mean or 0.0) + (time.spread or 0.0) * draw_deviation(random)
        case "lognormal":
            center = log(max(time.median or 0.0, 1e-9))
            seconds = exp(center + (time.sigma or 0.0) * draw_deviation(random))
        case _:
            seconds = interpolate_percentile(time.points or {}, random.random())
    return min(max(seconds, 0.0), most)


def draw_deviation(random: Draws) -> float:
    """Draw from the standard normal distribution, with one random number for each draw."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(min(max(random.random(), 1e-12), 1 - 1e-12))


def interpolate_percentile(points: Mapping[str, float], share: float) -> float:
    """Interpolate linearly between percentiles: from 0 up to the first, constant after the last."""
    known = [(0.0, 0.0), *sorted((float(name) / 100, seconds) for name, seconds in points.items())]
    for (low, before), (high, after) in pairwise(known):
        if share <= high:
            return before + (after - before) * ((share - low) / (high - low) if high > low else 1.0)
    return known[-1][1]


@cache
def load_profiles() -> Mapping[str, Any]:
    text = files("mockgem").joinpath("data/latencies.json").read_text("utf-8")
    profiles: Mapping[str, Any] = json.loads(text)["profiles"]
    return profiles


def find_profile(name: str, model: str = "") -> Latency:
    """Return a profile by name; `usual` is the profile of the model's family.

    Raises UnknownName for an unknown profile.
    """
    profiles = load_profiles()
    if name == "usual":
        families = [
            family
            for family, profile in profiles.items()
            if any(part in model for part in profile["models"])
        ]
        name = families[0] if families else "flash"
    if name not in profiles:
        near = suggest_names(name, profiles) or list(profiles)
        raise UnknownName(
            f"there is no latency profile {name!r}; did you mean {near[0]}? Known profiles: usual, "
            f"{', '.join(profiles)}"
        )
    return Latency.model_validate(profiles[name]["latency"])


def apply_profile(latency: Latency, model: str) -> Latency:
    """Return a latency completed by its profile. Its own keys win."""
    if latency.profile is None:
        return latency
    base = find_profile(latency.profile, model)
    given = {name: getattr(latency, name) for name in latency.model_fields_set}
    return base.model_copy(update=given)


def draw_waits(
    latency: Latency, random: Draws, scale: float
) -> tuple[float, float, Callable[[], float]]:
    """Draw the seconds before the head and before the first token.

    The third value is a function that draws the seconds before each further event.
    """
    return (
        draw_seconds(latency.head, random) * scale,
        draw_seconds(latency.first, random) * scale,
        make_draw(latency.between, random, scale),
    )


def make_draw(
    time: float | Distribution | None, random: Draws, scale: float
) -> Callable[[], float]:
    """Return a function that draws seconds. A fixed time is worked out once: many events ask."""
    if not isinstance(time, Distribution):
        fixed = draw_seconds(time, random) * scale
        return lambda: fixed
    return lambda: draw_seconds(time, random) * scale
