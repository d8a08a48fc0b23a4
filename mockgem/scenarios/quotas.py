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
from mockgem.core.frozen import frozen
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.errors import RETRY_INFO, ErrorResponse, build_retry_headers, format_seconds
from mockgem.scenarios.errors import render_error as as_refused
from mockgem.scenarios.schema import Fail, Quota
from mockgem.scenarios.suggestions import UnknownName, suggest_names

MINUTE = 60.0
MAX_METERS = 10_000
HELP_DETAIL = {
    "@type": "type.googleapis.com/google.rpc.Help",
    "links": [
        {
            "description": "Learn more about Gemini API quotas",
            "url": "https://ai.google.dev/gemini-api/docs/rate-limits",
        }
    ],
}
QUOTA_MESSAGE = (
    "You exceeded your current quota, please check your plan and billing details. For more information on this error, "
    "head to: https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage, head to: "
    "https://ai.dev/rate-limit. "
)


@frozen
class QuotaLimits:
    """Of one model: requests a minute, input tokens a minute, requests a day, requests at once. None: no limit."""

    rpm: int | None = None
    tpm: int | None = None
    rpd: int | None = None
    concurrent: int | None = None


class Meter:
    """What one project (or key) has used of one model. Times are seconds on the world's clock."""

    def __init__(self) -> None:
        self.recent_requests: deque[tuple[float, int]] = deque()
        self.day = ""
        self.requests_today = 0
        self.open_requests = 0

    def expire_old(self, now: float, *, fixed: bool) -> None:
        """Let go of what is over: of a fixed window's all that came before its minute."""
        begin = now - now % MINUTE if fixed else now - MINUTE
        while self.recent_requests and (
            self.recent_requests[0][0] < begin if fixed else self.recent_requests[0][0] <= begin
        ):
            self.recent_requests.popleft()
        if (day := pacific_day_of(now)) != self.day:
            self.day, self.requests_today = day, 0

    def record_request(self, now: float, tokens: int) -> None:
        self.recent_requests.append((now, tokens))
        self.requests_today += 1

    def start_request(self) -> None:
        self.open_requests += 1

    def finish_request(self) -> None:
        self.open_requests -= 1

    def find_exceeded(self, limits: QuotaLimits, now: float, tokens: int) -> dict[str, float]:
        """The limits that this request would break, each with the seconds until it would pass."""
        found: dict[str, float] = {}
        if limits.rpm is not None and len(self.recent_requests) >= limits.rpm:
            found["rpm"] = (
                self.compute_request_wait(len(self.recent_requests) - limits.rpm, now)
                if limits.rpm
                else MINUTE
            )
        if (
            limits.tpm is not None
            and sum(cost for _, cost in self.recent_requests) + tokens > limits.tpm
        ):
            found["tpm"] = self.compute_token_wait(tokens, limits.tpm, now)
        if limits.rpd is not None and self.requests_today >= limits.rpd:
            found["rpd"] = seconds_until_midnight(now)
        return found

    def compute_request_wait(self, number: int, now: float) -> float:
        """Seconds until a minute has passed since the so-manieth of the last requests."""
        return self.recent_requests[number][0] + MINUTE - now

    def compute_token_wait(self, tokens: int, limit: int, now: float) -> float:
        left = sum(cost for _, cost in self.recent_requests) + tokens - limit
        for at, cost in self.recent_requests:
            if (left := left - cost) <= 0:
                return at + MINUTE - now
        return MINUTE


@frozen
class Charge:
    """What a call costs by one quota: on which meter, how many tokens, and what is told if it is too much."""

    meter: Meter
    tokens: int
    refusal: ErrorResponse | None
    count_refused: bool


