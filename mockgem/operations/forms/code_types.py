"""Types for the parameters and the results of given Python functions."""

from __future__ import annotations

import ast
import warnings

from mockgem.operations.forms.code_signatures import guess_kind


def parse_python(source: str) -> ast.Module | None:
    """Return the syntax tree of a program; None, without a warning, for any other text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def annotate(source: str) -> str:
    """Return Python functions with types for all parameters and for what they return."""
    tree = parse_python(source)
    if tree is None:
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for arg in node.args.args:
                arg.annotation = arg.annotation or ast.parse(find_kind(arg.arg, node)).body[0].value  # type: ignore[attr-defined]
            node.returns = node.returns or ast.Name(find_return(node))
    return ast.unparse(ast.fix_missing_locations(tree))


def find_kind(name: str, function: ast.FunctionDef) -> str:
    """Return the kind of a parameter, by what its function does with it, else by its name."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Name(id="dict"), args=[ast.Name(id=found)]) if found == name:
                return "dict"
            case ast.Call(func=ast.Attribute(attr="update"), args=[ast.Name(id=found)]) if (
                found == name
            ):
                return "dict"
            case ast.Call(func=ast.Attribute(attr="extend"), args=[ast.Name(id=found)]) if (
                found == name
            ):
                return "list"
            case ast.Call(func=ast.Name(id="min" | "max"), args=[_, _, *_] as values) if any(
                isinstance(value, ast.Name) and value.id == name for value in values
            ):
                return "int"
            case ast.Compare(left=left, ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()]) if (
                name in (ast.unparse(left), *map(ast.unparse, node.comparators))
                and guess_kind(name) == "str"
            ):
                return "int"
            case ast.For(iter=ast.Name(id=found)) if found == name:
                return guess_kind(name) if guess_kind(name).startswith("list") else "list[int]"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr=part)) if (
                found == name and part in ("lower", "upper", "strip", "split", "replace")
            ):
                return "str"
            case ast.Dict(keys=[*keys], values=[*values]) if any(
                key is None and isinstance(value, ast.Name) and value.id == name
                for key, value in zip(keys, values, strict=True)
            ):
                return "dict"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr=part)) if (
                found == name and part in ("items", "keys", "values", "update")
            ):
                return "dict"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=found), attr=part)) if (
                found == name and part in ("append", "extend", "sort", "insert")
            ):
                return "list"
            case ast.Call(
                func=ast.Name(id="sum" | "sorted" | "max" | "min"), args=[ast.Name(id=found)]
            ) if found == name:
                return guess_kind(name) if guess_kind(name).startswith("list") else "list[float]"
    return find_default(name, function) or ("int" if name in SIZES else guess_kind(name))


SIZES = frozenset("capacity size max_size maxsize limit ttl port timeout retries count".split())
"""Names of parameters that are whole numbers."""


def find_default(name: str, function: ast.FunctionDef) -> str:
    """Return the kind of the default of a parameter; empty without one that shows it."""
    given = zip(reversed(function.args.args), reversed(function.args.defaults), strict=False)
    found = next((default for arg, default in given if arg.arg == name), None)
    if not isinstance(found, ast.Constant) or found.value is None:
        return ""
    kind = type(found.value).__name__
    return kind if kind in ("bool", "int", "float", "str") else ""


def find_assigned(name: str, function: ast.FunctionDef) -> ast.expr | None:
    """Return the first value that a function gives a name; None without one."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                return value
    return None


def find_return(function: ast.FunctionDef) -> str:
    """Return the kind of what a function returns, as far as its last return shows it."""
    returned = [
        node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value
    ]
    if not returned:
        return "None"
    told = [node for node in returned if not is_none(node)]
    if told and len(told) < len(returned):
        return f"{find_kind_of(told[-1], function)} | None"
    return find_kind_of(returned[-1], function)


def is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def find_kind_of(shown: ast.expr, function: ast.FunctionDef) -> str:
    """Return the kind of a value that a function returns, as far as its code shows it."""
    if isinstance(shown, ast.Name):
        shown = find_assigned(shown.id, function) or shown
    match shown:
        case ast.Constant(value=value):
            return type(value).__name__ if value is not None else "None"
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return "bool"
        case ast.JoinedStr():
            return "str"
        case ast.Dict() | ast.DictComp():
            return "dict"
        case ast.List() | ast.ListComp():
            return "list"
        case ast.Call(func=ast.Attribute(attr="join" | "strip" | "lower" | "upper" | "replace")):
            return "str"
        case ast.Call(func=ast.Attribute(attr="load" | "loads" | "json")):
            return "dict"
        case ast.Call(func=ast.Name(id="len" | "int" | "sum")):
            return "int"
        case ast.Call(func=ast.Name(id="str" | "list" | "dict" | "set" | "bool" as name)):
            return name
        case ast.BinOp(op=ast.Div()):
            return "float"
    kinds = {find_kind(arg.arg, function) for arg in function.args.args}
    return "float" if "float" in kinds else "str" if "str" in kinds else "int"


def add_types(source: str) -> str:
    """Return Python with type hints; the program stays as it is but for the heads of functions."""
    tree = parse_python(source)
    if tree is None:
        return ""
    lines = source.split("\n")
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in functions:
        first = node.body[0].lineno - 1
        if first - node.lineno > 0:
            continue
        if first <= node.lineno - 1:
            indent = lines[first][: node.col_offset]
            body = lines[first].encode()[node.body[0].col_offset :].decode()
            lines[first] = f"{indent}{write_head(node)}\n{indent}    {body}"
            continue
        head = lines[node.lineno - 1]
        indent = head[: len(head) - len(head.lstrip())]
        lines[node.lineno - 1] = f"{indent}{write_head(node)}"
    return "\n".join(lines)


def write_head(node: ast.FunctionDef) -> str:
    """Return the head of a function with types."""
    for arg in node.args.args:
        if arg.annotation is None and arg.arg not in ("self", "cls"):
            arg.annotation = ast.Name(find_kind(arg.arg, node))
    for arg, default in zip(reversed(node.args.args), reversed(node.args.defaults), strict=False):
        if isinstance(default, ast.Constant) and default.value is None and arg.annotation:
            kind = ast.unparse(arg.annotation)
            arg.annotation = ast.Name(f"{kind} | None" if "None" not in kind else kind)
    returns = ast.unparse(node.returns) if node.returns else find_return(node)
    return f"def {node.name}({ast.unparse(node.args)}) -> {returns}:"
