"""Send the events of an interaction that has ended to a client that connects to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mockgem.core.sockets import SocketMessage
from mockgem.core.world import World
from mockgem.dialects.interactions.interaction_writer import find_error, list_steps, write_usage
from mockgem.dialects.interactions.live.answer import InteractionAnswer
from mockgem.dialects.interactions.live.server_events import (
    StepNumbers,
    encode_event,
    write_transcription,
)
from mockgem.dialects.interactions.live.setup import LiveSetup, decode_setup
from mockgem.operations.draft import Draft
from mockgem.operations.kept_replies import show_kept
from mockgem.operations.live.messages import StepEvent
from mockgem.operations.live_interactions import (
    LiveConnection,
    LiveOutput,
    put_progress,
    show_interaction,
)
from mockgem.operations.validation import find_model


def iter_recorded_events(connection: LiveConnection, world: World) -> Iterator[SocketMessage]:
    """Yield the events of all steps, without how the interaction ended."""
    kept, numbers = connection.kept, StepNumbers()
    if not kept.is_live:
        yield from iter_steps(connection, numbers)
        return
    setup, outputs = decode_setup(kept.setup, world), connection.progress.outputs
    for number, output in enumerate(outputs, start=1):
        yield from iter_output(output, setup, numbers, world)
        until = put_progress(kept, replace(connection.progress, outputs=outputs[:number]))
        yield from numbers.stop(write_usage(show_interaction(until)))


def iter_steps(connection: LiveConnection, numbers: StepNumbers) -> Iterator[SocketMessage]:
    """Yield the events of an interaction that was created over HTTP."""
    shown = show_kept(connection.kept)
    for step in list_steps(shown) if shown.has_reply else ():
        yield numbers.encode(StepEvent("start", step.start))
        for delta in step.deltas:
            yield numbers.encode(StepEvent("delta", delta))
        yield from numbers.stop()
    if error := find_error(connection.kept):
        yield encode_event("error", error=error)


def iter_output(
    output: LiveOutput, setup: LiveSetup, numbers: StepNumbers, world: World
) -> Iterator[SocketMessage]:
    """Yield the events of a turn, but not the end of its last step."""
    if output.transcript:
        words = output.transcript.split(" ")[1:]
        yield from write_transcription([f" {word}" for word in words], numbers)
    model = find_model(setup.config.question.model, "generateContent", world)
    draft = Draft(model, (output.candidate,), output.usage)
    for said in InteractionAnswer(draft, setup.config, setup.family, world.seed).iter_messages():
        if isinstance(said, StepEvent):
            yield numbers.encode(said)
