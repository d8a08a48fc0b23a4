"""The code on pages works.

Their Python passes as tests, their commands and options exist, their scenarios are valid, and the
Node suite or that of the examples runs their JavaScript.
"""

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
COMPILED = {
    ".mjs": [ROOT / "tests" / "node" / "docs", ROOT / "clients" / "js" / "test"],
    ".go": [ROOT / "tests" / "go" / "world"],
    ".java": [ROOT / "tests" / "java" / "src" / "test" / "java" / "mockgem"],
}
"""The folders whose files the suites of Node, Go and Java run, by the ending of their names."""
MAX_HELPER_LINES = 60


def name_page(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def find_blocks(page: Path, *languages: str) -> list[tuple[str, str]]:
    """Return the title and the text of each block in one of the languages."""
    rows = BLOCK.findall(page.read_text("utf-8"))
    return [(title, text) for language, title, text in rows if language in languages]


@pytest.mark.parametrize(
    "page", [one for one in PAGES if find_blocks(one, "python")], ids=name_page
)
def test_the_python_of_a_page_passes_as_tests(page: Path, tmp_path: Path) -> None:
    """A block with a title is a file of that name; every other block is a file of tests."""
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    files = []
    for number, (title, text) in enumerate(find_blocks(page, "python", "ini")):
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


@pytest.mark.parametrize("page", [one for one in PAGES if find_blocks(one, "py")], ids=name_page)
def test_python_that_the_tests_cannot_run_compiles(page: Path) -> None:
    for title, text in find_blocks(page, "py"):
        compile(text, title or page.name, "exec")


def find_commands(page: Path) -> list[str]:
    lines = [line for _, text in find_blocks(page, "sh") for line in text.splitlines()]
    return [line for line in lines if re.match(r"(\.venv/bin/)?mockgem ", line)]


@pytest.mark.parametrize("page", [one for one in PAGES if find_commands(one)], ids=name_page)
def test_the_commands_of_a_page_exist(page: Path) -> None:
    for line in find_commands(page):
        words = shlex.split(line.partition(" #")[0])[1:]
        command: click.Command = main
        while isinstance(command, click.Group):
            subcommand = command.get_command(click.Context(command), words[0])
            assert subcommand is not None, line
            command, words = subcommand, words[1:]
        words = words[: words.index("--")] if "--" in words else words
        params = command.get_params(click.Context(command))
        known = {name for param in params for name in (*param.opts, *param.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("page", [one for one in PAGES if find_blocks(one, "yaml")], ids=name_page)
def test_the_scenarios_of_a_page_are_valid(page: Path) -> None:
    for _, text in find_blocks(page, "yaml"):
        if re.search(r"^(rules|resources):", text, re.MULTILINE):
            assert find_mistakes(parse_scenario(text)) == []


OTHER_LANGUAGES = ("js", "go", "java")


@pytest.mark.parametrize(
    "page", [one for one in PAGES if find_blocks(one, *OTHER_LANGUAGES)], ids=name_page
)
def test_the_suites_of_other_languages_run_the_files_of_a_page(page: Path) -> None:
    for title, text in find_blocks(page, *OTHER_LANGUAGES):
        if title.startswith("examples/"):
            assert (ROOT / title).read_text("utf-8") == text
        elif Path(title).suffix in COMPILED:
            places = [folder / title for folder in COMPILED[Path(title).suffix]]
            (file,) = [place for place in places if place.exists()]
            assert file.read_text("utf-8") == text


@pytest.mark.parametrize(("name", "file"), [("go", "mockgem.go"), ("java", "World.java")])
def test_the_helpers_are_short_and_on_their_pages(name: str, file: str) -> None:
    blocks = dict(find_blocks(DOCS / "how-to" / f"{name}.md", name))
    assert len(blocks[file].splitlines()) < MAX_HELPER_LINES


def test_scenarios_that_pages_name_exist() -> None:
    known = {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}
    for page in PAGES:
        text = page.read_text("utf-8")
        words = set(re.findall(r'(?:--scenario |scenario\("|scenario=")([a-z][a-z0-9./-]*)', text))
        files = {word for word in words if "/" in word}
        assert words - files <= {*known, "none"}, page
        assert all((ROOT / file).is_file() for file in files), page
