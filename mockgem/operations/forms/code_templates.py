"""Programs for a request, by language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mockgem.operations.forms.code_bash import write_bash
from mockgem.operations.forms.code_classes import CLASS_KINDS, CLASS_WRITERS
from mockgem.operations.forms.code_components import (
    add_tsx_types,
    write_svelte,
    write_vue,
)
from mockgem.operations.forms.code_configs import write_jenkinsfile, write_unit
from mockgem.operations.forms.code_console import write_console
from mockgem.operations.forms.code_curl import write_call
from mockgem.operations.forms.code_diagrams import write_mermaid
from mockgem.operations.forms.code_dialect_table import DIALECTS
from mockgem.operations.forms.code_docker import write_dockerfile
from mockgem.operations.forms.code_documents import (
    write_json,
    write_latex,
    write_regex,
    write_xml,
    write_yaml,
)
from mockgem.operations.forms.code_enums import write_enum
from mockgem.operations.forms.code_examples import write_example
from mockgem.operations.forms.code_excel import write_excel
from mockgem.operations.forms.code_figures import write_extreme, write_figures
from mockgem.operations.forms.code_file_steps import write_file_steps
from mockgem.operations.forms.code_filters import write_filter
from mockgem.operations.forms.code_frameworks import write_framework
from mockgem.operations.forms.code_functions import write_typed_function
from mockgem.operations.forms.code_html import write_html
from mockgem.operations.forms.code_idioms import write_idiom
from mockgem.operations.forms.code_inheritance import write_family
from mockgem.operations.forms.code_java import write_java, write_spring
from mockgem.operations.forms.code_javascript import write_javascript
from mockgem.operations.forms.code_json_files import write_json_reader
from mockgem.operations.forms.code_jsx import write_jsx
from mockgem.operations.forms.code_mains import add_main
from mockgem.operations.forms.code_makefiles import write_makefile
from mockgem.operations.forms.code_markup import write_style
from mockgem.operations.forms.code_mongo import write_mongo
from mockgem.operations.forms.code_names import to_camel, to_pascal
from mockgem.operations.forms.code_python import write_python
from mockgem.operations.forms.code_rare import (
    RARE,
    write_cypher,
    write_dotenv,
    write_rare,
    write_redis,
    write_search,
)
from mockgem.operations.forms.code_readers import write_loader
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_services import (
    write_gitignore,
    write_graphql,
    write_protobuf,
    write_terraform,
)
from mockgem.operations.forms.code_short import write_braces, write_linq, write_short
from mockgem.operations.forms.code_signatures import name_parameter
from mockgem.operations.forms.code_snippets_web import write_web_snippet
from mockgem.operations.forms.code_sql import write_sql
from mockgem.operations.forms.code_structures import write_structure
from mockgem.operations.forms.code_tasks import list_tasks
from mockgem.operations.forms.code_tests import TEST_WRITERS
from mockgem.operations.forms.code_tests_beside import write_worked_out_tests
from mockgem.operations.forms.code_typed_methods import write_typed_methods
from mockgem.operations.forms.code_unions import find_unions
from mockgem.operations.forms.code_urls import write_url_call
from mockgem.operations.forms.lazy_patterns import make_regex

TS_TYPES = {"integer": "number", "array": "string[]"}
TS_KINDS = {"string": "string", "number": "number", "boolean": "boolean"}


def write_typescript(request: CodeRequest) -> str:
    if request.kind in ("interface", "class", "function") and (
        request.members or request.kind in ("interface", "class")
    ):
        members = request.members or (("id", "integer"), ("name", "string"))
        optional = {
            name_parameter(phrase)
            for phrase in re.findall(r"optional ((?:\w+ ?){1,2})", request.text)
        } | {
            first or second
            for first, second in re.findall(
                r"optional (\w+)|(\w+) ?(?:\(optional\)|\?(?=[,: ]))", request.text
            )
        }
        unions = find_unions(request.text)
        types = {name: " | ".join(f"'{one}'" for one in union) for name, union in unions.items()}
        fields = "\n".join(
            f"  {name}{'?' if name in optional else ''}: "
            f"{types.get(name) or (TS_TYPES.get(kind, kind) if name != 'id' else 'number')};"
            for name, kind in members
        )
        if request.kind == "class":
            return write_typescript_class(request)
        word = (
            "type"
            if re.search(r"\btype\b", request.text) and "interface" not in request.text
            else "interface"
        )
        if word == "type":
            return f"export type {request.name} = {{\n{fields}\n}};"
        return f"export {word} {request.name} {{\n{fields}\n}}"
    parameters = ", ".join(f"{name}: string" for name in request.parameters or ("value",))
    first = (request.parameters or ("value",))[0]
    return (
        f"export function {to_camel(request.name)}({parameters}): string {{\n  return "
        f"`${{{first}}}`;\n}}"
    )


def write_typescript_class(request: CodeRequest) -> str:
    """Return a class with the fields and the methods that a prompt names."""
    members = request.members
    fields = ", ".join(f"public {name}: {TS_TYPES.get(kind, kind)}" for name, kind in members)
    heads = {name: (given, returns) for name, given, returns in METHOD_HEAD.findall(request.text)}
    typed = {name: row for name, row in heads.items() if row[1] or ":" in row[0]}
    names = tuple(one for one in dict.fromkeys([*request.methods, *heads]) if one not in typed)
    methods = write_typed_methods(replace(request, methods=names), {**TS_KINDS, **TS_TYPES})
    for name, (given, returns) in typed.items():
        body = "" if returns in ("", "void") else "    throw new Error('not implemented');\n"
        methods.append(f"  {name}({given}): {returns or 'void'} {{\n{body}  }}")
    parts = ([f"  constructor({fields}) {{}}"] if members else []) + methods
    return f"export class {request.name} {{\n" + "\n\n".join(parts) + "\n}"


METHOD_HEAD = make_regex(r"\b([a-z]\w*)\(([^()\n]{0,80})\)(?:\s?: ?([\w<>\[\]]+))?")


def write_css(request: CodeRequest) -> str:
    return write_style(request.text)


def write_go(request: CodeRequest) -> str:
    name = to_pascal(request.name)
    return (
        f'package main\n\nimport "fmt"\n\n// {name} returns the values in reverse '
        f"order.\nfunc {name}(values []int) []int {{\n\tresult := make([]int, 0, "
        f"len(values))\n\tfor i := len(values) - 1; i >= 0; i-- {{\n\t\tresult = "
        "append(result, values[i])\n\t}\n\treturn result\n}\n\nfunc main() "
        f"{{\n\tfmt.Println({name}([]int{{1, 2, 3}}))\n}}"
    )


def write_rust(request: CodeRequest) -> str:
    return (
        f"fn {request.name}(items: &[i32], target: i32) -> Option<usize> {{\n    let (mut "
        f"low, mut high) = (0, items.len());\n    while low < high {{\n        let middle = "
        f"(low + high) / 2;\n        if items[middle] == target {{\n            return "
        f"Some(middle);\n        }}\n        if items[middle] < target {{\n            low "
        f"= middle + 1;\n        }} else {{\n            high = middle;\n        }}\n    "
        "}\n    None\n}"
    )


def write_c(request: CodeRequest) -> str:
    match = re.search(r"(\d{1,4}) to (\d{1,6})", request.text)
    low, high = (match[1], match[2]) if match else ("1", "10")
    return (
        f"#include <stdio.h>\n\nint main(void) {{\n    for (int i = {low}; i <= {high}; "
        f'i++) {{\n        printf("%d\\n", i);\n    }}\n    return 0;\n}}'
    )


def write_cpp(request: CodeRequest) -> str:
    return (
        f"#include <iostream>\n#include <vector>\n\nint {request.name}(const "
        f"std::vector<int>& values) {{\n    int total = 0;\n    for (int value : values) "
        f"{{\n        total += value;\n    }}\n    return total;\n}}\n\nint main() {{\n    "
        f"std::cout << {request.name}({{1, 2, 3}}) << '\\n';\n}}"
    )


WRITERS: dict[str, Callable[[CodeRequest], str]] = {
    "javascript": write_javascript,
    "typescript": write_typescript,
    "jsx": write_jsx,
    "tsx": lambda request: add_tsx_types(write_jsx(request)),
    "sql": write_sql,
    "bash": write_bash,
    "html": write_html,
    "css": write_css,
    "vue": write_vue,
    "svelte": write_svelte,
    "gitignore": write_gitignore,
    "graphql": write_graphql,
    "hcl": write_terraform,
    "go": write_go,
    "rust": write_rust,
    "java": write_java,
    "c": write_c,
    "cpp": write_cpp,
    "regex": write_regex,
    "mermaid": write_mermaid,
    "dockerfile": write_dockerfile,
    "makefile": write_makefile,
    "yaml": write_yaml,
    "json": write_json,
    "xml": write_xml,
    "latex": write_latex,
    "protobuf": write_protobuf,
    "redis": lambda request: write_redis(request.text),
    "elasticsearch": lambda request: write_search(request.text),
    "cypher": lambda request: write_cypher(request.text),
    "dotenv": lambda request: write_dotenv(request.text),
    "ini": lambda request: write_unit(request.text),
    "excel": lambda request: write_excel(request.text),
    "mongodb": lambda request: write_mongo(request.text),
    "csharp": write_braces,
    "php": write_braces,
    "ruby": write_braces,
    "kotlin": write_braces,
    "swift": write_braces,
}


PROGRAM = make_regex(r"\bprograms?\b|\bprints?\b|\bscript\b", re.I)


def is_function(request: CodeRequest) -> bool:
    """Return whether a request asks for a function in a language with a dialect."""
    if request.language not in DIALECTS or request.kind not in ("function", "script"):
        return False
    is_program = request.kind == "script" or (
        PROGRAM.search(request.text) and "function" not in request.text
    )
    if request.language in ("javascript", "typescript"):
        return not re.search(r"debounc", request.text, re.I)
    has_task = next(list_tasks(request.text[:400]), "") != ""
    return not (is_program and request.language == "c" and not has_task)


def wrap_method(source: str, language: str) -> str:
    """Return a method of Java or C# in the class that it needs; other functions as they are."""
    if language not in ("java", "csharp"):
        return source
    inside = "\n".join(f"    {line}" if line else "" for line in source.split("\n"))
    if language == "csharp":
        return f"public static class Program\n{{\n{inside}\n}}"
    imports = "import java.util.*;\n\n" if re.search(r"List[<.]|Arrays\.|Scanner", source) else ""
    return f"{imports}public class Main {{\n{inside}\n}}"


