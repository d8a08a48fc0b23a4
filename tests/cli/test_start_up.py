"""What a server imports for its first answer: modules that it does not need would delay it."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import mockgem

IMPORT = re.compile(r"^import time:[^|]+\|[^|]+\|\s*(\S+)$", re.MULTILINE)
QUESTION = [{"role": "user", "content": "Hello!"}]
CHAT = {"model": "gemini-2.5-flash", "messages": QUESTION}
VERTEX_CHAT = {"model": "google/gemini-2.5-flash", "messages": QUESTION}
NATIVE = {"contents": [{"role": "user", "parts": [{"text": "Hello!"}]}]}
INTERACTION = {"model": "gemini-2.5-flash", "input": "Hello!"}
PLACE = "/v1/projects/p/locations/global"
SCENARIO = """
title: The fifth call fails
rules:
  - when: {endpoint: generate, surface: native, calls: 5}
    fail: 429
"""
DIALECTS = {
    "openai": "mockgem.dialects.openai.chat_request",
    "gateway": "mockgem.dialects.openai.gateway_files",
    "native": "mockgem.dialects.gemini.generate",
    "interactions": "mockgem.dialects.interactions.endpoints",
    "live": "mockgem.dialects.gemini.live.session",
    "admin": "mockgem.dialects.admin.clock_handlers",
}
"""A module of each dialect that Python lists: it does not list what `import_module` imports."""
REQUESTS: dict[str, tuple[str, Any, set[str]]] = {
    "openai": ("/v1beta/openai/chat/completions", CHAT, {"openai"}),
    "short path": ("/v1beta/chat/completions", CHAT, {"openai"}),
    "vertex openai": (f"{PLACE}/endpoints/openapi/chat/completions", VERTEX_CHAT, {"openai"}),
    "gateway": ("/v1/chat/completions", CHAT, {"openai", "gateway"}),
    "native": ("/v1beta/models/gemini-2.5-flash:generateContent", NATIVE, {"native"}),
    "vertex": (
        f"{PLACE}/publishers/google/models/gemini-2.5-flash:generateContent",
        NATIVE,
        {"native"},
    ),
    "interactions": ("/v1beta/interactions", INTERACTION, {"interactions"}),
    "admin": ("/_mockgem/health", None, {"admin"}),
}
"""A path, a body, and the dialects that are imported for it."""
UNUSED = (
    "aiohttp.client",
    "aiohttp.connector",
    "aiohttp.web_app",
    "aiohttp.web_ws",
    "cryptography",
    "faker",
    "numpy",
    "sqlite3",
    "statistics",
    "vcr",
)
"""What no first answer needs."""


def list_imports(folder: Path, path: str, body: Any, *options: str) -> set[str]:
    """Return the modules that a server imports until it has answered a request."""
    command = [sys.executable, "-X", "importtime", "-m", "mockgem", "serve", "--port", "0"]
    with (folder / "imports").open("w+") as imports:
        process = subprocess.Popen(
            [*command, "--quiet", *options], stdout=subprocess.PIPE, stderr=imports, text=True
        )
        assert process.stdout is not None
        with process.stdout as out:
            url = out.readline().strip().rpartition(" ")[2]
            headers = {"Authorization": "Bearer any-key", "Content-Type": "application/json"}
            data = None if body is None else json.dumps(body).encode()
            try:
                with urllib.request.urlopen(
                    urllib.request.Request(url + path, data, headers), timeout=60
                ) as response:
                    assert response.status == 200
            finally:
                process.terminate()
                assert process.wait(60) == 0
        imports.seek(0)
        return set(IMPORT.findall(imports.read()))


@pytest.mark.parametrize("name", REQUESTS)
def test_a_first_answer_imports_one_dialect(name: str, tmp_path: Path) -> None:
    path, body, needed = REQUESTS[name]
    imports = list_imports(tmp_path, path, body)
    assert {word for word, module in DIALECTS.items() if module in imports} == needed
    assert imports.isdisjoint({*UNUSED, "pydantic", "yaml"})
    assert "aiohttp.web_protocol" in imports


def test_a_scenario_imports_what_reads_it_and_no_other_dialect(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(SCENARIO, "utf-8")
    path, body, needed = REQUESTS["openai"]
    imports = list_imports(tmp_path, path, body, "--scenario", str(file))
    assert {word for word, module in DIALECTS.items() if module in imports} == needed
    assert imports.isdisjoint(UNUSED)
    assert imports >= {"pydantic", "yaml", "mockgem.scenarios.schema"}


def test_every_module_can_be_imported() -> None:
    """What is imported at a first request must not fail there."""
    names = [
        module.name
        for module in pkgutil.walk_packages(mockgem.__path__, "mockgem.")
        if not module.name.endswith("__main__")
    ]
    assert len(names) > 500
    for name in names:
        importlib.import_module(name)
