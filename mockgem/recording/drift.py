"""How far an answer is from a recorded one: by status, framing, and by what its JSON is made of.

Words and numbers change with each answer and say nothing; keys, their order, their types and the API's own words do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from mockgem.core.frozen import frozen
from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import hide_keys

Tier = Literal["error", "warning", "info"]
TIERS: tuple[Tier, ...] = ("error", "warning", "info")
API_WORD_KEYS = frozenset(
    """role object finish_reason finishReason code status type blockReason modality language outcome serviceTier mimeType
    urlRetrievalStatus trafficType @type reason domain""".split()
)
"""Keys whose words are the API's own."""
FREE_FORM_KEYS = frozenset("args arguments metadata quotaMetric response parsed".split())
"""Keys below which everything is the user's or the model's."""
STATE_PATTERN = re.compile(
    r"\b(?:files|cachedContents|batches|fileSearchStores|operations|tunedModels|corpora)/[\w.-]+|/interactions\b|upload_id="
)
"""What was made earlier, on a server that kept it."""


@frozen
class Finding:
    """`place` is where in the answer; `words` tell both sides."""

    tier: Tier
    path: str
    message: str


@frozen
class AnswerSnapshot:
    """An answer as far as it is compared."""

    status: int
    content_type: str
    body: bytes


def answer_of(one: Interaction) -> AnswerSnapshot:
    return AnswerSnapshot(one.status, one.get_header("content-type"), one.body)


def find_drift(one: Interaction, own: AnswerSnapshot) -> list[Finding]:
    """What tells our answer from the recorded one, the worst first."""
    recorded = answer_of(one)
    if recorded.status != own.status:
        return [compare_statuses(one, own)]
    found = [*compare_framing(recorded, own), *compare_bodies(recorded, own)]
    return sorted(set(found), key=lambda each: (TIERS.index(each.tier), each.path))


def compare_statuses(one: Interaction, own: AnswerSnapshot) -> Finding:
    words = (
        f"recorded {one.status}, ours {own.status}: {' '.join(message_of(own.body).split())[:160]}"
    )
    known = own.status in (403, 404) and STATE_PATTERN.search(
        one.uri + one.request_body.decode("utf-8", "replace")
    )
    return (
        Finding("info", "state", f"it speaks of what was made earlier; {words}")
        if known
        else Finding("error", "status", words)
    )


def message_of(body: bytes) -> str:
    try:
        found = json.loads(body)
    except ValueError:
        return hide_keys(body[:2000].decode("utf-8", "replace"))[:160]
    found = found[0] if isinstance(found, list) and found else found
    error = found.get("error") if isinstance(found, dict) else None
    return hide_keys(str(error.get("message", ""))) if isinstance(error, dict) else ""


def compare_framing(recorded: AnswerSnapshot, own: AnswerSnapshot) -> Iterator[Finding]:
    """Content type, and how events are set apart and ended."""
    mine, yours = (strip_parameters(each.content_type) for each in (recorded, own))
    if mine and mine != yours:
        yield Finding("error", "content-type", f"recorded {mine}, ours {yours}")
    if "event-stream" not in mine:
        return
    for name, look in FRAMING_CHECKS.items():
        if look(recorded.body) != look(own.body):
            yield Finding(
                "error", "framing", f"{name}: recorded {look(recorded.body)}, ours {look(own.body)}"
            )


