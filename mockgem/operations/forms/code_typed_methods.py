"""Methods of classes in C++, Go, Rust, Kotlin, Swift and TypeScript."""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_methods import Members, Method, plan_methods
from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_steps import style_parameter, write_step
from mockgem.operations.forms.lazy_patterns import make_regex


@frozen
class MethodStyle:
    """How a language writes a method.

    Attributes:
        method: The method, with {name}, {given}, {returns}, {step}, {mark} and {own}, its class.
        parameter: A parameter, with {name} and {type}.
        other: The type of another object of the class, with {own}.
        returns: How it writes the type of what a method returns.
        name: The style of the names of methods.
        changes: What a method is marked with that changes the fields.
        keeps: What a method is marked with that does not.
    """

    method: str
    parameter: str
    other: str
    returns: str
    name: Callable[[str], str]
    changes: str = ""
    keeps: str = ""


STYLES = {
    "cpp": MethodStyle(
        "    {returns} {name}({given}){mark} {{\n        {step};\n    }}\n",
        "{type} {name}",
        "const {own}&",
        "{0}",
        str,
        keeps=" const",
    ),
    "go": MethodStyle(
        "\n\nfunc (own *{own}) {name}({given}){returns} {{\n\t{step}\n}}",
        "{name} {type}",
        "*{own}",
        " {0}",
        to_pascal,
    ),
    "rust": MethodStyle(
        "\n    pub fn {name}({mark}{given}){returns} {{\n        {step}\n    }}\n",
        ", {name}: {type}",
        "&{own}",
        " -> {0}",
        to_snake,
        changes="&mut self",
        keeps="&self",
    ),
    "kotlin": MethodStyle(
        "\n    fun {name}({given}){returns} {{\n        {step}\n    }}\n",
        "{name}: {type}",
        "{own}",
        ": {0}",
        to_camel,
    ),
    "swift": MethodStyle(
        "\n\n    {mark}func {name}({given}){returns} {{\n        {step}\n    }}",
        "{name}: {type}",
        "{own}",
        " -> {0}",
        to_camel,
        changes="mutating ",
    ),
    "typescript": MethodStyle(
        "  {name}({given}){returns} {{\n    {step};\n  }}",
        "{name}: {type}",
        "{own}",
        ": {0}",
        to_camel,
    ),
}
VOIDS = ("cpp", "typescript")
"""The languages that say when a method returns nothing."""


def write_typed_methods(
    request: CodeRequest, types: dict[str, str], keep: Callable[[str], str] | None = None
) -> list[str]:
    """Return the methods that a prompt names, with what they do.

    Args:
        types: The type of each kind of value.
        keep: Returns the name of a method as the prompt writes it, if it does.
    """
    planned = plan_methods(request.methods, request.members, request.text)
    style = keep or STYLES[request.language].name
    return [write_method(one, request, types, style(one.name)) for one in planned]


def write_method(method: Method, request: CodeRequest, types: dict[str, str], name: str) -> str:
    language = request.language
    style = STYLES[language]
    is_kept = method.step.startswith(("return", "say")) or not method.step
    kind = types.get(method.returns, types["string"]) if method.returns else "void"
    has_type = bool(method.returns) or language in VOIDS
    text = write_step(method, language) if method.step else ""
    row = style.method.format(
        name=name,
        own=request.name,
        given=write_given(method.parameters, request, types),
        returns=style.returns.format(kind) if has_type else "",
        step=finish_in_rust(method, text) if language == "rust" else text,
        mark=style.keeps if is_kept else style.changes,
    )
    return row if text else row.replace("        ;\n", "").replace("    ;\n", "")


def write_given(parameters: Members, request: CodeRequest, types: dict[str, str]) -> str:
    style = STYLES[request.language]
    rows = [
        style.parameter.format(
            name=style_parameter(name, request.language),
            type=style.other.format(own=request.name)
            if kind == "object"
            else types.get(kind, types["string"]),
        )
        for name, kind in parameters
    ]
    return "".join(rows) if request.language == "rust" else ", ".join(rows)


def finish_in_rust(method: Method, text: str) -> str:
    """Return the last expression of a method, or its statement with a semicolon."""
    if not text.startswith("return "):
        return f"{text};" if text else ""
    is_field = text.removeprefix("return self.").isidentifier()
    owned = ".clone()" if is_field and method.returns in ("string", "array") else ""
    if method.returns == "number":
        text = WHOLE.sub(r"\1.0", text)
    return f"{text.removeprefix('return ')}{owned}"


WHOLE = make_regex(r"(?<![\w.])(\d+)(?= \*)")
"""A whole number that a product of Rust needs as a float."""
