"""The verdict on a client: what it did when things went wrong, and what a good one would have done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.core.journal import Journal, JournalEntry
from mockgem.faults.registry import find_fault
from mockgem.recording.redaction import PATTERNS, redact_text
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.schema import Expect
from mockgem.scenarios.types import NumberRanges, match_globs

Json = dict[str, Any]
TOLERANCE = 0.02
"""Of a wait; clients' clocks and ours are not the same."""
SIGNATURE_PATTERN = re.compile(rb'"thought_?[sS]ignature"\s*:\s*"([^"]{8,})"')
URLSAFE_TO_STANDARD_BASE64 = bytes.maketrans(b"-_", b"+/")
"""Some SDKs spell base64 in the way of URLs, and leave out what fills it up."""
POLLING_PATH = re.compile(
    r"(?:/(?:files|batches|operations|videos)/[^/]+|:fetchPredictOperation)\Z"
)
TOOL_RESULT_MARKERS = (
    b'"functionResponse"',
    b'"function_response"',
    b'"role":"tool"',
    b'"role": "tool"',
)


@frozen
class Check:
    """One expectation: what was expected, what was found, and what a client that fails it should do."""

    name: str
    ok: bool
    expected: Any
    found: Any
    advice: str = ""


@frozen
class CallHistory:
    """The calls that are judged, how many there were in all (some may not be kept any more), how waits were scaled, and
    whether the world's clock stands still until it is moved."""

    calls: tuple[JournalEntry, ...]
    count: int
    time_scale: float
    has_fixed_clock: bool = True


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


def run_checks(expect: Expect, case: CallHistory) -> Iterator[Check]:
    for name, judge in CHECKS.items():
        wanted = getattr(expect, name)
        if wanted is None or wanted is False:
            continue
        if not case.calls:
            yield Check(
                name,
                False,
                wanted,
                "no calls",
                "The client made no call that the scenario saw: look at its base URL.",
            )
            continue
        yield judge(wanted, case)


def has_failed(entry: JournalEntry) -> bool:
    """Whether a call came to no answer: an error, a connection that broke off, or a client that gave up."""
    return entry.status >= 400 or entry.outcome in ("cut", "left")


def is_broken(entry: JournalEntry) -> bool:
    """Whether an answer looked well and was not: cut off, empty, or wrong."""
    found = entry.scenario_details or {}
    declared = [find_fault(name) for name in found.get("faults", ())]
    faults = [one for one in declared if one is not None and not one.harmless]
    return not has_failed(entry) and bool(faults or found.get("silent"))


def find_repeats(calls: Sequence[JournalEntry]) -> list[tuple[JournalEntry, JournalEntry]]:
    """Each failure with the next call that asks the very same."""
    found = []
    for place, entry in enumerate(calls):
        if has_failed(entry) or is_broken(entry):
            later = next((one for one in calls[place + 1 :] if one.key == entry.key), None)
            found += [(entry, later)] if later is not None else []
    return found


def find_retries(calls: Sequence[JournalEntry]) -> list[tuple[JournalEntry, JournalEntry]]:
    """The same, and where nothing asks the very same, with the next call of its kind that nothing else is a try of."""
    found = find_repeats(calls)
    taken = {later.number for _, later in found}
    settled = {entry.number for entry, _ in found}
    for place, entry in enumerate(calls):
        if entry.number in settled or not (has_failed(entry) or is_broken(entry)):
            continue
        later = next(
            (
                one
                for one in calls[place + 1 :]
                if one.number not in taken and request_kind_of(one) == request_kind_of(entry)
            ),
            None,
        )
        if later is not None:
            taken.add(later.number)
            found.append((entry, later))
    return found


def request_kind_of(entry: JournalEntry) -> tuple[str, str]:
    """What is asked for, of whichever model, streamed or not."""
    path = re.sub(r"/models/[^/:]+", "/models/*", entry.path).replace(
        ":streamGenerateContent", ":generateContent"
    )
    return entry.method, path


def measure_gap(entry: JournalEntry, later: JournalEntry, *, fixed_clock: bool) -> float:
    """Seconds from the end of an answer to the next call. A clock that stands still and is moved by a test counts: it is
    how tests wait that do not want to."""
    really = later.started_at - max(entry.ended_at, entry.started_at)
    return max(really, later.at - entry.at) if fixed_clock else really


def check_attempts(wanted: NumberRanges, case: CallHistory) -> Check:
    count = case.count
    fewer = count < min(first for first, _ in wanted.ranges)
    advice = f"The client called {count} times. " + (
        "Let it try again after failures that pass." if fewer else "Let it give up sooner."
    )
    return Check("attempts", wanted.contains(count), wanted, count, advice)


def check_waits(wanted: str | float, case: CallHistory) -> Check:
    """From the end of the failed answer to the next call. The delay is what the answer told, in its body or its header."""
    short = []
    if not find_repeats(case.calls):
        return Check("waits", True, wanted, "no call was tried again")
    for entry, later in find_repeats(case.calls):
        least = retry_delay_of(entry) if wanted == "told" else float(wanted)
        gap = measure_gap(entry, later, fixed_clock=case.has_fixed_clock)
        if least is not None and gap < least * case.time_scale * (1 - TOLERANCE):
            short.append((least * case.time_scale, gap))
    advice = ""
    if short:
        least, gap = short[0]
        advice = (
            f"The client came back after {gap:.2f} s, {least:.2f} s were told. Read google.rpc.RetryInfo in the error's "
            "details (and Retry-After where there is one), and wait that long."
        )
    found = "long enough" if not short else [round(gap, 3) for _, gap in short]
    return Check("waits", not short, wanted, found, advice)


