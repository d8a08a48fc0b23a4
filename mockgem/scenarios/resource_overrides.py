"""Change what becomes of files, batches, videos, caches and tokens while a scenario runs."""

from __future__ import annotations

from mockgem.core.errors import Failure
from mockgem.core.lifecycle import ResourceOverrides, State
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.decision import Decision
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.schema import (
    BATCH_STATES,
    Fail,
    Resources,
    ResourceState,
    strip_state_prefix,
)

NEVER = 10**9
"""Polls or seconds after which a state ends that only the other of the two ends."""


def build_lifecycles(resources: Resources) -> dict[str, tuple[State, ...]]:
    """Return the lifecycles of the kinds of resources that a scenario changes."""
    lifecycles = {}
    for kind in ("file", "batch", "video", "document"):
        if states := getattr(resources, kind):
            lifecycles[kind] = tuple([build_state(state, kind) for state in states])
    return lifecycles


def build_state(written: ResourceState, kind: str) -> State:
    """Return a state of a lifecycle. Without polls and seconds it ends at the first poll."""
    name = strip_state_prefix(written.state, kind)
    polls = written.polls or (NEVER if written.seconds is not None else 1)
    seconds = NEVER if written.seconds is None else written.seconds
    return State(BATCH_STATES.get(name, name), polls, seconds)


def build_overrides(resources: Resources) -> ResourceOverrides:
    """Return what a scenario changes about the resources of its calls."""

    def fail_line(number: int) -> Failure | None:
        if resources.batch_failures is None or not resources.batch_failures.contains(number):
            return None
        fail = Fail(error=resources.batch_error)
        return errors.render_error(fail, errors.GEMINI_STYLE, "").failure

    return ResourceOverrides(
        resources.file_expires_after,
        resources.cache_expires_after,
        slow_files=bool(resources.file),
        batch_output_polls=resources.batch_output_late,
        line_failure=fail_line,
        lifecycles=build_lifecycles(resources),
    )


async def check_token_age(run: ScenarioRun, facts: CallFacts, now: float) -> Decision | None:
    """Refuse a token that is older than the scenario allows, on surfaces whose tokens expire."""
    resources, style = run.scenario.resources, facts.call.surface.error_style
    if resources is None or resources.token_expires_after is None or not style.expired_token:
        return None
    if not await run.refuse_old_token(facts, now, resources.token_expires_after):
        return None
    error = errors.render_error(Fail(error=style.expired_token), style, "")
    return Decision("token_expires_after", error=error)
