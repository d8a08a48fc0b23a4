"""Compare an answer with a recorded one: status, framing, and the structure of its JSON.

Texts and numbers differ in every answer and say nothing. Keys, their order, their types and the
API's own words do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from mockgem.core.frozen import frozen
from mockgem.recording.comparability import REDACTION, find_obstacle, is_cut_stream
from mockgem.recording.interaction import Interaction
from mockgem.redaction.finder import hide_secrets

Tier = Literal["error", "warning", "info", "not comparable"]
TIERS: tuple[Tier, ...] = ("error", "warning", "info")
"""How serious a difference is, the worst first."""
NOT_COMPARABLE: Tier = "not comparable"
"""The tier of a recording that says nothing about the other server."""
API_WORD_KEYS = frozenset(
    """role object finish_reason finishReason code status type blockReason modality language outcome
    serviceTier mimeType urlRetrievalStatus trafficType @type reason domain""".split()
)
"""Keys whose values are words of the API."""
FREE_FORM_KEYS = frozenset("args arguments metadata quotaMetric response parsed".split())
"""Keys whose content comes from the user or the model."""


@frozen
class Finding:
    """One difference: where in the answer, how serious, and what each side has."""

    tier: Tier
    path: str
    message: str


@frozen
class AnswerSnapshot:
    """The parts of an answer that are compared."""

    status: int
    content_type: str
    body: bytes


def answer_of(one: Interaction) -> AnswerSnapshot:
    """Return the recorded answer of an interaction."""
    return AnswerSnapshot(one.status, one.get_header("content-type"), one.body)


def find_drift(one: Interaction, own: AnswerSnapshot) -> list[Finding]:
    """Return the differences between mockgem's answer and the recorded one, the worst first.

    A recording that can't be compared has one finding, of the tier `NOT_COMPARABLE`.
    """
    if reason := find_obstacle(one, own.status):
        return [Finding(NOT_COMPARABLE, "", reason)]
    recorded = answer_of(one)
    if recorded.status != own.status:
        reason = " ".join(message_of(own.body).split())[:160]
        return [Finding("error", "status", f"recorded {one.status}, ours {own.status}: {reason}")]
    is_cut = is_cut_stream(one)
    findings = {*compare_framing(recorded, own, is_cut), *compare_bodies(recorded, own, is_cut)}
    if is_cut:
        findings.add(Finding("info", "stream", "the recorded one breaks off; its end is not known"))
    return sorted(findings, key=lambda each: (TIERS.index(each.tier), each.path))


def worst_tier_of(findings: Sequence[Finding]) -> str:
    """Return the tier of the worst of sorted findings, or `same`."""
    return findings[0].tier if findings else "same"


def message_of(body: bytes) -> str:
    """Return the message of an error, without keys."""
    try:
        value = json.loads(body)
    except ValueError:
        return hide_secrets(body[:2000].decode("utf-8", "replace"))[:160]
    value = value[0] if isinstance(value, list) and value else value
    error = value.get("error") if isinstance(value, dict) else None
    return hide_secrets(str(error.get("message", ""))) if isinstance(error, dict) else ""


def compare_framing(
    recorded: AnswerSnapshot, own: AnswerSnapshot, is_cut: bool
) -> Iterator[Finding]:
    """Yield differences in content type, and in how events are separated and ended.

    `is_cut`: the recorded stream breaks off.
    """
    theirs, ours = (strip_parameters(one.content_type) for one in (recorded, own))
    if theirs and theirs != ours:
        yield Finding("error", "content-type", f"recorded {theirs}, ours {ours}")
    if "event-stream" not in theirs or not isinstance(parse_answer(recorded), EventList):
        return
    for name, check in FRAMING_CHECKS.items():
        first, second = check(recorded.body), check(own.body)
        if first != second and not (is_cut and name == END_CHECK):
            yield Finding("error", "framing", f"{name}: recorded {first}, ours {second}")


def strip_parameters(content_type: str) -> str:
    """Return a media type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


END_CHECK = "end marker"
FRAMING_CHECKS: Mapping[str, Any] = {
    "line ends": lambda body: "CR LF" if b"\r\n\r\n" in body else "LF",
    END_CHECK: lambda body: b"data: [DONE]" in body,
    "space after data:": lambda body: b"data: {" in body,
}


def compare_bodies(
    recorded: AnswerSnapshot, own: AnswerSnapshot, is_cut: bool
) -> Iterator[Finding]:
    """Yield differences between two bodies."""
    theirs, ours = parse_answer(recorded), parse_answer(own)
    if theirs is None or ours is None:
        if recorded.body.strip() and (theirs is None) != (ours is None):
            kinds = ("another body", "JSON") if theirs is None else ("JSON", "another body")
            yield Finding("error", "body", f"recorded {kinds[0]}, ours {kinds[1]}")
        return
    if isinstance(theirs, EventList) and isinstance(ours, EventList):
        yield from compare_streams(theirs, ours, is_cut)
        return
    yield from compare_values(theirs, ours, "")


