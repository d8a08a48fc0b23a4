"""Quotas: requests and tokens a minute, requests a day, requests at once; as they are told when they are exceeded."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import value
from mockgem.scenarios.conditions import Seen
from mockgem.scenarios.errors import RETRY_INFO, Told, retry_after, spelled
from mockgem.scenarios.errors import told as as_refused
from mockgem.scenarios.schema import Fail, Quota
from mockgem.scenarios.suggestions import UnknownName, nearest

MINUTE = 60.0
MOST_METERS = 10_000
HELP = {
    "@type": "type.googleapis.com/google.rpc.Help",
    "links": [
        {"description": "Learn more about Gemini API quotas", "url": "https://ai.google.dev/gemini-api/docs/rate-limits"}
    ],
}
WORDS = (
    "You exceeded your current quota, please check your plan and billing details. For more information on this error, "
    "head to: https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage, head to: "
    "https://ai.dev/rate-limit. "
)


@value
class Limits:
    """Of one model: requests a minute, input tokens a minute, requests a day, requests at once. None: no limit."""

    rpm: int | None = None
    tpm: int | None = None
    rpd: int | None = None
    concurrent: int | None = None


class Meter:
    """What one project (or key) has used of one model. Times are seconds on the world's clock."""

    def __init__(self) -> None:
        self.minute: deque[tuple[float, int]] = deque()
        self.day = ""
        self.today = 0
        self.open = 0

    def roll(self, now: float, *, fixed: bool) -> None:
        """Let go of what is over: of a fixed window's all that came before its minute."""
        begin = now - now % MINUTE if fixed else now - MINUTE
        while self.minute and (self.minute[0][0] < begin if fixed else self.minute[0][0] <= begin):
            self.minute.popleft()
        if (day := pacific_day(now)) != self.day:
            self.day, self.today = day, 0

    def used(self, now: float, tokens: int) -> None:
        self.minute.append((now, tokens))
        self.today += 1

    def begun(self) -> None:
        self.open += 1

    def ended(self) -> None:
        self.open -= 1

    def exceeded(self, limits: Limits, now: float, tokens: int) -> dict[str, float]:
        """The limits that this request would break, each with the seconds until it would pass."""
        found: dict[str, float] = {}
        if limits.rpm is not None and len(self.minute) >= limits.rpm:
            found["rpm"] = self.room_in(len(self.minute) - limits.rpm, now) if limits.rpm else MINUTE
        if limits.tpm is not None and sum(cost for _, cost in self.minute) + tokens > limits.tpm:
            found["tpm"] = self.tokens_in(tokens, limits.tpm, now)
        if limits.rpd is not None and self.today >= limits.rpd:
            found["rpd"] = until_midnight(now)
        return found

    def room_in(self, number: int, now: float) -> float:
        """Seconds until a minute has passed since the so-manieth of the last requests."""
        return self.minute[number][0] + MINUTE - now

    def tokens_in(self, tokens: int, limit: int, now: float) -> float:
        left = sum(cost for _, cost in self.minute) + tokens - limit
        for at, cost in self.minute:
            if (left := left - cost) <= 0:
                return at + MINUTE - now
        return MINUTE


@value
class Charge:
    """What a call costs by one quota: on which meter, how many tokens, and what is told if it is too much."""

    meter: Meter
    tokens: int
    refused: Told | None
    always: bool


class Quotas:
    """The meters of a scenario, for each rule and whoever it counts apart."""

    def __init__(self) -> None:
        self.meters: dict[tuple[int, str, str], Meter] = {}

    def asked(self, index: int, quota: Quota, seen: Seen, now: float) -> Charge | None:
        """What a call would cost; nothing if it is none that quotas are for."""
        model = seen.call.world.catalogue.find(seen.model, now) if seen.model else None
        if seen.model == "" or seen.endpoints[0] not in COUNTED:
            return None
        name = (model.routed_to or model.id) if model else seen.model
        limits = limits_of(quota, name)
        meter = self.meter(index, who(quota, seen), name if quota.by_model else "")
        meter.roll(now, fixed=quota.window == "fixed")
        exceeded = meter.exceeded(limits, now, seen.tokens)
        if quota.window == "fixed":
            exceeded = {kind: MINUTE - now % MINUTE if kind != "rpd" else wait for kind, wait in exceeded.items()}
        refused = None
        if exceeded and seen.surface.startswith("vertex"):
            refused = as_refused(Fail(error="rate-limit-vertex-quota", retry_after=quota.retry_after), seen.surface, name)
        elif exceeded:
            refused = told(exceeded, limits, quota, name, now)
        elif limits.concurrent is not None and meter.open >= limits.concurrent:
            refused = as_refused(Fail(error="rate-limit-bare", retry_after=quota.retry_after), seen.surface, name)
        return Charge(meter, seen.tokens, refused, quota.count_refused)

    def charge(self, asked: Sequence[Charge], now: float, *, passed: bool) -> tuple[Meter, ...]:
        """A call that passes all quotas is counted by all; a refused one only where refused ones count. Gives the meters
        that are to be told when it is over."""
        for one in asked:
            if passed or one.always:
                one.meter.used(now, one.tokens)
            if passed:
                one.meter.begun()
        return tuple([one.meter for one in asked]) if passed else ()

    def meter(self, index: int, whose: str, model: str) -> Meter:
        place = index, whose, model
        if place not in self.meters and len(self.meters) >= MOST_METERS:
            self.meters.pop(next(iter(self.meters)))
        return self.meters.setdefault(place, Meter())


