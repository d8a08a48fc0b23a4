"""The verdict on a client: what it did when calls failed, and what a good client does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mockgem.core.journal import JournalEntry
from mockgem.redaction.finder import hide_secrets
from mockgem.scenarios.budgets import format_account, list_accounts
from mockgem.scenarios.call_history import CallHistory, is_open
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.state import RunState
from mockgem.scenarios.types import NumberRanges, format_range
from mockgem.scenarios.verdict_checks import Check, run_checks

Json = dict[str, Any]


def build_verdict(run: ScenarioRun, state: RunState, entries: Sequence[JournalEntry]) -> Json:
    """Judge what the client did since the run began. Without expectations it passes.

    `open` is the number of calls whose answer is still being sent, and `budgets` are the accounts
    of rules with a budget.
    """
    calls = tuple([entry for entry in entries if is_call_of_run(entry, run)])
    checks: list[Check] = []
    if state.expect is not None:
        count = max(state.call_count, len(calls))
        history = CallHistory(calls, count, run.time_scale, run.has_fixed_clock)
        checks = list(run_checks(state.expect, history))
    return {
        "scenario": run.name,
        "title": run.scenario.title,
        "pass": all(check.ok for check in checks),
        "open": sum(map(is_open, calls)),
        "calls": [summarize_call(entry, calls[0]) for entry in calls],
        "gaps": [measure_pause(entry, later) for entry, later in pairwise(calls)],
        "checks": [render_check(check) for check in checks],
        **({"budgets": accounts} if (accounts := list_accounts(state)) else {}),
    }


def is_call_of_run(entry: JournalEntry, run: ScenarioRun) -> bool:
    """Return whether the client itself made a call while the scenario ran."""
    return (
        entry.number > run.journal_start
        and (entry.scenario_details or {}).get("scenario") == run.name
        and not entry.wire.is_internal
    )


def measure_pause(entry: JournalEntry, later: JournalEntry) -> float | None:
    """Return the seconds from the end of a call to the next one; None while it is open."""
    if is_open(entry):
        return None
    return round(later.started_at - max(entry.ended_at, entry.started_at), 3)


def summarize_call(entry: JournalEntry, first: JournalEntry) -> Json:
    """Return a call without its bodies. `at` counts seconds from the first call."""
    summary: Json = {
        "number": entry.number,
        "at": round(entry.started_at - first.started_at, 3),
        "path": hide_secrets(entry.path),
        "status": entry.status,
        "outcome": entry.outcome,
    }
    details = entry.scenario_details or {}
    return summary | {name: value for name, value in details.items() if name != "scenario"}


def render_check(check: Check) -> Json:
    """Return a check as JSON values, with advice if it failed."""
    rendered: Json = {
        "check": check.name,
        "ok": check.ok,
        "expected": render_value(check.expected),
        "found": render_value(check.found),
    }
    return rendered if check.ok else rendered | {"advice": check.advice}


def render_value(value: Any) -> Any:
    if isinstance(value, NumberRanges):
        return ", ".join(str(format_range(*number_range)) for number_range in value.ranges)
    return round(value, 3) if isinstance(value, float) else value


def format_verdict(verdict: Json) -> str:
    """Return a verdict as lines of text for a terminal."""
    word = "FAIL" if not verdict["pass"] else "PASS" if verdict["checks"] else "----"
    note = "" if verdict["checks"] else " (no expectations)"
    lines = [f"{word}  {verdict['scenario']}: {verdict['title']}{note}"]
    for check in verdict["checks"]:
        sign = "ok  " if check["ok"] else "FAIL"
        expected, found = format_value(check["expected"]), format_value(check["found"])
        lines.append(f"  {sign} {check['check']}: expected {expected}, found {found}")
        lines += [f"       {check['advice']}"] if check.get("advice") else []
    lines += [f"  {format_account(row)}" for row in verdict.get("budgets", ())]
    return "\n".join([*lines, *map(format_call, verdict["calls"])])


def format_call(call: Json) -> str:
    result = f"{call['status']} {call['outcome']} {format_cause(call)}"
    return f"  {call['at']:8.3f} s  {call['path']} {result}".rstrip()


def format_cause(call: Json) -> str:
    return " ".join([call.get("rule", ""), *call.get("faults", ())])


def format_value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
