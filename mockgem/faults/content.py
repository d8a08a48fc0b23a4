"""What is wrong with what is said: other words, other calls, another end."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mockgem.core.content import Candidate, Finish, Part, Text, ToolCall, Usage
from mockgem.operations.generate import Draft, Reply, signature
from mockgem.operations.generators.seeded_random import Dice
from mockgem.operations.usage import output_tokens

Spoil = Callable[[Draft, Any], Draft]


def spoilt(reply: Reply, fault: Any) -> Reply:
    """A reply with something wrong in it. The draft is a new one: others may share the old."""
    draft = reply.draft
    return replace(reply, draft=SAID[fault.fault](Draft(draft.model, draft.candidates, draft.usage, draft.blocked), fault))


def with_parts(draft: Draft, change: Callable[[tuple[Part, ...]], tuple[Part, ...]], finish: Finish | None = None) -> Draft:
    """Every candidate's parts changed, and the usage counted anew."""
    candidates = tuple([with_other(one, change(one.parts), finish) for one in draft.candidates])
    return recounted(draft, candidates)


def with_other(one: Candidate, parts: tuple[Part, ...], finish: Finish | None) -> Candidate:
    """What an answer is grounded in stays with its words."""
    changed = replace(one, parts=parts, finish=finish or one.finish)
    return changed if changed.text == one.text else replace(changed, grounding=None)


def recounted(draft: Draft, candidates: tuple[Candidate, ...]) -> Draft:
    output = sum([output_tokens(one, draft.model) for one in candidates])
    return replace(draft, candidates=candidates, usage=replace(draft.usage, output=output, output_kinds=()))


def with_text(change: Callable[[str], str], finish: Finish | None = None) -> Spoil:
    """The words of an answer changed; thoughts and calls stay."""

    def spoil(draft: Draft, fault: Any) -> Draft:
        def parts(found: tuple[Part, ...]) -> tuple[Part, ...]:
            return tuple([with_words(one, change) for one in found])

        return with_parts(draft, parts, finish)

    return spoil


def with_words(part: Part, change: Callable[[str], str]) -> Part:
    return replace(part, text=change(part.text)) if isinstance(part, Text) and not part.thought else part


def with_calls(change: Callable[[ToolCall], Part]) -> Spoil:
    def spoil(draft: Draft, fault: Any) -> Draft:
        return with_parts(draft, lambda found: tuple([change(one) if isinstance(one, ToolCall) else one for one in found]))

    return spoil


def empty(draft: Draft, fault: Any) -> Draft:
    return with_parts(draft, lambda found: (), Finish.STOP)


def malformed_call(draft: Draft, fault: Any) -> Draft:
    return with_parts(draft, lambda found: (), Finish.MALFORMED_FUNCTION_CALL)


def unexpected_call(draft: Draft, fault: Any) -> Draft:
    sign = signature(Dice(0, "undeclared_tool")) if draft.model.generation > 2 else ""
    call = ToolCall("undeclared_tool", {"arg1": "value1"}, signature=sign)
    return with_parts(draft, lambda found: (call,), Finish.UNEXPECTED_TOOL_CALL)


def thinking_ate_budget(draft: Draft, fault: Any) -> Draft:
    """All that was allowed is thinking; the answer ends before its first word."""
    spent = max(draft.usage.output + draft.usage.thoughts, 1)
    candidates = tuple([Candidate((), Finish.MAX_TOKENS) for _ in draft.candidates])
    usage: Usage = replace(draft.usage, output=0, thoughts=spent, output_kinds=())
    return replace(draft, candidates=candidates, usage=usage)


def nearly_named(call: ToolCall) -> ToolCall:
    return replace(call, name=call.name.replace("_", "") + "s" if "_" in call.name else f"{call.name}_tool")


def wrongly_asked(call: ToolCall) -> ToolCall:
    args = {f"{name}_": str(one) if not isinstance(one, str) else [one] for name, one in call.args.items()}
    return replace(call, args=args or {"unknown": True})


def as_prose(call: ToolCall) -> Part:
    return Text(f'<call_record tool="{call.name}">{json.dumps(call.args, ensure_ascii=False)}</call_record>')


def parsed(change: Callable[[Any], Any]) -> Callable[[str], str]:
    """JSON with another value; what is no JSON stays."""

    def apply(text: str) -> str:
        with contextlib.suppress(ValueError):
            found = json.loads(text)
            return json.dumps(change(found), indent=2, ensure_ascii=False)
        return text

    return apply


def without_first(found: Any) -> Any:
    return dict(list(found.items())[1:]) if isinstance(found, dict) else found


def with_other_type(found: Any) -> Any:
    if not isinstance(found, dict) or not found:
        return [found]
    name, first = next(iter(found.items()))
    other: Any = [first] if isinstance(first, str) else str(first)
    return {**found, name: other}


def with_comma(text: str) -> str:
    cut = text.rstrip()
    return f"{cut[:-1].rstrip()},\n{cut[-1:]}" if cut[-1:] in ("}", "]") else text + ","


def number_without_end(text: str) -> str:
    return '{\n  "width": 0.' + "3" * 2000


def repeat(draft: Draft, fault: Any) -> Draft:
    words = ("I am done. " if fault.text is None else fault.text) * (fault.times or 200)
    return with_parts(draft, lambda found: (Text(words),), Finish.MAX_TOKENS)


SAID: dict[str, Spoil] = {
    "empty": empty,
    "malformed_call": malformed_call,
    "unexpected_call": unexpected_call,
    "thinking_ate_budget": thinking_ate_budget,
    "wrong_tool": with_calls(nearly_named),
    "wrong_arguments": with_calls(wrongly_asked),
    "call_as_text": with_calls(as_prose),
    "json_fenced": with_text(lambda text: f"```json\n{text}\n```"),
    "json_truncated": with_text(lambda text: text[: max(1, len(text) * 2 // 3)], Finish.MAX_TOKENS),
    "json_prose": with_text(lambda text: f"Here is the JSON you asked for:\n\n{text}\n\nLet me know if you need more!"),
    "json_trailing_comma": with_text(with_comma),
    "json_single_quotes": with_text(lambda text: text.replace('"', "'")),
    "json_missing_field": with_text(parsed(without_first)),
    "json_wrong_type": with_text(parsed(with_other_type)),
    "json_twice": with_text(lambda text: f"{text}\n{text}"),
    "json_number_loop": with_text(number_without_end, Finish.MAX_TOKENS),
    "repeat": repeat,
}
