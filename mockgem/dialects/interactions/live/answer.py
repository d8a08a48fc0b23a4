"""One answer as the steps of an interaction: the same steps as those of a stream over HTTP.

A model that speaks sends the words of its outputs as audio.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from mockgem.core.content import Blob, Candidate, Part, Text, ToolCall, Turn, Usage
from mockgem.core.sockets import Pause
from mockgem.dialects.interactions.step_writer import SAMPLE_RATE, Step, write_steps
from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.conversation import to_history
from mockgem.operations.live.answer import LiveAnswer, Output
from mockgem.operations.live.messages import StepEvent, ToolCalls, TurnComplete
from mockgem.operations.live.speech import BYTES_PER_SECOND, SpokenPiece, share_words, speak
from mockgem.operations.usage import AUDIO_TOKENS_PER_SECOND

Json = dict[str, Any]


@dataclass
class InteractionAnswer(LiveAnswer):
    """An answer in progress, whose calls have their ids already."""

    @property
    def candidate(self) -> Candidate:
        return self.draft.candidates[0]

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        return tuple([part for part in self.parts if isinstance(part, ToolCall)])

    @property
    def usage(self) -> Usage:
        """What was spent until now; audio costs 25 tokens a second, as in the Live API."""
        spent = self.draft.usage
        if not self.audio_bytes:
            return spent
        audio = -(-self.audio_bytes * AUDIO_TOKENS_PER_SECOND // BYTES_PER_SECOND)
        return replace(spent, output=audio, output_modalities=(("AUDIO", audio),))

    def to_turns(self, open_calls: Container[str]) -> tuple[Turn, ...]:
        return to_history(without_audio(self.candidate))

    def iter_messages(self) -> Iterator[Output]:
        """Yield what happens to the steps. The end of the turn stops the last one."""
        words = without_audio(self.candidate) if self.config.speaks else self.candidate
        for number, step in enumerate(write_steps(words, self.draft.usage.thoughts)):
            if number:
                yield StepEvent("stop")
            yield StepEvent("start", step.start)
            yield from self.iter_deltas(step)
        if self.plays_in_real_time and self.audio_bytes:
            yield Pause(self.audio_bytes / BYTES_PER_SECOND)
        yield ToolCalls(self.calls) if self.calls else TurnComplete(self.usage)

    def iter_deltas(self, step: Step) -> Iterator[Output]:
        if self.config.speaks and step.start["type"] == "model_output":
            yield from self.iter_spoken_deltas(step)
            return
        for delta in step.deltas:
            self.said.append(delta["text"] if delta["type"] == "text" else "")
            yield StepEvent("delta", delta)

    def iter_spoken_deltas(self, step: Step) -> Iterator[Output]:
        """Yield the audio, and before each piece its words if they are shown."""
        for piece in speak_step(step, self.candidate, self.seed, self.config.voice):
            self.said.append(piece.text)
            if piece.text and self.config.transcribes_output:
                yield StepEvent("delta", {"text": piece.text, "type": "text"})
            self.audio_bytes += len(piece.data)
            yield StepEvent("delta", write_audio(piece.data))


def speak_step(step: Step, candidate: Candidate, seed: int, voice: str) -> Iterator[SpokenPiece]:
    """Return the words of an output as speech, or the audio that a scenario gives for them."""
    text = "".join([one.text for one in step.additions if isinstance(one, Text)])
    given = b"".join([part.data for part in candidate.parts if is_audio(part)])
    return share_words(given, text) if given else speak(text, seed, voice)


def without_audio(candidate: Candidate) -> Candidate:
    """Return a reply without the audio that a scenario gives: its words are the transcript."""
    parts = [part for part in candidate.parts if not is_audio(part)]
    return replace(candidate, parts=tuple(parts))


def is_audio(part: Part) -> TypeGuard[Blob]:
    return isinstance(part, Blob) and part.mime_type.startswith("audio/")


def write_audio(pcm: bytes) -> Json:
    data = encode_base64(pcm)
    form: Json = {"mime_type": "audio/l16", "sample_rate": SAMPLE_RATE, "channels": 1}
    return {"data": data, **form, "type": "audio"}


def write_spoken_steps(candidate: Candidate, thoughts: int, speech: Json) -> list[Step]:
    """Return the steps of a spoken reply as a whole, with the audio of their words."""
    steps = write_steps(without_audio(candidate), thoughts)
    return [write_spoken_step(step, candidate, speech) for step in steps]


def write_spoken_step(step: Step, candidate: Candidate, speech: Json) -> Step:
    if step.start["type"] != "model_output":
        return step
    pieces = [*speak_step(step, candidate, speech["seed"], speech["voice"])]
    text = "".join([piece.text for piece in pieces])
    shown: list[Json] = [{"text": text, "type": "text"}] if speech["transcribes"] else []
    audio = write_audio(b"".join([piece.data for piece in pieces]))
    contents = [*shown, audio]
    return Step({"content": contents, "type": "model_output"}, step.start, contents)
