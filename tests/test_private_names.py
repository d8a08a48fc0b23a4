"""Names that libraries do not promise to keep, and that mockgem uses all the same.

A new version of a library may drop such a name. Then `test_the_library_still_has_the_name` fails:
change the code that uses it, or lower the upper bound of the library in pyproject.toml.
`test_every_use_is_in_the_table` finds uses that the table lacks.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mockgem"


@dataclass(frozen=True)
class PrivateName:
    """A name of a library: `owner` is where it is found, `purpose` what mockgem does with it."""

    library: str
    owner: str
    name: str
    purpose: str
    find_owner: Callable[[], Any] | None = None
    """Makes the owner where the name belongs to an instance and cannot be found on its class."""

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


def make_aiohttp_server() -> Any:
    """Return a server of aiohttp, which has to be made in a running loop."""
    import asyncio

    from aiohttp import web

    async def make() -> web.Server:
        return web.Server(lambda request: None)  # type: ignore[arg-type,return-value]

    with asyncio.Runner() as runner:
        return runner.run(make())


def make_aiohttp_stream() -> Any:
    from unittest.mock import Mock

    from aiohttp import StreamReader

    return StreamReader(Mock(), 1024, loop=Mock())


def make_aiohttp_socket() -> Any:
    """Return a client's WebSocket of aiohttp, without a connection."""
    from unittest.mock import Mock

    from aiohttp import ClientWebSocketResponse

    parts: list[Any] = [Mock() for _ in ClientWebSocketResponse.__init__.__code__.co_varnames[1:9]]
    return ClientWebSocketResponse(*parts)


def make_transport(package: str, kind: str) -> Callable[[], Any]:
    return lambda: getattr(pytest.importorskip(package), kind)(verify=False)


QUICK = "answers a request in the round of the event loop in which it arrived, without a task"
POOL = "sends the requests of an SDK to a server in the same process"
LIMITS = "answers a client that closed its side, and closes a connection without a request"
CONNECTION = "aiohttp.web_protocol.RequestHandler"
PRIVATE_NAMES = (
    PrivateName("aiohttp", CONNECTION, "_waiter", QUICK),
    PrivateName("aiohttp", CONNECTION, "_messages", QUICK),
    PrivateName("aiohttp", CONNECTION, "_parser", QUICK),
    PrivateName("aiohttp", CONNECTION, "_loop", QUICK),
    PrivateName("aiohttp", CONNECTION, "_paused", QUICK),
    PrivateName("aiohttp", CONNECTION, "_buffer_paused", QUICK),
    PrivateName("aiohttp", CONNECTION, "_current_request", LIMITS),
    PrivateName("aiohttp", CONNECTION, "_payload_parser", LIMITS),
    PrivateName(
        "aiohttp",
        "aiohttp.ClientWebSocketResponse",
        "_response",
        "records the headers of a handshake",
        make_aiohttp_socket,
    ),
    PrivateName("aiohttp", "aiohttp.web.Server", "_loop", QUICK, make_aiohttp_server),
    PrivateName("aiohttp", "aiohttp.web.Server", "_kwargs", QUICK, make_aiohttp_server),
    PrivateName("aiohttp", "aiohttp.StreamReader", "_buffer", QUICK, make_aiohttp_stream),
    PrivateName("aiohttp", "aiohttp.http_parser", "RawRequestMessage", QUICK),
    PrivateName("aiohttp", "aiohttp.http_parser.HttpRequestParser", "message_consumed", QUICK),
    PrivateName(
        "aiohttp",
        "aiohttp.web.StreamResponse",
        "_keep_alive",
        "keeps a connection after a response it wrote itself",
    ),
    PrivateName(
        "aiohttp",
        "aiohttp.BaseConnector",
        "_create_connection",
        "connects aiohttp clients to a server in the process",
    ),
    PrivateName(
        "aiohttp",
        "aiohttp.client_proto",
        "ResponseHandler",
        "connects aiohttp clients to a server in the process",
    ),
    PrivateName(
        "httpx", "httpx.HTTPTransport", "_pool", POOL, make_transport("httpx", "HTTPTransport")
    ),
    PrivateName(
        "httpx",
        "httpx.AsyncHTTPTransport",
        "_pool",
        POOL,
        make_transport("httpx", "AsyncHTTPTransport"),
    ),
    PrivateName(
        "httpx2", "httpx2.HTTPTransport", "_pool", POOL, make_transport("httpx2", "HTTPTransport")
    ),
    PrivateName(
        "httpx2",
        "httpx2.AsyncHTTPTransport",
        "_pool",
        POOL,
        make_transport("httpx2", "AsyncHTTPTransport"),
    ),
    PrivateName(
        "vcrpy",
        "vcr.serializers.yamlserializer",
        "_CassetteLoader",
        "reads cassettes as vcrpy does, without tags",
    ),
    PrivateName(
        "vcrpy",
        "vcr.serializers.yamlserializer",
        "_CassetteDumper",
        "writes cassettes as vcrpy does",
    ),
)
DOCUMENTED = {"_exit", "_replace", "_value_", "_name_", "_asdict", "_fields", "_make", "_missing_"}
"""Names of Python's own that begin with an underscore and are documented: `os._exit`, namedtuples,
enumerations."""


