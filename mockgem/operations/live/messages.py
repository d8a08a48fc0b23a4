"""What the two sides of a Live session say to each other, independent of JSON."""

from __future__ import annotations

from typing import Any, Literal

from mockgem.core.content import Blob, Part, ToolCall, ToolResult, Turn, Usage
from mockgem.core.frozen import frozen
from mockgem.operations.generate_request import GenerateRequest

Scheduling = Literal["", "silent", "when_idle", "interrupt"]


@frozen
class VoiceDetection:
    """How the service finds speech in audio. Milliseconds; `threshold` is of 16-bit samples."""

    is_automatic: bool = True
    prefix_ms: int = 20
    silence_ms: int = 700
    threshold: int = 900
    interrupts: bool = True
    reports_activity: bool = False


@frozen
class Compression:
    """Drop the oldest turns above `trigger` tokens until `target` are left. 0: no limit."""

    trigger: int = 0
    target: int = 0


@frozen
class LiveConfig:
    """What a setup chooses.

    Attributes:
        model: The name of the Live model.
        question: The request that every turn becomes, without its turns.
        speaks: Whether answers are audio; otherwise text.
        background_tools: The names of tools that do not stop the conversation.
        deferred_failure: Closes the socket at the first content, not at the setup.
    """

    model: str
    question: GenerateRequest
    speaks: bool = True
    voice: str = ""
    transcribes_input: bool = False
    transcribes_output: bool = False
    detection: VoiceDetection = VoiceDetection()
    background_tools: frozenset[str] = frozenset()
    resumes: bool = False
    handle: str = ""
    compression: Compression | None = None
    requires_roles: bool = False
    deferred_failure: str = ""


@frozen
class ClientContent:
    """Turns that are added to the history; `is_complete` asks for an answer."""

    turns: tuple[Turn, ...]
    is_complete: bool


@frozen
class AudioInput:
    """Samples of 16 bits, mono."""

    data: bytes
    rate: int


@frozen
class VideoInput:
    """A frame of a video."""

    image: Blob


@frozen
class TextInput:
    """A text that needs no turn."""

    text: str


@frozen
class ActivityStart:
    """The user begins to speak."""


@frozen
class ActivityEnd:
    """The user has spoken."""


@frozen
class AudioStreamEnd:
    """The microphone is off."""


@frozen
class ToolResponse:
    """The result of a tool with its media, and when the model speaks about it."""

    result: ToolResult
    scheduling: Scheduling = ""
    media: tuple[Part, ...] = ()


@frozen
class ToolResponses:
    """Results of tools."""

    responses: tuple[ToolResponse, ...]


ClientMessage = (
    ClientContent
    | AudioInput
    | VideoInput
    | TextInput
    | ActivityStart
    | ActivityEnd
    | AudioStreamEnd
    | ToolResponses
)


@frozen
class SetupComplete:
    """The session can begin."""


@frozen
class ModelText:
    """A piece of the model's text or of its thoughts."""

    text: str
    is_thought: bool = False


@frozen
class ModelCode:
    """The program by which older Live models call a function."""

    source: str


@frozen
class ModelAudio:
    """Samples of 16 bits, mono, 24,000 per second; `transcript` rides along in some models."""

    data: bytes
    transcript: str = ""


@frozen
class SpokenWords:
    """Some words of the model or of the user."""

    text: str
    is_input: bool = False


@frozen
class ToolCalls:
    """The model needs these tools."""

    calls: tuple[ToolCall, ...]


@frozen
class ToolCallCancellation:
    """The results of these calls are not needed any more."""

    ids: tuple[str, ...]


@frozen
class GenerationComplete:
    """The answer is generated; it may still be playing."""


@frozen
class Interrupted:
    """The client should stop playing: the user speaks."""


@frozen
class TurnComplete:
    """The answer has ended."""

    usage: Usage


@frozen
class ResumptionUpdate:
    """The session can be resumed by this handle."""

    handle: str


@frozen
class GoAway:
    """The server will close the socket."""

    seconds_left: float


@frozen
class VoiceActivity:
    """The service heard that the user begins (or ends) to speak, at a time of the audio."""

    is_start: bool
    offset: float


@frozen
class InteractionStatus:
    """Whether a model that thinks aside still works on the request."""

    is_idle: bool


@frozen
class StepEvent:
    """What happens to a step of an interaction: it starts, gets a delta, or stops."""

    kind: Literal["start", "delta", "stop"]
    content: Any = None


@frozen
class EmptyMessage:
    """A message that says nothing; `has_content` is an empty serverContent."""

    has_content: bool = False


ServerMessage = (
    SetupComplete
    | ModelText
    | ModelCode
    | ModelAudio
    | SpokenWords
    | ToolCalls
    | ToolCallCancellation
    | GenerationComplete
    | Interrupted
    | TurnComplete
    | ResumptionUpdate
    | GoAway
    | VoiceActivity
    | InteractionStatus
    | EmptyMessage
)
