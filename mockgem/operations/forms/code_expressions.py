"""Write the expressions of a short Python function in another language."""

from __future__ import annotations

import ast

from mockgem.operations.forms.code_calls import FORMATS, PARTS, PRINTS, TEMPLATES, TWO_VALUES
from mockgem.operations.forms.code_dialect_table import DIALECTS
from mockgem.operations.forms.code_dialects import Dialect
from mockgem.operations.forms.code_names import to_camel, to_pascal, to_snake

STYLES = {"camel": to_camel, "pascal": to_pascal, "snake": to_snake}
OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Mod: "%",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
MAX_DEPTH = 12
SCRIPTS = frozenset(("javascript", "typescript"))
REPEAT = frozenset("javascript typescript kotlin java".split())
"""Languages whose texts have a method that repeats them."""
POWERS = {
    **dict.fromkeys(("javascript", "typescript", "php", "ruby"), "{0} ** {1}"),
    "csharp": "Math.Pow({0}, {1})",
    "java": "Math.pow({0}, {1})",
    "go": "math.Pow({0}, {1})",
    "rust": "{0}.pow({1})",
    "cpp": "std::pow({0}, {1})",
}
TERNARIES = frozenset("javascript typescript java csharp c cpp php ruby swift".split())
LISTS = {
    "java": "List.of({0})",
    "csharp": "new List<{type}> {{ {0} }}",
    "go": "[]{type}{{{0}}}",
    "rust": "vec![{0}]",
    "cpp": "std::vector<{type}>{{{0}}}",
    "c": "{{{0}}}",
    "kotlin": "listOf({0})",
}
"""How a language writes a list of values, where brackets do not do."""


class NotWritable(LookupError):
    """A function has a part that the emitter does not know in a language."""


