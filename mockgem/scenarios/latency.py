"""How long answers take: draws from distributions, and the usual times of model families."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from random import Random
from statistics import NormalDist
from typing import Any

from mockgem.scenarios.schema import Distribution, Latency
from mockgem.scenarios.suggestions import UnknownName, suggest_names

MAX_SECONDS = 3600.0
"""Seconds that one draw may give, where the rule names no longest."""


def draw_seconds(time: float | Distribution | None, dice: Random) -> float:
    """One draw, in seconds."""
    if time is None or isinstance(time, (int, float)):
        return float(time or 0.0)
    longest = MAX_SECONDS if time.most is None else time.most
    match time.kind:
        case "uniform":
            return (time.least or 0.0) + (longest - (time.least or 0.0)) * dice.random()
        case "normal":
            seconds = (time.mean or 0.0) + (time.spread or 0.0) * draw_deviation(dice)
        case "lognormal":
            seconds = exp(
                log(max(time.median or 0.0, 1e-9)) + (time.sigma or 0.0) * draw_deviation(dice)
            )
        case _:
            seconds = interpolate_percentile(time.points or {}, dice.random())
    return min(max(seconds, 0.0), longest)


def draw_deviation(dice: Random) -> float:
    """A draw of the normal distribution, by its inverse: one number makes one draw."""
    return NormalDist().inv_cdf(min(max(dice.random(), 1e-12), 1 - 1e-12))


def interpolate_percentile(points: Mapping[str, float], share: float) -> float:
    """Between percentiles in a straight line; below the first from nothing, above the last it stays."""
    known = [(0.0, 0.0), *sorted((float(name) / 100, seconds) for name, seconds in points.items())]
    for (low, before), (high, after) in pairwise(known):
        if share <= high:
            return before + (after - before) * ((share - low) / (high - low) if high > low else 1.0)
    return known[-1][1]


@cache
def load_profiles() -> Mapping[str, Any]:
    text = files("mockgem").joinpath("data/latencies.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)["profiles"]
    return found


def find_profile(name: str, model: str = "") -> Latency:
    """A profile by name; `usual` is the one of the model's family. Raises UnknownName for an unknown one."""
    known = load_profiles()
    if name == "usual":
        name = next(
            (one for one, told in known.items() if any(part in model for part in told["models"])),
            "flash",
        )
    if name not in known:
        near = suggest_names(name, known) or list(known)
        raise UnknownName(
            f"there is no latency profile {name!r}; known are usual, {', '.join(known)}; did you mean {near[0]}?"
        )
    return Latency.model_validate(known[name]["latency"])


def apply_profile(latency: Latency, model: str) -> Latency:
    """A latency with what its profile says beside."""
    if latency.profile is None:
        return latency
    base = find_profile(latency.profile, model)
    given = {name: getattr(latency, name) for name in latency.model_fields_set}
    return base.model_copy(update=given)


def draw_waits(
    latency: Latency, dice: Random, scale: float
) -> tuple[float, float, Callable[[], float]]:
    """Seconds before the head, to the first token, and a draw for each further event."""
    return (
        draw_seconds(latency.head, dice) * scale,
        draw_seconds(latency.first, dice) * scale,
        lambda: draw_seconds(latency.between, dice) * scale,
    )
