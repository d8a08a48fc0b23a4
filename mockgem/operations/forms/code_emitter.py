"""Write a short Python function in another language.

It knows what short functions need: numbers, texts, lists, loops and conditions. For anything else
it raises `NotWritable`, and its caller takes another way.
"""

from __future__ import annotations

import ast
from collections import Counter

from mockgem.operations.forms.code_dialect_table import DIALECTS
from mockgem.operations.forms.code_expressions import (
    OPERATORS,
    TERNARIES,
    ExpressionWriter,
    NotWritable,
)
from mockgem.operations.forms.lazy_patterns import make_regex

SHOWN_FORMAT = make_regex(r'println!\("\{\}", format!\(([^\n]*)\)\);')
IMPORTS = (
    ("fmt.", "fmt"),
    ("math.", "math"),
    ("regexp.", "regexp"),
    ("slices.", "slices"),
    ("strings.", "strings"),
)
"""What a Go program uses, and the package of it."""


class Emitter(ExpressionWriter):
    """Writes one function."""

    def write_function(self, function: ast.FunctionDef) -> str:
        self.kinds = {arg.arg: read_kind(arg.annotation) for arg in function.args.args}
        self.returns = read_kind(function.returns)
        self.changed = find_changed(function)
        body = [row for row in function.body if not is_doc(row)]
        lines = [line for row in body for line in self.write_statement(row)]
        name = self.name_function(function.name)
        is_silent = self.returns == "None"
        written = self.dialect.function.format(
            name=name,
            parameters=", ".join(self.write_parameters(function)),
            returns="void" if is_silent else self.find_type(self.returns, is_return=True),
            body="\n".join(self.indent(lines)),
        )
        return NO_RESULT.sub(")", written, 1) if is_silent else written

    def write_statements(self, rows: list[ast.stmt]) -> str:
        """Return statements outside of functions, in a main function if the language needs one."""
        self.changed = find_changed(ast.Module(rows, []))
        lines = [line for row in rows for line in self.write_statement(row)]
        main = MAINS.get(self.language)
        return main.format("\n".join(self.indent(lines))) if main else "\n".join(lines)

    def write_parameters(self, function: ast.FunctionDef) -> list[str]:
        rows = []
        given = function.args
        named = given.args[len(given.args) - len(given.defaults) :]
        defaults = {arg.arg: value for arg, value in zip(named, given.defaults, strict=True)}
        for arg in function.args.args:
            kind = self.kinds[arg.arg]
            row = self.dialect.parameter.format(name=self.name(arg.arg), type=self.find_type(kind))
            if self.language in HAVE_DEFAULTS and arg.arg in defaults:
                row = f"{row} = {self.write(defaults[arg.arg])}"
            rows.append(row.replace("* ", "*"))
            if self.language == "c" and kind.startswith("list"):
                rows.append("int length")
        return rows

    def find_type(self, kind: str, is_return: bool = False) -> str:
        types = self.dialect.types
        if not types:
            return ""
        found = types.get(f"returns {kind}") if is_return else None
        found = found or types.get(kind)
        if found is None:
            raise NotWritable(kind)
        return found

    def indent(self, lines: list[str]) -> list[str]:
        return [f"{self.dialect.indent}{line}" for line in lines]

    def write_statement(self, row: ast.stmt) -> list[str]:
        match row:
            case ast.Return(value=ast.IfExp(test=test, body=body, orelse=other)) if (
                self.language not in TERNARIES
            ):
                first = self.write_condition(ast.If(test, [ast.Return(body)], []))
                return [*first, *self.write_statement(ast.Return(other))]
            case ast.Return(value=value) if value is not None:
                return self.end(f"return {self.write_result(value)}")
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return self.write_assignment(name, value)
            case ast.Assign(targets=[ast.Subscript() as target], value=value):
                if self.language == "java" and isinstance(target.slice, ast.expr):
                    items, at = self.write(target.value), self.write(target.slice)
                    return self.end(f"{items}.set({at}, {self.write(value)})")
                return self.end(f"{self.write(target)} = {self.write(value)}")
            case ast.AugAssign(target=target, op=op, value=value) if type(op) in OPERATORS:
                sign = OPERATORS[type(op)]
                sign = "." if self.language == "php" and self.kind_of(value) == "str" else sign
                return self.end(f"{self.write(target)} {sign}= {self.write(value)}")
            case ast.If():
                return self.write_condition(row)
            case ast.While(test=test, body=body):
                head = self.dialect.condition.format(word=self.loop_word, test=self.write(test))
                return self.write_block(head, body)
            case ast.For(target=ast.Name(id=name), iter=items, body=body, orelse=[]):
                return self.write_block(self.write_loop(name, items), body)
            case ast.Expr(value=ast.Call() as call):
                return self.end(self.write(call))
        raise NotWritable(type(row).__name__)

    @property
    def loop_word(self) -> str:
        return "for" if self.language == "go" else "while"

    def end(self, line: str) -> list[str]:
        return [f"{line}{self.dialect.stop}"]

    def write_result(self, value: ast.expr) -> str:
        text = self.write(value)
        owned = self.language == "rust" and self.returns == "str"
        if owned and (
            isinstance(value, ast.Constant)
            or (isinstance(value, ast.Name) and value.id not in self.changed)
        ):
            return f"{text}.to_string()"
        return text

    def write_assignment(self, name: str, value: ast.expr) -> list[str]:
        kind = self.kind_of(value)
        if name in self.kinds:
            return self.end(f"{self.name(name)} = {self.write(value)}")
        empty = isinstance(value, ast.List) and not value.elts
        self.kinds[name] = kind = self.returns if empty else kind
        row = self.dialect.variable if name in self.changed else self.dialect.constant
        known = self.find_type(kind, is_return=True) if "{type}" in row else ""
        text = self.write(value)
        if self.language == "rust" and kind == "str" and isinstance(value, ast.Constant):
            text = f"{text}.to_string()"
        return row.format(name=self.name(name), value=text, type=known).split("\n")

    def write_block(self, head: str, body: list[ast.stmt]) -> list[str]:
        inside = [line for row in body for line in self.write_statement(row)]
        return [*head.split("\n"), *self.indent(inside), self.dialect.end]

    def write_condition(self, row: ast.If) -> list[str]:
        head = self.dialect.condition.format(word="if", test=self.write(row.test))
        lines = self.write_block(head, row.body)[:-1]
        rest = row.orelse
        while len(rest) == 1 and isinstance(rest[0], ast.If):
            head = self.dialect.other.format(test=self.write(rest[0].test))
            lines += self.write_block(head, rest[0].body)[:-1]
            rest = rest[0].orelse
        if rest:
            lines += self.write_block(self.dialect.otherwise, rest)[:-1]
        return [*lines, self.dialect.end]

    def write_loop(self, name: str, items: ast.expr) -> str:
        if isinstance(items, ast.Call) and ast.unparse(items.func) == "range":
            if len(items.args) > 2:
                raise NotWritable("range")
            self.kinds[name] = "int"
            start = self.write(items.args[0]) if len(items.args) == 2 else "0"
            return self.dialect.counts.format(
                name=self.name(name), start=start, stop=self.write(items.args[-1])
            )
        kind = self.kind_of(items)
        self.kinds[name] = "letter" if kind == "str" else kind[5:-1] or "int"
        row = self.dialect.each_letter if kind == "str" else self.dialect.each
        known = self.dialect.types.get(self.kinds[name], "")
        return row.format(name=self.name(name), items=self.write(items), type=known)