def find(path: str) -> Any:
    """Return the module or the object that a dotted path names."""
    module, _, name = path.rpartition(".")
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError:
        return getattr(find(module), name)


@pytest.mark.parametrize("row", PRIVATE_NAMES, ids=str)
def test_the_library_still_has_the_name(row: PrivateName) -> None:
    pytest.importorskip(row.owner.partition(".")[0])
    try:
        found = hasattr((row.find_owner or (lambda: find(row.owner)))(), row.name)
    except (ImportError, AttributeError):
        found = False
    places = ", ".join(use.place for use in find_uses() if use.name == row.name) or ", ".join(
        find_text(row.name)
    )
    if not found:
        pytest.fail(
            f"{row.library} {version(row.library)} no longer has {row}. {places} uses it: it "
            f"{row.purpose}. "
            f"Change that code, or lower the upper bound of {row.library} in pyproject.toml.",
            pytrace=False,
        )


def test_every_use_is_in_the_table() -> None:
    known = {row.name for row in PRIVATE_NAMES}
    unknown = [f"{use.place}: {use.code}" for use in find_uses() if use.name not in known]
    assert not unknown, "Add these to PRIVATE_NAMES, or do without them:\n" + "\n".join(unknown)


def test_every_name_in_the_table_is_used() -> None:
    used = {use.name for use in find_uses()}
    idle = [str(row) for row in PRIVATE_NAMES if row.name not in used and not find_text(row.name)]
    assert not idle, f"mockgem does not use these any more, remove their rows: {', '.join(idle)}"


@pytest.mark.parametrize("library", sorted({row.library for row in PRIVATE_NAMES} - {"httpx2"}))
def test_the_library_has_an_upper_bound(library: str) -> None:
    """httpx2 is in no list of ours: the SDKs bring it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    (requirement,) = [one for one in wanted if re.match(rf"{library}\b", one)]
    assert "<" in requirement, f"{requirement} needs an upper bound: mockgem uses its private names"


@dataclass(frozen=True)
class Use:
    """A private name of some library in our code."""

    name: str
    place: str
    code: str


@cache
def find_uses() -> tuple[Use, ...]:
    """Return the uses of private names that our own code does not define."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    own = {name for tree in trees.values() for name in find_definitions(tree)}
    return tuple([use for path, tree in trees.items() for use in Scan(path, tree, own).find()])


def find_text(name: str) -> list[str]:
    """Return the files in which a name stands as a word."""
    files = sorted(PACKAGE.rglob("*.py"))
    return [
        str(path.relative_to(ROOT))
        for path in files
        if re.search(rf"\b{name}\b", path.read_text("utf-8"))
    ]


def is_private(name: str) -> bool:
    return (
        len(name) > 1
        and name.startswith("_")
        and not name.endswith("__")
        and name not in DOCUMENTED
    )