def retry_delay_of(entry: JournalEntry) -> float | None:
    delay = (entry.scenario_details or {}).get("retry_delay")
    if delay is not None:
        return float(delay)
    header = next((text for name, text in entry.headers if name.lower() == "retry-after"), "")
    return float(header) if header.isdigit() else None


def check_final(wanted: str, case: CallHistory) -> Check:
    last = case.calls[-1]
    found = "error" if has_failed(last) or is_broken(last) else "success"
    advice = (
        "The last call failed: the client gave up too early."
        if wanted == "success"
        else "The last call succeeded; was it tried too often?"
    )
    return Check("final", found == wanted, wanted, found, advice)


def check_final_model(wanted: Any, case: CallHistory) -> Check:
    found = case.calls[-1].model.removeprefix("models/")
    return Check(
        "final_model",
        match_globs(wanted, found),
        list(wanted),
        found,
        "Fall back to another model when one stays overloaded.",
    )


def check_no_retry(wanted: bool, case: CallHistory) -> Check:
    again = len(find_repeats(case.calls))
    advice = f"What failed was asked again {again} times. This failure does not pass by itself: tell the user instead."
    return Check("no_retry", not again, True, again == 0, advice)


def check_same_request(wanted: bool, case: CallHistory) -> Check:
    other = [later.number for entry, later in find_retries(case.calls) if entry.key != later.key]
    return Check(
        "same_request",
        not other,
        True,
        not other,
        f"Calls {other} are retries, and ask something else than before.",
    )


def check_new_key(wanted: bool, case: CallHistory) -> Check:
    pairs = [
        (entry, later)
        for entry, later in find_retries(case.calls)
        if entry.status in (400, 401, 403)
    ]
    same = [later.number for entry, later in pairs if credential_of(entry) == credential_of(later)]
    ok = bool(pairs) and not same
    return Check(
        "new_key", ok, True, ok, "After a refused credential get a new one, and try with that."
    )


def credential_of(entry: JournalEntry) -> str:
    headers = entry.wire.headers
    return (
        headers.get("authorization", "")
        or headers.get("x-goog-api-key", "")
        or entry.wire.query.get("key", "")
    )


def check_signature_returned(wanted: bool, case: CallHistory) -> Check:
    """What a model signed its calls with has to come back with their results."""
    missing, given = [], 0
    known: set[bytes] = set()
    for entry in case.calls:
        if known and any(mark in entry.wire.body for mark in TOOL_RESULT_MARKERS):
            given += 1
            body = entry.wire.body.translate(URLSAFE_TO_STANDARD_BASE64)
            missing += [entry.number] if not any(one in body for one in known) else []
        known |= {
            one.translate(URLSAFE_TO_STANDARD_BASE64).rstrip(b"=")
            for one in SIGNATURE_PATTERN.findall(entry.body)
        }
    found = f"{given - len(missing)} of {given}"
    advice = "Send the model's turn back as it came: the call's signature stands in extra_content (or thoughtSignature)."
    return Check("signature_returned", given > 0 and not missing, True, found, advice)


UNNOTICED_ADVICE = (
    "An answer was empty, cut off or wrong, and was not asked for again. Look at the finish reason, the content and "
    "the end of the stream: status 200 is no proof of a good answer."
)
NEVER_BROKEN_ADVICE = (
    "No answer was broken: what the scenario does has not happened. Does the client ask as its conditions and faults "
    "want it (a stream, the model, the endpoint)?"
)


def check_noticed(wanted: bool, case: CallHistory) -> Check:
    """Silent failures: the client has to look at the answer itself."""
    silent = [entry.number for entry in case.calls if is_broken(entry) or entry.outcome == "cut"]
    seen = [entry.number for entry, _ in find_retries(case.calls) if entry.number in silent]
    advice = UNNOTICED_ADVICE if silent else NEVER_BROKEN_ADVICE
    return Check(
        "noticed",
        bool(silent) and len(seen) == len(silent),
        True,
        f"{len(seen)} of {len(silent)}",
        advice,
    )


def check_polls(wanted: NumberRanges, case: CallHistory) -> Check:
    count = sum(
        bool(POLLING_PATH.search(one.path)) and (one.method == "GET" or "fetchPredict" in one.path)
        for one in case.calls
    )
    return Check(
        "polls", wanted.contains(count), wanted, count, f"The client looked {count} times."
    )


def check_concurrent_at_most(wanted: int, case: CallHistory) -> Check:
    marks = sorted(
        [(one.started_at, 1) for one in case.calls]
        + [(max(one.ended_at, one.started_at), -1) for one in case.calls]
    )
    most = now = 0
    for _, step in marks:
        now += step
        most = max(most, now)
    return Check(
        "concurrent_at_most",
        most <= wanted,
        wanted,
        most,
        f"{most} calls were open at once; hold some back.",
    )


CHECKS: dict[str, Callable[[Any, CallHistory], Check]] = {
    "attempts": check_attempts,
    "waits": check_waits,
    "final": check_final,
    "final_model": check_final_model,
    "no_retry": check_no_retry,
    "same_request": check_same_request,
    "new_key": check_new_key,
    "signature_returned": check_signature_returned,
    "noticed": check_noticed,
    "polls": check_polls,
    "concurrent_at_most": check_concurrent_at_most,
}


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
