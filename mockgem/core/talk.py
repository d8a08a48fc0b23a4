"""The conversation vocabulary, in no wire's spelling."""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal

from mockgem.core.values import value


@value
class Text:
    """Words; `thought` marks a summary of what the model thought before it spoke."""

    text: str
    thought: bool = False
    signature: str = ""


@value
class ToolCall:
    """The model asks for a tool to be run. The id is empty where the wire has none."""

    name: str
    args: dict[str, Any]
    id: str = ""
    signature: str = ""


@value
class ToolResult:
    """What a tool gave back, for the call of that id."""

    name: str
    output: str
    id: str = ""


@value
class Blob:
    """Media that came with the request or goes out with the answer."""

    mime_type: str
    data: bytes
    name: str = ""


@value
class Link:
    """Media that is only named, not fetched."""

    mime_type: str
    uri: str


Part = Text | ToolCall | ToolResult | Blob | Link


@value
class Turn:
    """What one side said before the other spoke again."""

    role: Literal["user", "model"]
    parts: tuple[Part, ...]


@value
class Tool:
    """A function the model may ask for; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: dict[str, Any]


@value
class ToolChoice:
    """auto: the model decides. none: no call. any: a call for certain, of one of `names` if there are some."""

    mode: Literal["auto", "none", "any"] = "auto"
    names: tuple[str, ...] = ()
    parallel: bool = True


@value
class Thought:
    """How much the model is to think, in one of three ways of saying it, and whether it shows a summary.

    `budget` is tokens (-1: as the model likes), `level` Gemini 3's, `effort` what stands for either on any model.
    """

    budget: int | None = None
    level: str = ""
    effort: str = ""
    include: bool = False


class Finish(Enum):
    """Why the answer ends, in Gemini's terms."""

    STOP = "STOP"
    MAX_TOKENS = "MAX_TOKENS"
    SAFETY = "SAFETY"
    PROHIBITED_CONTENT = "PROHIBITED_CONTENT"
    MALFORMED_FUNCTION_CALL = "MALFORMED_FUNCTION_CALL"


@value
class Usage:
    """Tokens. `output` leaves thinking out; `total` has it in."""

    prompt: int
    output: int
    thoughts: int = 0
    cached: int = 0

    @property
    def total(self) -> int:
        return self.prompt + self.output + self.thoughts


@value
class Candidate:
    """One answer out of possibly several."""

    parts: tuple[Part, ...]
    finish: Finish = Finish.STOP

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        return tuple([part for part in self.parts if isinstance(part, ToolCall)])

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, Text) and not part.thought)


def text_of(parts: tuple[Part, ...]) -> str:
    if len(parts) == 1 and isinstance(parts[0], Text):
        return parts[0].text
    return "\n".join([part.text for part in parts if isinstance(part, Text)])
