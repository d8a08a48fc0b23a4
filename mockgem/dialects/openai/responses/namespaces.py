"""Tools in namespaces: Gemini knows no namespaces, so their tools are functions like others.

Evidence: sdk-openai-responses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]
NAMESPACE = "namespace"
SEPARATOR = "."
"""Stands between namespace and name where a name alone is not unique. OpenAI's names have no dots,
Gemini's may have them."""


def list_tools(tools: Sequence[Json]) -> list[Json]:
    """Return the tools, and in place of a namespace those in it, each with a separate name."""
    rows = list(iter_named(tools))
    counts = Counter(tool.get("name", "") for namespace, tool in rows)
    return [
        {**tool, "name": join_name(namespace, tool["name"])}
        if namespace and counts[tool.get("name", "")] > 1
        else tool
        for namespace, tool in rows
    ]


def iter_named(tools: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    """Yield each tool with its namespace, which is empty for most."""
    for tool in tools:
        if not is_namespace(tool):
            yield "", tool
            continue
        for inner in tool.get("tools") or ():
            yield tool.get("name", ""), {**inner, "name": inner.get("name", "")}


def is_namespace(tool: Mapping[str, Any]) -> bool:
    return tool.get("type") == NAMESPACE


def join_name(namespace: str, name: str) -> str:
    return f"{namespace}{SEPARATOR}{name}"


def split_name(name: str, tools: Sequence[Json]) -> Json:
    """Return the name of a call as the client knows it, with the namespace if it has one."""
    for namespace, tool in iter_named(tools):
        own = tool.get("name", "")
        if name == own and not namespace:
            break
        if namespace and name in (own, join_name(namespace, own)):
            return {"name": own, "namespace": namespace}
    return {"name": name}


def find_name(choice: Mapping[str, Any], tools: Sequence[Json]) -> str:
    """Return the name by which Gemini knows the tool of a choice."""
    name = str(choice.get("name", ""))
    joined = join_name(str(choice.get("namespace", "")), name)
    return joined if any(tool.get("name") == joined for tool in list_tools(tools)) else name
