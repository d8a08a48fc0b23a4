"""The verdict on a client: what it did when things went wrong, and what a good one would have done."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from mockgem.core.journal import Journal, JournalEntry
from mockgem.recording.redaction import PATTERNS, redact_text
from mockgem.scenarios.call_history import CallHistory
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.types import NumberRanges
from mockgem.scenarios.verdict_checks import Check, run_checks

Json = dict[str, Any]


def build_verdict(play: ScenarioRun, journal: Journal) -> Json:
    """What the client did since the scenario began. Without expectations there is nothing to fail."""
    calls = tuple([one for one in journal.entries if is_call_of_run(one, play)])
    expect = play.expect
    checks = (
        list(
            run_checks(
                expect,
                CallHistory(
                    calls, max(play.call_count, len(calls)), play.time_scale, play.has_fixed_clock
                ),
            )
        )
        if expect is not None
        else []
    )
    return {
        "scenario": play.name,
        "title": play.scenario.title,
        "pass": all(check.ok for check in checks),
        "calls": [summarize_call(one, calls[0]) for one in calls],
        "gaps": [
            round(later.started_at - max(one.ended_at, one.started_at), 3)
            for one, later in pairwise(calls)
        ],
        "checks": [render_check(check) for check in checks],
    }


def is_call_of_run(entry: JournalEntry, play: ScenarioRun) -> bool:
    """Whether a call was made while the scenario was played, by the client itself."""
    return (
        entry.number > play.journal_start
        and (entry.scenario_details or {}).get("scenario") == play.name
        and not entry.wire.is_internal
    )


def summarize_call(entry: JournalEntry, first: JournalEntry) -> Json:
    """A call in one line."""
    found: Json = {
        "number": entry.number,
        "at": round(entry.started_at - first.started_at, 3),
        "path": redact_text(entry.path, PATTERNS),
        "status": entry.status,
        "outcome": entry.outcome,
    }
    return found | {
        name: one for name, one in (entry.scenario_details or {}).items() if name != "scenario"
    }


def render_check(check: Check) -> Json:
    found: Json = {
        "check": check.name,
        "ok": check.ok,
        "expected": render_value(check.expected),
        "found": render_value(check.found),
    }
    return found if check.ok else found | {"advice": check.advice}


def render_value(found: Any) -> Any:
    if isinstance(found, NumberRanges):
        return ", ".join(format_range(first, last) for first, last in found.ranges)
    return round(found, 3) if isinstance(found, float) else found


def format_range(first: int, last: float) -> str:
    return (
        str(first)
        if first == last
        else f"{first}.." + ("" if last == float("inf") else f"{last:.0f}")
    )


def format_verdict(found: Json) -> str:
    """A verdict for people."""
    word = "FAIL" if not found["pass"] else "PASS" if found["checks"] else "----"
    lines = [
        f"{word}  {found['scenario']}: {found['title']}{'' if found['checks'] else ' (it expects nothing)'}"
    ]
    for check in found["checks"]:
        sign = "ok  " if check["ok"] else "FAIL"
        lines.append(
            f"  {sign} {check['check']}: expected {format_value(check['expected'])}, found {format_value(check['found'])}"
        )
        lines += [f"       {check['advice']}"] if check.get("advice") else []
    return "\n".join([*lines, *map(format_call, found["calls"])])


def format_call(call: Json) -> str:
    return f"  {call['at']:8.3f} s  {call['path']} {call['status']} {call['outcome']} {format_cause(call)}".rstrip()


def format_cause(call: Json) -> str:
    return " ".join([call.get("rule", ""), *call.get("faults", ())])


def format_value(found: Any) -> str:
    return found if isinstance(found, str) else json.dumps(found)
