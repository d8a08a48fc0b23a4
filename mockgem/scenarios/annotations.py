"""Report to the client and the journal which rule decided: debug headers and journal details."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Call
from mockgem.scenarios.decision import Decision
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.schema import Say


def build_debug_headers(
    call: Call, run: ScenarioRun, decision: Decision
) -> tuple[tuple[str, str], ...]:
    """Return x-mockgem-… headers that name the scenario, the rule and its call, and the world."""
    headers = [("x-mockgem-scenario", run.name)] if run.name else []
    if decision.rule:
        headers += [
            ("x-mockgem-rule", decision.rule),
            ("x-mockgem-call", str(decision.call_number)),
        ]
    if call.world.name:
        headers.append(("x-mockgem-world", call.world.name))
    return tuple(headers)


def build_details(run: ScenarioRun, decision: Decision, faults: list[str]) -> dict[str, Any]:
    """Return what the journal entry says about a decision.

    `silent` marks a reply that looks good and is not: the client has to notice. `unscripted` marks
    a chat without one of the replies that a user added. `budget` is the budget that refused a call.
    """
    details: dict[str, Any] = {"scenario": run.name} if run.name else {}
    if decision.rule:
        details |= {"rule": decision.rule, "call": decision.call_number}
    if decision.is_unscripted:
        details["unscripted"] = True
    if faults:
        details["faults"] = faults
    if decision.overdraft is not None:
        details["budget"] = decision.overdraft.describe()
    if decision.error is not None and decision.error.delay is not None:
        details["retry_delay"] = decision.error.delay
    if decision.say is not None and is_silent_failure(decision.say):
        details["silent"] = True
    return details


def is_silent_failure(say: Say) -> bool:
    """Return whether a reply is blocked, stops early or is raw under a successful status."""
    return bool(
        say.block or (say.finish not in (None, "STOP")) or (say.raw and say.raw.status < 400)
    )
