"""aiohttp's client is imported when something uses it, and then it is what it always was."""

from __future__ import annotations

import subprocess
import sys

import pytest

DEFER = "from mockgem.server.deferred_client import defer_client; defer_client(); "


def run(code: str) -> list[str]:
    """Run code in a process of its own, and return the lines that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_server_is_imported_without_the_client() -> None:
    code = (
        "import sys, mockgem.server.http, mockgem.server.websocket, aiohttp; "
        "print([name for name in sys.modules if name.startswith('aiohttp.client_')]); "
        "print('aiohttp.client' in sys.modules, aiohttp.hdrs.HOST, len(aiohttp.__version__) > 4)"
    )
    assert run(DEFER + code) == ["['aiohttp.client_exceptions']", "False Host True"]


@pytest.mark.parametrize(
    "use",
    [
        "import aiohttp; found = aiohttp.ClientSession",
        "from aiohttp import ClientSession as found",
        "from aiohttp import *; found = ClientSession",
        "import aiohttp; found = aiohttp.client.ClientSession",
        "import aiohttp.web; found = aiohttp.ClientSession",
        "import mockgem.server.http, aiohttp; found = aiohttp.ClientSession",
        "import aiohttp; found = vars(aiohttp)['ClientSession' if dir(aiohttp) else '']",
    ],
)
def test_a_use_of_the_client_imports_it(use: str) -> None:
    code = "; import sys; print(found is sys.modules['aiohttp.client'].ClientSession)"
    assert run(DEFER + use + code) == ["True"]


def test_the_package_is_as_without_this_after_its_first_use() -> None:
    look = (
        "import aiohttp; aiohttp.ClientSession; print(type(aiohttp)); print(sorted(dir(aiohttp))); "
        "print(aiohttp.__version__, aiohttp.__spec__.name, aiohttp.__file__)"
    )
    assert run(DEFER + look) == run(look)


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    code = "import aiohttp\ntry:\n    aiohttp.Sesion\nexcept AttributeError as error: print(error)"
    assert run(DEFER + "\n" + code) == run(code)


def test_threads_that_use_it_at_once_get_the_same() -> None:
    code = (
        "import aiohttp\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    found = list(pool.map(lambda _: aiohttp.ClientSession, range(64)))\n"
        "print(set(found) == {aiohttp.client.ClientSession})"
    )
    assert run(DEFER + "\n" + code) == ["True"]


def test_a_package_that_is_imported_already_stays() -> None:
    code = "print(type(aiohttp), aiohttp.ClientSession.__name__)"
    assert run("import aiohttp; " + DEFER + code) == ["<class 'module'> ClientSession"]


def test_a_program_that_contains_mockgem_imports_aiohttp_as_it_is() -> None:
    code = "import mockgem, sys\nwith mockgem.serve():\n    print(type(sys.modules['aiohttp']))"
    assert run(code) == ["<class 'module'>"]
