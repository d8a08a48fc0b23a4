"""The pages with code: Python runs, commands exist, scenarios are valid, JavaScript is tested."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from mockgem.cli import main
from mockgem.scenarios.loader import parse_scenario
from mockgem.scenarios.validation import find_mistakes

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.DOTALL | re.MULTILINE)
SETTINGS = "[pytest]\nasyncio_mode = auto\npythonpath = .\n"
NODE = ROOT / "tests" / "node" / "docs"


def name_of(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def blocks(page: Path, *languages: str) -> list[tuple[str, str]]:
    """Title and text of each block in one of the languages."""
    found = BLOCK.findall(page.read_text("utf-8"))
    return [(title, text) for language, title, text in found if language in languages]


@pytest.mark.parametrize("page", [one for one in PAGES if blocks(one, "python")], ids=name_of)
def test_a_page_s_python_passes_as_a_suite(page: Path, tmp_path: Path) -> None:
    """Blocks with a title are files of that name, others are a file of tests each."""
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    files = []
    for number, (title, text) in enumerate(blocks(page, "python", "ini")):
        name = title or f"test_block_{number}.py"
        (tmp_path / name).write_text(text)
        files += [name] if name.startswith("test_") else []
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:recording",
        "--mockgem-strict",
    ]
    done = subprocess.run(
        [*command, *files], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ passed in", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("page", [one for one in PAGES if blocks(one, "py")], ids=name_of)
def test_python_that_needs_more_than_the_tests_have_can_be_read(page: Path) -> None:
    for title, text in blocks(page, "py"):
        compile(text, title or page.name, "exec")


def commands(page: Path) -> list[str]:
    lines = [line for _, text in blocks(page, "sh") for line in text.splitlines()]
    return [line for line in lines if re.match(r"(\.venv/bin/)?mockgem ", line)]


@pytest.mark.parametrize("page", [one for one in PAGES if commands(one)], ids=name_of)
def test_the_commands_of_a_page_exist(page: Path) -> None:
    for line in commands(page):
        words = shlex.split(line.partition(" #")[0])[1:]
        command: click.Command = main
        while isinstance(command, click.Group):
            found = command.get_command(click.Context(command), words[0])
            assert found is not None, line
            command, words = found, words[1:]
        words = words[: words.index("--")] if "--" in words else words
        params = command.get_params(click.Context(command))
        known = {name for param in params for name in (*param.opts, *param.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("page", [one for one in PAGES if blocks(one, "yaml")], ids=name_of)
def test_the_scenarios_of_a_page_are_good(page: Path) -> None:
    for _, text in blocks(page, "yaml"):
        if re.search(r"^(rules|resources):", text, re.MULTILINE):
            assert find_mistakes(parse_scenario(text)) == []


@pytest.mark.parametrize("page", [one for one in PAGES if blocks(one, "js")], ids=name_of)
def test_the_javascript_of_a_page_is_what_node_runs(page: Path) -> None:
    for title, text in blocks(page, "js"):
        if title.endswith(".mjs"):
            assert (NODE / title).read_text("utf-8") == text


def test_scenarios_that_pages_name_exist() -> None:
    known = {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}
    for page in PAGES:
        text = page.read_text("utf-8")
        named = re.findall(r'(?:--scenario |scenario\("|scenario=")([a-z0-9-]+)', text)
        assert set(named) <= {*known, "none"}, page