def strip_parameters(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


FRAMING_CHECKS: Mapping[str, Any] = {
    "ends of lines": lambda body: "CR LF" if b"\r\n\r\n" in body else "LF",
    "end marker": lambda body: b"data: [DONE]" in body,
    "space behind data:": lambda body: b"data: {" in body,
}


def compare_bodies(recorded: AnswerSnapshot, own: AnswerSnapshot) -> Iterator[Finding]:
    mine, yours = parse_answer(recorded), parse_answer(own)
    if mine is None or yours is None:
        if recorded.body.strip() and (mine is None) != (yours is None):
            yield Finding(
                "error",
                "body",
                f"recorded {'no JSON' if mine is None else 'JSON'}, ours the other way",
            )
        return
    if isinstance(mine, EventList) and isinstance(yours, EventList):
        yield from compare_streams(mine, yours)
        return
    yield from compare_values(mine, yours, "")


class EventList(list[Any]):
    """What a stream said, event by event."""


def parse_answer(one: AnswerSnapshot) -> Any:
    """JSON, the events of a stream, or None for neither."""
    if "event-stream" in one.content_type or one.body.startswith(b"data: "):
        rows = re.findall(rb"^data:[ ]?(\{.*\}|\[\{.*\}\])\s*$", one.body, re.M)
        try:
            return EventList([json.loads(row) for row in rows])
        except ValueError:
            return None
    try:
        return json.loads(one.body)
    except (ValueError, RecursionError):
        return None


def compare_streams(mine: Sequence[Any], yours: Sequence[Any]) -> Iterator[Finding]:
    """The first event, the last, and what all between have together."""
    if not mine or not yours:
        if bool(mine) != bool(yours):
            yield Finding("error", "events", f"recorded {len(mine)}, ours {len(yours)}")
        return
    yield from compare_values(mine[0], yours[0], "first event")
    if len(mine) > 1 and len(yours) > 1:
        yield from compare_values(mine[-1], yours[-1], "last event")
    seen, ours = set(iter_paths(list(mine))), set(iter_paths(list(yours)))
    for place in sorted(ours - seen):
        yield Finding("info", place, "no recorded event has it, one of ours has")


def iter_paths(item: Any, place: str = "") -> Iterator[str]:
    if isinstance(item, dict):
        for name, inner in item.items():
            yield f"{place}.{name}".lstrip(".")
            if name not in FREE_FORM_KEYS:
                yield from iter_paths(inner, f"{place}.{name}")
    elif isinstance(item, list):
        for inner in item:
            yield from iter_paths(inner, place)


def compare_values(mine: Any, yours: Any, place: str) -> Iterator[Finding]:
    if kind_of(mine) != kind_of(yours):
        yield Finding("error", place or "body", f"recorded {kind_of(mine)}, ours {kind_of(yours)}")
    elif isinstance(mine, dict):
        yield from compare_objects(mine, yours, place)
    elif isinstance(mine, list) and mine and yours:
        yield from compare_values(mine[0], yours[0], f"{place}[0]")
    elif isinstance(mine, list) and bool(mine) != bool(yours):
        yield Finding("warning", place or "body", f"recorded {len(mine)} items, ours {len(yours)}")
    elif isinstance(mine, str) and mine != yours:
        yield from compare_strings(mine, yours, place)


def kind_of(item: Any) -> str:
    if isinstance(item, (bool, EventList)):
        return "a boolean" if isinstance(item, bool) else "events"
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        int: "a number",
        float: "a number",
        type(None): "null",
    }
    return names[type(item)]


def compare_objects(mine: dict[str, Any], yours: dict[str, Any], place: str) -> Iterator[Finding]:
    for name in mine:
        inside = f"{place}.{name}".lstrip(".")
        if name not in yours:
            yield Finding("warning", inside, "recorded, and ours has none")
        elif name not in FREE_FORM_KEYS:
            yield from compare_values(mine[name], yours[name], inside)
    for name in yours:
        if name not in mine:
            yield Finding("warning", f"{place}.{name}".lstrip("."), "ours, and not recorded")
    both = [name for name in mine if name in yours]
    if both != [name for name in yours if name in mine]:
        ours = ", ".join([name for name in yours if name in mine])
        yield Finding(
            "warning",
            place or "body",
            f"keys in another order: recorded {', '.join(both)}; ours {ours}",
        )


def compare_strings(mine: str, yours: str, place: str) -> Iterator[Finding]:
    name, mine, yours = place.rpartition(".")[2], hide_keys(mine), hide_keys(yours)
    if name in API_WORD_KEYS and not re.search(r"\d{4,}", mine):
        yield Finding("warning", place, f"recorded {mine[:60]!r}, ours {yours[:60]!r}")
    elif name == "message" and "error" in place:
        yield Finding("info", place, f"recorded {mine[:160]!r}, ours {yours[:160]!r}")
