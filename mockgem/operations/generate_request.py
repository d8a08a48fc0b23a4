"""The question an answer is made for, in no wire's spelling, and what can be read off it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from mockgem.core.content import (
    Blob,
    CodeResult,
    ExecutableCode,
    Link,
    Part,
    Text,
    ThinkingConfig,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
    Turn,
    text_of,
)
from mockgem.core.frozen import frozen
from mockgem.core.models import Model


@frozen
class Sampling:
    """How the answer is drawn and where it ends: at `max_tokens`, thinking included, or before a `stop` sequence."""

    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    count: int = 1
    temperature: float | None = None
    top_p: float | None = None
    has_penalty: bool = False


@frozen
class GeminiOptions:
    """What only Google's own API can ask for.

    `abilities` are tools of the service itself (google_search, code_execution, url_context, google_maps, file_search),
    each with its settings, and `shown` tells whether their calls are to be seen. `modalities` are the kinds of answer that
    are wanted, in capitals; `voices` speak it; `shape` is a picture's aspect ratio, `size` 1K, 2K or 4K. `enumerated`
    asks for one word out of the schema's; `logprobs` for so many alternatives to each token.
    `probabilities` asks for those of the tokens themselves.
    """

    builtin_tools: Mapping[str, Any] = field(default_factory=dict)
    include_tool_calls: bool = False
    modalities: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    aspect_ratio: str = ""
    image_size: str = ""
    is_enum_answer: bool = False
    response_logprobs: bool = False
    logprobs: int = 0


DEFAULT_SAMPLING = Sampling()
NO_GEMINI_OPTIONS = GeminiOptions()
AUTO_TOOL_CHOICE = ToolChoice()
DEFAULT_THINKING = ThinkingConfig()


@frozen
class GenerateRequest:
    """A question, in no wire's spelling. `schema` alone means JSON of that form; `json` means some JSON object;
    `linked` tells that some part is a link.
    """

    model: str
    turns: tuple[Turn, ...]
    system: str = ""
    tools: tuple[Tool, ...] = ()
    tool_choice: ToolChoice = AUTO_TOOL_CHOICE
    json: bool = False
    schema: Any = None
    thinking: ThinkingConfig = DEFAULT_THINKING
    sampling: Sampling = DEFAULT_SAMPLING
    cached_content: str = ""
    has_links: bool = False
    gemini_options: GeminiOptions = NO_GEMINI_OPTIONS


def is_user_message(turn: Turn) -> bool:
    """Whether the user says something in a turn, rather than a tool."""
    return turn.role == "user" and ToolResult not in map(type, turn.parts)


def last_user_text(turns: tuple[Turn, ...]) -> str:
    """The user's last words; what tools gave back since is not a question."""
    for turn in reversed(turns):
        if is_user_message(turn) and (text := text_of(turn.parts)).strip():
            return text
    return ""


def list_called_tools(turns: tuple[Turn, ...]) -> list[str]:
    """Names of the tools called since the user's last words."""
    names: list[str] = []
    for turn in reversed(turns):
        if is_user_message(turn):
            break
        names += [part.name for part in turn.parts if isinstance(part, ToolCall)]
    return names


def list_tool_results(turns: tuple[Turn, ...]) -> list[str]:
    """What the tools gave back since the user's last words."""
    found: list[str] = []
    for turn in reversed(turns):
        if is_user_message(turn):
            break
        found = [part.output for part in turn.parts if isinstance(part, ToolResult)] + found
    return found


def last_user_parts(turns: tuple[Turn, ...]) -> tuple[Part, ...]:
    for turn in reversed(turns):
        if turn.role == "user":
            return turn.parts
    return ()


def normalize_output(output: str) -> str:
    """A tool's result so that it is the same however its JSON was written: dialects write it differently."""
    if output[:1] not in ("{", "["):
        return output
    try:
        return json.dumps(json.loads(output), sort_keys=True)
    except (ValueError, RecursionError):
        return output


def collect_seed_facts(request: GenerateRequest, model: Model) -> list[str]:
    """What an answer depends on: the model, and all that was said. Not the wire, the stream, nor the sampling."""
    facts = [model.id, request.system]
    for turn in request.turns:
        facts.append(turn.role)
        for part in turn.parts:
            if isinstance(part, Text):
                facts.append(part.text)
                continue
            match part:
                case ToolCall(name, args):
                    facts += [name, json.dumps(args, sort_keys=True)]
                case ToolResult(name, output):
                    facts += [name, normalize_output(output)]
                case ExecutableCode(source):
                    facts.append(source)
                case CodeResult(output):
                    facts.append(output)
                case Blob(mime_type, data):
                    facts += [mime_type, hashlib.blake2b(data).hexdigest()]
                case Link(mime_type, uri):
                    facts += [mime_type, uri]
    return facts