COUNTED = ("generate", "embed", "images", "videos", "audio")


def who(quota: Quota, seen: Seen) -> str:
    """A project by its name in the path; where there is none, by the key: each key is of one project."""
    if quota.per == "world":
        return ""
    project = re.search(r"/projects/([^/]+)/", seen.call.wire.path)
    return project[1] if project and quota.per == "project" else seen.key


@cache
def tiers() -> Mapping[str, Any]:
    text = files("mockgem").joinpath("data/tiers.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)["tiers"]
    return found


def limits_of(quota: Quota, model: str) -> Limits:
    """The tier's limits for a model, and what the rule says besides. Raises UnknownName for an unknown tier."""
    base: Mapping[str, Any] = {}
    if quota.tier is not None:
        base = tier_limits(quota.tier, model)
    own = {name: getattr(quota, name) for name in LIMITED if getattr(quota, name) is not None}
    return Limits(**{**base, **own})


LIMITED = ("rpm", "tpm", "rpd", "concurrent")


def tier_limits(tier: str, model: str) -> Mapping[str, Any]:
    if tier not in tiers():
        near = nearest(tier, tiers()) or list(tiers())
        raise UnknownName(f"there is no tier {tier!r}; did you mean {' or '.join(near)}?")
    for pattern, limits in tiers()[tier].items():
        if pattern in model:
            found: Mapping[str, Any] = limits
            return found
    return {}


METRICS = {
    "rpm": ("generate_content_free_tier_requests", "GenerateRequestsPerMinutePerProjectPerModel"),
    "tpm": ("generate_content_free_tier_input_token_count", "GenerateContentInputTokensPerModelPerMinute"),
    "rpd": ("generate_content_free_tier_requests", "GenerateRequestsPerDayPerProjectPerModel"),
}


def told(exceeded: Mapping[str, float], limits: Limits, quota: Quota, model: str, now: float) -> Told:
    """The 429 of the catalogue, with a violation for each limit that is exceeded.

    A day's limit is told with a short delay all the same (seen in a report): clients have to read its name.
    """
    free = quota.tier in (None, "free")
    violations, lines = [], []
    for kind in exceeded:
        metric, quota_id = METRICS[kind]
        metric = f"generativelanguage.googleapis.com/{metric if free else metric.replace('free_tier', 'paid_tier')}"
        limit = getattr(limits, kind)
        violations.append(
            {
                "quotaMetric": metric,
                "quotaId": quota_id + ("-FreeTier" if free else "-PaidTier"),
                "quotaDimensions": {"location": "global", "model": model},
                **({"quotaValue": str(limit)} if limit else {}),
            }
        )
        lines.append(f"\n* Quota exceeded for metric: {metric}, limit: {limit}, model: {model}")
    short = [seconds for kind, seconds in exceeded.items() if kind != "rpd"]
    delay = max(short) if short else min(exceeded["rpd"], MINUTE - now % MINUTE)
    details = (
        HELP,
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": violations},
        {"@type": RETRY_INFO, "retryDelay": f"{spelled(delay)}s"},
    )
    message = f"{WORDS}{''.join(lines)}\nPlease retry in {spelled(delay)}s."
    fail = Fail(error="rate-limit-rpm-free", retry_delay=delay, retry_after=quota.retry_after)
    return Told(Failure(Code.RESOURCE_EXHAUSTED, message, details), None, tuple(retry_after(fail)), delay)


@cache
def pacific() -> ZoneInfo | None:
    try:
        return ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:  # a machine without time zones: standard time all year
        return None


def pacific_time(now: float) -> datetime:
    zone = pacific()
    return datetime.fromtimestamp(now, zone) if zone else datetime.utcfromtimestamp(now - 8 * 3600)


def pacific_day(now: float) -> str:
    return pacific_time(now).date().isoformat()


def until_midnight(now: float) -> float:
    """Seconds to the next midnight in California, an hour more or less where the clocks change."""
    here = pacific_time(now)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.timestamp() - now if here.tzinfo else (midnight - here).total_seconds()
