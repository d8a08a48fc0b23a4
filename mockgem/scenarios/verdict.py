"""The verdict on a client: what it did when things went wrong, and what a good one would have done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mockgem.core.frozen import value
from mockgem.core.journal import Entry, Journal
from mockgem.faults.registry import KNOWN
from mockgem.recording.redaction import PATTERNS, substituted
from mockgem.scenarios.run import Play
from mockgem.scenarios.schema import Expect
from mockgem.scenarios.types import Numbers, fits

Json = dict[str, Any]
TOLERANCE = 0.02
"""Of a wait; clients' clocks and ours are not the same."""
HARMLESS = frozenset(
    "half_close no_keepalive merge split comment no_done extra_done crlf no_space bom early_finish stall".split()
)
"""Faults that leave an answer complete, if the client can read it."""
SIGNATURE = re.compile(rb'"thought_?[sS]ignature"\s*:\s*"([^"]{8,})"')
PLAIN = bytes.maketrans(b"-_", b"+/")
"""Some SDKs spell base64 in the way of URLs, and leave out what fills it up."""
POLLED = re.compile(r"(?:/(?:files|batches|operations|videos)/[^/]+|:fetchPredictOperation)\Z")
ANSWERED_TOOL = (b'"functionResponse"', b'"function_response"', b'"role":"tool"', b'"role": "tool"')


@value
class Check:
    """One expectation: what was expected, what was found, and what a client that fails it should do."""

    name: str
    ok: bool
    expected: Any
    found: Any
    advice: str = ""


@value
class Case:
    """The calls that are judged, how many there were in all (some may not be kept any more), how waits were scaled, and
    whether the world's clock stands still until it is moved."""

    calls: tuple[Entry, ...]
    count: int
    scale: float
    still: bool = True


def verdict(play: Play, journal: Journal) -> Json:
    """What the client did since the scenario began. Without expectations there is nothing to fail."""
    calls = tuple([one for one in journal.entries if concerns(one, play)])
    expect = play.expect
    checks = (
        list(checked(expect, Case(calls, max(play.calls, len(calls)), play.scale, play.still)))
        if expect is not None
        else []
    )
    return {
        "scenario": play.name,
        "title": play.scenario.title,
        "pass": all(check.ok for check in checks),
        "calls": [told(one, calls[0]) for one in calls],
        "gaps": [round(later.came - max(one.ended, one.came), 3) for one, later in pairwise(calls)],
        "checks": [in_words(check) for check in checks],
    }


def concerns(entry: Entry, play: Play) -> bool:
    """Whether a call was made while the scenario was played, by the client itself."""
    return entry.number > play.first and (entry.told or {}).get("scenario") == play.name and not entry.wire.inner


def told(entry: Entry, first: Entry) -> Json:
    """A call in one line."""
    found: Json = {
        "number": entry.number,
        "at": round(entry.came - first.came, 3),
        "path": substituted(entry.path, PATTERNS),
        "status": entry.status,
        "outcome": entry.outcome,
    }
    return found | {name: one for name, one in (entry.told or {}).items() if name != "scenario"}


def in_words(check: Check) -> Json:
    found: Json = {"check": check.name, "ok": check.ok, "expected": shown(check.expected), "found": shown(check.found)}
    return found if check.ok else found | {"advice": check.advice}


def shown(found: Any) -> Any:
    if isinstance(found, Numbers):
        return ", ".join(span(first, last) for first, last in found.spans)
    return round(found, 3) if isinstance(found, float) else found


def span(first: int, last: float) -> str:
    return str(first) if first == last else f"{first}.." + ("" if last == float("inf") else f"{last:.0f}")


def checked(expect: Expect, case: Case) -> Iterator[Check]:
    for name, judge in JUDGES.items():
        wanted = getattr(expect, name)
        if wanted is None or wanted is False:
            continue
        if not case.calls:
            yield Check(
                name, False, wanted, "no calls", "The client made no call that the scenario saw: look at its base URL."
            )
            continue
        yield judge(wanted, case)


def failed(entry: Entry) -> bool:
    """Whether a call came to no answer: an error, a connection that broke off, or a client that gave up."""
    return entry.status >= 400 or entry.outcome in ("cut", "left")


