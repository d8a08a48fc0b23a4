"""The code, tables and links of the README and the documentation work."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mockgem.config.settings_file import load
from mockgem.scenarios import schema
from mockgem.scenarios.loader import parse_scenario
from mockgem.scenarios.validation import find_mistakes
from tests.docs.generated import PAGES, README, with_parts

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
DEFAULT = "http://127.0.0.1:8090"


OPTIONS = (ROOT / "docs" / "reference" / "options.md").read_text(encoding="utf-8")
MAX_LINES = 150


def find_blocks(language: str, text: str = TEXT) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_the_readme_is_short() -> None:
    assert len(TEXT.splitlines()) < MAX_LINES


@pytest.mark.parametrize(
    "code", find_blocks("python"), ids=lambda code: code.strip().splitlines()[-1][:40]
)
def test_python_blocks_run(code: str, server_url: str, tmp_path: Path) -> None:
    """Run each block as a program, or with pytest if it contains tests."""
    (tmp_path / "test_it.py").write_text(code.replace(DEFAULT, server_url))
    runner = (
        ["-m", "pytest", "-p", "no:cacheprovider", "-p", "no:recording"]
        if "def test_" in code
        else []
    )
    done = subprocess.run(
        [sys.executable, *runner, "test_it.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "print(" not in code or done.stdout.strip()


@pytest.mark.parametrize(
    "code", [code for code in find_blocks("sh") if "curl" in code], ids=["curl"]
)
def test_the_curl_block_runs(code: str, server_url: str) -> None:
    done = subprocess.run(
        ["bash", "-c", code.replace(DEFAULT, server_url)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert '"object":"chat.completion"' in done.stdout, done.stderr


def test_the_settings_block_is_a_settings_file(tmp_path: Path) -> None:
    (code,) = find_blocks("toml", OPTIONS)
    (tmp_path / "settings.toml").write_text(code)
    assert load(tmp_path / "settings.toml")["models"][0]["like"] == "gemini-2.5-pro"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_tables_are_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert with_parts(text) == text, "run: python -m tests.docs.generated"


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^)make ([a-z]+)", TEXT, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    "page", [README, *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.name
)
def test_linked_files_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_files_that_pages_name_exist(page: Path) -> None:
    for name in re.findall(
        r"`((?:mockgem|tests|dialects|operations|core|cli|sources|data)/[\w/.]+)`",
        page.read_text(encoding="utf-8"),
    ):
        assert (ROOT / name).exists() or (ROOT / "mockgem" / name).exists(), name


def test_the_lifecycles_on_the_page_are_valid_settings(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "state.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "settings.yaml").write_text(code)
    lifecycles = load(tmp_path / "settings.yaml")["lifecycles"]
    assert [state["state"] for state in lifecycles["batch"]] == [
        "validating",
        "in_progress",
        "expired",
    ]
    assert lifecycles["file"][0]["polls"] == 2


def test_the_scenarios_on_the_page_are_valid() -> None:
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    codes = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(codes) == 3
    for code in codes:
        assert find_mistakes(parse_scenario(code)) == []


def test_the_page_mentions_every_key_of_a_scenario() -> None:
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for model in (
        schema.When,
        schema.Rule,
        schema.Say,
        schema.Latency,
        schema.Quota,
        schema.Resources,
        schema.Expect,
    ):
        for name, field in model.model_fields.items():
            assert re.search(rf"\b{field.alias or name}\b", text), (
                f"{model.__name__}.{field.alias or name}"
            )