def find_definitions(tree: ast.AST) -> Iterator[str]:
    """Yield the private names that a module defines in itself and in classes that inherit from no
    library."""
    bases = find_imports(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and find_library(node, bases) is None:
            yield from find_own_attributes(node)
        elif isinstance(node, ast.Module):
            yield from find_bound_names(node.body)


def find_bound_names(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield from [target.id for target in node.targets if isinstance(target, ast.Name)]


def find_own_attributes(node: ast.ClassDef) -> Iterator[str]:
    """Yield what the body of a class defines, and what its methods assign to `self`."""
    yield from find_bound_names(node.body)
    for inner in ast.walk(node):
        if (
            isinstance(inner, ast.Attribute)
            and isinstance(inner.ctx, ast.Store)
            and is_self(inner.value)
        ):
            yield inner.attr


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def find_imports(tree: ast.AST) -> dict[str, str]:
    """Return each imported name of a module with the path it stands for; only those of
    libraries."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {
                (alias.asname or alias.name.partition(".")[0]): alias.name for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {
                (alias.asname or alias.name): f"{node.module}.{alias.name}" for alias in node.names
            }
    ours = {*sys.stdlib_module_names, PACKAGE.name}
    return {name: path for name, path in found.items() if path.partition(".")[0] not in ours}


def find_library(node: ast.ClassDef, imports: dict[str, str]) -> str | None:
    """Return the path of a class's base from a library, if it has one."""
    for base in node.bases:
        first, _, rest = ast.unparse(base).partition(".")
        if first in imports:
            return imports[first] + (f".{rest}" if rest else "")
    return None


class Scan:
    """A look through one module of ours."""

    def __init__(self, path: Path, tree: ast.Module, own: set[str]) -> None:
        self.path = path
        self.tree = tree
        self.own = own
        self.imports = find_imports(tree)
        self.found: list[Use] = []

    def find(self) -> list[Use]:
        self.visit(self.tree, self.own)
        return self.found

    def visit(self, node: ast.AST, own: set[str]) -> None:
        """Note the uses in a node and below it; `own` are the names of `self` that are ours
        there."""
        if isinstance(node, ast.ClassDef):
            own = self.enter(node)
        for name in self.names_of(node, own):
            place = f"{self.path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"
            self.found.append(Use(name, place, ast.unparse(node).splitlines()[0]))
        for child in ast.iter_child_nodes(node):
            self.visit(child, own)

    def enter(self, node: ast.ClassDef) -> set[str]:
        """Return the names that are ours inside a class; notes the methods that replace private
        ones of its base."""
        library = find_library(node, self.imports)
        if library is None:
            return self.own
        base = find(library)
        for name in filter(is_private, set(find_bound_names(node.body))):
            if hasattr(base, name) or self.is_listed(name):
                self.found.append(
                    Use(
                        name,
                        f"{self.path.relative_to(ROOT).as_posix()}:{node.lineno}",
                        f"class {node.name}",
                    )
                )
        return {name for name in find_own_attributes(node) if not hasattr(base, name)}

    def is_listed(self, name: str) -> bool:
        return name in {row.name for row in PRIVATE_NAMES}

    def names_of(self, node: ast.AST, own: set[str]) -> list[str]:
        match node:
            case ast.Attribute(value=owner, attr=name) if is_private(name):
                return [] if name in (own if is_self(owner) else self.own) else [name]
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in {
                path.partition(".")[0] for path in self.imports.values()
            }:
                parts = [*module.split("."), *[alias.name for alias in node.names]]
                return [name for name in parts if is_private(name)]
            case ast.Call(
                func=ast.Name(id="getattr" | "hasattr" | "setattr"),
                args=[_, ast.Constant(value=str(name)), *_],
            ):
                return [name] if is_private(name) and name not in self.own else []
        return []


def scan(tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names that the scan finds in a piece of code."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    tree = ast.parse(code)
    return sorted(
        use.name for use in Scan(tmp_path / "code.py", tree, set(find_definitions(tree))).find()
    )


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import click\nclick._helper()", ["_helper"]),
        ("from vcr._parts import thing", ["_parts"]),
        ("from vcr.serializers.yamlserializer import _CassetteLoader", ["_CassetteLoader"]),
        ("def f(transport):\n    return hasattr(transport, '_pool')", ["_pool"]),
        (
            "class Own:\n    def __init__(self): self._x = 1\n    def f(self): return self._x "
            "+ self._y",
            ["_y"],
        ),
        ("def _help(): ...\nimport mockgem\nmockgem._help()", []),
        ("import os\nos._exit(0)", []),
        (
            "import aiohttp\nclass C(aiohttp.BaseConnector):\n    def __init__(self): "
            "self._mine = self._loop\n"
            "    async def _create_connection(self): return self._mine, _help._ours\ndef "
            "_ours(): ...",
            ["_create_connection", "_loop"],
        ),
    ],
)
def test_the_scan_finds(
    tmp_path: Path, code: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scan(tmp_path, code, monkeypatch) == names
