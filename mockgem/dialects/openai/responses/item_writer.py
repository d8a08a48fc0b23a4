"""Write a reply as output items: whole, and with the events of a stream that add up to them.

Evidence: sdk-openai-responses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

from mockgem.core.content import (
    Blob,
    CodeResult,
    ExecutableCode,
    Part,
    ServerToolCall,
    Text,
    ToolCall,
)
from mockgem.dialects.openai.google_parts import dump_arguments
from mockgem.dialects.openai.responses.annotations import annotate
from mockgem.dialects.openai.responses.item_ids import make_item_id
from mockgem.dialects.openai.responses.namespaces import list_tools, split_name
from mockgem.dialects.openai.responses.output_item import OutputItem, make_event
from mockgem.dialects.openai.responses.tool_items import (
    write_code,
    write_file_search,
    write_image,
    write_web_search,
)
from mockgem.operations.deltas import split_text
from mockgem.operations.responses import ShownResponse

Json = dict[str, Any]
ENCRYPTED_REASONING = "reasoning.encrypted_content"
REASONING_PLACE = 1
"""Reasoning has its place also where it is left out, so that other items keep their ids."""


class ItemWriter:
    """Writes the items of one response, whose ids follow from that of the response.

    Args:
        shown: The response.
        query: What a file search looked for: the last words of the user.
    """

    def __init__(self, shown: ShownResponse, query: str) -> None:
        self.response_id = shown.kept.id
        self.candidate = shown.candidate
        self.include = shown.kept.include
        self.tools = shown.kept.settings.get("tools") or []
        self.custom_tools = list_custom_tools(self.tools)
        self.query = query
        self.place = REASONING_PLACE
        texts = [part for part in shown.candidate.parts if is_words(part)]
        self.last_text = texts[-1] if texts else None

    def make_id(self, kind: str) -> str:
        self.place += 1
        return make_item_id(kind, self.response_id, self.place)

    def write_items(self) -> list[OutputItem]:
        """Return the items of the reply: reasoning first, then the others in their order."""
        parts = self.candidate.parts
        thoughts = [part.text for part in parts if is_thought(part)]
        signature = find_signature(parts) if ENCRYPTED_REASONING in self.include else ""
        items = [self.write_reasoning(thoughts, signature)] if thoughts or signature else []
        return items + list(self.iter_others([part for part in parts if not is_thought(part)]))

    def iter_others(self, parts: Sequence[Part]) -> Iterator[OutputItem]:
        """Yield the items of other parts; successive texts are one message."""
        texts: list[Text] = []
        for place, part in enumerate(parts):
            if isinstance(part, Text):
                texts.append(part)
                continue
            if texts:
                yield self.write_message(texts)
                texts = []
            following = parts[place + 1] if place + 1 < len(parts) else None
            item = self.write_part(part, following)
            if item is not None:
                yield item
        if texts:
            yield self.write_message(texts)

    def write_part(self, part: Part, following: Part | None) -> OutputItem | None:
        """Return the item of a part; None for one that belongs to another item."""
        grounding, include = self.candidate.grounding, self.include
        match part:
            case ToolCall():
                return self.write_call(part)
            case Blob(mime_type) if mime_type.startswith("image/"):
                return write_image(self.make_id("image_generation_call"), part)
            case ExecutableCode(source):
                result = following if isinstance(following, CodeResult) else None
                item_id = self.make_id("code_interpreter_call")
                return write_code(item_id, source, result, include)
            case ServerToolCall("GOOGLE_SEARCH_WEB"):
                return write_web_search(self.make_id("web_search_call"), part, grounding, include)
            case ServerToolCall("FILE_SEARCH"):
                item_id = self.make_id("file_search_call")
                return write_file_search(item_id, self.query, grounding, include)
        return None

    def write_reasoning(self, thoughts: list[str], signature: str) -> OutputItem:
        """Return what the model thought: a part of the summary for each thought."""
        item_id = make_item_id("reasoning", self.response_id, REASONING_PLACE)
        item: Json = {"id": item_id, "type": "reasoning", "summary": []}
        events: list[Json] = []
        for index, text in enumerate(thoughts):
            events += write_summary(index, text)
        summary = [{"type": "summary_text", "text": text} for text in thoughts]
        more = {"encrypted_content": signature} if signature else {}
        return OutputItem({**item, "summary": summary, **more}, item, events)

    def write_message(self, texts: Sequence[Text]) -> OutputItem:
        """Return the words of the model, as one part for each text."""
        item = {"id": self.make_id("message"), "type": "message", "role": "assistant"}
        contents: list[Json] = []
        events: list[Json] = []
        for index, part in enumerate(texts):
            grounding = self.candidate.grounding if part is self.last_text else None
            content = write_text(part.text, annotate(part.text, grounding))
            contents.append(content)
            events += write_text_events(index, part, content)
        return OutputItem(
            {**item, "status": "completed", "content": contents},
            {**item, "status": "in_progress", "content": []},
            events,
        )

    def write_call(self, call: ToolCall) -> OutputItem:
        """Return a call of a function, or of a tool with free input."""
        text = call.raw_args or dump_arguments(call.args)
        named = {"call_id": call.id, **split_name(call.name, self.tools)}
        if call.name in self.custom_tools:
            given = str(call.args.get("input", ""))
            head = {"id": self.make_id("custom_tool_call"), "type": "custom_tool_call"}
            events = [
                make_event("custom_tool_call_input.delta", delta=given),
                make_event("custom_tool_call_input.done", input=given),
            ]
            done = {**head, "status": "completed", **named}
            return OutputItem({**done, "input": given}, {**done, "input": ""}, events)
        head = {"id": self.make_id("function_call"), "type": "function_call"}
        events = [
            make_event("function_call_arguments.delta", delta=text),
            make_event("function_call_arguments.done", arguments=text, name=named["name"]),
        ]
        return OutputItem(
            {**head, "status": "completed", "arguments": text, **named},
            {**head, "status": "in_progress", "arguments": "", **named},
            events,
        )


def list_custom_tools(tools: Sequence[Json]) -> list[str]:
    """Return the names of the tools with free input."""
    return [tool.get("name", "") for tool in list_tools(tools) if tool.get("type") == "custom"]


def is_thought(part: Part) -> TypeGuard[Text]:
    return isinstance(part, Text) and part.thought


def is_words(part: Part) -> TypeGuard[Text]:
    return isinstance(part, Text) and not part.thought


def find_signature(parts: Sequence[Part]) -> str:
    """Return the signature of the words or of the first call."""
    for part in parts:
        if isinstance(part, (Text, ToolCall, Blob)) and part.signature:
            return part.signature
    return ""


def write_text(text: str, annotations: list[Json]) -> Json:
    return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}


def write_text_events(index: int, part: Text, content: Json) -> Iterator[Json]:
    """Yield the events of a text, in the same pieces as chat."""
    place = {"content_index": index}
    yield make_event("content_part.added", **place, part=write_text("", []))
    for piece in part.pieces or split_text(part.text):
        yield make_event("output_text.delta", **place, delta=piece, logprobs=[])
    for number, annotation in enumerate(content["annotations"]):
        yield make_event(
            "output_text.annotation.added", **place, annotation_index=number, annotation=annotation
        )
    yield make_event("output_text.done", **place, text=part.text, logprobs=[])
    yield make_event("content_part.done", **place, part=content)


def write_summary(index: int, text: str) -> Iterator[Json]:
    """Yield the events of a part of the summary of thoughts."""
    place = {"summary_index": index}
    yield make_event(
        "reasoning_summary_part.added", **place, part={"type": "summary_text", "text": ""}
    )
    for piece in split_text(text):
        yield make_event("reasoning_summary_text.delta", **place, delta=piece)
    yield make_event("reasoning_summary_text.done", **place, text=text)
    yield make_event(
        "reasoning_summary_part.done", **place, part={"type": "summary_text", "text": text}
    )
