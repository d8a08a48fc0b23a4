"""Convert the tools of a request to functions and to the tools that Gemini has itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockgem.core.content import Tool, ToolChoice
from mockgem.core.errors import ApiError, invalid
from mockgem.dialects.openai.chat_fields import parse_tool_choice, parse_tools
from mockgem.dialects.openai.responses.namespaces import find_name, list_tools

Json = dict[str, Any]
FREE_INPUT: Json = {
    "type": "object",
    "properties": {"input": {"type": "string"}},
    "required": ["input"],
}
"""The parameters of a tool with free input."""
STORE_PREFIX = "fileSearchStores/"


def list_functions(tools: Sequence[Json]) -> list[Json]:
    """Return the functions among the tools as chat writes them."""
    functions = [tool for tool in list_tools(tools) if is_function(tool)]
    return [FUNCTIONS[tool.get("type", "")](tool) for tool in functions]


def is_function(tool: Json) -> bool:
    return tool.get("type") in FUNCTIONS


def write_function(tool: Json) -> Json:
    names = ("name", "description", "parameters")
    function = {name: tool[name] for name in names if name in tool}
    return {"type": "function", "function": function}


def write_custom_tool(tool: Json) -> Json:
    """Return a tool with free input as a function of one text, as gateways pass it on."""
    named = {name: tool[name] for name in ("name", "description") if name in tool}
    return {"type": "function", "function": {**named, "parameters": FREE_INPUT}}


FUNCTIONS: Mapping[str, Callable[[Json], Json]] = {
    "function": write_function,
    "custom": write_custom_tool,
}


def read_functions(tools: Sequence[Json]) -> tuple[Tool, ...]:
    return parse_tools({"tools": list_functions(tools)})


def read_abilities(tools: Sequence[Json]) -> dict[str, Any]:
    """Return the settings of Gemini's own tools. Raises ApiError (400) for tools it lacks."""
    abilities: dict[str, Any] = {}
    for tool in list_tools(tools):
        kind = tool.get("type", "")
        if kind in WEB_SEARCH:
            abilities["google_search"] = {}
        elif kind == "file_search":
            abilities["file_search"] = read_file_search(tool)
        elif kind == "code_interpreter":
            abilities["code_execution"] = {}
        elif kind not in FUNCTIONS and kind != "image_generation":
            raise unsupported_tool_error(kind)
    return abilities


WEB_SEARCH = (
    *("web_search", "web_search_2025_08_26"),
    *("web_search_preview", "web_search_preview_2025_03_11"),
)


def unsupported_tool_error(kind: str) -> ApiError:
    """Return the refusal of a tool that Gemini does not have. The text is a guess."""
    message = f"Tool type '{kind[:100]}' is not supported for this model."
    return invalid(message, "tool_type", type=kind)


def read_file_search(tool: Json) -> Json:
    """Return the settings of a file search: vector stores are Gemini's file search stores."""
    names = tool.get("vector_store_ids", [])
    stores = [name if name.startswith(STORE_PREFIX) else STORE_PREFIX + name for name in names]
    settings: Json = {"file_search_store_names": stores}
    if "max_num_results" in tool:
        settings["top_k"] = tool["max_num_results"]
    if "filters" in tool:
        settings["metadata_filter"] = write_filter(tool["filters"])
    return settings


COMPARISONS = {"eq": "=", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def write_filter(given: Any) -> str:
    """Return a filter as Gemini's file search writes it. Raises ApiError (400)."""
    match given:
        case {"type": "and" | "or" as word, "filters": [_, *_] as filters}:
            joined = f" {word.upper()} ".join([write_filter(one) for one in filters])
            return f"({joined})"
        case {"type": str(word), "key": str(key), "value": value} if word in COMPARISONS:
            return f"{key} {COMPARISONS[word]} {write_value(value)}"
    raise invalid("Request contains an invalid argument.", "file_search")


def write_value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        text = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(value)


def read_tool_choice(body: Mapping[str, Any]) -> ToolChoice:
    """Return the tool choice. A tool of Gemini's own can't be forced: the model decides."""
    choice, given = body.get("tool_choice", "auto"), body.get("tools", [])
    match choice:
        case {"type": "function" | "custom", "name": str()}:
            choice = {"function": {"name": find_name(choice, given)}}
        case {"type": "allowed_tools", "tools": list(tools)}:
            mode = choice.get("mode", "auto")
            rows = [
                {"function": {"name": find_name(tool, given)}} for tool in tools if is_named(tool)
            ]
            choice = {"allowed_tools": {"mode": mode, "tools": rows}}
        case {"type": str()}:
            choice = "auto"
    return parse_tool_choice({**body, "tool_choice": choice})


def is_named(tool: Any) -> bool:
    return isinstance(tool, dict) and isinstance(tool.get("name"), str)
