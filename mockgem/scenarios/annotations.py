"""Tell the client and the journal which rule decided: debug headers and journal details."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Call
from mockgem.scenarios.run import Decision, ScenarioRun


def build_debug_headers(
    call: Call, play: ScenarioRun, direction: Decision
) -> tuple[tuple[str, str], ...]:
    """Which rule answered, for people who look."""
    found = [("x-mockgem-scenario", play.name)] if play.name else []
    if direction.rule:
        found += [
            ("x-mockgem-rule", direction.rule),
            ("x-mockgem-call", str(direction.call_number)),
        ]
    return (*found, *((("x-mockgem-world", call.world.name),) if call.world.name else ()))


def build_details(play: ScenarioRun, direction: Decision, faults: list[str]) -> dict[str, Any]:
    """What the journal is told; `silent` where an answer looks well and is none."""
    found: dict[str, Any] = {"scenario": play.name} if play.name else {}
    if direction.rule:
        found |= {"rule": direction.rule, "call": direction.call_number}
    if faults:
        found["faults"] = faults
    if direction.error is not None and direction.error.delay is not None:
        found["retry_delay"] = direction.error.delay
    say = direction.say
    if say is not None and (
        say.block or (say.finish not in (None, "STOP")) or (say.raw and say.raw.status < 400)
    ):
        found["silent"] = True
    return found
