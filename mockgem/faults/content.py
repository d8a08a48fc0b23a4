"""Faults of what a reply says: other text, other tool calls, another end."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core.content import Candidate, FinishReason, Part, Text, ToolCall, Usage
from mockgem.faults.registry import FaultOptions, Stage, fault, get_fault
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.signatures import generate_signature
from mockgem.operations.usage import count_output_tokens

content_fault = partial(fault, applies_to="replies", stage=Stage.CONTENT)


def apply_content_fault(reply: Reply, options: FaultOptions) -> Reply:
    """Return a reply with a fault of its content.

    The draft is copied, because other calls may share it.
    """
    draft = reply.draft
    copy = Draft(draft.model, draft.candidates, draft.usage, draft.block_reason)
    return replace(reply, draft=get_fault(options.fault).make(copy, options))


def change_parts(
    draft: Draft,
    change: Callable[[tuple[Part, ...]], tuple[Part, ...]],
    finish: FinishReason | None = None,
) -> Draft:
    """Return a draft with every candidate's parts changed, and with the usage of the new ones."""
    candidates = tuple([replace_parts(one, change(one.parts), finish) for one in draft.candidates])
    return recount_usage(draft, candidates)


def replace_parts(
    candidate: Candidate, parts: tuple[Part, ...], finish: FinishReason | None
) -> Candidate:
    """Return a candidate with other parts.

    Grounding refers to the text, so it stays only if the text does.
    """
    changed = replace(candidate, parts=parts, finish_reason=finish or candidate.finish_reason)
    return changed if changed.text == candidate.text else replace(changed, grounding=None)


def recount_usage(draft: Draft, candidates: tuple[Candidate, ...]) -> Draft:
    output = sum([count_output_tokens(one, draft.model) for one in candidates])
    usage: Usage = replace(draft.usage, output=output, output_modalities=())
    return replace(draft, candidates=candidates, usage=usage)


def change_text(
    draft: Draft, change: Callable[[str], str], finish: FinishReason | None = None
) -> Draft:
    """Return a draft with other text; thoughts and tool calls stay."""

    def change_part(part: Part) -> Part:
        if isinstance(part, Text) and not part.thought:
            return replace(part, text=change(part.text))
        return part

    return change_parts(draft, lambda parts: tuple([change_part(one) for one in parts]), finish)


def change_calls(draft: Draft, change: Callable[[ToolCall], Part]) -> Draft:
    """Return a draft with other tool calls."""

    def change_part(part: Part) -> Part:
        return change(part) if isinstance(part, ToolCall) else part

    return change_parts(draft, lambda parts: tuple([change_part(one) for one in parts]))


@content_fault("empty", help="Say nothing, and end the answer as if it were complete.")
def empty(draft: Draft, options: FaultOptions) -> Draft:
    return change_parts(draft, lambda parts: (), FinishReason.STOP)


@content_fault("malformed_call", help="End with MALFORMED_FUNCTION_CALL, without content.")
def malformed_call(draft: Draft, options: FaultOptions) -> Draft:
    return change_parts(draft, lambda parts: (), FinishReason.MALFORMED_FUNCTION_CALL)


@content_fault("unexpected_call", help="Call a tool that the request does not declare.")
def unexpected_call(draft: Draft, options: FaultOptions) -> Draft:
    has_signature = draft.model.generation > 2
    signature = generate_signature(SeededRandom(0, "undeclared_tool")) if has_signature else ""
    call = ToolCall("undeclared_tool", {"arg1": "value1"}, signature=signature)
    return change_parts(draft, lambda parts: (call,), FinishReason.UNEXPECTED_TOOL_CALL)


@content_fault(
    "thinking_ate_budget",
    help="End with MAX_TOKENS before the first word: all tokens are thoughts.",
)
def thinking_ate_budget(draft: Draft, options: FaultOptions) -> Draft:
    thoughts = max(draft.usage.output + draft.usage.thoughts, 1)
    candidates = tuple([Candidate((), FinishReason.MAX_TOKENS) for _ in draft.candidates])
    usage: Usage = replace(draft.usage, output=0, thoughts=thoughts, output_modalities=())
    return replace(draft, candidates=candidates, usage=usage)


@content_fault("wrong_tool", help="Give tool calls a name that is nearly right.")
def wrong_tool(draft: Draft, options: FaultOptions) -> Draft:
    def misname(call: ToolCall) -> ToolCall:
        name = call.name
        return replace(call, name=name.replace("_", "") + "s" if "_" in name else f"{name}_tool")

    return change_calls(draft, misname)


