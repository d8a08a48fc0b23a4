"""The decision about one call: which rules act on it, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from random import Random
from typing import TYPE_CHECKING

from mockgem.core.frozen import frozen
from mockgem.scenarios.errors import ErrorResponse
from mockgem.scenarios.meters import MeterKey
from mockgem.scenarios.schema import FaultSpec, Latency, Say

if TYPE_CHECKING:
    from mockgem.scenarios.budgets import Overdraft

CounterKey = tuple[int, str]
"""The index of a rule, and the key or model whose calls are counted together ("" for all)."""


class LateRandom:
    """Random numbers for the waits of a call. They are seeded at the first draw: most calls draw
    none.
    """

    __slots__ = ("compute_seed", "random_numbers")

    def __init__(self, compute_seed: Callable[[], bytes] = bytes) -> None:
        self.compute_seed = compute_seed
        self.random_numbers: Random | None = None

    def random(self) -> float:
        """Return the next number from 0 to 1."""
        if self.random_numbers is None:
            self.random_numbers = Random(self.compute_seed())
        return self.random_numbers.random()


@frozen
class Decision:
    """What happens to a call.

    `rule` is the last rule that acts, and `call_number` the number of its matching call. At most
    one of `say` and `error` is set; without either, the usual source answers. `meters` are the
    quotas' meters where the call is open, and `counter_keys` the counters of the acting rules.
    `is_unscripted`: no rule acts on a chat, although a user added replies to the scenario.
    `accounts` are those of the budgets that the call spends from, and `overdraft` is the budget
    that refuses it.
    """

    rule: str = ""
    call_number: int = 0
    say: Say | None = None
    error: ErrorResponse | None = None
    faults: tuple[FaultSpec, ...] = ()
    latencies: tuple[Latency, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    meters: tuple[MeterKey, ...] = ()
    random: LateRandom = field(default_factory=LateRandom)
    counter_keys: tuple[CounterKey, ...] = ()
    is_unscripted: bool = False
    accounts: tuple[MeterKey, ...] = ()
    overdraft: Overdraft | None = None
