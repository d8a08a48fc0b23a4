"""Find every text with which mockgem refuses a request in the service's name, in its source code.

A text is a template: what depends on the request is a name in braces. The search starts where
errors are made (`SINKS`) and follows the message through names, branches, helpers and constants.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from tests.docs.source_modules import (
    Function,
    Module,
    find_constant,
    find_function,
    find_locals,
    list_parameters,
    read_modules,
    walk,
)

FOLDERS = ("app/", "dialects/", "operations/", "server/media_fetch.py")
OWN_FOLDERS = ("dialects/admin/", "app/cassette_list.py")
"""Texts of mockgem's own API are not the service's."""
NOT_SERVICE = ("operations/resource_control.py", "operations/generated_media.py")
"""Files whose texts are for testers, and media links of this server."""
SINKS = {
    "invalid": 0,
    "Failure": 1,
    "encode_word_error": 2,
    "invalid_json_error": 0,
    "SocketClose": 1,
}
"""Calls that make an error, and which argument is its message."""
WRITERS = re.compile(r"find_\w*flaws\Z|find_vertex_problem\Z|describe_(?!location|key)\w+\Z")
"""Functions that return a whole message, or yield its lines."""
WRITER_FILES = (
    "dialects/common/openapi_schema.py",
    "dialects/common/vertex_errors.py",
    "dialects/gemini/predict_parameters.py",
)
MESSAGE_FIELDS = ("missing",)
"""Fields of values that are messages."""
MAX_TEXTS = 60
"""Combinations of one message, at most."""
MAX_DEPTH = 12
MAX_WORDS = 4
"""Words that a message can have at one place. More are shown as a name in braces."""


@dataclass(frozen=True)
class Place:
    """Where an expression stands: this decides what its names mean."""

    module: str
    function: Function | None = None
    depth: int = 0
    busy: frozenset[str] = frozenset()

    def enter(self, name: str = "") -> Place:
        """Return the place one step deeper, inside the value of a local name."""
        return replace(self, depth=self.depth + 1, busy=self.busy | {name} if name else self.busy)


@dataclass(frozen=True)
class Found:
    """A text and where an error says it: a file and a function."""

    text: str
    file: str
    function: str


def find_texts() -> list[Found]:
    """Return every text, sorted by file and place in it."""
    found: dict[Found, None] = {}
    for name, module in read_modules().items():
        if not is_service(module):
            continue
        for expression, function in find_messages(module):
            for text in resolve(expression, Place(name, function)):
                if " " in text and not is_hole(text) and "mockgem" not in text:
                    found[Found(text, module.path, function.name if function else "")] = None
    return list(found)


def is_service(module: Module) -> bool:
    """Return whether the errors of a file are in the service's name."""
    others = (*OWN_FOLDERS, *NOT_SERVICE)
    return module.path.startswith(FOLDERS) and not module.path.startswith(others)


def is_hole(text: str) -> bool:
    """Return whether a text is only what another error says."""
    return re.fullmatch(r"\s*(\{\w+\}\s*)*", text) is not None


def find_messages(module: Module) -> Iterator[tuple[ast.expr, Function | None]]:
    """Yield the expressions that are messages of errors, with their functions."""
    for node, function in walk(module.tree, None):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in SINKS:
                yield from [(one, function) for one in list_arguments(node, SINKS[name], "message")]
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="violations"), attr="append"),
                args=[ast.Tuple(elts=[_, text])],
            ):
                yield text, function
            case ast.Call(func=ast.Attribute(attr="fail"), args=[text]) if is_parser(module):
                yield text, function
            case ast.Call(
                func=ast.Name(id="bad_request_error"),
                args=[ast.List(elts=[ast.Tuple(elts=[_, text])])],
            ):
                yield text, function
            case ast.Return(value=ast.expr() as text) if is_writer(module, function):
                yield text, function
            case ast.Yield(value=ast.expr() as text) if is_writer(module, function):
                yield text, function
            case ast.YieldFrom(value=ast.ListComp(elt=text)) if is_writer(module, function):
                yield text, function
            case ast.keyword(arg=name, value=text) if name in MESSAGE_FIELDS:
                yield text, function
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as text) if (
                name in MESSAGE_FIELDS
            ):
                yield text, function
            case ast.Dict():
                yield from [
                    (value, function)
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value == "message"
                ]


def is_parser(module: Module) -> bool:
    return module.path == "dialects/common/json_parser.py"


def is_writer(module: Module, function: Function | None) -> bool:
    is_named = function is not None and WRITERS.match(function.name) is not None
    return is_named and module.path in WRITER_FILES


