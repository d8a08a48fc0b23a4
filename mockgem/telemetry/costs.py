"""The costs of a world: estimated for each request, and added up in its state."""

from __future__ import annotations

import logging
from typing import Any

from mockgem.core.content import Usage
from mockgem.core.errors import ApiError
from mockgem.core.world import World
from mockgem.operations.costs.prices import (
    BATCH_SHARE,
    PICODOLLARS,
    Consumption,
    find_price,
)
from mockgem.telemetry.observation import Observation

NO_USAGE = Usage(0, 0)
COLLECTION, TOTAL = "costs", "total"
Record = dict[str, Any]
log = logging.getLogger("mockgem")


async def charge_world(observation: Observation) -> None:
    """Add the cost of a request to its world and to its journal entry.

    Requests that are charged for nothing cost nothing. Models without a known price are counted
    apart, and so are requests of others whose amount is not known.
    """
    used, call, entry = observation.used, observation.call, observation.entry
    if used is None:
        return
    model = call.world.catalogue.find(call.model or entry.model, entry.at)
    price = None if model is None else find_price(model, entry.at)
    share = BATCH_SHARE if call.wire.is_internal else 1.0
    picodollars = None if price is None else price.compute_charge(used, share)
    observation.cost = None if picodollars is None else picodollars / PICODOLLARS
    entry.scenario_details = {
        **(entry.scenario_details or {}),
        "cost_usd": observation.cost,
    }
    row = {"requests": 1, **list_amounts(used), "picodollars": picodollars or 0}
    name = observation.model if model is None else model.id
    try:
        await add_row(call.world, name, row, is_priced=picodollars is not None)
    except (ApiError, OSError) as error:
        log.warning("a cost could not be stored: %s", type(error).__name__)


def list_amounts(used: Consumption) -> Record:
    """Return what a request used: its tokens, and the media that it has made."""
    usage = used.usage or NO_USAGE
    amounts = {
        "input_tokens": usage.prompt + usage.tool_use_prompt,
        "cached_tokens": usage.cached,
        "output_tokens": usage.output + usage.thoughts,
    }
    media = {"images": used.images, "seconds": used.seconds}
    return amounts | {name: count for name, count in media.items() if count}


async def add_row(world: World, model: str, row: Record, *, is_priced: bool) -> None:
    """Add what a request cost to the total of a world."""
    kind = "models" if is_priced else "unpriced"

    def add(record: Record) -> Record:
        models = record.get(kind, {})
        before = models.get(model, {})
        counts = {name: before.get(name, 0) + count for name, count in row.items()}
        after = {**before, **counts}
        return {**record, kind: {**models, model: after}}

    if await world.store.update(COLLECTION, TOTAL, add) is not None:
        return
    if not await world.store.insert(COLLECTION, TOTAL, add({})):  # another request was faster
        await world.store.update(COLLECTION, TOTAL, add)


async def read_spent(world: World) -> int:
    """Return what a world has spent in picodollars."""
    record = await world.store.get(COLLECTION, TOTAL) or {}
    return sum(row["picodollars"] for row in record.get("models", {}).values())


async def read_costs(world: World) -> Record:
    """Return the costs of a world, by model."""
    record = await world.store.get(COLLECTION, TOTAL) or {}
    priced, unpriced = list_rows(record, "models"), list_rows(record, "unpriced")
    for row in priced:
        row["usd"] = row.pop("picodollars") / PICODOLLARS
    for row in unpriced:
        del row["picodollars"]
    spent = await read_spent(world)
    return {"currency": "USD", "usd": spent / PICODOLLARS, "models": priced, "unpriced": unpriced}


def list_rows(record: Record, kind: str) -> list[Record]:
    return [{"model": model, **row} for model, row in sorted(record.get(kind, {}).items())]


async def clear_costs(world: World) -> None:
    """Forget what a world has spent."""
    await world.store.delete(COLLECTION, TOTAL)
