"""The list of methods (`mockgem endpoints --coverage`) has those of the installed google-genai."""

from __future__ import annotations

import importlib.util
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
LISTED: dict[str, Any] = json.loads(
    (ROOT / "mockgem" / "data" / "sdk_methods.json").read_text(encoding="utf-8")
)["google-genai"]


def load_tool() -> Any:
    path = ROOT / "tests" / "tools" / "sdk_methods.py"
    spec = importlib.util.spec_from_file_location("sdk_methods", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_method_is_in_the_list() -> None:
    installed, listed = load_tool().collect("google-genai"), LISTED["methods"]
    if version("google-genai") == LISTED["version"]:
        assert installed == listed
    elif version("google-genai").startswith(LISTED["version"].partition(".")[0] + "."):
        assert {name: request for name, request in installed.items() if name not in listed} == {}
