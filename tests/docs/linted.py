"""Lint the files for containers and CI: `python -m tests.docs.linted`."""

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


def read_scripts() -> dict[str, str]:
    """Return the shell scripts of the action and of the workflows, each with a name for a file."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    found = {f"action-{step['name']}": step["run"] for step in action}
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        for job, content in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            found |= {
                f"{path.stem}-{job}-{step['name']}": step["run"]
                for step in content["steps"]
                if "run" in step
            }
    return found


def check_scripts() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for name, script in read_scripts().items():
            (Path(folder) / f"{name}.sh").write_text("#!/usr/bin/env bash\n" + script)
        return run(
            "shellcheck", *[str(path) for path in sorted(Path(folder).glob("*.sh"))], ".ci/run"
        )


def check_schema(schema: str, *patterns: str) -> int:
    """Compare the files that match with a schema that check-jsonschema has built in."""
    files = [
        str(path.relative_to(ROOT)) for pattern in patterns for path in sorted(ROOT.glob(pattern))
    ]
    return run("check-jsonschema", "--builtin-schema", schema, *files)


def main() -> int:
    return max(
        run("hadolint", "Dockerfile"),
        check_schema("vendor.github-actions", "action.yml"),
        check_schema("vendor.compose-spec", "docs/compose.yaml"),
        check_schema("vendor.github-workflows", ".github/workflows/*.yml"),
        check_schema("custom.github-workflows-require-timeout", ".github/workflows/*.yml"),
        check_schema("vendor.dependabot", ".github/dependabot.yml"),
        check_schema("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        check_schema("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        check_scripts(),
    )


if __name__ == "__main__":
    sys.exit(main())
