"""`mockgem scenario`: list, show and check scenarios, and export their form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mockgem.config.model_catalog import catalogue
from mockgem.config.settings import Settings
from mockgem.faults.registry import KNOWN
from mockgem.scenarios import errors as error_catalog
from mockgem.scenarios.library import Library, UnknownScenario
from mockgem.scenarios.loader import BadScenario, at_line, read, read_with_lines
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.types import fits
from mockgem.scenarios.validation import mistakes

FOLDERS = click.option(
    "--scenarios", multiple=True, envvar="MOCKGEM_SCENARIOS", help="A folder with your own (repeatable)."
)


@click.group("scenario")
def command() -> None:
    """List, show and check scenarios, and export their form."""


def library(folders: tuple[str, ...]) -> Library:
    try:
        return Library(tuple(map(Path, folders)))
    except BadScenario as error:
        raise click.UsageError(str(error)) from None


@command.command("list")
@FOLDERS
@click.option("--tag", help="Only those with this tag.")
def listed(scenarios: tuple[str, ...], tag: str | None) -> None:
    """Names, titles and tags."""
    found = library(scenarios)
    rows: list[tuple[str, str]] = []
    for name in found.names():
        try:
            one = found.find(name)
            rows += [(name, f"{one.title} ({', '.join(one.tags)})")] if tag is None or tag in one.tags else []
        except BadScenario as error:
            rows.append((name, f"! {error.problems[0]}"))
    if not rows:
        raise click.ClickException(f"no scenario has the tag {tag!r}")
    width = max([len(name) for name, _ in rows], default=0)
    for name, title in rows:
        click.echo(f"{name:<{width}}  {title}")


@command.command()
@click.argument("name")
@FOLDERS
def show(name: str, scenarios: tuple[str, ...]) -> None:
    """The file of a scenario, to be copied and changed."""
    try:
        click.echo(library(scenarios).path_of(name).read_text("utf-8").rstrip())
    except UnknownScenario as error:
        raise click.UsageError(str(error)) from None


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Read files (or all in folders), and tell what is wrong, with the line. Ends with 1 if anything is."""
    wrong = 0
    for path in sorted(one for file in files for one in (sorted(file.glob("*.y*ml")) if file.is_dir() else [file])):
        problems = problems_in(path)
        wrong += bool(problems)
        for line in problems or [f"{path}: good", *notes_on(path)]:
            click.echo(line)
    context.exit(1 if wrong else 0)


def notes_on(path: Path) -> list[str]:
    """What may be meant as it is, and mostly is not."""
    known = list(catalogue(Settings()).models)
    found = []
    for number, rule in enumerate(read(path).rules, 1):
        for pattern in rule.when.model or ():
            if not any(fits((pattern,), one) for one in known):
                found.append(f"{path}: note: rule {number} is for {pattern!r}, and mockgem knows no such model")
    return found


def problems_in(path: Path) -> list[str]:
    try:
        scenario, lines = read_with_lines(path)
        return [f"{at_line(str(path), place, lines)}: {words}" for place, words in mistakes(scenario)]
    except BadScenario as error:
        return error.problems


@command.command()
def schema() -> None:
    """The form of scenario files as JSON Schema, for editors."""
    click.echo(json.dumps(schema_json(), indent=2))


def schema_json() -> dict[str, Any]:
    found = Scenario.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


@command.command()
@click.argument("name", required=False)
def errors(name: str | None) -> None:
    """The catalogue of failures: their names, or one in full."""
    known = error_catalog.catalogue()
    if name is None:
        width = max(map(len, known))
        for one, entry in known.items():
            note = f" (see: mockgem scenario show {entry['scenario']})" if "scenario" in entry else ""
            note = " (not for rules)" if "usual" in entry else note
            click.echo(f"{one:<{width}}  {entry.get('status', '-'):>3}  {entry['why']}{note}")
        return
    try:
        found = error_catalog.named(name)
        click.echo(json.dumps({"name": found, **known[found]}, indent=2, ensure_ascii=False))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@command.command("faults")
def listed_faults() -> None:
    """All faults, what they take and what they do."""
    width = max(map(len, KNOWN))
    for name, (keys, words) in KNOWN.items():
        click.echo(f"{name:<{width}}  {', '.join(keys.split()) or '-':<20}  {words}")


def faults_as_markdown() -> str:
    """The table of the documents."""
    lines = ["| fault | takes | what happens |", "|---|---|---|"]
    for name, (keys, words) in KNOWN.items():
        lines.append(f"| `{name}` | {', '.join(f'`{key}`' for key in keys.split())} | {words} |")
    return "\n".join(lines)


def scenarios_as_markdown() -> str:
    """The table of the documents."""
    found = Library()
    rows = [(name, found.find(name)) for name in found.names()]
    lines = ["| scenario | what happens | tags |", "|---|---|---|"]
    return "\n".join([*lines, *[f"| `{name}` | {one.title} | {', '.join(one.tags)} |" for name, one in rows]])
