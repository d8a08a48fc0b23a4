"""Classes with fields in languages of the families of C and Ruby."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mockgem.operations.forms.code_methods import Method, plan_methods
from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_steps import write_step
from mockgem.operations.forms.code_typed_methods import write_typed_methods
from mockgem.operations.forms.lazy_patterns import make_regex

CLASS_KINDS = frozenset(("class", "struct", "interface"))
TYPES: dict[str, dict[str, str]] = {
    "scala": {
        "string": "String",
        "integer": "Int",
        "number": "Double",
        "boolean": "Boolean",
        "array": "List[String]",
    },
    "kotlin": {
        "string": "String",
        "integer": "Int",
        "number": "Double",
        "boolean": "Boolean",
        "array": "List<String>",
    },
    "swift": {
        "string": "String",
        "integer": "Int",
        "number": "Double",
        "boolean": "Bool",
        "array": "[String]",
    },
    "csharp": {
        "string": "string",
        "integer": "int",
        "number": "decimal",
        "boolean": "bool",
        "array": "List<string>",
    },
    "go": {
        "string": "string",
        "integer": "int",
        "number": "float64",
        "boolean": "bool",
        "array": "[]string",
    },
    "rust": {
        "string": "String",
        "integer": "i64",
        "number": "f64",
        "boolean": "bool",
        "array": "Vec<String>",
    },
    "cpp": {
        "string": "std::string",
        "integer": "int",
        "number": "double",
        "boolean": "bool",
        "array": "std::vector<std::string>",
    },
    "c": {"string": "char *", "integer": "int ", "number": "double ", "boolean": "bool "},
    "php": {
        "string": "string",
        "integer": "int",
        "number": "float",
        "boolean": "bool",
        "array": "array",
    },
}


def write_members(request: CodeRequest, row: str, style: Callable[[str], str], join: str) -> str:
    """Return a row for each field. Rows have the places {name} and {type}."""
    types = TYPES[request.language]
    members = request.members or (("id", "integer"), ("name", "string"))
    return join.join(
        row.format(name=keep_given(name, style, request), type=types.get(kind, types["string"]))
        for name, kind in members
    )


def keep_given(name: str, style: Callable[[str], str], request: CodeRequest) -> str:
    """Return a name in the style of a language; one with capitals or underscores as given."""
    is_given = name != name.lower() or "_" in name
    is_public = request.language in ("go", "csharp") and name[:1].islower()
    return name if is_given and not is_public and name in request.text else style(name)


def write_kotlin_class(request: CodeRequest) -> str:
    fields = write_members(request, "    val {name}: {type},", to_camel, "\n")
    methods = write_typed_methods(request, TYPES["kotlin"])
    if any(sign in "".join(methods) for sign in (" += ", " -= ", " *= ")):
        fields = fields.replace("val ", "var ")
    block = "\n".join(one.rstrip("\n") for one in methods)
    return f"data class {request.name}(\n{fields}\n)" + (f" {{{block}\n}}" if block else "")


def write_swift_class(request: CodeRequest) -> str:
    methods = "".join(write_typed_methods(request, TYPES["swift"]))
    word = "var" if "mutating" in methods else "let"
    fields = write_members(request, f"    {word} {{name}}: {{type}}", to_camel, "\n")
    return f"struct {request.name}: Codable {{\n{fields}{methods}\n}}"


def write_csharp_class(request: CodeRequest) -> str:
    fields = write_members(
        request, "    public {type} {name} {{ get; set; }}", to_pascal, "\n"
    ).replace("string Name { get; set; }", "string Name { get; set; } = string.Empty;")
    methods = "".join(
        write_csharp_method(one, request)
        for one in plan_methods(request.methods, request.members, request.text)
    )
    return f"public class {request.name}\n{{\n{fields}{methods}\n}}"


def write_csharp_method(method: Method, request: CodeRequest) -> str:
    types = {**TYPES["csharp"], "object": request.name}
    given = ", ".join(
        f"{types.get(kind, 'string')} {to_camel(one)}" for one, kind in method.parameters
    )
    returns = types.get(method.returns, "string") if method.returns else "void"
    step = write_step(method, "csharp") if method.step else ""
    body = f"        {step};\n" if step else ""
    name = keep_given(method.name, to_pascal, request)
    return f"\n\n    public {returns} {name}({given})\n    {{\n{body}    }}"


def write_php_method(method: Method, request: CodeRequest) -> str:
    types = {**TYPES["php"], "object": request.name}
    given = ", ".join(
        f"{types.get(kind, 'string')} ${to_camel(one)}" for one, kind in method.parameters
    )
    returns = types.get(method.returns, "string") if method.returns else "void"
    step = write_step(method, "php") if method.step else ""
    body = f"        {step};\n" if step else ""
    name = keep_given(method.name, to_camel, request)
    return f"\n\n    public function {name}({given}): {returns}\n    {{\n{body}    }}"


def write_php_class(request: CodeRequest) -> str:
    word = "private" if re.search(r"\bprivate\b", request.text, re.I) else "public"
    fields = write_members(request, f"        {word} {{type}} ${{name}},", to_camel, "\n")
    getters = re.search(r"\bgetters?\b", request.text, re.I) is not None
    names = tuple(f"get{to_pascal(name)}" for name, _ in request.members) if getters else ()
    request = replace(request, methods=(*request.methods, *names))
    methods = "".join(
        write_php_method(one, request)
        for one in plan_methods(request.methods, request.members, request.text)
    )
    return (
        f"<?php\n\nfinal class {request.name}\n{{\n    public function __construct(\n{fields}\n"
        f"    ) {{\n    }}{methods}\n}}"
    )


def write_ruby_class(request: CodeRequest) -> str:
    names = [to_snake(name) for name, _ in request.members] or ["id", "name"]
    sets = "\n".join(f"    @{name} = {name}" for name in names)
    planned = plan_methods(request.methods, request.members, request.text)
    methods = "".join(write_ruby_method(one, request) for one in planned)
    readers = ", ".join(f":{name}" for name in names)
    return (
        f"class {request.name}\n  attr_reader {readers}\n\n  def initialize({', '.join(names)})\n"
        f"{sets}\n  end{methods}\nend"
    )


def write_ruby_method(method: Method, request: CodeRequest) -> str:
    given = ", ".join(name for name, _ in method.parameters)
    head = f"{keep_given(method.name, to_snake, request)}{f'({given})' if given else ''}"
    step = write_step(method, "ruby").removeprefix("return ") if method.step else "self"
    return f"\n\n  def {head}\n    {step}\n  end"


def write_go_struct(request: CodeRequest) -> str:
    row = "\t{name} {type}"
    fields = write_members(request, row, to_pascal, "\n")
    if re.search(r"\bjson\b[^.\n]{0,12}\btags?\b|\bmarshal|\bserializ", request.text, re.I):
        fields = "\n".join(
            f'{line} `json:"{to_snake(line.split()[0]).replace("i_d", "id")}"`'
            for line in fields.split("\n")
        )
    first = request.name[:1].lower()
    written = write_typed_methods(
        request, TYPES["go"], lambda name: keep_given(name, to_pascal, request)
    )
    methods = re.sub(r"\bown\b", first, "".join(written))
    used = [f'import "{name}"\n' for name in ("fmt", "math", "slices") if f"{name}." in methods]
    imports = f"{''.join(used)}\n" if used else ""
    return f"package main\n\n{imports}type {request.name} struct {{\n{fields}\n}}{methods}"


RUST_EMPTY = (
    ("String", "String::new()"),
    ("i64", "0"),
    ("f64", "0.0"),
    ("bool", "false"),
    ("Vec<String>", "Vec::new()"),
)


def write_rust_struct(request: CodeRequest) -> str:
    fields = write_members(request, "    pub {name}: {type},", to_snake, "\n")
    methods = write_constructor_in_rust(request)
    methods += "\n".join(one.rstrip("\n") for one in write_typed_methods(request, TYPES["rust"]))
    block = f"\n\nimpl {request.name} {{{methods}\n}}" if methods else ""
    if re.search(r"\bDisplay\b", request.text):
        names = [to_snake(name) for name, _ in request.members] or ["id", "name"]
        marks = ", ".join("{}" for _ in names)
        values = ", ".join(f"self.{name}" for name in names)
        block += (
            f"\n\nimpl std::fmt::Display for {request.name} {{\n"
            "    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {\n"
            f'        write!(f, "({marks})", {values})\n    }}\n}}'
        )
    if re.search(r"\bDefault\b", request.text):
        values = write_members(request, "            {name}: {type},", to_snake, "\n")
        for kind, empty in RUST_EMPTY:
            values = values.replace(f": {kind},", f": {empty},")
        block += (
            f"\n\nimpl Default for {request.name} {{\n    fn default() -> Self {{\n        Self "
            f"{{\n"
            f"{values}\n        }}\n    }}\n}}"
        )
    return f"#[derive(Debug, Clone)]\npub struct {request.name} {{\n{fields}\n}}{block}"


def write_constructor_in_rust(request: CodeRequest) -> str:
    """Return the function `new` of a struct that a prompt wants with one; else empty."""
    if not NEW.search(request.text):
        return ""
    given = write_members(request, "{name}: {type}", to_snake, ", ")
    names = write_members(request, "{name}", to_snake, ", ")
    return f"\n    pub fn new({given}) -> Self {{\n        Self {{ {names} }}\n    }}\n"


NEW = make_regex(r"\bnew\(|\bnew (?:function|method|constructor)\b|\bconstructor\b|`new`")


SIGNATURE = make_regex(
    r"\b((?:void|bool|int|double|float|std::string|string|auto) (\w{1,30})\([^()\n]{0,80}\))"
)


def write_cpp_class(request: CodeRequest) -> str:
    given = {name: line for line, name in SIGNATURE.findall(request.text)}
    inside = " ".join(given.values())
    kept = tuple(
        row for row in request.members if row[0] not in given and f" {row[0]})" not in inside
    )
    request = replace(request, members=kept or request.members)
    fields = write_members(request, "    {type} {name};", to_snake, "\n")
    methods = "".join(
        f"    {line} {{{'' if line.startswith('void') else ' return {};'}}}\n"
        for line in given.values()
    )
    others = tuple(name for name in request.methods if name not in given)
    written = write_typed_methods(
        replace(request, methods=others), CPP_RETURNS, lambda name: keep_given(name, str, request)
    )
    methods += "\n".join(written)
    marks = (("std::format", "format"), ("std::sqrt", "cmath"), ("std::string", "string"))
    whole = f"{methods}{fields}"
    used = [file for mark, file in (*marks, ("std::vector", "vector")) if mark in whole]
    imports = "".join(f"#include <{file}>\n" for file in used)
    names = [(to_snake(name), kind) for name, kind in request.members]
    taken = ", ".join(f"{TYPES['cpp'].get(kind, 'std::string')} {name}" for name, kind in names)
    sets = ", ".join(f"{name}({name})" for name, _ in names)
    start = f"    {request.name}({taken}) : {sets} {{}}\n" if names else ""
    gap = "\n" if start and methods else ""
    public = f"public:\n{start}{gap}{methods}" if start or methods else ""
    text = f"{imports}\nclass {request.name} {{\n{public}\nprivate:\n{fields}\n}};"
    return text.lstrip("\n")


CPP_RETURNS = {**TYPES["cpp"], "string": "std::string"}


def write_c_struct(request: CodeRequest) -> str:
    fields = write_members(request, "    {type}{name};", to_snake, "\n")
    return f"#include <stdbool.h>\n\ntypedef struct {{\n{fields}\n}} {request.name};"


def write_scala_class(request: CodeRequest) -> str:
    fields = write_members(request, "{name}: {type}", to_camel, ", ")
    first = (request.members or (("id", "integer"),))[-1][0]
    return (
        f"case class {request.name}({fields})\n\nobject {request.name}s {{\n"
        f"  def total(items: List[{request.name}]): Int = items.map(_.{first}.hashCode).sum\n}}"
    )


CLASS_WRITERS: dict[str, Callable[[CodeRequest], str]] = {
    "scala": write_scala_class,
    "kotlin": write_kotlin_class,
    "swift": write_swift_class,
    "csharp": write_csharp_class,
    "php": write_php_class,
    "ruby": write_ruby_class,
    "go": write_go_struct,
    "rust": write_rust_struct,
    "cpp": write_cpp_class,
    "c": write_c_struct,
}
