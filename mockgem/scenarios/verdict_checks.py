"""The checks of a verdict: one function for each key of `expect`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.scenarios.call_history import (
    CallHistory,
    credential_of,
    find_repeats,
    find_retries,
    has_failed,
    is_broken,
    measure_gap,
    retry_delay_of,
)
from mockgem.scenarios.schema import Expect
from mockgem.scenarios.types import NumberRanges, match_globs


@frozen
class Check:
    """One expectation: what was expected, what was found, and what a client that fails it should do."""

    name: str
    ok: bool
    expected: Any
    found: Any
    advice: str = ""


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


TOLERANCE = 0.02
"""Of a wait; clients' clocks and ours are not the same."""


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


SIGNATURE_PATTERN = re.compile(rb'"thought_?[sS]ignature"\s*:\s*"([^"]{8,})"')


URLSAFE_TO_STANDARD_BASE64 = bytes.maketrans(b"-_", b"+/")
"""Some SDKs spell base64 in the way of URLs, and leave out what fills it up."""


TOOL_RESULT_MARKERS = (
    b'"functionResponse"',
    b'"function_response"',
    b'"role":"tool"',
    b'"role": "tool"',
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


POLLING_PATH = re.compile(
    r"(?:/(?:files|batches|operations|videos)/[^/]+|:fetchPredictOperation)\Z"
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
