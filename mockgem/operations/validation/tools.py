"""Check function declarations, the choice among them, and built-in tools."""

from __future__ import annotations

import re

from mockgem.core.errors import invalid
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest

TOOL_NAME = re.compile(r"[A-Za-z_][\w.:-]{0,63}", re.ASCII)


def check_tool_names(request: GenerateRequest, model: Model) -> None:
    for number, tool in enumerate(request.tools):
        if not TOOL_NAME.fullmatch(tool.name):
            raise invalid(
                f"* GenerateContentRequest.tools[0].function_declarations[{number}].name: Invalid "
                "function name. Must start with a letter or an underscore. Must be alphameric "
                "(a-z, A-Z, 0-9), underscores (_), dots (.) or dashes (-), with a maximum length "
                "of 64.\n",
                "tool_name",
                name=tool.name,
            )


def check_tools(request: GenerateRequest, model: Model) -> None:
    if request.tools and not model.tools:
        raise invalid("Function calling is not enabled for this model", "tools", model=model.id)
    wants_json = request.json or request.schema is not None
    if wants_json and not model.json:
        raise invalid("JSON mode is not enabled for this model", "json", model=model.id)
    if request.tools and wants_json and model.generation < 3:
        message = "Function calling with a response mime type: 'application/json' is unsupported"
        raise invalid(message, "tools_and_json")
    names: set[str] = set()
    for tool in request.tools:
        if tool.name in names:
            raise invalid(
                f"Duplicate function declaration found: {tool.name}",
                "duplicate_tool",
                name=tool.name,
            )
        names.add(tool.name)
    for name in request.tool_choice.names:
        if name not in names:
            message = (
                "* GenerateContentRequest.tool_config.function_calling_config."
                "allowed_function_names: allowed_function_names contains a name that is not "
                f"declared: {name}\n"
            )
            raise invalid(message, "unknown_tool", name=name)


def check_builtin_tools(request: GenerateRequest, model: Model) -> None:
    """Check built-in tools, such as Google Search.

    Together with function declarations they need a switch on Gemini 3 and later; earlier models
    refuse the combination (reported by users).

    Evidence: report-tools-together.
    """
    options = request.gemini_options
    if not options.builtin_tools:
        return
    if not model.tools:
        raise invalid("Tool use is not enabled for this model", "tools", model=model.id)
    if model.generation < 3 and (request.json or request.schema is not None):
        message = "Tool use with a response mime type: 'application/json' is unsupported"
        raise invalid(message, "tools_and_json")
    if not request.tools:
        return
    if model.generation < 3:
        raise invalid(
            "Tool use with function calling is unsupported by the model.", "tools_together"
        )
    if not options.include_tool_calls:
        message = (
            "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools "
            "with Function calling."
        )
        raise invalid(message, "tools_together")