def list_arguments(call: ast.Call, position: int, name: str) -> list[ast.expr]:
    """Return the argument at a position or with a name."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return call.args[position : position + 1] or named


def resolve(node: ast.expr, place: Place) -> list[str]:
    """Return the texts that an expression can be: templates with names in braces."""
    return list(dict.fromkeys(islice(resolve_each(node, place), MAX_TEXTS)))


def resolve_each(node: ast.expr, place: Place) -> Iterator[str]:
    if place.depth > MAX_DEPTH:
        yield name_hole(node)
        return
    inner = place.enter()
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            yield from combine([resolve(value, inner) for value in values])
        case ast.FormattedValue(value=value):
            texts = resolve(value, inner) if isinstance(value, ast.Name | ast.IfExp) else []
            is_known = 0 < len(texts) <= MAX_WORDS and not any(map(is_hole, texts))
            yield from texts if is_known else [name_hole(value)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from combine([resolve(left, inner), resolve(right, inner)])
        case ast.IfExp(body=body, orelse=other):
            yield from [*resolve(body, inner), *resolve(other, inner)]
        case ast.BoolOp(values=values):
            yield from [text for value in values for text in resolve(value, inner)]
        case ast.Name():
            yield from resolve_name(node, inner)
        case ast.Subscript(value=ast.Name() as table):
            yield from resolve_table(table, node, inner)
        case ast.Call():
            yield from resolve_call(node, inner)
        case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            yield from resolve(element, inner)
        case _:
            yield name_hole(node)


def combine(pieces: list[list[str]]) -> Iterator[str]:
    return ("".join(choice) for choice in product(*pieces))


def name_hole(node: ast.expr) -> str:
    """Return a name in braces for what depends on the request."""
    words = [
        one.id if isinstance(one, ast.Name) else one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute)
    ]
    keys = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    names = [str(key) for key in keys if isinstance(key, str) and key.isidentifier()]
    names += [word for word in words if word not in UNTELLING]
    return f"{{{(names or ['value'])[0].lower()}}}"


UNTELLING = frozenset(
    (
        *(*dir(builtins), "self", "json", "dumps", "join", "value", "get", "items", "part"),
        *("upper", "lower", "capitalize", "strip", "removeprefix", "rpartition", "shorten"),
        *(
            "name_model",
            "describe",
            "hide_secrets",
            "to_camel_case",
            "redact_keys",
            "build_request_id",
        ),
    )
)
"""Words that do not say what stands at a place."""


def resolve_name(node: ast.Name, place: Place) -> Iterator[str]:
    """Return what a local name, a parameter or a constant can be."""
    function = place.function
    if function is not None:
        values = [value for name, value in find_locals(function) if name == node.id]
        texts = [] if node.id in place.busy else resolve_all(values, place.enter(node.id))
        is_parameter = node.id in list_parameters(function)
        if is_parameter:
            texts += resolve_parameter(node, function, place)
        if values or is_parameter:
            yield from texts or [name_hole(node)]
            return
    value, owner = find_constant(node.id, place.module)
    resolved = resolve(value, Place(owner, None, place.depth)) if value is not None else []
    yield from resolved or [name_hole(node)]


def resolve_all(nodes: list[ast.expr], place: Place) -> list[str]:
    return [text for node in nodes for text in resolve(node, place)]


TEXT_PARAMETERS = ("message", "text", "why", "words", "complaint", "problem")
"""Parameters that callers give a part of a message for."""


def resolve_parameter(node: ast.Name, function: Function, place: Place) -> list[str]:
    """Return what callers give for a parameter that is a text."""
    if node.id not in TEXT_PARAMETERS:
        return []
    position = list_parameters(function).index(node.id)
    texts = []
    for name, call, caller in find_calls(function.name):
        skipped = int(isinstance(call.func, ast.Attribute) and is_method(function))
        for argument in list_arguments(call, position - skipped, node.id):
            texts += resolve(argument, Place(name, caller, place.depth))
    return list(dict.fromkeys(texts))


def is_method(function: Function) -> bool:
    return list_parameters(function)[:1] == ["self"]


@cache
def index_calls() -> dict[str, list[tuple[str, ast.Call, Function | None]]]:
    calls: dict[str, list[tuple[str, ast.Call, Function | None]]] = {}
    for name, module in read_modules().items():
        if not is_service(module):
            continue
        for node, function in walk(module.tree, None):
            match node:
                case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)):
                    calls.setdefault(called, []).append((name, node, function))
    return calls


def find_calls(name: str) -> list[tuple[str, ast.Call, Function | None]]:
    return index_calls().get(name, [])


def resolve_table(table: ast.Name, node: ast.Subscript, place: Place) -> Iterator[str]:
    """Return the texts of a table that a key selects."""
    local = dict(find_locals(place.function)) if place.function else {}
    value, owner = (
        (local[table.id], place.module)
        if table.id in local
        else find_constant(table.id, place.module)
    )
    yield from resolve_values(value, Place(owner, place.function, place.depth)) or [name_hole(node)]


def resolve_values(table: ast.expr | None, place: Place) -> list[str]:
    values = table.values if isinstance(table, ast.Dict) else []
    texts = [text for value in values for text in resolve(value, place)]
    return [text for text in texts if not is_hole(text)]


def resolve_call(call: ast.Call, place: Place) -> Iterator[str]:
    """Return what a method of a text, or a function of the package, returns."""
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(), attr="join"),
            args=[ast.GeneratorExp(elt=element) | ast.ListComp(elt=element)],
        ):
            yield from resolve(element, place)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.Name() as name]
        ):
            yield from resolve(name, place)
        case ast.Call(func=ast.Attribute(value=value, attr="replace" | "strip" | "rstrip")):
            yield from resolve(value, place)
        case ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="get"), args=arguments):
            found, owner = find_constant(table.id, place.module)
            texts = resolve_values(found, Place(owner, None, place.depth))
            others = resolve_all(arguments[1:], place) if texts else []
            yield from [*texts, *others] or [name_hole(call)]
        case ast.Call(func=ast.Name(id=name)):
            yield from resolve_function(name, call, place)
        case _:
            yield name_hole(call)


def resolve_function(name: str, call: ast.Call, place: Place) -> Iterator[str]:
    owner, function = find_function(name, place.module)
    if function is None:
        yield name_hole(call)
        return
    inner = Place(owner, function, place.depth)
    values = [node.value for node in ast.walk(function) if isinstance(node, ast.Return | ast.Yield)]
    texts = [text for value in values if value is not None for text in resolve(value, inner)]
    yield from texts or [name_hole(call)]


if __name__ == "__main__":
    for one in find_texts():
        print(f"{one.file}:{one.function}: {one.text!r}")
