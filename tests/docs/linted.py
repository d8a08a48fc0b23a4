"""Looks over the files for containers and CI with the linters that are made for them: `python -m tests.docs.linted`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent


NOT_EVERYWHERE = ("hadolint",)
"""Linters that are not made for every machine; the others are there, or were not installed."""


def run(name: str, *words: str) -> int:
    """A linter's exit code; 1 where it is not there and has to be."""
    program = shutil.which(name, path=str(BIN))
    if program is None:
        print(f"There is no {name} for this machine.")
        return int(name not in NOT_EVERYWHERE)
    print(f"$ {name} {' '.join(words)}", flush=True)
    return subprocess.run([program, *words], cwd=ROOT, check=False).returncode


def scripts() -> int:
    """The steps of the action, as the shell scripts that they are."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    with tempfile.TemporaryDirectory() as folder:
        for step in steps:
            (Path(folder) / f"{step['name']}.sh").write_text("#!/usr/bin/env bash\n" + step["run"])
        return run("shellcheck", *[str(path) for path in sorted(Path(folder).glob("*.sh"))], ".ci/run")


def main() -> int:
    return max(
        run("hadolint", "Dockerfile"),
        run("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"),
        run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docs/compose.yaml"),
        scripts(),
    )


if __name__ == "__main__":
    sys.exit(main())
