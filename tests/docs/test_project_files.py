"""The files for contributors name things that exist, and CI tests what pyproject.toml promises."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.coverage_figure import replace_figure

ROOT = Path(__file__).parent.parent.parent
SHARED = {
    "CONTRIBUTING.md": "docs/contributing.md",
    "CODE_OF_CONDUCT.md": "docs/code-of-conduct.md",
    "SECURITY.md": "docs/security-policy.md",
}
"""Files at the root, and the pages that include them."""
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def read_yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def find_references(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\[([a-z]+)\]: (\S+)$", text, re.MULTILINE))


@pytest.mark.parametrize(("source", "page"), SHARED.items())
def test_links_work_at_the_root_and_on_the_page(source: str, page: str) -> None:
    text = (ROOT / source).read_text("utf-8")
    used = set(re.findall(r"\]\[([a-z]+)\]", text))
    for file in (source, page):
        known = find_references((ROOT / file).read_text("utf-8"))
        assert set(known) == used, file
        for target in known.values():
            assert ((ROOT / file).parent / target).exists(), f"{file}: {target}"


@pytest.mark.parametrize(
    "name", ["CONTRIBUTING.md", "docs/releasing.md", ".github/pull_request_template.md"]
)
def test_the_make_targets_exist(name: str) -> None:
    for target in re.findall(
        r"(?:`|^)make ([a-z]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE
    ):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_the_page_has_a_place_for_the_coverage() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    day = date(2027, 1, 31)
    assert (
        "\n87.6 % of lines and branches, measured by `make coverage` on 2027-01-31.\n"
        in replace_figure(text, "87.6", day)
    )
    with pytest.raises(ValueError, match="one part"):
        replace_figure("no marker", "87.6", day)


def test_the_workflow_tests_every_supported_version_of_python() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    supported = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    jobs = read_yaml(".github/workflows/ci.yml")["jobs"]
    tested = [
        row["python"]
        for row in jobs["test"]["strategy"]["matrix"]["include"]
        if row["os"].startswith("ubuntu")
    ]
    assert sorted(set(tested)) == sorted(supported)
    assert project["requires-python"] == f">={supported[0]}"


def test_the_workflow_runs_all_checks_and_may_only_read() -> None:
    workflow = read_yaml(".github/workflows/ci.yml")
    assert workflow["permissions"] == {"contents": "read"}
    assert ".ci/run" in [step.get("run") for step in workflow["jobs"]["check"]["steps"]]


def test_dependabot_checks_folders_with_dependencies() -> None:
    files = {
        "pip": "pyproject.toml",
        "npm": "package.json",
        "gomod": "go.mod",
        "maven": "pom.xml",
        "github-actions": ".github",
    }
    for row in read_yaml(".github/dependabot.yml")["updates"]:
        folder = ROOT / row["directory"].strip("/")
        assert (folder / files[row["package-ecosystem"]]).exists(), row


def test_the_hooks_use_the_tools_of_the_environment() -> None:
    (repository,) = read_yaml(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert all(
        hook["language"] == "system" and hook["entry"].startswith(".venv/bin/")
        for hook in repository["hooks"]
    )
