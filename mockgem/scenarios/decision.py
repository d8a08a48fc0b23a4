"""The decision about one call: which rules act on it, and what they do."""

from __future__ import annotations

from dataclasses import field
from random import Random

from mockgem.core.frozen import frozen
from mockgem.scenarios.errors import ErrorResponse
from mockgem.scenarios.meters import MeterKey
from mockgem.scenarios.schema import FaultSpec, Latency, Say

CounterKey = tuple[int, str]
"""The index of a rule, and the key or model whose calls are counted together ("" for all)."""


@frozen
class Decision:
    """What happens to a call.

    `rule` is the last rule that acts, and `call_number` the number of its matching call. At most
    one of `say` and `error` is set; without either, the usual source answers. `meters` are the
    quotas' meters where the call is open, and `counter_keys` the counters of the acting rules.
    `is_unscripted`: no rule acts on a chat, although a user added replies to the scenario.
    """

    rule: str = ""
    call_number: int = 0
    say: Say | None = None
    error: ErrorResponse | None = None
    faults: tuple[FaultSpec, ...] = ()
    latencies: tuple[Latency, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    meters: tuple[MeterKey, ...] = ()
    random: Random = field(default_factory=Random)
    counter_keys: tuple[CounterKey, ...] = ()
    is_unscripted: bool = False
