"""The checks of a verdict: one function for each key of `expect`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.scenarios.audio_stops import count_audio_stops
from mockgem.scenarios.call_history import (
    CallHistory,
    credential_of,
    find_last,
    find_repeats,
    find_retries,
    is_broken,
    is_failure,
    is_open,
    measure_gap,
    retry_delay_of,
)
from mockgem.scenarios.schema import Expect
from mockgem.scenarios.socket_checks import count_resumed, find_open_calls, list_sockets
from mockgem.scenarios.types import NumberRanges, match_globs

TOLERANCE = 0.02
"""The share of a wait that may be missing: clients' clocks and mockgem's clock differ."""
SIGNATURE_PATTERN = re.compile(rb'"thought_?[sS]ignature"\s*:\s*"([^"]{8,})"')
URLSAFE_TO_STANDARD_BASE64 = bytes.maketrans(b"-_", b"+/")
"""Some SDKs write URL-safe base64 without padding."""
TOOL_RESULT_MARKERS = (
    b'"functionResponse"',
    b'"function_response"',
    b'"role":"tool"',
    b'"role": "tool"',
)
POLLING_PATH = re.compile(
    r"(?:/(?:files|documents|batches|operations|videos)/[^/]+|:fetchPredictOperation)\Z"
)


@frozen
class Check:
    """One expectation, what the client did, and advice for a client that failed it."""

    name: str
    ok: bool
    expected: Any
    found: Any
    advice: str = ""


def run_checks(expect: Expect, history: CallHistory) -> Iterator[Check]:
    """Check every expectation that is set. Without calls, each of them fails."""
    for name, check in CHECKS.items():
        wanted = getattr(expect, name)
        if wanted is None or wanted is False:
            continue
        if history.calls:
            yield check(wanted, history)
        else:
            yield Check(name, False, wanted, "no calls", NO_CALLS_ADVICE)


NO_CALLS_ADVICE = "The scenario received no calls from the client: check the client's base URL."


def check_attempts(wanted: NumberRanges, history: CallHistory) -> Check:
    count = history.count
    is_too_few = count < min(first for first, _ in wanted.ranges)
    calls = "1 call" if count == 1 else f"{count} calls"
    advice = f"The client made {calls}. " + (
        "Let it retry failures that pass."
        if is_too_few
        else "Let it give up earlier, or expect more: calls after a success count, too."
    )
    return Check("attempts", wanted.contains(count), wanted, count, advice)


def check_waits(wanted: str | float, history: CallHistory) -> Check:
    """Measure from the end of a failed reply to its retry.

    `told` means the delay that the reply had in its body or its header.
    """
    pairs = find_repeats(history.calls)
    if not pairs:
        return Check("waits", True, wanted, "no call was repeated")
    short = []
    for entry, later in pairs:
        least = retry_delay_of(entry) if wanted == "told" else float(wanted)
        gap = measure_gap(entry, later, fixed_clock=history.has_fixed_clock)
        if least is not None and gap < least * history.time_scale * (1 - TOLERANCE):
            short.append((least * history.time_scale, gap))
    advice = ""
    if short:
        least, gap = short[0]
        advice = (
            f"The client retried after {gap:.2f} s instead of {least:.2f} s. Read "
            "google.rpc.RetryInfo in the error's details (and the Retry-After header, if there is "
            "one), and wait that long."
        )
    found = "long enough" if not short else [round(gap, 3) for _, gap in short]
    return Check("waits", not short, wanted, found, advice)


def check_final(wanted: str, history: CallHistory) -> Check:
    last = find_last(history.calls)
    found = "open" if is_open(last) else "error" if is_failure(last) else "success"
    advice = FINAL_ADVICE[found]
    return Check("final", found == wanted, wanted, found, advice)


FINAL_ADVICE = {
    "open": "The last call is still open: let the client read or close it before the verdict.",
    "error": "The last call failed: the client gave up too early.",
    "success": "The last call succeeded: the client may have retried too often.",
}


def check_final_model(wanted: Any, history: CallHistory) -> Check:
    found = find_last(history.calls).model.removeprefix("models/")
    advice = "Fall back to another model when one stays overloaded."
    return Check("final_model", match_globs(wanted, found), list(wanted), found, advice)


def check_no_retry(wanted: bool, history: CallHistory) -> Check:
    count = len(find_repeats(history.calls))
    advice = (
        f"The client repeated {count} failed requests. This failure does not pass by itself: "
        "report it to the user instead."
    )
    return Check("no_retry", not count, True, count == 0, advice)


def check_same_request(wanted: bool, history: CallHistory) -> Check:
    pairs = find_repeats(history.calls)
    changed = [later.number for entry, later in pairs if entry.key != later.key]
    advice = f"Calls {changed} are retries, but their requests differ from the failed ones."
    return Check("same_request", not changed, True, not changed, advice)


def check_new_key(wanted: bool, history: CallHistory) -> Check:
    pairs = [
        (entry, later)
        for entry, later in find_retries(history.calls)
        if entry.status in (400, 401, 403)
    ]
    same = [later for entry, later in pairs if credential_of(entry) == credential_of(later)]
    ok = bool(pairs) and not same
    advice = "After a refused credential, get a new one and retry with it."
    return Check("new_key", ok, True, ok, advice)


def check_signature_returned(wanted: bool, history: CallHistory) -> Check:
    """Check that tool results come with the signature of a call that the model made before."""
    missing = total = 0
    known: set[bytes] = set()
    for entry in history.calls:
        if known and any(marker in entry.wire.body for marker in TOOL_RESULT_MARKERS):
            total += 1
            body = entry.wire.body.translate(URLSAFE_TO_STANDARD_BASE64)
            missing += not any(signature in body for signature in known)
        known |= {
            signature.translate(URLSAFE_TO_STANDARD_BASE64).rstrip(b"=")
            for signature in SIGNATURE_PATTERN.findall(entry.body)
        }
    advice = (
        "Send the model's turn back unchanged: the call's signature is in extra_content "
        "(or thoughtSignature)."
    )
    found = f"{total - missing} of {total}"
    return Check("signature_returned", total > 0 and not missing, True, found, advice)


UNNOTICED_ADVICE = (
    "A reply was empty, cut off or wrong, and the client did not retry. Check the finish reason, "
    "the content and the end of the stream: status 200 does not prove a good reply."
)
NEVER_BROKEN_ADVICE = (
    "No reply was broken, so the scenario had no effect. Does the client send what its conditions "
    "and faults need (a stream, the model, the endpoint)?"
)


def check_noticed(wanted: bool, history: CallHistory) -> Check:
    """Check that the client retried after failures that only the reply itself shows."""
    calls = history.calls
    silent = [entry.number for entry in calls if is_broken(entry) or entry.outcome == "cut"]
    noticed = [entry.number for entry, _ in find_retries(calls) if entry.number in silent]
    ok = bool(silent) and len(noticed) == len(silent)
    advice = UNNOTICED_ADVICE if silent else NEVER_BROKEN_ADVICE
    return Check("noticed", ok, True, f"{len(noticed)} of {len(silent)}", advice)


def check_polls(wanted: NumberRanges, history: CallHistory) -> Check:
    count = sum(
        bool(POLLING_PATH.search(call.path))
        and (call.method == "GET" or "fetchPredict" in call.path)
        for call in history.calls
    )
    return Check(
        "polls", wanted.contains(count), wanted, count, f"The client polled {count} times."
    )


def check_concurrent_at_most(wanted: int, history: CallHistory) -> Check:
    starts = [(call.started_at, 1) for call in history.calls]
    ended = [call for call in history.calls if not is_open(call)]
    ends = [(max(call.ended_at, call.started_at), -1) for call in ended]
    most = count = 0
    for _, step in sorted(starts + ends):
        count += step
        most = max(most, count)
    advice = f"{most} calls were open at once: limit the client's concurrency."
    return Check("concurrent_at_most", most <= wanted, wanted, most, advice)


def check_tools_answered(wanted: bool, history: CallHistory) -> Check:
    found = [find_open_calls(entry) for entry in list_sockets(history)]
    total = sum([len(asked) for asked, _ in found])
    missing = sum([len(unanswered) for _, unanswered in found])
    advice = (
        "Send a toolResponse with the id of every call, also when the tool fails."
        if total
        else "The model called no tool: let a rule do it with say and tool_calls."
    )
    ok = total > 0 and not missing
    return Check("tools_answered", ok, True, f"{total - missing} of {total}", advice)


def check_resumed(wanted: bool, history: CallHistory) -> Check:
    ended, resumed = count_resumed(history)
    advice = (
        "Keep the latest newHandle, and open a new socket with it after a goAway or a close."
        if ended
        else "The server ended no session that had a handle: ask for sessionResumption."
    )
    return Check("resumed", 0 < ended == resumed, True, f"{resumed} of {ended}", advice)


def check_audio_stopped(wanted: bool, history: CallHistory) -> Check:
    signals, ignored, is_known = count_audio_stops(history)
    ok = signals > 0 and not ignored and is_known
    if ignored:
        advice = STOP_ADVICE
    elif not signals:
        advice = (
            "Nothing asked a client that sends audio to stop: add the fault go_away to a turn, or "
            "let the client send activityEnd."
        )
    else:
        advice = "The journal left messages of a session out: let it end earlier."
    found = f"{signals - ignored} of {signals}"
    return Check("audio_stopped", ok, True, found, advice)


STOP_ADVICE = (
    "The client went on sending audio. Let it open a new socket before the time of a goAway is "
    "over, and send an activityStart before more audio when it has sent activityEnd."
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
    "tools_answered": check_tools_answered,
    "resumed": check_resumed,
    "audio_stopped": check_audio_stopped,
    "concurrent_at_most": check_concurrent_at_most,
}