@content_fault("wrong_arguments", help="Give tool calls arguments of wrong names and types.")
def wrong_arguments(draft: Draft, options: FaultOptions) -> Draft:
    def garble(call: ToolCall) -> ToolCall:
        args = {
            f"{name}_": str(value) if not isinstance(value, str) else [value]
            for name, value in call.args.items()
        }
        return replace(call, args=args or {"unknown": True})

    return change_calls(draft, garble)


@content_fault("call_as_text", help="Write the tool call as text.")
def call_as_text(draft: Draft, options: FaultOptions) -> Draft:
    def render(call: ToolCall) -> Part:
        args = json.dumps(call.args, ensure_ascii=False)
        return Text(f'<call_record tool="{call.name}">{args}</call_record>')

    return change_calls(draft, render)


@content_fault("json_fenced", help="Put the JSON into a Markdown fence.")
def json_fenced(draft: Draft, options: FaultOptions) -> Draft:
    return change_text(draft, lambda text: f"```json\n{text}\n```")


@content_fault("json_truncated", help="Leave the end of the JSON out.")
def json_truncated(draft: Draft, options: FaultOptions) -> Draft:
    return change_text(
        draft, lambda text: text[: max(1, len(text) * 2 // 3)], FinishReason.MAX_TOKENS
    )


@content_fault("json_prose", help="Write a sentence before and after the JSON.")
def json_prose(draft: Draft, options: FaultOptions) -> Draft:
    before, after = "Here is the JSON you asked for:", "Let me know if you need more!"
    return change_text(draft, lambda text: f"{before}\n\n{text}\n\n{after}")


@content_fault("json_trailing_comma", help="Write a comma after the last value of the JSON.")
def json_trailing_comma(draft: Draft, options: FaultOptions) -> Draft:
    def add_comma(text: str) -> str:
        text_end = text.rstrip()
        if text_end[-1:] not in ("}", "]"):
            return text + ","
        return f"{text_end[:-1].rstrip()},\n{text_end[-1:]}"

    return change_text(draft, add_comma)


@content_fault("json_single_quotes", help="Write the JSON with single quotes.")
def json_single_quotes(draft: Draft, options: FaultOptions) -> Draft:
    return change_text(draft, lambda text: text.replace('"', "'"))


@content_fault("json_missing_field", help="Leave the first field of the JSON out.")
def json_missing_field(draft: Draft, options: FaultOptions) -> Draft:
    return change_text(draft, partial(change_json, change=drop_first_key))


@content_fault("json_wrong_type", help="Give the first field of the JSON another type.")
def json_wrong_type(draft: Draft, options: FaultOptions) -> Draft:
    return change_text(draft, partial(change_json, change=change_first_type))


def change_json(text: str, change: Callable[[Any], Any]) -> str:
    """Return JSON with another value; text that is not JSON stays as it is."""
    with contextlib.suppress(ValueError):
        return json.dumps(change(json.loads(text)), indent=2, ensure_ascii=False)
    return text


def drop_first_key(value: Any) -> Any:
    return dict(list(value.items())[1:]) if isinstance(value, dict) else value


def change_first_type(value: Any) -> Any:
    if not isinstance(value, dict) or not value:
        return [value]
    name, first = next(iter(value.items()))
    other: Any = [first] if isinstance(first, str) else str(first)
    return {**value, name: other}


@content_fault("json_twice", help="Write the same JSON twice.")
def json_twice(draft: Draft, options: FaultOptions) -> Draft:
    return change_text(draft, lambda text: f"{text}\n{text}")


@content_fault("json_number_loop", help="Write a number that does not end, up to MAX_TOKENS.")
def json_number_loop(draft: Draft, options: FaultOptions) -> Draft:
    number = '{\n  "width": 0.' + "3" * 2000
    return change_text(draft, lambda text: number, FinishReason.MAX_TOKENS)


@content_fault(
    "repeat",
    keys=("text", "times"),
    help="Repeat the same text up to MAX_TOKENS; by default 200 times.",
)
def repeat(draft: Draft, options: FaultOptions) -> Draft:
    text = ("I am done. " if options.text is None else options.text) * (options.times or 200)
    return change_parts(draft, lambda parts: (Text(text),), FinishReason.MAX_TOKENS)
