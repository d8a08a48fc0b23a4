"""Check the files for containers and CI with their linters: `python -m tests.docs.linted`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent


NOT_EVERYWHERE = ("hadolint",)
"""Linters that do not exist for every machine. A machine without one of the others is a failure."""


def run(name: str, *arguments: str) -> int:
    """Run a linter and return its exit code, or 1 if a required linter is missing."""
    program = shutil.which(name, path=str(BIN))
    if program is None:
        print(f"{name} is not installed.")
        return int(name not in NOT_EVERYWHERE)
    print(f"$ {name} {' '.join(arguments)}", flush=True)
    return subprocess.run([program, *arguments], cwd=ROOT, check=False).returncode


def read_scripts() -> dict[str, str]:
    """Return the shell scripts of the action and of the workflows, by a file name for each."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    scripts = {f"action-{step['name']}": step["run"] for step in action if "run" in step}
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        for job, content in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            scripts |= {
                f"{path.stem}-{job}-{step['name']}": step["run"]
                for step in content["steps"]
                if "run" in step
            }
    return scripts


def check_scripts() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for name, script in read_scripts().items():
            (Path(folder) / f"{name}.sh").write_text("#!/usr/bin/env bash\n" + script)
        return run(
            "shellcheck", *[str(path) for path in sorted(Path(folder).glob("*.sh"))], ".ci/run"
        )


def check_schema(schema: str, *patterns: str) -> int:
    """Check files with one of check-jsonschema's built-in schemas."""
    files = [
        str(path.relative_to(ROOT)) for pattern in patterns for path in sorted(ROOT.glob(pattern))
    ]
    return run("check-jsonschema", "--builtin-schema", schema, *files)


def list_manifests() -> list[str]:
    """Return the manifests for Kubernetes. A kustomization is a file of kubectl, not of the API."""
    folder = ROOT / "deploy" / "kubernetes"
    found = [path for path in sorted(folder.glob("*.yaml")) if path.stem != "kustomization"]
    return [str(path.relative_to(ROOT)) for path in found]


def check_queries() -> int:
    """Parse the queries of the dashboard with Prometheus' grammar."""
    import promql_parser

    failed = 0
    for query in list_queries():
        try:
            promql_parser.parse(query)
        except ValueError as error:
            failed = 1
            print(f"{query}: {error}")
    print(f"{len(list_queries())} queries of the dashboard are read.")
    return failed


def list_queries() -> list[str]:
    """Return the queries of the dashboard, with values for Grafana's variables."""
    path = ROOT / "deploy" / "grafana" / "dashboards" / "mockgem.json"
    panels = json.loads(path.read_text("utf-8"))["panels"]
    found = [target["expr"] for panel in panels for target in panel["targets"]]
    return [one.replace("$__rate_interval", "1m").replace("$instance", ".*") for one in found]


def main() -> int:
    return max(
        run("hadolint", "Dockerfile"),
        check_schema("vendor.github-actions", "action.yml"),
        check_schema("vendor.compose-spec", "docs/compose.yaml", "deploy/compose.yaml"),
        run("yamllint", "--strict", "deploy", "docs/compose.yaml"),
        run("kubernetes-validate", "--strict", "--quiet", *list_manifests()),
        check_queries(),
        check_schema("vendor.github-workflows", ".github/workflows/*.yml"),
        check_schema("custom.github-workflows-require-timeout", ".github/workflows/*.yml"),
        check_schema("vendor.dependabot", ".github/dependabot.yml"),
        check_schema("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        check_schema("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        check_scripts(),
    )


if __name__ == "__main__":
    sys.exit(main())
