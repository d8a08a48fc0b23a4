"""Check function declarations, the choice among them, and built-in tools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest, read_file_search
from mockgem.operations.validation.models import name_model

TOOL_NAME = re.compile(r"[A-Za-z_][\w.:-]{0,127}", re.ASCII)


def check_tool_names(request: GenerateRequest, model: Model) -> None:
    """Check the names of functions: a line for each wrong one; up to 128 characters (reported).

    Evidence: report-function-names.
    """
    names = [tool.name for tool in request.tools]
    lines = [
        f"* GenerateContentRequest.tools[0].function_declarations[{number}].name: Invalid function "
        "name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), "
        "underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 128.\n"
        for number, name in enumerate(names)
        if not TOOL_NAME.fullmatch(name)
    ]
    if lines:
        wrong = next(name for name in names if not TOOL_NAME.fullmatch(name))
        raise invalid("".join(lines), "tool_name", name=wrong)


def check_tools(request: GenerateRequest, model: Model) -> None:
    if request.tools and not model.tools:
        message = f"Function calling is not enabled for {name_model(model)}"
        raise invalid(message, "tools", model=model.id)
    wants_json = request.json or request.schema is not None
    if wants_json and not model.json:
        message = f"JSON mode is not enabled for {name_model(model)}"
        raise invalid(message, "json", model=model.id)
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
    refuse the combination (reported by users). Vertex AI needs no switch (recorded). Image models
    from Gemini 3 on search the web (reported).

    Evidence: report-tools-together, recorded-vertex-search-and-functions.

    Evidence: report-image-model-search.
    """
    options = request.gemini_options
    check_computer_use(options.builtin_tools, model)
    builtin_tools = options.builtin_tools.keys() - {"computer_use"}
    if not builtin_tools:
        return
    is_searching_image_model = model.kind == "image" and model.generation > 2
    if not model.tools and not (is_searching_image_model and builtin_tools <= {"google_search"}):
        message = f"Tool use is not enabled for {name_model(model)}"
        raise invalid(message, "tools", model=model.id)
    if "file_search" in builtin_tools:
        check_stores(options.builtin_tools["file_search"])
    if model.generation < 3 and (request.json or request.schema is not None):
        message = "Tool use with a response mime type: 'application/json' is unsupported"
        raise invalid(message, "tools_and_json")
    if not request.tools:
        return
    if model.generation < 3:
        message = "Tool use with function calling is unsupported by the model."
        raise invalid(message, "tools_together")
    if not options.include_tool_calls and not options.is_vertex:
        message = (
            "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools "
            "with Function calling."
        )
        raise invalid(message, "tools_together")


def check_computer_use(tools: Mapping[str, Any], model: Model) -> None:
    """Refuse the computerUse tool on models without it (reported).

    Earlier models than Gemini 3 lack it (assumed), except the one that requires it.

    Evidence: report-computer-use.
    """
    if "computer_use" not in tools or "computer-use" in model.id:
        return
    if not model.tools or model.generation < 3 or model.id.startswith("gemini-3-pro-"):
        message = f"Computer Use is not enabled for models/{model.id}"
        raise invalid(message, "computer_use", model=model.id)


def check_required_tool(request: GenerateRequest, model: Model) -> None:
    """Require the computerUse tool of the model that is made for it (reported).

    Evidence: report-computer-use.
    """
    if "computer-use" in model.id and "computer_use" not in request.gemini_options.builtin_tools:
        message = "This model requires the use of the Computer Use tool."
        raise invalid(message, "computer_use", model=model.id)


STORE_NAME = re.compile(r"fileSearchStores/[a-z0-9-]{1,60}")


def check_stores(settings: Any) -> None:
    """Refuse a file search without stores, or with names of another kind (reported).

    Evidence: report-file-search-stores.
    """
    names = read_file_search(settings).store_names
    if not names or not all(STORE_NAME.fullmatch(str(name)) for name in names):
        raise invalid("Request contains an invalid argument.", "file_search")
