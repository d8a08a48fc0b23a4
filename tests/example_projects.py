"""Runs the projects in examples/ for tests/judge.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


def run_examples(folder: Path, python: str, install_chromium: Callable[[], None]) -> int:
    """Return 0 if the tests of all projects pass with the mockgem of a Python."""
    began = time.monotonic()
    files = sorted(folder.glob("*/requirements.txt"))
    suites = [run_in(file.parent, python, "-m", "pytest") for file in files]
    code = max(map(abs, suites)) or run_node_examples(folder, python, install_chromium)
    print(f"The examples took {time.monotonic() - began:.0f} s", flush=True)
    return code


def run_node_examples(folder: Path, python: str, install_chromium: Callable[[], None]) -> int:
    if shutil.which("npm") is None:
        print("There is no npm on this machine, so the examples for Node did not run.")
        return 0
    install_chromium()
    chromium = shutil.which("chromium") or ""
    variables = {"CHROMIUM": chromium, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
    for project in sorted(file.parent for file in folder.glob("*/package.json")):
        commands = [install, [python, "-m", "mockgem", "run", "--quiet", "--", "npm", "test"]]
        if not chromium and (project / "playwright.config.js").exists():
            commands.insert(1, ["npx", "playwright", "install", "chromium"])
        for command in commands:
            if code := run_in(project, *command, **variables):
                return code
    return 0


def run_in(folder: Path, *command: str, **variables: str) -> int:
    print(
        f"$ cd examples/{folder.name}; {Path(command[0]).name} {' '.join(command[1:])}", flush=True
    )
    env = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"} | variables
    return subprocess.run(command, cwd=folder, env=env, check=False).returncode
