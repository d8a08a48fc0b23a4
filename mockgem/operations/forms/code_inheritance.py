"""Classes that extend another one, with the methods that they share."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

NAMES = r"[A-Z]\w*(?:(?:, and |, | and | und | y | et | e )[A-Z]\w*){0,5}"
SUBCLASSES = make_regex(
    r"\b(?:sub ?class(?:es)?|child class(?:es)?|derived class(?:es)?|implementations|unterklassen"
    r"|subclases|sous-classes|sottoclassi|(?:two|three|four|zwei|dos|deux) (?:other )?"
    r"class(?:es)?)\b[^.\n]{0,30}?"
    rf"\s({NAMES})|\b({NAMES}) (?:that |which |classes )?(?:extends?|inherits?|implements?)"
)
METHOD = make_regex(
    r"\b(?:method|methode|método|méthode|metodo)s? (?:called |named )?`?([a-z]\w{1,30})\(?"
    r"|\b([a-z]\w{1,30})\(\)"
)
BASE = make_regex(
    r"\b(?:class|interface|trait|klasse|clase|classe|base class|protocol) (?:called "
    r"|named )?`?([A-Z]\w+)"
)


BASE_AFTER = make_regex(
    r"\b(?:inherits?(?: from)?|extends?|extending|inheriting from|implements?|subclass of) "
    r"(?:the |an? |its )?(?:base |parent |abstract )?(?:class |interface )?`?([A-Z]\w+)"
)
"""The class after its child: "Dog that inherits from Animal"."""


def write_family(request: CodeRequest) -> str:
    """Return a class with the classes that extend it; empty if a prompt names none."""
    if request.language == "kotlin" and (sealed := SEALED.search(request.text)):
        return write_sealed(sealed[1], re.findall(r"[A-Z]\w+", sealed[2]))
    children = SUBCLASSES.search(request.text)
    base = BASE_AFTER.search(request.text) or BASE.search(request.text)
    if children is None or base is None or request.language not in FAMILIES:
        return ""
    names = re.findall(r"[A-Z]\w+", children[1] or children[2])
    names = [name for name in names if name != base[1]]
    method = METHOD.search(request.text)
    name = (method[1] or method[2]) if method else "describe"
    if not names:
        return ""
    if request.language == "python" and request.members and request.methods:
        return write_planned_family(request, base[1], names)
    text = FAMILIES[request.language](base[1], names, name)
    is_interface = request.language == "java" and INTERFACE.search(request.text) is not None
    return make_interface(text, base[1]) if is_interface else text


def write_planned_family(request: CodeRequest, base: str, names: list[str]) -> str:
    """Return a class with fields and methods, and classes that take both from it."""
    from mockgem.operations.forms.code_python import write_planned_class

    methods = tuple(one for one in request.methods if one not in ("and", "subclass"))
    parts = [write_planned_class(replace(request, name=base, methods=methods))]
    fields = [field for field, _ in request.members]
    for name in names:
        if name == "Square" and fields[:2] == ["width", "height"]:
            parts.append(
                f"class {name}({base}):\n    def __init__(self, side):\n"
                "        super().__init__(side, side)"
            )
        else:
            parts.append(f'class {name}({base}):\n    """A kind of {base}."""')
    return "\n\n\n".join(parts)


INTERFACE = make_regex(r"\binterface\b", re.I)


def make_interface(text: str, base: str) -> str:
    """Return classes of Java that implement an interface instead of extending a class."""
    text = text.replace(f"abstract class {base} {{\n    abstract ", f"interface {base} {{\n    ")
    text = text.replace(f" extends {base} ", f" implements {base} ")
    return text.replace("    @Override\n    ", "    @Override\n    public ")


SEALED = make_regex(
    r"\bsealed (?:class|interface) (?:called |named )?`?([A-Z]\w+)[^.\n]{0,30}?\b(?:with|for|of"
    r"|:)\s([^.\n]{3,120})"
)


def write_sealed(base: str, names: list[str]) -> str:
    """Return a sealed class of Kotlin with its cases."""
    rows = "\n".join(
        f"    data object {name} : {base}()"
        if name in ("Loading", "Idle", "Empty")
        else f"    data class {name}(val "
        f"{'message' if 'Err' in name or 'Fail' in name else 'data'}: String) : {base}()"
        for name in names
    )
    return f"sealed class {base} {{\n{rows}\n}}"


def write_python_family(base: str, names: list[str], method: str) -> str:
    own = to_snake(method)
    rows = [
        "from abc import ABC, abstractmethod",
        f"class {base}(ABC):\n    @abstractmethod\n    def {own}(self):\n        ...",
    ]
    rows += [
        f'class {name}({base}):\n    def {own}(self):\n        return "{name}"' for name in names
    ]
    return "\n\n\n".join(rows)


def write_typescript_family(base: str, names: list[str], method: str) -> str:
    own = to_camel(method)
    kind, value = ("number", "0") if NUMERIC.search(own) else ("string", "'{}'")
    rows = [f"export abstract class {base} {{\n  abstract {own}(): {kind};\n}}"]
    rows += [
        f"export class {name} extends {base} {{\n  {own}(): {kind} {{\n"
        f"    return {value.format(name)};\n  }}\n}}"
        for name in names
    ]
    return "\n\n".join(rows)


NUMERIC = make_regex(
    r"area|perimeter|volume|size|total|price|cost|salary|pay|count|sum|value", re.I
)


def write_javascript_family(base: str, names: list[str], method: str) -> str:
    own = to_camel(method)
    rows = [
        f"export class {base} {{\n  {own}() {{\n    throw new Error('not implemented');\n  }}\n}}"
    ]
    rows += [
        f"export class {name} extends {base} {{\n  {own}() {{\n    return '{name}';\n  }}\n}}"
        for name in names
    ]
    return "\n\n".join(rows)


def write_java_family(base: str, names: list[str], method: str) -> str:
    own = to_camel(method)
    kind, value = ("double", "0.0") if NUMERIC.search(own) else ("String", '"{}"')
    rows = [f"abstract class {base} {{\n    abstract {kind} {own}();\n}}"]
    rows += [
        f"class {name} extends {base} {{\n    @Override\n    {kind} {own}() {{\n"
        f"        return {value.format(name)};\n    }}\n}}"
        for name in names
    ]
    return "\n\n".join(rows)


def write_csharp_family(base: str, names: list[str], method: str) -> str:
    own = to_pascal(method)
    kind, value = ("double", "0") if NUMERIC.search(own) else ("string", '"{}"')
    rows = [f"public abstract class {base}\n{{\n    public abstract {kind} {own}();\n}}"]
    rows += [
        f"public class {name} : {base}\n{{\n    public override {kind} {own}() => "
        f"{value.format(name)};\n}}"
        for name in names
    ]
    return "\n\n".join(rows)


def write_kotlin_family(base: str, names: list[str], method: str) -> str:
    own = to_camel(method)
    kind, value = ("Double", "0.0") if NUMERIC.search(own) else ("String", '"{}"')
    rows = [f"abstract class {base} {{\n    abstract fun {own}(): {kind}\n}}"]
    rows += [
        f"class {name} : {base}() {{\n    override fun {own}(): {kind} = {value.format(name)}\n}}"
        for name in names
    ]
    return "\n\n".join(rows)


FAMILIES = {
    "python": write_python_family,
    "typescript": write_typescript_family,
    "javascript": write_javascript_family,
    "java": write_java_family,
    "csharp": write_csharp_family,
    "kotlin": write_kotlin_family,
}