class ExpressionWriter:
    """Writes expressions. It keeps the kinds of the names that it has met."""

    def __init__(self, language: str, keep: str = "") -> None:
        self.language = language
        self.keep = keep
        self.dialect: Dialect = DIALECTS[language]
        self.kinds: dict[str, str] = {}
        self.returns = "int"
        self.changed: set[str] = set()
        self.depth = 0

    def name_function(self, name: str) -> str:
        return name if name == self.keep else STYLES[self.dialect.name_style](name)

    def name(self, name: str) -> str:
        return f"${name}" if self.language == "php" else name

    def write(self, node: ast.expr) -> str:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotWritable("depth")
        try:
            return self.write_expression(node)
        finally:
            self.depth -= 1

    def write_expression(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=value):
                return self.write_constant(value)
            case ast.Name(id=name):
                return self.name(name)
            case ast.BinOp():
                return self.write_operation(node)
            case ast.BoolOp(op=op, values=values):
                sign = self.dialect.literals[2 if isinstance(op, ast.And) else 3]
                return sign.join(self.write_inner(value) for value in values)
            case ast.UnaryOp(op=ast.Not(), operand=value):
                return f"{self.dialect.literals[4]}({self.write(value)})"
            case ast.UnaryOp(op=ast.USub(), operand=value):
                return f"-{self.write_inner(value)}"
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.write_comparison(left, op, right)
            case ast.Subscript(slice=ast.Slice(), value=value) if ast.unparse(node).endswith(
                "[::-1]"
            ):
                return self.call("reverse", value)
            case ast.Subscript(value=value, slice=index):
                return self.call("letter" if self.kind_of(value) == "str" else "at", value, index)
            case ast.List(elts=[]):
                return self.dialect_call("empty").format(type=self.types_of_result())
            case ast.List(elts=elements):
                row = LISTS.get(self.language, "[{0}]")
                kind = self.dialect.types.get(self.kind_of(elements[0]), "")
                return row.format(", ".join(map(self.write, elements)), type=kind)
            case ast.Dict(keys=keys, values=values) if self.language in SCRIPTS:
                return self.write_object(keys, values)
            case ast.ListComp(generators=[only]) if self.language in SCRIPTS:
                return self.write_mapped(node.elt, only)
            case ast.IfExp(test=test, body=body, orelse=other) if self.language in TERNARIES:
                return f"{self.write(test)} ? {self.write(body)} : {self.write(other)}"
            case ast.Call():
                return self.write_call(node)
            case ast.JoinedStr(values=values):
                return self.write_template(values)
        raise NotWritable(type(node).__name__)

    def write_object(self, keys: list[ast.expr | None], values: list[ast.expr]) -> str:
        rows = []
        for key, value in zip(keys, values, strict=True):
            if not isinstance(key, ast.Constant):
                raise NotWritable("key")
            name = str(key.value)
            rows.append(f"{name if name.isidentifier() else repr(name)}: {self.write(value)}")
        return f"{{ {', '.join(rows)} }}" if rows else "{}"

    def write_mapped(self, element: ast.expr, each: ast.comprehension) -> str:
        """Return a list comprehension as JavaScript writes it: a filter and a map."""
        if not isinstance(each.target, ast.Name) or each.is_async:
            raise NotWritable("comprehension")
        name, kind = each.target.id, self.kind_of(each.iter)
        text = self.write_inner(each.iter)
        if isinstance(each.iter, ast.Call) and ast.unparse(each.iter.func) == "range":
            if len(each.iter.args) > 1:
                raise NotWritable("range")
            text = f"[...Array({self.write(each.iter.args[0])}).keys()]"
        self.kinds[name] = kind[5:-1] or "int"
        for test in each.ifs:
            text = f"{text}.filter(({name}) => {self.write(test)})"
        is_same = isinstance(element, ast.Name) and element.id == name
        return text if is_same else f"{text}.map(({name}) => {self.write(element)})"

    def types_of_result(self) -> str:
        found = self.dialect.types.get(f"returns {self.returns}")
        return found or self.dialect.types.get(self.returns, "")

    def write_constant(self, value: object) -> str:
        if isinstance(value, bool):
            return self.dialect.literals[0 if value else 1]
        if isinstance(value, str):
            quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{quoted}"'
        if isinstance(value, (int, float)):
            return str(value)
        raise NotWritable("constant")

    def write_inner(self, node: ast.expr) -> str:
        text = self.write(node)
        return f"({text})" if isinstance(node, (ast.BinOp, ast.BoolOp)) else text

    def write_operation(self, node: ast.BinOp) -> str:
        if isinstance(node.op, ast.FloorDiv):
            return self.dialect_call("divide").format(
                self.write_inner(node.left), self.write_inner(node.right)
            )
        if isinstance(node.op, ast.Pow):
            row = POWERS.get(self.language, "{pow}({0}, {1})")
            return row.format(self.write_inner(node.left), self.write_inner(node.right), pow="pow")
        sign = OPERATORS.get(type(node.op))
        if sign is None:
            raise NotWritable(type(node.op).__name__)
        if sign == "*" and self.kind_of(node.left) == "str" and self.language in REPEAT:
            return f"{self.write_inner(node.left)}.repeat({self.write(node.right)})"
        if sign == "+" and self.language == "php" and self.kind_of(node) == "str":
            sign = "."
        left, right = self.write_side(node.left, node.op), self.write_side(node.right, node.op, 1)
        return f"{left} {sign} {right}"

    def write_side(self, node: ast.expr, op: ast.operator, at: int = 0) -> str:
        """Return an operand, in brackets if it would bind less than its operator."""
        if not isinstance(node, ast.BinOp):
            return self.write_inner(node)
        is_same = type(node.op) is type(op) and isinstance(op, (ast.Add, ast.Mult))
        weak = bind(node.op) < bind(op) or (at == 1 and bind(node.op) == bind(op) and not is_same)
        return f"({self.write(node)})" if weak else self.write(node)

    def write_compared(self, node: ast.expr) -> str:
        return self.write(node) if isinstance(node, ast.BinOp) else self.write_inner(node)

    def write_comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        if isinstance(op, (ast.In, ast.NotIn)):
            found = self.call("has_letter" if self.kind_of(right) == "str" else "has", right, left)
            return found if isinstance(op, ast.In) else f"{self.dialect.literals[4]}({found})"
        if isinstance(op, ast.IsNot) and "fullmatch" in ast.unparse(left):
            assert isinstance(left, ast.Call)
            return self.call("matches_email", left.args[-1])
        sign = OPERATORS.get(type(op))
        if sign is None:
            raise NotWritable(type(op).__name__)
        if sign == "==" and self.kind_of(left) == "str" and "same_text" in self.dialect.calls:
            return self.call("same_text", left, right)
        if sign in ("==", "!=") and len(self.dialect.equals) > 2:
            sign += "="
        return f"{self.write_compared(left)} {sign} {self.write_compared(right)}"

    def write_call(self, node: ast.Call) -> str:
        match node.func:
            case ast.Name(id="len"):
                is_text = self.kind_of(node.args[0]) == "str"
                has_own = is_text and "text_length" in self.dialect.calls
                return self.call("text_length" if has_own else "length", node.args[0])
            case ast.Name(id="print") if self.language in SCRIPTS:
                return f"console.log({', '.join(map(self.write, node.args))})"
            case ast.Name(id="print") if len(node.args) == 1:
                return PRINTS[self.language].format(self.write(node.args[0]))
            case ast.Name(id="max" | "min" as word) if len(node.args) == 2:
                first, second = map(self.write, node.args)
                return TWO_VALUES[self.language].format(
                    first, second, name=word, pascal=word.capitalize()
                )
            case ast.Name(id="sum") if self.language in SCRIPTS:
                return f"{self.write_inner(node.args[0])}.reduce((total, one) => total + one, 0)"
            case ast.Name(id="sorted"):
                is_text = self.kind_of(node.args[0]) == "str"
                return self.call("sort_letters" if is_text else "sort", node.args[0])
            case ast.Name(id="list") if "fromkeys" in ast.unparse(node):
                inner = node.args[0]
                assert isinstance(inner, ast.Call)
                return self.call("unique", inner.args[0])
            case ast.Name(id="list") if len(node.args) == 1 and self.language in COPIES:
                return COPIES[self.language].format(self.write_inner(node.args[0]))
            case ast.Name(id="float" | "str" as word):
                return self.call("text" if word == "str" else "float", node.args[0])
            case ast.Name(id=name) if name.isidentifier() and not node.keywords:
                arguments = ", ".join(map(self.write, node.args))
                return f"{self.name_function(name)}({arguments})"
            case ast.Attribute(value=value, attr="join"):
                return self.call("join", node.args[0], value)
            case ast.Attribute(value=value, attr=name) if name in PARTS and len(node.args) < 2:
                is_letter = self.kind_of(value) == "letter"
                own = f"letter_{PARTS[name]}"
                part = own if is_letter and own in self.dialect.calls else PARTS[name]
                return self.call(part, value, *node.args)
        raise NotWritable(ast.unparse(node.func))

    def dialect_call(self, name: str) -> str:
        row = self.dialect.calls.get(name)
        if row is None:
            raise NotWritable(name)
        return row

    def call(self, name: str, *arguments: ast.expr) -> str:
        row = self.dialect_call(name)
        first, *rest = arguments
        write = self.write_inner if name == "divide" else self.write
        return row.format(self.write_inner(first), *map(write, rest))

    def write_template(self, values: list[ast.expr]) -> str:
        row = TEMPLATES.get(self.language)
        if row is None:
            return self.write_marked(values)
        start, place, stop = row
        parts = []
        for value in values:
            match value:
                case ast.Constant(value=str() as text):
                    parts.append(text.replace("\n", "\\n"))
                case ast.FormattedValue(value=inner, format_spec=None):
                    parts.append(place.format(self.write(inner)))
                case _:
                    raise NotWritable("template")
        return f"{start}{''.join(parts)}{stop}"

    def write_marked(self, values: list[ast.expr]) -> str:
        """Return a text with places where a function of the language puts values."""
        row = FORMATS.get(self.language)
        if row is None:
            raise NotWritable("template")
        text, given = "", []
        for value in values:
            match value:
                case ast.Constant(value=str() as part):
                    text += part.replace('"', '\\"').replace("\n", "\\n").replace("%", "%%")
                case ast.FormattedValue(value=inner, format_spec=None):
                    text += row[1]
                    given.append(self.write(inner))
                case _:
                    raise NotWritable("template")
        return row[0].format(", ".join([f'"{text}"', *given]))

    def kind_of(self, node: ast.expr) -> str:
        """Return the kind of an expression, as far as the dialects need it."""
        match node:
            case ast.Constant(value=value):
                return type(value).__name__
            case ast.Name(id=name):
                return self.kinds.get(name, "int")
            case ast.JoinedStr():
                return "str"
            case ast.List(elts=[first, *_]):
                return f"list[{self.kind_of(first)}]"
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                return "bool"
            case ast.BinOp(left=left, op=op, right=right):
                kinds = {self.kind_of(left), self.kind_of(right)}
                is_float = isinstance(op, ast.Div) or "float" in kinds
                return "str" if "str" in kinds else "float" if is_float else "int"
            case ast.Subscript(value=value, slice=ast.Slice()):
                return self.kind_of(value)
            case ast.Subscript(value=value):
                kind = self.kind_of(value)
                return "letter" if kind == "str" else kind[5:-1] or "int"
            case ast.Call(func=ast.Name(id="float")):
                return "float"
            case ast.Call(func=ast.Name(id="sorted"), args=[value, *_]):
                return "text" if self.kind_of(value) == "str" else self.kind_of(value)
            case ast.Call(func=ast.Name(id="str")):
                return "str"
            case ast.Call(func=ast.Name(id="list"), args=[ast.Name(id=name)]):
                return self.kinds.get(name, self.returns)
            case ast.Call(func=ast.Name(id="list")):
                return self.returns
            case ast.Call(func=ast.Attribute(attr="split")):
                return "list[str]"
            case ast.Call(func=ast.Attribute(attr=name)) if name in PARTS or name == "join":
                return "str"
        return "int"


COPIES = {
    **dict.fromkeys(("javascript", "typescript"), "[...{0}]"),
    **dict.fromkeys(("swift", "php", "cpp"), "{0}"),
    "go": "slices.Clone({0})",
    "java": "new ArrayList<>({0})",
    "csharp": "{0}.ToList()",
    "kotlin": "{0}.toMutableList()",
    "ruby": "{0}.dup",
    "rust": "{0}.to_vec()",
}
"""How each language copies a list."""


def bind(op: ast.operator) -> int:
    """Return how strongly an operator binds."""
    return 1 if isinstance(op, (ast.Add, ast.Sub)) else 2
