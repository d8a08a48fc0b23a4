"""The steps of a live interaction as a whole, for clients that read it over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

from mockgem.dialects.interactions.live.answer import write_spoken_steps
from mockgem.dialects.interactions.step_writer import Step, write_steps
from mockgem.operations.interactions import KeptInteraction
from mockgem.operations.live_interactions import LiveOutput, read_progress


def list_live_steps(kept: KeptInteraction) -> list[Step]:
    """Return what the model said in all turns, and the transcripts of the user's speech."""
    outputs = read_progress(kept).outputs
    return [step for output in outputs for step in iter_output_steps(output, kept)]


def iter_output_steps(output: LiveOutput, kept: KeptInteraction) -> Iterator[Step]:
    if output.transcript:
        contents = [{"text": output.transcript, "type": "text"}]
        kind = {"type": "transcription"}
        yield Step({"content": contents, **kind}, kind, contents)
    if kept.speech:
        yield from write_spoken_steps(output.candidate, output.usage.thoughts, kept.speech)
    else:
        yield from write_steps(output.candidate, output.usage.thoughts)
