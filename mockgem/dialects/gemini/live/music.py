"""Lyria RealTime on its socket: JSON messages of a session that plays music.

Evidence: sdk-google-genai, doc-lyria-realtime.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mockgem.core.call import Answer, OperationContext
from mockgem.core.errors import ApiError, invalid
from mockgem.core.sockets import (
    Pause,
    SocketClose,
    SocketMessage,
    Step,
    close_for,
)
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.common.proto_fields import (
    boolean,
    double,
    enum,
    int32,
    read_as,
    repeated,
    string,
    to_camel_case,
)
from mockgem.dialects.gemini.contents import gemini_message as message
from mockgem.dialects.gemini.responses import PACKAGE
from mockgem.operations.base64_codec import encode_base64_bytes
from mockgem.operations.generators.music import SCALES, MusicConfig
from mockgem.operations.live.limits import SessionLimits
from mockgem.operations.live.music import (
    Configuration,
    FilteredPrompt,
    MusicChunk,
    MusicPlayer,
    MusicReady,
    Output,
    PlaybackControl,
    Request,
    WeightedPrompts,
)
from mockgem.operations.validation import find_model, model_not_found_error

Json = dict[str, Any]
METHOD = "bidiGenerateMusic"
MUSIC_TYPE = "audio/l16;rate=48000;channels=2"
PLACEHOLDER = "mockgem-music"
COMMANDS = ("playback_control_unspecified", "play", "pause", "stop", "reset_context")
MODES = ("music_generation_mode_unspecified", "quality", "diversity", "vocalization")
CONFIG_FIELDS = {
    "temperature": double,
    "top_k": int32,
    "seed": int32,
    "guidance": double,
    "bpm": int32,
    "density": double,
    "brightness": double,
    "scale": enum(PACKAGE + "LiveMusicGenerationConfig.Scale", *SCALES),
    "mute_bass": boolean,
    "mute_drums": boolean,
    "only_bass_and_drums": boolean,
    "music_generation_mode": enum(
        PACKAGE + "LiveMusicGenerationConfig.MusicGenerationMode", *MODES
    ),
    "audio_format": string,
    "sample_rate_hz": int32,
}
"""The last two are in the documented sample for JavaScript, and change nothing (documented)."""
CLIENT_MESSAGE = message(
    "BidiGenerateMusicClientMessage",
    setup=message("BidiGenerateMusicSetup", model=string),
    client_content=message(
        "BidiGenerateMusicClientContent",
        weighted_prompts=repeated(message("WeightedPrompt", text=string, weight=double)),
    ),
    music_generation_config=message("LiveMusicGenerationConfig", **CONFIG_FIELDS),
    playback_control=enum(PACKAGE + "LiveMusicPlaybackControl", *COMMANDS),
)
RANGES: Mapping[str, tuple[float, float]] = {
    "temperature": (0, 3),
    "top_k": (1, 1000),
    "seed": (0, 2_147_483_647),
    "guidance": (0, 6),
    "bpm": (60, 200),
    "density": (0, 1),
    "brightness": (0, 1),
}
"""What the settings may be (documented)."""


class MusicSession:
    """One session, from its first message on."""

    def __init__(self, version: str, context: OperationContext) -> None:
        self.version = version
        self.world = context.world
        self.opened_at = context.world.clock()
        self.player: MusicPlayer | None = None
        self.end: SocketClose | None = None

    def decode(self, message: SocketMessage) -> Json:
        fields: Json = read_as(CLIENT_MESSAGE, parse_json(message.data))
        return fields

    def receive(self, payload: Json | ApiError) -> None:
        """Take a message; the first one is the setup."""
        try:
            if isinstance(payload, ApiError):
                raise payload
            if self.player is None:
                self.begin(payload)
            elif "setup" in payload:
                raise invalid("setup must be the first message and only the first", "setup_order")
            else:
                for request in decode_requests(payload):
                    self.player.receive(request)
        except ApiError as error:
            text = error.failure.message.replace("v1main", self.version)
            self.end = close_for(replace(error.failure, message=text))

    def begin(self, payload: Json) -> None:
        if list(payload) != ["setup"]:
            raise invalid("setup must be the first message and only the first", "setup_order")
        name = str(payload["setup"].get("model", "")).rpartition("/")[2]
        if not name:
            raise model_not_found_error(name, METHOD, self.world)
        find_model(name, METHOD, self.world)
        self.player = MusicPlayer(self.world.seed, in_real_time=self.world.plays_in_real_time)

    def next_step(self) -> Step | None:
        if self.end is not None:
            return self.end
        step = self.player.next_step() if self.player is not None else None
        if step is None or isinstance(step, Pause):
            return step
        return SocketMessage(encode_output(step))

    def take_answer(self, answer: Answer) -> None: ...

    def take_result(self, result: Any) -> None: ...

    def tick(self, now: float) -> None:
        """End the session at its time.

        Evidence: doc-live-session.
        """
        if now >= self.deadline:
            reason = "Deadline expired before operation could complete."
            self.end = SocketClose(1011, reason)

    @property
    def deadline(self) -> float:
        return self.opened_at + SessionLimits().connection

    @property
    def is_answering(self) -> bool:
        return False


def decode_requests(payload: Json) -> Iterator[Request]:
    """Yield what a message asks for. Raises ApiError for a value that is out of range."""
    if "client_content" in payload:
        rows = payload["client_content"].get("weighted_prompts", ())
        prompts = tuple([(row.get("text", ""), row.get("weight", 0.0)) for row in rows])
        if any(not text or not weight for text, weight in prompts):
            raise invalid("Request contains an invalid argument.", "weight")
        yield WeightedPrompts(prompts)
    if "music_generation_config" in payload:
        yield Configuration(decode_config(payload["music_generation_config"]))
    command = payload.get("playback_control", COMMANDS[0])
    if command != COMMANDS[0]:
        yield PlaybackControl(command)


def decode_config(fields: Json) -> MusicConfig:
    for name, (least, most) in RANGES.items():
        if name in fields and not least <= fields[name] <= most:
            raise invalid("Request contains an invalid argument.", "range", name=name)
    known = {name: value for name, value in fields.items() if name in MusicConfig.__annotations__}
    return MusicConfig(**known, mode=fields.get("music_generation_mode", ""))


def encode_output(output: Output) -> bytes:
    match output:
        case MusicReady():
            return dump_pretty({"setupComplete": {}}) + b"\n"
        case FilteredPrompt(text, reason):
            filtered = {"text": text, "filteredReason": reason}
            return dump_pretty({"filteredPrompt": filtered}) + b"\n"
        case MusicChunk(data):
            head, tail = dump_pretty(render_chunk(output)).split(PLACEHOLDER.encode(), 1)
            return head + encode_base64_bytes(data) + tail + b"\n"


def render_chunk(chunk: MusicChunk) -> Json:
    prompts = [{"text": text, "weight": weight} for text, weight in chunk.prompts]
    source = {
        "clientContent": {"weightedPrompts": prompts},
        "musicGenerationConfig": render_config(chunk.config),
    }
    audio = {"data": PLACEHOLDER, "mimeType": MUSIC_TYPE, "sourceMetadata": source}
    return {"serverContent": {"audioChunks": [audio]}}


def render_config(config: MusicConfig) -> Json:
    """Return the settings that are not the model's to decide."""
    values = {name: getattr(config, name) for name in MusicConfig.__annotations__}
    mode = values.pop("mode")
    values["music_generation_mode"] = mode.upper()
    values["scale"] = values["scale"].upper()
    return {to_camel_case(name): value for name, value in values.items() if value not in (None, "")}
