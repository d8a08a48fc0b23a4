"""Write the server's events: JSON objects in text frames, with the type at the end.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mockgem.core.errors import Failure
from mockgem.core.sockets import SocketMessage
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.interactions.errors import classify_failure
from mockgem.dialects.interactions.interaction_writer import format_time, write_usage
from mockgem.operations.interactions import KeptInteraction, ShownInteraction
from mockgem.operations.live.messages import StepEvent

Json = dict[str, Any]


def encode_event(kind: str, **values: Any) -> SocketMessage:
    return SocketMessage(dump_compact({**values, "event_type": kind}), is_text=True)


def encode_error(failure: Failure, version: str) -> SocketMessage:
    word, _ = classify_failure(failure)
    message = failure.message.replace("v1main", version)
    return encode_event("error", error={"message": message, "code": word})


def encode_end(shown: ShownInteraction) -> SocketMessage:
    """Return how an interaction has ended: completed, or cancelled."""
    kept = shown.kept
    usage = write_usage(shown)
    if kept.cancelled:
        return encode_event("interaction.cancelled", usage=usage)
    times = write_times(kept)
    return encode_event("interaction.completed", status={"code": 0}, usage=usage, **times)


def write_times(kept: KeptInteraction) -> Json:
    return {
        "created": format_time(kept.created),
        "updated": format_time(kept.ended or kept.created),
    }


class StepNumbers:
    """Numbers the steps of an interaction over all its turns. `next` is the next step's number."""

    def __init__(self, next_index: int = 0) -> None:
        self.next = next_index
        self.is_open = False

    def encode(self, event: StepEvent) -> SocketMessage:
        """Return an event of the step that is open, or of a new one."""
        if event.kind == "start":
            self.is_open = True
            self.next += 1
        index = self.next - 1
        if event.kind == "stop":
            self.is_open = False
            more: Json = {"usage": event.content} if event.content else {}
            return encode_event("step.stop", index=index, **more)
        name = "step" if event.kind == "start" else "delta"
        return encode_event(f"step.{event.kind}", index=index, **{name: event.content})

    def stop(self, usage: Json | None = None) -> Iterator[SocketMessage]:
        """Yield the end of a step that is open."""
        if self.is_open:
            yield self.encode(StepEvent("stop", usage))


def write_transcription(texts: Sequence[str], numbers: StepNumbers) -> Iterator[SocketMessage]:
    """Yield what the user said as a step; the type is that of Google's tests."""
    yield numbers.encode(StepEvent("start", {"type": "transcription"}))
    for text in texts:
        yield numbers.encode(StepEvent("delta", {"text": text, "type": "text"}))
    yield from numbers.stop()
