"""A request to generate content, independent of the dialect, and what it consists of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from mockgem.core.content import (
    Blob,
    CodeResult,
    ExecutableCode,
    Link,
    Part,
    Passage,
    Text,
    ThinkingConfig,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
    Turn,
    text_of,
)
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.operations.generators.seeded_random import hash_data


@frozen
class Sampling:
    """Sampling parameters. `max_tokens` includes thinking; text ends before a `stop` sequence."""

    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    count: int = 1
    temperature: float | None = None
    top_p: float | None = None
    has_penalty: bool = False


@frozen
class GeminiOptions:
    """Options that only Google's own API has.

    Attributes:
        builtin_tools: The settings of google_search, code_execution, url_context, google_maps,
            file_search and computer_use, for each one that is enabled.
        include_tool_calls: Show the calls of built-in tools in the reply.
        modalities: The modalities of the reply, in capitals.
        voices: Names of voices, or "SPEAKER: VOICE" for each speaker.
        aspect_ratio: The aspect ratio of an image, such as 16:9.
        image_size: 1K, 2K or 4K.
        image_type: The MIME type of an image; the model's own if it is empty.
        is_enum_answer: The reply is one value of the schema's enum, as plain text.
        response_logprobs: Return the log probabilities of the chosen tokens.
        logprobs: The number of alternatives for each token; None if the request has no number.
        is_vertex: The request came to Vertex AI, which refuses less. It is false for a request
            without any of the other options.
        has_tool_config: The request has a tool configuration beside the name of a cache.
        has_tool_calls_switch: The request itself switched include_tool_calls on.
    """

    builtin_tools: Mapping[str, Any] = field(default_factory=dict)
    include_tool_calls: bool = False
    modalities: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    aspect_ratio: str = ""
    image_size: str = ""
    image_type: str = ""
    is_enum_answer: bool = False
    response_logprobs: bool = False
    logprobs: int | None = None
    is_vertex: bool = False
    has_tool_config: bool = False
    has_tool_calls_switch: bool = False


@frozen
class FileSearchSettings:
    """What a request says about its file search."""

    store_names: tuple[Any, ...]
    metadata_filter: str = ""
    top_k: int = 0


def read_file_search(settings: Any) -> FileSearchSettings:
    """Return the settings of a file search, from either spelling of their names.

    Raises ApiError (400) for a value of another type.
    """
    fields = settings if isinstance(settings, dict) else {}
    names = fields.get("file_search_store_names", fields.get("fileSearchStoreNames"))
    listed = names if isinstance(names, list) else [names]
    condition = fields.get("metadata_filter", fields.get("metadataFilter")) or ""
    top_k = fields.get("top_k", fields.get("topK")) or 0
    if isinstance(top_k, str) and top_k.isdecimal() and len(top_k) < 9:
        top_k = int(top_k)
    if not isinstance(condition, str) or type(top_k) is not int:
        raise invalid("Request contains an invalid argument.", "file_search")
    return FileSearchSettings(tuple(listed), condition, top_k)


DEFAULT_SAMPLING = Sampling()
NO_GEMINI_OPTIONS = GeminiOptions()
AUTO_TOOL_CHOICE = ToolChoice()
DEFAULT_THINKING = ThinkingConfig()


@frozen
class GenerateRequest:
    """A request to generate content.

    A `schema` means JSON that conforms to it; `json` alone means any JSON object. `has_links` is
    true if a part is a link. `is_stream` is true if the reply is sent as a stream. `passages` are
    what a file search found; None if there was none.
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
    is_stream: bool = False
    passages: tuple[Passage, ...] | None = None

    @property
    def has_references(self) -> bool:
        """Whether a reply needs more than the request itself: a file, a cache or a file search."""
        return bool(
            self.has_links
            or self.cached_content
            or "file_search" in self.gemini_options.builtin_tools
        )


def is_user_message(turn: Turn) -> bool:
    """Return whether a turn comes from the user, not from a tool."""
    return turn.role == "user" and ToolResult not in map(type, turn.parts)


def last_user_text(turns: tuple[Turn, ...]) -> str:
    """Return the text of the last user message; tool results after it do not count."""
    for turn in reversed(turns):
        if is_user_message(turn) and (text := text_of(turn.parts)).strip():
            return text
    return ""


def last_user_parts(turns: tuple[Turn, ...]) -> tuple[Part, ...]:
    for turn in reversed(turns):
        if turn.role == "user":
            return turn.parts
    return ()


def normalize_output(output: str) -> str:
    """Return a tool's output with its JSON in a normal form: dialects write it differently."""
    if output[:1] not in ("{", "["):
        return output
    try:
        return json.dumps(json.loads(output), sort_keys=True)
    except (ValueError, RecursionError):
        return output


def collect_seed_facts(request: GenerateRequest, model: Model) -> list[str]:
    """Return the facts that a reply depends on: the model and all contents.

    The dialect, streaming and sampling do not change a reply.
    """
    return [model.id, request.system, *list_turn_facts(request.turns)]


def list_turn_facts(turns: Sequence[Turn]) -> list[str]:
    """Return the facts of a conversation."""
    facts: list[str] = []
    for turn in turns:
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
                    facts += [mime_type, hash_data(data)]
                case Link(mime_type, uri):
                    facts += [mime_type, uri]
    return facts
