"""What recordings cost when they were made, and what it would cost to make them again.

The amounts are estimates by `operations/costs/`: requests that count no tokens cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mockgem.app.drift_requests import build_request
from mockgem.app.router import Router
from mockgem.core.content import Usage
from mockgem.core.frozen import frozen
from mockgem.core.models import Catalogue
from mockgem.operations.costs.prices import Consumption, find_price
from mockgem.recording.ages import parse_time
from mockgem.recording.interaction import Interaction
from mockgem.recording.usage_report import find_model, find_usage

PICTURE = re.compile(rb'"(?:bytesBase64Encoded|b64_json)"\s*:')
"""The key of a generated picture in the body of an answer."""
NO_MODEL = "(no model)"
"""Stands for the model of a request that names none."""


@frozen
class ModelCost:
    """The requests of one model, their tokens, and their costs in picodollars.

    `recorded` is by the prices of the days on which they were recorded, `today` by those of now. A
    model without a known price has None. Recordings without a date cost what they cost now.
    `uncounted` answers, as of a stream that was not asked for its usage, have no tokens, so
    their cost is unknown.
    """

    model: str
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    recorded: int | None
    today: int | None
    uncounted: int = 0

    def __add__(self, other: ModelCost) -> ModelCost:
        return ModelCost(
            self.model,
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
            add_amounts(self.recorded, other.recorded),
            add_amounts(self.today, other.today),
            self.uncounted + other.uncounted,
        )


def add_amounts(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def estimate_costs(
    interactions: Iterable[Interaction], catalogue: Catalogue, router: Router, now: float
) -> list[ModelCost]:
    """Return the costs of recordings, a row for each model, the most expensive first.

    `now` is in seconds since 1970.
    """
    charged = [one for one in interactions if is_charged(one, router)]
    return merge_costs([estimate_cost(one, catalogue, now) for one in charged])


def merge_costs(rows: Iterable[ModelCost]) -> list[ModelCost]:
    """Return one row for each model, the most expensive first, and those without a price last."""
    merged: dict[str, ModelCost] = {}
    for row in rows:
        merged[row.model] = merged[row.model] + row if row.model in merged else row
    return sorted(
        merged.values(), key=lambda row: (row.today is None, -(row.today or 0), row.model)
    )


def is_charged(one: Interaction, router: Router) -> bool:
    """Return whether the real service charges for a request.

    It does so for the same requests that count for its quotas: to read a stored reply again costs
    nothing, although it has token counts. A session is charged by its turns.
    """
    if one.status >= 400:
        return False
    route = None if one.is_socket else router.find_route(build_request(one, router))[0]
    if route is None:  # a session, or an API of another gateway
        return find_usage(one) is not None
    return route.endpoint.uses_quota


def estimate_cost(one: Interaction, catalogue: Catalogue, now: float) -> ModelCost:
    """Return the cost of one request."""
    counted = find_usage(one)
    usage = counted or Usage(0, 0)
    name = find_model(one)
    model = catalogue.find(name, now) if name else None
    then = parse_time(one.recorded).timestamp() if one.recorded else now
    prices = [None if model is None else find_price(model, time) for time in (then, now)]
    pictures = len(PICTURE.findall(one.body))
    used = Consumption(usage, images=pictures, songs=1)
    is_counted = counted is not None or pictures > 0
    recorded, today = [None if price is None else price.compute_charge(used) for price in prices]
    return ModelCost(
        name or NO_MODEL,
        1 if is_counted else 0,
        usage.prompt + usage.tool_use_prompt,
        usage.cached,
        usage.output + usage.thoughts,
        recorded,
        today,
        0 if is_counted else 1,
    )


def sum_costs(rows: Sequence[ModelCost]) -> tuple[int, int]:
    """Return the costs of all models that have a price: when recorded, and today."""
    return sum(row.recorded or 0 for row in rows), sum(row.today or 0 for row in rows)
