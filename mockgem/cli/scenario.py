"""`mockgem scenario`: list, show and check scenarios, and export their form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click

from mockgem.config.model_catalog import load_catalogue
from mockgem.config.settings import Settings
from mockgem.faults.registry import FAULT_DESCRIPTIONS
from mockgem.scenarios import errors as error_catalog
from mockgem.scenarios.library import ScenarioLibrary, UnknownScenario
from mockgem.scenarios.loader import (
    BadScenario,
    format_location,
    read_scenario,
    read_scenario_with_lines,
)
from mockgem.scenarios.schema import Scenario
from mockgem.scenarios.types import match_globs
from mockgem.scenarios.validation import find_mistakes

FOLDERS_OPTION = click.option(
    "--scenarios",
    multiple=True,
    envvar="MOCKGEM_SCENARIOS",
    help="A folder with your own (repeatable).",
)
SCHEMA_COMMENT = re.compile(r"\A# yaml-language-server: .*\n")
"""A relative path to the schema, which exists beside the built-in scenarios only."""


@click.group("scenario")
def command() -> None:
    """List, show and check scenarios, and export their form."""


def open_library(folders: tuple[str, ...]) -> ScenarioLibrary:
    try:
        return ScenarioLibrary(tuple(map(Path, folders)))
    except BadScenario as error:
        raise click.UsageError(str(error)) from None


@command.command("list")
@FOLDERS_OPTION
@click.option("--tag", help="Only those with this tag.")
def list_scenarios(scenarios: tuple[str, ...], tag: str | None) -> None:
    """Names, titles and tags."""
    found = open_library(scenarios)
    rows: list[tuple[str, str]] = []
    for name in found.list_files():
        try:
            one = found.find(name)
            rows += (
                [(name, f"{one.title} ({', '.join(one.tags)})")]
                if tag is None or tag in one.tags
                else []
            )
        except BadScenario as error:
            rows.append((name, f"! {error.problems[0]}"))
    if not rows:
        raise click.ClickException(f"no scenario has the tag {tag!r}")
    width = max([len(name) for name, _ in rows], default=0)
    for name, title in rows:
        click.echo(f"{name:<{width}}  {title}")


@command.command()
@click.argument("name")
@FOLDERS_OPTION
def show(name: str, scenarios: tuple[str, ...]) -> None:
    """Print the file of a scenario, for copying and changing it."""
    try:
        text = open_library(scenarios).find_file(name).read_text("utf-8")
        click.echo(SCHEMA_COMMENT.sub("", text).rstrip())
    except UnknownScenario as error:
        raise click.UsageError(str(error)) from None


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Read files (or all in folders), and tell what is wrong, with the line. Ends with 1 if anything is."""
    wrong = 0
    for path in sorted(
        one for file in files for one in (sorted(file.glob("*.y*ml")) if file.is_dir() else [file])
    ):
        problems = find_problems(path)
        wrong += bool(problems)
        for line in problems or [f"{path}: good", *find_notes(path)]:
            click.echo(line)
    context.exit(1 if wrong else 0)


def find_notes(path: Path) -> list[str]:
    """What may be meant as it is, and mostly is not."""
    known = list(load_catalogue(Settings()).models)
    found = []
    for number, rule in enumerate(read_scenario(path).rules, 1):
        for pattern in rule.when.model or ():
            if not any(match_globs((pattern,), one) for one in known):
                found.append(
                    f"{path}: note: rule {number} is for {pattern!r}, and mockgem knows no such model"
                )
    return found


def find_problems(path: Path) -> list[str]:
    try:
        scenario, lines = read_scenario_with_lines(path)
        return [
            f"{format_location(str(path), place, lines)}: {words}"
            for place, words in find_mistakes(scenario)
        ]
    except BadScenario as error:
        return error.problems


@command.command()
def schema() -> None:
    """The form of scenario files as JSON Schema, for editors."""
    click.echo(json.dumps(build_schema(), indent=2))


def build_schema() -> dict[str, Any]:
    found = Scenario.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


@command.command()
@click.argument("name", required=False)
def errors(name: str | None) -> None:
    """The catalogue of failures: their names, or one in full."""
    known = error_catalog.load_errors()
    if name is None:
        width = max(map(len, known))
        for one, entry in known.items():
            note = (
                f" (see: mockgem scenario show {entry['scenario']})" if "scenario" in entry else ""
            )
            note = " (not for rules)" if "usual" in entry else note
            click.echo(f"{one:<{width}}  {entry.get('status', '-'):>3}  {entry['why']}{note}")
        return
    try:
        found = error_catalog.resolve_error_name(name)
        click.echo(json.dumps({"name": found, **known[found]}, indent=2, ensure_ascii=False))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@command.command("faults")
def list_faults() -> None:
    """All faults, what they take and what they do."""
    width = max(map(len, FAULT_DESCRIPTIONS))
    for name, (keys, words) in FAULT_DESCRIPTIONS.items():
        click.echo(f"{name:<{width}}  {', '.join(keys.split()) or '-':<20}  {words}")


def render_faults_markdown() -> str:
    """The table of the documents."""
    lines = ["| fault | takes | what happens |", "|---|---|---|"]
    for name, (keys, words) in FAULT_DESCRIPTIONS.items():
        lines.append(f"| `{name}` | {', '.join(f'`{key}`' for key in keys.split())} | {words} |")
    return "\n".join(lines)


def render_scenarios_markdown() -> str:
    """The table of the documents."""
    found = ScenarioLibrary()
    rows = [(name, found.find(name)) for name in found.list_files()]
    lines = ["| scenario | what happens | tags |", "|---|---|---|"]
    return "\n".join(
        [*lines, *[f"| `{name}` | {one.title} | {', '.join(one.tags)} |" for name, one in rows]]
    )
