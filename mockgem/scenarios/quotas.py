"""Quotas: limits of requests and tokens per minute and day, and the 429 above them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import frozen
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.errors import (
    RETRY_INFO,
    ErrorResponse,
    build_retry_headers,
    format_seconds,
    render_error,
)
from mockgem.scenarios.meters import MINUTE, Meter, MeterKey, QuotaLimits
from mockgem.scenarios.schema import Budget, Fail, Quota
from mockgem.scenarios.suggestions import UnknownName, suggest_names

MAX_METERS = 10_000
LIMIT_NAMES = ("rpm", "tpm", "rpd", "concurrent")
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
    "You exceeded your current quota, please check your plan and billing details. "
    "For more information on this error, head to: "
    "https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage, head to: "
    "https://ai.dev/rate-limit. "
)


@frozen
class Charge:
    """What a call costs on one meter, and the error response if the quota does not allow it."""

    key: MeterKey
    meter: Meter
    tokens: int
    refusal: ErrorResponse | None
    count_refused: bool


def compute_charge(
    meters: dict[MeterKey, Meter], rule: int, quota: Quota, facts: CallFacts, now: float
) -> Charge | None:
    """Return what a call costs. None for calls that quotas do not count.

    Raises UnknownName for an unknown tier.
    """
    endpoint = facts.call.endpoint
    if facts.model == "" or endpoint is None or not endpoint.uses_quota:
        return None
    model = facts.call.world.catalogue.find(facts.model, now)
    name = (model.routed_to or model.resolves_to or model.id) if model else facts.model
    limits = limits_of(quota, name)
    key = rule, resolve_subject(quota, facts), name if quota.by_model else ""
    meter = get_meter(meters, key)
    meter.expire_old(now, fixed=quota.window == "fixed")
    exceeded = meter.find_exceeded(limits, now, facts.tokens)
    if quota.window == "fixed":
        exceeded = {
            kind: MINUTE - now % MINUTE if kind != "rpd" else wait
            for kind, wait in exceeded.items()
        }
    refusal, style = None, facts.call.surface.error_style
    if exceeded and style.quota_exceeded:
        fail = Fail(error=style.quota_exceeded, retry_after=quota.retry_after)
        refusal = render_error(fail, style, name)
    elif exceeded:
        refusal = render_quota_error(exceeded, limits, quota, name, now)
    elif limits.concurrent is not None and meter.open_requests >= limits.concurrent:
        fail = Fail(error="rate-limit-bare", retry_after=quota.retry_after)
        refusal = render_error(fail, style, name)
    return Charge(key, meter, facts.tokens, refusal, quota.count_refused)


def get_meter(meters: dict[MeterKey, Meter], key: MeterKey) -> Meter:
    """Return the meter of a key. The oldest meter makes room for a new one."""
    if key not in meters and len(meters) >= MAX_METERS:
        meters.pop(next(iter(meters)))
    return meters.setdefault(key, Meter())


def apply_charges(charges: Sequence[Charge], now: float, *, passed: bool) -> tuple[MeterKey, ...]:
    """Record a call on its meters, and return the keys of the meters where it is now open.

    A refused call counts only where the quota says `count_refused`.
    """
    for charge in charges:
        if passed or charge.count_refused:
            charge.meter.record_request(now, charge.tokens)
        if passed:
            charge.meter.start_request()
    return tuple([charge.key for charge in charges]) if passed else ()


def resolve_subject(quota: Quota | Budget, facts: CallFacts) -> str:
    """Return whose calls a quota or a budget counts together: the project in the path, or else the
    key."""
    if quota.per == "world":
        return ""
    project = re.search(r"/projects/([^/]+)/", facts.call.wire.path)
    return project[1] if project and quota.per == "project" else facts.key


@cache
def load_tiers() -> Mapping[str, Any]:
    text = files("mockgem").joinpath("data/tiers.json").read_text("utf-8")
    tiers: Mapping[str, Any] = json.loads(text)["tiers"]
    return tiers


def limits_of(quota: Quota, model: str) -> QuotaLimits:
    """Return a model's limits: those of the tier, changed by the rule's own limits.

    Raises UnknownName for an unknown tier.
    """
    base: Mapping[str, Any] = {}
    if quota.tier is not None:
        base = find_tier_limits(quota.tier, model)
    own = {name: getattr(quota, name) for name in LIMIT_NAMES if getattr(quota, name) is not None}
    return QuotaLimits(**{**base, **own})


def find_tier_limits(tier: str, model: str) -> Mapping[str, Any]:
    """Return the limits of the first pattern that the model's name contains."""
    if tier not in load_tiers():
        near = suggest_names(tier, load_tiers()) or list(load_tiers())
        raise UnknownName(f"there is no tier {tier!r}; did you mean {' or '.join(near)}?")
    for pattern, limits in load_tiers()[tier].items():
        if pattern in model:
            tier_limits: Mapping[str, Any] = limits
            return tier_limits
    return {}


METRICS = {
    "rpm": ("generate_content_free_tier_requests", "GenerateRequestsPerMinutePerProjectPerModel"),
    "tpm": (
        "generate_content_free_tier_input_token_count",
        "GenerateContentInputTokensPerModelPerMinute",
    ),
    "rpd": ("generate_content_free_tier_requests", "GenerateRequestsPerDayPerProjectPerModel"),
}
"""The metric and the quota id of each limit, as the service spells them."""


def render_quota_error(
    exceeded: Mapping[str, float], limits: QuotaLimits, quota: Quota, model: str, now: float
) -> ErrorResponse:
    """Build the 429 of the service, with one violation for each exceeded limit.

    A daily limit also has a short delay (seen in a report): clients have to read its name.

    Evidence: failure-rate-limit-rpd-free.
    """
    violations, lines = [], []
    for kind in exceeded:
        metric, limit = metric_name_of(kind, quota), getattr(limits, kind)
        violations.append(build_violation(kind, metric, limit, quota, model))
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


def is_free(quota: Quota) -> bool:
    return quota.tier in (None, "free")


def metric_name_of(kind: str, quota: Quota) -> str:
    metric = METRICS[kind][0]
    metric = metric if is_free(quota) else metric.replace("free_tier", "paid_tier")
    return f"generativelanguage.googleapis.com/{metric}"


def build_violation(kind: str, metric: str, limit: int, quota: Quota, model: str) -> dict[str, Any]:
    """Build one violation of google.rpc.QuotaFailure. A limit of 0 has no quotaValue."""
    return {
        "quotaMetric": metric,
        "quotaId": METRICS[kind][1] + ("-FreeTier" if is_free(quota) else "-PaidTier"),
        "quotaDimensions": {"location": "global", "model": model},
        **({"quotaValue": str(limit)} if limit else {}),
    }