LISTED = make_regex(
    r"\b(?:with|and) ((?:[a-z]\w*, ){1,6}[a-z]\w*,? and [a-z]\w*) functions\b"
    r"|\bfunctions:? ((?:`?[a-z]\w*`?, ){1,6}`?[a-z]\w*`?,? and `?[a-z]\w*)",
)


def write_listed_functions(request: CodeRequest) -> str:
    """Return the functions that a prompt lists by name; empty if it lists none."""
    match = LISTED.search(request.text)
    names = re.findall(r"\w+", match[1] or match[2]) if match else []
    if request.language not in DIALECTS and request.language != "python":
        return ""
    one = [
        replace(request, name=name, text=f"function {name}", about=name, parameters=())
        for name in names
        if name != "and"
    ]
    return "\n\n".join(write_typed_function(each) for each in one)


ZERO_CASE = make_regex(r"    assert (\w+\(\d+, 0\)) == [\w.]+$", re.M)


def expect_zero_error(source: str, request: CodeRequest) -> str:
    """Return tests of Python that expect the error of a division by zero, if a prompt names it."""
    if "ZeroDivisionError" not in request.text or "ZeroDivisionError" in source:
        return source
    return ZERO_CASE.sub(r"    with pytest.raises(ZeroDivisionError):\n        \1", source).replace(
        "returns_the_expected_value_3", "raises_zero_division_error"
    )


