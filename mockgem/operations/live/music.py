"""A session that plays music: a state machine, as endless as the client reads."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Literal

from mockgem.core.frozen import frozen
from mockgem.core.sockets import Pause
from mockgem.operations.generators.music import (
    CHUNK_SECONDS,
    MusicConfig,
    Prompts,
    generate_chunk,
)
from mockgem.operations.prompt import REQUESTED_FAILURE

Playback = Literal["play", "pause", "stop", "reset_context"]
HEAD_START = 5
"""Chunks that are sent at once when music begins: clients buffer some seconds."""
FAST_PAUSE = 0.02
"""Seconds between chunks after that, however fast the client reads: a client may read for ever."""


@frozen
class WeightedPrompts:
    """The ideas of the music from now on."""

    prompts: Prompts


@frozen
class Configuration:
    """The whole configuration from now on: what it does not name is the default again."""

    config: MusicConfig


@frozen
class PlaybackControl:
    """Play, pause, stop, or begin again with the same prompts."""

    command: Playback


@frozen
class MusicReady:
    """The session can begin."""


@frozen
class FilteredPrompt:
    """A prompt that the service does not follow."""

    text: str
    reason: str


@frozen
class MusicChunk:
    """Two seconds of music, and what they were made of."""

    data: bytes
    prompts: Prompts
    config: MusicConfig


Request = WeightedPrompts | Configuration | PlaybackControl
Output = MusicReady | FilteredPrompt | MusicChunk


class MusicPlayer:
    """What a session plays.

    `number` is the number of the next chunk since the context began. A new bpm or scale waits until
    then (documented).

    Evidence: doc-lyria-realtime.
    """

    def __init__(self, seed: int, *, in_real_time: bool) -> None:
        self.seed = seed
        self.in_real_time = in_real_time
        self.outbox: deque[Output] = deque([MusicReady()])
        self.prompts: Prompts = ()
        self.config = MusicConfig()
        self.applied = self.config
        self.is_playing = False
        self.number = 0
        self.sent_at_once = 0
        self.has_paused = True

    def receive(self, request: Request) -> None:
        match request:
            case WeightedPrompts(prompts):
                self.set_prompts(prompts)
            case Configuration(config):
                self.config = config
            case PlaybackControl(command):
                self.control(command)

    def set_prompts(self, prompts: Prompts) -> None:
        """Follow the prompts that are not filtered: `mockgem:block=REASON` in a text filters it."""
        allowed = []
        for text, weight in prompts:
            if (match := REQUESTED_FAILURE.search(text)) is not None:
                self.outbox.append(FilteredPrompt(text, match[2]))
            else:
                allowed.append((text, weight))
        self.prompts = tuple(allowed)

    def control(self, command: Playback) -> None:
        match command:
            case "play":
                if not self.is_playing:
                    self.is_playing, self.sent_at_once = True, 0
                if self.number == 0:
                    self.applied = self.config
            case "pause":
                self.is_playing = False
            case "stop":
                self.is_playing = False
                self.begin_again()
            case "reset_context":
                self.begin_again()

    def begin_again(self) -> None:
        self.number, self.applied = 0, self.config

    def next_step(self) -> Output | Pause | None:
        """Return the next step; None waits for the client."""
        if self.outbox:
            return self.outbox.popleft()
        if not self.is_playing or not self.prompts:
            return None
        if self.sent_at_once >= HEAD_START and not self.has_paused:
            self.has_paused = True
            return Pause(CHUNK_SECONDS if self.in_real_time else FAST_PAUSE)
        self.has_paused = False
        self.sent_at_once += 1
        config = replace(self.config, bpm=self.applied.bpm, scale=self.applied.scale)
        data = generate_chunk(self.seed, self.prompts, config, self.number)
        self.number += 1
        return MusicChunk(data, self.prompts, config)
