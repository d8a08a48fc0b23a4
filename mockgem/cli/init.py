"""The command `mockgem init`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

SUFFIX = ".template"
NODE_FILES = ("package.json",)
PYTHON_FILES = ("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt")
NEXT_STEPS = {
    "python": ("pip install pytest openai", "pytest"),
    "node": (
        "npm install --save-dev openai",
        "mockgem run --config mockgem.toml -- node --test",
    ),
}


@click.command("init")
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=".", required=False
)
@click.option("--python", "language", flag_value="python", help="Write a test for pytest.")
@click.option("--node", "language", flag_value="node", help="Write a test for Node.")
def command(folder: Path, language: str | None) -> None:
    """Write settings, a scenario and a first test into a folder.

    Without --python or --node, a package.json chooses Node unless there are files of a Python
    project too. mockgem never overwrites a file.
    """
    language = language or detect_language(folder)
    for place in ("shared", language):
        for name, text in list_templates(files("mockgem").joinpath("data", "init", place)):
            click.echo(write_file(folder / name, text))
    click.echo("\nNext:")
    for step in ([] if folder == Path() else [f"cd {folder}"]) + list(NEXT_STEPS[language]):
        click.echo(f"  {step}")


def detect_language(folder: Path) -> str:
    """Return the language of the project in a folder."""
    has_python = any((folder / name).exists() for name in PYTHON_FILES)
    has_node = any((folder / name).exists() for name in NODE_FILES)
    return "node" if has_node and not has_python else "python"


def list_templates(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file that a project gets."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from list_templates(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(SUFFIX):
            yield prefix + entry.name.removesuffix(SUFFIX), entry.read_text("utf-8")


def write_file(path: Path, text: str) -> str:
    """Write a file that does not exist; return what happened. Raises ClickException."""
    if path.exists() or path.is_symlink():
        return f"exists   {path} (left as it is)"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    return f"created  {path}"