def broken(entry: Entry) -> bool:
    """Whether an answer looked well and was not: cut off, empty, or wrong."""
    found = entry.told or {}
    faults = [name for name in found.get("faults", ()) if name in KNOWN and name not in HARMLESS]
    return not failed(entry) and bool(faults or found.get("silent"))


def repeats(calls: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Each failure with the next call that asks the very same."""
    found = []
    for place, entry in enumerate(calls):
        if failed(entry) or broken(entry):
            later = next((one for one in calls[place + 1 :] if one.key == entry.key), None)
            found += [(entry, later)] if later is not None else []
    return found


def retries(calls: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """The same, and where nothing asks the very same, with the next call of its kind that nothing else is a try of."""
    found = repeats(calls)
    taken = {later.number for _, later in found}
    settled = {entry.number for entry, _ in found}
    for place, entry in enumerate(calls):
        if entry.number in settled or not (failed(entry) or broken(entry)):
            continue
        later = next(
            (one for one in calls[place + 1 :] if one.number not in taken and kind_of(one) == kind_of(entry)), None
        )
        if later is not None:
            taken.add(later.number)
            found.append((entry, later))
    return found


def kind_of(entry: Entry) -> tuple[str, str]:
    """What is asked for, of whichever model, streamed or not."""
    path = re.sub(r"/models/[^/:]+", "/models/*", entry.path).replace(":streamGenerateContent", ":generateContent")
    return entry.method, path


def between(entry: Entry, later: Entry, *, still: bool) -> float:
    """Seconds from the end of an answer to the next call. A clock that stands still and is moved by a test counts: it is
    how tests wait that do not want to."""
    really = later.came - max(entry.ended, entry.came)
    return max(really, later.at - entry.at) if still else really


def attempts(wanted: Numbers, case: Case) -> Check:
    count = case.count
    fewer = count < min(first for first, _ in wanted.spans)
    advice = f"The client called {count} times. " + (
        "Let it try again after failures that pass." if fewer else "Let it give up sooner."
    )
    return Check("attempts", wanted.holds(count), wanted, count, advice)


def waits(wanted: str | float, case: Case) -> Check:
    """From the end of the failed answer to the next call. The delay is what the answer told, in its body or its header."""
    short = []
    if not repeats(case.calls):
        return Check("waits", True, wanted, "no call was tried again")
    for entry, later in repeats(case.calls):
        least = told_delay(entry) if wanted == "told" else float(wanted)
        gap = between(entry, later, still=case.still)
        if least is not None and gap < least * case.scale * (1 - TOLERANCE):
            short.append((least * case.scale, gap))
    advice = ""
    if short:
        least, gap = short[0]
        advice = (
            f"The client came back after {gap:.2f} s, {least:.2f} s were told. Read google.rpc.RetryInfo in the error's "
            "details (and Retry-After where there is one), and wait that long."
        )
    found = "long enough" if not short else [round(gap, 3) for _, gap in short]
    return Check("waits", not short, wanted, found, advice)


def told_delay(entry: Entry) -> float | None:
    delay = (entry.told or {}).get("retry_delay")
    if delay is not None:
        return float(delay)
    header = next((text for name, text in entry.headers if name.lower() == "retry-after"), "")
    return float(header) if header.isdigit() else None


def final(wanted: str, case: Case) -> Check:
    last = case.calls[-1]
    found = "error" if failed(last) or broken(last) else "success"
    advice = (
        "The last call failed: the client gave up too early."
        if wanted == "success"
        else "The last call succeeded; was it tried too often?"
    )
    return Check("final", found == wanted, wanted, found, advice)


def final_model(wanted: Any, case: Case) -> Check:
    found = case.calls[-1].model.removeprefix("models/")
    return Check(
        "final_model", fits(wanted, found), list(wanted), found, "Fall back to another model when one stays overloaded."
    )


def no_retry(wanted: bool, case: Case) -> Check:
    again = len(repeats(case.calls))
    advice = f"What failed was asked again {again} times. This failure does not pass by itself: tell the user instead."
    return Check("no_retry", not again, True, again == 0, advice)


def same_request(wanted: bool, case: Case) -> Check:
    other = [later.number for entry, later in retries(case.calls) if entry.key != later.key]
    return Check(
        "same_request", not other, True, not other, f"Calls {other} are retries, and ask something else than before."
    )


def new_key(wanted: bool, case: Case) -> Check:
    pairs = [(entry, later) for entry, later in retries(case.calls) if entry.status in (400, 401, 403)]
    same = [later.number for entry, later in pairs if credential(entry) == credential(later)]
    ok = bool(pairs) and not same
    return Check("new_key", ok, True, ok, "After a refused credential get a new one, and try with that.")


def credential(entry: Entry) -> str:
    headers = entry.wire.headers
    return headers.get("authorization", "") or headers.get("x-goog-api-key", "") or entry.wire.query.get("key", "")


def signature_returned(wanted: bool, case: Case) -> Check:
    """What a model signed its calls with has to come back with their results."""
    missing, given = [], 0
    known: set[bytes] = set()
    for entry in case.calls:
        if known and any(mark in entry.wire.body for mark in ANSWERED_TOOL):
            given += 1
            body = entry.wire.body.translate(PLAIN)
            missing += [entry.number] if not any(one in body for one in known) else []
        known |= {one.translate(PLAIN).rstrip(b"=") for one in SIGNATURE.findall(entry.body)}
    found = f"{given - len(missing)} of {given}"
    advice = "Send the model's turn back as it came: the call's signature stands in extra_content (or thoughtSignature)."
    return Check("signature_returned", given > 0 and not missing, True, found, advice)


UNNOTICED = (
    "An answer was empty, cut off or wrong, and was not asked for again. Look at the finish reason, the content and "
    "the end of the stream: status 200 is no proof of a good answer."
)
NEVER_BROKEN = (
    "No answer was broken: what the scenario does has not happened. Does the client ask as its conditions and faults "
    "want it (a stream, the model, the endpoint)?"
)


def noticed(wanted: bool, case: Case) -> Check:
    """Silent failures: the client has to look at the answer itself."""
    silent = [entry.number for entry in case.calls if broken(entry) or entry.outcome == "cut"]
    seen = [entry.number for entry, _ in retries(case.calls) if entry.number in silent]
    advice = UNNOTICED if silent else NEVER_BROKEN
    return Check("noticed", bool(silent) and len(seen) == len(silent), True, f"{len(seen)} of {len(silent)}", advice)


def polls(wanted: Numbers, case: Case) -> Check:
    count = sum(bool(POLLED.search(one.path)) and (one.method == "GET" or "fetchPredict" in one.path) for one in case.calls)
    return Check("polls", wanted.holds(count), wanted, count, f"The client looked {count} times.")


def concurrent_at_most(wanted: int, case: Case) -> Check:
    marks = sorted([(one.came, 1) for one in case.calls] + [(max(one.ended, one.came), -1) for one in case.calls])
    most = now = 0
    for _, step in marks:
        now += step
        most = max(most, now)
    return Check("concurrent_at_most", most <= wanted, wanted, most, f"{most} calls were open at once; hold some back.")


JUDGES: dict[str, Callable[[Any, Case], Check]] = {
    "attempts": attempts,
    "waits": waits,
    "final": final,
    "final_model": final_model,
    "no_retry": no_retry,
    "same_request": same_request,
    "new_key": new_key,
    "signature_returned": signature_returned,
    "noticed": noticed,
    "polls": polls,
    "concurrent_at_most": concurrent_at_most,
}


def as_text(found: Json) -> str:
    """A verdict for people."""
    word = "FAIL" if not found["pass"] else "PASS" if found["checks"] else "----"
    lines = [f"{word}  {found['scenario']}: {found['title']}{'' if found['checks'] else ' (it expects nothing)'}"]
    for check in found["checks"]:
        sign = "ok  " if check["ok"] else "FAIL"
        lines.append(f"  {sign} {check['check']}: expected {words(check['expected'])}, found {words(check['found'])}")
        lines += [f"       {check['advice']}"] if check.get("advice") else []
    return "\n".join([*lines, *map(line_of, found["calls"])])


def line_of(call: Json) -> str:
    return f"  {call['at']:8.3f} s  {call['path']} {call['status']} {call['outcome']} {because(call)}".rstrip()


def because(call: Json) -> str:
    return " ".join([call.get("rule", ""), *call.get("faults", ())])


def words(found: Any) -> str:
    return found if isinstance(found, str) else json.dumps(found)
