"""The costs in the output of `mockgem cassette report`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mockgem.app.recorded_costs import ModelCost, sum_costs
from mockgem.operations.costs.prices import PICODOLLARS


def format_costs(rows: Sequence[ModelCost]) -> Iterable[str]:
    """Yield the total cost of some recordings, that of each model, and models without a price."""
    priced = [row for row in rows if has_price(row)]
    counted = [row for row in priced if row.requests]
    if counted:
        recorded, today = sum_costs(counted)
        yield (
            f"cost: {format_usd(recorded)} US dollars when recorded; to record again today: "
            f"{format_usd(today)}"
        )
    if len(counted) > 1:
        for row in counted:
            yield f"  {row.model}: {format_usd(row.recorded)}; today {format_usd(row.today)}"
    if unknown := [
        f"{row.model} {row.requests + row.uncounted}" for row in rows if not has_price(row)
    ]:
        yield f"no known price: {', '.join(unknown)}"
    if uncounted := sum(row.uncounted for row in priced):
        plural = "s" if uncounted > 1 else ""
        yield f"not in the cost: {uncounted} answer{plural} without token counts"


def has_price(row: ModelCost) -> bool:
    return row.recorded is not None or row.today is not None


def format_usd(picodollars: int | None) -> str:
    return "?" if picodollars is None else f"{picodollars / PICODOLLARS:.6f}"


def costs_to_json(rows: Sequence[ModelCost]) -> dict[str, Any]:
    """Return the costs as `mockgem cassette report --json` writes them."""
    recorded, today = sum_costs(rows)
    return {
        "currency": "USD",
        "recorded": recorded / PICODOLLARS,
        "today": today / PICODOLLARS,
        "models": [row_to_json(row) for row in rows if has_price(row)],
        "unpriced": [row_to_json(row) for row in rows if not has_price(row)],
    }


def row_to_json(row: ModelCost) -> dict[str, Any]:
    return {
        "model": row.model,
        "requests": row.requests,
        "input_tokens": row.input_tokens,
        "cached_tokens": row.cached_tokens,
        "output_tokens": row.output_tokens,
        "recorded": None if row.recorded is None else row.recorded / PICODOLLARS,
        "today": None if row.today is None else row.today / PICODOLLARS,
        "uncounted": row.uncounted,
    }