class EventList(list[Any]):
    """The JSON values of a stream's events."""


def parse_answer(one: AnswerSnapshot) -> Any:
    """Return a body as JSON or as the events of a stream; None for any other body.

    An error in place of a stream is JSON, whatever its content type says.
    """
    is_stream = "event-stream" in one.content_type and one.body.lstrip()[:1] not in (b"{", b"[")
    if is_stream or one.body.startswith(b"data: "):
        rows = re.findall(rb"^data:[ ]?(\{.*\}|\[\{.*\}\])\s*$", one.body, re.M)
        try:
            return EventList([json.loads(row) for row in rows])
        except ValueError:
            return None
    try:
        return json.loads(one.body)
    except (ValueError, RecursionError):
        return None


def compare_streams(theirs: Sequence[Any], ours: Sequence[Any], is_cut: bool) -> Iterator[Finding]:
    """Yield differences between the first events, the last ones, and the keys of all."""
    if not theirs or not ours:
        if bool(theirs) != bool(ours):
            yield Finding("error", "events", f"recorded {len(theirs)}, ours {len(ours)}")
        return
    yield from compare_values(theirs[0], ours[0], "first event")
    if len(theirs) > 1 and len(ours) > 1 and not is_cut:
        yield from compare_values(theirs[-1], ours[-1], "last event")
    if is_cut:
        return
    for path in sorted(set(iter_paths(list(ours))) - set(iter_paths(list(theirs)))):
        yield Finding("info", path, "ours has it in an event, and the recording has not")


def iter_paths(value: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of all keys in a JSON value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{path}.{name}".lstrip(".")
            if not is_free_form(name, value):
                yield from iter_paths(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from iter_paths(inner, path)


def is_free_form(name: str, holder: Mapping[str, Any]) -> bool:
    """Whether users or tools decide what a field contains; events of Responses hold one."""
    is_event = name == "response" and str(holder.get("type", "")).startswith("response.")
    return name in FREE_FORM_KEYS and not is_event


def compare_values(theirs: Any, ours: Any, path: str) -> Iterator[Finding]:
    """Yield differences between two JSON values."""
    if kind_of(theirs) != kind_of(ours):
        yield Finding("error", path or "body", f"recorded {kind_of(theirs)}, ours {kind_of(ours)}")
    elif isinstance(theirs, dict):
        yield from compare_objects(theirs, ours, path)
    elif isinstance(theirs, list) and theirs and ours:
        yield from compare_values(theirs[0], ours[0], f"{path}[0]")
    elif isinstance(theirs, list) and bool(theirs) != bool(ours):
        yield Finding("warning", path or "body", f"recorded {len(theirs)} items, ours {len(ours)}")
    elif isinstance(theirs, str) and theirs != ours:
        yield from compare_strings(theirs, ours, path)


def kind_of(value: Any) -> str:
    """Return the name of a JSON type."""
    if isinstance(value, (bool, EventList)):
        return "a boolean" if isinstance(value, bool) else "events"
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names[type(value)]


def compare_objects(theirs: dict[str, Any], ours: dict[str, Any], path: str) -> Iterator[Finding]:
    """Yield differences between two objects: their keys, the order of these, and the values."""
    for name in theirs:
        inner = f"{path}.{name}".lstrip(".")
        if name not in ours:
            yield Finding("warning", inner, "the recording has it, and ours has not")
        elif not is_free_form(name, theirs):
            yield from compare_values(theirs[name], ours[name], inner)
    for name in ours:
        if name not in theirs:
            yield Finding(
                "warning", f"{path}.{name}".lstrip("."), "ours has it, and the recording has not"
            )
    both = [name for name in theirs if name in ours]
    if both != [name for name in ours if name in theirs]:
        names = ", ".join([name for name in ours if name in theirs])
        yield Finding(
            "warning",
            path or "body",
            f"keys in another order: recorded {', '.join(both)}; ours {names}",
        )


def compare_strings(theirs: str, ours: str, path: str) -> Iterator[Finding]:
    """Yield a difference between two words of the API, or two error messages."""
    if REDACTION.search(theirs) or path.endswith("executableCode.code"):
        return
    name, theirs, ours = path.rpartition(".")[2], hide_secrets(theirs), hide_secrets(ours)
    if name in API_WORD_KEYS and not re.search(r"\d{4,}", theirs):
        yield Finding("warning", path, f"recorded {theirs[:60]!r}, ours {ours[:60]!r}")
    elif name == "message" and "error" in path:
        yield Finding("info", path, f"recorded {theirs[:160]!r}, ours {ours[:160]!r}")
