"""JavaScript for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_methods import plan_methods
from mockgem.operations.forms.code_names import to_camel
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_steps import write_step


def names_of(request: CodeRequest, default: str = "values") -> str:
    return ", ".join(request.parameters) or default


def write_javascript(request: CodeRequest) -> str:
    lower = request.text.lower()
    if "debounce" in lower:
        return write_debounce(request)
    if "fetch" in lower or "http request" in lower:
        return write_fetch(request)
    if "express" in lower or "server" in lower:
        return EXPRESS_SERVER
    if request.kind == "tests":
        return write_javascript_tests(request)
    if request.kind == "class":
        return write_javascript_class(request)
    parameters = names_of(request)
    first = parameters.split(",")[0]
    body = (
        f"[...{first}].sort((a, b) => a - b)"
        if re.search(r"sort|orden|trie|ordin", lower)
        else f"{first}"
    )
    return (
        f"export function {to_camel(request.name)}({parameters}) {{\n  const result = {body};\n"
        "  return result;\n}"
    )


EXPRESS_SERVER = (
    "import express from 'express';\n\nconst app = express();\n\napp.get('/', "
    "(request, response) => {\n  response.json({ ok: true "
    "});\n});\n\napp.listen(3000);"
)


def write_debounce(request: CodeRequest) -> str:
    first, wait = request.parameters[:2] if len(request.parameters) > 1 else ("fn", "delay")
    return (
        f"export function {to_camel(request.name)}({first}, {wait}) {{\n  let timer;\n  return "
        f"(...args) => {{\n    clearTimeout(timer);\n    timer = setTimeout(() => "
        f"{first}(...args), {wait});\n  }};\n}}"
    )


def write_fetch(request: CodeRequest) -> str:
    return (
        f"export async function {to_camel(request.name)}(url) {{\n  const response = await "
        "fetch(url);\n  if (!response.ok) {\n    throw new Error(`HTTP ${response.status}`);\n  "
        "}\n  return response.json();\n}"
    )


def write_javascript_tests(request: CodeRequest) -> str:
    name = to_camel(request.name)
    arguments = ", ".join(str(number) for number in range(2, 2 + max(1, len(request.parameters))))
    return (
        f"import {{ {name} }} from './{name}.js';\n\ndescribe('{name}', () => {{\n  "
        f"test('returns a value', () => {{\n    expect({name}({arguments})).toBeDefined();\n  }});"
        f"\n\n  test('gives the same value again', () => {{\n    expect({name}({arguments}))"
        f".toEqual({name}({arguments}));\n  }});\n}});"
    )


def write_javascript_class(request: CodeRequest) -> str:
    members = request.members or (("name", "string"),)
    listed = ", ".join(field for field, _ in members)
    sets = "".join(f"    this.{field} = {field};\n" for field, _ in members)
    methods = "".join(
        f"\n\n  {to_camel(one.name)}({', '.join(name for name, _ in one.parameters)}) {{\n"
        f"    {write_step(one, 'javascript') or 'return this'};\n  }}"
        for one in plan_methods(request.methods, members, request.text)
    )
    return f"export class {request.name} {{\n  constructor({listed}) {{\n{sets}  }}{methods}\n}}"
