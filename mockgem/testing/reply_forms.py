"""The forms in which tests write replies: texts, scenario keys, models, and messages of SDKs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any

from mockgem.testing.exchange import to_json_value

REPLY_ARGUMENTS = (
    *("json", "tool_calls", "thoughts", "image", "embedding", "finish", "block", "raw", "chunks"),
    *("injection", "turns"),
)
"""Keys of a reply that `say` takes as arguments. `text` is a condition there."""
REPLY_KEYS = ("text", *REPLY_ARGUMENTS)
Json = dict[str, Any]


def build_replies(replies: Sequence[Any], keys: Mapping[str, Any]) -> list[str | Json]:
    """Return replies as scenarios write them; `keys` belong to the only reply.

    Raises TypeError without a reply, for keys beside several replies, and for other objects.
    """
    if not keys:
        if not replies:
            raise TypeError("say takes a reply: a text, or keys like tool_calls=[…] or json={…}")
        return [build_reply(reply) for reply in replies]
    if len(replies) > 1:
        names = ", ".join(keys)
        raise TypeError(f"{names} can only belong to one reply; got {len(replies)} replies")
    reply = build_reply(replies[0]) if replies else {}
    plain: Json = {"text": reply} if isinstance(reply, str) else reply
    own = normalize_calls({name: to_plain_value(value) for name, value in keys.items()})
    return [{**plain, **own}]


def to_plain_value(value: Any) -> Any:
    """Return the values of a pydantic model or a dataclass; anything else as it is."""
    return to_json_value(value) if is_model(value) else value


def is_model(value: Any) -> bool:
    """Whether a value is a pydantic model or a dataclass, not its class."""
    return not isinstance(value, type) and (hasattr(value, "model_dump") or is_dataclass(value))


def build_reply(reply: Any) -> str | Json:
    """Return a reply as `say` takes it in a scenario.

    Takes a text, a mapping with the keys of `say`, a pydantic model or a dataclass (a reply in
    JSON), and a message or a whole response in the form of OpenAI's or Google's SDK.

    Raises TypeError for other objects.
    """
    if isinstance(reply, str):
        return reply
    if isinstance(reply, Mapping):
        return read_sdk_form(reply) or normalize_calls(reply)
    if not is_model(reply):
        hint = "; write several replies as say('one', 'two')" if is_list(reply) else ""
        raise TypeError(
            "say takes a text, a mapping like {'tool_calls': […]}, a pydantic model or a message "
            f"of an SDK; got {reply!r}{hint}"
        )
    values = to_json_value(reply)
    return (read_sdk_form(values) if isinstance(values, Mapping) else None) or {"json": values}


def is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def normalize_calls(reply: Mapping[str, Any]) -> Json:
    """Return a reply whose tool calls have the form of scenarios, and whose JSON is plain."""
    plain = dict(reply)
    if is_list(plain.get("tool_calls")):
        plain["tool_calls"] = [build_tool_call(call) for call in plain["tool_calls"]]
    if is_list(plain.get("turns")):
        plain["turns"] = [build_reply(turn) for turn in plain["turns"]]
    return plain


def read_sdk_form(values: Mapping[str, Any]) -> Json | None:
    """Return the reply in a response or message of OpenAI's or Google's form; None for others."""
    if values.keys() & set(REPLY_KEYS) and "role" not in values:
        return None
    for name, inner in (("choices", "message"), ("candidates", "content")):
        first = values.get(name)
        if is_list(first) and first and isinstance(first[0], Mapping):
            return read_sdk_form(first[0].get(inner) or {})
    if is_list(values.get("parts")):
        return read_parts(values["parts"])
    if "role" in values and ("content" in values or "tool_calls" in values):
        return read_message(values)
    return None


def read_message(message: Mapping[str, Any]) -> Json:
    """Return the reply in a message of OpenAI's form."""
    content: Any = message.get("content")
    if isinstance(content, (list, tuple)):
        content = "".join(str(part.get("text", "")) for part in content)
    calls = message.get("tool_calls") or ()
    reply: Json = {"text": content} if content else {}
    if calls:
        reply["tool_calls"] = [build_tool_call(call) for call in calls]
    return reply or {"text": ""}


def read_parts(parts: Sequence[Mapping[str, Any]]) -> Json:
    """Return the reply in the parts of Google's form, in either spelling of its keys."""
    texts = [part for part in parts if part.get("text")]
    plain = "".join(part["text"] for part in texts if not part.get("thought"))
    thoughts = "".join(part["text"] for part in texts if part.get("thought"))
    calls = [part.get("functionCall") or part.get("function_call") for part in parts]
    reply: Json = {"text": plain} if plain else {}
    if thoughts:
        reply["thoughts"] = thoughts
    if any(calls):
        reply["tool_calls"] = [build_tool_call(call) for call in calls if call]
    return reply or {"text": ""}


def build_tool_call(call: Any) -> Any:
    """Return a tool call as scenarios write it: `{"name": …, "args": …}`.

    Takes OpenAI's form (`function` with `arguments` as text), Google's (`functionCall`), and
    objects of SDKs. Arguments that are not a JSON object stay a text and are sent as they are.
    """
    values = to_plain_value(call)
    if not isinstance(values, Mapping):
        return values
    inner = values.get("function") or values.get("functionCall") or values.get("function_call")
    inner = inner if isinstance(inner, Mapping) else values
    arguments: Any = next((inner[key] for key in ("args", "arguments") if inner.get(key)), {})
    known = {"name": inner.get("name"), "args": parse_arguments(arguments)}
    others = {"id", "type", "function", "functionCall", "function_call", "index", "arguments"}
    return known | {key: value for key, value in values.items() if key not in {*known, *others}}


def parse_arguments(arguments: Any) -> Any:
    """Return the object in a JSON text; another text as it is."""
    if not isinstance(arguments, str):
        return arguments
    try:
        values = json.loads(arguments)
    except ValueError:
        return arguments
    return values if isinstance(values, dict) else arguments
