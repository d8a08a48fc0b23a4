"""Run states as records of a world's store: they outlive the server, and processes share them.

A whole run is one record, and each change rewrites it. That keeps a decision atomic in every store,
at a cost that grows with the number of keys that a scenario counts separately.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from base64 import b64decode, b64encode
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import astuple
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

from mockgem.core.cache import BoundedCache
from mockgem.core.store import Record, Store
from mockgem.core.world import World
from mockgem.scenarios.budgets import Account
from mockgem.scenarios.meters import Meter
from mockgem.scenarios.schema import Expect, Rule, Scenario
from mockgem.scenarios.state import MAX_REQUESTS, NewState, RunState, RunStateStore

COLLECTION = "scenario-runs"
Key = TypeVar("Key", str, bytes)
Value = TypeVar("Value", int, float)
Result = TypeVar("Result")


class RecordRunStateStore:
    """A state that is one record of a store."""

    def __init__(self, store: Store, key: str, new_state: NewState) -> None:
        self.store = store
        self.key = key
        self.new_state = new_state

    async def read(self) -> RunState:
        record = await self.store.get(COLLECTION, self.key)
        state = self.new_state()
        return state if record is None else decode_state(record, state)

    async def update(self, change: Callable[[RunState], Result]) -> Result:
        results: list[Result] = []

        def change_record(record: Record) -> Record:
            state = decode_state(record, self.new_state())
            results[:] = [change(state)]
            return encode_state(state, self.new_state())

        while not results:
            await self.store.update(COLLECTION, self.key, change_record)
            if not results:  # the record did not exist yet
                state = self.new_state()
                await self.store.insert(COLLECTION, self.key, encode_state(state, state))
        return results[0]

    async def reset(self) -> None:
        state = self.new_state()
        await self.store.put(COLLECTION, self.key, encode_state(state, state))


def keep_in_store(
    world: World, name: str, scenario: Scenario, new_state: NewState
) -> RunStateStore:
    """Open a run's state in the store of its world."""
    key = state_key_of(name, scenario)
    return RecordRunStateStore(world.store, key, new_state)


def state_key_of(name: str, scenario: Scenario) -> str:
    """Return a key that changes when the scenario does: an edited scenario begins again."""
    text = scenario.model_dump_json(by_alias=True, exclude_unset=True)
    return f"{name}-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def encode_state(state: RunState, initial: RunState, before: Record | None = None) -> Record:
    """Return a state as JSON values. Of the rules only those that the initial state lacks, or those
    of an earlier record `before`."""
    rules = encode_rules(state, initial) if before is None else before
    return {
        "started_at": state.started_at,
        "first_added_rule": state.first_added_rule,
        "added_rules": rules["added_rules"],
        "edited_rules": rules["edited_rules"],
        "order": None if state.order is None else list(state.order),
        "disabled": sorted(state.disabled),
        "expect": None if state.expect is None else dump_model(state.expect),
        "call_count": state.call_count,
        "open_calls": state.open_calls,
        "match_counts": [[*key, count] for key, count in state.match_counts.items()],
        "fire_counts": [[*key, count] for key, count in state.fire_counts.items()],
        "request_counts": [
            [index, [[key.hex(), count] for key, count in iter_items(counts)]]
            for index, counts in state.request_counts.items()
        ],
        "token_first_seen": [[*item] for item in iter_items(state.token_first_seen)],
        "meters": [[*key, encode_meter(meter)] for key, meter in state.meters.items()],
        "accounts": [[*key, *astuple(account)] for key, account in state.accounts.items()],
    }


def encode_rules(state: RunState, initial: RunState) -> Record:
    """Return the rules that were added, and those of the scenario that were edited."""
    count = len(initial.rules)
    return {
        "added_rules": [dump_model(rule) for rule in state.rules[count:]],
        "edited_rules": [
            [index, dump_model(rule)]
            for index, rule in enumerate(state.rules[:count])
            if rule != initial.rules[index]
        ],
    }


def decode_state(record: Record, initial: RunState) -> RunState:
    """Fill an initial state with the values of a record."""
    added = [load_rule(json.dumps(rule)) for rule in record["added_rules"]]
    expect = record["expect"]
    own = list(initial.rules)
    for index, rule in record.get("edited_rules", ()):
        own[index] = load_rule(json.dumps(rule))
    state = RunState(
        record["started_at"],
        (*own, *added),
        record["first_added_rule"],
        None if expect is None else Expect.model_validate(expect),
        record["call_count"],
        record["open_calls"],
        Counter({(index, group): count for index, group, count in record["match_counts"]}),
        Counter({(index, group): count for index, group, count in record["fire_counts"]}),
    )
    order = record.get("order")
    state.started_monotonic, state.journal_start = initial.started_monotonic, initial.journal_start
    state.order = None if order is None else tuple(order)
    state.disabled = frozenset(record.get("disabled", ()))
    for index, items in record["request_counts"]:
        counts = state.request_counts[index] = BoundedCache(MAX_REQUESTS)
        for key, count in items:
            counts.put(bytes.fromhex(key), count)
    for token, seen_at in record["token_first_seen"]:
        state.token_first_seen.put(token, seen_at)
    for rule, subject, model, meter in record["meters"]:
        state.meters[rule, subject, model] = decode_meter(meter)
    for rule, subject, model, *amounts in record.get("accounts", ()):
        state.accounts[rule, subject, model] = Account(*amounts)
    return state


@lru_cache(maxsize=1024)
def load_rule(text: str) -> Rule:
    """Return a rule that was written as JSON. Each call of a client reads the same rules again."""
    return Rule.model_validate(json.loads(text))


def dump_model(model: Rule | Expect) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def iter_items(cache: BoundedCache[Key, Value]) -> list[tuple[Key, Value]]:
    """Return the items of a cache, the oldest first."""
    return list({**cache.old, **cache.young}.items())


def encode_meter(meter: Meter) -> list[Any]:
    """Return a meter; its requests, of which there may be thousands, are numbers in base64."""
    requests = array("d", chain.from_iterable(meter.recent_requests))
    if sys.byteorder == "big":
        requests.byteswap()
    packed = b64encode(requests).decode()
    return [packed, meter.day, meter.requests_today, meter.open_requests]


def decode_meter(values: list[Any]) -> Meter:
    packed, day, requests_today, open_requests = values
    return Meter(unpack_requests(packed), day, requests_today, open_requests)


def unpack_requests(packed: str | list[list[Any]]) -> deque[tuple[float, int]]:
    """Return time and tokens of each request; earlier versions wrote them as a list of pairs."""
    if not isinstance(packed, str):
        return deque((at, tokens) for at, tokens in packed)
    numbers = array("d", b64decode(packed))
    if sys.byteorder == "big":
        numbers.byteswap()
    return deque(zip(numbers[::2], map(int, numbers[1::2]), strict=True))
