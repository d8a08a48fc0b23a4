"""Change what becomes of files, caches, batches and tokens while a scenario runs."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.errors import Failure
from mockgem.core.lifecycle import ResourceOverrides, State
from mockgem.core.world import World
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.run import Decision, ScenarioRun
from mockgem.scenarios.schema import (
    BATCH_STATES,
    Fail,
    Resources,
    ResourceState,
    strip_state_prefix,
)

NEVER = 10**9


def apply_overrides(world: World, play: ScenarioRun) -> World:
    """The world as a scenario's calls find it: the same things, with other fates. The world itself stays as it is."""
    resources = play.scenario.resources
    if resources is None:
        return world
    lives = {**world.lifecycles, **build_lifecycles(resources)}
    return replace(world, lifecycles=lives, overrides=build_overrides(resources))


def build_lifecycles(resources: Resources) -> dict[str, tuple[State, ...]]:
    """The lives that a scenario gives to resources."""
    found = {}
    for kind in ("file", "batch", "video"):
        if stretches := getattr(resources, kind):
            found[kind] = tuple([build_state(stretch, kind) for stretch in stretches])
    return found


def build_state(stretch: ResourceState, kind: str) -> State:
    state = strip_state_prefix(stretch.state, kind)
    polls = stretch.polls or (NEVER if stretch.seconds is not None else 1)
    return State(
        BATCH_STATES.get(state, state), polls, NEVER if stretch.seconds is None else stretch.seconds
    )


def build_overrides(resources: Resources) -> ResourceOverrides:
    def fail_line(number: int) -> Failure | None:
        if resources.batch_failures is None or not resources.batch_failures.contains(number):
            return None
        return errors.render_error(Fail(error=resources.batch_error), "gemini", "").failure

    return ResourceOverrides(
        resources.file_expires_after,
        resources.cache_expires_after,
        slow_files=bool(resources.file),
        batch_output_polls=resources.batch_output_late,
        line_failure=fail_line,
    )


def check_token_age(play: ScenarioRun, seen: CallFacts, now: float) -> Decision | None:
    """A refusal of a token that is older than the scenario lets it be; tokens are of Vertex AI alone."""
    resources = play.scenario.resources
    if (
        resources is None
        or resources.token_expires_after is None
        or not seen.surface.startswith("vertex")
    ):
        return None
    first = play.token_first_seen.get(seen.key)
    if first is None:
        play.token_first_seen.put(seen.key, now)
        return None
    if now - first < resources.token_expires_after:
        return None
    return Decision(
        "token_expires_after",
        error=errors.render_error(Fail(error="vertex-token-expired"), seen.surface, ""),
    )
