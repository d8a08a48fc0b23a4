"""The content of requests and replies, independent of any wire format."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Any, Literal

from mockgem.core.frozen import frozen


@frozen
class Text:
    """A text; `thought` marks a summary of the model's thoughts.

    `pieces` are the texts of a stream's deltas, if a scenario chose them.
    `is_given` is true for an empty text that the client wrote out: a part can also have no text.
    """

    text: str
    thought: bool = False
    signature: str = ""
    pieces: tuple[str, ...] = ()
    is_given: bool = False


@frozen
class ToolCall:
    """A request of the model to run a tool. The id is empty if the wire format has no ids.

    `raw_args` replaces the arguments if a scenario gives a text that is not a JSON object.
    """

    name: str
    args: dict[str, Any]
    id: str = ""
    signature: str = ""
    raw_args: str = ""


@frozen
class ToolResult:
    """The result of a tool for the call with that id."""

    name: str
    output: str
    id: str = ""


@frozen
class Blob:
    """Media in a request or a reply, with their bytes."""

    mime_type: str
    data: bytes
    name: str = ""
    signature: str = ""


@frozen
class Link:
    """Media that a URI names."""

    mime_type: str
    uri: str


@frozen
class ExecutableCode:
    """A Python program that the service writes and runs."""

    source: str
    id: str = ""
    signature: str = ""


@frozen
class CodeResult:
    """The output of a program. `outcome` is OK, FAILED or DEADLINE_EXCEEDED."""

    output: str
    outcome: str = "OK"
    id: str = ""


@frozen
class ServerToolCall:
    """A call of one of the service's own tools, for clients that want to see it."""

    tool: str
    args: dict[str, Any]
    id: str = ""
    signature: str = ""


@frozen
class ServerToolResult:
    """The result of one of the service's own tools."""

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
    """The parts that one side sends before it is the other side's turn."""

    role: Literal["user", "model"]
    parts: tuple[Part, ...]


@frozen
class Tool:
    """A function that the model may call; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: dict[str, Any]


@frozen
class ToolChoice:
    """Whether the model calls a tool.

    auto: the model decides. none: it calls no tool. any: it calls one, from `names` if that is
    not empty.
    """

    mode: Literal["auto", "none", "any"] = "auto"
    names: tuple[str, ...] = ()
    parallel: bool = True


@frozen
class ThinkingConfig:
    """How much the model thinks, and whether the reply includes summaries of its thoughts.

    A request has one of three fields: `budget` in tokens (-1: the model decides), `level` for
    Gemini 3, or `effort`, which any model translates into one of the others.
    """

    budget: int | None = None
    level: str = ""
    effort: str = ""
    include_thoughts: bool = False


class FinishReason(Enum):
    """Why a candidate ends, in Gemini's terms."""

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
    TOO_MANY_TOOL_CALLS = "TOO_MANY_TOOL_CALLS"
    MISSING_THOUGHT_SIGNATURE = "MISSING_THOUGHT_SIGNATURE"

    @classmethod
    def _missing_(cls, value: object) -> FinishReason:
        """Return a member for a reason that is not known yet: scenarios may use any word."""
        member = object.__new__(cls)
        member._name_ = member._value_ = str(value)
        return member


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
"""Reasons that leave a candidate without content."""


ModalityTokens = tuple[tuple[str, int], ...]
"""Tokens by modality: TEXT, IMAGE, AUDIO, VIDEO, DOCUMENT. Empty if all are text."""


@frozen
class Usage:
    """Counted tokens. `output` is without thoughts, `total` with them.

    `tool_use_prompt` is what the service's own tools read.
    """

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
    """A source of a reply. `kind` is web, maps or retrievedContext; `extra` has other fields."""

    kind: str
    uri: str
    title: str
    extra: dict[str, Any] = field(default_factory=dict)


@frozen
class Passage:
    """A passage of a document of a file search store that fits a question.

    Attributes:
        text: The words of the passage.
        store: The name of the store, such as fileSearchStores/docs-abc.
        document: The name of the document, such as fileSearchStores/docs-abc/documents/tea-xyz.
        title: The display name of the document; empty if it has none.
        metadata: The custom metadata of the document, as Google's API writes it.
        page: The page that the passage is on; 0 for documents without pages.
        quote: The sentence of the passage that fits the question best.
        score: How well the passage fits, compared with others; more is better.
    """

    text: str
    store: str
    document: str
    title: str = ""
    metadata: tuple[dict[str, Any], ...] = ()
    page: int = 0
    quote: str = ""
    score: float = 0.0


@frozen
class GroundingSupport:
    """A part of a reply's text and the indexes of its sources.

    `start` is the offset of its first byte, `end` the offset after its last byte.
    """

    start: int
    end: int
    text: str
    sources: tuple[int, ...]


@frozen
class Grounding:
    """The sources of a reply, the search queries, and the pages that the service read."""

    sources: tuple[GroundingSource, ...] = ()
    supports: tuple[GroundingSupport, ...] = ()
    queries: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@frozen
class Candidate:
    """One of the alternatives of a reply."""

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
    """A reply that a scenario sets. mockgem generates the fields without a value.

    `block_reason` blocks the prompt. `embedding` is the vector of every text, and `image` the image
    that a model draws.
    """

    parts: tuple[Part, ...] | None = None
    finish_reason: FinishReason | None = None
    block_reason: str = ""
    embedding: tuple[float, ...] = ()
    image: Blob | None = None


def text_of(parts: tuple[Part, ...]) -> str:
    """Return the texts among the parts, one a line."""
    if len(parts) == 1 and isinstance(parts[0], Text):
        return parts[0].text
    return "\n".join([part.text for part in parts if isinstance(part, Text)])