class QuotaTracker:
    """The meters of a scenario, for each rule and whoever it counts apart."""

    def __init__(self) -> None:
        self.meters: dict[tuple[int, str, str], Meter] = {}

    def compute_charge(
        self, index: int, quota: Quota, seen: CallFacts, now: float
    ) -> Charge | None:
        """What a call would cost; nothing if it is none that quotas are for."""
        model = seen.call.world.catalogue.find(seen.model, now) if seen.model else None
        endpoint = seen.call.endpoint
        if seen.model == "" or endpoint is None or not endpoint.uses_quota:
            return None
        name = (model.routed_to or model.id) if model else seen.model
        limits = limits_of(quota, name)
        meter = self.get_meter(index, resolve_subject(quota, seen), name if quota.by_model else "")
        meter.expire_old(now, fixed=quota.window == "fixed")
        exceeded = meter.find_exceeded(limits, now, seen.tokens)
        if quota.window == "fixed":
            exceeded = {
                kind: MINUTE - now % MINUTE if kind != "rpd" else wait
                for kind, wait in exceeded.items()
            }
        refused = None
        style = seen.call.surface.error_style
        if exceeded and style.quota_exceeded:
            refused = as_refused(
                Fail(error=style.quota_exceeded, retry_after=quota.retry_after), style, name
            )
        elif exceeded:
            refused = render_quota_error(exceeded, limits, quota, name, now)
        elif limits.concurrent is not None and meter.open_requests >= limits.concurrent:
            refused = as_refused(
                Fail(error="rate-limit-bare", retry_after=quota.retry_after), style, name
            )
        return Charge(meter, seen.tokens, refused, quota.count_refused)

    def apply_charges(
        self, asked: Sequence[Charge], now: float, *, passed: bool
    ) -> tuple[Meter, ...]:
        """A call that passes all quotas is counted by all; a refused one only where refused ones count. Gives the meters
        that are to be told when it is over."""
        for one in asked:
            if passed or one.count_refused:
                one.meter.record_request(now, one.tokens)
            if passed:
                one.meter.start_request()
        return tuple([one.meter for one in asked]) if passed else ()

    def get_meter(self, index: int, whose: str, model: str) -> Meter:
        place = index, whose, model
        if place not in self.meters and len(self.meters) >= MAX_METERS:
            self.meters.pop(next(iter(self.meters)))
        return self.meters.setdefault(place, Meter())


def resolve_subject(quota: Quota, seen: CallFacts) -> str:
    """A project by its name in the path; where there is none, by the key: each key is of one project."""
    if quota.per == "world":
        return ""
    project = re.search(r"/projects/([^/]+)/", seen.call.wire.path)
    return project[1] if project and quota.per == "project" else seen.key


@cache
def load_tiers() -> Mapping[str, Any]:
    text = files("mockgem").joinpath("data/tiers.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)["tiers"]
    return found


def limits_of(quota: Quota, model: str) -> QuotaLimits:
    """The tier's limits for a model, and what the rule says besides. Raises UnknownName for an unknown tier."""
    base: Mapping[str, Any] = {}
    if quota.tier is not None:
        base = find_tier_limits(quota.tier, model)
    own = {name: getattr(quota, name) for name in LIMIT_NAMES if getattr(quota, name) is not None}
    return QuotaLimits(**{**base, **own})


LIMIT_NAMES = ("rpm", "tpm", "rpd", "concurrent")


def find_tier_limits(tier: str, model: str) -> Mapping[str, Any]:
    if tier not in load_tiers():
        near = suggest_names(tier, load_tiers()) or list(load_tiers())
        raise UnknownName(f"there is no tier {tier!r}; did you mean {' or '.join(near)}?")
    for pattern, limits in load_tiers()[tier].items():
        if pattern in model:
            found: Mapping[str, Any] = limits
            return found
    return {}


METRICS = {
    "rpm": ("generate_content_free_tier_requests", "GenerateRequestsPerMinutePerProjectPerModel"),
    "tpm": (
        "generate_content_free_tier_input_token_count",
        "GenerateContentInputTokensPerModelPerMinute",
    ),
    "rpd": ("generate_content_free_tier_requests", "GenerateRequestsPerDayPerProjectPerModel"),
}


def render_quota_error(
    exceeded: Mapping[str, float], limits: QuotaLimits, quota: Quota, model: str, now: float
) -> ErrorResponse:
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
        HELP_DETAIL,
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": violations},
        {"@type": RETRY_INFO, "retryDelay": f"{format_seconds(delay)}s"},
    )
    message = f"{QUOTA_MESSAGE}{''.join(lines)}\nPlease retry in {format_seconds(delay)}s."
    fail = Fail(error="rate-limit-rpm-free", retry_delay=delay, retry_after=quota.retry_after)
    return ErrorResponse(
        Failure(Code.RESOURCE_EXHAUSTED, message, details),
        None,
        tuple(build_retry_headers(fail)),
        delay,
    )


@cache
def load_pacific_zone() -> ZoneInfo | None:
    try:
        return ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:  # a machine without time zones: standard time all year
        return None


def to_pacific_time(now: float) -> datetime:
    zone = load_pacific_zone()
    return datetime.fromtimestamp(now, zone) if zone else datetime.utcfromtimestamp(now - 8 * 3600)


def pacific_day_of(now: float) -> str:
    return to_pacific_time(now).date().isoformat()


def seconds_until_midnight(now: float) -> float:
    """Seconds to the next midnight in California, an hour more or less where the clocks change."""
    here = to_pacific_time(now)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.timestamp() - now if here.tzinfo else (midnight - here).total_seconds()
