"""Import aiohttp's server without its client, which takes more than half of the import's time.

The package `aiohttp` imports its client, and the client reads the certificates of the system. A
server that sends no requests needs neither.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

PACKAGE = "aiohttp"
VERSION = re.compile(rb'^__version__ = "([^"]+)"', re.MULTILINE)
"""What modules of aiohttp read from their package while they are imported."""


def defer_client() -> None:
    """Let aiohttp import its client when something uses it, like `aiohttp.ClientSession`.

    This is for processes that are mockgem's own: a program that contains mockgem gets its modules
    as they are. Without aiohttp, or after its import, nothing happens.
    """
    spec = None if PACKAGE in sys.modules else find_spec(PACKAGE)
    if spec is None or not isinstance(spec.loader, SourceFileLoader):
        return
    if (version := VERSION.search(spec.loader.get_data(spec.loader.path))) is None:
        return
    module = module_from_spec(spec)
    module.__version__ = version[1].decode()  # type: ignore[attr-defined]
    module.__class__ = DeferredPackage
    sys.modules[PACKAGE] = module


class DeferredPackage(ModuleType):
    """A package whose own code runs when a name is used that is not one of its modules."""

    def __getattr__(self, name: str) -> Any:
        if find_spec(f"{PACKAGE}.{name}") is not None:
            return import_module(f"{PACKAGE}.{name}")
        run_once(self)
        return ModuleType.__getattribute__(self, name)

    def __dir__(self) -> list[str]:
        run_once(self)
        return list(ModuleType.__dir__(self))


LOCK = RLock()
RUNNING: list[ModuleType] = []
"""The package, while its code runs in the thread that holds the lock."""


def run_once(package: ModuleType) -> None:
    """Run the code of a deferred package; from then on it is a package like any other."""
    with LOCK:
        if RUNNING or package.__class__ is ModuleType:
            return
        assert package.__spec__ is not None
        assert package.__spec__.loader is not None
        RUNNING.append(package)
        try:
            package.__spec__.loader.exec_module(package)
        finally:
            RUNNING.clear()
        package.__class__ = ModuleType
