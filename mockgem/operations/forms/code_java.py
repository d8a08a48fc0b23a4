"""Java for a request."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_methods import Members, Method, plan_methods
from mockgem.operations.forms.code_names import to_camel, to_pascal
from mockgem.operations.forms.code_replies import write_spring_reply
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_steps import write_step
from mockgem.operations.forms.code_tests import write_junit_for
from mockgem.operations.forms.lazy_patterns import make_regex

JAVA_TYPES = {
    "string": "String",
    "integer": "int",
    "number": "double",
    "boolean": "boolean",
    "array": "List<String>",
}


JAVA_METHOD = make_regex(
    r"(?:\b(void|int|double|boolean|String|long|List<\w+>) )?\b([a-z]\w*)\(([^()\n]{0,80})\)"
)


def write_java_extras(request: CodeRequest, members: tuple[tuple[str, str], ...]) -> str:
    """Return the setters and toString of a class, if a prompt wants them."""
    parts = []
    if re.search(r"\bsetters?\b", request.text, re.I):
        parts += [
            f"    public void set{to_pascal(name)}({JAVA_TYPES.get(kind, 'String')} {name}) {{\n"
            f"        this.{name} = {name};\n    }}"
            for name, kind in members
        ]
    if re.search(r"\bto ?string\b", request.text, re.I):
        shown = ' + ", " + '.join(name for name, _ in members)
        parts.append(
            f"    @Override\n    public String toString() {{\n"
            f'        return "{request.name}: " + {shown};\n    }}'
        )
    return "".join(f"\n\n{part}" for part in parts)


TESTED = make_regex(
    r"\b([A-Z]\w+) class\b|\b(?:class|[Kk]lasse|clase|classe) (?:called |named )?[`\"']?([A-Z]\w+)"
)


def write_java_interface(request: CodeRequest) -> str:
    """Return an interface with the methods that a prompt names."""
    found = {
        name: (kind or "void", given) for kind, name, given in JAVA_METHOD.findall(request.text)
    }
    names = dict.fromkeys([*found, *request.methods])
    rows = [
        f"    {found.get(name, ('void', ''))[0]} {name}({found.get(name, ('', ''))[1]});"
        for name in names
    ]
    return f"public interface {request.name} {{\n" + "\n\n".join(rows) + "\n}"


def write_spring(text: str) -> str:
    """Return a controller of Spring with the path and the methods that a text names."""
    if source := write_spring_reply(text):
        return source
    path = re.search(r"(?<![\w:/.])(/[a-z][\w/-]*)", text)
    things = re.search(
        r"\b(?:for|of|managing) (?:managing )?(?:an? |the |all )?([a-z]{3,20}s)\b", text
    )
    base = path[1].rstrip("/") if path else f"/api/{things[1] if things else 'items'}"
    plural = base.rpartition("/")[2]
    thing = to_pascal(plural.rstrip("s").replace("-", "_"))
    rows = [
        f"    @GetMapping\n    public List<{thing}> list() {{\n        return "
        f"repository.findAll();\n    }}",
        f'    @GetMapping("/{{id}}")\n    public {thing} get(@PathVariable Long id) {{\n'
        "        return repository.findById(id).orElseThrow();\n    }",
    ]
    if re.search(r"\bPOST\b|\bcreat\w+\b[^.\n]{0,20}\bendpoint|\bCRUD\b", text):
        rows.append(
            f"    @PostMapping\n    public {thing} create(@RequestBody {thing} body) {{\n"
            "        return repository.save(body);\n    }"
        )
    if re.search(r"\bDELETE\b|\bCRUD\b", text):
        rows.append(
            '    @DeleteMapping("/{id}")\n    public void delete(@PathVariable Long id) {\n'
            "        repository.deleteById(id);\n    }"
        )
    body = "\n\n".join(rows)
    return (
        "import java.util.List;\nimport org.springframework.web.bind.annotation.*;\n\n"
        "@RestController\n"
        f'@RequestMapping("{base}")\npublic class {thing}Controller {{\n'
        f"    private final {thing}Repository repository;\n\n"
        f"    public {thing}Controller({thing}Repository repository) {{\n"
        f"        this.repository = repository;\n    }}\n\n{body}\n}}"
    )


def write_java(request: CodeRequest) -> str:
    if request.kind == "interface":
        return write_java_interface(request)
    if request.kind == "tests":
        tested = TESTED.search(request.text)
        name = (tested[1] or tested[2]) if tested else to_pascal(request.name)
        return write_junit_for(name, request.methods)
    if re.search(r"\brecord\b", request.text):
        name = request.name if request.name[:1].isupper() else "Item"
        members = request.members or (("id", "integer"), ("name", "string"))
        return f"public record {name}({declare_java(members)}) {{\n}}"
    if request.kind == "class" or request.members:
        members = request.members if request.members or request.methods else (("name", "string"),)
        return write_java_class(request, members)
    return (
        f"public class Main {{\n    static int {to_camel(request.name)}(int[] values) {{\n  "
        f"      int total = 0;\n        for (int value : values) {{\n            total += "
        "value;\n        }\n        return total;\n    }\n\n    public static void "
        f"main(String[] args) {{\n        System.out.println({to_camel(request.name)}(new "
        f"int[] {{1, 2, 3}}));\n    }}\n}}"
    )


def declare_java(members: Members, own: str = "Object") -> str:
    """Return members as the parameters of a record, a constructor or a method of a class."""
    types = {**JAVA_TYPES, "object": own}
    return ", ".join(f"{types.get(kind, 'String')} {name}" for name, kind in members)


def write_java_method(method: Method, text: str, own: str) -> str:
    """Return a method with the head that a prompt gives, or with the parameters that it needs."""
    name = to_camel(method.name)
    head = next((row for row in JAVA_METHOD.finditer(text) if row[2] == name and row[1]), None)
    returns = JAVA_TYPES.get(method.returns, "String") if method.returns else "void"
    if head is not None:
        value = JAVA_EMPTY.get(head[1], "null")
        body = "" if head[1] == "void" else f"        return {value};\n"
        return f"    public {head[1]} {name}({head[3]}) {{\n{body}    }}"
    step = write_step(method, "java") if method.step else ""
    body = f"        {step};\n" if step else ""
    return f"    public {returns} {name}({declare_java(method.parameters, own)}) {{\n{body}    }}"


JAVA_EMPTY = {"int": "0", "long": "0", "double": "0", "boolean": "true", "String": '""'}


def write_java_class(request: CodeRequest, members: Members) -> str:
    """Return a class with private fields, a constructor, getters and the methods in a prompt."""
    final = "" if re.search(r"\bsetters?\b", request.text, re.I) else "final "
    fields = "\n".join(
        f"    private {final}{JAVA_TYPES.get(kind, 'String')} {name};" for name, kind in members
    )
    sets = "\n".join(f"        this.{name} = {name};" for name, _ in members)
    getters = {f"get{to_pascal(name)}" for name, _ in members}
    names = tuple(name for name in request.methods if name not in (*getters, "toString"))
    methods = "".join(
        f"\n\n{write_java_method(one, request.text, request.name)}"
        for one in plan_methods(names, members, request.text)
    )
    if any(f"{name} {sign}=" in methods for name, _ in members for sign in "+-*"):
        fields = fields.replace("private final ", "private ")
    gets = "\n\n".join(
        f"    public {JAVA_TYPES.get(kind, 'String')} get{to_pascal(name)}() {{\n   "
        f"     return {name};\n    }}"
        for name, kind in members
    )
    gets += write_java_extras(request, members)
    if not members:
        return f"public class {request.name} {{\n{methods.lstrip(chr(10))}\n}}"
    return (
        f"public class {request.name} {{\n{fields}\n\n    public "
        f"{request.name}({declare_java(members)}) {{\n{sets}\n    }}\n\n{gets}{methods}\n}}"
    )