def read_kind(node: ast.expr | None) -> str:
    """Return the kind that an annotation names; without one, a whole number."""
    return ast.unparse(node) if node is not None else "int"


def is_doc(row: ast.stmt) -> bool:
    return isinstance(row, ast.Expr) and isinstance(row.value, ast.Constant)


def find_changed(function: ast.FunctionDef | ast.Module) -> set[str]:
    """Return the names that a function gives another value, or to whose list it adds."""
    counts: Counter[str] = Counter()
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]):
                counts[name] += 1
            case ast.AugAssign(target=ast.Name(id=name)):
                counts[name] += 2
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append")):
                counts[name] += 2
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                counts[name] += 2
    return {name for name, count in counts.items() if count > 1}


def translate_python(source: str, language: str, keep: str = "") -> str:
    """Return Python functions in another language; raise `NotWritable` if there is no way.

    Args:
        keep: The name of a function that stays as it is, whatever the style of the language.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotWritable("syntax") from error
    functions = [row for row in tree.body if isinstance(row, ast.FunctionDef)]
    others = [row for row in tree.body if not isinstance(row, ast.FunctionDef)]
    if language not in DIALECTS:
        raise NotWritable(language)
    parts = [Emitter(language, keep).write_function(row) for row in functions]
    if others:
        parts.append(Emitter(language, keep).write_statements(others))
        parts = [part.removeprefix("export ") for part in parts]
    return add_imports("\n\n".join(parts), language)


HAVE_DEFAULTS = frozenset("typescript javascript kotlin php cpp swift csharp".split())
"""Languages whose parameters have default values."""
NO_RESULT = make_regex(r"\)(?: ->|:)? void\b(?=\s*\{)")
"""The type of a function that returns nothing, where a language leaves it out."""
MAINS = {
    "go": "func main() {{\n{0}\n}}",
    "rust": "fn main() {{\n{0}\n}}",
    "c": "int main(void) {{\n{0}\n    return 0;\n}}",
    "cpp": "int main() {{\n{0}\n    return 0;\n}}",
    "kotlin": "fun main() {{\n{0}\n}}",
    "java": "public static void main(String[] args) {{\n{0}\n}}",
}


def add_imports(text: str, language: str) -> str:
    """Return a program with the imports that it uses."""
    if language == "java" and "void main(" in text:
        inside = "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
        imports = "import java.util.List;\n\n" if "List" in text else ""
        return f"{imports}public class Main {{\n{inside}\n}}"
    if language == "rust":
        return SHOWN_FORMAT.sub(r"println!(\1);", text)
    if language == "go":
        used = [f'import "{package}"\n' for word, package in IMPORTS if word in text]
        return f"package main\n\n{''.join(used)}{chr(10) if used else ''}{text}"
    if language == "c":
        used = [
            f"#include <{file}.h>\n"
            for word, file in (
                ("bool", "stdbool"),
                ("printf", "stdio"),
                ("str", "string"),
                ("tolower", "ctype"),
            )
            if word in text
        ]
        return f"{''.join(used)}{chr(10) if used else ''}{text}"
    if language == "cpp":
        used = [
            f"#include <{file}>\n"
            for word, file in (
                ("std::find", "algorithm"),
                ("std::pow", "cmath"),
                ("std::format", "format"),
                ("std::cout", "iostream"),
                ("std::string", "string"),
                ("std::vector", "vector"),
            )
            if word in text
        ]
        return f"{''.join(used)}{chr(10) if used else ''}{text}"
    if language == "php":
        return "<?php\n\n" + text.replace("<?php\n\n", "")
    return text
