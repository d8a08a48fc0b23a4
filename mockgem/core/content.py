"""The conversation vocabulary, in no wire's spelling."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Any, Literal

from mockgem.core.frozen import frozen


@frozen
class Text:
    """Words; `thought` marks a summary of what the model thought before it spoke."""

    text: str
    thought: bool = False
    signature: str = ""


@frozen
class ToolCall:
    """The model asks for a tool to be run. The id is empty where the wire has none."""

    name: str
    args: dict[str, Any]
    id: str = ""
    signature: str = ""


@frozen
class ToolResult:
    """What a tool gave back, for the call of that id."""

    name: str
    output: str
    id: str = ""


@frozen
class Blob:
    """Media that came with the request or goes out with the answer."""

    mime_type: str
    data: bytes
    name: str = ""
    signature: str = ""


@frozen
class Link:
    """Media that is only named, not fetched."""

    mime_type: str
    uri: str


@frozen
class ExecutableCode:
    """A program in Python that the service wrote for itself to run."""

    source: str
    id: str = ""
    signature: str = ""


@frozen
class CodeResult:
    """What a program printed. `outcome` is OK, FAILED or DEADLINE_EXCEEDED."""

    output: str
    outcome: str = "OK"
    id: str = ""


@frozen
class ServerToolCall:
    """A tool of the service itself that it called, shown to clients that want to see it."""

    tool: str
    args: dict[str, Any]
    id: str = ""
    signature: str = ""


@frozen
class ServerToolResult:
    """What a tool of the service itself gave back."""

    tool: str
    output: dict[str, Any]
    id: str = ""
    signature: str = ""


Part = (
    Text
    | ToolCall
    | ToolResult
    | Blob
    | Link
    | ExecutableCode
    | CodeResult
    | ServerToolCall
    | ServerToolResult
)


@frozen
class Turn:
    """What one side said before the other spoke again."""

    role: Literal["user", "model"]
    parts: tuple[Part, ...]


@frozen
class Tool:
    """A function the model may ask for; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: dict[str, Any]


@frozen
class ToolChoice:
    """auto: the model decides. none: no call. any: a call for certain, of one of `names` if there are some."""

    mode: Literal["auto", "none", "any"] = "auto"
    names: tuple[str, ...] = ()
    parallel: bool = True


@frozen
class ThinkingConfig:
    """How much the model is to think, in one of three ways of saying it, and whether it shows a summary.

    `budget` is tokens (-1: as the model likes), `level` Gemini 3's, `effort` what stands for either on any model.
    """

    budget: int | None = None
    level: str = ""
    effort: str = ""
    include_thoughts: bool = False


class FinishReason(Enum):
    """Why the answer ends, in Gemini's terms."""

    STOP = "STOP"
    MAX_TOKENS = "MAX_TOKENS"
    SAFETY = "SAFETY"
    RECITATION = "RECITATION"
    LANGUAGE = "LANGUAGE"
    OTHER = "OTHER"
    BLOCKLIST = "BLOCKLIST"
    PROHIBITED_CONTENT = "PROHIBITED_CONTENT"
    SPII = "SPII"
    MALFORMED_FUNCTION_CALL = "MALFORMED_FUNCTION_CALL"
    IMAGE_SAFETY = "IMAGE_SAFETY"
    UNEXPECTED_TOOL_CALL = "UNEXPECTED_TOOL_CALL"
    NO_IMAGE = "NO_IMAGE"
    CONTINUATION = "CONTINUATION"
    MALFORMED_RESPONSE = "MALFORMED_RESPONSE"
    IMAGE_PROHIBITED_CONTENT = "IMAGE_PROHIBITED_CONTENT"
    IMAGE_RECITATION = "IMAGE_RECITATION"
    IMAGE_OTHER = "IMAGE_OTHER"


BLOCKING_REASONS = (
    FinishReason.SAFETY,
    FinishReason.RECITATION,
    FinishReason.LANGUAGE,
    FinishReason.OTHER,
    FinishReason.BLOCKLIST,
    FinishReason.PROHIBITED_CONTENT,
    FinishReason.SPII,
    FinishReason.IMAGE_SAFETY,
    FinishReason.IMAGE_PROHIBITED_CONTENT,
    FinishReason.IMAGE_RECITATION,
    FinishReason.IMAGE_OTHER,
    FinishReason.NO_IMAGE,
)
"""Ends that leave nothing of an answer."""


ModalityTokens = tuple[tuple[str, int], ...]
"""Tokens by modality: TEXT, IMAGE, AUDIO, VIDEO, DOCUMENT. Empty where all is text."""


@frozen
class Usage:
    """Tokens. `output` leaves thinking out; `total` has it in. `looked_up` is what tools of the service itself read."""

    prompt: int
    output: int
    thoughts: int = 0
    cached: int = 0
    tool_use_prompt: int = 0
    prompt_modalities: ModalityTokens = ()
    output_modalities: ModalityTokens = ()
    cached_modalities: ModalityTokens = ()

    @property
    def total(self) -> int:
        return self.prompt + self.output + self.thoughts + self.tool_use_prompt


@frozen
class GroundingSource:
    """Something an answer is grounded in. `kind` is web, maps or retrievedContext; `facts` are its other fields."""

    kind: str
    uri: str
    title: str
    extra: dict[str, Any] = field(default_factory=dict)


@frozen
class GroundingSupport:
    """A piece of the answer's text, by the places of its first byte and behind its last, and the sources it rests on."""

    start: int
    end: int
    text: str
    sources: tuple[int, ...]


@frozen
class Grounding:
    """What an answer was looked up in, what was searched for, and pages that were read."""

    sources: tuple[GroundingSource, ...] = ()
    supports: tuple[GroundingSupport, ...] = ()
    queries: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@frozen
class Candidate:
    """One answer out of possibly several."""

    parts: tuple[Part, ...]
    finish_reason: FinishReason = FinishReason.STOP
    grounding: Grounding | None = None

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        return tuple([part for part in self.parts if isinstance(part, ToolCall)])

    @property
    def text(self) -> str:
        return "".join(
            part.text for part in self.parts if isinstance(part, Text) and not part.thought
        )


@frozen
class ScriptedReply:
    """What is to be answered in place of what would be made up; what is None or empty stays as it is.

    `blocked` is why a question is not let through, `vector` what every text is embedded as, `image` what is drawn.
    """

    parts: tuple[Part, ...] | None = None
    finish_reason: FinishReason | None = None
    block_reason: str = ""
    embedding: tuple[float, ...] = ()
    image: Blob | None = None


def text_of(parts: tuple[Part, ...]) -> str:
    if len(parts) == 1 and isinstance(parts[0], Text):
        return parts[0].text
    return "\n".join([part.text for part in parts if isinstance(part, Text)])