def write_named_tests(request: CodeRequest) -> str:
    """Return tests for the function that a prompt names, in a language with a runner."""
    writer = TEST_WRITERS.get(request.language)
    names = list(request.parameters) or ["value"]
    if written := write_worked_out_tests(request):
        return expect_zero_error(written, request)
    return writer([(request.name, names)]) if writer else ""


SPRING = make_regex(r"\b(?:spring|rest)\b[^.\n]{0,30}\b(?:controller|endpoints?|api)\b", re.I)


def write_program(request: CodeRequest, quoted: list[str]) -> str:
    """Return a program in the language of a request."""
    if request.language == "groovy" and "jenkins" in request.text.lower():
        return write_jenkinsfile(request.text)
    if request.language in RARE:
        return write_rare(request.language, request.name)
    if "curl" in request.text and (source := write_call(request.text, request.language)):
        return source
    if "://" in request.text and (source := write_url_call(request)):
        return source
    if source := write_console(request) or write_loader(request):
        return source
    if source := write_figures(request) or write_extreme(request) or write_file_steps(request):
        return source
    if not request.parameters and (source := write_filter(request) or write_json_reader(request)):
        return source
    if "enum" in request.text.lower() and (source := write_enum(request)):
        return source
    if source := write_idiom(request):
        return source
    if source := write_family(request):
        return source
    if source := write_framework(request):
        return source
    if request.language == "java" and SPRING.search(request.text):
        return write_spring(request.text)
    if request.kind == "tests" and (source := write_named_tests(request)):
        return source
    if source := write_example(request) or write_structure(request):
        return source
    if request.language == "python":
        if several := write_listed_functions(request):
            return several
        return write_python(request, quoted)
    if request.language == "csharp" and "linq" in request.text.lower():
        return write_linq(request.text)
    if request.kind in CLASS_KINDS and request.language in CLASS_WRITERS:
        return CLASS_WRITERS[request.language](request)
    if several := write_listed_functions(request):
        return several
    if source := write_web_snippet(request):
        is_typed = request.language == "tsx" or (
            request.language == "typescript" and "useState" in source
        )
        return add_tsx_types(source) if is_typed else source
    if is_function(request) and (source := write_typed_function(request)):
        whole = add_main(source, request) if request.kind == "script" else source
        return wrap_method(whole, request.language)
    return WRITERS.get(request.language, write_short)(request)
