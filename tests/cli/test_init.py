"""`mockgem init`: what it writes passes as it is, and it overwrites nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockgem.cli import main

SHARED = {"mockgem.toml", "scenarios/first-call-fails.yaml"}


def init(*words: str) -> str:
    result = CliRunner().invoke(main, ["init", *words], prog_name="mockgem")
    assert result.exit_code == 0, result.output
    return result.output


def list_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_first_test_passes_as_written(tmp_path: Path) -> None:
    assert "pytest" in init(str(tmp_path))
    assert list_files(tmp_path) == SHARED | {"tests/test_gemini.py"}
    environment = {name: text for name, text in os.environ.items() if "MOCKGEM" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0"],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "2 passed" in done.stdout, done.stdout


@pytest.mark.slow
def test_the_settings_file_serves_the_scenario(tmp_path: Path) -> None:
    init(str(tmp_path))
    script = (
        "import os, urllib.request as r\n"
        "path = '/_mockgem/scenarios/first-call-fails'\n"
        "print(r.urlopen(os.environ['MOCKGEM_URL'] + path).status)\n"
    )
    command = ["run", "--quiet", "--config", "mockgem.toml", "--", sys.executable, "-c", script]
    done = subprocess.run(
        [sys.executable, "-m", "mockgem", *command],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "200\n", done.stderr


def test_it_never_overwrites(tmp_path: Path) -> None:
    own = tmp_path / "mockgem.toml"
    own.write_text("seed = 7\n")
    output = init(str(tmp_path), "--node")
    assert f"exists   {own} (left as it is)" in output
    assert f"created  {tmp_path / 'test' / 'gemini.test.mjs'}" in output
    assert own.read_text() == "seed = 7\n"
    before = {name: (tmp_path / name).read_text() for name in list_files(tmp_path)}
    assert "created" not in init(str(tmp_path), "--node")
    assert before == {name: (tmp_path / name).read_text() for name in list_files(tmp_path)}


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ((), "tests/test_gemini.py"),
        (("package.json",), "test/gemini.test.mjs"),
        (("package.json", "pyproject.toml"), "tests/test_gemini.py"),
        (("requirements.txt",), "tests/test_gemini.py"),
    ],
)
def test_the_files_of_a_project_choose_its_language(
    present: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    for name in present:
        (tmp_path / name).write_text("{}")
    init(str(tmp_path))
    assert list_files(tmp_path) == SHARED | set(present) | {expected}


def test_a_folder_that_cannot_be_written_is_a_clear_message(tmp_path: Path) -> None:
    (tmp_path / "scenarios").write_text("a file")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert "scenarios" in result.output
    assert "Traceback" not in result.output
