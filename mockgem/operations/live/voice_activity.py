"""Find speech in audio by its loudness. Time is counted in samples, so the result is always the
same."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator

from mockgem.core.frozen import frozen
from mockgem.operations.live.messages import AudioInput, VoiceDetection

FRAME_MS = 20
STRIDE = 4
"""Every fourth sample is looked at: enough to find speech."""
MAX_SPEECH_BYTES = 120 * 2 * 48_000
"""Bytes of one utterance that are kept, two minutes or more; the rest is only counted."""


@frozen
class SpeechStart:
    """Speech begins, at this second of the audio."""

    offset: float


@frozen
class SpeechEnd:
    """Speech has ended, at this second of the audio. `data` is the speech, at `rate`."""

    offset: float
    data: bytes
    rate: int


Event = SpeechStart | SpeechEnd


class VoiceDetector:
    """Listens to one microphone."""

    def __init__(self, detection: VoiceDetection) -> None:
        self.detection = detection
        self.rest = b""
        self.rate = 16_000
        self.heard_ms = 0
        self.loud_ms = 0
        self.quiet_ms = 0
        self.is_speaking = False
        self.speech = bytearray()

    def feed(self, audio: AudioInput) -> Iterator[Event]:
        """Yield what some more audio contains."""
        self.rate = audio.rate
        size = 2 * max(1, audio.rate * FRAME_MS // 1000)
        data = self.rest + audio.data
        end = len(data) - len(data) % size
        for start in range(0, end, size):
            yield from self.hear(data[start : start + size])
        self.rest = data[end:]

    def hear(self, frame: bytes) -> Iterator[Event]:
        """Yield what the next 20 milliseconds change."""
        self.heard_ms += FRAME_MS
        is_loud = measure_peak(frame) >= self.detection.threshold
        self.loud_ms = self.loud_ms + FRAME_MS if is_loud else 0
        self.quiet_ms = 0 if is_loud else self.quiet_ms + FRAME_MS
        if self.is_speaking or is_loud:
            self.keep(frame)
        elif self.speech:
            self.speech.clear()
        if not self.is_speaking and is_loud and self.loud_ms >= self.detection.prefix_ms:
            self.is_speaking = True
            yield SpeechStart((self.heard_ms - self.loud_ms) / 1000)
        elif self.is_speaking and self.quiet_ms >= self.detection.silence_ms:
            yield self.end()

    def keep(self, frame: bytes) -> None:
        if len(self.speech) < MAX_SPEECH_BYTES:
            self.speech += frame

    def end(self) -> SpeechEnd:
        """End the utterance now."""
        silence = 2 * self.rate * self.quiet_ms // 1000
        data = bytes(self.speech[: len(self.speech) - silence] if silence else self.speech)
        self.speech = bytearray()
        self.is_speaking, self.loud_ms = False, 0
        return SpeechEnd((self.heard_ms - self.quiet_ms) / 1000, data, self.rate)


def measure_peak(frame: bytes) -> int:
    """Return the largest distance of some samples from silence."""
    samples = array("h", frame[: len(frame) & ~1])
    if sys.byteorder == "big":
        samples.byteswap()
    some = samples[::STRIDE]
    return max(max(some), -min(some)) if some else 0
