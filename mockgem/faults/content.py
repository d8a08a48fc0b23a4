"""What is wrong with what is said: other words, other calls, another end."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mockgem.core.content import Candidate, FinishReason, Part, Text, ToolCall, Usage
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.signatures import generate_signature
from mockgem.operations.usage import count_output_tokens

DraftChange = Callable[[Draft, Any], Draft]


def apply_content_fault(reply: Reply, fault: Any) -> Reply:
    """A reply with something wrong in it. The draft is a new one: others may share the old."""
    draft = reply.draft
    return replace(
        reply,
        draft=CONTENT_FAULTS[fault.fault](
            Draft(draft.model, draft.candidates, draft.usage, draft.block_reason), fault
        ),
    )


def change_parts(
    draft: Draft,
    change: Callable[[tuple[Part, ...]], tuple[Part, ...]],
    finish: FinishReason | None = None,
) -> Draft:
    """Every candidate's parts changed, and the usage counted anew."""
    candidates = tuple([replace_parts(one, change(one.parts), finish) for one in draft.candidates])
    return recount_usage(draft, candidates)


def replace_parts(
    one: Candidate, parts: tuple[Part, ...], finish: FinishReason | None
) -> Candidate:
    """What an answer is grounded in stays with its words."""
    changed = replace(one, parts=parts, finish_reason=finish or one.finish_reason)
    return changed if changed.text == one.text else replace(changed, grounding=None)


def recount_usage(draft: Draft, candidates: tuple[Candidate, ...]) -> Draft:
    output = sum([count_output_tokens(one, draft.model) for one in candidates])
    return replace(
        draft,
        candidates=candidates,
        usage=replace(draft.usage, output=output, output_modalities=()),
    )


def change_text(change: Callable[[str], str], finish: FinishReason | None = None) -> DraftChange:
    """The words of an answer changed; thoughts and calls stay."""

    def apply(draft: Draft, fault: Any) -> Draft:
        def parts(found: tuple[Part, ...]) -> tuple[Part, ...]:
            return tuple([change_text_part(one, change) for one in found])

        return change_parts(draft, parts, finish)

    return apply


def change_text_part(part: Part, change: Callable[[str], str]) -> Part:
    return (
        replace(part, text=change(part.text))
        if isinstance(part, Text) and not part.thought
        else part
    )


def change_calls(change: Callable[[ToolCall], Part]) -> DraftChange:
    def apply(draft: Draft, fault: Any) -> Draft:
        return change_parts(
            draft,
            lambda found: tuple(
                [change(one) if isinstance(one, ToolCall) else one for one in found]
            ),
        )

    return apply


def empty(draft: Draft, fault: Any) -> Draft:
    return change_parts(draft, lambda found: (), FinishReason.STOP)


def malformed_call(draft: Draft, fault: Any) -> Draft:
    return change_parts(draft, lambda found: (), FinishReason.MALFORMED_FUNCTION_CALL)


def unexpected_call(draft: Draft, fault: Any) -> Draft:
    sign = (
        generate_signature(SeededRandom(0, "undeclared_tool")) if draft.model.generation > 2 else ""
    )
    call = ToolCall("undeclared_tool", {"arg1": "value1"}, signature=sign)
    return change_parts(draft, lambda found: (call,), FinishReason.UNEXPECTED_TOOL_CALL)


def thinking_ate_budget(draft: Draft, fault: Any) -> Draft:
    """All that was allowed is thinking; the answer ends before its first word."""
    spent = max(draft.usage.output + draft.usage.thoughts, 1)
    candidates = tuple([Candidate((), FinishReason.MAX_TOKENS) for _ in draft.candidates])
    usage: Usage = replace(draft.usage, output=0, thoughts=spent, output_modalities=())
    return replace(draft, candidates=candidates, usage=usage)


def misname_call(call: ToolCall) -> ToolCall:
    return replace(
        call, name=call.name.replace("_", "") + "s" if "_" in call.name else f"{call.name}_tool"
    )


def garble_arguments(call: ToolCall) -> ToolCall:
    args = {
        f"{name}_": str(one) if not isinstance(one, str) else [one]
        for name, one in call.args.items()
    }
    return replace(call, args=args or {"unknown": True})


def render_call_as_text(call: ToolCall) -> Part:
    return Text(
        f'<call_record tool="{call.name}">{json.dumps(call.args, ensure_ascii=False)}</call_record>'
    )


def change_json(change: Callable[[Any], Any]) -> Callable[[str], str]:
    """JSON with another value; what is no JSON stays."""

    def apply(text: str) -> str:
        with contextlib.suppress(ValueError):
            found = json.loads(text)
            return json.dumps(change(found), indent=2, ensure_ascii=False)
        return text

    return apply


def drop_first_key(found: Any) -> Any:
    return dict(list(found.items())[1:]) if isinstance(found, dict) else found


def change_first_type(found: Any) -> Any:
    if not isinstance(found, dict) or not found:
        return [found]
    name, first = next(iter(found.items()))
    other: Any = [first] if isinstance(first, str) else str(first)
    return {**found, name: other}


def add_trailing_comma(text: str) -> str:
    cut = text.rstrip()
    return f"{cut[:-1].rstrip()},\n{cut[-1:]}" if cut[-1:] in ("}", "]") else text + ","


def generate_endless_number(text: str) -> str:
    return '{\n  "width": 0.' + "3" * 2000


def repeat(draft: Draft, fault: Any) -> Draft:
    words = ("I am done. " if fault.text is None else fault.text) * (fault.times or 200)
    return change_parts(draft, lambda found: (Text(words),), FinishReason.MAX_TOKENS)


CONTENT_FAULTS: dict[str, DraftChange] = {
    "empty": empty,
    "malformed_call": malformed_call,
    "unexpected_call": unexpected_call,
    "thinking_ate_budget": thinking_ate_budget,
    "wrong_tool": change_calls(misname_call),
    "wrong_arguments": change_calls(garble_arguments),
    "call_as_text": change_calls(render_call_as_text),
    "json_fenced": change_text(lambda text: f"```json\n{text}\n```"),
    "json_truncated": change_text(
        lambda text: text[: max(1, len(text) * 2 // 3)], FinishReason.MAX_TOKENS
    ),
    "json_prose": change_text(
        lambda text: f"Here is the JSON you asked for:\n\n{text}\n\nLet me know if you need more!"
    ),
    "json_trailing_comma": change_text(add_trailing_comma),
    "json_single_quotes": change_text(lambda text: text.replace('"', "'")),
    "json_missing_field": change_text(change_json(drop_first_key)),
    "json_wrong_type": change_text(change_json(change_first_type)),
    "json_twice": change_text(lambda text: f"{text}\n{text}"),
    "json_number_loop": change_text(generate_endless_number, FinishReason.MAX_TOKENS),
    "repeat": repeat,
}
